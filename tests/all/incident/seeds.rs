//! The five incidents from which the product came, each from the first report to closing, with the
//! clock moved through its days. Their course is as it was reported; who and where is invented.

use azukari::entrustment::ItemMark::{None as Plain, Sensitive};
use azukari::rulebook::Party::{Contractor, Principal};

use super::story::{Entrusted, Story};
use crate::app::{App, FilledForm, both};

/// The authority that most of them report to, with the number of the receipt.
const COMMISSION: &str = "個人情報保護委員会";

/// There are no My Numbers, nothing of an ordinance, and no unlawful purpose.
fn plain(form: FilledForm) -> FilledForm {
    let fields = ["my_number_included", "ordinance", "unlawful"];
    fields.iter().fold(form, |form, field| form.set(field, "no"))
}

both! {
    // A securities firm put 25 customers into To instead of Bcc; one of them pointed it out a day later.
    async fn twenty_five_customers_saw_each_others_addresses(app: App) {
        let of = Entrusted { title: "相場見通しの配信業務", items: &[("メールアドレス", Plain)], persons: 25 };
        let mut story = Story::begin(&app, "bcc", ("富士見台証券", "みなと配信社"), &of);
        story.on("2026-08-05T16:20:00").report(Principal, &[
            ("kind", "to_instead_of_bcc"), ("known_side", "principal"), ("known_by", "営業企画部"),
            ("summary", "顧客の全員をBCCでなく宛先に入れて送った"),
            ("occurred_on", "令和8年8月4日"), ("occurred_time", "16:13"),
            ("known_on", "令和8年8月5日"), ("known_time", "16:08"),
            ("counted", "unknown"), ("recipients", "同じメールを受け取った顧客"),
        ]).await;
        story.on("2026-08-05T16:40:00").open().await;
        story.settle(Principal, &["所属長と個人情報保護の担当課に知らせ、対応する人を決める"], "部長と管理部に知らせた").await;
        story.on("2026-08-05T18:00:00").learn(Principal, &[
            ("persons", "25"), ("counted", "exact"), ("recipients", "同じメールを受け取った顧客 25人"),
        ]).await;
        let facts = |form: FilledForm| {
            let form = plain(form).set_all(&[("principal_kind", "business"), ("contractor_kind", "none")]);
            form.check("principal_financial", "on").set_all(&[("sensitive", "no"), ("property", "no")])
        };
        story.compute(Principal, facts, &["報告・通知は不要", "金融機関は、この法律の人数に届かなくても"]).await;
        story.on("2026-08-06T10:00:00").decide("report", "金融機関として監督官庁に報告する").await;
        story.on("2026-08-07T11:00:00").file("preliminary", ("財務局", "財8-31")).await;
        let customers = story.chase(Principal, ("同じメールを受け取った顧客", ""), "mail").await;
        story.notify(Principal, ("顧客", "25"), ("mail_one_by_one", &["contact"])).await;
        story.settle(Principal, &["必要なときは、個人情報保護委員会に速報する", "本人に知らせる"], "顧客の全員に一通ずつ送った").await;
        story.explain_cause(Principal, &["宛先の欄を間違えた", "一斉の送信を手で行っていた"], ("no_rule", "BCCに入れる手順がなかった")).await;
        story.prevent("一斉の送信をやめる", ("令和8年9月30日", "営業企画部長")).await;
        story.on("2026-08-14T10:00:00").deleted(Principal, &customers, "顧客の代表").await;
        story.on("2026-08-27T15:00:00").write_all(Principal, [
            "配信メールの宛先欄に顧客の全員を入れた", "メールアドレス", "25人", "BCCに入れる手順がなかった",
            "悪用は確認していない", "全員に一通ずつおわびした", "公表した", "一斉の送信をやめ、一通ずつ送る", "なし",
        ]).await;
        story.file("final", ("財務局", "財8-44")).await;
        story.on("2026-09-04T10:00:00").settle_the_rest().await;
        story.close("全員におわびし、送り方を改めた").await;
        story.ends_with(
            &["顧客の全員をBCCでなく宛先に入れて送った", "25人", "営業企画部", "財8-44", "一斉の送信をやめる", "同じメールを受け取った顧客"],
            &["配信メールの宛先欄に顧客の全員を入れた", "BCCに入れる手順がなかった", "一斉の送信をやめ、一通ずつ送る"],
        ).await;
    }

    // An association sent the data of 166 guides to ten wrong people. One of them said so within the
    // hour; it was taken for an incident half a year later, when every clock had long run.
    async fn of_166_guides_it_was_known_within_the_hour_and_told_half_a_year_later(app: App) {
        let items = [("住所", Plain), ("電話番号", Plain), ("生年月日", Plain), ("健康上の配慮", Sensitive)];
        let of = Entrusted { title: "観光ガイドの登録事務", items: &items, persons: 166 };
        let mut story = Story::begin(&app, "guides", ("長津市", "長津観光協会"), &of);
        story.on("2026-10-19T14:00:00").report(Contractor, &[
            ("kind", "misdirected"), ("known_by", "事務局の職員"),
            ("summary", "登録ガイドの一覧を関係のない人に送った"),
            ("occurred_on", "令和8年4月6日"), ("occurred_time", "10:00"),
            ("known_on", "令和8年4月6日"), ("known_time", "10:40"),
            ("persons", "166"), ("counted", "at_most"), ("recipients", "案内の宛先 10人"),
        ]).await;
        story.on("2026-10-19T15:00:00").open().await;
        story.settle(Contractor, &["渡ってしまった相手に電話し、消去と不使用を頼む", "委託元に電話で知らせる"], "10人に電話した").await;
        let mut guests = Vec::new();
        for n in 1..=10 {
            guests.push(story.chase(Contractor, (&format!("試験受信者{n:02}"), ""), "call").await);
        }
        let facts = |form: FilledForm| plain(form).set_all(&[("sensitive", "yes"), ("property", "no")]);
        story.compute(Contractor, facts, &["報告・通知が必要"]).await;
        story.on("2026-10-20T09:30:00").decide("report", "要配慮個人情報があり、100人を超える").await;
        story.learn(Contractor, &[("persons", "166"), ("counted", "exact")]).await;
        story.on("2026-10-21T16:00:00").write(Contractor, &[("secondary", "10人に確かめているところ")]).await;
        story.file("preliminary", (COMMISSION, "個8-102")).await;
        story.notify(Contractor, ("登録ガイド", "166"), ("letter", &["address", "contact", "birth", "sensitive"])).await;
        story.on("2026-10-26T10:00:00").explain_cause(
            Contractor, &["宛先を取り違えた", "一人で確かめていた", "届いた知らせを事故と考えなかった"],
            ("no_second_check", "宛先の確認が一人だけだった"),
        ).await;
        for guest in &guests {
            story.deleted(Contractor, guest, "受け取った人").await;
        }
        let action = story.prevent("宛先を二人で確かめる", ("令和8年11月20日", "事務局長")).await;
        story.on("2026-11-13T10:00:00").mended(&action, "送信の前に二人で確かめる", "記録を見た").await;
        story.on("2026-11-16T13:00:00").write_all(Contractor, [
            "登録ガイドの一覧を10人に送った", "住所、電話番号、生年月日など", "166人", "宛先の確認が一人だけだった",
            "被害は確認していない", "全員に手紙でおわびした", "公表した", "宛先を二人で確かめる", "半年のあいだ報告が遅れた",
        ]).await;
        story.file("final", (COMMISSION, "個8-131")).await;
        story.on("2026-11-30T10:00:00").settle_the_rest().await;
        story.close("10人の消去を確かめた").await;
        story.ends_with(
            &["登録ガイドの一覧を関係のない人に送った", "令和8年4月6日10時40分", "166人", "案内の宛先 10人", "個8-131", "試験受信者07", "宛先を二人で確かめる"],
            &["宛先の確認が一人だけだった", "半年のあいだ報告が遅れた", "166人"],
        ).await;
    }

    // A labour consultant forwarded audit material to his own address and mistyped it. Whoever has it
    // never answered.
    async fn the_audit_material_of_49_nursery_staff_went_to_somebody_who_never_answered(app: App) {
        let items = [("氏名", Plain), ("資格", Plain), ("最終学歴", Plain), ("給与", Plain)];
        let of = Entrusted { title: "保育所等指導監査の業務委託", items: &items, persons: 49 };
        let mut story = Story::begin(&app, "audit", ("三重野県", "髙橋社会保険労務士事務所"), &of);
        story.on("2026-08-28T09:40:00").report(Contractor, &[
            ("kind", "self_forwarding"), ("known_by", "所長"),
            ("summary", "監査資料を自分に転送するとき宛先を打ち間違えた"),
            ("occurred_on", "令和8年8月27日"), ("occurred_time", "18:20"),
            ("known_on", "令和8年8月27日"), ("known_time", "19:05"),
            ("counted", "unknown"), ("recipients", "持ち主の分からないアドレス 1件"),
        ]).await;
        story.on("2026-08-28T10:15:00").open().await;
        story.settle(Contractor, &["渡ってしまった相手に電話し、消去と不使用を頼む", "証拠を保全する"], "電話が分からずメールで頼んだ").await;
        let stranger = story.chase(Contractor, ("持ち主の分からないアドレス", "dareka@mistyped.example"), "mail").await;
        story.on("2026-08-28T14:00:00").learn(Contractor, &[("persons", "49"), ("counted", "exact")]).await;
        let facts = |form: FilledForm| plain(form).set("sensitive", "no");
        story.compute(Contractor, facts, &["人の判断が必要"]).await;
        story.on("2026-08-29T10:00:00").decide("report", "返事がなく、悪用のおそれを否定できない").await;
        story.on("2026-08-31T15:00:00").write(Contractor, &[("secondary", "宛先から返事がない")]).await;
        story.file("preliminary", (COMMISSION, "個8-77")).await;
        let data = ["name", "work", "education", "income"];
        story.notify(Principal, ("在職の職員", "43"), ("letter", &data)).await;
        story.notify(Principal, ("退職した職員", "6"), ("letter", &data)).await;
        story.settle(Principal, &["本人に知らせる"], "在職の43人と退職した6人に知らせた").await;
        story.on("2026-09-07T10:00:00").explain_cause(
            Contractor, &["宛先を打ち間違えた", "私用のアドレスで続きをしていた", "端末を持ち出す決まりがなかった"],
            ("no_rule", "自分のアドレスへの転送が習慣だった"),
        ).await;
        let action = story.prevent("私用のアドレスへの転送を禁じる", ("令和8年9月30日", "所長")).await;
        story.on("2026-09-23T14:00:00").settle(Principal, &["公表するかを決める"], "本日公表した").await;
        story.on("2026-09-24T11:00:00").write_all(Principal, [
            "監査資料を誤った宛先に転送した", "氏名、資格、最終学歴、給与など", "49人（在職43人、退職6人）",
            "自分のアドレスへの転送が習慣だった", "返事がなく、否定できない", "全員に手紙でおわびした",
            "令和8年9月23日に公表した", "私用のアドレスへの転送を禁じる", "なし",
        ]).await;
        story.file("final", (COMMISSION, "個8-90")).await;
        story.on("2026-09-30T10:00:00").mended(&action, "転送を禁じ、送信を記録する", "送信の記録を見た").await;
        story.on("2026-10-30T10:00:00").settle_the_rest().await;
        story.given_up(&stranger, "2か月頼み続けたが返事がなく、持ち主も分からない").await;
        story.close("返事はなく、見守りに移る").await;
        story.ends_with(
            &["監査資料を自分に転送するとき宛先を打ち間違えた", "49人", "持ち主の分からないアドレス 1件", "個8-90", "私用のアドレスへの転送を禁じる", "2か月頼み続けた"],
            &["49人（在職43人、退職6人）", "自分のアドレスへの転送が習慣だった", "令和8年9月23日に公表した"],
        ).await;
    }

    // A file with the data of other users went with a mail to somebody who had come to try the office.
    async fn a_sheet_with_the_disabilities_of_other_users_went_to_a_trial_user(app: App) {
        let items = [("氏名", Plain), ("生年月日", Plain), ("障害の種別", Sensitive), ("主治医", Sensitive)];
        let of = Entrusted { title: "就労支援の業務委託", items: &items, persons: 40 };
        let mut story = Story::begin(&app, "trial_users", ("青波県", "つながり就労支援"), &of);
        story.on("2026-06-19T18:00:00").report(Contractor, &[
            ("kind", "wrong_attachment"), ("known_by", "支援員"),
            ("summary", "体験利用の案内にほかの利用者の表を添付した"),
            ("occurred_on", "令和8年6月19日"), ("occurred_time", "15:00"),
            ("known_on", "令和8年6月19日"), ("known_time", "17:30"),
            ("persons", "40"), ("counted", "at_most"), ("recipients", "体験利用者 1人"),
        ]).await;
        story.on("2026-06-19T18:30:00").open().await;
        story.settle(Contractor, &["渡ってしまった相手に電話し、消去と不使用を頼む"], "電話で頼み、応じてもらった").await;
        let trial = ("体験利用者", "taiken@visitor.example");
        let visitor = story.chase(Contractor, trial, "call").await;
        let facts = |form: FilledForm| plain(form).set_all(&[("sensitive", "yes"), ("property", "no")]);
        story.compute(Contractor, facts, &["報告・通知が必要"]).await;
        story.on("2026-06-22T09:30:00").learn(Contractor, &[("persons", "31"), ("counted", "exact")]).await;
        story.decide("report", "要配慮個人情報が含まれる").await;
        story.file("preliminary", (COMMISSION, "個8-40")).await;
        let data = ["name", "birth", "disability", "health"];
        let users = story.notify(Contractor, ("ほかの利用者", "31"), ("visit", &data)).await;
        story.confirmed(Contractor, &visitor, (trial.1, trial.0)).await;
        story.on("2026-06-26T15:00:00").settle(Contractor, &["相手から、消去と不使用の確認を書面でもらう"], "書面を受け取った").await;
        story.on("2026-07-06T10:00:00").explain_cause(
            Contractor, &["開いていた表を添付した", "一つの表に全員を入れていた"],
            ("no_second_check", "一つの表に全員を入れ、添付を一人で確かめていた"),
        ).await;
        for measure in [
            "表を一人ずつに分ける", "添付を二人で確かめる", "外への送信を承認する", "送信を五分遅らせる",
            "閲覧の権限を絞る", "毎月の研修を行う", "手順を書面にする",
        ] {
            story.prevent(measure, ("令和8年8月31日", "管理者")).await;
        }
        story.settled_with(Contractor, &users, ("31", "310000", "令8示-1")).await;
        story.on("2026-07-17T13:00:00").write_all(Contractor, [
            "ほかの利用者の表を添付して送った", "氏名、生年月日、障害の種別、主治医など", "31人", "一つの表に全員を入れていた",
            "相手の消去を確かめた", "一人ずつおわびし、1万円ずつ支払う", "公表した", "表を一人ずつに分けるなど七つの措置", "なし",
        ]).await;
        story.file("final", (COMMISSION, "個8-58")).await;
        story.on("2026-07-31T10:00:00").settle_the_rest().await;
        story.close("消去の書面を得て、全員と示談した").await;
        story.ends_with(
            &["体験利用の案内にほかの利用者の表を添付した", "31人", "体験利用者 1人", "個8-58", "表を一人ずつに分ける", "送信を五分遅らせる"],
            &["一つの表に全員を入れていた", "表を一人ずつに分けるなど七つの措置", "一人ずつおわびし、1万円ずつ支払う"],
        ).await;
    }

    // A city's centre mailed a list of 23 disabled persons to 13 offices; one of the offices noticed.
    async fn a_list_of_23_disabled_persons_went_to_thirteen_offices(app: App) {
        let items = [("氏名", Plain), ("住所", Plain), ("生年月日", Plain), ("障害者手帳の等級", Sensitive)];
        let of = Entrusted { title: "子育て支援の案内業務", items: &items, persons: 23 };
        let mut story = Story::begin(&app, "offices", ("高宮市", "高宮福祉会"), &of);
        story.on("2026-11-27T16:30:00").report(Principal, &[
            ("kind", "wrong_attachment"), ("known_side", "principal"), ("known_by", "子育て支援センター"),
            ("summary", "事業所への案内に名簿を添付して送った"),
            ("occurred_on", "令和8年11月27日"), ("occurred_time", "13:00"),
            ("known_on", "令和8年11月27日"), ("known_time", "16:00"),
            ("counted", "unknown"), ("recipients", "案内先の事業所"),
        ]).await;
        story.on("2026-11-27T16:45:00").open().await;
        story.on("2026-11-27T19:00:00").learn(Principal, &[
            ("persons", "23"), ("counted", "exact"), ("recipients", "案内先の事業所 13か所"),
        ]).await;
        let facts = |form: FilledForm| {
            plain(form).set_all(&[("contractor_kind", "none"), ("sensitive", "yes"), ("property", "no")])
        };
        story.compute(Principal, facts, &["報告・通知が必要"]).await;
        let mut offices = Vec::new();
        for n in 1..=13 {
            offices.push(story.chase(Principal, (&format!("試験事業所{n:02}"), ""), "call").await);
        }
        story.on("2026-11-28T10:00:00").decide("report", "障害の情報が含まれる").await;
        story.on("2026-11-30T17:00:00").file("preliminary", (COMMISSION, "個8-160")).await;
        let data = ["name", "address", "birth", "disability"];
        story.notify(Principal, ("保護者", "23"), ("visit", &data)).await;
        story.settle(Principal, &["本人に知らせる"], "保護者の全員を訪ねておわびした").await;
        for office in &offices {
            story.deleted(Principal, office, "事業所の職員").await;
        }
        story.on("2026-12-07T10:00:00").explain_cause(
            Principal, &["添付を確かめずに送った", "名簿が案内と同じ場所にあった"],
            ("no_second_check", "添付を確かめずに送った"),
        ).await;
        story.prevent("添付を二人で確かめる", ("令和9年1月15日", "センター長")).await;
        story.on("2026-12-25T11:00:00").write_all(Principal, [
            "案内の宛先13か所に名簿を送った", "氏名、住所、生年月日、障害者手帳の等級", "23人", "添付を確かめずに送った",
            "13か所の消去を確かめた", "保護者の全員におわびした", "公表した", "添付を二人で確かめる", "なし",
        ]).await;
        story.file("final", (COMMISSION, "個8-178")).await;
        story.on("2027-01-15T10:00:00").settle_the_rest().await;
        story.close("13か所の消去を確かめ、保護者におわびした").await;
        story.ends_with(
            &["事業所への案内に名簿を添付して送った", "23人", "案内先の事業所 13か所", "子育て支援センター", "個8-178", "試験事業所13", "添付を二人で確かめる"],
            &["案内の宛先13か所に名簿を送った", "添付を確かめずに送った", "添付を二人で確かめる"],
        ).await;
    }
}
