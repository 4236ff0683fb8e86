use azukari::finding::Severity;

use crate::app::{App, both, entrustment};

use super::steps::World;

both! {
    async fn the_list_is_filtered_and_sorted_and_shows_what_one_may_see(app: App) {
        let world = World::of(&app);
        world.raise("鍵の管理簿がない", "low").await;
        world.raise("持出し台帳に記入がない", "medium").await;
        world.rule(&app, "US", Severity::High);
        let other = entrustment(world.contractor.id, app.division(world.mie.id, "税務課"), "令8税-1", "封入封緘業務委託");
        let other = World { entrustment: app.entrustment(&world.mie, &other), ..world };
        other.rule(&app, "FR", Severity::Medium);

        let administrator = &other.mie.administrator;
        let titles = |page: &crate::app::Page| page.texts("tbody th a");
        let count = async |path: &str| titles(&administrator.get(path).await).len();
        assert_eq!(count("/findings").await, 4);
        assert_eq!(count("/findings?severity=high").await, 1);
        assert_eq!(count("/findings?severity=medium&source=rule").await, 1);
        assert_eq!(count("/findings?status=answered").await, 0);
        assert_eq!(count("/findings?q=封入").await, 1);
        assert_eq!(count("/findings?q=髙橋").await, 4);
        assert_eq!(count("/findings?overdue=on").await, 0);
        assert_eq!(count("/findings?status=all&sort=-raised&page=2").await, 0);
        let by_severity = administrator.get("/findings?sort=severity").await;
        assert_eq!(titles(&by_severity)[3], "鍵の管理簿がない");
        let newest = administrator.get("/findings?sort=-raised").await;
        assert!(newest.text("tbody tr").contains("封入封緘業務委託"));

        // The officer sees the own division's, the contractor all of its own, the others nothing.
        assert_eq!(titles(&other.mie.officer.get("/findings").await).len(), 3);
        assert_eq!(titles(&other.contractor.representative.get("/findings").await).len(), 4);
        let town = app.principal("津島町");
        assert_eq!(titles(&town.administrator.get("/findings").await).len(), 0);
        assert_eq!(titles(&app.joined_contractor(&town, "𠮷田").representative.get("/findings").await).len(), 0);

        app.clock.advance(chrono::Duration::days(30));
        let later = app.member(other.mie.id, azukari::actor::Role::Administrator, None);
        assert_eq!(titles(&later.get("/findings?overdue=on").await).len(), 3);
        assert_eq!(titles(&later.get("/findings?overdue=on&severity=high").await).len(), 1);
    }
}
