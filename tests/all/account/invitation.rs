use azukari::organisation::contractor::ContractorId;

use crate::app::{App, PASSWORD, Page, Person, Principal, both, contractor};

/// Invites a registered contractor from its page and gives the path of the link.
async fn invite(app: &App, officer: &Person, id: ContractorId) -> String {
    let page = officer.get(&format!("/contractors/{id}")).await;
    let sent = page.form(&format!("form[action='/contractors/{id}/invitation']")).submit().await;
    assert_eq!(sent.status, 303);
    app.link_in_last_mail()
}

async fn accept(person: &Person, link: &str) -> Page {
    let form = person.get(link).await.main_form();
    form.set("password", PASSWORD).set("password_again", PASSWORD).submit().await
}

fn registered(app: &App, name: &str) -> (Principal, ContractorId) {
    let principal = app.principal("三重野県");
    let id = app.contractor(&principal, &contractor(name));
    (principal, id)
}

both! {
    async fn the_invited_sets_a_password_and_joins(app: App) {
        let (principal, id) = registered(&app, "髙橋社会保険労務士事務所");
        let link = invite(&app, &principal.officer, id).await;
        let invited = app.visitor();
        let page = invited.get(&link).await;
        assert_eq!(page.main_form().value("name"), "髙橋 𠮷之助");
        assert_eq!(accept(&invited, &link).await.status, 303);
        invited.set_up_app(&app.clock).await;
        let list = invited.get("/entrustments").await;
        assert_eq!(list.status, 200);
        assert!(list.text(".person").contains("髙橋社会保険労務士事務所"));
        let shown = principal.officer.get(&format!("/contractors/{id}")).await;
        assert!(shown.body.contains("「預かり」を利用しています"));
    }

    async fn a_link_is_good_for_one_use(app: App) {
        let (principal, id) = registered(&app, "髙橋");
        let link = invite(&app, &principal.officer, id).await;
        let waiting = app.visitor().get(&link).await.main_form();
        assert_eq!(accept(&app.visitor(), &link).await.status, 303);
        assert_eq!(app.visitor().get(&link).await.status, 410);
        let late = waiting.set("password", PASSWORD).set("password_again", PASSWORD).submit().await;
        assert_eq!(late.status, 410);
    }

    async fn a_link_dies_after_fourteen_days_and_when_a_newer_one_is_sent(app: App) {
        let (principal, id) = registered(&app, "髙橋");
        let first = invite(&app, &principal.officer, id).await;
        let second = invite(&app, &principal.officer, id).await;
        assert_eq!(app.visitor().get(&first).await.status, 410);
        assert_eq!(app.visitor().get(&second).await.status, 200);
        app.clock.advance(chrono::Duration::days(14));
        let late = app.visitor().get(&second).await;
        assert_eq!(late.status, 410);
        assert_eq!(late.text("h1"), "このリンクは使えません");
    }

    async fn a_forged_link_opens_nothing(app: App) {
        let (principal, id) = registered(&app, "髙橋");
        let link = invite(&app, &principal.officer, id).await;
        let (head, signature) = link.rsplit_once('.').unwrap();
        let turned: String = signature.chars().rev().collect();
        for forged in [format!("{head}.{turned}"), format!("{head}."), "/invitation/x".to_owned()] {
            assert_eq!(app.visitor().get(&forged).await.status, 410, "{forged}");
        }
        let session = principal.officer.cookies();
        let (_, token) = session.split_once("azukari-session=").unwrap();
        let token = token.split(';').next().unwrap();
        let other_purpose = app.visitor().get(&format!("/invitation/{token}")).await;
        assert_eq!(other_purpose.status, 410);
    }

    async fn a_short_or_mistyped_password_is_said_at_its_field(app: App) {
        let (principal, id) = registered(&app, "髙橋");
        let link = invite(&app, &principal.officer, id).await;
        let visitor = app.visitor();
        let form = || async { visitor.get(&link).await.main_form() };
        let short = form().await.set("password", "みじかい").submit().await;
        assert_eq!((short.status, short.wrong_fields()), (422, vec!["password".to_owned()]));
        let typed = form().await.set("password", PASSWORD).set("password_again", "ちがう").submit().await;
        assert_eq!((typed.status, typed.wrong_fields()), (422, vec!["password_again".to_owned()]));
        assert!(!typed.body.contains(PASSWORD));
        assert_eq!(visitor.get(&link).await.status, 200, "the link is still good");
    }

    async fn one_account_serves_several_principals(app: App) {
        let mie = app.principal("三重野県");
        let town = app.principal("津島町");
        let mut new = contractor("髙橋");
        let at_mie = app.contractor(&mie, &new);
        "髙橋社労士".clone_into(&mut new.name);
        let at_town = app.contractor(&town, &new);
        let person = app.visitor();
        let link = invite(&app, &mie.officer, at_mie).await;
        accept(&person, &link).await;
        let link = invite(&app, &town.officer, at_town).await;
        let page = app.visitor().get(&link).await;
        let wrong = page.main_form().set("password", "間違ったパスワードです").submit().await;
        assert_eq!((wrong.status, wrong.wrong_fields()), (422, vec!["password".to_owned()]));
        let joined = page.main_form().set("password", PASSWORD).submit().await;
        assert_eq!(joined.status, 303);
        let shown = town.officer.get(&format!("/contractors/{at_town}")).await;
        assert!(shown.body.contains("「預かり」を利用しています"));
    }

    async fn an_administrator_invites_a_member_and_nobody_else_does(app: App) {
        let principal = app.principal("三重野県");
        let page = principal.administrator.get("/members/new").await;
        let empty = page.main_form().submit().await;
        assert_eq!((empty.status, empty.wrong_fields()), (422, vec!["name".into(), "email".into(), "role".into()]));
        let sent = page
            .main_form()
            .set_all(&[("name", "𠮷田"), ("email", "yoshida@pref.example"), ("role", "auditor")])
            .submit()
            .await;
        assert_eq!((sent.status, &*sent.path), (303, "/members"));
        let link = app.link_in_last_mail();
        let invited = app.visitor();
        assert_eq!(accept(&invited, &link).await.status, 303);
        invited.set_up_app(&app.clock).await;
        assert_eq!(invited.get("/contractors/new").await.status, 403, "an auditor only reads");
        assert!(principal.administrator.get("/members").await.body.contains("𠮷田"));
        for other in [&principal.officer, &principal.approver, &principal.auditor] {
            assert_eq!(other.get("/members").await.status, 403);
        }
    }

    async fn the_mail_names_nobody_but_the_addressee(app: App) {
        let (principal, id) = registered(&app, "髙橋社会保険労務士事務所");
        for (person, language) in
            [(principal.officer.clone(), "ja"), (principal.officer.in_english(), "en")]
        {
            let link = invite(&app, &person, id).await;
            let mail = app.mails().pop().unwrap();
            let text = format!(
                "To: {} <{}>\nSubject: {}\n\n{}",
                mail.to_name,
                mail.to_address.replace(|c: char| c.is_ascii_digit(), ""),
                mail.subject,
                mail.text_body.replace(&link, "/invitation/TOKEN").replace(&app.base, "BASE"),
            );
            crate::app::snapshot(&format!("mail_invitation_{language}"), &text);
            assert!(mail.html_body.contains(&link));
        }
    }
}
