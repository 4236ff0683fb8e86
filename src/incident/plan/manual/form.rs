//! The form of a draft: every step in fields of its own, an empty one beneath, and buttons that keep
//! all of it and move or take away one.

use super::model::{ManualStep, Section};
use crate::questionnaire::Text;
use crate::rulebook::Party;
use crate::web::{Fields, Form, Invalid, Message, Rule};

/// Most steps of a manual.
const MOST: usize = 60;

/// The id in the fields of the step that is added.
pub(super) const NEW: &str = "new";

/// The name of a field of a step.
pub(super) fn field(name: &str, id: &str) -> String {
    format!("{name}_{id}")
}

/// Reads the form of a draft that has these steps.
///
/// # Errors
/// What is wrong, by field.
pub(super) fn parse(form: &Form, steps: &[ManualStep]) -> Result<Vec<ManualStep>, Invalid> {
    let act = form.value("act");
    let removed = act.strip_prefix("remove:");
    let mut f = Fields::of(form);
    let mut read = Vec::new();
    for step in steps.iter().filter(|step| removed != Some(step.id.as_str())) {
        // The form doesn't ask for the page: it stays with the step.
        let again = one(&mut f, &step.id);
        read.push(again.map(|again| ManualStep { page: step.page, ..again }));
    }
    if !form.value(&field("what_ja", NEW)).trim().is_empty() {
        let added = one(&mut f, NEW);
        read.push(added.map(|added| ManualStep { id: free_id(steps), ..added }));
    }
    f.check(!read.is_empty(), &field("what_ja", NEW), "error-required");
    if read.len() > MOST {
        let message = Message::new("incident-manual-error-most").with("max", MOST);
        f.error(&field("what_ja", NEW), message);
    }
    let steps = f.finish(|| read.into_iter().collect::<Option<Vec<_>>>())?;
    Ok(moved(act, in_order(steps)))
}

fn one(f: &mut Fields<'_>, id: &str) -> Option<ManualStep> {
    let ja = f.text(&field("what_ja", id), Rule::line(200));
    let en = f.optional(&field("what_en", id), Rule::line(200));
    let how_ja = f.optional(&field("how_ja", id), Rule::text(1000));
    let how_en = f.optional(&field("how_en", id), Rule::text(1000));
    let section: Option<Section> = f.word(&field("section", id));
    let side: Option<Party> = f.word(&field("side", id));
    f.check(side != Some(Party::Other), &field("side", id), "error-choose-from-list");
    let most = section.unwrap_or(Section::Month).hours();
    let hours = f.number(&field("hours", id), 1, most.into());
    let kinds = f.words(&field("kinds", id));
    Some(ManualStep {
        id: id.to_owned(),
        section: section?,
        side: side?,
        hours: u16::try_from(hours?).ok()?,
        page: None,
        kinds: kinds?,
        what: Text::new(ja?, en?),
        how: Text::new(how_ja?, how_en?),
    })
}

/// An id that no step has.
fn free_id(steps: &[ManualStep]) -> String {
    let mut number = steps.len() + 1;
    loop {
        let id = format!("n{number}");
        if steps.iter().all(|step| step.id != id) {
            return id;
        }
        number += 1;
    }
}

/// The sections one after the other, the steps of each as they are.
fn in_order(mut steps: Vec<ManualStep>) -> Vec<ManualStep> {
    steps.sort_by_key(|step| step.section);
    steps
}

/// The steps after one was moved within its section.
fn moved(act: &str, mut steps: Vec<ManualStep>) -> Vec<ManualStep> {
    let Some((way, id)) = act.split_once(':') else { return steps };
    let Some(at) = steps.iter().position(|step| step.id == id) else { return steps };
    let to = match way {
        "up" => at.checked_sub(1),
        "down" => Some(at + 1),
        _ => None,
    };
    let section = |at: usize| steps.get(at).map(|step| step.section);
    if let Some(to) = to.filter(|to| section(*to) == section(at)) {
        steps.swap(at, to);
    }
    steps
}

/// The form filled in with the steps of a draft.
pub(super) fn filled(steps: &[ManualStep], version: i32) -> Form {
    let mut form = Form::from_pairs([("version", version.to_string())]);
    for step in steps {
        let mut set = |name: &str, value: &str| form.set(&field(name, &step.id), value);
        set("what_ja", &step.what.ja);
        set("what_en", &step.what.en);
        set("how_ja", &step.how.ja);
        set("how_en", &step.how.en);
        set("section", step.section.as_str());
        set("side", step.side.as_str());
        set("hours", &step.hours.to_string());
        for kind in &step.kinds {
            form.add(&field("kinds", &step.id), kind.as_str());
        }
    }
    form
}
