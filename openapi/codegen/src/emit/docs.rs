//! Doc comments made from the document's own text.
//!
//! Descriptions are foreign text: they become `#[doc]` attributes with one escaped literal per line, so nothing in
//! them can end a comment. What rustc or clippy would object to (control and direction characters, bare names in
//! prose) is rewritten here, once, instead of being silenced in every generated file.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use crate::ir::{Doc, Place};

/// Columns at which prose is wrapped.
const WIDTH: usize = 110;

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

/// Rewrites foreign Markdown: harmless characters only, names in backticks, wrapped lines, list items indented.
fn foreign(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut indent = "";
    for raw in text.trim().lines() {
        let line = harmless(raw);
        let body = line.trim();
        if body.is_empty() {
            indent = "";
            lines.push(String::new());
            continue;
        }
        let item = item_indent(body);
        let own = if item.is_some() { "" } else { indent };
        indent = item.unwrap_or(indent);
        // A fenced block would need its own rules; an indented or table line keeps its shape by not being wrapped.
        if body.starts_with('|') || body.starts_with("```") {
            lines.push(format!("{own}{body}"));
        } else {
            // A quotation would ask every later line for a mark of its own.
            let escape = if body.starts_with('>') { "\\" } else { "" };
            let line = format!("{own}{escape}{}", quoted_names(body));
            lines.extend(wrap(&line, item.unwrap_or(own)));
        }
    }
    let fences = lines
        .iter()
        .filter(|line| line.trim_start().starts_with("```"))
        .count();
    if fences > 0 {
        // Rust would compile a fenced block as a doc test; shown as plain lines it says the same.
        lines.retain(|line| !line.trim_start().starts_with("```"));
    }
    lines.dedup_by(|next, previous| next.is_empty() && previous.is_empty());
    lines
}

/// How far later lines of a list item are indented; `None` for a line that begins no item.
fn item_indent(line: &str) -> Option<&'static str> {
    if line.starts_with("- ") || line.starts_with("* ") || line.starts_with("+ ") {
        return Some("  ");
    }
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = line.len() - rest.len();
    ((1..3).contains(&digits) && (rest.starts_with(". ") || rest.starts_with(") ")))
        .then_some("   ")
}

/// Replaces what a source file should not hold: control characters and the direction marks that rustc refuses.
fn harmless(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\t' => ' ',
            '\u{200B}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{2069}'
            | '\u{FEFF}' => '\u{FFFD}',
            c if c.is_control() => '\u{FFFD}',
            c => c,
        })
        .collect()
}

/// Puts words that look like code (`order_id`, `OrderStatus`) into backticks, outside of code spans.
fn quoted_names(line: &str) -> String {
    if line.matches('`').count() % 2 == 1 {
        return quoted_names(&line.replace('`', "'"));
    }
    let mut out = String::with_capacity(line.len() + 8);
    for (index, span) in line.split('`').enumerate() {
        if index % 2 == 1 {
            out.push('`');
            out.push_str(span);
            out.push('`');
            continue;
        }
        for piece in span.split_inclusive(' ') {
            let mut word = piece.trim_matches(|c: char| !c.is_alphanumeric() && c != '_');
            if let Some(called) = piece.split_once("()").map(|(before, _)| before.len() + 2) {
                word = piece
                    .get(..called)
                    .unwrap_or(word)
                    .trim_start_matches(['(', '[', '<']);
            }
            match piece.split_once(word) {
                Some((before, after)) if looks_like_code(word) => {
                    out.push_str(&markup(before));
                    out.push('`');
                    out.push_str(word);
                    out.push('`');
                    out.push_str(&markup(after));
                }
                _ => out.push_str(&markup(piece)),
            }
        }
    }
    out
}

/// Escapes what rustdoc would read as HTML or as a link to an item.
fn markup(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace('<', "\\<")
        .replace('[', "\\[")
}

fn looks_like_code(word: &str) -> bool {
    let hump = word
        .chars()
        .zip(word.chars().skip(1))
        .any(|(a, b)| a.is_lowercase() && b.is_uppercase());
    !word.is_empty()
        && (hump
            || word.contains('_')
            || word.contains("::")
            || word.contains("://")
            || word.ends_with("()")
            || mixed(word))
}

/// Whether clippy reads the word as camel case: upper first, two capitals and a small letter (`IDs` is none).
fn mixed(word: &str) -> bool {
    let word = word.strip_suffix('s').unwrap_or(word);
    word.starts_with(char::is_uppercase)
        && word.chars().filter(|c| c.is_uppercase()).count() > 1
        && word.chars().any(char::is_lowercase)
}

/// Wraps at [`WIDTH`], never inside a code span; later lines begin with `indent`.
fn wrap(text: &str, indent: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut in_code = false;
    for word in text.split(' ') {
        if !in_code
            && !line.trim().is_empty()
            && line.chars().count() + word.chars().count() >= WIDTH
        {
            lines.push(std::mem::replace(&mut line, indent.to_owned()));
        } else if !line.trim().is_empty() {
            line.push(' ');
        } else if word.is_empty() {
            line.push(' ');
            continue;
        }
        line.push_str(word);
        in_code ^= word.matches('`').count() % 2 == 1;
    }
    lines.push(line.trim_end().to_owned());
    lines
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

    #[test]
    fn names_in_prose_get_backticks_and_code_spans_stay() {
        assert_eq!(
            quoted_names("the orderId, `as is` in order_items."),
            "the `orderId`, `as is` in `order_items`."
        );
        assert_eq!(
            quoted_names("a <b> [c] odd ` tick"),
            "a \\<b> \\[c] odd ' tick"
        );
    }

    #[test]
    fn later_lines_of_a_list_item_are_indented() {
        assert_eq!(
            foreign("- one\ntwo\n\nthree"),
            ["- one", "  two", "", "three"]
        );
    }

    #[test]
    fn long_prose_is_wrapped_outside_code_spans() {
        let text = format!(
            "{} `{}` end",
            "word ".repeat(20).trim(),
            "code ".repeat(10).trim()
        );
        for line in wrap(&text, "") {
            assert_eq!(line.matches('`').count() % 2, 0, "{line}");
        }
    }
}
