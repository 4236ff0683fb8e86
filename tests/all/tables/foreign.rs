//! What belongs to others is as if it weren't there.

use azukari::server;
use azukari::web::Method;

use crate::app::{App, both};
use crate::import::{CONTRACTOR, csv_of, upload};
use crate::questionnaire::steps::{answer_all, attest, sent};

const ABSENT: &str = "018f0000-0000-7000-8000-000000000001";

both! {
    async fn foreign_and_absent_ids_answer_alike(app: App) {
        let sent = sent(&app).await;
        let officer = &sent.mie.officer;
        let person = sent.representative();
        let page = person.get(&sent.question("q01")).await;
        let file = page.form("form[action$='/evidence']").file("evidence", "a.pdf", b"%PDF-1.7 x");
        let file = file.submit().await.attributes("a[download]", "href").remove(0);
        answer_all(person, &sent.home).await;
        assert_eq!(attest(person, &sent.home).await.status, 303);
        let own = format!("/entrustments/{}", sent.entrustment);
        let issued = officer.get(&own).await.form("form[action$='/record']").submit().await;
        let record = issued.attributes(".task a[href*='/records/']", "href").remove(0);
        let template = sent.mie.administrator.get("/templates").await.main_form().submit().await.path;
        let import = upload(officer, "contractors", "a.csv", &csv_of(&[CONTRACTOR, &["x"]])).await.path;
        let members = sent.mie.administrator.get("/members").await;
        let member = members.attributes("tbody th a", "href").remove(0);
        let last = |path: &str| path.rsplit('/').next().unwrap().to_owned();

        let town = app.principal("津島町");
        let stranger = app.joined_contractor(&town, "𠮷田").representative;
        for route in server::routes() {
            let access = route.who();
            // The kinds of imports are words that everybody knows.
            let known = route.path.replace("{kind}", "contractors");
            // What programs may see is in `api_token::api`.
            let program = access.contains(&"token");
            let open = route.method != Method::Get || access == ["public"] || program || !known.contains('{');
            if open {
                continue;
            }
            let id = match route.path.split('/').nth(1).unwrap() {
                "entrustments" => sent.entrustment.to_string(),
                "questionnaires" => last(&sent.home),
                "contractors" => sent.contractor.id.to_string(),
                "divisions" => sent.mie.division.to_string(),
                "templates" => last(&template),
                "imports" => last(&import),
                "members" => last(&member),
                // The own passkeys: `account::passkey` looks at another's.
                // The own forms: `account::sessions` looks at another's.
                // What was handed over to whom: `handover::delivery` looks at another's.
                // The own manuals: `incident::plan` looks at another's.
                "account" | "incident-manual" | "kept-forms" | "received-hand-overs" => ABSENT.to_owned(),
                other => panic!("say which id a path of {other} has"),
            };
            let path = |id: &str, record: &str, file: &str| {
                let path = known.replace("{id}", id).replace("{record}", record);
                let path = path.replace("{evidence}", file).replace("{question}", "q01").replace("{section}", "A");
                // What a register of a foreign entrustment holds is as absent as the entrustment.
                let part = |part: &str| if part.starts_with('{') { ABSENT.to_owned() } else { part.to_owned() };
                path.split('/').map(part).collect::<Vec<_>>().join("/")
            };
            let theirs = path(&id, &last(&record), &last(&file));
            let absent = path(ABSENT, ABSENT, ABSENT);
            let mut looked = false;
            for (role, other) in [
                ("officer", &town.officer), ("administrator", &town.administrator),
                ("representative", &stranger),
            ] {
                if access != ["session"] && !access.contains(&role) {
                    continue;
                }
                looked = true;
                let (foreign, nothing) = (other.get(&theirs).await, other.get(&absent).await);
                // Contractors are imported by the principal's people alone: the policy says so of any id.
                let barred = role == "representative" && known.starts_with("/imports/contractors");
                let status = if barred { 403 } else { 404 };
                assert_eq!((foreign.status, nothing.status), (status, status), "{role} at {theirs}");
                let mut shown = foreign.comparable();
                for known in [&id, &last(&record), &last(&file)] {
                    shown = shown.replace(known.as_str(), ABSENT);
                }
                assert_eq!(shown, nothing.comparable(), "{theirs}");
            }
            assert!(looked, "nobody looked at {}", route.path);
        }
    }
}
