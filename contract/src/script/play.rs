//! From a step to a case, and from the answer to what is kept of it.

use std::sync::Arc;

use bytes::Bytes;
use indexmap::IndexMap;
use serde_json::Value;

use super::{Caller, Sending, Step, Template, Values, fresh::unique};
use crate::{
    api::{Example, Location, Media, Operation, Parameter, StatusPattern},
    case::{Case, Content, Credentials, Expectation, Payload, Phase},
    exchange::Exchange,
    expression::text_of,
    generate::body,
    run::Run,
};

/// What keeps a step from having served its purpose.
#[derive(Debug, Clone)]
pub struct Failed {
    /// What was expected and what came.
    pub message: String,
}

impl Step {
    /// The request.
    ///
    /// # Errors
    /// The value that is missing.
    pub fn case(
        &self,
        run: &Run,
        phase: Phase,
        values: &Values,
        usual: &Credentials,
    ) -> Result<Case, String> {
        let mut case = run.case(&self.operation, phase);
        case.credentials = match &self.caller {
            None => usual.clone(),
            Some(Caller::Nobody) => Credentials::None,
            Some(Caller::Principal(name)) => Credentials::Of(name.clone()),
            Some(Caller::Secrets(secrets)) => {
                for (name, secret) in secrets {
                    let secret = text_of(&secret.fill(values)?);
                    let written = run
                        .api
                        .schemes
                        .get(name)
                        .map(|scheme| scheme.write(&secret));
                    if let Some((location, name, value)) = written.flatten() {
                        put(&mut case, location, &name, value);
                    }
                }
                Credentials::Own
            }
        };
        for (location, name, template) in &self.parameters {
            if !template.is_null() {
                put(&mut case, *location, name, text_of(&template.fill(values)?));
            }
        }
        for parameter in &self.operation.parameters {
            let is_said = self.parameters.iter().any(|(location, name, _)| {
                *location == parameter.location && name.eq_ignore_ascii_case(&parameter.name)
            });
            if !is_said && parameter.is_required {
                put_example(&mut case, parameter);
            }
        }
        case.body = self.payload(values)?;
        if !self.statuses.is_empty() {
            let all = (100..600).filter(|status| self.takes(*status));
            case.origin.expectation = Some(Expectation::Status(all.collect()));
        }
        Ok(case)
    }

    fn payload(&self, values: &Values) -> Result<Option<Payload>, String> {
        let declared = self.operation.body.as_ref();
        let media_type = self.media_type.clone().unwrap_or_else(|| {
            declared
                .and_then(|body| body.media.keys().next())
                .map_or("application/json", String::as_str)
                .to_owned()
        });
        let value = match &self.body {
            Some(Sending::Raw(text)) => {
                let content = bytes(&text.fill(values)?);
                return Ok(Some(Payload {
                    media_type,
                    content,
                }));
            }
            Some(Sending::Value(value)) => Some(value.fill(values)?),
            Some(Sending::Example(name)) => example(&self.operation, &media_type, |known| {
                name.is_empty() || known.name == *name
            }),
            None if declared.is_some_and(|body| body.is_required) => {
                example(&self.operation, &media_type, |_| true)
            }
            None => None,
        };
        Ok(value.map(|value| self.written(media_type, value)))
    }

    /// A value as the media type writes it: a form as a form. Texts and what a media type cannot carry stay as they are.
    fn written(&self, media_type: String, value: Value) -> Payload {
        if Media::is_json(&media_type) {
            return Payload {
                media_type,
                content: Content::Json(value),
            };
        }
        let declared = self.operation.body.as_ref();
        let media = declared.and_then(|body| body.media.get(&media_type));
        let written = match media {
            _ if value.is_string() => None,
            Some(media) => body::write(&media_type, media, &value),
            None => body::write(&media_type, &self.undeclared(), &value),
        };
        written.unwrap_or_else(|| Payload {
            content: bytes(&value),
            media_type,
        })
    }

    /// A media type that the document does not have.
    fn undeclared(&self) -> Media {
        Media {
            schema: None,
            examples: Vec::new(),
            encoding: None,
            place: self.operation.place.clone(),
        }
    }

    /// Whether a status is expected.
    #[must_use]
    pub fn takes(&self, status: u16) -> bool {
        if self.statuses.is_empty() {
            return StatusPattern::Class(2).holds(status);
        }
        self.statuses.iter().any(|pattern| pattern.holds(status))
    }

    /// Holds an exchange against what is expected and keeps what is to be captured.
    ///
    /// # Errors
    /// [`Failed`] with what was expected and what came.
    pub fn conclude(&self, exchange: &Exchange, values: &mut Values) -> Result<(), Failed> {
        let received = match &exchange.outcome {
            Ok(received) => received,
            Err(reason) => {
                return Err(Failed {
                    message: reason.to_string(),
                });
            }
        };
        if !self.takes(received.status) {
            let wanted = if self.statuses.is_empty() {
                "2XX".to_owned()
            } else {
                let all = self.statuses.iter().map(ToString::to_string);
                all.collect::<Vec<_>>().join(", ")
            };
            return Err(Failed {
                message: format!(
                    "expected {wanted}, received {}: {}",
                    received.status,
                    excerpt(&received.body)
                ),
            });
        }
        for (name, expression) in &self.capture {
            let Some(value) = expression.evaluate(exchange) else {
                return Err(Failed {
                    message: format!(
                        "`{name}` is not in the answer {}: {}",
                        received.status,
                        excerpt(&received.body)
                    ),
                });
            };
            values.set(name.clone(), value);
        }
        let broken: Vec<_> = self
            .assertions
            .iter()
            .filter_map(|assertion| {
                let problem = assertion.broken(exchange, values)?;
                Some(format!("{}: {problem}", assertion.place))
            })
            .collect();
        if broken.is_empty() {
            Ok(())
        } else {
            Err(Failed {
                message: broken.join("\n"),
            })
        }
    }
}

/// Fills values one after another; each may name those before it.
///
/// # Errors
/// The value that is missing.
pub fn fill(templates: &IndexMap<String, Template>, values: &mut Values) -> Result<(), String> {
    for (name, template) in templates {
        let value = template.fill(values)?;
        values.set(name.clone(), value);
    }
    Ok(())
}

/// The example of a body that fits, of the media type before others.
fn example(
    operation: &Arc<Operation>,
    media_type: &str,
    fits: impl Fn(&Example) -> bool,
) -> Option<Value> {
    let body = operation.body.as_ref()?;
    let preferred = body.media.get(media_type).into_iter();
    preferred
        .chain(body.media.values())
        .flat_map(|media| &media.examples)
        .find(|example| fits(example))
        .map(|example| example.value.clone())
}

fn put_example(case: &mut Case, parameter: &Parameter) {
    // A key that was used before means a repetition.
    if case.operation.is_key(parameter) {
        put(case, parameter.location, &parameter.name, unique());
    } else if let Some(example) = parameter.examples.first() {
        let text = text_of(&example.value);
        put(case, parameter.location, &parameter.name, text);
    }
}

fn put(case: &mut Case, location: Location, name: &str, value: String) {
    match location {
        Location::Path => {
            case.path.insert(name.to_owned(), value);
        }
        Location::Query => case.query.push((name.to_owned(), value)),
        Location::Header => case.set_header(name, value),
        Location::Cookie | Location::Body => case.cookies.push((name.to_owned(), value)),
    }
}

fn bytes(value: &Value) -> Content {
    Content::Bytes(Bytes::from(text_of(value)))
}

/// The beginning of a body, for messages.
fn excerpt(body: &Bytes) -> String {
    let text = String::from_utf8_lossy(body);
    let short: String = text.chars().take(300).collect();
    if short.len() < text.len() {
        format!("{short}…")
    } else {
        short
    }
}
