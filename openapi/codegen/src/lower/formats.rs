//! `format`: which type a number or a string becomes.

use super::Lowering;
use super::drafts::Direction;
use super::flat::Flat;
use crate::diagnostics::{Diagnostic, codes};
use crate::ir::{Format, Type};
use crate::tree::Node;

impl<'d> Lowering<'d> {
    pub(super) fn integer(&self, flat: &Flat<'d>) -> Type {
        match flat
            .format
            .map(|node| (node, node.as_str().unwrap_or_default()))
        {
            None | Some((_, "int64")) => Type::I64,
            Some((_, "int32")) => Type::I32,
            Some((node, _)) => {
                self.unknown_format(node, "int32 or int64");
                Type::I64
            }
        }
    }

    pub(super) fn float(&self, flat: &Flat<'d>) -> Type {
        match flat
            .format
            .map(|node| (node, node.as_str().unwrap_or_default()))
        {
            None | Some((_, "double")) => Type::F64,
            Some((_, "float")) => Type::F32,
            Some((node, _)) => {
                self.unknown_format(node, "float or double");
                Type::F64
            }
        }
    }

    pub(super) fn format(&self, flat: &Flat<'d>, direction: Direction) -> Format {
        let Some(node) = flat.format else {
            return Format::Plain;
        };
        let format = match node.as_str().unwrap_or_default() {
            "password" => Format::Password,
            "uuid" => Format::Uuid,
            "date-time" => Format::DateTime,
            "date" => Format::Date,
            "email" => Format::Email,
            "uri" => Format::Uri,
            "ipv4" => Format::Ipv4,
            "ipv6" => Format::Ipv6,
            "ip" => Format::Ip,
            "hostname" => Format::Hostname,
            "byte" => Format::Byte,
            _ => {
                self.unknown_format(
                    node,
                    "password, uuid, date-time, date, email, uri, ipv4, ipv6, ip, hostname or byte",
                );
                Format::Plain
            }
        };
        let becomes_a_type = matches!(
            format,
            Format::Uuid
                | Format::DateTime
                | Format::Date
                | Format::Ipv4
                | Format::Ipv6
                | Format::Ip
        );
        if let Some(pattern) = flat
            .patterns
            .first()
            .filter(|_| becomes_a_type && direction == Direction::Request)
        {
            self.report(
                Diagnostic::at(
                    codes::UNSUPPORTED_VALUE,
                    pattern,
                    "a pattern beside a format that becomes a type is not supported yet",
                )
                .related(node.span, "values are parsed as this")
                .help("remove the pattern if the format says it all, or remove the format"),
            );
        }
        format
    }

    fn unknown_format(&self, node: &Node, known: &str) {
        self.report(
            Diagnostic::at(
                codes::UNSUPPORTED_VALUE,
                node,
                format!(
                    "the format {} is not supported yet for this type",
                    node.brief()
                ),
            )
            .label("nothing would check this")
            .help(format!(
                "use {known}, or a `pattern`, or say it in the description"
            )),
        );
    }
}
