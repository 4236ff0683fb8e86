//! Near misses of the last months, some without a name, and the lesson that the officer drew from two.

use chrono::NaiveDate;

use super::story::{Stage, days, on};
use crate::actor::PersonId;
use crate::entrustment::EntrustmentId;
use crate::error::Result;
use crate::near_miss::{self, NearMissId};
use crate::web::Form;

/// Kind, what happened, what stopped it, cause, days ago, and how it is told.
type Told = (&'static str, &'static str, &'static str, &'static str, i64, How);

/// How a near miss is told.
#[derive(Clone, Copy)]
enum How {
    /// With the name, to the principal.
    Named,
    /// Without a name, to the principal.
    Nameless,
    /// Among one's own people.
    Inside,
}

/// Of the labour consultant.
const CONSULTANT: [Told; 3] = [
    (
        "wrong_address",
        "名前の似た保育所を宛先に選んだ。送る前の読み合わせで気づいた。",
        "second_checker",
        "similar_names",
        95,
        How::Named,
    ),
    (
        "to_instead_of_bcc",
        "日程の連絡で、12か所の宛先をToに並べた。送信の確認画面で気づいた。",
        "noticed_self",
        "habit",
        52,
        How::Nameless,
    ),
    (
        "lost_medium",
        "書類を入れた鞄を電車の網棚に置いたまま降りかけた。",
        "noticed_self",
        "hurry",
        31,
        How::Inside,
    ),
];

/// Of the typing company.
const TYPING: [Told; 4] = [
    (
        "extra_rows",
        "隣の事業所の行が入った一覧を添えた。画面が止めた。",
        "system_stop",
        "tool",
        70,
        How::Named,
    ),
    (
        "wrong_address",
        "前の月の宛先を写したまま送ろうとした。",
        "system_stop",
        "habit",
        24,
        How::Nameless,
    ),
    (
        "hidden",
        "集計用の隠しシートを消し忘れた。画面が止めた。",
        "system_stop",
        "missing_training",
        9,
        How::Named,
    ),
    (
        "wrong_file",
        "一つ前の版を開いて納品しかけた。",
        "second_checker",
        "similar_names",
        3,
        How::Named,
    ),
];

/// Both contractors report, and the officer writes what there is to learn about recipients.
pub(super) fn tell(
    stage: &Stage,
    today: NaiveDate,
    consultant: (PersonId, EntrustmentId),
    clerk: (PersonId, EntrustmentId),
) -> Result<()> {
    let mut lesson = Form::from_pairs([
        ("title", "宛先は、写さずに一覧から選ぶ"),
        (
            "text",
            "前回の宛先を写したり、似た名前から選んだりして、誤りかけた例が続きました。\n\n宛先は毎回、登録した一覧から選び、送る前に別の人が名称を声に出して読み合わせます。",
        ),
        ("kinds", "wrong_address"),
    ]);
    let all = CONSULTANT.iter().map(|told| (consultant, told));
    for (who, told) in all.chain(TYPING.iter().map(|told| (clerk, told))) {
        let id = report(stage, today, who, told)?;
        if told.0 == "wrong_address" {
            lesson.add("near_miss", id.as_str());
        }
    }
    let officer = stage.as_person(stage.officer, on(days(today, -20), 11, 0))?;
    near_miss::teach(&officer, &lesson).map(drop)
}

fn report(
    stage: &Stage,
    today: NaiveDate,
    (who, of): (PersonId, EntrustmentId),
    (kind, what, stopped_by, cause, ago, how): &Told,
) -> Result<NearMissId> {
    let day = days(today, -ago);
    let mut form = Form::from_pairs([
        ("kind", *kind),
        ("what", *what),
        ("stopped_by", *stopped_by),
        ("cause", *cause),
        ("entrustment", of.as_str()),
    ]);
    form.set("occurred_on", &day.to_string());
    if !matches!(how, How::Inside) {
        form.set("share", "on");
    }
    if matches!(how, How::Nameless) {
        form.set("anonymous", "on");
    }
    near_miss::report(&stage.as_person(who, on(day, 17, 30))?, &form)
}
