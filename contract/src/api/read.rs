//! From the tree of a document to operations.

use std::sync::{Arc, OnceLock};

use indexmap::IndexMap;
use openapi_codegen::tree::{Member, Node, Value as Tree};
use serde_json::{Map, Value};

use super::{
    Answer, Api, ApiError, Body, Direction, Example, Header, Link, Location, Media, Operation,
    Parameter, Requirement, Scheme, StatusPattern, normalise::Normaliser,
};
use crate::document::{self, Document};

pub(super) fn api(document: Document) -> Result<Api, ApiError> {
    let mut reader = Reader {
        document: &document,
        schemas: Normaliser::new(&document),
        problems: Vec::new(),
    };
    let root = document.root();
    let text = |node: Option<&Node>, key: &str| {
        let found = node.and_then(|node| node.get(key)).and_then(Node::as_str);
        found.unwrap_or_default().to_owned()
    };
    let info = root.and_then(|root| root.get("info"));
    let (title, version) = (text(info, "title"), text(info, "version"));
    let server = root.and_then(server);
    let shared = root
        .and_then(|root| root.get("security"))
        .map(Reader::security);
    let mut operations: Vec<Operation> = document
        .operations()
        .values()
        .enumerate()
        .map(|(index, found)| reader.operation(index, found, shared.as_deref()))
        .collect();
    reader.link(&mut operations);
    let schemes = root
        .map(|root| reader.schemes(root, &operations))
        .unwrap_or_default();
    let extensions = root.map(extensions).unwrap_or_default();
    let (definitions, unresolved) = reader.schemas.finish();
    let mut problems = reader.problems;
    problems.extend(unresolved);
    if operations.is_empty() {
        problems.push(format!(
            "{}: there are no operations under `paths`",
            document.name()
        ));
    }
    if !problems.is_empty() {
        return Err(ApiError::Parts(problems));
    }
    Ok(Api {
        title,
        version,
        server,
        operations: operations.into_iter().map(Arc::new).collect(),
        schemes,
        schemas: Arc::new(definitions),
        extensions,
        error_body: OnceLock::new(),
        document,
    })
}

struct Reader<'d> {
    document: &'d Document,
    schemas: Normaliser<'d>,
    problems: Vec<String>,
}

impl<'d> Reader<'d> {
    fn follow(&mut self, node: &'d Node) -> &'d Node {
        self.document.follow(node).unwrap_or_else(|problem| {
            if !self.problems.contains(&problem) {
                self.problems.push(problem);
            }
            node
        })
    }

    fn problem(&mut self, node: &Node, message: &str) {
        let place = self.document.place(node);
        self.problems.push(format!("{place}: {message}"));
    }

    fn operation(
        &mut self,
        index: usize,
        found: &document::Operation<'d>,
        shared: Option<&[Requirement]>,
    ) -> Operation {
        let node = found.node;
        let parameters = found.parameters.iter();
        let parameters = parameters
            .filter_map(|node| self.parameter(node))
            .collect::<Vec<_>>();
        for name in document::path_parameters(&found.path) {
            if !parameters
                .iter()
                .any(|known| known.location == Location::Path && known.name == name)
            {
                self.problem(node, &format!("`{name}` stands in the path `{}` and is no path parameter of the operation", found.path));
            }
        }
        let body = node.get("requestBody").map(|node| self.body(node));
        let mut answers = IndexMap::new();
        for (key, member) in members(node.get("responses")) {
            if key.starts_with("x-") {
                continue;
            }
            let Some(pattern) = StatusPattern::parse(key) else {
                self.problem(
                    &member.node,
                    &format!("`{key}` is no status: write one like 404, 4XX or default"),
                );
                continue;
            };
            answers.insert(pattern, self.answer(&member.node));
        }
        let own = node.get("security").map(Self::security);
        let tags = node
            .get("tags")
            .and_then(Node::as_array)
            .unwrap_or_default();
        Operation {
            index,
            label: format!("{} {}", found.method, found.path),
            id: found.id.map(str::to_owned),
            method: found.method.clone(),
            path: found.path.clone(),
            place: self.document.place(node),
            tags: tags
                .iter()
                .filter_map(Node::as_str)
                .map(str::to_owned)
                .collect(),
            is_deprecated: flag(node, "deprecated"),
            parameters,
            body,
            answers,
            security: own.unwrap_or_else(|| shared.unwrap_or_default().to_vec()),
            extensions: extensions(node),
        }
    }

    fn parameter(&mut self, node: &'d Node) -> Option<Parameter> {
        let node = self.follow(node);
        let name = node.get("name").and_then(Node::as_str);
        let location = node
            .get("in")
            .and_then(Node::as_str)
            .and_then(Location::parse);
        let (Some(name), Some(location)) = (name, location) else {
            self.problem(
                node,
                "a parameter needs a `name`, and `in` as one of path, query, header, cookie",
            );
            return None;
        };
        // These three are said by other parts of the document; what stands here is ignored (OpenAPI 3.1, 4.8.12.1).
        let is_ignored = location == Location::Header
            && ["accept", "content-type", "authorization"]
                .iter()
                .any(|ignored| name.eq_ignore_ascii_case(ignored));
        if is_ignored {
            return None;
        }
        let content = members(node.get("content")).next();
        let (schema, media_type, mut examples) = if let Some((media_type, member)) = content {
            let media = self.media(&member.node, Direction::Request);
            (media.schema, Some(media_type.clone()), media.examples)
        } else {
            let schema = node
                .get("schema")
                .map(|schema| self.schemas.schema(schema, Direction::Request));
            (schema, None, self.examples(node))
        };
        let Some(schema) = schema else {
            self.problem(
                node,
                &format!("parameter `{name}` has neither a `schema` nor a `content`"),
            );
            return None;
        };
        if examples.is_empty() {
            examples = self.schema_examples(node.get("schema"));
        }
        let style = node
            .get("style")
            .and_then(Node::as_str)
            .unwrap_or(match location {
                Location::Query | Location::Cookie => "form",
                _ => "simple",
            });
        let explode = node.get("explode").and_then(Node::as_bool);
        Some(Parameter {
            name: name.to_owned(),
            location,
            is_required: location == Location::Path || flag(node, "required"),
            schema,
            style: style.to_owned(),
            explode: explode.unwrap_or(style == "form"),
            media_type,
            examples,
            place: self.document.place(node),
        })
    }

    fn body(&mut self, node: &'d Node) -> Body {
        let node = self.follow(node);
        let media = members(node.get("content"));
        Body {
            is_required: flag(node, "required"),
            media: media
                .map(|(name, member)| (name.clone(), self.media(&member.node, Direction::Request)))
                .collect(),
            place: self.document.place(node),
        }
    }

    fn media(&mut self, node: &'d Node, direction: Direction) -> Media {
        let mut examples = self.examples(node);
        if examples.is_empty() {
            examples = self.schema_examples(node.get("schema"));
        }
        Media {
            schema: node
                .get("schema")
                .map(|schema| self.schemas.schema(schema, direction)),
            examples,
            encoding: node.get("encoding").map(Node::to_json),
            place: self.document.place(node),
        }
    }

    fn examples(&mut self, node: &'d Node) -> Vec<Example> {
        let mut examples = Vec::new();
        if let Some(example) = node.get("example") {
            examples.push(self.example(String::new(), example));
        }
        for (name, member) in members(node.get("examples")) {
            let example = self.follow(&member.node);
            if let Some(value) = example.get("value") {
                examples.push(self.example(name.clone(), value));
            }
        }
        examples
    }

    fn schema_examples(&mut self, schema: Option<&'d Node>) -> Vec<Example> {
        let Some(schema) = schema else {
            return Vec::new();
        };
        let schema = self.follow(schema);
        let listed = schema
            .get("examples")
            .and_then(Node::as_array)
            .unwrap_or_default();
        let values = schema.get("example").into_iter().chain(listed);
        values
            .map(|value| self.example(String::new(), value))
            .collect()
    }

    fn example(&self, name: String, value: &Node) -> Example {
        Example {
            name,
            value: value.to_json(),
            place: self.document.place(value),
        }
    }

    fn answer(&mut self, node: &'d Node) -> Answer {
        let node = self.follow(node);
        let headers = members(node.get("headers"));
        let headers = headers
            // A `Content-Type` here is ignored: `content` says it.
            .filter(|(name, _)| !name.eq_ignore_ascii_case("content-type"))
            .map(|(name, member)| (name.clone(), self.header(&member.node)))
            .collect();
        let content = members(node.get("content"));
        let content = content
            .map(|(name, member)| (name.clone(), self.media(&member.node, Direction::Response)))
            .collect();
        let links = members(node.get("links"));
        Answer {
            headers,
            content,
            links: links
                .filter_map(|(name, member)| self.read_link(name, &member.node))
                .collect(),
            extensions: extensions(node),
            place: self.document.place(node),
        }
    }

    fn header(&mut self, node: &'d Node) -> Header {
        let node = self.follow(node);
        let schema = node
            .get("schema")
            .map(|schema| self.schemas.schema(schema, Direction::Response));
        Header {
            is_required: flag(node, "required"),
            schema,
            explode: flag(node, "explode"),
            place: self.document.place(node),
        }
    }

    /// The target is the text of `operationId` or `operationRef` until [`Reader::link`] finds the operation.
    fn read_link(&mut self, name: &str, node: &'d Node) -> Option<Link> {
        let node = self.follow(node);
        let target = node.get("operationId").or_else(|| node.get("operationRef"));
        let Some(target) = target.and_then(Node::as_str) else {
            self.problem(
                node,
                &format!("the link `{name}` has neither an `operationId` nor an `operationRef`"),
            );
            return None;
        };
        let parameters = members(node.get("parameters"));
        Some(Link {
            name: name.to_owned(),
            target: target.to_owned(),
            parameters: parameters
                .map(|(name, member)| (name.clone(), member.node.to_json()))
                .collect(),
            body: node.get("requestBody").map(Node::to_json),
            place: self.document.place(node),
        })
    }

    fn link(&mut self, operations: &mut [Operation]) {
        let known: Vec<_> = operations
            .iter()
            .map(|operation| {
                (
                    operation.id.clone(),
                    operation.method.clone(),
                    operation.path.clone(),
                    operation.label.clone(),
                )
            })
            .collect();
        for operation in operations {
            for link in operation
                .answers
                .values_mut()
                .flat_map(|answer| &mut answer.links)
            {
                let found = known.iter().find(|(id, method, path, _)| {
                    id.as_ref() == Some(&link.target) || {
                        // "#/paths/~1orders~1{id}/get", perhaps in another document.
                        let pointer = format!(
                            "/paths/{}/{}",
                            openapi_codegen::tree::escape_pointer(path),
                            method.to_ascii_lowercase()
                        );
                        percent_encoding::percent_decode_str(&link.target)
                            .decode_utf8_lossy()
                            .ends_with(&pointer)
                    }
                });
                match found {
                    Some((.., label)) => link.target.clone_from(label),
                    None => self.problems.push(format!(
                        "{}: the link `{}` leads to `{}`, which is no operation of the document",
                        link.place, link.name, link.target
                    )),
                }
            }
        }
    }

    fn security(node: &'d Node) -> Vec<Requirement> {
        let alternatives = node.as_array().unwrap_or_default();
        alternatives
            .iter()
            .map(|alternative| Requirement {
                schemes: members(Some(alternative))
                    .map(|(name, member)| {
                        let names = member.node.as_array().unwrap_or_default();
                        let names = names.iter().filter_map(Node::as_str).map(str::to_owned);
                        (name.clone(), names.collect())
                    })
                    .collect(),
            })
            .collect()
    }

    fn schemes(&mut self, root: &'d Node, operations: &[Operation]) -> IndexMap<String, Scheme> {
        let declared = root
            .get("components")
            .and_then(|components| components.get("securitySchemes"));
        let mut schemes = IndexMap::new();
        for (name, member) in members(declared) {
            let node = self.follow(&member.node);
            match Scheme::read(&node.to_json()) {
                Some(scheme) => {
                    schemes.insert(name.clone(), scheme);
                }
                None => self.problem(
                    node,
                    &format!(
                        "security scheme `{name}` is of no known `type`, or a part of it is missing"
                    ),
                ),
            }
        }
        for operation in operations {
            let asked = operation
                .security
                .iter()
                .flat_map(|alternative| &alternative.schemes);
            for (name, _) in asked {
                if !schemes.contains_key(name) {
                    self.problems.push(format!("{}: `security` names `{name}`, which `components.securitySchemes` does not have", operation.place));
                }
            }
        }
        schemes
    }
}

fn server(root: &Node) -> Option<String> {
    let server = root.get("servers")?.as_array()?.first()?;
    let mut url = server.get("url")?.as_str()?.to_owned();
    for (name, member) in members(server.get("variables")) {
        let value = member
            .node
            .get("default")
            .and_then(Node::as_str)
            .unwrap_or_default();
        url = url.replace(&format!("{{{name}}}"), value);
    }
    Some(url)
}

fn flag(node: &Node, key: &str) -> bool {
    node.get(key).and_then(Node::as_bool) == Some(true)
}

fn extensions(node: &Node) -> Map<String, Value> {
    members(Some(node))
        .filter(|(key, _)| key.starts_with("x-"))
        .map(|(key, member)| (key.clone(), member.node.to_json()))
        .collect()
}

fn members(node: Option<&Node>) -> impl Iterator<Item = (&String, &Member)> {
    match node.map(|node| &node.value) {
        Some(Tree::Object(object)) => Some(object.iter()),
        _ => None,
    }
    .into_iter()
    .flatten()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::api::Schemas;

    const DOCUMENT: &str = r##"
openapi: 3.0.3
info: { title: Depot, version: "1" }
security: [{ key: [] }]
paths:
  /boxes/{id}:
    parameters:
      - { name: id, in: path, required: true, schema: { type: integer, minimum: 0, exclusiveMinimum: true } }
    get:
      operationId: readBox
      responses:
        "200":
          description: It.
          content: { application/json: { schema: { $ref: "#/components/schemas/Box" } } }
          links: { again: { operationId: readBox, parameters: { id: $response.body#/id } } }
        4XX: { description: No. }
    put:
      security: []
      requestBody:
        content: { application/json: { schema: { $ref: "#/components/schemas/Box" }, example: { label: a } } }
      responses: { default: { description: Anything. } }
components:
  securitySchemes: { key: { type: apiKey, in: header, name: X-Key } }
  schemas:
    Box:
      type: object
      required: [id, label, secret]
      properties:
        id: { type: integer, readOnly: true }
        label: { type: string, nullable: true }
        secret: { type: string, writeOnly: true }
        inner: { $ref: "#/components/schemas/Box" }
"##;

    #[test]
    fn a_document_of_3_0_becomes_schemas_of_2020_12_by_direction() {
        let api = Api::from_text("depot.yaml", DOCUMENT).unwrap();
        let read = api.operation("readBox").unwrap();
        let (pattern, answer) = read.answer(200).unwrap();
        assert_eq!(pattern, StatusPattern::Exact(200));
        let answered = answer.content["application/json"].schema.as_ref().unwrap();
        assert!(answered.takes(&json!({ "id": 1, "label": null })));
        assert!(!answered.takes(&json!({ "id": 1, "label": null, "secret": "s" })));
        let broken = answered
            .violations(&json!({ "id": "1", "label": "a", "inner": {} }))
            .unwrap();
        assert_eq!(broken.len(), 3, "{broken:?}");
        assert_eq!(broken[0].keyword, "type");
        let put = api.operation("PUT /boxes/{id}").unwrap();
        let sent = put.body.as_ref().unwrap().media["application/json"]
            .schema
            .as_ref()
            .unwrap();
        assert!(sent.takes(&json!({ "label": "a", "secret": "s" })));
        assert!(!sent.takes(&json!({ "label": "a" })));
        let meant = api.schemas.follow(&sent.value);
        assert_eq!(
            meant["properties"]["label"]["type"],
            json!(["string", "null"])
        );
        assert_eq!(
            Schemas::name(&meant["properties"]["inner"]),
            Some("Box.request")
        );
        assert_eq!(
            read.parameters[0].schema.value["exclusiveMinimum"],
            json!(0)
        );
        assert_eq!(
            api.schemas
                .place("Box.request", "/properties/label/type")
                .unwrap()
                .line,
            30
        );
    }

    #[test]
    fn security_links_and_paths_are_read() {
        let api = Api::from_text("depot.yaml", DOCUMENT).unwrap();
        let (read, captured) = api.at("GET", "/boxes/a%2Fb").unwrap();
        assert_eq!(captured["id"], "a/b");
        assert_eq!(read.security[0].schemes[0].0, "key");
        assert!(
            api.operation("PUT /boxes/{id}")
                .unwrap()
                .security
                .is_empty()
        );
        assert_eq!(read.answers[0].links[0].target, "GET /boxes/{id}");
        assert_eq!(read.answer(404).unwrap().0, StatusPattern::Class(4));
        assert_eq!(api.methods_of("/boxes/{id}"), ["GET", "PUT"]);
    }

    #[test]
    fn what_makes_no_sense_is_said_with_its_place() {
        let broken = DOCUMENT
            .replace(
                "operationId: readBox, parameters",
                "operationId: nobody, parameters",
            )
            .replace(
                "schemas/Box\" } } }\n          links",
                "schemas/Bax\" } } }\n          links",
            )
            .replace("[{ key: [] }]", "[{ lock: [] }]");
        let problems = Api::from_text("depot.yaml", &broken)
            .unwrap_err()
            .to_string();
        for wanted in ["nobody", "Bax", "lock"] {
            assert!(problems.contains(wanted), "{wanted} in {problems}");
        }
        assert!(
            problems.lines().all(|line| line.starts_with("depot.yaml:")),
            "{problems}"
        );
    }
}
