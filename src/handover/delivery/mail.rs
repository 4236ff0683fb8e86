//! Letters about what can be fetched, was fetched, or was taken back. What it is stands on the page
//! behind the link; each letter goes to one.

use chrono::Days;

use super::link;
use super::model::Parcel;
use super::store;
use crate::account::{self, Recipient};
use crate::clock::Timestamp;
use crate::correspondence;
use crate::database::{Connection, Tx};
use crate::entrustment::{Entrustment, HOLDERS, people};
use crate::error::Result;
use crate::handover::ReceivingParty;
use crate::japanese::{era_date, jst_date, to_jst};
use crate::notice::{self, Letter, Link};
use crate::organisation::contractor;
use crate::rulebook::Party;
use crate::web::locale::{self, ArgValue};
use crate::web::{Language, Portal};

/// For how long the link of a letter about deletion counts; each reminder has a new one.
const ANSWER: Days = Days::new(180);

/// What a letter says: its kind, and where the keys of its words begin.
type Words = (&'static str, &'static str);

/// Tells the recipient that something waits.
pub(super) fn sent(tx: &mut Tx<'_>, portal: &Portal, of: &Parcel) -> Result<()> {
    let until = of.handover.valid_until.unwrap_or(tx.now);
    let (words, path) = match of.delivery.party {
        ReceivingParty::Outside => {
            // The row says when it is over; the link itself lasts a moment longer.
            let life = until + chrono::Duration::seconds(1);
            let path = link::path(&portal.secret, &of.delivery, tx.now, life)?;
            (("handover_sent", "mail-handover-sent-outside"), path)
        }
        _ => (("handover_sent", "mail-handover-sent"), inside(of)),
    };
    let to = receivers(tx.connection, of)?;
    write(tx, portal, of, &to, words, &path)
}

/// Tells the sender that the recipient has it.
pub(super) fn received(tx: &mut Tx<'_>, portal: &Portal, of: &Parcel) -> Result<()> {
    to_senders(tx, portal, of, ("handover_received", "mail-handover-received"))
}

/// Tells the sender that the recipient says that it isn't the right one.
pub(super) fn refused(tx: &mut Tx<'_>, portal: &Portal, of: &Parcel) -> Result<()> {
    to_senders(tx, portal, of, ("handover_refused", "mail-handover-refused"))
}

/// Tells the sender that too many wrong codes were tried.
pub(super) fn locked(tx: &mut Tx<'_>, portal: &Portal, of: &Parcel) -> Result<()> {
    to_senders(tx, portal, of, ("handover_locked", "mail-handover-locked"))
}

/// Tells the sender what the recipient says about what was taken back.
pub(super) fn answered(tx: &mut Tx<'_>, portal: &Portal, of: &Parcel) -> Result<()> {
    to_senders(tx, portal, of, ("handover_answered", "mail-handover-answered"))
}

/// Tells a recipient who fetched nothing that there is nothing to fetch any more.
pub(super) fn withdrawn(tx: &mut Tx<'_>, portal: &Portal, of: &Parcel) -> Result<()> {
    let words = ("handover_withdrawn", "mail-handover-withdrawn");
    let path = match of.delivery.party {
        ReceivingParty::Outside => String::new(),
        _ => inside(of),
    };
    let to = receivers(tx.connection, of)?;
    write(tx, portal, of, &to, words, &path)
}

/// Asks a recipient to delete what was taken back.
pub(super) fn deletion(tx: &mut Tx<'_>, portal: &Portal, of: &Parcel) -> Result<()> {
    to_answer(tx, portal, of, ("handover_deletion", "mail-handover-deletion"))
}

/// Reminds a recipient of it.
pub(super) fn reminder(tx: &mut Tx<'_>, portal: &Portal, of: &Parcel) -> Result<()> {
    to_answer(tx, portal, of, ("handover_reminder", "mail-handover-reminder"))
}

fn to_answer(tx: &mut Tx<'_>, portal: &Portal, of: &Parcel, words: Words) -> Result<()> {
    let path = match of.delivery.party {
        ReceivingParty::Outside => {
            let path = link::path(&portal.secret, &of.delivery, tx.now, tx.now + ANSWER)?;
            format!("{path}/deletion")
        }
        _ => format!("{}/deletion", inside(of)),
    };
    let to = receivers(tx.connection, of)?;
    write(tx, portal, of, &to, words, &path)
}

fn to_senders(tx: &mut Tx<'_>, portal: &Portal, of: &Parcel, words: Words) -> Result<()> {
    let to = match of.handover.sender {
        Party::Contractor => people::of_contractor(tx.connection, &of.entrustment)?,
        _ => correspondence::division(tx.connection, &of.entrustment)?,
    };
    let path = format!("/entrustments/{}/hand-overs/{}", of.entrustment.id, of.handover.id);
    write(tx, portal, of, &to, words, &path)
}

/// The page of a member's part.
fn inside(of: &Parcel) -> String {
    format!("/received-hand-overs/{}", of.delivery.id)
}

/// Who is written to about a part: each person who may fetch it; outside the registered address.
fn receivers(c: &mut Connection, of: &Parcel) -> Result<Vec<Recipient>> {
    let entrustment = &of.entrustment;
    match of.delivery.party {
        ReceivingParty::Principal => {
            let roles = crate::entrustment::KEEPERS;
            let all = account::members_of(c, &[entrustment.tenant_id], roles)?;
            let near =
                |division: Option<_>| division.is_none_or(|own| own == entrustment.division_id);
            let own = all.into_iter().filter(|member| near(member.division_id));
            Ok(own.map(|member| member.recipient).collect())
        }
        ReceivingParty::Contractor => of_contractor(c, entrustment),
        ReceivingParty::SubContractor => match of.delivery.below_id {
            Some(below) => {
                let below = store::entrustment_by_id(c, entrustment.tenant_id, below)?;
                of_contractor(c, &below)
            }
            None => Ok(Vec::new()),
        },
        ReceivingParty::Outside => {
            let (name, email) = (of.delivery.name.clone(), of.delivery.address.clone());
            Ok(vec![Recipient { name, email, language: Language::Ja }])
        }
    }
}

/// A contractor's people; as long as it has none, the address in the register.
fn of_contractor(c: &mut Connection, entrustment: &Entrustment) -> Result<Vec<Recipient>> {
    let row = contractor::find(c, entrustment.tenant_id, entrustment.contractor_id)?;
    let organisations: Vec<_> = row.organisation_id.into_iter().collect();
    let members = account::members_of(c, &organisations, HOLDERS)?;
    if members.is_empty() {
        return people::of_contractor(c, entrustment);
    }
    Ok(members.into_iter().map(|member| member.recipient).collect())
}

/// One letter to each, in each one's language.
fn write(
    tx: &mut Tx<'_>,
    portal: &Portal,
    of: &Parcel,
    to: &[Recipient],
    (kind, stem): Words,
    path: &str,
) -> Result<()> {
    for recipient in to {
        let language = recipient.language;
        let until = of.handover.valid_until.map(|at| moment(language, at)).unwrap_or_default();
        let args: [(&str, ArgValue); 8] = [
            ("principal", of.principal.as_str().into()),
            ("sender", of.sender().into()),
            ("recipient", of.delivery.name.as_str().into()),
            ("by", of.delivery.received_by_name.as_str().into()),
            ("title", of.about.title.as_str().into()),
            ("number", of.about.number.as_str().into()),
            ("position", i64::from(of.handover.position).into()),
            ("until", until.into()),
        ];
        let say = |part: &str| locale::text_with(language, &format!("{stem}-{part}"), &args);
        let link = (!path.is_empty()).then(|| Link {
            label: say("link"),
            href: format!("{}{path}", portal.settings.base_url),
        });
        let letter = Letter {
            tenant_id: Some(of.delivery.tenant_id),
            kind,
            to_address: recipient.email.clone(),
            to_name: recipient.name.clone(),
            language,
            subject: say("subject"),
            organisation: of.principal.clone(),
            paragraphs: vec![say("text"), say("next")],
            link,
        };
        notice::enqueue(tx, &portal.settings, &letter)?;
    }
    Ok(())
}

/// A moment in Japan as a letter says it.
fn moment(language: Language, at: Timestamp) -> String {
    let time = to_jst(at).format("%H:%M");
    match language {
        Language::Ja => format!("{} {time}", era_date(jst_date(at))),
        Language::En => format!("{}, {time} (JST)", jst_date(at).format("%-d %B %Y")),
    }
}
