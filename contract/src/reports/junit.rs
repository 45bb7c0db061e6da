//! Operations as test cases of JUnit, for CI.

use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use super::{
    curl::curl,
    tally::Tally,
    text::{excerpt, reason},
};
use crate::run::Finding;

/// How much of a body is shown.
const SHOWN: usize = 1000;

/// The report of a run that is over, or goes on.
///
/// # Errors
/// What the writer of XML says.
pub(super) fn junit(tally: &Tally) -> Result<String, String> {
    let mut suite = TestSuite::new("contract");
    suite.set_time(tally.took());
    let findings = tally.by_operation();
    let mut labels: Vec<&str> = tally.operations.keys().map(String::as_str).collect();
    // Failures under a method that is not declared have names of their own.
    labels.extend(
        findings
            .keys()
            .filter(|label| !tally.operations.contains_key(**label)),
    );
    for label in labels {
        let found = findings.get(label).map_or(&[][..], Vec::as_slice);
        let mut case = TestCase::new(label, status(found, tally));
        if let Some(operation) = tally.operations.get(label) {
            case.set_time(operation.took);
        }
        suite.add_test_case(case);
    }
    let unfinished = tally
        .summary
        .as_ref()
        .map_or(Some("the run was cut off"), |summary| {
            summary.stopped.as_deref()
        });
    if let Some(reason) = unfinished {
        let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
        status.set_type("error").set_message(reason);
        suite.add_test_case(TestCase::new("the run itself", status));
    }
    let mut report = Report::new("contract");
    report.set_time(tally.took());
    report.add_test_suite(suite);
    report.to_string().map_err(|error| error.to_string())
}

fn status(findings: &[&Finding], tally: &Tally) -> TestCaseStatus {
    let Some((first, rest)) = findings.split_first() else {
        return TestCaseStatus::success();
    };
    let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
    // A test case holds one failure: what else was found stands in its text.
    let codes: Vec<&str> = findings
        .iter()
        .map(|finding| finding.failure.code)
        .collect();
    let mut text = describe(1, first, tally);
    for (number, finding) in rest.iter().enumerate() {
        text.push_str("\n\n");
        text.push_str(&describe(number + 2, finding, tally));
    }
    status
        .set_type("failure")
        .set_message(codes.join(", "))
        .set_description(text);
    status
}

/// A finding in the form that Schemathesis gives it.
fn describe(number: usize, finding: &Finding, tally: &Tally) -> String {
    let failure = &finding.failure;
    let exchange = &finding.exchange;
    let message = failure.message.replace('\n', "\n    ");
    let answer = match &exchange.outcome {
        Err(error) => format!("No answer: {error}"),
        Ok(received) => format!(
            "[{}] {}:\n\n    `{}`",
            received.status,
            reason(received.status),
            excerpt(&received.body, SHOWN)
        ),
    };
    let mut before = tally.before(finding).join(
        "
    ",
    );
    if !before.is_empty() {
        before.push_str(
            "
    ",
        );
    }
    let again = tally.beginning.as_ref().map_or(String::new(), |beginning| {
        format!("\n\n    {}", beginning.again(&exchange.case))
    });
    format!(
        "{number}. Test Case ID: {}\n\n- {} {}\n\n    {message}\n\n    {}\n\n{answer}\n\nReproduce with:\n\n    {before}{}{again}",
        exchange.case.id,
        failure.code,
        failure.title,
        failure.place,
        curl(&exchange.sent),
    )
}
