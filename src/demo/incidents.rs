//! Incidents of the demonstration: one to which the prefecture responds, with somebody who has deleted
//! what went there, somebody who is silent and somebody whom nobody has asked yet; and one that was
//! reported from the hand-over that had been taken back and that nobody has opened.

use chrono::Duration;

use super::story::Stage;
use crate::actor::PersonId;
use crate::clock::Timestamp;
use crate::entrustment::EntrustmentId;
use crate::error::Result;
use crate::handover::HandoverId;
use crate::incident::story::{self, Id};
use crate::web::Form;

/// The consultant showed addresses of nurseries to each other; the prefecture responds since yesterday.
pub(super) fn seen_by_others(
    stage: &Stage,
    consultant: PersonId,
    entrustment: EntrustmentId,
) -> Result<()> {
    let known = stage.ctx.portal.clock.now() - Duration::hours(26);
    let mut form = reported(known);
    form.set("kind", "to_instead_of_bcc");
    form.set(
        "summary",
        "監査の日程を知らせるメールで、12の保育所の担当者の宛先が互いに見える状態で送った。",
    );
    form.set("persons", "12");
    form.set("counted", "exact");
    form.set("recipients", "保育所 12か所");
    let ctx = stage.as_person(consultant, known + Duration::minutes(9))?;
    let id = (entrustment, story::report(&ctx, entrustment, &form)?);
    let officer = stage.as_person(stage.officer, known + Duration::minutes(21))?;
    story::open(&officer, id)?;
    deletion_asked(stage, consultant, (id, known))?;
    let done = stage.as_person(consultant, known + Duration::minutes(50))?;
    story::settle_day(&done, id)?;
    let done = stage.as_person(stage.officer, known + Duration::hours(3))?;
    story::settle_day(&done, id)?;
    found_out(stage, consultant, (id, known))
}

/// One has deleted what went there, one is silent, one is still to be asked.
fn deletion_asked(stage: &Stage, consultant: PersonId, (id, known): (Id, Timestamp)) -> Result<()> {
    let ctx = stage.as_person(consultant, known + Duration::minutes(40))?;
    let register = |name: &str, email: &str| {
        let form = [("wrong_name", name), ("wrong_way", "mail"), ("wrong_email", email)];
        story::misdirected(&ctx, id, &Form::from_pairs(form))
    };
    let deleted = register("なみのこ保育園", "naminoko@nursery.example")?;
    let silent = register("しおかぜ保育園", "shiokaze@nursery.example")?;
    register("みさき保育所", "misaki@nursery.example")?;
    let mut asking = Form::from_pairs([("version", "1"), ("wrong_asked_way", "call")]);
    asking.set_moment("wrong_asked", known + Duration::minutes(30));
    for who in [deleted, silent] {
        story::asked(&ctx, id, who, &asking)?;
    }
    let mut answer = Form::from_pairs([
        ("version", "2"),
        ("wrong_seen", "seen"),
        ("wrong_kept", "deleted"),
        ("wrong_passed_on", "no"),
        ("wrong_answered_by", "園長"),
        ("wrong_answered_way", "call"),
    ]);
    answer.set_moment("wrong_answered", known + Duration::minutes(35));
    story::answered(&ctx, id, deleted, &answer)
}

/// Who is to be notified, and why it came to it.
fn found_out(stage: &Stage, consultant: PersonId, (id, known): (Id, Timestamp)) -> Result<()> {
    let ctx = stage.as_person(consultant, known + Duration::hours(20))?;
    let persons = [
        ("label", "保育所の担当者"),
        ("persons", "12"),
        ("way", "mail_one_by_one"),
        ("data", "name"),
        ("data", "contact"),
    ];
    story::concerned(&ctx, id, &Form::from_pairs(persons))?;
    let cause = [
        ("version", "0"),
        ("why_1", "日程を知らせるメールを、担当者全員の宛先に並べて一度に送った。"),
        ("why_2", "ふだんのメールソフトから、一人で送った。"),
        ("why_3", "複数の相手へのお知らせを受渡しの窓口で送る決まりがなかった。"),
        ("root", "no_rule"),
        ("cause_summary", "複数の相手に知らせる方法の決まりがなく、一人の操作で全員に送れた。"),
    ];
    story::explained(&ctx, id, &Form::from_pairs(cause))
}

/// The typing company reports what it got by mistake.
pub(super) fn recalled(
    stage: &Stage,
    clerk: PersonId,
    (entrustment, handover): (EntrustmentId, HandoverId),
) -> Result<()> {
    let now = stage.ctx.portal.clock.now();
    let mut form = reported(now - Duration::minutes(2));
    form.set("handover", handover.as_str());
    form.set("kind", "wrong_attachment");
    form.set("summary", "先月分の一覧が届き、県が取り戻した。開く前に消去した。");
    form.set("persons", "2");
    form.set("counted", "exact");
    story::report(&stage.as_person(clerk, now)?, entrustment, &form).map(drop)
}

/// The form of a report of what became known at a moment.
fn reported(known: Timestamp) -> Form {
    let mut form = Form::from_pairs([("known_by", "担当者")]);
    form.set_moment("known", known);
    form
}
