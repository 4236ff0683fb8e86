//! A sample of each page of deliveries, for the test that renders them all.

use serde_json::{Value, json};

use super::rules::Standing;
use super::views::{
    CodeView, DeletionView, OutsideView, RecallView, ReceiveView, ReceivedListView, ThanksView,
    ToldCodeView,
};
use crate::web::{FormView, View};

/// What a page about a part shows in samples.
fn part(standing: &str, deletion: &str) -> Value {
    let open = standing == "waiting";
    json!({
        "form": FormView::default(), "home": "/received-hand-overs/0", "sender": "三重野県",
        "principal": "三重野県", "recipient": "髙橋社会保険労務士事務所",
        "about": { "id": "0", "number": "令8子-12", "title": "保育所等監査業務委託" },
        "handover": { "purpose": "監査の実施", "message": "監査日の前に確かめてください。", "downloads": 3,
            "sent_at": "2026-04-01T00:00:00", "valid_until": "2026-04-08T00:00:00" },
        "items": ["氏名", "給与"],
        "files": [
            { "id": "0", "name": "職員名簿.xlsx", "size": 40960, "sha256": "0a1b", "left": 3, "ready": open },
            { "id": "1", "name": "給与.csv", "size": 2048, "sha256": "2c3d", "left": 0, "ready": false },
        ],
        "standing": standing, "tone": "info", "open": open, "may_fetch": open,
        "received_at": if open { Value::Null } else { json!("2026-04-02T00:00:00") },
        "received_by_name": "髙橋 𠮷之助", "deletion": deletion,
    })
}

fn deletion(deletion: &str, may_answer: bool) -> Value {
    json!({
        "form": FormView::default(), "home": "/received-hand-overs/0/deletion", "principal": "三重野県",
        "sender": "三重野県", "purpose": if may_answer { "" } else { "監査の実施" }, "deletion": deletion,
        "asked_at": "2026-04-02T00:00:00",
        "answered_at": if may_answer { Value::Null } else { json!("2026-04-03T00:00:00") },
        "answered_by_name": "髙橋 𠮷之助", "may_answer": may_answer,
        "answers": [{ "value": "deleted_unseen", "label": "開かずに消去した", "hint": "" }],
    })
}

/// Samples of what the sender sees, for the page of a hand-over.
pub(in crate::handover) fn deliveries_sample() -> Value {
    let row = |id: &str, party: &str, standing: &str, deletion: &str| {
        json!({
            "id": id, "name": "三重野労働局", "party": party, "address": "roudou@labour.example",
            "standing": standing, "tone": "info", "opened_at": "2026-04-01T01:00:00",
            "received_at": "2026-04-01T01:05:00", "received_by_name": "三重野労働局",
            "refused_at": if standing == "refused" { json!("2026-04-01T02:00:00") } else { Value::Null },
            "taken": 1, "left": 2, "has_code": standing == "waiting", "locked": standing == "waiting",
            "deletion": deletion, "deletion_asked_at": "2026-04-02T00:00:00",
            "deletion_answered_at": "2026-04-03T00:00:00", "deletion_answered_by_name": "髙橋",
            "deletion_note": "転送先にも連絡しました。", "reminded": 2,
        })
    };
    json!({
        "home": "/entrustments/0/hand-overs/0", "sends": true, "may_recall": true, "incident": true,
        "rows": [
            row("0", "outside", "waiting", "not_needed"), row("1", "contractor", "recalled", "asked"),
            row("2", "principal", "refused", "deleted_seen"), row("3", "sub_contractor", "over", "not_deleted"),
            row("4", "outside", "received", "deleted_unseen"),
        ],
        "downloads": [
            { "recipient": "三重野労働局", "file": "名簿.xlsx", "by_name": "三重野労働局",
              "started_at": "2026-04-01T01:00:00", "completed_at": "2026-04-01T01:05:00" },
            { "recipient": "三重野労働局", "file": "名簿.xlsx", "by_name": "三重野労働局",
              "started_at": "2026-04-01T01:00:00", "completed_at": null },
        ],
    })
}

/// A sample of each page, for the test that renders them all.
pub(super) fn samples() -> Vec<(&'static str, Value)> {
    let entrustment = json!({ "id": "0", "title": "保育所等監査業務委託", "number": "令8子-12" });
    let row = |standing: Standing| {
        json!({ "id": "0", "sent_at": "2026-04-01T00:00:00", "valid_until": "2026-04-08T00:00:00",
            "purpose": "監査の実施", "sender": "三重野県", "standing": standing, "tone": standing.tone(),
            "about": { "id": "0", "number": "令8子-12", "title": "保育所等監査業務委託" } })
    };
    let list = |rows: Vec<Value>| {
        json!({ "rows": rows, "paging": { "page": 1, "pages": 1, "total": 1, "first": 1, "last": 1 },
            "sorting": { "key": "sent_at", "descending": true }, "form": FormView::default(), "statuses": [] })
    };
    let code = |locked: bool| json!({ "form": FormView::default(), "home": "/hand-over/x", "principal": "三重野県", "locked": locked });
    let recall = |taken: usize| {
        json!({ "form": FormView::default(), "home": "/entrustments/0/hand-overs/0", "entrustment": entrustment,
            "handover": { "position": 3, "purpose": "監査の実施" }, "taken": taken, "recipients": 2 })
    };
    let told = json!({ "home": "/entrustments/0/hand-overs/0", "entrustment": entrustment,
        "name": "三重野労働局", "code": "0012 3456" });
    vec![
        (ReceivedListView::TEMPLATE, list(Standing::ALL.iter().map(|one| row(*one)).collect())),
        (ReceivedListView::TEMPLATE, list(Vec::new())),
        (ReceiveView::TEMPLATE, part("waiting", "not_needed")),
        (ReceiveView::TEMPLATE, part("received", "not_needed")),
        (ReceiveView::TEMPLATE, part("refused", "asked")),
        (ReceiveView::TEMPLATE, part("recalled", "deleted_seen")),
        (ReceiveView::TEMPLATE, part("over", "not_needed")),
        (OutsideView::TEMPLATE, part("waiting", "not_needed")),
        (OutsideView::TEMPLATE, part("received", "not_needed")),
        (CodeView::TEMPLATE, code(false)),
        (CodeView::TEMPLATE, code(true)),
        (ThanksView::TEMPLATE, json!({ "principal": "三重野県" })),
        (DeletionView::TEMPLATE, deletion("asked", true)),
        (DeletionView::TEMPLATE, deletion("deleted_unseen", false)),
        (DeletionView::TEMPLATE, deletion("deleted_seen", false)),
        (DeletionView::TEMPLATE, deletion("not_deleted", true)),
        (DeletionView::TEMPLATE, deletion("not_needed", false)),
        (RecallView::TEMPLATE, recall(0)),
        (RecallView::TEMPLATE, recall(2)),
        (ToldCodeView::TEMPLATE, told),
    ]
}
