//! Who may do what, read from `security` of every operation and tried with every kind of caller.

use serde_json::{Value, json};

use crate::{
    on_both,
    support::{
        Answer, Client, Database, Server,
        contract::{Operation, contract},
        exceptions,
        factories::*,
    },
};

on_both!(every_operation_lets_in_whom_its_security_names);

/// An id that fits its schema and belongs to nothing.
const NOBODY: &str = "0198c0de-0000-7000-8000-000000000000";
const ROLES: [&str; 3] = ["member", "viewer", "admin"];
const SCOPES: [&str; 6] = [
    "orders:read",
    "orders:write",
    "products:write",
    "wallet:read",
    "wallet:write",
    "admin",
];
/// Codes that turn a caller away, as opposed to what a caller asks for.
const TURNED_AWAY: [&str; 5] = [
    "NO_TOKEN",
    "INVALID_TOKEN",
    "INVALID_API_KEY",
    "FORBIDDEN",
    "INSUFFICIENT_SCOPE",
];

/// Somebody who asks.
struct Caller {
    name: String,
    client: Client,
    kind: Kind,
}

enum Kind {
    Anonymous,
    BadToken,
    BadKey,
    User {
        role: &'static str,
    },
    Key {
        owner: &'static str,
        scopes: Vec<&'static str>,
    },
}

/// What `security` promises a caller: the codes with which it may be turned away; none when it is let in.
fn promise(operation: &Operation, kind: &Kind) -> Vec<&'static str> {
    let alternatives = operation.security();
    if alternatives.is_empty() || alternatives.iter().any(Vec::is_empty) {
        return match kind {
            // A public operation does not turn anonymous callers into liars: what they present must hold.
            Kind::BadToken => vec!["INVALID_TOKEN", ""],
            Kind::BadKey => vec!["INVALID_API_KEY", ""],
            _ => vec![],
        };
    }
    let of_scheme = |scheme: &str| -> Vec<Vec<String>> {
        let names = alternatives
            .iter()
            .flatten()
            .filter(|(name, _)| name == scheme);
        names.map(|(_, names)| names.clone()).collect()
    };
    let (roles, scopes) = (of_scheme("bearerAuth"), of_scheme("apiKeyAuth"));
    let role_fits = |role: &str| {
        roles
            .iter()
            .any(|names| names.is_empty() || names.iter().any(|name| name == role))
    };
    match kind {
        Kind::Anonymous => vec!["NO_TOKEN"],
        Kind::BadToken => vec!["INVALID_TOKEN"],
        Kind::BadKey => vec!["INVALID_API_KEY"],
        Kind::User { role } if role_fits(role) => vec![],
        Kind::User { .. } => vec!["FORBIDDEN"],
        Kind::Key { .. } if scopes.is_empty() => vec!["FORBIDDEN"],
        Kind::Key {
            owner,
            scopes: held,
        } => {
            let scope_fits = scopes
                .iter()
                .any(|needed| needed.iter().all(|scope| held.contains(&scope.as_str())));
            match (scope_fits, role_fits(owner)) {
                (true, true) => vec![],
                (true, false) => vec!["FORBIDDEN"],
                (false, true) => vec!["INSUFFICIENT_SCOPE"],
                (false, false) => vec!["INSUFFICIENT_SCOPE", "FORBIDDEN"],
            }
        }
    }
}

async fn every_operation_lets_in_whom_its_security_names(database: Database) {
    let server = Server::start(&database).await;
    let callers = callers(&server).await;
    let exceptions = exceptions::read("authorization");
    let mut needed = vec![false; exceptions.len()];
    let mut faults = Vec::new();
    // Logging out comes last: it ends what the others need.
    let (last, first): (Vec<_>, Vec<_>) = contract()
        .operations
        .iter()
        .partition(|operation| operation.id == "logout");
    for operation in first.into_iter().chain(last) {
        for caller in &callers {
            let answer = call(&caller.client, operation).await;
            let code = answer.code();
            let code = if TURNED_AWAY.contains(&code.as_str()) {
                code
            } else {
                String::new()
            };
            let promised = promise(operation, &caller.kind);
            let kept = if promised.is_empty() {
                code.is_empty()
            } else {
                promised.contains(&code.as_str())
            };
            let exception = exceptions.iter().position(|exception| {
                (exception.operation == "*" || exception.operation == operation.id)
                    && exception
                        .caller
                        .as_deref()
                        .is_none_or(|name| name == caller.name)
            });
            match (kept, exception) {
                (true, _) => {}
                (false, Some(at)) => needed[at] = true,
                (false, None) => faults.push(format!(
                    "{} called by {}: {promised:?} was promised, but it answered {} {}",
                    operation.id,
                    caller.name,
                    answer.status,
                    answer.code(),
                )),
            }
        }
    }
    assert!(
        faults.is_empty(),
        "{} faults:\n{}",
        faults.len(),
        faults.join("\n")
    );
    for (exception, needed) in exceptions.iter().zip(needed) {
        assert!(
            needed,
            "an exception is not needed any more, remove it: {exception:?}"
        );
    }
}

async fn callers(server: &Server) -> Vec<Caller> {
    let anonymous = server.anonymous();
    let mut callers = Vec::new();
    let mut add =
        |name: String, client: Client, kind: Kind| callers.push(Caller { name, client, kind });
    add("nobody".to_owned(), anonymous.clone(), Kind::Anonymous);
    add(
        "a bad token".to_owned(),
        anonymous.bearer("not.a.token"),
        Kind::BadToken,
    );
    add(
        "a bad key".to_owned(),
        anonymous.api_key("wb_live_nonsense"),
        Kind::BadKey,
    );
    for role in ROLES {
        let client = match role {
            "member" => server.member(),
            "viewer" => server.viewer(),
            _ => server.admin(),
        };
        for scope in SCOPES {
            let body = json!({ "name": "k", "scopes": [scope] });
            let made = client.post("/api/v1/api-keys").json(body).await;
            // What an owner may not hand out is no caller.
            if made.status == 201 {
                let key = anonymous.api_key(made.data()["key"].as_str().expect("a key"));
                add(
                    format!("a {role}'s key for {scope}"),
                    key,
                    Kind::Key {
                        owner: role,
                        scopes: vec![scope],
                    },
                );
            }
        }
        add(role.to_owned(), client, Kind::User { role });
    }
    assert!(callers.len() > 12, "{} callers", callers.len());
    callers
}

async fn call(client: &Client, operation: &Operation) -> Answer {
    // Whom a user may change depends on the user; themselves is always allowed.
    let id = if operation.id == "updateUser" {
        "me"
    } else {
        NOBODY
    };
    let parts = operation
        .path
        .split('/')
        .map(|part| if part.starts_with('{') { id } else { part });
    let path = parts.collect::<Vec<_>>().join("/");
    let mut call = client.call(operation.method.clone(), path);
    if operation.idempotency() == Some("required") {
        call = call.key(unique("authorization"));
    }
    match operation.body_example() {
        Some(body) => call.json(fresh(body)).await,
        None => call.await,
    }
}

/// The example with what must be unique made unique, so that it can be sent more than once.
fn fresh(mut body: Value) -> Value {
    if body.get("sku").is_some() {
        body["sku"] = json!(unique("SKU"));
    }
    if body.get("email").is_some() {
        body["email"] = json!(format!("{}@example.com", unique("authorization")));
    }
    body
}
