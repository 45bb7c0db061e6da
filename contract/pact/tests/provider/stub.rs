//! A server whose answers a test decides.

use std::{convert::Infallible, sync::Arc};

use http_body_util::{BodyExt as _, Full};
use hyper::{Request, Response, body::Bytes, server::conn::http1, service::service_fn};
use hyper_util::rt::TokioIo;
use tokio::{net::TcpListener, task::JoinHandle};
use url::Url;

/// A request with its body, and an answer with its.
pub(crate) type Asked = Request<Bytes>;
pub(crate) type Answered = Response<Full<Bytes>>;

/// A running stub; it ends when it is dropped.
pub(crate) struct Stub {
    address: String,
    serving: JoinHandle<()>,
}

impl Stub {
    /// Answers every request with what `answer` makes of it.
    pub(crate) async fn serve<F: Future<Output = Answered> + Send + 'static>(
        answer: impl Fn(Asked) -> F + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let answer = Arc::new(answer);
        let serving = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let answer = Arc::clone(&answer);
                tokio::spawn(async move {
                    let service = service_fn(|request: Request<hyper::body::Incoming>| {
                        let answer = Arc::clone(&answer);
                        async move {
                            let (head, body) = request.into_parts();
                            let body = body.collect().await.expect("a whole body").to_bytes();
                            Ok::<_, Infallible>(answer(Request::from_parts(head, body)).await)
                        }
                    });
                    let connection = http1::Builder::new();
                    // Whoever asked may have gone.
                    let _ = connection
                        .serve_connection(TokioIo::new(stream), service)
                        .await;
                });
            }
        });
        Self {
            address: format!("http://{address}"),
            serving,
        }
    }

    /// Where it listens, like `http://127.0.0.1:1234`.
    pub(crate) fn base(&self) -> &str {
        &self.address
    }

    pub(crate) fn url(&self) -> Url {
        self.address.parse().expect("an address")
    }
}

impl Drop for Stub {
    fn drop(&mut self) {
        self.serving.abort();
    }
}
