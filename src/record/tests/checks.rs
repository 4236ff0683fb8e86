//! What was inspected and found in the sample.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::sample::{ENTRUSTMENT, PRINCIPAL, text};
use crate::database::Tx;
use crate::database::schema::{attachment as a, finding as f, inspection as i};
use crate::database::types::json_text;
use crate::error::Result;
use crate::finding::Round;
use crate::inspection::{Checklist, ItemResult};

const INSPECTION: u32 = 801;
const FINDINGS: [u32; 2] = [811, 812];

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).unwrap()
}

/// An inspection that was held and answered, and two findings: one of the officer's, returned once
/// and closed, and one of the inspection's, open.
pub fn insert(tx: &mut Tx<'_>) -> Result<()> {
    inspection(tx)?;
    let rounds = [Round {
        root_cause: "記入する欄がなかった。".into(),
        action: "台帳に欄を足した。".into(),
        action_on: Some(day(4, 11)),
        answered_by: "𠮷田 一郎".into(),
        answered_at: Some(tx.now),
        comment: "だれが確かめるかを書いてください。".into(),
        returned_by: "﨑山 葉子".into(),
        returned_at: tx.now,
    }];
    let closed = ("持出し台帳に記入のない持出しがある", "medium", 2, "officer", "");
    let open =
        ("紙と媒体が施錠できる場所に保管され、鍵が管理されている", "high", 1, "inspection", "c9-1");
    finding(tx, 1, closed, Some(&rounds))?;
    finding(tx, 2, open, None)?;
    file(tx, 821, "finding", FINDINGS[0], "持出し台帳.pdf")?;
    file(tx, 822, "inspection", INSPECTION, "書庫の写真.png")
}

fn inspection(tx: &mut Tx<'_>) -> Result<()> {
    let mut sheet = Checklist::standard()?.sheet(false);
    for line in &mut sheet.lines {
        line.result = Some(ItemResult::Kept);
        if line.item.id == "c9-1" {
            line.result = Some(ItemResult::NotKept);
            line.note = "書庫の鍵の管理簿がない。".into();
        }
    }
    diesel::insert_into(i::table)
        .values((
            (
                i::tenant_id.eq(text(PRINCIPAL)),
                i::id.eq(text(INSPECTION)),
                i::entrustment_id.eq(text(ENTRUSTMENT)),
                i::fiscal_year.eq(2026),
                i::planned_on.eq(day(4, 13)),
                i::method.eq("video"),
                i::method_reason.eq("大雨で道路が通れず、この年度は移動が難しいため。"),
                i::inspector.eq("子育て支援課 﨑山 葉子"),
                i::attendant.eq("𠮷田 一郎"),
                i::held_at.eq(Some(tx.now)),
                i::seen.eq("従事者名簿、書庫、端末の設定画面"),
                i::checklist.eq(json_text(&sheet)?),
                i::result.eq("mend"),
            ),
            (
                i::comment.eq("書庫の鍵のほかは守られている。"),
                i::mend_by.eq(Some(day(4, 30))),
                i::answer.eq("鍵の管理簿を作ります。"),
                i::answered_by_name.eq("𠮷田 一郎"),
                i::answered_at.eq(Some(tx.now)),
                i::status.eq("answered"),
                i::closed_by_name.eq(""),
                i::created_at.eq(tx.now),
                i::version.eq(3),
            ),
        ))
        .execute(tx.connection)?;
    Ok(())
}

/// A finding: title, severity with its grade, source and rule; with rounds it is closed.
fn finding(
    tx: &mut Tx<'_>,
    position: i32,
    (title, severity, grade, source, rule): (&str, &str, i32, &str, &str),
    rounds: Option<&[Round]>,
) -> Result<()> {
    let closed = rounds.is_some();
    let own = |words: &'static str| if closed { words } else { "" };
    let id = FINDINGS[usize::try_from(position).unwrap() - 1];
    let (kind, subject) =
        if rule.is_empty() { ("entrustment", ENTRUSTMENT) } else { ("inspection", INSPECTION) };
    diesel::insert_into(f::table)
        .values((
            (
                f::tenant_id.eq(text(PRINCIPAL)),
                f::id.eq(text(id)),
                f::entrustment_id.eq(text(ENTRUSTMENT)),
                f::position.eq(position),
                f::source.eq(source),
                f::subject_kind.eq(kind),
                f::subject_id.eq(text(subject)),
                f::rule.eq(rule),
                f::title.eq(title),
                f::detail.eq("4月の持出しのうち2件に記入がない。"),
                f::reason.eq(""),
                f::severity.eq(severity),
                f::grade.eq(grade),
                f::status.eq(if closed { "closed" } else { "open" }),
                f::owner_name.eq("𠮷田 一郎"),
                f::due_on.eq(day(4, 30)),
            ),
            (
                f::root_cause.eq(own("記入する欄がなく、確かめる人も決まっていなかった。")),
                f::action.eq(own("台帳に欄を足し、毎週所長が確かめる。")),
                f::action_on.eq(closed.then(|| day(4, 13))),
                f::answered_by_name.eq(own("𠮷田 一郎")),
                f::answered_at.eq(closed.then_some(tx.now)),
                f::rounds.eq(json_text(&rounds.unwrap_or_default())?),
                f::effect.eq(own("2週分の台帳に漏れがないことを見た。")),
                f::outcome.eq(own("mended")),
                f::closed_by_name.eq(own("﨑山 葉子")),
                f::closed_at.eq(closed.then_some(tx.now)),
                f::reminded.eq(0),
                f::raised_by_name.eq("﨑山 葉子"),
                f::raised_at.eq(tx.now),
                f::version.eq(1),
            ),
        ))
        .execute(tx.connection)?;
    Ok(())
}

fn file(tx: &mut Tx<'_>, id: u32, kind: &str, subject: u32, name: &str) -> Result<()> {
    diesel::insert_into(a::table)
        .values((
            a::tenant_id.eq(text(PRINCIPAL)),
            a::id.eq(text(id)),
            a::entrustment_id.eq(text(ENTRUSTMENT)),
            a::subject_kind.eq(kind),
            a::subject_id.eq(text(subject)),
            a::file_name.eq(name),
            a::media_type.eq("application/octet-stream"),
            a::size.eq(1234_i64),
            a::sha256.eq("5a".repeat(32)),
            a::object.eq("none"),
            a::added_by_name.eq("𠮷田 一郎"),
            a::added_at.eq(tx.now),
        ))
        .execute(tx.connection)?;
    Ok(())
}
