//! The document's own members: version, info, servers, tags.

use super::Lowering;
use super::keywords::{CONTACT, EXTERNAL_DOCS, INFO, LICENSE, ROOT, SERVER, TAG};
use crate::diagnostics::{Diagnostic, codes};
use crate::ir::DocumentInfo;
use crate::tree::Node;

impl<'d> Lowering<'d> {
    /// Version and info. `None` when this is no OpenAPI document that can be read any further.
    pub(super) fn info(&self, root: &'d Node) -> Option<DocumentInfo> {
        let object = root.as_object();
        let version = object.and_then(|object| object.get("openapi"));
        let Some(version) = version else {
            let swagger = root.get("swagger");
            let problem = Diagnostic::at(
                codes::WRONG_VERSION,
                swagger.unwrap_or(root),
                "this is not an OpenAPI 3 document",
            );
            self.report(match swagger {
                Some(_) => problem
                    .label("Swagger 2.0")
                    .help("convert it to OpenAPI 3.1"),
                None => problem.help("an OpenAPI document starts with `openapi: 3.1.0`"),
            });
            return None;
        };
        let text = version.node.as_str().unwrap_or_default();
        if !is_supported(text) {
            self.report(
                Diagnostic::at(
                    codes::WRONG_VERSION,
                    &version.node,
                    format!("{} is not a supported version", version.node.brief()),
                )
                .label("3.0.x and 3.1.x are")
                .help("write `openapi: 3.1.0`, in quotes if YAML would read a number"),
            );
            return None;
        }
        self.object(root, ROOT)?;
        self.servers(root);
        self.tags(root);
        self.external_docs(root.get("externalDocs"));
        let Some(info) = root.get("info") else {
            self.missing(root, "info", "the document");
            return None;
        };
        let object = self.object(info, INFO)?;
        let get = |key: &str| object.get(key).map(|member| &member.node);
        for (key, spec) in [("contact", CONTACT), ("license", LICENSE)] {
            if let Some(node) = get(key) {
                self.object(node, spec);
            }
        }
        for key in ["title", "version"] {
            if get(key).is_none() {
                self.missing(info, key, "`info`");
            }
        }
        Some(DocumentInfo {
            path: self.document.sources.name(root.span.file).to_string(),
            sha256: self.document.sha256().to_owned(),
            openapi: text.to_owned(),
            title: self.text(get("title")).unwrap_or_default().to_owned(),
            version: self.text(get("version")).unwrap_or_default().to_owned(),
            description: self.text(get("description")).map(str::to_owned),
        })
    }

    /// Says that `node` lacks the member `key`.
    pub(super) fn missing(&self, node: &Node, key: &str, what: &str) {
        self.report(
            Diagnostic::at(
                codes::MISSING_KEYWORD,
                node,
                format!("{what} has no `{key}`"),
            )
            .label(format!("`{key}` belongs here"))
            .help(format!("add `{key}`")),
        );
    }

    pub(super) fn external_docs(&self, node: Option<&'d Node>) {
        if let Some(node) = node {
            self.object(node, EXTERNAL_DOCS);
        }
    }

    fn servers(&self, root: &'d Node) {
        let Some(servers) = root.get("servers") else {
            return;
        };
        let Some(servers) = servers.as_array() else {
            self.wrong(codes::WRONG_TYPE, servers, "servers", "a list");
            return;
        };
        for server in servers {
            let Some(object) = self.object(server, SERVER) else {
                continue;
            };
            let Some(url) = object.get("url") else {
                self.missing(server, "url", "a server");
                continue;
            };
            let Some(text) = self.text(Some(&url.node)) else {
                continue;
            };
            let path = match text.split_once("://") {
                Some((_, rest)) => rest.split_once('/').map_or("", |(_, path)| path),
                None => text.trim_start_matches('/'),
            };
            if !path.is_empty() {
                self.report(
                    Diagnostic::at(
                        codes::SERVER_PATH,
                        &url.node,
                        format!("the path `/{path}` of this server is not added to the routes"),
                    )
                    .help("write base paths into `paths`"),
                );
            }
        }
    }

    fn tags(&self, root: &'d Node) {
        let Some(tags) = root.get("tags") else { return };
        let Some(tags) = tags.as_array() else {
            self.wrong(codes::WRONG_TYPE, tags, "tags", "a list");
            return;
        };
        let mut names: Vec<&'d Node> = Vec::new();
        for tag in tags {
            let Some(object) = self.object(tag, TAG) else {
                continue;
            };
            let Some(name) = object.get("name") else {
                self.missing(tag, "name", "a tag");
                continue;
            };
            self.external_docs(tag.get("externalDocs"));
            self.text(tag.get("description"));
            if self.text(Some(&name.node)).is_none() {
                continue;
            }
            if let Some(first) = names.iter().find(|known| known.same_value(&name.node)) {
                self.report(
                    Diagnostic::at(
                        codes::DUPLICATE_VALUE,
                        &name.node,
                        format!("the tag {} is declared twice", name.node.brief()),
                    )
                    .related(first.span, "the first one")
                    .help("remove one of them"),
                );
            }
            names.push(&name.node);
        }
    }
}

fn is_supported(version: &str) -> bool {
    let patch = version
        .strip_prefix("3.0.")
        .or_else(|| version.strip_prefix("3.1."));
    patch.is_some_and(|patch| !patch.is_empty() && patch.bytes().all(|byte| byte.is_ascii_digit()))
}
