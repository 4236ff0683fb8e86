//! `azukari serve`.

use std::net::TcpListener;

use clap::Args;

use super::listen::Listen;
use super::{Failure, running};
use crate::clock::Clock;
use crate::config::Config;
use crate::database::{Database, RowSecurity, Scope};
use crate::notice::MailConfig;

/// Run the portal: pages, mails and what runs by itself
#[derive(Args)]
pub(super) struct Serve {
    #[command(flatten)]
    config: Config,
    #[command(flatten)]
    mail: MailConfig,
    #[command(flatten)]
    listen: Listen,
    /// Threads that answer requests
    #[arg(long, env = "AZUKARI_WORKERS", default_value_t = 2)]
    workers: usize,
    /// Listen on other than loopback addresses although people come over plain HTTP
    #[arg(long, env = "AZUKARI_INSECURE_HTTP")]
    insecure_http: bool,
}

pub(super) fn run(command: &Serve) -> Result<(), Failure> {
    let listener = TcpListener::bind(&command.listen.address)?;
    let certificate = command.listen.certificate()?;
    let https = command.config.base_url.starts_with("https://");
    if let Some(fault) = fault(
        https,
        certificate.is_some(),
        listener.local_addr()?.ip().is_loopback(),
        command.insecure_http,
    ) {
        return Err(fault.into());
    }
    let portal = command.config.open(Clock::System, false)?;
    warn_of_row_security(&portal.database)?;
    let mailer = command.mail.mailer()?;
    if mailer.is_none() {
        tracing::warn!("no mail server is configured (--smtp-host): mails stay in the outbox");
    }
    actix_web::rt::System::new().block_on(async {
        tracing::info!(address = %listener.local_addr()?, "serving");
        running::until_stopped(portal, None, listener, command.workers, mailer, certificate)
            .await?;
        Ok(())
    })
}

/// Says so when the database doesn't hold organisations apart by itself.
fn warn_of_row_security(database: &Database) -> Result<(), Failure> {
    let stands = database.reader(&Scope::everything())?.row_security()?;
    let why = match stands {
        RowSecurity::Absent | RowSecurity::Held => return Ok(()),
        RowSecurity::Bypassed => "the database role is a superuser or has BYPASSRLS",
        RowSecurity::Missing => "a table has no policy: run `azukari migrate`",
    };
    tracing::warn!("row-level security doesn't hold: {why} (see docs/operating.md)");
    Ok(())
}

/// Why it would be unsafe to serve like this.
#[expect(clippy::fn_params_excessive_bools, reason = "four facts, each named where it is asked")]
fn fault(https: bool, tls: bool, loopback: bool, insecure: bool) -> Option<&'static str> {
    match (https, tls) {
        (false, true) => Some(
            "with a certificate, --base-url must begin with https://, or cookies would not be protected",
        ),
        (false, false) if !loopback && !insecure => Some(
            "passwords would cross the network in the clear: give --tls-certificate and --tls-key, or put a server \
             that speaks TLS in front and give an https:// address as --base-url; --insecure-http serves all the same",
        ),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::fault;

    #[test]
    fn plain_http_stays_on_this_machine_unless_it_is_wanted() {
        assert!(fault(false, false, false, false).unwrap().contains("--insecure-http"));
        assert!(fault(false, false, false, true).is_none());
        assert!(fault(false, false, true, false).is_none());
        assert!(fault(true, false, false, false).is_none(), "behind a proxy that speaks TLS");
        assert!(fault(true, true, false, false).is_none());
        assert!(fault(false, true, true, true).unwrap().contains("https://"));
    }
}
