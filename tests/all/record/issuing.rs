use std::process::Command;

use crate::app::{App, both};
use crate::questionnaire::steps::{answer_all, approve, attest, sent};

both! {
    async fn one_state_has_one_record_and_a_change_has_another(app: App) {
        let sent = sent(&app).await;
        let officer = &sent.mie.officer;
        answer_all(sent.representative(), &sent.home).await;
        assert_eq!(attest(sent.representative(), &sent.home).await.status, 303);
        approve(officer, &sent.home).await;
        let own = format!("/entrustments/{}", sent.entrustment);
        let issue = || async { officer.get(&own).await.form("form[action$='/record']").submit().await };
        let records = |page: &crate::app::Page| page.attributes(".task a[href*='/records/']", "href");
        let first = issue().await;
        assert_eq!((first.status, &first.path), (303, &own));
        let listed = records(&first);
        assert_eq!(listed.len(), 1);
        let path = listed.first().unwrap();
        let bytes = officer.download(path).await;
        assert!(bytes.starts_with(b"%PDF"));
        assert_eq!(records(&issue().await), listed, "the same state is the same record");
        assert_eq!(officer.download(path).await, bytes);
        assert_eq!(sent.representative().download(path).await, bytes);
        assert_eq!(app.acts(sent.mie.id).iter().filter(|act| *act == "record.issued").count(), 1);

        let edit = officer.get(&format!("{own}/edit")).await.main_form();
        assert_eq!(edit.set("persons", "50").submit().await.status, 303);
        assert_eq!(records(&issue().await).len(), 2);
        assert_eq!(officer.download(path).await, bytes, "what was issued stays");
        check_with_qpdf(&bytes);
    }
}

fn check_with_qpdf(bytes: &[u8]) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("record.pdf");
    std::fs::write(&path, bytes).unwrap();
    let Ok(done) = Command::new("qpdf").arg("--check").arg(&path).output() else {
        return; // Without the tool there is nothing to check with.
    };
    let said = String::from_utf8_lossy(&done.stdout) + String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success() && !said.contains("WARNING"), "{said}");
}
