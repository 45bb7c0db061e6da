use super::*;
use crate::{api::StatusPattern, checks::Check};

fn parse(text: &str) -> Result<File, ConfigError> {
    let environment = |name: &str| (name == "TOKEN").then(|| "t0k3n".to_owned());
    File::parse(Path::new("schemathesis.toml"), text, &environment)
}

#[test]
fn the_shared_part_of_the_file_is_understood() {
    let file = parse(
        r#"
        base-url = "http://127.0.0.1:1"
        seed = 42
        rate-limit = "100/s"
        request-timeout = 2.5
        color = false
        headers = { X-Team = "a" }
        [checks.positive_data_acceptance]
        expected-statuses = [422, "2xx"]
        [phases.fuzzing]
        enabled = false
        [auth.openapi.bearerAuth]
        bearer = "${TOKEN}"
        [[operations]]
        include-operation-id = "logout"
        include-method = "POST"
        checks.ignored_auth.enabled = false
        parameters = { orderId = 7 }
        "#,
    )
    .unwrap();
    assert_eq!(file.seed, Some(42));
    assert_eq!(file.rate.unwrap().requests.get(), 100);
    assert_eq!(file.timeout, Some(Duration::from_millis(2_500)));
    assert_eq!(file.ignored, ["color"]);
    let expected = &file.checks.expected[&Check::PositiveDataAcceptance];
    assert_eq!(
        expected,
        &[StatusPattern::Exact(422), StatusPattern::Class(2)]
    );
    assert!(!file.phases[&Phase::Random]);
    assert_eq!(file.secrets["bearerAuth"], Secret::Fixed("t0k3n".into()));
    let entry = &file.overrides[0];
    assert_eq!(entry.filter.include[0].len(), 2);
    assert!(!entry.checks.is_on(Check::IgnoredAuth));
    assert_eq!(entry.parameters["orderId"], 7);
}

#[test]
fn what_only_a_whole_run_can_have_is_passed_over_where_an_operation_asks_for_it() {
    let file = parse(
        r#"
        [[operations]]
        include-operation-id = "logout"
        phases.stateful.max-steps = 3
        phases.coverage.unexpected-methods = ["TRACE"]
        "#,
    )
    .unwrap();
    assert_eq!(
        file.ignored,
        [
            "operations[0].phases.stateful.max-steps",
            "operations[0].phases.coverage.unexpected-methods"
        ]
    );
    assert_eq!((file.max_steps, file.unexpected_methods), (None, None));
}

#[test]
fn every_problem_is_told_at_once_with_its_key() {
    let problems = parse(
        r#"
        sede = 1
        rate-limit = "fast"
        headers = { A = "${NOBODY}" }
        [checks.not_a_server_error]
        expected-statuses = ["9xx"]
        "#,
    )
    .unwrap_err();
    assert_eq!(problems.0.len(), 4, "{problems}");
    let text = problems.to_string();
    for wanted in [
        "`sede` is no key",
        "`rate-limit`",
        "NOBODY",
        "expected-statuses",
    ] {
        assert!(text.contains(wanted), "{wanted} in {text}");
    }
}

#[test]
fn a_file_that_is_no_toml_is_told_with_its_line() {
    let problem = parse("seed = 1\nseed = ").unwrap_err().to_string();
    assert!(problem.starts_with("schemathesis.toml:2:"), "{problem}");
}
