//! Finds known values, many at once, in whatever is written.

use std::collections::VecDeque;

use aho_corasick::{AhoCorasick, MatchKind};
use bytes::Bytes;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

use super::{FILTERED, FILTERED_IN_URL, REMEMBERED, Secrets};

/// A shorter value is only taken out where it is a whole text: it would be found in the middle of words.
const SHORTEST: usize = 8;

/// Known values and what stands in their place.
pub(super) struct Finder {
    secrets: Secrets,
    learned: VecDeque<String>,
    /// Patterns and what stands in their place; made anew when something was learned.
    patterns: Option<(AhoCorasick, Vec<&'static str>)>,
    is_stale: bool,
}

impl Finder {
    pub(super) fn new(secrets: Secrets) -> Self {
        Self {
            secrets,
            learned: VecDeque::new(),
            patterns: None,
            is_stale: true,
        }
    }

    /// Takes the known values out of a text.
    pub(super) fn text(&mut self, text: &mut String) {
        if let Some((finder, replacements)) = self.patterns()
            && finder.is_match(text.as_str())
        {
            *text = finder.replace_all(text, replacements);
        }
    }

    /// Takes the known values out of bytes.
    pub(super) fn bytes(&mut self, bytes: &mut Bytes) {
        if let Some((finder, replacements)) = self.patterns()
            && finder.is_match(&*bytes)
        {
            *bytes = finder.replace_all_bytes(bytes, replacements).into();
        }
    }

    fn patterns(&mut self) -> Option<&(AhoCorasick, Vec<&'static str>)> {
        if self.is_stale {
            self.is_stale = false;
            let values = self.secrets.values.iter().chain(&self.learned);
            let (patterns, replacements): (Vec<String>, Vec<&str>) =
                values.flat_map(|value| forms(value)).unzip();
            // Fails for more patterns than memory holds.
            self.patterns = AhoCorasick::builder()
                .match_kind(MatchKind::LeftmostLongest)
                .build(patterns)
                .ok()
                .map(|finder| (finder, replacements));
        }
        self.patterns.as_ref()
    }

    /// Remembers a value that was seen where secrets are.
    pub(super) fn remember(&mut self, value: &str) {
        let is_known = value.len() < SHORTEST
            || value == FILTERED
            || self.secrets.values.contains(value)
            || self.learned.iter().any(|known| known == value);
        if is_known {
            return;
        }
        if self.learned.len() == REMEMBERED {
            self.learned.pop_front();
        }
        self.learned.push_back(value.to_owned());
        self.is_stale = true;
    }
}

/// A value as it may stand in a text, in JSON and in an address.
fn forms(value: &str) -> Vec<(String, &'static str)> {
    let json = Value::from(value).to_string();
    if value.len() < SHORTEST {
        return if value.is_empty() {
            Vec::new()
        } else {
            vec![(json, "\"[Filtered]\"")]
        };
    }
    let mut forms = vec![(value.to_owned(), FILTERED)];
    let inside = json.trim_matches('"').to_owned();
    if inside != value {
        forms.push((inside, FILTERED));
    }
    let escaped = utf8_percent_encode(value, NON_ALPHANUMERIC).to_string();
    if escaped != value {
        forms.push((escaped, FILTERED_IN_URL));
    }
    forms
}
