//! `[phases]`: which phases run, and how far they go.

use toml::Value as Toml;

use super::{File, values::Reader};
use crate::case::Phase;

/// The phases that Schemathesis has as well, by its names for them.
const SHARED: [(&str, Phase); 4] = [
    ("examples", Phase::Examples),
    ("coverage", Phase::Coverage),
    ("fuzzing", Phase::Random),
    ("stateful", Phase::Stateful),
];

impl Reader<'_> {
    pub(super) fn phases(&mut self, value: &Toml, file: &mut File) {
        for (name, value) in self.table("phases", value).into_iter().flatten() {
            let whole = format!("phases.{name}");
            let shared = SHARED.into_iter().find(|(known, _)| known == name);
            match (name.as_str(), shared) {
                ("enabled", _) => {
                    if let Some(flag) = self.flag(&whole, value) {
                        for (_, phase) in SHARED {
                            file.phases.entry(phase).or_insert(flag);
                        }
                    }
                }
                (_, Some((_, phase))) => self.phase(&whole, phase, value, file),
                (_, None) => self.unknown(&whole),
            }
        }
    }

    fn phase(&mut self, key: &str, phase: Phase, value: &Toml, file: &mut File) {
        for (name, value) in self.table(key, value).into_iter().flatten() {
            let whole = format!("{key}.{name}");
            match (phase, name.as_str()) {
                (_, "enabled") => {
                    if let Some(flag) = self.flag(&whole, value) {
                        file.phases.insert(phase, flag);
                    }
                }
                (Phase::Stateful, "max-steps") => file.max_steps = self.number(&whole, value),
                (Phase::Coverage, "unexpected-methods") => {
                    let methods = self.texts(&whole, value).into_iter();
                    let methods = methods.map(|method| method.to_ascii_uppercase());
                    file.unexpected_methods = Some(methods.collect());
                }
                _ => self.ignored.push(whole),
            }
        }
    }
}
