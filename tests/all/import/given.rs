//! An entrustment with people and items, and the sheets of its registers.

use azukari::entrustment::rules::{HandlingRules, Recipients};
use azukari::entrustment::{EntrustmentId, ItemMark, NewItem};

use super::{csv_of, post_file};
use crate::app::{App, ContractorSide, Page, Person, Principal, entrustment};

/// The headings of a sheet of handlers.
pub const HANDLER: &[&str] = &[
    "委託案件の契約番号",
    "氏名",
    "メールアドレス",
    "役割",
    "従事を始めた日",
    "誓約日",
    "研修を受けた日",
    "研修の内容",
];
/// A handler who breaks nothing.
pub const SAKURA: &[&str] = &[
    "令8子-12",
    "髙橋 桜",
    "s@sr.example",
    "責任者",
    "R8.4.1",
    "2026-04-01",
    "令和8年4月1日",
    "特記事項",
];
/// The headings of a sheet of holdings.
pub const HOLDING: &[&str] = &[
    "委託案件の契約番号",
    "情報項目",
    "人数",
    "種類",
    "場所の種類",
    "場所",
    "保管している国",
    "閲覧できる国",
    "媒体",
    "暗号化",
    "閲覧できる従事者",
    "保管を始めた日",
];
/// A holding that breaks nothing.
pub const OFFICE: &[&str] = &[
    "令8子-12",
    "氏名、給与",
    "49",
    "受け取ったもの",
    "委託先の事業所",
    "事務所2階",
    "日本",
    "JP",
    "委託先のサーバー",
    "媒体またはサービス全体の暗号化",
    "",
    "R8.4.1",
];
/// The headings of a sheet of transmissions.
pub const TRANSMISSION: &[&str] = &[
    "委託案件の契約番号",
    "送った日",
    "送った時刻",
    "送った側",
    "送った従事者",
    "受け取った側（To、メール以外）",
    "送受の方法",
    "情報項目",
    "人数",
    "内容の保護",
    "パスワードや鍵の伝え方",
    "送る前に確認した二人目の人",
    "送った目的",
    "送ったもの",
];
/// A transmission from the principal that breaks nothing.
pub const HANDED: &[&str] = &[
    "令8子-12",
    "2026-04-01",
    "8:05",
    "委託元",
    "",
    "委託先",
    "手渡し",
    "給与",
    "49",
    "封をした（紙、媒体）",
    "パスワードや鍵はない",
    "﨑山",
    "監査のため",
    "給与台帳1冊",
];

/// What the tests of imports start from.
pub struct Given {
    pub mie: Principal,
    pub side: ContractorSide,
    pub id: EntrustmentId,
}

/// An entrustment `令8子-12` with the items 氏名 and 給与.
pub fn given(app: &App) -> Given {
    let mie = app.principal("三重野県");
    let side = app.joined_contractor(&mie, "髙橋商店");
    let mut new = entrustment(side.id, mie.division, "令8子-12", "監査");
    let item =
        |name: &str| NewItem { name: name.into(), mark: ItemMark::None, under: String::new() };
    new.items = vec![item("氏名"), item("給与")];
    new.rules = HandlingRules { recipients: Recipients::Registered, ..HandlingRules::default() };
    let id = app.entrustment(&mie, &new);
    Given { mie, side, id }
}

impl Given {
    /// Uploads rows of a register from the entrustment's page.
    pub async fn upload(&self, kind: &str, rows: &[&[&str]]) -> Page {
        self.upload_as(&self.side.representative, kind, rows).await
    }

    /// The same by somebody else.
    pub async fn upload_as(&self, person: &Person, kind: &str, rows: &[&[&str]]) -> Page {
        let page = format!("/imports/{kind}?entrustment={}", self.id);
        post_file(person, &page, "a.csv", &csv_of(rows)).await
    }

    /// The register's page.
    pub fn home(&self, kind: &str) -> String {
        format!("/entrustments/{}/{kind}", self.id)
    }
}
