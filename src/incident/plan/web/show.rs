//! The plan, and a step of it.

use actix_web::HttpResponse;
use actix_web::web::Path;

use super::{Ids, Key, load, load_case, people, plan_path, step_path};
use crate::attachment;
use crate::database::Connection;
use crate::error::Result;
use crate::incident::model::Incident;
use crate::incident::plan::form::{Outcome, Person};
use crate::incident::plan::manual::{Section, StepPage};
use crate::incident::plan::model::Step;
use crate::incident::plan::views::{
    File, Line, PlanView, SectionView, StepView, manual, outcome_words, sides_for,
};
use crate::incident::plan::{policy as plan_policy, rules, store};
use crate::incident::web::numbered;
use crate::incident::{policy, text};
use crate::rulebook::Party;
use crate::web::locale::text as say;
use crate::web::{Choice, Ctx, Form, Invalid, Message, Refused};

/// Shows the plan: what is next, then section by section.
pub(super) async fn plan(ctx: Ctx, ids: Path<Ids>) -> Result<HttpResponse> {
    let ids = ids.into_inner();
    let view = ctx.read(move |c, ctx| plan_view(c, ctx, ids, None)).await?;
    ctx.page(&view)
}

/// The plan again, with what was typed about several steps and what is wrong with it.
pub(super) async fn plan_again(ctx: &Ctx, ids: Ids, typed: Typed) -> Result<HttpResponse> {
    let status = typed.1.status;
    let view = ctx.read(move |c, ctx| plan_view(c, ctx, ids, Some(&typed))).await?;
    ctx.page_with(status, &view)
}

fn plan_view(c: &mut Connection, ctx: &Ctx, ids: Ids, typed: Option<&Typed>) -> Result<PlanView> {
    let (of, incident) = load_case(c, ctx, ids)?;
    let steps = store::of(c, &incident)?;
    let side = policy::side_of(c, &ctx.actor, &of).ok();
    let respond = policy::respond(c, &ctx.actor, of.clone(), incident.clone());
    let line = |step: &Step| Line::of(ctx.language, &plan_path(ids), step, ctx.now);
    let section = |section: &Section| SectionView {
        title: say(ctx.language, &format!("incident-plan-section-{section}")),
        steps: steps.iter().filter(|step| step.section == *section).map(line).collect(),
    };
    let own = |step: &&Step| {
        step.is_open() && (side == Some(Party::Principal) || side == Some(step.side))
    };
    let choice = |step: &Step| Choice::new(step.id, step.what.0.get(ctx.language.as_str()));
    let form = if let Some((form, refused)) = typed {
        form.view_with(ctx.language, &refused.invalid)
    } else {
        let mut form = Form::default();
        form.set_moment("plan_done", ctx.now);
        form.view(ctx.language)
    };
    Ok(PlanView {
        open: match &respond {
            Ok(_) => steps.iter().filter(own).map(choice).collect(),
            Err(_) => Vec::new(),
        },
        outcomes: outcome_words(ctx.language, Outcome::SAID),
        warned: form.fields.contains_key(text::CONFIRMED),
        typed: typed.is_some(),
        form,
        home: incident.href(),
        name: numbered(ctx.language, &incident),
        manual: steps.iter().find_map(|step| manual(ctx.language, step)).unwrap_or_default(),
        next: rules::next(&steps, side).map(line),
        total: steps.len(),
        settled: steps.iter().filter(|step| !step.is_open()).count(),
        late: steps.iter().filter(|step| step.is_late(ctx.now)).count(),
        sections: Section::ALL.iter().map(section).collect(),
        may_add: respond.is_ok(),
        reads_manual: plan_policy::reads(&ctx.actor).is_ok(),
        entrustment: of,
    })
}

/// Shows a step.
pub(super) async fn step(ctx: Ctx, key: Path<Key>) -> Result<HttpResponse> {
    let key = key.into_inner();
    let view = ctx.read(move |c, ctx| step_view(c, ctx, key, None)).await?;
    ctx.page(&view)
}

/// What was typed, and why it couldn't be taken.
type Typed = (Form, Refused);

/// The page of a step again, with what was typed and what is wrong with it.
pub(super) async fn again(ctx: &Ctx, key: Key, typed: Typed) -> Result<HttpResponse> {
    let status = typed.1.status;
    let view = ctx.read(move |c, ctx| step_view(c, ctx, key, Some(typed))).await?;
    ctx.page_with(status, &view)
}

fn step_view(c: &mut Connection, ctx: &Ctx, key: Key, typed: Option<Typed>) -> Result<StepView> {
    let ((of, incident), step) = load(c, ctx, key)?;
    let own = policy::side_of(c, &ctx.actor, &of).unwrap_or(Party::Other);
    let case = (of.clone(), incident.clone());
    let may_work = plan_policy::work(c, &ctx.actor, case, step.clone()).is_ok();
    let people = if may_work && step.is_open() { people(c, &of, own)? } else { Vec::new() };
    let stored = stored(&step, &people, ctx);
    let mut kept = String::new();
    let (form, warned) = match typed {
        Some((form, mut refused)) => {
            if !step.is_open() {
                let message = Message::new("incident-plan-settled-meanwhile");
                refused.invalid = Invalid::at("plan_note", message);
                form.value("plan_note").clone_into(&mut kept);
            }
            let warned = match &refused.invalid.errors {
                errors if !errors.iter().any(|(field, _)| field == text::CONFIRMED) => "",
                _ if form.has("plan_note") => "outcome",
                _ => "assignment",
            };
            (refused.view(&stored.over(&form), step.version, ctx.language), warned)
        }
        None => (stored.view(ctx.language), ""),
    };
    let name = member_name(ctx);
    let files = attachment::of(c, &of, step.id.as_str())?;
    let choice = |person: &Person| {
        let side = say(ctx.language, &format!("incident-side-{}", person.side));
        Choice { value: person.value(), label: person.name.clone(), hint: side }
    };
    Ok(StepView {
        form,
        home: incident.href(),
        plan: plan_path((key.0, key.1)),
        href: step_path(key),
        name: numbered(ctx.language, &incident),
        line: Line::of(ctx.language, &plan_path((key.0, key.1)), &step, ctx.now),
        how: step.how.0.get(ctx.language.as_str()).to_owned(),
        page_of: step.page.map(StepPage::place).map(|(place, title)| {
            (format!("{}{place}", incident.href()), say(ctx.language, title))
        }),
        manual: manual(ctx.language, &step).unwrap_or_default(),
        known_at: known(&incident, &step),
        settled_at: step.settled_at,
        settled_by: step.settled_by_name.clone(),
        note: step.note.clone(),
        is_open: step.is_open(),
        people: people.iter().map(choice).map(with_side).collect(),
        sides: sides_for(ctx.language, own),
        outcomes: outcome_words(ctx.language, Outcome::SAID),
        files: attachment::views(&files)
            .into_iter()
            .map(|file| File { removable: may_work && file.by == name, file })
            .collect(),
        may_work,
        kept,
        warned,
        entrustment: of,
    })
}

fn member_name(ctx: &Ctx) -> String {
    ctx.actor.member().map(|member| member.name.clone()).unwrap_or_default()
}

fn known(incident: &Incident, step: &Step) -> crate::clock::Timestamp {
    rules::known_at(incident, step.side)
}

/// A member's name with the side: the list has no room for an explanation.
fn with_side(mut choice: Choice) -> Choice {
    choice.label = format!("{}　{}", choice.label, choice.hint);
    choice
}

/// The forms as a step stands: it was done just now, unless somebody says otherwise.
fn stored(step: &Step, people: &[Person], ctx: &Ctx) -> Form {
    let mut form = Form::from_pairs([("version", step.version.to_string())]);
    form.set("plan_side", step.side.as_str());
    let known =
        people.iter().find(|person| person.side == step.side && person.name == step.assignee_name);
    match known {
        Some(person) => form.set("plan_member", &person.value()),
        None => form.set("plan_name", &step.assignee_name),
    }
    form.set_moment("plan_due", step.due_at);
    form.set_moment("plan_done", ctx.now);
    form
}
