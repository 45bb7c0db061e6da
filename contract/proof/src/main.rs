//! The command that runs the test server by itself.

use std::{io::Write, process::ExitCode};

use clap::Parser;
use contract_proof::{faults::Fault, server};

/// A parcel depot that keeps to its contract, or breaks it in one way.
#[derive(Debug, Parser)]
struct Arguments {
    /// The fault; without one the server is correct.
    #[arg(long, value_parser = named)]
    fault: Option<Fault>,
    /// The port on the loopback; 0 takes a free one.
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// Print the faults: name, what must find it, what is broken.
    #[arg(long)]
    list: bool,
}

fn named(name: &str) -> Result<Fault, String> {
    Fault::named(name).ok_or_else(|| format!("no fault is called `{name}`; --list prints them"))
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "faulty: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: Arguments) -> std::io::Result<()> {
    let mut out = std::io::stdout();
    if arguments.list {
        for fault in Fault::ALL {
            let (name, expected) = (fault.name(), fault.expected().to_string());
            writeln!(out, "{name:28} {expected:20} {}", fault.broken())?;
        }
        return Ok(());
    }
    let mut running = server::start(arguments.fault, arguments.port).await?;
    writeln!(out, "{}", running.url())?;
    out.flush()?;
    running.wait().await;
    Ok(())
}
