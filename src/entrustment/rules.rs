//! Handling rules (取扱ルール): what may be done with the data, in fields that are held against
//! facts by code; the clauses say the same in prose.

use serde::{Deserialize, Serialize};

use crate::web::{Choice, Fields, Language, Message};
use crate::word_type;

word_type! {
    /// Where the data may be handled (作業場所).
    Place {
        /// The contractor's office.
        Office = "office",
        /// The principal's premises.
        Principal = "principal",
        /// At home.
        Home = "home",
        /// A data centre.
        DataCentre = "data_centre",
        /// A cloud service.
        Cloud = "cloud",
    }
}

word_type! {
    /// On what the data may be kept.
    Medium {
        /// Paper.
        Paper = "paper",
        /// A terminal of the contractor's.
        Terminal = "terminal",
        /// A server of the contractor's.
        Server = "server",
        /// A cloud service.
        Cloud = "cloud",
        /// A removable medium.
        Removable = "removable",
    }
}

word_type! {
    /// How the data may be transmitted (受渡方法).
    Way {
        /// The portal's hand-over desk.
        HandOver = "hand_over",
        /// A link limited to the recipient and in time.
        LimitedLink = "limited_link",
        /// Mail with encrypted content and the key by another way.
        EncryptedMail = "encrypted_mail",
        /// Mail without encryption.
        PlainMail = "plain_mail",
        /// Telefax.
        Fax = "fax",
        /// Ordinary post.
        Post = "post",
        /// Registered post.
        RegisteredPost = "registered_post",
        /// From hand to hand.
        Hand = "hand",
        /// A system interface or VPN.
        Api = "api",
        /// A removable medium.
        Removable = "removable",
    }
}

word_type! {
    /// To whom the contractor may transmit.
    Recipients {
        /// To nobody but the principal.
        PrincipalOnly = "principal_only",
        /// To recipients that the principal registered and approved.
        Registered = "registered",
    }
}

word_type! {
    /// What has to be encrypted.
    Encryption {
        /// Everything, kept or moved.
        Always = "always",
        /// What leaves the place of work.
        Outside = "outside",
        /// Sensitive items only.
        Sensitive = "sensitive",
    }
}

word_type! {
    /// When a second person checks before something is sent.
    SecondChecker {
        /// Always.
        Always = "always",
        /// When it goes to anybody but the principal.
        Outside = "outside",
        /// Never demanded.
        Never = "never",
    }
}

word_type! {
    /// Whether the contractor may entrust others.
    SubEntrustment {
        /// Never.
        Forbidden = "forbidden",
        /// With the principal's approval beforehand.
        WithApproval = "with_approval",
    }
}

/// The handling rules of an entrustment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandlingRules {
    /// Permitted places.
    pub places: Vec<Place>,
    /// Permitted countries of storage and access, ISO 3166-1 alpha-2.
    pub countries: Vec<String>,
    /// The cloud services that were reported; empty where any may be used that a holding names.
    #[serde(default)]
    pub clouds: Vec<String>,
    /// Permitted media.
    pub media: Vec<Medium>,
    /// Permitted ways of transmission.
    pub ways: Vec<Way>,
    /// The same for sensitive items and My Number.
    pub ways_sensitive: Vec<Way>,
    /// Permitted recipients.
    pub recipients: Recipients,
    /// What has to be encrypted.
    pub encryption: Encryption,
    /// When a second person checks.
    pub second_checker: SecondChecker,
    /// Whether there may be a sub-entrustment.
    pub sub_entrustment: SubEntrustment,
    /// Days after the end of the contract within which everything is given back or erased.
    pub retention_days: i64,
    /// Hours within which the contractor tells the principal of an incident.
    pub report_hours: i64,
}

impl Default for HandlingRules {
    /// What a public body usually demands (law.md §3, clauses 8 to 15).
    fn default() -> Self {
        Self {
            places: vec![Place::Office, Place::Principal],
            countries: vec!["JP".into()],
            clouds: Vec::new(),
            media: vec![Medium::Paper, Medium::Terminal, Medium::Server],
            ways: vec![Way::HandOver, Way::LimitedLink, Way::RegisteredPost, Way::Hand],
            ways_sensitive: vec![Way::HandOver, Way::Hand],
            recipients: Recipients::PrincipalOnly,
            encryption: Encryption::Always,
            second_checker: SecondChecker::Always,
            sub_entrustment: SubEntrustment::WithApproval,
            retention_days: 30,
            report_hours: 24,
        }
    }
}

impl HandlingRules {
    /// Reads the fields of the rules from the entrustment's form.
    pub(super) fn parse(f: &mut Fields<'_>) -> Option<Self> {
        let places = f.words("places");
        let countries = countries(f);
        let clouds = clouds(f);
        let media = f.words("media");
        let ways = f.words::<Way>("ways");
        let ways_sensitive = f.words::<Way>("ways_sensitive");
        for (field, none) in [
            ("places", places.as_ref().is_some_and(Vec::is_empty)),
            ("media", media.as_ref().is_some_and(Vec::is_empty)),
            ("ways", ways.as_ref().is_some_and(Vec::is_empty)),
        ] {
            f.check(!none, field, "error-choose-one");
        }
        if let (Some(all), Some(sensitive)) = (&ways, &ways_sensitive) {
            f.check(
                sensitive.iter().all(|way| all.contains(way)),
                "ways_sensitive",
                "error-ways-sensitive",
            );
        }
        let recipients = f.word("recipients");
        let encryption = f.word("encryption");
        let second_checker = f.word("second_checker");
        let sub_entrustment = f.word("sub_entrustment");
        let retention_days = f.number("retention_days", 0, 3650);
        let report_hours = f.number("report_hours", 1, 720);
        Some(Self {
            places: places?,
            countries: countries?,
            clouds: clouds?,
            media: media?,
            ways: ways?,
            ways_sensitive: ways_sensitive?,
            recipients: recipients?,
            encryption: encryption?,
            second_checker: second_checker?,
            sub_entrustment: sub_entrustment?,
            retention_days: retention_days?,
            report_hours: report_hours?,
        })
    }

    /// The fields of the form for these rules.
    pub(super) fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = vec![
            ("countries", self.countries.join(" ")),
            ("clouds", self.clouds.join("\n")),
            ("recipients", self.recipients.to_string()),
            ("encryption", self.encryption.to_string()),
            ("second_checker", self.second_checker.to_string()),
            ("sub_entrustment", self.sub_entrustment.to_string()),
            ("retention_days", self.retention_days.to_string()),
            ("report_hours", self.report_hours.to_string()),
        ];
        pairs.extend(self.places.iter().map(|v| ("places", v.to_string())));
        pairs.extend(self.media.iter().map(|v| ("media", v.to_string())));
        pairs.extend(self.ways.iter().map(|v| ("ways", v.to_string())));
        pairs.extend(self.ways_sensitive.iter().map(|v| ("ways_sensitive", v.to_string())));
        pairs
    }
}

/// Country codes: two letters each, at least one; kept in upper case.
fn countries(f: &mut Fields<'_>) -> Option<Vec<String>> {
    let text = f.text("countries", crate::web::Rule::line(200))?;
    let mut codes: Vec<String> = text
        .split([' ', ',', '、', '　'])
        .filter(|c| !c.is_empty())
        .map(str::to_uppercase)
        .collect();
    codes.dedup();
    if codes.iter().all(|c| c.len() == 2 && c.bytes().all(|b| b.is_ascii_uppercase()))
        && !codes.is_empty()
    {
        Some(codes)
    } else {
        f.error("countries", Message::new("error-country-codes"));
        None
    }
}

/// Cloud services, one a line; none at all is fine.
fn clouds(f: &mut Fields<'_>) -> Option<Vec<String>> {
    let text = f.optional("clouds", crate::web::Rule::text(2000))?;
    Some(text.lines().map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect())
}

/// The choices of the form: each list of words, for the templates.
#[must_use]
pub(super) fn choices(language: Language) -> serde_json::Value {
    serde_json::json!({
        "marks": Choice::words(language, "mark-", super::ItemMark::ALL),
        "places": Choice::words(language, "place-", Place::ALL),
        "media": Choice::words(language, "medium-", Medium::ALL),
        "ways": Choice::words(language, "way-", Way::ALL),
        "recipients": Choice::words(language, "recipients-", Recipients::ALL),
        "encryption": Choice::words(language, "encryption-", Encryption::ALL),
        "second_checker": Choice::words(language, "second-checker-", SecondChecker::ALL),
        "sub_entrustment": Choice::words(language, "sub-entrustment-", SubEntrustment::ALL),
    })
}
