//! Requests that are refused: what no operation declares, what cannot be read, what nobody may ask for. Their answers are
//! judged by the laws that look at every answer.

use std::sync::Arc;

use indexmap::IndexMap;
use serde_json::Map;

use crate::{
    api::{Answer, Body, Location, Media, Operation, StatusPattern},
    case::{Case, Content, Credentials, Expectation, Mode, Payload, Phase},
    checks::Check,
    generate::excess,
    run::{Run, Stop},
};

/// An id that nothing has.
const NOBODY: &str = "0197f000-0000-7000-8000-00000000dead";

pub(super) async fn run(run: &Run) -> Result<(), Stop> {
    let cases = strange_paths(run).into_iter().chain(strange_requests(run));
    for case in cases.chain(refused(run)) {
        // What is accepted is not their business.
        if let Some(mut exchange) = run.probe(case).await? {
            exchange.verdicts.retain(|verdict| {
                !matches!(
                    verdict.check,
                    Check::PositiveDataAcceptance | Check::NegativeDataRejection
                )
            });
            run.report(&mut exchange).await?;
        }
    }
    Ok(())
}

/// Each operation without credentials, and for things that are not there.
fn refused(run: &Run) -> Vec<Case> {
    let mut cases = Vec::new();
    for operation in &run.api.operations {
        if !run.settings.tests(operation, Phase::Laws) {
            continue;
        }
        let mut case = run.case(operation, Phase::Laws);
        for parameter in operation.parameters_in(Location::Path) {
            let takes = parameter.schema.takes(&NOBODY.into());
            let value = if takes { NOBODY } else { "2147483646" };
            case.path.insert(parameter.name.clone(), value.to_owned());
        }
        let body = operation.body.iter().flat_map(|body| &body.media);
        for (media_type, media) in body.filter(|(name, _)| Media::is_json(name)).take(1) {
            case.body = media.examples.first().map(|example| Payload {
                media_type: media_type.clone(),
                content: Content::Json(example.value.clone()),
            });
        }
        if !operation.security.is_empty() {
            let mut anonymous = case.clone();
            anonymous.id = run.case_id();
            anonymous.credentials = Credentials::None;
            cases.push(described_as(anonymous, "without credentials"));
        }
        if !case.path.is_empty() {
            cases.push(described_as(case, "something that is not there"));
        }
    }
    cases
}

/// Paths that the document does not have.
fn strange_paths(run: &Run) -> Vec<Case> {
    let known: Vec<&str> = run
        .api
        .operations
        .iter()
        .map(|one| one.path.as_str())
        .collect();
    // The longest common beginning of most documents is a version; unknown paths are tried inside and outside of it.
    let first = known.first().copied().unwrap_or("/");
    let inside = first.split('{').next().unwrap_or("/").trim_end_matches('/');
    let mut paths = vec![
        ("unknown path", "/no-such-path-here".to_owned()),
        (
            "unknown path below a known one",
            format!("{inside}/no/such/path"),
        ),
        ("percent sign without digits", "/%zz".to_owned()),
        ("NUL byte in the path", format!("{inside}/%00")),
        (
            "bytes that are no UTF-8 in the path",
            format!("{inside}/%ff%fe"),
        ),
        ("dots in the path", "/..%2f..%2fetc%2fpasswd".to_owned()),
        (
            "path of 20 000 characters",
            format!("/{}", "a".repeat(20_000)),
        ),
    ];
    paths.retain(|(_, path)| run.api.operations_at(path).is_empty());
    let methods = ["GET", "POST"];
    let mut cases = Vec::new();
    for (description, path) in paths {
        let operation = outside(run, &path);
        for method in methods {
            let mut case = run.case(&operation, Phase::Laws);
            method.clone_into(&mut case.method);
            cases.push(described_as(case, description));
        }
    }
    cases
}

/// An operation that the document does not have. Every status is allowed there.
fn outside(run: &Run, path: &str) -> Arc<Operation> {
    let place = run.api.document_place();
    let shown: String = path.chars().take(60).collect();
    let answer = Answer {
        headers: IndexMap::new(),
        content: IndexMap::new(),
        links: Vec::new(),
        extensions: Map::new(),
        place: place.clone(),
    };
    Arc::new(Operation {
        // No operation of the document: counting passes it over.
        index: usize::MAX,
        label: format!("GET {shown}"),
        id: None,
        method: "GET".to_owned(),
        path: path.to_owned(),
        place,
        tags: Vec::new(),
        is_deprecated: false,
        parameters: Vec::new(),
        body: None,
        answers: IndexMap::from([(StatusPattern::Default, answer)]),
        security: Vec::new(),
        extensions: Map::new(),
    })
}

/// Requests to known paths that no operation can take.
fn strange_requests(run: &Run) -> Vec<Case> {
    let tested = || {
        let operations = run.api.operations.iter();
        operations.filter(|operation| run.settings.tests(operation, Phase::Laws))
    };
    let mut cases = Vec::new();
    let plain =
        tested().find(|operation| operation.method == "GET" && !operation.path.contains('{'));
    if let Some(operation) = plain {
        let case = |description| described_as(run.case(operation, Phase::Laws), description);
        for method in ["BREW", "PROPFIND", "TRACE"] {
            let mut case = case("method that HTTP knows and the document does not");
            method.clone_into(&mut case.method);
            cases.push(case);
        }
        let mut long = case("query of 20 000 characters");
        long.query.push(("q".to_owned(), "a".repeat(excess::QUERY)));
        let mut heavy = case("header of 40 000 characters");
        heavy.set_header("X-Filler", "a".repeat(excess::HEADER));
        let mut accept = case("media type that nobody has");
        accept.set_header("Accept", excess::MEDIA_TYPE);
        cases.extend([may_be_cut(long, 414), may_be_cut(heavy, 431), accept]);
    }
    let takes_body = tested().find(|operation| {
        let is_json = |body: &Body| body.media.keys().any(|name| Media::is_json(name));
        operation.body.as_ref().is_some_and(is_json) && !operation.path.contains('{')
    });
    if let Some(operation) = takes_body {
        let bodies: [(&str, &str, Vec<u8>); 4] = [
            (
                "JSON that breaks off",
                "application/json",
                b"{\"a\":".to_vec(),
            ),
            (
                "bytes that are no UTF-8",
                "application/json",
                vec![b'"', 0xff, 0xfe, b'"'],
            ),
            (
                "JSON that is nested 10 000 times",
                "application/json",
                vec![b'['; 10_000],
            ),
            (
                "media type that nobody has",
                excess::MEDIA_TYPE,
                b"a".to_vec(),
            ),
        ];
        let with_body = |description, media_type: &str, bytes: Vec<u8>| {
            let mut case = described_as(run.case(operation, Phase::Laws), description);
            case.body = Some(Payload {
                media_type: media_type.to_owned(),
                content: Content::Bytes(bytes.into()),
            });
            case
        };
        let bodies = bodies.into_iter();
        cases.extend(
            bodies
                .map(|(description, media_type, bytes)| with_body(description, media_type, bytes)),
        );
        let large = with_body("body of 2 MiB", "application/json", oversized());
        cases.push(may_be_cut(large, 413));
    }
    cases
}

fn oversized() -> Vec<u8> {
    let mut text = vec![b'a'; 2 * 1024 * 1024];
    text.insert(0, b'"');
    text.push(b'"');
    text
}

fn described_as(mut case: Case, description: &str) -> Case {
    case.origin.mode = Mode::Negative;
    description.clone_into(&mut case.origin.description);
    case
}

/// Servers need not read such a request to its end: the connection may end with the answer, or before it arrives.
fn may_be_cut(mut case: Case, status: u16) -> Case {
    case.origin.expectation = Some(Expectation::MayRefuse(vec![status]));
    case
}
