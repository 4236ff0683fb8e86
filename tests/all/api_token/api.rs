//! What the API answers.

use azukari::database::Kind;
use diesel::prelude::*;
use serde_json::{Value, json};

use super::{ALL, ask, make};
use crate::app::{App, both, entrustment};

fn read(body: &str) -> Value {
    serde_json::from_str(body).unwrap()
}

both! {
    async fn each_side_reads_what_it_sees(app: App) {
        let (mie, town) = (app.principal("三重野県"), app.principal("津島町"));
        let side = app.joined_contractor(&mie, "髙橋");
        let other = app.joined_contractor(&mie, "別の委託先");
        let ids: Vec<_> = [(side.id, "1"), (other.id, "2")].into_iter().map(|(contractor, number)| {
            app.entrustment(&mie, &entrustment(contractor, mie.division, number, "監査")).to_string()
        }).collect();
        let seen = async |token: &str, query: &str| {
            let answer = ask(&app, token, &format!("/api/entrustments{query}")).await;
            assert_eq!(answer.status, 200);
            assert_eq!(answer.headers.get("content-type").unwrap(), "application/json");
            assert_eq!(answer.headers.get("cache-control").unwrap(), "no-store");
            read(&answer.body)
        };
        let numbers = |answer: &Value| -> Vec<String> {
            let rows = answer["entrustments"].as_array().unwrap().iter();
            rows.map(|row| row["number"].as_str().unwrap().to_owned()).collect()
        };
        let principal = make(&mie.administrator, ALL, "90").await;
        let answer = seen(&principal, "?sort=-number").await;
        assert_eq!(numbers(&answer), ["2", "1"]);
        assert_eq!(answer["entrustments"][1]["id"], *ids[0]);
        assert_eq!(answer["entrustments"][1]["note"], "委託元だけの控え");
        assert_eq!(answer["paging"]["total"], 2);
        assert_eq!(numbers(&seen(&principal, "?q=2").await), ["2"]);
        assert_eq!(numbers(&seen(&principal, "?page=2").await), Vec::<String>::new());
        let contractor = make(&side.representative, ALL, "90").await;
        let answer = seen(&contractor, "").await;
        assert_eq!(numbers(&answer), ["1"]);
        assert!(answer["entrustments"][0].get("note").is_none(), "the principal's own remarks");
        let stranger = make(&town.administrator, ALL, "90").await;
        assert_eq!(numbers(&seen(&stranger, "").await), Vec::<String>::new());

        // Records: issued on the page, read by programs, foreign as absent.
        let page = mie.officer.get(&format!("/entrustments/{}", ids[0])).await;
        page.form("form[action$='/record']").submit().await;
        let list = format!("/api/entrustments/{}/records", ids[0]);
        let answer = read(&ask(&app, &contractor, &list).await.body);
        let record = answer["records"][0].clone();
        assert_eq!(answer["paging"]["total"], 1);
        let file = format!("{list}/{}", record["id"].as_str().unwrap());
        let program = app.visitor();
        let request = program.request(reqwest::Method::GET, &file).header("authorization", format!("Bearer {contractor}"));
        let answer = request.send().await.unwrap();
        assert_eq!(answer.headers().get("content-type").unwrap(), "application/pdf");
        let bytes = answer.bytes().await.unwrap();
        assert_eq!(azukari::storage::sha256(&bytes), record["sha256"].as_str().unwrap());
        let organisation = azukari::database::schema::contractor::table
            .filter(azukari::database::schema::contractor::id.eq(side.id))
            .select(azukari::database::schema::contractor::organisation_id.assume_not_null())
            .first(&mut app.connection())
            .unwrap();
        let entry = app.ledger(organisation).pop().unwrap();
        assert_eq!((&*entry.act, &*entry.actor_name), ("file.downloaded", "文書管理システム"));
        let absent = "018f0000-0000-7000-8000-000000000001";
        for path in [&list, &file] {
            let foreign = ask(&app, &stranger, path).await;
            let nothing = ask(&app, &stranger, &path.replace(&ids[0], absent)).await;
            assert_eq!((foreign.status, nothing.status), (404, 404), "{path}");
            assert_eq!(foreign.body, nothing.body);
        }
    }

    async fn the_example_of_the_documentation_does_what_it_says(app: App) {
        let mie = app.principal("三重野県");
        let contractor = app.joined_contractor(&mie, "髙橋");
        let id = app.entrustment(&mie, &entrustment(contractor.id, mie.division, "令8子-12", "監査"));
        let token = make(&mie.administrator, &["read_entrustments"], "90").await;
        let page = include_str!("../../../docs/api.md");
        let block = |kind: &str| page.split(&format!("```{kind}\n")).nth(1).unwrap().split("```").next().unwrap();
        let output = std::process::Command::new("sh")
            .args(["-c", block("sh")])
            .env("AZUKARI_URL", &app.base)
            .env("AZUKARI_TOKEN", &token)
            .env("no_proxy", "*")
            .output()
            .unwrap();
        assert!(output.status.success(), "{output:?}");
        let mut said: Value = serde_json::from_slice(&output.stdout).unwrap();
        let mut shown: Value = read(block("json"));
        assert_eq!(said["entrustments"][0]["id"], id.to_string());
        for answer in [&mut said, &mut shown] {
            answer["entrustments"][0]["id"] = json!("the id");
        }
        assert_eq!(said, shown);
    }
}

#[tokio::test]
async fn a_program_that_asks_too_often_waits_and_another_does_not() {
    let app = App::spawn_with(Kind::Sqlite, |config| {
        config.limits.requests_per_token = 3;
        None
    });
    let mie = app.principal("三重野県");
    let (eager, other) =
        (make(&mie.administrator, ALL, "1").await, make(&mie.administrator, ALL, "1").await);
    for _ in 0..3 {
        assert_eq!(ask(&app, &eager, "/api/entrustments").await.status, 200);
    }
    let answer = ask(&app, &eager, "/api/entrustments").await;
    assert_eq!(answer.status, 429);
    let seconds: u64 =
        answer.headers.get("retry-after").unwrap().to_str().unwrap().parse().unwrap();
    assert!((1..=21).contains(&seconds), "{seconds}");
    assert_eq!(ask(&app, &other, "/api/entrustments").await.status, 200);
    assert_eq!(mie.administrator.get("/entrustments").await.status, 200, "pages go on");
}
