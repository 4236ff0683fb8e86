//! A lesson, and its form.

use diesel::prelude::*;
use serde::Serialize;

use crate::actor::OrganisationId;
use crate::clock::Timestamp;
use crate::database::schema::near_miss_lesson;
use crate::database::types::Json;
use crate::id_type;
use crate::incident;
use crate::japanese::fold_name;
use crate::near_miss::model::NearMissKind;
use crate::web::{Fields, Form, Invalid, Rule};

id_type! {
    /// The id of a lesson.
    LessonId
}

/// A lesson.
#[derive(Clone, Debug, Queryable, Selectable, Serialize)]
#[diesel(table_name = near_miss_lesson)]
pub struct Lesson {
    /// The principal.
    pub tenant_id: OrganisationId,
    /// The id.
    pub id: LessonId,
    /// What it is called.
    pub title: String,
    /// What there is to learn.
    pub text: String,
    /// Of which kinds of near misses.
    pub kinds: Json<Vec<NearMissKind>>,
    /// Who published it.
    pub published_by_name: String,
    /// When.
    pub published_at: Timestamp,
    /// When it was withdrawn.
    pub withdrawn_at: Option<Timestamp>,
}

/// A lesson as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NewLesson {
    /// What it is called.
    pub title: String,
    /// What there is to learn.
    pub text: String,
    /// Of which kinds of near misses.
    pub kinds: Vec<NearMissKind>,
}

impl NewLesson {
    /// Reads the form. `names` are the contractors and people of the near misses from which it is
    /// drawn, none of whom it may name; `sources` is how many those are.
    ///
    /// # Errors
    /// What is wrong, by field.
    pub fn parse(form: &Form, names: &[String], sources: usize) -> Result<Self, Invalid> {
        let mut f = Fields::of(form);
        let title = f.text("title", Rule::line(100));
        let text = f.text("text", Rule::text(2000));
        let kinds = f.words::<NearMissKind>("kinds");
        f.check(kinds.as_ref().is_none_or(|kinds| !kinds.is_empty()), "kinds", "error-choose-one");
        f.check(sources > 0, "near_miss", "error-choose-one");
        let typed = [("title", title.as_deref()), ("text", text.as_deref())];
        for (field, said) in typed {
            let tells = names_any(said.unwrap_or_default(), names);
            f.check(!tells, field, "near-miss-lesson-error-name");
        }
        incident::check_texts(&mut f, &typed);
        f.finish(|| Some(Self { title: title?, text: text?, kinds: kinds? }))
    }
}

/// Whether a text has one of the names, however it is written.
fn names_any(text: &str, names: &[String]) -> bool {
    let text = fold_name(text);
    let names = names.iter().map(|name| fold_name(name));
    names.filter(|name| name.chars().count() > 1).any(|name| text.contains(&name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lesson_names_neither_contractor_nor_person_and_has_a_source() {
        let names = ["髙橋社会保険労務士事務所".to_owned(), "﨑山 直樹".to_owned(), String::new()];
        let wrong = |field: &str, typed: &str, sources: usize| {
            let mut form = Form::from_pairs([
                ("title", "似た名前の宛先"),
                ("text", "宛先は、登録した一覧から選びます。"),
                ("kinds", "wrong_address"),
            ]);
            form.set(field, typed);
            match NewLesson::parse(&form, &names, sources) {
                Ok(_) => Vec::new(),
                Err(invalid) => invalid.errors.into_iter().map(|(field, _)| field).collect(),
            }
        };
        assert!(wrong("kinds", "wrong_file", 1).is_empty());
        assert_eq!(wrong("kinds", "wrong_file", 0), ["near_miss"]);
        for (field, typed, found) in [
            ("title", "", "title"),
            ("title", "高橋社会保険労務士事務所の事例", "title"),
            ("text", "崎山直樹さんが気付いた。", "text"),
            ("text", "番号 123456789018", "text"),
            ("text", "a@example.jp", "text_confirmed"),
            ("kinds", "x", "kinds"),
        ] {
            assert_eq!(wrong(field, typed, 1), [found], "{field} = {typed}");
        }
    }
}
