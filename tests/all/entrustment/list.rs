use azukari::entrustment::NewEntrustment;

use crate::app::{App, Principal, both, contractor, entrustment};

/// 120 entrustments of two contractors, with other titles, ends and numbers of persons.
fn fill(app: &App) -> Principal {
    let mie = app.principal("三重野県");
    let tax = app.division(mie.id, "税務課");
    let contractors =
        ["髙橋﨑𠮷事務所", "津島監査法人"].map(|name| app.contractor(&mie, &contractor(name)));
    for n in 1..=120_i64 {
        let even = n % 2 == 0;
        let [first, second] = contractors;
        let base = entrustment(
            if even { first } else { second },
            if n <= 20 { tax } else { mie.division },
            &format!("令8-{n:03}"),
            &format!("委託その{n}"),
        );
        let later = chrono::Duration::days(n * 7 % 120);
        app.entrustment(
            &mie,
            &NewEntrustment { persons: n * 10, ends_on: base.ends_on - later, ..base },
        );
    }
    mie
}

both! {
    async fn a_long_list_is_paged_sorted_and_filtered(app: App) {
        let person = fill(&app).administrator;
        let first = person.get("/entrustments").await;
        assert_eq!(first.texts("tbody tr").len(), 50);
        assert!(first.text(".page-count").contains("120"));
        let mut seen = first.texts("tbody th");
        let next = first.attributes(".pagination a[rel=next]", "href").remove(0);
        let second = person.get(&next).await;
        seen.extend(second.texts("tbody th"));
        let third = person.get("/entrustments?page=3").await;
        assert_eq!(third.texts("tbody tr").len(), 20);
        seen.extend(third.texts("tbody th"));
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), 120, "every row is on one page");

        let most = person.get("/entrustments?sort=-persons").await;
        let persons = most.texts("td.number");
        assert_eq!(persons.iter().take(2).collect::<Vec<_>>(), ["1,200", "1,190"]);
        let numbers = person.get("/entrustments?sort=number&page=3").await;
        assert_eq!(numbers.texts("tbody td:first-child").last().unwrap(), "令8-120");

        for (query, count) in [
            ("year=2026", "120"),
            ("year=2025", "0"),
            ("status=active", "120"),
            ("status=closed", "0"),
            ("q=令8-007", "1"),
            ("q=高橋崎吉", "60"),
            ("q=その１２", "2"),
            ("q=%25", "120"),
        ] {
            let page = person.get(&format!("/entrustments?{query}")).await;
            let total = if page.has(".page-count") { page.text(".page-count") } else { "0".into() };
            assert!(total.contains(count), "{query}: {total}");
        }
        let tax = first.attributes("select[name=division] option", "value").pop().unwrap();
        let filtered = first.form("form.filter").set("division", &tax).submit().await;
        assert_eq!(filtered.texts("tbody tr").len(), 20);
        for odd in ["page=0", "page=x", "page=999", "sort=nothing", "year=x", "division=x"] {
            assert_eq!(person.get(&format!("/entrustments?{odd}")).await.status, 200, "{odd}");
        }
    }

    async fn a_full_list_takes_as_many_statements_as_a_short_one(app: App) {
        let person = fill(&app).administrator;
        let (_, full) = app.statements(person.get("/entrustments")).await;
        let (_, short) = app.statements(person.get("/entrustments?q=令8-007")).await;
        assert_eq!(full.len(), short.len(), "{full:#?}");
        assert!(full.len() <= 6, "{full:#?}");
    }
}
