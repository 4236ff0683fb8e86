//! What the pages of questionnaires show.

pub(super) mod dispatch;
pub(super) mod list;
pub(super) mod response;
pub(super) mod review;
pub(super) mod template;
pub(super) mod words;

pub use list::panel;

use serde_json::Value;

/// A sample of each page, for the test that renders them all.
#[must_use]
pub fn samples() -> Vec<(&'static str, Value)> {
    let mut samples = dispatch::samples();
    samples.extend(list::samples());
    samples.extend(response::samples());
    samples.extend(review::samples());
    samples.extend(template::samples());
    samples
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::web::{Language, templates};

    #[test]
    fn every_page_is_rendered_in_both_languages_without_a_missing_word() {
        for (template, sample) in super::samples() {
            for lang in Language::ALL {
                let mut context = sample.clone();
                context["lang"] = json!(lang);
                context["page"] = json!({ "title": "点検票", "path": "/", "query": "", "csrf": "c", "demo": false,
                    "person": null, "nav": [], "flash": null, "version": "1" });
                let html = templates::render(template, &context).unwrap_or_else(|error| {
                    let cause = std::error::Error::source(&error).map(ToString::to_string);
                    panic!("{template}: {error}: {cause:?}")
                });
                assert!(!html.contains('⟦'), "{template}: {}", html.split('⟦').nth(1).unwrap());
                if let Ok(folder) = std::env::var("AZUKARI_PAGES") {
                    let name = format!("{}-{lang}.html", template.replace(['/', '.'], "-"));
                    std::fs::write(std::path::Path::new(&folder).join(name), html).unwrap();
                }
            }
        }
    }
}
