//! A value for one part of a schema: what the document gives where it fits, or else one that is made up.

use rand::RngExt as _;
use serde_json::Value;

use super::{DEPTH, Maker, PARTS, Style, TRIES, recursion::name_of};
use crate::generate::{
    node::Node,
    shape::{Held, Kind, Shape},
    text,
};

impl<'s> Maker<'s> {
    /// A value for a part; an id that exists where one is known. One is made up all the same: what is drawn after it must
    /// not hang on what the server answered.
    pub(super) fn make(
        &mut self,
        node: &Node<'s>,
        hints: &[&Value],
        name: Option<&str>,
        style: Style,
        above: &mut Vec<&'s str>,
    ) -> Option<Value> {
        let made = self.make_up(node, hints, style, above);
        let is_wanted = style != Style::Random || self.rng.random_ratio(1, 2);
        let known = self.pool.zip(name).filter(|_| is_wanted);
        let Some(known) = known.and_then(|(pool, name)| pool.value_named(name)) else {
            return made;
        };
        let number = serde_json::from_str(&known).ok();
        let values = [Some(Value::String(known)), number].into_iter().flatten();
        let found = values.into_iter().find(|value| self.fits(node, value));
        found.or(made)
    }

    /// A value that the document gives, or one of a type that the part takes.
    fn make_up(
        &mut self,
        node: &Node<'s>,
        hints: &[&Value],
        style: Style,
        above: &mut Vec<&'s str>,
    ) -> Option<Value> {
        self.parts += 1;
        if above.len() > DEPTH || self.parts > PARTS {
            return None;
        }
        let shape = self.shape(node, style, above.len());
        if shape.is_never {
            return None;
        }
        if let Some(value) = self.suggested(node, &shape, hints, style) {
            return Some(value);
        }
        if let Some(values) = &shape.values {
            return self.listed(node, values, style);
        }
        let tries = if shape.is_hard { TRIES / 2 } else { 1 };
        let kind = self.kind(&shape, style)?;
        above.push(name_of(node));
        let mut made = None;
        for _ in 0..tries {
            made = self.of_kind(kind, node, &shape, hints, style, above);
            // What cannot be made now cannot be made by trying again; a branch is judged with the whole.
            let is_settled = made.as_ref().is_none_or(|value| {
                tries == 1 || !shape.choices.is_empty() || self.fits(node, value)
            });
            if is_settled {
                break;
            }
        }
        above.pop();
        made
    }

    /// A value that the document gives.
    fn suggested(
        &mut self,
        node: &Node<'s>,
        shape: &Shape<'s>,
        hints: &[&Value],
        style: Style,
    ) -> Option<Value> {
        if style == Style::Random && self.rng.random_ratio(3, 4) {
            return None;
        }
        let given = shape.given.iter().copied();
        let suggested: Vec<&Value> = hints.iter().copied().chain(given).collect();
        let takes_more = shape
            .kinds
            .as_ref()
            .is_some_and(|kinds| kinds.value.len() > 1);
        let is_whole = |value: &&Value| match value {
            Value::Array(_) | Value::Object(_) => style == Style::Usual,
            // Everything once: `null` hides what else may be there.
            Value::Null => style == Style::Usual || !takes_more,
            _ => true,
        };
        let found = suggested
            .into_iter()
            .filter(is_whole)
            .find(|value| self.fits(node, value));
        found.cloned()
    }

    /// One of the values that a part lists.
    fn listed(
        &mut self,
        node: &Node<'s>,
        values: &Held<'s, Vec<&'s Value>>,
        style: Style,
    ) -> Option<Value> {
        let count = values.value.len();
        let first = if style == Style::Random || self.attempt > 0 {
            self.rng.random_range(0..count.max(1))
        } else {
            0
        };
        let order = (0..count).map(|index| (first + index) % count);
        let found = order
            .filter_map(|index| values.value.get(index).copied())
            .find(|value| self.fits(node, value));
        found.cloned()
    }

    fn of_kind(
        &mut self,
        kind: Kind,
        node: &Node<'s>,
        shape: &Shape<'s>,
        hints: &[&Value],
        style: Style,
        above: &mut Vec<&'s str>,
    ) -> Option<Value> {
        match kind {
            Kind::Null => Some(Value::Null),
            Kind::Boolean => Some(Value::Bool(style != Style::Random || self.rng.random())),
            Kind::Integer | Kind::Number => {
                let mut limits = shape.limits();
                limits.is_whole |= kind == Kind::Integer;
                let range = limits.range()?;
                let value = if style == Style::Random || self.attempt > 0 {
                    range.random(&mut self.rng)
                } else {
                    range.usual()
                };
                Some(value.to_value())
            }
            Kind::String => self.text(node, shape, style),
            Kind::Array => self.array(shape, hints, style, above),
            Kind::Object => self.object(shape, hints, style, above),
        }
    }

    fn text(&mut self, node: &Node<'s>, shape: &Shape<'s>, style: Style) -> Option<Value> {
        let (least, most) = text::lengths(shape);
        let length =
            (style == Style::Random).then(|| text::random_length(least, most, &mut self.rng));
        let mut texts = text::texts(shape, length, &mut self.rng);
        if style == Style::Random && self.rng.random_ratio(1, 2) {
            texts.insert(0, text::random(shape, &mut self.rng));
        }
        let values = texts.into_iter().map(Value::String);
        values.into_iter().find(|value| self.fits(node, value))
    }
}
