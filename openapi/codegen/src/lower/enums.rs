//! Closed sets of strings, and the state machine that may stand on one.

use super::Lowering;
use super::essence::Essence;
use super::flat::Flat;
use super::raw::Kind;
use crate::diagnostics::{Diagnostic, codes};
use crate::ir::{StateMachine, Transition, Variant};
use crate::names;
use crate::tree::{Node, Value};

impl<'d> Lowering<'d> {
    /// The values of an enum (a string constant is an enum of one).
    pub(super) fn variants(&self, flat: &Flat<'d>, essence: &Essence<'d>) -> Option<Vec<Variant>> {
        let null_allowed = flat.null == Some(true) || essence.nullable;
        let mut values: Vec<&'d Node> = match (flat.constant, flat.values.split_first()) {
            (Some(constant), _) => vec![constant],
            (None, Some((first, rest))) => {
                let in_all = |node: &&Node| {
                    rest.iter()
                        .all(|list| list.iter().any(|other| other.same_value(node)))
                };
                first.iter().filter(in_all).collect()
            }
            (None, None) => return None,
        };
        values.retain(|node| {
            let null = matches!(node.value, Value::Null);
            if null && !null_allowed {
                self.report(
                    Diagnostic::at(
                        codes::VALUE_DOES_NOT_FIT,
                        node,
                        "null is among the values but not among the types",
                    )
                    .help("write the type as a list: `type: [string, 'null']`"),
                );
            }
            !null
        });
        let first = *essence.nodes.first()?;
        if !self.all_strings(&values, flat, first) {
            return None;
        }
        self.check_enum_constraints(&values, flat);
        let mut variants: Vec<Variant> = Vec::new();
        for node in values {
            let text = node.as_str().unwrap_or_default();
            if variants.iter().any(|known| known.value == text) {
                self.report(
                    Diagnostic::at(
                        codes::DUPLICATE_VALUE,
                        node,
                        format!("the value \"{text}\" stands twice"),
                    )
                    .help("remove one of them"),
                );
                continue;
            }
            let Some(ident) = names::variant_name(text) else {
                self.no_name(node, "value", text);
                continue;
            };
            let place = self.place(node);
            match variants.iter().find(|known| known.ident == ident) {
                Some(known) => self.collision(&place, &known.place, "value", ident.as_str()),
                None => variants.push(Variant {
                    ident,
                    value: text.to_owned(),
                    place,
                }),
            }
        }
        Some(variants)
    }

    fn all_strings(&self, values: &[&'d Node], flat: &Flat<'d>, schema: &'d Node) -> bool {
        match flat.kinds.as_deref() {
            None => {
                self.report(
                    Diagnostic::at(codes::NO_TYPE, schema, "an enum without `type`")
                        .help("add `type: string`"),
                );
                return false;
            }
            Some([Kind::String]) => {}
            Some(_) => {
                self.report(
                    Diagnostic::at(
                        codes::UNSUPPORTED_VALUE,
                        schema,
                        "an enum of other values than strings is not supported yet",
                    )
                    .help("use `minimum` and `maximum` for numbers, and strings for names"),
                );
                return false;
            }
        }
        let mut fine = true;
        for node in values.iter().filter(|node| node.as_str().is_none()) {
            self.report(
                Diagnostic::at(
                    codes::VALUE_DOES_NOT_FIT,
                    node,
                    format!("{} is not a string", node.brief()),
                )
                .label(format!("this is {}", node.kind()))
                .note("in YAML, unquoted true, false, null and numbers are no strings")
                .help("put it in quotes"),
            );
            fine = false;
        }
        if values.is_empty() && fine {
            self.report(
                Diagnostic::at(
                    codes::CONTRADICTION,
                    schema,
                    "no value is left in this enum",
                )
                .help("enums that hold together must share a value"),
            );
            fine = false;
        }
        fine
    }

    fn check_enum_constraints(&self, values: &[&'d Node], flat: &Flat<'d>) {
        for node in values {
            let length = u64::try_from(node.as_str().unwrap_or_default().chars().count())
                .unwrap_or(u64::MAX);
            let short = flat.min_length.filter(|(min, _)| length < *min);
            let long = flat.max_length.filter(|(max, _)| length > *max);
            if let Some((_, limit)) = short.or(long) {
                self.report(
                    Diagnostic::at(
                        codes::VALUE_DOES_NOT_FIT,
                        node,
                        format!("{} breaks the length of its own schema", node.brief()),
                    )
                    .related(limit.span, "this limit")
                    .help("correct the limit or the value"),
                );
            }
        }
        if let Some(node) = flat.format.or(flat.patterns.first().copied()) {
            let keyword = super::constraints::keyword_of(node);
            self.report(
                Diagnostic::at(
                    codes::MISPLACED_CONSTRAINT,
                    node,
                    format!("`{keyword}` adds nothing to an enum"),
                )
                .help(format!("remove `{keyword}`: the values are listed")),
            );
        }
    }

    /// `x-state-machine`, checked against the values.
    pub(super) fn state_machine(
        &self,
        node: &'d Node,
        variants: &[Variant],
    ) -> Option<StateMachine> {
        let object = self.machine_object(node, &["initial", "transitions", "description"])?;
        let initial = object
            .get("initial")
            .map(|member| self.states(&member.node, variants))
            .unwrap_or_default();
        let mut transitions: Vec<Transition> = Vec::new();
        let listed = object
            .get("transitions")
            .and_then(|member| self.list(Some(&member.node)));
        if listed.is_none() {
            self.machine_problem(node, "`x-state-machine` needs `transitions`");
        }
        for entry in listed.unwrap_or_default() {
            for transition in self.transition(entry, variants) {
                let twice = transitions
                    .iter()
                    .any(|known| (known.from, known.to) == (transition.from, transition.to));
                if twice {
                    self.machine_problem(entry, "this change of state stands twice");
                } else {
                    transitions.push(transition);
                }
            }
        }
        Some(StateMachine {
            initial,
            transitions,
            place: self.place(node),
        })
    }

    fn transition(&self, entry: &'d Node, variants: &[Variant]) -> Vec<Transition> {
        let Some(object) = self.machine_object(entry, &["from", "to", "by", "description"]) else {
            return Vec::new();
        };
        let part = |key: &str| {
            let found = object.get(key).map(|member| &member.node);
            if found.is_none() {
                self.machine_problem(entry, &format!("a transition needs `{key}`"));
            }
            found
        };
        let (Some(from), Some(to), Some(by)) = (part("from"), part("to"), part("by")) else {
            return Vec::new();
        };
        let by: Vec<String> = self
            .list(Some(by))
            .unwrap_or_default()
            .iter()
            .filter_map(|who| self.text(Some(who)))
            .map(str::to_owned)
            .collect();
        let place = self.place(entry);
        let targets = self.states(to, variants);
        let mut out = Vec::new();
        for from in self.states(from, variants) {
            for to in &targets {
                if from == *to {
                    self.machine_problem(entry, "a state that follows itself is no change");
                    continue;
                }
                out.push(Transition {
                    from,
                    to: *to,
                    by: by.clone(),
                    place: place.clone(),
                });
            }
        }
        out
    }

    fn machine_object(&self, node: &'d Node, keys: &[&str]) -> Option<&'d crate::tree::Object> {
        let Some(object) = node.as_object() else {
            self.machine_problem(node, "this must be an object");
            return None;
        };
        for (key, member) in object
            .iter()
            .filter(|(key, _)| !keys.contains(&key.as_str()))
        {
            self.machine_problem(
                &member.node,
                &format!("`x-state-machine` has no key `{key}`"),
            );
        }
        Some(object)
    }

    /// One state or a list of states, as indices.
    fn states(&self, node: &'d Node, variants: &[Variant]) -> Vec<usize> {
        let list = node.as_array().unwrap_or(std::slice::from_ref(node));
        let mut out = Vec::new();
        for state in list {
            let found = variants
                .iter()
                .position(|variant| Some(variant.value.as_str()) == state.as_str());
            if found.is_none() {
                self.machine_problem(
                    state,
                    &format!("{} is not a value of this enum", state.brief()),
                );
            }
            out.extend(found);
        }
        out
    }

    fn machine_problem(&self, node: &Node, message: &str) {
        self.report(
            Diagnostic::at(codes::STATE_MACHINE, node, message)
                .help("write `{initial: [A], transitions: [{from: A, to: B, by: [owner]}]}` with values of the enum"),
        );
    }
}
