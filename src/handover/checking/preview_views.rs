//! What the preview of a file shows.

use serde::Serialize;
use serde_json::{Value, json};

use crate::entrustment::Entrustment;
use crate::handover::model::{FileId, Handover};
use crate::web::{FormView, View};

/// The first rows of a file.
#[derive(Serialize)]
pub(super) struct PreviewView {
    pub form: FormView,
    pub entrustment: Entrustment,
    pub handover: Handover,
    pub file: FileId,
    pub name: String,
    pub sheets: Vec<SheetView>,
    /// Whether the file could be read as rows.
    pub whole: bool,
    /// Whether the values are shown as they are.
    pub open: bool,
}

impl View for PreviewView {
    const TEMPLATE: &'static str = "handover/preview.html";
    const TITLE: &'static str = "handover-preview-title";
}

/// A table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct SheetView {
    pub name: String,
    pub hidden: bool,
    pub headings: Vec<String>,
    pub rows: Vec<RowView>,
}

/// A row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct RowView {
    pub number: u32,
    pub hidden: bool,
    pub cells: Vec<String>,
}

/// Samples of the page: masked, open, empty and unreadable.
pub(super) fn samples() -> Vec<(&'static str, Value)> {
    let sheet = |name: &str, rows: Value| json!({ "name": name, "hidden": name == "予備", "headings": ["氏名", "", "等級"], "rows": rows });
    let rows = json!([{ "number": 2, "hidden": false, "cells": ["山＊＊", "", "＊＊＊"] },
        { "number": 3, "hidden": true, "cells": ["川＊＊", "1985-＊＊-＊＊", "＊＊＊"] }]);
    let page = |sheets: Value, whole: bool, open: bool| {
        json!({ "form": FormView::default(), "entrustment": { "id": "0", "title": "監査業務委託", "number": "12" },
            "handover": { "id": "0", "position": 1 }, "file": "0", "name": "名簿.xlsx", "sheets": sheets,
            "whole": whole, "open": open })
    };
    vec![
        (
            PreviewView::TEMPLATE,
            page(json!([sheet("名簿", rows.clone()), sheet("予備", json!([]))]), true, false),
        ),
        (PreviewView::TEMPLATE, page(json!([sheet("", rows)]), true, true)),
        (PreviewView::TEMPLATE, page(json!([]), false, false)),
    ]
}
