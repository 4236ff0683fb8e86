//! Letters to a contractor's representatives. What an officer typed for the contractor stands on
//! the page behind the link, never in a mail.

use chrono::NaiveDate;

use super::dispatch::Dispatch;
use super::entity::QuestionnaireId;
use crate::account::Recipient;
use crate::actor::OrganisationId;
use crate::notice::{Letter, Link};
use crate::web::Portal;
use crate::web::locale::{self, ArgValue};

/// On whose behalf a letter goes: id and name.
pub(super) type Principal<'a> = (OrganisationId, &'a str);

/// A letter with subject and first paragraph of `key`, and what else there is to say.
struct Draft<'a> {
    key: &'static str,
    args: Vec<(&'static str, ArgValue)>,
    more: Vec<String>,
    path: String,
    principal: Principal<'a>,
}

impl Draft<'_> {
    fn letter(self, portal: &Portal, recipient: &Recipient, kind: &'static str) -> Letter {
        let say = |part: &str| {
            locale::text_with(recipient.language, &format!("{}-{part}", self.key), &self.args)
        };
        let mut paragraphs = vec![say("text")];
        paragraphs.extend(self.more);
        Letter {
            tenant_id: Some(self.principal.0),
            kind,
            to_address: recipient.email.clone(),
            to_name: recipient.name.clone(),
            language: recipient.language,
            subject: say("subject"),
            organisation: self.principal.1.to_owned(),
            paragraphs,
            link: Some(Link {
                label: say("link"),
                href: format!("{}{}", portal.settings.base_url, self.path),
            }),
        }
    }
}

/// Tells a representative that questionnaires came: the id of each and the title of its
/// entrustment.
pub(super) fn dispatched(
    portal: &Portal,
    principal: Principal<'_>,
    recipient: &Recipient,
    new: &Dispatch<'_>,
    items: &[(QuestionnaireId, &str)],
) -> Letter {
    let language = recipient.language;
    let path = match items {
        [(id, _)] => format!("/questionnaires/{id}"),
        _ => "/questionnaires".to_owned(),
    };
    let titles = items.iter().map(|(_, title)| {
        locale::text_with(language, "mail-questionnaire-about", &[("title", (*title).into())])
    });
    let contact = [("contact", new.contact.as_str().into())];
    let contact = locale::text_with(language, "mail-questionnaire-contact", &contact);
    let args = vec![
        ("organisation", principal.1.into()),
        ("template", new.template.title.get(language.as_str()).into()),
        ("deadline", locale::day(language, new.deadline).into()),
        ("count", items.len().into()),
        ("minutes", i64::from(new.template.minutes).into()),
    ];
    let more = titles.chain([contact]).collect();
    let draft = Draft { key: "mail-questionnaire-dispatched", args, more, path, principal };
    draft.letter(portal, recipient, "questionnaire_dispatched")
}

/// Tells a representative of a new deadline.
pub(super) fn deadline_extended(
    portal: &Portal,
    principal: Principal<'_>,
    recipient: &Recipient,
    questionnaire: (QuestionnaireId, &str),
    deadline: NaiveDate,
) -> Letter {
    let (id, title) = questionnaire;
    let args = vec![
        ("organisation", principal.1.into()),
        ("title", title.into()),
        ("deadline", locale::day(recipient.language, deadline).into()),
    ];
    let path = format!("/questionnaires/{id}");
    let key = "mail-questionnaire-extended";
    let draft = Draft { key, args, more: vec![], path, principal };
    draft.letter(portal, recipient, "questionnaire_extended")
}

/// Tells a representative that a questionnaire needs no answer any more.
pub(super) fn withdrawn(
    portal: &Portal,
    principal: Principal<'_>,
    recipient: &Recipient,
    questionnaire: (QuestionnaireId, &str),
) -> Letter {
    let (id, title) = questionnaire;
    let args = vec![("organisation", principal.1.into()), ("title", title.into())];
    let path = format!("/questionnaires/{id}");
    let key = "mail-questionnaire-withdrawn";
    let draft = Draft { key, args, more: vec![], path, principal };
    draft.letter(portal, recipient, "questionnaire_withdrawn")
}
