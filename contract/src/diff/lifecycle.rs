//! Deprecation and sunset: what was announced, for when, and whether it was kept.
//!
//! `deprecated: true` announces an end, `x-sunset: 2027-05-01` says when (the date of RFC 8594's `Sunset`).

use jiff::civil::Date;
use openapi_codegen::tree::Node;

use super::{
    change::{Findings, Places, Subject},
    keywords::Level,
    rules::{self, Rule},
    schema::Comparison,
};

/// The day on which documents are compared.
#[derive(Debug, Clone, Copy)]
pub struct Today {
    /// The day.
    pub date: Date,
    /// How many days clients are given between an announcement and the end.
    pub notice_days: i64,
}

/// What a part of a document says about its end.
pub(super) struct Life {
    pub(super) is_deprecated: bool,
    sunset: Option<Result<Date, String>>,
}

impl Life {
    pub(super) fn of(node: &Node) -> Self {
        Self::new(
            node.get("deprecated").and_then(Node::as_bool) == Some(true),
            node.get("x-sunset"),
        )
    }

    fn new(is_deprecated: bool, sunset: Option<&Node>) -> Self {
        let sunset = sunset.map(|node| {
            let text = node.as_str().unwrap_or_default();
            // A date, or a moment whose day counts.
            let day = text.get(..10).unwrap_or(text);
            day.parse::<Date>().map_err(|_| node.brief())
        });
        Self {
            is_deprecated,
            sunset,
        }
    }

    fn date(&self) -> Option<Date> {
        self.sunset.as_ref()?.as_ref().ok().copied()
    }

    /// Which of three rules a removal falls under: never announced, before its day, after it.
    pub(super) fn removal<'r>(
        &self,
        today: &Today,
        [unannounced, early, late]: [&'r Rule; 3],
    ) -> &'r Rule {
        match self.date() {
            _ if !self.is_deprecated => unannounced,
            Some(date) if date <= today.date => late,
            Some(_) => early,
            None => unannounced,
        }
    }
}

/// An operation's end.
pub(super) fn operation(
    findings: &mut Findings,
    today: &Today,
    subject: &Subject,
    places: &Places,
    (old, new): (&Life, &Life),
) {
    let mut say = |rule: &Rule, detail: &str| findings.add(rule, subject, places.clone(), detail);
    if let Some(Err(text)) = &new.sunset {
        say(&rules::OPERATION_SUNSET_PARSE, text);
        return;
    }
    match (old.is_deprecated, new.is_deprecated) {
        (false, false) => {}
        (true, false) => say(&rules::OPERATION_REACTIVATED, ""),
        (false, true) => match new.date() {
            None => say(&rules::OPERATION_SUNSET_MISSING, ""),
            Some(date) if days_until(today.date, date) < today.notice_days => {
                let detail = format!("{date}, less than {} days away", today.notice_days);
                say(&rules::OPERATION_SUNSET_SOON, &detail);
            }
            Some(date) => say(&rules::OPERATION_DEPRECATED, &date.to_string()),
        },
        (true, true) => match (old.date(), new.date()) {
            (Some(_), None) => say(&rules::SUNSET_DELETED, ""),
            (Some(old), Some(new)) if new < old => {
                say(&rules::OPERATION_SUNSET_NEARER, &format!("{old} → {new}"));
            }
            _ => {}
        },
    }
}

/// A parameter's end.
pub(super) fn parameter(
    findings: &mut Findings,
    subject: &Subject,
    places: &Places,
    (old, new): (&Life, &Life),
) {
    if old.is_deprecated || !new.is_deprecated {
        return;
    }
    match new.date() {
        Some(date) => findings.add(
            &rules::PARAMETER_DEPRECATED,
            subject,
            places.clone(),
            &date.to_string(),
        ),
        None => findings.add(
            &rules::PARAMETER_SUNSET_MISSING,
            subject,
            places.clone(),
            "",
        ),
    }
}

/// The end of what a schema describes.
pub(super) fn schema(comparison: &mut Comparison<'_, '_>, level: &Level<'_, '_>) {
    let old = Life::new(level.before.is_deprecated, level.before.sunset);
    let new = Life::new(level.after.is_deprecated, level.after.sunset);
    let findings = &mut *comparison.findings;
    if let Some(Err(text)) = &new.sunset {
        level.say(findings, &rules::SUNSET_INVALID, text);
        return;
    }
    match (old.is_deprecated, new.is_deprecated, new.date()) {
        (false, true, Some(date)) => {
            level.say(findings, &rules::DEPRECATED, &date.to_string());
        }
        (false, true, None) => level.say(findings, &rules::DEPRECATED_SUNSET_MISSING, ""),
        (true, false, _) => level.say(findings, &rules::REACTIVATED, ""),
        (true, true, new) => {
            if let (Some(old), Some(new)) = (old.date(), new)
                && new < old
            {
                let detail = format!("{old} → {new}");
                level.say(findings, &rules::SUNSET_NEARER, &detail);
            }
        }
        (false, false, _) => {}
    }
}

fn days_until(from: Date, to: Date) -> i64 {
    from.until(to)
        .map(|span| i64::from(span.get_days()))
        .unwrap_or_default()
}
