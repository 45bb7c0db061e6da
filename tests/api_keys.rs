//! API keys: made, listed, used within their scopes, revoked.

use std::time::Duration;

use serde_json::json;

use crate::{
    on_both,
    support::{Database, Server, factories::*},
};

on_both!(
    a_key_is_shown_once_and_acts_for_its_owner,
    a_key_looks_like_this,
    a_key_does_only_what_its_scopes_say,
    a_key_never_reaches_further_than_its_owner,
    a_member_cannot_make_an_admin_key,
    an_expired_key_is_refused,
    a_revoked_key_is_refused_at_once,
    a_key_of_somebody_else_is_not_found,
    an_administrator_revokes_any_key,
    a_key_cannot_make_keys,
    an_unknown_key_is_refused,
);

async fn a_key_is_shown_once_and_acts_for_its_owner(database: Database) {
    let server = Server::start(&database).await;
    top_up(&server.member(), 700).await;
    let key = api_key(&server.member(), &["wallet:read", "orders:read"]).await;
    assert_eq!(balance(&key).await, 700);
    let list = server.member().get("/api/v1/api-keys").await.must(200);
    assert_eq!(list.json()["meta"]["total"], 1);
    assert!(list.data()[0].get("key").is_none());
    let shown = list.data()[0]["prefix"].as_str().unwrap().to_owned();
    assert!(key.credential().unwrap().1.starts_with(&shown));
    assert_eq!(
        server
            .other()
            .get("/api/v1/api-keys")
            .await
            .must(200)
            .data(),
        json!([])
    );
}

async fn a_key_looks_like_this(database: Database) {
    let server = Server::start(&database).await;
    let body = json!({ "name": "shop", "scopes": ["orders:write", "orders:read"] });
    let made = server
        .member()
        .post("/api/v1/api-keys")
        .json(body)
        .await
        .must(201);
    insta::assert_json_snapshot!(
        "api_key_created",
        made.snapshot(&["cache-control"]),
        {
            ".body.data.id" => "[id]", ".body.data.key" => "[key]", ".body.data.prefix" => "[prefix]",
            ".body.requestId" => "[request]",
        }
    );
}

async fn a_key_does_only_what_its_scopes_say(database: Database) {
    let server = Server::start(&database).await;
    let order = pending_order(&server, &server.member()).await;
    let reads = api_key(&server.member(), &["orders:read"]).await;
    reads.get(path_of(&order)).await.must(200);
    let refused = try_pay(&reads, &order)
        .await
        .must_fail(403, "INSUFFICIENT_SCOPE");
    assert!(
        refused
            .header("www-authenticate")
            .contains("error=\"insufficient_scope\"")
    );
    reads
        .get("/api/v1/wallet")
        .await
        .must_fail(403, "INSUFFICIENT_SCOPE");
    // What no scope opens is closed to keys.
    reads
        .get("/api/v1/users/me")
        .await
        .must_fail(403, "FORBIDDEN");
    let writes = api_key(&server.member(), &["orders:write"]).await;
    try_pay(&writes, &order).await.must(200);
}

async fn a_key_never_reaches_further_than_its_owner(database: Database) {
    let server = Server::start(&database).await;
    let order = pending_order(&server, &server.other()).await;
    let member = api_key(&server.member(), &["orders:read"]).await;
    member
        .get(path_of(&order))
        .await
        .must_fail(404, "ORDER_NOT_FOUND");
    member
        .get("/api/v1/admin/orders")
        .await
        .must_fail(403, "FORBIDDEN");
    let viewer = api_key(&server.viewer(), &["orders:read"]).await;
    viewer.get("/api/v1/admin/orders").await.must(200);
    let products = api_key(&server.admin(), &["products:write"]).await;
    products
        .post("/api/v1/products")
        .json(new_product(1, 1))
        .await
        .must(201);
    let path = format!("/api/v1/users/{}", server.people().viewer.id);
    server
        .admin()
        .patch(path)
        .json(json!({ "role": "member" }))
        .await
        .must(200);
    viewer
        .get("/api/v1/admin/orders")
        .await
        .must_fail(403, "FORBIDDEN");
}

async fn a_member_cannot_make_an_admin_key(database: Database) {
    let server = Server::start(&database).await;
    for (client, scope) in [
        (server.member(), "admin"),
        (server.member(), "products:write"),
        (server.viewer(), "admin"),
    ] {
        let body = json!({ "name": "too much", "scopes": [scope] });
        let refused = client.post("/api/v1/api-keys").json(body).await;
        refused.must_fail(422, "SCOPE_NOT_ALLOWED");
    }
    api_key(&server.admin(), &["admin"]).await;
}

async fn an_expired_key_is_refused(database: Database) {
    let server = Server::start(&database).await;
    let body = json!({ "name": "brief", "scopes": ["wallet:read"], "expiresAt": server.time_in(Duration::from_mins(1)) });
    let made = server
        .member()
        .post("/api/v1/api-keys")
        .json(body)
        .await
        .must(201)
        .data();
    let key = server.anonymous().api_key(made["key"].as_str().unwrap());
    key.get("/api/v1/wallet").await.must(200);
    server.advance(Duration::from_secs(61));
    key.get("/api/v1/wallet")
        .await
        .must_fail(401, "INVALID_API_KEY");
}

async fn a_revoked_key_is_refused_at_once(database: Database) {
    let server = Server::start(&database).await;
    let key = api_key(&server.member(), &["wallet:read"]).await;
    key.get("/api/v1/wallet").await.must(200);
    let list = server
        .member()
        .get("/api/v1/api-keys")
        .await
        .must(200)
        .data();
    let path = format!("/api/v1/api-keys/{}", id(&list[0]));
    server.member().delete(&path).await.must(204);
    key.get("/api/v1/wallet")
        .await
        .must_fail(401, "INVALID_API_KEY");
    server
        .member()
        .delete(&path)
        .await
        .must_fail(404, "API_KEY_NOT_FOUND");
}

async fn a_key_of_somebody_else_is_not_found(database: Database) {
    let server = Server::start(&database).await;
    let key = api_key(&server.member(), &["wallet:read"]).await;
    let list = server
        .member()
        .get("/api/v1/api-keys")
        .await
        .must(200)
        .data();
    let path = format!("/api/v1/api-keys/{}", id(&list[0]));
    server
        .other()
        .delete(&path)
        .await
        .must_fail(404, "API_KEY_NOT_FOUND");
    server
        .viewer()
        .delete(&path)
        .await
        .must_fail(404, "API_KEY_NOT_FOUND");
    key.get("/api/v1/wallet").await.must(200);
}

async fn an_administrator_revokes_any_key(database: Database) {
    let server = Server::start(&database).await;
    let key = api_key(&server.member(), &["wallet:read"]).await;
    let list = server
        .member()
        .get("/api/v1/api-keys")
        .await
        .must(200)
        .data();
    server
        .admin()
        .delete(format!("/api/v1/api-keys/{}", id(&list[0])))
        .await
        .must(204);
    key.get("/api/v1/wallet")
        .await
        .must_fail(401, "INVALID_API_KEY");
}

async fn a_key_cannot_make_keys(database: Database) {
    let server = Server::start(&database).await;
    let key = api_key(&server.admin(), &["admin"]).await;
    let body = json!({ "name": "child", "scopes": ["wallet:read"] });
    key.post("/api/v1/api-keys")
        .json(body)
        .await
        .must_fail(403, "FORBIDDEN");
}

async fn an_unknown_key_is_refused(database: Database) {
    let server = Server::start(&database).await;
    for key in [
        "wb_live_nonsense",
        "wb_test_",
        "x",
        "wb_live_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    ] {
        let refused = server.anonymous().api_key(key).get("/api/v1/wallet").await;
        let refused = refused.must_fail(401, "INVALID_API_KEY");
        assert!(!refused.header("www-authenticate").is_empty());
    }
}
