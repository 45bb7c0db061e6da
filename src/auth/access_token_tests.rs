//! What passes for an access token, and what does not.

use super::*;

const SECRET: &str = "0123456789abcdef0123456789abcdef";
const NOW: Timestamp = Timestamp::from_micros(1_767_323_045_678_000);

fn tokens(secret: &str, former: &[&str]) -> AccessTokens {
    AccessTokens::new(&AccessTokenSettings {
        secret: secret.into(),
        former_secrets: former.iter().map(|&secret| secret.into()).collect(),
        issuer: "waybill".to_owned(),
        audience: "waybill-api".to_owned(),
        lifetime: Duration::from_mins(15),
    })
}

fn ids() -> (UserId, SessionId, Uuid) {
    (
        Uuid::from_u128(1).into(),
        Uuid::from_u128(2).into(),
        Uuid::from_u128(3),
    )
}

fn signed(by: &AccessTokens) -> String {
    let (user, session, id) = ids();
    by.sign(user, Role::Member, session, id, NOW)
        .unwrap()
        .expose_secret()
        .to_owned()
}

fn payload(token: &str) -> serde_json::Value {
    use base64::Engine as _;
    let part = token.split('.').nth(1).unwrap();
    serde_json::from_slice(
        &base64::engine::general_purpose::URL_SAFE_NO_PAD
            .decode(part)
            .unwrap(),
    )
    .unwrap()
}

fn forge(header: &Header, claims: &serde_json::Value, secret: &str) -> String {
    jsonwebtoken::encode(header, claims, &EncodingKey::from_secret(secret.as_bytes())).unwrap()
}

#[test]
fn a_token_says_who_and_which_log_in_and_no_more_than_the_contract_names() {
    let tokens = tokens(SECRET, &[]);
    let token = signed(&tokens);
    let (user, session, _) = ids();

    assert_eq!(
        tokens.verify(&token, NOW),
        Ok(AccessClaims { user, session })
    );
    let claims = payload(&token);
    let mut names: Vec<_> = claims.as_object().unwrap().keys().cloned().collect();
    names.sort();
    assert_eq!(
        names,
        [
            "aud", "exp", "iat", "iss", "jti", "nbf", "role", "sid", "sub", "type"
        ]
    );
    assert_eq!(
        claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap(),
        900
    );
    assert_eq!(
        (&claims["type"], &claims["role"]),
        (&"access".into(), &"member".into())
    );
}

#[test]
fn a_token_ends_with_its_lifetime_and_a_little_leeway() {
    let tokens = tokens(SECRET, &[]);
    let token = signed(&tokens);

    assert!(
        tokens
            .verify(&token, NOW.plus(Duration::from_secs(904)))
            .is_ok()
    );
    assert_eq!(
        tokens.verify(&token, NOW.plus(Duration::from_secs(905))),
        Err(BadToken::Time)
    );
    assert!(
        tokens
            .verify(&token, NOW.minus(Duration::from_secs(5)))
            .is_ok()
    );
    assert_eq!(
        tokens.verify(&token, NOW.minus(Duration::from_secs(6))),
        Err(BadToken::Time)
    );
}

#[test]
fn a_former_secret_still_verifies_and_no_longer_signs() {
    let old = signed(&tokens("the-old-secret-of-32-characters!", &[]));
    let both = tokens(SECRET, &["the-old-secret-of-32-characters!"]);

    assert!(both.verify(&old, NOW).is_ok());
    assert!(tokens(SECRET, &[]).verify(&signed(&both), NOW).is_ok());
    assert_eq!(
        tokens(SECRET, &[]).verify(&old, NOW),
        Err(BadToken::Malformed),
        "an unknown key name"
    );
}

#[test]
fn the_tokens_own_algorithm_is_never_believed() {
    use base64::Engine as _;
    let tokens = tokens(SECRET, &[]);
    let token = signed(&tokens);
    let claims = payload(&token);
    let none =
        base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(br#"{"alg":"none","typ":"JWT"}"#);
    let body = token.split('.').nth(1).unwrap();

    assert_eq!(
        tokens.verify(&format!("{none}.{body}."), NOW),
        Err(BadToken::Malformed)
    );
    let hs512 = forge(&Header::new(Algorithm::HS512), &claims, SECRET);
    assert_eq!(tokens.verify(&hs512, NOW), Err(BadToken::Malformed));
}

#[test]
fn a_changed_claim_breaks_the_signature() {
    use base64::Engine as _;
    let tokens = tokens(SECRET, &[]);
    let token = signed(&tokens);
    let mut claims = payload(&token);
    claims["role"] = "admin".into();
    let body = base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(claims.to_string());
    let mut parts = token.split('.');
    let forged = format!("{}.{body}.{}", parts.next().unwrap(), parts.nth(1).unwrap());

    assert_eq!(tokens.verify(&forged, NOW), Err(BadToken::Signature));
}

#[test]
fn another_issuer_audience_or_kind_is_refused_however_well_signed() {
    let tokens = tokens(SECRET, &[]);
    let claims = payload(&signed(&tokens));
    let changed = |name: &str, value: serde_json::Value| {
        let mut claims = claims.clone();
        claims[name] = value;
        tokens.verify(&forge(&Header::new(Algorithm::HS256), &claims, SECRET), NOW)
    };

    assert!(
        changed("role", "admin".into()).is_ok(),
        "our own secret signed it, and roles come from the account"
    );
    assert_eq!(changed("iss", "somebody".into()), Err(BadToken::Party));
    assert_eq!(changed("aud", "somebody".into()), Err(BadToken::Party));
    assert_eq!(changed("type", "refresh".into()), Err(BadToken::Malformed));
    assert_eq!(changed("sid", "1".into()), Err(BadToken::Malformed));
}

#[test]
fn a_key_name_is_only_looked_up_among_our_own() {
    let tokens = tokens(SECRET, &[]);
    let claims = payload(&signed(&tokens));
    for kid in ["../../etc/passwd", "http://example.com/key", ""] {
        let mut header = Header::new(Algorithm::HS256);
        header.kid = Some(kid.to_owned());
        assert_eq!(
            tokens.verify(&forge(&header, &claims, SECRET), NOW),
            Err(BadToken::Malformed),
            "{kid}"
        );
    }
}

#[test]
fn our_own_tokens_are_known_by_their_first_part() {
    let tokens = tokens(SECRET, &["the-old-secret-of-32-characters!"]);
    let token = signed(&tokens);
    let first = token.split('.').next().unwrap();

    assert_eq!(tokens.keys[0].header, first);
}

#[test]
fn what_is_no_token_is_malformed() {
    let tokens = tokens(SECRET, &[]);
    for text in [
        "",
        ".",
        "..",
        "a.b.c",
        "null",
        "eyJ",
        &"a".repeat(100_000),
        "rt_abc",
        "\u{0}",
    ] {
        assert_eq!(
            tokens.verify(text, NOW),
            Err(BadToken::Malformed),
            "{text:.20}"
        );
    }
}

/// Prints what a verification costs here; figures belong into benchmarks, so nothing is asserted.
#[test]
#[ignore = "a measurement: cargo test -p waybill -- --ignored --nocapture the_cost"]
fn the_cost_of_a_verification() {
    let tokens = tokens(SECRET, &[]);
    let token = signed(&tokens);
    let start = std::time::Instant::now();
    for _ in 0..20_000 {
        assert!(tokens.verify(&token, NOW).is_ok());
    }
    eprintln!("{:?} each", start.elapsed() / 20_000);
}
