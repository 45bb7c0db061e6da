//! What counts as a secret, and what does not.

use serde_json::{Value, json};

use super::stream::{TOKEN, events};
use crate::{
    case::Phase,
    exchange::Exchange,
    reports::{FILTERED, Secrets, redact::Redactor},
    run::Event,
};

fn exchange() -> Exchange {
    let mut exchanges = events().into_iter().filter_map(|event| match event {
        Event::Exchange(exchange) => Some(*exchange),
        _ => None,
    });
    exchanges.next().expect("an exchange")
}

fn redacted(answer: &Value, redactor: &mut Redactor) -> Value {
    let mut exchange = exchange();
    if let Ok(received) = &mut exchange.outcome {
        received.body = answer.to_string().into();
    }
    redactor.exchange(&mut exchange);
    serde_json::from_slice(&exchange.received().expect("an answer").body).expect("JSON")
}

#[test]
fn members_of_answers_are_taken_out_by_their_names() {
    let answer = json!({
        "refreshToken": "abc", "client_secret": "s", "apiKey": "k", "password": "p",
        "items": [{"new-password": "q"}],
        "token_type": "Bearer", "next_page_token": "n", "tokenExpiresAt": "t", "passwordId": "i",
        "idempotency_key": "visible", "password_length": 8, "secret": null,
    });
    let found = redacted(&answer, &mut Redactor::new(Secrets::default()));
    let mut wanted = answer;
    for name in ["refreshToken", "client_secret", "apiKey", "password"] {
        wanted[name] = json!(FILTERED);
    }
    wanted["items"][0]["new-password"] = json!(FILTERED);
    assert_eq!(found, wanted);
}

#[test]
fn a_token_that_was_given_out_is_known_from_then_on() {
    let mut redactor = Redactor::new(Secrets::default());
    redacted(&json!({"refresh_token": "given-out-before"}), &mut redactor);
    let mut exchange = exchange();
    exchange.sent.body = Some(r#"{"it": "given-out-before"}"#.into());
    redactor.exchange(&mut exchange);
    assert_eq!(
        exchange.sent.body.expect("a body"),
        r#"{"it": "[Filtered]"}"#
    );
}

#[test]
fn passwords_of_requests_are_secrets_unless_they_were_made_up_or_stand_in_the_document() {
    let sent = |phase, password: &str| {
        let mut exchange = exchange();
        exchange.case.origin.phase = phase;
        exchange.sent.body = Some(format!(r#"{{"password": "{password}"}}"#).into());
        Redactor::new(Secrets::default()).exchange(&mut exchange);
        exchange.sent.body.expect("a body")
    };
    assert_eq!(
        sent(Phase::Examples, "of-mine"),
        r#"{"password":"[Filtered]"}"#
    );
    assert_eq!(sent(Phase::Random, "of-mine"), r#"{"password": "of-mine"}"#);
    assert_eq!(sent(Phase::Examples, "public"), r#"{"password": "public"}"#);
}

#[test]
fn a_short_secret_is_taken_out_where_it_stands_alone() {
    let mut secrets = Secrets::default();
    secrets.add("test");
    let answer = json!({"a": "test", "b": "latest", "c": "a test"});
    let found = redacted(&answer, &mut Redactor::new(secrets));
    assert_eq!(found, json!({"a": FILTERED, "b": "latest", "c": "a test"}));
}

#[test]
fn a_secret_is_found_as_json_and_as_addresses_write_it() {
    let mut secrets = Secrets::default();
    secrets.add("quo\"te & more");
    let mut redactor = Redactor::new(secrets);
    let mut text = r#"{"a":"quo\"te & more"} ?q=quo%22te%20%26%20more"#.to_owned();
    redactor.text(&mut text);
    assert_eq!(text, r#"{"a":"[Filtered]"} ?q=%5BFiltered%5D"#);
}

#[test]
fn a_body_without_secrets_stays_as_it_is_to_the_byte() {
    let mut redactor = Redactor::new(Secrets::default());
    let mut exchange = exchange();
    let body = br#"{ "b":1.50, "a" : 12345678901234567890, "token_type":"x" }"#;
    if let Ok(received) = &mut exchange.outcome {
        received.body = body.as_slice().into();
    }
    redactor.exchange(&mut exchange);
    assert_eq!(
        exchange.received().expect("an answer").body,
        body.as_slice()
    );
    assert!(!exchange.sent.url.contains("me:"));
    assert!(!format!("{exchange:?}").contains(TOKEN));
}
