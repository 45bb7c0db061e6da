//! The goldens are what the generator writes today. They are compiled and driven in `driven`, a test of its own, as
//! goldens that do not compile must not keep the generator from writing better ones.
#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test that meets the unexpected fails"
)]

use std::fs;
use std::path::{Path, PathBuf};

use openapi_codegen::emit::{GeneratedFile, emit};
use openapi_codegen::lower::lower;
use openapi_codegen::read::Document;

/// Every positive document.
const CASES: [&str; 4] = ["everything", "hostile", "petstore", "tic-tac-toe"];

/// The document as its own text, under a name that does not depend on where the test runs.
fn document(case: &str) -> Document {
    let name = format!("tests/cases/positive/{case}.yaml");
    let text = fs::read_to_string(root().join(&name)).expect("the document of the case");
    Document::from_text(&name, &[(&name, &text)])
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn folder(case: &str) -> PathBuf {
    root().join("tests/goldens").join(case.replace('-', "_"))
}

fn generated(case: &str) -> Vec<GeneratedFile> {
    match lower(&document(case)) {
        Ok(api) => emit(&api),
        Err(problems) => panic!("{case}:\n{problems}"),
    }
}

fn files_below(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files_below(&path, found);
        } else {
            found.push(path);
        }
    }
}

#[test]
fn goldens_are_what_the_generator_writes() {
    for case in CASES {
        let files = generated(case);
        for file in &files {
            let path = folder(case).join(&file.path);
            let golden = fs::read_to_string(&path).unwrap_or_default();
            assert!(
                golden == file.contents,
                "{} is stale: run the ignored test `write_goldens`",
                path.display()
            );
        }
        let mut known = Vec::new();
        files_below(&folder(case), &mut known);
        assert_eq!(
            known.len(),
            files.len(),
            "{case}: files that the generator does not write"
        );
    }
}

#[test]
fn two_runs_write_the_same() {
    for case in CASES {
        assert_eq!(generated(case), generated(case));
    }
}

/// Writes the goldens anew: `cargo test -p openapi-codegen --test fresh -- --ignored write_goldens`.
#[test]
#[ignore = "writes files; run it by name"]
fn write_goldens() {
    for case in CASES {
        let files = generated(case);
        let folder = folder(case);
        if folder.exists() {
            fs::remove_dir_all(&folder).expect("the old goldens can go");
        }
        for file in files {
            let path = folder.join(&file.path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(&path, file.contents).expect("a golden");
        }
    }
}
