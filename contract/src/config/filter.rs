//! Which operations are meant: by name, path, method, tag or id; exact or by a regular expression.

use regex::Regex;

use crate::api::Operation;

/// Lets operations through. Empty: all of them.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// All of one group must fit; without groups everything fits.
    pub include: Vec<Vec<Condition>>,
    /// One group that fits keeps an operation out.
    pub exclude: Vec<Vec<Condition>>,
}

/// What must hold of an operation.
#[derive(Debug, Clone)]
pub struct Condition {
    /// The part of the operation.
    pub part: Part,
    /// What it must be.
    pub wanted: Wanted,
}

/// A part of an operation to select by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// `GET /orders`.
    Name,
    /// The template.
    Path,
    /// The method.
    Method,
    /// One of the tags.
    Tag,
    /// The `operationId`.
    OperationId,
}

/// What a part must be.
#[derive(Debug, Clone)]
pub enum Wanted {
    /// One of these texts.
    OneOf(Vec<String>),
    /// A text in which this is found.
    Matching(Regex),
}

impl Filter {
    /// Whether an operation is meant.
    #[must_use]
    pub fn lets_through(&self, operation: &Operation) -> bool {
        let fits =
            |group: &Vec<Condition>| group.iter().all(|condition| condition.holds(operation));
        let is_in = self.include.is_empty() || self.include.iter().any(fits);
        is_in && !self.exclude.iter().any(fits)
    }
}

impl Condition {
    /// Reads `path=/orders` or `tag~=^admin`.
    ///
    /// # Errors
    /// What is wrong with the text.
    pub fn parse(text: &str) -> Result<Self, String> {
        let parts = Part::ALL.map(|(_, name)| name).join(", ");
        let (name, wanted) = text
            .split_once('=')
            .ok_or_else(|| format!("write it like `path=/orders`; the parts are {parts}"))?;
        let (name, is_pattern) = match name.strip_suffix('~') {
            Some(name) => (name, true),
            None => (name, false),
        };
        let (part, _) = Part::ALL
            .into_iter()
            .find(|(_, known)| *known == name)
            .ok_or_else(|| format!("`{name}` is no part of an operation; the parts are {parts}"))?;
        let wanted = if is_pattern {
            Wanted::Matching(Regex::new(wanted).map_err(|error| error.to_string())?)
        } else {
            Wanted::OneOf(vec![wanted.to_owned()])
        };
        Ok(Self { part, wanted })
    }

    fn holds(&self, operation: &Operation) -> bool {
        match self.part {
            Part::Name => self.wanted.holds(&operation.label),
            Part::Path => self.wanted.holds(&operation.path),
            Part::Method => self.wanted.holds(&operation.method),
            Part::Tag => operation.tags.iter().any(|tag| self.wanted.holds(tag)),
            Part::OperationId => operation
                .id
                .as_ref()
                .is_some_and(|id| self.wanted.holds(id)),
        }
    }
}

impl Wanted {
    fn holds(&self, text: &str) -> bool {
        match self {
            Self::OneOf(texts) => texts.iter().any(|wanted| wanted.eq_ignore_ascii_case(text)),
            Self::Matching(pattern) => pattern.is_match(text),
        }
    }
}

impl Part {
    /// Every part with its name in configuration and on the command line.
    pub const ALL: [(Self, &'static str); 5] = [
        (Self::Name, "name"),
        (Self::Path, "path"),
        (Self::Method, "method"),
        (Self::Tag, "tag"),
        (Self::OperationId, "operation-id"),
    ];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_condition_is_read_from_the_command_line() {
        let exact = Condition::parse("path=/orders?a=b").unwrap();
        assert!(matches!(exact.wanted, Wanted::OneOf(texts) if texts == ["/orders?a=b"]));
        let pattern = Condition::parse("operation-id~=^list").unwrap();
        assert_eq!(pattern.part, Part::OperationId);
        assert!(pattern.wanted.holds("listOrders"));
        assert!(
            Condition::parse("colour=red")
                .unwrap_err()
                .contains("operation-id")
        );
    }
}
