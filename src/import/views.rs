//! What the pages of imports show.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::{Value, json};

use super::field::Field;
use super::model::ImportKind;
use crate::sheet::{At, Column, Fault, Guide, MAX_ROWS, Sheet, TemplateColumn, letters};
use crate::web::{FormView, Language, View, locale};

/// Faults that the page shows; the workbook has all.
const SHOWN: usize = 200;

/// What is imported, in words.
pub(super) fn kind_words(language: Language, kind: ImportKind) -> String {
    locale::text(language, &format!("import-kind-{kind}"))
}

fn title(language: Language, kind: ImportKind) -> String {
    let args = [("kind", kind_words(language, kind).into())];
    locale::text_with(language, "import-title", &args)
}

/// A place in words.
pub(super) fn place(language: Language, at: &At) -> String {
    let mut args = vec![("sheet", at.sheet.to_string().into())];
    let key = match (at.row, at.column) {
        (Some(row), Some(column)) => {
            args.push(("row", row.to_string().into()));
            args.push(("column", letters(column).into()));
            "sheet-at-cell"
        }
        (Some(row), None) => {
            args.push(("row", row.to_string().into()));
            "sheet-at-row"
        }
        (None, _) => "sheet-at",
    };
    locale::text_with(language, key, &args)
}

/// A fault as the page shows it.
#[derive(Debug, Serialize)]
pub(super) struct FaultLine {
    place: String,
    heading: String,
    message: String,
}

/// The faults that the page shows, with the heading of each.
pub(super) fn lines(language: Language, sheet: Option<&Sheet>, faults: &[Fault]) -> Vec<FaultLine> {
    let headings = sheet.and_then(|sheet| sheet.rows.first());
    let shown = faults.iter().take(SHOWN);
    shown
        .map(|fault| FaultLine {
            place: place(language, &fault.at),
            heading: match (headings, fault.at.column) {
                (Some(row), Some(column)) => row.cell(column).to_owned(),
                _ => String::new(),
            },
            message: fault.message.say(language),
        })
        .collect()
}

/// A column as the page explains it.
#[derive(Debug, Serialize)]
struct ColumnLine {
    label: String,
    required: bool,
    hint: String,
    choices: Vec<String>,
}

/// The page on which a file is chosen.
#[derive(Debug, Serialize)]
pub(super) struct UploadView {
    #[serde(skip)]
    kind: ImportKind,
    path: String,
    list: &'static str,
    list_label: String,
    rows: usize,
    columns: Vec<ColumnLine>,
    pub form: FormView,
    pub faults: Vec<FaultLine>,
    pub count: usize,
}

impl UploadView {
    pub fn new(language: Language, kind: ImportKind, fields: &[Field], form: FormView) -> Self {
        Self {
            kind,
            path: format!("/imports/{kind}"),
            list: kind.list(),
            list_label: kind_words(language, kind),
            rows: MAX_ROWS,
            columns: fields
                .iter()
                .map(|field| ColumnLine {
                    label: locale::text(language, field.label),
                    required: field.required,
                    hint: hint(language, field),
                    choices: field.choices(language),
                })
                .collect(),
            form,
            faults: Vec::new(),
            count: 0,
        }
    }
}

fn hint(language: Language, field: &Field) -> String {
    if field.hint.is_empty() { String::new() } else { locale::text(language, field.hint) }
}

impl View for UploadView {
    const TEMPLATE: &'static str = "import/upload.html";
    const TITLE: &'static str = "import-title";

    fn title(&self, language: Language) -> String {
        title(language, self.kind)
    }
}

/// The page that shows what would be imported.
#[derive(Debug, Serialize)]
pub(super) struct PreviewView {
    #[serde(skip)]
    kind: ImportKind,
    path: String,
    upload: String,
    list: &'static str,
    list_label: String,
    file_name: String,
    sheet: String,
    rows: usize,
    wrong_rows: usize,
    count: usize,
    faults: Vec<FaultLine>,
    shown: usize,
    headings: Vec<String>,
    sample: Vec<Vec<String>>,
}

impl PreviewView {
    pub fn new(
        language: Language,
        kind: ImportKind,
        id: &str,
        file_name: &str,
        sheet: &Sheet,
        rows: usize,
        faults: &[Fault],
    ) -> Self {
        let columns: Vec<u16> = sheet
            .rows
            .first()
            .map(|row| row.cells.iter().map(|(c, _)| *c).take(6).collect())
            .unwrap_or_default();
        let cells =
            |row: &crate::sheet::Row| columns.iter().map(|c| row.cell(*c).to_owned()).collect();
        Self {
            kind,
            path: format!("/imports/{kind}/{id}"),
            upload: format!("/imports/{kind}"),
            list: kind.list(),
            list_label: kind_words(language, kind),
            file_name: file_name.to_owned(),
            sheet: sheet.name.to_string(),
            rows,
            wrong_rows: faults.iter().filter_map(|f| f.at.row).collect::<BTreeSet<_>>().len(),
            count: faults.len(),
            faults: lines(language, Some(sheet), faults),
            shown: faults.len().min(SHOWN),
            headings: sheet.rows.first().map(cells).unwrap_or_default(),
            sample: sheet.rows.iter().skip(1).take(5).map(cells).collect(),
        }
    }
}

impl View for PreviewView {
    const TEMPLATE: &'static str = "import/preview.html";
    const TITLE: &'static str = "import-title";

    fn title(&self, language: Language) -> String {
        title(language, self.kind)
    }
}

/// The columns of a kind's template.
pub(super) fn template_columns(language: Language, fields: &[Field]) -> Vec<TemplateColumn> {
    fields
        .iter()
        .map(|field| {
            let several = matches!(field.takes, super::field::Takes::Words(_));
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

/// All faults by row, in words, for the marked workbook.
pub(super) fn by_row(
    language: Language,
    faults: &[Fault],
) -> BTreeMap<u32, Vec<(Option<u16>, String)>> {
    let mut rows: BTreeMap<u32, Vec<(Option<u16>, String)>> = BTreeMap::new();
    for fault in faults {
        let words = fault.message.say(language);
        let words = match fault.at.column {
            Some(_) => format!("{} {words}", place(language, &fault.at)),
            None => words,
        };
        rows.entry(fault.at.row.unwrap_or(1)).or_default().push((fault.at.column, words));
    }
    rows
}

/// A sample of each page, for the test that renders them all.
#[must_use]
pub fn samples() -> Vec<(&'static str, Value)> {
    let fault =
        json!({ "place": "「委託先」3行目 C列", "heading": "名称", "message": "入力してください" });
    let upload = |faults: Value, count: usize| {
        json!({ "path": "/imports/contractors", "list": "/contractors", "list_label": "委託先", "rows": 20000,
            "columns": [
                { "label": "種別", "required": true, "hint": "", "choices": ["会社などの法人"] },
                { "label": "所見", "required": false, "hint": "控え", "choices": [] },
            ],
            "form": FormView::default(), "faults": faults, "count": count })
    };
    let preview = |faults: Value, count: usize, rows: usize| {
        json!({ "path": "/imports/contractors/0", "upload": "/imports/contractors", "list": "/contractors",
            "list_label": "委託先", "file_name": "a.xlsx", "sheet": "委託先", "rows": rows, "wrong_rows": count,
            "count": count, "faults": faults, "shown": count, "headings": ["名称"], "sample": [["髙橋"]] })
    };
    vec![
        (UploadView::TEMPLATE, upload(json!([]), 0)),
        (UploadView::TEMPLATE, upload(json!([fault]), 1)),
        (PreviewView::TEMPLATE, preview(json!([]), 0, 3)),
        (PreviewView::TEMPLATE, preview(json!([fault]), 1, 3)),
        (PreviewView::TEMPLATE, preview(json!([fault]), 1, 0)),
    ]
}
