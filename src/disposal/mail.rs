//! Letters about disposals: they name the entrustment and the disposal's number, and no data.

use super::model::{Disposal, DisposalStatus};
use crate::account::{self, Recipient};
use crate::actor::OrganisationId;
use crate::database::Tx;
use crate::entrustment::{DECIDERS, Entrustment};
use crate::error::Result;
use crate::notice::{self, Letter, Link};
use crate::organisation::{self, contractor};
use crate::web::locale::{self, ArgValue};
use crate::web::{Language, Settings};

/// What a letter is about.
#[derive(Clone, Debug)]
pub(super) struct About {
    pub tenant_id: OrganisationId,
    pub principal: String,
    pub contractor: String,
    pub number: String,
    pub title: String,
    /// The disposal's number, or empty.
    pub disposal: String,
    pub day: Option<chrono::NaiveDate>,
    /// Where the link leads, from `/`.
    pub path: String,
}

/// A letter of a kind to one recipient: its words are `disposal-mail-<stem>-…`.
pub(super) fn letter(
    settings: &Settings,
    about: &About,
    kind: &'static str,
    stem: &str,
    to: &Recipient,
) -> Letter {
    let day = about.day.map(|day| locale::day(to.language, day)).unwrap_or_default();
    let args = [
        ("principal", ArgValue::from(about.principal.as_str())),
        ("contractor", about.contractor.as_str().into()),
        ("number", about.number.as_str().into()),
        ("title", about.title.as_str().into()),
        ("disposal", about.disposal.as_str().into()),
        ("day", day.into()),
    ];
    let say =
        |part: &str| locale::text_with(to.language, &format!("disposal-mail-{stem}-{part}"), &args);
    Letter {
        tenant_id: Some(about.tenant_id),
        kind,
        to_address: to.email.clone(),
        to_name: to.name.clone(),
        language: to.language,
        subject: say("subject"),
        organisation: about.principal.clone(),
        paragraphs: vec![say("text"), say("next")],
        link: Some(Link {
            label: say("link"),
            href: format!("{}{}", settings.base_url, about.path),
        }),
    }
}

fn about(
    tx: &mut Tx<'_>,
    entrustment: &Entrustment,
    path: String,
) -> Result<(About, Vec<Recipient>)> {
    let tenant_id = entrustment.tenant_id;
    let contractor = contractor::find(tx.connection, tenant_id, entrustment.contractor_id)?;
    let mut to = match contractor.organisation_id {
        Some(organisation) => account::recipients_of_contractor(tx.connection, organisation)?,
        None => Vec::new(),
    };
    if to.is_empty() {
        to.push(Recipient {
            name: contractor.person_in_charge.clone(),
            email: contractor.email.clone(),
            language: Language::Ja,
        });
    }
    let about = About {
        tenant_id,
        principal: organisation::find(tx.connection, tenant_id)?.name,
        contractor: contractor.name,
        number: entrustment.number.clone(),
        title: entrustment.title.clone(),
        disposal: String::new(),
        day: None,
        path,
    };
    Ok((about, to))
}

fn page_of(disposal: &Disposal) -> String {
    format!("/entrustments/{}/disposals/{}", disposal.entrustment_id, disposal.id)
}

/// Tells the division's officers that a disposal was attested.
pub(super) fn attested(
    tx: &mut Tx<'_>,
    settings: &Settings,
    entrustment: &Entrustment,
    disposal: &Disposal,
) -> Result<()> {
    let (mut about, _) = about(tx, entrustment, page_of(disposal))?;
    about.disposal = disposal.number(&entrustment.number);
    let to = account::recipients(tx.connection, entrustment.tenant_id, entrustment.division_id)?;
    send(tx, settings, &about, "disposal-attested", "attested", &to)
}

/// Tells the contractor's representatives what became of it.
pub(super) fn decided(
    tx: &mut Tx<'_>,
    settings: &Settings,
    entrustment: &Entrustment,
    disposal: &Disposal,
    status: DisposalStatus,
) -> Result<()> {
    let (mut about, to) = about(tx, entrustment, page_of(disposal))?;
    about.disposal = disposal.number(&entrustment.number);
    let (kind, stem) = match status {
        DisposalStatus::Accepted => ("disposal-accepted", "accepted"),
        _ => ("disposal-returned", "returned"),
    };
    send(tx, settings, &about, kind, stem, &to)
}

/// Tells the contractor's representatives that the entrustment is closed.
pub(super) fn closed(
    tx: &mut Tx<'_>,
    settings: &Settings,
    entrustment: &Entrustment,
) -> Result<()> {
    let path = format!("/entrustments/{}", entrustment.id);
    let (about, to) = about(tx, entrustment, path)?;
    send(tx, settings, &about, "entrustment-closed", "closed", &to)
}

/// Tells those who decide that an entrustment waits to be closed.
pub(super) fn closing_proposed(
    tx: &mut Tx<'_>,
    settings: &Settings,
    entrustment: &Entrustment,
) -> Result<()> {
    let path = format!("/entrustments/{}/closing", entrustment.id);
    let (about, _) = about(tx, entrustment, path)?;
    let to = account::members_of(tx.connection, &[entrustment.tenant_id], DECIDERS)?;
    let to: Vec<_> = to.into_iter().map(|member| member.recipient).collect();
    send(tx, settings, &about, "closing-proposed", "closing-proposed", &to)
}

fn send(
    tx: &mut Tx<'_>,
    settings: &Settings,
    about: &About,
    kind: &'static str,
    stem: &str,
    to: &[Recipient],
) -> Result<()> {
    for recipient in to {
        let letter = letter(settings, about, kind, stem, recipient);
        notice::enqueue(tx, settings, &letter)?;
    }
    Ok(())
}
