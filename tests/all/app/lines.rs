//! What the process writes into its log, as whoever gathers it gets it: at the level debug, JSON.

use std::io::Write;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{LazyLock, Mutex, Once};

use serde_json::Value;
use tracing_subscriber::filter::{LevelFilter, dynamic_filter_fn};
use tracing_subscriber::fmt;
use tracing_subscriber::prelude::*;

static LISTENING: AtomicUsize = AtomicUsize::new(0);
static HEARD: LazyLock<Mutex<Vec<u8>>> = LazyLock::new(Mutex::default);

/// What the tests themselves read pages with, and keep cookies in.
const OF_TESTS: [&str; 5] = ["html5ever", "markup5ever", "selectors", "cssparser", "cookie_store"];

struct Ear;

impl Write for Ear {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        HEARD.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Listens as long as it lives. Other tests of the process are heard too.
pub struct Lines {
    from: usize,
}

impl Lines {
    /// Begins to listen.
    pub fn listen() -> Self {
        static ONCE: Once = Once::new();
        ONCE.call_once(|| {
            let heard = |target: &str| !OF_TESTS.iter().any(|test| target.starts_with(test));
            let filter = dynamic_filter_fn(move |meta, _| {
                LISTENING.load(Ordering::Relaxed) > 0 && heard(meta.target())
            });
            let filter = filter.with_max_level_hint(LevelFilter::DEBUG);
            let layer = fmt::layer().json().with_writer(|| Ear).with_filter(filter);
            tracing_subscriber::registry().with(layer).try_init().unwrap();
        });
        LISTENING.fetch_add(1, Ordering::Relaxed);
        Self { from: HEARD.lock().unwrap().len() }
    }

    /// All that was written since.
    pub fn text(&self) -> String {
        String::from_utf8(HEARD.lock().unwrap()[self.from..].to_vec()).unwrap()
    }

    /// The fields of the lines that tell events of an organisation.
    pub fn events(&self, organisation: &str) -> Vec<Value> {
        let text = self.text();
        let lines = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        lines
            .filter(|line| line["target"] == "azukari::event")
            .map(|line| line["fields"].clone())
            .filter(|fields| fields["organisation"] == organisation)
            .collect()
    }
}

impl Drop for Lines {
    fn drop(&mut self) {
        LISTENING.fetch_sub(1, Ordering::Relaxed);
    }
}
