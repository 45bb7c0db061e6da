//! Checks that hold an answer against what the document declares.

use super::Check;
use crate::{
    api::Api,
    exchange::{Exchange, Failure, Received},
};

pub(super) fn find(
    check: Check,
    _api: &Api,
    exchange: &Exchange,
    received: &Received,
) -> Option<Failure> {
    let operation = &exchange.case.operation;
    let status = received.status;
    match check {
        Check::NotAServerError if status >= 500 => Some(Failure {
            check,
            code: "ST101",
            title: "Server error".to_owned(),
            message: format!("Received: {status}"),
            place: operation.place.clone(),
            key: status.to_string(),
        }),
        Check::StatusCodeConformance if operation.answer(status).is_none() => {
            let declared = operation.answers.keys().map(ToString::to_string);
            let declared = declared.collect::<Vec<_>>().join(", ");
            Some(Failure {
                check,
                code: "ST103",
                title: "Undocumented status code".to_owned(),
                message: format!("Received: {status}\nDocumented: {declared}"),
                place: operation.place.clone(),
                key: status.to_string(),
            })
        }
        _ => None,
    }
}
