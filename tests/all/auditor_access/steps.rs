use azukari::actor::Role;
use azukari::clock::Timestamp;
use azukari::database::schema::person;
use azukari::entrustment::EntrustmentId;
use chrono::{Duration, NaiveDate};
use diesel::prelude::*;

use crate::app::{App, Page, Person, Principal, entrustment};

/// A principal with an entrustment of which its auditor knows nothing yet.
pub struct Audited {
    pub mie: Principal,
    /// An auditor to whom nothing is named.
    pub auditor: Person,
    pub id: EntrustmentId,
    /// The entrustment's page.
    pub home: String,
}

pub fn audited(app: &App) -> Audited {
    let mie = app.principal("三重野県");
    let contractor = app.joined_contractor(&mie, "髙橋");
    let new = entrustment(contractor.id, mie.division, "令8子-12", "保育所等監査業務委託");
    let id = app.entrustment(&mie, &new);
    let mut auditor = app.member(mie.id, Role::Auditor, None);
    // Another name than the principal's other auditor has.
    "監査 花子".clone_into(&mut auditor.name);
    diesel::update(person::table.filter(person::email.eq(&auditor.email)))
        .set(person::name.eq(&auditor.name))
        .execute(&mut app.connection())
        .unwrap();
    Audited { mie, auditor, id, home: format!("/entrustments/{id}") }
}

/// Fills the form in for the auditor who came last, and sends it.
pub async fn ask(person: &Person, home: &str, days: (&str, &str), below: bool) -> Page {
    let page = person.get(&format!("{home}/auditor-access/new")).await;
    assert_eq!(page.status, 200);
    let auditor =
        page.attributes("select[name=auditor] option", "value").into_iter().max().unwrap();
    let form = page.main_form().set_all(&[
        ("auditor", &auditor),
        ("from_on", days.0),
        ("until_on", days.1),
        ("purpose", "令和8年度 定期監査"),
    ]);
    let form = if below { form } else { form.uncheck("with_below") };
    form.submit().await
}

/// Somebody else approves what was asked for.
pub async fn grant(person: &Person, path: &str) -> Page {
    let form = person.get(path).await.form("main form[action$='/decision']");
    form.set("decision", "granted").submit().await
}

/// A moment by Japan's clock.
pub fn jst(day: (i32, u32, u32), hour: u32, minute: u32) -> Timestamp {
    let day = NaiveDate::from_ymd_opt(day.0, day.1, day.2).unwrap();
    day.and_hms_opt(hour, minute, 0).unwrap() - Duration::hours(9)
}
