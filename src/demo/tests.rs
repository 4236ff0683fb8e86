//! Each rule is broken once and kept once in the demonstration.

use std::collections::HashMap;

use diesel::prelude::*;

use super::registers::{GOOD_HANDLER, GOOD_HOLDING, GOOD_SUB, GOOD_TRANSMISSION};
use crate::database::schema::{handover as h, handover_delivery as d, handover_stop as s};
use crate::database::schema::{
    incident_cause, incident_group, incident_wrong_answer, incident_wrong_recipient as wrong,
};
use crate::entrustment::{self, EntrustmentId};
use crate::handover::{Deletion, HandoverStatus};
use crate::rulebook::{Judge, RuleId};
use crate::testing::{on_both, operator, portal};
use crate::web::Ctx;
use crate::{conformity, holding, transmission};

/// What breaks each rule, and what keeps it.
const TABLE: &[(RuleId, &str, &str)] = &[
    (RuleId::Place, "自宅のパソコン", GOOD_HOLDING),
    (RuleId::Country, "シンガポールの保守拠点", GOOD_HOLDING),
    (RuleId::CountryUnreported, "保存先を確かめていない控え", GOOD_HOLDING),
    (RuleId::CloudUnreported, "届け出ていないクラウド", "届け出たクラウド"),
    (RuleId::Medium, "USBメモリー", GOOD_HOLDING),
    (RuleId::HoldingEncryption, "暗号化していない作業用端末", GOOD_HOLDING),
    (RuleId::Recipient, "登録のない相手への送付", "センターの目的に足りる一覧"),
    (RuleId::OwnAddress, "自分のアドレスへの転送", GOOD_TRANSMISSION),
    (RuleId::FreeMail, "フリーメールへの送付", GOOD_TRANSMISSION),
    (RuleId::OpenRecipients, "宛先に並べた一斉送信", "センターの目的に足りる一覧"),
    (RuleId::SentUnprotected, "暗号化しない添付", GOOD_TRANSMISSION),
    (RuleId::PasswordSameWay, "パスワードを同じ経路で知らせた添付", GOOD_TRANSMISSION),
    (RuleId::TooManyPersons, "委託した人数より多い写し", GOOD_HOLDING),
    (RuleId::ItemsBeyond, "口座番号の入った一覧", GOOD_HOLDING),
    (RuleId::BeyondPurpose, "センターの目的を超えた一覧", "センターの目的に足りる一覧"),
    (RuleId::Way, "普通郵便での送付", GOOD_TRANSMISSION),
    (RuleId::SensitiveWay, "障害の状況をリンクで送付", "障害の状況を受渡しで納品"),
    (RuleId::SecondChecker, "二人目が確認していない送付", GOOD_TRANSMISSION),
    (RuleId::HandlerUnregistered, "名簿にない人が見られる共有フォルダー", GOOD_HOLDING),
    (RuleId::HandlerPledge, "堀 さくら", GOOD_HANDLER),
    (RuleId::HandlerTraining, "堀 さくら", GOOD_HANDLER),
    (RuleId::HandlerLeft, "やめた人の名前での送付", GOOD_TRANSMISSION),
    (RuleId::HandlerReturn, "原 一郎", GOOD_HANDLER),
    (RuleId::Retention, "消去期限を過ぎて残す控え", GOOD_HOLDING),
    (RuleId::AfterEnd, "契約が終わってからの送付", GOOD_TRANSMISSION),
    (RuleId::UndeclaredTier, "届け出ていない会社の倉庫", GOOD_HOLDING),
    (RuleId::SubExpired, "有限会社いそべ印刷", GOOD_SUB),
];

/// What the subjects of an entrustment break, by what they are called.
fn broken(ctx: &Ctx, id: EntrustmentId, all: &mut HashMap<String, Vec<RuleId>>) {
    let rules = |broken: Vec<crate::rulebook::Broken>| broken.into_iter().map(|b| b.rule).collect();
    ctx.read_now(|c, ctx| {
        let found = entrustment::find_for_system(c, &ctx.actor, id)?;
        let terms = conformity::terms(c, &found, crate::japanese::jst_date(ctx.now))?;
        let judge = Judge::new(&terms);
        for row in holding::of_entrustment(c, &found)? {
            all.insert(row.system.clone(), rules(judge.holding(&row.fact(None))));
        }
        for row in transmission::of_entrustment(c, &found)? {
            all.insert(row.description.clone(), rules(judge.transmission(&row.fact())));
        }
        for fact in conformity::handlers(c, &found)? {
            all.insert(fact.name.clone(), rules(judge.handler(&fact)));
        }
        for fact in &terms.subs {
            all.insert(fact.name.clone(), rules(judge.sub_entrustment(fact)));
        }
        Ok(())
    })
    .unwrap();
}

fn every_rule_is_broken_once_and_kept_once(url: &str) {
    let (portal, _folder) = portal(url, "2026-11-20T12:00:00");
    let ctx = operator(&portal);
    let today = crate::japanese::jst_date(ctx.now);
    let story = super::tell(&ctx, today, "-").unwrap();
    let registers = story.registers.unwrap();
    let mut all = HashMap::new();
    broken(&ctx, registers.ended, &mut all);
    broken(&ctx, registers.entrustment, &mut all);
    for rule in RuleId::ALL {
        let (_, breaks, keeps) = TABLE.iter().find(|row| row.0 == *rule).expect("every rule");
        assert!(all[*breaks].contains(rule), "{breaks} breaks {rule}: {:?}", all[*breaks]);
        assert!(!all[*keeps].contains(rule), "{keeps} keeps {rule}: {:?}", all[*keeps]);
    }
    for good in [GOOD_HOLDING, GOOD_TRANSMISSION, GOOD_HANDLER, GOOD_SUB] {
        assert_eq!(all[good], Vec::<RuleId>::new(), "{good}");
    }
}

/// The hand-overs of an entrustment, by their number: how far, whether deleted, and how many stops hold.
fn handed_over(ctx: &Ctx, id: EntrustmentId) -> Vec<(HandoverStatus, Deletion, i64)> {
    ctx.read_now(|c, _| {
        let rows: Vec<(String, HandoverStatus, Deletion)> = h::table
            .inner_join(d::table.on(d::tenant_id.eq(h::tenant_id).and(d::handover_id.eq(h::id))))
            .filter(h::entrustment_id.eq(id))
            .order(h::position.asc())
            .select((h::id, h::status, d::deletion))
            .load(c)?;
        let mut all = Vec::new();
        for (id, status, deletion) in rows {
            let held = s::table
                .filter(s::handover_id.eq(id))
                .filter(s::mended_at.is_null())
                .count()
                .get_result(c)?;
            all.push((status, deletion, held));
        }
        Ok(all)
    })
    .unwrap()
}

fn hand_overs_stand_at_every_step(url: &str) {
    let (portal, _folder) = portal(url, "2026-11-20T12:00:00");
    let ctx = operator(&portal);
    let story = super::tell(&ctx, crate::japanese::jst_date(ctx.now), "-").unwrap();
    let nurseries = handed_over(&ctx, story.entrustment.unwrap());
    let none = Deletion::NotNeeded;
    assert_eq!(nurseries, [(HandoverStatus::Sent, none, 0), (HandoverStatus::Proposed, none, 0)]);
    let typing = handed_over(&ctx, story.registers.unwrap().entrustment);
    let (status, deletion, stops) = typing[0];
    assert_eq!((status, deletion), (HandoverStatus::Draft, none));
    assert!(stops >= 2, "kinds and rows that the centre doesn't need: {stops}");
    assert_eq!(typing[1], (HandoverStatus::Recalled, Deletion::DeletedUnseen, 0));
}

fn an_incident_is_half_way_through_its_response(url: &str) {
    let (portal, _folder) = portal(url, "2026-11-20T12:00:00");
    let ctx = operator(&portal);
    super::tell(&ctx, crate::japanese::jst_date(ctx.now), "-").unwrap();
    ctx.read_now(|c, _| {
        let asked: Vec<bool> =
            wrong::table.order(wrong::position).select(wrong::asked_at.is_not_null()).load(c)?;
        assert_eq!(asked, [true, true, false]);
        assert_eq!(incident_wrong_answer::table.count().get_result::<i64>(c)?, 1, "one is silent");
        let persons: Vec<i32> = incident_group::table.select(incident_group::persons).load(c)?;
        assert_eq!(persons, [12]);
        assert_eq!(incident_cause::table.count().get_result::<i64>(c)?, 1);
        Ok(())
    })
    .unwrap();
}

on_both!(
    an_incident_is_half_way_through_its_response,
    every_rule_is_broken_once_and_kept_once,
    hand_overs_stand_at_every_step
);
