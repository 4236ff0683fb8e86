//! The fictional bodies and people of the demonstration.

use crate::organisation::OrganisationKind;
use crate::organisation::contractor::NewContractor;

/// The prefecture.
pub(super) const PREFECTURE: &str = "青波県";
/// The division that looks after nurseries.
pub(super) const DIVISION: &str = "子ども福祉課";
/// Another division, whose entrustments the officer doesn't see.
pub(super) const OTHER_DIVISION: &str = "税務課";

/// Somebody to sign in as: name, mail address.
pub(super) const ADMINISTRATOR: (&str, &str) = ("濵田 久美子", "kanri@aonami.example");
/// The officer of the division.
pub(super) const OFFICER: (&str, &str) = ("﨑山 直樹", "kodomo@aonami.example");
/// The auditor.
pub(super) const AUDITOR: (&str, &str) = ("邉見 誠", "kansa@aonami.example");
/// The labour consultant.
pub(super) const CONSULTANT: (&str, &str) = ("髙橋 千尋", "takahashi@sharoushi.example");

fn contractor(
    kind: OrganisationKind,
    name: &str,
    kana: &str,
    person: (&str, &str),
    phone: &str,
) -> NewContractor {
    NewContractor {
        kind,
        name: name.into(),
        name_kana: kana.into(),
        corporate_number: None,
        postcode: "999-0001".into(),
        address: "青波県波音市港町一丁目2番3号".into(),
        representative: person.0.into(),
        person_in_charge: person.0.into(),
        person_in_charge_title: "個人情報取扱責任者".into(),
        email: person.1.into(),
        phone: phone.into(),
        after_hours_phone: "090-0000-0000".into(),
        privacy_mark: String::new(),
        privacy_mark_until: None,
        isms: String::new(),
        isms_until: None,
        note: String::new(),
    }
}

/// The labour consultant's office: one person with a laptop.
pub(super) fn consultant() -> NewContractor {
    contractor(
        OrganisationKind::SoleProprietor,
        "髙橋社会保険労務士事務所",
        "タカハシシャカイホケンロウムシジムショ",
        CONSULTANT,
        "000-123-4567",
    )
}

/// A company that types in data.
pub(super) fn data_entry() -> NewContractor {
    contractor(
        OrganisationKind::Company,
        "株式会社波音データ入力",
        "カブシキガイシャナミオトデータニュウリョク",
        ("小野寺 航", "onodera@namioto.example"),
        "000-222-3333",
    )
}

/// A welfare corporation.
pub(super) fn welfare() -> NewContractor {
    contractor(
        OrganisationKind::Company,
        "社会福祉法人𠮷野会",
        "シャカイフクシホウジンヨシノカイ",
        ("𠮷野 みどり", "yoshino@yoshinokai.example"),
        "000-444-5555",
    )
}
