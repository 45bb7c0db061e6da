//! The catalogue: browsing, searching, creating and changing products.

use serde_json::{Value, json};

use crate::{
    on_both,
    support::{Client, Database, Server, factories::*},
};

on_both!(
    a_created_product_can_be_read_by_everybody,
    a_product_looks_like_this,
    an_sku_exists_once,
    an_sku_cannot_be_taken_over_by_a_change,
    the_list_is_cut_into_pages_with_links,
    every_product_is_on_exactly_one_page,
    the_list_is_filtered_by_price_stock_and_words,
    the_list_is_sorted_both_ways,
    a_limit_out_of_range_is_refused,
    a_change_touches_only_what_it_names,
    a_change_with_a_stale_etag_is_refused,
    a_change_with_the_current_etag_is_made,
    an_if_match_without_quotes_is_refused_and_named_once,
    a_read_with_the_current_etag_answers_304,
    a_stock_delta_adds_to_what_is_there,
    stock_and_stock_delta_together_are_refused,
    stock_cannot_fall_below_what_is_reserved,
    stock_cannot_grow_beyond_its_bound,
    room_is_kept_for_what_is_reserved,
    no_answer_shows_more_stock_than_the_contract_lets_it,
    a_change_of_no_product_is_not_found,
    an_archived_product_cannot_be_ordered_and_is_not_listed,
    a_created_product_is_seen_in_the_cached_list_at_once,
    markup_in_a_name_comes_back_as_text,
);

async fn a_created_product_can_be_read_by_everybody(database: Database) {
    let server = Server::start(&database).await;
    let created = server
        .admin()
        .post("/api/v1/products")
        .json(new_product(3, 250))
        .await
        .must(201);
    let location = created.header("location").to_owned();
    assert_eq!(
        location,
        format!("/api/v1/products/{}", id(&created.data()))
    );
    let read = server.anonymous().get(&location).await.must(200);
    assert_eq!(read.data(), created.data());
    assert_eq!(read.header("etag"), created.header("etag"));
    assert!(
        read.header("etag").starts_with('"'),
        "a strong etag: {}",
        read.header("etag")
    );
    assert_eq!(read.header("cache-control"), "public, max-age=60");
}

async fn a_product_looks_like_this(database: Database) {
    let server = Server::start(&database).await;
    let mut body = new_product(3, 250);
    body["sku"] = json!("CLIPS-100");
    let created = server
        .admin()
        .post("/api/v1/products")
        .json(body)
        .await
        .must(201);
    insta::assert_json_snapshot!(
        "product_created",
        created.snapshot(&["cache-control", "api-version"]),
        { ".body.data.id" => "[id]", ".body.requestId" => "[request]" }
    );
}

async fn an_sku_exists_once(database: Database) {
    let server = Server::start(&database).await;
    let body = new_product(3, 250);
    create_product(&server, body.clone()).await;
    let again = server.admin().post("/api/v1/products").json(body).await;
    again.must_fail(409, "SKU_ALREADY_EXISTS");
}

async fn an_sku_cannot_be_taken_over_by_a_change(database: Database) {
    let server = Server::start(&database).await;
    let one = product(&server, 1, 1).await;
    let two = product(&server, 1, 1).await;
    let change = json!({ "sku": one["sku"] });
    patch(&server.admin(), &two, change)
        .await
        .must_fail(409, "SKU_ALREADY_EXISTS");
}

async fn the_list_is_cut_into_pages_with_links(database: Database) {
    let server = Server::start(&database).await;
    for _ in 0..5 {
        product(&server, 1, 100).await;
    }
    let page = server
        .anonymous()
        .get("/api/v1/products?page=2&limit=2")
        .await
        .must(200);
    assert_eq!(
        page.json()["meta"],
        json!({
            "page": 2, "perPage": 2, "total": 5, "totalPages": 3, "hasNext": true, "hasPrev": true,
        })
    );
    let link = page.header("link").to_owned();
    for (relation, number) in [("first", 1), ("prev", 1), ("next", 3), ("last", 3)] {
        let entry = link
            .split(", ")
            .find(|part| part.contains(&format!("rel=\"{relation}\"")));
        let entry = entry.unwrap_or_else(|| panic!("no {relation} in {link}"));
        assert!(entry.contains(&format!("page={number}")), "{entry}");
        assert!(entry.contains("limit=2"), "{entry}");
    }
    let last = server
        .anonymous()
        .get("/api/v1/products?page=3&limit=2")
        .await
        .must(200);
    assert_eq!(last.data().as_array().unwrap().len(), 1);
    assert_eq!(last.json()["meta"]["hasNext"], false);
    let beyond = server
        .anonymous()
        .get("/api/v1/products?page=9&limit=2")
        .await
        .must(200);
    assert_eq!(beyond.data(), json!([]));
}

async fn every_product_is_on_exactly_one_page(database: Database) {
    let server = Server::start(&database).await;
    let mut made = Vec::new();
    for _ in 0..7 {
        made.push(id(&product(&server, 1, 100).await));
    }
    // All prices are alike: the order must not depend on the database's mood.
    let mut seen = Vec::new();
    for page in 1..=4 {
        let path = format!("/api/v1/products?sort=price&limit=2&page={page}");
        let list = server.anonymous().get(path).await.must(200).data();
        seen.extend(list.as_array().unwrap().iter().map(id));
    }
    seen.sort();
    made.sort();
    assert_eq!(seen, made);
}

async fn the_list_is_filtered_by_price_stock_and_words(database: Database) {
    let server = Server::start(&database).await;
    for (name, price, stock) in [("Red pen", 100, 0), ("Blue pen", 200, 5), ("Ruler", 300, 5)] {
        let mut body = new_product(stock, price);
        body["name"] = json!(name);
        body["description"] = json!("for the office");
        create_product(&server, body).await;
    }
    let names = async |query: &str| {
        let path = format!("/api/v1/products?sort=price&{query}");
        names(&server.anonymous().get(path).await.must(200).data())
    };
    assert_eq!(names("q=pen").await, ["Red pen", "Blue pen"]);
    assert_eq!(names("q=PEN").await, ["Red pen", "Blue pen"]);
    assert_eq!(names("inStock=true").await, ["Blue pen", "Ruler"]);
    assert_eq!(names("minPrice=200").await, ["Blue pen", "Ruler"]);
    assert_eq!(names("maxPrice=200").await, ["Red pen", "Blue pen"]);
    assert_eq!(
        names("minPrice=200&maxPrice=200&q=blue").await,
        ["Blue pen"]
    );
    // Signs of the search language of a database are letters like others.
    assert_eq!(names("q=%25").await, Vec::<String>::new());
    assert_eq!(names("q=_ed").await, Vec::<String>::new());
}

async fn the_list_is_sorted_both_ways(database: Database) {
    let server = Server::start(&database).await;
    for (name, price) in [("B", 300), ("A", 100), ("C", 200)] {
        let mut body = new_product(1, price);
        body["name"] = json!(name);
        create_product(&server, body).await;
    }
    for (sort, expected) in [
        ("price", ["A", "C", "B"]),
        ("-price", ["B", "C", "A"]),
        ("name", ["A", "B", "C"]),
        ("-createdAt", ["C", "A", "B"]),
    ] {
        let path = format!("/api/v1/products?sort={sort}");
        let list = server.anonymous().get(path).await.must(200).data();
        assert_eq!(names(&list), expected, "{sort}");
    }
}

async fn a_limit_out_of_range_is_refused(database: Database) {
    let server = Server::start(&database).await;
    let refused = server
        .anonymous()
        .get("/api/v1/products?limit=0&page=0")
        .await;
    let refused = refused.must_fail(400, "VALIDATION_ERROR");
    assert_eq!(
        refused.violations(),
        ["query:limit too_small", "query:page too_small"]
    );
    let refused = server
        .anonymous()
        .get("/api/v1/products?limit=101&sort=magic")
        .await;
    let refused = refused.must_fail(400, "VALIDATION_ERROR");
    assert_eq!(
        refused.violations(),
        ["query:limit too_big", "query:sort not_in_enum"]
    );
}

async fn a_change_touches_only_what_it_names(database: Database) {
    let server = Server::start(&database).await;
    let before = product(&server, 3, 250).await;
    let change = patch(&server.admin(), &before, json!({ "price": 300 }))
        .await
        .must(200);
    let mut expected = before.clone();
    expected["price"] = json!(300);
    let mut after = change.data();
    assert!(after["updatedAt"].as_str() >= before["updatedAt"].as_str());
    after["updatedAt"] = before["updatedAt"].clone();
    assert_eq!(after, expected);
}

async fn a_change_with_a_stale_etag_is_refused(database: Database) {
    let server = Server::start(&database).await;
    let product = product(&server, 3, 250).await;
    let path = path(&product);
    let read = server.admin().get(&path).await.must(200);
    patch(&server.admin(), &product, json!({ "price": 300 }))
        .await
        .must(200);
    let stale = server.admin().patch(&path).if_match(read.header("etag"));
    stale
        .json(json!({ "price": 400 }))
        .await
        .must_fail(412, "PRECONDITION_FAILED");
    let after = server.admin().get(&path).await.must(200).data();
    assert_eq!(after["price"], 300);
}

async fn an_if_match_without_quotes_is_refused_and_named_once(database: Database) {
    let server = Server::start(&database).await;
    let product = product(&server, 3, 250).await;
    for sent in ["7b1f", "\"7b1f", "*, \"7b1f\""] {
        let change = server.admin().patch(path(&product)).if_match(sent);
        let refused = change.json(json!({ "price": 400 })).await;
        let refused = refused.must_fail(400, "VALIDATION_ERROR").json();
        let details = &refused["error"]["details"];
        assert_eq!(
            details.as_array().map(Vec::len),
            Some(1),
            "{sent}: {details}"
        );
        assert_eq!(
            (&details[0]["in"], &details[0]["field"]),
            (&json!("header"), &json!("If-Match"))
        );
    }
}

async fn a_change_with_the_current_etag_is_made(database: Database) {
    let server = Server::start(&database).await;
    let product = product(&server, 3, 250).await;
    let path = path(&product);
    let etag = server
        .admin()
        .get(&path)
        .await
        .must(200)
        .header("etag")
        .to_owned();
    let several = format!("\"something-else\", {etag}");
    let changed = server
        .admin()
        .patch(&path)
        .if_match(several)
        .json(json!({ "price": 300 }));
    let changed = changed.await.must(200);
    assert_ne!(changed.header("etag"), etag);
    let any = server
        .admin()
        .patch(&path)
        .if_match("*")
        .json(json!({ "price": 301 }))
        .await;
    any.must(200);
}

async fn a_read_with_the_current_etag_answers_304(database: Database) {
    let server = Server::start(&database).await;
    let product = product(&server, 3, 250).await;
    let etag = server
        .anonymous()
        .get(path(&product))
        .await
        .must(200)
        .header("etag")
        .to_owned();
    for sent in [
        etag.clone(),
        format!("W/{etag}"),
        format!("\"x\", {etag}"),
        "*".to_owned(),
    ] {
        let again = server
            .anonymous()
            .get(path(&product))
            .header("if-none-match", &sent)
            .await;
        let again = again.must(304);
        assert_eq!(again.header("etag"), etag, "after {sent}");
        assert!(again.bytes.is_empty());
    }
    let list = server.anonymous().get("/api/v1/products").await.must(200);
    let again = server.anonymous().get("/api/v1/products");
    again
        .header("if-none-match", list.header("etag"))
        .await
        .must(304);
    let other = server
        .anonymous()
        .get(path(&product))
        .header("if-none-match", "\"x\"")
        .await;
    other.must(200);
}

async fn a_stock_delta_adds_to_what_is_there(database: Database) {
    let server = Server::start(&database).await;
    let product = product(&server, 3, 250).await;
    let more = patch(&server.admin(), &product, json!({ "stockDelta": 4 }))
        .await
        .must(200);
    assert_eq!(more.data()["stock"], 7);
    let less = patch(&server.admin(), &product, json!({ "stockDelta": -2 }))
        .await
        .must(200);
    assert_eq!(less.data()["stock"], 5);
}

async fn stock_and_stock_delta_together_are_refused(database: Database) {
    let server = Server::start(&database).await;
    let product = product(&server, 3, 250).await;
    let both = patch(
        &server.admin(),
        &product,
        json!({ "stock": 1, "stockDelta": 1 }),
    )
    .await;
    both.must_fail(400, "VALIDATION_ERROR");
}

async fn stock_cannot_fall_below_what_is_reserved(database: Database) {
    let server = Server::start(&database).await;
    let product = product(&server, 3, 250).await;
    top_up(&server.member(), 10_000).await;
    order(&server.member(), &product, 2).await;
    let less = patch(&server.admin(), &product, json!({ "stockDelta": -2 })).await;
    less.must_fail(422, "STOCK_BELOW_RESERVED");
    assert_eq!(stock(&server, &product).await, 1);
    patch(&server.admin(), &product, json!({ "stockDelta": -1 }))
        .await
        .must(200);
    assert_eq!(stock(&server, &product).await, 0);
    assert_balanced(&server).await;
}

async fn stock_cannot_grow_beyond_its_bound(database: Database) {
    let server = Server::start(&database).await;
    let product = product(&server, 1_000_000_000, 1).await;
    let more = patch(&server.admin(), &product, json!({ "stockDelta": 1 })).await;
    more.must_fail(422, "LIMIT_EXCEEDED");
    assert_eq!(stock(&server, &product).await, 1_000_000_000);
}

async fn room_is_kept_for_what_is_reserved(database: Database) {
    let server = Server::start(&database).await;
    let product = product(&server, 1_000_000_000, 1).await;
    top_up(&server.member(), 10_000).await;
    let reserved = order(&server.member(), &product, 2).await;
    let full = patch(&server.admin(), &product, json!({ "stock": 1_000_000_000 })).await;
    full.must_fail(422, "LIMIT_EXCEEDED");
    let cancel = server
        .member()
        .post(format!("{}/cancel", path_of(&reserved)));
    cancel.json(json!({})).await.must(200);
    assert_eq!(stock(&server, &product).await, 1_000_000_000);
}

async fn no_answer_shows_more_stock_than_the_contract_lets_it(database: Database) {
    let server = Server::start(&database).await;
    let product = product(&server, 10, 1).await;
    top_up(&server.member(), 10_000).await;
    let paid = order(&server.member(), &product, 2).await;
    try_pay(&server.member(), &paid).await.must(200);
    patch(&server.admin(), &product, json!({ "stock": 1_000_000_000 }))
        .await
        .must(200);
    let cancel = server.member().post(format!("{}/cancel", path_of(&paid)));
    cancel.json(json!({})).await.must(200);
    assert_eq!(stock(&server, &product).await, 1_000_000_000);
}

async fn a_change_of_no_product_is_not_found(database: Database) {
    let server = Server::start(&database).await;
    let nothing = json!({ "id": "0198c0de-0000-7000-8000-000000000000" });
    let change = patch(&server.admin(), &nothing, json!({ "price": 1 })).await;
    change.must_fail(404, "PRODUCT_NOT_FOUND");
}

async fn an_archived_product_cannot_be_ordered_and_is_not_listed(database: Database) {
    let server = Server::start(&database).await;
    let product = product(&server, 3, 250).await;
    top_up(&server.member(), 10_000).await;
    database
        .execute("update products set archived = (1 = 1)")
        .await;
    let refused = try_order(&server.member(), &product, 1).await;
    refused.must_fail(404, "PRODUCT_NOT_FOUND");
    let list = server.anonymous().get("/api/v1/products").await.must(200);
    assert_eq!(list.json()["meta"]["total"], 0);
}

async fn a_created_product_is_seen_in_the_cached_list_at_once(database: Database) {
    let server = Server::start(&database).await;
    let list = "/api/v1/products?sort=name";
    assert_eq!(
        server.anonymous().get(list).await.must(200).json()["meta"]["total"],
        0
    );
    let made = product(&server, 3, 250).await;
    assert_eq!(
        names(&server.anonymous().get(list).await.must(200).data()).len(),
        1
    );
    patch(&server.admin(), &made, json!({ "name": "Renamed" }))
        .await
        .must(200);
    assert_eq!(
        names(&server.anonymous().get(list).await.must(200).data()),
        ["Renamed"]
    );
    top_up(&server.member(), 10_000).await;
    order(&server.member(), &made, 2).await;
    let shown = server.anonymous().get(list).await.must(200).data();
    assert_eq!(shown[0]["stock"], 1, "a reservation shows in the catalogue");
}

async fn markup_in_a_name_comes_back_as_text(database: Database) {
    let server = Server::start(&database).await;
    let mut body = new_product(3, 250);
    body["name"] = json!("<script>alert(1)</script> \u{1F4E6} \"quoted\" \\ back");
    let made = create_product(&server, body.clone()).await;
    assert_eq!(made["name"], body["name"]);
}

fn path(product: &Value) -> String {
    format!("/api/v1/products/{}", id(product))
}

async fn patch(client: &Client, product: &Value, change: Value) -> crate::support::Answer {
    client.patch(path(product)).json(change).await
}

fn names(list: &Value) -> Vec<String> {
    let name = |product: &Value| product["name"].as_str().expect("a name").to_owned();
    list.as_array().expect("a list").iter().map(name).collect()
}
