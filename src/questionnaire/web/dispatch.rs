//! The pages of a dispatch: choose, check, send.

use std::collections::BTreeSet;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use chrono::NaiveDate;

use super::deadline::deadline_fault;
use crate::actor::Member;
use crate::database::Connection;
use crate::entrustment::{Entrustment, EntrustmentId};
use crate::error::{Error, Result};
use crate::japanese::{FiscalYear, jst_date};
use crate::organisation::division;
use crate::questionnaire::dispatch::{self, Dispatch, Plan};
use crate::questionnaire::family::TemplateId;
use crate::questionnaire::model::Template;
use crate::questionnaire::policy::KEEPERS;
use crate::questionnaire::store::dispatch::{self as rows, Candidate};
use crate::questionnaire::store::template as templates;
use crate::questionnaire::views::dispatch::{CheckRow, CheckView, LeftOutRow, NewView};
use crate::web::locale::text_with;
use crate::web::paging::ListQuery;
use crate::web::{Access, Choice, Ctx, Fields, Form, Invalid, Message, Route, Rule};

/// Entrustments shown for ticking; of more, all that fit the filter can be chosen.
const MOST_SHOWN: i64 = 200;
/// Entrustments of one dispatch.
const MOST_SENT: usize = 10_000;
/// The name by which the form calls the template that ships with the portal.
const BUILT_IN: &str = "built-in";

pub(super) fn routes() -> Vec<Route> {
    const KEEPER: Access = Access::Roles(KEEPERS);
    vec![
        Route::get("/questionnaires/dispatch/new", KEEPER, new),
        Route::post("/questionnaires/dispatch/check", KEEPER, check).without_entry(),
        Route::post("/questionnaires/dispatch", KEEPER, create),
    ]
}

/// What the form asks for.
#[derive(Clone, Debug)]
struct Command {
    template: TemplateName,
    deadline: NaiveDate,
    contact: String,
    message: String,
    scope: Scope,
}

/// A template that can be dispatched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum TemplateName {
    BuiltIn,
    Own(TemplateId),
}

/// To which entrustments.
#[derive(Clone, Debug)]
enum Scope {
    Chosen(Vec<EntrustmentId>),
    Fitting(Box<ListQuery>),
}

impl std::str::FromStr for TemplateName {
    type Err = uuid::Error;

    fn from_str(text: &str) -> Result<Self, uuid::Error> {
        if text == BUILT_IN { Ok(Self::BuiltIn) } else { text.parse().map(Self::Own) }
    }
}

fn filter(form: &Form) -> ListQuery {
    ListQuery {
        q: form.value("q").to_owned(),
        division: form.value("division").to_owned(),
        year: form.value("year").to_owned(),
        ..ListQuery::default()
    }
}

impl Command {
    fn parse(form: &Form, today: NaiveDate) -> Result<Self, Invalid> {
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
    fn resolve(
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

/// Shows the form; with `?entrustment=` it is that one's.
async fn new(ctx: Ctx) -> Result<HttpResponse> {
    let mut form = Form::parse(ctx.query.as_bytes());
    let member = ctx.member()?;
    form.set("contact", &format!("{}　{}", member.organisation_name, member.name));
    let view = form_page(&ctx, &form, &Invalid::default()).await?;
    ctx.page(&view)
}

/// Shows what the dispatch would do; or, when asked to, the form again.
async fn check(ctx: Ctx, form: Form) -> Result<HttpResponse> {
    if form.value("act") == "change" {
        let view = form_page(&ctx, &form, &Invalid::default()).await?;
        return ctx.page(&view);
    }
    let command = match Command::parse(&form, jst_date(ctx.now)) {
        Ok(command) => command,
        Err(invalid) => return again(&ctx, &form, &invalid).await,
    };
    let filter: Vec<_> = ["q", "division", "year"]
        .into_iter()
        .filter(|name| form.has(name))
        .map(|name| (name.to_owned(), form.value(name).to_owned()))
        .collect();
    let view = ctx
        .read(move |c, ctx| {
            let (template, entrustments) = match command.resolve(c, ctx.member()?)? {
                Ok(found) => found,
                Err(invalid) => return Ok(Err(invalid)),
            };
            let plan = dispatch::plan(c, &template, &entrustments)?;
            let mut view = check_view(ctx, &command, &template, &plan);
            view.fields.extend(filter);
            Ok(Ok(view))
        })
        .await?;
    match view {
        Ok(view) => ctx.page(&view),
        Err(invalid) => again(&ctx, &form, &invalid).await,
    }
}

fn check_view(ctx: &Ctx, command: &Command, template: &Template, plan: &Plan) -> CheckView {
    let name = match command.template {
        TemplateName::BuiltIn => BUILT_IN.to_owned(),
        TemplateName::Own(id) => id.to_string(),
    };
    let mut fields = vec![
        ("template".to_owned(), name),
        ("deadline".to_owned(), command.deadline.to_string()),
        ("contact".to_owned(), command.contact.clone()),
        ("message".to_owned(), command.message.clone()),
    ];
    // What was checked is what is sent, whatever fits the filter a minute later.
    let ids = plan.send.iter().map(|p| p.entrustment.id.to_string());
    fields.extend(ids.map(|id| ("entrustment".to_owned(), id)));
    let rows: Vec<_> = plan.send.iter().map(CheckRow::of).collect();
    CheckView {
        template: template_label(ctx, template.title.get(ctx.language.as_str()), template.version),
        questions: template.questions().count(),
        deadline: command.deadline,
        days: (command.deadline - jst_date(ctx.now)).num_days(),
        contact: command.contact.clone(),
        message: command.message.clone(),
        invited: rows.iter().filter(|row| row.is_invited()).count(),
        rows,
        left_out: plan.left_out.iter().map(|l| LeftOutRow::of(ctx.language, l)).collect(),
        fields,
    }
}

/// Sends.
async fn create(ctx: Ctx, form: Form) -> Result<HttpResponse> {
    let command = match Command::parse(&form, jst_date(ctx.now)) {
        Ok(command) => command,
        Err(invalid) => return again(&ctx, &form, &invalid).await,
    };
    let sent = ctx
        .write(move |tx, ctx| {
            let (template, entrustments) = match command.resolve(tx.connection, ctx.member()?)? {
                Ok(found) => found,
                Err(invalid) => return Ok(Err(invalid)),
            };
            let new = Dispatch {
                template: &template,
                entrustments,
                deadline: command.deadline,
                contact: command.contact,
                message: command.message,
            };
            dispatch::dispatch(tx, &ctx.portal, &new).map(Ok)
        })
        .await;
    match sent {
        Ok(Ok(_)) => Ok(ctx.see_other("/questionnaires", "done-dispatched")),
        Ok(Err(invalid)) => again(&ctx, &form, &invalid).await,
        Err(Error::Conflict(key)) => {
            let invalid = Invalid::at("entrustment", Message::new(key));
            let view = form_page(&ctx, &form, &invalid).await?;
            ctx.page_with(StatusCode::CONFLICT, &view)
        }
        Err(other) => Err(other),
    }
}

async fn again(ctx: &Ctx, form: &Form, invalid: &Invalid) -> Result<HttpResponse> {
    let view = form_page(ctx, form, invalid).await?;
    ctx.invalid(&view)
}

/// The form with what can be chosen: what is chosen already, and what fits the filter.
async fn form_page(ctx: &Ctx, form: &Form, invalid: &Invalid) -> Result<NewView> {
    let query = filter(form);
    let chosen: Vec<EntrustmentId> =
        form.values("entrustment").filter_map(|id| id.parse().ok()).take(MOST_SENT).collect();
    let alone = !chosen.is_empty() && !form.has("q");
    let form = form.view_with(ctx.language, invalid);
    ctx.read(move |c, ctx| {
        let member = ctx.member()?;
        let (shown, total) = match alone {
            true => (rows::candidates_by_ids(c, member, &chosen)?, 0),
            false => choose_from(c, member, &query, &chosen)?,
        };
        if alone && shown.is_empty() {
            return Err(Error::NotFound);
        }
        let all = [("count", total.into())];
        let all = text_with(ctx.language, "questionnaire-scope-all", &all);
        Ok(NewView {
            form,
            templates: template_choices(c, ctx, member)?,
            entrustments: shown.into_iter().map(choice).collect(),
            alone,
            total,
            more: total > MOST_SHOWN,
            scopes: vec![
                Choice::new("chosen", ctx.text("questionnaire-scope-chosen")),
                Choice::new("all", all),
            ],
            divisions: division::list(c, member.organisation_id)?
                .into_iter()
                .map(|d| Choice::new(d.id, d.name))
                .collect(),
            years: years(jst_date(ctx.now)),
        })
    })
    .await
}

/// What is chosen already, then what fits the filter, each once.
fn choose_from(
    c: &mut Connection,
    member: &Member,
    query: &ListQuery,
    chosen: &[EntrustmentId],
) -> Result<(Vec<Candidate>, i64)> {
    let (fitting, total) = rows::candidates(c, member, query, MOST_SHOWN)?;
    let mut shown = rows::candidates_by_ids(c, member, chosen)?;
    let known: BTreeSet<EntrustmentId> = shown.iter().map(|row| row.id).collect();
    shown.extend(fitting.into_iter().filter(|row| !known.contains(&row.id)));
    Ok((shown, total))
}

fn choice(row: Candidate) -> Choice {
    Choice {
        value: row.id.to_string(),
        label: row.title,
        hint: format!("{}　{}　{}", row.number, row.contractor, row.division),
    }
}

/// The built-in template and the principal's published ones.
fn template_choices(c: &mut Connection, ctx: &Ctx, member: &Member) -> Result<Vec<Choice>> {
    let built_in = Template::built_in()?;
    let title = built_in.title.get(ctx.language.as_str());
    let mut choices = vec![Choice {
        value: BUILT_IN.to_owned(),
        label: template_label(ctx, title, built_in.version),
        hint: ctx.text("questionnaire-template-built-in"),
    }];
    for row in templates::published(c, member.organisation_id)? {
        let label = template_label(ctx, &row.title, row.template_version);
        choices.push(Choice::new(row.id, label));
    }
    Ok(choices)
}

fn template_label(ctx: &Ctx, title: &str, version: impl ToString) -> String {
    let args = [("title", title.into()), ("version", version.to_string().into())];
    text_with(ctx.language, "questionnaire-template-version", &args)
}

/// The fiscal years to filter by, as on the list of entrustments.
fn years(today: NaiveDate) -> Vec<Choice> {
    let this = FiscalYear::of(today).0;
    (this - 5..=this + 1).rev().map(|y| Choice::new(y, FiscalYear(y).era_label())).collect()
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
