//! Defaults and constants as typed values.

use super::Lowering;
use super::flat::Flat;
use super::raw::Kind;
use crate::diagnostics::{Diagnostic, codes};
use crate::ir::{Bound, Constraints, Format, Literal, Number, Type, TypeKind, TypeUse};
use crate::tree::{Node, Value};

impl<'d> Lowering<'d> {
    /// The value at `node` as a value of `ty`; a problem is reported when it is none.
    pub(super) fn literal(&self, node: &'d Node, ty: &TypeUse) -> Option<Literal> {
        match self.typed(node, ty) {
            Ok(literal) => Some(literal),
            Err(Misfit::Unsupported) => {
                self.report(
                    Diagnostic::at(codes::UNSUPPORTED_VALUE, node, "a default of this type is not supported yet")
                        .help("give defaults to the scalar properties inside, or fill it in in the handler"),
                );
                None
            }
            Err(Misfit::Wrong(reason)) => {
                self.report(
                    Diagnostic::at(
                        codes::VALUE_DOES_NOT_FIT,
                        node,
                        match node.value {
                            Value::Array(_) | Value::Object(_) => {
                                "the default does not fit its own schema".to_owned()
                            }
                            _ => {
                                format!("the default {} does not fit its own schema", node.brief())
                            }
                        },
                    )
                    .label(reason)
                    .help("correct the default or the schema"),
                );
                None
            }
        }
    }

    fn typed(&self, node: &'d Node, ty: &TypeUse) -> Result<Literal, Misfit> {
        let wrong = |reason: &str| Misfit::Wrong(reason.to_owned());
        if matches!(node.value, Value::Null) && ty.nullable {
            return Ok(Literal::Null);
        }
        match (&ty.ty, &node.value) {
            (Type::Bool, Value::Bool(flag)) => Ok(Literal::Bool(*flag)),
            (Type::I32 | Type::I64, Value::Number(number)) => {
                let int = number
                    .as_i64()
                    .filter(|int| ty.ty == Type::I64 || i32::try_from(*int).is_ok());
                let number =
                    Number::Int(int.ok_or_else(|| wrong("not an integer of this format"))?);
                in_bounds(number, &ty.constraints).map(|()| Literal::Number(number))
            }
            (Type::F32 | Type::F64, Value::Number(number)) => {
                let number = Number::Float(
                    number
                        .as_f64()
                        .ok_or_else(|| wrong("not a finite number"))?,
                );
                in_bounds(number, &ty.constraints).map(|()| Literal::Number(number))
            }
            (Type::String(format), Value::String(text)) => {
                text_fits(text, *format, &ty.constraints).map(|()| Literal::String(text.clone()))
            }
            (Type::Array(inner), Value::Array(items)) => {
                let count = u64::try_from(items.len()).unwrap_or(u64::MAX);
                if ty.constraints.min_items.is_some_and(|min| count < min) {
                    return Err(wrong("too few items"));
                }
                if ty.constraints.max_items.is_some_and(|max| count > max) {
                    return Err(wrong("too many items"));
                }
                items
                    .iter()
                    .map(|item| self.typed(item, inner))
                    .collect::<Result<_, _>>()
                    .map(Literal::Array)
            }
            (Type::Map(inner), Value::Object(members)) => {
                let typed = |(key, member): (&String, &'d crate::tree::Member)| {
                    Ok((key.clone(), self.typed(&member.node, inner)?))
                };
                members
                    .iter()
                    .map(typed)
                    .collect::<Result<_, _>>()
                    .map(Literal::Object)
            }
            (Type::Named(id), value) => {
                match self.drafts.get(id.0).and_then(|draft| draft.kind.as_ref()) {
                    Some(TypeKind::Enum(enumeration)) => {
                        let Value::String(text) = value else {
                            return Err(wrong("not a string"));
                        };
                        let index = enumeration
                            .variants
                            .iter()
                            .position(|variant| variant.value == *text);
                        index
                            .map(|index| Literal::Variant { ty: *id, index })
                            .ok_or_else(|| wrong("not a value of the enum"))
                    }
                    _ => Err(Misfit::Unsupported),
                }
            }
            (Type::Any, _) => Err(Misfit::Unsupported),
            _ => Err(wrong("of the wrong type")),
        }
    }

    /// Whether a constant is among the types that its schema states.
    pub(super) fn check_fits_type(&self, node: &'d Node, flat: &Flat<'d>) {
        let Some(kinds) = &flat.kinds else { return };
        let fits = match &node.value {
            Value::Null => flat.null == Some(true),
            Value::Bool(_) => kinds.contains(&Kind::Bool),
            Value::Number(number) => {
                kinds.contains(&Kind::Number)
                    || kinds.contains(&Kind::Integer) && number.as_i64().is_some()
            }
            Value::String(_) => kinds.contains(&Kind::String),
            Value::Array(_) => kinds.contains(&Kind::Array),
            Value::Object(_) => kinds.contains(&Kind::Object),
        };
        if !fits {
            self.report(
                Diagnostic::at(codes::VALUE_DOES_NOT_FIT, node, format!("the constant {} is not of the schema's type", node.brief()))
                    .label(format!("this is {}", node.kind()))
                    .help("correct the type or the value; in YAML, texts that look like numbers or booleans need quotes"),
            );
        }
    }
}

enum Misfit {
    /// The value contradicts the type.
    Wrong(String),
    /// No literal of this type can be written.
    Unsupported,
}

fn in_bounds(number: Number, constraints: &Constraints) -> Result<(), Misfit> {
    let float = |number: Number| match number {
        Number::Int(int) => crate::tree::Decimal(int.to_string())
            .as_f64()
            .unwrap_or_default(),
        Number::Float(float) => float,
    };
    let below = |bound: Bound| match (number, bound.value) {
        (Number::Int(a), Number::Int(b)) => a < b || a == b && bound.exclusive,
        (a, b) => float(a) < float(b) || bound.exclusive && float(a) <= float(b),
    };
    let above = |bound: Bound| match (number, bound.value) {
        (Number::Int(a), Number::Int(b)) => a > b || a == b && bound.exclusive,
        (a, b) => float(a) > float(b) || bound.exclusive && float(a) >= float(b),
    };
    if constraints.minimum.is_some_and(below) {
        return Err(Misfit::Wrong("below the minimum".to_owned()));
    }
    if constraints.maximum.is_some_and(above) {
        return Err(Misfit::Wrong("above the maximum".to_owned()));
    }
    match (number, constraints.multiple_of) {
        (Number::Int(a), Some(Number::Int(b))) if b != 0 && a.checked_rem(b) != Some(0) => {
            Err(Misfit::Wrong("not a multiple".to_owned()))
        }
        _ => Ok(()),
    }
}

fn text_fits(text: &str, format: Format, constraints: &Constraints) -> Result<(), Misfit> {
    let wrong = |reason: &str| Err(Misfit::Wrong(reason.to_owned()));
    let length = u64::try_from(text.chars().count()).unwrap_or(u64::MAX);
    if constraints.min_length.is_some_and(|min| length < min) {
        return wrong("too short");
    }
    if constraints.max_length.is_some_and(|max| length > max) {
        return wrong("too long");
    }
    let matches =
        |pattern: &String| regex::Regex::new(pattern).is_ok_and(|regex| regex.is_match(text));
    if !constraints.patterns.iter().all(matches) {
        return wrong("does not match the pattern");
    }
    let name = match format {
        Format::Uuid => "uuid",
        Format::DateTime => "date-time",
        Format::Date => "date",
        Format::Email => "email",
        Format::Uri => "uri",
        Format::Ipv4 => "ipv4",
        Format::Ipv6 => "ipv6",
        Format::Hostname => "hostname",
        Format::Plain | Format::Password | Format::Ip | Format::Byte => return Ok(()),
    };
    let schema = serde_json::json!({ "format": name });
    let validator = jsonschema::options()
        .should_validate_formats(true)
        .build(&schema);
    match validator {
        Ok(validator) if !validator.is_valid(&text.into()) => wrong("not of the format"),
        _ => Ok(()),
    }
}
