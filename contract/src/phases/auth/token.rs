//! Tokens that look right and are not: JSON Web Tokens that nobody signed.

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD as BASE64};
use serde_json::{Value, json};

/// A day, in seconds.
const DAY: i64 = 86_400;

/// What is wrong with a token, and the token. Empty for a secret that is no JSON Web Token.
pub(super) fn altered(token: &str) -> Vec<(&'static str, String)> {
    let mut parts = token.split('.');
    let (Some(head), Some(claims), Some(signature), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Vec::new();
    };
    let (Some(mut header), Some(payload)) = (object(head), object(claims)) else {
        return Vec::new();
    };
    if header.get("alg").is_none() {
        return Vec::new();
    }
    let length = BASE64.decode(signature).map_or(32, |bytes| bytes.len());
    let foreign = BASE64.encode(vec![0x5a; length]);
    let mut longer = payload.clone();
    let exp = payload
        .get("exp")
        .and_then(Value::as_i64)
        .unwrap_or_default();
    put(&mut longer, "exp", exp.saturating_add(DAY).into());
    let mut expired = payload.clone();
    put(&mut expired, "exp", 1.into());
    let mut other = payload.clone();
    put(&mut other, "sub", "somebody-else".into());
    put(&mut other, "role", "admin".into());
    let longer = encoded(&longer);
    let expired = encoded(&expired);
    let other = encoded(&other);
    put(&mut header, "alg", "none".into());
    let unsigned = encoded(&header);
    put(&mut header, "alg", "nOnE".into());
    let oddly_unsigned = encoded(&header);
    vec![
        (
            "a token with a foreign signature",
            format!("{head}.{claims}.{foreign}"),
        ),
        ("a token without its signature", format!("{head}.{claims}.")),
        (
            "a token whose `exp` was moved after it was signed",
            format!("{head}.{longer}.{signature}"),
        ),
        ("an expired token", format!("{head}.{expired}.{signature}")),
        (
            "a token whose claims were changed after it was signed",
            format!("{head}.{other}.{signature}"),
        ),
        (
            "an unsigned token (`alg: none`)",
            format!("{unsigned}.{claims}."),
        ),
        (
            "an unsigned token (`alg: nOnE`)",
            format!("{oddly_unsigned}.{claims}."),
        ),
    ]
}

fn object(part: &str) -> Option<Value> {
    let bytes = BASE64.decode(part).ok()?;
    let value: Value = serde_json::from_slice(&bytes).ok()?;
    value.is_object().then_some(value)
}

fn put(value: &mut Value, name: &str, member: Value) {
    if let Some(members) = value.as_object_mut() {
        members.insert(name.to_owned(), member);
    } else {
        *value = json!({ name: member });
    }
}

fn encoded(value: &Value) -> String {
    BASE64.encode(value.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_altered_in_every_part_and_another_secret_is_not() {
        let head = encoded(&json!({ "alg": "HS256", "typ": "JWT" }));
        let claims = encoded(&json!({ "sub": "ann", "exp": 1000 }));
        let token = format!("{head}.{claims}.{}", BASE64.encode([7; 32]));
        let altered = altered(&token);
        assert_eq!(altered.len(), 7);
        assert!(altered.iter().all(|(_, other)| *other != token));
        let (_, unsigned) = &altered[5];
        let head = object(unsigned.split('.').next().unwrap()).unwrap();
        assert_eq!(head["alg"], "none");
        assert!(super::altered("wb_live_1.2.3").is_empty());
        assert!(super::altered("opaque").is_empty());
    }
}
