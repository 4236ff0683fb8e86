use std::process::Command;

use super::steps::{attest, decide, held, write};
use crate::app::{App, both};

/// The words of a PDF without spaces, when there is a program that reads them.
fn words(app: &App, bytes: &[u8]) -> Option<String> {
    let name = app.base.replace(|c: char| !c.is_ascii_alphanumeric(), "");
    let file = std::env::temp_dir().join(format!("certificate-{}-{name}.pdf", std::process::id()));
    std::fs::write(&file, bytes).unwrap();
    let output = Command::new("pdftotext").args([file.as_os_str(), "-".as_ref()]).output();
    std::fs::remove_file(&file).unwrap();
    let Ok(output) = output else {
        eprintln!("pdftotext is not installed; nothing was checked");
        return None;
    };
    assert!(output.status.success());
    Some(String::from_utf8_lossy(&output.stdout).split_whitespace().collect())
}

both! {
    async fn the_certificate_says_everything_and_is_the_same_for_both_sides(app: App) {
        let held = held(&app, 2);
        let (officer, person) = (&held.mie.officer, held.person());
        let both: Vec<&str> = held.holdings.iter().map(String::as_str).collect();
        let path = write(person, &held.home, &both, &[]).await.path;
        let upload = person.get(&path).await.form("form[action$='/files']");
        upload.file("file", "消去後.png", b"\x89PNG\r\n\x1a\n after").submit().await;
        attest(person, &path).await;
        let certificate = format!("{path}/certificate");
        let Some(text) = words(&app, &person.download(&certificate).await) else { return };
        assert!(text.contains("委託元はまだ受理していません"));
        decide(officer, &path, "accept", "確認しました").await;
        let bytes = person.download(&certificate).await;
        assert!(bytes.starts_with(b"%PDF"));
        assert!(bytes == officer.download(&certificate).await, "both sides have the same");
        if let Ok(folder) = std::env::var("AZUKARI_KEEP") {
            std::fs::write(format!("{folder}/certificate.pdf"), &bytes).unwrap();
        }
        let text = words(&app, &bytes).unwrap();
        let hash = person.get(&path).await.texts(".code");
        for said in [
            "消去証明書", "令8子-12-1", "三重野県", "髙橋社会保険労務士事務所", "保育所等監査業務委託",
            "上書きによる消去", "専用のソフトウェアで3回", "ノートパソコン1台", "SN-0001", "令和8年4月1日", "髙橋𠮷之助",
            "𠮷田実", "﨑山葉子", "同じ日に消去した", "株式会社架空データ消去第7号", "給与", "本社2階", "監査用PC",
            "消去後.png", "所長", "受理した人", "﨑山officer", "確認しました",
        ] {
            assert!(text.contains(said), "{said} is not in {text}");
        }
        for hash in &hash {
            assert!(text.contains(hash.as_str()), "{hash}");
        }
        assert!(!text.contains("まだ受理していません") && !text.contains('⟦'));
        let english = words(&app, &officer.in_english().download(&certificate).await).unwrap();
        for said in ["Certificateoferasure", "Overwriting", "1April2026", "Acceptedby", "令8子-12-1"] {
            assert!(english.contains(said), "{said} is not in {english}");
        }
        assert!(!english.contains('⟦'));
    }

    async fn the_audit_record_has_the_disposals_that_were_attested(app: App) {
        let held = held(&app, 2);
        let attested = write(held.person(), &held.home, &[&held.holdings[0]], &[]).await.path;
        attest(held.person(), &attested).await;
        write(held.person(), &held.home, &[&held.holdings[1]], &[("quantity", "書きかけの数量")]).await;
        let page = held.mie.officer.get(&held.home).await;
        let issued = page.form("form[action$='/record']").submit().await;
        assert_eq!(issued.status, 303);
        let page = held.mie.officer.get(&held.home).await;
        let link = page.attributes("main a", "href").into_iter().find(|href| href.contains("/record")).unwrap();
        let Some(text) = words(&app, &held.mie.officer.download(&link).await) else { return };
        for said in ["返還・消去・廃棄", "消去証明書令8子-12-1", "ノートパソコン1台", "終わっていない保管が2件"] {
            assert!(text.contains(said), "{said}");
        }
        assert!(!text.contains("書きかけの数量"), "a draft isn't on record");
    }
}
