//! A contractor as a principal registers it, and its form.

use chrono::NaiveDate;
use diesel::prelude::*;
use serde::Serialize;

use super::super::model::OrganisationKind;
use crate::actor::OrganisationId;
use crate::database::schema::contractor;
use crate::id_type;
use crate::japanese::{self, CorporateNumber, CorporateNumberError};
use crate::web::{Fields, Form, Invalid, Message, Rule};

id_type! {
    /// The id of a registered contractor.
    ContractorId
}

/// A contractor (委託先) in the register of one principal.
#[derive(Clone, Debug, Queryable, Selectable, Serialize)]
#[diesel(table_name = contractor)]
pub struct Contractor {
    /// The principal.
    pub tenant_id: OrganisationId,
    /// Its id in the register.
    pub id: ContractorId,
    /// The organisation to which it was joined when its representative accepted an invitation.
    pub organisation_id: Option<OrganisationId>,
    /// What it is.
    pub kind: OrganisationKind,
    /// 名称 as typed.
    pub name: String,
    /// カナ.
    pub name_kana: String,
    /// 法人番号, where it has one.
    pub corporate_number: Option<String>,
    /// 郵便番号.
    pub postcode: String,
    /// 所在地.
    pub address: String,
    /// 代表者.
    pub representative: String,
    /// 責任者 for the handling of personal data.
    pub person_in_charge: String,
    /// Title of the person in charge.
    pub person_in_charge_title: String,
    /// Where invitations and notices go.
    pub email: String,
    /// 連絡先.
    pub phone: String,
    /// 連絡先 outside office hours.
    pub after_hours_phone: String,
    /// プライバシーマーク登録番号.
    pub privacy_mark: String,
    /// Until when it holds.
    pub privacy_mark_until: Option<NaiveDate>,
    /// ISMS certificate.
    pub isms: String,
    /// Until when it holds.
    pub isms_until: Option<NaiveDate>,
    /// 所見.
    pub note: String,
    /// For optimistic locking.
    pub version: i32,
}

/// How to reach a contractor's person in charge.
#[derive(Clone, Debug, Serialize)]
pub struct Contact {
    /// The person's name.
    pub name: String,
    /// The person's address.
    pub email: String,
}

/// A contractor as it is registered or changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewContractor {
    /// What it is.
    pub kind: OrganisationKind,
    /// 名称.
    pub name: String,
    /// カナ.
    pub name_kana: String,
    /// 法人番号.
    pub corporate_number: Option<CorporateNumber>,
    /// 郵便番号.
    pub postcode: String,
    /// 所在地.
    pub address: String,
    /// 代表者.
    pub representative: String,
    /// 責任者.
    pub person_in_charge: String,
    /// Title of the person in charge.
    pub person_in_charge_title: String,
    /// Where invitations and notices go.
    pub email: String,
    /// 連絡先.
    pub phone: String,
    /// 連絡先 outside office hours.
    pub after_hours_phone: String,
    /// プライバシーマーク登録番号.
    pub privacy_mark: String,
    /// Until when it holds.
    pub privacy_mark_until: Option<NaiveDate>,
    /// ISMS certificate.
    pub isms: String,
    /// Until when it holds.
    pub isms_until: Option<NaiveDate>,
    /// 所見.
    pub note: String,
}

impl NewContractor {
    /// Reads the form.
    ///
    /// # Errors
    /// What is wrong, by field.
    pub fn parse(form: &Form) -> Result<Self, Invalid> {
        let mut f = Fields::of(form);
        let kind = f.word("kind");
        let name = f.text("name", Rule::line(200));
        let name_kana = f.optional("name_kana", Rule::line(200));
        if let Some(kana) = &name_kana {
            f.check(
                kana.is_empty() || japanese::is_katakana_name(kana),
                "name_kana",
                "error-not-katakana",
            );
        }
        let corporate_number = corporate_number(&mut f, form);
        let postcode = postcode(&mut f, form);
        let address = f.text("address", Rule::line(300));
        let representative = f.optional("representative", Rule::line(100));
        let person_in_charge = f.text("person_in_charge", Rule::line(100));
        let person_in_charge_title = f.optional("person_in_charge_title", Rule::line(100));
        let email = f.email("email");
        let phone = f.text("phone", Rule::line(40));
        let after_hours_phone = f.optional("after_hours_phone", Rule::line(40));
        let privacy_mark = f.optional("privacy_mark", Rule::line(40));
        let privacy_mark_until = f.optional_date("privacy_mark_until");
        let isms = f.optional("isms", Rule::line(40));
        let isms_until = f.optional_date("isms_until");
        let note = f.optional("note", Rule::text(4000));
        f.finish(|| {
            Some(Self {
                kind: kind?,
                name: name?,
                name_kana: name_kana?,
                corporate_number: corporate_number?,
                postcode: postcode?,
                address: address?,
                representative: representative?,
                person_in_charge: person_in_charge?,
                person_in_charge_title: person_in_charge_title?,
                email: email?,
                phone: phone?,
                after_hours_phone: after_hours_phone?,
                privacy_mark: privacy_mark?,
                privacy_mark_until: privacy_mark_until?,
                isms: isms?,
                isms_until: isms_until?,
                note: note?,
            })
        })
    }
}

/// Reads the field `corporate_number`: a 法人番号, or nothing for who has none.
pub fn corporate_number(f: &mut Fields<'_>, form: &Form) -> Option<Option<CorporateNumber>> {
    match form.value("corporate_number").parse::<CorporateNumber>() {
        Ok(number) => Some(Some(number)),
        Err(CorporateNumberError::Empty) => Some(None),
        Err(error) => {
            let key = match error {
                CorporateNumberError::InvoiceNumber => "error-corporate-number-invoice",
                CorporateNumberError::CheckDigit => "error-corporate-number-check-digit",
                _ => "error-corporate-number-digits",
            };
            f.error("corporate_number", Message::new(key));
            None
        }
    }
}

/// 郵便番号: seven digits, kept as `123-4567`; may be empty.
fn postcode(f: &mut Fields<'_>, form: &Form) -> Option<String> {
    let folded = japanese::fold_width(form.value("postcode").trim())
        .replace(['-', '‐', '−', 'ー', '〒'], "");
    if folded.is_empty() {
        return Some(folded);
    }
    if folded.len() == 7 && folded.bytes().all(|b| b.is_ascii_digit()) {
        let (area, rest) = folded.split_at_checked(3)?;
        return Some(format!("{area}-{rest}"));
    }
    f.error("postcode", Message::new("error-postcode"));
    None
}

impl Contractor {
    /// The form filled in with this contractor.
    #[must_use]
    pub fn form(&self) -> Form {
        let date = |date: Option<NaiveDate>| date.map(|d| d.to_string()).unwrap_or_default();
        Form::from_pairs([
            ("kind", self.kind.to_string()),
            ("name", self.name.clone()),
            ("name_kana", self.name_kana.clone()),
            ("corporate_number", self.corporate_number.clone().unwrap_or_default()),
            ("postcode", self.postcode.clone()),
            ("address", self.address.clone()),
            ("representative", self.representative.clone()),
            ("person_in_charge", self.person_in_charge.clone()),
            ("person_in_charge_title", self.person_in_charge_title.clone()),
            ("email", self.email.clone()),
            ("phone", self.phone.clone()),
            ("after_hours_phone", self.after_hours_phone.clone()),
            ("privacy_mark", self.privacy_mark.clone()),
            ("privacy_mark_until", date(self.privacy_mark_until)),
            ("isms", self.isms.clone()),
            ("isms_until", date(self.isms_until)),
            ("note", self.note.clone()),
            ("version", self.version.to_string()),
        ])
    }
}
