//! `openapi/v1.yaml` as the tests read it: operations, their answers, and validators of their bodies.
//!
//! It is read here from the file, by a YAML reader of its own, and knows nothing of the generated code: what the
//! generator misunderstood must not be misunderstood here too.

use std::{
    collections::HashMap,
    sync::{Arc, LazyLock, Mutex},
};

use jsonschema::{Registry, Validator};
use reqwest::Method;
use serde_json::{Value, json};

/// Where the document stands.
pub const DOCUMENT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/openapi/v1.yaml");
const BASE: &str = "urn:waybill:v1";
const METHODS: [&str; 7] = ["get", "put", "post", "delete", "patch", "options", "head"];

/// The document and what is derived from it.
pub struct Contract {
    /// The whole document.
    pub document: Value,
    /// Every operation, in the order of the document.
    pub operations: Vec<Operation>,
    registry: Registry<'static>,
    validators: Mutex<HashMap<String, Arc<Validator>>>,
}

/// One operation.
pub struct Operation {
    /// Its `operationId`.
    pub id: String,
    /// Its method.
    pub method: Method,
    /// Its path template, like `/api/v1/orders/{orderId}`.
    pub path: String,
    /// The operation object.
    pub node: Value,
    /// What holds for all operations of the path (its `parameters`).
    pub path_item: Value,
    pointer: String,
}

/// One declared answer.
pub struct Declared {
    /// Its status.
    pub status: u16,
    /// The response object, references followed.
    pub node: Value,
    pointer: String,
}

/// One parameter, references followed.
pub struct Parameter {
    /// Its name.
    pub name: String,
    /// `path`, `query`, `header` or `cookie`.
    pub location: String,
    /// The parameter object.
    pub node: Value,
}

/// One way to be let in: names of schemes with the roles or scopes that they must hold. Empty: nobody is asked.
pub type Alternative = Vec<(String, Vec<String>)>;

/// Returns the document, read once.
pub fn contract() -> &'static Contract {
    static CONTRACT: LazyLock<Contract> = LazyLock::new(Contract::read);
    &CONTRACT
}

impl Contract {
    fn read() -> Self {
        let text = std::fs::read_to_string(DOCUMENT).expect("openapi/v1.yaml can be read");
        let document: Value = yaml_serde::from_str(&text).expect("openapi/v1.yaml is YAML");
        let registry = Registry::new()
            .add(BASE, document.clone())
            .and_then(jsonschema::RegistryBuilder::prepare)
            .expect("every reference of openapi/v1.yaml leads somewhere");
        let operations = operations_of(&document);
        assert!(!operations.is_empty(), "openapi/v1.yaml has operations");
        Self {
            document,
            operations,
            registry,
            validators: Mutex::default(),
        }
    }

    /// Returns the operation with this `operationId`.
    pub fn operation(&self, id: &str) -> &Operation {
        self.operations
            .iter()
            .find(|operation| operation.id == id)
            .unwrap_or_else(|| panic!("no operation {id} in the document"))
    }

    /// Returns the operations whose path template fits a path, most literal template first.
    pub fn operations_at(&self, path: &str) -> Vec<&Operation> {
        let mut found: Vec<_> = self
            .operations
            .iter()
            .filter(|operation| operation.fits(path))
            .collect();
        let literal = |operation: &&Operation| operation.path.matches('{').count();
        let fewest = found.iter().map(literal).min();
        found.retain(|operation| Some(literal(operation)) == fewest);
        found
    }

    /// Returns why a value does not fit the schema at a pointer into the document; empty when it does.
    pub fn violations(&self, pointer: &str, value: &Value) -> Vec<String> {
        self.validator(pointer)
            .iter_errors(value)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect()
    }

    fn validator(&self, pointer: &str) -> Arc<Validator> {
        let mut validators = self
            .validators
            .lock()
            .expect("no test panicked while compiling");
        let compiled = validators.entry(pointer.to_owned()).or_insert_with(|| {
            let schema = json!({ "$ref": format!("{BASE}#{}", escape_fragment(pointer)) });
            let validator = jsonschema::options()
                .with_registry(&self.registry)
                .should_validate_formats(true)
                .should_ignore_unknown_formats(true)
                .build(&schema);
            Arc::new(validator.unwrap_or_else(|error| panic!("schema at {pointer}: {error}")))
        });
        Arc::clone(compiled)
    }

    /// Follows references from a node; what stands beside a reference wins over what it leads to.
    pub fn resolve(&self, pointer: &str) -> (String, Value) {
        let node = self
            .document
            .pointer(pointer)
            .unwrap_or_else(|| panic!("nothing at {pointer}"));
        let Some(target) = node.get("$ref").and_then(Value::as_str) else {
            return (pointer.to_owned(), node.clone());
        };
        let target = target
            .strip_prefix('#')
            .expect("references stay inside the document");
        let (pointer, mut resolved) = self.resolve(target);
        if let (Some(resolved), Some(beside)) = (resolved.as_object_mut(), node.as_object()) {
            let beside = beside.iter().filter(|(key, _)| *key != "$ref");
            resolved.extend(beside.map(|(key, value)| (key.clone(), value.clone())));
        }
        (pointer, resolved)
    }
}

impl Operation {
    /// Returns every declared answer.
    pub fn answers(&self) -> Vec<Declared> {
        let responses = self.node["responses"]
            .as_object()
            .expect("an operation has responses");
        responses
            .keys()
            .filter_map(|status| self.answer(status.parse().ok()?))
            .collect()
    }

    /// Returns the declared answer of a status.
    pub fn answer(&self, status: u16) -> Option<Declared> {
        self.node["responses"].get(status.to_string())?;
        let (pointer, node) = contract().resolve(&format!("{}/responses/{status}", self.pointer));
        Some(Declared {
            status,
            node,
            pointer,
        })
    }

    /// Returns the path's and the operation's parameters.
    pub fn parameters(&self) -> Vec<Parameter> {
        let path = self
            .pointer
            .rsplit_once('/')
            .expect("an operation stands in a path")
            .0;
        let count = |node: &Value| node["parameters"].as_array().map_or(0, Vec::len);
        let shared = (0..count(&self.path_item)).map(|at| format!("{path}/parameters/{at}"));
        let own = (0..count(&self.node)).map(|at| format!("{}/parameters/{at}", self.pointer));
        shared
            .chain(own)
            .map(|pointer| Parameter::read(contract().resolve(&pointer).1))
            .collect()
    }

    /// Returns the ways to be let in; the document's own where the operation says nothing.
    pub fn security(&self) -> Vec<Alternative> {
        let declared = self
            .node
            .get("security")
            .or_else(|| contract().document.get("security"));
        let alternatives = declared
            .and_then(Value::as_array)
            .cloned()
            .unwrap_or_default();
        alternatives.iter().map(read_alternative).collect()
    }

    /// Returns the tier whose budget a call spends.
    pub fn tier(&self) -> Option<&str> {
        self.node["x-rate-limit"].as_str()
    }

    /// Returns whether an `Idempotency-Key` is `required`, `optional`, or nothing.
    pub fn idempotency(&self) -> Option<&str> {
        self.node["x-idempotency"].as_str()
    }

    /// Returns the first example of the JSON request body, or `None` when the operation takes none.
    pub fn body_example(&self) -> Option<Value> {
        self.node.get("requestBody")?;
        let (_, body) = contract().resolve(&format!("{}/requestBody", self.pointer));
        let media = &body["content"]["application/json"];
        let named = media["examples"]
            .as_object()
            .and_then(|examples| examples.values().next());
        let named = named.map(|example| match example["$ref"].as_str() {
            Some(target) => contract().resolve(target.trim_start_matches('#')).1["value"].clone(),
            None => example["value"].clone(),
        });
        named.or_else(|| media.get("example").cloned())
    }

    /// Returns whether a path, with its parameters filled in, belongs to this operation.
    pub fn fits(&self, path: &str) -> bool {
        let (template, actual) = (self.path.split('/'), path.split('/'));
        template.clone().count() == actual.clone().count()
            && template.zip(actual).all(|(template, actual)| {
                template == actual || (template.starts_with('{') && !actual.is_empty())
            })
    }
}

impl Declared {
    /// Returns the closed list of codes behind the status.
    pub fn codes(&self) -> Option<Vec<String>> {
        let codes = self.node["x-error-codes"].as_array()?;
        Some(
            codes
                .iter()
                .filter_map(Value::as_str)
                .map(str::to_owned)
                .collect(),
        )
    }

    /// Returns the media types that the answer may have.
    pub fn content_types(&self) -> Vec<String> {
        let content = self.node["content"].as_object();
        content
            .map(|content| content.keys().cloned().collect())
            .unwrap_or_default()
    }

    /// Returns why a body does not fit the schema of its media type.
    pub fn body_violations(&self, media_type: &str, body: &Value) -> Vec<String> {
        let media = media_type.replace('~', "~0").replace('/', "~1");
        let pointer = format!("{}/content/{media}/schema", self.pointer);
        contract().violations(&pointer, body)
    }

    /// Returns the declared headers: name, whether it is required, and the pointer to its schema.
    pub fn headers(&self) -> Vec<(String, bool, String)> {
        let headers = self.node["headers"]
            .as_object()
            .cloned()
            .unwrap_or_default();
        let read = |name: &String| {
            let at = format!("{}/headers/{}", self.pointer, name.replace('/', "~1"));
            let (pointer, node) = contract().resolve(&at);
            (
                name.clone(),
                node["required"] == true,
                format!("{pointer}/schema"),
            )
        };
        headers.keys().map(read).collect()
    }
}

impl Parameter {
    fn read(node: Value) -> Self {
        let text = |key: &str| {
            node[key]
                .as_str()
                .expect("a parameter has name and in")
                .to_owned()
        };
        Self {
            name: text("name"),
            location: text("in"),
            node,
        }
    }
}

fn operations_of(document: &Value) -> Vec<Operation> {
    let paths = document["paths"]
        .as_object()
        .expect("the document has paths");
    let of_path = |(path, item): (&String, &Value)| {
        let item = item.clone();
        let path = path.clone();
        METHODS.into_iter().filter_map(move |method| {
            let node = item.get(method)?.clone();
            Some(Operation {
                id: node["operationId"]
                    .as_str()
                    .expect("an operation has an id")
                    .to_owned(),
                method: method.to_uppercase().parse().expect("a method"),
                pointer: format!(
                    "/paths/{}/{method}",
                    path.replace('~', "~0").replace('/', "~1")
                ),
                path: path.clone(),
                path_item: item.clone(),
                node,
            })
        })
    };
    paths.iter().flat_map(of_path).collect()
}

fn read_alternative(alternative: &Value) -> Alternative {
    let schemes = alternative
        .as_object()
        .expect("a security requirement is an object");
    let names = |names: &Value| {
        let names = names.as_array().cloned().unwrap_or_default();
        names
            .iter()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect()
    };
    schemes
        .iter()
        .map(|(scheme, required)| (scheme.clone(), names(required)))
        .collect()
}

/// Escapes what a URI fragment may not hold; braces of path templates among it.
fn escape_fragment(pointer: &str) -> String {
    pointer
        .replace('%', "%25")
        .replace('{', "%7B")
        .replace('}', "%7D")
}
