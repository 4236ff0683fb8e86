//! The outbox.

use diesel::prelude::*;
use serde::Serialize;

use super::model::{Letter, Link, Mail, MailStatus};
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
