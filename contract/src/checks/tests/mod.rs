//! Every check, both ways, over exchanges that no server answered.

mod answers;
mod requests;

use std::{sync::Arc, time::Duration};

use indexmap::IndexMap;
use url::Url;

use super::{Check, judge};
use crate::{
    api::{Api, Location},
    case::{Case, Content, Credentials, Expectation, Mode, Payload, Phase},
    config::{CheckRules, Settings},
    exchange::{Exchange, Failure, Received, Sent},
};

const DOCUMENT: &str = r##"openapi: VERSION
info: { title: Depot, version: "1" }
security: [{ bearer: [] }]
paths:
  /boxes:
    post:
      operationId: createBox
      parameters:
        - { name: X-Depot, in: header, required: true, schema: { type: string, minLength: 2 } }
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              additionalProperties: false
              required: [label]
              properties: { label: { type: string, maxLength: 5 } }
      responses:
        "201":
          description: Made.
          headers:
            Location: { required: true, schema: { type: string } }
            X-Left: { schema: { type: integer, minimum: 0 } }
            X-Tags: { schema: { type: array, items: { type: integer } } }
          content: { application/json: { schema: { $ref: "#/components/schemas/Box" } } }
        "400": { description: No. }
  /boxes/{id}:
    get:
      operationId: readBox
      parameters:
        - { name: id, in: path, required: true, schema: { type: integer } }
        - { name: full, in: query, schema: { type: boolean } }
        - { name: size, in: query, schema: { type: integer, minimum: 1 } }
        - { name: tags, in: query, explode: false, schema: { type: array, maxItems: 2, items: { enum: [a, b] } } }
        - { name: more, in: query, style: deepObject, schema: { properties: { least: { type: integer, minimum: 1 } }, type: object } }
      responses:
        2XX:
          description: It.
          content:
            application/json: { schema: { $ref: "#/components/schemas/Box" } }
            text/yaml: { schema: { $ref: "#/components/schemas/Box" } }
        "404": { description: None., content: { "application/*": { schema: { type: object } } } }
    delete:
      operationId: deleteBox
      parameters: [{ name: id, in: path, required: true, schema: { type: integer } }]
      responses: { default: { description: Anything. } }
  /open:
    get:
      operationId: open
      security: []
      responses:
        "200":
          description: It.
          content:
            text/event-stream: { schema: { type: object, required: [id] } }
            application/json: { schema: { $ref: "#/components/schemas/Shape" } }
            broken: {}
components:
  securitySchemes: { bearer: { type: http, scheme: bearer } }
  schemas:
    Box:
      type: object
      required: [id]
      properties:
        id: { type: integer }
        at: { type: string, format: date-time }
        label: NULLABLE
        secret: { type: string, writeOnly: true }
    Shape:
      oneOf:
        - { $ref: "#/components/schemas/Circle" }
        - { $ref: "#/components/schemas/Square" }
      discriminator: { propertyName: kind, mapping: { round: "#/components/schemas/Circle" } }
    Circle: { type: object, properties: { kind: { type: string } }, required: [r] }
    Square: { type: object, properties: { kind: { type: string } }, required: [a] }
"##;

/// The line on which a part of the document stands.
fn line(part: &str) -> usize {
    let at = DOCUMENT.lines().position(|line| line.contains(part));
    at.unwrap() + 1
}

fn api(version: &str) -> Arc<Api> {
    let nullable = if version.starts_with("3.0") {
        "{ type: string, nullable: true }"
    } else {
        "{ type: [string, \"null\"] }"
    };
    let text = DOCUMENT
        .replace("VERSION", version)
        .replace("NULLABLE", nullable);
    Arc::new(Api::from_text("depot.yaml", &text).unwrap())
}

/// A request and its answer, to be changed by each test.
struct Scene {
    api: Arc<Api>,
    rules: CheckRules,
    parameters: IndexMap<String, serde_json::Value>,
    exchange: Exchange,
}

impl Scene {
    fn new(operation: &str) -> Self {
        Self::of("3.1.0", operation)
    }

    fn of(version: &str, operation: &str) -> Self {
        let api = api(version);
        let operation = api.operation(operation).unwrap();
        let mut case = Case::new("a".to_owned(), operation, Phase::Coverage, 1);
        case.credentials = Credentials::Own;
        case.path.insert("id".to_owned(), "7".to_owned());
        let sent = Sent {
            method: case.method.clone(),
            url: "http://127.0.0.1:1/boxes/7".to_owned(),
            headers: vec![("Authorization".to_owned(), "Bearer t".to_owned())],
            body: None,
        };
        let exchange = Exchange {
            case,
            sent,
            outcome: Ok(Received {
                status: 200,
                headers: Vec::new(),
                body: Vec::new().into(),
                is_cut: false,
                elapsed: Duration::from_millis(10),
                http_version: "1.1",
            }),
            recorded_at: jiff::Timestamp::UNIX_EPOCH,
            verdicts: Vec::new(),
        };
        Self {
            api,
            rules: CheckRules::default(),
            parameters: IndexMap::new(),
            exchange,
        }
    }

    fn answered(mut self, status: u16, media_type: &str, body: &str) -> Self {
        let received = self.exchange.outcome.as_mut().unwrap();
        received.status = status;
        received.body = body.to_owned().into();
        if !media_type.is_empty() {
            received
                .headers
                .push(("content-type".to_owned(), media_type.to_owned()));
        }
        self
    }

    fn json(self, status: u16, body: &serde_json::Value) -> Self {
        self.answered(status, "application/json", &body.to_string())
    }

    fn header(mut self, name: &str, value: &str) -> Self {
        let received = self.exchange.outcome.as_mut().unwrap();
        received.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    fn case(mut self, change: impl FnOnce(&mut Case)) -> Self {
        change(&mut self.exchange.case);
        self.exchange
            .sent
            .method
            .clone_from(&self.exchange.case.method);
        self
    }

    fn negative(self, location: Location) -> Self {
        self.case(|case| {
            case.origin.mode = Mode::Negative;
            case.origin.location = Some(location);
            case.origin.components.insert(location, Mode::Negative);
        })
    }

    fn body(self, media_type: &str, content: Content) -> Self {
        self.case(|case| {
            case.body = Some(Payload {
                media_type: media_type.to_owned(),
                content,
            });
        })
    }

    fn sent_header(mut self, name: &str, value: &str) -> Self {
        let header = (name.to_owned(), value.to_owned());
        self.exchange.case.headers.push(header.clone());
        self.exchange.sent.headers.push(header);
        self
    }

    fn expecting(self, expectation: Expectation) -> Self {
        self.case(|case| case.origin.expectation = Some(expectation))
    }

    fn judged(&self) -> Exchange {
        let mut settings = Settings::new(Url::parse("http://127.0.0.1:1").unwrap());
        settings.checks = self.rules.clone();
        settings.parameters.clone_from(&self.parameters);
        let mut exchange = self.exchange.clone();
        exchange.verdicts = judge(&self.api, &settings, &exchange);
        exchange
    }

    /// The codes that are found, with the check and the line of each.
    fn found(&self) -> Vec<String> {
        let judged = self.judged();
        let failures = judged.failures().map(|failure| {
            let Failure {
                check, code, place, ..
            } = failure;
            format!("{code} {check} {}", place.line)
        });
        failures.collect()
    }

    fn codes(&self) -> Vec<&'static str> {
        self.judged()
            .failures()
            .map(|failure| failure.code)
            .collect()
    }

    /// What one check found.
    fn of_check(&self, check: Check) -> Vec<&'static str> {
        let judged = self.judged();
        let failures = judged.failures().filter(|failure| failure.check == check);
        failures.map(|failure| failure.code).collect()
    }
}

fn read() -> Scene {
    Scene::new("readBox")
}
