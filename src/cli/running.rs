//! A running portal: the pages, the worker and the sender, until a signal stops them.

use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::join;
use tokio::sync::watch;

use crate::demo::Story;
use crate::notice::Mailer;
use crate::secret::Secret;
use crate::web::Portal;
use crate::web::tls::Certificate;
use crate::{job, notice, server};

/// How long the worker may take to finish what it has at hand.
const GRACE: Duration = Duration::from_secs(10);

/// Serves pages and runs what runs by itself, until SIGTERM or SIGINT; what is at hand is finished.
pub(super) async fn until_stopped(
    portal: Portal,
    story: Option<Story>,
    listener: TcpListener,
    workers: usize,
    mailer: Option<Mailer>,
    certificate: Option<Arc<Certificate>>,
) -> std::io::Result<()> {
    let (stop, stopped) = watch::channel(false);
    let secret = portal.secret.clone();
    let tls = certificate.as_ref().map(Certificate::server_config).transpose();
    let tls = tls.map_err(std::io::Error::other)?;
    let mut server = server::serve_with(portal.clone(), story, listener, workers, tls)?;
    let jobs = tokio::spawn(job::work(portal.clone(), Arc::new(server::jobs()), stopped.clone()));
    let mails = tokio::spawn(async move {
        if let Some(mailer) = mailer {
            notice::work(portal, mailer, stopped).await;
        }
    });
    let handle = server.handle();
    let result = tokio::select! {
        ended = &mut server => ended,
        told = signal(&secret, certificate.as_deref()) => {
            tracing::info!("stopping");
            let ((), ended) = join(handle.stop(true), &mut server).await;
            told.and(ended)
        }
    };
    stop.send_replace(true);
    if tokio::time::timeout(GRACE, join(jobs, mails)).await.is_err() {
        tracing::warn!("a job or mail wasn't finished; it is taken up again at the next start");
    }
    result
}

/// Waits for SIGTERM or SIGINT. At SIGHUP the certificate and the secret are read again; the secret
/// once a minute too, as `azukari secret` may have changed it.
#[cfg(unix)]
async fn signal(secret: &Secret, certificate: Option<&Certificate>) -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut hangup = signal(SignalKind::hangup())?;
    let mut minute = tokio::time::interval(Duration::from_mins(1));
    loop {
        tokio::select! {
            _ = terminate.recv() => return Ok(()),
            _ = interrupt.recv() => return Ok(()),
            _ = minute.tick() => refresh(secret),
            _ = hangup.recv() => {
                refresh(secret);
                match certificate.map(Certificate::reload) {
                    Some(Ok(())) => tracing::info!("the certificate was read again"),
                    Some(Err(error)) => tracing::error!(%error, "the certificate stays the old one"),
                    None => {}
                }
            }
        }
    }
}

#[cfg(unix)]
fn refresh(secret: &Secret) {
    if secret.refresh() {
        tracing::info!(newest = secret.newest_id(), "the secret has changed");
    }
}

/// Waits for Ctrl-C.
#[cfg(not(unix))]
async fn signal(_: &Secret, _: Option<&Certificate>) -> std::io::Result<()> {
    tokio::signal::ctrl_c().await
}
