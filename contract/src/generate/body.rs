//! Bodies by media type.

use std::fmt::Write as _;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::{Map, Value};

use crate::{
    api::Media,
    case::{Content, Payload},
};

/// Between the parts of a multipart body.
const BOUNDARY: &str = "contract-5f3a9c71d2";

/// How a media type is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// JSON.
    Json,
    /// `application/x-www-form-urlencoded`: everything is text.
    Form,
    /// `multipart/form-data`: everything but files and objects is text.
    Multipart,
    /// YAML.
    Yaml,
    /// Text as it is.
    Text,
    /// Bytes as they are.
    Bytes,
}

impl Kind {
    /// How a media type is written; `None` for those that this tool cannot write.
    #[must_use]
    pub fn of(media_type: &str) -> Option<Self> {
        let essence = media_type.split(';').next().unwrap_or_default().trim();
        let essence = essence.to_ascii_lowercase();
        Some(match essence.as_str() {
            "*/*" | "application/*" => Self::Json,
            _ if Media::is_json(&essence) => Self::Json,
            "application/x-www-form-urlencoded" => Self::Form,
            "multipart/form-data" => Self::Multipart,
            "application/yaml" | "application/x-yaml" | "text/yaml" | "text/x-yaml" => Self::Yaml,
            _ if essence.ends_with("+yaml") => Self::Yaml,
            _ if essence.ends_with("/xml") || essence.ends_with("+xml") => return None,
            _ if essence.ends_with("json-seq") || essence.ends_with("ndjson") => return None,
            "application/octet-stream" | "application/pdf" | "application/zip" => Self::Bytes,
            _ if essence.starts_with("text/") => Self::Text,
            _ if ["image/", "audio/", "video/", "font/"]
                .iter()
                .any(|kind| essence.starts_with(kind)) =>
            {
                Self::Bytes
            }
            _ => return None,
        })
    }

    /// Whether values lose their type on the way.
    #[must_use]
    pub fn is_text(self) -> bool {
        matches!(
            self,
            Self::Form | Self::Multipart | Self::Text | Self::Bytes
        )
    }
}

/// A value as a body; `None` for what the media type cannot carry.
#[must_use]
pub fn write(media_type: &str, media: &Media, value: &Value) -> Option<Payload> {
    let plain = |content| Payload {
        media_type: concrete(media_type),
        content,
    };
    let bytes = |text: String| Content::Bytes(text.into_bytes().into());
    Some(match Kind::of(media_type)? {
        Kind::Json => plain(Content::Json(value.clone())),
        Kind::Yaml => plain(bytes(yaml_serde::to_string(value).ok()?)),
        Kind::Text | Kind::Bytes => match value {
            Value::String(text) => plain(bytes(text.clone())),
            Value::Array(_) | Value::Object(_) => return None,
            other => plain(bytes(other.to_string())),
        },
        Kind::Form => plain(bytes(form(value.as_object()?))),
        Kind::Multipart => Payload {
            media_type: format!("multipart/form-data; boundary={BOUNDARY}"),
            content: bytes(multipart(media, value.as_object()?)),
        },
    })
}

/// A media type that can be sent: a range means JSON here.
fn concrete(media_type: &str) -> String {
    if media_type.starts_with("*/") || media_type.starts_with("application/*") {
        return "application/json".to_owned();
    }
    media_type.replace("/*", "/plain")
}

fn form(members: &Map<String, Value>) -> String {
    let mut form = url::form_urlencoded::Serializer::new(String::new());
    for (name, member) in members {
        match member {
            Value::Array(items) => {
                for item in items {
                    form.append_pair(name, &text(item));
                }
            }
            member => {
                form.append_pair(name, &text(member));
            }
        }
    }
    form.finish()
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn multipart(media: &Media, members: &Map<String, Value>) -> String {
    let mut body = String::new();
    for (name, member) in members {
        let one = std::slice::from_ref(member);
        let items = member.as_array().map_or(one, Vec::as_slice);
        for item in items {
            let declared = media.encoding.as_ref().and_then(|all| {
                let content_type = all.get(name)?.get("contentType")?.as_str()?;
                Some(content_type.split(',').next()?.trim().to_owned())
            });
            let property = media
                .schema
                .as_ref()
                .and_then(|schema| schema.value.get("properties")?.get(name));
            let is_file = property.is_some_and(is_file);
            let content_type = declared.or_else(|| match item {
                _ if is_file => Some("application/octet-stream".to_owned()),
                Value::Object(_) => Some("application/json".to_owned()),
                _ => None,
            });
            let name = name.replace('"', "%22").replace(['\r', '\n'], " ");
            // Writing to a String cannot fail.
            let _ = write!(
                body,
                "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\""
            );
            if is_file {
                body.push_str("; filename=\"sample.bin\"");
            }
            if let Some(content_type) = content_type {
                let _ = write!(body, "\r\nContent-Type: {content_type}");
            }
            let _ = write!(body, "\r\n\r\n{}\r\n", text(item));
        }
    }
    let _ = write!(body, "--{BOUNDARY}--\r\n");
    body
}

fn is_file(property: &Value) -> bool {
    let says = |key: &str, wanted: &[&str]| {
        let found = property.get(key).and_then(Value::as_str);
        found.is_some_and(|found| wanted.contains(&found))
    };
    says("format", &["binary"])
        || property.get("contentMediaType").is_some()
        || property.get("items").is_some_and(is_file)
}

/// Bytes of a file, for media types without a schema.
#[must_use]
pub fn sample() -> Vec<u8> {
    // A picture of one point, which most readers of bytes take for a file.
    let picture = "R0lGODlhAQABAIAAAP///wAAACH5BAAAAAAALAAAAAABAAEAAAICRAEAOw==";
    STANDARD.decode(picture).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::document::Place;

    fn written(
        media_type: &str,
        value: &Value,
        encoding: Option<Value>,
    ) -> Option<(String, String)> {
        let place = Place {
            file: "t".to_owned(),
            line: 1,
        };
        let media = Media {
            schema: None,
            examples: Vec::new(),
            encoding,
            place,
        };
        let payload = write(media_type, &media, value)?;
        let text = String::from_utf8(payload.bytes().to_vec()).unwrap();
        Some((payload.media_type, text))
    }

    #[test]
    fn every_media_type_is_written_in_its_own_way() {
        let value = json!({ "a": "x y", "b": [1, 2] });
        let json = written("application/vnd.shop+json", &value, None).unwrap();
        assert_eq!(json.1, r#"{"a":"x y","b":[1,2]}"#);
        let form = written("application/x-www-form-urlencoded", &value, None).unwrap();
        assert_eq!(form.1, "a=x+y&b=1&b=2");
        assert!(
            written("application/yaml", &value, None)
                .unwrap()
                .1
                .contains("a: x y")
        );
        assert_eq!(written("text/plain", &json!("hi"), None).unwrap().1, "hi");
        assert_eq!(written("text/plain", &value, None), None);
        assert_eq!(written("application/xml", &value, None), None);
    }

    #[test]
    fn parts_of_a_multipart_body_stand_between_boundaries() {
        let encoding = json!({ "a": { "contentType": "text/csv, text/plain" } });
        let value = json!({ "a": "1,2", "meta": { "k": 1 } });
        let (media_type, body) = written("multipart/form-data", &value, Some(encoding)).unwrap();
        assert_eq!(
            media_type,
            format!("multipart/form-data; boundary={BOUNDARY}")
        );
        let expected = [
            "--B\r\nContent-Disposition: form-data; name=\"a\"\r\nContent-Type: text/csv\r\n\r\n1,2\r\n",
            "--B\r\nContent-Disposition: form-data; name=\"meta\"\r\nContent-Type: application/json\r\n\r\n{\"k\":1}\r\n",
            "--B--\r\n",
        ];
        assert_eq!(
            body,
            expected.concat().replace("--B", &format!("--{BOUNDARY}"))
        );
        assert!(!sample().is_empty());
    }
}
