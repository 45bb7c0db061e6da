//! `x-error-codes`: the codes that a status may carry are those that its answer lists.

use serde_json::Value;

use super::{ErrorBody, places, shape};
use crate::{
    api::Api,
    checks::Check,
    exchange::{Exchange, Failure, Received},
};

/// The name of the extension.
const EXTENSION: &str = "x-error-codes";

pub(super) fn look(
    api: &Api,
    exchange: &Exchange,
    received: &Received,
) -> Option<Result<(), Box<Failure>>> {
    let case = &exchange.case;
    let operation = &case.operation;
    if exchange.sent.method != operation.method || exchange.sent.method == "HEAD" {
        return None;
    }
    let (pattern, answer) = operation.answer(received.status)?;
    let (listed, own_pointer) = listed(answer.extensions.get(EXTENSION)?)?;
    let pointer = own_pointer
        .or_else(|| ErrorBody::of(api).and_then(|body| body.code.clone()))
        .or_else(|| shape::json(answer).and_then(|schema| code_in(api, &schema.value)))?;
    let body = received.json();
    let code = body.as_ref().and_then(|body| body.pointer(&pointer));
    if code
        .and_then(Value::as_str)
        .is_some_and(|code| listed.contains(&code))
    {
        return Some(Ok(()));
    }
    let found = code.map_or_else(
        || format!("nothing at {pointer}: {}", shape::brief(&received.body)),
        |code| format!("{code} at {pointer}"),
    );
    let status = received.status;
    Some(Err(Box::new(Failure {
        check: Check::ErrorCodes,
        code: super::CODE,
        title: "Undeclared error code".to_owned(),
        message: format!(
            "Sent: {} {}\nExpected: {status} with one of {}\nReceived: {status} with {found}",
            exchange.sent.method,
            exchange.sent.url,
            listed.join(", ")
        ),
        place: places::in_operation(
            api,
            operation,
            &["responses", &pattern.to_string(), EXTENSION],
        ),
        key: format!(
            "{status} {}",
            code.map_or_else(String::new, Value::to_string)
        ),
    })))
}

/// The codes, and the pointer when the answer has its own: `[A, B]` or `{at: /code, codes: [A, B]}`.
fn listed(extension: &Value) -> Option<(Vec<&str>, Option<String>)> {
    let codes = extension.get("codes").unwrap_or(extension).as_array()?;
    let pointer = extension.get("at").and_then(Value::as_str);
    let codes = codes.iter().filter_map(Value::as_str).collect();
    Some((codes, pointer.map(str::to_owned)))
}

/// Where a schema has its code: the shallowest text whose name says so.
pub(super) fn code_in(api: &Api, schema: &Value) -> Option<String> {
    let is_code = |name: &str, property: &Value| {
        matches!(shape::plain(name).as_str(), "code" | "errorcode")
            && shape::admits(&api.schemas, property, "string")
    };
    let found = shape::find(&api.schemas, schema, &is_code);
    found.into_iter().next()
}
