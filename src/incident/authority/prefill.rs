//! What the report says before anybody wrote into it: what the incident knows, in Japanese, the
//! authority's language.

use super::model::{Item, Items};
use crate::incident::model::{Counted, Incident};
use crate::paper::Paper;
use crate::web::Language;

/// The items as far as an incident tells them; `kinds` are the names of the data entrusted.
pub(super) fn items(incident: &Incident, kinds: &[String]) -> Items {
    let paper = Paper::new(Language::Ja);
    let mut items = Items::default();
    let occurred = incident
        .occurred_at
        .map_or_else(|| paper.text("incident-authority-unknown-time"), |at| paper.moment(at));
    let args = [
        ("occurred", occurred.into()),
        ("known", paper.moment(incident.known_at).into()),
        ("kind", paper.text(&format!("incident-kind-{}", incident.kind)).into()),
        ("summary", incident.summary.as_str().into()),
    ];
    items.set(Item::Outline, paper.say("incident-authority-prefill-outline", &args));
    if !kinds.is_empty() {
        let names = kinds.join(&paper.text("paper-between"));
        let args = [("kinds", names.into())];
        items.set(Item::Kinds, paper.say("incident-authority-prefill-kinds", &args));
    }
    if let Some(count) = incident.persons {
        let key = match incident.counted {
            Counted::Exact => "incident-authority-prefill-exact",
            Counted::AtMost => "incident-authority-prefill-at-most",
            Counted::Unknown => "incident-authority-prefill-about",
        };
        items.set(Item::Persons, paper.say(key, &[("count", count.into())]));
    }
    items
}
