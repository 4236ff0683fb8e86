//! A duty in words that an officer can forward.

use chrono::NaiveDate;

use super::duty::{Answer, Duty, Party, Reason};
use crate::japanese::era_date;
use crate::web::Language;
use crate::web::locale::{self, ArgValue};

/// A day as the reader's language writes it.
pub(super) fn date(language: Language, day: NaiveDate) -> String {
    match language {
        Language::Ja => era_date(day),
        Language::En => day.format("%-d %B %Y").to_string(),
    }
}

/// The sentences that say what a side has to do, and why.
pub(super) fn sentences(
    language: Language,
    party: Party,
    alone: bool,
    known_on: Option<NaiveDate>,
    duty: &Duty,
) -> Vec<String> {
    let text = |key: &str| locale::text(language, key);
    let say = |key: &str, args: &[(&str, ArgValue)]| locale::text_with(language, key, args);
    let who = text(match (party, alone) {
        (Party::Principal, true) => "duty-party-organisation",
        (Party::Principal, false) => "duty-party-principal",
        (Party::Contractor, _) => "duty-party-contractor",
    });
    let mut all = vec![say(&format!("duty-says-{}", duty.answer), &[("who", who.into())])];
    if let Some(reason) = duty.reason {
        all.push(text(&format!("duty-reason-{reason}")));
    }
    let list = |words: Vec<String>| words.join(&text("duty-list-join"));
    let named = |prefix: &str, words: Vec<&'static str>| {
        list(words.iter().map(|word| text(&format!("{prefix}-{word}"))).collect())
    };
    if !duty.grounds.is_empty() {
        let grounds = named("duty-ground", duty.grounds.iter().map(|g| g.as_str()).collect());
        all.push(say("duty-says-grounds", &[("grounds", grounds.into())]));
    }
    if duty.answer == Answer::NeedsReview && !duty.possible.is_empty() {
        let grounds = named("duty-ground", duty.possible.iter().map(|g| g.as_str()).collect());
        all.push(say("duty-says-possible", &[("grounds", grounds.into())]));
    }
    if !duty.articles.is_empty() {
        let articles = named("duty-article", duty.articles.iter().map(|a| a.as_str()).collect());
        all.push(say("duty-says-articles", &[("articles", articles.into())]));
    }
    if let (Some(known), Some(window), Some(last)) = (known_on, duty.preliminary, duty.final_by) {
        let day = |day| ArgValue::from(date(language, day));
        all.push(say(
            "duty-says-clock",
            &[
                ("known", day(known)),
                ("from", day(window.from)),
                ("to", day(window.to)),
                ("last", day(last)),
            ],
        ));
    }
    if let Some(window) = duty.overlay {
        let day = |day| ArgValue::from(date(language, day));
        all.push(say("duty-says-overlay", &[("from", day(window.from)), ("to", day(window.to))]));
    }
    if !duty.missing.is_empty() {
        let open = named("duty-open", duty.missing.iter().map(|o| o.as_str()).collect());
        all.push(say("duty-says-missing", &[("open", open.into())]));
    }
    if !duty.may_free.is_empty() {
        let open = named("duty-open", duty.may_free.iter().map(|o| o.as_str()).collect());
        all.push(say("duty-says-may-free", &[("open", open.into())]));
    }
    if duty.by_contract && duty.reason != Some(Reason::Released) {
        all.push(text("duty-says-by-contract"));
    }
    all
}
