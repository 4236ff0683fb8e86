//! The home page and the help page.

use actix_web::HttpResponse;

use super::views::{Group, HELP_SECTIONS, HelpView, HomeView, Task};
use crate::actor::Role;
use crate::error::Result;
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
    let groups = ctx
        .read(|c, ctx| {
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
            Ok(vec![
                group(ctx, "home-group-returned", returned),
                group(ctx, "home-group-answer", answer),
            ])
        })
        .await?;
    let groups: Vec<Group> = groups.into_iter().filter(|group| !group.tasks.is_empty()).collect();
    let member = ctx.member()?;
    ctx.page(&HomeView {
        next: groups.first().and_then(|group| group.tasks.first()).cloned(),
        groups,
        is_principal: member.role.is_principal(),
        may_manage: matches!(member.role, Role::Administrator | Role::Officer),
    })
}

fn group(ctx: &Ctx, title: &str, tasks: Vec<Due>) -> Group {
    Group { title: ctx.text(title), tasks: tasks.into_iter().map(|due| task(ctx, due)).collect() }
}

fn task(ctx: &Ctx, Due { task, days }: Due) -> Task {
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
    Task {
        title: task.title,
        href: format!("/questionnaires/{}", task.id),
        hint: format!("{}　{answered}", task.contractor),
        status: ctx.text(status),
        tone,
        due: Some(task.deadline),
        days: Some(days),
    }
}

/// Shows how the portal is used.
async fn help(ctx: Ctx) -> Result<HttpResponse> {
    ctx.page(&HelpView { sections: HELP_SECTIONS.to_vec() })
}
