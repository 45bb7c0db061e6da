//! The command line: exit codes, files replaced whole, nothing touched without need.
#![expect(clippy::expect_used, reason = "a test that meets the unexpected fails")]

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use clap::Parser as _;
use openapi_codegen::cli::{Cli, FAILED, FRESH, STALE, run};
use openapi_codegen::diagnostics::codes;
use tempfile::TempDir;

const DOCUMENT: &str = "openapi: 3.1.0
info: { title: Small, version: '1' }
paths:
  /a:
    get:
      operationId: getA
      tags: [A]
      responses:
        '200': { description: Done., content: { application/json: { schema: { $ref: '#/components/schemas/Answer' } } } }
  /b:
    get:
      operationId: getB
      tags: [B]
      responses: { '204': { description: Done. } }
components:
  schemas:
    Answer: { type: object, required: [n], properties: { n: { type: integer } } }
";

/// A folder with a document in it.
struct Case {
    folder: TempDir,
}

impl Case {
    fn new(document: &str) -> Self {
        let case = Self {
            folder: TempDir::new().expect("a folder"),
        };
        case.write(document);
        case
    }

    fn write(&self, document: &str) {
        fs::write(self.path("api.yaml"), document).expect("the document");
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn run(&self, command: &str, more: &[&str]) -> (u8, String, String) {
        let document = self.path("api.yaml").display().to_string();
        let out_folder = self.path("out").display().to_string();
        let mut arguments = vec![
            "codegen",
            command,
            "--document",
            &document,
            "--out",
            &out_folder,
        ];
        arguments.extend(more);
        call(&arguments)
    }

    fn files(&self) -> Vec<PathBuf> {
        let mut found = Vec::new();
        below(self.folder.path(), &mut found);
        found.sort();
        found
    }
}

fn call(arguments: &[&str]) -> (u8, String, String) {
    let cli = Cli::try_parse_from(arguments).expect("valid arguments");
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let code = run(&cli, &mut out, &mut err);
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    (code, text(out), text(err))
}

fn below(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            below(&path, found);
        } else {
            found.push(path);
        }
    }
}

#[test]
fn check_is_stale_before_generate_and_fresh_after_it() {
    let case = Case::new(DOCUMENT);
    assert_eq!(case.run("check", &[]).0, STALE);
    assert_eq!(case.files().len(), 1, "check writes nothing");
    let (code, out, err) = case.run("generate", &[]);
    assert_eq!((code, err.as_str()), (FRESH, ""), "{out}");
    assert!(case.path("api-3.0.json").exists());
    assert_eq!(case.run("check", &[]).0, FRESH);
}

#[test]
fn every_kind_of_difference_is_told_and_repaired() {
    let case = Case::new(DOCUMENT);
    case.run("generate", &[]);
    let edited = case.path("out/a.rs");
    let text = fs::read_to_string(&edited).expect("a generated file");
    fs::write(&edited, format!("{text}// by hand\n")).expect("an edit");
    fs::remove_file(case.path("out/b.rs")).expect("a removal");
    fs::create_dir_all(case.path("out/old")).expect("a folder");
    fs::write(
        case.path("out/old/gone.rs"),
        "//! Generated from api.yaml (sha256 0). Do not edit.\n",
    )
    .expect("a leftover");
    fs::write(case.path("out/notes.rs"), "// by hand\n").expect("a file of somebody else");
    fs::write(case.path("api-3.0.json"), "{}").expect("an edit");
    let (code, out, _) = case.run("check", &[]);
    assert_eq!(code, STALE);
    for line in [
        "a.rs: changed",
        "b.rs: missing",
        "gone.rs: left over",
        "api-3.0.json: changed",
    ] {
        assert!(out.contains(line), "{line} is not in\n{out}");
    }
    assert_eq!(case.run("generate", &[]).0, FRESH);
    assert_eq!(case.run("check", &[]).0, FRESH);
    assert_eq!(fs::read_to_string(&edited).expect("a generated file"), text);
    assert!(!case.path("out/old").exists());
    assert!(
        case.path("out/notes.rs").exists(),
        "only generated files are removed"
    );
}

#[test]
fn an_unchanged_file_keeps_its_modification_time() {
    let case = Case::new(DOCUMENT);
    case.run("generate", &[]);
    let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    let files = case.files();
    for file in &files {
        let handle = fs::File::options().write(true).open(file).expect("a file");
        handle.set_modified(long_ago).expect("a time");
    }
    assert_eq!(case.run("generate", &[]).0, FRESH);
    for file in &files {
        let modified = fs::metadata(file)
            .and_then(|data| data.modified())
            .expect("a time");
        assert_eq!(modified, long_ago, "{}", file.display());
    }
}

#[test]
fn nothing_is_written_for_a_wrong_document() {
    let case = Case::new(DOCUMENT);
    case.run("generate", &[]);
    let before: Vec<(PathBuf, String)> = case
        .files()
        .into_iter()
        .map(|path| (path.clone(), fs::read_to_string(path).expect("text")))
        .collect();
    let wrong = DOCUMENT.replace("operationId: getB", "operationId: getA");
    case.write(&wrong);
    let (code, out, err) = case.run("generate", &[]);
    assert_eq!((code, out.as_str()), (FAILED, ""));
    assert!(err.contains("E0603"), "{err}");
    case.write(DOCUMENT);
    let after: Vec<(PathBuf, String)> = case
        .files()
        .into_iter()
        .map(|path| (path.clone(), fs::read_to_string(path).expect("text")))
        .collect();
    assert_eq!(before, after);
}

#[test]
fn a_file_that_nobody_generated_is_never_overwritten() {
    let case = Case::new(DOCUMENT);
    fs::create_dir_all(case.path("out")).expect("a folder");
    fs::write(case.path("out/mod.rs"), "// by hand\n").expect("a file");
    let (code, _, err) = case.run("generate", &[]);
    assert_eq!(code, FAILED);
    assert!(err.contains("was not generated"), "{err}");
    assert_eq!(case.files().len(), 2, "nothing was written");
}

#[test]
fn two_runs_in_two_places_write_the_same() {
    let (one, other) = (Case::new(DOCUMENT), Case::new(DOCUMENT));
    // The generated code names the document as the command line did.
    let generate = |case: &Case| {
        let text = |path: &PathBuf| fs::read_to_string(path).expect("text");
        assert_eq!(case.run("generate", &[]).0, FRESH);
        let root = case.folder.path().display().to_string();
        case.files()
            .iter()
            .map(|path| text(path).replace(&root, ""))
            .collect::<Vec<_>>()
    };
    assert_eq!(generate(&one), generate(&other));
}

#[cfg(unix)]
#[test]
fn generated_files_are_readable_and_no_temporary_file_stays() {
    use std::os::unix::fs::PermissionsExt as _;
    let case = Case::new(DOCUMENT);
    case.run("generate", &[]);
    for file in case.files() {
        let mode = fs::metadata(&file).expect("a file").permissions().mode();
        assert_eq!(mode & 0o444, 0o444, "{}", file.display());
        assert!(
            !file.to_string_lossy().contains(".codegen-"),
            "{}",
            file.display()
        );
    }
}

#[test]
fn allow_leaves_out_the_operation_concerned_and_nothing_else() {
    let wrong = DOCUMENT.replace(
        "n: { type: integer }",
        "n: { type: integer, format: uint7 }",
    );
    let case = Case::new(&wrong);
    assert_eq!(case.run("generate", &[]).0, FAILED);
    let (code, out, err) = case.run("generate", &["--allow", "E0402"]);
    assert_eq!(code, FRESH, "{err}");
    assert!(
        err.contains("left out: getA") && !err.contains("getB"),
        "{err}"
    );
    assert!(out.contains("1 operations"), "{out}");
    assert_eq!(case.run("generate", &["--allow", "e0402@getA"]).0, FRESH);
    assert_eq!(case.run("generate", &["--allow", "E0402@getB"]).0, FAILED);
    case.write(DOCUMENT);
    let (code, _, err) = case.run("generate", &["--allow", "E0402"]);
    assert_eq!(code, FAILED);
    assert!(err.contains("E1101"), "{err}");
}

#[test]
fn every_code_is_explained() {
    let (code, list, _) = call(&["codegen", "explain"]);
    assert_eq!(code, FRESH);
    for known in codes::ALL {
        assert!(list.contains(known.code));
        let (code, text, _) = call(&["codegen", "explain", &known.code.to_lowercase()]);
        assert_eq!(code, FRESH);
        assert!(
            text.starts_with(known.code) && text.lines().count() >= 3,
            "{text}"
        );
        assert!(
            text.lines().skip(1).all(|line| line.chars().count() <= 80),
            "{text}"
        );
    }
    let (code, _, err) = call(&["codegen", "explain", "E0511x"]);
    assert_eq!(code, FAILED);
    assert!(err.contains("did you mean E0511?"), "{err}");
}

#[test]
fn downgrade_prints_the_3_0_form() {
    let case = Case::new(DOCUMENT);
    let (code, out, _) = case.run("downgrade", &[]);
    assert_eq!(code, FRESH);
    assert!(
        out.contains("\"openapi\": \"3.0.3\"") && out.ends_with("}\n"),
        "{out}"
    );
    case.run("generate", &[]);
    assert_eq!(
        fs::read_to_string(case.path("api-3.0.json")).expect("text"),
        out
    );
}

#[test]
fn warnings_are_told_and_stop_nothing() {
    let case = Case::new(&DOCUMENT.replace("info: {", "x-audience: all\ninfo: {"));
    let (code, _, err) = case.run("generate", &[]);
    assert_eq!(code, FRESH);
    assert!(
        err.contains("warning[W0301]") && err.ends_with("1 warning\n\n"),
        "{err}"
    );
}

#[test]
fn a_missing_document_is_a_failure_with_a_hint() {
    let (code, _, err) = call(&["codegen", "check", "--document", "no/such.yaml"]);
    assert_eq!(code, FAILED);
    assert!(err.contains("cannot read `no/such.yaml`"), "{err}");
    let all = [FRESH, STALE, FAILED];
    assert!(all == [0, 4, 100], "exit codes are a promise");
}
