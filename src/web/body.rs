//! The body of a request: no longer than its route takes, no slower than the lowest rate.

use std::pin::Pin;
use std::task::{Context, Poll};

use actix_web::dev::{Payload, ServiceRequest};
use actix_web::error::PayloadError;
use actix_web::http::header;
use actix_web::web::{Bytes, BytesMut};
use actix_web::{HttpMessage as _, HttpRequest};
use futures_util::{Stream, StreamExt as _};
use tokio::time::{Instant, Sleep, sleep_until};

use super::limits::Limits;
use crate::error::{Error, Result};

/// Most bytes of the body of this request.
#[derive(Clone, Copy, Debug)]
pub(super) struct BodyLimit(pub usize);

/// Holds the request's body to its limit and its deadline.
///
/// # Errors
/// [`Error::TooLarge`] when it says itself that it is longer.
pub(super) fn bound(request: &mut ServiceRequest, limit: usize, limits: &Limits) -> Result<()> {
    request.extensions_mut().insert(BodyLimit(limit));
    let length = request.headers().get(header::CONTENT_LENGTH);
    let length = length.and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
    if length.is_some_and(|length| length > limit) {
        return Err(Error::TooLarge);
    }
    let body = match request.take_payload() {
        Payload::None => return Ok(()),
        other => other,
    };
    let now = Instant::now();
    let timed = TimedBody {
        body,
        limit,
        limits: limits.clone(),
        since: now,
        still: None,
        read: 0,
        timer: Box::pin(sleep_until(now + limits.transfer(0))),
    };
    request.set_payload(Payload::Stream { payload: Box::pin(timed) });
    Ok(())
}

/// The whole body.
///
/// # Errors
/// [`Error::TooLarge`], [`Error::TooSlow`], [`Error::BadRequest`] when it breaks off.
pub(super) async fn read(request: HttpRequest, mut payload: Payload) -> Result<Bytes> {
    let limit = request.extensions().get().map_or(super::MAX_FORM, |limit: &BodyLimit| limit.0);
    let mut body = BytesMut::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|error| fault(&error))?;
        if body.len() + chunk.len() > limit {
            return Err(Error::TooLarge);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.freeze())
}

/// What a body that can't be read is answered with.
pub(super) fn fault(error: &PayloadError) -> Error {
    match error {
        PayloadError::Overflow => Error::TooLarge,
        PayloadError::Io(cause) if cause.kind() == std::io::ErrorKind::TimedOut => Error::TooSlow,
        _ => Error::BadRequest("body"),
    }
}

struct TimedBody {
    body: Payload,
    limit: usize,
    limits: Limits,
    since: Instant,
    /// Since when nothing has come although it was asked for.
    still: Option<Instant>,
    read: usize,
    timer: Pin<Box<Sleep>>,
}

impl Stream for TimedBody {
    type Item = std::result::Result<Bytes, PayloadError>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        let polled = this.body.poll_next_unpin(cx);
        if let Poll::Ready(Some(Ok(chunk))) = &polled {
            this.read = this.read.saturating_add(chunk.len());
            if this.read > this.limit {
                return Poll::Ready(Some(Err(PayloadError::Overflow)));
            }
            this.still = None;
        }
        if polled.is_pending() && this.still.is_none() {
            // A long body that came quickly has earned much time; standing still it has as little
            // as any.
            let now = Instant::now();
            this.still = Some(now);
            let read = u64::try_from(this.read).unwrap_or(u64::MAX);
            let last = this.since + this.limits.transfer(read);
            this.timer.as_mut().reset(last.min(now + this.limits.transfer(0)));
        }
        if polled.is_pending() && this.timer.as_mut().poll(cx).is_ready() {
            let late = std::io::Error::from(std::io::ErrorKind::TimedOut);
            return Poll::Ready(Some(Err(PayloadError::Io(late))));
        }
        polled
    }
}
