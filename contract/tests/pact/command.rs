//! The commands: reports, exit codes, bad input, and the program that verifies.

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

use serde_json::Value;
use tempfile::TempDir;

use super::{DOCUMENT, Edit, PACT, edited};

/// A folder with the document and, under `pacts/`, the changed pact.
fn folder(pact: &[Edit<'_>]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("depot.yaml"), DOCUMENT).unwrap();
    fs::create_dir(folder.path().join("pacts")).unwrap();
    fs::write(folder.path().join("pacts/office.json"), edited(PACT, pact)).unwrap();
    folder
}

fn contract(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_contract"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .expect("contract runs")
}

fn text(output: &Output) -> String {
    [&output.stdout[..], &output.stderr[..]]
        .map(String::from_utf8_lossy)
        .concat()
}

const CHECK: &[&str] = &["pact", "check", "depot.yaml", "pacts"];

#[test]
fn a_kept_pact_ends_with_0() {
    let output = contract(folder(&[]).path(), CHECK);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output));
    let last = "1 pact with 4 interactions against depot.yaml: 0 errors, 0 warnings, 0 notes\n";
    assert_eq!(text(&output), last);
}

#[test]
fn a_broken_pact_ends_with_1_and_says_everything() {
    let folder = folder(&[("\"id\": \"b1\",", "\"id\": \"b1\", \"owner\": \"me\",")]);
    let output = contract(folder.path(), CHECK);
    assert_eq!(output.status.code(), Some(1), "{}", text(&output));
    for wanted in [
        "error    office, \"a box\": GET /boxes/{boxId}\n",
        "body `$.owner`: the schema has no field `owner`  [response-field-unknown]\n",
        "pacts/office.json:19  against depot.yaml:",
    ] {
        assert!(
            text(&output).contains(wanted),
            "{wanted} in {}",
            text(&output)
        );
    }
    let json = contract(folder.path(), &[CHECK, &["--format", "json"]].concat());
    let report: Value = serde_json::from_slice(&json.stdout).unwrap();
    let finding = &report["findings"][0];
    assert_eq!(finding["rule"], "response-field-unknown");
    assert_eq!(finding["severity"], "error");
    assert_eq!(finding["pact"]["line"], 19);
}

#[test]
fn notes_can_be_left_out_or_end_the_run() {
    let folder = folder(&[("\"id\": \"b1\",", "\"id\": \"b1\", \"note\": \"n\",")]);
    let output = contract(folder.path(), CHECK);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output));
    assert!(text(&output).contains("[response-field-optional]"));
    let output = contract(folder.path(), &[CHECK, &["--show", "warning"]].concat());
    assert!(!text(&output).contains("[response-field-optional]"));
    let output = contract(folder.path(), &[CHECK, &["--fail-on", "note"]].concat());
    assert_eq!(output.status.code(), Some(1), "{}", text(&output));
}

#[test]
fn every_rule_is_listed() {
    let output = contract(folder(&[]).path(), &["pact", "rules"]);
    for rule in contract::pact::Rule::ALL {
        assert!(text(&output).contains(rule.id()), "{}", rule.id());
    }
}

#[test]
fn what_cannot_be_used_ends_with_3_and_says_where() {
    let folder = folder(&[]);
    let pact = folder.path().join("pacts/office.json");
    let unusable = |wanted: &str| {
        let output = contract(folder.path(), CHECK);
        assert_eq!(output.status.code(), Some(3), "{}", text(&output));
        assert!(
            text(&output).contains(wanted),
            "{wanted} in {}",
            text(&output)
        );
    };
    fs::write(&pact, "{\n  \"consumer\":").unwrap();
    unusable("pacts/office.json:2: no JSON");
    fs::write(&pact, "{ \"consumer\": { \"name\": \"office\" } }").unwrap();
    unusable("pacts/office.json is no pact: `interactions` is missing");
    fs::remove_file(&pact).unwrap();
    unusable("no pact was found");
    fs::remove_dir(folder.path().join("pacts")).unwrap();
    unusable("cannot read pacts");
    fs::write(folder.path().join("depot.yaml"), "openapi: 3.1.0\npaths: [").unwrap();
    unusable("depot.yaml:");
    let output = contract(folder.path(), &["pact", "check", "depot.yaml"]);
    assert_eq!(output.status.code(), Some(2), "{}", text(&output));
}

/// `contract` alone in a folder. A link, because a file that was just written may be held open by a neighbour's child.
fn lonely() -> (TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let program = folder.path().join("contract");
    fs::hard_link(env!("CARGO_BIN_EXE_contract"), &program).unwrap();
    (folder, program)
}

#[test]
fn verifying_without_the_program_says_how_to_get_it() {
    let (_folder, program) = lonely();
    let output = Command::new(program)
        .args([
            "pact",
            "verify",
            "--provider",
            "http://127.0.0.1:9",
            "--pacts",
            "pacts",
        ])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(3), "{}", text(&output));
    assert!(
        text(&output).contains("cargo build -p waybill-contract-pact"),
        "{}",
        text(&output)
    );
}

#[cfg(unix)]
#[test]
fn verifying_runs_the_program_beside_and_ends_as_it_does() {
    let (folder, program) = lonely();
    let beside = folder.path().join("contract-pact");
    let verify = || {
        let mut command = Command::new(&program);
        command.args([
            "pact",
            "verify",
            "--provider",
            "http://127.0.0.1:9",
            "--help",
        ]);
        command.output().unwrap()
    };
    std::os::unix::fs::symlink("/bin/echo", &beside).unwrap();
    let output = verify();
    assert_eq!(output.status.code(), Some(0), "{}", text(&output));
    let said = "verify --provider http://127.0.0.1:9 --help\n";
    assert_eq!(text(&output), said);
    fs::remove_file(&beside).unwrap();
    std::os::unix::fs::symlink("/bin/false", &beside).unwrap();
    assert_eq!(verify().status.code(), Some(1));
}
