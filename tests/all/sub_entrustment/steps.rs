//! The steps of a sub-entrustment.

use azukari::entrustment::{EntrustmentId, HandlingRules, ItemMark, NewEntrustment, NewItem};

use crate::app::{App, ContractorSide, FilledForm, PASSWORD, Page, Person, Principal, entrustment};

/// An entrustment of a prefecture with a contractor.
pub struct Entrusted {
    pub mie: Principal,
    pub first: ContractorSide,
    pub id: EntrustmentId,
    /// The path of its applications.
    pub list: String,
}

/// An entrustment under these rules, with an item of this mark.
pub fn entrusted(app: &App, rules: HandlingRules, mark: ItemMark) -> Entrusted {
    let mie = app.principal("三重野県");
    let first = app.joined_contractor(&mie, "髙橋社会保険労務士事務所");
    let new = entrustment(first.id, mie.division, "令8子-12", "保育所等監査業務委託");
    let item = |name: &str, mark| NewItem { name: name.to_owned(), mark, under: String::new() };
    let items = vec![item("氏名", ItemMark::None), item("番号", mark)];
    let id = app.entrustment(&mie, &NewEntrustment { rules, items, ..new });
    Entrusted { mie, first, id, list: format!("/entrustments/{id}/sub-entrustments") }
}

/// The form of an application, filled in, with every item.
pub async fn filled(person: &Person, list: &str, name: &str) -> FilledForm {
    let page = person.get(&format!("{list}/new")).await;
    assert_eq!(page.status, 200, "{}", page.body);
    let form = page.main_form().set_all(&[
        ("name", name),
        ("address", "三重野県津島市1-1"),
        ("representative", "𠮷田 一郎"),
        ("email", "yoshida@data.example"),
        ("phone", "059-000-0000"),
        ("reason", "大量の入力のため"),
        ("scope", "調査票の入力"),
        ("persons", "40"),
        ("starts_on", "R8.5.1"),
        ("ends_on", "R9.3.31"),
        ("place", "本社"),
        ("safety", "端末の暗号化"),
        ("supervision", "月1回の報告"),
    ]);
    let items = page.attributes("input[name=items]", "value");
    assert!(!items.is_empty());
    items.iter().fold(form, |form, item| form.check("items", item))
}

/// Applies; gives the application's page.
pub async fn applied(person: &Person, list: &str, name: &str) -> Page {
    let page = filled(person, list, name).await.submit().await;
    assert_eq!(page.status, 303, "{:?}", page.wrong_fields());
    page
}

/// The form of the decision with an approval until this day.
pub async fn approval(approver: &Person, application: &str, until: &str) -> FilledForm {
    let page = approver.get(&format!("{application}/decision")).await;
    assert_eq!(page.status, 200);
    page.main_form().set_all(&[
        ("decision", "approved"),
        ("conditions", "国内に限る"),
        ("permitted_until", until),
        ("further_rule", "with_approval"),
    ])
}

/// Approves; gives the path of the entrustment below.
pub async fn approved(approver: &Person, application: &str, until: &str) -> String {
    let page = approval(approver, application, until).await.submit().await;
    assert_eq!(page.status, 303, "{:?}", page.wrong_fields());
    let links = page.attributes("dd a[href^='/entrustments/']", "href");
    links.into_iter().next().unwrap_or_else(|| panic!("no entrustment below: {}", page.body))
}

/// Invites the contractor of an application's entrustment and accepts as its representative.
pub async fn joined(app: &App, officer: &Person, application: &str) -> Person {
    let page = officer.get(application).await;
    let register = page.attributes("a[href^='/contractors/']", "href").remove(0);
    officer.get(&register).await.form("form[action$=invitation]").submit().await;
    let person = app.visitor();
    let form = person.get(&app.link_in_last_mail()).await.main_form();
    let page = form.set("password", PASSWORD).set("password_again", PASSWORD).submit().await;
    assert_eq!(page.status, 303, "{:?}", page.wrong_fields());
    person.set_up_app(&app.clock).await;
    person
}
