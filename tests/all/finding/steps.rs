//! What both sides do with a finding, through its pages.

use azukari::entrustment::{self, EntrustmentId};
use azukari::finding::{self, NewFinding, Severity, Source, Subject};

use crate::app::{App, ContractorSide, Page, Person, Principal, entrustment as new_entrustment};

/// A public body with an entrustment whose contractor has joined.
pub struct World {
    /// The public body.
    pub mie: Principal,
    /// The contractor.
    pub contractor: ContractorSide,
    /// The entrustment.
    pub entrustment: EntrustmentId,
}

impl World {
    /// A public body, a contractor and an entrustment.
    pub fn of(app: &App) -> Self {
        let mie = app.principal("三重野県");
        let contractor = app.joined_contractor(&mie, "髙橋社会保険労務士事務所");
        let new = new_entrustment(contractor.id, mie.division, "令8子-12", "保育所等監査業務委託");
        let entrustment = app.entrustment(&mie, &new);
        Self { mie, contractor, entrustment }
    }

    /// The contractor's representative.
    pub fn representative(&self) -> &Person {
        &self.contractor.representative
    }

    /// The path of something of the entrustment.
    pub fn path(&self, rest: &str) -> String {
        format!("/entrustments/{}{rest}", self.entrustment)
    }

    /// Something that a rule found.
    pub fn rule(&self, app: &App, what: &str, severity: Severity) {
        app.as_operator(|tx, _| {
            let of = entrustment::find_for_system(tx.connection, tx.actor, self.entrustment)?;
            let new = NewFinding {
                english: azukari::finding::English::default(),
                source: Source::Rule,
                subject: Subject { kind: "holding", id: "018f0000-0000-7000-8000-000000000001" },
                rule: "country",
                title: "",
                detail: what,
                reason: "契約で認められている",
                severity,
                due_on: None,
            };
            finding::raise(tx, &of, &new)
        });
    }

    /// An officer raises one by hand; gives its path.
    pub async fn raise(&self, title: &str, severity: &str) -> String {
        let page = self.mie.officer.get(&self.path("/findings/new")).await;
        let form = page.main_form().set_all(&[
            ("title", title),
            ("detail", "台帳に記入のない持出しが2件ある"),
            ("severity", severity),
            ("due_on", "令和8年4月30日"),
        ]);
        let shown = form.submit().await;
        assert_eq!(shown.status, 303, "{:?}", shown.wrong_fields());
        shown.path
    }

    /// The contractor answers.
    pub async fn answer(&self, path: &str, action: &str) -> Page {
        let page = self.representative().get(path).await;
        let form = page.form("form[action$='/answer']").set_all(&[
            ("root_cause", "記入の手順がなかった"),
            ("action", action),
            ("action_on", "R8.4.1"),
            ("owner_name", "髙橋 𠮷之助"),
        ]);
        form.submit().await
    }

    /// The officer decides.
    pub async fn decide(&self, path: &str, decision: &str, words: &str) -> Page {
        let page = self.mie.officer.get(path).await;
        let form = page.form("form[action$='/check']");
        form.set_all(&[("decision", decision), ("words", words)]).submit().await
    }
}
