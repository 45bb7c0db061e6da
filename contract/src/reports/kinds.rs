//! What failures are called in files that Schemathesis made known.

use crate::exchange::Failure;

/// The type and the severity of a failure, as Schemathesis names them; laws have types of their own.
pub(super) fn kind(failure: &Failure) -> (String, &'static str) {
    let (name, severity) = match failure.code {
        "ST101" => ("ServerError", "critical"),
        "ST102" => ("ContentTypeServerError", "critical"),
        "ST103" => ("UndefinedStatusCode", "medium"),
        "ST104" => ("MissingContentType", "medium"),
        "ST105" => ("UndefinedContentType", "medium"),
        "ST106" => ("MalformedMediaType", "medium"),
        "ST107" => ("MissingHeaders", "medium"),
        "ST108" => ("JsonSchemaError", "high"),
        "ST109" => ("MalformedJson", "medium"),
        "ST110" => ("ContentDeserializationError", "medium"),
        "ST111" => ("DiscriminatorMismatch", "medium"),
        "ST112" => ("ResponseTimeExceeded", "low"),
        "ST201" => ("AcceptedNegativeData", "medium"),
        "ST202" => ("RejectedPositiveData", "medium"),
        "ST203" => ("MissingHeaderNotRejected", "medium"),
        "ST204" => ("UnsupportedMethodResponse", "medium"),
        "ST205" => ("AllowHeaderMismatch", "medium"),
        "ST301" => ("UseAfterFree", "critical"),
        "ST302" => ("EnsureResourceAvailability", "medium"),
        "ST401" => ("IgnoredAuth", "critical"),
        "ST402" => ("ObjectLevelAuthorizationViolation", "critical"),
        _ => {
            return (
                format!("{}Violation", camel(failure.check.as_str())),
                "high",
            );
        }
    };
    (name.to_owned(), severity)
}

fn camel(name: &str) -> String {
    name.split('_')
        .flat_map(|word| {
            let mut letters = word.chars();
            letters
                .next()
                .map(|first| first.to_ascii_uppercase())
                .into_iter()
                .chain(letters)
        })
        .collect()
}
