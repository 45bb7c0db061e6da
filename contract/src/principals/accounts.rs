//! Accounts as the Web Fuzzing Commons write them (`auth.wfc` in the configuration): headers that are always sent, or a
//! request that fetches a token.

use indexmap::{IndexMap, IndexSet};
use openapi_codegen::tree::Node;
use serde_json::{Map, Value};

use super::{Principal, SignIn};
use crate::{
    api::{Api, Location},
    config::People,
    expression::Expression,
    script::{
        Environment, Scope, Step, Template,
        source::{Notes, Source},
    },
};

/// The value that the request for a token gives.
const TOKEN: &str = "token";

/// Everybody in a file: the usual caller first. Who is no peer of others is taken to see everybody's objects.
pub(super) fn read(
    people: &People,
    api: &Api,
    environment: Environment<'_>,
) -> Result<IndexMap<String, Principal>, String> {
    let mut source = Source::read(&people.path);
    let mut known = {
        let (root, mut notes) = source.open();
        root.map(|root| accounts(root, api, environment, &mut notes))
            .unwrap_or_default()
    };
    let place = people.path.display();
    let is_read = source.problems.is_empty();
    let named: IndexSet<&String> = people.user.iter().chain(&people.peers).collect();
    for name in named {
        if is_read && !known.contains_key(name) {
            let problem = format!("{place}: there is no account `{name}`, which `auth.wfc` names");
            source.problems.push(problem);
        }
    }
    if !source.problems.is_empty() {
        return Err(source.problems.join("\n"));
    }
    for (name, principal) in &mut known {
        principal.oversees = !people.peers.contains(name);
    }
    if let Some(at) = people
        .user
        .as_ref()
        .and_then(|user| known.get_index_of(user))
    {
        known.move_index(at, 0);
    }
    Ok(known)
}

fn accounts(
    root: &Node,
    api: &Api,
    environment: Environment<'_>,
    notes: &mut Notes<'_>,
) -> IndexMap<String, Principal> {
    let keys = ["schemaVersion", "auth", "authTemplate", "configs"];
    let members = notes.members(root, "a file of accounts", &keys);
    let of = |wanted: &str| members.iter().find(|(name, _)| *name == wanted);
    let template = of("authTemplate").map(|(_, node)| *node);
    let Some((_, listed)) = of("auth") else {
        notes.problem(root, "there is no `auth`");
        return IndexMap::new();
    };
    let mut known = IndexMap::new();
    for node in notes.items(listed, "`auth`") {
        let Some(name) = node.get("name").and_then(|name| notes.text(name, "`name`")) else {
            notes.problem(node, "an account needs a `name`");
            continue;
        };
        let reader = Reader {
            api,
            environment,
            account: node,
            template,
        };
        known.insert(name, reader.principal(notes));
    }
    known
}

struct Reader<'r> {
    api: &'r Api,
    environment: Environment<'r>,
    account: &'r Node,
    /// What all accounts share; what an account says itself wins.
    template: Option<&'r Node>,
}

impl<'r> Reader<'r> {
    /// A part of the account, else of what all accounts share.
    fn part(&self, path: &[&str]) -> Option<&'r Node> {
        let inside = |node: &'r Node| {
            let mut node = Some(node);
            for key in path {
                node = node.and_then(|node| node.get(key));
            }
            node
        };
        inside(self.account).or_else(|| self.template.and_then(inside))
    }

    fn text(&self, path: &[&str]) -> Option<&'r str> {
        self.part(path).and_then(Node::as_str)
    }

    fn principal(&self, notes: &mut Notes<'_>) -> Principal {
        let mut principal = Principal::default();
        for header in self
            .part(&["fixedHeaders"])
            .and_then(Node::as_array)
            .unwrap_or_default()
        {
            let part = |key: &str| header.get(key).and_then(Node::as_str);
            let (Some(name), Some(value)) = (part("name"), header.get("value")) else {
                notes.problem(header, "a header needs a `name` and a `value`");
                continue;
            };
            let value = Template::read(value, &Scope::default(), self.environment, notes);
            let Template::Plain(Value::String(value)) = value else {
                continue;
            };
            if let Some((scheme, secret)) =
                self.scheme((Location::Header, name), &value, header, notes)
            {
                principal.secrets.insert(scheme, secret);
            }
        }
        // Whoever has a header of their own does not log in because others do.
        let logs_in =
            principal.secrets.is_empty() || self.account.get("loginEndpointAuth").is_some();
        if let Some(login) = self.part(&["loginEndpointAuth"]).filter(|_| logs_in) {
            principal.sign_in = self.log_in(login, notes);
        }
        principal
    }

    /// The scheme that sends something at a place, and the secret in what is sent.
    fn scheme(
        &self,
        (location, name): (Location, &str),
        value: &str,
        node: &Node,
        notes: &mut Notes<'_>,
    ) -> Option<(String, String)> {
        let mut schemes = self.api.schemes.iter();
        let found = schemes.find_map(|(known, scheme)| {
            let (place, written, prefix) = scheme.write("")?;
            let is_there = place == location && written.eq_ignore_ascii_case(name);
            let head = value.get(..prefix.len())?;
            let fits = is_there && head.eq_ignore_ascii_case(&prefix);
            fits.then(|| {
                (
                    known.clone(),
                    value.get(prefix.len()..).unwrap_or_default().to_owned(),
                )
            })
        });
        if found.is_none() {
            notes.problem(
                node,
                format!(
                    "no security scheme of the document sends `{name}` in this way as a {location}"
                ),
            );
        }
        found
    }

    fn log_in(&self, node: &Node, notes: &mut Notes<'_>) -> Option<SignIn> {
        const AT: &str = "loginEndpointAuth";
        let place = notes.place(node);
        let Some(endpoint) = self.text(&[AT, "endpoint"]) else {
            notes.problem(
                node,
                "a log-in needs an `endpoint`: a path at the server under test",
            );
            return None;
        };
        let method = self
            .text(&[AT, "verb"])
            .unwrap_or("POST")
            .to_ascii_uppercase();
        let token = |key: &str| self.text(&[AT, "token", key]);
        let (Some(selector), Some(name)) = (token("extractSelector"), token("sendName")) else {
            notes.problem(
                node,
                "a log-in needs a `token` with `extractSelector` and `sendName`; log-ins that answer with a cookie alone need a file of principals",
            );
            return None;
        };
        let expression = match token("extractFrom") {
            Some("header") => format!("$response.header.{selector}"),
            _ => format!("$response.body#{selector}"),
        };
        let expression = Expression::parse(&expression)
            .map_err(|problem| notes.problem(node, problem))
            .ok()?;
        let location = match token("sendIn") {
            Some("query") => Location::Query,
            Some("cookie") => Location::Cookie,
            _ => Location::Header,
        };
        let sent = token("sendTemplate").unwrap_or("{token}");
        let (scheme, secret) = self.scheme((location, name), sent, node, notes)?;
        if secret != "{token}" {
            notes.problem(
                node,
                format!("`sendTemplate` ends in {{token}}, and `{sent}` does not"),
            );
            return None;
        }
        let fixed = |text: &str| {
            let text = text.to_owned();
            Template::Plain(Value::String(text))
        };
        let payload = match self.text(&[AT, "payloadRaw"]) {
            Some(text) => serde_json::from_str(text).map_or_else(|_| fixed(text), Template::Plain),
            None => self.user_and_password(AT, notes),
        };
        let media_type = self
            .text(&[AT, "contentType"])
            .unwrap_or("application/json");
        let step = Step::fetching(
            self.api,
            (&method, endpoint),
            (media_type, payload),
            (TOKEN, expression),
            place,
        );
        Some(SignIn {
            values: IndexMap::new(),
            steps: vec![step],
            secrets: IndexMap::from([(scheme, Template::captured(TOKEN))]),
        })
    }

    fn user_and_password(&self, at: &str, notes: &mut Notes<'_>) -> Template {
        let mut members = Map::new();
        for (field, value) in [("usernameField", "username"), ("passwordField", "password")] {
            let part = |key: &str| self.part(&[at, "payloadUserPwd", key]);
            if let (Some(field), Some(value)) = (part(field), part(value)) {
                let field = notes.text(field, "the name of a field").unwrap_or_default();
                let value = Template::read(value, &Scope::default(), self.environment, notes);
                if let Template::Plain(value) = value {
                    members.insert(field, value);
                }
            }
        }
        Template::Plain(Value::Object(members))
    }
}
