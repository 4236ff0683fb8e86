//! Letters to wrong recipients, and to those who look after them. They say nothing of the data or of
//! whose it is; each goes to one.

use super::link::Link;
use super::policy::Matter;
use crate::correspondence::{self, Message};
use crate::database::Tx;
use crate::entrustment::{Entrustment, people};
use crate::error::Result;
use crate::incident::model::Incident;
use crate::japanese::jst_date;
use crate::notice::{self, Letter, Link as Leading};
use crate::organisation::{self, contractor};
use crate::rulebook::Party;
use crate::web::locale::{self, ArgValue};
use crate::web::{Language, Settings};

/// Asks a wrong recipient for a written confirmation.
pub(super) fn asked(
    tx: &mut Tx<'_>,
    settings: &Settings,
    matter: &Matter,
    link: &Link,
) -> Result<()> {
    to_recipient(tx, settings, matter, link, ("incident_wrong_asked", "mail-incident-wrong-asked"))
}

/// Reminds it of that, with a new link.
pub(super) fn reminded(
    tx: &mut Tx<'_>,
    settings: &Settings,
    matter: &Matter,
    link: &Link,
) -> Result<()> {
    let words = ("incident_wrong_reminded", "mail-incident-wrong-reminded");
    to_recipient(tx, settings, matter, link, words)
}

/// One letter in both languages: nobody knows which the recipient reads.
fn to_recipient(
    tx: &mut Tx<'_>,
    settings: &Settings,
    (of, _, recipient): &Matter,
    link: &Link,
    (kind, stem): (&'static str, &'static str),
) -> Result<()> {
    let principal = organisation::find(tx.connection, of.tenant_id)?.name;
    let contractor = contractor::find(tx.connection, of.tenant_id, of.contractor_id)?.name;
    let say = |language: Language, part: &str| {
        let until = locale::day(language, jst_date(link.expires_at));
        let args: [(&str, ArgValue); 3] = [
            ("principal", principal.as_str().into()),
            ("contractor", contractor.as_str().into()),
            ("until", until.into()),
        ];
        locale::text_with(language, &format!("{stem}-{part}"), &args)
    };
    let letter = Letter {
        tenant_id: Some(of.tenant_id),
        kind,
        to_address: recipient.email.clone(),
        to_name: recipient.name.clone(),
        language: Language::Ja,
        subject: say(Language::Ja, "subject"),
        organisation: principal.clone(),
        paragraphs: vec![
            say(Language::Ja, "text"),
            say(Language::Ja, "next"),
            say(Language::En, "text"),
            say(Language::En, "next"),
        ],
        link: Some(Leading {
            label: say(Language::Ja, "link"),
            href: format!("{}{}", settings.base_url, link.path),
        }),
    };
    notice::enqueue(tx, settings, &letter)
}

/// Tells those who look after them how many are silent. What the contractor's people chase, the
/// principal's division hears of too.
pub(super) fn silent(
    tx: &mut Tx<'_>,
    settings: &Settings,
    of: &Entrustment,
    incident: &Incident,
    (side, count): (Party, usize),
) -> Result<()> {
    let message = Message {
        kind: "incident_wrong_silent",
        stem: "mail-incident-wrong-silent",
        path: format!("{}/wrong-recipients", incident.href()),
        args: vec![("count", count.into())],
    };
    to_side(tx, settings, of, side, &message)
}

/// Tells them that one has confirmed in writing, or has said that it can't yet.
pub(super) fn answered(tx: &mut Tx<'_>, settings: &Settings, matter: &Matter) -> Result<()> {
    let (of, incident, recipient) = matter;
    let message = Message {
        kind: "incident_wrong_confirmed",
        stem: "mail-incident-wrong-confirmed",
        path: format!("{}/wrong-recipients/{}", incident.href(), recipient.id),
        args: Vec::new(),
    };
    to_side(tx, settings, of, recipient.side, &message)
}

fn to_side(
    tx: &mut Tx<'_>,
    settings: &Settings,
    of: &Entrustment,
    side: Party,
    message: &Message,
) -> Result<()> {
    if side == Party::Contractor {
        let to = people::of_contractor(tx.connection, of)?;
        correspondence::send(tx, settings, of, &to, message)?;
    }
    let to = correspondence::division(tx.connection, of)?;
    correspondence::send(tx, settings, of, &to, message)
}
