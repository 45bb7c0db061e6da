//! Whether an answer is one that the document declares: status, media type, body, headers, code.

use reqwest::Method;
use serde_json::Value;

use super::{
    client::Answer,
    contract::{Declared, Operation, contract},
    coverage,
};

/// Holds an answer against the document and notes that it was seen.
///
/// # Panics
/// With everything that is wrong about it.
pub fn judge(method: &Method, path: &str, answer: &Answer) {
    let candidates = contract().operations_at(path);
    let asked = if method == Method::HEAD {
        Method::GET
    } else {
        method.clone()
    };
    let operation = candidates
        .iter()
        .find(|operation| operation.method == asked);
    let mut faults = common_faults(answer);
    if let Some(operation) = operation {
        faults.extend(operation_faults(operation, method, answer));
        coverage::note(&operation.id, answer.status, &code(answer));
    } else {
        faults.extend(outside_faults(answer));
        for operation in candidates {
            coverage::note(&operation.id, answer.status, &code(answer));
        }
    }
    assert!(
        faults.is_empty(),
        "{} answered {} against the document:\n  {}\nheaders: {:#?}\nbody: {}",
        answer.request,
        answer.status,
        faults.join("\n  "),
        answer.headers,
        answer.text(),
    );
}

fn code(answer: &Answer) -> String {
    let body = serde_json::from_slice::<Value>(&answer.bytes).unwrap_or_default();
    body["error"]["code"]
        .as_str()
        .unwrap_or_default()
        .to_owned()
}

/// What every answer of the server carries, also those outside the document.
fn common_faults(answer: &Answer) -> Vec<String> {
    let mut faults = Vec::new();
    let mut demand = |holds: bool, fault: &str| {
        if !holds {
            faults.push(fault.to_owned());
        }
    };
    let request_id = answer.header("x-request-id");
    demand(!request_id.is_empty(), "no x-request-id");
    demand(answer.header("api-version") == "v1", "no API-Version: v1");
    demand(
        answer.header("x-content-type-options") == "nosniff",
        "no nosniff",
    );
    demand(
        !answer.headers.contains_key("server"),
        "names its server software",
    );
    let Ok(body) = serde_json::from_slice::<Value>(&answer.bytes) else {
        return faults;
    };
    let replayed = answer.header("idempotency-replayed") == "true";
    if let Some(in_body) = body["requestId"].as_str() {
        let named = if replayed {
            answer.header("original-request-id")
        } else {
            request_id
        };
        demand(in_body == named, "requestId is not that of the header");
        let error = &body["error"];
        demand(
            error.is_null() || error["requestId"] == in_body,
            "error.requestId differs",
        );
        demand(
            error.is_null() || error["timestamp"] == body["timestamp"],
            "timestamps differ",
        );
    }
    faults
}

/// An error that no operation declares is an envelope all the same.
fn outside_faults(answer: &Answer) -> Vec<String> {
    if answer.status < 400 {
        return Vec::new();
    }
    let pointer = "/components/schemas/ErrorResponse";
    match serde_json::from_slice(&answer.bytes) {
        Ok(body) => contract().violations(pointer, &body),
        // The answer to HEAD has no body.
        Err(_) if answer.bytes.is_empty() && answer.request.starts_with("HEAD") => Vec::new(),
        Err(error) => vec![format!("the error is no JSON: {error}")],
    }
}

fn operation_faults(operation: &Operation, method: &Method, answer: &Answer) -> Vec<String> {
    let Some(declared) = operation.answer(answer.status) else {
        return vec![format!("{} does not declare this status", operation.id)];
    };
    let mut faults = header_faults(&declared, answer);
    if operation.tier().is_some() && has_spent(answer.status) {
        faults.extend(budget_faults(answer));
    }
    if method == Method::HEAD {
        if !answer.bytes.is_empty() {
            faults.push("an answer to HEAD has a body".to_owned());
        }
    } else {
        faults.extend(body_faults(&declared, answer));
        faults.extend(code_faults(&declared, answer));
    }
    faults
}

/// Statuses that are decided after the rate limit was asked.
fn has_spent(status: u16) -> bool {
    status < 400 || matches!(status, 400 | 402 | 406 | 409 | 412 | 413 | 415 | 422 | 429)
}

fn budget_faults(answer: &Answer) -> Vec<String> {
    let numbers = [
        "x-ratelimit-limit",
        "x-ratelimit-remaining",
        "x-ratelimit-reset",
    ];
    let missing = numbers
        .iter()
        .filter(|name| answer.header(name).parse::<u64>().is_err());
    let mut faults: Vec<_> = missing.map(|name| format!("{name} is no number")).collect();
    let fields = ["ratelimit-policy", "ratelimit"];
    let missing = fields.iter().filter(|name| answer.header(name).is_empty());
    faults.extend(missing.map(|name| format!("no {name}")));
    if answer.status == 429 && answer.header("retry-after").parse::<u64>().is_err() {
        faults.push("429 without Retry-After".to_owned());
    }
    faults
}

fn header_faults(declared: &Declared, answer: &Answer) -> Vec<String> {
    let mut faults = Vec::new();
    for (name, required, schema) in declared.headers() {
        let Some(value) = answer.headers.get(&name) else {
            if required {
                faults.push(format!("the declared header {name} is missing"));
            }
            continue;
        };
        let text = String::from_utf8_lossy(value.as_bytes()).into_owned();
        // A header is text on the wire; its schema may speak of a number.
        let as_number = text.parse::<i64>().map(Value::from);
        let fits = |value: &Value| contract().violations(&schema, value).is_empty();
        if !fits(&Value::from(text.clone())) && !as_number.is_ok_and(|number| fits(&number)) {
            faults.push(format!(
                "the header {name}: {text:?} does not fit its schema"
            ));
        }
    }
    faults
}

fn body_faults(declared: &Declared, answer: &Answer) -> Vec<String> {
    let types = declared.content_types();
    if types.is_empty() {
        let empty = answer.bytes.is_empty();
        return if empty {
            vec![]
        } else {
            vec!["a body where none is declared".to_owned()]
        };
    }
    let content_type = answer.header("content-type");
    let media_type = content_type.split(';').next().unwrap_or_default().trim();
    if !types.iter().any(|declared| declared == media_type) {
        return vec![format!(
            "content type {content_type:?} is none of {types:?}"
        )];
    }
    if !media_type.ends_with("json") {
        return vec![];
    }
    match serde_json::from_slice(&answer.bytes) {
        Ok(body) => declared.body_violations(media_type, &body),
        Err(error) => vec![format!("the body is no JSON: {error}")],
    }
}

fn code_faults(declared: &Declared, answer: &Answer) -> Vec<String> {
    let Some(codes) = declared.codes() else {
        return vec![];
    };
    let code = code(answer);
    if codes.contains(&code) {
        return vec![];
    }
    vec![format!("code {code:?} is none of the declared {codes:?}")]
}
