use crate::app::{App, both};
use crate::questionnaire::steps::{answer_all, answered, attest, sent};

both! {
    async fn what_changed_since_it_was_shown_is_not_attested(app: App) {
        let sent = sent(&app).await;
        let person = sent.representative();
        answer_all(person, &sent.home).await;
        let page = person.get(&format!("{}/check", sent.home)).await;
        let path = sent.question("q01");
        let changed = answered(&person.get(&path).await, &path).set("remark", "書き直した補足");
        assert_eq!(changed.submit().await.status, 303);
        let form = page.form("form[action$='/attestation']");
        let late = form.set_all(&[("title", "所長"), ("name", "髙橋")]).check("consent", "on").submit().await;
        assert_eq!(late.status, 409);
        assert!(late.body.contains("書き直した補足"));
        assert!(!app.acts(sent.mie.id).contains(&"attestation.given".to_owned()));
        let read = late.form("form[action$='/attestation']");
        assert_eq!(read.value("name"), "髙橋", "what was typed stays");
    }

    async fn the_receipt_is_the_same_for_both_sides_and_nobody_else(app: App) {
        let sent = sent(&app).await;
        let person = sent.representative();
        let receipt = format!("{}/receipt", sent.home);
        assert_eq!(person.get(&receipt).await.status, 404, "nothing is attested yet");
        answer_all(person, &sent.home).await;
        assert_eq!(attest(person, &sent.home).await.status, 303);
        let own = person.download(&receipt).await;
        assert!(own.starts_with(b"%PDF"));
        assert_eq!(sent.mie.officer.download(&receipt).await, own);
        assert_eq!(app.principal("津島町").officer.get(&receipt).await.status, 404);
        let token = person.get(&sent.home).await.attributes("input[name=csrf]", "value").remove(0);
        let officer = sent.mie.officer.get(&sent.home).await;
        let other = officer.attributes("input[name=csrf]", "value").remove(0);
        let path = format!("{}/attestation", sent.home);
        assert_eq!(sent.mie.officer.post(&path, &[("csrf", &other)]).await.status, 403);
        assert_eq!(person.post(&path, &[("csrf", &token)]).await.status, 409, "it is handed in");
    }
}
