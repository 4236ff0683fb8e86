//! Listens to the SQL of the connections to one database.

use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, Once};

use diesel::connection::{Instrumentation, InstrumentationEvent, set_default_instrumentation};

static RECORDED: LazyLock<Mutex<HashMap<String, Vec<String>>>> = LazyLock::new(Mutex::default);

#[derive(Default)]
struct Listener {
    url: String,
}

impl Instrumentation for Listener {
    fn on_connection_event(&mut self, event: InstrumentationEvent<'_>) {
        match event {
            InstrumentationEvent::StartEstablishConnection { url, .. } => {
                url.clone_into(&mut self.url);
            }
            InstrumentationEvent::StartQuery { query, .. } => {
                if let Some(heard) = RECORDED.lock().unwrap().get_mut(&self.url) {
                    heard.push(query.to_string());
                }
            }
            _ => {}
        }
    }
}

/// Makes every connection of this process listened to, from now on.
pub fn install() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        set_default_instrumentation(|| Some(Box::new(Listener::default()))).unwrap();
    });
}

fn key(url: &str) -> &str {
    url.strip_prefix("sqlite:").unwrap_or(url)
}

/// Begins to keep what is said to the database at `url`.
pub fn begin(url: &str) {
    RECORDED.lock().unwrap().insert(key(url).to_owned(), Vec::new());
}

/// What was said since, without the values.
pub fn end(url: &str) -> Vec<String> {
    let heard = RECORDED.lock().unwrap().remove(key(url)).unwrap_or_default();
    let new_connection = |text: &String| text.starts_with("PRAGMA") || text.starts_with("SET ");
    // Said on every loan: no statement of a page.
    let scope = |text: &String| text.contains("set_config('azukari.scope'");
    heard
        .into_iter()
        // The pool opens connections when it likes.
        .filter(|text| !new_connection(text) && !scope(text))
        .map(|text| text.split_once(" -- binds").map_or(text.clone(), |(sql, _)| sql.to_owned()))
        .collect()
}
