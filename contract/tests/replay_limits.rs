//! `contract replay` keeps to what it is told about how many requests a server gets: at once, and in a length of time.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "in a test a failed expectation is a failed test"
)]

use std::{
    fmt::Write as _,
    io::{Read, Write},
    net::TcpListener,
    process::Command,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::Duration,
};

/// What a server saw of requests for `/boxes…`.
#[derive(Default)]
struct Seen {
    requests: AtomicUsize,
    now: AtomicUsize,
    most_at_once: AtomicUsize,
}

/// A server that takes a moment for each answer; it ends with the test's process.
fn server() -> (String, Arc<Seen>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().unwrap();
    let seen = Arc::new(Seen::default());
    let shared = Arc::clone(&seen);
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let seen = Arc::clone(&shared);
            thread::spawn(move || {
                let mut bytes = [0; 4096];
                let length = stream.read(&mut bytes).unwrap_or_default();
                let head = bytes.get(..length).unwrap_or_default();
                if head.starts_with(b"GET /boxes") {
                    seen.requests.fetch_add(1, Ordering::SeqCst);
                    let now = seen.now.fetch_add(1, Ordering::SeqCst) + 1;
                    seen.most_at_once.fetch_max(now, Ordering::SeqCst);
                    thread::sleep(Duration::from_millis(30));
                    seen.now.fetch_sub(1, Ordering::SeqCst);
                }
                let _ = stream.write_all(
                    b"HTTP/1.1 204 No Content\r\ncontent-length: 0\r\nconnection: close\r\n\r\n",
                );
            });
        }
    });
    (format!("http://{address}"), seen)
}

/// Runs the examples of a document with this many operations.
fn replay(operations: usize, url: &str, arguments: &[&str]) {
    let mut document = "openapi: 3.1.0\ninfo: { title: Depot, version: '1' }\npaths:\n".to_owned();
    for number in 0..operations {
        write!(
            document,
            "  /boxes{number}:\n    get: {{ responses: {{ '204': {{ description: None. }} }} }}\n"
        )
        .unwrap();
    }
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("depot.yaml"), document).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_contract"))
        .current_dir(folder.path())
        .args(["replay", "depot.yaml", "--url", url, "--phases", "examples"])
        .args(arguments)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
}

#[test]
fn no_more_requests_are_under_way_than_there_are_workers() {
    let (url, seen) = server();
    replay(40, &url, &["--workers", "3"]);
    assert_eq!(seen.requests.load(Ordering::SeqCst), 40);
    let most = seen.most_at_once.load(Ordering::SeqCst);
    assert!((2..=3).contains(&most), "{most} at once");
}

#[test]
fn a_rate_limit_holds_requests_back() {
    // One request an hour: the time of the phase is over before the second one.
    let (url, seen) = server();
    replay(5, &url, &["--rate-limit", "1/h", "--phase-time", "1"]);
    assert_eq!(seen.requests.load(Ordering::SeqCst), 1);
}
