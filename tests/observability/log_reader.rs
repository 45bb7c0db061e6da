//! Nobody waits for whoever reads the log: lines are dropped and counted.

use super::{scrape, value};
use crate::support::{Client, block_on, process, raw};

#[test]
fn a_log_reader_that_stands_still_stops_nobody() {
    block_on(async {
        let folder = tempfile::tempdir().unwrap();
        let environment = [
            ("DATABASE_URL", "sqlite://data/waybill.db"),
            ("JWT_SECRET", "r7Qw1Zk0vX9sT4yU8pL2mN6bV3cX5zA1dF7gH9jK"),
            (
                "JWT_REFRESH_SECRET",
                "pO9iU7yT5rE3wQ1aS2dF4gH6jK8lZ0xC3vB5nM7q",
            ),
            ("LOG_FORMAT", "json"),
        ];
        let server = process::serve_unread(folder.path(), &environment).await;
        let dropped = async || {
            let families = scrape(&Client::anonymous(&server.base)).await;
            value(&families, "log_lines_dropped_total", &[])
        };
        // The pipe, the writer's room and the queue fill up first.
        while dropped().await < 1.0 {
            let floods = (0..8).map(|_| flood(&server.base));
            futures_util::future::join_all(floods).await;
        }
        Client::anonymous(&server.base)
            .get("/health")
            .await
            .must(200);
        server.stop().await;
    });
}

/// Five hundred requests over one connection.
async fn flood(base: &str) {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    let mut connection = raw::connect(base).await;
    let (mut reader, mut writer) = connection.split();
    let asking = async {
        let ask = b"GET /livez HTTP/1.1\r\nhost: x\r\n\r\n".repeat(499);
        writer.write_all(&ask).await.unwrap();
        writer
            .write_all(b"GET /livez HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
            .await
            .unwrap();
    };
    let mut answers = Vec::new();
    let (read, ()) = tokio::join!(reader.read_to_end(&mut answers), asking);
    read.unwrap();
    let answered = answers
        .windows(12)
        .filter(|window| window == b"HTTP/1.1 200")
        .count();
    assert_eq!(answered, 500);
}
