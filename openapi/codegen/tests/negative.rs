//! Wrong documents and the whole text of what is said about them.
//!
//! `UPDATE_GOLDENS=1 cargo test -p openapi-codegen --test negative` writes the texts anew; read the
//! difference before committing it. Lines `# --allow CODE` at the head of a case become arguments.
#![expect(clippy::expect_used, reason = "a test that meets the unexpected fails")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use clap::Parser as _;
use openapi_codegen::cli::{Cli, FAILED, run};
use openapi_codegen::diagnostics::codes;

/// The case files, in order of name.
fn cases() -> Vec<PathBuf> {
    let entries = fs::read_dir("tests/cases/negative").expect("the folder of cases");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    let mut found: Vec<PathBuf> = paths
        .filter(|path| path.extension().is_some_and(|end| end != "txt"))
        .collect();
    found.sort();
    found
}

/// What `codegen check` says about a document, and its exit code.
fn judged(case: &Path) -> (String, u8) {
    let text = fs::read_to_string(case).expect("the case");
    let path = case.to_str().expect("a plain name");
    let mut arguments = vec![
        "codegen",
        "check",
        "--document",
        path,
        "--out",
        "tests/no-such-folder",
    ];
    for line in text.lines() {
        let Some(allow) = line.strip_prefix("# --allow ") else {
            break;
        };
        arguments.extend(["--allow", allow]);
    }
    let cli = Cli::try_parse_from(arguments).expect("valid arguments");
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let code = run(&cli, &mut out, &mut err);
    (String::from_utf8(err).expect("UTF-8"), code)
}

#[test]
fn every_wrong_document_is_refused_with_the_whole_message() {
    #[expect(
        clippy::disallowed_methods,
        reason = "a switch for people, not configuration"
    )]
    let update = std::env::var_os("UPDATE_GOLDENS").is_some();
    let mut differing = Vec::new();
    for case in cases() {
        let (message, code) = judged(&case);
        assert_eq!(
            code,
            FAILED,
            "{} is not refused:\n{message}",
            case.display()
        );
        let golden = case.with_extension("txt");
        let expected = fs::read_to_string(&golden).unwrap_or_default();
        if message == expected {
            continue;
        }
        if update {
            fs::write(&golden, &message).expect("a golden can be written");
        }
        differing.push(format!(
            "{}\n--- expected\n{expected}\n--- found\n{message}",
            case.display()
        ));
    }
    assert!(update || differing.is_empty(), "{}", differing.join("\n"));
}

#[test]
fn every_code_has_a_case() {
    let mut seen = BTreeSet::new();
    for case in cases() {
        let text = fs::read_to_string(case.with_extension("txt")).unwrap_or_default();
        for code in codes::ALL {
            if text.contains(&format!("[{}]", code.code)) {
                seen.insert(code.code);
            }
        }
    }
    let missing: Vec<&str> = codes::ALL
        .iter()
        .map(|code| code.code)
        .filter(|code| !seen.contains(code))
        .collect();
    assert!(missing.is_empty(), "codes without a case: {missing:?}");
}

#[test]
fn codes_are_unique_and_in_order() {
    let names: Vec<&str> = codes::ALL.iter().map(|code| code.code).collect();
    let errors: Vec<&str> = names
        .iter()
        .copied()
        .filter(|name| name.starts_with('E'))
        .collect();
    assert!(errors.is_sorted_by(|a, b| a < b), "{errors:?}");
    assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len());
}
