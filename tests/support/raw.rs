//! Requests that no decent client would send, byte by byte over TCP.

use std::time::Duration;

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};

use super::client::Answer;

/// How long a server may take before it counts as hanging. No test waits for it when all is well.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// Sends bytes and reads until the server closes or the answer is complete.
///
/// # Panics
/// When no complete answer comes within twenty seconds.
pub async fn exchange(base: &str, bytes: &[u8]) -> Answer {
    let mut connection = connect(base).await;
    // The server may answer and close before it has read everything.
    let (mut reader, mut writer) = connection.split();
    let sending = async {
        let _ = writer.write_all(bytes).await;
        let _ = writer.flush().await;
        std::future::pending::<()>().await;
    };
    let mut received = Vec::new();
    let reading = async {
        let mut chunk = [0; 16 * 1024];
        loop {
            match reader.read(&mut chunk).await {
                Ok(0) | Err(_) => break,
                Ok(count) => received.extend_from_slice(&chunk[..count]),
            }
            if is_complete(&received) {
                break;
            }
        }
    };
    let done = timeout(PATIENCE, async {
        tokio::select! { () = sending => {}, () = reading => {} }
    });
    let first_line = String::from_utf8_lossy(bytes)
        .chars()
        .take(120)
        .collect::<String>();
    done.await
        .unwrap_or_else(|_| panic!("no answer within {PATIENCE:?} to {first_line:?}"));
    parse(&received).unwrap_or_else(|| {
        panic!(
            "no answer to {first_line:?}: {:?}",
            String::from_utf8_lossy(&received)
        )
    })
}

/// Opens a connection to an address like `http://127.0.0.1:1234`.
pub async fn connect(base: &str) -> TcpStream {
    let address = base.trim_start_matches("http://");
    TcpStream::connect(address)
        .await
        .expect("the server listens")
}

/// Reads one answer out of what came.
pub fn parse(received: &[u8]) -> Option<Answer> {
    let end = head_end(received)?;
    let head = String::from_utf8_lossy(&received[..end]).into_owned();
    let mut lines = head.split("\r\n");
    let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
    let mut headers = HeaderMap::new();
    for line in lines.filter(|line| !line.is_empty()) {
        let (name, value) = line.split_once(':')?;
        let name: HeaderName = name.parse().ok()?;
        headers.append(name, HeaderValue::from_str(value.trim()).ok()?);
    }
    let body = &received[end + 4..];
    let chunked = headers
        .get("transfer-encoding")
        .is_some_and(|value| value == "chunked");
    let bytes = if chunked {
        join_chunks(body)
    } else {
        body.to_vec()
    };
    Some(Answer {
        request: "raw".to_owned(),
        status,
        headers,
        bytes,
    })
}

fn head_end(received: &[u8]) -> Option<usize> {
    received.windows(4).position(|window| window == b"\r\n\r\n")
}

/// Returns whether a whole answer came.
pub fn is_complete(received: &[u8]) -> bool {
    let Some(end) = head_end(received) else {
        return false;
    };
    let head = String::from_utf8_lossy(&received[..end]).to_lowercase();
    let body = &received[end + 4..];
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length:"));
    match length {
        Some(length) => length
            .trim()
            .parse()
            .is_ok_and(|length: usize| body.len() >= length),
        None if head.contains("transfer-encoding: chunked") => body.ends_with(b"0\r\n\r\n"),
        // Without either, 204 and 304 are complete; others end with the connection.
        None => head.contains(" 204 ") || head.contains(" 304 "),
    }
}

fn join_chunks(mut body: &[u8]) -> Vec<u8> {
    let mut joined = Vec::new();
    while let Some(at) = body.windows(2).position(|window| window == b"\r\n") {
        let line = String::from_utf8_lossy(&body[..at]);
        let size = usize::from_str_radix(line.split(';').next().unwrap_or("0").trim(), 16);
        let Ok(size @ 1..) = size else {
            break;
        };
        let start = at + 2;
        joined.extend_from_slice(body.get(start..start + size).unwrap_or_default());
        body = body.get(start + size + 2..).unwrap_or_default();
    }
    joined
}
