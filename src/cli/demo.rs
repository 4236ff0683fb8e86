//! `azukari demo`.

use std::net::TcpListener;
use std::path::{Path, PathBuf};

use clap::Args;

use super::{Failure, running};
use crate::account;
use crate::actor::Actor;
use crate::clock::Clock;
use crate::config::{Config, make_folder};
use crate::database;
use crate::demo::{self, Story};
use crate::japanese::jst_date;
use crate::web::{Ctx, Language, Portal};

/// Start the demonstration, or do the whole job once and write its record
#[derive(Args)]
pub(super) struct Demo {
    /// Port to listen on
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Folder to keep the demonstration in; by default a temporary one that goes with the process
    #[arg(long)]
    data: Option<PathBuf>,
    /// Do the whole job of the Mie case, write its audit record to this file, and end
    #[arg(long, value_name = "FILE")]
    record: Option<PathBuf>,
}

pub(super) fn run(command: &Demo) -> Result<(), Failure> {
    match &command.record {
        Some(file) => write_record(file),
        None => serve(command),
    }
}

/// The whole job with a fixed clock, numbered ids and a known secret: the same bytes every time.
fn write_record(file: &Path) -> Result<(), Failure> {
    database::types::number_ids();
    let folder = tempfile::tempdir()?;
    let mut config = Config::in_folder(folder.path(), "http://demo.azukari.example");
    // The demonstration's secret protects nothing: its data is fictional and gone with the folder.
    config.secret = Some("07".repeat(32));
    let portal = open(&config, Clock::System)?;
    let bytes = actix_web::rt::System::new().block_on(async {
        let ctx = Ctx::outside(portal, Actor::Operator, Language::Ja);
        demo::record(&ctx, UNUSABLE_HASH).await
    })?;
    std::fs::write(file, &bytes)?;
    println!("{} ({} bytes)", file.display(), bytes.len());
    Ok(())
}

/// Nobody signs in with a password in the record's story.
const UNUSABLE_HASH: &str = "-";

fn serve(command: &Demo) -> Result<(), Failure> {
    let listener = TcpListener::bind(("127.0.0.1", command.port))?;
    let base_url = format!("http://localhost:{}", listener.local_addr()?.port());
    let temporary = tempfile::tempdir()?;
    let folder = command.data.as_deref().unwrap_or_else(|| temporary.path());
    let kept = folder.join("azukari.sqlite").exists();
    if kept {
        return Err("the folder already holds a demonstration; name an empty one".into());
    }
    let portal = open(&Config::in_folder(folder, &base_url), Clock::System)?;
    actix_web::rt::System::new().block_on(async {
        let hash = account::hash_password(hex::encode(rand::random::<[u8; 16]>())).await?;
        let story = tell(&portal, &hash)?;
        println!("{base_url}/demo");
        running::until_stopped(portal, Some(story), listener, 2, None, None).await?;
        Ok(())
    })
}

fn open(config: &Config, clock: Clock) -> Result<Portal, Failure> {
    make_folder(&config.data)?;
    database::migrate(&config.database_url()?)?;
    Ok(config.open(clock, true)?)
}

fn tell(portal: &Portal, hash: &str) -> Result<Story, Failure> {
    let ctx = Ctx::outside(portal.clone(), Actor::Operator, Language::Ja);
    Ok(demo::tell(&ctx, jst_date(ctx.now), hash)?)
}
