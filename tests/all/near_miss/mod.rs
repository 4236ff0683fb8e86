//! Near misses: reported in one go, also without a name; counted, and learnt from.

mod record;

use azukari::actor::{OrganisationId, Role};
use azukari::database::schema::{contractor, handover_stop as s, near_miss as t};
use azukari::handover::{HandoverId, Stop, StopId};
use azukari::rulebook::Party;
use azukari::web::{Language, locale};
use diesel::prelude::*;

use crate::app::{App, FilledForm, Page, Person, both};
use crate::handover::{Draft, Two, draft, two};

/// The contractor's own organisation.
fn company(app: &App, two: &Two) -> OrganisationId {
    let id: Option<OrganisationId> = contractor::table
        .filter(contractor::id.eq(two.office.id))
        .select(contractor::organisation_id)
        .first(&mut app.connection())
        .unwrap();
    id.unwrap()
}

/// The form of a report about the entrustment, filled in.
async fn filled(two: &Two, person: &Person) -> FilledForm {
    let page = person.get(&format!("/near-misses/new?entrustment={}", two.entrustment)).await;
    assert_eq!(page.status, 200, "{}", page.body);
    page.main_form()
        .set("kind", "wrong_address")
        .set("what", "似た名前の事業所を宛先に選んだ")
        .set("stopped_by", "second_checker")
        .set("cause", "similar_names")
}

fn saved(page: Page) -> Page {
    assert_eq!((page.status, page.wrong_fields()), (303, Vec::new()), "{}", page.body);
    page
}

/// How many rows somebody's list has.
async fn rows(person: &Person, href: &str) -> usize {
    let page = person.get(href).await;
    assert_eq!(page.status, 200, "{href}");
    page.texts("tbody tr").len()
}

fn stopped(app: &App, two: &Two, of: &Draft, stop: Stop) {
    let now = app.clock.now();
    diesel::insert_into(s::table)
        .values((
            s::tenant_id.eq(two.mie.id),
            s::id.eq(StopId::new(now)),
            s::handover_id.eq(of.id),
            s::entrustment_id.eq(two.entrustment),
            s::stop.eq(stop),
            s::what.eq(""),
            s::found_at.eq(now),
            s::reason.eq(""),
            s::reason_by_name.eq(""),
        ))
        .execute(&mut app.connection())
        .unwrap();
}

both! {
    async fn a_near_miss_is_reported_in_one_go_and_both_sides_read_it(app: App) {
        let two = two(&app);
        let person = &two.office.representative;
        let home = person.get("/").await;
        assert!(home.attributes("a.card-link", "href").contains(&"/near-misses/new".to_owned()));
        let form = filled(&two, person).await;
        assert_eq!((form.value("entrustment"), form.value("share")), (two.entrustment.as_str(), "on"));
        saved(form.submit().await);
        let entries = app.ledger(two.mie.id);
        let last = entries.last().unwrap();
        assert_eq!((last.act.as_str(), &last.actor_name), ("near_miss.reported", &person.name));
        for language in Language::ALL {
            assert!(locale::has(language, "act-near-miss-reported"));
        }
        for reader in [person, &two.mie.officer, &two.mie.administrator, &two.mie.approver, &two.mie.auditor] {
            let list = reader.get("/near-misses").await;
            let words = list.text("tbody tr");
            assert!(words.contains("宛先の誤り") && words.contains(&person.name), "{words}");
        }
        let own = format!("/near-misses?entrustment={}", two.entrustment);
        let shown = two.mie.officer.get(&format!("/entrustments/{}", two.entrustment)).await;
        assert!(shown.body.contains(&own), "the entrustment's page leads to it");
        for (query, found) in [
            ("kind=wrong_address", 1), ("kind=malware", 0), ("kind=x", 1), ("month=2020-01", 0), ("cause=similar_names", 1),
            ("stopped_by=other", 0), ("since=2020-01", 1), ("contractor=own", 0), ("page=2", 0),
        ] {
            assert_eq!(rows(&two.mie.officer, &format!("/near-misses?{query}")).await, found, "{query}");
        }
    }

    async fn an_anonymous_report_names_nobody_in_row_ledger_or_page(app: App) {
        let two = two(&app);
        let company = company(&app, &two);
        let handler = app.member(company, Role::Handler, None);
        let own = draft(&app, two.mie.id, two.entrustment, Party::Contractor);
        let from = format!("/near-misses/new?entrustment={}&handover={}", two.entrustment, own.id);
        let form = handler.get(&from).await.main_form().set("kind", "hidden").set("what", "隠しシートを残した");
        saved(form.set("cause", "hurry").check("anonymous", "on").submit().await);
        saved(filled(&two, &handler).await.check("anonymous", "on").uncheck("share").submit().await);
        let kept: Vec<(String, Option<HandoverId>)> =
            t::table.select((t::reported_by_name, t::handover_id)).load(&mut app.connection()).unwrap();
        assert_eq!(kept, vec![(String::new(), None); 2]);
        for tenant in [two.mie.id, company] {
            let entry = app.ledger(tenant).into_iter().rfind(|entry| entry.act == "near_miss.reported").unwrap();
            assert_eq!((entry.actor_id, entry.actor_name.as_str()), (None, "azukari"));
            assert_eq!(entry.actor_organisation, "");
            assert!(!format!("{entry:?}").contains(&handler.name), "{entry:?}");
        }
        for reader in [&two.office.representative, &two.mie.officer, &two.mie.administrator, &handler] {
            let list = reader.get("/near-misses").await;
            let words = list.texts("tbody tr").join(" ");
            assert!(words.contains("匿名") && !words.contains(&handler.name), "{words}");
        }
        let history = two.mie.officer.get(&format!("/entrustments/{}/history", two.entrustment)).await;
        assert!(history.body.contains("ヒヤリハットの報告") && !history.body.contains(&handler.name));
        let officer = two.mie.officer.get("/near-misses/new").await;
        assert!(!officer.has("#anonymous") && !officer.has("#share"), "only contractors hide");
    }

    async fn what_is_kept_inside_is_the_contractors_alone(app: App) {
        let two = two(&app);
        let person = &two.office.representative;
        saved(filled(&two, person).await.uncheck("share").submit().await);
        let page = person.get("/near-misses/new").await;
        let form = page.main_form().set("kind", "lost_medium").set("what", "鞄を置き忘れかけた");
        saved(form.set("stopped_by", "noticed_self").set("cause", "hurry").submit().await);
        assert_eq!(rows(person, "/near-misses").await, 2, "one about none is kept inside too");
        assert!(person.get("/near-misses").await.text("tbody").contains("組織内だけ"));
        for reader in [&two.mie.officer, &two.mie.administrator, &two.mie.auditor] {
            assert_eq!(rows(reader, "/near-misses").await, 0);
            assert!(!reader.get("/near-misses/analysis").await.has("svg.bars"));
        }
        assert!(!app.acts(two.mie.id).contains(&"near_miss.reported".to_owned()));
        let company = company(&app, &two);
        assert_eq!(app.acts(company).iter().filter(|act| *act == "near_miss.reported").count(), 2);
        let other = app.joined_contractor(&two.mie, "𠮷田社会保険労務士事務所").representative;
        saved(filled(&two, person).await.submit().await);
        let town = app.principal("津島町");
        for stranger in [&other, &town.officer, &town.administrator] {
            assert_eq!(rows(stranger, "/near-misses").await, 0);
            let foreign = format!("/near-misses/new?entrustment={}", two.entrustment);
            assert_eq!(stranger.get(&foreign).await.status, 404);
        }
    }

    async fn a_stop_begins_a_report_that_knows_what_it_was(app: App) {
        let two = two(&app);
        let person = &two.office.representative;
        let own = draft(&app, two.mie.id, two.entrustment, Party::Contractor);
        stopped(&app, &two, &own, Stop::OthersRows);
        let list = person.get("/hand-over-stops/list").await;
        let links = list.attributes("tbody a[href^='/near-misses/new']", "href");
        let page = person.get(&own.path).await;
        assert_eq!(page.attributes("main a[href^='/near-misses/new']", "href"), links);
        assert!(person.get("/hand-over-stops").await.body.contains("/near-misses/analysis"));
        let form = person.get(&links[0]).await.main_form();
        assert_eq!((form.value("kind"), form.value("stopped_by")), ("extra_rows", "system_stop"));
        let form = form.set("what", "隣の事業所の行が入っていた").set("cause", "tool");
        saved(form.submit().await);
        let kept: Option<HandoverId> =
            t::table.select(t::handover_id).first(&mut app.connection()).unwrap();
        assert_eq!(kept, Some(own.id));
        for query in ["handover=x", "handover=018f0000-0000-7000-8000-000000000002"] {
            let none = format!("/near-misses/new?entrustment={}&{query}", two.entrustment);
            assert_eq!(person.get(&none).await.status, 404, "{query}");
        }
        let theirs = draft(&app, two.mie.id, two.entrustment, Party::Principal);
        let unseen = format!("/near-misses/new?entrustment={}&handover={}", two.entrustment, theirs.id);
        assert_eq!(person.get(&unseen).await.status, 404, "what the other side hasn't sent");
    }

    async fn what_cannot_be_is_said_at_its_field_and_what_was_typed_stays(app: App) {
        let two = two(&app);
        let person = &two.office.representative;
        for (field, typed, wrong) in [
            ("kind", "", "kind"), ("what", "", "what"), ("what", "番号 123456789018", "what"),
            ("what", "hanako@example.jp に送りかけた", "text_confirmed"), ("stopped_by", "", "stopped_by"),
            ("cause", "", "cause"), ("occurred_on", "令和20年1月1日", "occurred_on"), ("occurred_on", "", "occurred_on"),
        ] {
            let again = filled(&two, person).await.set(field, typed).submit().await;
            assert_eq!((again.status, again.wrong_fields()), (422, vec![wrong.to_owned()]), "{field} {typed}");
            assert_eq!(again.main_form().value("entrustment"), two.entrustment.as_str());
        }
        let typed = filled(&two, person).await.set("what", "hanako@example.jp に送りかけた").uncheck("share");
        let warned = typed.submit().await;
        assert_eq!(warned.main_form().value("share"), "", "what was taken away stays away");
        saved(warned.main_form().check("text_confirmed", "on").submit().await);
        assert_eq!(two.mie.auditor.get("/near-misses/new").await.status, 403);
        assert_eq!(rows(person, "/near-misses").await, 1);
    }

    async fn the_analysis_counts_what_is_shared_and_each_figure_is_its_list(app: App) {
        let two = two(&app);
        let person = &two.office.representative;
        saved(filled(&two, person).await.submit().await);
        saved(filled(&two, person).await.set("kind", "hidden").set("cause", "hurry").submit().await);
        saved(filled(&two, person).await.uncheck("share").submit().await);
        saved(filled(&two, &two.mie.officer).await.set("stopped_by", "noticed_self").submit().await);
        let month = app.clock.now().format("%Y-%m").to_string();
        for (reader, all, groups) in [(&two.mie.officer, 3, [2, 2, 2, 2]), (person, 3, [2, 2, 1, 0])] {
            for (query, months) in [(String::new(), 12), (format!("?month={month}"), 0)] {
                let page = reader.get(&format!("/near-misses/analysis{query}")).await;
                assert_eq!(rows(reader, &page.attributes("#results > p a", "href")[0]).await, all);
                let (hrefs, counts) = (page.attributes("table a", "href"), page.texts("tbody td.number"));
                assert_eq!(hrefs.len(), months + groups.iter().sum::<usize>(), "{query} {hrefs:?}");
                assert_eq!(page.texts("svg.bars rect.bar").len(), hrefs.len(), "a bar beside each row");
                for (href, count) in hrefs.iter().zip(counts) {
                    assert_eq!(rows(reader, href).await.to_string(), count, "{href}");
                }
            }
        }
    }

    async fn a_lesson_reaches_every_contractor_and_names_nobody(app: App) {
        let two = two(&app);
        let (officer, person) = (&two.mie.officer, &two.office.representative);
        let other = app.joined_contractor(&two.mie, "𠮷田社会保険労務士事務所").representative;
        saved(filled(&two, person).await.submit().await);
        let from = officer.get("/near-misses").await.attributes("tbody a[href*='near_miss=']", "href").remove(0);
        let form = || async { officer.get(&from).await.main_form().set("title", "似た名前の宛先") };
        assert!(officer.get(&from).await.body.contains("案件が分かる事柄は書かないでください"));
        for (typed, wrong) in [
            ("髙橋社会保険労務士事務所の例。", "text"), ("番号 123456789018", "text"), ("", "text"),
            ("hanako@example.jp", "text_confirmed"), (person.name.as_str(), "text"),
        ] {
            let again = form().await.set("text", typed).submit().await;
            assert_eq!((again.status, again.wrong_fields()), (422, vec![wrong.to_owned()]), "{typed}");
        }
        saved(form().await.set("text", "宛先は、登録した一覧から選びます。").submit().await);
        assert_eq!(app.acts(two.mie.id).last().unwrap(), "near_miss.lesson_published");
        for reader in [person, &other] {
            let page = reader.get("/near-misses/lessons").await;
            let words = page.text("main");
            assert!(words.contains("登録した一覧から選びます") && words.contains("三重野県"), "{words}");
            assert!(!words.contains(&officer.name) && !words.contains("髙橋") && !page.has("main form"));
            assert_eq!(reader.get("/near-misses/lessons/new").await.status, 403);
        }
        let town = app.principal("津島町");
        assert!(!town.officer.get("/near-misses/lessons").await.body.contains("登録した一覧"));
        assert_eq!(town.officer.get(&from).await.status, 404, "from a near miss of somebody else");
        let withdraw = officer.get("/near-misses/lessons").await;
        let late = withdraw.main_form();
        saved(withdraw.main_form().submit().await);
        assert_eq!(app.acts(two.mie.id).last().unwrap(), "near_miss.lesson_withdrawn");
        assert_eq!(late.submit().await.status, 409);
        assert!(!other.get("/near-misses/lessons").await.body.contains("登録した一覧"));
        assert!(officer.get("/near-misses/lessons").await.body.contains("取り下げ済み"));
        for act in ["act-near-miss-lesson-published", "act-near-miss-lesson-withdrawn"] {
            assert!(Language::ALL.iter().all(|language| locale::has(*language, act)), "{act}");
        }
    }
}
