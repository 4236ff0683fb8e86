//! `azukari doctor`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use clap::builder::PossibleValuesParser;

use super::Failure;
use super::listen::Listen;
use crate::clock::Clock;
use crate::config::Config;
use crate::doctor::{self, Asked, Verdict};
use crate::notice::MailConfig;

/// Tell what is unsafe: ends with 0 when nothing is, 1 when something is, 2 when it can't be told
#[derive(Args)]
pub(super) struct Doctor {
    #[command(flatten)]
    config: Config,
    #[command(flatten)]
    mail: MailConfig,
    #[command(flatten)]
    listen: Listen,
    /// The folder to which backups are written
    #[arg(long, env = "AZUKARI_BACKUPS")]
    backups: Option<PathBuf>,
    /// Checks to leave out, such as `clock` in a container
    #[arg(long, env = "AZUKARI_DOCTOR_SKIP", value_delimiter = ',', value_name = "CHECK",
          value_parser = PossibleValuesParser::new(doctor::names()))]
    skip: Vec<String>,
    /// As JSON: check, verdict, text
    #[arg(long)]
    json: bool,
}

pub(super) fn run(command: &Doctor) -> Result<ExitCode, Failure> {
    let asked = Asked {
        config: &command.config,
        mail: &command.mail,
        listen: &command.listen.address,
        certificate: command.listen.tls_certificate.as_deref(),
        certificate_key: command.listen.tls_key.as_deref(),
        backups: command.backups.as_deref(),
    };
    let findings = doctor::findings(&doctor::gather(asked, Clock::System.now()), &command.skip);
    if command.json {
        println!("{}", serde_json::to_string_pretty(&findings)?);
    } else {
        for finding in &findings {
            let mark = match finding.verdict {
                Verdict::Safe => "ok     ",
                Verdict::Unsafe => "UNSAFE ",
                Verdict::Unknown => "unknown",
                Verdict::Skipped => "skipped",
            };
            println!("{mark} {:12} {}", finding.check, finding.text);
        }
    }
    Ok(ExitCode::from(doctor::exit_code(&findings)))
}
