//! The extensions of an operation: rate limit, idempotency, cache, body limit, timeout.

use std::time::Duration;

use super::Lowering;
use crate::diagnostics::{Diagnostic, codes};
use crate::ir::{
    Cache, DEFAULT_BODY_LIMIT_BYTES, DEFAULT_TIMEOUT, Idempotency, Method, Parameter, Presence,
};
use crate::tree::{Node, Value};

impl<'d> Lowering<'d> {
    /// `x-rate-limit`: the name of a tier.
    pub(super) fn rate_limit(&self, operation: &'d Node) -> Option<String> {
        let node = operation.get("x-rate-limit")?;
        let valid = |text: &str| {
            text.starts_with(|first: char| first.is_ascii_lowercase())
                && text.bytes().all(|byte| {
                    byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-_".contains(&byte)
                })
        };
        let tier = node.as_str().filter(|text| valid(text));
        if tier.is_none() {
            self.wrong(
                codes::INVALID_VALUE,
                node,
                "x-rate-limit",
                "the name of a tier in small letters",
            );
        }
        tier.map(str::to_owned)
    }

    /// `x-idempotency`, and whether the header that it means is declared accordingly.
    pub(super) fn idempotency(
        &self,
        operation: &'d Node,
        method: Method,
        headers: &[Parameter],
    ) -> Option<Idempotency> {
        let declared = headers
            .iter()
            .find(|header| header.wire.eq_ignore_ascii_case("idempotency-key"));
        let Some(node) = operation.get("x-idempotency") else {
            if let Some(header) = declared {
                self.report(
                    self.diagnostic_at(
                        codes::EXTENSION_CONFLICT,
                        &header.place,
                        "`Idempotency-Key` is declared, but the operation has no `x-idempotency`",
                    )
                    .note("the key would be read and nothing would follow from it")
                    .help("add `x-idempotency: required` or `optional`, or remove the header"),
                );
            }
            return None;
        };
        let kind = match node.as_str() {
            Some("required") => Idempotency::Required,
            Some("optional") => Idempotency::Optional,
            _ => {
                self.wrong(
                    codes::INVALID_VALUE,
                    node,
                    "x-idempotency",
                    "required or optional",
                );
                return None;
            }
        };
        if matches!(
            method,
            Method::Get | Method::Head | Method::Options | Method::Trace
        ) {
            self.report(
                Diagnostic::at(
                    codes::EXTENSION_CONFLICT,
                    node,
                    format!("`x-idempotency` on {}", method.as_str()),
                )
                .note("this method changes nothing")
                .help("remove it"),
            );
        }
        let required = declared.map(|header| header.presence == Presence::Required);
        let wanted = kind == Idempotency::Required;
        if required != Some(wanted) {
            self.report(
                Diagnostic::at(
                    codes::EXTENSION_CONFLICT,
                    node,
                    "`x-idempotency` and the declared header `Idempotency-Key` differ",
                )
                .label(if required.is_none() {
                    "the header is not declared"
                } else {
                    "the header says otherwise"
                })
                .note("clients read the header's declaration")
                .help(format!(
                    "declare the header parameter `Idempotency-Key` with `required: {wanted}`"
                )),
            );
        }
        Some(kind)
    }

    /// `x-cache`.
    pub(super) fn cache(&self, operation: &'d Node, method: Method) -> Option<Cache> {
        let node = operation.get("x-cache")?;
        let help = "write `{public: true, maxAge: 60}` (seconds) or `{noStore: true}`";
        let bad = |node: &Node, message: String| {
            self.report(Diagnostic::at(codes::INVALID_VALUE, node, message).help(help));
        };
        let Some(object) = node.as_object() else {
            bad(node, "`x-cache` must be an object".to_owned());
            return None;
        };
        for (key, member) in object
            .iter()
            .filter(|(key, _)| !["public", "maxAge", "noStore"].contains(&key.as_str()))
        {
            bad(&member.node, format!("`x-cache` has no key `{key}`"));
        }
        let flag = |key: &str| {
            object
                .get(key)
                .and_then(|member| self.flag(Some(&member.node)))
                .is_some()
        };
        if flag("noStore") {
            if object.len() > 1 {
                bad(node, "`noStore` stands alone".to_owned());
            }
            return Some(Cache::NoStore);
        }
        let seconds = match object.get("maxAge").map(|member| &member.node.value) {
            Some(Value::Number(number)) => number
                .as_i64()
                .and_then(|seconds| u64::try_from(seconds).ok())
                .filter(|seconds| *seconds > 0),
            _ => None,
        };
        let Some(seconds) = seconds else {
            bad(
                node,
                "`x-cache` needs `maxAge`, in whole seconds".to_owned(),
            );
            return None;
        };
        if method != Method::Get {
            self.report(
                Diagnostic::at(
                    codes::EXTENSION_CONFLICT,
                    node,
                    format!("`x-cache` with `maxAge` on {}", method.as_str()),
                )
                .note("only answers to GET are cached")
                .help("remove it"),
            );
        }
        Some(Cache::Store {
            public: flag("public"),
            max_age: Duration::from_secs(seconds),
        })
    }

    /// `x-body-limit`: bytes, or a text with a unit.
    pub(super) fn body_limit(&self, operation: &'d Node, has_body: bool) -> u64 {
        let Some(node) = operation.get("x-body-limit") else {
            return DEFAULT_BODY_LIMIT_BYTES;
        };
        if !has_body {
            self.report(
                Diagnostic::at(
                    codes::EXTENSION_CONFLICT,
                    node,
                    "`x-body-limit` on an operation without a request body",
                )
                .help("remove it"),
            );
        }
        let units = [
            ("KiB", 1024),
            ("MiB", 1024 * 1024),
            ("GiB", 1024 * 1024 * 1024),
            ("B", 1),
        ];
        let bytes = match &node.value {
            Value::Number(number) => number.as_i64().and_then(|bytes| u64::try_from(bytes).ok()),
            Value::String(text) => with_unit(text, &units),
            _ => None,
        };
        bytes.filter(|bytes| *bytes > 0).unwrap_or_else(|| {
            self.wrong(
                codes::INVALID_VALUE,
                node,
                "x-body-limit",
                "a number of bytes, or a size such as 256KiB or 1MiB",
            );
            DEFAULT_BODY_LIMIT_BYTES
        })
    }

    /// `x-timeout`: seconds, or a text with a unit.
    pub(super) fn timeout(&self, operation: &'d Node) -> Duration {
        let Some(node) = operation.get("x-timeout") else {
            return DEFAULT_TIMEOUT;
        };
        let units = [("ms", 1), ("s", 1_000), ("m", 60_000)];
        let millis = match &node.value {
            Value::Number(number) => number
                .as_i64()
                .and_then(|seconds| u64::try_from(seconds).ok()?.checked_mul(1_000)),
            Value::String(text) => with_unit(text, &units),
            _ => None,
        };
        millis.filter(|millis| *millis > 0).map_or_else(
            || {
                self.wrong(
                    codes::INVALID_VALUE,
                    node,
                    "x-timeout",
                    "a number of seconds, or a time such as 30s or 500ms",
                );
                DEFAULT_TIMEOUT
            },
            Duration::from_millis,
        )
    }
}

fn with_unit(text: &str, units: &[(&str, u64)]) -> Option<u64> {
    let (digits, factor) = units
        .iter()
        .find_map(|(unit, factor)| Some((text.strip_suffix(unit)?, factor)))?;
    let digits = digits.trim_end();
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    digits.parse::<u64>().ok()?.checked_mul(*factor)
}
