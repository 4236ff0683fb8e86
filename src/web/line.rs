//! A connection that ends by itself when the other end is too slow.
//!
//! actix times the head of a connection's first request and the time between requests, but neither the heads
//! that follow nor a reader who doesn't read. This stream stands between the socket and actix; the guard
//! tells it when a request is being worked on, and the body's own deadline is in [`super::body`].

use std::cell::Cell;
use std::io;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep, sleep_until};

use super::limits::Limits;

/// What the guard tells a connection.
#[derive(Clone, Debug, Default)]
pub struct Line {
    busy: Rc<Cell<bool>>,
}

impl Line {
    /// A head has come: what the portal does now is not the client's fault.
    pub fn busy(&self) {
        self.busy.set(true);
    }

    /// The answer is on its way: the next request is waited for.
    pub fn waiting(&self) {
        self.busy.set(false);
    }
}

/// A stream with deadlines for heads, idleness and slow reading.
#[derive(Debug)]
pub struct Timed<S> {
    stream: S,
    line: Line,
    limits: Limits,
    /// Since when nothing came and nothing was done.
    idle_since: Instant,
    /// Since when a head is coming.
    head_since: Option<Instant>,
    /// Since when an answer is stuck, and how much of it went since.
    stuck: Option<(Instant, u64)>,
    timer: Pin<Box<Sleep>>,
}

impl<S> Timed<S> {
    /// A stream around `stream`.
    pub fn new(stream: S, limits: Limits) -> Self {
        let now = Instant::now();
        let timer = Box::pin(sleep_until(now + limits.head()));
        Self {
            stream,
            line: Line::default(),
            limits,
            idle_since: now,
            // The first head is waited for from the beginning.
            head_since: Some(now),
            stuck: None,
            timer,
        }
    }

    /// What the guard needs.
    pub fn line(&self) -> Line {
        self.line.clone()
    }

    /// When the other end will have been too slow.
    fn deadline(&self) -> Option<Instant> {
        if let Some((since, sent)) = self.stuck {
            return Some(since + self.limits.transfer(sent));
        }
        if self.line.busy.get() {
            return None;
        }
        let idle = self.idle_since + self.limits.idle();
        // A little later than actix, which answers a first head with 408.
        Some(
            self.head_since
                .map_or(idle, |since| since + self.limits.head() + Duration::from_millis(250)),
        )
    }

    /// Ends the connection when its time is over; otherwise sees that it is looked at again then.
    fn hold_to_deadline(&mut self, cx: &mut Context<'_>) -> io::Result<()> {
        // While the portal works there is no deadline, but one begins when it is done.
        let look_again = Instant::now() + self.limits.idle();
        let deadline = self.deadline();
        if deadline.is_some_and(|deadline| deadline <= Instant::now()) {
            return Err(io::ErrorKind::TimedOut.into());
        }
        self.timer.as_mut().reset(deadline.unwrap_or(look_again));
        // Ready only if it ran out this very moment: then looked at again at once.
        if self.timer.as_mut().poll(cx).is_ready() {
            cx.waker().wake_by_ref();
        }
        Ok(())
    }

    fn heard(&mut self) {
        let now = Instant::now();
        if self.line.busy.get() {
            self.head_since = None;
        } else {
            self.head_since.get_or_insert(now);
        }
        self.idle_since = now;
    }

    fn said(&mut self, written: &Poll<io::Result<usize>>) {
        match written {
            Poll::Ready(Ok(bytes)) => {
                self.head_since = None;
                self.idle_since = Instant::now();
                if let Some((_, sent)) = &mut self.stuck {
                    *sent = sent.saturating_add(u64::try_from(*bytes).unwrap_or(u64::MAX));
                }
            }
            Poll::Ready(Err(_)) => {}
            Poll::Pending => {
                self.stuck.get_or_insert((Instant::now(), 0));
            }
        }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Timed<S> {
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        let before = buffer.filled().len();
        let read = Pin::new(&mut this.stream).poll_read(cx, buffer);
        match &read {
            Poll::Ready(Ok(())) if buffer.filled().len() > before => this.heard(),
            Poll::Ready(_) => {}
            Poll::Pending => this.hold_to_deadline(cx)?,
        }
        read
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Timed<S> {
    fn poll_write(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let written = Pin::new(&mut this.stream).poll_write(cx, bytes);
        this.said(&written);
        if written.is_pending() {
            this.hold_to_deadline(cx)?;
        }
        written
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        let flushed = Pin::new(&mut this.stream).poll_flush(cx);
        match flushed {
            // actix flushes when it has nothing left to write: nothing is stuck.
            Poll::Ready(_) => this.stuck = None,
            Poll::Pending => this.hold_to_deadline(cx)?,
        }
        flushed
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_shutdown(cx)
    }
}
