//! Every kind of member, parameter and answer, driven over HTTP.

use std::sync::Arc;

use openapi_runtime as rt;
use rt::poem::{Endpoint, Response};
use serde_json::{Value, json};

use crate::goldens::everything as api;
use crate::host::{Answer, Ask, Everyone, Refused, Somebody, ask};
use api::{
    ChangeItemError, ChangeItemOk, ChangeItemRequest, CreateItemError, CreateItemOk,
    CreateItemRequest, FillDefaultsError, FillDefaultsOk, FillDefaultsRequest, FindItemsError,
    FindItemsOk, FindItemsRequest, Item, ItemInput, ItemPage, ItemPageMeta, ItemResponse,
    ItemStatus, MakeReportError, MakeReportOk, MakeReportRequest, Outage, PutTreeError, PutTreeOk,
    PutTreeRequest, Reading, Rectangle, RemoveItemError, RemoveItemOk, RemoveItemRequest, Report,
    Shape, ShapeInput,
};

/// The id of every item.
const ID: &str = "00000000-0000-7000-8000-000000000001";

fn item(input: ItemInput) -> Item {
    Item {
        id: ID.parse().unwrap(),
        name: input.name,
        price: input.price,
        status: input.status,
        note: input.note,
        quantity: Some(input.quantity),
        pack: input.pack,
        ratio: input.ratio,
        contact: input.contact,
        homepage: input.homepage,
        address: input.address,
        codes: input.codes,
        labels: input.labels,
        parts: input.parts,
        marks: input.marks,
        due: input.due,
        created_at: None,
    }
}

fn plain(name: &str) -> Item {
    Item {
        id: ID.parse().unwrap(),
        name: name.to_owned(),
        price: 5,
        status: ItemStatus::Open,
        note: None,
        quantity: None,
        pack: None,
        ratio: None,
        contact: None,
        homepage: None,
        address: None,
        codes: None,
        labels: None,
        parts: None,
        marks: None,
        due: None,
        created_at: Some("2026-01-02T03:04:05Z".parse().unwrap()),
    }
}

impl api::ItemsApi for Everyone {
    async fn create_item(
        &self,
        call: rt::Call<Somebody>,
        request: CreateItemRequest,
    ) -> Result<CreateItemOk, CreateItemError> {
        if request.body.name == "twice" {
            Err(Refused("ITEM_EXISTS"))?;
        }
        if request.body.name == "replayed" {
            let made = CreateItemOk::Ok {
                body: ItemResponse {
                    data: item(request.body),
                },
            };
            return Ok(CreateItemOk::Replayed(made.store(&call.cx.reply_context())));
        }
        let key = request.idempotency.map(|key| key.key);
        let body = ItemResponse {
            data: item(request.body),
        };
        Ok(if request.dry_run {
            CreateItemOk::Ok { body }
        } else {
            CreateItemOk::Created {
                body,
                location: format!("/items/{ID}"),
                etag: key.map(|key| format!("\"{key}\"")),
            }
        })
    }

    async fn find_items(
        &self,
        _call: rt::PublicCall<Somebody>,
        request: FindItemsRequest,
    ) -> Result<FindItemsOk, FindItemsError> {
        let name = format!(
            "{:?} {:?} {} {:?} {:?} {:?} {} {} {:?} {:?}",
            request.q,
            request.status,
            request.ids.len(),
            request.since.map(|since| since.to_string()),
            request.on.map(|on| on.to_string()),
            request.max_price,
            request.sort,
            request.x_region,
            request.x_levels,
            request.theme
        );
        let body = ItemPage {
            data: vec![plain(&name)],
            meta: ItemPageMeta {
                total: 1,
                next: None,
            },
        };
        Ok(FindItemsOk::Ok { body })
    }

    async fn change_item(
        &self,
        _call: rt::Call<Somebody>,
        request: ChangeItemRequest,
    ) -> Result<ChangeItemOk, ChangeItemError> {
        let change = request.body;
        let name = format!(
            "{:?} {:?} {:?} {}",
            change.name, change.note, change.due, request.idempotency.key
        );
        Ok(ChangeItemOk::Ok {
            body: ItemResponse { data: plain(&name) },
            etag: Some("\"2\"".to_owned()),
        })
    }

    async fn remove_item(
        &self,
        call: rt::Call<Somebody>,
        request: RemoveItemRequest,
    ) -> Result<RemoveItemOk, RemoveItemError> {
        assert!(!call.caller().name.is_empty());
        Ok(match request.body {
            None => RemoveItemOk::NoContent,
            Some(body) => RemoveItemOk::Accepted {
                location: body.reason.unwrap_or_default(),
                x_position: body.force.map(i32::from),
            },
        })
    }
}

impl api::ReportsApi for Everyone {
    async fn make_report(
        &self,
        _call: rt::PublicCall<Somebody>,
        request: MakeReportRequest,
    ) -> Result<MakeReportOk, MakeReportError> {
        let (shape, value) = match request.body {
            ShapeInput::Circle(circle) if circle.radius == 13 => {
                return Err(MakeReportError::ServiceUnavailable {
                    body: Outage { retry: true },
                });
            }
            ShapeInput::Circle(circle) => (Shape::Circle(circle), Reading::Integer(3)),
            ShapeInput::Rectangle(input) => {
                let rectangle = Rectangle {
                    width: input.width,
                    height: input.height,
                    filled: Some(input.filled),
                };
                (
                    Shape::Rectangle(rectangle),
                    Reading::Text("four".to_owned()),
                )
            }
        };
        let counts = [("sides".to_owned(), 4)].into_iter().collect();
        Ok(MakeReportOk::Ok {
            body: Report {
                shape,
                counts,
                value,
                anything: Some(json!([1, null]).into()),
            },
        })
    }

    async fn fill_defaults(
        &self,
        _call: rt::PublicCall<Somebody>,
        request: FillDefaultsRequest,
    ) -> Result<FillDefaultsOk, FillDefaultsError> {
        let body = format!(
            "{} {} {} {:?}",
            request.at,
            request.id,
            request.none.len(),
            request.body
        );
        Ok(FillDefaultsOk::Ok { body })
    }

    async fn put_tree(
        &self,
        _call: rt::PublicCall<Somebody>,
        request: PutTreeRequest,
    ) -> Result<PutTreeOk, PutTreeError> {
        Ok(PutTreeOk::Ok { body: request.body })
    }
}

fn service() -> impl Endpoint<Output = Response> {
    api::routes(Arc::new(Everyone))
}

fn whole_item() -> Value {
    json!({
        "name": "lamp", "price": 12, "status": "IN_USE", "note": null, "secret": "a long secret", "pack": 12,
        "ratio": 0.75, "contact": "a@example.org", "homepage": "https://example.org/x", "address": "127.0.0.1",
        "codes": ["ABC", "DEF"], "labels": {"a": "b"}, "marks": [1, null], "due": "2026-01-02T03:04:05.678Z",
        "parts": [{"partId": ID, "size": {"width": 1, "height": 2}}]
    })
}

async fn created(body: &Value) -> Answer {
    ask(&service(), "POST /items")
        .bearer("admin-token")
        .json(body)
        .send()
        .await
}

#[tokio::test]
async fn every_kind_of_member_makes_the_round_trip() {
    let answer = created(&whole_item()).await;
    assert_eq!(answer.status, 201, "{answer:?}");
    let mut expected = whole_item();
    expected["id"] = json!(ID);
    expected["quantity"] = json!(1);
    expected.as_object_mut().unwrap().remove("secret");
    assert_eq!(answer.body["data"], expected);
    assert_eq!(
        (&answer.body["success"], &answer.body["error"]),
        (&json!(true), &Value::Null)
    );
    assert!(
        answer.body["requestId"].is_string() && answer.body["timestamp"].is_string(),
        "{answer:?}"
    );
    assert_eq!(
        answer.header("location"),
        Some("/items/00000000-0000-7000-8000-000000000001")
    );
    assert_eq!(answer.header("etag"), None);
}

#[tokio::test]
async fn every_violation_of_a_body_has_its_place_and_reason() {
    let cases = [
        ("name", json!(""), "name too_short"),
        ("name", json!(7), "name invalid_type"),
        ("name", Value::Null, "name invalid_type"),
        ("price", json!(-1), "price too_small"),
        ("price", json!(9_007_199_254_740_992_i64), "price too_big"),
        ("price", json!(1.5), "price invalid_type"),
        ("status", json!("open"), "status not_in_enum"),
        ("note", json!("x".repeat(101)), "note too_long"),
        ("secret", json!("short"), "secret too_short"),
        ("pack", json!(7), "pack not_multiple"),
        ("ratio", json!(0.3), "ratio not_multiple"),
        ("ratio", json!(1.25), "ratio too_big"),
        ("contact", json!("nobody"), "contact invalid_format"),
        ("homepage", json!("no uri"), "homepage invalid_format"),
        ("address", json!("127.0.0.256"), "address invalid_format"),
        ("codes", json!([]), "codes too_few_items"),
        ("codes", json!(["ABC", "abc"]), "codes[1] pattern_mismatch"),
        ("codes", json!(["ABC", "ABC"]), "codes[1] duplicate"),
        ("labels", json!({"a": ""}), "labels.a too_short"),
        (
            "labels",
            json!({"a": "1", "b": "2", "c": "3"}),
            "labels too_many_items",
        ),
        (
            "parts",
            json!([{"partId": "x", "size": {"width": 1, "height": 1}}]),
            "parts[0].partId invalid_format",
        ),
        (
            "parts",
            json!([{"partId": ID, "size": {"width": 1}}]),
            "parts[0].size.height required",
        ),
        ("marks", json!([10]), "marks[0] too_big"),
        ("due", json!("yesterday"), "due invalid_format"),
        ("id", json!(ID), "id unknown_field"),
        ("quantity", Value::Null, "quantity invalid_type"),
    ];
    for (member, value, expected) in cases {
        let mut body = whole_item();
        body[member] = value;
        let answer = created(&body).await;
        assert_eq!(
            (answer.status, answer.code()),
            (400, "VALIDATION_ERROR"),
            "{expected}"
        );
        assert_eq!(answer.violations(), [format!("body {expected}")]);
    }
}

#[tokio::test]
async fn all_violations_come_at_once_in_the_order_of_the_document() {
    let answer = ask(&service(), "POST /items?dryRun=maybe&extra=1")
        .bearer("admin-token")
        .json(&json!({"price": "free", "status": "LOST", "surprise": 1}))
        .send()
        .await;
    let mut violations = answer.violations();
    violations.sort();
    assert_eq!(
        violations,
        [
            "body name required",
            "body note required",
            "body price invalid_type",
            "body status not_in_enum",
            "body surprise unknown_field",
            "query dryRun invalid_type",
            "query extra unknown_field"
        ],
        "{answer:?}"
    );
}

#[tokio::test]
async fn a_declared_refusal_and_a_stored_answer_come_back() {
    let mut body = whole_item();
    body["name"] = json!("twice");
    let answer = created(&body).await;
    assert_eq!((answer.status, answer.code()), (409, "ITEM_EXISTS"));
    body["name"] = json!("replayed");
    let answer = created(&body).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("idempotency-replayed"), Some("true"));
    assert_eq!(answer.body["data"]["name"], "replayed");
}

#[tokio::test]
async fn parameters_of_every_place_arrive_typed() {
    let other = ID.replace('1', "2");
    let path = format!(
        "GET /items?q=a%20b&status=OPEN&status=CLOSED&ids={ID},{other}&on=2026-01-02&maxPrice=9.5&sort=price"
    );
    let path = format!("{path}&since=2026-01-02T03%3A04%3A05%2B01%3A00");
    let answer = ask(&service(), &path)
        .header("x-region", "at")
        .header("x-levels", "1, 2")
        .header("cookie", "theme=dark")
        .send()
        .await;
    assert_eq!(answer.status, 200, "{answer:?}");
    assert_eq!(
        answer.body["data"][0]["name"],
        "Some(\"a b\") [Open, Closed] 2 Some(\"2026-01-02T02:04:05.000Z\") Some(\"2026-01-02\") Some(9.5) price at \
         [1, 2] Some(Dark)"
    );
    assert_eq!(answer.body["meta"], json!({"total": 1, "next": null}));
    let answer = ask(&service(), &format!("GET /items?ids={ID}"))
        .send()
        .await;
    assert_eq!(
        answer.body["data"][0]["name"],
        "None [Open] 1 None None None -createdAt de [] None"
    );
}

#[tokio::test]
async fn violations_of_parameters_of_every_place_come_together() {
    let answer = ask(
        &service(),
        "GET /items?q=A&status=LOST&maxPrice=1000.5&since=now&on=today&sort=name",
    )
    .header("x-region", "austria")
    .header("x-levels", "1,10")
    .header("cookie", "theme=pink")
    .send()
    .await;
    let mut violations = answer.violations();
    violations.sort();
    assert_eq!(
        violations,
        [
            "cookie theme not_in_enum",
            "header X-Levels[1] too_big",
            "header X-Region too_long",
            "query ids required",
            "query maxPrice too_big",
            "query on invalid_format",
            "query q pattern_mismatch",
            "query q too_short",
            "query since invalid_format",
            "query sort not_in_enum",
            "query status[0] not_in_enum"
        ],
        "{answer:?}"
    );
}

#[tokio::test]
async fn absent_null_and_a_value_are_three_things() {
    let routes = service();
    let change = async |body: Value| {
        let path = format!("PATCH /items/{ID}");
        let asked: Ask<'_, _> = ask(&routes, &path)
            .bearer("plain-token")
            .header("idempotency-key", "k1");
        asked.json(&body).send().await
    };
    let answer = change(json!({"note": null, "due": "2026-01-02T03:04:05Z"})).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    let name = answer.body["data"]["name"].as_str().unwrap();
    assert!(name.starts_with("None Null Value("), "{name}");
    let answer = change(json!({"name": "new", "note": "words"})).await;
    assert_eq!(
        answer.body["data"]["name"],
        "Some(\"new\") Value(\"words\") Absent k1"
    );
    assert_eq!(answer.header("etag"), Some("\"2\""));
    let answer = change(json!({"name": null})).await;
    assert_eq!(answer.violations(), ["body name invalid_type"]);
    let answer = change(json!({})).await;
    assert_eq!(
        (answer.status, answer.violations().len()),
        (400, 1),
        "{answer:?}"
    );
}

#[tokio::test]
async fn a_required_idempotency_key_must_come() {
    let path = format!("PATCH /items/{ID}");
    let answer = ask(&service(), &path)
        .bearer("plain-token")
        .json(&json!({"name": "new"}))
        .send()
        .await;
    assert_eq!(
        (answer.status, answer.code()),
        (400, "IDEMPOTENCY_KEY_MISSING"),
        "{answer:?}"
    );
}

#[tokio::test]
async fn a_body_that_need_not_come_may_be_missing() {
    let path = format!("POST /items/{ID}/removal");
    let both = async |key: &str| {
        ask(&service(), &path)
            .bearer("admin-token")
            .header("x-api-key", key)
            .send()
            .await
    };
    let answer = both("writer-key").await;
    // Two kinds of credentials at once are what this operation asks for.
    assert_eq!(answer.status, 204, "{answer:?}");
    let answer = both("stolen").await;
    assert_eq!((answer.status, answer.code()), (401, "INVALID_API_KEY"));
    let answer = ask(&service(), &path).bearer("admin-token").send().await;
    assert_eq!(answer.status, 401, "{answer:?}");
    let answer = ask(&service(), &path)
        .bearer("admin-token")
        .header("x-api-key", "writer-key")
        .json(&json!({"reason": "old", "force": true}))
        .send()
        .await;
    assert_eq!(
        (
            answer.status,
            answer.header("location"),
            answer.header("x-position")
        ),
        (202, Some("old"), Some("1"))
    );
}

#[tokio::test]
async fn what_is_absent_gets_its_default() {
    let answer = ask(&service(), "POST /defaults")
        .json(&json!({}))
        .send()
        .await;
    let filled = answer.body.as_str().unwrap_or_default();
    let expected = concat!(
        "2026-01-02T03:04:05.678Z 00000000-0000-7000-8000-000000000009 0 Defaults { flag: true, small: -5, ",
        "big: 123456789, float: 0.5, double: 12345.678, text: \"a \\\"text\\\"\", choice: Right, ",
        "id: 00000000-0000-7000-8000-000000000009, at: Timestamp(2026-01-02T03:04:05.678Z), on: 2026-01-02, ",
        "v4: 127.0.0.1, v6: ::1, host: \"example.org\", bytes: \"QQ==\", maybe: Some(3), nothing: None, ",
        "list: [\"a\", \"b\"], empty: [], map: Map({\"a\": 1}) }"
    );
    assert_eq!(filled, expected, "{answer:?}");
}

#[tokio::test]
async fn null_is_no_default_and_constants_are_checked() {
    let fill = async |body: Value| ask(&service(), "POST /defaults").json(&body).send().await;
    let answer = fill(json!({"maybe": null, "answer": 42, "agreed": true, "never": null})).await;
    assert!(
        answer
            .body
            .as_str()
            .unwrap_or_default()
            .contains("maybe: None"),
        "{answer:?}"
    );
    let answer = fill(json!({
        "answer": 41, "agreed": false, "never": 0, "v6": "::g", "host": "-", "bytes": "Q", "float": 2, "flag": null,
        "map": {"a": 10}, "double": "1"
    }))
    .await;
    assert_eq!(
        answer.violations(),
        [
            "body flag invalid_type",
            "body float too_big",
            "body double invalid_type",
            "body v6 invalid_format",
            "body host invalid_format",
            "body bytes invalid_format",
            "body map.a too_big",
            "body answer not_in_enum",
            "body agreed not_in_enum",
            "body never not_in_enum"
        ],
        "{answer:?}"
    );
}

#[tokio::test]
async fn a_union_is_told_apart_by_its_discriminator() {
    let report = async |body: Value| ask(&service(), "POST /reports").json(&body).send().await;
    let answer = report(json!({"kind": "circle", "radius": 3})).await;
    assert_eq!(
        answer.body,
        json!({"shape": {"kind": "circle", "radius": 3}, "counts": {"sides": 4}, "value": 3, "anything": [1, null]}),
        "{answer:?}"
    );
    let answer = report(json!({"width": 1, "height": 2, "kind": "rectangle"})).await;
    assert_eq!(
        answer.body["shape"],
        json!({"kind": "rectangle", "width": 1, "height": 2, "filled": true})
    );
    assert_eq!(answer.body["value"], "four");
    assert_eq!(
        report(json!({"radius": 3})).await.violations(),
        ["body kind required"]
    );
    assert_eq!(
        report(json!({"kind": "line"})).await.violations(),
        ["body kind not_in_enum"]
    );
    assert_eq!(
        report(json!({"kind": "circle", "radius": 0, "width": 1}))
            .await
            .violations(),
        ["body width unknown_field", "body radius too_small"]
    );
}

#[tokio::test]
async fn a_typed_answer_of_an_error_status_is_written_as_it_is() {
    let answer = ask(&service(), "POST /reports")
        .json(&json!({"kind": "circle", "radius": 13}))
        .send()
        .await;
    assert_eq!(
        (answer.status, &answer.body),
        (503, &json!({"status": "down", "retry": true}))
    );
}

#[tokio::test]
async fn recursion_maps_and_unions_by_type_make_the_round_trip() {
    let leaf = json!({"name": "leaf", "reading": 5, "type": "oak"});
    let tree = json!({
        "name": "root", "children": [leaf, {"name": "b", "reading": "words"}], "named": {"x": leaf}, "parent": leaf,
        "extras": {"kind": "k", "a": 1, "b": 9}, "self": "itself"
    });
    let answer = ask(&service(), "PUT /trees").json(&tree).send().await;
    assert_eq!((answer.status, &answer.body), (200, &tree));

    let tree = json!({
        "name": "root", "children": [{"reading": true}, {"name": "b", "reading": 101}], "named": {"x": {"name": ""}},
        "parent": {"name": "p", "parent": {"name": 1}}, "extras": {"a": 10}, "type": "ash"
    });
    let answer = ask(&service(), "PUT /trees").json(&tree).send().await;
    let mut violations = answer.violations();
    violations.sort();
    assert_eq!(
        violations,
        [
            "body children[0].name required",
            "body children[0].reading invalid_type",
            "body children[1].reading too_big",
            "body extras.a too_big",
            "body extras.kind required",
            "body named.x.name too_short",
            "body parent.parent.name invalid_type",
            "body type not_in_enum"
        ],
        "{answer:?}"
    );
}

#[test]
fn the_state_machine_is_the_documents() {
    assert_eq!(ItemStatus::INITIAL, [ItemStatus::Open]);
    assert_eq!(
        ItemStatus::Open.causes(ItemStatus::Closed),
        ["owner", "admin"]
    );
    assert!(ItemStatus::Closed.successors().next().is_none());
    assert_eq!(
        ItemStatus::Open.successors().collect::<Vec<_>>(),
        [ItemStatus::InUse, ItemStatus::Closed]
    );
}

#[test]
fn enums_are_texts_in_both_directions() {
    for (value, name) in ItemStatus::ALL.iter().zip(ItemStatus::NAMES) {
        assert_eq!(
            (value.as_str(), value.to_string()),
            (*name, (*name).to_owned())
        );
        assert_eq!(name.parse::<ItemStatus>().ok(), Some(*value));
    }
    assert!("open".parse::<ItemStatus>().is_err());
}

#[test]
fn a_secret_is_not_shown() {
    let input: ItemInput = serde_json::from_value(whole_item()).expect("a valid item");
    let shown = format!("{input:?}");
    assert!(
        !shown.contains("a long secret") && shown.contains("lamp"),
        "{shown}"
    );
}
