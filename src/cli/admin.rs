//! `azukari admin`.

use std::io::BufRead as _;

use clap::{Args, Subcommand, ValueEnum};

use super::Failure;
use crate::account::{self, NewPerson};
use crate::actor::{Actor, Role};
use crate::clock::Clock;
use crate::config::{Config, make_folder};
use crate::error::Error;
use crate::japanese::CorporateNumber;
use crate::organisation::{self, NewOrganisation, OrganisationKind};
use crate::web::{Ctx, Language};

/// Manage organisations and their first administrators
#[derive(Args)]
pub(super) struct Admin {
    #[command(subcommand)]
    command: AdminCommand,
}

#[derive(Subcommand)]
enum AdminCommand {
    /// Create an organisation and its first administrator; the password is read from standard input
    Create(Create),
    /// Take all second factors of a person away, for whoever has lost them; all sessions end
    ResetFactors(ResetFactors),
}

#[derive(Args)]
struct ResetFactors {
    #[command(flatten)]
    config: Config,
    /// The person's mail address
    email: String,
}

#[derive(Args)]
struct Create {
    #[command(flatten)]
    config: Config,
    /// The organisation's name
    #[arg(long)]
    organisation: String,
    /// What it is
    #[arg(long, value_enum, default_value_t = Kind::PublicBody)]
    kind: Kind,
    /// 法人番号, 13 digits
    #[arg(long)]
    corporate_number: Option<String>,
    /// The administrator's mail address
    #[arg(long)]
    email: String,
    /// The administrator's name
    #[arg(long)]
    name: String,
}

#[derive(Clone, Copy, ValueEnum)]
enum Kind {
    PublicBody,
    Company,
    SoleProprietor,
}

pub(super) fn run(command: &Admin) -> Result<(), Failure> {
    match &command.command {
        AdminCommand::Create(new) => create(new),
        AdminCommand::ResetFactors(of) => reset_factors(of),
    }
}

/// Takes the second factors of a person away; the person and the organisations' ledgers are told.
fn reset_factors(of: &ResetFactors) -> Result<(), Failure> {
    let portal = of.config.open(Clock::System, false)?;
    let ctx = Ctx::outside(portal, Actor::Operator, Language::Ja);
    let email = of.email.to_lowercase();
    let done = ctx.write_now(|tx, ctx| account::reset_factors(tx, &ctx.portal.settings, &email));
    match done {
        Err(Error::NotFound) => Err(format!("{email} has no account").into()),
        other => Ok(other?),
    }
}

fn create(create: &Create) -> Result<(), Failure> {
    let password = read_password()?;
    account::check_password(&password, &[create.name.clone(), create.email.clone()]).map_err(
        |fault| {
            format!(
                "the password must have 12 to 128 characters and not be a common one ({fault:?})"
            )
        },
    )?;
    let corporate_number =
        create.corporate_number.as_deref().map(str::parse::<CorporateNumber>).transpose()?;
    make_folder(&create.config.data)?;
    crate::database::migrate(&create.config.database_url()?)?;
    let portal = create.config.open(Clock::System, false)?;
    let password_hash = actix_web::rt::System::new().block_on(account::hash_password(password))?;
    let ctx = Ctx::outside(portal, Actor::Operator, Language::Ja);
    let id = ctx.write_now(|tx, ctx| {
        let organisation = organisation::create(
            tx,
            &ctx.portal.secret,
            &NewOrganisation {
                kind: match create.kind {
                    Kind::PublicBody => OrganisationKind::PublicBody,
                    Kind::Company => OrganisationKind::Company,
                    Kind::SoleProprietor => OrganisationKind::SoleProprietor,
                },
                name: create.organisation.clone(),
                name_kana: String::new(),
                corporate_number,
                address: String::new(),
                phone: String::new(),
            },
        )?;
        let person = NewPerson {
            email: create.email.to_lowercase(),
            name: create.name.clone(),
            language: Language::Ja.as_str(),
            password_hash,
        };
        account::create_member(tx, organisation, &person, Role::Administrator, None)?;
        Ok(organisation)
    })?;
    println!("{id}");
    Ok(())
}

fn read_password() -> Result<String, Failure> {
    use std::io::IsTerminal as _;
    if std::io::stdin().is_terminal() {
        eprintln!("password (12 characters or more):");
    }
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}
