//! The query of a request, decoded once.

use std::borrow::Cow;

use percent_encoding::percent_decode;

use crate::{In, Violations};

/// The decoded query. Pairs that cannot be decoded are kept apart.
#[derive(Debug, Default)]
pub(crate) struct Query {
    pairs: Vec<(String, String)>,
    broken: Vec<(String, &'static str)>,
}

impl Query {
    /// Decodes what stands behind the question mark.
    pub(crate) fn read(raw: Option<&str>) -> Self {
        let mut query = Self::default();
        for part in raw
            .unwrap_or_default()
            .split('&')
            .filter(|part| !part.is_empty())
        {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            match (decoded(name), decoded(value)) {
                (Ok(name), Ok(value)) => query.pairs.push((name, value)),
                (Ok(name), Err(problem)) => query.broken.push((name, problem)),
                (Err(problem), _) => query.broken.push((name.to_owned(), problem)),
            }
        }
        query
    }

    /// The pairs in their order.
    pub(crate) fn pairs(&self) -> &[(String, String)] {
        &self.pairs
    }

    /// Every value of a parameter.
    pub(crate) fn values<'q>(&'q self, name: &'q str) -> impl Iterator<Item = &'q str> {
        self.pairs
            .iter()
            .filter(move |(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// Whether a value of the parameter could not be decoded.
    pub(crate) fn is_broken(&self, name: &str) -> bool {
        self.broken.iter().any(|(key, _)| key == name)
    }

    /// Notes what could not be decoded.
    pub(crate) fn note_broken(&self, out: &mut Violations) {
        for (name, problem) in &self.broken {
            out.at_parameter(In::Query, name, |out| out.invalid_format(problem));
        }
    }

    /// The names that are there, each once.
    pub(crate) fn names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        for (name, _) in &self.pairs {
            // A query that asks for a thousand different names must not cost a million comparisons.
            if names.len() > crate::MOST_DETAILS {
                break;
            }
            if !names.contains(&name.as_str()) {
                names.push(name);
            }
        }
        names
    }
}

/// Decodes `application/x-www-form-urlencoded` text, strictly: a percent sign that starts no byte,
/// and bytes that are no UTF-8, are refused and not repaired.
fn decoded(text: &str) -> Result<String, &'static str> {
    let spaced: Cow<'_, str> = if text.contains('+') {
        text.replace('+', " ").into()
    } else {
        text.into()
    };
    if !spaced.contains('%') {
        return Ok(spaced.into_owned());
    }
    if !escapes_are_whole(spaced.as_bytes()) {
        return Err("Invalid percent-encoding");
    }
    match percent_decode(spaced.as_bytes()).decode_utf8() {
        Ok(text) => Ok(text.into_owned()),
        Err(_) => Err("Invalid UTF-8"),
    }
}

fn escapes_are_whole(mut bytes: &[u8]) -> bool {
    loop {
        bytes = match bytes {
            [] => return true,
            [b'%', first, second, rest @ ..]
                if first.is_ascii_hexdigit() && second.is_ascii_hexdigit() =>
            {
                rest
            }
            [b'%', ..] => return false,
            [_, rest @ ..] => rest,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_decoded() {
        let query = Query::read(Some("a=1&&b=%C3%A4+%2B&a=&flag"));
        let expected = [("a", "1"), ("b", "ä +"), ("a", ""), ("flag", "")];
        assert_eq!(
            query
                .pairs()
                .iter()
                .map(|(n, v)| (n.as_str(), v.as_str()))
                .collect::<Vec<_>>(),
            expected
        );
        assert_eq!(query.names(), ["a", "b", "flag"]);
        assert_eq!(query.values("a").collect::<Vec<_>>(), ["1", ""]);
        assert!(Query::read(None).pairs().is_empty());
    }

    #[test]
    fn what_cannot_be_decoded_is_noted_under_its_name() {
        let query = Query::read(Some("a=%zz&b=%ff&c=1&%=2"));
        let mut out = Violations::new();
        query.note_broken(&mut out);
        let found: Vec<_> = out
            .details()
            .iter()
            .map(|d| (d.field.as_str(), d.message.as_str()))
            .collect();
        assert_eq!(
            found,
            [
                ("a", "Invalid percent-encoding"),
                ("b", "Invalid UTF-8"),
                ("%", "Invalid percent-encoding")
            ]
        );
        assert!(query.is_broken("a") && !query.is_broken("c"));
    }
}
