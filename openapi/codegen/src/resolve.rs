//! `$ref`: from the text of a reference to the node it means.

use crate::diagnostics::{Diagnostic, FileId, codes};
use crate::read::Document;
use crate::tree::{Node, Value};

/// A reference taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// The file, relative to the referring one; `None` for the same file.
    pub file: Option<String>,
    /// The keys of the pointer, unescaped.
    pub keys: Vec<String>,
}

/// Why a reference has no meaning at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadReference {
    /// It is a URL.
    Remote,
    /// The part behind `#` is not a JSON pointer.
    NoPointer,
    /// A percent escape is not valid.
    BadEscape,
}

impl Reference {
    /// Takes the text of a `$ref` apart.
    ///
    /// # Errors
    /// [`BadReference`] says what the text is instead.
    pub fn parse(text: &str) -> Result<Self, BadReference> {
        let (file, pointer) = text.split_once('#').unwrap_or((text, ""));
        if file.contains("://") || file.starts_with("//") || file.starts_with("urn:") {
            return Err(BadReference::Remote);
        }
        let file = (!file.is_empty())
            .then(|| percent_decode(file))
            .transpose()?;
        let pointer = percent_decode(pointer)?;
        let keys = match pointer.strip_prefix('/') {
            None if pointer.is_empty() => Vec::new(),
            None => return Err(BadReference::NoPointer),
            Some(keys) => keys
                .split('/')
                .map(|key| key.replace("~1", "/").replace("~0", "~"))
                .collect(),
        };
        Ok(Self { file, keys })
    }
}

/// How many references may lead to each other before something else stands there.
const LONGEST_CHAIN: usize = 100;

/// Follows `$ref`s from `node` until something stands there that is none. A node without `$ref` is
/// its own target.
///
/// # Errors
/// The located problem, when a reference is malformed, leads nowhere or leads back.
pub fn follow<'d>(document: &'d Document, node: &'d Node) -> Result<&'d Node, Box<Diagnostic>> {
    let mut seen = Vec::new();
    let mut at = node;
    while let Some(next) = step(document, at)? {
        let reference = at.get("$ref").unwrap_or(at);
        let problem = |code, message: &str| {
            Box::new(
                Diagnostic::at(code, reference, message)
                    .help("let one of them be the thing itself"),
            )
        };
        if seen.contains(&at.id) {
            let problem = problem(codes::REF_CYCLE, "this reference leads back to itself")
                .label("following it comes here again")
                .note("references that only point at each other never reach a schema");
            return Err(Box::new(problem));
        }
        if seen.len() == LONGEST_CHAIN {
            let message = format!("more than {LONGEST_CHAIN} references lead to each other");
            return Err(problem(codes::TOO_DEEP, &message));
        }
        seen.push(at.id);
        at = next;
    }
    Ok(at)
}

/// The target of `node`'s own `$ref`; `None` when it has none.
///
/// # Errors
/// The located problem, when the reference is malformed or leads nowhere.
pub fn step<'d>(
    document: &'d Document,
    node: &'d Node,
) -> Result<Option<&'d Node>, Box<Diagnostic>> {
    let Some(reference) = node.get("$ref") else {
        return Ok(None);
    };
    let problem =
        |code, message: String| Diagnostic::new(code, reference.span, &reference.pointer, message);
    let Some(text) = reference.as_str() else {
        let message = format!("`$ref` is {} where a string is needed", reference.kind());
        return Err(Box::new(
            problem(codes::WRONG_TYPE, message).help("write it as \"#/components/…\""),
        ));
    };
    let parsed = Reference::parse(text).map_err(|bad| {
        Box::new(match bad {
            BadReference::Remote => {
                problem(codes::REMOTE_REF, format!("`{text}` is not a local file"))
                    .note("generation never touches the network")
                    .help("copy the file beside the document and refer to it by a relative path")
            }
            BadReference::NoPointer => problem(
                codes::UNRESOLVED_REF,
                format!("`{text}` is not a JSON pointer"),
            )
            .help("the part behind `#` begins with a slash: \"#/components/schemas/Name\""),
            BadReference::BadEscape => problem(
                codes::UNRESOLVED_REF,
                format!("`{text}` holds a bad percent escape"),
            )
            .help("write `%` as `%25`"),
        })
    })?;
    find(document, reference, &parsed).map(Some)
}

fn find<'d>(
    document: &'d Document,
    reference: &'d Node,
    parsed: &Reference,
) -> Result<&'d Node, Box<Diagnostic>> {
    let base = document.sources.name(reference.span.file);
    let file = match &parsed.file {
        None => Some(reference.span.file),
        Some(file) => document.sources.find(&join(&base, file)),
    };
    let text = reference.as_str().unwrap_or_default();
    let problem = |message: String| {
        Diagnostic::new(
            codes::UNRESOLVED_REF,
            reference.span,
            &reference.pointer,
            message,
        )
    };
    let Some(mut at) = file.and_then(|file| document.tree(file)) else {
        return Err(Box::new(
            problem(format!("`{text}` leads nowhere"))
                .label("the file could not be read")
                .help("correct the file; it has problems of its own, or the path is wrong"),
        ));
    };
    for key in &parsed.keys {
        let Some(next) = child(at, key) else {
            let near = at
                .as_object()
                .and_then(|object| nearest(key, object.keys().map(String::as_str)));
            let help = near.map_or_else(
                || "declare it there, or correct the reference".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
            let place = if at.pointer.is_empty() {
                "the document".to_owned()
            } else {
                format!("`{}`", at.pointer)
            };
            return Err(Box::new(
                problem(format!("`{text}` leads nowhere"))
                    .label(format!("{place} has no `{key}`"))
                    .help(help),
            ));
        };
        at = next;
    }
    Ok(at)
}

fn child<'d>(node: &'d Node, key: &str) -> Option<&'d Node> {
    match &node.value {
        Value::Object(object) => object.get(key).map(|member| &member.node),
        Value::Array(items) => items.get(key.parse::<usize>().ok()?),
        _ => None,
    }
}

/// The node that a reference in `file` means; `None` when it leads nowhere.
#[must_use]
pub fn locate<'d>(document: &'d Document, file: FileId, reference: &Reference) -> Option<&'d Node> {
    let file = match &reference.file {
        None => file,
        Some(other) => document
            .sources
            .find(&join(&document.sources.name(file), other))?,
    };
    let root = document.tree(file)?;
    reference
        .keys
        .iter()
        .try_fold(root, |at, key| child(at, key))
}

/// The path of `file` as seen from the working folder, when `base` refers to it.
#[must_use]
pub fn join(base: &str, file: &str) -> String {
    let folder = base.rsplit_once('/').map_or("", |(folder, _)| folder);
    let absolute = file.starts_with('/');
    let mut parts: Vec<&str> = Vec::new();
    let all = if absolute {
        file.to_owned()
    } else {
        format!("{folder}/{file}")
    };
    for part in all.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    let rooted = absolute || base.starts_with('/');
    format!("{}{}", if rooted { "/" } else { "" }, parts.join("/"))
}

/// The candidate that `text` is most likely a misspelling of.
#[must_use]
pub fn nearest<'a>(text: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let limit = (text.chars().count() / 3).clamp(1, 3);
    let scored = candidates.map(|candidate| (distance(text, candidate), candidate));
    scored
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, near)| near)
}

/// How many letters to change, add, drop or exchange with their neighbour; case ignored.
fn distance(a: &str, b: &str) -> usize {
    let letters = |text: &str| -> Vec<char> {
        text.chars()
            .flat_map(char::to_lowercase)
            .take(100)
            .collect()
    };
    let (a, b) = (letters(a), letters(b));
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let cell = |row: &[usize], at: usize| row.get(at).copied().unwrap_or(usize::MAX - 1);
            let mut best = (cell(&above, j) + usize::from(x != y))
                .min(cell(&above, j + 1) + 1)
                .min(cell(&row, j) + 1);
            let exchanged = i > 0 && j > 0 && a.get(i - 1) == Some(y) && b.get(j - 1) == Some(x);
            if exchanged {
                best = best.min(cell(&before, j - 1) + 1);
            }
            row.push(best);
        }
        before = std::mem::replace(&mut above, row);
    }
    above.last().copied().unwrap_or_default()
}

/// Decodes `%41`.
pub(crate) fn percent_decode(text: &str) -> Result<String, BadReference> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let digits: String = rest.by_ref().take(2).map(char::from).collect();
        let valid = digits.len() == 2 && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
        let decoded = u8::from_str_radix(&digits, 16).ok().filter(|_| valid);
        bytes.push(decoded.ok_or(BadReference::BadEscape)?);
    }
    String::from_utf8(bytes).map_err(|_| BadReference::BadEscape)
}
