//! The register of holdings, as the contractor keeps it and the principal reads it.

use azukari::entrustment::{EntrustmentId, ItemMark, NewItem};

use crate::app::{App, ContractorSide, FilledForm, Page, Principal, both, entrustment};

struct Given {
    mie: Principal,
    contractor: ContractorSide,
    id: EntrustmentId,
    home: String,
}

fn given(app: &App) -> Given {
    let mie = app.principal("三重野県");
    let contractor = app.joined_contractor(&mie, "髙橋");
    let mut new = entrustment(contractor.id, mie.division, "1", "監査");
    let item =
        |name: &str, mark, under: &str| NewItem { name: name.into(), mark, under: under.into() };
    new.items =
        vec![item("職員台帳", ItemMark::None, ""), item("病歴", ItemMark::Sensitive, "職員台帳")];
    let id = app.entrustment(&mie, &new);
    Given { home: format!("/entrustments/{id}/holdings"), mie, contractor, id }
}

impl Given {
    async fn empty_form(&self) -> Page {
        self.contractor.representative.get(&format!("{}/new", self.home)).await
    }
}

/// A holding in the contractor's office.
fn office(page: &Page) -> FilledForm {
    let items = page.attributes("input[name=items]", "value");
    page.main_form().check("items", &items[0]).check("items", &items[1]).set_all(&[
        ("persons", "49"),
        ("kind", "original"),
        ("place", "office"),
        ("place_detail", "事務所2階"),
        ("medium", "server"),
        ("encryption", "at_rest"),
        ("starts_on", "R8.4.1"),
    ])
}

both! {
    async fn the_contractor_enters_a_holding_and_both_sides_see_it(app: App) {
        let given = given(&app);
        let page = given.empty_form().await;
        assert!(page.body.contains("職員台帳＞病歴"), "an item is named after those above it");
        assert!(page.body.contains("要配慮個人情報"));
        let shown = office(&page).submit().await;
        assert_eq!(shown.status, 303, "{:?}", shown.texts(".error-summary"));
        assert!(shown.path.starts_with(&given.home));
        assert_eq!(app.acts(given.mie.id).last().unwrap(), "holding.entered");
        for person in [&given.mie.officer, &given.mie.auditor, &given.contractor.representative] {
            let list = person.get(&given.home).await;
            assert_eq!(list.attributes("tbody th a", "href"), std::slice::from_ref(&shown.path));
            let seen = person.get(&shown.path).await;
            for words in ["事務所2階", "日本（JP）", "49人分", "職員台帳＞病歴"] {
                assert!(seen.body.contains(words), "{words}");
            }
        }
        let panel = given.mie.officer.get(&format!("/entrustments/{}", given.id)).await;
        assert!(panel.attributes("a.task-link", "href").contains(&given.home));
        assert!(panel.body.contains("保管中1件"));
        let english = given.mie.officer.in_english().get(&shown.path).await;
        assert!(english.body.contains("Japan (JP)"));
    }

    async fn what_is_wrong_is_said_and_kept(app: App) {
        let given = given(&app);
        let page = given.empty_form().await;
        let none = page.main_form().submit().await;
        assert_eq!(none.status, 422);
        assert_eq!(
            none.wrong_fields(),
            ["items", "persons", "kind", "place", "place_detail", "medium", "encryption"]
        );
        for (field, typed) in [
            ("persons", "多数"), ("country_other", "日本"), ("country_other", "JP SG"), ("access_countries", "J"),
            ("starts_on", "いつか"), ("until_on", "2026-03-31"), ("place", "moon"),
        ] {
            let again = office(&page).set(field, typed).submit().await;
            assert_eq!((again.status, again.wrong_fields()), (422, vec![field.to_owned()]), "{typed}");
            assert_eq!(again.main_form().value("place_detail"), "事務所2階");
        }
        assert!(!given.mie.officer.get(&given.home).await.has("tbody"));
    }

    async fn a_holding_abroad_is_warned_of_before_it_is_saved(app: App) {
        let given = given(&app);
        let page = given.empty_form().await;
        let abroad = || office(&page).set_all(&[
            ("place", "cloud"), ("medium", "cloud"), ("country", "US"), ("provider", "架空クラウド"),
        ]);
        let warned = abroad().submit().await;
        assert_eq!(warned.status, 422);
        assert!(warned.wrong_fields().contains(&"fact_country".to_owned()), "{:?}", warned.wrong_fields());
        assert!(!given.mie.officer.get(&given.home).await.has("tbody"), "nothing is saved yet");
        let mut form = warned.main_form();
        for field in warned.wrong_fields() {
            form = match field.split_once('_').unwrap().0 {
                "fact" => form.check(&field, "on"),
                _ => form.set(&field, "国内の事業者に移るまでの間"),
            };
        }
        let saved = form.submit().await;
        assert_eq!(saved.status, 303, "{:?}", saved.texts(".error-summary"));
        let seen = given.mie.officer.get(&saved.path).await;
        assert!(seen.body.contains("アメリカ合衆国（US）"));
        assert!(seen.body.contains("国内の事業者に移るまでの間"));
        assert!(seen.has("a[href*='/findings/']"), "the officer sees the findings");
        assert!(app.acts(given.mie.id).contains(&"finding.raised".to_owned()));
    }

    async fn an_earlier_holding_is_copied_and_the_old_one_transferred(app: App) {
        let given = given(&app);
        let person = &given.contractor.representative;
        let first = office(&given.empty_form().await).submit().await;
        let none = person.get(&format!("{}/transfer", first.path)).await;
        assert!(!none.has("main form[method=post]"), "there is nowhere to transfer to yet");
        let links = first.attributes(".actions a", "href");
        let copy = links.iter().find(|href| href.contains("new?from=")).unwrap();
        let copy = person.get(copy).await.main_form();
        assert_eq!(copy.value("place_detail"), "事務所2階");
        assert_eq!(copy.value("kind"), "copy");
        let second = copy.set("place_detail", "事務所3階").submit().await;
        assert_eq!(second.status, 303);
        assert!(second.body.contains("もとになった保管"));
        let form = person.get(&format!("{}/transfer", first.path)).await;
        let early = form.main_form().set("successor", second.path.rsplit('/').next().unwrap());
        let early = early.set("ended_on", "2026-03-31").submit().await;
        assert_eq!((early.status, early.wrong_fields()), (422, vec!["ended_on".to_owned()]));
        let done = form.main_form().set("successor", second.path.rsplit('/').next().unwrap());
        let done = done.set("ended_on", "2026-04-01").submit().await;
        assert_eq!(done.status, 303);
        assert!(done.body.contains("移管済み"));
        assert_eq!(app.acts(given.mie.id).last().unwrap(), "holding.transferred");
        assert_eq!(person.get(&format!("{}/edit", first.path)).await.status, 409);
        let open = given.mie.officer.get(&format!("{}?status=open", given.home)).await;
        assert_eq!(open.attributes("tbody th a", "href"), [second.path]);
    }

    async fn a_stale_form_says_so_and_replaces_knowingly(app: App) {
        let given = given(&app);
        let person = &given.contractor.representative;
        let shown = office(&given.empty_form().await).submit().await;
        let edit = format!("{}/edit", shown.path);
        let slow = person.get(&edit).await.main_form();
        let quick = person.get(&edit).await.main_form().set("persons", "48").submit().await;
        assert_eq!(quick.status, 303);
        assert_eq!(app.acts(given.mie.id).last().unwrap(), "holding.changed");
        let stale = slow.set("persons", "47").submit().await;
        assert_eq!(stale.status, 409);
        assert_eq!(stale.main_form().value("persons"), "47");
        assert!(person.get(&shown.path).await.body.contains("48人分"));
        assert_eq!(stale.main_form().submit().await.status, 303);
        assert!(person.get(&shown.path).await.body.contains("47人分"));
    }

    async fn others_see_nothing_and_the_principal_does_not_enter(app: App) {
        let given = given(&app);
        let shown = office(&given.empty_form().await).submit().await;
        let town = app.principal("津島町");
        let stranger = app.joined_contractor(&town, "𠮷田").representative;
        for person in [&town.officer, &town.administrator, &stranger] {
            assert_eq!(person.get(&given.home).await.status, 404);
            assert_eq!(person.get(&shown.path).await.status, 404);
        }
        assert_eq!(stranger.get(&format!("{}/edit", shown.path)).await.status, 404);
        for person in [&given.mie.officer, &given.mie.administrator, &given.mie.auditor] {
            assert_eq!(person.get(&format!("{}/new", given.home)).await.status, 403);
            let token = person.get(&given.home).await.attributes("input[name=csrf]", "value").remove(0);
            assert_eq!(person.post(&given.home, &[("csrf", &token)]).await.status, 403);
            assert_eq!(person.post(&shown.path, &[("csrf", &token)]).await.status, 403);
            assert!(!person.get(&shown.path).await.body.contains("/transfer"));
        }
        let other = entrustment(given.contractor.id, given.mie.division, "2", "課税");
        let other = app.entrustment(&given.mie, &other);
        let id = shown.path.rsplit('/').next().unwrap();
        let mixed = format!("/entrustments/{other}/holdings/{id}");
        assert_eq!(given.contractor.representative.get(&mixed).await.status, 404, "of another entrustment");
    }
}
