//! The desk in Chromium: a list for everybody is stopped, cut, approved, fetched by one recipient
//! and taken back.

use std::path::Path;

use azukari::database::Kind;
use azukari::web::{Language, locale};
use chrono::Duration;

use super::{Browser, Look};
use crate::app::{App, Person};
use crate::handover::desk::{entered, permit_recipients, registered};
use crate::handover::{Two, two};

/// Rows of two offices, of which each may see its own.
const LIST: &str = "提出先,氏名,生年月日\nなみおと事業所,架空 花子,平成2年4月1日\nみさき事業所,見本 太郎,昭和60年5月5日\n";
const OFFICES: [(&str, &str); 2] =
    [("なみおと事業所", "namioto@office.example"), ("みさき事業所", "misaki@office.example")];

struct Walk {
    app: App,
    two: Two,
    look: Look,
    folder: tempfile::TempDir,
}

impl Walk {
    fn say(&self, key: &str) -> String {
        locale::text(self.look.language, key)
    }

    async fn browser(&self, person: &Person) -> Browser {
        let browser = Browser::start(&self.app.base, self.look).await;
        browser.sign_in_as(person).await;
        browser
    }

    /// Sends the list to both offices, as if each might see all of it: it is stopped. Gives its page.
    async fn stopped(&self, officer: &Browser) -> String {
        officer.visit(&format!("/entrustments/{}/hand-overs", self.two.entrustment)).await;
        officer.press(&self.say("handover-begin")).await;
        let direction = self.say("handover-direction-to_recipients");
        officer.tick_in(&self.say("handover-direction"), &direction).await;
        for (name, _) in OFFICES {
            officer.tick(name).await;
        }
        officer.fill(&self.say("handover-purpose"), "名簿の確認").await;
        officer.tick("氏名").await;
        officer.tick("生年月日").await;
        officer.press(&self.say("handover-go-on")).await;
        let page = officer.path().await;
        let file = self.folder.path().join("名簿.csv");
        std::fs::write(&file, LIST).unwrap();
        officer.attach(&self.say("handover-upload-files"), &file).await;
        officer.press(&self.say("handover-upload-add")).await;
        self.app.run_jobs();
        officer.visit(&page).await;
        let words = officer.words().await;
        for key in ["handover-next-stops", "handover-stop-others_rows"] {
            assert!(words.contains(&self.say(key)), "{key}: {words}");
        }
        assert!(!words.contains(&self.say("handover-propose-now")));
        page
    }

    /// Cuts it into a list for each office, and asks for approval.
    async fn cut(&self, officer: &Browser, page: &str) {
        officer.visit(&officer.link("/cut").await).await;
        officer.tick("A　提出先").await;
        officer.press(&self.say("handover-cut-next")).await;
        officer.press_and_confirm(&self.say("handover-cut-now")).await;
        self.app.run_jobs();
        officer.visit(page).await;
        officer.press(&self.say("handover-propose-now")).await;
        officer.see(&self.say("handover-next-proposed")).await;
    }

    async fn approved(&self, page: &str) {
        let approver = self.browser(&self.two.mie.approver).await;
        approver.visit(page).await;
        approver.press(&self.say("handover-decide")).await;
        approver
            .tick_in(&self.say("handover-decision"), &self.say("handover-decision-approved"))
            .await;
        approver.tick(&self.say("handover-looked")).await;
        approver.press(&self.say("handover-decide-now")).await;
        approver.see(&self.say("handover-next-approved")).await;
        self.app.clock.advance(Duration::minutes(10));
        self.app.run_jobs();
    }

    /// The first office types the code that it was told, and gets its own rows alone.
    async fn fetched(&self, code: &str) {
        let (name, address) = OFFICES[0];
        let mails = self.app.mails();
        let mail = mails.iter().find(|mail| mail.to_address == address).unwrap();
        assert!(!mail.text_body.contains("花子"), "{}", mail.text_body);
        let link = mail.text_body.lines().find_map(|line| line.strip_prefix(&self.app.base));
        let office = Browser::start(&self.app.base, self.look).await;
        let folder = self.folder.path().join("downloads");
        std::fs::create_dir(&folder).unwrap();
        office.keep_downloads(&folder).await;
        office.visit(link.unwrap()).await;
        office.fill(&self.say("handover-delivery-code"), code).await;
        office.press(&self.say("handover-delivery-code-send")).await;
        assert!(
            office.words().await.contains(name) && !office.words().await.contains(OFFICES[1].0)
        );
        office.tick(&self.say("handover-delivery-confirmed")).await;
        let fetch = self.say("handover-delivery-fetch");
        office.press_here(&fetch, &self.say("handover-delivery-files")).await;
        let entered = entered(&self.app).await;
        assert_eq!((entered.persons, &*entered.receivers.0[0].name), (1, name));
        let got = only_file(&folder).await;
        assert!(got.contains("架空 花子") && !got.contains("見本 太郎"), "{got}");
    }
}

/// What the only file of a folder holds, when it is there in whole.
async fn only_file(folder: &Path) -> String {
    for _ in 0..100 {
        let files: Vec<_> =
            std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
        if let [only] = &*files
            && only.extension().is_some_and(|ending| ending != "crdownload")
        {
            return String::from_utf8_lossy(&std::fs::read(only).unwrap()).into_owned();
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("nothing was downloaded");
}

async fn walk(look: Look) {
    let app = App::spawn(Kind::Sqlite);
    let two = two(&app);
    permit_recipients(&app, &two);
    for (name, address) in OFFICES {
        registered(&two, name, address).await;
    }
    let walk = Walk { app, two, look, folder: tempfile::tempdir().unwrap() };
    let officer = walk.browser(&walk.two.mie.officer).await;
    let page = walk.stopped(&officer).await;
    walk.cut(&officer, &page).await;
    walk.approved(&page).await;
    officer.visit(&page).await;
    officer.see(&walk.say("handover-next-sent")).await;
    officer.press(&walk.say("handover-delivery-tell")).await;
    let code = officer.text("code.seed").await;
    walk.fetched(&code).await;
    officer.visit(&page).await;
    officer.press(&walk.say("handover-delivery-recall-link")).await;
    officer.fill(&walk.say("handover-delivery-reason"), "相手を誤りました").await;
    officer.press(&walk.say("handover-delivery-recall")).await;
    officer.visit(&page).await;
    officer.see(&walk.say("handover-next-recalled")).await;
}

#[tokio::test]
async fn a_list_for_two_is_stopped_cut_fetched_and_taken_back_on_a_wide_screen_in_japanese() {
    walk(Look { width: 1280, language: Language::Ja, scripts: true, withheld: false }).await;
}

#[tokio::test]
async fn the_same_without_scripts_on_a_narrow_screen_in_english() {
    walk(Look { width: 375, language: Language::En, scripts: false, withheld: false }).await;
}
