//! The run that the tests report: a log-in, an order that the server should have refused, bytes that are no text, and
//! an answer that does not come.

use std::{sync::Arc, time::Duration};

use bytes::Bytes;
use jiff::Timestamp;

use crate::{
    api::{Api, Location},
    case::{Case, Content, Credentials, Mode, Payload, Phase},
    checks::Check,
    document::Place,
    exchange::{Exchange, Failure, NoAnswer, Received, Sent, Verdict},
    measure::Coverage,
    run::{Beginning, Event, Finding, Note, Summary},
};

pub(super) const TOKEN: &str = "eyJhbGciOi.token-that-was-given-out";
pub(super) const PASSWORD: &str = "correct-horse-battery";
pub(super) const KEY: &str = "3f0c8a52-key-of-the-order";

const DOCUMENT: &str = r#"
openapi: 3.1.0
info: {title: Orders, version: "2.0"}
paths:
  /login:
    post:
      operationId: logIn
      requestBody: {content: {application/json: {example: {password: public}}}}
      responses: {"200": {description: in}}
  /orders/{id}:
    put:
      operationId: putOrder
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses: {"200": {description: done}, "422": {description: refused}}
"#;

pub(super) fn now() -> Timestamp {
    "2026-11-21T06:02:30Z".parse().expect("a time")
}

/// What a run tells the reports, in order.
pub(super) fn events() -> Vec<Event> {
    let api = Api::from_text("api.yaml", DOCUMENT).expect("a document");
    let order = accepted(&api);
    let finding = Finding {
        failure: failure(),
        label: order.case.operation.label.clone(),
        exchange: order.clone(),
        count: 1,
    };
    let mut counted = finding.clone();
    counted.count = 3;
    vec![
        Event::Started(Box::new(beginning())),
        Event::PhaseStarted(Phase::Examples),
        Event::Exchange(Box::new(log_in(&api))),
        finished(Phase::Examples, 100, None),
        Event::PhaseStarted(Phase::Random),
        Event::Finding(Box::new(finding)),
        Event::Exchange(Box::new(order)),
        Event::Note(note()),
        Event::Exchange(Box::new(binary(&api))),
        Event::Exchange(Box::new(unanswered(&api))),
        finished(Phase::Random, 3500, Some("the time of 3 s is over")),
        Event::Finished(Box::new(summary(counted))),
    ]
}

fn beginning() -> Beginning {
    let words = [
        "contract",
        "replay",
        "api.yaml",
        "--auth",
        "bearer=correct-horse-battery",
        "-H",
        "X-API-Key: correct-horse-battery",
        "--seed",
        "7",
        "--header",
        "X-Team: it's us",
    ];
    Beginning {
        arguments: words.map(str::to_owned).to_vec(),
        document: "api.yaml".to_owned(),
        title: "Orders 2.0".to_owned(),
        specification: "3.1".to_owned(),
        base_url: "http://me:correct-horse-battery@127.0.0.1:8080".to_owned(),
        seed: 7,
        operations: (2, 2),
        at: "2026-11-21T06:02:25Z".parse().expect("a time"),
    }
}

fn note() -> Note {
    Note {
        check: Some(Check::Idempotency),
        subject: "PUT /orders/{id}".to_owned(),
        text: "could not be tried: no example".to_owned(),
        place: Some(place(9)),
    }
}

fn summary(finding: Finding) -> Summary {
    Summary {
        cases: 4,
        took: Duration::from_millis(4100),
        findings: vec![finding],
        coverage: Coverage {
            kinds: vec![("operations", 2, 2), ("statuses", 3, 2)],
            never: vec![("PUT /orders/{id} → 422".to_owned(), place(12))],
        },
        missed: vec!["statuses: 66 % were exercised, 80 % are asked for".to_owned()],
        stopped: None,
        exit_code: 1,
    }
}

fn finished(phase: Phase, millis: u64, stopped: Option<&str>) -> Event {
    Event::PhaseFinished {
        phase,
        took: Duration::from_millis(millis),
        stopped: stopped.map(str::to_owned),
    }
}

fn log_in(api: &Api) -> Exchange {
    let body = format!(r#"{{"email":"ada@example.com","password":"{PASSWORD}"}}"#);
    let answer = format!(r#"{{"access_token":"{TOKEN}","token_type":"Bearer"}}"#);
    let mut case = case(api, "logIn", "aaaaa1", Phase::Examples);
    case.credentials = Credentials::None;
    let mut exchange = exchange(case, "POST", "/login", Some(body.into()));
    exchange.outcome = Ok(received(
        200,
        &[("set-cookie", "sid=abcdefghij")],
        answer.into(),
    ));
    exchange
}

/// A quantity that is too big, and was taken.
fn accepted(api: &Api) -> Exchange {
    let mut case = case(api, "putOrder", "aaaaa2", Phase::Random);
    let origin = &mut case.origin;
    origin.mode = Mode::Negative;
    "Value above maximum".clone_into(&mut origin.description);
    "value_above_maximum".clone_into(&mut origin.scenario);
    origin.location = Some(Location::Body);
    origin.parameter = Some("/quantity".to_owned());
    origin.components.insert(Location::Path, Mode::Positive);
    origin.components.insert(Location::Body, Mode::Negative);
    origin.parent = Some("aaaaa1".to_owned());
    let body = r#"{"quantity": 1000, "note": "it's <b>bold</b>"}"#;
    let mut exchange = exchange(
        case,
        "PUT",
        "/orders/1?api_key=abc&x=%27",
        Some(body.into()),
    );
    exchange.verdicts.push(Verdict {
        check: Check::NegativeDataRejection,
        failure: Some(failure()),
    });
    exchange.outcome = Ok(received(
        200,
        &[],
        br#"{"id":1,"status":"open"}"#.as_slice().into(),
    ));
    exchange
}

fn binary(api: &Api) -> Exchange {
    let case = case(api, "putOrder", "aaaaa3", Phase::Random);
    let body = Bytes::from_static(b"\xff\0\xfe");
    let mut exchange = exchange(case, "PUT", "/orders/2", Some(body));
    let mut received = received(422, &[("vary", "a"), ("vary", "b")], b"\x80\x81"[..].into());
    received.headers.retain(|(name, _)| name != "content-type");
    received.is_cut = true;
    exchange.outcome = Ok(received);
    exchange
}

fn unanswered(api: &Api) -> Exchange {
    let case = case(api, "putOrder", "aaaaa4", Phase::Random);
    let mut exchange = exchange(case, "PUT", "/orders/3", None);
    exchange.verdicts.clear();
    exchange.outcome = Err(NoAnswer::TimedOut(Duration::from_secs(10)));
    exchange
}

fn case(api: &Api, operation: &str, id: &str, phase: Phase) -> Case {
    let operation = api.operation(operation).expect("the operation");
    let mut case = Case::new(id.to_owned(), &Arc::clone(operation), phase, 7);
    case.body = Some(Payload {
        media_type: "application/json".to_owned(),
        content: Content::Bytes(Bytes::from_static(PASSWORD.as_bytes())),
    });
    case
}

fn exchange(case: Case, method: &str, path: &str, body: Option<Bytes>) -> Exchange {
    let header = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let mut headers = vec![
        header("Authorization", &format!("Bearer {TOKEN}")),
        header("Idempotency-Key", KEY),
        header("X-Contract-Case-Id", &case.id),
    ];
    if body.is_some() {
        headers.push(header("Content-Type", "application/json"));
    }
    Exchange {
        sent: Sent {
            method: method.to_owned(),
            url: format!("http://me:{PASSWORD}@127.0.0.1:8080{path}"),
            headers,
            body,
        },
        case,
        outcome: Err(NoAnswer::Broken(String::new())),
        recorded_at: "2026-11-21T06:02:26.5Z".parse().expect("a time"),
        verdicts: vec![Verdict {
            check: Check::NotAServerError,
            failure: None,
        }],
    }
}

fn received(status: u16, headers: &[(&str, &str)], body: Bytes) -> Received {
    let own = [("content-type", "application/json")];
    Received {
        status,
        headers: own
            .iter()
            .chain(headers)
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect(),
        body,
        is_cut: false,
        elapsed: Duration::from_micros(2170),
        http_version: "1.1",
    }
}

fn failure() -> Failure {
    Failure {
        check: Check::NegativeDataRejection,
        code: "ST201",
        title: "Schema-violating request accepted".to_owned(),
        message: format!("Received: 200\nExpected: 4xx (with {TOKEN})"),
        place: place(10),
        key: "200".to_owned(),
    }
}

fn place(line: usize) -> Place {
    Place {
        file: "api.yaml".to_owned(),
        line,
    }
}
