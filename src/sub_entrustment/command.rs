//! What the forms ask for: an application, and its decision.

use chrono::NaiveDate;

use super::model::Application;
use crate::entrustment::rules::SubEntrustment;
use crate::entrustment::{DataItemId, Entrustment};
use crate::japanese::{self, CorporateNumber};
use crate::organisation::OrganisationKind;
use crate::organisation::contractor::{self, NewContractor};
use crate::web::{Fields, Form, Invalid, Message, Rule};
use crate::word_type;

/// An application as it is typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewApplication {
    /// 再委託先.
    pub name: String,
    /// カナ.
    pub name_kana: String,
    /// 法人番号.
    pub corporate_number: Option<CorporateNumber>,
    /// 所在地.
    pub address: String,
    /// 代表者.
    pub representative: String,
    /// Where the invitation goes.
    pub email: String,
    /// 電話.
    pub phone: String,
    /// 再委託の理由.
    pub reason: String,
    /// 業務の範囲.
    pub scope: String,
    /// 情報項目.
    pub items: Vec<DataItemId>,
    /// 件数.
    pub persons: i64,
    /// First day.
    pub starts_on: NaiveDate,
    /// Last day.
    pub ends_on: NaiveDate,
    /// 作業場所.
    pub place: String,
    /// Country.
    pub country: String,
    /// 安全管理措置.
    pub safety: String,
    /// 監督方法.
    pub supervision: String,
    /// 再々委託の予定.
    pub further: String,
}

/// Who is to be entrusted.
struct Who {
    name: String,
    name_kana: String,
    corporate_number: Option<CorporateNumber>,
    address: String,
    representative: String,
    email: String,
    phone: String,
}

impl Who {
    fn parse(f: &mut Fields<'_>, form: &Form) -> Option<Self> {
        let name = f.text("name", Rule::line(200));
        let name_kana = f.optional("name_kana", Rule::line(200));
        if let Some(kana) = &name_kana {
            let katakana = kana.is_empty() || japanese::is_katakana_name(kana);
            f.check(katakana, "name_kana", "error-not-katakana");
        }
        let corporate_number = contractor::corporate_number(f, form);
        let address = f.text("address", Rule::line(300));
        let representative = f.text("representative", Rule::line(100));
        let email = f.email("email");
        let phone = f.text("phone", Rule::line(40));
        Some(Self {
            name: name?,
            name_kana: name_kana?,
            corporate_number: corporate_number?,
            address: address?,
            representative: representative?,
            email: email?,
            phone: phone?,
        })
    }
}

impl NewApplication {
    /// Reads the form, within what the entrustment allows: its items, its period, its persons.
    ///
    /// # Errors
    /// What is wrong, by field.
    pub fn parse(
        form: &Form,
        entrustment: &Entrustment,
        known: &[DataItemId],
    ) -> Result<Self, Invalid> {
        let mut f = Fields::of(form);
        let who = Who::parse(&mut f, form);
        let reason = f.text("reason", Rule::text(2000));
        let scope = f.text("scope", Rule::text(2000));
        let items = items(&mut f, known);
        let persons = f.number("persons", 0, entrustment.persons);
        let starts_on = f.date("starts_on");
        let ends_on = f.date("ends_on");
        within(&mut f, starts_on, ends_on, entrustment);
        let place = f.text("place", Rule::line(300));
        let country = country(&mut f);
        let safety = f.text("safety", Rule::text(2000));
        let supervision = f.text("supervision", Rule::text(2000));
        let further = f.optional("further", Rule::text(2000));
        f.finish(|| {
            let who = who?;
            Some(Self {
                name: who.name,
                name_kana: who.name_kana,
                corporate_number: who.corporate_number,
                address: who.address,
                representative: who.representative,
                email: who.email,
                phone: who.phone,
                reason: reason?,
                scope: scope?,
                items: items?,
                persons: persons?,
                starts_on: starts_on?,
                ends_on: ends_on?,
                place: place?,
                country: country?,
                safety: safety?,
                supervision: supervision?,
                further: further?,
            })
        })
    }

    /// The organisation as the principal's register takes it.
    #[must_use]
    pub fn contractor(&self) -> NewContractor {
        let kind = match self.corporate_number {
            Some(_) => OrganisationKind::Company,
            None => OrganisationKind::SoleProprietor,
        };
        NewContractor {
            kind,
            name: self.name.clone(),
            name_kana: self.name_kana.clone(),
            corporate_number: self.corporate_number.clone(),
            postcode: String::new(),
            address: self.address.clone(),
            representative: self.representative.clone(),
            person_in_charge: self.representative.clone(),
            person_in_charge_title: String::new(),
            email: self.email.clone(),
            phone: self.phone.clone(),
            after_hours_phone: String::new(),
            privacy_mark: String::new(),
            privacy_mark_until: None,
            isms: String::new(),
            isms_until: None,
            note: String::new(),
        }
    }
}

impl From<&Application> for NewApplication {
    fn from(of: &Application) -> Self {
        Self {
            name: of.name.clone(),
            name_kana: of.name_kana.clone(),
            corporate_number: of.corporate_number.parse().ok(),
            address: of.address.clone(),
            representative: of.representative.clone(),
            email: of.email.clone(),
            phone: of.phone.clone(),
            reason: of.reason.clone(),
            scope: of.scope.clone(),
            items: of.items.0.clone(),
            persons: of.persons,
            starts_on: of.starts_on,
            ends_on: of.ends_on,
            place: of.place.clone(),
            country: of.country.clone(),
            safety: of.safety.clone(),
            supervision: of.supervision.clone(),
            further: of.further.clone(),
        }
    }
}

/// The items that are ticked: at least one, all of the entrustment's own, in its order.
fn items(f: &mut Fields<'_>, known: &[DataItemId]) -> Option<Vec<DataItemId>> {
    let ticked = f.words::<DataItemId>("items")?;
    f.check(!ticked.is_empty(), "items", "error-choose-one");
    let own = ticked.iter().all(|item| known.contains(item));
    f.check(own, "items", "error-choose-from-list");
    Some(known.iter().copied().filter(|item| ticked.contains(item)).collect())
}

/// Nothing is re-entrusted for longer than it is entrusted.
fn within(
    f: &mut Fields<'_>,
    starts_on: Option<NaiveDate>,
    ends_on: Option<NaiveDate>,
    entrustment: &Entrustment,
) {
    let own = entrustment.starts_on..=entrustment.ends_on;
    if let Some(start) = starts_on {
        f.check(own.contains(&start), "starts_on", "sub-entrustment-error-period");
    }
    if let Some(end) = ends_on {
        f.check(own.contains(&end), "ends_on", "sub-entrustment-error-period");
        if let Some(start) = starts_on {
            f.check(start <= end, "ends_on", "sub-entrustment-error-end");
        }
    }
}

/// One country code, kept in upper case.
fn country(f: &mut Fields<'_>) -> Option<String> {
    let code = japanese::fold_width(&f.text("country", Rule::line(10))?).to_uppercase();
    let two_letters = code.len() == 2 && code.bytes().all(|b| b.is_ascii_uppercase());
    f.check(two_letters, "country", "sub-entrustment-error-country");
    two_letters.then_some(code)
}

word_type! {
    /// What is decided.
    Verdict {
        /// It is approved.
        Approved = "approved",
        /// It is refused.
        Refused = "refused",
    }
}

/// A decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Approved.
    Approve(Approval),
    /// Refused, with the reason.
    Refuse(String),
}

/// What is approved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Approval {
    /// The conditions; may be empty.
    pub conditions: String,
    /// Until when.
    pub permitted_until: NaiveDate,
    /// Whether the contractor below may apply again.
    pub further: SubEntrustment,
}

impl Decision {
    /// Reads the form: until when, within what was asked for; with My Number the first principal's
    /// permission (番号法10条) is said by a tick of its own.
    ///
    /// # Errors
    /// What is wrong, by field.
    pub fn parse(
        form: &Form,
        entrustment: &Entrustment,
        application: &Application,
    ) -> Result<Self, Invalid> {
        let mut f = Fields::of(form);
        let verdict = f.word("decision");
        let conditions = f.optional("conditions", Rule::text(2000));
        if verdict == Some(Verdict::Refused) {
            let said = conditions.as_ref().is_none_or(|reason| !reason.is_empty());
            f.check(said, "conditions", "sub-entrustment-error-reason");
            return f.finish(|| Some(Self::Refuse(conditions?)));
        }
        let permitted_until = f.date("permitted_until");
        let latest = application.ends_on.min(entrustment.ends_on);
        if let Some(until) = permitted_until {
            let within = (application.starts_on..=latest).contains(&until);
            f.check(within, "permitted_until", "sub-entrustment-error-until");
        }
        let further = f.word("further_rule");
        if entrustment.my_number && !f.ticked("my_number") {
            f.error("my_number", Message::new("sub-entrustment-error-my-number"));
        }
        f.finish(|| {
            verdict?;
            Some(Self::Approve(Approval {
                conditions: conditions?,
                permitted_until: permitted_until?,
                further: further?,
            }))
        })
    }
}
