//! The report as plain text, to be pasted into the authority's own form.

use super::model::{Item, Items};
use crate::web::Language;
use crate::web::locale::text;

/// The nine items, each under its number and name; in Japanese, the authority's language.
pub(super) fn write(items: &Items) -> String {
    let mut all = String::new();
    for (number, item) in (1..).zip(Item::ALL) {
        let name = text(Language::Ja, &format!("incident-authority-item-{item}"));
        let said = match items.get(*item) {
            "" => text(Language::Ja, "incident-authority-unknown"),
            said => said.to_owned(),
        };
        for line in [format!("{number} {name}").as_str()].into_iter().chain(said.lines()) {
            all.push_str(line);
            all.push_str("\r\n");
        }
        all.push_str("\r\n");
    }
    all
}
