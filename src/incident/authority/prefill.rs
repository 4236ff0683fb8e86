//! What the report says before anybody wrote into it: what the incident knows, in Japanese, the
//! authority's language.

use super::model::{Item, Items};
use crate::incident::model::{Counted, Incident};
use crate::paper::Paper;
use crate::web::Language;

/// What the form proposes where nobody wrote which data were concerned: all that were entrusted. It is
/// no item of the report before somebody has kept it.
pub(super) fn kinds(names: &[String]) -> String {
    if names.is_empty() {
        return String::new();
    }
    let paper = Paper::new(Language::Ja);
    let args = [("kinds", names.join(&paper.text("paper-between")).into())];
    paper.say("incident-authority-prefill-kinds", &args)
}

/// The items as far as an incident tells them.
pub(super) fn items(incident: &Incident) -> Items {
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
