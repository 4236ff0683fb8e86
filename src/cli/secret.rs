//! `azukari secret`.

use chrono::{Days, NaiveDate};
use clap::{Args, Subcommand};

use super::Failure;
use crate::actor::Actor;
use crate::clock::Clock;
use crate::config::Config;
use crate::database;
use crate::japanese::jst_date;
use crate::secret::{KeyFacts, Sealed};
use crate::server;
use crate::web::{Ctx, Language};

/// Days for which a token may count that an older key signed: the longest life of an invitation.
const TOKENS: u64 = 60;

/// Change the installation's secret, or tell which of its keys are in use
#[derive(Args)]
pub(super) struct Secret {
    #[command(subcommand)]
    command: SecretCommand,
}

#[derive(Subcommand)]
enum SecretCommand {
    /// Tell which keys there are, what is kept under each, and which may be removed
    Status(Config),
    /// Put a new key before the others and renew what the database keeps; the older ones still read
    Rotate(Rotate),
    /// Renew what the database keeps under older keys
    Rewrap(Config),
    /// Take away an older key that is needed no longer
    Remove(Remove),
}

#[derive(Args)]
struct Rotate {
    #[command(flatten)]
    config: Config,
    /// Change nothing, but write the new text to standard output: for a secret that can't be written from here
    #[arg(long)]
    print: bool,
}

#[derive(Args)]
struct Remove {
    #[command(flatten)]
    config: Config,
    /// The key's name, as `azukari secret status` shows it
    key: String,
    /// Don't wait until what it signed has ended: its sessions and invitations end now
    #[arg(long)]
    at_once: bool,
    /// Change nothing, but write the new text to standard output
    #[arg(long)]
    print: bool,
}

pub(super) fn run(command: &Secret) -> Result<(), Failure> {
    match &command.command {
        SecretCommand::Status(config) => status(&open(config)?),
        SecretCommand::Rotate(command) => rotate(&open(&command.config)?, command.print),
        SecretCommand::Rewrap(config) => rewrap(&open(config)?),
        SecretCommand::Remove(command) => remove(&open(&command.config)?, command),
    }
}

/// The installation that is there already: these commands make none.
fn open(config: &Config) -> Result<Ctx, Failure> {
    if let Some(path) = config.secret_path().filter(|path| !path.exists()) {
        return Err(format!(
            "there is no secret at {}: it is made when the portal first starts there",
            path.display()
        )
        .into());
    }
    let ctx = Ctx::outside(config.open(Clock::System, false)?, Actor::Operator, Language::Ja);
    if ctx.read_now(|c, _| Ok(database::pending(c)?))? > 0 {
        return Err("the database is not up to date: run azukari migrate".into());
    }
    Ok(ctx)
}

fn rotate(ctx: &Ctx, print: bool) -> Result<(), Failure> {
    let (secret, today) = (&ctx.portal.secret, jst_date(ctx.now));
    if print {
        print!("{}", secret.rotated_text(today));
        return Ok(());
    }
    secret.rotate(today)?;
    println!(
        "{} is the newest key; a portal that runs takes it within a minute.",
        secret.newest_id()
    );
    rewrap(ctx)?;
    println!("Keep a copy of the secret apart from the data: the old copy lacks the new key.");
    Ok(())
}

/// Renews one kind of thing, batch after batch, each in its own transaction: cut off between two, the
/// next run does the rest. How many were renewed, and how many no key opens.
fn renew(ctx: &Ctx, kind: &Sealed) -> Result<(usize, usize), Failure> {
    let (mut done, mut unreadable, mut after) = (0, 0, Some(String::new()));
    while let Some(last) = after {
        let batch = ctx.write_now(|tx, ctx| (kind.renew)(tx, &ctx.portal.secret, &last))?;
        done += batch.done;
        unreadable += batch.unreadable;
        after = batch.last;
    }
    Ok((done, unreadable))
}

fn rewrap(ctx: &Ctx) -> Result<(), Failure> {
    let mut lost = 0;
    for kind in server::sealed_secrets() {
        let (done, unreadable) = renew(ctx, &kind)?;
        println!("{}: {done} renewed", kind.what);
        if unreadable > 0 {
            println!("{}: {unreadable} can't be read with any key of this secret", kind.what);
        }
        lost += unreadable;
    }
    if lost > 0 {
        return Err(
            "something is kept under a key that isn't here: put that key back after the others, \
                    from a copy of the secret, and run azukari secret rewrap again"
                .into(),
        );
    }
    println!("Everything is kept under {}.", ctx.portal.secret.newest_id());
    for key in ctx.portal.secret.keys().iter().skip(1) {
        println!("{}  {}", key.id, until(key));
    }
    Ok(())
}

/// When an older key may go under which nothing is kept.
fn until(key: &KeyFacts) -> String {
    match free_on(key) {
        Some(day) => format!(
            "still reads sessions and invitations from before the rotation; \
             azukari secret remove {} takes it away from {day} on",
            key.id
        ),
        None => format!(
            "still reads what it signed; azukari secret remove {} --at-once takes it away, \
             {TOKENS} days after it was replaced at the earliest if no session or invitation shall end",
            key.id
        ),
    }
}

fn free_on(key: &KeyFacts) -> Option<NaiveDate> {
    key.replaced?.checked_add_days(Days::new(TOKENS))
}

/// What is kept under a key, kind by kind.
fn kept_under(ctx: &Ctx, key: &str) -> Result<Vec<String>, Failure> {
    let mut kept = Vec::new();
    for kind in server::sealed_secrets() {
        let count = ctx.read_now(|c, _| (kind.count_under)(c, key))?;
        if count > 0 {
            kept.push(format!("{count} {}", kind.what));
        }
    }
    Ok(kept)
}

/// What is kept under none of these keys by name: under one that isn't here, or from before keys had names.
fn kept_elsewhere(ctx: &Ctx) -> Result<Vec<String>, Failure> {
    let ids = ctx.portal.secret.ids();
    let mut kept = Vec::new();
    for kind in server::sealed_secrets() {
        let count = ctx.read_now(|c, _| kind.elsewhere(c, &ids))?;
        if count > 0 {
            kept.push(format!("{count} {}", kind.what));
        }
    }
    Ok(kept)
}

fn status(ctx: &Ctx) -> Result<(), Failure> {
    match ctx.portal.secret.file() {
        Some(path) => println!("{}", path.display()),
        None => println!("from the environment"),
    }
    for (place, key) in ctx.portal.secret.keys().iter().enumerate() {
        let since = key.since.map(|day| format!("since {day}, ")).unwrap_or_default();
        let kept = kept_under(ctx, &key.id)?;
        let words = match (place, kept.is_empty()) {
            (0, true) => "newest; nothing is kept under it yet".to_owned(),
            (0, false) => format!("newest; {}", kept.join(", ")),
            (_, true) => until(key),
            (_, false) => format!("needed for {}: run azukari secret rewrap", kept.join(", ")),
        };
        println!("{}  {since}{words}", key.id);
    }
    let elsewhere = kept_elsewhere(ctx)?;
    if !elsewhere.is_empty() {
        println!(
            "under no key of these by name: {}. Run azukari secret rewrap: what older versions kept gets \
             its key's name, and what can't be read is counted",
            elsewhere.join(", ")
        );
    }
    Ok(())
}

fn remove(ctx: &Ctx, command: &Remove) -> Result<(), Failure> {
    let (secret, name) = (&ctx.portal.secret, &command.key);
    // Says so when there is no such older key, before anything is renewed.
    let text = secret.text_without(name)?;
    let free = secret.keys().iter().find(|key| key.id == *name).and_then(free_on);
    if !command.at_once && free.is_none_or(|day| jst_date(ctx.now) < day) {
        let day = free.map_or_else(
            || format!("until {TOKENS} days after it was replaced"),
            |day| format!("until {day}"),
        );
        return Err(format!(
            "sessions and invitations that {name} signed may count {day}: wait, or end them now with --at-once"
        )
        .into());
    }
    // What no key opens isn't under this one either, unless it says so.
    for kind in server::sealed_secrets() {
        renew(ctx, &kind)?;
    }
    let kept = kept_under(ctx, name)?;
    if !kept.is_empty() {
        return Err(
            format!("still needed for {}: run azukari secret rewrap", kept.join(", ")).into()
        );
    }
    if command.print {
        print!("{text}");
        return Ok(());
    }
    secret.remove(name)?;
    println!("{name} is removed; a portal that runs forgets it within a minute.");
    Ok(())
}
