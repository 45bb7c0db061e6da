//! Doc comments made from the document's own text.
//!
//! Descriptions are foreign text: they become `#[doc]` attributes with one escaped literal per line, so nothing in
//! them can end a comment. What rustc or clippy would object to (control and direction characters, bare names in
//! prose) is rewritten here, once, instead of being silenced in every generated file.

mod prose;

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use self::prose::{foreign, harmless, item_indent, quoted_names, wrap};
use crate::ir::{Doc, Place};

/// The doc comment of one generated item, built line by line.
#[derive(Debug, Default, Clone)]
pub(super) struct Docs {
    lines: Vec<String>,
}

impl Docs {
    /// Starts with a paragraph of our own words.
    pub(super) fn line(text: impl AsRef<str>) -> Self {
        Self {
            lines: wrap(text.as_ref(), ""),
        }
    }

    /// The doc of an item of the document: its summary or first paragraph with the place behind it, then the rest.
    /// `fallback` opens the doc where the document says nothing that could.
    pub(super) fn of(doc: &Doc, place: &Place, fallback: &str) -> Self {
        if let Some(summary) = doc
            .summary
            .as_deref()
            .filter(|text| !text.trim().is_empty())
        {
            let opening = wrap(&format!("{} ({place})", prose(summary)), "");
            return Self { lines: opening }.text(doc.description.as_deref());
        }
        let mut lines = doc.description.as_deref().map(foreign).unwrap_or_default();
        let first = lines.first().map_or("", String::as_str);
        if first.is_empty()
            || first.starts_with(['-', '*', '+', '|', '#', '>', '\\'])
            || item_indent(first).is_some()
        {
            return Self::line(format!("{fallback} ({place})")).text(doc.description.as_deref());
        }
        let end = lines
            .iter()
            .position(String::is_empty)
            .unwrap_or(lines.len());
        let rest = lines.split_off(end);
        let mut all = wrap(&format!("{} ({place})", lines.join(" ")), "");
        all.extend(rest);
        Self { lines: all }
    }

    /// Adds a paragraph of our own words.
    pub(super) fn and(mut self, text: impl AsRef<str>) -> Self {
        if !self.lines.is_empty() {
            self.lines.push(String::new());
        }
        self.lines.extend(wrap(text.as_ref(), ""));
        self
    }

    /// Adds text of the document as paragraphs of its own; nothing when there is none.
    pub(super) fn text(self, text: Option<&str>) -> Self {
        let Some(text) = text else { return self };
        let lines = foreign(text);
        if lines.is_empty() {
            return self;
        }
        let mut all = self.lines;
        if !all.is_empty() {
            all.push(String::new());
        }
        all.extend(lines);
        Self { lines: all }
    }
}

impl ToTokens for Docs {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        for line in &self.lines {
            let text = if line.is_empty() {
                String::new()
            } else {
                format!(" {line}")
            };
            tokens.extend(quote!(#[doc = #text]));
        }
    }
}

/// A text of the document as a code span.
pub(super) fn code(text: &str) -> String {
    if text.trim().is_empty() {
        return format!("{text:?}");
    }
    format!("`{}`", harmless(text).replace(['`', '\n', '\r'], "'"))
}

/// The summary or the first paragraph of the description, on one line.
pub(super) fn brief_of(doc: &Doc) -> String {
    let text = doc
        .summary
        .as_deref()
        .or(doc.description.as_deref())
        .unwrap_or_default();
    let paragraph: Vec<_> = text
        .trim()
        .lines()
        .take_while(|line| !line.trim().is_empty())
        .collect();
    prose(&paragraph.join(" "))
}

/// A summary on one line, as prose.
pub(super) fn prose(text: &str) -> String {
    quoted_names(&harmless(
        &text.split_whitespace().collect::<Vec<_>>().join(" "),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_that_would_end_a_comment_stays_inside_it() {
        let docs = Docs::default().text(Some("ends */ here\n/// and \"quotes\" \u{202E}"));
        let tokens = quote!(#docs struct A;).to_string();
        assert_eq!(tokens.matches("doc").count(), 2);
        assert!(!tokens.contains('\u{202E}'));
    }
}
