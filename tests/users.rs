//! Accounts as staff and their owners see them.

use serde_json::{Value, json};

use crate::{
    on_both,
    support::{Database, Server, factories::*},
};

on_both!(
    everybody_reads_and_renames_themselves,
    a_user_looks_like_this,
    me_is_the_caller,
    a_member_does_not_find_other_users,
    staff_finds_everybody,
    users_are_listed_filtered_and_sorted,
    an_administrator_invites_somebody,
    an_email_exists_once_whatever_its_case,
    a_member_cannot_change_their_role,
    an_administrator_changes_roles_at_once,
    a_disabled_user_is_locked_out_at_once,
    the_last_administrator_stays,
    a_change_with_a_stale_etag_is_refused,
    an_empty_change_changes_nothing,
);

async fn everybody_reads_and_renames_themselves(database: Database) {
    let server = Server::start(&database).await;
    let member = server.member();
    let path = format!("/api/v1/users/{}", server.people().member.id);
    let before = member.get(&path).await.must(200);
    let changed = member
        .patch(&path)
        .json(json!({ "name": "Ada Lovelace" }))
        .await
        .must(200);
    assert_eq!(changed.data()["name"], "Ada Lovelace");
    assert_ne!(changed.header("etag"), before.header("etag"));
    assert_eq!(
        member.get("/api/v1/users/me").await.data()["name"],
        "Ada Lovelace"
    );
}

async fn a_user_looks_like_this(database: Database) {
    let server = Server::start(&database).await;
    let read = server.member().get("/api/v1/users/me").await.must(200);
    insta::assert_json_snapshot!(
        "user",
        read.snapshot(&["cache-control"]),
        { ".body.data.id" => "[id]", ".body.requestId" => "[request]" }
    );
}

async fn me_is_the_caller(database: Database) {
    let server = Server::start(&database).await;
    for (client, person) in [
        (server.member(), &server.people().member),
        (server.admin(), &server.people().admin),
    ] {
        let me = client.get("/api/v1/users/me").await.must(200);
        assert_eq!(id(&me.data()), person.id);
        let etag = me.header("etag").to_owned();
        client
            .get("/api/v1/users/me")
            .header("if-none-match", etag)
            .await
            .must(304);
    }
}

async fn a_member_does_not_find_other_users(database: Database) {
    let server = Server::start(&database).await;
    let path = format!("/api/v1/users/{}", server.people().other.id);
    server
        .member()
        .get(&path)
        .await
        .must_fail(404, "USER_NOT_FOUND");
    let change = server
        .member()
        .patch(&path)
        .json(json!({ "name": "Mallory" }))
        .await;
    change.must_fail(404, "USER_NOT_FOUND");
    let viewer = server
        .viewer()
        .patch(&path)
        .json(json!({ "name": "Mallory" }))
        .await;
    // Staff sees everybody, so there is nothing to hide from it.
    viewer.must_fail(403, "FORBIDDEN");
}

async fn staff_finds_everybody(database: Database) {
    let server = Server::start(&database).await;
    let path = format!("/api/v1/users/{}", server.people().other.id);
    for staff in [server.viewer(), server.admin()] {
        assert_eq!(
            id(&staff.get(&path).await.must(200).data()),
            server.people().other.id
        );
    }
    let unknown = "/api/v1/users/0198c0de-0000-7000-8000-000000000000";
    server
        .admin()
        .get(unknown)
        .await
        .must_fail(404, "USER_NOT_FOUND");
    server
        .admin()
        .get("/api/v1/users/nobody")
        .await
        .must_fail(404, "USER_NOT_FOUND");
}

async fn users_are_listed_filtered_and_sorted(database: Database) {
    let server = Server::start(&database).await;
    let emails = async |query: &str| {
        let list = server
            .viewer()
            .get(format!("/api/v1/users?{query}"))
            .await
            .must(200)
            .data();
        let email = |user: &Value| user["email"].as_str().unwrap().to_owned();
        list.as_array()
            .unwrap()
            .iter()
            .map(email)
            .collect::<Vec<_>>()
    };
    let people = server.people();
    assert_eq!(
        emails("role=admin").await,
        std::slice::from_ref(&people.admin.email)
    );
    assert_eq!(
        emails(&format!("q={}", people.other.email)).await,
        std::slice::from_ref(&people.other.email)
    );
    let sorted = emails("sort=email").await;
    assert!(sorted.is_sorted() && sorted.len() == 4, "{sorted:?}");
    let mut reversed = emails("sort=-email").await;
    reversed.reverse();
    assert_eq!(reversed, sorted);
    assert_eq!(
        emails("sort=email&limit=1&page=2").await,
        [sorted[1].clone()]
    );
}

async fn an_administrator_invites_somebody(database: Database) {
    let server = Server::start(&database).await;
    let body = json!({ "email": "new@example.com", "name": "New", "role": "viewer" });
    let made = server
        .admin()
        .post("/api/v1/users")
        .json(&body)
        .await
        .must(201);
    assert_eq!(made.data()["role"], "viewer");
    assert_eq!(
        made.header("location"),
        format!("/api/v1/users/{}", id(&made.data()))
    );
    let again = server.admin().post("/api/v1/users").json(&body).await;
    again.must_fail(409, "EMAIL_ALREADY_EXISTS");
    // Nobody knows a password yet, so nobody logs in.
    let body = json!({ "email": "new@example.com", "password": PASSWORD });
    let refused = server
        .anonymous()
        .post("/api/v1/auth/login")
        .json(body)
        .await;
    refused.must_fail(401, "INVALID_CREDENTIALS");
}

async fn an_email_exists_once_whatever_its_case(database: Database) {
    let server = Server::start(&database).await;
    let shouted = server.people().member.email.to_uppercase();
    let body = json!({ "email": shouted, "password": PASSWORD, "name": "Twin" });
    let refused = server
        .anonymous()
        .post("/api/v1/auth/register")
        .json(body)
        .await;
    refused.must_fail(409, "EMAIL_ALREADY_EXISTS");
}

async fn a_member_cannot_change_their_role(database: Database) {
    let server = Server::start(&database).await;
    for change in [
        json!({ "role": "admin" }),
        json!({ "disabled": false }),
        json!({ "name": "X", "role": "member" }),
    ] {
        let refused = server
            .member()
            .patch("/api/v1/users/me")
            .json(&change)
            .await;
        refused.must_fail(403, "FIELD_FORBIDDEN");
    }
    let me = server
        .member()
        .get("/api/v1/users/me")
        .await
        .must(200)
        .data();
    assert_eq!(me["role"], "member");
    assert_ne!(me["name"], "X");
}

async fn an_administrator_changes_roles_at_once(database: Database) {
    let server = Server::start(&database).await;
    let path = format!("/api/v1/users/{}", server.people().viewer.id);
    server.viewer().get("/api/v1/users").await.must(200);
    server
        .admin()
        .patch(&path)
        .json(json!({ "role": "member" }))
        .await
        .must(200);
    // The token still says viewer; the server knows better.
    server
        .viewer()
        .get("/api/v1/users")
        .await
        .must_fail(403, "FORBIDDEN");
}

async fn a_disabled_user_is_locked_out_at_once(database: Database) {
    let server = Server::start(&database).await;
    let path = format!("/api/v1/users/{}", server.people().member.id);
    let key = api_key(&server.member(), &["wallet:read"]).await;
    key.get("/api/v1/wallet").await.must(200);
    server
        .admin()
        .patch(&path)
        .json(json!({ "disabled": true }))
        .await
        .must(200);
    server
        .member()
        .get("/api/v1/wallet")
        .await
        .must_fail(401, "INVALID_TOKEN");
    key.get("/api/v1/wallet")
        .await
        .must_fail(401, "INVALID_API_KEY");
    let body = json!({ "email": server.people().member.email, "password": PASSWORD });
    let refused = server
        .anonymous()
        .post("/api/v1/auth/login")
        .json(&body)
        .await;
    refused.must_fail(401, "INVALID_CREDENTIALS");
    server
        .admin()
        .patch(&path)
        .json(json!({ "disabled": false }))
        .await
        .must(200);
    server
        .anonymous()
        .post("/api/v1/auth/login")
        .json(&body)
        .await
        .must(200);
}

async fn the_last_administrator_stays(database: Database) {
    let server = Server::start(&database).await;
    for change in [json!({ "role": "member" }), json!({ "disabled": true })] {
        let refused = server.admin().patch("/api/v1/users/me").json(&change).await;
        refused.must_fail(422, "LAST_ADMIN");
    }
    let path = format!("/api/v1/users/{}", server.people().viewer.id);
    server
        .admin()
        .patch(&path)
        .json(json!({ "role": "admin" }))
        .await
        .must(200);
    server
        .admin()
        .patch("/api/v1/users/me")
        .json(json!({ "role": "member" }))
        .await
        .must(200);
}

async fn a_change_with_a_stale_etag_is_refused(database: Database) {
    let server = Server::start(&database).await;
    let etag = server
        .member()
        .get("/api/v1/users/me")
        .await
        .must(200)
        .header("etag")
        .to_owned();
    let rename = |name: &str| {
        server
            .member()
            .patch("/api/v1/users/me")
            .json(json!({ "name": name }))
    };
    rename("First").if_match(&etag).await.must(200);
    rename("Second")
        .if_match(&etag)
        .await
        .must_fail(412, "PRECONDITION_FAILED");
    assert_eq!(
        server.member().get("/api/v1/users/me").await.data()["name"],
        "First"
    );
}

async fn an_empty_change_changes_nothing(database: Database) {
    let server = Server::start(&database).await;
    let before = server
        .member()
        .get("/api/v1/users/me")
        .await
        .must(200)
        .data();
    let after = server
        .member()
        .patch("/api/v1/users/me")
        .json(json!({}))
        .await
        .must(200)
        .data();
    assert_eq!(before, after);
}
