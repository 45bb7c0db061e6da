//! The slow path, which reports every violation, and the check of what the fast path read.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Member, MemberKind, Reading};
use crate::emit::literals::integer;
use crate::emit::rules::range;
use crate::ir::{Additional, Presence};

impl Reading<'_> {
    /// The body of `Parse::parse`: every member is read before the first failure returns.
    pub(super) fn parse(&self) -> TokenStream {
        let names: Vec<_> = self.members.iter().map(|member| member.wire).collect();
        let open = if self.of.additional == Additional::Deny {
            quote!(closed)
        } else {
            quote!(open)
        };
        let opening = quote!(rt::Object::#open(node, &[#(#names),*], out)?;);
        let size = self.has_size().then(|| {
            let range = range(self.of.min_properties, self.of.max_properties);
            quote!(object.size(#range, out);)
        });
        let reads = self.members.iter().map(read);
        let rest = self
            .rest
            .as_ref()
            .map(|(_, local, rule)| quote!(let #local = object.rest(&[#(#names),*], &#rule, out);));
        let binding = (!self.members.is_empty() || rest.is_some() || size.is_some())
            .then(|| quote!(let object =));
        let constant_checks = self.members.iter().filter_map(|member| match member.kind {
            MemberKind::Constant { .. } => {
                let local = &member.local;
                Some(quote!(#local?;))
            }
            MemberKind::Value { .. } => None,
        });
        let fields = self.members.iter().filter_map(|member| match &member.kind {
            MemberKind::Value { value, .. } => {
                let (name, local) = (&value.ident, &member.local);
                Some(quote!(#name: #local?,))
            }
            MemberKind::Constant { .. } => None,
        });
        let rest_field = self
            .rest
            .as_ref()
            .map(|(name, local, _)| quote!(#name: #local?,));
        quote! {
            #binding #opening
            #size
            #(#reads)*
            #rest
            #(#constant_checks)*
            Some(Self { #(#fields)* #rest_field })
        }
    }

    /// The body of `Parse::holds`: the same rules over typed values, without allocation.
    pub(super) fn holds(&self) -> TokenStream {
        let mut checks: Vec<_> = self.members.iter().filter_map(check).collect();
        if let Some((name, _, rule)) = &self.rest {
            checks.push(quote!(self.#name.values().all(|value| #rule.holds(value))));
        }
        if self.has_size() && !self.is_declined() {
            checks.push(self.size_check());
        }
        if checks.is_empty() {
            return quote!(true);
        }
        quote! {
            use rt::Rule as _;
            #(#checks)&&*
        }
    }

    /// `minProperties` and `maxProperties` of an object whose members are all declared.
    fn size_check(&self) -> TokenStream {
        let mut always = 0_i128;
        let mut terms = Vec::new();
        for member in &self.members {
            match &member.kind {
                MemberKind::Value { value, .. } => {
                    let name = &value.ident;
                    match value.presence {
                        Presence::Optional => terms.push(quote!(usize::from(self.#name.is_some()))),
                        Presence::ThreeState => {
                            terms.push(quote!(usize::from(!self.#name.is_absent())));
                        }
                        Presence::Required | Presence::Nullable | Presence::Defaulted { .. } => {
                            always += 1;
                        }
                    }
                }
                MemberKind::Constant { .. } => always += 1,
            }
        }
        if always > 0 || terms.is_empty() {
            terms.insert(0, integer(always));
        }
        let min = integer(self.of.min_properties.unwrap_or(0).into());
        let max = self.of.max_properties.map(|max| integer(max.into()));
        if let Some(max) = max {
            quote!((#min..=#max).contains(&(#(#terms)+*)))
        } else {
            quote!((#(#terms)+*) >= #min)
        }
    }
}

fn read(member: &Member<'_>) -> TokenStream {
    let Member {
        wire,
        local,
        rule,
        kind,
    } = member;
    match kind {
        MemberKind::Constant { required: true, .. } => {
            quote!(let #local = object.required(#wire, &#rule, out);)
        }
        MemberKind::Constant {
            required: false, ..
        } => quote!(let #local = object.optional(#wire, &#rule, out);),
        MemberKind::Value {
            default: Some(default),
            ..
        } => {
            quote!(let #local = object.with_default(#wire, &#rule, #default, out);)
        }
        MemberKind::Value {
            value,
            default: None,
        } => {
            let function = match value.presence {
                Presence::Required | Presence::Defaulted { .. } => quote!(required),
                Presence::Nullable => quote!(required_nullable),
                Presence::Optional => quote!(optional),
                Presence::ThreeState => quote!(patch),
            };
            quote!(let #local = object.#function(#wire, &#rule, out);)
        }
    }
}

fn check(member: &Member<'_>) -> Option<TokenStream> {
    let MemberKind::Value { value, .. } = &member.kind else {
        return None;
    };
    let (name, rule) = (&value.ident, &member.rule);
    Some(match value.presence {
        Presence::Required | Presence::Defaulted { .. } => quote!(#rule.holds(&self.#name)),
        Presence::Nullable | Presence::Optional => quote!(#rule.holds_option(self.#name.as_ref())),
        Presence::ThreeState => quote!(#rule.holds_option(self.#name.value())),
    })
}
