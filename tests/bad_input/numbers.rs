//! Which numbers are taken in bodies and queries: never one that would be rounded, cut off or guessed.

use super::create;
use crate::{
    on_both,
    support::{Database, Server},
};

on_both!(huge_numbers_are_refused, odd_numbers_are_read_as_json_says);

async fn huge_numbers_are_refused(database: Database) {
    let server = Server::start(&database).await;
    for number in [
        "9007199254740992",
        "9223372036854775807",
        "9223372036854775808",
        "-9223372036854775809",
        "18446744073709551616",
        "1e400",
        "-1e400",
        "1e30",
        "99999999999999999999999999999999999999999",
        "0.1",
        "-1",
    ] {
        let body = format!(
            r#"{{"sku":"S","name":"N","description":"","price":{number},"currency":"USD","stock":1}}"#
        );
        create(&server.admin(), &body).await.must(400);
    }
    let long = "9".repeat(50_000);
    let body = format!(
        r#"{{"sku":"S","name":"N","description":"","price":{long},"currency":"USD","stock":1}}"#
    );
    create(&server.admin(), &body).await.must(400);
    for query in [
        "page=99999999999999999999",
        "minPrice=1e3",
        "limit=0x10",
        "page=-1",
        "limit=+5",
        "page=1.5",
        "page=",
        "limit=%205",
    ] {
        let refused = server
            .anonymous()
            .get(format!("/api/v1/products?{query}"))
            .await;
        refused.must_fail(400, "VALIDATION_ERROR");
    }
    server
        .anonymous()
        .get("/api/v1/products?page=1000000&limit=100")
        .await;
}

async fn odd_numbers_are_read_as_json_says(database: Database) {
    let server = Server::start(&database).await;
    // JSON knows no integers: a number without a fraction is one, however it is written.
    for (at, number) in ["10.0", "1e1", "1.0E+1", "100e-1"].iter().enumerate() {
        let body = format!(
            r#"{{"sku":"ODD-{at}","name":"N","description":"","price":{number},"currency":"USD","stock":1}}"#
        );
        let made = create(&server.admin(), &body).await.must(201).data();
        assert_eq!(made["price"], 10, "{number}");
    }
}
