//! What `contract replay` does with bad input and bad servers: a clear message with the place, the right exit code, no
//! panic, and an end.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "in a test a failed expectation is a failed test"
)]

use std::{
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    path::PathBuf,
    process::{Command, Output},
    thread,
    time::Duration,
};

use tempfile::TempDir;

const DOCUMENT: &str = r#"
openapi: 3.1.0
info: { title: Depot, version: "1" }
paths:
  /boxes:
    get:
      operationId: listBoxes
      responses:
        "200":
          description: Them.
          content: { application/json: { schema: { type: array, items: { type: string } } } }
"#;

/// A document in a folder of its own.
struct Case {
    folder: TempDir,
}

impl Case {
    fn new(document: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("depot.yaml"), document).unwrap();
        Self { folder }
    }

    fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    }

    fn replay(&self, arguments: &[&str]) -> Ending {
        let output = Command::new(env!("CARGO_BIN_EXE_contract"))
            .current_dir(self.folder.path())
            .args(["replay", "depot.yaml"])
            .args(arguments)
            .output()
            .unwrap();
        Ending::of(&output)
    }
}

struct Ending {
    code: Option<i32>,
    out: String,
    err: String,
}

impl Ending {
    fn of(output: &Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let ending = Self {
            code: output.status.code(),
            out: text(&output.stdout),
            err: text(&output.stderr),
        };
        assert!(!ending.err.contains("panicked"), "{}", ending.err);
        ending
    }

    /// Everything that was said.
    fn all(&self) -> String {
        format!("exit {:?}\n{}\n{}", self.code, self.out, self.err)
    }
}

/// A server that does the same with every connection; it ends with the test's process.
fn server(behave: fn(TcpStream)) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            thread::spawn(move || behave(stream));
        }
    });
    format!("http://{address}")
}

/// Reads the head of a request.
fn take_request(stream: &mut TcpStream) {
    let mut bytes = [0; 4096];
    let _ = stream.read(&mut bytes);
}

#[test]
fn a_document_that_cannot_be_used_is_named_with_all_of_its_problems_and_their_lines() {
    let broken = DOCUMENT.replace("{ type: string }", "{ $ref: '#/components/schemas/Box' }")
        + "  /shelves/{id}:\n    get: { responses: { '2000': { description: Odd. } } }\n";
    let ending = Case::new(&broken).replay(&["--url", "http://127.0.0.1:9"]);
    assert_eq!(ending.code, Some(3), "{}", ending.all());
    for wanted in [
        "depot.yaml:11:",
        "`id` stands in the path",
        "depot.yaml:13:",
        "`2000` is no status",
    ] {
        assert!(ending.err.contains(wanted), "{wanted} in {}", ending.all());
    }
}

#[test]
fn a_document_that_is_no_yaml_is_named_with_the_line() {
    let ending = Case::new("openapi: 3.1.0\npaths: [").replay(&["--url", "http://127.0.0.1:9"]);
    assert_eq!(ending.code, Some(3), "{}", ending.all());
    assert!(ending.err.contains("depot.yaml:"), "{}", ending.all());
}

#[test]
fn a_command_without_a_server_says_what_to_give() {
    let ending = Case::new(DOCUMENT).replay(&[]);
    assert_eq!(ending.code, Some(3), "{}", ending.all());
    assert!(ending.err.contains("--url"), "{}", ending.all());
    let ending = Case::new(DOCUMENT).replay(&["--url", "localhost:80"]);
    assert_eq!(ending.code, Some(3), "{}", ending.all());
    assert!(ending.err.contains("http://"), "{}", ending.all());
}

#[test]
fn a_wrong_command_line_ends_with_2_and_says_what_is_known() {
    let case = Case::new(DOCUMENT);
    for (arguments, wanted) in [
        (["--checks", "not_a_sever_error"], "not_a_server_error"),
        (["--min-coverage", "lines=10"], "statuses"),
        (["--rate-limit", "fast"], "100/s"),
        (["--include", "colour=red"], "operation-id"),
        (["--phases", "fast"], "coverage"),
        (["--phases", "recording"], "coverage"),
        (["--timeout", "0"], "--timeout"),
    ] {
        let ending = case.replay(&arguments);
        assert_eq!(ending.code, Some(2), "{arguments:?}: {}", ending.all());
        assert!(ending.err.contains(wanted), "{wanted} in {}", ending.all());
    }
}

#[test]
fn a_configuration_with_problems_names_all_of_them() {
    let case = Case::new(DOCUMENT);
    case.file(
        "schemathesis.toml",
        "sede = 1\nseed = \"x\"\ncolor = true\n",
    );
    let ending = case.replay(&[
        "--config",
        "schemathesis.toml",
        "--url",
        "http://127.0.0.1:9",
    ]);
    assert_eq!(ending.code, Some(3), "{}", ending.all());
    for wanted in ["schemathesis.toml: `sede`", "schemathesis.toml: `seed`"] {
        assert!(ending.err.contains(wanted), "{wanted} in {}", ending.all());
    }
}

#[test]
fn a_server_that_does_not_listen_ends_the_run_with_4_and_its_address() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let ending = Case::new(DOCUMENT).replay(&["--url", &url]);
    assert_eq!(ending.code, Some(4), "{}", ending.all());
    assert!(ending.all().contains(&url), "{}", ending.all());
    assert!(
        ending.all().contains("cannot be reached"),
        "{}",
        ending.all()
    );
}

#[test]
fn an_answer_that_never_ends_is_cut_and_found() {
    let url = server(|mut stream| {
        take_request(&mut stream);
        let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n1\r\n[\r\n";
        let _ = stream.write_all(head.as_bytes());
        while stream.write_all(b"5\r\n\"aa\",\r\n").is_ok() {
            thread::sleep(Duration::from_millis(10));
        }
    });
    let ending =
        Case::new(DOCUMENT).replay(&["--url", &url, "--timeout", "1", "--phases", "examples"]);
    assert_eq!(ending.code, Some(1), "{}", ending.all());
    assert!(ending.out.contains("GET /boxes"), "{}", ending.all());
}

#[test]
fn a_server_that_never_answers_is_found() {
    let url = server(|mut stream| {
        take_request(&mut stream);
        thread::sleep(Duration::from_mins(10));
    });
    let ending =
        Case::new(DOCUMENT).replay(&["--url", &url, "--timeout", "1", "--phases", "examples"]);
    assert_eq!(ending.code, Some(1), "{}", ending.all());
    assert!(
        ending.out.contains("no answer within 1 s"),
        "{}",
        ending.all()
    );
}

#[test]
fn a_server_that_breaks_off_or_speaks_no_http_is_found() {
    for behave in [
        (|mut stream| take_request(&mut stream)) as fn(TcpStream),
        |mut stream| {
            take_request(&mut stream);
            let _ = stream.write_all(b"SSH-2.0-OpenSSH_9.9\r\n");
        },
        |mut stream| {
            take_request(&mut stream);
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n[]");
        },
    ] {
        let url = server(behave);
        let ending =
            Case::new(DOCUMENT).replay(&["--url", &url, "--timeout", "2", "--phases", "examples"]);
        assert_eq!(ending.code, Some(1), "{}", ending.all());
        assert!(ending.out.contains("broke off"), "{}", ending.all());
    }
}

#[test]
fn a_connection_that_is_closed_under_a_request_is_no_broken_answer() {
    // Given a server that answers one request on a connection, and closes it when the next one comes
    let url = server(|mut stream| {
        take_request(&mut stream);
        let _ = stream.write_all(
            b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n[]",
        );
        take_request(&mut stream);
    });
    let several = DOCUMENT.replace("      operationId", "      parameters: [{ name: q, in: query, required: false, schema: { type: string } }]\n      operationId");
    let ending = Case::new(&several).replay(&[
        "--url",
        &url,
        "--workers",
        "1",
        "-n",
        "10",
        "--phases",
        "random",
    ]);
    assert_eq!(ending.code, Some(0), "{}", ending.all());
    assert!(!ending.out.contains("broke off"), "{}", ending.all());
}

#[test]
fn a_phase_has_its_time_and_what_it_found_is_kept() {
    let url = server(|mut stream| {
        take_request(&mut stream);
        thread::sleep(Duration::from_millis(300));
        let _ = stream
            .write_all(b"HTTP/1.1 418 Teapot\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
    });
    let slow = DOCUMENT.replace("      operationId", "      parameters: [{ name: q, in: query, required: false, example: a, schema: { type: string } }]\n      operationId");
    let ending = Case::new(&slow).replay(&[
        "--url",
        &url,
        "--phase-time",
        "1",
        "-n",
        "1000",
        "--workers",
        "1",
        "--no-shrink",
        "--phases",
        "examples,random",
    ]);
    assert_eq!(ending.code, Some(1), "{}", ending.all());
    assert!(
        ending.out.contains("the time of 1 s is over"),
        "{}",
        ending.all()
    );
    assert!(ending.out.contains("ST103"), "{}", ending.all());
}

#[test]
fn a_document_that_was_not_exercised_enough_ends_the_run_with_1() {
    let url = server(|mut stream| {
        take_request(&mut stream);
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\nconnection: close\r\n\r\n[]");
    });
    let with_more = DOCUMENT.to_owned() + "        \"404\": { description: None. }\n";
    let case = Case::new(&with_more);
    let calm = ["--url", &url, "--phases", "examples"];
    assert_eq!(
        case.replay(&calm).code,
        Some(0),
        "{}",
        case.replay(&calm).all()
    );
    let asking = [&calm[..], &["--min-coverage", "operations=100,statuses=51"]].concat();
    let ending = case.replay(&asking);
    assert_eq!(ending.code, Some(1), "{}", ending.all());
    assert!(
        ending
            .err
            .contains("50 % of the statuses were exercised, 51 % are asked for"),
        "{}",
        ending.all()
    );
}

#[test]
fn a_choice_that_leaves_no_operation_is_no_success() {
    let case = Case::new(DOCUMENT);
    for choice in [
        ["--include", "name=GET /boxen"],
        ["--exclude", "path=/boxes"],
    ] {
        let arguments = [&["--url", "http://127.0.0.1:9"][..], &choice].concat();
        let ending = case.replay(&arguments);
        assert_eq!(ending.code, Some(3), "{}", ending.all());
        assert!(ending.err.contains("GET /boxes"), "{}", ending.all());
    }
}

#[test]
fn the_command_line_has_the_last_word_on_the_timeout() {
    let url = server(|mut stream| {
        take_request(&mut stream);
        thread::sleep(Duration::from_mins(10));
    });
    let case = Case::new(DOCUMENT);
    case.file("slow.toml", "request-timeout = 60\n");
    let mut arguments = vec!["--url", &url, "--phases", "examples"];
    arguments.extend(["--config", "slow.toml", "--timeout", "1"]);
    let ending = case.replay(&arguments);
    let wanted = "no answer within 1 s";
    assert!(ending.out.contains(wanted), "{}", ending.all());
}

#[test]
fn a_folder_is_no_document() {
    let folder = tempfile::tempdir().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_contract"))
        .current_dir(folder.path())
        .args(["replay", ".", "--url", "http://127.0.0.1:9"])
        .output()
        .unwrap();
    let ending = Ending::of(&output);
    assert_eq!(ending.code, Some(3), "{}", ending.all());
    assert!(ending.err.contains("`.` is a folder"), "{}", ending.all());
}
