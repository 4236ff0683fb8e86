//! Every change leaves an entry, in a sequence without gaps that nobody rewrites.

use azukari::database::Connection;
use azukari::ledger;
use azukari::web::{Language, locale};
use diesel::connection::SimpleConnection as _;

use crate::app::{App, PASSWORD, Principal, both};
use crate::questionnaire::steps;

/// The changing routes whose entry is shown below. `tables::routes` holds them against the
/// route table.
pub const SHOWN: &[&str] = &[
    "/imports/{kind}/{id}",
    "/invitation/{token}",
    "/contractors/{id}/invitation",
    "/members",
    // Shown in account/members.
    "/members/{id}",
    "/members/{id}/return",
    "/members/{id}/leaving",
    "/members/{id}/factor-reset",
    "/members/invitations/{id}/renewal",
    "/members/invitations/{id}/revocation",
    // Shown in account/passkey.rs and account/identity.rs, account/identity_settings.rs.
    "/account/passkeys",
    // Shown in account/sessions.rs.
    "/account/sessions/end",
    "/account/sessions/{id}/end",
    "/account/passkeys/{id}",
    "/account/passkeys/{id}/removal",
    // Shown in account/second_factor.rs.
    "/account/password",
    "/account/recovery-codes",
    "/account/second-factor/confirmation",
    "/account/second-factor/{id}/removal",
    "/identity-provider",
    "/identity-provider/removal",
    "/identity-provider/identities/{id}/removal",
    // Shown in api_token/life.rs.
    "/api-tokens",
    "/api-tokens/{id}/revocation",
    // Shown in auditor_access/walk.rs, account/switching.rs, organisation/access_rules.rs, disposal/closing.rs.
    "/access-rules",
    "/session/organisation",
    "/entrustments/{id}/auditor-access",
    "/entrustments/{id}/auditor-access/{access}/decision",
    "/entrustments/{id}/auditor-access/{access}/end",
    "/entrustments/{id}/closing/approval",
    "/entrustments/{id}/closing/refusal",
    "/divisions",
    "/divisions/{id}",
    "/contractors",
    "/contractors/{id}",
    "/entrustments",
    "/entrustments/{id}",
    "/entrustments/{id}/record",
    // Shown in `sub_entrustment`.
    "/entrustments/{id}/sub-entrustments",
    "/entrustments/{id}/sub-entrustments/{application}",
    "/entrustments/{id}/sub-entrustments/{application}/withdrawal",
    "/entrustments/{id}/sub-entrustments/{application}/attachments",
    "/entrustments/{id}/sub-entrustments/{application}/attachments/{attachment}/removal",
    "/entrustments/{id}/sub-entrustments/{application}/decision",
    "/entrustments/{id}/disposals",
    "/entrustments/{id}/disposals/{disposal}",
    "/entrustments/{id}/disposals/{disposal}/withdrawal",
    "/entrustments/{id}/disposals/{disposal}/files",
    "/entrustments/{id}/disposals/{disposal}/files/{file}/removal",
    "/entrustments/{id}/disposals/{disposal}/attestation",
    "/entrustments/{id}/disposals/{disposal}/decision",
    "/entrustments/{id}/closing",
    "/entrustments/{id}/reopening",
    // Shown in incident/report.rs.
    "/entrustments/{id}/incidents",
    "/entrustments/{id}/incidents/{incident}",
    "/entrustments/{id}/incidents/{incident}/open",
    "/entrustments/{id}/incidents/{incident}/close",
    // Shown in incident/assessment.rs.
    "/entrustments/{id}/incidents/{incident}/duties/facts",
    "/entrustments/{id}/incidents/{incident}/duties/decision",
    "/entrustments/{id}/incidents/{incident}/duties/confirmation",
    // Shown in incident/plan.rs.
    "/entrustments/{id}/incidents/{incident}/plan",
    "/entrustments/{id}/incidents/{incident}/plan/outcomes",
    "/entrustments/{id}/incidents/{incident}/plan/{step}/assignment",
    "/entrustments/{id}/incidents/{incident}/plan/{step}/outcome",
    "/entrustments/{id}/incidents/{incident}/plan/{step}/reopening",
    "/entrustments/{id}/incidents/{incident}/plan/{step}/files",
    "/entrustments/{id}/incidents/{incident}/plan/{step}/files/{file}/removal",
    "/incident-manual",
    "/incident-manual/{manual}",
    "/incident-manual/{manual}/publication",
    // Shown in incident/authority.rs.
    "/entrustments/{id}/incidents/{incident}/report",
    "/entrustments/{id}/incidents/{incident}/report/filings",
    // Shown in incident/wrong_recipient.rs.
    "/entrustments/{id}/incidents/{incident}/wrong-recipients",
    "/entrustments/{id}/incidents/{incident}/wrong-recipients/{recipient}",
    "/entrustments/{id}/incidents/{incident}/wrong-recipients/{recipient}/asking",
    "/entrustments/{id}/incidents/{incident}/wrong-recipients/{recipient}/answer",
    "/entrustments/{id}/incidents/{incident}/wrong-recipients/{recipient}/link",
    "/entrustments/{id}/incidents/{incident}/wrong-recipients/{recipient}/closing",
    "/confirmations/{token}",
    // Shown in incident/timeline.rs.
    "/entrustments/{id}/incidents/{incident}/timeline",
    // Shown in near_miss.
    "/near-misses",
    "/near-misses/lessons",
    "/near-misses/lessons/{lesson}/withdraw",
    // Shown in incident/cause.rs.
    "/entrustments/{id}/incidents/{incident}/cause",
    "/entrustments/{id}/incidents/{incident}/cause/actions",
    "/entrustments/{id}/incidents/{incident}/cause/similar",
    // Shown in incident/person.rs.
    "/entrustments/{id}/incidents/{incident}/persons",
    "/entrustments/{id}/incidents/{incident}/persons/{group}",
    "/entrustments/{id}/incidents/{incident}/persons/{group}/removal",
    "/entrustments/{id}/incidents/{incident}/persons/{group}/notice",
    "/entrustments/{id}/incidents/{incident}/persons/{group}/progress",
    "/entrustments/{id}/incidents/{incident}/persons/{group}/settlements",
    // Shown in handover/desk.rs.
    "/entrustments/{id}/hand-overs",
    "/entrustments/{id}/hand-overs/{handover}",
    "/entrustments/{id}/hand-overs/{handover}/propose",
    "/entrustments/{id}/hand-overs/{handover}/decision",
    "/entrustments/{id}/hand-overs/{handover}/take-back",
    "/entrustments/{id}/hand-overs/{handover}/discard",
    // Shown in handover/checking.rs.
    "/entrustments/{id}/hand-overs/{handover}/files/{file}/preview",
    "/entrustments/{id}/hand-overs/{handover}/stops/{stop}/explain",
    "/entrustments/{id}/holdings",
    "/entrustments/{id}/holdings/{holding}",
    "/entrustments/{id}/holdings/{holding}/transfer",
    "/entrustments/{id}/handlers",
    "/entrustments/{id}/handlers/training",
    "/entrustments/{id}/handlers/{handler}",
    "/entrustments/{id}/handlers/{handler}/leaving",
    "/entrustments/{id}/handlers/{handler}/files",
    "/entrustments/{id}/handlers/{handler}/files/{file}/removal",
    // Shown in handover/cutting.rs and handover/request.rs.
    "/entrustments/{id}/hand-overs/{handover}/files/{file}/cut",
    // Shown in handover/upload.rs and handover/resumable.rs.
    "/entrustments/{id}/hand-overs/{handover}/files",
    "/entrustments/{id}/hand-overs/{handover}/files/{file}/recipient",
    "/entrustments/{id}/hand-overs/{handover}/files/{file}/remove",
    "/entrustments/{id}/hand-overs/{handover}/uploads",
    "/entrustments/{id}/hand-overs/{handover}/uploads/{file}",
    "/entrustments/{id}/hand-over-requests",
    "/entrustments/{id}/hand-over-requests/{request}/withdraw",
    "/questionnaires/dispatch",
    "/questionnaires/{id}/deadline",
    "/questionnaires/{id}/withdrawal",
    "/questionnaires/{id}/questions/{question}",
    "/questionnaires/{id}/questions/{question}/draft",
    "/questionnaires/{id}/questions/{question}/evidence",
    "/questionnaires/{id}/evidence/{evidence}/removal",
    "/questionnaires/{id}/attestation",
    "/questionnaires/{id}/review",
    "/templates",
    "/templates/{id}/head",
    "/templates/{id}/sections",
    "/templates/{id}/sections/{section}",
    "/templates/{id}/sections/{section}/place",
    "/templates/{id}/sections/{section}/questions",
    "/templates/{id}/questions/{question}",
    "/templates/{id}/questions/{question}/place",
    "/templates/{id}/publication",
    "/templates/{id}/version",
    // These are shown in the tests of transmissions and recipients.
    "/entrustments/{id}/transmissions",
    "/entrustments/{id}/transmissions/{transmission}",
    "/entrustments/{id}/transmissions/{transmission}/confirmation",
    "/entrustments/{id}/recipients",
    "/entrustments/{id}/recipients/{recipient}/decision",
    "/entrustments/{id}/recipients/{recipient}/end",
    // Shown in handover/delivery.rs.
    "/received-hand-overs/{delivery}/files/{file}/download",
    "/received-hand-overs/{delivery}/refusal",
    "/received-hand-overs/{delivery}/deletion",
    "/hand-over/{token}",
    "/hand-over/{token}/files/{file}/download",
    "/hand-over/{token}/refusal",
    "/hand-over/{token}/deletion",
    "/entrustments/{id}/hand-overs/{handover}/recall",
    "/entrustments/{id}/hand-overs/{handover}/deliveries/{delivery}/code",
    "/entrustments/{id}/hand-overs/{handover}/deliveries/{delivery}/new-code",
    // Shown in finding/walk.rs and inspection/walk.rs.
    "/entrustments/{id}/findings",
    "/entrustments/{id}/findings/{finding}/answer",
    "/entrustments/{id}/findings/{finding}/check",
    "/entrustments/{id}/findings/{finding}/terms",
    "/entrustments/{id}/findings/{finding}/files",
    "/entrustments/{id}/findings/{finding}/files/{file}/removal",
    "/entrustments/{id}/inspections",
    "/entrustments/{id}/inspections/{inspection}/plan",
    "/entrustments/{id}/inspections/{inspection}/hold",
    "/entrustments/{id}/inspections/{inspection}/answer",
    "/entrustments/{id}/inspections/{inspection}/closing",
    "/entrustments/{id}/inspections/{inspection}/files",
    "/entrustments/{id}/inspections/{inspection}/files/{file}/removal",
];

/// Says that the history has words for everything that happened.
fn assert_words(app: &App, principal: &Principal) {
    for entry in app.ledger(principal.id) {
        for language in Language::ALL {
            let key = format!("act-{}", entry.act.replace(['.', '_'], "-"));
            assert!(locale::has(language, &key), "{key} in {language}");
        }
    }
}

both! {
    async fn every_change_leaves_one_entry(app: App) {
        let mie = app.principal("三重野県");
        let (officer, administrator) = (&mie.officer, &mie.administrator);
        let last = || app.acts(mie.id).pop().unwrap();
        let count = || app.ledger(mie.id).len();
        let mut expected = count();
        let mut one_more = |act: &str| {
            expected += 1;
            assert_eq!((last().as_str(), count()), (act, expected));
        };

        let page = administrator.get("/divisions/new").await;
        page.main_form().set("name", "税務課").submit().await;
        one_more("division.registered");
        let edit = administrator.get("/divisions").await.attributes("tbody th a", "href").remove(0);
        administrator.get(&edit).await.main_form().set("phone", "1").submit().await;
        one_more("division.changed");

        let contractor = officer.get("/contractors/new").await.main_form().set_all(&[
            ("kind", "company"), ("name", "髙橋"), ("address", "津島市"),
            ("person_in_charge", "髙橋"), ("email", "t@sr.example"), ("phone", "1"),
        ]).submit().await;
        one_more("contractor.registered");
        let edit = officer.get(&format!("{}/edit", contractor.path)).await;
        edit.main_form().set("phone", "2").submit().await;
        one_more("contractor.changed");
        officer.get(&contractor.path).await.form("form[action$=invitation]").submit().await;
        one_more("invitation.sent");

        let entrustment = officer.get("/entrustments/new").await.main_form().set_all(&[
            ("number", "1"), ("title", "監査"), ("division", &mie.division.to_string()),
            ("contractor", contractor.path.rsplit('/').next().unwrap()), ("purpose", "監査"),
            ("starts_on", "R8.4.1"), ("ends_on", "R9.3.31"), ("erase_by", "R9.3.31"),
            ("persons", "1"), ("item_name_0", "給与"),
        ]).submit().await;
        one_more("entrustment.registered");
        let edit = officer.get(&format!("{}/edit", entrustment.path)).await;
        edit.main_form().set("persons", "2").submit().await;
        one_more("entrustment.changed");

        let form = administrator.get("/members/new").await.main_form();
        form.set_all(&[("name", "𠮷田"), ("email", "y@p.example"), ("role", "auditor")]).submit().await;
        one_more("invitation.sent");
        let accepting = app.visitor().get(&app.link_in_last_mail()).await.main_form();
        accepting.set("password", PASSWORD).set("password_again", PASSWORD).submit().await;
        assert_eq!(app.acts(mie.id).iter().rev().take(2).collect::<Vec<_>>(), ["session.opened", "member.joined"]);

        let entries = app.ledger(mie.id);
        for (sequence, entry) in (0..).zip(&entries) {
            assert_eq!(entry.sequence, sequence);
        }
        let verified = ledger::verify(&mut app.connection(), mie.id).unwrap();
        assert_eq!(usize::try_from(verified).unwrap(), entries.len());
        let changed = entries.iter().find(|e| e.act == "entrustment.changed").unwrap();
        assert_eq!(changed.actor_name, "﨑山 officer");
        assert_eq!(changed.actor_organisation, "三重野県");
        assert_eq!(entrustment.path, format!("/entrustments/{}", changed.subject_id));
    }

    async fn every_change_of_a_questionnaire_leaves_its_entry(app: App) {
        let sent = steps::sent(&app).await;
        let (id, officer, person) = (sent.mie.id, &sent.mie.officer, sent.representative());
        let mut seen = app.acts(id);
        assert_eq!(seen.iter().rev().take(2).collect::<Vec<_>>(), ["questionnaire.dispatched", "dispatch.created"]);
        let mut new = || {
            let all = app.acts(id);
            let new = all.iter().skip(seen.len()).cloned().collect::<Vec<_>>();
            seen = all;
            new
        };
        let question = sent.question("q01");
        let page = person.get(&question).await;
        let token = page.attributes("input[name=csrf]", "value").remove(0);
        let draft = [("csrf", token.as_str()), ("version", "0"), ("remark", "書きかけ")];
        assert_eq!(person.post(&format!("{question}/draft"), &draft).await.status, 200);
        assert_eq!(new(), ["response.drafted"]);
        steps::answered(&person.get(&question).await, &question).submit().await;
        assert_eq!(new(), ["response.saved"]);
        let upload = page.form("form[action$='/evidence']").file("evidence", "a.pdf", b"%PDF-1.7 a");
        let page = upload.submit().await;
        assert_eq!(new(), ["evidence.added"]);
        page.form("form[action$='/removal']").submit().await;
        assert_eq!(new(), ["evidence.removed"]);
        steps::answer_all(person, &sent.home).await;
        assert!(new().iter().all(|act| act == "response.saved"));
        steps::attest(person, &sent.home).await;
        assert_eq!(new(), ["attestation.given"]);
        steps::review(officer, &sent.home, &[("q01", "returned", "体制図が古い")], "save").await;
        assert_eq!(new(), ["review.decided"]);
        steps::review(officer, &sent.home, &[], "accept_rest").await;
        assert_eq!(new(), ["review.decided"]);
        steps::review(officer, &sent.home, &[], "finish").await;
        assert_eq!(new(), ["questionnaire.returned"]);
        let form = officer.get(&format!("{}/deadline", sent.home)).await.main_form();
        form.set("deadline", "2026-06-12").set("reason", "繁忙期のため").submit().await;
        assert_eq!(new(), ["questionnaire.deadline_extended"]);
        let form = officer.get(&format!("{}/withdrawal", sent.home)).await.main_form();
        form.set("reason", "契約が変わったため").submit().await;
        assert_eq!(new(), ["questionnaire.withdrawn"]);
        let page = officer.get(&format!("/entrustments/{}", sent.entrustment)).await;
        page.form("form[action$='/record']").submit().await;
        assert_eq!(new(), ["record.issued"]);
        ledger::verify(&mut app.connection(), id).unwrap();
        assert_words(&app, &sent.mie);
    }

    async fn every_change_of_a_template_leaves_one_entry(app: App) {
        let mie = app.principal("三重野県");
        let person = &mie.administrator;
        let mut expected = app.ledger(mie.id).len();
        let mut one_more = |act: &str| {
            expected += 1;
            let acts = app.acts(mie.id);
            assert_eq!((acts.last().unwrap().as_str(), acts.len()), (act, expected));
        };
        let own = person.get("/templates").await.main_form().submit().await.path;
        one_more("template.copied");
        let open = |path: String| { let own = own.clone(); async move { person.get(&format!("{own}{path}")).await } };
        open("/head".into()).await.main_form().set("minutes", "50").submit().await;
        one_more("template.changed");
        open("/sections/new".into()).await.main_form().set("title_ja", "その他").submit().await;
        one_more("template.changed");
        open("/sections/B".into()).await.main_form().set("title_ja", "体制").submit().await;
        one_more("template.changed");
        let place = |what: &str| format!("form[action='{own}/{what}/place']");
        open(String::new()).await.form(&place("sections/H")).check("act", "up").submit().await;
        one_more("template.changed");
        let form = open("/sections/H/questions/new".into()).await.main_form();
        let page = form.set("text_ja", "鍵を管理していますか").submit().await;
        one_more("template.changed");
        let new = page.path.rsplit_once("#question-").unwrap().1.to_owned();
        open(format!("/questions/{new}")).await.main_form().set("text_ja", "鍵の台帳がありますか").submit().await;
        one_more("template.changed");
        open(String::new()).await.form(&place(&format!("questions/{new}"))).check("act", "up").submit().await;
        one_more("template.changed");
        let removal = format!("az-confirm {}", place("sections/H"));
        open(String::new()).await.form(&removal).submit().await;
        one_more("template.changed");
        open(String::new()).await.form("form[action$='/publication']").submit().await;
        one_more("template.published");
        open(String::new()).await.form("form[action$='/version']").submit().await;
        one_more("template.copied");
        assert_words(&app, &mie);
    }

    async fn every_act_has_its_words_in_both_languages(app: App) {
        let mie = app.principal("三重野県");
        app.joined_contractor(&mie, "髙橋");
        assert_words(&app, &mie);
    }

    async fn the_database_itself_refuses_to_rewrite_it(app: App) {
        let mie = app.principal("三重野県");
        let before = app.ledger(mie.id).len();
        let mut connection = app.connection();
        for sql in [
            "UPDATE ledger_entry SET act = 'nothing.happened'",
            "DELETE FROM ledger_entry",
            "DELETE FROM ledger_entry WHERE sequence = 0",
        ] {
            let refused = connection.batch_execute(sql).unwrap_err();
            assert!(refused.to_string().contains("append-only"), "{sql}: {refused}");
        }
        if matches!(connection, Connection::Postgresql(_)) {
            connection.batch_execute("TRUNCATE ledger_entry").unwrap_err();
        }
        assert_eq!(app.ledger(mie.id).len(), before);
        ledger::verify(&mut connection, mie.id).unwrap();
    }

    async fn writing_at_the_same_time_leaves_no_gap_and_no_twin(app: App) {
        let mie = app.principal("三重野県");
        let before = app.ledger(mie.id).len();
        let threads: Vec<_> = (0..4).map(|thread| {
            let ctx = azukari::web::Ctx::outside(
                app.portal.clone(), azukari::actor::Actor::Operator, azukari::web::Language::Ja,
            );
            let id = mie.id;
            std::thread::spawn(move || for n in 0..10 {
                ctx.write_now(|tx, _| {
                    let tenant = azukari::organisation::division::set_up(tx.actor, id)?;
                    let new = azukari::organisation::division::NewDivision {
                        name: format!("課{thread}-{n}"), email: None, phone: String::new(),
                    };
                    azukari::organisation::division::create(tx, &tenant, &new)
                }).unwrap();
            })
        }).collect();
        for thread in threads {
            thread.join().unwrap();
        }
        assert_eq!(app.ledger(mie.id).len(), before + 40);
        ledger::verify(&mut app.connection(), mie.id).unwrap();
    }

    async fn a_refused_attempt_is_logged_and_changes_nothing(app: App) {
        let mie = app.principal("三重野県");
        let before = app.ledger(mie.id).len();
        assert_eq!(mie.auditor.get("/contractors/new").await.status, 403);
        assert_eq!(mie.officer.post("/contractors", &[("csrf", "x")]).await.status, 403);
        let refusals = app.refusals();
        assert_eq!(refusals, [
            ("GET /contractors/new".into(), "/contractors/new".into(), "role".into()),
            ("POST /contractors".into(), "/contractors".into(), "error-csrf".into()),
        ]);
        assert_eq!(app.ledger(mie.id).len(), before);
    }
}
