use super::steps::{by_mail, desk, propose, token};
use crate::app::{App, both};

const ADDRESS: &str = "roudou@labour.example";

both! {
    async fn a_proposed_recipient_counts_when_the_principal_has_approved(app: App) {
        let desk = desk(&app);
        let person = desk.representative();
        let path = propose(&desk, person, "三重野労働局", ADDRESS).await;
        assert_eq!(app.acts(desk.mie.id).last().unwrap(), "recipient.proposed");
        assert_eq!(app.last_mail("recipient_proposed").to_address, desk.mie.officer.email);
        let id = path.rsplit('/').next().unwrap().to_owned();
        let own = format!("/entrustments/{}", desk.entrustment);
        assert!(desk.mie.officer.get(&own).await.body.contains("承認待ち 1件"));
        let early = by_mail(&desk, person).await.set("receiver_who_0", &id).submit().await;
        assert_eq!((early.status, early.wrong_fields()), (422, vec!["fact_recipient".to_owned()]));

        let page = desk.mie.approver.get(&path).await;
        let refused = page.main_form().set("decision", "refused").submit().await;
        assert_eq!(refused.wrong_fields(), ["reason"], "a refusal says why");
        let approved = page.main_form().set("decision", "approved").submit().await;
        assert_eq!(approved.status, 303);
        assert_eq!(app.acts(desk.mie.id).last().unwrap(), "recipient.approved");
        assert_eq!(app.last_mail("recipient_decided").to_address, person.email);
        let again = page.main_form().set("decision", "refused").set("reason", "x").submit().await;
        assert_eq!(again.status, 409);
        let saved = by_mail(&desk, person).await.set("receiver_who_0", &id).submit().await;
        assert_eq!(saved.status, 303, "{:?}", saved.wrong_fields());
        assert!(saved.body.contains(ADDRESS) && saved.body.contains("登録した送付先"));
        assert!(saved.body.contains("不要"), "nobody of the other side took part");

        let ended = desk.mie.officer.get(&path).await.form("main form[action$='/end']").submit().await;
        assert_eq!(ended.status, 303);
        assert_eq!(app.acts(desk.mie.id).last().unwrap(), "recipient.ended");
        let late = by_mail(&desk, person).await.set("receiver_who_0", &id).submit().await;
        assert_eq!(late.wrong_fields(), ["fact_recipient"]);
    }

    async fn more_than_the_purpose_needs_is_pointed_out(app: App) {
        let desk = desk(&app);
        let person = desk.representative();
        let path = propose(&desk, &desk.mie.officer, "三重野労働局", ADDRESS).await;
        assert_eq!(app.acts(desk.mie.id).last().unwrap(), "recipient.proposed");
        let own = desk.mie.officer.get(&path).await;
        assert!(own.body.contains("ご自身が申請した") && !own.has("input[name=decision]"), "somebody else approves");
        let fields = [("csrf", &*token(&own)), ("decision", "approved"), ("version", "1")];
        assert_eq!(desk.mie.officer.post(&format!("{path}/decision"), &fields).await.status, 403);
        assert_eq!(app.mails().into_iter().filter(|mail| mail.kind == "recipient_asked").count(), 2);
        let page = desk.mie.approver.get(&path).await;
        assert_eq!(page.main_form().set("decision", "approved").submit().await.status, 303);
        let id = path.rsplit('/').next().unwrap();
        let form = by_mail(&desk, person).await.set("receiver_who_0", id).set("persons", "21");
        let many = form.submit().await;
        assert_eq!(many.wrong_fields(), ["reason_beyond_purpose"]);
        let form = by_mail(&desk, person).await.set("receiver_who_0", id);
        let mistyped = form.set("receiver_address_0", "roudo@labour.example").submit().await;
        assert_eq!(mistyped.wrong_fields(), ["fact_recipient"]);
    }

    async fn every_wrong_field_of_a_recipient_is_said(app: App) {
        let desk = desk(&app);
        let page = desk.representative().get(&format!("{}/new", desk.recipients)).await;
        let good = [("name", "労働局"), ("kind", "authority"), ("purpose", "報告")];
        let long = "1".repeat(1001);
        for (field, typed) in [
            ("name", ""), ("name", &*long), ("kind", "friend"), ("purpose", ""), ("purpose", &*long), ("address", &*long),
            ("persons_limit", "0"), ("persons_limit", "多数"), ("until_on", "R8.3.31"), ("until_on", "いつか"),
        ] {
            let again = page.main_form().set_all(&good).set(field, typed).submit().await;
            assert_eq!((again.status, again.wrong_fields()), (422, vec![field.to_owned()]), "{field} {typed:?}");
        }
    }

    async fn only_the_principal_decides_on_recipients(app: App) {
        let desk = desk(&app);
        let person = desk.representative();
        let path = propose(&desk, person, "三重野労働局", ADDRESS).await;
        let fields = |token: &str| vec![("csrf".to_owned(), token.to_owned()), ("decision".to_owned(), "approved".to_owned()), ("version".to_owned(), "1".to_owned())];
        for (reader, status) in [(person, 403), (&desk.mie.auditor, 403)] {
            let page = reader.get(&path).await;
            assert!(!page.has("input[name=decision]"));
            let fields = fields(&token(&page));
            let fields: Vec<_> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
            assert_eq!(reader.post(&format!("{path}/decision"), &fields).await.status, status);
        }
        assert_eq!(desk.mie.auditor.get(&format!("{}/new", desk.recipients)).await.status, 403);
        let town = app.principal("津島町");
        let stranger = app.joined_contractor(&town, "𠮷田").representative;
        for other in [&town.officer, &stranger] {
            assert_eq!(other.get(&path).await.status, 404);
            assert_eq!(other.get(&desk.recipients).await.status, 404);
            let fields = fields(&token(&other.get("/entrustments").await));
            let fields: Vec<_> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
            let status = other.post(&format!("{path}/decision"), &fields).await.status;
            assert!(status == 404 || status == 403, "{status}");
            assert_eq!(other.post(&format!("{path}/end"), &fields).await.status, 404);
        }
        for query in ["", "status=proposed", "sort=-name", "page=x", "status=x"] {
            let list = desk.mie.auditor.get(&format!("{}?{query}", desk.recipients)).await;
            assert_eq!(list.texts("tbody th"), ["三重野労働局"], "{query}");
        }
        assert!(!person.get(&format!("{}?status=ended", desk.recipients)).await.has("tbody"));
    }
}
