//! axe-core, held against the page of a browser.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use fantoccini::Client;
use serde_json::json;

use super::Look;

/// The rules of axe-core that every page keeps.
const TAGS: [&str; 6] = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/// What of a page its accessibility depends on, so that of the pages that differ in their words alone,
/// such as the questions of a questionnaire, one is enough.
const STRUCTURE: &str = include_str!("../../browser/structure.js");

/// The pages that were held against it, by how they were looked at.
static HELD: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());

/// Holds the page that is shown against axe-core, if none of the same structure was.
pub async fn hold(client: &Client, look: Look) {
    let structure = client.execute(STRUCTURE, vec![]).await.unwrap();
    let page = format!("{look:?} {structure}");
    if HELD.lock().unwrap_or_else(PoisonError::into_inner).contains(&page) {
        return;
    }
    let source = std::fs::read_to_string(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/browser/node_modules/axe-core/axe.min.js"
    ))
    .expect("axe-core is not there: run tests/run, which installs it");
    client.execute(&source, vec![]).await.unwrap();
    let script = "const [tags, done] = arguments;
        axe.run(document, { runOnly: { type: 'tag', values: tags } }).then(
            (result) => done(result.violations.map((v) =>
                `${v.id}: ${v.help}: ${v.nodes.map((n) => n.html + ' ' + n.failureSummary).join(' | ')}`)),
            (error) => done([String(error)]));";
    let found = client.execute_async(script, vec![json!(TAGS)]).await.unwrap();
    let path = client.current_url().await.unwrap().path().to_owned();
    assert_eq!(found, json!([]), "axe-core on {path} ({look:?})");
    HELD.lock().unwrap_or_else(PoisonError::into_inner).insert(page);
}
