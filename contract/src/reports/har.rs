//! Recordings as HAR 1.2 archives. The closing brackets stand behind every entry and the next one overwrites them, so
//! the file is whole at any time.

use std::{
    fs::File,
    io::{self, Seek, SeekFrom, Write},
};

use percent_encoding::percent_decode_str;
use serde_json::{Value, json};

use super::text::{Text, reason, text};
use crate::{
    exchange::{Exchange, Received, Sent},
    run::Beginning,
};

const END: &str = "\n]}}\n";

/// Writes an archive.
pub(super) struct Har {
    file: File,
    /// Where the next entry begins.
    end: u64,
    has_entries: bool,
}

impl Har {
    pub(super) fn new(file: File) -> Self {
        Self {
            file,
            end: 0,
            has_entries: false,
        }
    }

    pub(super) fn begin(&mut self, beginning: &Beginning) -> io::Result<()> {
        let creator = json!({"name": "contract", "version": env!("CARGO_PKG_VERSION")});
        let comment = json!(format!("{}, seed {}", beginning.command(), beginning.seed));
        self.append(&format!(
            r#"{{"log": {{"version": "1.2", "creator": {creator}, "comment": {comment}, "entries": ["#
        ))
    }

    /// Adds an exchange; the file is a whole archive when this returns.
    pub(super) fn exchange(&mut self, exchange: &Exchange) -> io::Result<()> {
        let separator = if self.has_entries { ",\n" } else { "\n" };
        self.has_entries = true;
        self.append(&format!("{separator}{}", entry(exchange)))
    }

    fn append(&mut self, text: &str) -> io::Result<()> {
        self.file.seek(SeekFrom::Start(self.end))?;
        self.file.write_all(format!("{text}{END}").as_bytes())?;
        self.end += u64::try_from(text.len()).unwrap_or_default();
        Ok(())
    }
}

fn entry(exchange: &Exchange) -> Value {
    let received = exchange.received();
    let version = received.map_or(String::new(), |received| {
        format!("HTTP/{}", received.http_version)
    });
    // HAR counts in milliseconds.
    let time = received.map_or(0.0, |received| {
        received.elapsed.saturating_mul(1000).as_secs_f64()
    });
    let mut entry = json!({
        "startedDateTime": exchange.recorded_at.to_string(),
        "time": time,
        "request": request(&exchange.sent, &version),
        "response": received.map_or_else(no_response, response),
        "cache": {},
        "timings": {
            "send": 0, "wait": 0, "receive": time, "blocked": 0, "dns": 0, "connect": 0, "ssl": 0,
        },
        "comment": exchange.case.id,
    });
    if let (Err(error), Some(response)) = (&exchange.outcome, entry.get_mut("response")) {
        // Members of one's own begin with an underscore (HAR 1.2); browsers call this one so.
        if let Some(response) = response.as_object_mut() {
            response.insert("_error".to_owned(), json!(error.to_string()));
        }
    }
    entry
}

fn request(sent: &Sent, version: &str) -> Value {
    let mut request = json!({
        "method": sent.method,
        "url": sent.url,
        "httpVersion": version,
        "cookies": [],
        "headers": headers(&sent.headers),
        "queryString": query(&sent.url),
        "headersSize": size(&sent.headers),
        "bodySize": sent.body.as_ref().map_or(0, bytes::Bytes::len),
    });
    if let (Some(body), Some(request)) = (&sent.body, request.as_object_mut()) {
        let mut data = json!({"mimeType": sent.header("content-type").unwrap_or_default()});
        match text(body) {
            Text::Plain(text) => put(&mut data, "text", text),
            Text::Base64(text) => {
                put(&mut data, "text", &text);
                // HAR 1.2 has it for answers only; readers take it here, too.
                put(&mut data, "encoding", "base64");
            }
        }
        request.insert("postData".to_owned(), data);
    }
    request
}

fn response(received: &Received) -> Value {
    let mut content = json!({
        "size": received.body.len(),
        "mimeType": received.header("content-type").unwrap_or_default(),
    });
    match text(&received.body) {
        Text::Plain(text) => put(&mut content, "text", text),
        Text::Base64(text) => {
            put(&mut content, "text", &text);
            put(&mut content, "encoding", "base64");
        }
    }
    if received.is_cut {
        put(
            &mut content,
            "comment",
            "truncated: the body was longer than what was read of it",
        );
    }
    json!({
        "status": received.status,
        "statusText": reason(received.status),
        "httpVersion": format!("HTTP/{}", received.http_version),
        "cookies": [],
        "headers": headers(&received.headers),
        "content": content,
        "redirectURL": received.header("location").unwrap_or_default(),
        "headersSize": size(&received.headers),
        "bodySize": received.body.len(),
    })
}

fn no_response() -> Value {
    json!({
        "status": 0, "statusText": "", "httpVersion": "", "cookies": [], "headers": [],
        "content": {"size": 0, "mimeType": ""}, "redirectURL": "", "headersSize": -1, "bodySize": -1,
    })
}

fn headers(headers: &[(String, String)]) -> Value {
    let listed = headers.iter();
    listed
        .map(|(name, value)| json!({"name": name, "value": value}))
        .collect()
}

/// Names, values, colons, spaces and line ends.
fn size(headers: &[(String, String)]) -> usize {
    headers
        .iter()
        .map(|(name, value)| name.len() + value.len() + 4)
        .sum()
}

fn query(url: &str) -> Value {
    let query = url.split_once('?').map_or("", |(_, query)| query);
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            json!({"name": decoded(name), "value": decoded(value)})
        })
        .collect()
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

fn put(value: &mut Value, name: &str, text: &str) {
    if let Some(members) = value.as_object_mut() {
        members.insert(name.to_owned(), json!(text));
    }
}
