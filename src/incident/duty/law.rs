//! The grounds, the thresholds and the articles, with the day from which they hold.

use chrono::NaiveDate;
use serde::Serialize;

use super::facts::BodyKind;
use crate::word_type;

word_type! {
    /// A ground on which an incident is to be reported.
    Ground {
        /// 要配慮個人情報 (施行規則7条1号, 43条1号).
        Sensitive = "sensitive",
        /// 財産的被害のおそれ (2号).
        Property = "property",
        /// 不正の目的 (3号).
        Unlawful = "unlawful",
        /// The number of persons (4号): more than 1,000, of a public body more than 100.
        Number = "number",
        /// 条例要配慮個人情報 (施行規則43条5号), public bodies only.
        Ordinance = "ordinance",
        /// My Numbers from a designated system (番号法29条の4の規則2条1号).
        MyNumberSystem = "my_number_system",
        /// My Numbers, for an unlawful purpose (2号).
        MyNumberUnlawful = "my_number_unlawful",
        /// My Numbers that the public could see (3号).
        MyNumberPublic = "my_number_public",
        /// My Numbers of more than 100 persons (4号).
        MyNumberNumber = "my_number_number",
    }
}

impl Ground {
    /// Whether the final report has 60 days.
    #[must_use]
    pub fn is_unlawful(self) -> bool {
        matches!(self, Self::Unlawful | Self::MyNumberUnlawful)
    }
}

word_type! {
    /// An article from which a duty follows.
    Article {
        /// 個人情報保護法26条: report and notice of a business.
        Act26 = "act_26",
        /// 個人情報保護法26条1項ただし書: a contractor that told its principal is freed.
        Act26Proviso = "act_26_proviso",
        /// 個人情報保護法68条: report and notice of a public body.
        Act68 = "act_68",
        /// 施行規則7条: the grounds of a business.
        Rule7 = "rule_7",
        /// 施行規則43条: the grounds of a public body.
        Rule43 = "rule_43",
        /// 番号法29条の4.
        MyNumberAct29 = "my_number_act_29_4",
        /// 番号法29条の4に基づく規則2条.
        MyNumberRule2 = "my_number_rule_2",
    }
}

/// The rules that hold from a day on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Rules {
    /// The first day on which an incident that becomes known falls under them.
    pub from: NaiveDate,
    /// A business reports above this number of persons.
    pub business_above: u32,
    /// A public body reports above this number.
    pub public_body_above: u32,
    /// My Numbers are reported above this number.
    pub my_number_above: u32,
}

/// All rules so far, the oldest first. An amending act of 2026-07-17 takes effect within two years:
/// its rules get a row here, with their day.
const ALL: [Rules; 1] = [Rules {
    // 2022-04-01: the duty to report came into force (令和2年改正法, 令和3年改正法).
    from: match NaiveDate::from_ymd_opt(2022, 4, 1) {
        Some(day) => day,
        None => NaiveDate::MIN,
    },
    business_above: 1_000,
    public_body_above: 100,
    my_number_above: 100,
}];

impl Rules {
    /// The rules for an incident that became known on `day`; none before there was a duty.
    #[must_use]
    pub fn on(day: NaiveDate) -> Option<Self> {
        ALL.iter().rev().find(|rules| rules.from <= day).copied()
    }

    /// The newest rules, for an incident of which nobody knows yet when it became known.
    #[must_use]
    pub fn newest() -> Self {
        let [.., newest] = ALL;
        newest
    }

    /// Above how many persons an organisation reports for the number alone.
    #[must_use]
    pub fn above(self, kind: BodyKind) -> u32 {
        match kind {
            BodyKind::PublicBody => self.public_body_above,
            BodyKind::Business | BodyKind::ListedBody => self.business_above,
        }
    }
}
