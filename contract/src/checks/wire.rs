//! What a request looks like to the server. A negative case may turn out to keep to the document once it is sent:
//! parameters are texts on the wire, and what nobody declares is passed over.

use serde_json::{Map, Value};

use super::{
    media_type,
    subject::is_negative_at,
    text::{Types, readings},
};
use crate::{
    api::{Api, Location, Parameter, Schema},
    case::{Case, Payload},
    exchange::Sent,
    generate::{node::Source, values::Maker, wire},
};

/// Whether a server that reads generously may take the request for one that keeps to the document.
pub(super) fn may_be_valid(api: &Api, case: &Case, sent: &Sent) -> bool {
    !lacks_credentials(api, case, sent)
        && parameters(case).all(|(parameter, texts)| {
            if is_about_parts_of(api, case, parameter) {
                may_be_read(api, case, parameter)
            } else {
                takes(api, parameter, &texts)
            }
        })
        && body_may_be_valid(api, case)
}

/// Whether the case is about credentials, which are parameters to a server, too, and they are missing. What is made of
/// those that are there is for the checks of authorization.
fn lacks_credentials(api: &Api, case: &Case, sent: &Sent) -> bool {
    let Some(about) = &case.origin.parameter else {
        return false;
    };
    let ways = case.operation.security.iter();
    let mut names = ways.flat_map(|way| way.schemes.iter().map(|(name, _)| name));
    names.any(|name| {
        let Some(scheme) = api.schemes.get(name) else {
            return false;
        };
        let is_about = scheme.write("").is_some_and(|(location, name, _)| {
            case.origin.location == Some(location) && name.eq_ignore_ascii_case(about)
        });
        is_about && !super::carries(sent, scheme)
    })
}

/// Every declared parameter with the texts that are sent for it.
fn parameters(case: &Case) -> impl Iterator<Item = (&Parameter, Vec<&str>)> {
    case.operation.parameters.iter().map(|parameter| {
        let name = parameter.name.as_str();
        let texts = match parameter.location {
            Location::Path => case
                .path
                .get(name)
                .map(String::as_str)
                .into_iter()
                .collect(),
            Location::Query => named(&case.query, name),
            Location::Cookie => named(&case.cookies, name),
            // Blanks around the value are no part of it.
            Location::Header | Location::Body => case
                .headers
                .iter()
                .filter(|(known, _)| known.eq_ignore_ascii_case(name))
                .map(|(_, value)| value.trim_matches([' ', '\t']))
                .collect(),
        };
        (parameter, texts)
    })
}

fn named<'c>(pairs: &'c [(String, String)], name: &str) -> Vec<&'c str> {
    let pairs = pairs.iter().filter(|(known, _)| known == name);
    pairs.map(|(_, value)| value.as_str()).collect()
}

/// Whether a case was made here to break a list or an object. What others made is not known so well: a value that is
/// sent twice may be a list to them.
fn is_about_parts_of(api: &Api, case: &Case, parameter: &Parameter) -> bool {
    let origin = &case.origin;
    let is_about = origin.location == Some(parameter.location)
        && origin
            .parameter
            .as_ref()
            .is_some_and(|name| name.eq_ignore_ascii_case(&parameter.name));
    is_about
        && origin.place.is_some()
        && origin.scenario != "duplicate_parameter"
        && (parameter.media_type.is_some()
            || Types::of(&api.schemas, &parameter.schema.value).has_parts())
}

fn may_be_read(api: &Api, case: &Case, parameter: &Parameter) -> bool {
    let name = parameter.name.as_str();
    let inside = format!("{name}[");
    let is_spread = parameter.style == "form" && parameter.explode;
    let others = &case.operation.parameters;
    let of = |pairs: &[(String, String)]| -> wire::Pairs {
        let belongs = |known: &str| {
            known == name
                || known.starts_with(&inside)
                || (is_spread && !others.iter().any(|other| other.name == known))
        };
        let pairs = pairs.iter().filter(|(known, _)| belongs(known));
        pairs.cloned().collect()
    };
    let alone = |text: Option<&str>| text.map(|text| (name.to_owned(), text.to_owned()));
    let pairs = match parameter.location {
        Location::Path => {
            let text = case.path.get(name).map(String::as_str);
            alone(text).into_iter().collect()
        }
        Location::Query => of(&case.query),
        Location::Cookie => of(&case.cookies),
        Location::Header | Location::Body => alone(case.header(name)).into_iter().collect(),
    };
    let source = Source {
        schema: &parameter.schema,
        schemas: &api.schemas,
    };
    let mut maker = Maker::new(source, 0, Vec::new(), None);
    wire::may_be_readable(&mut maker, parameter, &pairs)
}

/// Servers read one of several values, and how arrays and objects are read cannot be known.
fn takes(api: &Api, parameter: &Parameter, texts: &[&str]) -> bool {
    let types = Types::of(&api.schemas, &parameter.schema.value);
    if texts.is_empty() {
        return !parameter.is_required;
    }
    if parameter.media_type.is_some() || types.has_parts() {
        return true;
    }
    texts.iter().any(|text| is_read(parameter, &types, text))
}

fn is_read(parameter: &Parameter, types: &Types, text: &str) -> bool {
    let mut readings = readings(types, text).into_iter();
    readings.any(|reading| parameter.schema.takes(&reading))
}

/// Whether a valid value is sent for a parameter of the query that is no list.
pub(crate) fn has_valid_query(api: &Api, case: &Case) -> bool {
    let mut parameters = case.operation.parameters_in(Location::Query);
    parameters.any(|parameter| {
        let types = Types::of(&api.schemas, &parameter.schema.value);
        let texts = named(&case.query, &parameter.name);
        !types.names("array") && texts.iter().any(|text| is_read(parameter, &types, text))
    })
}

fn body_may_be_valid(api: &Api, case: &Case) -> bool {
    let Some(declared) = &case.operation.body else {
        return true;
    };
    let Some(payload) = &case.body else {
        return !declared.is_required;
    };
    let sent = media_type::parse(&payload.media_type);
    let found = declared.media.iter().find(|(name, _)| {
        let wanted = media_type::parse(name);
        matches!((&wanted, &sent), (Some(wanted), Some(sent)) if media_type::matches(wanted, sent))
    });
    let Some((_, media)) = found else {
        return false;
    };
    let (Some(schema), Some(sent)) = (&media.schema, sent) else {
        return true;
    };
    match (sent.0.as_str(), sent.1.as_str()) {
        // Whatever is sent is a text.
        ("text", "plain") | ("application", "octet-stream") => true,
        ("application", "x-www-form-urlencoded") => form_may_be_valid(api, schema, payload),
        _ if media_type::reader(&sent) == Some(media_type::Reader::Json) => {
            is_valid_json(schema, payload)
        }
        // Nobody here reads it: what the case says of itself counts.
        _ => !is_negative_at(case, Location::Body) && case.origin.location != Some(Location::Body),
    }
}

fn is_valid_json(schema: &Schema, payload: &Payload) -> bool {
    if let Some(value) = payload.json() {
        return schema.takes(value);
    }
    serde_json::from_slice(&payload.bytes()).is_ok_and(|value| schema.takes(&value))
}

/// Each field may be read as a text or as what its text is in JSON.
fn form_may_be_valid(api: &Api, schema: &Schema, payload: &Payload) -> bool {
    let bytes = payload.bytes();
    let shape = api.schemas.follow(&schema.value);
    let mut form = Map::new();
    for (name, text) in url::form_urlencoded::parse(&bytes) {
        let property = shape
            .get("properties")
            .and_then(|properties| properties.get(name.as_ref()))
            .unwrap_or(&Value::Null);
        let mut readings = vec![Value::from(text.as_ref())];
        readings.extend(serde_json::from_str::<Value>(&text).ok());
        let validator = schema.compile_beside(property).ok();
        let fitting = readings.iter().position(|reading| {
            validator
                .as_ref()
                .is_none_or(|validator| validator.is_valid(reading))
        });
        let reading = readings.swap_remove(fitting.unwrap_or(0));
        form.insert(name.into_owned(), reading);
    }
    schema.takes(&Value::Object(form))
}
