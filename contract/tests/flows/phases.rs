//! The phases stateful and auth of `contract replay` against a small shop: silent when it is right, and each thing that is
//! wrong is found.

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD as BASE64};
use serde_json::{Value, json};

use crate::support::{Answer, Asked, Ending, Folder, Server};

const DOCUMENT: &str = r#"
openapi: 3.1.0
info: { title: Shop, version: "1" }
paths:
  /health:
    get: { operationId: getHealth, security: [], responses: { "200": { description: Well. }, "500": { description: Ill. } } }
  /orders:
    post:
      operationId: createOrder
      security: [{ bearer: [customer, staff] }, { key: ["orders:write"] }]
      requestBody:
        required: true
        content: { application/json: { schema: { type: object }, example: { sku: a } } }
      responses:
        "201":
          description: Made.
          links: { receipt: { operationId: getReceipt, parameters: { receiptNumber: $response.body#/receipt } } }
        4XX: { description: No. }
    get:
      operationId: listOrders
      security: [{ bearer: [] }]
      responses: { "200": { description: Them. }, 4XX: { description: No. } }
  /orders/{orderId}:
    parameters: [{ name: orderId, in: path, required: true, schema: { type: string } }]
    get:
      operationId: getOrder
      security: [{ bearer: [] }]
      responses: { "200": { description: It. }, 4XX: { description: No. } }
    patch:
      operationId: changeOrder
      security: [{ bearer: [] }]
      requestBody:
        required: true
        content: { application/json: { schema: { type: object }, example: { sku: b } } }
      responses: { "200": { description: It. }, 4XX: { description: No. } }
    delete:
      operationId: deleteOrder
      security: [{ bearer: [] }]
      responses: { "204": { description: Gone. }, 4XX: { description: No. } }
  /receipts/{receiptNumber}:
    get:
      operationId: getReceipt
      security: [{ bearer: [] }]
      parameters: [{ name: receiptNumber, in: path, required: true, schema: { type: string } }]
      responses: { "200": { description: It. }, 4XX: { description: No. } }
  /stock:
    get:
      operationId: getStock
      security: [{ bearer: [staff] }]
      responses: { "200": { description: It. }, 4XX: { description: No. } }
components:
  securitySchemes:
    bearer: { type: http, scheme: bearer, bearerFormat: JWT }
    key: { type: apiKey, in: header, name: X-Key }
"#;

/// A token with a signature that counts in this shop: `right`.
fn token(name: &str) -> String {
    let header = BASE64.encode(json!({ "alg": "HS256" }).to_string());
    let claims = BASE64.encode(json!({ "sub": name, "exp": 4_000_000_000_i64 }).to_string());
    format!("{header}.{claims}.{}", BASE64.encode("right"))
}

fn principals() -> String {
    let (ann, bob, sam) = (token("ann"), token("bob"), token("sam"));
    format!(
        r#"
principals:
  ann: {{ secrets: {{ bearer: {ann} }}, holds: {{ bearer: [customer] }} }}
  bob: {{ secrets: {{ bearer: {bob} }}, holds: {{ bearer: [customer] }} }}
  sam: {{ secrets: {{ bearer: {sam} }}, holds: {{ bearer: [staff] }}, oversees: true }}
  reader: {{ account: ann, secrets: {{ key: reading }}, holds: {{ key: ["orders:read"] }} }}
  writer: {{ account: ann, secrets: {{ key: writing }}, holds: {{ key: ["orders:write"] }} }}
"#
    )
}

/// Who calls, as this shop sees it.
fn caller(asked: &Asked, fault: &str) -> Option<String> {
    match asked.header("x-key") {
        "writing" => return Some("ann".to_owned()),
        "reading" => return Some("reader".to_owned()),
        _ => {}
    }
    let (word, token) = asked.header("authorization").split_once(' ')?;
    let mut parts = token.split('.');
    let header = BASE64.decode(parts.next()?).ok()?;
    let claims = BASE64.decode(parts.next()?).ok()?;
    let claims: Value = serde_json::from_slice(&claims).ok()?;
    let header: Value = serde_json::from_slice(&header).ok()?;
    let is_signed = parts.next()? == BASE64.encode("right");
    let is_unsigned = header["alg"] == "none" && fault == "alg none is taken";
    // The claims that this shop signed: no others fit its signature.
    let is_untouched = claims["exp"] == 4_000_000_000_i64 && claims.get("role").is_none();
    let is_right = (is_signed && (is_untouched || fault == "claims are not signed")) || is_unsigned;
    let is_bearer = word == "Bearer" || fault == "the scheme is not looked at";
    (is_right && is_bearer).then(|| claims["sub"].as_str().unwrap_or_default().to_owned())
}

fn shop(fault: &'static str) -> Server {
    let mut orders: Vec<Option<(String, Value)>> = Vec::new();
    Server::start(move |asked: &Asked| {
        let parts = asked.parts();
        if let ["GET", "health"] = parts.as_slice() {
            let is_broken = fault == "wrong credentials crash" && !asked.header("x-key").is_empty();
            return Answer::empty(if is_broken { 500 } else { 200 });
        }
        let open = fault == "receipts are open" && parts.get(1) == Some(&"receipts");
        let Some(caller) = caller(asked, fault).or(open.then(String::new)) else {
            return Answer::empty(401);
        };
        if caller == "reader" && fault != "scopes are not looked at" {
            return Answer::empty(403);
        }
        let by_key = !asked.header("x-key").is_empty();
        if by_key && parts.as_slice() != ["POST", "orders"] {
            return Answer::empty(403);
        }
        let sees = |owner: &str| caller == *owner || caller == "sam" || caller.is_empty();
        match parts.as_slice() {
            ["GET", "stock"] if caller == "sam" || fault == "roles are not looked at" => {
                Answer::of(200, json!({ "a": 3 }))
            }
            ["GET", "stock"] => Answer::empty(403),
            ["POST", "orders"] => {
                let id = orders.len().to_string();
                let order =
                    json!({ "id": id, "receipt": format!("r{id}"), "sku": asked.body["sku"] });
                orders.push((fault != "what is created is lost").then(|| (caller, order.clone())));
                Answer::of(201, order)
            }
            ["GET", "orders"] => {
                let all = orders.iter().flatten();
                let own = all.filter(|(owner, _)| sees(owner) || fault == "lists have everything");
                let own: Vec<_> = own.map(|(_, order)| order.clone()).collect();
                let kept = if fault == "lists are short" {
                    &own[..0]
                } else {
                    &own[..]
                };
                Answer::of(200, json!({ "items": kept, "total": kept.len() }))
            }
            ["GET", "receipts", number] => {
                let mut known = orders.iter().flatten();
                let found = known.find(|(owner, order)| order["receipt"] == *number && sees(owner));
                found.map_or_else(
                    || Answer::empty(404),
                    |(_, order)| Answer::of(200, json!({ "for": order["id"] })),
                )
            }
            [method, "orders", id] => {
                let index: usize = id.parse().unwrap_or(usize::MAX);
                let Some(Some((owner, order))) = orders.get_mut(index) else {
                    return Answer::empty(404);
                };
                let reads = *method == "GET";
                let is_let_through =
                    (reads && fault == "anybody reads") || (!reads && fault == "anybody changes");
                if !is_let_through && !sees(owner) {
                    return Answer::empty(404);
                }
                match *method {
                    "PATCH" => order["sku"] = asked.body["sku"].clone(),
                    "DELETE" => {
                        if fault != "what is deleted stays" {
                            orders[index] = None;
                        }
                        return Answer::empty(204);
                    }
                    _ => {}
                }
                let order = order.clone();
                if *method == "PATCH" && fault == "changes lose it" {
                    orders[index] = None;
                }
                Answer::of(200, order)
            }
            _ => Answer::empty(404),
        }
    })
}

fn run(fault: &'static str) -> (Server, Ending) {
    let folder = Folder::new(DOCUMENT);
    folder.file("principals.yaml", &principals());
    let server = shop(fault);
    let arguments = [
        "--phases",
        "stateful,auth",
        "--principals",
        "principals.yaml",
    ];
    let ending = folder.replay(&server, &arguments);
    (server, ending)
}

#[test]
fn a_right_server_is_let_alone_and_everything_is_tried() {
    let (server, ending) = run("none");
    assert_eq!(ending.code, Some(0), "{ending:?}");
    let asked = server.asked();
    let tokens: std::collections::HashSet<_> = asked
        .iter()
        .map(|asked| asked.header("authorization").to_owned())
        .collect();
    for wanted in [
        format!("Basic {}", token("ann")),
        "Bearer writing".to_owned(),
        String::new(),
    ] {
        assert!(tokens.contains(&wanted), "{wanted}");
    }
    // The link leads there.
    assert!(
        asked
            .iter()
            .any(|asked| asked.path.starts_with("/receipts/r"))
    );
}

#[test]
fn each_fault_is_found_and_nothing_else() {
    for (fault, code, place) in [
        ("what is created is lost", "ST302", "GET /orders/{orderId}"),
        ("changes lose it", "ST302", "GET /orders/{orderId}"),
        ("lists are short", "ST302", "GET /orders"),
        ("what is deleted stays", "ST301", "GET /orders/{orderId}"),
        (
            "receipts are open",
            "ST401",
            "GET /receipts/{receiptNumber}",
        ),
        ("the scheme is not looked at", "ST401", "GET /orders"),
        ("alg none is taken", "ST401", "GET /orders"),
        ("claims are not signed", "ST401", "GET /orders"),
        ("roles are not looked at", "ST401", "GET /stock"),
        ("scopes are not looked at", "ST401", "POST /orders"),
        ("anybody reads", "ST402", "GET /orders/{orderId}"),
        ("anybody changes", "ST402", "PATCH /orders/{orderId}"),
        ("lists have everything", "ST402", "GET /orders"),
        ("wrong credentials crash", "ST101", "GET /health"),
    ] {
        let (_, ending) = run(fault);
        assert_eq!(ending.code, Some(1), "{fault}: {ending:?}");
        let found = ending
            .out
            .lines()
            .any(|line| line.contains(code) && line.contains(place));
        assert!(found, "{fault}: {}", ending.out);
        let codes = [
            "ST101", "ST103", "ST202", "ST301", "ST302", "ST401", "ST402", "ST901",
        ];
        for other in codes.into_iter().filter(|other| *other != code) {
            assert!(
                !ending.out.contains(other),
                "{fault}: {other} in {}",
                ending.out
            );
        }
    }
}

#[test]
fn the_same_seed_walks_the_same_way() {
    let walk = || -> Vec<String> {
        let folder = Folder::new(DOCUMENT);
        folder.file("principals.yaml", &principals());
        let server = shop("none");
        let arguments = [
            "--phases",
            "stateful",
            "--principals",
            "principals.yaml",
            "--seed",
            "7",
            "-w",
            "1",
        ];
        let ending = folder.replay(&server, &arguments);
        assert_eq!(ending.code, Some(0), "{ending:?}");
        let asked = server.asked().into_iter();
        asked
            .map(|asked| format!("{} {}", asked.method, asked.path))
            .collect()
    };
    assert_eq!(walk(), walk());
}

/// Things that PUT makes under a name of one's own, and a list whose answer links to the first of them.
const NOTES: &str = r#"
openapi: 3.1.0
info: { title: Notes, version: "1" }
paths:
  /notes:
    get:
      operationId: listNotes
      responses:
        "200":
          description: Them.
          links: { first: { operationId: getNote, parameters: { path.name: $response.body#/items/0/name } } }
  /notes/{name}:
    parameters: [{ name: name, in: path, required: true, schema: { type: string, minLength: 1 }, example: groceries }]
    put:
      operationId: putNote
      requestBody:
        required: true
        content: { application/json: { schema: { type: object, properties: { text: { type: string } } }, example: { text: a } } }
      responses: { "204": { description: Kept. }, 4XX: { description: No. } }
    get: { operationId: getNote, responses: { "200": { description: It. }, 4XX: { description: No. } } }
    delete: { operationId: deleteNote, responses: { "204": { description: Gone. }, 4XX: { description: No. } } }
"#;

fn notes(fault: &'static str) -> (Server, Ending) {
    let mut kept: std::collections::BTreeMap<String, Value> = std::collections::BTreeMap::new();
    let server = Server::start(move |asked: &Asked| match asked.parts().as_slice() {
        ["GET", "notes"] => Answer::of(200, json!({ "items": [{ "name": "always" }] })),
        ["PUT", "notes", name] => {
            kept.insert((*name).to_owned(), asked.body.clone());
            Answer::empty(204)
        }
        ["GET", "notes", "always"] => Answer::of(200, json!({ "text": "is there" })),
        ["GET", "notes", name] => match kept.get(*name) {
            Some(note) => Answer::of(200, note.clone()),
            None => Answer::empty(404),
        },
        ["DELETE", "notes", name] => {
            if fault.is_empty() {
                kept.remove(*name);
            }
            Answer::empty(204)
        }
        _ => Answer::empty(404),
    });
    let ending = Folder::new(NOTES).replay(&server, &["--phases", "stateful", "-w", "1"]);
    (server, ending)
}

#[test]
fn what_put_makes_has_a_life_and_links_of_lists_are_followed() {
    let (server, ending) = notes("");
    assert_eq!(ending.code, Some(0), "{ending:?}");
    let asked = server.asked();
    assert!(asked.iter().any(|asked| asked.path == "/notes/always"));
    assert!(asked.iter().any(|asked| asked.method == "DELETE"));
    let (_, ending) = notes("what is deleted stays");
    assert!(ending.out.contains("ST301"), "{ending:?}");
}
