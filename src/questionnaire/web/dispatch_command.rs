//! What the form of a dispatch asks for.

use chrono::NaiveDate;

use super::deadline::deadline_fault;
use crate::actor::Member;
use crate::database::Connection;
use crate::entrustment::{Entrustment, EntrustmentId};
use crate::error::{Error, Result};
use crate::questionnaire::family::TemplateId;
use crate::questionnaire::model::Template;
use crate::questionnaire::store::dispatch as rows;
use crate::questionnaire::store::template as templates;
use crate::web::paging::ListQuery;
use crate::web::{Fields, Form, Invalid, Message, Rule};

/// Entrustments of one dispatch.
pub(super) const MOST_SENT: usize = 10_000;
/// The name by which the form calls the template that ships with the portal.
pub(super) const BUILT_IN: &str = "built-in";

/// What the form asks for.
#[derive(Clone, Debug)]
pub(super) struct Command {
    pub(super) template: TemplateName,
    pub(super) deadline: NaiveDate,
    pub(super) contact: String,
    pub(super) message: String,
    pub(super) scope: Scope,
}

/// A template that can be dispatched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TemplateName {
    BuiltIn,
    Own(TemplateId),
}

/// To which entrustments.
#[derive(Clone, Debug)]
pub(super) enum Scope {
    Chosen(Vec<EntrustmentId>),
    Fitting(Box<ListQuery>),
}

impl std::str::FromStr for TemplateName {
    type Err = uuid::Error;

    fn from_str(text: &str) -> Result<Self, uuid::Error> {
        if text == BUILT_IN { Ok(Self::BuiltIn) } else { text.parse().map(Self::Own) }
    }
}

/// The filter of the entrustments to choose from.
pub(super) fn filter(form: &Form) -> ListQuery {
    ListQuery {
        q: form.value("q").to_owned(),
        division: form.value("division").to_owned(),
        year: form.value("year").to_owned(),
        ..ListQuery::default()
    }
}

impl Command {
    /// Reads the form.
    pub(super) fn parse(form: &Form, today: NaiveDate) -> Result<Self, Invalid> {
        let mut f = Fields::of(form);
        let scope = if form.value("scope") == "all" {
            Some(Scope::Fitting(Box::new(filter(form))))
        } else {
            f.words("entrustment").map(Scope::Chosen)
        };
        if matches!(&scope, Some(Scope::Chosen(ids)) if ids.is_empty()) {
            f.error("entrustment", Message::new("error-entrustment-required"));
        }
        let template = f.word("template");
        let deadline = f.date("deadline");
        if let Some(fault) = deadline.and_then(|day| deadline_fault(day, today)) {
            f.error("deadline", Message::new(fault));
        }
        let contact = f.text("contact", Rule::line(200));
        let message = f.optional("message", Rule::text(2000));
        f.finish(|| {
            Some(Self {
                template: template?,
                deadline: deadline?,
                contact: contact?,
                message: message?,
                scope: scope?,
            })
        })
    }

    /// Finds template and entrustments, or says what is wrong.
    pub(super) fn resolve(
        &self,
        c: &mut Connection,
        member: &Member,
    ) -> Result<Result<(Template, Vec<Entrustment>), Invalid>> {
        let Some(template) = template(c, member, self.template)? else {
            let message = Message::new("error-choose-from-list");
            return Ok(Err(Invalid::at("template", message)));
        };
        let most = i64::try_from(MOST_SENT + 1).map_err(Error::internal)?;
        let entrustments = match &self.scope {
            Scope::Chosen(ids) if ids.len() > MOST_SENT => vec![],
            Scope::Chosen(ids) => rows::chosen(c, member, ids)?,
            Scope::Fitting(query) => rows::matching(c, member, query, most)?,
        };
        let too_many = entrustments.len() > MOST_SENT
            || matches!(&self.scope, Scope::Chosen(ids) if ids.len() > MOST_SENT);
        if too_many {
            let message = Message::new("error-entrustment-too-many").with("max", MOST_SENT);
            return Ok(Err(Invalid::at("entrustment", message)));
        }
        if entrustments.is_empty() {
            let message = Message::new("error-entrustment-required");
            return Ok(Err(Invalid::at("entrustment", message)));
        }
        Ok(Ok((template, entrustments)))
    }
}

/// The template of that name, when it can be dispatched.
fn template(c: &mut Connection, member: &Member, name: TemplateName) -> Result<Option<Template>> {
    match name {
        TemplateName::BuiltIn => Ok(Some(Template::built_in()?)),
        TemplateName::Own(id) => match templates::find(c, member.organisation_id, id) {
            Ok(found) if !found.is_draft() => Ok(Some(found.body.0)),
            Ok(_) | Err(Error::NotFound) => Ok(None),
            Err(other) => Err(other),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> NaiveDate {
        "2026-06-01".parse().unwrap()
    }

    fn keys(form: &Form) -> Vec<(String, &'static str)> {
        let invalid = Command::parse(form, today()).unwrap_err();
        invalid.errors.into_iter().map(|(field, message)| (field, message.key)).collect()
    }

    #[test]
    fn an_empty_form_names_everything_that_is_missing() {
        let expected = [
            ("entrustment", "error-entrustment-required"),
            ("template", "error-choose-one"),
            ("deadline", "error-required"),
            ("contact", "error-required"),
        ];
        assert_eq!(keys(&Form::default()), expected.map(|(f, k)| (f.to_owned(), k)));
    }

    #[test]
    fn a_deadline_in_the_past_is_refused() {
        let form = Form::from_pairs([
            ("template", "built-in"),
            ("scope", "all"),
            ("deadline", "令和8年5月31日"),
            ("contact", "子ども課"),
        ]);
        assert_eq!(keys(&form), [("deadline".to_owned(), "error-deadline-past")]);
    }

    #[test]
    fn all_that_fit_the_filter_need_no_tick() {
        let form = Form::from_pairs([
            ("template", "built-in"),
            ("scope", "all"),
            ("q", "保育"),
            ("deadline", "R8.7.31"),
            ("contact", "子ども課"),
        ]);
        let command = Command::parse(&form, today()).unwrap();
        assert_eq!(command.template, TemplateName::BuiltIn);
        assert!(matches!(command.scope, Scope::Fitting(query) if query.q == "保育"));
    }
}
