//! The outbox.

use chrono::Duration;
use diesel::prelude::*;
use serde::Serialize;

use super::model::{Letter, Link, Mail, MailStatus, Outcome, Outgoing};
use crate::clock::Timestamp;
use crate::database::schema::mail;
use crate::database::types::{id_text, uuid_at};
use crate::database::{Connection, Tx};
use crate::error::{Error, Result};
use crate::web::{Language, Settings, templates};

#[derive(Serialize)]
struct Context<'a> {
    lang: Language,
    to_name: &'a str,
    heading: &'a str,
    paragraphs: &'a [String],
    link: Option<&'a Link>,
    organisation: &'a str,
}

/// Puts a mail into the outbox; it goes only if the transaction is kept.
///
/// # Errors
/// Those of the database and the templates.
pub fn enqueue(tx: &mut Tx<'_>, settings: &Settings, letter: &Letter) -> Result<()> {
    let context = Context {
        lang: letter.language,
        to_name: &letter.to_name,
        heading: &letter.subject,
        paragraphs: &letter.paragraphs,
        link: letter.link.as_ref(),
        organisation: &letter.organisation,
    };
    let text = templates::render("mail/letter.txt", &context).map_err(Error::internal)?;
    let html = templates::render("mail/letter.html", &context).map_err(Error::internal)?;
    let id = id_text(&uuid_at(tx.now));
    let domain = settings.host().split(':').next().unwrap_or("localhost").to_owned();
    diesel::insert_into(mail::table)
        .values((
            mail::id.eq(id.as_str()),
            mail::tenant_id.eq(letter.tenant_id),
            mail::kind.eq(letter.kind),
            mail::to_address.eq(&letter.to_address),
            mail::to_name.eq(&letter.to_name),
            mail::language.eq(letter.language.as_str()),
            mail::subject.eq(&letter.subject),
            mail::text_body.eq(text),
            mail::html_body.eq(html),
            mail::message_id.eq(format!("<{id}@{domain}>")),
            mail::status.eq(MailStatus::Queued),
            mail::attempts.eq(0),
            mail::next_attempt_at.eq(tx.now),
            mail::created_at.eq(tx.now),
        ))
        .execute(tx.connection)?;
    Ok(())
}

/// The newest mails, newest first: for the demonstration's mailbox and for tests.
///
/// # Errors
/// Those of the database.
pub fn outbox(connection: &mut Connection, limit: i64) -> Result<Vec<Mail>> {
    Ok(mail::table
        .order(mail::id.desc())
        .limit(limit)
        .select(Mail::as_select())
        .load(connection)?)
}

/// Whether a mail is due: asked on a reading connection, to leave the writer alone.
pub(super) fn any_due(connection: &mut Connection, now: Timestamp) -> Result<bool> {
    let found: Option<String> = mail::table
        .filter(mail::status.eq(MailStatus::Queued))
        .filter(mail::next_attempt_at.le(now))
        .filter(mail::leased_until.is_null().or(mail::leased_until.le(now)))
        .select(mail::id)
        .first(connection)
        .optional()?;
    Ok(found.is_some())
}

/// Takes up to `limit` mails that have been due longest, for `life`; no other instance gets them
/// meanwhile.
pub(super) fn lease(tx: &mut Tx<'_>, limit: i64, life: Duration) -> Result<Vec<Outgoing>> {
    let due = mail::table
        .filter(mail::status.eq(MailStatus::Queued))
        .filter(mail::next_attempt_at.le(tx.now))
        .filter(mail::leased_until.is_null().or(mail::leased_until.le(tx.now)))
        .order((mail::next_attempt_at.asc(), mail::id.asc()))
        .limit(limit)
        .select((
            mail::id,
            mail::tenant_id,
            mail::kind,
            mail::to_address,
            mail::to_name,
            mail::subject,
            mail::text_body,
            mail::html_body,
            mail::message_id,
            mail::attempts,
            mail::created_at,
            mail::leased_until,
        ));
    let mut found: Vec<Outgoing> = match &mut *tx.connection {
        // The write transaction of SQLite is the only one.
        Connection::Sqlite(c) => due.load(c)?,
        Connection::Postgresql(c) => due.for_update().skip_locked().load(c)?,
    };
    let until = Some(tx.now + life);
    for outgoing in &mut found {
        outgoing.leased_until = until;
    }
    let ids: Vec<&str> = found.iter().map(|outgoing| outgoing.id.as_str()).collect();
    diesel::update(mail::table.filter(mail::id.eq_any(ids)))
        .set(mail::leased_until.eq(until))
        .execute(tx.connection)?;
    Ok(found)
}

/// Gives a mail back that wasn't tried.
pub(super) fn release(tx: &mut Tx<'_>, outgoing: &Outgoing) -> Result<()> {
    diesel::update(
        mail::table.find(&outgoing.id).filter(mail::leased_until.eq(outgoing.leased_until)),
    )
    .set(mail::leased_until.eq(None::<Timestamp>))
    .execute(tx.connection)?;
    Ok(())
}

/// Notes how a try went; false when the lease was lost.
pub(super) fn settle(tx: &mut Tx<'_>, outgoing: &Outgoing, outcome: &Outcome) -> Result<bool> {
    let (status, next, error) = match outcome {
        Outcome::Sent => (MailStatus::Sent, tx.now, None),
        Outcome::Later(at, why) => (MailStatus::Queued, *at, Some(why.as_str())),
        Outcome::Failed(why) => (MailStatus::Failed, tx.now, Some(why.as_str())),
    };
    let sent_at = (status == MailStatus::Sent).then_some(tx.now);
    let changed = diesel::update(
        mail::table.find(&outgoing.id).filter(mail::leased_until.eq(outgoing.leased_until)),
    )
    .set((
        mail::status.eq(status),
        mail::attempts.eq(outgoing.attempts + 1),
        mail::next_attempt_at.eq(next),
        mail::leased_until.eq(None::<Timestamp>),
        mail::sent_at.eq(sent_at),
        mail::last_error.eq(error),
    ))
    .execute(tx.connection)?;
    Ok(changed == 1)
}
