//! What is read from events.

use super::*;
use crate::case::Phase;

const RUN: &str = concat!(
    r#"{"Initialize":{"command":"st run","schemathesis_version":"4","seed":7}}"#,
    "\n",
    r#"{"PhaseStarted":{"id":"x"}}"#,
    "\n",
    r#"{"ScenarioFinished":{"id":"y","recorder":{"label":"GET /boxes/{id}","cases":{"aa":{"value":{"method":"GET","path":"/boxes/{id}","id":"aa","meta":{"generation":{"time":1.0,"mode":"negative"},"components":{"path":{"mode":"negative"}},"phase":{"name":"fuzzing","data":{"description":"d"}}}}},"bb":{"value":{"id":"bb","path_parameters":{"id":"2"}},"parent_id":"aa","transition":{"id":"t","parameters":{"path_parameters":{"id":{"definition":"x","value":"2"}}}},"is_transition_applied":true}},"checks":{"aa":[{"name":"not_a_server_error","status":"failure","failure_info":{"failure":{"code":"ST101","message":"m"}}}]},"interactions":{"aa":{"timestamp":1.5,"request":{"method":"GET","uri":"http://h/boxes/1","headers":{"A":["1"]},"body":{"$base64":"/w=="}},"response":{"status_code":500,"headers":{"X-A":["1","2"]},"content":{"$base64":"e30="},"elapsed":0.5}},"bb":{"request":{"method":"GET","uri":"http://h/boxes/2"}}}}}}"#,
    "\n",
    r#"{"ScenarioFinished":{"id":"#,
);

#[test]
fn our_own_events_say_what_an_answer_had_to_be() {
    let own = RUN
        .replace("schemathesis_version", "contract_version")
        .replace(
            r#"{"id":"bb","#,
            r#"{"id":"bb","contract":{"expectation":"status 200 or 404"},"#,
        );
    let recording = Recording::parse("run.ndjson", &own).unwrap();
    let second = &recording.entries[1];
    assert!(second.is_own && second.sequence.is_none());
    assert_eq!(second.parent, Some(0));
    let wanted = crate::case::Expectation::Status(vec![200, 404]);
    assert_eq!(second.expectation, Some(wanted));
}

#[test]
fn events_tell_what_follows_from_what() {
    let recording = Recording::parse("run.ndjson", RUN).unwrap();
    assert_eq!(recording.format, Format::Events);
    assert_eq!(recording.seed, Some(7));
    assert_eq!(
        recording.problems,
        ["run.ndjson:4: the recording breaks off in this event"]
    );
    let [first, second] = recording.entries.as_slice() else {
        panic!("{recording:?}");
    };
    assert_eq!(first.place.line, 3);
    assert_eq!(first.phase, Some(Phase::Random));
    assert_eq!(first.operation.as_deref(), Some("GET /boxes/{id}"));
    assert_eq!(first.sent.body.as_deref(), Some(&[255][..]));
    let check = &first.checks.as_ref().unwrap()[0];
    assert_eq!(
        (check.is_failure, check.code.as_deref()),
        (true, Some("ST101"))
    );
    assert_eq!(first.received.as_ref().unwrap().headers.len(), 2);
    assert_eq!((first.parent, second.parent), (None, Some(0)));
    assert_eq!(
        second.linked.as_ref().unwrap().iter().collect::<Vec<_>>(),
        ["id"]
    );
    assert!(second.checks.is_none() && second.received.is_none());
}
