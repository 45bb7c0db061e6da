//! Principals and fixtures of `contract replay`: who calls, what is made before, what is expected.

use serde_json::json;

use crate::support::{Answer, Asked, Folder, Server};

const DOCUMENT: &str = r#"
openapi: 3.1.0
info: { title: Shop, version: "1" }
security: [{ bearer: [] }]
paths:
  /people:
    post:
      operationId: register
      security: []
      requestBody: { required: true, content: { application/json: { schema: { type: object } } } }
      responses: { "201": { description: Made. } }
  /sessions:
    post:
      operationId: logIn
      security: []
      requestBody: { required: true, content: { application/json: { schema: { type: object } } } }
      responses: { "200": { description: In. }, "403": { description: No. } }
  /orders:
    post:
      operationId: createOrder
      parameters: [{ name: Idempotency-Key, in: header, required: true, schema: { type: string }, example: fixed }]
      requestBody:
        required: true
        content:
          application/json:
            schema: { type: object }
            examples: { one: { value: { sku: a } }, two: { value: { sku: b } } }
      responses: { "201": { description: Made. }, "401": { description: Who? } }
  /orders/{orderId}:
    parameters: [{ name: orderId, in: path, required: true, schema: { type: string } }]
    get: { operationId: getOrder, responses: { "200": { description: It. }, "401": { description: Who? }, "404": { description: None. } } }
    delete: { operationId: deleteOrder, responses: { "204": { description: Gone. }, "401": { description: Who? }, "404": { description: None. } } }
components:
  securitySchemes: { bearer: { type: http, scheme: bearer } }
"#;

const PRINCIPALS: &str = r#"
principals:
  ann:
    let: { email: "ann-{{unique}}@example.com" }
    steps:
      - operation: register
        body: { email: "{{email}}" }
        once: true
      - operation: logIn
        body: { email: "{{email}}" }
        capture: { token: $response.body#/token, mail: $request.body#/email }
    secrets: { bearer: "{{token}}" }
"#;

const FIXTURES: &str = r#"
resources:
  order:
    as: ann
    steps:
      - operation: createOrder
        body: { sku: c }
        capture: { id: $response.body#/id }
    provides: { orderId: "{{id}}" }
fixtures:
  getOrder:
    - name: an order is as it was made
      uses: [order]
      path: { orderId: "{{order.id}}" }
      status: 200
      expect:
        - { at: /sku, equals: c }
        - { at: /owner, matches: "^ann-", type: string }
        - { at: $response.header.x-trace, exists: false }
    - name: nobody sees it
      uses: { theirs: order }
      as: nobody
      path: { orderId: "{{theirs.id}}" }
      status: [401, 404]
"#;

/// A shop with a fault or none. Tokens hold for `uses` requests.
fn shop(uses: usize, price: bool) -> Server {
    let mut orders: Vec<serde_json::Value> = Vec::new();
    let mut tokens: Vec<(String, usize)> = Vec::new();
    Server::start(move |asked: &Asked| {
        let parts = asked.parts();
        match parts.as_slice() {
            ["POST", "people"] => return Answer::of(201, json!({})),
            ["POST", "sessions"] => {
                let token = format!("token-{}", tokens.len());
                tokens.push((token.clone(), uses));
                return Answer::of(200, json!({ "token": token }));
            }
            _ => {}
        }
        let token = asked.header("authorization").trim_start_matches("Bearer ");
        let known = tokens
            .iter_mut()
            .find(|(known, left)| known == token && *left > 0);
        let Some((_, left)) = known else {
            return Answer::of(401, json!({ "error": "who are you?" }));
        };
        *left -= 1;
        match parts.as_slice() {
            ["POST", "orders"] => {
                let sku = if price {
                    json!(7)
                } else {
                    asked.body["sku"].clone()
                };
                orders
                    .push(json!({ "id": orders.len().to_string(), "sku": sku, "owner": "ann-1" }));
                Answer::of(201, orders.last().unwrap().clone())
                    .with("location", &format!("/orders/{}", orders.len() - 1))
            }
            [method, "orders", id] => {
                let found = id
                    .parse()
                    .ok()
                    .and_then(|index: usize| orders.get(index).cloned());
                match (found, *method) {
                    (Some(order), "GET") => Answer::of(200, order),
                    (Some(_), "DELETE") => Answer::empty(204),
                    _ => Answer::of(404, json!({})),
                }
            }
            _ => Answer::of(404, json!({})),
        }
    })
}

fn folder() -> Folder {
    let folder = Folder::new(DOCUMENT);
    folder.file("fixtures/principals.yaml", PRINCIPALS);
    folder.file("fixtures/orders.yaml", FIXTURES);
    folder
}

const ARGUMENTS: [&str; 6] = [
    "--phases",
    "examples",
    "--principals",
    "fixtures/principals.yaml",
    "--fixtures",
    "fixtures",
];

#[test]
fn principals_sign_in_and_fixtures_find_nothing_at_a_correct_server() {
    let server = shop(1000, false);
    let ending = folder().replay(&server, &ARGUMENTS);
    assert_eq!(ending.code, Some(0), "{ending:?}");
    let asked = server.asked();
    let keys: Vec<_> = asked
        .iter()
        .filter(|asked| asked.path == "/orders")
        .map(|asked| asked.header("idempotency-key").to_owned())
        .collect();
    let unique: std::collections::HashSet<_> = keys.iter().collect();
    assert_eq!(unique.len(), keys.len(), "{keys:?}");
    let skus: Vec<_> = asked
        .iter()
        .filter_map(|asked| asked.body["sku"].as_str())
        .collect();
    assert!(
        ["a", "b", "c"].iter().all(|sku| skus.contains(sku)),
        "{skus:?}"
    );
    // Each operation with an order is called with one that exists.
    let deleted = asked.iter().filter(|asked| asked.method == "DELETE");
    assert!(deleted.clone().any(|asked| {
        asked
            .path
            .trim_start_matches("/orders/")
            .parse::<usize>()
            .is_ok()
    }));
}

#[test]
fn a_fixture_that_is_not_fulfilled_is_a_finding_with_its_place() {
    let ending = folder().replay(&shop(1000, true), &ARGUMENTS);
    assert_eq!(ending.code, Some(1), "{ending:?}");
    for wanted in [
        "an order is as it was made",
        "/sku is 7; expected \"c\"",
        "fixtures/orders.yaml:",
    ] {
        assert!(
            ending.text().contains(wanted),
            "{wanted} in {}",
            ending.text()
        );
    }
}

#[test]
fn whoever_is_not_taken_any_more_signs_in_again() {
    let server = shop(3, false);
    // One after another: each token holds for three requests.
    let arguments = [&ARGUMENTS[..], &["--workers", "1"]].concat();
    let ending = folder().replay(&server, &arguments);
    assert_eq!(ending.code, Some(0), "{ending:?}");
    let asked = server.asked();
    let of = |path: &str| {
        let ann = |asked: &&Asked| {
            let email = asked.body["email"].as_str().unwrap_or_default();
            asked.path == path && email.starts_with("ann-")
        };
        asked.iter().filter(ann).count()
    };
    assert_eq!(of("/people"), 1, "registering is done once");
    assert!(of("/sessions") > 1);
}

#[test]
fn a_log_in_that_is_refused_ends_the_run_with_what_the_server_said() {
    let server = Server::start(|asked| match asked.path.as_str() {
        "/sessions" => Answer::of(403, json!({ "why": "closed on Sundays" })),
        _ => Answer::of(201, json!({})),
    });
    let ending = folder().replay(&server, &ARGUMENTS);
    assert_eq!(ending.code, Some(3), "{ending:?}");
    for wanted in [
        "`ann` cannot sign in",
        "principals.yaml:9",
        "403",
        "closed on Sundays",
    ] {
        assert!(
            ending.text().contains(wanted),
            "{wanted} in {}",
            ending.text()
        );
    }
}

#[test]
fn a_log_in_that_breaks_the_server_is_told_from_one_that_is_refused() {
    let server = Server::start(|_| Answer::empty(500));
    let ending = folder().replay(&server, &ARGUMENTS);
    assert_eq!(ending.code, Some(4), "{ending:?}");
    assert!(ending.text().contains("received 500"), "{ending:?}");
}

#[test]
fn what_is_captured_and_not_there_is_said() {
    let server = Server::start(|_| Answer::of(200, json!({ "tocken": "t" })));
    let ending = folder().replay(&server, &ARGUMENTS);
    assert_eq!(ending.code, Some(3), "{ending:?}");
    assert!(
        ending.text().contains("`token` is not in the answer 200"),
        "{ending:?}"
    );
}

#[test]
fn every_mistake_in_the_files_is_named_with_its_line() {
    let folder = Folder::new(DOCUMENT);
    folder.file(
        "principals.yaml",
        "
principals:
  ann:
    steps:
      - operation: logOn
        body: {}
      - operation: logIn
        body: { email: \"{{mail}}\", password: \"${NO_SUCH_VARIABLE}\" }
        capture: { token: $response.bod#/token }
        retries: 3
    secrets: { barer: \"{{token}}\" }
",
    );
    let server = Server::start(|_| Answer::empty(500));
    let ending = folder.replay(&server, &["--principals", "principals.yaml"]);
    assert_eq!(ending.code, Some(3), "{ending:?}");
    for wanted in [
        "principals.yaml:5: the document has no operation `logOn`",
        "principals.yaml:8: nothing before this place gives `{{mail}}`",
        "principals.yaml:8: the environment has no `NO_SUCH_VARIABLE`",
        "principals.yaml:9: `$response.bod#/token` is no runtime expression",
        "principals.yaml:10: a step has no `retries`",
        "principals.yaml:11: the document has no security scheme `barer`",
    ] {
        assert!(ending.err.contains(wanted), "{wanted} in {}", ending.err);
    }
    folder.file("principals.yaml", PRINCIPALS);
    folder.file(
        "fixtures/a.yaml",
        "
resources:
  order: { as: bob, uses: [parcel], provides: { orderId: \"{{id}}\" } }
  parcel: { uses: [order] }
fixtures:
  getOrder:
    - { name: x, uses: [order], path: { id: \"{{order.no}}\" }, status: twohundred }
    - { path: { orderId: \"1\" }, expect: [{ equals: 3 }, { at: /a, type: money }] }
  getOrders: []
",
    );
    let arguments = ["--principals", "principals.yaml", "--fixtures", "fixtures"];
    let ending = folder.replay(&server, &arguments);
    assert_eq!(ending.code, Some(3), "{ending:?}");
    for wanted in [
        "a.yaml:3: the resource `order` needs itself",
        "a.yaml:4: the resource `parcel` needs itself",
        "a.yaml:7: GET /orders/{orderId} has no path parameter `id`",
        "a.yaml:7: the path parameter `orderId` of GET /orders/{orderId} has no value",
        "a.yaml:7: `twohundred` is no status",
        "a.yaml:8: a fixture needs a `name`",
        "a.yaml:9: the document has no operation `getOrders`",
    ] {
        assert!(ending.err.contains(wanted), "{wanted} in {}", ending.err);
    }
    assert!(
        server.asked().is_empty(),
        "nothing is sent before all files are right"
    );
}

#[test]
fn a_token_that_the_configuration_fetches_is_sent_and_fetched_again() {
    let server = shop(2, false);
    let folder = Folder::new(DOCUMENT);
    folder.file(
        "schemathesis.toml",
        "
[auth.dynamic.openapi.bearer]
path = \"/sessions\"
payload = { email = \"ann@example.com\" }
extract_selector = \"/token\"
",
    );
    let arguments = [
        "--config",
        "schemathesis.toml",
        "--phases",
        "examples,auth",
        "--workers",
        "1",
    ];
    let ending = folder.replay(&server, &arguments);
    assert_eq!(ending.code, Some(0), "{ending:?}");
    let asked = server.asked();
    let fetched = asked
        .iter()
        .filter(|asked| asked.body["email"] == "ann@example.com");
    assert!(fetched.count() > 1);
    let sent: std::collections::HashSet<_> = asked
        .iter()
        .map(|asked| asked.header("authorization"))
        .filter(|sent| sent.starts_with("Bearer token-"))
        .collect();
    assert!(sent.len() > 1, "{sent:?}");
}

#[test]
fn accounts_of_the_configuration_call_and_log_in() {
    let server = shop(1000, false);
    let folder = Folder::new(DOCUMENT);
    folder.file("fixtures/orders.yaml", FIXTURES);
    folder.file(
        "set/schemathesis.toml",
        "[auth.wfc]\npath = \"accounts.yaml\"\nuser = \"ann\"\npeers = [\"ann\", \"bob\"]\n",
    );
    let accounts = r#"
auth:
  - { name: bob, fixedHeaders: [{ name: authorization, value: Bearer fixed-of-bob }] }
  - { name: ann, loginEndpointAuth: { payloadUserPwd: { username: ann, password: p, usernameField: email, passwordField: secret } } }
authTemplate:
  loginEndpointAuth:
    endpoint: /sessions
    verb: POST
    contentType: application/json
    token: { extractFrom: body, extractSelector: /token, sendIn: header, sendName: Authorization, sendTemplate: "Bearer {token}" }
"#;
    folder.file("set/accounts.yaml", accounts);
    let arguments = [
        "--config",
        "set/schemathesis.toml",
        "--phases",
        "examples",
        "--fixtures",
        "fixtures",
    ];
    let ending = folder.replay(&server, &arguments);
    assert_eq!(ending.code, Some(0), "{ending:?}");
    let asked = server.asked();
    let log_in = asked.iter().find(|asked| asked.body["email"] == "ann");
    assert_eq!(log_in.unwrap().body["secret"], "p");
    assert!(
        asked
            .iter()
            .any(|asked| asked.header("authorization") == "Bearer token-0")
    );

    for (from, to, wanted) in [
        (
            "name: authorization",
            "name: x-unknown",
            "accounts.yaml:3: no security scheme of the document sends `x-unknown`",
        ),
        (
            "name: ann,",
            "name: eve,",
            "accounts.yaml: there is no account `ann`, which `auth.wfc` names",
        ),
    ] {
        folder.file("set/accounts.yaml", &accounts.replace(from, to));
        let ending = folder.replay(&server, &arguments);
        assert_eq!(ending.code, Some(3), "{ending:?}");
        assert!(ending.err.contains(wanted), "{wanted} in {}", ending.err);
    }
}

#[test]
fn steps_write_forms_as_forms() {
    let document = DOCUMENT.replacen(
        "operationId: logIn\n      security: []\n      requestBody: { required: true, content: { application/json:",
        "operationId: logIn\n      security: []\n      requestBody: { required: true, content: { application/x-www-form-urlencoded:",
        1,
    );
    assert_ne!(document, DOCUMENT);
    let folder = Folder::new(&document);
    folder.file(
        "people.yaml",
        r#"
principals:
  ann:
    steps:
      - operation: logIn
        body: { user: "ann b", password: "a&b" }
        capture: { token: $response.body#/token }
    secrets: { bearer: "{{token}}" }
"#,
    );
    let server = Server::start(|asked: &Asked| match asked.parts().as_slice() {
        ["POST", "sessions"] if asked.body == json!("user=ann+b&password=a%26b") => {
            Answer::of(200, json!({ "token": "t-12345678" }))
        }
        ["POST", "sessions"] => Answer::of(403, json!({})),
        _ => Answer::of(401, json!({})),
    });
    let arguments = ["--principals", "people.yaml", "--phases", "examples"];
    let ending = folder.replay(&server, &arguments);
    assert_ne!(ending.code, Some(3), "{}", ending.text());
    let asked = server.asked();
    let log_in = asked.iter().find(|asked| asked.path == "/sessions");
    let media_type = log_in.unwrap().header("content-type");
    assert_eq!(media_type, "application/x-www-form-urlencoded");
}
