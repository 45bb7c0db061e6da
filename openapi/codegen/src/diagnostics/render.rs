//! Problems as text, in the form that rustc made familiar.

use std::fmt::{self, Write};

use super::{Diagnostic, Diagnostics, Sources, Span};

/// Longer lines are shown as a window around the arrow, so that minified JSON stays readable.
const WINDOW_CHARS: usize = 120;

/// Writes every problem and, at the end, how many there are.
pub(super) fn all(problems: &Diagnostics, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    for problem in &problems.items {
        f.write_str(&one(problem, &problems.sources))?;
        f.write_char('\n')?;
    }
    let errors = problems.errors().count();
    let warnings = problems.items.len() - errors;
    match (errors, warnings) {
        (0, 0) => Ok(()),
        (0, w) => writeln!(f, "{}", counted(w, "warning")),
        (e, 0) => writeln!(f, "{}; nothing was written", counted(e, "error")),
        (e, w) => writeln!(
            f,
            "{}, {}; nothing was written",
            counted(e, "error"),
            counted(w, "warning")
        ),
    }
}

fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

fn one(problem: &Diagnostic, sources: &Sources) -> String {
    let mut out = String::new();
    let severity = if problem.is_warning() {
        "warning"
    } else {
        "error"
    };
    let widest = problem
        .related
        .iter()
        .map(|(span, _)| span.line)
        .chain([problem.span.line])
        .max();
    let gutter = widest.unwrap_or(1).to_string().len();
    // Writing to a String cannot fail.
    let _ = writeln!(
        out,
        "{severity}[{}]: {}",
        problem.code.code,
        visible(&problem.message)
    );
    snippet(
        &mut out,
        sources,
        problem.span,
        &problem.label,
        gutter,
        "-->",
        true,
    );
    for (span, label) in &problem.related {
        snippet(&mut out, sources, *span, label, gutter, ":::", false);
    }
    let blank = " ".repeat(gutter);
    let _ = writeln!(out, "{blank} |");
    for note in &problem.notes {
        let _ = writeln!(out, "{blank} = note: {}", visible(note));
    }
    if let Some(help) = &problem.help {
        let mut lines = help.lines();
        let _ = writeln!(
            out,
            "{blank} = help: {}",
            visible(lines.next().unwrap_or_default())
        );
        for line in lines {
            let _ = writeln!(out, "{blank}         {}", visible(line));
        }
    }
    out
}

fn snippet(
    out: &mut String,
    sources: &Sources,
    span: Span,
    label: &str,
    gutter: usize,
    arrow: &str,
    with_context: bool,
) {
    let blank = " ".repeat(gutter);
    let name = sources.name(span.file);
    let _ = writeln!(out, "{blank}{arrow} {name}:{}:{}", span.line, span.column);
    let Some(file) = sources.get(span.file) else {
        return;
    };
    let Some(line) = file.line(span.line) else {
        return;
    };
    let _ = writeln!(out, "{blank} |");
    let before = span
        .line
        .checked_sub(1)
        .and_then(|number| Some((number, file.line(number)?)));
    if let Some((number, text)) = before.filter(|(_, text)| with_context && !text.trim().is_empty())
    {
        let (text, _) = window(text, 1);
        let _ = writeln!(out, "{number:>gutter$} | {text}");
    }
    let (text, column) = window(line, span.column);
    let _ = writeln!(out, "{:>gutter$} | {text}", span.line);
    let left = text
        .chars()
        .count()
        .saturating_sub(column.saturating_sub(1));
    let carets = "^".repeat(span.len.clamp(1, left.max(1)));
    let indent = " ".repeat(column.saturating_sub(1));
    let _ = writeln!(
        out,
        "{blank} | {}",
        format!("{indent}{carets} {}", visible(label)).trim_end()
    );
}

/// The part of a line around `column`, and the column inside that part.
fn window(line: &str, column: usize) -> (String, usize) {
    let chars: Vec<char> = line.chars().map(printable).collect();
    if chars.len() <= WINDOW_CHARS {
        let text: String = chars.iter().collect();
        return (text.trim_end().to_owned(), column);
    }
    let start = column.saturating_sub(WINDOW_CHARS / 2);
    let shown: String = chars.iter().skip(start).take(WINDOW_CHARS).collect();
    if start == 0 {
        return (format!("{shown} …"), column);
    }
    (format!("… {shown} …"), column - start + 2)
}

/// A character that keeps its width and cannot steer a terminal.
fn printable(c: char) -> char {
    match c {
        '\t' => ' ',
        c if steers(c) => '\u{fffd}',
        c => c,
    }
}

/// Text of the document inside a message: control characters become visible escapes.
fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if steers(c) {
            out.extend(c.escape_default());
        } else {
            out.push(c);
        }
    }
    out
}

/// Control characters, and those that reorder text on a terminal.
fn steers(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
