//! The overview and the maps: right counts, of what is visible alone, each leading to its list.

use azukari::entrustment::EntrustmentId;
use azukari::organisation::contractor::ContractorId;
use diesel::connection::SimpleConnection as _;

use crate::app::{App, ContractorSide, Principal, both, entrustment};

/// Enters a holding, a finding about it and a transmission, as their registers would.
fn fill(app: &App, principal: &Principal, id: EntrustmentId, country: &str) {
    let (tenant, key) = (principal.id, id.as_str());
    let receivers = r#"[{"party":"other","recipient":null,"name":"私用メール","address":"x@example.com","field":"to"}]"#;
    let sql = format!(
        "INSERT INTO holding (tenant_id, id, entrustment_id, position, kind, source_id, holder, items, persons, place,
            place_detail, provider, plan, country, access_countries, medium, system, encryption, handlers, backups,
            starts_on, until_on, status, ended_on, disposal_id, exceptions, entered_by_name, created_at, version)
         VALUES ('{tenant}', '01{held}', '{key}', 1, 'original', NULL, '', '[]', 49, 'cloud', '', '架空クラウド', '',
            '{country}', '[]', 'cloud', '', 'at_rest', '[]', '', '2026-04-01', NULL, 'open', NULL, NULL, '{{}}', 'x',
            '2026-04-01 00:00:00', 1);
         INSERT INTO finding (tenant_id, id, entrustment_id, position, source, subject_kind, subject_id, rule, title, detail,
            reason, severity, status, owner_name, due_on, root_cause, action, action_on, answered_by_name, answered_at, effect,
            mended_at, closed_by_name, closed_at, reminded, raised_by_name, raised_at, version, grade, rounds, outcome)
         VALUES ('{tenant}', '02{held}', '{key}', 1, 'rule', 'holding', '01{held}', 'country', '', '{country}', '', 'high',
            'open', '', '2026-03-25', '', '', NULL, '', NULL, '', NULL, '', NULL, 0, 'x', '2026-03-20 00:00:00', 1, 3, '[]', '');
         INSERT INTO transmission (tenant_id, id, entrustment_id, position, sent_at, sender, sender_address, handler_id,
            receivers, way, items, persons, protection, key_way, checked_by, purpose, description, content_hash, entered_by,
            entered_by_name, confirmation, confirmed_by_name, confirmed_at, confirmation_note, reminded, exceptions,
            created_at, version)
         VALUES ('{tenant}', '03{held}', '{key}', 1, '2026-03-31 03:00:00', 'contractor', '', NULL, '{receivers}', 'plain_mail',
            '[]', 49, 'none', 'none', '', '', '', '', 'contractor', 'x', 'waiting', '', NULL, '', 0, '{{}}',
            '2026-03-31 03:00:00', 1);",
        held = key.get(2..).unwrap(),
    );
    app.connection().batch_execute(&sql).unwrap();
}

/// Two entrustments with registers, by two contractors.
fn two(app: &App, mie: &Principal) -> (ContractorSide, EntrustmentId, EntrustmentId) {
    let takahashi = app.joined_contractor(mie, "髙橋事務所");
    let yoshida: ContractorId = app.joined_contractor(mie, "𠮷田商会").id;
    let own = app.entrustment(mie, &entrustment(takahashi.id, mie.division, "1", "監査"));
    let other = app.entrustment(mie, &entrustment(yoshida, mie.division, "2", "課税"));
    fill(app, mie, own, "US");
    fill(app, mie, other, "JP");
    (takahashi, own, other)
}

both! {
    async fn figures_count_what_their_lists_show_and_nothing_else(app: App) {
        let mie = app.principal("三重野県");
        let town = app.principal("津島町");
        let (takahashi, own, _) = two(&app, &mie);
        let shown = mie.officer.get("/overview").await;
        assert_eq!(shown.status, 200);
        let values = shown.texts(".figure-value");
        let hrefs = shown.attributes(".figure-link", "href");
        assert_eq!(values[..2], ["2", "2"], "grave and overdue findings");
        for (href, value) in hrefs.iter().zip(&values) {
            let Some(_) = href.strip_prefix("/overview/") else { continue };
            let list = mie.officer.get(href).await;
            assert_eq!(list.status, 200, "{href}");
            assert_eq!(list.texts("tbody th").len().to_string(), *value, "{href}");
        }
        let countries = shown.texts("#main .chart tbody th");
        assert!(countries.iter().any(|name| name.contains("US")), "{countries:?}");
        assert_eq!(mie.officer.get("/overview/entrustments?country=US").await.texts("tbody th"), ["監査"]);
        assert_eq!(mie.officer.get("/overview/entrustments?show=nothing").await.status, 404);

        let contractor = takahashi.representative.get("/overview").await;
        assert_eq!(contractor.texts(".figure-value")[..2], ["1", "1"]);
        assert!(!contractor.body.contains("𠮷田商会"));
        let home = takahashi.representative.get("/").await;
        assert!(home.body.contains(&format!("/entrustments/{own}/findings")));

        let foreign = town.officer.get("/overview").await;
        assert!(foreign.texts(".figure-value").iter().all(|value| value == "0"));
        assert!(!foreign.body.contains("US"));
    }

    async fn the_map_shows_who_holds_what_to_whom_it_concerns(app: App) {
        let mie = app.principal("三重野県");
        let town = app.principal("津島町");
        let (takahashi, own, other) = two(&app, &mie);
        for person in [&mie.officer, &mie.auditor, &takahashi.representative] {
            let map = person.get(&format!("/entrustments/{own}/map")).await;
            assert_eq!(map.status, 200);
            for words in ["三重野県", "髙橋事務所", "架空クラウド", "私用メール"] {
                assert!(map.body.contains(words), "{words}");
            }
            assert!(map.has(".flow-is-broken"));
            assert!(!map.body.contains("𠮷田商会"));
        }
        let path = format!("/entrustments/{other}/map");
        assert_eq!(takahashi.representative.get(&path).await.status, 404);
        assert_eq!(town.officer.get(&path).await.status, 404);

        let all = mie.officer.get("/map").await;
        assert!(all.body.contains("𠮷田商会") && all.body.contains("髙橋事務所"));
        let mine = takahashi.representative.get("/map").await;
        assert!(mine.body.contains("三重野県") && !mine.body.contains("𠮷田商会"));
        assert!(!town.officer.get("/map").await.body.contains("髙橋事務所"));
    }
}
