//! The keys of what stands beside the server: Redis, mail, background work, traces.

use std::time::Duration;

use http::Uri;
use secrecy::SecretString;

use super::{read::Reader, sections::count, values};

/// What instances share beside the database.
#[derive(Debug, Clone)]
pub struct RedisConfig {
    /// Where it is.
    pub address: RedisAddress,
    /// What every key begins with, so that several deployments can share one Redis.
    pub prefix: String,
    /// The longest wait for an answer; a Redis that needs longer counts as away.
    pub timeout: Duration,
}

/// `REDIS_URL`.
#[derive(Debug, Clone)]
pub enum RedisAddress {
    /// One server.
    Single {
        /// The address as `redis` reads it; secret because it may hold a password.
        url: SecretString,
    },
    /// Several sentinels that know which server is the master.
    Sentinel {
        /// The sentinels.
        nodes: Vec<RedisNode>,
        /// The name of the watched master.
        service: String,
        /// Who logs in to the master, and how.
        credentials: Option<(String, SecretString)>,
    },
    /// Some nodes of a cluster.
    Cluster {
        /// Enough of them that one answers.
        nodes: Vec<RedisNode>,
        /// Who logs in, and how.
        credentials: Option<(String, SecretString)>,
    },
}

/// Where a sentinel or a node of a cluster listens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RedisNode {
    /// Name or address.
    pub host: String,
    /// Port.
    pub port: u16,
}

/// Background work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JobConfig {
    /// Jobs of one kind that are worked on at once; 0 leaves them to other instances.
    pub concurrency: u32,
    /// Tries of one job before it becomes a dead letter.
    pub attempts: u32,
}

/// Where traces go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TraceConfig {
    /// Base address of an OTLP collector; `None` makes no traces.
    pub endpoint: Option<String>,
}

const REDIS_FORMS: &str = "must begin with `redis://`, `rediss://`, `redis-sentinel://` or `redis-cluster://` and name a server";

#[expect(
    clippy::option_option,
    reason = "the outer one is a problem that was noted, the inner one the absence that is allowed"
)]
pub(super) fn redis(reader: &mut Reader) -> Option<Option<RedisConfig>> {
    let address = reader.parse_or_empty("redis_url", |text| {
        if text.is_empty() {
            return Ok(None);
        }
        redis_address(text).map(Some)
    });
    let prefix = reader.parse("redis_prefix", redis_prefix);
    let timeout = reader.parse("redis_timeout", values::duration);
    let (address, prefix, timeout) = (address?, prefix?, timeout?);
    Some(address.map(|address| RedisConfig {
        address,
        prefix,
        timeout,
    }))
}

/// Braces would move the hash tags that keep keys together on a cluster.
fn redis_prefix(text: &str) -> Result<String, String> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b":._-".contains(&byte);
    if text.len() <= 64 && text.bytes().all(is_plain) {
        return Ok(text.to_owned());
    }
    Err(format!(
        "`{text}` is no prefix; write up to 64 letters, digits, `:`, `.`, `_` or `-`"
    ))
}

/// The value may hold a password, so no message repeats it.
fn redis_address(text: &str) -> Result<RedisAddress, String> {
    let (scheme, rest) = text
        .split_once("://")
        .filter(|(_, rest)| !rest.is_empty())
        .ok_or(REDIS_FORMS)?;
    match scheme {
        "redis" | "rediss" => {
            let is_valid = text
                .parse::<Uri>()
                .is_ok_and(|uri| uri.host().is_some_and(|host| !host.is_empty()));
            if !is_valid || redis::Client::open(text).is_err() {
                return Err("is no address; write `redis://USER:PASSWORD@HOST:6379/0`".to_owned());
            }
            Ok(RedisAddress::Single {
                url: SecretString::from(text),
            })
        }
        "redis-sentinel" => {
            let (authority, service) = rest
                .split_once('/')
                .filter(|(_, service)| !service.is_empty())
                .ok_or(
                    "names no service; write `redis-sentinel://HOST:26379,HOST:26379/SERVICE`",
                )?;
            let (credentials, nodes) = authority_of(authority, 26379)?;
            Ok(RedisAddress::Sentinel {
                nodes,
                service: service.to_owned(),
                credentials,
            })
        }
        "redis-cluster" => {
            let (credentials, nodes) = authority_of(rest.trim_end_matches('/'), 6379)?;
            Ok(RedisAddress::Cluster { nodes, credentials })
        }
        _ => Err(REDIS_FORMS.to_owned()),
    }
}

type Authority = (Option<(String, SecretString)>, Vec<RedisNode>);

fn authority_of(text: &str, default_port: u16) -> Result<Authority, String> {
    let (credentials, nodes) = match text.rsplit_once('@') {
        None => (None, text),
        Some((credentials, nodes)) => {
            let (user, password) = credentials
                .split_once(':')
                .ok_or("has credentials without `:`; write `USER:PASSWORD@`")?;
            let user = if user.is_empty() { "default" } else { user };
            (Some((user.to_owned(), SecretString::from(password))), nodes)
        }
    };
    let nodes: Option<Vec<RedisNode>> = nodes
        .split(',')
        .map(|node| {
            let (host, port) = match node.rsplit_once(':') {
                Some((host, port)) => (host, port.parse().ok()?),
                None => (node, default_port),
            };
            (!host.is_empty()).then(|| RedisNode {
                host: host.to_owned(),
                port,
            })
        })
        .collect();
    let nodes = nodes.ok_or("names a node that is not `HOST` or `HOST:PORT`")?;
    Ok((credentials, nodes))
}

pub(super) fn jobs(reader: &mut Reader) -> Option<JobConfig> {
    let concurrency = reader.parse("job_concurrency", |text| count(text, 0, 1000));
    let attempts = reader.parse("job_attempts", |text| count(text, 1, 100));
    Some(JobConfig {
        concurrency: concurrency?,
        attempts: attempts?,
    })
}

pub(super) fn traces(reader: &mut Reader) -> Option<TraceConfig> {
    let endpoint = reader.parse_or_empty("otel_exporter_otlp_endpoint", |text| {
        if text.is_empty() {
            return Ok(None);
        }
        let is_http = text
            .parse::<Uri>()
            .is_ok_and(|uri| uri.scheme_str() == Some("http") && uri.query().is_none());
        is_http.then(|| Some(text.to_owned())).ok_or_else(|| {
            format!(
                "`{text}` is no address of a collector beside the server; write `http://HOST:4318`"
            )
        })
    });
    Some(TraceConfig {
        endpoint: endpoint?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node(host: &str, port: u16) -> RedisNode {
        RedisNode {
            host: host.to_owned(),
            port,
        }
    }

    #[test]
    fn redis_is_one_server_some_sentinels_or_a_cluster() {
        assert!(matches!(
            redis_address("redis://:secret@cache:6379/1"),
            Ok(RedisAddress::Single { .. })
        ));
        let sentinel = redis_address("redis-sentinel://ada:secret@a,b:7000/main").unwrap();
        let RedisAddress::Sentinel {
            nodes,
            service,
            credentials,
        } = sentinel
        else {
            panic!("{sentinel:?}")
        };
        assert_eq!(nodes, [node("a", 26379), node("b", 7000)]);
        assert_eq!(service, "main");
        assert_eq!(credentials.unwrap().0, "ada");
        let cluster = redis_address("redis-cluster://a:1,b:2").unwrap();
        assert!(
            matches!(cluster, RedisAddress::Cluster { nodes, .. } if nodes == [node("a", 1), node("b", 2)])
        );
    }

    #[test]
    fn a_prefix_moves_no_hash_tag() {
        assert_eq!(redis_prefix("shop:eu-1").unwrap(), "shop:eu-1");
        assert!(redis_prefix("shop{eu}").is_err());
        assert!(redis_prefix(&"s".repeat(65)).is_err());
    }

    #[test]
    fn what_names_no_server_is_refused_without_repeating_a_password() {
        for wrong in [
            "redis://",
            "http://secret@cache",
            "redis-sentinel://a:1",
            "redis-cluster://secret@a",
            "redis-cluster://a:secret",
            "redis://:secret@cache:6379/first",
        ] {
            let message = redis_address(wrong).unwrap_err();
            assert!(!message.contains("secret@"), "{wrong}: {message}");
        }
    }
}
