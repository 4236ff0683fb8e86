//! The clocks: what is due stands on the page and at home, is reminded of once, and is counted.

use chrono::Duration;

use super::assessment::released;
use super::timeline::reported;
use crate::app::{App, both};
use crate::handover::two;

fn told(app: &App, kind: &str) -> usize {
    app.mails().iter().filter(|mail| mail.kind == kind).count()
}

both! {
    async fn what_is_due_is_reminded_of_once_until_it_is_filed(app: App) {
        let two = two(&app);
        let incident = reported(&two).await;
        let page = two.mie.officer.get(&incident).await;
        assert!(page.body.contains("気づいてから0時間（1日目）"), "{}", page.body);
        assert!(page.body.contains("委託元の速報") && page.body.contains("期限内に済み"));
        let shown = two.office.representative.get(&format!("{incident}/clock")).await;
        assert_eq!(shown.status, 200);
        page.form("form[action$='/open']").submit().await;
        assert!(two.mie.officer.get("/").await.has(".task .deadline"), "the next clock is at home");
        for _ in 0..2 {
            app.clock.advance(Duration::days(1));
            app.run_jobs();
        }
        assert_eq!(told(&app, "incident_preliminary_opens"), 1);
        app.run_jobs();
        for _ in 0..2 {
            app.clock.advance(Duration::days(1));
            app.run_jobs();
        }
        assert_eq!(told(&app, "incident_preliminary_opens"), 1, "once");
        assert_eq!(told(&app, "incident_preliminary_last_day"), 1);
        let mail = app.last_mail("incident_preliminary_last_day");
        assert!(!mail.text_body.contains("職員名簿") && mail.text_body.contains(&incident));
        app.comes_back(&two.mie.officer);
        let filing = format!("{incident}/report/filings/new?kind=preliminary");
        assert_eq!(two.mie.officer.get(&filing).await.main_form().submit().await.status, 303);
        app.clock.advance(Duration::days(2));
        app.run_jobs();
        assert_eq!(told(&app, "incident_preliminary_late"), 0);
        assert!(app.acts(two.mie.id).contains(&"incident.reminded".to_owned()));
        app.comes_back(&two.mie.officer);
        app.comes_back(&two.office.representative);
        let statistics = two.mie.officer.get("/incidents/statistics").await;
        let row = statistics.texts("tbody tr").join(" ");
        assert!(row.contains("髙橋社会保険労務士事務所") && row.contains("1件中1件"), "{row}");
        let own = two.office.representative.get("/incidents/statistics").await;
        assert!(own.status == 200 && own.has("tbody tr"));
        let other = app.principal("架空市");
        assert!(!other.officer.get("/incidents/statistics").await.has("tbody tr"));
        assert_eq!(other.officer.get(&format!("{incident}/clock")).await.status, 404);
    }

    async fn no_clock_runs_for_a_side_that_does_not_report_as_was_decided_by_two(app: App) {
        let two = two(&app);
        let incident = reported(&two).await;
        let page = two.mie.officer.get(&incident).await;
        page.form("form[action$='/open']").submit().await;
        let clock = format!("{incident}/clock");
        assert!(two.mie.officer.get(&clock).await.body.contains("委託元の速報"));
        released(&two, &incident).await;
        let page = two.mie.officer.get(&clock).await;
        assert!(!page.body.contains("委託元の速報"), "{}", page.body);
        for _ in 0..5 {
            app.clock.advance(Duration::days(1));
            app.run_jobs();
        }
        let reminders = app.mails().into_iter().filter(|mail| mail.kind.starts_with("incident_preliminary"));
        let officer = |address: &str| address == two.mie.officer.email;
        assert!(reminders.filter(|mail| officer(&mail.to_address)).count() == 0, "the principal owes none");
    }
}
