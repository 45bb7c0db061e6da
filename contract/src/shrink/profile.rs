//! What a case is, whatever its size: which parts keep to the document, and how the others break it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::{
    api::{Location, Media, Parameter},
    case::{Case, Content},
    generate::body::Kind,
};

/// The essence of a case.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Profile {
    body: Body,
    /// The keywords that each parameter that is sent breaks.
    sent: BTreeMap<(Location, String), BTreeSet<String>>,
    /// Required parameters that are not sent.
    missing: BTreeSet<(Location, String)>,
}

#[derive(Debug, PartialEq, Eq)]
enum Body {
    Missing,
    /// The keywords that it breaks.
    Broken(String, BTreeSet<String>),
    /// Nobody here can read it.
    Unread(String),
}

impl Profile {
    pub(super) fn of(case: &Case) -> Self {
        let mut sent = BTreeMap::new();
        let mut missing = BTreeSet::new();
        for parameter in &case.operation.parameters {
            let key = (parameter.location, parameter.name.clone());
            match texts(case, parameter).as_slice() {
                [] if parameter.is_required => {
                    missing.insert(key);
                }
                [] => {}
                texts => {
                    let broken = texts.iter().flat_map(|text| broken(parameter, text));
                    sent.insert(key, broken.collect());
                }
            }
        }
        Self {
            body: body(case),
            sent,
            missing,
        }
    }

    /// Whether another case is the same in essence. Optional parameters may be gone, an optional body, too.
    pub(super) fn is_kept_by(&self, case: &Case) -> bool {
        let other = Self::of(case);
        let is_optional = case
            .operation
            .body
            .as_ref()
            .is_none_or(|body| !body.is_required);
        let is_valid = matches!(&self.body, Body::Broken(_, broken) if broken.is_empty());
        let is_body_kept =
            self.body == other.body || (other.body == Body::Missing && is_optional && is_valid);
        let is_sent_kept = other
            .sent
            .iter()
            .all(|(key, broken)| self.sent.get(key) == Some(broken));
        let are_deviations_kept = self
            .sent
            .iter()
            .all(|(key, broken)| broken.is_empty() || other.sent.contains_key(key));
        is_body_kept && is_sent_kept && are_deviations_kept && self.missing == other.missing
    }
}

pub(super) fn texts<'c>(case: &'c Case, parameter: &Parameter) -> Vec<&'c str> {
    let name = parameter.name.as_str();
    let of = |pairs: &'c [(String, String)]| {
        let named = pairs.iter().filter(|(known, _)| known == name);
        named.map(|(_, text)| text.as_str()).collect()
    };
    match parameter.location {
        Location::Path => case
            .path
            .get(name)
            .map(String::as_str)
            .into_iter()
            .collect(),
        Location::Query => of(&case.query),
        Location::Header => case.header(name).into_iter().collect(),
        Location::Cookie | Location::Body => of(&case.cookies),
    }
}

/// The keywords that a text breaks, read as what comes nearest to the schema. Lists and objects are taken as they are:
/// only whole ones are left out.
fn broken(parameter: &Parameter, text: &str) -> BTreeSet<String> {
    let readings = [
        Some(Value::String(text.to_owned())),
        serde_json::from_str(text).ok(),
    ];
    let sets = readings.into_iter().flatten().map(|reading| {
        let broken = parameter.schema.violations(&reading).unwrap_or_default();
        let keywords = broken.into_iter().map(|violation| violation.keyword);
        keywords.collect::<BTreeSet<_>>()
    });
    let nearest = sets.min_by_key(|broken| (broken.contains("type"), broken.len()));
    nearest.unwrap_or_default()
}

fn body(case: &Case) -> Body {
    let Some(payload) = &case.body else {
        return Body::Missing;
    };
    let media_type = payload.media_type.clone();
    let declared = case.operation.body.as_ref();
    let media = declared.and_then(|body| body.media.get(&media_type));
    let schema = media.and_then(|media| media.schema.as_ref());
    let value = match &payload.content {
        Content::Json(value) => Some(value.clone()),
        Content::Bytes(bytes) if Media::is_json(&media_type) => serde_json::from_slice(bytes).ok(),
        Content::Bytes(bytes) if Kind::of(&media_type) == Some(Kind::Text) => {
            Some(Value::String(String::from_utf8_lossy(bytes).into_owned()))
        }
        Content::Bytes(_) => None,
    };
    match (schema, value) {
        (Some(schema), Some(value)) => {
            let broken = schema.violations(&value).unwrap_or_default();
            let keywords = broken.into_iter().map(|violation| violation.keyword);
            Body::Broken(media_type, keywords.collect())
        }
        _ => Body::Unread(media_type),
    }
}
