//! `azukari routes`.

use clap::Args;

use super::Failure;
use crate::server;

/// Print the route table
#[derive(Args)]
pub(super) struct Routes {
    /// As JSON: method, path, who may call it, whether it changes something
    #[arg(long)]
    json: bool,
}

pub(super) fn run(command: &Routes) -> Result<(), Failure> {
    let routes = server::routes();
    if command.json {
        println!("{}", serde_json::to_string_pretty(&routes)?);
        return Ok(());
    }
    for route in routes {
        let mark = if route.changes { "*" } else { " " };
        println!("{mark} {:5} {:45} {}", route.method.as_str(), route.path, route.who().join(", "));
    }
    Ok(())
}
