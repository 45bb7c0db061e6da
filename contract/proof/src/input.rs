//! Holds values against their rules and collects everything that is wrong.

use http::HeaderMap;
use jiff::civil::Date;
use serde_json::{Map, Number, Value};

use crate::{
    answer::Violation,
    faults::Fault,
    pipeline::Server,
    rules::{Field, Rule, Shape},
};

/// Collects what is wrong with one request.
pub(crate) struct Judge<'s> {
    server: &'s Server,
    part: &'static str,
    pub(crate) violations: Vec<Violation>,
}

impl<'s> Judge<'s> {
    pub(crate) const fn new(server: &'s Server) -> Self {
        Self {
            server,
            part: "body",
            violations: Vec::new(),
        }
    }

    /// Reads the query: the parameters that were given, as values.
    pub(crate) fn query(&mut self, fields: &[Field], query: &str) -> Map<String, Value> {
        self.part = "query";
        let mut values = Map::new();
        for (name, text) in form_urlencoded::parse(query.as_bytes()) {
            let Some(field) = fields.iter().find(|field| field.name == name) else {
                self.note(&name, "unknown_field");
                continue;
            };
            if values.contains_key(field.name) {
                self.note(field.name, "duplicate");
                continue;
            }
            if let Some(value) = self.read_text(field, &text) {
                values.insert(field.name.to_owned(), value);
            }
        }
        for field in fields.iter().filter(|field| field.required) {
            let given =
                form_urlencoded::parse(query.as_bytes()).any(|(name, _)| name == field.name);
            if !given && !self.has(Fault::AcceptsMissingQuery) {
                self.note(field.name, "required");
            }
        }
        values
    }

    /// A value of the query is text on the wire; only its rule says what it means.
    fn read_text(&mut self, field: &Field, text: &str) -> Option<Value> {
        let value = match field.rule {
            Rule::Integer { .. } => match text.parse::<i64>() {
                Ok(number) => Value::from(number),
                Err(_) if self.has(Fault::AcceptsWrongTypeInQuery) => return None,
                Err(_) => {
                    self.note(field.name, "invalid_type");
                    return None;
                }
            },
            _ => Value::from(text),
        };
        Some(self.value(field.name, &field.rule, &value))
    }

    /// Judges the headers that the operation declares.
    pub(crate) fn headers(&mut self, fields: &[Field], headers: &HeaderMap) {
        self.part = "header";
        for field in fields {
            match headers.get(field.name) {
                None if field.required && !self.has(Fault::HeaderNotRequired) => {
                    self.note(field.name, "required");
                }
                None => {}
                Some(value) => {
                    let text = String::from_utf8_lossy(value.as_bytes()).into_owned();
                    self.value(field.name, &field.rule, &Value::from(text));
                }
            }
        }
    }

    /// Judges a body. What comes back is the body as the operation reads it.
    pub(crate) fn body(&mut self, shape: &Shape, body: &Value) -> Value {
        self.part = "body";
        self.shape("", shape, body)
    }

    fn has(&self, fault: Fault) -> bool {
        self.server.has(fault)
    }

    /// Notes a violation outside of the rules.
    pub(crate) fn note_body(&mut self, reason: &'static str) {
        self.part = "body";
        self.note("", reason);
    }

    fn note(&mut self, field: &str, reason: &'static str) {
        let field = field.chars().take(200).collect();
        let part = self.part;
        self.violations.push(Violation {
            part,
            field,
            reason,
        });
    }

    fn value(&mut self, name: &str, rule: &Rule, value: &Value) -> Value {
        match rule {
            Rule::Text { .. } => self.text(name, rule, value),
            Rule::Integer { .. } => self.integer(name, rule, value),
            Rule::Flag => {
                if !value.is_boolean() {
                    self.note(name, "invalid_type");
                }
                value.clone()
            }
            Rule::OneOf(allowed) => self.one_of(name, allowed, value),
            Rule::Day => {
                let is_day = value.as_str().is_some_and(is_day);
                let is_forgiven = value.is_string() && self.has(Fault::AcceptsBadDate);
                if !is_day && !is_forgiven {
                    self.note(name, "invalid_format");
                }
                // A day that is none must not be answered: that would be another fault.
                Value::from(value.as_str().filter(|_| is_day).unwrap_or("2030-01-01"))
            }
            Rule::Set { most, items } => self.set(name, *most, items, value),
            Rule::Shape(shape) => self.shape(name, shape, value),
            Rule::Union { tag, shapes } => self.union(name, tag, shapes, value),
            Rule::OrNull(_) if value.is_null() && self.has(Fault::RefusesNull) => {
                self.note(name, "invalid_type");
                Value::Null
            }
            Rule::OrNull(_) if value.is_null() => Value::Null,
            Rule::OrNull(rule) => self.value(name, rule, value),
        }
    }

    fn text(&mut self, name: &str, rule: &Rule, value: &Value) -> Value {
        let &Rule::Text {
            shortest,
            longest,
            pattern,
        } = rule
        else {
            return Value::Null;
        };
        let Some(text) = value.as_str() else {
            self.note(name, "invalid_type");
            return Value::Null;
        };
        let length = text.chars().count();
        let longest = if self.has(Fault::RefusesLongest) && longest > shortest {
            longest.saturating_sub(1)
        } else {
            longest
        };
        let mut kept = text.to_owned();
        if length > longest {
            if self.has(Fault::AcceptsTooLong) {
                kept = text.chars().take(longest).collect();
            } else {
                self.note(name, "too_long");
            }
        }
        if length < shortest && !self.has(Fault::AcceptsTooShort) {
            self.note(name, "too_short");
        }
        // The empty text breaks patterns as well; what is too short is told once.
        if length >= shortest && !pattern.fits(&kept) && !self.has(Fault::AcceptsPatternMismatch) {
            self.note(name, "pattern_mismatch");
        }
        Value::from(kept)
    }

    fn integer(&mut self, name: &str, rule: &Rule, value: &Value) -> Value {
        let &Rule::Integer {
            least,
            most,
            multiple_of,
        } = rule
        else {
            return Value::Null;
        };
        let parsed = match value {
            Value::Number(number) => self.whole(number),
            Value::String(text) if self.has(Fault::AcceptsWrongType) => text.trim().parse().ok(),
            _ => None,
        };
        let Some(mut number) = parsed else {
            self.note(name, "invalid_type");
            return Value::Null;
        };
        let refuses_most = self.has(Fault::RefusesMaximum) && number == most;
        if number > most && self.has(Fault::AcceptsOverMaximum) {
            number = most;
        } else if number > most || refuses_most {
            self.note(name, "too_big");
        }
        if number < least {
            if self.has(Fault::AcceptsUnderMinimum) {
                number = least;
            } else {
                self.note(name, "too_small");
            }
        }
        if number % multiple_of != 0 && !self.has(Fault::AcceptsOddMultiple) {
            self.note(name, "not_multiple");
        }
        Value::from(number)
    }

    /// 1.0 is an integer, 1.5 is none.
    fn whole(&self, number: &Number) -> Option<i64> {
        if let Some(whole) = number.as_i64() {
            return Some(whole);
        }
        // Larger than any bound of the contract.
        if number.is_u64() {
            return Some(i64::MAX);
        }
        if self.has(Fault::RefusesIntegralFloat) {
            return None;
        }
        let float = number.as_f64()?;
        if float.fract() != 0.0 && !self.has(Fault::AcceptsFraction) {
            return None;
        }
        #[expect(
            clippy::cast_possible_truncation,
            reason = "beyond the range it saturates, which every bound of the contract refuses"
        )]
        Some(float.round() as i64)
    }

    fn one_of(&mut self, name: &str, allowed: &[&str], value: &Value) -> Value {
        let text = value.as_str().unwrap_or_default();
        let refused = self.has(Fault::RefusesEnumValue) && text == "L";
        if allowed.contains(&text) && !refused {
            return value.clone();
        }
        if !(value.is_string() && self.has(Fault::AcceptsUnknownEnum)) {
            self.note(name, "not_in_enum");
        }
        Value::from(allowed.first().copied().unwrap_or_default())
    }

    fn set(&mut self, name: &str, most: usize, items: &Rule, value: &Value) -> Value {
        let Some(values) = value.as_array() else {
            self.note(name, "invalid_type");
            return Value::Null;
        };
        if values.len() > most && !self.has(Fault::AcceptsTooManyItems) {
            self.note(name, "too_many_items");
        }
        let is_repeated =
            |(index, value): (usize, &Value)| values.iter().take(index).any(|other| other == value);
        if values.iter().enumerate().any(is_repeated) && !self.has(Fault::AcceptsDuplicateItems) {
            self.note(name, "duplicate");
        }
        let kept = values.iter().enumerate();
        kept.map(|(index, value)| self.value(&format!("{name}[{index}]"), items, value))
            .take(most)
            .collect()
    }

    fn shape(&mut self, name: &str, shape: &Shape, value: &Value) -> Value {
        let Some(given) = value.as_object() else {
            self.note(name, "invalid_type");
            return Value::Null;
        };
        let path = |field: &str| match name {
            "" => field.to_owned(),
            _ => format!("{name}.{field}"),
        };
        for unknown in given.keys() {
            let is_known = shape.fields.iter().any(|field| field.name == unknown);
            if !is_known && !self.has(Fault::AcceptsUnknownProperty) {
                self.note(&path(unknown), "unknown_field");
            }
        }
        if given.len() < shape.fewest && !self.has(Fault::AcceptsEmptyChange) {
            self.note(name, "too_few_fields");
        }
        let mut kept = Map::new();
        for field in shape.fields {
            let field_path = path(field.name);
            match given.get(field.name) {
                Some(Value::Null) if self.has(Fault::AcceptsNull) && !field.required => {}
                Some(value) => {
                    let value = self.value(&field_path, &field.rule, value);
                    kept.insert(field.name.to_owned(), value);
                }
                None if field.name == "postcode" && self.has(Fault::AcceptsMissingProperty) => {
                    kept.insert(field.name.to_owned(), "00000".into());
                }
                None if field.required => self.note(&field_path, "required"),
                None if field.name == "fragile" && self.has(Fault::RefusesOptionalLeftOut) => {
                    self.note(&field_path, "required");
                }
                None => {}
            }
        }
        Value::Object(kept)
    }

    fn union(&mut self, name: &str, tag: &str, shapes: &[(&str, &Shape)], value: &Value) -> Value {
        let kind = value.get(tag).and_then(Value::as_str);
        let chosen = shapes.iter().find(|(known, _)| Some(*known) == kind);
        match chosen {
            Some((_, shape)) => self.shape(name, shape, value),
            None if value.is_object() && self.has(Fault::AcceptsUnknownKind) => {
                serde_json::json!({"kind": "documents", "pages": 1})
            }
            None => {
                self.note(&format!("{name}.{tag}"), "not_in_enum");
                Value::Null
            }
        }
    }
}

/// `2030-05-02`, and a day that exists.
fn is_day(text: &str) -> bool {
    text.len() == 10 && text.as_bytes().get(4) == Some(&b'-') && text.parse::<Date>().is_ok()
}
