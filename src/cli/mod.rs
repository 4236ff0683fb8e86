//! The command line: one file a command.

mod admin;
mod demo;
mod doctor;
mod healthcheck;
mod listen;
mod migrate;
mod record;
mod routes;
mod running;
mod secret;
mod serve;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// 預かり: the portal for the entrustment of personal data
#[derive(Parser)]
#[command(name = "azukari", version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run the portal: pages, mails and what runs by itself
    Serve(serve::Serve),
    /// Bring the database up to date
    Migrate(migrate::Migrate),
    /// Manage organisations and their first administrators
    Admin(admin::Admin),
    /// Start the demonstration, or do the whole job once and write its record
    Demo(demo::Demo),
    /// Issue the audit record of an entrustment
    Record(record::Record),
    /// Change the installation's secret, or tell which of its keys are in use
    Secret(secret::Secret),
    /// Tell what is unsafe: ends with 0 when nothing is, 1 when something is, 2 when it can't be told
    Doctor(doctor::Doctor),
    /// Ask the portal on this machine whether it is ready
    Healthcheck(healthcheck::Healthcheck),
    /// Print the route table
    Routes(routes::Routes),
}

/// Why a command ended badly, as the terminal shows it.
type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Parses the command line and runs the command.
#[must_use]
pub fn run() -> ExitCode {
    log();
    let done = match Cli::parse().command {
        Command::Serve(command) => serve::run(&command),
        Command::Migrate(command) => migrate::run(&command),
        Command::Admin(command) => admin::run(&command),
        Command::Demo(command) => demo::run(&command),
        Command::Record(command) => record::run(&command),
        Command::Routes(command) => routes::run(&command),
        Command::Secret(command) => secret::run(&command),
        Command::Healthcheck(command) => healthcheck::run(&command),
        Command::Doctor(command) => match doctor::run(&command) {
            Ok(code) => return code,
            Err(failure) => Err(failure),
        },
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("azukari: {failure}");
            ExitCode::FAILURE
        }
    }
}

/// Logs go to standard error: plain lines on a terminal, JSON otherwise.
fn log() {
    use std::io::IsTerminal as _;
    let filter = tracing_subscriber::EnvFilter::try_from_env("AZUKARI_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("info"));
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // A second start in one process keeps the first's logging.
    let _ = if std::io::stderr().is_terminal() {
        builder.compact().try_init()
    } else {
        builder.json().try_init()
    };
}
