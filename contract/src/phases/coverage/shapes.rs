//! Requests of the wrong shape: undeclared methods, media types that are not taken, multipart without a boundary.

use crate::{
    api::{Location, Operation},
    generate::template::{Context, Template, Variation},
};

/// Undeclared methods, once for every path.
pub(super) fn methods(
    context: Context<'_>,
    operation: &Operation,
    variations: &mut Vec<Variation>,
) {
    let api = context.api;
    let is_first = api
        .operations
        .iter()
        .find(|other| other.path == operation.path && context.settings.filter.lets_through(other))
        .is_some_and(|first| first.index == operation.index);
    if !is_first {
        return;
    }
    let declared = api.methods_of(&operation.path);
    for method in &context.settings.unexpected_methods {
        if declared.contains(&method.as_str()) {
            continue;
        }
        variations.push(Variation {
            method: Some(method.clone()),
            body: Some(None),
            is_negative: true,
            scenario: "unspecified_http_method",
            description: format!("Unspecified HTTP method: {method}"),
            ..Variation::default()
        });
    }
}

/// Media types that the operation does not take.
pub(super) fn content_types(
    operation: &Operation,
    template: &Template<'_>,
    variations: &mut Vec<Variation>,
) {
    let Some(declared) = &operation.body else {
        return;
    };
    let Some(usual) = template.body() else { return };
    let takes = |wanted: &str| {
        declared.media.keys().any(|known| {
            let known = known.split(';').next().unwrap_or_default().trim();
            known == "*/*"
                || known.eq_ignore_ascii_case(wanted)
                || known
                    .strip_suffix("/*")
                    .is_some_and(|kind| wanted.starts_with(&format!("{kind}/")))
        })
    };
    let other = ["text/plain", "application/xml", "application/x-unknown"];
    let other = other.into_iter().find(|media_type| !takes(media_type));
    let probes = [
        (
            Some("multipart/form-data"),
            "malformed_content_type",
            "Malformed Content-Type: multipart/form-data without boundary".to_owned(),
        ),
        (
            other,
            "unsupported_content_type",
            format!("Unsupported Content-Type: {}", other.unwrap_or_default()),
        ),
    ];
    for (media_type, scenario, description) in probes {
        let Some(media_type) = media_type else {
            continue;
        };
        let mut payload = usual.clone();
        media_type.clone_into(&mut payload.media_type);
        variations.push(Variation {
            body: Some(Some(payload)),
            is_negative: true,
            scenario,
            description,
            location: Some(Location::Header),
            parameter: Some("Content-Type".to_owned()),
            place: Some(declared.place.clone()),
            ..Variation::default()
        });
    }
}
