//! What an input is worth as a whole: the request, or the one failure that names everything.

use crate::conditional::{IfMatch, Malformed};
use crate::{Failure, In, Input, Violations, code};

impl Input<'_> {
    /// What the request as a whole is worth: the value, or the one answer that names everything.
    pub(crate) fn judge<T>(mut self, value: Option<T>) -> Result<(T, Option<IfMatch>), Failure> {
        let if_match = self.if_match();
        if let Some(code) = self.not_found {
            return Err(Failure::new(code, not_found_message(code)));
        }
        if let Some(malformed) = self.malformed {
            return Err(Failure::new(code::MALFORMED_JSON, malformed.to_string())
                .with_details(self.out.into_details()));
        }
        if self.key_missing && self.out.count() == 1 {
            return Err(Failure::new(
                code::IDEMPOTENCY_KEY_MISSING,
                "This operation needs an Idempotency-Key header",
            )
            .with_details(self.out.into_details()));
        }
        if !self.out.is_empty() {
            return Err(invalid(self.out));
        }
        value
            .map(|value| (value, if_match))
            .ok_or_else(|| Failure::internal("generated code gave no value and no violation"))
    }

    fn if_match(&mut self) -> Option<IfMatch> {
        let read = IfMatch::read(self.request.headers());
        let declared = |name: &str| {
            self.spec
                .parameters
                .iter()
                .any(|parameter| parameter.name.eq_ignore_ascii_case(name))
        };
        if read == Err(Malformed) && declared("If-Match") && !self.is_noted("If-Match") {
            self.out.at_parameter(In::Header, "If-Match", |out| {
                out.invalid_format("Must be * or a list of entity tags");
            });
        }
        read.ok().flatten()
    }
}

/// The failure that lists violations. The message says which part of the request is meant.
pub(crate) fn invalid(out: Violations) -> Failure {
    let mut in_body = out
        .details()
        .iter()
        .map(|detail| detail.location == Some(In::Body));
    let message = match (in_body.clone().all(|is| is), in_body.any(|is| is)) {
        (true, _) => "Invalid request body",
        (false, true) => "Invalid request",
        (false, false) => "Invalid request parameters",
    };
    Failure::new(code::VALIDATION_ERROR, message).with_details(out.into_details())
}

/// "Order not found" for `ORDER_NOT_FOUND`.
fn not_found_message(code: &str) -> String {
    let words = code.replace('_', " ").to_ascii_lowercase();
    let mut characters = words.chars();
    characters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(characters).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_read_as_sentences() {
        assert_eq!(not_found_message("API_KEY_NOT_FOUND"), "Api key not found");
    }
}
