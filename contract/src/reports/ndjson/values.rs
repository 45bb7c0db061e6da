//! What the lines hold.

use base64::{Engine, prelude::BASE64_STANDARD};
use jiff::Timestamp;
use serde_json::{Map, Value, json};

use crate::{
    case::Credentials,
    exchange::{Exchange, Failure},
    recording::expectation_text,
    reports::{curl::curl, kinds::kind},
    run::Finding,
};

/// `key` is the number of the `Idempotency-Key` that it carried.
pub(super) fn case_value(exchange: &Exchange, key: Option<u64>) -> Value {
    let case = &exchange.case;
    let origin = &case.origin;
    let components: Map<String, Value> = origin
        .components
        .iter()
        .map(|(location, mode)| (location.to_string(), json!({"mode": mode.as_str()})))
        .collect();
    let mut data = Map::new();
    let mut add = |name: &str, value: Option<&str>| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            data.insert(name.to_owned(), json!(value));
        }
    };
    add("scenario", Some(&origin.scenario));
    add("description", Some(&origin.description));
    add("parameter", origin.parameter.as_deref());
    add(
        "parameter_location",
        origin.location.map(crate::api::Location::as_str),
    );
    json!({
        "value": {
            "method": case.method,
            "path": case.operation.path,
            "id": case.id,
            "path_parameters": case.path,
            "contract": contract(exchange, key),
            "meta": {
                "generation": {"time": 0.0, "mode": origin.mode.as_str()},
                "components": components,
                "phase": {"name": origin.phase.schemathesis(), "data": data},
            },
        },
        "parent_id": origin.parent,
        "is_transition_applied": origin.parent.is_some(),
    })
}

/// What a replay wants to know beyond Schemathesis' form; cassettes hold the same.
fn contract(exchange: &Exchange, key: Option<u64>) -> Value {
    let case = &exchange.case;
    let (credentials, scheme, principal) = match &case.credentials {
        Credentials::Usual => ("usual", None, None),
        Credentials::None => ("none", None, None),
        Credentials::Own => ("own", None, None),
        Credentials::Forged { scheme, .. } => ("forged", Some(scheme), None),
        Credentials::Of(name) => ("principal", None, Some(name)),
    };
    let expectation = case.origin.expectation.as_ref();
    json!({
        "operation": case.operation.label,
        "credentials": credentials,
        "scheme": scheme,
        "principal": principal,
        "expectation": expectation.map(expectation_text),
        "idempotency_key": key,
    })
}

pub(super) fn checks(exchange: &Exchange) -> Value {
    let label = &exchange.case.operation.label;
    let verdicts = exchange.verdicts.iter();
    verdicts
        .map(|verdict| match &verdict.failure {
            None => json!({"name": verdict.check.as_str(), "status": "success"}),
            Some(failure) => json!({
                "name": verdict.check.as_str(),
                "status": "failure",
                "failure_info": {"failure": failure_value(failure, label)},
            }),
        })
        .collect()
}

fn failure_value(failure: &Failure, label: &str) -> Value {
    let (name, severity) = kind(failure);
    json!({
        "type": name,
        "code": failure.code,
        "operation": label,
        "title": failure.title,
        "message": failure.message,
        "case_id": null,
        "severity": severity,
        "place": failure.place.to_string(),
    })
}

pub(super) fn found(finding: &Finding) -> Value {
    json!({
        "check": finding.failure.check.as_str(),
        "failure": failure_value(&finding.failure, &finding.label),
        "case_id": finding.exchange.case.id,
        "code_sample": curl(&finding.exchange.sent),
        "seed": finding.exchange.case.origin.seed,
        "interaction": interaction(&finding.exchange),
    })
}

pub(super) fn interaction(exchange: &Exchange) -> Value {
    let sent = &exchange.sent;
    let mut request = json!({
        "method": sent.method,
        "uri": sent.url,
        "headers": headers(&sent.headers),
    });
    if let (Some(body), Some(request)) = (&sent.body, request.as_object_mut()) {
        request.insert("body".to_owned(), base64(body));
    }
    let at = seconds(exchange.recorded_at);
    match &exchange.outcome {
        Err(error) => json!({"request": request, "error": error.to_string(), "timestamp": at}),
        Ok(received) => {
            let response = json!({
                "status_code": received.status,
                "headers": headers(&received.headers),
                "content": base64(&received.body),
                "elapsed": received.elapsed.as_secs_f64(),
            });
            json!({"request": request, "response": response, "timestamp": at})
        }
    }
}

fn headers(headers: &[(String, String)]) -> Value {
    let mut listed: Map<String, Value> = Map::new();
    for (name, value) in headers {
        let values = listed.entry(name.clone()).or_insert_with(|| json!([]));
        if let Some(values) = values.as_array_mut() {
            values.push(json!(value));
        }
    }
    Value::Object(listed)
}

fn base64(bytes: &[u8]) -> Value {
    json!({"$base64": BASE64_STANDARD.encode(bytes)})
}

pub(super) fn keyed(key: &str, value: Value) -> Value {
    let mut members = Map::new();
    members.insert(key.to_owned(), value);
    Value::Object(members)
}

/// Seconds since 1970, as the format has it.
pub(super) fn seconds(at: Timestamp) -> f64 {
    at.as_duration().as_secs_f64()
}
