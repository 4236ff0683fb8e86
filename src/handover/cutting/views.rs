//! What the pages of cutting show.

use serde::Serialize;
use serde_json::{Value, json};

use super::glance::Glance;
use super::ground::{Cut, Ground};
use super::plan::{Permit, Plan};
use super::read::Tally;
use crate::contents::{ColumnFound, Table};
use crate::entrustment::Entrustment;
use crate::handover::checking;
use crate::handover::model::{DeliveryId, FileId, Handover};
use crate::sheet::letters;
use crate::web::locale::text_with;
use crate::web::{Choice, Ctx, FormView, View};

/// Where the page is.
#[derive(Serialize)]
pub(super) struct Place {
    pub entrustment: Entrustment,
    pub handover: Handover,
    pub file: FileId,
    pub file_name: String,
}

impl Place {
    pub fn of(ground: &Ground) -> Self {
        let (entrustment, handover) = &*ground.of;
        Self {
            entrustment: entrustment.clone(),
            handover: handover.clone(),
            file: ground.file.id,
            file_name: ground.file.name.clone(),
        }
    }
}

/// Choosing the table and the column that names the recipients.
#[derive(Serialize)]
pub(super) struct ChooseView {
    #[serde(flatten)]
    pub place: Place,
    pub form: FormView,
    pub tables: Vec<Choice>,
    /// The table that was chosen; empty before.
    pub table: String,
    pub columns: Vec<Choice>,
    /// The column that seems to name the recipients.
    pub suggested: String,
}

impl View for ChooseView {
    const TEMPLATE: &'static str = "handover/cut_choose.html";
    const TITLE: &'static str = "handover-cut-choose-title";
}

/// The tables to choose from.
pub(super) fn tables(ctx: &Ctx, tables: &[Table]) -> Vec<Choice> {
    let choice = |(at, table): (usize, &Table)| {
        let rows = [("count", i64::try_from(table.rows).unwrap_or(i64::MAX).into())];
        let hint = text_with(ctx.language, "handover-cut-rows", &rows);
        Choice { hint, ..Choice::new(at, table.name.clone()) }
    };
    tables.iter().enumerate().map(choice).collect()
}

/// What is chosen in the place of a column where all rows go to the only recipient.
pub(super) const WHOLE: &str = "all";

/// The columns of a table that are shown; where there is only one recipient, also none of them.
pub(super) fn columns(ctx: &Ctx, ground: &Ground, table: &Table) -> Vec<Choice> {
    let shown = table.columns.iter().filter(|column| !column.hidden);
    let shown = shown.map(|column| Choice::new(column.at, label(column)));
    let whole = || Choice {
        hint: ctx.text("handover-cut-whole-hint"),
        ..Choice::new(WHOLE, ctx.text("handover-cut-whole"))
    };
    let whole = (ground.names.len() == 1).then(whole);
    whole.into_iter().chain(shown).collect()
}

fn label(column: &ColumnFound) -> String {
    format!("{}　{}", letters(column.at), column.heading)
}

/// What each recipient would get.
#[derive(Serialize)]
pub(super) struct PreviewView {
    #[serde(flatten)]
    pub place: Place,
    pub form: FormView,
    /// Table and column, as the address has them.
    pub table: String,
    pub column: String,
    pub heading: String,
    /// The columns that may go to somebody, and those that are chosen.
    pub columns: Vec<Choice>,
    pub chosen: Vec<String>,
    /// The headings of those that go to nobody.
    pub refused: Vec<String>,
    /// The recipients with rows.
    pub recipients: Vec<Choice>,
    pub all: Vec<DeliveryId>,
    pub lists: Vec<ListView>,
    /// Recipients without a row.
    pub without: Vec<String>,
    pub given: u64,
    pub nobody: u64,
    /// The numbers of the first rows of nobody.
    pub nobody_at: Vec<String>,
    pub another: u64,
    pub hidden: u64,
    /// Lines above the headings.
    pub lines: usize,
}

/// The list of one recipient.
#[derive(Serialize)]
pub(super) struct ListView {
    pub name: String,
    pub rows: u64,
    pub headings: Vec<String>,
    pub sample: Vec<Vec<String>>,
    pub called: Vec<String>,
}

impl View for PreviewView {
    const TEMPLATE: &'static str = "handover/cut_preview.html";
    const TITLE: &'static str = "handover-cut-preview-title";
}

/// What a preview is made of.
pub(super) struct Seen<'a> {
    pub ground: &'a Ground,
    pub cut: &'a Cut,
    pub glance: Glance<'a>,
    pub tally: Tally,
}

impl PreviewView {
    pub fn new(ctx: &Ctx, seen: Seen<'_>, table: String, form: FormView) -> Self {
        let Seen { ground, cut, glance, tally } = seen;
        let plan = &cut.plan;
        let shown = || cut.table.columns.iter().filter(|column| !column.hidden);
        let best = |column: &ColumnFound| {
            let permit = |one: &super::plan::Addressee| one.permit(column.at, plan.naming);
            cut.addressees.iter().map(permit).max().unwrap_or(Permit::Refused)
        };
        let hidden = cut.table.columns.iter().filter(|column| column.hidden);
        let with = |permit: Permit| shown().filter(move |column| best(column) == permit);
        let beside = |column: &&ColumnFound| Some(column.at) != plan.naming;
        let parts: Vec<Named> = named(ground, cut, &tally);
        let (some, none): (Vec<_>, Vec<_>) = parts.into_iter().partition(|part| part.rows > 0);
        Self {
            columns: shown()
                .filter(beside)
                .filter(|column| best(column) != Permit::Refused)
                .map(|column| choice(ctx, column, best(column)))
                .collect(),
            chosen: with(Permit::Needed)
                .filter(beside)
                .map(|column| column.at.to_string())
                .collect(),
            refused: with(Permit::Refused).chain(hidden).map(label).collect(),
            recipients: some.iter().map(|part| recipient(ctx, part)).collect(),
            all: some.iter().map(|part| part.id).collect(),
            lists: lists(cut, plan, &some, glance.rows, glance.called),
            without: none.into_iter().map(|part| part.name).collect(),
            heading: shown().find(|one| Some(one.at) == plan.naming).map(label).unwrap_or_default(),
            column: plan.naming.map_or_else(|| WHOLE.to_owned(), |at| at.to_string()),
            given: tally.given(),
            nobody: tally.nobody,
            nobody_at: tally.nobody_at.iter().map(ToString::to_string).collect(),
            another: tally.another,
            hidden: tally.hidden,
            lines: glance.lines,
            place: Place::of(ground),
            table,
            form,
        }
    }
}

/// A part with its recipient.
struct Named {
    part: usize,
    id: DeliveryId,
    name: String,
    rows: u64,
}

fn named(ground: &Ground, cut: &Cut, tally: &Tally) -> Vec<Named> {
    let one = |(at, part): (usize, &super::plan::Part)| {
        Some(Named {
            part: at,
            id: cut.addressees.get(part.addressee)?.id,
            name: ground.names.get(part.addressee)?.clone(),
            rows: tally.parts.get(at).copied().unwrap_or_default(),
        })
    };
    cut.plan.parts.iter().enumerate().filter_map(one).collect()
}

fn choice(ctx: &Ctx, column: &ColumnFound, permit: Permit) -> Choice {
    let hint = match (permit, column.kind) {
        (Permit::Unknown, _) => ctx.text("handover-cut-column-unknown"),
        (_, Some(kind)) => checking::kind(ctx.language, kind),
        (_, None) => String::new(),
    };
    Choice { hint, ..Choice::new(column.at, label(column)) }
}

fn recipient(ctx: &Ctx, part: &Named) -> Choice {
    let rows = [("count", i64::try_from(part.rows).unwrap_or(i64::MAX).into())];
    let hint = text_with(ctx.language, "handover-cut-rows", &rows);
    Choice { hint, ..Choice::new(part.id, part.name.clone()) }
}

fn lists(
    cut: &Cut,
    plan: &Plan,
    some: &[Named],
    mut rows: Vec<Vec<Vec<String>>>,
    mut called: Vec<Vec<String>>,
) -> Vec<ListView> {
    let heading = |at: &u16| cut.table.columns.iter().find(|column| column.at == *at).map(label);
    let mut list = |named: &Named| {
        let part = plan.parts.get(named.part)?;
        Some(ListView {
            name: named.name.clone(),
            rows: named.rows,
            headings: part.columns.iter().filter_map(heading).collect(),
            sample: rows.get_mut(named.part).map(std::mem::take).unwrap_or_default(),
            called: called.get_mut(named.part).map(std::mem::take).unwrap_or_default(),
        })
    };
    some.iter().filter_map(&mut list).collect()
}

/// A sample of each page, for the test that renders them all.
pub(in crate::handover) fn samples() -> Vec<(&'static str, Value)> {
    let place = json!({ "entrustment": { "id": "0", "title": "保育所等監査業務委託", "number": "令8子-12" },
        "handover": { "id": "0", "position": 3, "version": 1 }, "file": "0", "file_name": "対象者名簿.xlsx" });
    let with = |more: Value| {
        let mut all = place.clone();
        if let (Some(all), Value::Object(more)) = (all.as_object_mut(), more) {
            all.extend(more);
        }
        all
    };
    let choice = |value: &str, label: &str, hint: &str| json!({ "value": value, "label": label, "hint": hint });
    let choose = |tables: Value, table: &str, columns: Value| {
        with(
            json!({ "form": FormView::default(), "tables": tables, "table": table, "columns": columns, "suggested": "0" }),
        )
    };
    let list = json!({ "name": "みどり作業所", "rows": 2, "headings": ["A　事業所", "B　氏名"],
        "sample": [["みどり作業所", "山＊＊"], ["みどり作業所", "佐＊＊"]], "called": ["大空会 みどり作業所"] });
    let preview = |lists: Value, given: u64, nobody_at: Value| {
        with(
            json!({ "form": FormView::default(), "table": "0", "column": "0", "heading": "A　事業所",
            "columns": [choice("1", "B　氏名", "氏名"), choice("4", "E　備考", "何の列か分かりません")], "chosen": ["1"],
            "refused": ["D　障害"], "recipients": [choice("0", "みどり作業所", "2行")], "all": ["0"], "lists": lists,
            "without": ["作業所ひかり"], "given": given, "nobody": 1, "nobody_at": nobody_at, "another": 1, "hidden": 2, "lines": 1 }),
        )
    };
    let columns = json!([choice("0", "A　事業所", ""), choice("1", "B　氏名", "")]);
    let tables = json!([choice("0", "名簿", "23行"), choice("1", "別表", "4行")]);
    vec![
        (ChooseView::TEMPLATE, choose(tables.clone(), "", json!([]))),
        (ChooseView::TEMPLATE, choose(tables, "0", columns.clone())),
        (ChooseView::TEMPLATE, choose(json!([]), "0", columns)),
        (PreviewView::TEMPLATE, preview(json!([list]), 2, json!(["12", "15"]))),
        (PreviewView::TEMPLATE, preview(json!([]), 0, json!([]))),
    ]
}
