//! What the pages of imports show.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::{Value, json};

use super::acknowledging::{Asked, RowBroken};
use super::check::Seen;
use super::field::Field;
use super::kinds::fields;
use super::model::{Import, ImportKind};
use crate::entrustment::{Entrustment, EntrustmentId};
use crate::rulebook::{self, RuleId, Severity};
use crate::sheet::{At, Fault, MAX_ROWS, Sheet, letters};
use crate::web::{FormView, Language, View, locale};

/// Faults that the page shows; the workbook has all.
const SHOWN: usize = 200;

/// What is imported, in words.
pub(super) fn kind_words(language: Language, kind: ImportKind) -> String {
    locale::text(language, &format!("import-kind-{kind}"))
}

/// What is imported, and into what.
pub(super) struct Place {
    pub kind: ImportKind,
    /// The entrustment from whose page the file is chosen.
    pub scope: Option<Entrustment>,
}

impl Place {
    /// The entrustment's id.
    pub fn id(&self) -> Option<EntrustmentId> {
        self.scope.as_ref().map(|entrustment| entrustment.id)
    }

    /// The pages above the upload's.
    fn crumbs(&self, language: Language) -> Vec<Crumb> {
        let crumb = |href: String, label: String| Crumb { href, label };
        let list =
            || crumb("/entrustments".to_owned(), locale::text(language, "entrustment-list-title"));
        match &self.scope {
            Some(of) => vec![
                list(),
                crumb(format!("/entrustments/{}", of.id), of.title.clone()),
                crumb(self.kind.list(Some(of.id)), kind_words(language, self.kind)),
            ],
            None if self.kind.is_register() => vec![list()],
            None => vec![crumb(self.kind.list(None), kind_words(language, self.kind))],
        }
    }
}

/// The address of the upload's page.
pub(super) fn path(kind: ImportKind, scope: Option<EntrustmentId>) -> String {
    match scope {
        Some(id) => format!("/imports/{kind}?entrustment={id}"),
        None => format!("/imports/{kind}"),
    }
}

/// A page above.
#[derive(Debug, Serialize)]
struct Crumb {
    href: String,
    label: String,
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
    crumbs: Vec<Crumb>,
    /// Where the file goes.
    upload: String,
    /// The templates.
    template: String,
    template_csv: String,
    list: String,
    /// The same for rows of several entrustments.
    all: Option<String>,
    caption: String,
    register: bool,
    people: bool,
    rows: usize,
    columns: Vec<ColumnLine>,
    pub form: FormView,
    pub faults: Vec<FaultLine>,
    pub count: usize,
}

impl UploadView {
    pub fn new(language: Language, place: &Place, form: FormView) -> Self {
        let (kind, id) = (place.kind, place.id());
        let query = id.map(|id| format!("?entrustment={id}")).unwrap_or_default();
        let caption = |of: &Entrustment| format!("{}　{}", of.number, of.title);
        Self {
            kind,
            crumbs: place.crumbs(language),
            upload: path(kind, id),
            template: format!("/imports/{kind}/template.xlsx{query}"),
            template_csv: format!("/imports/{kind}/template.csv{query}"),
            list: kind.list(id),
            all: id.map(|_| path(kind, None)),
            caption: place.scope.as_ref().map(caption).unwrap_or_default(),
            register: kind.is_register(),
            people: kind.is_people(),
            rows: MAX_ROWS,
            columns: fields(kind, id)
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

pub(super) fn hint(language: Language, field: &Field) -> String {
    if field.hint.is_empty() { String::new() } else { locale::text(language, field.hint) }
}

impl View for UploadView {
    const TEMPLATE: &'static str = "import/upload.html";
    const TITLE: &'static str = "import-title";

    fn title(&self, language: Language) -> String {
        title(language, self.kind)
    }
}

/// A handling rule that rows break, and how many do.
#[derive(Debug, Serialize)]
struct RuleLine {
    title: String,
    text: String,
    clause: u8,
    severity: &'static str,
    count: usize,
}

/// A rule that a row breaks.
#[derive(Debug, Serialize)]
struct BrokenLine {
    place: String,
    title: String,
    what: String,
    reason: String,
}

/// The page that shows what would be imported.
#[derive(Debug, Serialize)]
pub(super) struct PreviewView {
    #[serde(skip)]
    kind: ImportKind,
    crumbs: Vec<Crumb>,
    path: String,
    upload: String,
    file_name: String,
    sheet: String,
    rows: usize,
    wrong_rows: usize,
    count: usize,
    faults: Vec<FaultLine>,
    shown: usize,
    /// The rules that rows break, how many rows do, and those of them that the page shows.
    rules: Vec<RuleLine>,
    broken_rows: usize,
    broken_shown: usize,
    broken: Vec<BrokenLine>,
    asked: Asked,
    form: FormView,
    headings: Vec<String>,
    sample: Vec<Vec<String>>,
}

impl PreviewView {
    pub fn new(
        language: Language,
        place: &Place,
        (import, sheet): (&Import, &Sheet),
        seen: &Seen,
        form: FormView,
    ) -> Self {
        let kind = place.kind;
        let columns: Vec<u16> = sheet
            .rows
            .first()
            .map(|row| row.cells.iter().map(|(c, _)| *c).take(6).collect())
            .unwrap_or_default();
        let cells =
            |row: &crate::sheet::Row| columns.iter().map(|c| row.cell(*c).to_owned()).collect();
        let faults = &seen.faults;
        let mut crumbs = place.crumbs(language);
        crumbs.push(Crumb { href: path(kind, place.id()), label: title(language, kind) });
        Self {
            kind,
            crumbs,
            path: format!("/imports/{kind}/{}", import.id),
            upload: path(kind, place.id()),
            file_name: import.file_name.clone(),
            sheet: sheet.name.to_string(),
            rows: seen.rows,
            wrong_rows: faults.iter().filter_map(|f| f.at.row).collect::<BTreeSet<_>>().len(),
            count: faults.len(),
            faults: lines(language, Some(sheet), faults),
            shown: faults.len().min(SHOWN),
            rules: rules(language, &seen.broken),
            broken_rows: seen.broken.len(),
            broken_shown: seen.broken.len().min(SHOWN),
            broken: broken_lines(language, sheet, &seen.broken),
            asked: Asked::of(&seen.broken),
            form,
            headings: sheet.rows.first().map(cells).unwrap_or_default(),
            sample: sheet.rows.iter().skip(1).take(5).map(cells).collect(),
        }
    }
}

/// The rules that rows break, the gravest first.
fn rules(language: Language, rows: &[RowBroken]) -> Vec<RuleLine> {
    let mut counts: BTreeMap<(Reverse<Severity>, RuleId), usize> = BTreeMap::new();
    for row in rows {
        let ids: BTreeSet<RuleId> = row.broken.iter().map(|b| b.rule).collect();
        for rule in ids {
            *counts.entry((Reverse(rule.severity()), rule)).or_default() += 1;
        }
    }
    let line = |((severity, rule), count): ((Reverse<Severity>, RuleId), usize)| RuleLine {
        title: rulebook::title(language, rule),
        text: rulebook::text(language, rule),
        clause: rule.clause(),
        severity: severity.0.as_str(),
        count,
    };
    counts.into_iter().map(line).collect()
}

fn broken_lines(language: Language, sheet: &Sheet, rows: &[RowBroken]) -> Vec<BrokenLine> {
    let line = |row: &RowBroken| {
        let place = place(language, &At::row(&sheet.name, row.row));
        let reason = row.reason.clone();
        rulebook::warnings(language, &row.broken)
            .into_iter()
            .map(|warning| BrokenLine {
                place: place.clone(),
                title: warning.title,
                what: warning.what,
                reason: reason.clone(),
            })
            .collect::<Vec<_>>()
    };
    rows.iter().take(SHOWN).flat_map(line).collect()
}

impl View for PreviewView {
    const TEMPLATE: &'static str = "import/preview.html";
    const TITLE: &'static str = "import-title";

    fn title(&self, language: Language) -> String {
        title(language, self.kind)
    }
}

/// A sample of each page, for the test that renders them all.
#[must_use]
pub fn samples() -> Vec<(&'static str, Value)> {
    let fault =
        json!({ "place": "「委託先」3行目 C列", "heading": "名称", "message": "入力してください" });
    let crumbs = json!([{ "href": "/contractors", "label": "委託先" }]);
    let upload = |faults: Value, count: usize, register: bool| {
        let all = register.then_some("/imports/holdings");
        json!({ "crumbs": crumbs, "upload": "/imports/contractors", "template": "/imports/contractors/template.xlsx",
            "template_csv": "/imports/contractors/template.csv", "list": "/contractors", "all": all,
            "caption": if register { "令8子-12　保育所等監査業務委託" } else { "" }, "register": register, "people": !register, "rows": 20000,
            "columns": [
                { "label": "種別", "required": true, "hint": "", "choices": ["会社などの法人"] },
                { "label": "所見", "required": false, "hint": "控え", "choices": [] },
            ],
            "form": FormView::default(), "faults": faults, "count": count })
    };
    let preview = |faults: Value, count: usize, rows: usize, broken: usize| {
        let rule = json!({ "title": "許可されていない国", "text": "文", "clause": 10, "severity": "high", "count": broken });
        let line = json!({ "place": "「保管」3行目", "title": "許可されていない国", "what": "US", "reason": "" });
        let (rules, lines) =
            if broken > 0 { (json!([rule]), json!([line])) } else { (json!([]), json!([])) };
        json!({ "crumbs": crumbs, "path": "/imports/contractors/0", "upload": "/imports/contractors", "file_name": "a.xlsx",
            "sheet": "委託先", "rows": rows, "wrong_rows": count, "count": count, "faults": faults, "shown": count,
            "rules": rules, "broken_rows": broken, "broken_shown": broken, "broken": lines,
            "asked": { "reason": broken > 0, "facts": broken > 0 }, "form": FormView::default(),
            "headings": ["名称"], "sample": [["髙橋"]] })
    };
    vec![
        (UploadView::TEMPLATE, upload(json!([]), 0, false)),
        (UploadView::TEMPLATE, upload(json!([fault]), 1, true)),
        (PreviewView::TEMPLATE, preview(json!([]), 0, 3, 0)),
        (PreviewView::TEMPLATE, preview(json!([]), 0, 3, 2)),
        (PreviewView::TEMPLATE, preview(json!([fault]), 1, 3, 0)),
        (PreviewView::TEMPLATE, preview(json!([fault]), 1, 0, 1)),
    ]
}
