//! A log line as one flat JSON object: `timestamp`, `level`, `target`, the fields of the spans around (request id and
//! trace id first of all), then those of the event itself.
//!
//! The fields of a span are written down once, when it begins, and copied into each of its lines. The formatter that
//! comes with the library parses them anew for every line.

use std::fmt::{self, Debug, Write};

use tracing::{
    Event, Subscriber,
    field::{Field, Visit},
};
use tracing_subscriber::{
    field::RecordFields,
    fmt::{
        FmtContext, FormatEvent, FormatFields, FormattedFields,
        format::Writer,
        time::{FormatTime, SystemTime},
    },
    registry::LookupSpan,
};

/// Writes the line of an event.
#[derive(Debug, Clone, Copy)]
pub(super) struct JsonLine;

/// Writes fields as `,"name":value` each.
#[derive(Debug, Clone, Copy)]
pub(super) struct SpanFields;

impl<'writer> FormatFields<'writer> for SpanFields {
    fn format_fields<R: RecordFields>(
        &self,
        mut writer: Writer<'writer>,
        fields: R,
    ) -> fmt::Result {
        let mut members = Members::new(&mut writer, "");
        fields.record(&mut members);
        members.outcome
    }

    /// The library would put a blank between.
    fn add_fields(
        &self,
        current: &'writer mut FormattedFields<Self>,
        fields: &tracing::span::Record<'_>,
    ) -> fmt::Result {
        self.format_fields(current.as_writer(), fields)
    }
}

impl<S> FormatEvent<S, SpanFields> for JsonLine
where
    S: Subscriber + for<'a> LookupSpan<'a>,
{
    fn format_event(
        &self,
        context: &FmtContext<'_, S, SpanFields>,
        mut writer: Writer<'_>,
        event: &Event<'_>,
    ) -> fmt::Result {
        writer.write_str("{\"timestamp\":\"")?;
        SystemTime.format_time(&mut writer)?;
        let metadata = event.metadata();
        write!(
            writer,
            "\",\"level\":\"{}\",\"target\":\"",
            metadata.level()
        )?;
        Escaping(&mut writer).write_str(metadata.target())?;
        writer.write_char('"')?;

        let mut around = String::new();
        for span in context.event_scope().into_iter().flatten() {
            let extensions = span.extensions();
            if let Some(fields) = extensions.get::<FormattedFields<SpanFields>>() {
                around.push_str(&fields.fields);
            }
        }
        writer.write_str(&around)?;
        let mut members = Members::new(&mut writer, &around);
        event.record(&mut members);
        members.outcome?;
        writer.write_str("}\n")
    }
}

/// Writes fields as members of an object.
struct Members<'a, 'w> {
    out: &'a mut Writer<'w>,
    /// What the object has already: JSON knows no second member of the same name.
    around: &'a str,
    outcome: fmt::Result,
}

impl<'a, 'w> Members<'a, 'w> {
    fn new(out: &'a mut Writer<'w>, around: &'a str) -> Self {
        Self {
            out,
            around,
            outcome: Ok(()),
        }
    }

    fn member(&mut self, field: &Field, value: impl FnOnce(&mut Writer<'w>) -> fmt::Result) {
        let name = field.name();
        // For collectors of spans, and places in other people's sources.
        let is_foreign = name.starts_with("otel.") || name.starts_with("log.");
        if self.outcome.is_err() || is_foreign || self.has(name) {
            return;
        }
        self.outcome = write!(self.out, ",\"{name}\":").and_then(|()| value(self.out));
    }

    /// A text cannot look like a member: its quotation marks are escaped.
    fn has(&self, name: &str) -> bool {
        let mut rest = self.around;
        while let Some((_, behind)) = rest.split_once(",\"") {
            if behind
                .strip_prefix(name)
                .is_some_and(|behind| behind.starts_with("\":"))
            {
                return true;
            }
            rest = behind;
        }
        false
    }

    fn text(&mut self, field: &Field, value: impl fmt::Display) {
        self.member(field, |out| {
            out.write_char('"')?;
            write!(Escaping(out), "{value}")?;
            out.write_char('"')
        });
    }
}

impl Visit for Members<'_, '_> {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.text(field, value);
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.member(field, |out| write!(out, "{value}"));
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.member(field, |out| write!(out, "{value}"));
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        self.member(field, |out| write!(out, "{value}"));
    }

    fn record_f64(&mut self, field: &Field, value: f64) {
        if value.is_finite() {
            self.member(field, |out| write!(out, "{value}"));
        } else {
            self.text(field, value);
        }
    }

    fn record_error(&mut self, field: &Field, value: &(dyn std::error::Error + 'static)) {
        self.text(field, value);
    }

    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.text(field, format_args!("{value:?}"));
    }
}

/// Escapes what a JSON text cannot hold (RFC 8259, section 7).
struct Escaping<'a, 'w>(&'a mut Writer<'w>);

impl Write for Escaping<'_, '_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let needs_escape = |c: char| c < ' ' || matches!(c, '"' | '\\');
        let mut rest = text;
        while let Some(at) = rest.find(needs_escape) {
            let (plain, behind) = rest.split_at(at);
            self.0.write_str(plain)?;
            let mut behind = behind.chars();
            match behind.next() {
                Some('"') => self.0.write_str("\\\"")?,
                Some('\\') => self.0.write_str("\\\\")?,
                Some('\n') => self.0.write_str("\\n")?,
                Some(control) => write!(self.0, "\\u{:04x}", u32::from(control))?,
                None => {}
            }
            rest = behind.as_str();
        }
        self.0.write_str(rest)
    }
}

#[cfg(test)]
mod tests {
    use std::{
        io,
        sync::{Arc, Mutex},
    };

    use serde_json::{Value, json};
    use tracing_subscriber::{fmt::MakeWriter, layer::SubscriberExt};

    use super::*;

    #[derive(Clone, Default)]
    struct Written(Arc<Mutex<Vec<u8>>>);

    impl io::Write for Written {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    impl MakeWriter<'_> for Written {
        type Writer = Self;

        fn make_writer(&self) -> Self {
            self.clone()
        }
    }

    /// Returns the one line that is written meanwhile, without its time.
    fn line(log: impl FnOnce()) -> Value {
        let written = Written::default();
        let lines = tracing_subscriber::fmt::layer()
            .with_writer(written.clone())
            .fmt_fields(SpanFields)
            .event_format(JsonLine);
        let subscriber = tracing_subscriber::registry().with(lines);
        tracing::subscriber::with_default(subscriber, log);
        let text = String::from_utf8(written.0.lock().unwrap().clone()).unwrap();
        assert_eq!(text.matches('\n').count(), 1, "{text}");
        let mut line: Value = serde_json::from_str(&text).unwrap();
        assert!(line.as_object_mut().unwrap().remove("timestamp").is_some());
        line
    }

    #[test]
    fn the_fields_of_the_spans_around_stand_beside_those_of_the_event() {
        let line = line(|| {
            let span = tracing::info_span!(
                "request",
                request_id = "req_1",
                trace_id = tracing::field::Empty,
                otel.kind = "server"
            );
            span.record("trace_id", "4bf9");
            let _entered = span.enter();
            let _inner = tracing::info_span!("inner", attempt = 2).entered();
            tracing::warn!(target: "waybill", is_late = true, http.status = 409_u16, share = 0.5, "refused");
        });
        assert_eq!(
            line,
            json!({
                "level": "WARN", "target": "waybill", "request_id": "req_1", "trace_id": "4bf9", "attempt": 2,
                "http.status": 409, "is_late": true, "share": 0.5, "message": "refused",
            })
        );
    }

    #[test]
    fn a_name_appears_once_and_the_span_wins() {
        let line = line(|| {
            let _span = tracing::info_span!("request", request_id = "a\",\"id\":\"b").entered();
            tracing::info!(target: "waybill", request_id = "other", id = 1, "done");
        });
        assert_eq!(
            line,
            json!({ "level": "INFO", "target": "waybill", "request_id": "a\",\"id\":\"b", "id": 1, "message": "done" })
        );
    }

    #[test]
    fn any_text_is_a_json_text() {
        let hostile = "\"quoted\" \\ line\nbreak\ttab \u{1}\u{7f} ünïcödé 🚚";
        let line = line(
            || tracing::info!(target: "waybill", text = hostile, debugged = ?hostile, nan = f64::NAN, "{hostile}"),
        );
        assert_eq!(line["text"], hostile);
        assert_eq!(line["message"], hostile);
        assert_eq!(line["debugged"], format!("{hostile:?}"));
        assert_eq!(line["nan"], "NaN");
    }
}
