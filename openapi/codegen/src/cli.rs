//! The command line: `codegen generate | check | explain | downgrade`.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Args, Parser, Subcommand};

use crate::compile::{Allow, Compiled, compile};
use crate::diagnostics::{Code, Diagnostic, Diagnostics, codes};
use crate::downgrade;
use crate::emit::emit;
use crate::read::Document;
use crate::resolve::{Reference, nearest};
use crate::tree::Node;
use crate::write::{self, Target};

/// Everything is as it should be.
pub const FRESH: u8 = 0;
/// Generated files differ from what the document gives: `codegen generate` is needed.
pub const STALE: u8 = 4;
/// The document is wrong, or files cannot be read or written.
pub const FAILED: u8 = 100;

/// Turns an OpenAPI document into poem-openapi types, traits and routes.
#[derive(Debug, Parser)]
#[command(
    name = "codegen",
    version,
    after_help = "Exit codes: 0 fresh or done, 4 `generate` is needed, 100 the document is wrong."
)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Write the generated code and the document's 3.0 form.
    Generate(Input),
    /// Tell whether the generated code is what the document gives; write nothing.
    Check(Input),
    /// Explain a problem's code; without one, list all.
    Explain {
        /// Such as E0501.
        code: Option<String>,
    },
    /// Print the document as OpenAPI 3.0.3 in JSON.
    Downgrade(Input),
}

#[derive(Debug, Args)]
struct Input {
    /// The OpenAPI document, YAML or JSON.
    #[arg(long, value_name = "PATH", default_value = "openapi/v1.yaml")]
    document: PathBuf,
    /// The folder of the generated module.
    #[arg(long, value_name = "PATH", default_value = "openapi/generated/src/v1")]
    out: PathBuf,
    /// The name of the generated module.
    #[arg(long, value_name = "NAME", default_value = "v1")]
    module: String,
    /// Where the 3.0 form goes [default: beside the document, v1.yaml gives v1-3.0.json].
    #[arg(long, value_name = "PATH")]
    downgraded: Option<PathBuf>,
    /// Leave out the operations that a problem of this kind concerns; repeatable.
    #[arg(long, value_name = "CODE[@OPERATION]")]
    allow: Vec<Allow>,
}

/// Runs a command line; messages go to `out` and `err`. The result is the exit code.
pub fn run(cli: &Cli, out: &mut dyn Write, err: &mut dyn Write) -> u8 {
    let done = match &cli.command {
        Command::Generate(input) => generate(input, out, err),
        Command::Check(input) => check(input, out, err),
        Command::Explain { code } => explain(code.as_deref(), out),
        Command::Downgrade(input) => print_downgraded(input, out),
    };
    match done {
        Ok(code) => code,
        Err(message) => {
            // Nothing is left to do when even the message cannot be written.
            let _ = writeln!(err, "{message}");
            FAILED
        }
    }
}

type Outcome = Result<u8, String>;

fn generate(input: &Input, out: &mut dyn Write, err: &mut dyn Write) -> Outcome {
    let (compiled, targets) = targets(input, err)?;
    let changes = write::apply(&targets, &input.out).map_err(|error| error.to_string())?;
    for (path, difference) in &changes {
        say(out, &format!("{}: {}", path.display(), verb(*difference)))?;
    }
    let operations = compiled.api.operations().count();
    let kept = targets.len()
        - changes
            .iter()
            .filter(|(_, difference)| *difference != write::Difference::LeftOver)
            .count();
    say(
        out,
        &format!(
            "{operations} operations, {} types; {} files changed, {kept} unchanged",
            compiled.api.types.len(),
            changes.len()
        ),
    )?;
    Ok(FRESH)
}

fn verb(difference: write::Difference) -> &'static str {
    match difference {
        write::Difference::Missing => "created",
        write::Difference::Changed => "updated",
        write::Difference::LeftOver => "removed",
    }
}

fn check(input: &Input, out: &mut dyn Write, err: &mut dyn Write) -> Outcome {
    let (_, targets) = targets(input, err)?;
    let changes = write::differences(&targets, &input.out).map_err(|error| error.to_string())?;
    if changes.is_empty() {
        say(out, &format!("{} files are fresh", targets.len()))?;
        return Ok(FRESH);
    }
    for (path, difference) in &changes {
        say(out, &format!("{}: {difference}", path.display()))?;
    }
    say(
        out,
        "run `codegen generate`, and never edit generated files",
    )?;
    Ok(STALE)
}

/// Everything that shall be on disk. All checks are over once this returns.
fn targets(input: &Input, err: &mut dyn Write) -> Result<(Compiled, Vec<Target>), String> {
    let document = Document::read(&input.document);
    // The derived form is not generated when the user allowed that there is none.
    let (wanted, allows) = without_downgrade(&input.allow);
    let derived = derive(&document);
    let derived = match (wanted, derived) {
        (true, derived) => derived.map(Some),
        (false, Ok(_)) => Err(Diagnostics::new(
            vec![needless_downgrade()],
            document.sources.clone(),
        )),
        (false, Err(_)) => Ok(None),
    };
    // Problems of both ways are told at once.
    let (compiled, derived) = match (compile(&document, &input.module, &allows), derived) {
        (Ok(compiled), Ok(derived)) => (compiled, derived.flatten()),
        (Err(problems), Ok(_)) | (Ok(_), Err(problems)) => return Err(problems.to_string()),
        (Err(mut problems), Err(more)) => {
            // What is wrong in itself need not be said again about its 3.0 form.
            if !problems.has_errors() {
                problems = more;
            }
            return Err(problems.to_string());
        }
    };
    if !compiled.warnings.items.is_empty() {
        say(err, &compiled.warnings.to_string())?;
    }
    for operation in &compiled.skipped {
        say(err, &format!("left out: {operation}"))?;
    }
    let mut targets: Vec<Target> = emit(&compiled.api)
        .into_iter()
        .map(|file| Target {
            path: input.out.join(&file.path),
            contents: file.contents,
        })
        .collect();
    if let Some(contents) = derived {
        targets.push(Target {
            path: input
                .downgraded
                .clone()
                .unwrap_or_else(|| beside(&input.document)),
            contents,
        });
    }
    Ok((compiled, targets))
}

fn without_downgrade(allows: &[Allow]) -> (bool, Vec<Allow>) {
    let about = |allow: &&Allow| allow.code.eq_ignore_ascii_case(codes::NOT_IN_3_0.code);
    let wanted = !allows.iter().any(|allow| about(&allow));
    (
        wanted,
        allows
            .iter()
            .filter(|allow| !about(allow))
            .cloned()
            .collect(),
    )
}

fn needless_downgrade() -> Diagnostic {
    let code = codes::NOT_IN_3_0.code;
    Diagnostic::new(
        codes::STALE_ALLOW,
        crate::diagnostics::Span {
            line: 1,
            column: 1,
            ..Default::default()
        },
        "",
        format!("--allow {code} is not needed"),
    )
    .help(format!("remove --allow {code}"))
}

/// The 3.0 form; `None` for a document that is in 3.0 already, or cannot be read.
fn derive(document: &Document) -> Result<Option<String>, Diagnostics> {
    let Some(root) = document.root().filter(|_| document.problems.is_empty()) else {
        return Ok(None);
    };
    let version = root
        .get("openapi")
        .and_then(Node::as_str)
        .unwrap_or_default();
    if !version.starts_with("3.1") {
        return Ok(None);
    }
    if let Some((_, file)) = document.sources.iter().nth(1) {
        let problem = Diagnostic::at(
            codes::NOT_IN_3_0,
            root,
            "a document of several files has no 3.0 form yet",
        )
        .note(format!("it refers to `{}`", file.name))
        .help("keep the document in one file, or leave the 3.0 form out with `--allow E0403`");
        return Err(Diagnostics::new(vec![problem], document.sources.clone()));
    }
    match downgrade::to_3_0(&root.to_json()) {
        Ok(value) => {
            let text = serde_json::to_string_pretty(&value).unwrap_or_default();
            Ok(Some(format!("{text}\n")))
        }
        Err(problems) => {
            let located = problems.into_iter().map(|problem| {
                let parsed = Reference::parse(&format!("#{}", problem.pointer)).ok();
                let node = parsed
                    .and_then(|at| crate::resolve::locate(document, root.span.file, &at))
                    .unwrap_or(root);
                Diagnostic::at(codes::NOT_IN_3_0, node, problem.message)
                    .label("OpenAPI 3.0 cannot say this")
                    .help("say it otherwise, or leave the 3.0 form out with `--allow E0403`")
            });
            Err(Diagnostics::new(
                located.collect(),
                document.sources.clone(),
            ))
        }
    }
}

fn beside(document: &Path) -> PathBuf {
    let stem = document.file_stem().unwrap_or_default().to_string_lossy();
    document.with_file_name(format!("{stem}-3.0.json"))
}

fn print_downgraded(input: &Input, out: &mut dyn Write) -> Outcome {
    let document = Document::read(&input.document);
    if !document.problems.is_empty() {
        return Err(
            Diagnostics::new(document.problems.clone(), document.sources.clone()).to_string(),
        );
    }
    match derive(&document).map_err(|problems| problems.to_string())? {
        Some(text) => out
            .write_all(text.as_bytes())
            .map_err(|error| error.to_string())?,
        None => {
            return Err(format!(
                "{} is not an OpenAPI 3.1 document",
                input.document.display()
            ));
        }
    }
    Ok(FRESH)
}

fn explain(code: Option<&str>, out: &mut dyn Write) -> Outcome {
    let Some(name) = code else {
        for code in codes::ALL {
            say(out, &format!("{}  {}", code.code, code.title))?;
        }
        return Ok(FRESH);
    };
    let Some(code) = Code::find(name) else {
        let near = nearest(name, codes::ALL.iter().map(|code| code.code));
        let hint = near.map_or_else(
            || "`codegen explain` lists all".to_owned(),
            |near| format!("did you mean {near}?"),
        );
        return Err(format!("there is no code {name}; {hint}"));
    };
    say(
        out,
        &format!("{}: {}\n\n{}", code.code, code.title, wrapped(code.text)),
    )?;
    Ok(FRESH)
}

/// Text in lines of at most 80 characters.
fn wrapped(text: &str) -> String {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        if let Some(line) = lines.last_mut() {
            if line.is_empty() {
                line.push_str(word);
                continue;
            }
            if line.chars().count() + word.chars().count() < 80 {
                line.push(' ');
                line.push_str(word);
                continue;
            }
        }
        lines.push(word.to_owned());
    }
    lines.join("\n")
}

fn say(to: &mut dyn Write, text: &str) -> Result<(), String> {
    writeln!(to, "{text}").map_err(|error| error.to_string())
}
