//! To whom mail about an entrustment goes: the contractor's people, and the principal's division.

use super::model::Entrustment;
use crate::account::{self, Recipient};
use crate::actor::{DivisionId, OrganisationId, Role};
use crate::database::{Connection, Tx};
use crate::error::Result;
use crate::notice::{self, Letter, Link};
use crate::organisation::{self, contractor, division};
use crate::web::locale::{self, ArgValue};
use crate::web::{Language, Settings};

/// On which side a letter is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum To {
    /// By the contractor's people.
    Contractor,
    /// By the principal's division.
    Division,
}

/// A letter about something of an entrustment. Its words are the messages `<stem>-subject`,
/// `<stem>-text` and `<stem>-next`, which know `$entrustment`, `$number`, `$principal` and
/// `$contractor`.
#[derive(Clone, Copy, Debug)]
pub struct Note<'a> {
    /// The kind of mail.
    pub kind: &'static str,
    /// Where the keys of its words begin.
    pub stem: &'a str,
    /// The key of the link's label.
    pub link: &'a str,
    /// Who reads it.
    pub to: To,
    /// Where the link leads, from the base address.
    pub path: &'a str,
}

/// Writes to everybody on a side, in each one's language; gives how many those are.
///
/// # Errors
/// Those of the database.
pub fn write(
    tx: &mut Tx<'_>,
    settings: &Settings,
    entrustment: &Entrustment,
    note: &Note<'_>,
    words: &[(&str, ArgValue)],
) -> Result<usize> {
    let tenant = entrustment.tenant_id;
    let to = match note.to {
        To::Contractor => of_contractor(tx.connection, entrustment)?,
        To::Division => of_division(tx.connection, tenant, entrustment.division_id)?,
    };
    let principal = organisation::find(tx.connection, tenant)?.name;
    let contractor = contractor::find(tx.connection, tenant, entrustment.contractor_id)?.name;
    let mut args = vec![
        ("entrustment", ArgValue::from(entrustment.title.as_str())),
        ("number", entrustment.number.as_str().into()),
        ("principal", principal.as_str().into()),
        ("contractor", contractor.into()),
    ];
    args.extend(words.iter().cloned());
    for recipient in &to {
        let say = |part: &str| {
            locale::text_with(recipient.language, &format!("{}-{part}", note.stem), &args)
        };
        let letter = Letter {
            tenant_id: Some(tenant),
            kind: note.kind,
            to_address: recipient.email.clone(),
            to_name: recipient.name.clone(),
            language: recipient.language,
            subject: say("subject"),
            organisation: principal.clone(),
            paragraphs: vec![say("text"), say("next")],
            link: Some(Link {
                label: locale::text(recipient.language, note.link),
                href: format!("{}{}", settings.base_url, note.path),
            }),
        };
        notice::enqueue(tx, settings, &letter)?;
    }
    Ok(to.len())
}

/// The contractor's representatives; as long as there is none, the address in the register.
///
/// # Errors
/// Those of the database.
pub fn of_contractor(
    connection: &mut Connection,
    entrustment: &Entrustment,
) -> Result<Vec<Recipient>> {
    let row = contractor::find(connection, entrustment.tenant_id, entrustment.contractor_id)?;
    if let Some(organisation) = row.organisation_id {
        let people = account::recipients_of_contractor(connection, organisation)?;
        if !people.is_empty() {
            return Ok(people);
        }
    }
    Ok(vec![Recipient { name: row.person_in_charge, email: row.email, language: Language::Ja }])
}

/// The division's address; where it has none its officers, and without any the administrators.
///
/// # Errors
/// Those of the database.
pub fn of_division(
    connection: &mut Connection,
    tenant: OrganisationId,
    id: DivisionId,
) -> Result<Vec<Recipient>> {
    let own = division::list(connection, tenant)?.into_iter().find(|division| division.id == id);
    if let Some((name, Some(email))) = own.map(|division| (division.name, division.email)) {
        return Ok(vec![Recipient { name, email, language: Language::Ja }]);
    }
    let officers = account::recipients(connection, tenant, id)?;
    if !officers.is_empty() {
        return Ok(officers);
    }
    let administrators = account::members_of(connection, &[tenant], &[Role::Administrator])?;
    Ok(administrators.into_iter().map(|member| member.recipient).collect())
}
