//! Streams of events (`text/event-stream`, HTML standard 9.2.6): each event is a value of its own.

use serde_json::{Map, Value};

/// The whole events of a stream.
pub(super) fn read(text: &str) -> Vec<Value> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut events = Vec::new();
    let mut event = Map::new();
    let mut data: Vec<&str> = Vec::new();
    let mut last_id: Option<String> = None;
    for line in text.split('\n').chain([""]) {
        if line.is_empty() {
            if !data.is_empty() {
                event.insert("data".to_owned(), data.join("\n").into());
                event.entry("event").or_insert_with(|| "message".into());
                if let Some(id) = &last_id {
                    event.entry("id").or_insert_with(|| id.clone().into());
                }
                events.push(Value::Object(std::mem::take(&mut event)));
            }
            event.clear();
            data.clear();
            continue;
        }
        let (field, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "data" => data.push(value),
            "event" if !value.is_empty() => {
                event.insert("event".to_owned(), value.into());
            }
            "retry" => {
                if let Ok(number) = value.parse::<u64>() {
                    event.insert("retry".to_owned(), number.into());
                }
            }
            "id" if !value.contains('\0') => {
                last_id = Some(value.to_owned());
                event.insert("id".to_owned(), value.into());
            }
            _ => {}
        }
    }
    events
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn events_are_read_whole_with_the_last_id() {
        let text = ": hello\nid: 1\nevent: paid\ndata: {\ndata: }\n\nretry: 5\ndata: x\r\n\r\nevent: none\n\n";
        assert_eq!(
            read(text),
            [
                json!({ "id": "1", "event": "paid", "data": "{\n}" }),
                json!({ "retry": 5, "data": "x", "event": "message", "id": "1" }),
            ]
        );
    }
}
