//! Near misses in the audit record: counted, and nobody is named.

use azukari::actor::Role;

use super::{company, filled, saved};
use crate::app::{App, Person, both, line_of, pdf_lines};
use crate::handover::{Two, two};

/// The newest audit record of the entrustment, issued by somebody.
async fn issued(two: &Two, person: &Person) -> Vec<u8> {
    let own = person.get(&format!("/entrustments/{}", two.entrustment)).await;
    let page = saved(own.form("form[action$='/record']").submit().await);
    let links = page.attributes(".task a[href*='/records/']", "href");
    person.download(&links[0]).await
}

both! {
    async fn the_record_counts_what_was_shared_and_names_nobody(app: App) {
        let two = two(&app);
        let person = &two.office.representative;
        let before = issued(&two, person).await;
        let handler = app.member(company(&app, &two), Role::Handler, None);
        app.clock.advance(chrono::Duration::minutes(1));
        saved(filled(&two, person).await.submit().await);
        saved(filled(&two, &handler).await.check("anonymous", "on").submit().await);
        saved(filled(&two, person).await.set("kind", "hidden").set("stopped_by", "system_stop").submit().await);
        let of_both = issued(&two, &two.mie.officer).await;
        assert!(of_both == issued(&two, person).await, "both sides have the same");

        saved(filled(&two, person).await.set("kind", "malware").uncheck("share").submit().await);
        assert!(of_both == issued(&two, person).await, "what is kept inside changes nothing");
        app.clock.advance(chrono::Duration::minutes(1));
        saved(filled(&two, &two.mie.officer).await.set("kind", "lost_medium").submit().await);
        let last = issued(&two, person).await;

        let Some(none) = pdf_lines(&before) else { return };
        assert!(none.contains("委託先が委託元と共有したヒヤリハットはありません"), "{none}");
        for record in [&of_both, &last] {
            let text = pdf_lines(record).unwrap();
            assert_eq!(line_of(&text, "宛先の誤り"), ["宛先の誤り", "0", "2", "0", "0", "0", "2"]);
            assert_eq!(line_of(&text, "見えない内容の消し忘れ")[1..], ["0", "0", "1", "0", "0", "1"]);
            assert_eq!(line_of(&text, "計"), ["計", "0", "2", "1", "0", "0", "3"]);
            for absent in [handler.name.as_str(), "似た名前の事業所", "不審なメール", "置き忘れ"] {
                assert!(!text.contains(absent), "{absent} is in {text}");
            }
        }
    }
}
