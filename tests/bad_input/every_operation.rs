//! Nonsense for every operation, parameter and header that the document declares.

use serde_json::{Value, json};

use crate::{
    on_both,
    support::{Database, Server, contract::contract, factories::*},
};

on_both!(
    every_operation_refuses_every_broken_body,
    every_parameter_refuses_nonsense,
    every_header_is_held_against_its_schema_on_cached_answers_too,
);

/// Bodies that no operation takes.
const BROKEN: [&str; 9] = [
    "{",
    "[]",
    "null",
    "\"x\"",
    "{\"\":1}",
    "{\"a\":1,\"a\":2}",
    "{\"__proto__\":{}}",
    "{\"x\":\"\\ud800\"}",
    "nul",
];

async fn every_operation_refuses_every_broken_body(database: Database) {
    let server = Server::start(&database).await;
    let order = pending_order(&server, &server.admin()).await;
    let product = order["items"][0]["productId"].as_str().unwrap().to_owned();
    let mut with_body: Vec<_> = contract()
        .operations
        .iter()
        .filter(|operation| operation.node.get("requestBody").is_some())
        .collect();
    // Logging out comes last: a body that it accepts ends the session of all the others.
    with_body.sort_by_key(|operation| operation.id == "logout");
    for operation in with_body {
        let path = operation
            .path
            .replace("{orderId}", &id(&order))
            .replace("{productId}", &product);
        let path = path.replace("{userId}", "me");
        for body in BROKEN {
            let call = server.admin().call(operation.method.clone(), &path);
            let answer = call
                .key(unique("broken"))
                .body("application/json", body)
                .await;
            assert_eq!(
                answer.status,
                400,
                "{} with {body}: {}",
                operation.id,
                answer.text()
            );
        }
        // An answer for every wrong type of every field.
        let Some(Value::Object(example)) = operation.body_example() else {
            continue;
        };
        for field in example.keys() {
            for wrong in [
                json!([]),
                json!({}),
                json!([[[]]]),
                json!(1e300),
                json!(true),
                json!("\u{1}"),
                json!(""),
            ] {
                let mut body = example.clone();
                body.insert(field.clone(), wrong.clone());
                let call = server.admin().call(operation.method.clone(), &path);
                let answer = call.key(unique("broken")).json(&body).await;
                let fine = answer.status < 500;
                assert!(
                    fine,
                    "{} with {field} = {wrong}: {}",
                    operation.id,
                    answer.text()
                );
            }
        }
    }
}

async fn every_parameter_refuses_nonsense(database: Database) {
    let server = Server::start(&database).await;
    for operation in contract()
        .operations
        .iter()
        .filter(|operation| operation.method == "GET")
    {
        for parameter in operation
            .parameters()
            .iter()
            .filter(|parameter| parameter.location == "query")
        {
            for nonsense in [
                "",
                "%00",
                "%ff",
                "[]",
                "null",
                "-1",
                "99999999999999999999",
                "%F0%9F%92%A9",
                &"9".repeat(5_000),
            ] {
                let path = operation
                    .path
                    .replace("{orderId}", "0198c0de-0000-7000-8000-000000000000");
                let path = path
                    .replace("{productId}", "0198c0de-0000-7000-8000-000000000000")
                    .replace("{userId}", "me");
                let answer = server
                    .admin()
                    .get(format!("{path}?{}={nonsense}", parameter.name))
                    .await;
                assert!(
                    answer.status < 500,
                    "{} {}={nonsense}: {}",
                    operation.id,
                    parameter.name,
                    answer.text()
                );
            }
        }
    }
}

async fn every_header_is_held_against_its_schema_on_cached_answers_too(database: Database) {
    let server = Server::start(&database).await;
    let product = id(&product(&server, 3, 250).await);
    let order = id(&pending_order(&server, &server.admin()).await);
    let mut judged = Vec::new();
    for operation in &contract().operations {
        let path = operation
            .path
            .replace("{orderId}", &order)
            .replace("{productId}", &product)
            .replace("{userId}", "me");
        let bounded = operation.parameters().into_iter().filter_map(|parameter| {
            let most = parameter.node["schema"]["maxLength"].as_u64()?;
            (parameter.location == "header").then_some((parameter.name, most))
        });
        for (name, most) in bounded {
            if operation.method == reqwest::Method::GET {
                // From here on the answers that may be kept come from the cache.
                server.admin().get(&path).await.must(200);
            }
            let too_long = "x".repeat(usize::try_from(most).unwrap() + 1);
            let call = server
                .admin()
                .call(operation.method.clone(), &path)
                .header(&name, &too_long);
            let call = match operation.body_example() {
                Some(body) => call.json(&body),
                None => call,
            };
            let answer = call.await;
            let refused = answer.must_fail(400, "VALIDATION_ERROR");
            let details = refused.json()["error"]["details"].clone();
            let names_it = details
                .as_array()
                .unwrap()
                .iter()
                .any(|detail| detail["in"] == "header" && detail["field"] == name.as_str());
            assert!(names_it, "{} with {name}: {details}", operation.id);
            judged.push(format!("{} {name}", operation.id));
        }
    }
    for expected in [
        "listProducts If-None-Match",
        "getProduct If-None-Match",
        "updateProduct If-Match",
        "payOrder Idempotency-Key",
    ] {
        assert!(judged.contains(&expected.to_owned()), "{judged:?}");
    }
}
