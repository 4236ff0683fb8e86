//! The Mie case as it should have gone: a labour consultant answers for his audit of nurseries,
//! admits that he forwards mail to his own address and that nobody checks what he sends, gets both
//! answers back, changes his ways, attests; his registers show where the copies are and the one
//! that went astray; and the record is issued.

use chrono::NaiveDate;

use super::people;
use super::registers;
use super::story::{Stage, answer, attest, days, good_answer, nurseries, on, review};
use crate::entrustment::EntrustmentId;
use crate::error::{Error, Result};
use crate::questionnaire::{AnswerValue, NewAnswer, Question, Response, YesNo, answering};
use crate::record;
use crate::web::Ctx;

/// Sending to an own mail address (question 22): 禁止なし.
const FORWARDING: &str = "q22";
/// A second pair of eyes on recipient, text and attachment (question 26).
const SECOND_CHECK: &str = "q26";

/// The register of what is held (question 3).
const REGISTER: &str = "q03";

/// Does the whole job and gives the bytes of the audit record.
///
/// # Errors
/// Those of the database and the store of files.
pub async fn record(ctx: &Ctx, password_hash: &str) -> Result<Vec<u8>> {
    let (stage, entrustment) = play(ctx, password_hash)?;
    let officer =
        stage.as_person(stage.officer, on(first_day()?, 17, 0) + chrono::Duration::days(40))?;
    let issued = record::issue(&officer, entrustment).await?;
    let (_, _, bytes) = record::content(&officer, entrustment, issued.record.id).await?;
    Ok(bytes)
}

fn first_day() -> Result<NaiveDate> {
    NaiveDate::from_ymd_opt(2026, 4, 1).ok_or_else(|| Error::internal("no such day"))
}

fn play(ctx: &Ctx, password_hash: &str) -> Result<(Stage, EntrustmentId)> {
    let day = first_day()?;
    let mut stage = Stage::build(ctx, day, password_hash)?;
    let office = people::consultant();
    let contractor = stage.register(&office, on(day, 10, 0))?;
    let new = nurseries(contractor, stage.division, "令8子-12", day, days(day, 364));
    let entrustment = stage.entrust(&new, on(day, 10, 30))?;
    let person = stage.invite(contractor, &office, on(day, 11, 0), password_hash)?;
    let sent = stage.dispatch(entrustment, days(day, 30), on(day, 13, 0))?;
    let evening = stage.as_person(person, on(days(day, 6), 20, 0))?;
    answer(&evening, sent, 48, admits)?;
    attest(&stage.as_person(person, on(days(day, 6), 21, 0))?, sent)?;
    let returned = [
        (
            FORWARDING,
            "私用メールへの転送は、宛先の打ち間違いによる漏えいにつながります。禁止し、技術的に止めてください。",
        ),
        (
            SECOND_CHECK,
            "一人の事務所でも、県の担当者が確認する受渡しの窓口を使えば、二人目の確認ができます。",
        ),
    ];
    review(&stage.as_person(stage.officer, on(days(day, 9), 15, 0))?, sent, &returned)?;
    let again = stage.as_person(person, on(days(day, 12), 20, 0))?;
    for question in [FORWARDING, SECOND_CHECK] {
        mend(&again, sent, question)?;
    }
    attest(&stage.as_person(person, on(days(day, 12), 21, 0))?, sent)?;
    review(&stage.as_person(stage.officer, on(days(day, 14), 10, 0))?, sent, &[])?;
    registers::nurseries(&stage, person, entrustment, days(day, 16))?;
    Ok((stage, entrustment))
}

/// What the consultant answers at first.
fn admits(question: &Question) -> (AnswerValue, String) {
    match question.id.as_str() {
        FORWARDING => {
            let worst = question.kind.options().last().map(|o| o.id.clone()).unwrap_or_default();
            (
                AnswerValue::Choice { option: worst },
                "自宅で続きをするため、自分のアドレスへ転送している。".into(),
            )
        }
        REGISTER => {
            (good_answer(question), "台帳は、事務補助の𠮷田 恵が毎月末に更新している。".into())
        }
        SECOND_CHECK => (
            AnswerValue::YesNo { value: YesNo::No },
            "所員がいないため、確認する人がいない。".into(),
        ),
        _ => (good_answer(question), String::new()),
    }
}

/// The answer after the return.
fn mend(ctx: &Ctx, id: crate::questionnaire::QuestionnaireId, question: &str) -> Result<()> {
    ctx.write_now(|tx, _| {
        let response = Response::load(tx.connection, tx.actor, id)?;
        let asked = question.parse().map_err(Error::internal)?;
        let value = good_answer(response.question(&asked)?);
        let remark = "転送を止め、県への送付は受渡しの窓口だけにした。".to_owned();
        let new = NewAnswer { value, remark, from_last_year: false };
        answering::save_answer(tx, id, &asked, 0, &new).map(|_| ())
    })
}
