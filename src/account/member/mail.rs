//! What members are told when something about their membership changed.

use super::store::Kept;
use crate::database::Tx;
use crate::error::Result;
use crate::notice::{self, Letter, Link};
use crate::organisation;
use crate::web::locale::{self, ArgValue};
use crate::web::{Language, Settings};

/// Writes to a member. The words are `mail-<stem>-subject`, `-text` and `-link`.
pub(super) fn tell(
    tx: &mut Tx<'_>,
    settings: &Settings,
    to: &Kept,
    (kind, stem): (&'static str, &str),
    words: &[(&str, ArgValue)],
) -> Result<()> {
    let organisation = organisation::find(tx.connection, to.tenant_id)?.name;
    let language: Language = to.language.parse().unwrap_or_default();
    let mut args = vec![("organisation", ArgValue::from(organisation.as_str()))];
    args.extend(words.iter().cloned());
    let say = |part: &str| locale::text_with(language, &format!("mail-{stem}-{part}"), &args);
    let letter = Letter {
        tenant_id: Some(to.tenant_id),
        kind,
        to_address: to.email.clone(),
        to_name: to.name.clone(),
        language,
        subject: say("subject"),
        organisation: organisation.clone(),
        paragraphs: vec![say("text"), say("next")],
        link: Some(Link { label: say("link"), href: format!("{}/", settings.base_url) }),
    };
    notice::enqueue(tx, settings, &letter)?;
    Ok(())
}

/// A role in the words of a mail's language.
pub(super) fn role_words(to: &Kept) -> String {
    let language: Language = to.language.parse().unwrap_or_default();
    locale::text(language, &format!("role-{}", to.role))
}
