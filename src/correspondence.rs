//! Letters about an entrustment: to the division that looks after it, to its officers, to the
//! contractor. The words come from the locales; the letter names the entrustment and leads to a page.

use crate::account::{self, Recipient};
use crate::database::{Connection, Tx};
use crate::entrustment::{Entrustment, people};
use crate::error::Result;
use crate::notice::{self, Letter, Link};
use crate::organisation::{self, contractor};
use crate::web::Settings;
use crate::web::locale::{self, ArgValue};

/// What a letter says.
#[derive(Clone, Debug)]
pub struct Message {
    /// The kind of mail, for the outbox.
    pub kind: &'static str,
    /// The words are the messages `<stem>-subject`, `<stem>-text` and `<stem>-link`.
    pub stem: &'static str,
    /// Where the link leads, from the base address.
    pub path: String,
    /// Arguments beside `organisation`, `contractor`, `title` and `number`.
    pub args: Vec<(&'static str, ArgValue)>,
}

/// The division's own address; where it has none, whoever looks after it.
///
/// # Errors
/// Those of the database.
pub fn division(connection: &mut Connection, entrustment: &Entrustment) -> Result<Vec<Recipient>> {
    people::of_division(connection, entrustment.tenant_id, entrustment.division_id)
}

/// The officers who look after an entrustment.
///
/// # Errors
/// Those of the database.
pub fn officers(connection: &mut Connection, entrustment: &Entrustment) -> Result<Vec<Recipient>> {
    account::recipients(connection, entrustment.tenant_id, entrustment.division_id)
}

/// Writes a letter to each of `to`.
///
/// # Errors
/// Those of the database.
pub fn send(
    tx: &mut Tx<'_>,
    settings: &Settings,
    entrustment: &Entrustment,
    to: &[Recipient],
    message: &Message,
) -> Result<()> {
    let tenant = entrustment.tenant_id;
    let organisation = organisation::find(tx.connection, tenant)?.name;
    let contractor = contractor::find(tx.connection, tenant, entrustment.contractor_id)?.name;
    let mut args: Vec<(&str, ArgValue)> = vec![
        ("organisation", organisation.as_str().into()),
        ("contractor", contractor.as_str().into()),
        ("title", entrustment.title.as_str().into()),
        ("number", entrustment.number.as_str().into()),
    ];
    args.extend(message.args.iter().cloned());
    for recipient in to {
        let language = recipient.language;
        let say =
            |part: &str| locale::text_with(language, &format!("{}-{part}", message.stem), &args);
        let letter = Letter {
            tenant_id: Some(tenant),
            kind: message.kind,
            to_address: recipient.email.clone(),
            to_name: recipient.name.clone(),
            language,
            subject: say("subject"),
            organisation: organisation.clone(),
            paragraphs: vec![say("text")],
            link: Some(Link {
                label: say("link"),
                href: format!("{}{}", settings.base_url, message.path),
            }),
        };
        notice::enqueue(tx, settings, &letter)?;
    }
    Ok(())
}
