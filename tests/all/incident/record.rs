//! Incidents on paper: which corrective actions they led to.

use azukari::entrustment;
use azukari::finding::{self, English, NewFinding, Severity, Source, Subject};

use super::plan::opened;
use crate::app::{App, Person, both, line_of, pdf_lines};
use crate::handover::{Two, two};

const ACTION: &str = "宛先を一覧から選ぶ";

/// Raises a corrective action as a finding about an incident.
fn raised(app: &App, two: &Two, incident: &str) {
    app.as_operator(|tx, _| {
        let of = entrustment::find_for_system(tx.connection, tx.actor, two.entrustment)?;
        let new = NewFinding {
            source: Source::Incident,
            subject: Subject { kind: "incident", id: incident.rsplit('/').next().unwrap() },
            rule: "",
            title: ACTION,
            detail: "宛先の入力をやめ、登録した一覧から選ぶ",
            english: English::default(),
            reason: "",
            severity: Severity::High,
            due_on: Some("2026-04-30".parse().unwrap()),
        };
        finding::raise(tx, &of, &new)
    });
}

async fn audit_record(two: &Two, person: &Person) -> Vec<u8> {
    let own = person.get(&format!("/entrustments/{}", two.entrustment)).await;
    let page = own.form("form[action$='/record']").submit().await;
    assert_eq!(page.status, 303, "{}", page.body);
    person.download(&page.attributes(".task a[href*='/records/']", "href")[0]).await
}

both! {
    async fn the_audit_record_refers_to_corrective_actions_by_their_numbers(app: App) {
        let two = two(&app);
        let incident = opened(&two).await;
        let bare = audit_record(&two, &two.mie.officer).await;
        app.clock.advance(chrono::Duration::minutes(1));
        raised(&app, &two, &incident);
        let record = audit_record(&two, &two.mie.officer).await;
        assert!(record == audit_record(&two, &two.office.representative).await);
        let Some(text) = pdf_lines(&bare) else { return };
        assert!(text.contains("是正措置はまだありません"), "{text}");
        let text = pdf_lines(&record).unwrap();
        let (_, chapter) = text.rsplit_once("是正措置").unwrap();
        let line = line_of(chapter, "第1号");
        assert_eq!(line, ["第1号", ACTION, "令和8年4月30日", "回答待ち"]);
        assert_eq!(text.matches("宛先の入力をやめ").count(), 1, "told once, in the chapter of findings");
    }

    async fn the_incidents_own_record_tells_its_corrective_actions_in_full(app: App) {
        let two = two(&app);
        let incident = opened(&two).await;
        let path = format!("{incident}/record");
        let bare = two.mie.officer.download(&path).await;
        raised(&app, &two, &incident);
        let record = two.mie.officer.download(&path).await;
        assert!(record == two.office.representative.download(&path).await);
        let Some(text) = pdf_lines(&bare) else { return };
        assert!(text.contains("是正措置はまだありません") && !text.contains("指摘と是正"), "{text}");
        let text = pdf_lines(&record).unwrap();
        assert_eq!(line_of(&text, "第1号")[1], ACTION);
        for told in ["指摘と是正", "宛先の入力をやめ", "令和8年4月30日"] {
            assert!(text.contains(told), "{told} is not in {text}");
        }
    }
}
