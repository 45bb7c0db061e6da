//! What an operation says about keys: `required` and `optional`, or more.

use serde_json::Value;

use super::{EXTENSION, is_key};
use crate::{
    api::{Location, Operation},
    exchange::Received,
    laws::shape,
};

/// What an operation says about keys.
#[derive(Debug)]
pub(in crate::laws) struct Declared {
    pub(in crate::laws) is_required: bool,
    /// The header that carries the key.
    pub(in crate::laws) header: String,
    /// The header that marks a stored answer.
    pub(in crate::laws) replayed: Option<String>,
    /// The statuses for a key that was used for another request.
    pub(in crate::laws) conflict: Vec<u16>,
    /// The statuses for a request whose first one still runs.
    pub(in crate::laws) in_flight: Vec<u16>,
    /// Parts of a body that differ in a stored answer.
    pub(in crate::laws) ignored: Vec<String>,
}

impl Declared {
    pub(in crate::laws) fn read(operation: &Operation) -> Option<Self> {
        let extension = operation.extensions.get(EXTENSION)?;
        let mode = extension.get("key").unwrap_or(extension).as_str()?;
        if !matches!(mode, "required" | "optional") {
            return None;
        }
        let text = |key: &str| {
            extension
                .get(key)
                .and_then(Value::as_str)
                .map(str::to_owned)
        };
        let statuses = |key: &str, usual: &[u16]| {
            let listed = extension.get(key).and_then(Value::as_array);
            listed.map_or_else(
                || usual.to_vec(),
                |listed| {
                    let numbers = listed.iter().filter_map(Value::as_u64);
                    numbers
                        .filter_map(|number| u16::try_from(number).ok())
                        .collect()
                },
            )
        };
        let mut headers = operation.parameters_in(Location::Header);
        let declared = headers.find(|parameter| is_key(&parameter.name));
        let answers = operation.answers.values();
        let mut answered = answers.flat_map(|answer| answer.headers.keys());
        let replayed = answered.find(|name| shape::plain(name).contains("replayed"));
        Some(Self {
            is_required: mode == "required",
            header: text("header")
                .or_else(|| declared.map(|parameter| parameter.name.clone()))
                .unwrap_or_else(|| "Idempotency-Key".to_owned()),
            replayed: text("replayed").or_else(|| replayed.cloned()),
            conflict: statuses("conflict", &[422, 409]),
            in_flight: statuses("inFlight", &[409, 425]),
            ignored: extension
                .get("ignore")
                .and_then(Value::as_array)
                .map(|listed| {
                    listed
                        .iter()
                        .filter_map(Value::as_str)
                        .map(str::to_owned)
                        .collect()
                })
                .unwrap_or_default(),
        })
    }

    /// What differs between an answer and its repetition.
    pub(in crate::laws) fn difference(
        &self,
        first: &Received,
        second: &Received,
    ) -> Option<String> {
        if first.status != second.status {
            return Some(format!("{} in place of {}", second.status, first.status));
        }
        if first.body == second.body {
            return None;
        }
        let (Some(mut one), Some(mut other)) = (first.json(), second.json()) else {
            return Some(format!(
                "another body: {} in place of {}",
                shape::brief(&second.body),
                shape::brief(&first.body)
            ));
        };
        for pointer in &self.ignored {
            for value in [&mut one, &mut other] {
                if let Some(part) = value.pointer_mut(pointer) {
                    *part = Value::Null;
                }
            }
        }
        match shape::difference(&one, &other) {
            Some(pointer) => Some(format!(
                "another body: {pointer} is {} in place of {}",
                part(&other, &pointer),
                part(&one, &pointer)
            )),
            None if self.ignored.is_empty() => {
                Some("the same values, written differently".to_owned())
            }
            None => None,
        }
    }

    pub(in crate::laws) fn is_replayed(&self, received: &Received) -> bool {
        let name = self.replayed.as_ref();
        let value = name.and_then(|name| received.header(name));
        value.is_some_and(|value| !value.eq_ignore_ascii_case("false"))
    }
}

fn part(value: &Value, pointer: &str) -> String {
    value
        .pointer(pointer)
        .map_or_else(|| "missing".to_owned(), Value::to_string)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::Api;

    const DOCUMENT: &str = "
openapi: 3.1.0
info: { title: Shop, version: '1' }
paths:
  /orders:
    post:
      x-idempotency: required
      parameters: [{ name: X-Idempotency-Id, in: header, schema: { type: string } }]
      responses:
        '201': { description: Made., headers: { Idempotent-Replayed: { schema: { type: boolean } } } }
    put:
      x-idempotency: { key: optional, header: Request-Key, replayed: X-Again, conflict: [400], inFlight: [429], ignore: [/at] }
      responses: { '200': { description: Done. } }
    patch:
      x-idempotency: sometimes
      responses: { '200': { description: Done. } }
";

    fn received(body: &str) -> Received {
        Received {
            status: 200,
            headers: vec![("content-type".into(), "application/json".into())],
            body: body.to_owned().into(),
            is_cut: false,
            elapsed: std::time::Duration::ZERO,
            http_version: "1.1",
        }
    }

    #[test]
    fn a_word_takes_the_rest_from_what_is_declared() {
        let api = Api::from_text("shop.yaml", DOCUMENT).unwrap();
        let declared = Declared::read(api.operation("POST /orders").unwrap()).unwrap();
        assert!(declared.is_required);
        assert_eq!(declared.header, "X-Idempotency-Id");
        assert_eq!(declared.replayed.as_deref(), Some("Idempotent-Replayed"));
        assert_eq!(declared.conflict, [422, 409]);
        assert!(Declared::read(api.operation("PATCH /orders").unwrap()).is_none());
    }

    #[test]
    fn everything_may_be_said_and_parts_may_differ() {
        let api = Api::from_text("shop.yaml", DOCUMENT).unwrap();
        let declared = Declared::read(api.operation("PUT /orders").unwrap()).unwrap();
        assert!(!declared.is_required);
        assert_eq!(declared.header, "Request-Key");
        assert_eq!((declared.conflict[0], declared.in_flight[0]), (400, 429));
        let first = received("{\"id\":1,\"at\":\"10:00\"}");
        let later = received("{\"id\":1,\"at\":\"10:01\"}");
        assert_eq!(declared.difference(&first, &later), None);
        let other = received("{\"id\":2,\"at\":\"10:00\"}");
        assert!(declared.difference(&first, &other).unwrap().contains("/id"));
    }
}
