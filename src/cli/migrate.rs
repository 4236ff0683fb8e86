//! `azukari migrate`.

use clap::Args;

use super::Failure;
use crate::config::{Config, make_folder};
use crate::database;

/// Bring the database up to date
#[derive(Args)]
pub(super) struct Migrate {
    #[command(flatten)]
    config: Config,
}

pub(super) fn run(command: &Migrate) -> Result<(), Failure> {
    make_folder(&command.config.data)?;
    for name in database::migrate(&command.config.database_url()?)? {
        println!("{name}");
    }
    Ok(())
}
