//! What is done about wrong recipients: registered, asked, reminded, answered, closed.

use diesel::prelude::*;
use serde_json::{Value, json};

use crate::actor::Authorized;
use crate::clock::Timestamp;
use crate::database::Tx;
use crate::database::schema::{incident_wrong_answer as a, incident_wrong_recipient as t};
use crate::error::{Error, Result};
use crate::incident::model::Incident;
use crate::incident::policy::{Case, Respond};
use crate::incident::store::{entry, hold};
use crate::incident::timeline;
use crate::incident::wrong_recipient::form::{Answered, Asking, Details};
use crate::incident::wrong_recipient::link::Link;
use crate::incident::wrong_recipient::model::{
    AnswerId, Contact, Kept, PassedOn, Seen, WrongRecipient, WrongRecipientId,
};
use crate::incident::wrong_recipient::policy::{Close, Confirm, Matter, Run, Work};
use crate::incident::wrong_recipient::rules;
use crate::rulebook::Party;
use crate::storage::sha256;

/// The row of a wrong recipient, if it is at the version that was seen.
macro_rules! row {
    ($of:expr, $version:expr) => {
        t::table.find(($of.tenant_id, $of.id)).filter(t::version.eq($version))
    };
}

/// Registers a wrong recipient, behind the others.
pub(in crate::incident::wrong_recipient) fn register(
    tx: &mut Tx<'_>,
    case: &Authorized<Case, Respond>,
    side: Party,
    new: &Details,
) -> Result<WrongRecipientId> {
    let (_, incident) = &**case;
    hold(tx, incident)?;
    let id = WrongRecipientId::new(tx.now);
    let last: Option<i32> = t::table
        .filter(t::tenant_id.eq(incident.tenant_id))
        .filter(t::incident_id.eq(incident.id))
        .select(diesel::dsl::max(t::position))
        .first(tx.connection)?;
    let position = last.unwrap_or(0) + 1;
    diesel::insert_into(t::table)
        .values((
            (
                t::tenant_id.eq(incident.tenant_id),
                t::id.eq(id),
                t::incident_id.eq(incident.id),
                t::position.eq(position),
                t::side.eq(side),
                t::name.eq(&new.name),
                t::email.eq(&new.email),
                t::phone.eq(&new.phone),
                t::way.eq(new.way),
                t::copies.eq(new.copies),
                t::note.eq(&new.note),
                t::registered_by_name.eq(tx.actor.name()),
                t::registered_at.eq(tx.now),
            ),
            (
                t::asked_by_name.eq(""),
                t::reminded.eq(0),
                t::seen.eq(Seen::Unknown),
                t::kept.eq(Kept::Unknown),
                t::passed_on.eq(PassedOn::Unknown),
                t::link_sha256.eq(""),
                t::closed_by_name.eq(""),
                t::closed_reason.eq(""),
                t::version.eq(1),
            ),
        ))
        .execute(tx.connection)?;
    registered(tx, incident, (position, side), new)?;
    Ok(id)
}

/// Tells that one was registered.
fn registered(
    tx: &mut Tx<'_>,
    incident: &Incident,
    (position, side): (i32, Party),
    new: &Details,
) -> Result<()> {
    let details = vec![
        ("recipient", json!(position)),
        ("side", json!(side)),
        ("way", json!(new.way)),
        ("copies", json!(new.copies)),
    ];
    entry(tx, incident, "incident.wrong_registered", details)?;
    let said = json!({ "by": tx.actor.name(), "name": &new.name });
    timeline::note(tx, incident, tx.now, "wrong-registered", &said)
}

/// Corrects what is known of a wrong recipient. A link that went to another address counts no more.
pub(in crate::incident::wrong_recipient) fn correct(
    tx: &mut Tx<'_>,
    matter: &Authorized<Matter, Work>,
    version: i32,
    new: &Details,
) -> Result<()> {
    let (_, incident, of) = &**matter;
    hold(tx, incident)?;
    let same = of.email == new.email;
    let (link, sent) = if same { (of.link_sha256.as_str(), of.link_sent_at) } else { ("", None) };
    let changed = diesel::update(row!(of, version))
        .set((
            t::name.eq(&new.name),
            t::email.eq(&new.email),
            t::phone.eq(&new.phone),
            t::way.eq(new.way),
            t::copies.eq(new.copies),
            t::note.eq(&new.note),
            t::link_sha256.eq(link),
            t::link_sent_at.eq(sent),
            t::version.eq(version + 1),
        ))
        .execute(tx.connection)?;
    once(changed)?;
    let details = vec![
        ("recipient", json!(of.position)),
        ("way", json!([of.way, new.way])),
        ("copies", json!([of.copies, new.copies])),
        ("name_changed", json!(of.name != new.name)),
        ("email_changed", json!(!same)),
        ("phone_changed", json!(of.phone != new.phone)),
    ];
    entry(tx, incident, "incident.wrong_corrected", details)
}

/// Enters that somebody asked.
pub(in crate::incident::wrong_recipient) fn ask(
    tx: &mut Tx<'_>,
    matter: &Authorized<Matter, Work>,
    version: i32,
    asking: &Asking,
) -> Result<()> {
    let (_, incident, of) = &**matter;
    hold(tx, incident)?;
    let changed = diesel::update(row!(of, version))
        .set((
            t::asked_at.eq(asking.at),
            t::asked_way.eq(Some(asking.way)),
            t::asked_by_name.eq(tx.actor.name()),
            t::waiting_since.eq(rules::waiting_since(of, asking.at)),
            t::version.eq(version + 1),
        ))
        .execute(tx.connection)?;
    once(changed)?;
    let details = vec![
        ("recipient", json!(of.position)),
        ("at", json!(asking.at)),
        ("way", json!(asking.way)),
    ];
    entry(tx, incident, "incident.wrong_asked", details)?;
    let said = json!({ "by": tx.actor.name(), "name": &of.name });
    timeline::note(tx, incident, asking.at, "wrong-asked", &said)
}

/// Keeps a new link in place of the older one; who sends it asks with it.
pub(in crate::incident::wrong_recipient) fn link(
    tx: &mut Tx<'_>,
    matter: &Authorized<Matter, Work>,
    version: i32,
    link: &Link,
) -> Result<()> {
    let (_, incident, of) = &**matter;
    hold(tx, incident)?;
    let changed = diesel::update(row!(of, version))
        .set((
            t::asked_at.eq(tx.now),
            t::asked_way.eq(Some(Contact::Link)),
            t::asked_by_name.eq(tx.actor.name()),
            t::waiting_since.eq(rules::waiting_since(of, tx.now)),
            t::link_sha256.eq(&link.sha256),
            t::link_sent_at.eq(tx.now),
            t::link_expires_at.eq(link.expires_at),
            t::link_used_at.eq(None::<Timestamp>),
            t::version.eq(version + 1),
        ))
        .execute(tx.connection)?;
    once(changed)?;
    let details = vec![("recipient", json!(of.position)), ("expires_at", json!(link.expires_at))];
    entry(tx, incident, "incident.wrong_link_sent", details)?;
    let said = json!({ "by": tx.actor.name(), "name": &of.name });
    timeline::note(tx, incident, tx.now, "wrong-link-sent", &said)
}

/// Enters an answer by hand.
pub(in crate::incident::wrong_recipient) fn answer(
    tx: &mut Tx<'_>,
    matter: &Authorized<Matter, Work>,
    version: i32,
    new: &Answered,
) -> Result<()> {
    let (_, incident, of) = &**matter;
    hold(tx, incident)?;
    let changed = diesel::update(row!(of, version))
        .set((state(of, new), t::version.eq(version + 1)))
        .execute(tx.connection)?;
    once(changed)?;
    let said = json!({ "by": tx.actor.name(), "name": &of.name });
    kept(tx, incident, of, new)?;
    entry(tx, incident, "incident.wrong_answered", facts(of, new))?;
    timeline::note(tx, incident, new.at, "wrong-answered", &said)
}

/// Keeps a written confirmation, once.
pub(in crate::incident::wrong_recipient) fn confirm(
    tx: &mut Tx<'_>,
    matter: &Authorized<Matter, Confirm>,
    new: &Answered,
) -> Result<()> {
    let (_, incident, of) = &**matter;
    hold(tx, incident)?;
    let row = t::table
        .find((of.tenant_id, of.id))
        .filter(t::link_sha256.eq(&of.link_sha256))
        .filter(t::link_used_at.is_null());
    let changed = diesel::update(row)
        .set((state(of, new), t::link_used_at.eq(tx.now), t::version.eq(t::version + 1)))
        .execute(tx.connection)?;
    if changed == 0 {
        return Err(Error::Conflict("error-confirmation-used"));
    }
    kept(tx, incident, of, new)?;
    entry(tx, incident, "incident.wrong_confirmed", facts(of, new))?;
    let said = json!({ "by": &new.by, "name": &of.name });
    timeline::note(tx, incident, new.at, "wrong-confirmed", &said)
}

/// What an answer makes of a wrong recipient: it is waited for no more, and a risk that was closed is
/// open again when the answer doesn't end it.
#[derive(AsChangeset)]
#[diesel(table_name = t, treat_none_as_null = true)]
struct State {
    waiting_since: Option<Timestamp>,
    reminded: i32,
    answered_at: Option<Timestamp>,
    seen: Seen,
    kept: Kept,
    passed_on: PassedOn,
    closed_at: Option<Timestamp>,
}

fn state(of: &WrongRecipient, new: &Answered) -> State {
    let confirmed = rules::is_confirmed(new.kept, new.passed_on);
    State {
        waiting_since: None,
        reminded: 0,
        answered_at: Some(new.at),
        seen: new.seen,
        kept: new.kept,
        passed_on: new.passed_on,
        closed_at: of.closed_at.filter(|_| confirmed),
    }
}

fn facts(of: &WrongRecipient, new: &Answered) -> Vec<(&'static str, Value)> {
    vec![
        ("recipient", json!(of.position)),
        ("at", json!(new.at)),
        ("seen", json!(new.seen)),
        ("kept", json!(new.kept)),
        ("passed_on", json!(new.passed_on)),
        ("way", json!(new.way)),
        ("agreement", json!(hashed(new))),
    ]
}

/// The hash of the text that was agreed to; empty without.
fn hashed(new: &Answered) -> String {
    if new.agreement.is_empty() { String::new() } else { sha256(new.agreement.as_bytes()) }
}

/// Keeps an answer among the others.
fn kept(tx: &mut Tx<'_>, incident: &Incident, of: &WrongRecipient, new: &Answered) -> Result<()> {
    let last: Option<i32> = a::table
        .filter(a::tenant_id.eq(of.tenant_id))
        .filter(a::recipient_id.eq(of.id))
        .select(diesel::dsl::max(a::position))
        .first(tx.connection)?;
    let entered_by = match new.way {
        Contact::Link => new.by.as_str(),
        _ => tx.actor.name(),
    };
    diesel::insert_into(a::table)
        .values((
            a::tenant_id.eq(of.tenant_id),
            a::id.eq(AnswerId::new(tx.now)),
            a::incident_id.eq(incident.id),
            a::recipient_id.eq(of.id),
            a::position.eq(last.unwrap_or(0) + 1),
            a::answered_at.eq(new.at),
            a::seen.eq(new.seen),
            a::kept.eq(new.kept),
            a::passed_on.eq(new.passed_on),
            a::way.eq(new.way),
            a::by_name.eq(&new.by),
            a::note.eq(&new.note),
            a::agreement.eq(&new.agreement),
            a::agreement_sha256.eq(hashed(new)),
            a::entered_by_name.eq(entered_by),
            a::entered_at.eq(tx.now),
        ))
        .execute(tx.connection)?;
    Ok(())
}

/// Closes a risk that isn't confirmed, with a reason. It isn't waited for any more.
pub(in crate::incident::wrong_recipient) fn close(
    tx: &mut Tx<'_>,
    matter: &Authorized<Matter, Close>,
    version: i32,
    reason: &str,
) -> Result<()> {
    let (_, incident, of) = &**matter;
    hold(tx, incident)?;
    let changed = diesel::update(row!(of, version))
        .set((
            t::waiting_since.eq(None::<Timestamp>),
            t::reminded.eq(0),
            t::closed_at.eq(tx.now),
            t::closed_by_name.eq(tx.actor.name()),
            t::closed_reason.eq(reason),
            t::version.eq(version + 1),
        ))
        .execute(tx.connection)?;
    once(changed)?;
    let details = vec![
        ("recipient", json!(of.position)),
        ("kept", json!(of.kept)),
        ("passed_on", json!(of.passed_on)),
        ("reason", json!(reason)),
    ];
    entry(tx, incident, "incident.wrong_closed", details)?;
    let said = json!({ "by": tx.actor.name(), "name": &of.name });
    timeline::note(tx, incident, tx.now, "wrong-closed", &said)
}

/// Notes how many reminders have gone, and keeps the link of the newest; false when it answered or was
/// reminded meanwhile.
pub(in crate::incident::wrong_recipient) fn remind(
    tx: &mut Tx<'_>,
    matter: &Authorized<Matter, Run>,
    count: i32,
    link: Option<&Link>,
) -> Result<bool> {
    let (_, incident, of) = &**matter;
    let row = t::table
        .find((of.tenant_id, of.id))
        .filter(t::waiting_since.is_not_null())
        .filter(t::reminded.lt(count));
    // Only what the round knows changes: a form that somebody fills in meanwhile isn't stale for that.
    let changed = match link {
        Some(link) => diesel::update(row)
            .set((
                t::reminded.eq(count),
                t::link_sha256.eq(&link.sha256),
                t::link_sent_at.eq(tx.now),
                t::link_expires_at.eq(link.expires_at),
                t::link_used_at.eq(None::<Timestamp>),
            ))
            .execute(tx.connection)?,
        None => diesel::update(row).set(t::reminded.eq(count)).execute(tx.connection)?,
    };
    if changed == 0 {
        return Ok(false);
    }
    let details = vec![
        ("recipient", json!(of.position)),
        ("reminder", json!(count)),
        ("mail", json!(link.is_some())),
    ];
    entry(tx, incident, "incident.wrong_reminded", details)?;
    Ok(true)
}

/// Whether the row was there as it was seen.
fn once(changed: usize) -> Result<()> {
    if changed == 0 { Err(Error::Conflict("error-stale")) } else { Ok(()) }
}
