//! Texts: length, pattern, format; and values that are written as text.

use std::marker::PhantomData;
use std::sync::OnceLock;

use regex::Regex;

use super::{Rule, TextRule};
use crate::formats::Format;
use crate::{FromText, Node, Reason, Violations};

/// How many patterns a text may have; only `allOf` brings more than one.
const MOST_PATTERNS: usize = 4;

/// A string.
#[derive(Debug, Clone, Copy)]
pub struct Text {
    min: usize,
    max: usize,
    patterns: [Option<&'static Pattern>; MOST_PATTERNS],
    pattern_count: usize,
    format: Option<Format>,
}

impl Text {
    /// Any text without NUL: databases and C libraries cut it there.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            min: 0,
            max: usize::MAX,
            patterns: [None; MOST_PATTERNS],
            pattern_count: 0,
            format: None,
        }
    }

    /// Bounds of the length, in Unicode scalar values, as JSON Schema counts.
    #[must_use]
    pub const fn length(mut self, min: usize, max: usize) -> Self {
        self.min = min;
        self.max = max;
        self
    }

    /// A pattern that must match somewhere, beside those given before.
    #[must_use]
    #[expect(
        clippy::indexing_slicing,
        reason = "rules are statics: one pattern too many does not compile"
    )]
    pub const fn pattern(mut self, pattern: &'static Pattern) -> Self {
        self.patterns[self.pattern_count] = Some(pattern);
        self.pattern_count += 1;
        self
    }

    /// A format.
    #[must_use]
    pub const fn format(mut self, format: Format) -> Self {
        self.format = Some(format);
        self
    }

    fn keeps(&self, text: &str) -> bool {
        self.length_of(text) == Length::Fits
            && self
                .patterns
                .iter()
                .flatten()
                .all(|pattern| pattern.matches(text))
            && self.format.is_none_or(|format| format.matches(text))
    }

    fn length_of(&self, text: &str) -> Length {
        // A scalar value has one to four bytes, so that most texts need no counting.
        let bytes = text.len();
        if bytes <= self.max && bytes / 4 >= self.min {
            return Length::Fits;
        }
        let characters = text.chars().count();
        if characters < self.min {
            Length::Short
        } else if characters > self.max {
            Length::Long
        } else {
            Length::Fits
        }
    }

    /// Notes everything that is wrong; the text, if nothing is.
    fn judge<'t>(&self, text: &'t str, out: &mut Violations) -> Option<&'t str> {
        let before = out.count();
        match self.length_of(text) {
            Length::Fits => {}
            Length::Short => out.add(
                Reason::TooShort,
                format!("Must have at least {}", characters(self.min)),
            ),
            Length::Long => out.add(
                Reason::TooLong,
                format!("Must have at most {}", characters(self.max)),
            ),
        }
        if memchr::memchr(0, text.as_bytes()).is_some() {
            out.invalid_format("Must not contain NUL");
            return None;
        }
        for pattern in self
            .patterns
            .iter()
            .flatten()
            .filter(|pattern| !pattern.matches(text))
        {
            out.add(
                Reason::PatternMismatch,
                format!("Must match {}", pattern.source),
            );
        }
        if let Some(format) = self.format.filter(|format| !format.matches(text)) {
            out.invalid_format(format.message());
        }
        (out.count() == before).then_some(text)
    }
}

impl Default for Text {
    fn default() -> Self {
        Self::new()
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Length {
    Fits,
    Short,
    Long,
}

fn characters(count: usize) -> String {
    if count == 1 {
        "1 character".to_owned()
    } else {
        format!("{count} characters")
    }
}

impl Rule for Text {
    type Value = String;

    fn node(&self, node: &Node<'_>, out: &mut Violations) -> Option<String> {
        let Node::Text(text) = node else {
            out.invalid_type("a string");
            return None;
        };
        self.judge(text, out).map(str::to_owned)
    }

    /// NUL is not looked for here: [`crate::body::fast`] looks for it once in the whole body.
    fn holds(&self, value: &String) -> bool {
        self.keeps(value)
    }
}

impl TextRule for Text {
    fn text(&self, text: &str, out: &mut Violations) -> Option<String> {
        self.judge(text, out).map(str::to_owned)
    }
}

/// A regular expression of the document, compiled when it is first needed and then kept.
#[derive(Debug)]
pub struct Pattern {
    source: &'static str,
    compiled: OnceLock<Option<Regex>>,
}

impl Pattern {
    /// The pattern in the words of the `regex` crate. The generator has given it the meaning that
    /// it has in the document (ECMA 262).
    #[must_use]
    pub const fn new(source: &'static str) -> Self {
        Self {
            source,
            compiled: OnceLock::new(),
        }
    }

    /// Whether the pattern matches somewhere. The generator has compiled every pattern already; one
    /// that does not compile here matches nothing, and the log says so once.
    #[must_use]
    pub fn matches(&self, text: &str) -> bool {
        let compiled = self.compiled.get_or_init(|| {
            let regex = Regex::new(self.source);
            if let Err(error) = &regex {
                tracing::error!(pattern = self.source, error = %error, "a pattern of the document does not compile");
            }
            regex.ok()
        });
        compiled.as_ref().is_some_and(|regex| regex.is_match(text))
    }
}

/// A value that is written as text: an enum, a UUID, a point in time.
#[derive(Debug)]
pub struct Parsed<T> {
    written: Option<Text>,
    of: PhantomData<fn() -> T>,
}

impl<T> Parsed<T> {
    /// Any value of the type.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            written: None,
            of: PhantomData,
        }
    }

    /// What the text must satisfy beside being one of the type's: its length, its patterns.
    #[must_use]
    pub const fn written(mut self, rule: Text) -> Self {
        self.written = Some(rule);
        self
    }
}

impl<T> Default for Parsed<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T: FromText> Rule for Parsed<T> {
    type Value = T;

    fn node(&self, node: &Node<'_>, out: &mut Violations) -> Option<T> {
        let Node::Text(text) = node else {
            out.invalid_type("a string");
            return None;
        };
        self.text(text, out)
    }

    fn holds(&self, _value: &T) -> bool {
        true
    }
}

impl<T: FromText> TextRule for Parsed<T> {
    fn text(&self, text: &str, out: &mut Violations) -> Option<T> {
        let before = out.count();
        if let Some(rule) = &self.written {
            rule.judge(text, out);
        }
        let value = T::from_text(text);
        // A text that is too long may be no value for that very reason: it is said once.
        if value.is_none() && out.count() == before {
            T::refuse(out);
        }
        value.filter(|_| out.count() == before)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static DIGITS: Pattern = Pattern::new("^[0-9]{2,4}$");
    static CODE: Text = Text::new().length(2, 4).pattern(&DIGITS);

    fn reasons(rule: &Text, text: &str) -> Vec<&'static str> {
        let mut out = Violations::new();
        let value = rule.text(text, &mut out);
        assert_eq!(value.is_some(), out.is_empty());
        assert_eq!(
            rule.holds(&text.to_owned()) && !text.contains('\0'),
            out.is_empty(),
            "{text:?}"
        );
        out.details()
            .iter()
            .map(|detail| detail.reason.as_str())
            .collect()
    }

    #[test]
    fn everything_wrong_with_a_text_is_noted() {
        assert_eq!(reasons(&CODE, "123"), Vec::<&str>::new());
        assert_eq!(reasons(&CODE, "1"), ["too_short", "pattern_mismatch"]);
        assert_eq!(reasons(&CODE, "12345"), ["too_long", "pattern_mismatch"]);
        assert_eq!(reasons(&CODE, "1a"), ["pattern_mismatch"]);
        assert_eq!(reasons(&Text::new(), "a\0b"), ["invalid_format"]);
    }

    #[test]
    fn a_parsed_text_keeps_to_its_length_too() {
        static TIME: Parsed<crate::Timestamp> = Parsed::new().written(Text::new().length(0, 24));
        let found = |text: &str| {
            let mut out = Violations::new();
            let value = TIME.text(text, &mut out);
            assert_eq!(value.is_some(), out.is_empty());
            let details = out.details().iter();
            details
                .map(|detail| detail.reason.as_str())
                .collect::<Vec<_>>()
        };
        assert_eq!(found("2026-01-02T03:04:05.678Z"), Vec::<&str>::new());
        assert_eq!(found("2026-01-02T03:04:05.6789Z"), ["too_long"]);
        assert_eq!(found("yesterday"), ["invalid_format"]);
    }

    #[test]
    fn every_pattern_must_match() {
        static LOWER: Pattern = Pattern::new("[a-z]");
        static DIGIT: Pattern = Pattern::new("[0-9]");
        static BOTH: Text = Text::new().pattern(&LOWER).pattern(&DIGIT);
        assert_eq!(reasons(&BOTH, "a1"), Vec::<&str>::new());
        assert_eq!(reasons(&BOTH, "a"), ["pattern_mismatch"]);
        assert_eq!(
            reasons(&BOTH, "-"),
            ["pattern_mismatch", "pattern_mismatch"]
        );
    }

    #[test]
    fn length_counts_scalar_values() {
        static FOUR: Text = Text::new().length(4, 4);
        for good in ["abcd", "äöüß", "🦀🦀🦀🦀", "a🦀b🦀"] {
            assert_eq!(reasons(&FOUR, good), Vec::<&str>::new(), "{good}");
        }
        for (bad, reason) in [
            ("abc", "too_short"),
            ("🦀", "too_short"),
            ("äöüßä", "too_long"),
            ("🦀🦀🦀🦀🦀", "too_long"),
        ] {
            assert_eq!(reasons(&FOUR, bad), [reason], "{bad}");
        }
    }
}
