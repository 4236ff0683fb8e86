//! Letters about accesses: to those who decide, and to the auditor. They name the entrustment by
//! number and title and lead to a page; whom it is about stands there.

use chrono::NaiveDate;

use super::model::AuditorAccess;
use super::store;
use crate::account;
use crate::correspondence::{self, Message};
use crate::database::Tx;
use crate::entrustment::{DECIDERS, Entrustment};
use crate::error::Result;
use crate::web::{Language, Settings, locale};

/// Tells those who decide that an access waits for them.
pub(super) fn asked(
    tx: &mut Tx<'_>,
    settings: &Settings,
    of: &Entrustment,
    access: &AuditorAccess,
) -> Result<()> {
    let to = account::members_of(tx.connection, &[of.tenant_id], DECIDERS)?;
    let to: Vec<_> = to.into_iter().map(|member| member.recipient).collect();
    let message = message(access, "auditor_access_asked", "mail-auditor-access-asked");
    correspondence::send(tx, settings, of, &to, &message)
}

/// Tells the auditor from when until when the entrustment is open.
pub(super) fn granted(
    tx: &mut Tx<'_>,
    settings: &Settings,
    of: &Entrustment,
    access: &AuditorAccess,
) -> Result<()> {
    let message = message(access, "auditor_access_granted", "mail-auditor-access-granted");
    to_auditor(tx, settings, of, access, message)
}

/// Tells the auditor that it was ended early.
pub(super) fn ended(
    tx: &mut Tx<'_>,
    settings: &Settings,
    of: &Entrustment,
    access: &AuditorAccess,
) -> Result<()> {
    let message = message(access, "auditor_access_ended", "mail-auditor-access-ended");
    to_auditor(tx, settings, of, access, message)
}

fn to_auditor(
    tx: &mut Tx<'_>,
    settings: &Settings,
    of: &Entrustment,
    access: &AuditorAccess,
    message: Message,
) -> Result<()> {
    let to = store::reader(tx.connection, access)?;
    // Before the first day and after the end the entrustment's own pages are closed to the auditor.
    let message = Message { path: "/auditor-access".to_owned(), ..message };
    correspondence::send(tx, settings, of, &[to], &message)
}

fn message(access: &AuditorAccess, kind: &'static str, stem: &'static str) -> Message {
    let said = |language: Language, day: NaiveDate| locale::day(language, day).into();
    let args = vec![
        ("from", said(Language::Ja, access.from_on)),
        ("until", said(Language::Ja, access.until_on)),
        ("from_en", said(Language::En, access.from_on)),
        ("until_en", said(Language::En, access.until_on)),
    ];
    Message { kind, stem, path: access.href(), args }
}
