//! The notice to the persons (本人への通知): what the template says of the facts, and the letter as
//! it is sent.

use super::model::{Group, Letter};
use crate::incident::cause::Cause;
use crate::incident::model::Incident;
use crate::japanese::jst_date;
use crate::web::Language;
use crate::web::locale::{self, text, text_with};

/// What stands around the facts of an incident.
#[derive(Clone, Debug)]
pub(super) struct About {
    /// The principal.
    pub principal: String,
    /// The entrustment's title.
    pub entrustment: String,
    /// Whom the persons may ask, ready to be printed.
    pub contact: String,
}

/// The letter as the template has it, with the facts of the incident.
pub(super) fn draft(
    language: Language,
    incident: &Incident,
    group: &Group,
    (about, cause): (&About, Option<&Cause>),
) -> Letter {
    let kind = text(language, &format!("incident-kind-{}", incident.kind));
    let day = |at| locale::day(language, jst_date(at)).into();
    let args = [
        ("principal", about.principal.as_str().into()),
        ("entrustment", about.entrustment.as_str().into()),
        ("kind", kind.into()),
        ("known", day(incident.known_at)),
        ("day", day(incident.occurred_at.unwrap_or(incident.known_at))),
        ("count", i64::from(group.persons).into()),
    ];
    let say = |item: &str| text_with(language, &format!("incident-person-draft-{item}"), &args);
    let happened = if incident.occurred_at.is_some() { "summary" } else { "summary-known" };
    Letter {
        summary: say(happened),
        items: data(language, group),
        cause: cause.map_or_else(|| say("cause"), |cause| known_cause(language, cause)),
        harm: say("harm"),
        other: say("other"),
    }
}

/// The cause that was recorded: in the words in which it was, or which kind of cause it was.
fn known_cause(language: Language, cause: &Cause) -> String {
    match language {
        Language::Ja => cause.summary.clone(),
        Language::En => text(language, &format!("incident-cause-root-{}", cause.root)),
    }
}

/// The kinds of data of a group in words.
pub(super) fn data(language: Language, group: &Group) -> String {
    let word = |kind| text(language, &format!("incident-person-data-{kind}"));
    let words: Vec<String> = group.data.0.iter().map(word).collect();
    words.join(&text(language, "incident-person-join"))
}

/// The letter as it is sent: paragraphs parted by empty lines.
pub(super) fn whole(language: Language, letter: &Letter, about: &About) -> String {
    let say = |key: &str| text(language, key);
    let args = [("principal", about.principal.as_str().into())];
    let mut parts = vec![text_with(language, "incident-person-letter-opening", &args)];
    for (item, words) in [
        ("summary", &letter.summary),
        ("data", &letter.items),
        ("cause", &letter.cause),
        ("harm", &letter.harm),
        ("other", &letter.other),
    ] {
        parts.push(format!("{}\n{words}", say(&format!("incident-person-letter-{item}"))));
    }
    parts.push(format!("{}\n{}", say("incident-person-letter-contact"), about.contact));
    parts.join("\n\n")
}
