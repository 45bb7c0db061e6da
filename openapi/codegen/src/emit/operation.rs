//! One operation: how it is judged, what it takes, what it answers.

mod error;
mod reply;
mod request;
mod spec;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::docs::Docs;
use super::names::{ident, shouty};
use super::rules::Statics;
use super::scope::Scope;
use crate::ir::Operation;

/// Everything of one operation but its trait function; also tells the name of its specification.
pub(super) fn emit(
    scope: &Scope<'_>,
    tag_trait: &Ident,
    operation: &Operation,
    statics: &mut Statics,
) -> (Ident, TokenStream) {
    let spec_name = statics.reserve(&shouty(operation.name.bare()));
    let spec = spec::emit(scope, operation, &spec_name);
    let request = request::emit(scope, operation, tag_trait, &spec_name, statics);
    let rules = statics.take_items();
    let reply = reply::emit(scope, operation);
    let error = error::emit(scope, operation);
    let code = quote! {
        #rules
        #spec
        #request
        #reply
        #error
    };
    (spec_name, code)
}

/// The operation as a function of its tag's trait.
pub(super) fn function(operation: &Operation) -> TokenStream {
    let docs = Docs::of(
        &operation.doc,
        &operation.place,
        &super::docs::code(&operation.id),
    )
    .and(format!(
        "`{} {}`",
        operation.method.as_str(),
        operation.path.template
    ));
    let docs = if operation.deprecated {
        docs.and("Deprecated.")
    } else {
        docs
    };
    let docs = docs.and("# Errors").and(format!(
        "What the document declares: see [`{}`].",
        operation.error_type.bare()
    ));
    let name = ident(&operation.name);
    let call = call(operation, &quote!(Self));
    let (request, ok, error) = (
        ident(&operation.request_type),
        ident(&operation.ok_type),
        ident(&operation.error_type),
    );
    quote! {
        #docs
        fn #name(
            &self,
            call: #call,
            request: #request,
        ) -> impl Future<Output = Result<#ok, #error>> + Send;
    }
}

/// How the operation's handler meets its caller.
fn call(operation: &Operation, host: &TokenStream) -> TokenStream {
    if operation.security.is_secured() {
        quote!(rt::Call<#host::Caller>)
    } else {
        quote!(rt::PublicCall<#host::Caller>)
    }
}
