//! What an account's owner is told by mail: that something of the sign-in changed, and links that
//! count once.

use super::model::Person;
use super::store;
use crate::database::Tx;
use crate::error::Result;
use crate::notice::{self, Letter, Link};
use crate::web::locale::{self, ArgValue};
use crate::web::{Language, Settings};

/// Tells a person of a change. The words are `mail-account-<what>-subject` and `-text`, with dashes
/// for underscores; what to do when it was somebody else is the same for all.
pub(super) fn notice(
    tx: &mut Tx<'_>,
    settings: &Settings,
    person: &Person,
    what: &'static str,
    details: &[(&str, String)],
) -> Result<()> {
    let link = ("mail-account-link", format!("{}/account", settings.base_url));
    send(tx, settings, person, what, details, link, "mail-account-not-you")
}

/// Sends a person a link that counts once: words as of [`notice`], and `mail-account-<what>-link`.
pub(super) fn link(
    tx: &mut Tx<'_>,
    settings: &Settings,
    person: &Person,
    what: &'static str,
    path: &str,
    minutes: i64,
) -> Result<()> {
    let label = match what {
        "reset" => "mail-account-reset-link",
        _ => "mail-account-sign-in-link",
    };
    let link = (label, format!("{}{path}", settings.base_url));
    let details = [("minutes", minutes.to_string())];
    send(tx, settings, person, what, &details, link, "mail-account-not-asked")
}

fn send(
    tx: &mut Tx<'_>,
    settings: &Settings,
    person: &Person,
    what: &'static str,
    details: &[(&str, String)],
    (label, href): (&str, String),
    otherwise: &str,
) -> Result<()> {
    let organisations = store::organisation_names(tx.connection, person.id)?;
    let language: Language = person.language.parse().unwrap_or_default();
    let stem = format!("mail-account-{}", what.replace('_', "-"));
    let at = crate::japanese::to_jst(tx.now).format("%Y-%m-%d %H:%M").to_string();
    let mut args = vec![("at", ArgValue::from(at))];
    args.extend(details.iter().map(|(name, value)| (*name, ArgValue::from(value.as_str()))));
    let say = |key: &str| locale::text_with(language, key, &args);
    let letter = Letter {
        tenant_id: None,
        kind: what,
        to_address: person.email.clone(),
        to_name: person.name.clone(),
        language,
        subject: say(&format!("{stem}-subject")),
        organisation: organisations.into_iter().next().unwrap_or_default(),
        paragraphs: vec![say(&format!("{stem}-text")), say(otherwise)],
        link: Some(Link { label: say(label), href }),
    };
    notice::enqueue(tx, settings, &letter)?;
    Ok(())
}
