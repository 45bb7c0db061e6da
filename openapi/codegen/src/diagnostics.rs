//! Located problems of a document: collected, ordered by place, rendered with the source lines.
//!
//! A problem names its code, what was found, why it cannot be and what to write instead. Problems
//! never stop the search for further ones; what stops is only the writing of files.

pub mod codes;
mod render;
mod sources;

pub use codes::Code;
pub use sources::{FileId, SourceFile, Sources, Span};

use crate::tree::{Member, Node};

/// One problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// What kind of problem.
    pub code: &'static Code,
    /// The headline: one sentence without a full stop.
    pub message: String,
    /// Where the arrow points.
    pub span: Span,
    /// JSON pointer of the node, for finding the operations concerned.
    pub pointer: String,
    /// What stands beside the arrow.
    pub label: String,
    /// Further places that belong to the problem, each with its label.
    pub related: Vec<(Span, String)>,
    /// Why it cannot be.
    pub notes: Vec<String>,
    /// What to write instead.
    pub help: Option<String>,
}

impl Diagnostic {
    /// A problem of kind `code` at `span`.
    #[must_use]
    pub fn new(
        code: &'static Code,
        span: Span,
        pointer: impl Into<String>,
        message: impl Into<String>,
    ) -> Self {
        Self {
            code,
            message: message.into(),
            span,
            pointer: pointer.into(),
            label: String::new(),
            related: Vec::new(),
            notes: Vec::new(),
            help: None,
        }
    }

    /// A problem with the value at `node`.
    #[must_use]
    pub fn at(code: &'static Code, node: &Node, message: impl Into<String>) -> Self {
        Self::new(code, node.span, node.pointer.clone(), message)
    }

    /// A problem with a member, shown at its key.
    #[must_use]
    pub fn at_key(code: &'static Code, member: &Member, message: impl Into<String>) -> Self {
        Self::new(code, member.key, member.node.pointer.clone(), message)
    }

    /// Sets what stands beside the arrow.
    #[must_use]
    pub fn label(mut self, text: impl Into<String>) -> Self {
        self.label = text.into();
        self
    }

    /// Adds a reason.
    #[must_use]
    pub fn note(mut self, text: impl Into<String>) -> Self {
        self.notes.push(text.into());
        self
    }

    /// Sets what to write instead.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }

    /// Adds another place.
    #[must_use]
    pub fn related(mut self, span: Span, text: impl Into<String>) -> Self {
        self.related.push((span, text.into()));
        self
    }

    /// Whether the problem only informs.
    #[must_use]
    pub fn is_warning(&self) -> bool {
        self.code.is_warning()
    }
}

/// The problems of a document, with the text they point into.
#[derive(Debug, Clone, Default)]
pub struct Diagnostics {
    /// The problems, ordered by place, each once.
    pub items: Vec<Diagnostic>,
    /// The files that spans point into.
    pub sources: Sources,
}

impl Diagnostics {
    /// Orders `items` by place and drops repetitions (a schema is looked at once per view).
    #[must_use]
    pub fn new(mut items: Vec<Diagnostic>, sources: Sources) -> Self {
        items.sort_by(|a, b| {
            let place = |d: &Diagnostic| (d.span.file, d.span.line, d.span.column);
            (place(a), a.code.code, &a.message).cmp(&(place(b), b.code.code, &b.message))
        });
        items.dedup_by(|a, b| {
            (a.code.code, a.span, &a.message, &a.label)
                == (b.code.code, b.span, &b.message, &b.label)
        });
        Self { items, sources }
    }

    /// Whether any problem forbids generating.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.items.iter().any(|item| !item.is_warning())
    }

    /// Only the problems that forbid generating.
    pub fn errors(&self) -> impl Iterator<Item = &Diagnostic> {
        self.items.iter().filter(|item| !item.is_warning())
    }
}

impl std::fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        render::all(self, f)
    }
}

impl std::error::Error for Diagnostics {}
