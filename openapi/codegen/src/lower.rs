//! Lowering: from the located document to the IR, with every problem found on the way.
//!
//! Nothing stops at the first problem: each part is looked at on its own, and only a document
//! without errors becomes an [`Api`].

mod bodies;
mod components;
mod constraints;
mod drafts;
mod enums;
mod errors;
mod essence;
mod extensions;
mod finish;
mod flat;
mod formats;
mod graph;
mod headers;
mod info;
mod keywords;
mod links;
mod literals;
mod objects;
mod operations;
mod parameters;
mod paths;
mod patterns;
mod raw;
mod references;
mod responses;
mod security;
mod status;
mod tagged;
mod types;
mod unions;
mod values;
mod views;

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap, HashSet, VecDeque};
use std::rc::Rc;

use crate::diagnostics::{Code, Diagnostic, Diagnostics, Span, codes};
use crate::ir::{Api, Operation, Place, SecurityScheme, TypeId};
use crate::names;
use crate::read::Document;
use crate::tree::{Node, NodeId};

use drafts::{Direction, Draft, Pending};
use raw::Raw;
pub(crate) use references::RefKind;

/// What lowering needs beside the document.
#[derive(Debug, Clone)]
pub struct Options {
    /// The Rust module that the code becomes.
    pub module: String,
    /// Operations to leave out, by `operationId`.
    pub skip: BTreeSet<String>,
    /// Problems, by code and place, that the user allowed.
    pub permitted: HashSet<(&'static str, Span)>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            module: "v1".to_owned(),
            skip: BTreeSet::new(),
            permitted: HashSet::new(),
        }
    }
}

impl Options {
    /// Whether a problem stands in the way of an IR.
    fn forbids(&self, problem: &Diagnostic) -> bool {
        !problem.is_warning() && !self.permitted.contains(&(problem.code.code, problem.span))
    }
}

/// What lowering found.
#[derive(Debug)]
pub struct Outcome {
    /// The IR, when nothing forbids it.
    pub api: Option<Api>,
    /// Every problem, reading included, unordered.
    pub problems: Vec<Diagnostic>,
}

/// Lowers a document with default options.
///
/// # Errors
/// Every problem of the document at once; warnings alone are no error.
pub fn lower(document: &Document) -> Result<Api, Diagnostics> {
    let outcome = lower_with(document, &Options::default());
    let diagnostics = Diagnostics::new(outcome.problems, document.sources.clone());
    match outcome.api {
        Some(api) if !diagnostics.has_errors() => Ok(api),
        _ => Err(diagnostics),
    }
}

/// Lowers a document; problems and IR come side by side.
#[must_use]
pub fn lower_with(document: &Document, options: &Options) -> Outcome {
    let mut problems = document.problems.clone();
    let Some(root) = document.root() else {
        return Outcome {
            api: None,
            problems,
        };
    };
    let is_31 = !root
        .get("openapi")
        .and_then(Node::as_str)
        .is_some_and(|version| version.starts_with("3.0"));
    let mut lowering = Lowering {
        document,
        options,
        is_31,
        problems: RefCell::new(Vec::new()),
        raws: RefCell::new(HashMap::new()),
        drafts: Vec::new(),
        known: HashMap::new(),
        queue: VecDeque::new(),
        nesting: Vec::new(),
        links: RefCell::new(Vec::new()),
        schemes: Vec::new(),
        operations: Vec::new(),
        error_roots: Vec::new(),
        error_enum: None,
    };
    let api = lowering.run(root);
    let found = lowering.problems.take();
    // A reference into a file that cannot be read is one problem, not two.
    let unreadable: HashSet<Span> = problems
        .iter()
        .filter(|problem| problem.code == codes::UNREADABLE)
        .map(|problem| problem.span)
        .collect();
    problems.extend(found.into_iter().filter(|problem| {
        problem.code != codes::UNRESOLVED_REF || !unreadable.contains(&problem.span)
    }));
    let failed = problems.iter().any(|problem| options.forbids(problem));
    Outcome {
        api: api.filter(|_| !failed),
        problems,
    }
}

/// The state of lowering one document.
struct Lowering<'d> {
    document: &'d Document,
    options: &'d Options,
    is_31: bool,
    problems: RefCell<Vec<Diagnostic>>,
    raws: RefCell<HashMap<NodeId, Rc<Raw<'d>>>>,
    drafts: Vec<Draft>,
    known: HashMap<(Vec<NodeId>, Direction), TypeId>,
    queue: VecDeque<Pending<'d>>,
    /// The schemas between the current definition and the current use, to find endless arrays.
    nesting: Vec<Vec<NodeId>>,
    /// The links of all answers, which may lead to operations that come later.
    links: RefCell<Vec<&'d Node>>,
    schemes: Vec<SecurityScheme>,
    operations: Vec<Operation>,
    /// Definitions that the error envelope uses.
    error_roots: Vec<TypeId>,
    error_enum: Option<(TypeId, Place)>,
}

impl<'d> Lowering<'d> {
    fn run(&mut self, root: &'d Node) -> Option<Api> {
        let info = self.info(root)?;
        self.security_schemes(root);
        self.paths(root);
        self.drain();
        if self.options.permitted.is_empty() {
            // What was permitted may leave components behind that cannot be generated.
            self.unused_components(root);
            self.drain();
        }
        self.judge_links(root);
        let failed = self
            .problems
            .borrow()
            .iter()
            .any(|problem| self.options.forbids(problem));
        if failed || !self.document.problems.is_empty() {
            return None;
        }
        self.finish(info, root)
    }

    fn report(&self, problem: Diagnostic) {
        self.problems.borrow_mut().push(problem);
    }

    /// The place of a node as the IR keeps it.
    fn place(&self, node: &Node) -> Place {
        Place {
            file: self.document.sources.name(node.span.file),
            line: node.span.line,
            column: node.span.column,
            pointer: node.pointer.clone(),
        }
    }

    fn nowhere(&self) -> Place {
        Place {
            file: self.document.sources.name(crate::diagnostics::FileId(0)),
            line: 1,
            column: 1,
            pointer: String::new(),
        }
    }

    /// The span of a place, for messages about the finished IR.
    fn span_of(&self, place: &Place) -> Span {
        let file = self.document.sources.find(&place.file).unwrap_or_default();
        Span {
            file,
            line: place.line,
            column: place.column,
            len: 0,
        }
    }

    fn diagnostic_at(
        &self,
        code: &'static Code,
        place: &Place,
        message: impl Into<String>,
    ) -> Diagnostic {
        Diagnostic::new(code, self.span_of(place), place.pointer.clone(), message)
    }

    /// Reports two things that would have one name in Rust.
    fn collision(&self, second: &Place, first: &Place, what: &str, name: &str) {
        self.report(
            self.diagnostic_at(
                crate::diagnostics::codes::NAME_COLLISION,
                second,
                format!("this {what} would be called `{name}` in Rust, as another one is"),
            )
            .label("the second one")
            .related(self.span_of(first), "the first one")
            .help("rename one of the two"),
        );
    }

    /// The Rust name of the module.
    fn module(&self) -> crate::ir::Ident {
        names::field_name(&self.options.module).unwrap_or_else(|| names::type_ident("api"))
    }
}

/// A set of ids that were met.
type Seen = HashSet<TypeId>;
