//! The workbooks of an import: the template with its drop-downs and guide, and what is marked in a
//! sheet that is given back.

use std::collections::BTreeMap;

use super::check::Seen;
use super::field::{Field, Takes};
use super::views::{hint, place};
use crate::rulebook;
use crate::sheet::{Column, Guide, TemplateColumn};
use crate::web::{Language, locale};

/// The columns of a kind's template.
pub(super) fn template_columns(language: Language, fields: &[Field]) -> Vec<TemplateColumn> {
    fields
        .iter()
        .map(|field| {
            let several = matches!(field.takes, Takes::Words(_));
            let choices = field.choices(language);
            let mut note = hint(language, field);
            if several {
                let words = choices.join("\n");
                note = [note, locale::text(language, "import-several"), words].join("\n");
            }
            TemplateColumn {
                column: Column::new(locale::text(language, field.label), field.kind),
                required: field.required,
                note: note.trim().to_owned(),
                // A drop-down gives one word; a cell for several takes them typed.
                choices: if several { Vec::new() } else { choices },
            }
        })
        .collect()
}

/// The sheet that explains a kind's columns.
pub(super) fn guide(language: Language, fields: &[Field]) -> Guide {
    let text = |key| locale::text(language, key);
    let heads =
        ["import-guide-column", "import-guide-required", "import-guide-hint", "import-guide-words"];
    let mut rows: Vec<Vec<String>> = vec![heads.map(text).to_vec()];
    for field in fields {
        let required = if field.required { "common-required" } else { "common-optional" };
        rows.push(vec![
            text(field.label),
            text(required),
            hint(language, field),
            field.choices(language).join("\n"),
        ]);
    }
    Guide { title: text("import-guide-title"), rows, refusal: text("import-guide-refusal") }
}

/// All faults by row, and the rules that rows break, in words, for the marked workbook.
pub(super) fn by_row(language: Language, seen: &Seen) -> BTreeMap<u32, Vec<(Option<u16>, String)>> {
    let mut rows: BTreeMap<u32, Vec<(Option<u16>, String)>> = BTreeMap::new();
    for fault in &seen.faults {
        let words = fault.message.say(language);
        let words = match fault.at.column {
            Some(_) => format!("{} {words}", place(language, &fault.at)),
            None => words,
        };
        rows.entry(fault.at.row.unwrap_or(1)).or_default().push((fault.at.column, words));
    }
    for row in &seen.broken {
        for warning in rulebook::warnings(language, &row.broken) {
            let args = [("title", warning.title.into()), ("what", warning.what.into())];
            let words = locale::text_with(language, "import-marked-rule", &args);
            rows.entry(row.row).or_default().push((None, words));
        }
    }
    rows
}
