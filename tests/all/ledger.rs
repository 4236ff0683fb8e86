//! Every change leaves an entry, in a sequence without gaps that nobody rewrites.

use azukari::database::Connection;
use azukari::ledger;
use diesel::connection::SimpleConnection as _;

use crate::app::{App, PASSWORD, both};

/// The changing routes whose entry is shown below. `tables::routes` holds them against the
/// route table.
pub const SHOWN: &[&str] = &[
    "/invitation/{token}",
    "/contractors/{id}/invitation",
    "/members",
    "/divisions",
    "/divisions/{id}",
    "/contractors",
    "/contractors/{id}",
    "/entrustments",
    "/entrustments/{id}",
];

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

    async fn every_act_has_its_words_in_both_languages(app: App) {
        use azukari::web::{Language, locale};
        let mie = app.principal("三重野県");
        app.joined_contractor(&mie, "髙橋");
        for entry in app.ledger(mie.id) {
            for language in Language::ALL {
                let key = format!("act-{}", entry.act.replace(['.', '_'], "-"));
                assert!(locale::has(language, &key), "{key} in {language}");
            }
        }
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
