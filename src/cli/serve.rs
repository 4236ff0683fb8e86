//! `azukari serve`.

use std::net::TcpListener;

use clap::Args;

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
    /// Address and port to listen on
    #[arg(long, env = "AZUKARI_LISTEN", default_value = "127.0.0.1:8080")]
    listen: String,
    /// Threads that answer requests
    #[arg(long, env = "AZUKARI_WORKERS", default_value_t = 2)]
    workers: usize,
}

pub(super) fn run(command: &Serve) -> Result<(), Failure> {
    let listener = TcpListener::bind(&command.listen)?;
    let portal = command.config.open(Clock::System, false)?;
    warn_of_row_security(&portal.database)?;
    let mailer = command.mail.mailer()?;
    if mailer.is_none() {
        tracing::warn!("no mail server is configured (--smtp-host): mails stay in the outbox");
    }
    actix_web::rt::System::new().block_on(async {
        tracing::info!(address = %listener.local_addr()?, "serving");
        running::until_stopped(portal, None, listener, command.workers, mailer).await?;
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
