//! The kill matrix: every fault of the catalogue, and what `contract replay` and Schemathesis find of it.
//!
//! Ends with 1 when the replayer misses a fault, calls it something else only, or finds anything on the correct server.

mod agreement;
mod schemathesis;
mod speed;
mod table;

use std::{io::Write, path::PathBuf, process::ExitCode, sync::Arc};

use clap::Parser;
use contract_proof::{
    faults::Fault,
    replayer, server,
    tools::{Failed, Tools},
};
use tokio::{sync::Semaphore, task::JoinSet};

use agreement::Agreement;
use table::Row;

#[derive(Debug, Parser)]
struct Arguments {
    /// The `st` command; without it only the replayer runs, and the table keeps what it says about Schemathesis.
    #[arg(long)]
    schemathesis: Option<PathBuf>,
    /// Only these faults; the page is left as it is.
    #[arg(long, value_delimiter = ',', value_parser = named)]
    faults: Vec<Fault>,
    /// The page with the table.
    #[arg(long, default_value = "contract/README.md")]
    page: PathBuf,
    /// How many faults are tested at once.
    #[arg(long, default_value_t = 2)]
    jobs: usize,
    /// Rounds of the comparison of speed; 0 leaves it out.
    #[arg(long, default_value_t = 3)]
    rounds: usize,
}

fn named(name: &str) -> Result<Fault, String> {
    Fault::named(name)
        .ok_or_else(|| format!("no fault is called `{name}`; `faulty --list` prints them"))
}

#[tokio::main]
async fn main() -> ExitCode {
    let outcome = prove(Arguments::parse()).await;
    match outcome {
        Ok(problems) if problems.is_empty() => {
            say("proof: every fault is found, and the correct server is left alone");
            ExitCode::SUCCESS
        }
        Ok(problems) => {
            for problem in &problems {
                say(&format!("proof: {problem}"));
            }
            ExitCode::FAILURE
        }
        Err(failed) => {
            say(&format!("proof: {failed}"));
            ExitCode::from(3)
        }
    }
}

/// Whoever reads the output may have read enough.
pub(crate) fn say(line: &str) {
    let _ = writeln!(std::io::stdout(), "{line}");
}

/// Runs everything; gives what is wrong.
async fn prove(arguments: Arguments) -> Result<Vec<String>, Failed> {
    // Built beside this command.
    let own = std::env::current_exe().map_err(|error| Failed(error.to_string()))?;
    let tools = Arc::new(Tools::new(
        &own.with_file_name("replayer"),
        arguments.schemathesis.as_deref(),
    )?);
    let (rows, agreement) = run_all(&tools, &arguments).await?;
    let mut problems: Vec<String> = rows.iter().filter_map(Row::problem).collect();
    let old = std::fs::read_to_string(&arguments.page)
        .map_err(|error| Failed::of(&arguments.page, &error))?;
    let known = table::known(&old);
    let rows: Vec<Row> = rows.into_iter().map(|row| row.completed(&known)).collect();
    say("");
    say(&table::draw(&rows));
    if tools.schemathesis.is_some() {
        say(&format!("\n{}", agreement.told()));
        problems.extend(agreement.differing);
    }
    if arguments.faults.is_empty() {
        let new = table::put(&old, &rows).ok_or_else(|| {
            Failed(format!(
                "{} has no place for the table",
                arguments.page.display()
            ))
        })?;
        std::fs::write(&arguments.page, new)
            .map_err(|error| Failed::of(&arguments.page, &error))?;
        if tools.schemathesis.is_some() && arguments.rounds > 0 {
            say(&speed::compare(&tools, arguments.rounds).await?);
        }
    }
    Ok(problems)
}

/// One row for the correct server and one for each fault, in the order of the catalogue.
async fn run_all(
    tools: &Arc<Tools>,
    arguments: &Arguments,
) -> Result<(Vec<Row>, Agreement), Failed> {
    let chosen = if arguments.faults.is_empty() {
        Fault::ALL
    } else {
        &arguments.faults
    };
    let servers = [None].into_iter().chain(chosen.iter().copied().map(Some));
    let gate = Arc::new(Semaphore::new(arguments.jobs.max(1)));
    let mut running = JoinSet::new();
    for (number, fault) in servers.enumerate() {
        let (tools, gate) = (Arc::clone(tools), Arc::clone(&gate));
        running.spawn(async move {
            let _permit = gate.acquire().await;
            test(&tools, fault).await.map(|tested| (number, tested))
        });
    }
    let mut rows = Vec::new();
    let mut agreement = Agreement::default();
    while let Some(done) = running.join_next().await {
        let (number, (row, agreed)) = done.map_err(|error| Failed(error.to_string()))??;
        say(&row.line());
        agreement.add(agreed);
        rows.push((number, row));
    }
    rows.sort_by_key(|(number, _)| *number);
    Ok((rows.into_iter().map(|(_, row)| row).collect(), agreement))
}

/// Each tool gets a server of its own, as it is after its start.
async fn test(tools: &Tools, fault: Option<Fault>) -> Result<(Row, Agreement), Failed> {
    let start = async || {
        server::start(fault, 0)
            .await
            .map_err(|error| Failed(error.to_string()))
    };
    let running = start().await?;
    let replayer = replayer::find(tools, &running.url(), &[]).await?;
    drop(running);
    let mut row = Row {
        fault,
        replayer,
        schemathesis: None,
    };
    let mut agreement = Agreement::default();
    if tools.schemathesis.is_some() {
        let running = start().await?;
        let (found, mut agreed) = schemathesis::find(tools, &running.url()).await?;
        agreed.name(row.name());
        row.schemathesis = Some(found.told());
        agreement.add(agreed);
    }
    Ok((row, agreement))
}
