//! What the pages of members show.

use serde::Serialize;
use serde_json::{Value, json};

use super::duty::InHand;
use super::rules::InvitationState;
use super::store::Kept;
use crate::account::invitation_store::InvitationRow;
use crate::actor::MembershipId;
use crate::ledger::HistoryLine;
use crate::web::paging::Page;
use crate::web::{Choice, FormView, Language, View};

/// The list.
#[derive(Serialize)]
pub(super) struct ListView {
    #[serde(flatten)]
    pub list: Page<Kept>,
    pub states: Vec<Choice>,
    /// How many invitations wait.
    pub waiting: i64,
    pub administrator: bool,
    /// The kind of import that invites many.
    pub import: &'static str,
    /// The reader's own membership.
    pub own: MembershipId,
}

impl View for ListView {
    const TEMPLATE: &'static str = "account/members.html";
    const TITLE: &'static str = "member-list-title";
}

/// The form that invites somebody.
#[derive(Serialize)]
pub(super) struct FormPage {
    pub form: FormView,
    pub roles: Vec<Choice>,
    pub divisions: Vec<Choice>,
}

impl View for FormPage {
    const TEMPLATE: &'static str = "account/member_form.html";
    const TITLE: &'static str = "member-form-title";
}

/// An invitation and how it stands.
#[derive(Serialize)]
pub(super) struct InvitationLine {
    #[serde(flatten)]
    pub row: InvitationRow,
    pub state: InvitationState,
    /// Whether it can be sent again and taken back.
    pub waits: bool,
}

/// The invitations.
#[derive(Serialize)]
pub(super) struct InvitationsView {
    #[serde(flatten)]
    pub list: Page<InvitationLine>,
    pub states: Vec<Choice>,
}

impl View for InvitationsView {
    const TEMPLATE: &'static str = "account/invitations.html";
    const TITLE: &'static str = "invitation-list-title";
}

/// One member.
#[derive(Serialize)]
pub(super) struct ShowView {
    pub form: FormView,
    pub kept: Kept,
    /// Whether it is the reader's own membership.
    pub own: bool,
    /// Whether nobody else manages the people.
    pub last: bool,
    /// How many second factors the person has.
    pub factors: i64,
    /// Whether the person is a member of other organisations too.
    pub elsewhere: bool,
    pub history: Vec<HistoryLine>,
}

impl View for ShowView {
    const TEMPLATE: &'static str = "account/member.html";
    const TITLE: &'static str = "member-show-title";

    fn title(&self, _: Language) -> String {
        self.kept.name.clone()
    }
}

/// The form that changes role and division.
#[derive(Serialize)]
pub(super) struct EditPage {
    pub form: FormView,
    pub kept: Kept,
    pub roles: Vec<Choice>,
    pub divisions: Vec<Choice>,
}

impl View for EditPage {
    const TEMPLATE: &'static str = "account/member_edit.html";
    const TITLE: &'static str = "member-edit-title";
}

/// What somebody who leaves has in hand, and who takes over.
#[derive(Serialize)]
pub(super) struct LeavingPage {
    pub form: FormView,
    pub kept: Kept,
    pub in_hand: Vec<InHand>,
    pub successors: Vec<Choice>,
    /// Whether who takes over has to be said.
    pub asked: bool,
    /// Whether nobody else manages the people.
    pub last: bool,
    /// The division that would have no officer.
    pub deserted: Option<String>,
    /// The principals that have the person in their registers as the one in charge.
    pub registered: Vec<String>,
    /// How many invitations end with the membership.
    pub invitations: i64,
}

impl View for LeavingPage {
    const TEMPLATE: &'static str = "account/leaving.html";
    const TITLE: &'static str = "member-leaving-title";
}

/// A sample of each page.
pub(super) fn samples() -> Vec<(&'static str, Value)> {
    let choice = json!([{ "value": "0", "label": "子ども課", "hint": "" }]);
    let kept = |role: &str, ended: Value| {
        json!({ "tenant_id": "0", "id": "0", "person_id": "0", "name": "﨑山 𠮷之助", "email": "a@b.example",
            "language": "ja", "role": role, "division_id": null, "division": "子ども課",
            "created_at": "2026-04-01T00:00:00", "ended_at": ended, "version": 1 })
    };
    let paged = |rows: Value, more: Value| {
        let mut view = json!({ "rows": rows, "paging": { "page": 1, "pages": 1, "total": 1, "first": 1, "last": 1 },
            "sorting": { "key": "name", "descending": false }, "form": FormView::default() });
        if let (Some(view), Some(more)) = (view.as_object_mut(), more.as_object()) {
            view.extend(more.clone());
        }
        view
    };
    let list = |rows: Value, administrator: bool| {
        let more = json!({ "states": choice, "waiting": 3, "administrator": administrator,
            "import": "members", "own": "1" });
        paged(rows, more)
    };
    let invitation = |state: &str, waits: bool| {
        json!({ "id": "0", "name": "髙橋", "email": "t@sr.example", "role": "representative", "division": null,
            "contractor": "髙橋社労士", "invited_by": "﨑山", "created_at": "2026-04-01T00:00:00",
            "expires_at": "2026-04-15T00:00:00", "used_at": "2026-04-02T00:00:00",
            "revoked_at": "2026-04-02T00:00:00", "state": state, "waits": waits })
    };
    let invitations = |rows: Value| paged(rows, json!({ "states": choice }));
    let show = |role: &str, ended: Value, own: bool, last: bool| {
        json!({ "form": FormView::default(), "kept": kept(role, ended), "own": own, "last": last,
            "factors": i64::from(!own), "elsewhere": last, "history": [] })
    };
    let leaving = |in_hand: Value, asked: bool, last: bool| {
        let deserted = asked.then_some("子ども課");
        json!({ "form": FormView::default(), "kept": kept("officer", Value::Null), "in_hand": in_hand,
            "successors": choice, "asked": asked, "last": last, "deserted": deserted,
            "registered": if asked { json!(["三重野県"]) } else { json!([]) }, "invitations": i64::from(asked) })
    };
    let in_hand = json!([{ "title": "委託案件", "text": "引き継ぐ人の担当になります。", "count": 21, "passes_on": true,
        "rows": [{ "title": "監査", "href": "/entrustments/0", "hint": "令8子-12" }] }]);
    let edit = json!({ "form": FormView::default(), "kept": kept("officer", Value::Null), "roles": choice,
        "divisions": choice });
    let form = |divisions: Value| json!({ "form": FormView::default(), "roles": choice, "divisions": divisions });
    let states = json!([
        invitation("open", true),
        invitation("expired", true),
        invitation("accepted", false),
        invitation("revoked", false)
    ]);
    vec![
        (
            ListView::TEMPLATE,
            list(
                json!([
                    kept("officer", Value::Null),
                    kept("auditor", json!("2026-04-01T00:00:00"))
                ]),
                true,
            ),
        ),
        (ListView::TEMPLATE, list(json!([]), false)),
        (FormPage::TEMPLATE, form(choice.clone())),
        (FormPage::TEMPLATE, form(json!([]))),
        (InvitationsView::TEMPLATE, invitations(states)),
        (InvitationsView::TEMPLATE, invitations(json!([]))),
        (ShowView::TEMPLATE, show("officer", Value::Null, false, false)),
        (ShowView::TEMPLATE, show("administrator", Value::Null, true, true)),
        (ShowView::TEMPLATE, show("officer", json!("2026-04-01T00:00:00"), false, false)),
        (EditPage::TEMPLATE, edit),
        (LeavingPage::TEMPLATE, leaving(in_hand, true, false)),
        (LeavingPage::TEMPLATE, leaving(json!([]), false, true)),
    ]
}
