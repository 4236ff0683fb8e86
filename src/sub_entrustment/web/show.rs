//! One application with its files and what came of it.

use actix_web::HttpResponse;
use actix_web::web::Path;

use crate::attachment::{self, AttachmentId, NewAttachment};
use crate::database::{Connection, Tx};
use crate::entrustment::{
    self, Entrustment, EntrustmentId, EntrustmentStatus, REPRESENTATIVES, Side,
};
use crate::error::Result;
use crate::four_eyes;
use crate::japanese::jst_date;
use crate::organisation::contractor;
use crate::storage::file::ACCEPT;
use crate::sub_entrustment::model::{Application, ApplicationId, ApplicationStatus};
use crate::sub_entrustment::views::{Child, Of, ShowView};
use crate::sub_entrustment::{applying, policy, store};
use crate::web::{Ctx, Form, Invalid, MAX_FILE, Refused, Upload};

/// The names of an application's items.
pub(super) fn item_names(
    c: &mut Connection,
    entrustment: &Entrustment,
    application: &Application,
) -> Result<Vec<String>> {
    let items = entrustment::items_ever(c, entrustment)?;
    let own = items.into_iter().filter(|item| application.items.0.contains(&item.id));
    Ok(own.map(|item| item.name).collect())
}

/// The entrustment that came of an application, for whoever sees the application.
fn child(c: &mut Connection, ctx: &Ctx, application: &Application) -> Result<Option<Child>> {
    let Some(id) = application.child_id else {
        return Ok(None);
    };
    let found = entrustment::by_ids(c, &ctx.actor, &[id])?;
    let Some(child) = found.into_iter().next() else {
        return Ok(None);
    };
    let contractor = contractor::find(c, child.tenant_id, child.contractor_id)?;
    let principal = ctx.member()?.role.is_principal();
    Ok(Some(Child {
        id,
        number: child.number,
        contractor: principal.then(|| contractor.id.to_string()),
        joined: contractor.organisation_id.is_some(),
    }))
}

fn view(
    c: &mut Connection,
    ctx: &Ctx,
    id: EntrustmentId,
    application: ApplicationId,
    invalid: &Invalid,
) -> Result<ShowView> {
    let entrustment = entrustment::find(c, &ctx.actor, id)?;
    let application = store::find(c, &entrustment, application)?;
    let role = ctx.member()?.role;
    let own = REPRESENTATIVES.contains(&role)
        && entrustment::side(c, &ctx.actor, &entrustment)? == Side::Contractor;
    let open = entrustment.status == EntrustmentStatus::Active;
    let waits = open && application.status == ApplicationStatus::Applied;
    let decide = policy::decide(c, &ctx.actor, entrustment.clone(), &application);
    let today = jst_date(ctx.now);
    let replaced = store::replaced(c, &entrustment)?.contains(&application.id);
    Ok(ShowView {
        form: Form::default().view_with(ctx.language, invalid),
        of: Of::from(&entrustment),
        tone: if replaced { "neutral" } else { application.status.tone() },
        replaced,
        items: item_names(c, &entrustment, &application)?,
        files: attachment::views(&attachment::of(c, &entrustment, application.id.as_str())?),
        file_limit: MAX_FILE,
        accept: ACCEPT,
        permitted_country: entrustment.rules.0.countries.contains(&application.country),
        child: child(c, ctx, &application)?,
        days: application.permitted_until.map(|day| (day - today).num_days()),
        may_edit: own && waits,
        may_decide: decide.is_ok(),
        own_request: four_eyes::is_own(&decide),
        may_renew: own
            && open
            && application.status == ApplicationStatus::Approved
            && !replaced
            && policy::allowed(&entrustment).is_ok(),
        application,
    })
}

/// Shows an application.
pub(super) async fn show(
    ctx: Ctx,
    path: Path<(EntrustmentId, ApplicationId)>,
) -> Result<HttpResponse> {
    let (id, application) = path.into_inner();
    let view = ctx.read(move |c, ctx| view(c, ctx, id, application, &Invalid::default())).await?;
    ctx.page(&view)
}

/// Takes a file, such as the copy of the contract.
pub(super) async fn attach(
    ctx: Ctx,
    path: Path<(EntrustmentId, ApplicationId)>,
    upload: Upload,
) -> Result<HttpResponse> {
    let (id, application) = path.into_inner();
    let (entrustment, _) =
        ctx.read(move |c, ctx| applying::own(c, &ctx.actor, id, application)).await?;
    let enter = move |tx: &mut Tx<'_>, _: &Ctx, new: &NewAttachment| {
        applying::attach(tx, id, application, new)
    };
    let refused = attachment::take(&ctx, &entrustment, ("file", &upload), enter).await?;
    let Some(Refused { invalid, status }) = refused else {
        let to = format!("/entrustments/{id}/sub-entrustments/{application}");
        return Ok(ctx.see_other(&to, "done-evidence-added"));
    };
    let view = ctx.read(move |c, ctx| view(c, ctx, id, application, &invalid)).await?;
    ctx.page_with(status, &view)
}

/// Takes a file back.
pub(super) async fn detach(
    ctx: Ctx,
    path: Path<(EntrustmentId, ApplicationId, AttachmentId)>,
    _form: Form,
) -> Result<HttpResponse> {
    let (id, application, file) = path.into_inner();
    ctx.write(move |tx, _| applying::detach(tx, id, application, file)).await?;
    let to = format!("/entrustments/{id}/sub-entrustments/{application}");
    Ok(ctx.see_other(&to, "done-evidence-removed"))
}
