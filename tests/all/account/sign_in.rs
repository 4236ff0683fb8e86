use crate::app::{App, PASSWORD, Page, Person, both};

async fn sign_in(person: &Person, email: &str, password: &str) -> Page {
    let page = person.get("/sign-in?next=%2Fentrustments").await;
    page.main_form().set("email", email).set("password", password).submit().await
}

both! {
    async fn the_right_password_leads_to_where_one_wanted_to_go(app: App) {
        let officer = app.principal("三重野県").officer;
        let visitor = app.visitor();
        let refused = visitor.get("/entrustments?page=2").await;
        assert_eq!((refused.status, &*refused.path), (303, "/sign-in?next=%2Fentrustments%3Fpage%3D2"));
        let page = sign_in(&visitor, &officer.email.to_uppercase(), PASSWORD).await;
        assert_eq!((page.status, &*page.path), (303, "/entrustments"));
        visitor.set_up_app(&app.clock).await;
        let page_shown = visitor.get("/entrustments").await;
        assert_eq!(page_shown.title(), "委託案件");
        assert!(page_shown.text(".person").contains("﨑山 officer"));
        let cookie = page.headers.get("set-cookie").unwrap().to_str().unwrap();
        assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
    }

    async fn a_wrong_password_and_an_unknown_account_answer_alike(app: App) {
        let officer = app.principal("三重野県").officer;
        let visitor = app.visitor();
        let wrong = sign_in(&visitor, &officer.email, "間違ったパスワードです").await;
        let unknown = sign_in(&visitor, "nobody@pref.example", "間違ったパスワードです").await;
        assert_eq!((wrong.status, unknown.status), (422, 422));
        assert_eq!(wrong.wrong_fields(), ["email"]);
        assert_eq!(
            wrong.comparable().replace(&officer.email, "EMAIL"),
            unknown.comparable().replace("nobody@pref.example", "EMAIL"),
        );
        assert!(!wrong.body.contains("間違ったパスワード"), "a password is never sent back");
    }

    async fn guesses_wait_ever_longer_and_the_eleventh_within_an_hour_is_not_looked_at(app: App) {
        let officer = app.principal("三重野県").officer;
        let visitor = app.visitor();
        let mut waits = Vec::new();
        let wrong = "間違ったパスワードです";
        for _ in 0..10 {
            let mut answer = sign_in(&visitor, &officer.email, wrong).await;
            if answer.status == 429 {
                let wait = answer.headers.get("retry-after").unwrap().to_str().unwrap();
                waits.push(wait.parse::<i64>().unwrap());
                app.clock.advance(chrono::Duration::seconds(waits[waits.len() - 1]));
                answer = sign_in(&visitor, &officer.email, wrong).await;
            }
            assert_eq!(answer.status, 422);
        }
        assert_eq!(waits, [5, 10, 20, 40, 80, 160]);
        let right = sign_in(&visitor, &officer.email, PASSWORD).await;
        assert_eq!(right.status, 429);
        assert_eq!(right.text("h1"), "操作の回数が多すぎます");
        app.clock.advance(chrono::Duration::minutes(61));
        assert_eq!(sign_in(&visitor, &officer.email, PASSWORD).await.status, 303);
    }

    async fn signing_out_ends_the_session_on_the_next_request(app: App) {
        let officer = app.principal("三重野県").officer;
        let stolen = officer.cookies();
        let page = officer.get("/entrustments").await;
        let out = page.form("form[action='/sign-out']").submit().await;
        assert_eq!((out.status, &*out.path), (303, "/sign-in"));
        assert!(out.text(".banner").contains("サインアウトしました"));
        let thief = app.visitor();
        for cookie in stolen.split("; ") {
            thief.keep_cookie(cookie);
        }
        assert_eq!(thief.get("/entrustments").await.path, "/sign-in?next=%2Fentrustments");
    }

    async fn a_session_ends_after_two_idle_hours_and_after_twelve_at_the_latest(app: App) {
        let principal = app.principal("三重野県");
        for _ in 0..7 {
            app.clock.advance(chrono::Duration::minutes(100));
            assert_eq!(principal.officer.get("/entrustments").await.status, 200);
        }
        assert_eq!(principal.auditor.get("/entrustments").await.status, 303, "idle");
        app.clock.advance(chrono::Duration::minutes(30));
        assert_eq!(principal.officer.get("/entrustments").await.status, 303, "twelve hours");
    }

    async fn the_language_is_chosen_and_kept(app: App) {
        let officer = app.principal("三重野県").officer;
        assert_eq!(officer.in_english().get("/contractors").await.title(), "Contractors");
        let page = officer.get("/contractors?q=a").await;
        let english = page.form("form.language").check("language", "en").submit().await;
        assert_eq!((english.status, &*english.path), (303, "/contractors?q=a"));
        assert_eq!(english.attributes("html", "lang"), ["en"]);
        assert_eq!(officer.get("/contractors").await.title(), "Contractors");
    }
}
