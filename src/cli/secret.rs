//! `azukari secret`.

use std::collections::BTreeMap;

use clap::{Args, Subcommand};

use super::Failure;
use crate::actor::Actor;
use crate::clock::Clock;
use crate::config::Config;
use crate::japanese::jst_date;
use crate::server;
use crate::web::{Ctx, Language};

/// Change the installation's secret, or tell which of its keys are in use
#[derive(Args)]
pub(super) struct Secret {
    #[command(subcommand)]
    command: SecretCommand,
}

#[derive(Subcommand)]
enum SecretCommand {
    /// Put a new key before the others and renew what the database keeps under them
    Rotate(Config),
    /// Renew what the database keeps under older keys, after a key was added by hand
    Rewrap(Config),
    /// Tell which keys are in use and which may be removed
    Status(Config),
}

pub(super) fn run(command: &Secret) -> Result<(), Failure> {
    match &command.command {
        SecretCommand::Rotate(config) => {
            let ctx = open(config)?;
            ctx.portal.secret.rotate(jst_date(ctx.now))?;
            println!("new key {}", ctx.portal.secret.newest_id());
            rewrap(&ctx)
        }
        SecretCommand::Rewrap(config) => rewrap(&open(config)?),
        SecretCommand::Status(config) => status(&open(config)?),
    }
}

fn open(config: &Config) -> Result<Ctx, Failure> {
    Ok(Ctx::outside(config.open(Clock::System, false)?, Actor::Operator, Language::Ja))
}

/// One transaction a kind: cut off between two, the next run does the rest.
fn rewrap(ctx: &Ctx) -> Result<(), Failure> {
    for kind in server::sealed() {
        let renewed = ctx.write_now(|tx, ctx| (kind.renew)(tx, &ctx.portal.secret))?;
        println!("{}: {renewed} renewed", kind.what);
    }
    Ok(())
}

fn status(ctx: &Ctx) -> Result<(), Failure> {
    let mut uses: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for kind in server::sealed() {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for key in ctx.read_now(|c, ctx| (kind.keys)(c, &ctx.portal.secret))? {
            *counts.entry(key).or_default() += 1;
        }
        for (key, count) in counts {
            uses.entry(key).or_default().push(format!("{}: {count}", kind.what));
        }
    }
    for (place, key) in ctx.portal.secret.ids().into_iter().enumerate() {
        let used = uses.get(&key).map(|used| used.join(", "));
        let words = match (place, used) {
            (0, used) => format!("newest; {}", used.unwrap_or_else(|| "nothing kept under it yet".to_owned())),
            (_, Some(used)) => format!("needed for {used}: run azukari secret rewrap"),
            (_, None) => {
                "nothing is kept under it: its line may be removed when the sessions and invitations \
                 from before the rotation have ended (30 days)"
                    .to_owned()
            }
        };
        println!("{key}  {words}");
    }
    Ok(())
}
