//! Bodies of every media type: every value that is worth trying, none at all, and what is no body of its type.

use serde_json::{Map, Value};

use crate::{
    api::{Location, Media, Operation},
    case::{Content, Payload},
    generate::{
        body, negative,
        positive::{self, Room, Variant},
        sites,
        template::{Context, Template, Variation},
        values::Style,
        wire,
    },
};

/// How large a body's parts may become.
const ROOM: Room = Room {
    text: 20_000,
    items: 200,
};

pub(super) fn positive<'r>(
    context: Context<'r>,
    operation: &'r Operation,
    variations: &mut Vec<Variation>,
) {
    let Some(declared) = &operation.body else {
        return;
    };
    for (media_type, media) in &declared.media {
        let Some(schema) = &media.schema else {
            continue;
        };
        for example in &media.examples {
            if schema.takes(&example.value)
                && let Some(payload) = body::write(media_type, media, &example.value)
            {
                variations.push(Variation {
                    body: Some(Some(payload)),
                    scenario: "example_value",
                    description: format!("Example value {}", example.name)
                        .trim_end()
                        .to_owned(),
                    location: Some(Location::Body),
                    place: Some(example.place.clone()),
                    ..Variation::default()
                });
            }
        }
        let mut maker = context.media(operation, media_type, media, schema);
        for variant in positive::variants(&mut maker, ROOM) {
            variations.extend(variation(media_type, media, variant, false));
        }
    }
    if !declared.is_required {
        variations.push(Variation {
            body: Some(None),
            scenario: "object_only_required",
            description: "Without the optional body".to_owned(),
            location: Some(Location::Body),
            place: Some(declared.place.clone()),
            ..Variation::default()
        });
    }
}

pub(super) fn negative<'r>(
    context: Context<'r>,
    operation: &'r Operation,
    template: &Template<'r>,
    variations: &mut Vec<Variation>,
) {
    let Some(declared) = &operation.body else {
        return;
    };
    for (media_type, media) in &declared.media {
        if let Some(schema) = &media.schema {
            let mut maker = context.media(operation, media_type, media, schema);
            let loses_types = body::Kind::of(media_type).is_some_and(body::Kind::is_text);
            for variant in negative::deviations(&mut maker, ROOM) {
                // A form holds texts: what can be read as valid is no deviation.
                if loses_types {
                    let root = maker.source.root();
                    let is_valid = [false, true].into_iter().any(|lists| {
                        let read = as_read(&variant.value, lists);
                        schema.takes(&wire::coerce(&mut maker, &root, &read, 0))
                    });
                    if is_valid {
                        continue;
                    }
                }
                variations.extend(variation(media_type, media, variant, true));
            }
        }
        if body::Kind::of(media_type) == Some(body::Kind::Json) {
            malformed(media_type, media, template, variations);
            nul_characters(context, operation, media_type, media, variations);
        }
    }
    if declared.is_required {
        variations.push(Variation {
            body: Some(None),
            is_negative: true,
            scenario: "missing_parameter",
            description: "Missing request body".to_owned(),
            location: Some(Location::Body),
            place: Some(declared.place.clone()),
            ..Variation::default()
        });
    }
}

fn variation(
    media_type: &str,
    media: &Media,
    variant: Variant,
    is_negative: bool,
) -> Option<Variation> {
    let payload = body::write(media_type, media, &variant.value)?;
    let pointer = variant.pointer;
    Some(Variation {
        body: Some(Some(payload)),
        is_negative,
        scenario: variant.scenario,
        description: variant.description,
        location: Some(Location::Body),
        parameter: (!pointer.is_empty()).then(|| pointer.clone()),
        pointer: Some(pointer),
        place: Some(variant.place.unwrap_or_else(|| media.place.clone())),
        ..Variation::default()
    })
}

/// A value as somebody reads it who gets texts only: a list of one is that one, or one is a list; no items are nothing.
fn as_read(value: &Value, lists: bool) -> Value {
    let text = |value: &Value| match value {
        Value::String(text) => Value::String(text.clone()),
        other => Value::String(other.to_string()),
    };
    let Value::Object(members) = value else {
        return text(value);
    };
    let mut read = Map::new();
    for (name, member) in members {
        let one = std::slice::from_ref(member);
        let items: Vec<Value> = member
            .as_array()
            .map_or(one, Vec::as_slice)
            .iter()
            .map(text)
            .collect();
        match items.as_slice() {
            [] => continue,
            [item] if !lists => read.insert(name.clone(), item.clone()),
            _ => read.insert(name.clone(), Value::Array(items)),
        };
    }
    Value::Object(read)
}

/// Bodies that are no JSON.
fn malformed(
    media_type: &str,
    media: &Media,
    template: &Template<'_>,
    variations: &mut Vec<Variation>,
) {
    let usual = template
        .body()
        .and_then(Payload::json)
        .map(Value::to_string);
    let usual = usual.unwrap_or_else(|| "{}".to_owned());
    let cut: String = usual
        .chars()
        .take(usual.chars().count().saturating_sub(1))
        .collect();
    for (text, description) in [
        (cut, "JSON that breaks off"),
        (format!("{usual},"), "JSON with a comma behind its end"),
        (format!("\0{usual}"), "NUL byte before the JSON"),
        ("{\"a\": \"\0\"}".to_owned(), "NUL byte in a JSON string"),
        ("{\"a\": NaN}".to_owned(), "Number that JSON does not have"),
        (String::new(), "Empty body"),
    ] {
        // Nothing at all may stand for a body that is optional.
        if text.is_empty() && template.has_optional_body() {
            continue;
        }
        variations.push(Variation {
            body: Some(Some(Payload {
                media_type: media_type.to_owned(),
                content: Content::Bytes(text.into_bytes().into()),
            })),
            is_negative: true,
            scenario: "malformed_body",
            description: description.to_owned(),
            location: Some(Location::Body),
            place: Some(media.place.clone()),
            ..Variation::default()
        });
    }
}

/// Free texts with a NUL character: text to a schema, poison to many databases. Servers may take or refuse it, so that
/// the case counts as a deviation that may be valid; all that it must not do is to break the server.
fn nul_characters<'r>(
    context: Context<'r>,
    operation: &'r Operation,
    media_type: &str,
    media: &'r Media,
    variations: &mut Vec<Variation>,
) {
    let Some(schema) = &media.schema else { return };
    let mut maker = context.media(operation, media_type, media, schema);
    let Some(full) = maker.valid(Style::Full) else {
        return;
    };
    let sites = sites::walk(&mut maker, &full);
    for site in sites.iter().filter(|site| site.value.is_string()) {
        let nul = Value::String("a\0b".to_owned());
        let base = sites::around(&sites, &full, &site.pointer);
        let Some(value) = sites::replaced(&base, &site.pointer, nul) else {
            continue;
        };
        if schema.takes(&value) {
            let variant = Variant {
                value,
                scenario: "nul_character",
                description: format!("NUL character at {}", site.pointer),
                pointer: site.pointer.clone(),
                keyword: "",
                place: None,
            };
            variations.extend(variation(media_type, media, variant, true));
        }
    }
}
