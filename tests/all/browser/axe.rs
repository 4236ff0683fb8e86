//! axe-core, held against the page of a browser.

use fantoccini::Client;
use serde_json::json;

use super::Look;

/// The rules of axe-core that every page keeps.
const TAGS: [&str; 6] = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/// Holds the page that is shown against axe-core.
pub async fn hold(client: &Client, look: Look) {
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
}
