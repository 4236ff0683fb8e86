//! Connections: HTTP/1.1 alone, with or without TLS, each under its deadlines.

use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use actix_http::HttpService;
use actix_service::{
    IntoServiceFactory, Service, ServiceFactory, ServiceFactoryExt as _, map_config,
};
use actix_web::body::MessageBody;
use actix_web::dev::{AppConfig, Server, fn_service};
use actix_web::rt::net::TcpStream;
use rustls::ServerConfig;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

use super::limits::Limits;
use super::line::{Line, Timed};

/// How long an answer to an unread body is kept from being cut off by the rest of that body.
const LINGER: Duration = Duration::from_secs(2);

/// How to listen.
#[derive(Clone)]
pub struct Listening {
    /// Threads that answer requests.
    pub workers: usize,
    /// Deadlines and numbers.
    pub limits: Limits,
    /// TLS of the portal's own.
    pub tls: Option<Arc<ServerConfig>>,
}

/// Why a connection ended before its first request.
#[derive(Debug, thiserror::Error)]
enum Ended {
    #[error("{0}")]
    Io(#[from] std::io::Error),
    #[error("no TLS in time")]
    Late,
    #[error("{0}")]
    Http(actix_http::error::DispatchError),
}

/// The HTTP/1.1 service over a kind of stream, which a closure asks for its [`Line`].
macro_rules! http {
    ($how:ident, $stopping:ident, $app:ident, $line:expr) => {{
        let (line, stopping) = ($line, $stopping.clone());
        let app = $app().into_factory().map_err(|error| error.error_response());
        HttpService::build()
            .graceful_shutdown_signal(move || {
                let stopping = stopping.clone();
                async move { stopping.notified().await }
            })
            .keep_alive($how.limits.idle())
            .client_request_timeout($how.limits.head())
            .client_disconnect_timeout(LINGER)
            .on_connect_ext(move |stream: &_, data: &mut actix_http::Extensions| {
                let line: Line = line(stream);
                data.insert(line);
            })
            .h1(map_config(app, |()| AppConfig::default()))
            .map_err(Ended::Http)
    }};
}

/// Starts a server of the application that `app` makes, on a socket that is bound already.
///
/// # Errors
/// When the socket can't be listened on.
pub fn serve<F, I, S, B>(listener: TcpListener, how: Listening, app: F) -> std::io::Result<Server>
where
    F: Fn() -> I + Send + Clone + 'static,
    I: IntoServiceFactory<S, actix_http::Request>,
    S: ServiceFactory<actix_http::Request, Config = AppConfig, Error = actix_web::Error> + 'static,
    S::InitError: std::fmt::Debug,
    S::Response: Into<actix_http::Response<B>> + 'static,
    <S::Service as Service<actix_http::Request>>::Future: 'static,
    S::Service: 'static,
    B: MessageBody + 'static,
{
    let workers = how.workers.max(1);
    let builder = Server::build()
        .workers(workers)
        .max_concurrent_connections((how.limits.connections / workers).max(1))
        .shutdown_timeout(10)
        .disable_signals();
    let stopping = builder.graceful_shutdown_signal();
    let builder = match how.tls.clone() {
        None => builder.listen("azukari", listener, move || {
            let limits = how.limits.clone();
            let plain = fn_service(move |stream: TcpStream| {
                let accepted =
                    prepared(&stream).map(|peer| (Timed::new(stream, limits.clone()), peer));
                std::future::ready(accepted.map_err(Ended::from))
            });
            plain.and_then(http!(how, stopping, app, |timed: &Timed<TcpStream>| timed.line()))
        })?,
        Some(tls) => builder.listen("azukari", listener, move || {
            let (limits, acceptor) = (how.limits.clone(), TlsAcceptor::from(tls.clone()));
            let secured = fn_service(move |stream: TcpStream| {
                accept(stream, limits.clone(), acceptor.clone())
            });
            let line = |stream: &TlsStream<Timed<TcpStream>>| stream.get_ref().0.line();
            secured.and_then(http!(how, stopping, app, line))
        })?,
    };
    Ok(builder.run())
}

/// Readies a socket and says who is at its other end.
fn prepared(stream: &TcpStream) -> std::io::Result<Option<std::net::SocketAddr>> {
    // An answer goes out in two pieces, and the second would wait 40 ms for the first to be acknowledged.
    stream.set_nodelay(true)?;
    Ok(stream.peer_addr().ok())
}

/// A connection after its TLS handshake, which has as long as a head.
async fn accept(
    stream: TcpStream,
    limits: Limits,
    acceptor: TlsAcceptor,
) -> Result<(TlsStream<Timed<TcpStream>>, Option<std::net::SocketAddr>), Ended> {
    let peer = prepared(&stream)?;
    let head = limits.head();
    let shaken = tokio::time::timeout(head, acceptor.accept(Timed::new(stream, limits))).await;
    match shaken {
        Ok(accepted) => Ok((accepted?, peer)),
        Err(_) => Err(Ended::Late),
    }
}
