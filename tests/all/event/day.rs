//! A day of the product, listened to at the level debug: none of its secrets is in any line.

use crate::app::{App, Lines, PASSWORD, both};
use crate::import::given::{HANDLER, SAKURA, given};
use crate::questionnaire::steps;

both! {
    async fn no_line_of_the_log_says_a_secret_or_entrusted_data(app: App) {
        let lines = Lines::listen();
        let given = given(&app);
        let (mie, person) = (&given.mie, &given.side.representative);
        let mut secrets = vec![PASSWORD.to_owned()];
        let mut keep = |secret: &str| {
            assert!(secret.chars().count() >= 4, "too short to be looked for: {secret}");
            secrets.push(secret.to_owned());
        };

        // An authenticator, its codes, a wrong sign-in and a right one.
        let device = mie.officer.set_up_app(&app.clock).await;
        device.recovery.iter().for_each(|code| keep(code));
        keep(&device.seed);
        let browser = app.visitor();
        let wrong = "間違った合言葉の長い文";
        keep(wrong);
        keep(&mie.officer.email);
        keep("nobody.at.all@pref.example");
        for email in [&*mie.officer.email, "nobody.at.all@pref.example"] {
            let page = browser.get("/sign-in?next=%2Fentrustments").await;
            page.main_form().set("email", email).set("password", wrong).submit().await;
        }
        keep(&device.code());
        assert_eq!(browser.sign_in_with(&mie.officer.email, PASSWORD, &device).await.status, 303);
        let page = browser.get("/entrustments?q=%E9%AB%99%E6%A9%8B%E8%8A%B1%E5%AD%90").await;
        keep("%E9%AB%99%E6%A9%8B%E8%8A%B1%E5%AD%90");
        page.attributes("input[name=csrf]", "value").iter().for_each(|token| keep(token));
        let values = |cookies: String| {
            let pairs = cookies.split("; ").map(str::to_owned).collect::<Vec<_>>();
            pairs.into_iter().filter_map(|pair| Some(pair.split_once('=')?.1.to_owned())).filter(|v| v.len() > 20)
        };
        values(browser.cookies()).chain(values(person.cookies())).for_each(|value| keep(&value));

        // An invitation, used, and used again.
        let form = mie.administrator.get("/members/new").await.main_form();
        form.set_all(&[("name", "𠮷田 松之丞"), ("email", "yoshida.m@pref.example"), ("role", "auditor")]).submit().await;
        keep("yoshida.m@pref.example");
        keep("𠮷田 松之丞");
        let link = app.link_in_last_mail();
        keep(link.rsplit('/').next().unwrap());
        let accepting = app.visitor().get(&link).await.main_form();
        accepting.set("password", PASSWORD).set("password_again", PASSWORD).submit().await;
        assert_eq!(app.visitor().get(&link).await.status, 410);
        assert_eq!(app.visitor().get("/invitation/forged.token.of-somebody").await.status, 410);
        keep("forged.token.of-somebody");

        // Answers with what is entrusted in them, evidence, an upload that is refused, registers.
        let home = steps::dispatch(&mie.officer, given.id, "令和8年5月29日").await;
        let question = format!("{home}/questions/q01");
        let page = person.get(&question).await;
        let answered = steps::answered(&page, &question).set("remark", "園児 三重野花子の給与は月額212345円");
        answered.submit().await;
        keep("三重野花子");
        keep("212345");
        let page = person.get(&question).await;
        let upload = |name: &'static str, bytes: &'static [u8]| {
            page.form("form[action$='/evidence']").file("evidence", name, bytes).submit()
        };
        upload("三重野花子の名簿.pdf", b"%PDF-1.7 secret-of-the-file").await;
        upload("三重野花子の名簿.exe", b"MZ secret-of-the-file").await;
        keep("secret-of-the-file");
        let file = person.get(&question).await.attributes("main a[href*='/evidence/']", "href").remove(0);
        mie.officer.download(&file).await;
        given.upload("handlers", &[HANDLER, SAKURA]).await.form("#confirm").submit().await;
        keep("髙橋 桜");
        keep("s@sr.example");
        given.upload("handlers", &[HANDLER, &["not a number"]]).await;
        person.download(&format!("{}?q=%E6%A1%9C", given.home("handlers.csv"))).await;
        mie.administrator.download("/members.xlsx").await;
        mie.administrator.download("/events.csv?q=yoshida.m%40pref.example").await;
        keep("yoshida.m%40pref.example");

        // Refusals, and the day's jobs.
        mie.officer.post("/contractors", &[("csrf", "forged-csrf-token"), ("name", "三重野花子")]).await;
        keep("forged-csrf-token");
        app.run_jobs();
        browser.get("/entrustments").await.form("form[action='/sign-out']").submit().await;

        let text = lines.text();
        assert!(lines.events(mie.id.as_str()).len() > 15, "the day was listened to");
        for secret in &secrets {
            let found = text.lines().find(|line| line.contains(secret));
            assert!(found.is_none(), "{secret}: {found:?}");
        }
        println!("{} secrets in {} lines: none was said", secrets.len(), text.lines().count());
    }
}
