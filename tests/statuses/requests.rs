//! Statuses that one request provokes by what it says, before the business looks at it.

use super::{concrete, request, with_example};
use crate::{
    on_both,
    support::{
        Database, Server,
        contract::{Operation, contract},
        coverage, judge, raw,
    },
};

on_both!(
    what_cannot_be_accepted_is_406,
    what_is_no_json_is_415_or_413_or_400,
    another_version_is_400,
    an_unknown_parameter_is_400,
    what_is_too_long_is_414_or_431,
    a_parameter_of_two_segments_is_404,
);

async fn what_cannot_be_accepted_is_406(database: Database) {
    let server = Server::start(&database).await;
    // Whoever answers a success without a body meets every Accept.
    let has_body = |operation: &&Operation| {
        let answers = operation.answers();
        let mut successes = answers.iter().filter(|answer| answer.status < 300);
        successes.any(|answer| !answer.content_types().is_empty())
    };
    for operation in contract().operations.iter().filter(has_body) {
        let call = request(&server.admin(), operation, "").header("accept", "image/png");
        call.await.must_fail(406, "NOT_ACCEPTABLE");
    }
}

async fn what_is_no_json_is_415_or_413_or_400(database: Database) {
    let server = Server::start(&database).await;
    for operation in contract()
        .operations
        .iter()
        .filter(|operation| operation.node.get("requestBody").is_some())
    {
        let call = || request(&server.admin(), operation, "");
        call()
            .body("text/csv", "a,b")
            .await
            .must_fail(415, "UNSUPPORTED_MEDIA_TYPE");
        let large = " ".repeat(256 * 1024);
        call()
            .body("application/json", large)
            .await
            .must_fail(413, "PAYLOAD_TOO_LARGE");
        // An id that does not exist would be judged later than the body, one that cannot exist earlier.
        call()
            .body("application/json", "{")
            .await
            .must_fail(400, "MALFORMED_JSON");
    }
}

async fn another_version_is_400(database: Database) {
    let server = Server::start(&database).await;
    for operation in &contract().operations {
        let call = request(&server.admin(), operation, "").header("api-version", "v2");
        call.await.must_fail(400, "API_VERSION_MISMATCH");
    }
}

async fn an_unknown_parameter_is_400(database: Database) {
    let server = Server::start(&database).await;
    for operation in &contract().operations {
        let call = with_example(request(&server.admin(), operation, "?unknown=1"), operation);
        let refused = call.await.must_fail(400, "VALIDATION_ERROR");
        assert_eq!(
            refused.violations(),
            ["query:unknown unknown_field"],
            "{}",
            operation.id
        );
        if operation.idempotency() == Some("required") {
            let call = server
                .admin()
                .call(operation.method.clone(), concrete(operation));
            with_example(call, operation)
                .await
                .must_fail(400, "IDEMPOTENCY_KEY_MISSING");
        }
    }
}

async fn what_is_too_long_is_414_or_431(database: Database) {
    let server = Server::start(&database).await;
    for operation in &contract().operations {
        let (method, path) = (&operation.method, concrete(operation));
        let long = format!(
            "{method} {path}?q={} HTTP/1.1\r\nhost: x\r\n\r\n",
            "x".repeat(20_000)
        );
        let answer = raw::exchange(&server.base, long.as_bytes()).await;
        judge(method, &path, &answer);
        answer.must_fail(414, "URI_TOO_LONG");
        let long = format!(
            "{method} {path} HTTP/1.1\r\nhost: x\r\nx-long: {}\r\n\r\n",
            "x".repeat(100_000)
        );
        let answer = raw::exchange(&server.base, long.as_bytes()).await;
        judge(method, &path, &answer);
        answer.must_fail(431, "HEADERS_TOO_LARGE");
    }
}

async fn a_parameter_of_two_segments_is_404(database: Database) {
    let server = Server::start(&database).await;
    let operations = contract().operations.iter();
    for operation in operations.filter(|operation| operation.path.contains('{')) {
        let parts = operation.path.split('/');
        let parts = parts.map(|part| {
            if part.starts_with('{') {
                "no/where"
            } else {
                part
            }
        });
        let path = parts.collect::<Vec<_>>().join("/");
        let answer = server.admin().call(operation.method.clone(), path).await;
        answer.must_fail(404, "ROUTE_NOT_FOUND");
        // No path of the document is asked for here, so the client cannot know whose answer this is.
        coverage::note(&operation.id, 404, "ROUTE_NOT_FOUND");
    }
}
