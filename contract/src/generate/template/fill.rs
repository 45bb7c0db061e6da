//! From the usual request and a variation to a case.

use serde_json::Value;

use super::{Template, Variation};
use crate::{
    api::{Location, Parameter},
    case::{Case, Mode},
    generate::wire::{self, Pairs},
};

impl Template<'_> {
    /// Puts the usual request with a variation's changes into an empty case. `salt` tells cases apart.
    pub fn fill(&self, case: &mut Case, variation: &Variation, salt: &str) {
        if let Some(method) = &variation.method {
            case.method.clone_from(method);
        }
        for parameter in &self.operation.parameters {
            let is_this = |location: &Location, name: &String| {
                *location == parameter.location && *name == parameter.name
            };
            if variation
                .without
                .iter()
                .any(|(location, name)| is_this(location, name))
            {
                continue;
            }
            let set = variation
                .set
                .iter()
                .find(|(location, name, _)| is_this(location, name));
            let pairs = match set {
                Some((.., pairs)) => Some(pairs.clone()),
                None => self.pairs(parameter, salt),
            };
            for (name, text) in pairs.into_iter().flatten() {
                put(case, parameter, name, text);
            }
        }
        for (name, value) in &variation.headers {
            case.set_header(name, value.clone());
        }
        case.query.extend(variation.query.iter().cloned());
        // An undeclared method says nothing about bodies.
        let usual = self.body.clone().filter(|_| variation.method.is_none());
        case.body = variation.body.clone().unwrap_or(usual);
        self.renew(case, variation, salt);
        variation.describe(case, self.operation);
    }

    /// The texts of a parameter that is always sent.
    fn pairs(&self, parameter: &Parameter, salt: &str) -> Option<Pairs> {
        let usual = self
            .usual
            .get(&(parameter.location, parameter.name.as_str()))?;
        if self.configured(parameter).is_some() {
            return Some(usual.clone());
        }
        if self.is_key(parameter) {
            let key = self.key(parameter, usual.first().map_or("", |(_, text)| text), salt);
            return Some(vec![(parameter.name.clone(), key)]);
        }
        let known = self.context.pool.value_for(self.operation, parameter);
        let known = known.filter(|text| wire::is_carried(parameter.location, text, Mode::Positive));
        known
            .and_then(|text| wire::write(parameter, &Value::String(text)))
            .or_else(|| Some(usual.clone()))
    }
}

/// Writes a pair where its parameter travels.
pub fn put(case: &mut Case, parameter: &Parameter, name: String, text: String) {
    match parameter.location {
        Location::Path => {
            case.path.insert(name, text);
        }
        Location::Query => case.query.push((name, text)),
        Location::Header => case.headers.push((name, text)),
        Location::Cookie | Location::Body => case.cookies.push((name, text)),
    }
}
