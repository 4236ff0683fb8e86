//! The secret is rotated while the portal runs: nothing ends, nothing is lost.

use azukari::ledger;
use azukari::secret::Secret;

use crate::app::{App, Person, both};
use crate::questionnaire::steps::{Sent, sent};

/// Hands evidence in; gives where it is read.
async fn hand_in(sent: &Sent, bytes: &[u8]) -> String {
    let page = sent.representative().get(&sent.question("q01")).await;
    let form = page.form("form[action$='/evidence']");
    let added = form.file("evidence", "体制図.pdf", bytes).submit().await;
    assert_eq!(added.status, 303, "{}", added.text("main"));
    added.attributes("a[download]", "href").remove(0)
}

fn checkpoint(app: &App, sent: &Sent) -> ledger::Checkpoint {
    ledger::checkpoint(&mut app.connection(), sent.mie.id, &app.portal.signer).unwrap()
}

async fn is_in(person: &Person) -> bool {
    person.get("/entrustments").await.status == 200
}

both! {
    async fn a_rotation_ends_nothing_and_loses_nothing(app: App) {
        let sent = sent(&app).await;
        let officer = &sent.mie.officer;
        let device = officer.set_up_app(&app.clock).await;
        let evidence = hand_in(&sent, b"%PDF-1.7 before").await;
        let open = sent.representative().get(&sent.question("q01")).await;
        let head = checkpoint(&app, &sent);
        let old = app.portal.secret.newest_id();

        let (code, said) = app.run(&["secret", "rotate"]);
        assert_eq!(code, 0, "{said}");
        assert!(said.contains("seeds of authenticator apps: 1 renewed"), "{said}");
        assert!(said.contains("client secrets of identity providers: 0 renewed"), "{said}");

        // The portal reads the file again as soon as it meets something under the new key.
        assert_eq!(app.portal.secret.newest_id(), old);
        for _ in 0..2 {
            assert!(is_in(officer).await);
            assert_eq!(officer.download(&evidence).await, b"%PDF-1.7 before");
            let form = open.form("form[action$='/evidence']");
            let added = form.file("evidence", "追加.pdf", b"%PDF-1.7 after").submit().await;
            assert_eq!(added.status, 303, "the form was open when the secret was rotated");
            let browser = app.visitor();
            let page = browser.sign_in_with(&officer.email, crate::app::PASSWORD, &device).await;
            assert_eq!(page.status, 303, "{}", page.text("main"));
            assert!(is_in(&browser).await);
            app.clock.advance(chrono::Duration::seconds(30));
        }
        assert_eq!(app.portal.secret.ids().len(), 2);
        assert!(!app.portal.secret.refresh(), "it has done so");

        let (code, said) = app.run(&["secret", "remove", &old]);
        assert_eq!(code, 1);
        assert!(said.contains("--at-once"), "{said}");
        let (code, said) = app.run(&["secret", "remove", &old, "--at-once"]);
        assert_eq!(code, 0, "{said}");
        assert!(app.portal.secret.refresh());
        assert!(!is_in(officer).await, "what the removed key signed counts no longer");
        let browser = app.visitor();
        let page = browser.sign_in_with(&officer.email, crate::app::PASSWORD, &device).await;
        assert_eq!(page.status, 303, "{}", page.text("main"));
        assert_eq!(browser.download(&evidence).await, b"%PDF-1.7 before");

        // A portal that is started anew has the file alone.
        let kept = Secret::load(app.portal.secret.file().unwrap()).unwrap();
        assert!(!kept.ids().contains(&old));
        let signer = ledger::Signer::new(app.portal.settings.host(), &kept.signer_seed());
        assert!(signer.verify(&head.note), "an old checkpoint still verifies");
        let size = i64::try_from(head.size).unwrap();
        let again =
            ledger::checkpoint_at(&mut app.connection(), sent.mie.id, size, &signer).unwrap();
        assert_eq!(again, head);
        let folder = tempfile::tempdir().unwrap();
        let record = folder.path().join("record.pdf");
        let own = sent.entrustment.to_string();
        let (code, said) = app.run(&["record", &own, "--out", record.to_str().unwrap()]);
        assert_eq!(code, 0, "{said}");
    }

    async fn the_status_tells_what_is_kept_under_which_key(app: App) {
        app.principal("三重野県");
        let old = app.portal.secret.newest_id();
        let (code, said) = app.run(&["secret", "status"]);
        assert_eq!(code, 0, "{said}");
        assert!(said.contains(&format!("{old}  newest; 1 keys of organisations' files")), "{said}");
        // A key that was put before the others by hand.
        let text = app.portal.secret.rotated_text("2025-04-01".parse().unwrap());
        std::fs::write(app.portal.secret.file().unwrap(), text).unwrap();
        let (_, said) = app.run(&["secret", "status"]);
        assert!(said.contains("since 2025-04-01, newest; nothing is kept under it yet"), "{said}");
        assert!(said.contains(&format!("{old}  needed for 1 keys")), "{said}");
        let (code, said) = app.run(&["secret", "rewrap"]);
        assert_eq!(code, 0, "{said}");
        assert!(said.contains(&format!("azukari secret remove {old}")), "{said}");
        assert!(said.contains("from 2025-05-31 on"), "{said}");
        assert_eq!(app.run(&["secret", "remove", &old]).0, 0, "it is past that day");
        assert_eq!(app.run(&["secret", "remove", &old]).0, 1, "there is no such key any more");
        let (_, said) = app.run(&["secret", "status"]);
        assert!(!said.contains(&old), "{said}");
    }

    async fn removing_a_key_renews_first_what_is_kept_under_it(app: App) {
        let mie = app.principal("三重野県");
        let old = app.portal.secret.newest_id();
        let text = app.portal.secret.rotated_text("2025-04-01".parse().unwrap());
        std::fs::write(app.portal.secret.file().unwrap(), text).unwrap();
        let (code, said) = app.run(&["secret", "remove", &old]);
        assert_eq!(code, 0, "{said}");
        let kept = Secret::load(app.portal.secret.file().unwrap()).unwrap();
        let key = azukari::organisation::wrapped_key(&mut app.connection(), mie.id).unwrap();
        assert!(key.0.starts_with(&format!("{}:", kept.newest_id())));
    }

    async fn a_secret_of_the_environment_is_printed_and_not_changed(app: App) {
        app.principal("三重野県");
        let file = app.portal.secret.file().unwrap();
        let text = std::fs::read_to_string(file).unwrap();
        let said = |text: &str, words: &[&str]| {
            let done = app.command(words).env("AZUKARI_SECRET", text).output().unwrap();
            (done.status.success(), String::from_utf8([done.stdout, done.stderr].concat()).unwrap())
        };
        let (done, refused) = said(&text, &["secret", "rotate"]);
        assert!(!done && refused.contains("--print"), "{refused}");
        let (done, printed) = said(&text, &["secret", "rotate", "--print"]);
        assert!(done);
        let rotated = Secret::parse(&printed).unwrap();
        assert_eq!(rotated.ids()[1..], app.portal.secret.ids());
        let (done, renewed) = said(&printed, &["secret", "rewrap"]);
        assert!(done && renewed.contains("files: 1 renewed"), "{renewed}");
        let old = app.portal.secret.newest_id();
        let (done, alone) = said(&printed, &["secret", "remove", &old, "--at-once", "--print"]);
        assert!(done, "{alone}");
        let alone = Secret::parse(&alone).unwrap();
        assert_eq!(alone.ids(), [rotated.newest_id()]);
        assert_eq!(alone.signer_seed(), app.portal.secret.signer_seed());
        assert_eq!(std::fs::read_to_string(file).unwrap(), text, "the file stays as it was");
    }
}
