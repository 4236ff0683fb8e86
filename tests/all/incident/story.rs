//! An incident told stage by stage through the pages, with the clock moved through its days, and what
//! was kept of it: how its clocks stood and which letters went.

use std::collections::HashSet;
use std::fmt::Write as _;

use azukari::clock::Timestamp;
use azukari::entrustment::{EntrustmentId, ItemMark, NewItem};
use azukari::notice::Mail;
use azukari::rulebook::Party;
use chrono::{Duration, NaiveDateTime};

use super::authority::ITEMS;
use super::plan::settled;
use crate::app::{App, ContractorSide, FilledForm, Page, Person, Principal};
use crate::app::{entrustment, pdf_lines, snapshot};

/// From Japan's time to the clock's.
const JAPAN: Duration = Duration::hours(9);

/// What somebody types: field and value.
pub type Typed<'a> = &'a [(&'a str, &'a str)];

/// An entrustment with its two sides, and the one incident that happens to it.
pub struct Story<'a> {
    /// The principal and its people.
    pub body: Principal,
    /// The contractor.
    pub office: ContractorSide,
    /// The path of the incident, once it is reported.
    pub incident: String,
    app: &'a App,
    name: &'static str,
    entrustment: EntrustmentId,
    clocks: String,
    letters: String,
    /// The letters that were kept already, by id, and their words.
    kept: HashSet<String>,
}

/// What was entrusted: its title, its items, and of how many persons.
pub struct Entrusted<'a> {
    pub title: &'a str,
    pub items: &'a [(&'a str, ItemMark)],
    pub persons: i64,
}

/// A form that was accepted.
pub fn taken(page: Page) -> Page {
    assert_eq!(page.status, 303, "{:?} {}", page.wrong_fields(), page.body);
    page
}

impl<'a> Story<'a> {
    /// Before anything has happened.
    pub fn begin(
        app: &'a App,
        name: &'static str,
        (body, office): (&str, &str),
        of: &Entrusted<'_>,
    ) -> Self {
        let body = app.principal(body);
        let office = app.joined_contractor(&body, office);
        let mut new = entrustment(office.id, body.division, "令8-1", of.title);
        let item = |(name, mark): &(&str, ItemMark)| NewItem {
            name: (*name).to_owned(),
            mark: *mark,
            under: String::new(),
        };
        new.items = of.items.iter().map(item).collect();
        new.persons = of.persons;
        let entrustment = app.entrustment(&body, &new);
        Self {
            body,
            office,
            incident: String::new(),
            app,
            name,
            entrustment,
            clocks: String::new(),
            letters: String::new(),
            kept: HashSet::new(),
        }
    }

    /// Moves the clock to a moment in Japan; from the first report on day by day, and each day what
    /// goes on by itself goes on. Everybody signs in again.
    pub fn on(&mut self, moment: &str) -> &mut Self {
        let to = moment.parse::<NaiveDateTime>().unwrap() - JAPAN;
        let day = Duration::days(1);
        while !self.incident.is_empty() && to - self.app.clock.now() > day {
            self.app.clock.advance(day);
            self.app.run_jobs();
        }
        self.app.clock.set(to);
        self.app.run_jobs();
        let Principal { administrator, officer, approver, .. } = &self.body;
        for person in [administrator, officer, approver, &self.office.representative] {
            self.app.comes_back(person);
        }
        self
    }

    /// Who writes for a side.
    pub fn person(&self, side: Party) -> &Person {
        match side {
            Party::Principal => &self.body.officer,
            _ => &self.office.representative,
        }
    }

    /// A part of the incident, as a side sees it.
    pub async fn part(&self, side: Party, part: &str) -> Page {
        let page = self.person(side).get(&format!("{}{part}", self.incident)).await;
        assert_eq!(page.status, 200, "{part} {}", page.body);
        page
    }

    /// The first report.
    pub async fn report(&mut self, by: Party, known: Typed<'_>) {
        let new = format!("/entrustments/{}/incidents/new", self.entrustment);
        let page = self.person(by).get(&new).await;
        assert_eq!(page.status, 200, "{}", page.body);
        self.incident = taken(page.main_form().set_all(known).submit().await).path;
        self.stage("第一報").await;
    }

    /// An officer opens it.
    pub async fn open(&mut self) {
        let page = self.part(Party::Principal, "").await;
        taken(page.form("form[action$='/open']").submit().await);
        self.stage("担当者が開く").await;
    }

    /// What was reported is corrected as it becomes known.
    pub async fn learn(&mut self, by: Party, known: Typed<'_>) {
        let form = self.part(by, "/edit").await.main_form();
        taken(form.set_all(known).submit().await);
        self.stage("分かったことの訂正").await;
    }

    /// The facts on which the duties depend; the page says what follows.
    pub async fn compute(
        &mut self,
        by: Party,
        fill: impl FnOnce(FilledForm) -> FilledForm,
        said: &[&str],
    ) {
        let form = self.part(by, "/duties/facts").await.main_form();
        let page = taken(fill(form).submit().await);
        for said in said {
            assert!(page.body.contains(said), "{said} is not in {}", page.body);
        }
        self.stage("義務の計算").await;
    }

    /// The principal decides whether to report; less than was computed is confirmed by its approver.
    pub async fn decide(&mut self, verdict: &str, reason: &str) {
        let form = self.part(Party::Principal, "/duties/decision").await.main_form();
        let form = form.set("assessment_verdict", verdict).set("assessment_reason", reason);
        let page = taken(form.submit().await);
        if page.body.contains("承認者の確認を待っています") {
            let path = format!("{}/duties/confirmation", self.incident);
            let form = self.body.approver.get(&path).await.main_form();
            taken(form.set("assessment_outcome", "confirm").submit().await);
        }
        self.stage("報告するかどうかの決定").await;
    }

    /// A side settles steps of the plan, named by their words.
    pub async fn settle(&self, by: Party, steps: &[&str], note: &str) {
        let page = self.part(by, "/plan").await;
        let named = page.texts("section .task-link");
        let links = page.attributes("section .task-link", "href");
        let mut form = page.form("#outcomes");
        for step in steps {
            let at = named.iter().position(|name| name == step);
            let at = at.unwrap_or_else(|| panic!("{step} is not in {named:?}"));
            form = form.check("plan_steps", links[at].rsplit('/').next().unwrap());
        }
        taken(form.check("plan_outcome", "done").set("plan_note", note).submit().await);
    }

    /// The officer settles what is left of the plan.
    pub async fn settle_the_rest(&self) {
        taken(settled(&self.body.officer, &self.incident).await);
    }

    /// A side registers somebody to whom data went wrongly, with a mail address or without, and asks for
    /// deletion; gives the path.
    pub async fn chase(&self, by: Party, (name, email): (&str, &str), asked: &str) -> String {
        let form = self.part(by, "/wrong-recipients/new").await.main_form();
        let form = form.set("wrong_name", name).set("wrong_way", "mail").set("wrong_email", email);
        let path = taken(form.submit().await).path;
        let page = self.person(by).get(&path).await;
        taken(page.form("#asking").check("wrong_asked_way", asked).submit().await);
        path
    }

    /// A wrong recipient says on the telephone that everything was deleted unseen.
    pub async fn deleted(&self, by: Party, path: &str, who: &str) {
        let form = self.person(by).get(path).await.form("#answer");
        let form = form.set("wrong_answered_by", who).check("wrong_answered_way", "call");
        let form = form.check("wrong_seen", "unseen").check("wrong_kept", "deleted");
        taken(form.check("wrong_passed_on", "no").submit().await);
    }

    /// A wrong recipient is sent a link, and says there in writing that everything was deleted.
    pub async fn confirmed(&self, by: Party, path: &str, (email, signer): (&str, &str)) {
        taken(self.person(by).get(path).await.form("#link").submit().await);
        let asked = |mail: &Mail| mail.kind == "incident_wrong_asked" && mail.to_address == email;
        let mail = self.app.mails().into_iter().rfind(asked).unwrap();
        let link = mail.text_body.lines().find_map(|line| line.strip_prefix(&self.app.base));
        let form = self.app.visitor().get(link.unwrap()).await.main_form().set_all(&[
            ("wrong_seen", "seen"),
            ("wrong_kept", "deleted"),
            ("wrong_passed_on", "no"),
            ("wrong_signer", signer),
        ]);
        taken(form.check("wrong_agreed", "on").submit().await);
    }

    /// The approver says why nobody waits any longer for an answer.
    pub async fn given_up(&self, path: &str, reason: &str) {
        let form = self.body.approver.get(path).await.form("#closing");
        taken(form.set("wrong_closed_reason", reason).submit().await);
    }

    /// A side lists persons concerned, writes the notice from its template and sends it to all of them;
    /// gives the path of the group.
    pub async fn notify(
        &self,
        by: Party,
        (label, persons): (&str, &str),
        (way, data): (&str, &[&str]),
    ) -> String {
        let form = self.part(by, "/persons/new").await.main_form();
        let form = form.set_all(&[("label", label), ("persons", persons), ("way", way)]);
        let form = data.iter().fold(form, |form, kind| form.check("data", kind));
        taken(form.submit().await);
        let listed = self.part(by, "/persons").await;
        let group = listed.attributes("tbody th a", "href").pop().unwrap();
        let person = self.person(by);
        let notice = person.get(&format!("{group}/notice")).await.main_form();
        taken(notice.set("other_item", "おわび申し上げます").submit().await);
        let form = person.get(&group).await.form("form[action$='/progress']");
        let sent = form.set("on", &self.today()).set("sent", persons);
        taken(sent.set_all(&[("returned", ""), ("inquiries", "")]).submit().await);
        group
    }

    /// What was settled with persons of a group: how many, how many yen, and where it is written.
    pub async fn settled_with(
        &self,
        by: Party,
        group: &str,
        (settled, yen, at): (&str, &str, &str),
    ) {
        let form = self.person(by).get(group).await.form("form[action$='/settlements']");
        let form = form.set("agreed_on", &self.today()).set("settled", settled);
        taken(form.set("yen", yen).set("reference", at).submit().await);
    }

    /// A side says why it came to it: the whys, one after the other, and what is at the root.
    pub async fn explain_cause(&self, by: Party, whys: &[&str], (root, summary): (&str, &str)) {
        let mut form = self.part(by, "/cause/edit").await.main_form();
        for (n, why) in (1..).zip(whys) {
            form = form.set(&format!("why_{n}"), why);
        }
        taken(form.set("root", root).set("cause_summary", summary).submit().await);
    }

    /// The officer raises a corrective action for somebody; gives its path.
    pub async fn prevent(&self, title: &str, (due_on, owner): (&str, &str)) -> String {
        let form = self.part(Party::Principal, "/cause/actions/new").await.main_form();
        let form = form.set_all(&[("action", title), ("detail", title), ("severity", "high")]);
        let raised = form.set("due_on", due_on).set("owner_name", owner).submit().await;
        taken(raised).attributes("tbody th a", "href").pop().unwrap()
    }

    /// The contractor did what an action asks for, and the officer checks its effect.
    pub async fn mended(&self, action: &str, done: &str, seen: &str) {
        let form = self.office.representative.get(action).await.form("form[action$='/answer']");
        let form = form.set("root_cause", "手順がなかった").set("action", done);
        let form = form.set("action_on", &self.today()).set("owner_name", "所長");
        taken(form.submit().await);
        let check = self.body.officer.get(action).await.form("form[action$='/check']");
        taken(check.set("decision", "close").set("words", seen).submit().await);
    }

    /// Today in Japan, as somebody types it.
    fn today(&self) -> String {
        (self.app.clock.now() + JAPAN).date().to_string()
    }

    /// Writes items of the report to the authority.
    pub async fn write(&self, by: Party, items: Typed<'_>) {
        let mut form = self.part(by, "/report/edit").await.main_form();
        for (item, text) in items {
            form = form.set(&format!("report_{item}"), text);
        }
        taken(form.submit().await);
    }

    /// Writes all nine items.
    pub async fn write_all(&self, by: Party, texts: [&str; 9]) {
        let items: Vec<(&str, &str)> = ITEMS.into_iter().zip(texts).collect();
        self.write(by, &items).await;
    }

    /// The officer files a report with an authority.
    pub async fn file(&mut self, kind: &str, (authority, receipt): (&str, &str)) {
        let page = self.part(Party::Principal, &format!("/report/filings/new?kind={kind}")).await;
        let form = page.main_form().set("report_authority", authority);
        taken(form.set("report_receipt", receipt).submit().await);
        let what = if kind == "final" { "確報の提出" } else { "速報の提出" };
        self.stage(what).await;
    }

    /// Closes the incident; nothing is left open.
    pub async fn close(&mut self, note: &str) {
        let page = self.part(Party::Principal, "/close").await;
        assert!(page.has("form[action$='/close']"), "{}", page.body);
        let closed = taken(page.main_form().set("closing_note", note).submit().await);
        assert!(closed.body.contains(note), "{}", closed.body);
        self.stage("終了").await;
    }

    /// The incident's record and the reports that were filed tell the facts, to both sides the same; the
    /// clocks and the letters are as they were.
    pub async fn ends_with(self, record: &[&str], reports: &[&str]) {
        let path = format!("{}/record", self.incident);
        let own = self.body.officer.download(&path).await;
        assert!(own == self.office.representative.download(&path).await, "{path}");
        tells(&[own], record);
        let shown = self.part(Party::Principal, "/report").await;
        let mut filed = Vec::new();
        for filing in shown.attributes("tbody th a", "href") {
            filed.push(self.body.officer.download(&format!("{filing}/pdf")).await);
        }
        assert_eq!(filed.len(), 2, "the preliminary and the final report");
        tells(&filed, reports);
        snapshot(&format!("incident_{}_clocks", self.name), &self.clocks);
        snapshot(&format!("incident_{}_mails", self.name), &self.letters);
    }

    /// Keeps how the clocks stand and which letters went since.
    pub async fn stage(&mut self, what: &str) {
        let page = self.part(Party::Principal, "/clock").await;
        let now = moment(self.app.clock.now());
        writeln!(self.clocks, "{now} {what}").unwrap();
        for line in page.texts("main .section strong, main .section .task, main .section > .small")
        {
            writeln!(self.clocks, "  {line}").unwrap();
        }
        let mut letters: Vec<Mail> = self.app.mails();
        letters
            .retain(|mail| mail.kind.starts_with("incident") || mail.kind.starts_with("finding"));
        letters.retain(|mail| self.kept.insert(mail.id.clone()));
        let mut told: Vec<(Timestamp, String)> =
            letters.iter().map(|mail| (mail.created_at, self.words(mail))).collect();
        told.sort();
        for (at, words) in told {
            // Reminders say the same again and again: their words are kept once.
            let first = self.kept.insert(words.clone());
            let words = if first { &words } else { words.lines().next().unwrap_or_default() };
            writeln!(self.letters, "== {}\n{words}\n", moment(at)).unwrap();
        }
    }

    /// A letter without what differs every time.
    fn words(&self, mail: &Mail) -> String {
        let address = mail.to_address.replace(|c: char| c.is_ascii_digit(), "");
        format!("{} <{address}> {}\n\n{}", mail.to_name, mail.subject, self.app.words_of(mail))
    }
}

/// A moment in Japan.
fn moment(at: Timestamp) -> String {
    (at + JAPAN).format("%Y-%m-%d %H:%M").to_string()
}

/// The papers, taken together, tell all of this.
fn tells(papers: &[Vec<u8>], said: &[&str]) {
    let mut words = String::new();
    for paper in papers {
        let Some(lines) = pdf_lines(paper) else { return };
        words.extend(lines.split_whitespace());
    }
    for said in said {
        let said: String = said.split_whitespace().collect();
        assert!(words.contains(&said), "{said} is not in {words}");
    }
}
