//! Every error has the document's error body: on declared and undeclared statuses, on unknown paths, undeclared methods
//! and requests that no operation ever sees.

use std::sync::Arc;

use indexmap::IndexMap;
use serde_json::{Value, json};

use super::{error_codes, places, shape};
use crate::{
    api::{Answer, Api, Operation, Schema, Schemas, StatusPattern},
    checks::Check,
    document::Place,
    exchange::{Exchange, Failure, Received},
    run::{Event, Note, Run},
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

/// Members by which a body says whether it is a success.
const SUCCESS: [&str; 2] = ["success", "ok"];

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
    let says_success = |name: &&str| value.get(name) == Some(&Value::Bool(true));
    if let Some(name) = SUCCESS.into_iter().find(says_success) {
        return Some((
            "Error that calls itself a success",
            format!("`{name}` to be false on an error"),
            format!("`{name}` is true"),
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

/// Says when a document has no error body that could be asked for.
pub(super) async fn note(run: &Run) {
    let text = match read(&run.api) {
        Err(problem) => problem,
        Ok(None) => format!(
            "not tried: no body is shared by most of the declared errors; say it by `{EXTENSION}` at the document's root"
        ),
        Ok(Some(_)) => return,
    };
    let note = Note {
        check: Some(Check::Envelope),
        subject: run.api.title.clone(),
        text,
        place: places::in_root(&run.api, EXTENSION),
    };
    run.tell(Event::Note(note)).await;
}
