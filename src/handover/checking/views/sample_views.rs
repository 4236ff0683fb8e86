//! What a hand-over's pages show, for the test that renders them all.

use serde_json::{Value, json};

/// Contents (of a list, an archive and a file that is being looked at), stops and comparison.
#[must_use]
pub(in crate::handover) fn sample() -> (Value, Value) {
    (contents(), stops())
}

fn contents() -> Value {
    let column = |heading: &str, kind: &str, (sensitive, beyond, hidden): (bool, bool, bool)| {
        json!({ "heading": heading, "kind": kind, "sensitive": sensitive, "beyond": beyond,
            "filled": 23, "hidden": hidden })
    };
    let table = json!({ "name": "名簿", "hidden": true, "rows": 23, "hidden_rows": 2, "persons": 23,
        "columns": [column("氏名", "氏名", (false, false, false)),
            column("手帳の等級", "障害", (true, true, true)), column("備考", "", (false, false, false))] });
    let part = |name: &str, unreadable: &str, tables: Value| {
        json!({ "name": name, "format": "Excel", "unreadable": unreadable, "persons": 23, "pages": 1,
            "my_numbers": 1, "pictures": true, "tables": tables,
            "loose": [{ "label": "電話番号", "sensitive": false, "beyond": true, "count": 3 },
                { "label": "障害", "sensitive": true, "beyond": false, "count": 1 }],
            "hidden": [{ "label": "表示されていない行", "place": "名簿", "count": 2 },
                { "label": "コメント", "place": "", "count": 1 }],
            "metadata": [["作成者", "川村"], ["会社", "なみおと"]] })
    };
    let file = |id: &str, state: &str, parts: Value| {
        json!({ "id": id, "name": "名簿.xlsx", "size": 12_345, "sha256": "ab12", "state": state,
            "checking": state == "checking", "only": if id == "1" { "なみおと事業所" } else { "" },
            "preview": if state == "checked" { "/here" } else { "" }, "parts": parts })
    };
    json!([
        file("1", "checked", json!([part("", "", json!([table]))])),
        file(
            "2",
            "checked",
            json!([part("", "", json!([])), part("内訳.csv", "暗号化されています", json!([]))])
        ),
        file("3", "checking", json!([])),
        file("4", "quarantined", json!([])),
        file("5", "infected", json!([])),
        file("6", "uploading", json!([])),
    ])
}

fn stops() -> Value {
    let stop = |holds: bool| {
        json!({ "stop": "others_rows", "title": "ほかの相手の行", "to_do": "相手ごとに切り分けてください。",
            "whats": ["12行"], "file": "名簿.xlsx", "anchor": "contents-1", "recipients": ["なみおと事業所"],
            "links": [{ "href": "/here", "label": "切り分ける" }], "holds": holds,
            "reason": if holds { "" } else { "様式の空欄" }, "reason_by": if holds { "" } else { "髙橋" } })
    };
    let bare = json!({ "stop": "no_file", "title": "ファイルがありません", "to_do": "加えてください。",
        "whats": [], "file": "", "anchor": "", "recipients": [], "links": [], "holds": true, "reason": "",
        "reason_by": "" });
    let kind = json!([{ "label": "氏名", "sensitive": false, "beyond": false, "count": 0 },
        { "label": "障害", "sensitive": true, "beyond": true, "count": 0 }]);
    json!({ "checking": true, "clear": false, "stops": [stop(true), bare, stop(false)], "comparison": [
        { "name": "", "items": ["氏名"], "most": 49, "kinds": kind, "persons": 23, "too_many": false },
        { "name": "なみおと事業所", "items": [], "most": 5, "kinds": kind, "persons": 23, "too_many": true },
        { "name": "三重野労働局", "items": [], "most": null, "kinds": [], "persons": 0, "too_many": false },
    ] })
}

/// The differences from the last hand-over.
#[must_use]
pub(in crate::handover) fn differences_sample() -> Value {
    let difference =
        |label: &str, text: &str, more: bool| json!({ "label": label, "text": text, "more": more });
    json!({ "position": 3, "sent_at": "2026-05-01T01:00:00", "href": "/here", "differences": [
        difference("増えた項目", "手帳の等級", true), difference("人数", "20 → 23", true),
        difference("減った相手", "みさき事業所", false)] })
}
