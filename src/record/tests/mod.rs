//! The record of a fixed state, as the programs that read PDFs see it, on both databases.

mod checks;
mod near_misses;
mod response;
mod sample;
mod tools;

use sample::Sample;
use tools::{look, pages_text};

use crate::database::Kind;
use crate::error::Error;
use crate::ledger;
use crate::record::{self, Composed};
use crate::secret::Secret;
use crate::typeset::{self, Rendered};
use crate::web::Language;

fn composed(sample: &Sample) -> Composed {
    let ctx = sample.ctx(sample.officer());
    ctx.read_now(|c, ctx| {
        let entrustment = sample.entrustment(c)?;
        record::compose(c, &entrustment, &ctx.portal.signer, Language::Ja)
    })
    .unwrap()
}

fn rendered(sample: &Sample) -> Rendered {
    typeset::render(&composed(sample).document).unwrap()
}

fn checkpoint(sample: &Sample) -> ledger::Checkpoint {
    let ctx = sample.ctx(sample.officer());
    ctx.read_now(|c, ctx| ledger::checkpoint(c, sample.tenant(), &ctx.portal.signer)).unwrap()
}

fn issued(sample: &Sample) -> record::Issued {
    let ctx = sample.ctx(sample.officer());
    actix_web::rt::System::new().block_on(record::issue(&ctx, sample.entrustment_id())).unwrap()
}

#[test]
fn the_record_tells_everything_of_the_entrustment() {
    let rendered = rendered(&Sample::on(Kind::Sqlite));
    tools::keep("record", &rendered.bytes);
    assert!(rendered.missing.is_empty());
    let Some(text) = pages_text("text", &rendered.bytes) else {
        return;
    };
    insta::assert_snapshot!(text);
}

#[test]
fn every_word_of_the_record_is_there_in_both_languages() {
    let sample = Sample::on(Kind::Sqlite);
    let ctx = sample.ctx(sample.officer());
    for language in Language::ALL {
        let composed = ctx.read_now(|c, ctx| {
            let entrustment = sample.entrustment(c)?;
            record::compose(c, &entrustment, &ctx.portal.signer, language)
        });
        let words = format!("{:?}", composed.unwrap().document);
        let missing = words.split('⟦').nth(1).map(|rest| rest.split('⟧').next());
        assert_eq!(missing, None, "{language}");
    }
}

#[test]
fn questions_answers_clauses_and_rare_names_are_found_as_typed() {
    let sample = Sample::on(Kind::Sqlite);
    let bytes = rendered(&sample).bytes;
    let Some(text) = look("found", &bytes, "pdftotext", &["{}", "-"]) else {
        return;
    };
    let text: String = text.split_whitespace().collect();
    let squeezed = |words: &str| words.split_whitespace().collect::<String>();
    let template = crate::questionnaire::Template::built_in().unwrap();
    for question in template.questions() {
        assert!(text.contains(&squeezed(&question.text.ja)), "{}", question.text.ja);
    }
    let clauses = crate::attestation::ClauseSet::built_in().unwrap();
    for clause in &clauses[0].clauses {
        assert!(text.contains(&squeezed(&clause.title.ja)), "{}", clause.title.ja);
    }
    for name in ["髙橋", "﨑山", "𠮷田", "誓約は有効です", "研修の日付を補ってください"]
    {
        assert!(text.contains(name), "{name}");
    }
}

#[test]
fn the_same_state_gives_the_same_bytes_on_both_databases() {
    let sqlite = rendered(&Sample::on(Kind::Sqlite));
    let again = rendered(&Sample::on(Kind::Sqlite));
    assert!(sqlite.bytes == again.bytes);
    let postgresql = rendered(&Sample::on(Kind::Postgresql));
    assert!(sqlite.bytes == postgresql.bytes);
}

#[test]
fn near_misses_are_counted_and_what_was_kept_inside_is_not() {
    let Some(text) = pages_text("near-misses", &rendered(&Sample::on(Kind::Sqlite)).bytes) else {
        return;
    };
    let line = |first: &str| {
        let mut lines = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>());
        lines.find(|words| words.first() == Some(&first)).unwrap_or_default()
    };
    assert_eq!(line("宛先の誤り"), ["宛先の誤り", "0", "1", "0", "0", "0", "1"]);
    assert_eq!(
        line("見えない内容の消し忘れ"),
        ["見えない内容の消し忘れ", "0", "0", "1", "0", "0", "1"]
    );
    assert_eq!(line("計"), ["計", "0", "1", "1", "0", "0", "2"]);
    for absent in ["不審なメール", "置き忘れ", "似た名前の事業所"] {
        assert!(!text.contains(absent), "{absent}");
    }
}

#[test]
fn qpdf_finds_nothing_wrong_with_the_record() {
    let bytes = rendered(&Sample::on(Kind::Sqlite)).bytes;
    if let Some(report) = look("qpdf", &bytes, "qpdf", &["--check", "{}"]) {
        assert!(!report.contains("WARNING"), "{report}");
    }
}

#[test]
fn issuing_twice_gives_one_record_and_one_entry_until_something_changes() {
    for kind in [Kind::Sqlite, Kind::Postgresql] {
        let sample = Sample::on(kind);
        let first = issued(&sample);
        let second = issued(&sample);
        assert!(first.fresh && !second.fresh);
        assert_eq!(first.record, second.record);
        let acts = sample.acts();
        assert_eq!(acts.iter().filter(|act| *act == "record.issued").count(), 1);

        sample.change();
        let third = issued(&sample);
        assert!(third.fresh);
        assert_ne!(third.record.id, first.record.id);
        assert!(third.record.ledger_size > first.record.ledger_size);
    }
}

#[test]
fn the_stored_file_is_the_one_that_was_hashed() {
    let sample = Sample::on(Kind::Sqlite);
    let issued = issued(&sample);
    let ctx = sample.ctx(sample.representative());
    let content = record::content(&ctx, sample.entrustment_id(), issued.record.id);
    let (_, _, bytes) = actix_web::rt::System::new().block_on(content).unwrap();
    assert_eq!(crate::storage::sha256(&bytes), issued.record.sha256);
    assert!(bytes == rendered(&Sample::on(Kind::Sqlite)).bytes);
}

#[test]
fn somebody_else_neither_issues_nor_reads_a_record() {
    let sample = Sample::on(Kind::Sqlite);
    let record = issued(&sample).record.id;
    let ctx = sample.ctx(sample.stranger());
    let id = sample.entrustment_id();
    let system = actix_web::rt::System::new();
    assert!(matches!(system.block_on(record::issue(&ctx, id)), Err(Error::NotFound)));
    assert!(matches!(system.block_on(record::content(&ctx, id, record)), Err(Error::NotFound)));
}

#[test]
fn the_checkpoint_of_a_past_size_is_the_one_that_was_signed_then() {
    let sample = Sample::on(Kind::Sqlite);
    let ctx = sample.ctx(sample.officer());
    let tenant = sample.tenant();
    let signer = &ctx.portal.signer;
    let then = ctx.read_now(|c, _| ledger::checkpoint(c, tenant, signer)).unwrap();
    sample.change();
    let size = i64::try_from(then.size).unwrap();
    let now = ctx.read_now(|c, _| ledger::checkpoint_at(c, tenant, size, signer)).unwrap();
    assert_eq!(then, now);
    assert!(signer.verify(&now.note));
}

#[test]
fn a_rotation_of_the_secret_changes_neither_checkpoints_nor_records() {
    let mut sample = Sample::on(Kind::Sqlite);
    let ctx = sample.ctx(sample.officer());
    let (before, bytes) = (checkpoint(&sample), rendered(&sample).bytes);
    let day = chrono::NaiveDate::from_ymd_opt(2026, 4, 1).unwrap();
    let rotated = Secret::parse(&ctx.portal.secret.rotated_text(day)).unwrap();
    let alone = Secret::parse(&rotated.text_without(&ctx.portal.secret.newest_id()).unwrap());
    for secret in [rotated, alone.unwrap()] {
        sample.restart(secret);
        let ctx = sample.ctx(sample.officer());
        assert!(ctx.portal.signer.verify(&before.note), "an old checkpoint still verifies");
        assert_eq!(checkpoint(&sample), before);
        assert!(rendered(&sample).bytes == bytes, "the record's bytes stay");
    }
}

#[test]
fn a_changed_answer_breaks_the_attestation_in_the_record() {
    let sample = Sample::on(Kind::Sqlite);
    sample.tamper();
    let Some(text) = pages_text("tampered", &rendered(&sample).bytes) else {
        return;
    };
    assert!(text.contains("誓約した内容と現在の内容が一致しません"));
    assert!(text.contains("計算したものと異なります：回答、全体"));
}

#[test]
fn what_is_being_typed_and_weighed_is_not_in_the_record() {
    let sample = Sample::on(Kind::Sqlite);
    sample.draft();
    let Some(text) = pages_text("draft", &rendered(&sample).bytes) else {
        return;
    };
    assert!(!text.contains("下書き"), "{text}");
    assert!(text.contains("差し戻された質問に、委託先が回答しているところです"));
}
