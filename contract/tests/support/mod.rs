//! A server of a few lines for tests of `contract replay`, and the command against it.

use std::{
    collections::HashMap,
    convert::Infallible,
    net::SocketAddr,
    process::{Command, Output},
    sync::{Arc, Mutex},
};

use http_body_util::{BodyExt as _, Full};
use hyper::{
    Request, Response,
    body::{Bytes, Incoming},
    server::conn::http1,
    service::service_fn,
};
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tempfile::TempDir;
use tokio::{net::TcpListener, runtime::Runtime, task::JoinSet};

/// A request as a test's server sees it.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub(crate) method: String,
    /// Without the query.
    pub(crate) path: String,
    /// Names in small letters.
    pub(crate) headers: HashMap<String, String>,
    pub(crate) body: Value,
}

impl Asked {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }

    /// The path in parts, the method first.
    pub(crate) fn parts(&self) -> Vec<&str> {
        let path = self.path.split('/').filter(|part| !part.is_empty());
        std::iter::once(self.method.as_str()).chain(path).collect()
    }
}

/// An answer.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Option<Value>,
}

impl Answer {
    pub(crate) fn of(status: u16, body: Value) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: Some(body),
        }
    }

    pub(crate) fn empty(status: u16) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: None,
        }
    }

    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }
}

/// A server that listens until it is dropped, and remembers what it was asked.
pub(crate) struct Server {
    address: SocketAddr,
    asked: Arc<Mutex<Vec<Asked>>>,
    _runtime: Runtime,
}

impl Server {
    /// Starts a server that answers with a function. Requests are answered one after another.
    pub(crate) fn start(answer: impl FnMut(&Asked) -> Answer + Send + 'static) -> Self {
        let runtime = Runtime::new().unwrap();
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
        let address = listener.local_addr().unwrap();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let shared = Arc::new(Mutex::new((answer, Arc::clone(&asked))));
        runtime.spawn(async move {
            let mut connections = JoinSet::new();
            loop {
                let Ok((stream, _)) = listener.accept().await else {
                    continue;
                };
                let shared = Arc::clone(&shared);
                connections.spawn(async move {
                    let service = service_fn(|request| {
                        let shared = Arc::clone(&shared);
                        async move {
                            let request = read(request).await;
                            let mut shared = shared.lock().unwrap();
                            let answer = (shared.0)(&request);
                            shared.1.lock().unwrap().push(request);
                            Ok::<_, Infallible>(write(answer))
                        }
                    });
                    let _ = http1::Builder::new()
                        .serve_connection(TokioIo::new(stream), service)
                        .await;
                });
            }
        });
        Self {
            address,
            asked,
            _runtime: runtime,
        }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Everything that it was asked so far.
    pub(crate) fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }
}

async fn read(request: Request<Incoming>) -> Asked {
    let (head, body) = request.into_parts();
    let body = body
        .collect()
        .await
        .map(http_body_util::Collected::to_bytes);
    let headers = head.headers.iter().map(|(name, value)| {
        let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
        (name.as_str().to_owned(), value)
    });
    Asked {
        method: head.method.to_string(),
        path: head.uri.path().to_owned(),
        headers: headers.collect(),
        body: value_of(&body.unwrap_or_default()),
    }
}

/// What is no JSON is text.
fn value_of(body: &[u8]) -> Value {
    let text = || Value::String(String::from_utf8_lossy(body).into_owned());
    match serde_json::from_slice(body) {
        Ok(value) => value,
        Err(_) if body.is_empty() => Value::Null,
        Err(_) => text(),
    }
}

fn write(answer: Answer) -> Response<Full<Bytes>> {
    let mut response = Response::builder().status(answer.status);
    for (name, value) in answer.headers {
        response = response.header(name, value);
    }
    if answer.body.is_some() {
        response = response.header("content-type", "application/json");
    }
    let body = answer.body.map(|body| body.to_string()).unwrap_or_default();
    response.body(Full::new(Bytes::from(body))).unwrap()
}

/// A folder with a document and what else a run needs.
pub(crate) struct Folder(TempDir);

impl Folder {
    pub(crate) fn new(document: &str) -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        folder.file("api.yaml", document);
        folder
    }

    pub(crate) fn file(&self, name: &str, text: &str) {
        let path = self.0.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    /// Runs `contract replay api.yaml` with arguments.
    pub(crate) fn replay(&self, server: &Server, arguments: &[&str]) -> Ending {
        let output = Command::new(env!("CARGO_BIN_EXE_contract"))
            .current_dir(self.0.path())
            .args(["replay", "api.yaml", "--url", &server.url()])
            .args(arguments)
            .output()
            .unwrap();
        Ending::of(&output)
    }
}

/// How the command ended, and what it said.
#[derive(Debug)]
pub(crate) struct Ending {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
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

    /// Everything that it said.
    pub(crate) fn text(&self) -> String {
        format!("{}{}", self.out, self.err)
    }
}
