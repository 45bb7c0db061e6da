//! From answers to values: what succeeded, where it says that a new thing is, and every id in its body.

use serde_json::Value;

use super::{
    Pool,
    context::Context,
    key::{Key, templates},
    names::plain,
};
use crate::exchange::Exchange;

/// So deep is an answer looked into.
const DEPTH: usize = 8;
/// So many items of a list are looked at.
const ITEMS: usize = 20;
/// So long is an id at most.
const LENGTH: usize = 256;

impl Pool {
    /// Takes what an answer tells about what exists. Only successes tell something.
    pub fn learn(&self, exchange: &Exchange) {
        let case = &exchange.case;
        let operation = &case.operation;
        let Some(received) = exchange.received().filter(|received| received.is_success()) else {
            return;
        };
        if case.method != operation.method {
            return;
        }
        if operation.method == "DELETE" {
            if let Some((name, key)) = templates(&operation.path).pop()
                && let Some(value) = case.path.get(&name)
            {
                self.forget(&Key::Template(key), value);
            }
            return;
        }
        let is_new = received.status == 201;
        if let Some(location) = received.header("location") {
            self.learn_location(location, is_new);
        }
        if let Some(body) = received.json() {
            let context = Context::of(&operation.path);
            self.look_into(&body, &context, is_new, 0);
        }
    }

    /// `Location: /api/orders/7`, absolute or not.
    fn learn_location(&self, location: &str, is_new: bool) {
        let path = match location.split_once("://") {
            Some((_, rest)) => rest.find('/').and_then(|at| rest.get(at..)),
            None => Some(location),
        };
        let mut path = path.and_then(|path| path.split(['?', '#']).next());
        // The server's address may have a path of its own, which templates do not have.
        while let Some(tried) = path.filter(|tried| tried.starts_with('/')) {
            let found = self.api.operations_at(tried);
            if !found.is_empty() {
                for (operation, captured) in found {
                    let last = templates(&operation.path).pop();
                    for (name, key) in templates(&operation.path) {
                        let is_last = last.as_ref().is_some_and(|(known, _)| *known == name);
                        if let Some(value) = captured.get(&name) {
                            self.remember(Key::Template(key), value, is_new && is_last);
                        }
                    }
                }
                return;
            }
            path = tried
                .get(1..)
                .and_then(|rest| rest.find('/').and_then(|at| rest.get(at..)));
        }
    }

    /// Looks for ids in a value, whose own `id` is that of the context.
    fn look_into(&self, value: &Value, context: &Context, is_new: bool, depth: usize) {
        if depth > DEPTH {
            return;
        }
        match value {
            Value::Array(items) => {
                // The first of a list is the newest as a rule: it is remembered last.
                for item in items.iter().take(ITEMS).rev() {
                    self.look_into(item, context, is_new, depth + 1);
                }
            }
            Value::Object(members) => {
                for (name, member) in members {
                    self.look_at(name, member, context, is_new, depth);
                }
            }
            _ => {}
        }
    }

    /// Takes a member of an object: an id, or something with ids in it.
    fn look_at(&self, name: &str, member: &Value, context: &Context, is_new: bool, depth: usize) {
        let text = match member {
            Value::String(text) if !text.is_empty() && text.len() <= LENGTH => text.clone(),
            Value::Number(number) if number.is_u64() => number.to_string(),
            Value::Array(_) | Value::Object(_) => {
                let inner = context.inside(name);
                let stays = inner == *context;
                self.look_into(member, &inner, is_new && stays, depth + 1);
                return;
            }
            _ => return,
        };
        let plain = plain(name);
        if matches!(plain.as_str(), "id" | "uuid") {
            for key in context.keys() {
                self.remember(key, &text, is_new);
            }
        } else {
            self.remember(Key::Name(plain), &text, false);
        }
    }
}
