//! A run that is interrupted, or killed, leaves reports of what there was.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "in a test a failed expectation is a failed test"
)]

use std::{
    fmt::Write as _,
    fs,
    io::{BufRead as _, BufReader, Write as _},
    net::TcpListener,
    path::Path,
    process::{Child, Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::Duration,
};

use serde_json::Value;
use tempfile::TempDir;

/// More operations than are called before the run is cut off.
const OPERATIONS: usize = 400;
const ENOUGH: usize = 12;

/// A server that breaks its document; it ends with the test's process.
fn server() -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let asked = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&asked);
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
            let first = lines.next().and_then(Result::ok).unwrap_or_default();
            while lines
                .next()
                .and_then(Result::ok)
                .is_some_and(|line| !line.is_empty())
            {}
            if first.starts_with("GET /boxes") {
                count.fetch_add(1, Ordering::SeqCst);
                thread::sleep(Duration::from_millis(20));
            }
            let _ = stream.write_all(
                b"HTTP/1.1 500 No\r\ncontent-length: 2\r\ncontent-type: application/json\r\nconnection: close\r\n\r\n{}",
            );
        }
    });
    (format!("http://{address}"), asked)
}

/// A run that has sent a few requests, and the folder with its reports.
fn begun() -> (Child, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let mut document = "openapi: 3.1.0\ninfo: { title: Depot, version: '1' }\npaths:\n".to_owned();
    for number in 0..OPERATIONS {
        let answers = "{ '200': { description: It. } }";
        writeln!(
            document,
            "  /boxes{number}:\n    get: {{ responses: {answers} }}"
        )
        .unwrap();
    }
    fs::write(folder.path().join("depot.yaml"), document).unwrap();
    let (url, asked) = server();
    let child = Command::new(env!("CARGO_BIN_EXE_contract"))
        .current_dir(folder.path())
        .args([
            "replay",
            "depot.yaml",
            "--url",
            &url,
            "--phases",
            "examples",
            "-w",
            "1",
        ])
        .args(["--no-shrink", "--report", "vcr,har,junit,ndjson,json,html"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    while asked.load(Ordering::SeqCst) < ENOUGH {
        thread::sleep(Duration::from_millis(5));
    }
    (child, folder)
}

fn read(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join("contract-report").join(name)).unwrap()
}

/// Holds the recordings against what was sent before the end.
fn check_recordings(folder: &Path) {
    let har: Value = serde_json::from_str(&read(folder, "har.json")).unwrap();
    let archived = har["log"]["entries"].as_array().unwrap().len();
    let vcr: Value = yaml_serde::from_str(&read(folder, "vcr.yaml")).unwrap();
    let recorded = vcr["http_interactions"].as_array().unwrap().len();
    for count in [archived, recorded] {
        assert!((1..OPERATIONS).contains(&count), "{count}");
    }
    for line in read(folder, "events.ndjson").lines() {
        assert!(serde_json::from_str::<Value>(line).is_ok(), "{line}");
    }
}

#[test]
fn an_interrupted_run_says_so_and_tells_what_it_found() {
    let (mut child, folder) = begun();
    let id = child.id().to_string();
    assert!(
        Command::new("kill")
            .args(["-INT", &id])
            .status()
            .unwrap()
            .success()
    );
    assert_eq!(child.wait().unwrap().code(), Some(4));
    check_recordings(folder.path());
    let summary: Value = serde_json::from_str(&read(folder.path(), "summary.json")).unwrap();
    assert_eq!(summary["stop_reason"], "interrupted");
    assert_eq!(summary["complete"], false);
    assert!(!summary["failures"].as_array().unwrap().is_empty());
    let junit = read(folder.path(), "junit.xml");
    assert!(
        junit.contains("interrupted") && junit.contains("ST101"),
        "{junit}"
    );
    let page = read(folder.path(), "report.html");
    assert!(page.contains("interrupted") && page.contains("ST101"));
}

#[test]
fn a_killed_run_leaves_files_that_can_be_read() {
    let (mut child, folder) = begun();
    child.kill().unwrap();
    child.wait().unwrap();
    check_recordings(folder.path());
    let summary: Value = serde_json::from_str(&read(folder.path(), "summary.json")).unwrap();
    assert_eq!(summary["complete"], false);
    assert!(read(folder.path(), "junit.xml").contains("the run was cut off"));
    assert!(read(folder.path(), "report.html").contains("was cut off"));
}
