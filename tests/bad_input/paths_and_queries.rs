//! What stands in paths and queries: ids that cannot exist, parameters that nobody knows or that come twice, broken
//! encodings.

use serde_json::json;

use crate::{
    on_both,
    support::{Database, Server, raw},
};

on_both!(
    ids_that_cannot_exist_are_not_found,
    unknown_query_parameters_are_refused,
    repeated_query_parameters_are_refused,
    broken_encodings_in_the_path_and_query_are_refused,
);

async fn ids_that_cannot_exist_are_not_found(database: Database) {
    let server = Server::start(&database).await;
    let long = "x".repeat(300);
    let ids = [
        "1",
        "x",
        "..%2f..%2fetc",
        "0198c0de-0000-7000-8000-00000000000",
        "%ff",
        "'%20or%201=1",
        "{orderId}",
        &long,
    ];
    for id in ids {
        server
            .member()
            .get(format!("/api/v1/orders/{id}"))
            .await
            .must_fail(404, "ORDER_NOT_FOUND");
        server
            .anonymous()
            .get(format!("/api/v1/products/{id}"))
            .await
            .must_fail(404, "PRODUCT_NOT_FOUND");
        server
            .admin()
            .get(format!("/api/v1/users/{id}"))
            .await
            .must_fail(404, "USER_NOT_FOUND");
        let pay = server
            .member()
            .post(format!("/api/v1/orders/{id}/pay"))
            .key("k")
            .await;
        pay.must_fail(404, "ORDER_NOT_FOUND");
    }
    // 404 comes before what is wrong with the rest of the request.
    let wrong = server
        .member()
        .post("/api/v1/orders/x/cancel")
        .json(json!({ "bogus": 1 }))
        .await;
    wrong.must_fail(404, "ORDER_NOT_FOUND");
}

async fn unknown_query_parameters_are_refused(database: Database) {
    let server = Server::start(&database).await;
    let refused = server
        .anonymous()
        .get("/api/v1/products?colour=red&limit=5&Page=1")
        .await;
    let refused = refused.must_fail(400, "VALIDATION_ERROR");
    assert_eq!(
        refused.violations(),
        ["query:Page unknown_field", "query:colour unknown_field"]
    );
    let refused = server
        .member()
        .get("/api/v1/wallet?x=1")
        .await
        .must_fail(400, "VALIDATION_ERROR");
    assert_eq!(refused.violations(), ["query:x unknown_field"]);
}

async fn repeated_query_parameters_are_refused(database: Database) {
    let server = Server::start(&database).await;
    let refused = server
        .anonymous()
        .get("/api/v1/products?limit=5&limit=6")
        .await;
    let refused = refused.must_fail(400, "VALIDATION_ERROR");
    assert_eq!(refused.violations(), ["query:limit duplicate"]);
}

async fn broken_encodings_in_the_path_and_query_are_refused(database: Database) {
    let server = Server::start(&database).await;
    for query in ["q=%", "q=%zz", "q=%ff%fe", "%ff=1"] {
        let bytes = format!("GET /api/v1/products?{query} HTTP/1.1\r\nhost: x\r\n\r\n");
        let refused = raw::exchange(&server.base, bytes.as_bytes()).await;
        refused.must_fail(400, "VALIDATION_ERROR");
    }
    for path in ["/api/v1/orders/%zz", "/%", "/%ff"] {
        let token = &server.people().member.token;
        let bytes =
            format!("GET {path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {token}\r\n\r\n");
        raw::exchange(&server.base, bytes.as_bytes())
            .await
            .must(404);
    }
}
