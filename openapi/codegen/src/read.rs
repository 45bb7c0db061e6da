//! Reading: from bytes to located trees, the root document and every file that `$ref` reaches.

mod json;
mod scalar;
mod yaml;

use std::collections::VecDeque;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use sha2::{Digest, Sha256};

use crate::diagnostics::{Diagnostic, FileId, SourceFile, Sources, Span, codes};
use crate::resolve;
use crate::tree::{Node, NodeId, Value};

/// Deepest nesting of a file.
const MAX_DEPTH: usize = 128;
/// How many nodes a file may have, aliases expanded.
const MAX_NODES: usize = 500_000;
/// How many files a document may have.
const MAX_FILES: usize = 1_000;

/// A document as read: the trees of its files and the problems met on the way.
#[derive(Debug)]
pub struct Document {
    /// The files, the root first.
    pub sources: Sources,
    /// The tree of each file, by [`FileId`]. `None` where the file could not be read.
    trees: Vec<Option<Node>>,
    /// What was wrong while reading.
    pub problems: Vec<Diagnostic>,
    sha256: String,
}

impl Document {
    /// Reads `path` and everything it refers to. Files are named as they are reached from `path`,
    /// so `openapi/v1.yaml` at the repository's root gives `openapi/schemas/a.yaml`.
    #[must_use]
    pub fn read(path: &Path) -> Self {
        read_all(&file_name(path), &|name| {
            let bytes = std::fs::read(name).map_err(|error| error.to_string())?;
            String::from_utf8(bytes).map_err(|_| "it is not UTF-8".to_owned())
        })
    }

    /// Reads a document from memory; `files` are asked for by name (tests, downgrades).
    #[must_use]
    pub fn from_text(name: &str, files: &[(&str, &str)]) -> Self {
        read_all(name, &|wanted| {
            let found = files.iter().find(|(name, _)| *name == wanted);
            found
                .map(|(_, text)| (*text).to_owned())
                .ok_or_else(|| "there is no such file".to_owned())
        })
    }

    /// The root of a file's tree.
    #[must_use]
    pub fn tree(&self, file: FileId) -> Option<&Node> {
        self.trees.get(file.0)?.as_ref()
    }

    /// The root document's tree.
    #[must_use]
    pub fn root(&self) -> Option<&Node> {
        self.tree(FileId(0))
    }

    /// See [`crate::ir::DocumentInfo::sha256`].
    #[must_use]
    pub fn sha256(&self) -> &str {
        &self.sha256
    }
}

fn read_all(root: &str, load: &dyn Fn(&str) -> Result<String, String>) -> Document {
    let mut document = Document {
        sources: Sources::default(),
        trees: Vec::new(),
        problems: Vec::new(),
        sha256: String::new(),
    };
    let mut ids = 0;
    let mut wanted: VecDeque<(String, Option<(Span, String)>)> =
        VecDeque::from([(root.to_owned(), None)]);
    while let Some((name, from)) = wanted.pop_front() {
        if document.sources.find(&name).is_some() || document.trees.len() >= MAX_FILES {
            continue;
        }
        let loaded = load(&name);
        let text: Arc<str> = Arc::from(loaded.as_deref().unwrap_or_default());
        let file = document
            .sources
            .add(SourceFile::new(&name, Arc::clone(&text)));
        if let Err(reason) = loaded {
            document
                .problems
                .push(unreadable(&name, &reason, file, from));
            document.trees.push(None);
            continue;
        }
        let (tree, problems) = parse(file, &name, &text, &mut ids);
        document.problems.extend(problems);
        if let Some(tree) = &tree {
            for (target, span, pointer) in files_referred_to(tree, &name) {
                wanted.push_back((target, Some((span, pointer))));
            }
        }
        document.trees.push(tree);
    }
    document.sha256 = digest(&document.sources);
    document
}

fn unreadable(name: &str, reason: &str, file: FileId, from: Option<(Span, String)>) -> Diagnostic {
    let message = format!("cannot read `{name}`: {reason}");
    if let Some((span, pointer)) = from {
        return Diagnostic::new(codes::UNREADABLE, span, pointer, message)
            .label("this refers to it")
            .help("correct the path; it is relative to the folder of the file that refers");
    }
    let span = Span {
        file,
        line: 1,
        column: 1,
        len: 0,
    };
    Diagnostic::new(codes::UNREADABLE, span, "", message)
        .help("name the document with --document PATH, and run from the repository's root")
}

/// Parses one file. A tree may come together with problems (duplicate keys, for one).
fn parse(file: FileId, name: &str, text: &str, ids: &mut usize) -> (Option<Node>, Vec<Diagnostic>) {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let is_json = Path::new(name)
        .extension()
        .is_some_and(|end| end.eq_ignore_ascii_case("json"));
    if is_json {
        json::parse(file, text, ids)
    } else {
        yaml::parse(file, text, ids)
    }
}

/// The files that `$ref`s of `tree` name, as paths from the working folder.
fn files_referred_to(tree: &Node, base: &str) -> Vec<(String, Span, String)> {
    let mut found = Vec::new();
    let mut open = vec![tree];
    while let Some(node) = open.pop() {
        match &node.value {
            Value::Array(items) => open.extend(items.iter().rev()),
            Value::Object(object) => {
                let target = object.get("$ref").map(|member| &member.node);
                if let Some((node, text)) = target.and_then(|node| Some((node, node.as_str()?)))
                    && let Ok(reference) = resolve::Reference::parse(text)
                    && let Some(file) = reference.file
                {
                    found.push((resolve::join(base, &file), node.span, node.pointer.clone()));
                }
                open.extend(object.values().rev().map(|member| &member.node));
            }
            _ => {}
        }
    }
    found
}

fn digest(sources: &Sources) -> String {
    let mut files: Vec<&SourceFile> = sources.iter().map(|(_, file)| file).collect();
    if let Some((_, rest)) = files.split_first_mut() {
        rest.sort_by(|a, b| a.name.cmp(&b.name));
    }
    let mut hash = Sha256::new();
    for file in files {
        hash.update(file.text.as_bytes());
    }
    hash.finalize()
        .iter()
        .fold(String::new(), |mut text, byte| {
            // Writing to a String cannot fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
}

fn file_name(path: &Path) -> String {
    let plain: PathBuf = path
        .components()
        .filter(|part| *part != std::path::Component::CurDir)
        .collect();
    plain.to_string_lossy().replace('\\', "/")
}

/// Gives out node identities.
fn next_id(ids: &mut usize) -> NodeId {
    *ids += 1;
    NodeId(*ids)
}

fn too_deep(span: Span, pointer: &str) -> Diagnostic {
    Diagnostic::new(
        codes::TOO_DEEP,
        span,
        pointer,
        format!("nested deeper than {MAX_DEPTH} levels"),
    )
    .label("this level is one too many")
    .help("give inner schemas a name under `components/schemas` and refer to them with `$ref`")
}

fn duplicate_key(key: &str, first: Span, second: Span, pointer: &str) -> Diagnostic {
    Diagnostic::new(
        codes::DUPLICATE_KEY,
        second,
        pointer,
        format!("the key `{key}` stands twice in this object"),
    )
    .label("again here")
    .related(first, "first here")
    .note("readers disagree on which of the two counts")
    .help("keep one of them, or rename the other")
}
