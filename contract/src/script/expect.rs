//! Expectations of steps, as they are read.

use openapi_codegen::tree::Node;
use regex::Regex;

use super::{Assertion, Reader, Rule, Scope, assertion, read::expression, source::Notes};

impl Reader<'_> {
    pub(super) fn assertions(
        self,
        node: &Node,
        scope: &Scope,
        notes: &mut Notes<'_>,
    ) -> Vec<Assertion> {
        let mut assertions = Vec::new();
        for item in notes.items(node, "`expect`") {
            let known = [
                "at", "equals", "differs", "matches", "exists", "type", "length", "contains",
            ];
            let members = notes.members(item, "an expectation", &known);
            let at = members.iter().find(|(name, _)| *name == "at");
            let rules: Vec<_> = members.iter().filter(|(name, _)| *name != "at").collect();
            let (Some((_, at)), false) = (at, rules.is_empty()) else {
                notes.problem(
                    item,
                    "an expectation needs `at` (a runtime expression, or a pointer into the answer's body) and a rule: equals, differs, matches, exists, type, length or contains",
                );
                continue;
            };
            let Some(expression) = expression(at, notes) else {
                continue;
            };
            for (name, node) in rules {
                if let Some(rule) = self.rule(name, node, scope, notes) {
                    assertions.push(Assertion {
                        at: expression.clone(),
                        text: at.as_str().unwrap_or_default().to_owned(),
                        rule,
                        place: notes.place(item),
                    });
                }
            }
        }
        assertions
    }

    fn rule(self, name: &str, node: &Node, scope: &Scope, notes: &mut Notes<'_>) -> Option<Rule> {
        Some(match name {
            "equals" => Rule::Equals(self.template(node, scope, notes)),
            "differs" => Rule::Differs(self.template(node, scope, notes)),
            "contains" => Rule::Contains(self.template(node, scope, notes)),
            "exists" => Rule::Exists(notes.flag(node, "`exists`")),
            "matches" => match Regex::new(&notes.text(node, "`matches`")?) {
                Ok(pattern) => Rule::Matches(pattern),
                Err(error) => {
                    notes.problem(node, error);
                    return None;
                }
            },
            "type" => {
                let name = notes.text(node, "`type`")?;
                if !assertion::TYPES.contains(&name.as_str()) {
                    let known = assertion::TYPES.join(", ");
                    notes.problem(node, format!("`{name}` is no type; there is {known}"));
                }
                Rule::Type(name)
            }
            _ => {
                let length = node
                    .to_json()
                    .as_u64()
                    .and_then(|length| length.try_into().ok());
                let Some(length) = length else {
                    notes.problem(node, "`length` is a number from 0");
                    return None;
                };
                Rule::Length(length)
            }
        })
    }
}
