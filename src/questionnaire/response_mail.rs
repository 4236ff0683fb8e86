//! Letters of the response: handed in, returned, approved. They name the questionnaire and the
//! numbers of questions, never an answer.

use super::model::QuestionId;
use super::response::Response;
use super::store;
use crate::account::{self, Recipient};
use crate::database::Tx;
use crate::error::Result;
use crate::notice::{self, Letter, Link};
use crate::organisation::{self, contractor};
use crate::web::Settings;
use crate::web::locale::{self, ArgValue};

/// Tells the division's officers that a response was handed in.
pub(super) fn handed_in(tx: &mut Tx<'_>, settings: &Settings, response: &Response) -> Result<()> {
    let own = &response.entrustment;
    let officers = account::recipients(tx.connection, own.tenant_id, own.division_id)?;
    send(tx, settings, response, "handed-in", &officers, "")
}

/// Tells the contractor's representatives which questions to answer anew.
pub(super) fn returned(
    tx: &mut Tx<'_>,
    settings: &Settings,
    response: &Response,
    questions: &[QuestionId],
) -> Result<()> {
    let returned = response.template.questions().filter(|q| questions.contains(&q.id));
    let numbers: Vec<String> = returned.map(|q| q.number.to_string()).collect();
    let to = representatives(tx, response)?;
    send(tx, settings, response, "returned", &to, &numbers.join(", "))
}

/// Tells the contractor's representatives that every answer was accepted.
pub(super) fn approved(tx: &mut Tx<'_>, settings: &Settings, response: &Response) -> Result<()> {
    let to = representatives(tx, response)?;
    send(tx, settings, response, "approved", &to, "")
}

fn representatives(tx: &mut Tx<'_>, response: &Response) -> Result<Vec<Recipient>> {
    match store::response::contractor_organisation(tx.connection, response)? {
        Some(organisation) => account::recipients_of_contractor(tx.connection, organisation),
        None => Ok(Vec::new()),
    }
}

fn send(
    tx: &mut Tx<'_>,
    settings: &Settings,
    response: &Response,
    kind: &'static str,
    to: &[Recipient],
    numbers: &str,
) -> Result<()> {
    let own = &response.entrustment;
    let principal = organisation::find(tx.connection, own.tenant_id)?.name;
    let contractor = contractor::find(tx.connection, own.tenant_id, own.contractor_id)?.name;
    for recipient in to {
        let words = Words { principal: &principal, contractor: &contractor, numbers };
        let letter = letter(settings, response, kind, recipient, &words);
        notice::enqueue(tx, settings, &letter)?;
    }
    Ok(())
}

struct Words<'a> {
    principal: &'a str,
    contractor: &'a str,
    numbers: &'a str,
}

fn letter(
    settings: &Settings,
    response: &Response,
    kind: &'static str,
    to: &Recipient,
    words: &Words<'_>,
) -> Letter {
    let own = &response.entrustment;
    let args = [
        ("title", ArgValue::from(response.template.title.get(to.language.as_str()))),
        ("entrustment", own.title.as_str().into()),
        ("number", own.number.as_str().into()),
        ("principal", words.principal.into()),
        ("contractor", words.contractor.into()),
        ("questions", words.numbers.into()),
        ("deadline", locale::day(to.language, response.questionnaire.deadline).into()),
    ];
    let say =
        |part: &str| locale::text_with(to.language, &format!("response-mail-{kind}-{part}"), &args);
    Letter {
        tenant_id: Some(own.tenant_id),
        kind,
        to_address: to.email.clone(),
        to_name: to.name.clone(),
        language: to.language,
        subject: say("subject"),
        organisation: words.principal.to_owned(),
        paragraphs: vec![say("text"), say("next")],
        link: Some(Link {
            label: say("link"),
            href: format!("{}/questionnaires/{}", settings.base_url, response.questionnaire.id),
        }),
    }
}
