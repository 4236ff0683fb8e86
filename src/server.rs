//! Puts the slices' routes, the guard and the HTTP server together.

use std::net::TcpListener;
use std::sync::Arc;

use actix_web::dev::Server;
use actix_web::middleware::{Compress, from_fn};
use actix_web::web::Data;
use actix_web::{App, HttpResponse};

use crate::demo::{self, Story};
use crate::secret::Sealed;
use crate::web::guard::{Guard, guard};
use crate::web::listening::{self, Listening};
use crate::web::{Access, Ctx, Portal, Route, assets, routing};
use crate::{
    account, api_token, attachment, attestation, auditor_access, dashboard, disposal, entrustment,
    event_log, finding, flow, handler, handover, holding, home, import, incident, inspection, job,
    near_miss, organisation, questionnaire, recipient, record, registers, sheet, sub_entrustment,
    transmission,
};

/// The route table of the whole portal.
#[must_use]
pub fn routes() -> Vec<Route> {
    let mut routes = vec![
        Route::get("/assets/{hash}/{path:.*}", Access::Public, asset),
        Route::get("/healthz", Access::Public, healthz),
        Route::get("/readyz", Access::Public, readyz),
    ];
    routes.extend(account::routes());
    routes.extend(api_token::routes());
    routes.extend(organisation::routes());
    routes.extend(entrustment::routes());
    routes.extend(auditor_access::routes());
    routes.extend(attachment::routes());
    routes.extend(transmission::routes());
    routes.extend(recipient::routes());
    routes.extend(sub_entrustment::routes());
    routes.extend(holding::routes());
    routes.extend(handler::routes());
    routes.extend(questionnaire::routes());
    routes.extend(attestation::routes());
    routes.extend(disposal::routes());
    routes.extend(handover::routes());
    routes.extend(finding::routes());
    routes.extend(inspection::routes());
    routes.extend(record::routes());
    routes.extend(flow::routes());
    routes.extend(dashboard::routes());
    routes.extend(import::routes());
    routes.extend(incident::routes());
    routes.extend(near_miss::routes());
    routes.extend(event_log::routes());
    routes.extend(home::routes());
    routes
}

/// The same with the routes of the demonstration, where it runs.
fn routes_with(demo: bool) -> Vec<Route> {
    let mut routes = routes();
    if demo {
        routes.extend(demo::routes());
    }
    routes
}

/// A sample of every page, for the test that renders them all.
#[must_use]
pub fn samples() -> Vec<(&'static str, serde_json::Value)> {
    let mut samples = account::samples();
    samples.extend(api_token::samples());
    samples.extend(organisation::samples());
    samples.extend(entrustment::samples());
    samples.extend(auditor_access::samples());
    samples.extend(holding::samples());
    samples.extend(handler::samples());
    samples.extend(questionnaire::samples());
    samples.extend(flow::samples());
    samples.extend(dashboard::samples());
    samples.extend(home::samples());
    samples.extend(transmission::samples());
    samples.extend(recipient::samples());
    samples.extend(demo::samples());
    samples.extend(attestation::samples());
    samples.extend(sub_entrustment::samples());
    samples.extend(disposal::samples());
    samples.extend(handover::samples());
    samples.extend(sheet::samples());
    samples.extend(import::samples());
    samples.extend(incident::samples());
    samples.extend(near_miss::samples());
    samples.extend(finding::samples());
    samples.extend(inspection::samples());
    samples.extend(event_log::samples());
    samples
}

/// What the slices put on an entrustment's page, in its order.
fn panels() -> Vec<entrustment::Panel> {
    vec![
        questionnaire::panel,
        registers::panel,
        handover::panel,
        incident::panel,
        near_miss::panel,
        sub_entrustment::panel,
        disposal::panel,
        record::panel,
        auditor_access::panel,
    ]
}

/// What the slices know that somebody who leaves has in hand, in the order of the page.
fn duties() -> Vec<account::Duty> {
    vec![entrustment::DUTY, finding::DUTY, handler::DUTY]
}

/// What the slices keep under the installation's secret, and renew when that is rotated.
#[must_use]
pub fn sealed_secrets() -> Vec<Sealed> {
    let mut sealed = vec![organisation::FILE_KEYS];
    sealed.extend(account::SEALED);
    sealed.push(handover::CODES);
    sealed
}

/// What runs by itself.
#[must_use]
pub fn jobs() -> job::Registry {
    type Add = fn(job::Registry) -> job::Registry;
    let slices: &[Add] = &[
        account::jobs,
        questionnaire::jobs,
        transmission::jobs,
        sub_entrustment::jobs,
        finding::jobs,
        inspection::jobs,
        disposal::jobs,
        registers::jobs,
        import::jobs,
        handover::jobs,
        incident::jobs,
    ];
    slices.iter().fold(job::Registry::default(), |registry, add| add(registry))
}

/// Starts the HTTP server on a socket that is bound already. Signals are left to the caller, who
/// has a worker to stop too.
///
/// # Errors
/// When the socket can't be listened on.
pub fn serve(portal: Portal, listener: TcpListener, workers: usize) -> std::io::Result<Server> {
    serve_with(portal, None, listener, workers, None)
}

/// The same with the pages of the demonstration, when there is a story, and over TLS of the
/// portal's own, when it has a certificate.
///
/// # Errors
/// When the socket can't be listened on.
pub fn serve_with(
    portal: Portal,
    story: Option<Story>,
    listener: TcpListener,
    workers: usize,
    tls: Option<Arc<rustls::ServerConfig>>,
) -> std::io::Result<Server> {
    let demo = story.is_some();
    let limits = portal.settings.limits.clone();
    let guard_data = Data::new(Guard::new(
        &routes_with(demo),
        &limits,
        account::identify,
        account::ask_for_proof,
        api_token::TOKENS,
        account::keep_form,
    ));
    let story = Data::new(story.unwrap_or_default());
    let portal = Data::new(portal);
    let panels = Data::new(entrustment::Panels(panels()));
    let duties = Data::new(account::Duties(duties()));
    let seals = Data::new(questionnaire::Seals(attestation::seal));
    listening::serve(listener, Listening { workers, limits, tls }, move || {
        App::new()
            .app_data(portal.clone())
            .app_data(guard_data.clone())
            .app_data(panels.clone())
            .app_data(seals.clone())
            .app_data(duties.clone())
            .wrap(Compress::default())
            .wrap(from_fn(guard))
            .app_data(story.clone())
            .configure(|config| routing::configure(config, &routes_with(demo)))
    })
}

/// A file of the face: style sheet, script, picture.
async fn asset(
    path: actix_web::web::Path<(String, String)>,
    request: actix_web::HttpRequest,
) -> HttpResponse {
    let (hash, path) = path.into_inner();
    let etag = request.headers().get("if-none-match").and_then(|value| value.to_str().ok());
    assets::response(&hash, &path, etag)
}

/// Says that the process runs.
async fn healthz() -> &'static str {
    "ok\n"
}

/// Says that the database answers.
async fn readyz(ctx: Ctx) -> crate::error::Result<&'static str> {
    ctx.read(|connection, _| Ok(crate::database::ping(connection)?)).await?;
    Ok("ready\n")
}
