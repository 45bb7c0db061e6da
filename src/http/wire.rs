//! Conversions that the handlers of every feature share: between the contract's types and ours, both ways.

use http::Uri;
use openapi_generated::v1 as api;
use openapi_runtime as rt;

use crate::auth::Caller;
use crate::domain::{Currency, EmailAddress, Money, PageMeta, PageRequest, Timestamp, UserId};

/// The account on whose behalf a secured operation runs.
pub(crate) fn account(call: &rt::Call<Caller>) -> UserId {
    // Only Waybill itself has none, and it does not come in over HTTP. Nobody has the nil id.
    call.caller()
        .actor
        .user_id()
        .unwrap_or_else(|| UserId::from_uuid(rt::Uuid::nil()))
}

/// A point in time as the contract writes it. Ours have microseconds; the contract shows milliseconds.
pub(crate) fn time(at: Timestamp) -> rt::Timestamp {
    jiff::Timestamp::from(at).into()
}

/// A point in time that a client named.
pub(crate) fn instant(at: rt::Timestamp) -> Timestamp {
    at.into_inner().into()
}

/// Which page a client asks for.
pub(crate) fn page(page: i32, limit: i32) -> PageRequest {
    PageRequest::new(page.into(), limit.into())
}

/// What a list says of its pages.
pub(crate) fn page_meta(meta: &PageMeta) -> api::PageMeta {
    api::PageMeta {
        page: small(meta.page),
        per_page: small(meta.per_page),
        total: meta.total,
        total_pages: meta.total_pages,
        has_next: meta.has_next,
        has_prev: meta.has_prev,
    }
}

/// What a feed says of its next part.
pub(crate) fn cursor_meta(limit: i64, next_cursor: Option<String>) -> api::CursorMeta {
    api::CursorMeta {
        limit: small(limit),
        has_next: next_cursor.is_some(),
        next_cursor,
    }
}

/// The `Link` header of a list (RFC 8288): the same query with other pages, relative to the request.
pub(crate) fn links(uri: &Uri, meta: &PageMeta) -> String {
    let is_page = |pair: &&str| pair.split('=').next() == Some("page");
    let others: Vec<&str> = uri
        .query()
        .unwrap_or_default()
        .split('&')
        .filter(|pair| !pair.is_empty() && !is_page(pair))
        .collect();
    let link = |page: i64, relation: &str| {
        let page = format!("page={page}");
        let query: Vec<&str> = std::iter::once(page.as_str())
            .chain(others.iter().copied())
            .collect();
        format!("<{}?{}>; rel=\"{relation}\"", uri.path(), query.join("&"))
    };
    let previous = meta
        .has_prev
        .then(|| link(meta.page.saturating_sub(1), "prev"));
    let next = meta
        .has_next
        .then(|| link(meta.page.saturating_add(1), "next"));
    let ends = [
        Some(link(1, "first")),
        previous,
        next,
        Some(link(meta.total_pages.max(1), "last")),
    ];
    ends.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// A number that the contract bounds to 32 bits.
pub(crate) fn small(number: i64) -> i32 {
    i32::try_from(number).unwrap_or(if number < 0 { i32::MIN } else { i32::MAX })
}

/// An amount of money that the contract's bounds have let through.
pub(crate) fn money(amount: i64, code: &str) -> Result<Money, rt::Failure> {
    Money::new(amount, currency(code)?).map_err(rt::Failure::internal)
}

/// A currency that the contract's pattern has let through.
pub(crate) fn currency(text: &str) -> Result<Currency, rt::Failure> {
    text.parse()
        .map_err(|_| malformed("currency", "Must be an ISO 4217 code"))
}

/// An e-mail address that the contract's format has let through.
pub(crate) fn email(text: &str) -> Result<EmailAddress, rt::Failure> {
    text.parse()
        .map_err(|_| malformed("email", "Invalid email format"))
}

/// A field of the body that the contract lets through and we do not.
fn malformed(field: &str, message: &'static str) -> rt::Failure {
    let detail = rt::Detail::new(field, rt::In::Body, rt::Reason::InvalidFormat, message);
    rt::Failure::new(rt::code::VALIDATION_ERROR, "Invalid request body").with_detail(detail)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_keep_the_filters_and_name_the_pages_there_are() {
        let uri: Uri = "/api/v1/products?q=l%20amp&page=2&limit=5".parse().unwrap();
        let meta = PageMeta {
            page: 2,
            per_page: 5,
            total: 12,
            total_pages: 3,
            has_next: true,
            has_prev: true,
        };
        assert_eq!(
            links(&uri, &meta),
            "</api/v1/products?page=1&q=l%20amp&limit=5>; rel=\"first\", \
             </api/v1/products?page=1&q=l%20amp&limit=5>; rel=\"prev\", \
             </api/v1/products?page=3&q=l%20amp&limit=5>; rel=\"next\", \
             </api/v1/products?page=3&q=l%20amp&limit=5>; rel=\"last\""
        );
    }

    #[test]
    fn an_empty_list_has_one_page() {
        let uri: Uri = "/api/v1/orders".parse().unwrap();
        let meta = PageMeta {
            page: 1,
            per_page: 20,
            total: 0,
            total_pages: 0,
            has_next: false,
            has_prev: false,
        };
        assert_eq!(
            links(&uri, &meta),
            "</api/v1/orders?page=1>; rel=\"first\", </api/v1/orders?page=1>; rel=\"last\""
        );
    }
}
