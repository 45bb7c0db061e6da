//! The usual request: a value for every part that is always sent, as the document, the configuration or the schemas
//! give it.

use serde_json::Value;

use super::{Template, fresh};
use crate::{
    api::{Media, Parameter},
    case::{Content, Mode, Payload},
    generate::{body, values::Style, wire},
};

impl<'r> Template<'r> {
    /// Takes the first value of a parameter that fits its schema and can be sent there.
    pub(super) fn settle(&mut self, parameter: &'r Parameter) {
        let configured = self.configured(parameter);
        if !parameter.is_required && configured.is_none() {
            return;
        }
        let mut maker = self.context.parameter(self.operation, parameter);
        let mut candidates: Vec<Value> = configured.into_iter().cloned().collect();
        candidates.extend(maker.valid(Style::Usual));
        candidates.extend((0..8).filter_map(|_| maker.valid(Style::Random)));
        let found = candidates
            .iter()
            .filter_map(|value| wire::write(parameter, value))
            .find(|pairs| {
                let is_carried = |(_, text): &(String, String)| {
                    wire::is_carried(parameter.location, text, Mode::Positive)
                };
                !pairs.is_empty() && pairs.iter().all(is_carried)
            });
        match found {
            Some(pairs) => {
                let key = (parameter.location, parameter.name.as_str());
                self.usual.insert(key, pairs);
            }
            None => self.notes.push((
                format!(
                    "no value was found that the schema of the {} parameter `{}` takes and that can be sent there: give one under `parameters` in the configuration",
                    parameter.location, parameter.name
                ),
                parameter.schema.place.clone(),
            )),
        }
    }

    /// Takes the first body that can be made.
    pub(super) fn settle_body(&mut self) {
        let Some(declared) = &self.operation.body else {
            return;
        };
        for (media_type, media) in &declared.media {
            if body::Kind::of(media_type).is_none() {
                let text = format!(
                    "bodies of the media type `{media_type}` cannot be made here and are left out"
                );
                self.notes.push((text, media.place.clone()));
                continue;
            }
            let made = self.usual_body(media_type, media);
            match made {
                Some(payload) => {
                    self.body.get_or_insert(payload);
                }
                None => self.notes.push((
                    format!("no value was found that the schema of the body `{media_type}` takes: is it satisfiable?"),
                    media.schema.as_ref().map_or(&media.place, |schema| &schema.place).clone(),
                )),
            }
        }
    }

    fn usual_body(&mut self, media_type: &str, media: &'r Media) -> Option<Payload> {
        let Some(schema) = &media.schema else {
            let example = media.examples.first().map(|example| &example.value);
            let made = example.and_then(|value| body::write(media_type, media, value));
            return made.or_else(|| {
                let content = match body::Kind::of(media_type)? {
                    body::Kind::Json | body::Kind::Yaml => Content::Bytes("{}".into()),
                    _ => Content::Bytes(body::sample().into()),
                };
                let media_type = media_type.to_owned();
                Some(Payload {
                    media_type,
                    content,
                })
            });
        };
        let mut maker = self
            .context
            .media(self.operation, media_type, media, schema);
        let value = maker.valid(Style::Usual)?;
        self.unique.extend(fresh::unique_texts(&mut maker));
        body::write(media_type, media, &value)
    }
}
