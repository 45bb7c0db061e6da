//! What stands in `deploy/`, `.env.example` and `docs/operations.md` fits the program: names, addresses, times.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    time::Duration,
};

use waybill::config::{Config, Sources, load};
use yaml_serde::Value;

use crate::support::{block_on, process};

/// Strong enough for production, and letters only, because they also become part of addresses.
const STRONG: [&str; 3] = [
    "r7Qw1Zk0vX9sT4yU8pL2mN6bV3cX5zA1dF7gH9jK",
    "pO9iU7yT5rE3wQ1aS2dF4gH6jK8lZ0xC3vB5nM7q",
    "Hy6Rt2Pq9Lm4Xc8Vb1Nz7Ks3Dj5Wf0GaTe5Uo8Iw",
];

fn top(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn read(path: &str) -> String {
    std::fs::read_to_string(top(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn compose() -> Value {
    yaml_serde::from_str(&read("deploy/compose.yaml")).expect("compose.yaml is YAML")
}

/// The configuration that these variables make, or every problem with it.
fn configured(environment: BTreeMap<String, String>) -> Result<Config, String> {
    let nowhere = PathBuf::from("/nonexistent");
    let sources = Sources {
        file: None,
        dotenv: nowhere.clone(),
        environment,
        data_dir: nowhere,
    };
    load(&sources)
        .map(|loaded| loaded.config)
        .map_err(|error| error.to_string())
}

/// The variables of a file of `NAME=value` lines; comments that hold one count when `commented`.
fn variables(text: &str, commented: bool) -> BTreeMap<String, String> {
    text.lines()
        .map(|line| match line.strip_prefix("# ") {
            Some(rest) if commented => rest,
            _ => line,
        })
        .filter_map(|line| line.split_once('='))
        .filter(|(name, _)| {
            !name.is_empty() && name.bytes().all(|b| b.is_ascii_uppercase() || b == b'_')
        })
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

/// Puts values in place of `${NAME}`, `${NAME:?why}` and `${NAME:-default}`; notes the names.
fn substituted(
    text: &str,
    values: &BTreeMap<String, String>,
    asked: &mut BTreeSet<String>,
) -> String {
    let mut rest = text;
    let mut whole = String::new();
    while let Some((before, after)) = rest.split_once("${") {
        let (inside, after) = after.split_once('}').expect("a closed variable");
        let end = inside.find(':').unwrap_or(inside.len());
        let (name, rule) = inside.split_at(end);
        asked.insert(name.to_owned());
        whole.push_str(before);
        match values.get(name).filter(|value| !value.is_empty()) {
            Some(value) => whole.push_str(value),
            None => whole.push_str(
                rule.strip_prefix(":-")
                    .unwrap_or_else(|| panic!("{name} has no value and no default")),
            ),
        }
        rest = after;
    }
    whole + rest
}

#[test]
fn the_composed_instances_start_with_a_configuration_that_production_accepts() {
    let example = variables(&read("deploy/compose.env.example"), false);
    let mut filled = example.clone();
    for (name, value) in [
        ("POSTGRES_PASSWORD", STRONG[2]),
        ("JWT_SECRET", STRONG[0]),
        ("JWT_REFRESH_SECRET", STRONG[1]),
        ("GRAFANA_PASSWORD", STRONG[2]),
    ] {
        assert!(filled.contains_key(name), "the example asks for {name}");
        filled.insert(name.to_owned(), value.to_owned());
    }
    let mut asked = BTreeSet::new();
    let compose = compose();
    let environment = compose["services"]["waybill"]["environment"]
        .as_mapping()
        .expect("variables")
        .iter()
        .map(|(name, value)| {
            let value = value.as_str().expect("a text");
            (
                name.as_str().expect("a name").to_owned(),
                substituted(value, &filled, &mut asked),
            )
        })
        .collect();

    let config = configured(environment).unwrap_or_else(|problems| panic!("{problems}"));

    assert!(config.redis.is_some(), "instances share their limits");
    let network = compose["networks"]["inside"]["ipam"]["config"][0]["subnet"]
        .as_str()
        .expect("a network");
    let balancer = network.split('/').next().unwrap();
    assert!(
        config.server.trusts(balancer.parse().unwrap()),
        "the balancer's word counts"
    );

    // The example names exactly what the file asks for.
    let whole = read("deploy/compose.yaml");
    let _ = substituted(
        &whole[whole.find("services:").unwrap()..],
        &filled,
        &mut asked,
    );
    let named: BTreeSet<String> = example.into_keys().collect();
    assert_eq!(asked, named);
}

#[test]
fn what_compose_mounts_and_builds_is_there() {
    let compose = compose();
    let services = compose["services"].as_mapping().expect("services");
    let mut checked = 0;
    for (name, service) in services {
        let Some(volumes) = service["volumes"].as_sequence() else {
            continue;
        };
        for volume in volumes {
            let source = volume
                .as_str()
                .and_then(|text| text.split(':').next())
                .unwrap();
            if source.starts_with('.') {
                assert!(
                    top("deploy").join(source).exists(),
                    "{name:?} mounts {source}"
                );
                checked += 1;
            } else {
                assert!(
                    compose["volumes"].get(source).is_some(),
                    "{name:?} uses {source}"
                );
            }
        }
    }
    assert!(checked >= 4, "balancer, Prometheus and Grafana have files");
    let dockerfile = compose["services"]["waybill"]["build"]["dockerfile"]
        .as_str()
        .unwrap();
    assert!(top(dockerfile).exists());
    assert!(top(&format!("{dockerfile}.dockerignore")).exists());
}

#[test]
fn a_stop_never_becomes_a_kill() {
    let environment = [
        ("JWT_SECRET", STRONG[0]),
        ("JWT_REFRESH_SECRET", STRONG[1]),
        ("APP_ENV", "production"),
    ];
    let config = configured(
        environment
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .into(),
    )
    .expect("the defaults");
    let seconds = |text: &str| {
        Duration::from_secs(
            text.trim_end_matches('s')
                .parse()
                .expect("a number of seconds"),
        )
    };

    let compose = compose();
    let grace = compose["services"]["waybill"]["stop_grace_period"]
        .as_str()
        .unwrap();
    assert!(seconds(grace) > config.server.shutdown_timeout);

    let unit = read("deploy/waybill.service");
    let stop = unit
        .lines()
        .find_map(|line| line.strip_prefix("TimeoutStopSec="))
        .unwrap();
    assert!(seconds(stop) > config.server.shutdown_timeout);
    let files: u32 = unit
        .lines()
        .find_map(|line| line.strip_prefix("LimitNOFILE="))
        .and_then(|text| text.parse().ok())
        .unwrap();
    assert!(
        files > config.server.max_connections,
        "each connection is a descriptor"
    );

    // The balancer waits longer than the server, so that the server's answer arrives.
    let haproxy = read("deploy/haproxy.cfg");
    let server = haproxy
        .lines()
        .find_map(|line| line.trim().strip_prefix("timeout server "))
        .unwrap();
    assert!(seconds(server) > config.server.heavy_timeout);
    assert!(haproxy.contains("uri /readyz"));
}

#[test]
fn the_image_is_built_with_a_known_compiler_and_runs_without_rights() {
    let dockerfile = read("deploy/Dockerfile");
    let image = dockerfile
        .lines()
        .find_map(|line| line.strip_prefix("FROM rust:"))
        .unwrap();
    let minor = |version: &str| -> u32 { version.split('.').nth(1).unwrap().parse().unwrap() };
    let version = image.split('-').next().unwrap();
    assert!(minor(version) >= minor(env!("CARGO_PKG_RUST_VERSION")));
    let user = dockerfile
        .lines()
        .rfind(|line| line.starts_with("USER "))
        .unwrap();
    assert!(!user.contains("root") && !user.starts_with("USER 0"));
}

#[test]
fn every_example_variable_is_one_that_the_server_reads() {
    let mut environment = variables(&read(".env.example"), true);
    assert!(environment.len() >= 10, "{environment:?}");
    for (name, value) in [
        ("JWT_SECRET", STRONG[0]),
        ("JWT_REFRESH_SECRET", STRONG[1]),
        ("JWT_FORMER_SECRETS", STRONG[2]),
    ] {
        assert!(
            environment
                .insert(name.to_owned(), value.to_owned())
                .is_some()
        );
    }
    // A name that no key has would be refused only when it looks like one of ours, so each is looked up.
    let known = read("src/config/default.toml");
    for name in environment.keys() {
        let key = format!("\n{} = ", name.to_lowercase());
        assert!(known.contains(&key), "{name} is no key");
    }
    let config = configured(environment).unwrap_or_else(|problems| panic!("{problems}"));
    assert!(config.auth.bootstrap_admin.is_some());
}

#[test]
fn the_operations_manual_names_only_what_exists() {
    let manual = read("docs/operations.md");
    let known = read("src/config/default.toml");
    let mut commands = BTreeSet::new();
    let mut keys = 0;
    for code in manual.split('`').skip(1).step_by(2) {
        let is_variable = code.len() > 5
            && code.contains('_')
            && code
                .bytes()
                .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_');
        if is_variable {
            keys += 1;
            let is_code_of_the_api = read("openapi/v1.yaml").contains(code);
            assert!(
                is_code_of_the_api || known.contains(&format!("\n{} = ", code.to_lowercase())),
                "`{code}` is neither a key nor a code"
            );
        }
    }
    assert!(keys > 10, "the manual speaks of the configuration");
    for line in manual.lines() {
        for start in line.match_indices("waybill ").map(|(at, _)| at) {
            let is_code = line[..start].ends_with('`') || line.trim_start().starts_with("waybill ");
            if !is_code {
                continue;
            }
            let words: Vec<&str> = line[start..]
                .split(|c: char| !c.is_ascii_lowercase() && c != ' ')
                .next()
                .unwrap_or_default()
                .split_whitespace()
                .skip(1)
                .collect();
            commands.insert(words.join(" "));
        }
    }
    assert!(commands.len() >= 5, "{commands:?}");
    block_on(async {
        let folder = tempfile::tempdir().unwrap();
        for command in &commands {
            let mut arguments: Vec<&str> = command.split(' ').take(2).collect();
            arguments.push("--help");
            let done = process::run(folder.path(), &arguments, &[]).await;
            assert!(
                done.status.success(),
                "waybill {command}: {}",
                process::text(&done)
            );
        }
    });
}
