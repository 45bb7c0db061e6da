//! Foreign Markdown made fit for a doc comment: harmless characters only, names in backticks, wrapped lines.

/// Columns at which prose is wrapped.
const WIDTH: usize = 110;

/// Rewrites foreign Markdown: harmless characters only, names in backticks, wrapped lines, list items indented.
pub(super) fn foreign(text: &str) -> Vec<String> {
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
pub(super) fn item_indent(line: &str) -> Option<&'static str> {
    if line.starts_with("- ") || line.starts_with("* ") || line.starts_with("+ ") {
        return Some("  ");
    }
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = line.len() - rest.len();
    ((1..3).contains(&digits) && (rest.starts_with(". ") || rest.starts_with(") ")))
        .then_some("   ")
}

/// Replaces what a source file should not hold: control characters and the direction marks that rustc refuses.
pub(super) fn harmless(text: &str) -> String {
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
pub(super) fn quoted_names(line: &str) -> String {
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
pub(super) fn wrap(text: &str, indent: &str) -> Vec<String> {
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
