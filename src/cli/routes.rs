//! `azukari routes`.

use clap::Args;

use super::Failure;
use crate::server;

/// Print the route table
#[derive(Args)]
pub(super) struct Routes {
    /// As JSON: method, path, who may call it, whether it changes something, whether it asks for a
    /// fresh proof
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
        let fresh = if route.stepped_up { "!" } else { " " };
        let (method, who) = (route.method.as_str(), route.who().join(", "));
        println!("{mark}{fresh} {method:5} {:45} {who}", route.path);
    }
    Ok(())
}
