//! `azukari record`.

use std::path::PathBuf;

use clap::Args;

use super::Failure;
use crate::actor::Actor;
use crate::clock::Clock;
use crate::config::Config;
use crate::entrustment::EntrustmentId;
use crate::record;
use crate::web::{Ctx, Language};

/// Issue the audit record of an entrustment
#[derive(Args)]
pub(super) struct Record {
    #[command(flatten)]
    config: Config,
    /// The entrustment: its id, or its contract number
    entrustment: String,
    /// The file to write
    #[arg(long)]
    out: PathBuf,
}

pub(super) fn run(command: &Record) -> Result<(), Failure> {
    let portal = command.config.open(Clock::System, false)?;
    let ctx = Ctx::outside(portal, Actor::Operator, Language::Ja);
    let id = find(&ctx, &command.entrustment)?;
    let (issued, bytes) = actix_web::rt::System::new().block_on(async {
        let issued = record::issue(&ctx, id).await?;
        let (_, _, bytes) = record::content(&ctx, id, issued.record.id).await?;
        Ok::<_, crate::error::Error>((issued, bytes))
    })?;
    std::fs::write(&command.out, bytes)?;
    println!("{}  {}", issued.record.sha256, command.out.display());
    Ok(())
}

/// The entrustment of that id or number.
fn find(ctx: &Ctx, name: &str) -> Result<EntrustmentId, Failure> {
    if let Ok(id) = name.parse() {
        return Ok(id);
    }
    let found = ctx.read_now(|c, ctx| record::entrustments_of_number(c, &ctx.actor, name))?;
    match found.as_slice() {
        [id] => Ok(*id),
        [] => Err(format!("there is no entrustment {name}").into()),
        _ => Err(format!("several organisations have an entrustment {name}; give its id").into()),
    }
}
