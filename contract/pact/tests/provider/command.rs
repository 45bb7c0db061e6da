//! The program `contract-pact`, as another team runs it against a server of its own.

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

use http_body_util::Full;
use hyper::{Response, StatusCode, header::CONTENT_TYPE};
use serde_json::{Value, json};

use crate::{
    run,
    stub::{Answered, Asked, Stub},
};

/// A pact of somebody else with one call and one message.
fn pact(folder: &Path) {
    let pact = json!({
        "consumer": { "name": "kiosk" },
        "provider": { "name": "weather" },
        "interactions": [
            {
                "type": "Synchronous/HTTP",
                "description": "the weather here",
                "providerStates": [{ "name": "it rains", "params": { "where": "Oslo" } }],
                "request": {
                    "method": "GET",
                    "path": "/places/1",
                    "headers": { "Authorization": ["Bearer none"] },
                    "generators": { "path": {
                        "type": "ProviderState", "expression": "/places/${place}", "dataType": "STRING"
                    } },
                },
                "response": {
                    "status": 200,
                    "headers": { "Content-Type": ["application/json"] },
                    "body": {
                        "content": { "sky": "rain", "degrees": 7 },
                        "contentType": "application/json",
                        "encoded": false,
                    },
                    "matchingRules": { "body": { "$.degrees": {
                        "combine": "AND", "matchers": [{ "match": "integer" }]
                    } } },
                },
            },
            {
                "type": "Asynchronous/Messages",
                "description": "it began to rain",
                "contents": {
                    "content": { "sky": "rain" }, "contentType": "application/json", "encoded": false,
                },
                "metadata": { "contentType": "application/json" },
            },
        ],
        "metadata": { "pactSpecification": { "version": "4.0" } },
    });
    fs::write(folder.join("kiosk-weather.json"), pact.to_string()).expect("a pact");
}

/// The server, its states and its messages in one; the weather of place 42 is what `weather` says.
async fn weather(weather: Value) -> Stub {
    Stub::serve(move |asked: Asked| {
        let weather = weather.clone();
        async move {
            let body: Value = serde_json::from_slice(asked.body()).unwrap_or_default();
            match asked.uri().path() {
                "/states" if body["state"] == "it rains" && body["params"]["where"] == "Oslo" => {
                    answer(200, &json!({ "place": "42" }))
                }
                // The state of who needs none.
                "/states" if body["state"] == "" => answer(200, &json!({})),
                "/messages" if body["description"] == "it began to rain" => answer(200, &weather),
                "/places/42" if asked.headers()["authorization"] == "Bearer of today" => {
                    answer(200, &weather)
                }
                _ => answer(404, &json!({ "sky": "unknown" })),
            }
        }
    })
    .await
}

fn answer(status: u16, body: &Value) -> Answered {
    Response::builder()
        .status(StatusCode::from_u16(status).expect("a status"))
        .header(CONTENT_TYPE, "application/json")
        .body(Full::from(body.to_string()))
        .expect("an answer")
}

/// Runs `contract-pact verify` against a stub, with everything that it needs and `more`.
async fn verify(stub: &Stub, pacts: &Path, more: &[&str]) -> Output {
    let (base, pacts) = (stub.base().to_owned(), pacts.to_owned());
    let more: Vec<String> = more.iter().map(ToString::to_string).collect();
    let run = move || {
        Command::new(env!("CARGO_BIN_EXE_contract-pact"))
            .args([
                "verify",
                "--provider",
                &base,
                "--header",
                "Authorization: Bearer of today",
            ])
            .args(["--state-url", &format!("{base}/states")])
            .args(["--message-url", &format!("{base}/messages"), "--pacts"])
            .arg(&pacts)
            .args(more)
            .output()
            .expect("contract-pact runs")
    };
    tokio::task::spawn_blocking(run).await.expect("no panic")
}

fn text(output: &Output) -> String {
    [&output.stdout[..], &output.stderr[..]]
        .map(String::from_utf8_lossy)
        .concat()
}

#[test]
fn a_server_that_keeps_the_pact_ends_with_0() {
    run(async {
        let folder = tempfile::tempdir().expect("a folder");
        pact(folder.path());
        let stub = weather(json!({ "sky": "rain", "degrees": 9, "wind": 3 })).await;
        let output = verify(&stub, folder.path(), &[]).await;
        assert_eq!(output.status.code(), Some(0), "{}", text(&output));
        assert!(
            text(&output).contains("1 pact, 2 interactions: all kept"),
            "{}",
            text(&output)
        );
    });
}

#[test]
fn a_server_that_breaks_the_pact_ends_with_1_and_says_where() {
    run(async {
        let folder = tempfile::tempdir().expect("a folder");
        pact(folder.path());
        let stub = weather(json!({ "sky": "rain", "degrees": "nine" })).await;
        let output = verify(&stub, folder.path(), &["--format", "json"]).await;
        assert_eq!(output.status.code(), Some(1), "{}", text(&output));
        let report: Value = serde_json::from_slice(&output.stdout).expect("JSON alone");
        let pact = &report["pacts"][0];
        assert_eq!(pact["consumer"], "kiosk");
        assert_eq!(
            pact["interactions"][0]["failures"][0]["place"],
            "body $.degrees"
        );
        assert_eq!(pact["interactions"][1]["failures"], json!([]));
    });
}

#[test]
fn a_state_that_fails_is_named() {
    run(async {
        let folder = tempfile::tempdir().expect("a folder");
        pact(folder.path());
        let file = folder.path().join("kiosk-weather.json");
        let text_of_it = fs::read_to_string(&file).expect("a pact");
        fs::write(&file, text_of_it.replace("it rains", "it snows")).expect("a pact");
        let stub = weather(json!({ "sky": "rain", "degrees": 9 })).await;
        let output = verify(&stub, folder.path(), &[]).await;
        assert_eq!(output.status.code(), Some(1), "{}", text(&output));
        assert!(
            text(&output)
                .contains("state \"it snows\": Provider state failed: Invalid status code: 404"),
            "{}",
            text(&output)
        );
    });
}

#[test]
fn what_cannot_be_used_ends_with_3_and_says_why() {
    run(async {
        let stub = weather(json!({})).await;
        let folder = tempfile::tempdir().expect("a folder");
        let output = verify(&stub, folder.path(), &[]).await;
        assert_eq!(output.status.code(), Some(3), "{}", text(&output));
        assert!(text(&output).contains("no pact in "), "{}", text(&output));

        let broken = folder.path().join("broken.json");
        fs::write(&broken, "{\n  \"consumer\": {").expect("a file");
        let output = verify(&stub, folder.path(), &[]).await;
        assert_eq!(output.status.code(), Some(3), "{}", text(&output));
        assert!(
            text(&output).contains("broken.json:2: no JSON"),
            "{}",
            text(&output)
        );

        fs::write(&broken, "{\"provider\": {\"name\": \"weather\"}}").expect("a file");
        let output = verify(&stub, folder.path(), &[]).await;
        assert!(
            text(&output).contains("no pact: `consumer.name` is missing"),
            "{}",
            text(&output)
        );

        fs::remove_file(&broken).expect("it can go");
        pact(folder.path());
        let output = verify(&stub, folder.path(), &["--consumer", "nobody"]).await;
        assert_eq!(output.status.code(), Some(3), "{}", text(&output));
        assert!(
            text(&output).contains("no pact of the 1 that were read"),
            "{}",
            text(&output)
        );
    });
}

#[test]
fn a_server_that_is_not_there_is_one_message() {
    let folder = tempfile::tempdir().expect("a folder");
    pact(folder.path());
    // Nothing listens on the discard port of this machine.
    let output = Command::new(env!("CARGO_BIN_EXE_contract-pact"))
        .args(["verify", "--provider", "http://127.0.0.1:9", "--pacts"])
        .arg(folder.path())
        .output()
        .expect("contract-pact runs");
    assert_eq!(output.status.code(), Some(4), "{}", text(&output));
    assert!(
        text(&output).contains("nobody answers at http://127.0.0.1:9/"),
        "{}",
        text(&output)
    );
}

#[test]
fn a_server_that_never_answers_does_not_hold_the_run_up() {
    run(async {
        let folder = tempfile::tempdir().expect("a folder");
        pact(folder.path());
        let stub = Stub::serve(|asked: Asked| async move {
            if asked.uri().path() == "/states" {
                return answer(200, &json!({ "place": "42" }));
            }
            std::future::pending().await
        })
        .await;
        let output = verify(&stub, folder.path(), &["--timeout", "1"]).await;
        assert_eq!(output.status.code(), Some(1), "{}", text(&output));
        assert!(
            text(&output).contains("2 interactions: 2 broken"),
            "{}",
            text(&output)
        );
    });
}
