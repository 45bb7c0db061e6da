//! A collector of traces: takes what a server exports over OTLP/HTTP and lets tests look at it.

use std::{
    collections::BTreeMap,
    convert::Infallible,
    fmt::Write as _,
    sync::{Arc, Mutex},
    time::Duration,
};

use bytes::Bytes;
use http_body_util::{BodyExt as _, Full};
use hyper::{Request, Response, body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::TokioIo;
use opentelemetry_proto::tonic::{
    collector::trace::v1::ExportTraceServiceRequest,
    common::v1::{KeyValue, any_value::Value},
    trace::v1::Span,
};
use prost::Message as _;
use tokio::{
    net::{TcpListener, TcpStream},
    task::JoinHandle,
    time::{Instant, sleep},
};

/// Spans leave a second after they ended; a loaded machine may take longer.
const PATIENCE: Duration = Duration::from_secs(30);

/// A span as it arrived.
#[derive(Debug, Clone)]
pub struct Collected {
    pub name: String,
    pub trace: String,
    pub id: String,
    /// Empty for the first span of a trace.
    pub parent: String,
    /// As OTLP numbers them: 1 internal, 2 server, 3 client, 4 producer, 5 consumer.
    pub kind: i32,
    pub attributes: BTreeMap<String, String>,
    /// What is known of who sent it.
    pub resource: BTreeMap<String, String>,
}

/// The collector. Ends with the value.
pub struct Collector {
    /// Its base address.
    pub base: String,
    spans: Arc<Mutex<Vec<Collected>>>,
    serving: JoinHandle<()>,
}

impl Collector {
    /// Starts one on a free port.
    pub async fn start() -> Self {
        let spans = Arc::<Mutex<Vec<Collected>>>::default();
        let seen = Arc::clone(&spans);
        Self::with(spans, move |stream| {
            let seen = Arc::clone(&seen);
            async move {
                let service = service_fn(move |request| take(request, Arc::clone(&seen)));
                let connection =
                    http1::Builder::new().serve_connection(TokioIo::new(stream), service);
                let _ = connection.await;
            }
        })
        .await
    }

    /// Starts one that takes connections and never says a word.
    pub async fn hanging() -> Self {
        Self::with(Arc::default(), |stream| async move {
            std::future::pending::<()>().await;
            drop(stream);
        })
        .await
    }

    async fn with<F>(
        spans: Arc<Mutex<Vec<Collected>>>,
        serve: impl Fn(TcpStream) -> F + Send + 'static,
    ) -> Self
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let listener = TcpListener::bind(("127.0.0.1", 0))
            .await
            .expect("a port is free");
        let base = format!("http://{}", listener.local_addr().expect("an address"));
        let serving = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream));
            }
        });
        Self {
            base,
            spans,
            serving,
        }
    }

    /// Everything that arrived until now.
    pub fn spans(&self) -> Vec<Collected> {
        self.spans.lock().expect("no panic").clone()
    }

    /// Waits for a span.
    pub async fn wait_for(&self, wanted: impl Fn(&Collected) -> bool) -> Collected {
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(span) = self.spans().into_iter().find(&wanted) {
                return span;
            }
            assert!(
                Instant::now() < deadline,
                "no such span in {:#?}",
                self.spans()
            );
            sleep(Duration::from_millis(50)).await;
        }
    }

    /// The span that another one happened in.
    pub async fn parent_of(&self, child: &Collected) -> Collected {
        self.wait_for(|span| span.id == child.parent && span.trace == child.trace)
            .await
    }
}

impl Drop for Collector {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn take(
    request: Request<Incoming>,
    seen: Arc<Mutex<Vec<Collected>>>,
) -> Result<Response<Full<Bytes>>, Infallible> {
    let is_right = request.uri().path() == "/v1/traces"
        && request.headers()["content-type"] == "application/x-protobuf";
    let body = request.into_body().collect().await;
    let export = body
        .ok()
        .filter(|_| is_right)
        .and_then(|body| ExportTraceServiceRequest::decode(body.to_bytes()).ok());
    let Some(export) = export else {
        let mut refused = Response::new(Full::default());
        *refused.status_mut() = http::StatusCode::BAD_REQUEST;
        return Ok(refused);
    };
    for sender in export.resource_spans {
        let resource = texts(&sender.resource.unwrap_or_default().attributes);
        let spans = sender.scope_spans.into_iter().flat_map(|scope| scope.spans);
        let spans = spans.map(|span| collected(span, &resource));
        seen.lock().expect("no panic").extend(spans);
    }
    Ok(Response::new(Full::default()))
}

fn collected(span: Span, resource: &BTreeMap<String, String>) -> Collected {
    let hex = |bytes: &[u8]| {
        bytes.iter().fold(String::new(), |mut text, byte| {
            // Writing to a String cannot fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
    };
    Collected {
        name: span.name,
        trace: hex(&span.trace_id),
        id: hex(&span.span_id),
        parent: hex(&span.parent_span_id),
        kind: span.kind,
        attributes: texts(&span.attributes),
        resource: resource.clone(),
    }
}

fn texts(attributes: &[KeyValue]) -> BTreeMap<String, String> {
    let text = |attribute: &KeyValue| {
        let value = attribute
            .value
            .as_ref()
            .and_then(|value| value.value.as_ref());
        match value {
            Some(Value::StringValue(text)) => text.clone(),
            Some(Value::IntValue(number)) => number.to_string(),
            other => format!("{other:?}"),
        }
    };
    attributes
        .iter()
        .map(|attribute| (attribute.key.clone(), text(attribute)))
        .collect()
}
