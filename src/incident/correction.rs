//! What a correction changes of an incident, field by field, and how that is said.

use serde::Serialize;
use serde_json::{Value, json};

use super::model::Incident;
use super::report::ReportedFacts;
use crate::clock::Timestamp;
use crate::paper::Paper;
use crate::web::Language;

/// The fields that people fill with their own words: that they changed is told, not from what to what.
const FREE: [&str; 3] = ["known-by", "recipients", "summary"];

/// A field that is told otherwise: its name is the message `incident-<field>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Change {
    field: &'static str,
    was: Value,
    now: Value,
}

/// A field in words: as it is stored, and as it was typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Difference {
    pub field: String,
    pub stored: String,
    pub typed: String,
}

/// What is told otherwise than an incident has it.
pub(super) fn changes(before: &Incident, told: &ReportedFacts) -> Vec<Change> {
    let fields = [
        ("kind", json!(before.kind), json!(told.kind)),
        ("summary", json!(before.summary), json!(told.summary)),
        ("known-at", json!(before.known_at), json!(told.known_at)),
        ("known-by", json!(before.known_by), json!(told.known_by)),
        ("occurred-at", json!(before.occurred_at), json!(told.occurred_at)),
        ("persons", json!(before.persons), json!(told.persons)),
        ("counted", json!(before.counted), json!(told.counted)),
        ("recipients", json!(before.recipients), json!(told.recipients)),
    ];
    let changed = fields.into_iter().filter(|(_, was, now)| was != now);
    changed.map(|(field, was, now)| Change { field, was, now }).collect()
}

/// The changes as the timeline keeps them.
pub(super) fn kept(changes: &[Change]) -> Value {
    let one = |change: &Change| match change {
        Change { field, .. } if FREE.contains(field) => json!({ "field": field }),
        Change { field, was, now } => json!({ "field": field, "was": was, "now": now }),
    };
    changes.iter().map(one).collect()
}

/// The changes that the timeline kept, a line each.
pub(super) fn told(language: Language, kept: &Value) -> Vec<String> {
    let paper = Paper::new(language);
    let line = |change: &Value| {
        let field = change.get("field")?.as_str()?;
        let name = paper.text(&format!("incident-{field}"));
        let Some((was, now)) = change.get("was").zip(change.get("now")) else {
            return Some(paper.say("incident-timeline-changed", &[("field", name.into())]));
        };
        let (was, now) = (word(&paper, field, was), word(&paper, field, now));
        let args = [("field", name.into()), ("was", was.into()), ("now", now.into())];
        Some(paper.say("incident-timeline-changed-to", &args))
    };
    kept.as_array().into_iter().flatten().filter_map(line).collect()
}

/// The changes for whoever typed them: what is stored, beside what was typed.
pub(super) fn compared(language: Language, changes: &[Change]) -> Vec<Difference> {
    let paper = Paper::new(language);
    let difference = |change: &Change| Difference {
        field: paper.text(&format!("incident-{}", change.field)),
        stored: word(&paper, change.field, &change.was),
        typed: word(&paper, change.field, &change.now),
    };
    changes.iter().map(difference).collect()
}

/// What a field holds, in words.
fn word(paper: &Paper, field: &str, value: &Value) -> String {
    if let "known-at" | "occurred-at" = field
        && let Ok(at) = serde_json::from_value::<Timestamp>(value.clone())
    {
        return paper.moment(at);
    }
    match (field, value) {
        ("kind" | "counted", Value::String(word)) => {
            paper.text(&format!("incident-{field}-{word}"))
        }
        (_, Value::String(text)) if text.is_empty() => paper.text("paper-empty"),
        (_, Value::String(text)) => text.clone(),
        (_, Value::Number(number)) => {
            let count = number.as_i64().unwrap_or_default();
            paper.say("entrustment-persons-count", &[("count", count.into())])
        }
        _ => paper.text("incident-unknown"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_of_a_fact_is_told_from_what_to_what_and_of_a_text_only_that_it_is_one() {
        let change = |field, was, now| Change { field, was, now };
        let changes = [
            change("kind", json!("misdirected"), json!("theft")),
            change("occurred-at", json!(null), json!("2026-04-01T07:08:00")),
            change("persons", json!(49), json!(52)),
            change("summary", json!("山田の分を送った"), json!("名簿を送った")),
        ];
        let kept = kept(&changes);
        assert!(!kept.to_string().contains("山田"), "{kept}");
        assert_eq!(
            told(Language::Ja, &kept),
            [
                "何が起きたか：宛先の誤り（メール・郵送・ファクス）から盗難へ",
                "起きた日時：分からないから令和8年4月1日 16時08分へ",
                "本人の数：49人から52人へ",
                "状況：変更",
            ]
        );
        assert_eq!(told(Language::Ja, &json!(null)), Vec::<String>::new());
        let compared = compared(Language::Ja, &changes);
        let text = compared.last().unwrap();
        assert_eq!((&*text.stored, &*text.typed), ("山田の分を送った", "名簿を送った"));
    }
}
