//! Designing a template: the forms of its head, sections and questions, read and filled in.

mod question;
#[cfg(test)]
mod tests;

pub(super) use question::{HOLDING_ABROAD, answers, fill_question, option_rows, parse_question};

use super::model::{
    Condition, Edit, Head, Kind, Question, QuestionId, Section, SectionHead, Template, Text,
};
use crate::web::{Fields, Form, Invalid, Message, Rule};

/// Most characters of a title.
const TITLE: Rule = Rule::line(300);
/// Most characters of a longer text, as [`Template::check`] has it.
const LONG: Rule = Rule::text(4000);

/// Reads `NAME_ja` and `NAME_en`.
fn text(f: &mut Fields<'_>, name: &str, rule: Rule, required: bool) -> Option<Text> {
    let ja = format!("{name}_ja");
    let ja = if required { f.text(&ja, rule) } else { f.optional(&ja, rule) };
    let en = f.optional(&format!("{name}_en"), rule);
    Some(Text::new(ja?, en?))
}

/// The pairs `NAME_ja` and `NAME_en`.
fn fill(form: &mut Form, name: &str, text: &Text) {
    form.set(&format!("{name}_ja"), &text.ja);
    form.set(&format!("{name}_en"), &text.en);
}

/// Reads the form of what stands before the sections. Papers are lines; the English line belongs
/// to the Japanese one at the same place.
pub(super) fn parse_head(form: &Form) -> Result<Head, Invalid> {
    let mut f = Fields::of(form);
    let title = text(&mut f, "title", TITLE, true);
    let introduction = text(&mut f, "introduction", LONG, false);
    let minutes = f.number("minutes", 1, 1000).and_then(|n| u16::try_from(n).ok());
    let papers = text(&mut f, "papers", LONG, false).and_then(|text| papers(&mut f, &text));
    f.finish(|| {
        Some(Head {
            title: title?,
            introduction: introduction?,
            minutes: minutes?,
            papers: papers?,
        })
    })
}

fn papers(f: &mut Fields<'_>, text: &Text) -> Option<Vec<Text>> {
    let lines = |text: &str| text.lines().map(|l| l.trim().to_owned()).collect::<Vec<_>>();
    let (ja, en) = (lines(&text.ja), lines(&text.en));
    if en.len() > ja.len() || ja.iter().any(String::is_empty) {
        f.error("papers_ja", Message::new("error-template-papers"));
        return None;
    }
    let en = en.into_iter().chain(std::iter::repeat(String::new()));
    Some(ja.into_iter().zip(en).map(|(ja, en)| Text { ja, en }).collect())
}

/// The form of what stands before the sections, filled in.
pub(super) fn fill_head(template: &Template) -> Form {
    let mut form = Form::default();
    fill(&mut form, "title", &template.title);
    fill(&mut form, "introduction", &template.introduction);
    form.set("minutes", &template.minutes.to_string());
    let lines = |of: fn(&Text) -> &str| {
        template.papers.iter().map(of).collect::<Vec<_>>().join("\n").trim_end().to_owned()
    };
    form.set("papers_ja", &lines(|text| &text.ja));
    form.set("papers_en", &lines(|text| &text.en));
    form
}

/// Reads the form of a section.
pub(super) fn parse_section(form: &Form, id: String) -> Result<SectionHead, Invalid> {
    let mut f = Fields::of(form);
    let title = text(&mut f, "title", TITLE, true);
    let description = text(&mut f, "description", LONG, false);
    f.finish(|| Some(SectionHead { id, title: title?, description: description? }))
}

/// The form of a section, filled in.
pub(super) fn fill_section(section: &Section) -> Form {
    let mut form = Form::default();
    fill(&mut form, "title", &section.title);
    fill(&mut form, "description", &section.description);
    form
}

/// Where something can be moved to, or that it goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// One up.
    Up,
    /// One down.
    Down,
    /// Away.
    Remove,
}

impl std::str::FromStr for Place {
    type Err = crate::database::types::UnknownWord;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        match word {
            "up" => Ok(Self::Up),
            "down" => Ok(Self::Down),
            "remove" => Ok(Self::Remove),
            _ => Err(crate::database::types::UnknownWord),
        }
    }
}

/// The change that moves or removes a section; nothing when it can't go further.
pub(super) fn place_section(template: &Template, id: &str, place: Place) -> Option<Edit> {
    let at = template.sections.iter().position(|s| s.id == id)?;
    let id = id.to_owned();
    match place {
        Place::Up => Some(Edit::MoveSection { id, position: at.checked_sub(1)? }),
        Place::Down if at + 1 < template.sections.len() => {
            Some(Edit::MoveSection { id, position: at + 1 })
        }
        Place::Down => None,
        Place::Remove => Some(Edit::RemoveSection { id }),
    }
}

/// The change that moves or removes a question: from the top of a section to the end of the one
/// before, from the end to the top of the one after.
pub(super) fn place_question(template: &Template, id: &QuestionId, place: Place) -> Option<Edit> {
    let held = template.sections.iter().position(|s| s.questions.iter().any(|q| q.id == *id))?;
    let section = template.sections.get(held)?;
    let at = section.questions.iter().position(|q| q.id == *id)?;
    let to = |section: &Section, position: usize| Edit::MoveQuestion {
        id: id.clone(),
        section: section.id.clone(),
        position,
    };
    match place {
        Place::Up if at > 0 => Some(to(section, at - 1)),
        Place::Up => {
            let before = template.sections.get(held.checked_sub(1)?)?;
            Some(to(before, before.questions.len()))
        }
        Place::Down if at + 1 < section.questions.len() => Some(to(section, at + 1)),
        Place::Down => template.sections.get(held + 1).map(|after| to(after, 0)),
        Place::Remove => Some(Edit::RemoveQuestion { id: id.clone() }),
    }
}

/// The questions on which a condition of `question` can depend: those before it that are answered
/// by words or options. A new question comes at the end of `section`.
pub(super) fn earlier<'a>(
    template: &'a Template,
    section: &str,
    question: Option<&QuestionId>,
) -> Vec<&'a Question> {
    let mut found = Vec::new();
    for held in &template.sections {
        for asked in &held.questions {
            if Some(&asked.id) == question {
                return found;
            }
            if matches!(asked.kind, Kind::YesNoNa { .. }) || !asked.kind.options().is_empty() {
                found.push(asked);
            }
        }
        if question.is_none() && held.id == section {
            break;
        }
    }
    found
}

/// The condition in the words of the template: which question, which answers.
pub(super) fn condition_parts<'a>(
    template: &'a Template,
    condition: &'a Condition,
) -> Option<(&'a Question, &'a [String])> {
    match condition {
        Condition::Answer { question, any_of } => Some((template.question(question)?, any_of)),
        Condition::Fact { .. } => None,
    }
}
