//! What members are told, in both languages.

use azukari::actor::Role;
use azukari::database::Kind;
use azukari::database::schema::person as t;
use diesel::prelude::*;

use super::member_of;
use crate::app::{App, entrustment, snapshot};

fn shown(app: &App, kind: &str, language: &str) {
    let mail = app.last_mail(kind);
    let text = format!(
        "To: {} <{}>\nSubject: {}\n\n{}",
        mail.to_name,
        mail.to_address.replace(|c: char| c.is_ascii_digit(), ""),
        mail.subject,
        mail.text_body.replace(&app.base, "BASE"),
    );
    snapshot(&format!("mail_{kind}_{language}"), &text);
}

async fn words_in(language: &str) {
    let app = App::spawn(Kind::Sqlite);
    let mie = app.principal("三重野県");
    let second = app.member(mie.id, Role::Officer, Some(mie.division));
    diesel::update(t::table).set(t::language.eq(language)).execute(&mut app.connection()).unwrap();
    let contractor = app.contractor(&mie, &crate::app::contractor("髙橋"));
    let id = app.entrustment(&mie, &entrustment(contractor, mie.division, "令8子-12", "監査"));
    take(&app, &mie.officer.email, &id.to_string());
    mie.officer.set_up_app(&app.clock).await;
    let home = member_of(&mie.administrator, &mie.officer.email).await;
    let form = mie.administrator.get(&home).await.form("form[action$='/factor-reset']");
    assert_eq!(form.submit().await.status, 303);
    shown(&app, "factors_reset", language);
    let form = mie.administrator.get(&format!("{home}/edit")).await.main_form();
    assert_eq!(form.set("role", "officer").submit().await.status, 303);
    shown(&app, "member_changed", language);
    let heir = member_of(&mie.administrator, &second.email).await;
    let page = mie.administrator.get(&format!("{home}/leaving")).await;
    let left = page.main_form().set("successor", heir.rsplit('/').next().unwrap()).submit().await;
    assert_eq!(left.status, 303, "{}", left.body);
    shown(&app, "member_disabled", language);
    shown(&app, "duties_handed_over", language);
    let form = mie.administrator.get(&home).await.form("form[action$='/return']");
    assert_eq!(form.submit().await.status, 303);
    shown(&app, "member_enabled", language);
}

/// Gives an entrustment to an officer, as registering it does.
fn take(app: &App, email: &str, id: &str) {
    use azukari::database::schema::entrustment as e;
    let person: String =
        t::table.filter(t::email.eq(email)).select(t::id).first(&mut app.connection()).unwrap();
    diesel::update(e::table.filter(e::id.eq(id)))
        .set(e::officer_id.eq(person))
        .execute(&mut app.connection())
        .unwrap();
}

#[tokio::test]
async fn the_words_of_every_mail_in_japanese() {
    words_in("ja").await;
}

#[tokio::test]
async fn the_words_of_every_mail_in_english() {
    words_in("en").await;
}
