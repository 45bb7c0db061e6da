//! Constraints: which act on which type, whether they agree with each other, and their final form.

use super::Lowering;
use super::flat::Flat;
use super::raw::{Count, Kind, Limit};
use crate::diagnostics::{Diagnostic, codes};
use crate::ir::{Bound, Constraints, Number, Type};
use crate::tree::{Decimal, Node};

impl<'d> Lowering<'d> {
    /// Refuses constraints that JSON Schema would ignore for a value of type `kind`.
    pub(super) fn check_applicable(&self, flat: &Flat<'d>, kind: Kind, schema: &'d Node) {
        let count = |count: Count<'d>| count.map(|(_, node)| node);
        let limit = |limit: Limit<'d>| limit.map(|(_, node)| node);
        let numeric = [
            flat.minimum,
            flat.maximum,
            flat.exclusive_minimum,
            flat.exclusive_maximum,
            flat.multiple_of,
        ];
        let groups: [(&[Kind], Vec<Option<&'d Node>>); 5] = [
            (
                &[Kind::Integer, Kind::Number],
                numeric.into_iter().map(limit).collect(),
            ),
            (
                &[Kind::String],
                vec![
                    count(flat.min_length),
                    count(flat.max_length),
                    flat.patterns.first().copied(),
                ],
            ),
            (
                &[Kind::Array],
                vec![
                    count(flat.min_items),
                    count(flat.max_items),
                    flat.unique_items,
                    flat.items.first().copied(),
                ],
            ),
            (
                &[Kind::Object],
                vec![
                    count(flat.min_properties),
                    count(flat.max_properties),
                    flat.additional.first().copied(),
                    flat.unevaluated,
                    flat.required.first().copied(),
                    flat.properties
                        .values()
                        .next()
                        .and_then(|together| together.first().copied()),
                ],
            ),
            (
                &[Kind::Integer, Kind::Number, Kind::String],
                vec![flat.format],
            ),
        ];
        for (kinds, nodes) in groups {
            if kinds.contains(&kind) {
                continue;
            }
            for node in nodes.into_iter().flatten() {
                self.misplaced(node, kind, schema);
            }
        }
        if let Some(node) = flat.state_machine {
            self.report(
                Diagnostic::at(
                    codes::STATE_MACHINE,
                    node,
                    "`x-state-machine` on a schema that is no enum",
                )
                .help("write it beside the `enum` of states"),
            );
        }
    }

    fn misplaced(&self, node: &Node, kind: Kind, schema: &Node) {
        let keyword = keyword_of(node);
        self.report(
            Diagnostic::at(
                codes::MISPLACED_CONSTRAINT,
                node,
                format!("`{keyword}` does not act on the type {}", kind.name()),
            )
            .related(schema.span, "the schema")
            .note("JSON Schema ignores it for values of this type")
            .help(format!("remove `{keyword}`, or correct the type")),
        );
    }

    /// The constraints in their final form, judged against each other.
    pub(super) fn constraints(&self, flat: &Flat<'d>, kind: Kind, ty: &Type) -> Constraints {
        self.ordered_counts(flat.min_length, flat.max_length);
        self.ordered_counts(flat.min_items, flat.max_items);
        self.ordered_counts(flat.min_properties, flat.max_properties);
        let value = |count: Count<'d>| count.map(|(value, _)| value);
        let mut out = Constraints::default();
        match kind {
            Kind::String => {
                out.min_length = value(flat.min_length);
                out.max_length = value(flat.max_length);
                out.patterns = flat
                    .patterns
                    .iter()
                    .filter_map(|node| self.pattern(node))
                    .collect();
            }
            Kind::Array => {
                out.min_items = value(flat.min_items);
                out.max_items = value(flat.max_items);
                out.unique_items = flat.unique_items.is_some();
            }
            Kind::Object => {
                out.min_properties = value(flat.min_properties);
                out.max_properties = value(flat.max_properties);
            }
            Kind::Integer | Kind::Number => self.numeric(flat, ty, &mut out),
            Kind::Bool => {}
        }
        out
    }

    pub(super) fn ordered_counts(&self, min: Count<'d>, max: Count<'d>) {
        if let (Some((low, low_node)), Some((high, high_node))) = (min, max)
            && low > high
        {
            self.report(
                Diagnostic::at(
                    codes::BOUNDS,
                    low_node,
                    format!(
                        "`{}` is greater than `{}`",
                        keyword_of(low_node),
                        keyword_of(high_node)
                    ),
                )
                .label(format!("at least {low}"))
                .related(high_node.span, format!("at most {high}"))
                .note("no value satisfies both")
                .help("exchange them, or correct one"),
            );
        }
    }

    fn numeric(&self, flat: &Flat<'d>, ty: &Type, out: &mut Constraints) {
        let integer = matches!(ty, Type::I32 | Type::I64);
        let range = if *ty == Type::I32 {
            (i64::from(i32::MIN), i64::from(i32::MAX))
        } else {
            (i64::MIN, i64::MAX)
        };
        let number = |limit: Limit<'d>| self.limit(limit, integer, range);
        let low = bound(
            number(flat.minimum),
            number(flat.exclusive_minimum),
            |a, b| a >= b,
        );
        let high = bound(
            number(flat.maximum),
            number(flat.exclusive_maximum),
            |a, b| a <= b,
        );
        if let (Some((low, low_node)), Some((high, high_node))) = (low, high) {
            self.ordered(low, low_node, high, high_node, integer);
        }
        out.minimum = low.map(|(bound, _)| bound);
        out.maximum = high.map(|(bound, _)| bound);
        out.multiple_of = number(flat.multiple_of).and_then(|(number, node)| {
            if as_f64(number) > 0.0 {
                return Some(number);
            }
            self.wrong(
                codes::INVALID_VALUE,
                node,
                "multipleOf",
                "a number greater than 0",
            );
            None
        });
    }

    /// A number of the document in the type's own numbers.
    fn limit(
        &self,
        limit: Limit<'d>,
        integer: bool,
        range: (i64, i64),
    ) -> Option<(Number, &'d Node)> {
        let (decimal, node) = limit?;
        if !integer {
            let number = decimal
                .as_i64()
                .filter(|int| exact(*int))
                .map(Number::Int)
                .or_else(|| decimal.as_f64().map(Number::Float));
            return number.map(|number| (number, node));
        }
        let int = decimal
            .as_i64()
            .filter(|int| (range.0..=range.1).contains(int));
        if let Some(int) = int {
            return Some((Number::Int(int), node));
        }
        let keyword = keyword_of(node);
        self.report(
            Diagnostic::at(
                codes::BOUNDS,
                node,
                format!("`{keyword}` is not an integer that the format can hold"),
            )
            .label(format!(
                "{} is outside of {} to {}, or no integer",
                decimal.0, range.0, range.1
            ))
            .help("write an integer in that range, or leave the bound to the format"),
        );
        None
    }

    fn ordered(&self, low: Bound, low_node: &Node, high: Bound, high_node: &Node, integer: bool) {
        let empty = match (low.value, high.value) {
            (Number::Int(a), Number::Int(b)) if integer => {
                let a = i128::from(a) + i128::from(low.exclusive);
                let b = i128::from(b) - i128::from(high.exclusive);
                a > b
            }
            (a, b) => {
                as_f64(a) > as_f64(b) || as_f64(a) >= as_f64(b) && (low.exclusive || high.exclusive)
            }
        };
        if empty {
            self.report(
                Diagnostic::at(
                    codes::BOUNDS,
                    low_node,
                    format!(
                        "no number lies between `{}` and `{}`",
                        keyword_of(low_node),
                        keyword_of(high_node)
                    ),
                )
                .label(if low.exclusive {
                    "greater than this"
                } else {
                    "at least this"
                })
                .related(
                    high_node.span,
                    if high.exclusive {
                        "less than this"
                    } else {
                        "at most this"
                    },
                )
                .help("exchange them, or correct one"),
            );
        }
    }

    /// A pattern that the generated code can use.
    fn pattern(&self, node: &'d Node) -> Option<String> {
        let text = node.as_str()?;
        if let Some(found) = super::patterns::untranslatable(text) {
            self.report(
                Diagnostic::at(
                    codes::BAD_PATTERN,
                    node,
                    format!("the pattern uses {}", found.what),
                )
                .label("this cannot be used")
                .note(found.why)
                .help(found.instead),
            );
            return None;
        }
        let translated = super::patterns::translated(text);
        match super::patterns::compiles(&translated) {
            Ok(()) => Some(translated),
            Err(reason) => {
                self.report(
                    Diagnostic::at(codes::BAD_PATTERN, node, "the pattern does not compile")
                        .label(reason)
                        .help("correct the expression; quote it in YAML with single quotes, so that backslashes stay"),
                );
                None
            }
        }
    }
}

/// The tighter one of an inclusive and an exclusive bound.
fn bound<'d>(
    inclusive: Option<(Number, &'d Node)>,
    exclusive: Option<(Number, &'d Node)>,
    exclusive_wins: fn(f64, f64) -> bool,
) -> Option<(Bound, &'d Node)> {
    let make = |found: (Number, &'d Node), exclusive| {
        (
            Bound {
                value: found.0,
                exclusive,
            },
            found.1,
        )
    };
    match (inclusive, exclusive) {
        (None, None) => None,
        (Some(found), None) => Some(make(found, false)),
        (None, Some(found)) => Some(make(found, true)),
        (Some(a), Some(b)) if exclusive_wins(as_f64(b.0), as_f64(a.0)) => Some(make(b, true)),
        (Some(a), Some(_)) => Some(make(a, false)),
    }
}

/// The last key of a node's pointer: the keyword that it is the value of.
pub(super) fn keyword_of(node: &Node) -> &str {
    let mut keys = node.pointer.rsplit('/');
    let last = keys.next().unwrap_or_default();
    let before = keys.next();
    if last.bytes().all(|byte| byte.is_ascii_digit()) {
        return before.unwrap_or_default();
    }
    // A property's name is no keyword; what is meant is that there are properties.
    if before == Some("properties") {
        "properties"
    } else {
        last
    }
}

fn as_f64(number: Number) -> f64 {
    match number {
        Number::Int(int) => Decimal(int.to_string()).as_f64().unwrap_or_default(),
        Number::Float(float) => float,
    }
}

/// Whether a double can hold the integer exactly.
fn exact(int: i64) -> bool {
    int.unsigned_abs() <= 1 << 53
}
