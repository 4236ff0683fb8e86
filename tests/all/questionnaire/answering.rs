//! One question: what is refused, what is kept, and what becomes of evidence.

use super::steps::{answered, sent};
use crate::app::{App, both};

both! {
    async fn an_answer_of_the_wrong_kind_is_said_and_kept(app: App) {
        let sent = sent(&app).await;
        let person = sent.representative();
        for (question, typed) in [("q01", "perhaps"), ("q01", ""), ("q04", "たくさん"), ("q04", "8761")] {
            let path = sent.question(question);
            let form = person.get(&path).await.form(&format!("form[action='{path}']"));
            let refused = form.set("answer", typed).set("remark", "のちほど").submit().await;
            assert_eq!((refused.status, refused.wrong_fields()), (422, vec!["answer".to_owned()]), "{typed}");
            let kept = refused.form(&format!("form[action='{path}']"));
            assert_eq!(kept.value("remark"), "のちほど");
            if question == "q04" {
                assert_eq!(kept.value("answer"), typed);
            }
        }
        assert!(!app.acts(sent.mie.id).contains(&"response.saved".to_owned()));
        let officer = &sent.mie.officer;
        assert_eq!(officer.get(&sent.question("q01")).await.status, 403);
        assert_eq!(person.get(&sent.question("q99")).await.status, 404);
    }

    async fn a_stale_answer_shows_both_texts_and_is_saved_knowingly(app: App) {
        let sent = sent(&app).await;
        let path = sent.question("q01");
        let page = sent.representative().get(&path).await;
        let quick = answered(&page, &path).set("remark", "先に書いた補足");
        assert_eq!(quick.submit().await.status, 303);
        let stale = answered(&page, &path).set("answer", "no").set("remark", "あとの補足").submit().await;
        assert_eq!(stale.status, 409);
        let conflict = stale.text("#conflict");
        assert!(conflict.contains("先に書いた補足") && conflict.contains("あとの補足"));
        let form = stale.form(&format!("form[action='{path}']"));
        assert_eq!((form.value("answer"), form.value("remark")), ("no", "あとの補足"));
        assert_eq!(form.submit().await.status, 303);
        assert!(sent.representative().get(&path).await.body.contains("あとの補足"));
    }

    async fn evidence_is_looked_at_kept_and_handed_to_both_sides(app: App) {
        let sent = sent(&app).await;
        let person = sent.representative();
        let path = sent.question("q01");
        let form = || async { person.get(&path).await.form("form[action$='/evidence']") };
        for (name, bytes) in [("a.pdf", b"<html>".to_vec()), ("a.exe", b"MZ".to_vec()), ("", vec![])] {
            let refused = form().await.file("evidence", name, &bytes).submit().await;
            assert_eq!((refused.status, refused.wrong_fields()), (422, vec!["evidence".to_owned()]), "{name}");
        }
        let large = vec![b'a'; 25 * 1024 * 1024 + 1];
        let refused = form().await.file("evidence", "a.txt", &large).submit().await;
        assert_eq!(refused.status, 413);
        assert!(refused.body.contains("25 MBを超えています"));

        let added = form().await.file("evidence", "体制図.pdf", b"%PDF-1.7 plan").submit().await;
        assert_eq!(added.status, 303);
        let file = added.attributes("a[download]", "href").remove(0);
        assert!(added.body.contains("体制図.pdf"));
        assert_eq!(sent.mie.officer.download(&file).await, b"%PDF-1.7 plan");
        assert_eq!(person.download(&file).await, b"%PDF-1.7 plan");
        let stranger = app.principal("津島町").officer;
        assert_eq!(stranger.get(&file).await.status, 404);
        let removed = added.form("form[action$='/removal']").submit().await;
        assert_eq!(removed.status, 303);
        assert!(!removed.has("a[download]"));
        assert!(!sent.mie.officer.get(&sent.home).await.body.contains("体制図.pdf"));
        let twice = added.form("form[action$='/removal']").submit().await;
        assert_eq!(twice.status, 404, "it is taken back already");
    }
}
