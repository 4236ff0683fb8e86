//! Answering and review as a browser without scripts does it.

use std::net::TcpListener;

use reqwest::header::{COOKIE, HOST, LOCATION};
use reqwest::multipart::{Form as Multipart, Part};
use reqwest::{Client, RequestBuilder, Response as Answer};

use super::model::tests::id;
use super::response_desk::Desk;
use super::*;
use crate::account;
use crate::actor::Member;
use crate::server;

struct Browser {
    client: Client,
    base: String,
    cookie: String,
}

fn serve(desk: &Desk) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    actix_web::rt::spawn(server::serve(desk.portal.clone(), listener, 1).unwrap());
    base
}

impl Browser {
    fn of(desk: &Desk, base: &str, member: &Member) -> Self {
        let cookie = desk
            .ctx(member)
            .write_now(|tx, ctx| account::open_session(tx, &ctx.portal, member.person_id))
            .unwrap();
        Self {
            client: Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap(),
            base: base.to_owned(),
            cookie: format!("{}={}", cookie.name(), cookie.value()),
        }
    }

    async fn get(&self, path: &str) -> Answer {
        let request = self.client.get(format!("{}{path}", self.base));
        self.send(request).await
    }

    /// Sends a request as a browser does that has the portal's own page open.
    async fn send(&self, request: RequestBuilder) -> Answer {
        request
            .header(HOST, "localhost:8080")
            .header("sec-fetch-site", "same-origin")
            .header(COOKIE, &self.cookie)
            .header("accept-language", "ja")
            .send()
            .await
            .unwrap()
    }

    async fn html(&self, path: &str) -> String {
        let answer = self.get(path).await;
        assert_eq!(answer.status(), 200, "{path}");
        answer.text().await.unwrap()
    }

    async fn csrf(&self) -> String {
        value(&self.html("/entrustments").await, "csrf")
    }

    async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let mut fields = fields.to_vec();
        let csrf = self.csrf().await;
        fields.push(("csrf", &csrf));
        let body = serde_html_form::to_string(&fields).unwrap();
        let request = self.client.post(format!("{}{path}", self.base)).body(body);
        self.send(request.header("content-type", "application/x-www-form-urlencoded")).await
    }

    async fn upload(&self, path: &str, csrf: &str, name: &str, bytes: Vec<u8>) -> Answer {
        let file = Part::bytes(bytes).file_name(name.to_owned());
        let form = Multipart::new().text("csrf", csrf.to_owned()).part("evidence", file);
        let request = self.client.post(format!("{}{path}", self.base)).multipart(form);
        self.send(request).await
    }
}

/// The value of the first hidden field of that name.
fn value(html: &str, name: &str) -> String {
    let start = format!("name=\"{name}\" value=\"");
    let rest = html.split(&start).nth(1).unwrap_or_else(|| panic!("no {name}"));
    rest.split('"').next().unwrap().to_owned()
}

fn desk() -> Desk {
    Desk::new(&Template::built_in().unwrap())
}

#[actix_web::test]
async fn a_question_is_saved_by_its_button_and_leads_to_the_next() {
    let desk = desk();
    let base = serve(&desk);
    let browser = Browser::of(&desk, &base, &desk.representative);
    let home = format!("/questionnaires/{}", desk.id);
    assert!(browser.html(&home).await.contains("回答を始める"));
    let page = browser.html(&format!("{home}/questions/q01")).await;
    assert_eq!(value(&page, "version"), "0");
    let path = format!("{home}/questions/q01");
    let empty = browser.post(&path, &[("version", "0"), ("remark", "のちほど")]).await;
    assert_eq!(empty.status(), 422);
    assert!(empty.text().await.unwrap().contains("のちほど"));
    let saved = browser.post(&path, &[("answer", "yes"), ("version", "0")]).await;
    assert_eq!(saved.status(), 303);
    assert_eq!(saved.headers()[LOCATION], format!("{home}/questions/q02"));
    assert!(browser.html(&home).await.contains("回答を続ける"));
    assert_eq!(browser.get(&format!("{home}/questions/nothing")).await.status(), 404);
    let officer = Browser::of(&desk, &base, &desk.officer);
    assert_eq!(officer.get(&path).await.status(), 403);
}

#[actix_web::test]
async fn a_stale_form_gets_both_texts_and_a_way_to_save_knowingly() {
    let desk = desk();
    let base = serve(&desk);
    let browser = Browser::of(&desk, &base, &desk.representative);
    let path = format!("/questionnaires/{}/questions/q01", desk.id);
    browser.post(&path, &[("answer", "yes"), ("remark", "一人目の補足"), ("version", "0")]).await;
    let mine = [("answer", "no"), ("remark", "二人目の補足"), ("version", "0")];
    let conflict = browser.post(&path, &mine).await;
    assert_eq!(conflict.status(), 409);
    let html = conflict.text().await.unwrap();
    assert!(html.contains("一人目の補足") && html.contains("二人目の補足"));
    let version = value(&html, "version");
    let knowingly = [("answer", "no"), ("remark", "二人目の補足"), ("version", version.as_str())];
    assert_eq!(browser.post(&path, &knowingly).await.status(), 303);
    assert_eq!(desk.response().latest(&id("q01")).unwrap().remark, "二人目の補足");
}

#[actix_web::test]
async fn drafts_are_kept_while_typing_and_leave_one_entry() {
    let desk = desk();
    let base = serve(&desk);
    let browser = Browser::of(&desk, &base, &desk.representative);
    let path = format!("/questionnaires/{}/questions/q01/draft", desk.id);
    let first = browser.post(&path, &[("remark", "書きかけ"), ("version", "0")]).await;
    assert_eq!(first.status(), 200);
    let json: serde_json::Value = serde_json::from_str(&first.text().await.unwrap()).unwrap();
    assert_eq!(json["version"], 1);
    assert_eq!(json["saved_at"], "09:00");
    let second = browser.post(&path, &[("remark", "書きかけ2"), ("version", "1")]).await;
    assert_eq!(second.status(), 200);
    let stale = browser.post(&path, &[("remark", "古い"), ("version", "1")]).await;
    assert_eq!(stale.status(), 409);
    let json: serde_json::Value = serde_json::from_str(&stale.text().await.unwrap()).unwrap();
    assert_eq!(json["fields"]["remark"], "書きかけ2");
    let acts = desk.acts();
    assert_eq!(acts.iter().filter(|act| *act == "response.drafted").count(), 1);
    assert_eq!(desk.response().questionnaire.answered, 0);
}

#[actix_web::test]
async fn evidence_is_checked_stored_encrypted_and_handed_to_both_sides() {
    let desk = desk();
    let base = serve(&desk);
    let browser = Browser::of(&desk, &base, &desk.representative);
    let home = format!("/questionnaires/{}", desk.id);
    let path = format!("{home}/questions/q01/evidence");
    let csrf = browser.csrf().await;
    assert_eq!(browser.upload(&path, "wrong", "a.pdf", b"%PDF-1.7".to_vec()).await.status(), 403);
    assert_eq!(browser.upload(&path, &csrf, "a.pdf", b"<html>".to_vec()).await.status(), 422);
    assert_eq!(browser.upload(&path, &csrf, "a.pdf", vec![]).await.status(), 422);
    let large = vec![b'a'; evidence::MAX_SIZE + 1];
    let refused = browser.upload(&path, &csrf, "a.txt", large).await;
    assert_eq!(refused.status(), 413);
    assert!(refused.text().await.unwrap().contains("25 MBを超えています"));
    assert!(desk.response().evidence.is_empty());
    let bytes = b"%PDF-1.7 evidence".to_vec();
    let added = browser.upload(&path, &csrf, "体制図.pdf", bytes.clone()).await;
    assert_eq!(added.status(), 303);
    let row = desk.response().evidence[0].clone();
    assert_eq!(row.file_name, "体制図.pdf");
    assert!(browser.html(&format!("{home}/questions/q01")).await.contains("体制図.pdf"));
    let file = format!("{home}/evidence/{}", row.id);
    let officer = Browser::of(&desk, &base, &desk.officer);
    let got = officer.get(&file).await;
    assert_eq!(got.headers()["content-security-policy"], "sandbox; default-src 'none'");
    assert!(got.headers()["content-disposition"].to_str().unwrap().starts_with("attachment;"));
    assert_eq!(got.bytes().await.unwrap(), bytes);
    let removed = browser.post(&format!("{file}/removal"), &[]).await;
    assert_eq!(removed.status(), 303);
    assert_eq!(desk.response().evidence_of(&id("q01")).count(), 0);
    assert!(desk.acts().iter().any(|act| act == "evidence.removed"));
}

#[actix_web::test]
async fn attesting_and_reviewing_by_forms() {
    let desk = desk();
    let base = serve(&desk);
    let browser = Browser::of(&desk, &base, &desk.representative);
    let home = format!("/questionnaires/{}", desk.id);
    let early = browser.post(&format!("{home}/attestation"), &[("name", "髙橋")]).await;
    assert_eq!(early.status(), 422);
    assert!(early.text().await.unwrap().contains("/questions/q01"));
    desk.answer_all();
    let shown = value(&browser.html(&format!("{home}/check")).await, "shown");
    let without = [("name", "髙橋"), ("title", "代表"), ("shown", shown.as_str())];
    assert_eq!(browser.post(&format!("{home}/attestation"), &without).await.status(), 422);
    let mut pledge = without.to_vec();
    pledge.push(("consent", "on"));
    let mut outdated = pledge.clone();
    outdated[2].1 = "00";
    assert_eq!(browser.post(&format!("{home}/attestation"), &outdated).await.status(), 409);
    let given = browser.post(&format!("{home}/attestation"), &pledge).await;
    assert_eq!(given.headers()[LOCATION], format!("{home}/done"));
    assert!(browser.html(&format!("{home}/done")).await.contains("受付番号"));
    let receipt = |browser: Browser| async move {
        browser.get(&format!("{home}/receipt")).await.bytes().await.unwrap()
    };
    let officer = Browser::of(&desk, &base, &desk.officer);
    let home = format!("/questionnaires/{}", desk.id);
    let page = officer.html(&home).await;
    let version = value(&page, "version");
    let missing =
        [("version", version.as_str()), ("decision_q01", "returned"), ("comment_q01", "")];
    let refused = officer.post(&format!("{home}/review"), &missing).await;
    assert_eq!(refused.status(), 422);
    let decided = [
        ("version", version.as_str()),
        ("decision_q01", "returned"),
        ("comment_q01", "体制図が古い"),
        ("act", "finish"),
    ];
    assert_eq!(officer.post(&format!("{home}/review"), &decided).await.status(), 422);
    let stale = officer.post(&format!("{home}/review"), &decided).await;
    assert_eq!(stale.status(), 409);
    let version = value(&stale.text().await.unwrap(), "version");
    let rest = [
        ("version", version.as_str()),
        ("decision_q01", "returned"),
        ("comment_q01", "体制図が古い"),
        ("act", "accept_rest"),
    ];
    assert_eq!(officer.post(&format!("{home}/review"), &rest).await.status(), 303);
    let version = value(&officer.html(&home).await, "version");
    let finish = [("version", version.as_str()), ("act", "finish")];
    assert_eq!(officer.post(&format!("{home}/review"), &finish).await.status(), 303);
    let tasks = browser.html(&home).await;
    assert!(tasks.contains("差し戻された質問") && tasks.contains("体制図が古い"));
    let asked = browser.html(&format!("{home}/questions/q01")).await;
    assert!(asked.contains("差戻しの理由") && asked.contains("体制図が古い"));
    assert!(browser.html(&format!("{home}/rounds")).await.contains("第2回"));
    let first = receipt(browser).await;
    assert!(first.starts_with(b"%PDF"));
    let browser = Browser::of(&desk, &base, &desk.representative);
    assert_eq!(browser.get(&format!("{home}/receipt")).await.bytes().await.unwrap(), first);
}
