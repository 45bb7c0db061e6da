//! Every example of the document against its schema, each problem with its line.
//!
//! Examples are what people copy, what mock servers answer and what contract tests send. They stand in media types,
//! parameters, headers and schemas; a request's example is held against the request's view of its schema (no `readOnly`
//! property is needed or allowed), a response's against the response's. An error example's `error.code` must be one that its
//! response lists in `x-error-codes`.
//!
//! References that lead nowhere are passed over here: resolving reports them.

mod check;
mod schema;

use std::collections::HashSet;

use crate::diagnostics::{Diagnostic, codes};
use crate::read::Document;
use crate::resolve;
use crate::tree::{Member, Node, NodeId};

use check::Checker;
use schema::View;

const METHODS: &[&str] = &[
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// The problems of every example of `document`, in no particular order.
#[must_use]
pub fn check(document: &Document) -> Vec<Diagnostic> {
    let Some(root) = document.root() else {
        return Vec::new();
    };
    let mut walk = Walk {
        document,
        checker: Checker::new(document),
        seen: HashSet::new(),
        open: Vec::new(),
    };
    walk.members(root, "paths", Walk::path_item);
    walk.members(root, "webhooks", Walk::path_item);
    if let Some(components) = root.get("components") {
        walk.members(components, "parameters", Walk::parameter);
        walk.members(components, "headers", Walk::header);
        walk.members(components, "requestBodies", |walk, body| {
            walk.content(body, View::Request);
        });
        walk.members(components, "responses", Walk::response);
        walk.members(components, "schemas", Walk::schema);
        walk.members(components, "pathItems", Walk::path_item);
    }
    while let Some(schema) = walk.open.pop() {
        walk.look_at(schema);
    }
    walk.checker.problems
}

struct Walk<'d> {
    document: &'d Document,
    checker: Checker<'d>,
    /// What has been looked at, so that shared components are looked at once.
    seen: HashSet<(NodeId, View)>,
    /// Schemas that are still to be looked at.
    open: Vec<&'d Node>,
}

impl<'d> Walk<'d> {
    fn members(&mut self, node: &'d Node, key: &str, mut visit: impl FnMut(&mut Self, &'d Node)) {
        for member in node
            .get(key)
            .and_then(Node::as_object)
            .into_iter()
            .flat_map(|object| object.values())
        {
            visit(self, &member.node);
        }
    }

    fn items(&mut self, node: &'d Node, key: &str, mut visit: impl FnMut(&mut Self, &'d Node)) {
        for item in node.get(key).and_then(Node::as_array).into_iter().flatten() {
            visit(self, item);
        }
    }

    /// The thing itself behind a reference, the first time it is met in this view.
    fn once(&mut self, node: &'d Node, view: View) -> Option<&'d Node> {
        let target = resolve::follow(self.document, node).ok()?;
        self.seen.insert((target.id, view)).then_some(target)
    }

    fn path_item(&mut self, node: &'d Node) {
        let Some(item) = self.once(node, View::Whole) else {
            return;
        };
        self.items(item, "parameters", Self::parameter);
        for operation in METHODS.iter().filter_map(|method| item.get(method)) {
            self.items(operation, "parameters", Self::parameter);
            if let Some(body) = operation.get("requestBody") {
                self.content(body, View::Request);
            }
            self.members(operation, "responses", Self::response);
        }
    }

    fn parameter(&mut self, node: &'d Node) {
        self.carrier(node, View::Request);
    }

    fn header(&mut self, node: &'d Node) {
        self.carrier(node, View::Response);
    }

    /// A parameter or a header: a schema with examples beside it, or content.
    fn carrier(&mut self, node: &'d Node, view: View) {
        let Some(carrier) = self.once(node, view) else {
            return;
        };
        self.examples(carrier, view);
        self.members(carrier, "content", |walk, media| walk.examples(media, view));
    }

    fn response(&mut self, node: &'d Node) {
        let Some(response) = self.once(node, View::Response) else {
            return;
        };
        self.members(response, "headers", Self::header);
        let codes = response.get("x-error-codes");
        self.members(response, "content", |walk, media| {
            walk.examples(media, View::Response);
            if let Some(codes) = codes {
                walk.error_codes(media, codes);
            }
        });
    }

    fn content(&mut self, node: &'d Node, view: View) {
        let Some(holder) = self.once(node, view) else {
            return;
        };
        self.members(holder, "content", |walk, media| walk.examples(media, view));
    }

    /// `example` and `examples` of `holder` against its `schema`; then those inside the schema.
    fn examples(&mut self, holder: &'d Node, view: View) {
        let Some(schema) = holder.get("schema") else {
            return;
        };
        for example in self.values(holder) {
            self.checker.check(schema, view, example);
        }
        self.schema(schema);
    }

    /// The example values of a media type, parameter or header, references followed.
    fn values(&self, holder: &'d Node) -> Vec<&'d Node> {
        let named = holder.get("examples").and_then(Node::as_object);
        let value_of = |member: &'d Member| {
            resolve::follow(self.document, &member.node)
                .ok()?
                .get("value")
        };
        let named = named
            .into_iter()
            .flat_map(|object| object.values())
            .filter_map(value_of);
        holder.get("example").into_iter().chain(named).collect()
    }

    fn error_codes(&mut self, media: &'d Node, allowed: &'d Node) {
        let listed = |code: &str| {
            allowed
                .as_array()
                .is_some_and(|all| all.iter().any(|one| one.as_str() == Some(code)))
        };
        for example in self.values(media) {
            let Some(node) = example.get("error").and_then(|error| error.get("code")) else {
                continue;
            };
            let Some(code) = node.as_str().filter(|code| !listed(code)) else {
                continue;
            };
            self.checker.problems.push(
                Diagnostic::at(
                    codes::EXAMPLE_CODE,
                    node,
                    format!("the example answers `{code}`, which its response does not list"),
                )
                .label("not among the codes of this response")
                .related(allowed.span, "these are")
                .help(format!(
                    "add `{code}` to `x-error-codes`, or show one of its codes"
                )),
            );
        }
    }

    /// Looks at a schema later: chains of schemas may be longer than the stack is deep.
    fn schema(&mut self, node: &'d Node) {
        self.open.push(node);
    }

    /// Examples that stand in a schema or in the schemas inside it.
    fn look_at(&mut self, node: &'d Node) {
        let Some(schema) = self.once(node, View::Whole) else {
            return;
        };
        for example in schema.get("example").into_iter().chain(
            schema
                .get("examples")
                .and_then(Node::as_array)
                .into_iter()
                .flatten(),
        ) {
            self.checker.check(schema, View::Whole, example);
        }
        self.members(schema, "properties", Self::schema);
        for key in ["items", "additionalProperties", "not"] {
            if let Some(inner) = schema.get(key).filter(|inner| inner.as_object().is_some()) {
                self.schema(inner);
            }
        }
        for key in ["allOf", "anyOf", "oneOf", "prefixItems"] {
            self.items(schema, key, Self::schema);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::read::Document;

    fn problems(text: &str) -> Vec<String> {
        let document = Document::from_text("api.yaml", &[("api.yaml", text)]);
        assert!(document.problems.is_empty(), "{:?}", document.problems);
        let mut found = check(&document);
        found.sort_by_key(|problem| problem.span.line);
        found
            .iter()
            .map(|p| format!("{}:{} {} {}", p.span.line, p.code.code, p.pointer, p.label))
            .collect()
    }

    const SCHEMAS: &str = "
components:
  schemas:
    Thing:
      type: object
      required: [id, name]
      additionalProperties: false
      properties:
        id: { type: string, readOnly: true }
        name: { type: string, minLength: 2 }
        note: { type: [string, 'null'] }
        parts: { type: array, items: { $ref: '#/components/schemas/Thing' } }
";

    #[test]
    fn a_request_example_needs_no_read_only_property_and_may_not_hold_one() {
        let document = format!(
            "paths:
  /things:
    post:
      requestBody:
        content:
          application/json:
            schema: {{ $ref: '#/components/schemas/Thing' }}
            examples:
              good: {{ value: {{ name: ok, note: null }} }}
              bad:
                value:
                  id: '1'
                  name: x
{SCHEMAS}"
        );
        let found = problems(&document);
        assert_eq!(found.len(), 2, "{found:#?}");
        assert!(found[0].contains("/bad/value/id"), "{found:#?}");
        assert!(found[1].contains("/bad/value/name"), "{found:#?}");
    }

    #[test]
    fn a_response_example_needs_the_read_only_property_and_nested_problems_are_placed() {
        let document = format!(
            "paths:
  /things:
    get:
      responses:
        '200':
          content:
            application/json:
              schema: {{ $ref: '#/components/schemas/Thing' }}
              example:
                id: a
                name: ok
                parts:
                  - name: fine
{SCHEMAS}"
        );
        let found = problems(&document);
        assert_eq!(found.len(), 1, "{found:#?}");
        assert!(found[0].starts_with("13:"), "{found:#?}");
        assert!(found[0].contains("`id`"), "{found:#?}");
    }

    #[test]
    fn an_error_example_shows_a_code_that_its_response_lists() {
        let found = problems(
            "paths:
  /things:
    get:
      responses:
        '404':
          x-error-codes: [THING_NOT_FOUND]
          content:
            application/json:
              schema: { type: object }
              examples:
                right: { value: { error: { code: THING_NOT_FOUND } } }
                wrong: { $ref: '#/components/examples/Wrong' }
components:
  examples:
    Wrong: { value: { error: { code: OTHER } } }
",
        );
        assert_eq!(found.len(), 1, "{found:#?}");
        assert!(found[0].starts_with("15:"), "{found:#?}");
    }

    #[test]
    fn parameters_headers_and_schemas_have_examples_too() {
        let found = problems(
            "paths:
  /things:
    get:
      parameters:
        - name: limit
          in: query
          schema: { type: integer, maximum: 10, nullable: true }
          example: 11
      responses:
        '200':
          headers:
            ETag: { schema: { type: string }, example: 5 }
components:
  schemas:
    Name: { type: string, pattern: '^[a-z]+$', examples: [abc, '1'] }
",
        );
        assert_eq!(found.len(), 3, "{found:#?}");
    }
}
