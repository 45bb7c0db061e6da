//! `[auth]`: credentials by security scheme, fixed or fetched before the run, and the file of accounts.

use std::{collections::BTreeMap, path::PathBuf};

use indexmap::IndexMap;
use toml::Value as Toml;

use super::{File, values::Reader};
use crate::config::{People, Secret};

impl Reader<'_> {
    pub(super) fn auth(&mut self, value: &Toml, file: &mut File) {
        for (name, value) in self.table("auth", value).into_iter().flatten() {
            match name.as_str() {
                "openapi" => {
                    for (scheme, value) in self.table("auth.openapi", value).into_iter().flatten() {
                        let key = format!("auth.openapi.{scheme}");
                        if let Some(secret) = self.fixed(&key, value) {
                            file.secrets.insert(scheme.clone(), secret);
                        }
                    }
                }
                "dynamic" => {
                    let schemes = value.get("openapi").and_then(Toml::as_table);
                    for (scheme, value) in schemes.into_iter().flatten() {
                        let key = format!("auth.dynamic.openapi.{scheme}");
                        if let Some(secret) = self.fetched(&key, value) {
                            file.secrets.insert(scheme.clone(), secret);
                        }
                    }
                }
                "wfc" => file.people = self.people(value),
                "basic" | "auto-signup" => self.ignored.push(format!("auth.{name}")),
                _ => self.unknown(&format!("auth.{name}")),
            }
        }
    }

    /// A file of accounts; its path is relative to the configuration's.
    fn people(&mut self, value: &Toml) -> Option<People> {
        let config = PathBuf::from(&self.name);
        let mut people = People::default();
        for (name, value) in self.table("auth.wfc", value)? {
            let key = format!("auth.wfc.{name}");
            match name.as_str() {
                "path" => {
                    let path = PathBuf::from(self.text(&key, value)?);
                    let beside = config.parent().map(|folder| folder.join(&path));
                    people.path = beside.filter(|beside| beside.exists()).unwrap_or(path);
                }
                "user" => people.user = self.text(&key, value),
                "peers" => {
                    let names = value.as_array().map_or(&[][..], Vec::as_slice).iter();
                    people.peers = names.filter_map(|name| self.text(&key, name)).collect();
                }
                "refresh_interval" => self.ignored.push(key),
                _ => self.unknown(&key),
            }
        }
        if people.path.as_os_str().is_empty() {
            self.problem("auth.wfc", "needs `path`");
            return None;
        }
        Some(people)
    }

    fn fixed(&mut self, key: &str, value: &Toml) -> Option<Secret> {
        let table = self.table(key, value)?;
        for name in ["bearer", "api_key"] {
            if let Some(value) = table.get(name) {
                return self
                    .text(&format!("{key}.{name}"), value)
                    .map(Secret::Fixed);
            }
        }
        let (Some(user), Some(password)) = (table.get("username"), table.get("password")) else {
            self.problem(
                key,
                "needs `bearer`, `api_key`, or `username` and `password`",
            );
            return None;
        };
        let user = self.text(key, user)?;
        let password = self.text(key, password)?;
        Some(Secret::Fixed(base64_of(&format!("{user}:{password}"))))
    }

    fn fetched(&mut self, key: &str, value: &Toml) -> Option<Secret> {
        let table = self.table(key, value)?;
        let mut found = BTreeMap::new();
        let mut payload = IndexMap::new();
        for (name, value) in table {
            let whole = format!("{key}.{name}");
            match name.as_str() {
                "path" | "method" | "extract_selector" => {
                    found.insert(name.as_str(), self.text(&whole, value)?);
                }
                "payload" => {
                    for (name, value) in self.table(&whole, value).into_iter().flatten() {
                        payload.insert(name.clone(), self.text(&format!("{whole}.{name}"), value)?);
                    }
                }
                "extract_from" if value.as_str() == Some("body") => {}
                "extract_from" => self.problem(&whole, "can only be \"body\" here"),
                "payload_content_type" | "retry_on" => self.ignored.push(whole),
                _ => self.unknown(&whole),
            }
        }
        let (Some(path), Some(pointer)) = (found.remove("path"), found.remove("extract_selector"))
        else {
            self.problem(key, "needs `path` and `extract_selector`");
            return None;
        };
        Some(Secret::Fetched {
            method: found
                .remove("method")
                .unwrap_or_else(|| "POST".to_owned())
                .to_ascii_uppercase(),
            path,
            payload,
            pointer,
        })
    }
}

fn base64_of(text: &str) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD.encode(text)
}
