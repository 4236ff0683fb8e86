//! The home page and the help page.

use actix_web::HttpResponse;

use super::views::{Group, HELP_SECTIONS, HelpView, HomeView, Task};
use crate::actor::Role;
use crate::dashboard::{self, Show, Waiting};
use crate::database::Connection;
use crate::entrustment::KEEPERS;
use crate::error::Result;
use crate::incident::{self, IncidentStatus, IncidentTask};
use crate::japanese::jst_date;
use crate::questionnaire::{self, Due, QuestionnaireStatus};
use crate::web::{Access, Ctx, Route, locale};

/// The routes of the home page.
#[must_use]
pub fn routes() -> Vec<Route> {
    vec![Route::get("/", Access::Session, home), Route::get("/help", Access::Public, help)]
}

/// Shows what is to be done.
async fn home(ctx: Ctx) -> Result<HttpResponse> {
    let (groups, figures) = ctx
        .read(|c, ctx| {
            let mut groups = vec![incidents(ctx, incident::tasks(c, ctx.member()?)?)];
            groups.extend(questionnaires(c, ctx)?);
            for (show, waiting) in dashboard::waiting(c, ctx)? {
                groups.push(registers(ctx, show, waiting));
            }
            Ok((groups, dashboard::figures(c, ctx)?))
        })
        .await?;
    let groups: Vec<Group> = groups.into_iter().filter(|group| !group.tasks.is_empty()).collect();
    let member = ctx.member()?;
    ctx.page(&HomeView {
        next: groups
            .iter()
            .flat_map(|group| &group.tasks)
            .filter(|task| !task.act.is_empty())
            // An incident that nobody opened comes first of all, then what is late; otherwise the
            // groups' order holds.
            .min_by_key(|task| {
                let unopened = task.due.is_none() && task.tone == "bad";
                (!unopened, task.days.unwrap_or_default().min(0))
            })
            .cloned(),
        groups,
        is_principal: member.role.is_principal(),
        may_manage: matches!(member.role, Role::Administrator | Role::Officer),
        figures,
    })
}

/// The incidents that aren't closed: those first that nobody has opened.
fn incidents(ctx: &Ctx, tasks: Vec<IncidentTask>) -> Group {
    let keeps = ctx.member().is_ok_and(|member| KEEPERS.contains(&member.role));
    let today = jst_date(ctx.now);
    let task = |task: IncidentTask| {
        let unopened = task.status == IncidentStatus::Reported;
        let days = task.due.map(|due| (due - today).num_days());
        let late = days.is_some_and(|days| days < 0);
        Task {
            title: ctx.text(&format!("incident-kind-{}", task.kind)),
            href: task.href,
            hint: format!("{}　{}", task.entrustment, task.contractor),
            status: ctx.text(&format!("incident-status-{}", task.status)),
            tone: if unopened || late { "bad" } else { "warn" },
            due: task.due,
            days,
            act: ctx.text(if unopened && keeps {
                "home-act-incident-open"
            } else {
                "home-act-incident"
            }),
        }
    };
    Group { title: ctx.text("home-group-incidents"), tasks: tasks.into_iter().map(task).collect() }
}

/// The questionnaires that wait.
fn questionnaires(c: &mut Connection, ctx: &Ctx) -> Result<Vec<Group>> {
    let member = ctx.member()?;
    let today = jst_date(ctx.now);
    if member.role.is_principal() {
        let tasks = questionnaire::tasks_for_principal(c, member, today)?;
        return Ok(vec![
            group(ctx, "home-group-review", tasks.to_review),
            group(ctx, "home-group-overdue", tasks.overdue),
            group(ctx, "home-group-soon", tasks.approaching),
        ]);
    }
    let (returned, answer) = questionnaire::tasks_for_contractor(c, member, today)?
        .into_iter()
        .partition(|due| due.task.status == QuestionnaireStatus::Returned);
    Ok(vec![group(ctx, "home-group-returned", returned), group(ctx, "home-group-answer", answer)])
}

/// The entrustments in whose registers something waits.
fn registers(ctx: &Ctx, show: Show, waiting: Vec<Waiting>) -> Group {
    let word = show.as_str().replace('_', "-");
    let today = jst_date(ctx.now);
    let task = |waiting: Waiting| {
        let days = waiting.due.map(|due| (due - today).num_days());
        let late = days.is_some_and(|days| days < 0);
        Task {
            title: waiting.title,
            href: format!("/entrustments/{}{}", waiting.id, show.register()),
            hint: waiting.number,
            status: ctx.text(if late { "home-status-late" } else { "home-status-waiting" }),
            tone: if late { "bad" } else { "info" },
            due: waiting.due,
            days,
            act: ctx.text(&format!("home-act-{word}")),
        }
    };
    Group {
        title: ctx.text(&format!("home-group-{word}")),
        tasks: waiting.into_iter().map(task).collect(),
    }
}

fn group(ctx: &Ctx, title: &str, tasks: Vec<Due>) -> Group {
    let principal = ctx.member().is_ok_and(|member| member.role.is_principal());
    let tasks = tasks.into_iter().map(|due| task(ctx, due, principal)).collect();
    Group { title: ctx.text(title), tasks }
}

fn task(ctx: &Ctx, Due { task, days }: Due, principal: bool) -> Task {
    let act = act(&task, days, principal);
    let (status, tone) = match task.status {
        QuestionnaireStatus::Answering if task.answered == 0 => {
            ("home-status-not-started", "neutral")
        }
        QuestionnaireStatus::Returned => ("home-status-returned", "warn"),
        QuestionnaireStatus::Submitted => ("home-status-submitted", "info"),
        _ => ("home-status-answering", "progress"),
    };
    let answered = [("answered", task.answered.into()), ("questions", task.questions.into())];
    let answered = locale::text_with(ctx.language, "home-task-answered", &answered);
    let about = if principal { task.contractor } else { task.number };
    Task {
        title: task.title,
        href: format!("/questionnaires/{}", task.id),
        hint: format!("{about}　{answered}"),
        status: ctx.text(status),
        tone,
        due: Some(task.deadline),
        days: Some(days),
        act: act.map(|key| ctx.text(key)).unwrap_or_default(),
    }
}

/// The key of what the reader does next; nothing while it is the other party's turn.
fn act(task: &questionnaire::Task, days: i64, principal: bool) -> Option<&'static str> {
    match (task.status, principal) {
        (QuestionnaireStatus::Submitted, true) => Some("home-act-review"),
        (_, true) => (days < 0).then_some("home-act-look"),
        (QuestionnaireStatus::Returned, false) => Some("home-act-returned"),
        (_, false) if task.answered == 0 => Some("home-act-start"),
        (_, false) => Some("home-act-continue"),
    }
}

/// Shows how the portal is used.
async fn help(ctx: Ctx) -> Result<HttpResponse> {
    ctx.page(&HelpView { sections: HELP_SECTIONS.to_vec() })
}
