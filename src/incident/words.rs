//! A duty in words that an officer can forward.

use chrono::NaiveDate;

use super::duty::{Answer, Duty, Party, Reason};
use crate::web::Language;
use crate::web::locale::{self, ArgValue};

/// Whose duty it is; `alone` where there is no contractor.
pub(super) fn who(language: Language, party: Party, alone: bool) -> String {
    let key = match (party, alone) {
        (Party::Principal, true) => "duty-party-organisation",
        (Party::Principal, false) => "duty-party-principal",
        (Party::Contractor, _) => "duty-party-contractor",
    };
    locale::text(language, key)
}

/// The sentences that say what a side has to do, and why; `known_on` is the day on which it knew.
pub(super) fn sentences(
    language: Language,
    who: &str,
    known_on: Option<NaiveDate>,
    duty: &Duty,
) -> Vec<String> {
    let text = |key: &str| locale::text(language, key);
    let say = |key: &str, args: &[(&str, ArgValue)]| locale::text_with(language, key, args);
    let mut all = vec![say(&format!("duty-says-{}", duty.answer), &[("who", who.into())])];
    all.extend(duty.reason.map(|reason| text(&format!("duty-reason-{reason}"))));
    for (key, name, words) in lists(duty) {
        let words = words.iter().map(|word| text(&format!("duty-{name}-{word}")));
        let words = words.collect::<Vec<_>>().join(&text("duty-list-join"));
        if !words.is_empty() {
            all.push(say(key, &[("words", words.into())]));
        }
    }
    let day = |day| ArgValue::from(locale::day(language, day));
    if let (Some(known), Some(window), Some(last)) = (known_on, duty.preliminary, duty.final_by) {
        let (known, last) = (day(known), day(last));
        let days =
            [("known", known), ("from", day(window.from)), ("to", day(window.to)), ("last", last)];
        all.push(say("duty-says-clock", &days));
    }
    if let Some(window) = duty.overlay {
        let days = [("from", day(window.from)), ("to", day(window.to))];
        all.push(say("duty-says-overlay", &days));
    }
    if duty.by_contract && duty.reason != Some(Reason::Released) {
        all.push(text("duty-says-by-contract"));
    }
    all
}

/// What a duty lists: the key of the sentence, the name of the words' keys, and the words.
fn lists(duty: &Duty) -> [(&'static str, &'static str, Vec<&'static str>); 5] {
    // Where there is a ground, others that may be there decide nothing.
    let open = duty.answer == Answer::NeedsReview;
    let possible = duty.possible.iter().filter(|_| open);
    [
        ("duty-says-grounds", "ground", duty.grounds.iter().map(|w| w.as_str()).collect()),
        ("duty-says-possible", "ground", possible.map(|w| w.as_str()).collect()),
        ("duty-says-articles", "article", duty.articles.iter().map(|w| w.as_str()).collect()),
        ("duty-says-missing", "open", duty.missing.iter().map(|w| w.as_str()).collect()),
        ("duty-says-may-free", "open", duty.may_free.iter().map(|w| w.as_str()).collect()),
    ]
}
