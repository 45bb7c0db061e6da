//! The whole way from a document to the IR, with what the user allowed to be left out.

use std::collections::{BTreeSet, HashSet};
use std::str::FromStr;

use crate::concern::Concerns;
use crate::diagnostics::{Code, Diagnostic, Diagnostics, FileId, Span, codes};
use crate::examples;
use crate::ir::Api;
use crate::lower::{Options, lower_with};
use crate::read::Document;
use crate::resolve::nearest;

/// `--allow CODE` or `--allow CODE@operationId`: leave out the operations concerned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allow {
    /// The code as it was written.
    pub code: String,
    /// Only this operation.
    pub operation: Option<String>,
}

impl FromStr for Allow {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (code, operation) = match text.split_once('@') {
            Some((code, operation)) => (code, Some(operation.to_owned())),
            None => (text, None),
        };
        Ok(Self {
            code: code.to_owned(),
            operation,
        })
    }
}

impl std::fmt::Display for Allow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.operation {
            Some(operation) => write!(f, "{}@{operation}", self.code),
            None => f.write_str(&self.code),
        }
    }
}

/// A document that can be emitted.
#[derive(Debug)]
pub struct Compiled {
    /// The IR, without the operations that were left out.
    pub api: Api,
    /// What the user should know all the same.
    pub warnings: Diagnostics,
    /// The operations that `--allow` left out.
    pub skipped: BTreeSet<String>,
}

/// Judges the whole document, examples included, and lowers it.
///
/// # Errors
/// Every problem at once, in order of place.
pub fn compile(
    document: &Document,
    module: &str,
    allows: &[Allow],
) -> Result<Compiled, Diagnostics> {
    // Checking examples follows references on the stack, so it gets one that is deep enough.
    let deep = std::thread::Builder::new().stack_size(STACK_BYTES);
    std::thread::scope(
        |scope| match deep.spawn_scoped(scope, || judge(document, module, allows)) {
            Ok(thread) => thread
                .join()
                .unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
            Err(_) => judge(document, module, allows),
        },
    )
}

/// Reserved, not used, as long as nothing nests deeply.
const STACK_BYTES: usize = 256 << 20;

fn judge(document: &Document, module: &str, allows: &[Allow]) -> Result<Compiled, Diagnostics> {
    let options = Options {
        module: module.to_owned(),
        ..Options::default()
    };
    let outcome = lower_with(document, &options);
    let mut problems = outcome.problems;
    problems.extend(examples::check(document));
    let Permitted {
        kept,
        allowed,
        skipped,
    } = permit(document, problems, allows);
    let diagnostics = Diagnostics::new(kept, document.sources.clone());
    if diagnostics.has_errors() {
        return Err(diagnostics);
    }
    let api = if allowed.is_empty() {
        outcome.api
    } else {
        lower_with(
            document,
            &Options {
                skip: skipped.clone(),
                permitted: allowed,
                ..options
            },
        )
        .api
    };
    match api {
        Some(api) => Ok(Compiled {
            api,
            warnings: diagnostics,
            skipped,
        }),
        // Without problems there is an IR; should that ever fail, it is said and not hidden.
        None => Err(unlowered(document)),
    }
}

fn unlowered(document: &Document) -> Diagnostics {
    let problem = Diagnostic::new(
        codes::UNSUPPORTED_VALUE,
        start(),
        "",
        "what is left of the document cannot be generated",
    )
    .help("allow fewer problems, and correct those that components have");
    Diagnostics::new(vec![problem], document.sources.clone())
}

fn start() -> Span {
    Span {
        file: FileId(0),
        line: 1,
        column: 1,
        len: 0,
    }
}

struct Permitted {
    kept: Vec<Diagnostic>,
    allowed: HashSet<(&'static str, Span)>,
    skipped: BTreeSet<String>,
}

/// Takes out what the user allowed, finds the operations concerned, and judges the allowances.
fn permit(document: &Document, problems: Vec<Diagnostic>, allows: &[Allow]) -> Permitted {
    let mut out = Permitted {
        kept: Vec::new(),
        allowed: HashSet::new(),
        skipped: BTreeSet::new(),
    };
    if allows.is_empty() {
        out.kept = problems;
        return out;
    }
    let concerns = Concerns::new(document);
    let mut needed = vec![false; allows.len()];
    for problem in problems {
        let concerned = concerns.of(&problem);
        let mut covered = BTreeSet::new();
        let mut wholly = false;
        for (allow, needed) in allows.iter().zip(&mut needed) {
            if problem.is_warning() || !allow.code.eq_ignore_ascii_case(problem.code.code) {
                continue;
            }
            match &allow.operation {
                None => {
                    wholly = true;
                    *needed = true;
                }
                Some(operation) if concerned.contains(operation.as_str()) => {
                    covered.insert(operation.as_str());
                    *needed = true;
                }
                Some(_) => {}
            }
        }
        if wholly || (!concerned.is_empty() && covered == concerned) {
            out.allowed.insert((problem.code.code, problem.span));
            out.skipped.extend(concerned.into_iter().map(str::to_owned));
        } else {
            out.kept.push(problem);
        }
    }
    for (allow, needed) in allows.iter().zip(needed) {
        if !needed {
            out.kept.push(unneeded(allow, &concerns));
        }
    }
    out
}

fn unneeded(allow: &Allow, concerns: &Concerns<'_>) -> Diagnostic {
    let Some(code) = Code::find(&allow.code) else {
        let near = nearest(&allow.code, codes::ALL.iter().map(|code| code.code));
        return Diagnostic::new(
            codes::UNKNOWN_ALLOW,
            start(),
            "",
            format!("--allow {allow}: there is no such code"),
        )
        .help(near.map_or_else(
            || "`codegen explain` lists all codes".to_owned(),
            |near| format!("did you mean `{near}`?"),
        ));
    };
    if let Some(operation) = &allow.operation
        && concerns.operation(operation).is_none()
    {
        let near = nearest(operation, concerns.names());
        return Diagnostic::new(
            codes::UNKNOWN_ALLOW,
            start(),
            "",
            format!("--allow {allow}: there is no such operation"),
        )
        .help(near.map_or_else(
            || "name an operationId of the document".to_owned(),
            |near| format!("did you mean `{near}`?"),
        ));
    }
    let place = allow
        .operation
        .as_deref()
        .and_then(|operation| concerns.operation(operation));
    Diagnostic::new(
        codes::STALE_ALLOW,
        place.unwrap_or_else(start),
        "",
        format!("--allow {allow} is not needed"),
    )
    .note(format!(
        "no problem of the kind \"{}\" is left here",
        code.title
    ))
    .help(format!("remove --allow {allow}"))
}
