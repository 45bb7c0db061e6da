//! Identifiers of the generated code that the IR does not name: statics, functions, files.

use std::collections::HashSet;

use heck::{ToShoutySnakeCase, ToSnakeCase};
use proc_macro2::Ident;
use quote::format_ident;

use crate::ir;

/// Names that a generated module already means something by.
const RESERVED_MODULES: [&str; 10] = [
    "codes",
    "core",
    "mod",
    "openapi_runtime",
    "operations",
    "routes",
    "rt",
    "security",
    "serde",
    "types",
];

/// The token of a name of the IR.
pub(super) fn ident(name: &ir::Ident) -> Ident {
    format_ident!("{}", name.as_str())
}

/// `PayOrder` or `pay_order` as a static is called: `PAY_ORDER`.
pub(super) fn shouty(name: &str) -> String {
    let shouty = name.to_shouty_snake_case();
    if shouty.starts_with(|c: char| c.is_alphabetic()) {
        shouty
    } else {
        format!("N_{shouty}")
    }
}

/// The name of the module for a tag, out of the way of the modules that every document gets.
pub(super) fn tag_module(module: &ir::Ident) -> String {
    let name = module.bare();
    if RESERVED_MODULES.contains(&name) || name == "std" {
        format!("{name}_")
    } else {
        module.as_str().to_owned()
    }
}

/// The name of the module for a component schema: `OrderItem` lives in `order_item`.
pub(super) fn type_module(schema: &str) -> String {
    let mut snake: String = schema
        .to_snake_case()
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '_' })
        .collect();
    if !snake.starts_with(|c: char| c.is_ascii_alphabetic()) {
        snake.insert_str(0, "schema_");
    }
    if RESERVED_MODULES.contains(&snake.as_str()) || syn::parse_str::<Ident>(&snake).is_err() {
        snake.push('_');
    }
    snake
}

/// The names taken in one scope.
#[derive(Debug, Default)]
pub(super) struct Names {
    taken: HashSet<String>,
}

impl Names {
    /// Takes `name`, or `name_2`, `name_3` … when it is taken.
    pub(super) fn take(&mut self, name: &str) -> Ident {
        let mut candidate = name.to_owned();
        let mut number = 2;
        while !self.taken.insert(candidate.clone()) {
            candidate = format!("{name}_{number}");
            number += 1;
        }
        format_ident!("{candidate}")
    }

    /// Takes a name for a binding. Two that a reader could take for each other (`note` beside `node`) must not stand
    /// in one function: the later one gets a number.
    pub(super) fn local(&mut self, name: &str) -> Ident {
        if self.taken.iter().any(|other| is_similar(name, other)) {
            let numbered = format!("{name}_{}", self.taken.len());
            return self.take(&numbered);
        }
        self.take(name)
    }
}

/// Whether one letter makes the difference.
fn is_similar(one: &str, other: &str) -> bool {
    let (one, other): (Vec<_>, Vec<_>) = (one.chars().collect(), other.chars().collect());
    let (short, long) = if one.len() <= other.len() {
        (one, other)
    } else {
        (other, one)
    };
    let alike = short.iter().zip(&long).take_while(|(a, b)| a == b).count();
    let rest = |letters: &[char], from: usize| {
        letters
            .get(from..)
            .map(<[char]>::to_vec)
            .unwrap_or_default()
    };
    match long.len() - short.len() {
        0 if alike == short.len() => false,
        0 => rest(&short, alike + 1) == rest(&long, alike + 1),
        1 => rest(&short, alike) == rest(&long, alike + 1),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_is_taken_gets_a_number() {
        let mut names = Names::default();
        assert_eq!(names.take("A").to_string(), "A");
        assert_eq!(names.take("A").to_string(), "A_2");
        assert_eq!(names.take("A").to_string(), "A_3");
    }

    #[test]
    fn module_names_are_never_keywords_or_empty() {
        assert_eq!(type_module("Type"), "type_");
        assert_eq!(type_module("OrderItem"), "order_item");
        assert_eq!(type_module("日本"), "schema___");
        assert_eq!(type_module("Self"), "self_");
        assert_eq!(type_module("Mod"), "mod_");
    }

    #[test]
    fn bindings_that_look_alike_get_a_number() {
        let mut names = Names::default();
        let taken: Vec<_> = ["node", "note", "notes", "nose", "name", "node"]
            .map(|name| names.local(name).to_string())
            .into();
        assert_eq!(
            taken,
            ["node", "note_1", "notes", "nose_3", "name", "node_2"]
        );
    }

    #[test]
    fn statics_begin_with_a_letter() {
        assert_eq!(shouty("payOrder"), "PAY_ORDER");
        assert_eq!(shouty("_1"), "N_1");
    }
}
