//! Every error has the document's error body: on declared and undeclared statuses, on unknown paths, undeclared methods
//! and requests that no operation ever sees.

use std::sync::Arc;

use indexmap::IndexMap;
use serde_json::{Map, Value, json};

use super::{error_codes, places, shape};
use crate::{
    api::{Answer, Api, Operation, Schema, Schemas, StatusPattern},
    case::{Case, Content, Mode, Payload, Phase},
    checks::Check,
    document::Place,
    exchange::{Exchange, Failure, Received},
    run::{Event, Note, Run, Stop},
};

/// The name of the extension at the document's root.
const EXTENSION: &str = "x-error-envelope";
/// Headers that carry the id of a request, when the document declares one of them.
const REQUEST_ID: [&str; 4] = [
    "x-request-id",
    "request-id",
    "x-correlation-id",
    "x-trace-id",
];

/// The body that errors share.
#[derive(Debug, Clone)]
pub struct ErrorBody {
    /// What it looks like.
    pub schema: Schema,
    /// JSON pointer to its code.
    pub code: Option<String>,
    /// JSON pointers to the id of the request.
    pub request_ids: Vec<String>,
    /// The header that repeats the id.
    pub header: Option<String>,
    /// Where the document says so.
    pub place: Place,
    /// Whether the document says so outright; otherwise it is what most of its errors have in common.
    pub is_explicit: bool,
}

impl ErrorBody {
    /// The body that errors share in a document, when there is one.
    #[must_use]
    pub fn of(api: &Api) -> Option<&Self> {
        api.error_body
            .get_or_init(|| read(api).ok().flatten())
            .as_ref()
    }
}

/// What the document says, or has in common.
fn read(api: &Api) -> Result<Option<ErrorBody>, String> {
    let Some(declared) = api.extensions.get(EXTENSION) else {
        return Ok(inferred(api));
    };
    let place = places::in_root(api, EXTENSION).unwrap_or_else(|| api.document_place());
    let name = declared.get("schema").unwrap_or(declared).as_str();
    let name = name
        .and_then(|text| text.rsplit('/').next())
        .unwrap_or_default();
    let known = format!("{name}.response");
    let any = errors(api).find_map(|(_, answer)| shape::json(answer));
    let (Some(any), true) = (any, api.schemas.iter().any(|(name, _)| name == known)) else {
        return Err(format!(
            "{place}: `{EXTENSION}` names the schema `{name}`, which no declared answer uses"
        ));
    };
    let mut schema = any.beside(json!({ "$ref": Schemas::reference(&known) }));
    if let Some(place) = api.schemas.place(&known, "") {
        schema.place = place.clone();
    }
    let text = |key: &str| declared.get(key).and_then(Value::as_str).map(str::to_owned);
    let mut body = described(api, schema, place, true);
    body.code = text("code").or(body.code);
    body.header = text("requestIdHeader").or(body.header);
    match declared.get("requestId") {
        Some(Value::String(pointer)) => body.request_ids = vec![pointer.clone()],
        Some(Value::Array(pointers)) => {
            let pointers = pointers.iter().filter_map(Value::as_str);
            body.request_ids = pointers.map(str::to_owned).collect();
        }
        _ => {}
    }
    Ok(Some(body))
}

/// The schema that more than half of the declared errors share.
fn inferred(api: &Api) -> Option<ErrorBody> {
    let mut counts: IndexMap<String, (usize, &Schema)> = IndexMap::new();
    for schema in errors(api).filter_map(|(_, answer)| shape::json(answer)) {
        counts
            .entry(schema.value.to_string())
            .or_insert((0, schema))
            .0 += 1;
    }
    let all: usize = counts.values().map(|(count, _)| count).sum();
    let (count, schema) = counts.values().max_by_key(|(count, _)| *count)?;
    if *count < 2 || count * 2 <= all {
        return None;
    }
    let mut schema = (*schema).clone();
    if let Some(place) = Schemas::name(&schema.value).and_then(|name| api.schemas.place(name, "")) {
        schema.place = place.clone();
    }
    let place = schema.place.clone();
    Some(described(api, schema, place, false))
}

fn described(api: &Api, schema: Schema, place: Place, is_explicit: bool) -> ErrorBody {
    let is_id = |name: &str, property: &Value| {
        shape::plain(name) == "requestid" && shape::admits(&api.schemas, property, "string")
    };
    let declared: Vec<String> = errors(api)
        .flat_map(|(_, answer)| answer.headers.keys())
        .map(|name| name.to_ascii_lowercase())
        .collect();
    let header = REQUEST_ID
        .into_iter()
        .find(|known| declared.iter().any(|name| name == known));
    ErrorBody {
        code: error_codes::code_in(api, &schema.value),
        request_ids: shape::find(&api.schemas, &schema.value, &is_id),
        header: header.map(str::to_owned),
        schema,
        place,
        is_explicit,
    }
}

/// The answers that are declared for errors.
fn errors(api: &Api) -> impl Iterator<Item = (&Arc<Operation>, &Answer)> {
    api.operations.iter().flat_map(|operation| {
        let answers = operation.answers.iter();
        answers
            .filter(|(pattern, _)| match pattern {
                StatusPattern::Exact(status) => *status >= 400,
                StatusPattern::Class(digit) => *digit >= 4,
                StatusPattern::Default => true,
            })
            .map(move |(_, answer)| (operation, answer))
    })
}

pub(super) fn look(
    api: &Api,
    exchange: &Exchange,
    received: &Received,
) -> Option<Result<(), Box<Failure>>> {
    let is_head = exchange.sent.method == "HEAD";
    if received.status < 400 || received.is_cut || is_head {
        return None;
    }
    let body = ErrorBody::of(api)?;
    if has_own_body(body, exchange, received.status) {
        return None;
    }
    let problem = problem(body, received);
    Some(problem.map_or(Ok(()), |(title, expected, found)| {
        let status = received.status;
        Err(Box::new(Failure {
            check: Check::Envelope,
            code: super::CODE,
            title: title.to_owned(),
            message: format!(
                "Sent: {} {}\nExpected: {expected} (the error body is described at {})\nReceived: {status}, {found}",
                exchange.sent.method, exchange.sent.url, body.schema.place
            ),
            place: body.place.clone(),
            key: format!("{status} {title}"),
        }))
    }))
}

/// Whether the document gives this status another body, or none, at this operation.
fn has_own_body(body: &ErrorBody, exchange: &Exchange, status: u16) -> bool {
    let operation = &exchange.case.operation;
    if exchange.sent.method != operation.method {
        return false;
    }
    let Some((_, answer)) = operation.answer(status) else {
        return false;
    };
    match shape::json(answer) {
        Some(schema) => schema.value != body.schema.value,
        None => !body.is_explicit && !answer.content.is_empty(),
    }
}

/// What is wrong with an error: title, what was expected, what was found.
fn problem(body: &ErrorBody, received: &Received) -> Option<(&'static str, String, String)> {
    let media_type = received.header("content-type").unwrap_or("no content type");
    let Some(value) = received.json() else {
        return Some((
            "Error without the error body",
            "an error body as JSON".to_owned(),
            format!("{media_type}: {}", shape::brief(&received.body)),
        ));
    };
    let broken = body.schema.violations(&value).unwrap_or_default();
    if !broken.is_empty() {
        let listed = broken.iter().take(3);
        let listed: Vec<_> = listed
            .map(|violation| format!("{}: {}", at(&violation.instance), violation.message))
            .collect();
        return Some((
            "Error body breaks its schema",
            "an error body that fits its schema".to_owned(),
            listed.join("; "),
        ));
    }
    let name = body.header.as_ref()?;
    // A stored answer names the first request, its header this one.
    if is_replayed(received) {
        return None;
    }
    for pointer in &body.request_ids {
        let Some(id) = value.pointer(pointer).and_then(Value::as_str) else {
            continue;
        };
        let header = received.header(name);
        if header != Some(id) {
            return Some((
                "Request id differs between body and header",
                format!("{pointer} of the body to equal the header {name}"),
                format!(
                    "{pointer} is `{id}`, {name} {}",
                    header.map_or_else(|| "is missing".to_owned(), |text| format!("is `{text}`"))
                ),
            ));
        }
    }
    None
}

/// Whether a header says that an answer was stored and is sent again.
pub(super) fn is_replayed(received: &Received) -> bool {
    received.headers.iter().any(|(name, value)| {
        name.to_ascii_lowercase().contains("replayed") && value.eq_ignore_ascii_case("true")
    })
}

fn at(pointer: &str) -> &str {
    if pointer.is_empty() {
        "the whole"
    } else {
        pointer
    }
}

/// Sends what no operation declares. The answers are judged by [`look`], as all answers are.
pub(super) async fn run(run: &Run) -> Result<(), Stop> {
    let note = match read(&run.api) {
        Err(problem) => Some(problem),
        Ok(None) => Some(format!(
            "no body is shared by most of the declared errors; say it by `{EXTENSION}` at the document's root"
        )),
        Ok(Some(_)) => None,
    };
    if let Some(text) = note {
        let note = Note {
            check: Some(Check::Envelope),
            subject: run.api.title.clone(),
            text,
            place: places::in_root(&run.api, EXTENSION),
        };
        run.tell(Event::Note(note)).await;
        return Ok(());
    }
    for case in strange_paths(run).into_iter().chain(strange_requests(run)) {
        // [`look`] judges what comes; what is accepted is not its business.
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
        long.query.push(("q".to_owned(), "a".repeat(20_000)));
        let mut heavy = case("header of 40 000 characters");
        heavy.set_header("X-Filler", "a".repeat(40_000));
        let mut accept = case("media type that nobody has");
        accept.set_header("Accept", "application/x-nobody-has-this");
        cases.extend([long, heavy, accept]);
    }
    let takes_body = tested().find(|operation| {
        let is_json = |body: &crate::api::Body| {
            body.media
                .keys()
                .any(|name| crate::api::Media::is_json(name))
        };
        operation.body.as_ref().is_some_and(is_json) && !operation.path.contains('{')
    });
    if let Some(operation) = takes_body {
        let bodies: [(&str, &str, Vec<u8>); 5] = [
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
                "application/x-nobody-has-this",
                b"a".to_vec(),
            ),
            ("body of 2 MiB", "application/json", oversized()),
        ];
        for (description, media_type, bytes) in bodies {
            let mut case = described_as(run.case(operation, Phase::Laws), description);
            case.body = Some(Payload {
                media_type: media_type.to_owned(),
                content: Content::Bytes(bytes.into()),
            });
            cases.push(case);
        }
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
