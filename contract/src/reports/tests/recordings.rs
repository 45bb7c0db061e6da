//! What is recorded is what is read again.

use super::{
    files::{read, written},
    stream::events,
};
use crate::{
    case::{Credentials, Phase},
    recording::Recording,
    reports::Format,
};

fn recording(format: Format) -> Recording {
    let text = read(&written(events()), format);
    Recording::parse(format.file_name(), &text).expect("a recording")
}

#[test]
fn requests_and_answers_come_back_to_the_byte() {
    for format in [Format::Vcr, Format::Har] {
        let recording = recording(format);
        assert_eq!(recording.problems, Vec::<String>::new());
        assert_eq!(recording.entries.len(), 4, "{format:?}");
        let [login, order, binary, unanswered] = &recording.entries[..] else {
            panic!("four entries");
        };
        let body = |bytes: &Option<bytes::Bytes>| bytes.as_deref().map(<[u8]>::to_vec);
        assert_eq!(
            body(&order.sent.body),
            Some(br#"{"quantity": 1000, "note": "it's <b>bold</b>"}"#.to_vec())
        );
        assert_eq!(body(&binary.sent.body), Some(b"\xff\0\xfe".to_vec()));
        let received = binary.received.as_ref().expect("an answer");
        assert_eq!(
            (received.status, &received.body[..]),
            (422, &b"\x80\x81"[..])
        );
        let vary = received.headers.iter().filter(|(name, _)| name == "vary");
        assert_eq!(vary.count(), 2);
        assert!(binary.is_truncated, "{format:?}");
        assert!(unanswered.received.is_none() && unanswered.sent.body.is_none());
        assert_eq!(
            login.recorded_at,
            Some("2026-11-21T06:02:26.5Z".parse().expect("a time"))
        );
        assert_eq!(login.id, "aaaaa1");
    }
}

#[test]
fn cassettes_and_events_say_why_and_on_whose_behalf() {
    for format in [Format::Vcr, Format::Ndjson] {
        says_why(&recording(format));
    }
    assert_eq!(recording(Format::Vcr).entries[1].parent, Some(0));
}

fn says_why(recording: &Recording) {
    assert_eq!(recording.seed, Some(7));
    let (login, order) = (&recording.entries[0], &recording.entries[1]);
    assert_eq!(login.credentials, Some(Credentials::None));
    assert_eq!(order.credentials, Some(Credentials::Usual));
    assert_eq!((login.key, order.key), (Some(1), Some(1)));
    assert_eq!(order.phase, Some(Phase::Random));
    assert_eq!(order.scenario, "value_above_maximum");
    assert_eq!(order.operation.as_deref(), Some("PUT /orders/{id}"));
    assert_eq!(order.found("negative_data_rejection"), Some(true));
    assert_eq!(order.found("not_a_server_error"), Some(false));
}
