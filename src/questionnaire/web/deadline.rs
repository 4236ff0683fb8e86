//! What an officer does to a questionnaire on its way: a later deadline, or taking it back.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;
use chrono::{Months, NaiveDate};

use crate::account::{self, Recipient};
use crate::database::{Connection, Tx};
use crate::entrustment::Entrustment;
use crate::error::{Error, Result};
use crate::japanese::jst_date;
use crate::notice::{self, Letter};
use crate::organisation::{self, contractor};
use crate::questionnaire::entity::QuestionnaireId;
use crate::questionnaire::mail::{self, Principal};
use crate::questionnaire::policy::{self, KEEPERS, Sent};
use crate::questionnaire::store::dispatch::OPEN;
use crate::questionnaire::store::template::headings;
use crate::questionnaire::store::{self};
use crate::questionnaire::views::list::{DeadlineView, Kept, WithdrawalView};
use crate::web::{
    Access, Ctx, Fields, Form, FormView, Invalid, Message, Portal, Route, Rule, View,
};

/// Months from today within which a deadline lies.
const LONGEST: Months = Months::new(24);

pub(super) fn routes() -> Vec<Route> {
    const KEEPER: Access = Access::Roles(KEEPERS);
    vec![
        Route::get("/questionnaires/{id}/deadline", KEEPER, extension),
        Route::post("/questionnaires/{id}/deadline", KEEPER, extend),
        Route::get("/questionnaires/{id}/withdrawal", KEEPER, withdrawal),
        Route::post("/questionnaires/{id}/withdrawal", KEEPER, withdraw),
    ]
}

/// What is wrong with a deadline, if anything: it is past, or further off than two years.
pub(super) fn deadline_fault(deadline: NaiveDate, today: NaiveDate) -> Option<&'static str> {
    if deadline < today {
        Some("error-deadline-past")
    } else if today.checked_add_months(LONGEST).is_some_and(|last| deadline > last) {
        Some("error-deadline-far")
    } else {
        None
    }
}

/// A questionnaire that the actor may extend or withdraw, and that isn't over.
fn load(c: &mut Connection, ctx: &Ctx, id: QuestionnaireId) -> Result<Sent> {
    let sent = policy::keep(&ctx.actor, store::find(c, &ctx.actor, id)?)?.into_inner();
    if OPEN.contains(&sent.0.status) {
        Ok(sent)
    } else {
        Err(Error::Conflict("error-questionnaire-over"))
    }
}

/// The page for a questionnaire, with the form as it is or was.
async fn page<V: View + Send + 'static>(
    ctx: &Ctx,
    id: QuestionnaireId,
    form: FormView,
    view: fn(FormView, Kept) -> V,
) -> Result<V> {
    ctx.read(move |c, ctx| {
        let sent = load(c, ctx, id)?;
        let mut form = form;
        if form.version.is_empty() {
            form.version = sent.0.version.to_string();
        }
        let hash = sent.0.frozen_hash.clone();
        let headings = headings(c, vec![hash.clone()])?;
        let heading = headings.get(&hash).ok_or(Error::NotFound)?;
        Ok(view(form, Kept::of(ctx, &sent, heading)))
    })
    .await
}

fn deadline_view(form: FormView, questionnaire: Kept) -> DeadlineView {
    DeadlineView { form, questionnaire }
}

fn withdrawal_view(form: FormView, questionnaire: Kept) -> WithdrawalView {
    WithdrawalView { form, questionnaire }
}

/// Shows the form that extends a deadline.
async fn extension(ctx: Ctx, id: Path<QuestionnaireId>) -> Result<HttpResponse> {
    let form = Form::default().view(ctx.language);
    let view = page(&ctx, id.into_inner(), form, deadline_view).await?;
    ctx.page(&view)
}

/// Shows the form that takes a questionnaire back.
async fn withdrawal(ctx: Ctx, id: Path<QuestionnaireId>) -> Result<HttpResponse> {
    let form = Form::default().view(ctx.language);
    let view = page(&ctx, id.into_inner(), form, withdrawal_view).await?;
    ctx.page(&view)
}

fn read_extension(form: &Form, today: NaiveDate) -> Result<(NaiveDate, String), Invalid> {
    let mut f = Fields::of(form);
    let deadline = f.date("deadline");
    if let Some(fault) = deadline.and_then(|d| deadline_fault(d, today)) {
        f.error("deadline", Message::new(fault));
    }
    let reason = f.text("reason", Rule::text(1000));
    f.finish(|| Some((deadline?, reason?)))
}

/// Extends a deadline and tells the representatives.
async fn extend(ctx: Ctx, id: Path<QuestionnaireId>, form: Form) -> Result<HttpResponse> {
    let id = id.into_inner();
    let (deadline, reason) = match read_extension(&form, jst_date(ctx.now)) {
        Ok(command) => command,
        Err(invalid) => return again(&ctx, id, &form, &invalid, deadline_view).await,
    };
    let version = Fields::of(&form).version();
    let done = ctx
        .write(move |tx, ctx| {
            let sent = load(tx.connection, ctx, id)?;
            if deadline <= sent.0.deadline {
                return Ok(Err(Invalid::at("deadline", Message::new("error-deadline-not-later"))));
            }
            let sent = policy::keep(tx.actor, sent)?;
            store::dispatch::extend(tx, &sent, version, deadline, &reason)?;
            tell(tx, &ctx.portal, &sent.1, |principal, recipient| {
                let about = (id, sent.1.title.as_str());
                mail::deadline_extended(&ctx.portal, principal, recipient, about, deadline)
            })?;
            Ok(Ok(()))
        })
        .await;
    answer(&ctx, id, &form, done, ("done-deadline-extended", deadline_view)).await
}

/// Takes a questionnaire back and tells the representatives.
async fn withdraw(ctx: Ctx, id: Path<QuestionnaireId>, form: Form) -> Result<HttpResponse> {
    let id = id.into_inner();
    let mut f = Fields::of(&form);
    let version = f.version();
    let reason = f.text("reason", Rule::text(1000));
    let reason = match f.finish(|| reason) {
        Ok(reason) => reason,
        Err(invalid) => return again(&ctx, id, &form, &invalid, withdrawal_view).await,
    };
    let done = ctx
        .write(move |tx, ctx| {
            let sent = load(tx.connection, ctx, id)?;
            let sent = policy::keep(tx.actor, sent)?;
            store::dispatch::withdraw(tx, &sent, version, &reason)?;
            tell(tx, &ctx.portal, &sent.1, |principal, recipient| {
                let about = (id, sent.1.title.as_str());
                mail::withdrawn(&ctx.portal, principal, recipient, about)
            })?;
            Ok(Ok(()))
        })
        .await;
    answer(&ctx, id, &form, done, ("done-withdrawn", withdrawal_view)).await
}

/// Puts a letter to each representative of the entrustment's contractor into the outbox.
fn tell(
    tx: &mut Tx<'_>,
    portal: &Portal,
    entrustment: &Entrustment,
    letter: impl Fn(Principal<'_>, &Recipient) -> Letter,
) -> Result<()> {
    let tenant = entrustment.tenant_id;
    let contractor = contractor::find(tx.connection, tenant, entrustment.contractor_id)?;
    let Some(organisation) = contractor.organisation_id else {
        return Ok(());
    };
    let principal = organisation::find(tx.connection, tenant)?.name;
    for recipient in account::recipients_of_contractor(tx.connection, organisation)? {
        notice::enqueue(tx, &portal.settings, &letter((tenant, &principal), &recipient))?;
    }
    Ok(())
}

/// The form again with what is wrong: 422.
async fn again<V: View + Send + 'static>(
    ctx: &Ctx,
    id: QuestionnaireId,
    form: &Form,
    invalid: &Invalid,
    view: fn(FormView, Kept) -> V,
) -> Result<HttpResponse> {
    let view = page(ctx, id, form.view_with(ctx.language, invalid), view).await?;
    ctx.invalid(&view)
}

/// On to the questionnaire; or the form again: 422, or 409 with what was typed when it is stale.
async fn answer<V: View + Send + 'static>(
    ctx: &Ctx,
    id: QuestionnaireId,
    form: &Form,
    done: Result<Result<(), Invalid>>,
    (message, view): (&'static str, fn(FormView, Kept) -> V),
) -> Result<HttpResponse> {
    match done {
        Ok(Ok(())) => Ok(ctx.see_other(&format!("/questionnaires/{id}"), message)),
        Ok(Err(invalid)) => again(ctx, id, form, &invalid, view).await,
        Err(Error::Conflict(key @ "error-stale")) => {
            let invalid = Invalid::at("reason", Message::new(key));
            let mut form = form.view_with(ctx.language, &invalid);
            // The page fills in the version that is stored now: doing it again is done knowingly.
            form.version.clear();
            let view = page(ctx, id, form, view).await?;
            ctx.page_with(StatusCode::CONFLICT, &view)
        }
        Err(other) => Err(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_deadline_is_today_or_later_and_within_two_years() {
        let today = day("2026-06-01");
        assert_eq!(deadline_fault(day("2026-05-31"), today), Some("error-deadline-past"));
        assert_eq!(deadline_fault(today, today), None);
        assert_eq!(deadline_fault(day("2028-06-01"), today), None);
        assert_eq!(deadline_fault(day("2028-06-02"), today), Some("error-deadline-far"));
    }

    #[test]
    fn an_extension_needs_a_reason_and_a_day() {
        let form = Form::from_pairs([("deadline", "令和8年4月31日"), ("reason", " ")]);
        let invalid = read_extension(&form, day("2026-06-01")).unwrap_err();
        let keys: Vec<_> = invalid.errors.iter().map(|(f, m)| (f.as_str(), m.key)).collect();
        assert_eq!(keys, [("deadline", "error-date-no-such-day"), ("reason", "error-required")]);
        let form = Form::from_pairs([("deadline", "R8.6.30"), ("reason", "繁忙期のため")]);
        let read = read_extension(&form, day("2026-06-01")).unwrap();
        assert_eq!(read, (day("2026-06-30"), "繁忙期のため".to_owned()));
    }
}
