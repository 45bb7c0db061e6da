//! Credentials that are missing, garbled, altered, or sent as another scheme than theirs.

use std::sync::Arc;

use base64::{Engine as _, prelude::BASE64_STANDARD};
use indexmap::IndexSet;

use super::{allowed, token};
use crate::{
    api::{Location, Operation, Scheme},
    case::{Case, Credentials, Expectation},
    phases::positive::{self, Given},
    run::{Run, Stop},
};

use super::PHASE;

/// A secret that nobody has.
const GARBLED: &str = "not-a-secret-that-anybody-was-given";

/// Sends everything that must not let a caller in.
pub(super) async fn at_secured(run: &Run, operation: &Arc<Operation>) -> Result<(), Stop> {
    let Some(case) = allowed(run, operation, None).await? else {
        return Ok(());
    };
    for (defect, credentials, headers) in defects(run, operation, &case.credentials) {
        let mut case = again(run, &case);
        case.credentials = credentials;
        for (name, value) in headers {
            case.set_header(&name, value);
        }
        case.origin.description = format!("Credentials: {defect}");
        "forged_credentials".clone_into(&mut case.origin.scenario);
        case.origin.expectation = Some(Expectation::Unauthenticated { defect });
        run.send(case).await?;
    }
    Ok(())
}

/// Nobody asks for credentials here: wrong ones must not break anything.
pub(super) async fn at_public(run: &Run, operation: &Arc<Operation>) -> Result<(), Stop> {
    let Some(case) = positive::usual(run, operation, PHASE, &Given::new()) else {
        return Ok(());
    };
    for (name, scheme) in &run.api.schemes {
        if matches!(scheme, Scheme::Certificate) {
            continue;
        }
        let mut case = again(run, &case);
        case.credentials = Credentials::Forged {
            scheme: name.clone(),
            secret: garbled(scheme),
        };
        case.origin.description = format!("Wrong credentials ({name}) where none are asked for");
        run.send(case).await?;
    }
    Ok(())
}

/// The same request under an id of its own.
pub(super) fn again(run: &Run, case: &Case) -> Case {
    let mut case = case.clone();
    case.id = run.case_id();
    case
}

/// What is wrong with credentials, and how they are sent.
type Defect = (String, Credentials, Vec<(String, String)>);

#[derive(Default)]
struct Defects(Vec<Defect>);

impl Defects {
    fn forge(&mut self, defect: String, scheme: &str, secret: String) {
        let scheme = scheme.to_owned();
        let forged = Credentials::Forged { scheme, secret };
        self.0.push((defect, forged, Vec::new()));
    }

    fn write(&mut self, defect: String, header: String, value: String) {
        self.0
            .push((defect, Credentials::Own, vec![(header, value)]));
    }
}

fn defects(run: &Run, operation: &Arc<Operation>, right: &Credentials) -> Vec<Defect> {
    let mut defects = Defects::default();
    let nobody = "no credentials".to_owned();
    defects.0.push((nobody, Credentials::None, Vec::new()));
    let taken = schemes_of(operation);
    for name in &taken {
        let Some(scheme) = run.api.schemes.get(*name) else {
            continue;
        };
        if matches!(scheme, Scheme::Certificate) {
            continue;
        }
        let defect = format!("garbled credentials ({name})");
        defects.forge(defect, name, garbled(scheme));
        if let Some(secret) = secret(run, operation, right, name) {
            of_secret(run, &mut defects, &taken, (name, scheme), &secret);
        }
    }
    defects.0
}

/// What can be made of a secret that holds.
fn of_secret(
    run: &Run,
    defects: &mut Defects,
    taken: &IndexSet<&str>,
    (name, scheme): (&str, &Scheme),
    secret: &str,
) {
    let defect = format!("credentials with a character changed ({name})");
    defects.forge(defect, name, changed(secret));
    for (defect, altered) in token::altered(secret) {
        defects.forge(defect.to_owned(), name, altered);
    }
    for (other, known) in &run.api.schemes {
        // Two schemes that are written alike are one to the server.
        let is_alike = known.write("") == scheme.write("");
        if !is_alike && !matches!(known, Scheme::Certificate) {
            let defect = format!("credentials of {name} sent as {other}");
            defects.forge(defect, other, secret.to_owned());
        }
    }
    let Some((Location::Header, header, value)) = scheme.write(secret) else {
        return;
    };
    let Some((word, rest)) = value.split_once(' ').filter(|_| header == "Authorization") else {
        return;
    };
    let words: Vec<String> = taken
        .iter()
        .filter_map(|name| run.api.schemes.get(*name)?.write(""))
        .map(|(_, _, text)| text.trim().to_ascii_lowercase())
        .collect();
    for wrong in ["Basic", "Bearer", "Token"] {
        if !wrong.eq_ignore_ascii_case(word) && !words.contains(&wrong.to_ascii_lowercase()) {
            let defect = format!("`{wrong}` in the place of `{word}`");
            defects.write(defect, header.clone(), format!("{wrong} {rest}"));
        }
    }
}

/// A secret of a scheme that holds: of whoever calls the operation, else of anybody.
fn secret(run: &Run, operation: &Operation, right: &Credentials, scheme: &str) -> Option<String> {
    let principals = &run.principals;
    let schemes = &run.api.schemes;
    let caller = principals.caller(operation, right, schemes);
    let caller = caller.map(|(name, _)| name).into_iter();
    let known = principals.known.iter();
    let may = known
        .clone()
        .filter(|(_, known)| known.may(operation, schemes));
    let others = may.chain(known).map(|(name, _)| name.as_str());
    caller
        .chain(others)
        .find_map(|caller| principals.secret(caller, scheme))
}

/// The schemes that an operation takes.
pub(super) fn schemes_of(operation: &Operation) -> IndexSet<&str> {
    let alternatives = operation.security.iter();
    let named = alternatives.flat_map(|alternative| &alternative.schemes);
    named.map(|(name, _)| name.as_str()).collect()
}

fn garbled(scheme: &Scheme) -> String {
    match scheme {
        Scheme::Http(word) if word == "basic" => {
            BASE64_STANDARD.encode(format!("nobody:{GARBLED}"))
        }
        _ => GARBLED.to_owned(),
    }
}

/// A secret with the character in its middle changed: the last one may not count.
fn changed(secret: &str) -> String {
    let middle = secret.chars().count() / 2;
    let letters = secret.chars().enumerate();
    letters
        .map(|(index, letter)| match letter {
            'a' if index == middle => 'b',
            _ if index == middle => 'a',
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_secret_is_another_one_of_the_same_length() {
        for secret in ["a", "token", "aaaa", "é"] {
            let other = changed(secret);
            assert_ne!(other, secret);
            assert_eq!(other.chars().count(), secret.chars().count());
        }
    }
}
