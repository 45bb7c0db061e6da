//! Emission: from the IR to formatted Rust files.
//!
//! One file per tag with its operations, one per component schema below `types/`, and the few that every document
//! gets. Everything generated stands on `openapi-runtime`, named `rt`; nothing here decides what the IR has decided.

mod docs;
mod enums;
mod layout;
mod literals;
mod names;
mod operation;
mod root;
mod rules;
mod rust_type;
mod schemas;
mod scope;
mod structs;
mod tag;
#[cfg(test)]
mod tests;
mod unions;

use proc_macro2::TokenStream;
use quote::quote;

use self::docs::Docs;
use self::layout::{Layout, TypeModule};
use self::names::tag_module;
use self::rules::Statics;
use self::scope::Scope;
use crate::ir::{Api, DocumentInfo, TypeDef, TypeKind};

/// A file to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GeneratedFile {
    /// Relative to the output folder, with forward slashes.
    pub path: String,
    /// The whole text.
    pub contents: String,
}

/// Turns the IR into files, in a stable order: the module, its tags, what they share.
#[must_use]
pub fn emit(api: &Api) -> Vec<GeneratedFile> {
    let layout = Layout::new(api);
    let mut files = vec![file(
        &api.document,
        "mod.rs",
        &about(api),
        &root::module(api, &layout),
    )];
    for tag in &api.tags {
        let name = tag_module(&tag.module);
        let path = format!("{}.rs", name.trim_start_matches("r#"));
        let about = format!("The tag {}.", docs::code(&tag.name));
        files.push(file(&api.document, &path, &about, &tag::emit(&layout, tag)));
    }
    if let Some(module) = layout.codes() {
        files.push(file(
            &api.document,
            "codes.rs",
            "The codes of errors.",
            &types(&layout, module),
        ));
    }
    if !api.schemes.is_empty() {
        let about = "The declared ways to authenticate.";
        files.push(file(
            &api.document,
            "security.rs",
            about,
            &root::security(api),
        ));
    }
    let modules = layout.type_modules();
    if !modules.is_empty() || layout.codes().is_some() {
        let about = "The schemas of the document, one file each.";
        files.push(file(
            &api.document,
            "types/mod.rs",
            about,
            &root::types(api, &layout),
        ));
    }
    for module in modules {
        let path = format!("types/{}.rs", module.name);
        let about = module
            .types
            .first()
            .and_then(|id| api.type_def(*id))
            .map_or_else(String::new, |def| {
                format!("The schema {}.", docs::code(&def.schema_name))
            });
        files.push(file(&api.document, &path, &about, &types(&layout, module)));
    }
    files
}

fn about(api: &Api) -> String {
    format!(
        "{} {}, as the document promises it.",
        docs::prose(&api.document.title),
        docs::code(&api.document.version)
    )
}

/// The types of one file.
fn types(layout: &Layout<'_>, module: &TypeModule) -> TokenStream {
    let scope = Scope::in_types(layout, module);
    let mut statics = Statics::default();
    let defs = module
        .types
        .iter()
        .filter_map(|id| scope.api().type_def(*id))
        .map(|def| {
            let code = match &def.kind {
                TypeKind::Struct(of) => structs::emit(&scope, def, of, &mut statics),
                TypeKind::Enum(of) => enums::emit(def, of),
                TypeKind::Union(of) => unions::emit(&scope, def, of, &mut statics),
            };
            let schema = schemas::emit(&scope, def);
            quote!(#code #schema)
        });
    quote! {
        use openapi_runtime as rt;

        #(#defs)*
    }
}

/// The doc of a type: what the document says, or its schema's name.
fn type_docs(def: &TypeDef) -> Docs {
    let docs = Docs::of(
        &def.doc,
        &def.place,
        &format!("The schema {}.", docs::code(&def.schema_name)),
    );
    if def.deprecated {
        docs.and("Deprecated.")
    } else {
        docs
    }
}

/// Formats a file under its header.
fn file(document: &DocumentInfo, path: &str, about: &str, code: &TokenStream) -> GeneratedFile {
    let header = format!(
        " Generated from {} (sha256 {}). Do not edit.",
        document.path, document.sha256
    );
    let about = format!(" {about}");
    let tokens = quote! {
        #![doc = #header]
        #![doc = ""]
        #![doc = #about]
        #code
    };
    let contents = match syn::parse2(tokens.clone()) {
        Ok(file) => spaced(&prettyplease::unparse(&file)),
        // Only a fault of the emission itself can lead here; the text shows what the compiler would say about it.
        Err(error) => format!(
            "compile_error!({:?});\n// {}\n",
            error.to_string(),
            tokens.to_string().replace('\n', " ")
        ),
    };
    GeneratedFile {
        path: path.to_owned(),
        contents,
    }
}

/// Puts empty lines between items and between members of an `impl` or trait, which the printer leaves out.
fn spaced(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 20);
    let mut previous = "";
    for line in text.lines() {
        if !previous.is_empty() && !line.is_empty() && wants_space(previous, line) {
            out.push('\n');
        }
        out.push_str(line);
        out.push('\n');
        previous = line;
    }
    out
}

fn wants_space(previous: &str, line: &str) -> bool {
    let indent = line.len() - line.trim_start().len();
    let before = previous.trim_start();
    let same_level = previous.len() - before.len() == indent;
    if !same_level || line.trim_start().starts_with(['}', ')', ']']) {
        return false;
    }
    let is_comment = |text: &str| text.starts_with("///") || text.starts_with("#[");
    let code = line.trim_start();
    match indent {
        0 if previous.starts_with("//!") => !line.starts_with("//!"),
        0 if is_comment(previous) => false,
        0 => is_comment(line) || kind(previous) != kind(line) || previous == "}",
        4 if is_comment(before) => false,
        4 => before == "}" || (before.ends_with(';') && is_comment(code)),
        _ => false,
    }
}

/// The first word of an item that comes in rows.
fn kind(line: &str) -> &str {
    let line = line
        .strip_prefix("pub(crate) ")
        .or_else(|| line.strip_prefix("pub "))
        .unwrap_or(line);
    let word = line.split(' ').next().unwrap_or_default();
    // The end of a short item over several lines stands close to the next one of its kind.
    if word == ");" { "static" } else { word }
}
