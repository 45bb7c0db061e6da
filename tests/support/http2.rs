//! Frames of HTTP/2 (RFC 9113), written by hand: what no decent client would send.

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    time::timeout,
};

use super::raw;

const DATA: u8 = 0;
const HEADERS: u8 = 1;
const RST_STREAM: u8 = 3;
const SETTINGS: u8 = 4;
const PING: u8 = 6;
const GOAWAY: u8 = 7;

const ACK: u8 = 1;
const END_STREAM_AND_HEADERS: u8 = 5;

/// A connection that knows just enough.
pub struct Http2 {
    stream: TcpStream,
}

/// What the server sent until it closed the connection.
#[derive(Debug, Default)]
pub struct Received {
    /// Answers' heads.
    pub heads: usize,
    /// Bytes of answers' bodies.
    pub body_bytes: usize,
    /// Whether it said that it would close.
    pub goaway: bool,
}

impl Http2 {
    /// Opens a connection that takes `window` bytes of each answer.
    pub async fn open(base: &str, window: u32) -> Self {
        let mut stream = raw::connect(base).await;
        let mut begin = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_vec();
        // SETTINGS_INITIAL_WINDOW_SIZE
        let setting = [&[0, 4][..], &window.to_be_bytes()].concat();
        begin.extend(frame(SETTINGS, 0, 0, &setting));
        stream.write_all(&begin).await.expect("the server reads");
        Self { stream }
    }

    /// Sends a GET on a stream (1, 3, 5 …). A server that has closed does not matter: what it sent tells.
    pub async fn get(&mut self, stream: u32, path: &str) {
        let head = headers(path);
        self.send(&frame(HEADERS, END_STREAM_AND_HEADERS, stream, &head))
            .await;
    }

    /// Sends so many requests and takes each back, all at once.
    pub async fn get_and_reset(&mut self, count: u32, path: &str) {
        let head = headers(path);
        let pair = |stream: u32| {
            let cancel = [0, 0, 0, 8];
            let request = frame(HEADERS, END_STREAM_AND_HEADERS, stream, &head);
            [request, frame(RST_STREAM, 0, stream, &cancel)].concat()
        };
        let all: Vec<u8> = (0..count).flat_map(|n| pair(2 * n + 1)).collect();
        self.send(&all).await;
    }

    async fn send(&mut self, bytes: &[u8]) {
        let _ = self.stream.write_all(bytes).await;
    }

    /// Reads everything, never makes room for more, until the server closes.
    pub async fn rest(mut self) -> Received {
        let mut received = Received::default();
        let reading = async {
            loop {
                let mut head = [0; 9];
                if self.stream.read_exact(&mut head).await.is_err() {
                    return;
                }
                let length = u32::from_be_bytes([0, head[0], head[1], head[2]]);
                let mut payload = vec![0; usize::try_from(length).expect("a length")];
                if self.stream.read_exact(&mut payload).await.is_err() {
                    return;
                }
                match (head[3], head[4] & ACK) {
                    (DATA, _) => received.body_bytes += payload.len(),
                    (HEADERS, _) => received.heads += 1,
                    (GOAWAY, _) => received.goaway = true,
                    (PING, 0) => self.send(&frame(PING, ACK, 0, &payload)).await,
                    (SETTINGS, 0) => self.send(&frame(SETTINGS, ACK, 0, &[])).await,
                    _ => {}
                }
            }
        };
        timeout(raw::PATIENCE, reading)
            .await
            .expect("the server ends the connection");
        received
    }
}

fn frame(kind: u8, flags: u8, stream: u32, payload: &[u8]) -> Vec<u8> {
    let length = u32::try_from(payload.len()).expect("a short payload");
    let mut frame = length.to_be_bytes()[1..].to_vec();
    frame.extend([kind, flags]);
    frame.extend(stream.to_be_bytes());
    frame.extend(payload);
    frame
}

/// HPACK (RFC 7541) without Huffman and without the dynamic table.
fn headers(path: &str) -> Vec<u8> {
    let literal = |index: u8, value: &str| {
        let length = u8::try_from(value.len()).expect("a short value");
        assert!(length < 127, "longer values need more than one byte");
        [&[index, length][..], value.as_bytes()].concat()
    };
    // :method GET, :scheme http, :path, :authority
    [&[0x82, 0x86][..], &literal(4, path), &literal(1, "a")].concat()
}
