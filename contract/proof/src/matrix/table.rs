//! The table, in the page and on the terminal.

use std::collections::BTreeMap;

use contract_proof::{faults::Fault, tools::Found};

const BEGIN: &str = "<!-- kill matrix: begin (written by `make contract-proof`) -->";
const END: &str = "<!-- kill matrix: end -->";
/// The fault of the server that has none.
const CORRECT: &str = "none";

/// What the tools say about one server.
#[derive(Debug)]
pub(crate) struct Row {
    /// None: the correct server.
    pub(crate) fault: Option<Fault>,
    pub(crate) replayer: Found,
    pub(crate) schemathesis: Option<String>,
}

impl Row {
    /// The name of its fault.
    pub(crate) fn name(&self) -> &'static str {
        self.fault.map_or(CORRECT, Fault::name)
    }

    /// Why the replayer does not pass here.
    pub(crate) fn problem(&self) -> Option<String> {
        let told = self.replayer.told();
        match self.fault {
            None if self.replayer.0.is_empty() => None,
            None => Some(format!("the replayer finds {told} on the correct server")),
            Some(fault) => {
                let expected = fault.expected().to_string();
                let is_found = self.replayer.0.contains(&expected);
                let name = fault.name();
                (!is_found).then(|| format!("{name}: the replayer finds {told} and not {expected}"))
            }
        }
    }

    /// Takes what was known about Schemathesis when it did not run.
    pub(crate) fn completed(mut self, known: &BTreeMap<String, String>) -> Self {
        let old = || {
            known
                .get(self.name())
                .cloned()
                .unwrap_or_else(|| "?".to_owned())
        };
        self.schemathesis = Some(self.schemathesis.clone().unwrap_or_else(old));
        self
    }

    pub(crate) fn line(&self) -> String {
        let mark = if self.problem().is_some() {
            "MISSED"
        } else {
            "ok"
        };
        let schemathesis = self.schemathesis.as_deref().unwrap_or("?");
        format!(
            "{mark:6} {:28} {:40} {schemathesis}",
            self.name(),
            self.replayer.told()
        )
    }

    fn cells(&self) -> String {
        let expected = self.fault.map_or_else(
            || "silence".to_owned(),
            |fault| fault.expected().to_string(),
        );
        let broken = self.fault.map_or("nothing", Fault::broken);
        let schemathesis = self.schemathesis.as_deref().unwrap_or("?");
        format!(
            "| `{}` | {broken} | {expected} | {} | {schemathesis} |",
            self.name(),
            self.replayer.told()
        )
    }
}

/// The table as Markdown.
pub(crate) fn draw(rows: &[Row]) -> String {
    let of_faults = || rows.iter().filter(|row| row.fault.is_some());
    let total = of_faults().count();
    let by_replayer = of_faults().filter(|row| row.problem().is_none()).count();
    let finds = |row: &&Row| {
        row.schemathesis
            .as_deref()
            .is_some_and(|told| told != "–" && told != "?")
    };
    let by_schemathesis = of_faults().filter(finds).count();
    let mut lines = vec![
        format!(
            "{total} faults: {by_replayer} are found by the replayer under the expected name, {by_schemathesis} by Schemathesis under any."
        ),
        String::new(),
        "| fault | what is broken | must be found as | replayer | Schemathesis |".to_owned(),
        "|---|---|---|---|---|".to_owned(),
    ];
    lines.extend(rows.iter().map(Row::cells));
    lines.join("\n")
}

/// The page with a new table. None: it has no place for one.
pub(crate) fn put(page: &str, rows: &[Row]) -> Option<String> {
    let (before, rest) = page.split_once(BEGIN)?;
    let (_, after) = rest.split_once(END)?;
    Some(format!("{before}{BEGIN}\n{}\n{END}{after}", draw(rows)))
}

/// What the page says about Schemathesis, by fault.
pub(crate) fn known(page: &str) -> BTreeMap<String, String> {
    let table = page
        .split_once(BEGIN)
        .and_then(|(_, rest)| rest.split_once(END));
    let lines = table.map_or("", |(table, _)| table).lines();
    lines
        .filter_map(|line| {
            let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
            let [name, _, _, _, schemathesis] = cells.as_slice() else {
                return None;
            };
            let name = name.strip_prefix('`')?.strip_suffix('`')?;
            Some((name.to_owned(), (*schemathesis).to_owned()))
        })
        .collect()
}
