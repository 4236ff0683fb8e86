use chrono::Duration;

use crate::app::{App, both, entrustment};
use crate::finding::steps::World;

use super::steps::{hold, plan};

both! {
    async fn the_overview_says_what_is_held_planned_and_missing(app: App) {
        let world = World::of(&app);
        let tax = app.division(world.mie.id, "税務課");
        for (number, division) in [("2", world.mie.division), ("3", tax)] {
            app.entrustment(&world.mie, &entrustment(world.contractor.id, division, number, "封入"));
        }
        let path = plan(&world, "2026-04-01", "visit", "").await;
        let administrator = &world.mie.administrator;
        let rows = async |query: &str| administrator.get(&format!("/inspections{query}")).await.texts("tbody tr");
        assert_eq!(rows("").await.len(), 3);
        assert_eq!(rows("?status=undone").await.len(), 3);
        assert_eq!(rows("?status=missing").await.len(), 2);
        let planned = rows("?status=planned").await;
        assert!(planned.len() == 1 && planned[0].contains("令8子-12") && planned[0].contains("令和8年4月1日"));
        hold(&world, &path, &[]).await;
        assert_eq!(rows("?status=undone&sort=-number").await.len(), 2);
        let held = rows("?status=held").await;
        assert!(held.len() == 1 && held[0].contains("適正"));
        assert_eq!(rows("?status=undone&q=監査").await.len(), 0);
        assert_eq!(rows("?year=2025").await.len(), 0);
        assert_eq!(world.mie.officer.get("/inspections").await.texts("tbody tr").len(), 2);
        assert_eq!(world.representative().get("/inspections").await.texts("tbody tr").len(), 3);
        let panel = administrator.get(&world.path("")).await;
        assert!(panel.has(&format!(".task a[href='{}']", world.path("/inspections"))));
        assert!(panel.has(&format!(".task a[href='{}']", world.path("/findings"))));
    }

    async fn each_division_is_told_in_january_and_march_once(app: App) {
        let world = World::of(&app);
        let path = plan(&world, "2026-04-01", "visit", "").await;
        hold(&world, &path, &[]).await;
        for number in ["2", "3"] {
            app.entrustment(&world.mie, &entrustment(world.contractor.id, world.mie.division, number, "封入"));
        }
        // From 1 April 2026 to 10 January 2027, then day by day.
        app.clock.advance(Duration::days(284));
        app.run_jobs();
        let mut told = Vec::new();
        for day in 11..=70 {
            app.clock.advance(Duration::days(1));
            let before = app.mails().len();
            app.run_jobs();
            app.run_jobs();
            let new = app.mails().split_off(before);
            told.extend(new.into_iter().filter(|m| m.kind == "inspection_missing").map(|m| (day, m)));
        }
        let days: Vec<i32> = told.iter().map(|(day, _)| *day).collect();
        // 15 January, and 1 March as the 60th day of the year.
        assert_eq!(days, [15, 60]);
        assert!(told[0].1.subject.contains("2件"), "{}", told[0].1.subject);
        assert_eq!(told[0].1.to_address, world.mie.officer.email);
        let acts = app.acts(world.mie.id);
        assert_eq!(acts.iter().filter(|act| *act == "inspection.reminded").count(), 2);
    }
}
