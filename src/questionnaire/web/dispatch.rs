//! The pages of a dispatch: choose, check, send.

use std::collections::BTreeSet;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use chrono::NaiveDate;

use super::dispatch_command::{BUILT_IN, Command, MOST_SENT, TemplateName, filter};
use crate::actor::Member;
use crate::database::Connection;
use crate::entrustment::EntrustmentId;
use crate::error::{Error, Result};
use crate::japanese::{FiscalYear, jst_date};
use crate::organisation::division;
use crate::questionnaire::dispatch::{self, Dispatch, Plan};
use crate::questionnaire::model::Template;
use crate::questionnaire::policy::KEEPERS;
use crate::questionnaire::store::dispatch::{self as rows, Candidate};
use crate::questionnaire::store::template as templates;
use crate::questionnaire::views::dispatch::{CheckRow, CheckView, LeftOutRow, NewView};
use crate::web::locale::text_with;
use crate::web::paging::ListQuery;
use crate::web::{Access, Choice, Ctx, Form, Invalid, Message, Route};

/// Entrustments shown for ticking; of more, all that fit the filter can be chosen.
const MOST_SHOWN: i64 = 200;

pub(super) fn routes() -> Vec<Route> {
    const KEEPER: Access = Access::Roles(KEEPERS);
    vec![
        Route::get("/questionnaires/dispatch/new", KEEPER, new),
        Route::post("/questionnaires/dispatch/check", KEEPER, check).without_entry(),
        Route::post("/questionnaires/dispatch", KEEPER, create),
    ]
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
        template: template_label(
            ctx,
            template.title.get(ctx.language.as_str()),
            template.version.into(),
        ),
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
        let (shown, total) = if alone {
            (rows::candidates_by_ids(c, member, &chosen)?, 0)
        } else {
            choose_from(c, member, &query, &chosen)?
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
        label: template_label(ctx, title, built_in.version.into()),
        hint: ctx.text("questionnaire-template-built-in"),
    }];
    for row in templates::published(c, member.organisation_id)? {
        let label = template_label(ctx, &row.title, row.template_version);
        choices.push(Choice::new(row.id, label));
    }
    Ok(choices)
}

fn template_label(ctx: &Ctx, title: &str, version: i32) -> String {
    let args = [("title", title.into()), ("version", version.to_string().into())];
    text_with(ctx.language, "questionnaire-template-version", &args)
}

/// The fiscal years to filter by, as on the list of entrustments.
fn years(today: NaiveDate) -> Vec<Choice> {
    let this = FiscalYear::of(today).0;
    (this - 5..=this + 1).rev().map(|y| Choice::new(y, FiscalYear(y).era_label())).collect()
}
