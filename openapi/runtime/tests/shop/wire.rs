//! Over a socket: what only hyper and the runtime together decide.

use std::sync::Arc;

use poem::listener::{Acceptor as _, Listener as _, TcpListener};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::bodies::GOOD;
use crate::host::Shop;

/// Sends `requests` over one connection and reads until the server closes it.
async fn exchange(shop: &Arc<Shop>, requests: &str) -> String {
    let acceptor = TcpListener::bind("127.0.0.1:0")
        .into_acceptor()
        .await
        .unwrap();
    let address = *acceptor.local_addr()[0].as_socket_addr().unwrap();
    let server =
        poem::Server::new_with_acceptor(acceptor).run(crate::operations::routes(shop.clone()));
    let client = async {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(requests.as_bytes()).await.unwrap();
        stream.shutdown().await.unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await.unwrap();
        String::from_utf8(answer).unwrap()
    };
    tokio::select! {
        ended = server => panic!("the server ended: {ended:?}"),
        answer = client => answer,
    }
}

fn create(headers: &str, body: &str) -> String {
    format!(
        "POST /api/v1/products HTTP/1.1\r\nhost: x\r\nauthorization: Bearer admin\r\ncontent-type: application/json\r\n{headers}\r\n\r\n{body}"
    )
}

/// The server must not see the end of input before it has answered, so the last request says so.
const LAST: &str = "GET /nowhere HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";

#[tokio::test]
async fn head_tells_the_length_and_sends_no_body() {
    let shop = Arc::new(Shop::default());
    let head = exchange(
        &shop,
        &format!("HEAD /api/v1/products HTTP/1.1\r\nhost: x\r\n\r\n{LAST}"),
    )
    .await;
    let get = exchange(
        &shop,
        &format!("GET /api/v1/products HTTP/1.1\r\nhost: x\r\n\r\n{LAST}"),
    )
    .await;
    let (headers, rest) = head.split_once("\r\n\r\n").unwrap();
    let length = |answer: &str| {
        let line = answer
            .lines()
            .find(|line| line.to_ascii_lowercase().starts_with("content-length:"))
            .unwrap();
        line.split_once(':')
            .unwrap()
            .1
            .trim()
            .parse::<usize>()
            .unwrap()
    };
    assert_eq!(length(headers), length(&get));
    assert!(length(headers) > 100);
    assert!(rest.starts_with("HTTP/1.1 404"), "{rest}");
}

#[tokio::test]
async fn a_chunked_body_is_read_and_bounded() {
    let shop = Arc::new(Shop::default());
    let good = format!("{:x}\r\n{GOOD}\r\n0\r\n\r\n", GOOD.len());
    let answer = exchange(&shop, &(create("transfer-encoding: chunked", &good) + LAST)).await;
    assert!(answer.starts_with("HTTP/1.1 201"), "{answer}");
    let chunk = format!("1000\r\n{}\r\n", " ".repeat(0x1000));
    let large = chunk.repeat(20) + "0\r\n\r\n";
    let answer = exchange(
        &shop,
        &create("transfer-encoding: chunked\r\nconnection: close", &large),
    )
    .await;
    assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");
    assert_eq!(shop.created.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn a_body_that_breaks_off_never_runs() {
    let shop = Arc::new(Shop::default());
    let short = format!("{:x}\r\n{GOOD}\r\n", GOOD.len());
    let _closed = exchange(&shop, &create("transfer-encoding: chunked", &short)).await;
    let longer = format!("content-length: {}", GOOD.len() + 1);
    let _closed = exchange(&shop, &create(&longer, GOOD)).await;
    assert!(shop.created.lock().unwrap().is_empty());
}
