//! The people of a test: made by the portal's own code, signed in by its own sessions.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, LazyLock};

use azukari::account::{self, Invite, NewPerson};
use azukari::actor::{DivisionId, MembershipId, OrganisationId, PersonId, Role};
use azukari::auditor_access::AuditorAccessId;
use azukari::entrustment::{
    self, AuditorAccessStatus, EntrustmentId, HandlingRules, ItemMark, NewEntrustment, NewItem,
};
use azukari::organisation::contractor::{self, ContractorId, NewContractor};
use azukari::organisation::division::{self, NewDivision};
use azukari::organisation::{self, NewOrganisation, OrganisationKind};
use chrono::NaiveDate;
use diesel::prelude::*;
use reqwest::cookie::{CookieStore as _, Jar};
use reqwest::{Method, RequestBuilder};

use super::{App, Page};

/// Everybody's password.
pub const PASSWORD: &str = "正しい馬の電池の留め金具";

/// Its hash, made once: hashing takes its time on purpose.
static HASH: LazyLock<String> = LazyLock::new(|| {
    let hashing = || {
        actix_web::rt::System::new().block_on(account::hash_password(PASSWORD.to_owned())).unwrap()
    };
    std::thread::spawn(hashing).join().unwrap()
});

static COUNT: AtomicU32 = AtomicU32::new(1);

/// Somebody with a browser without scripts.
#[derive(Clone)]
pub struct Person {
    /// The name.
    pub name: String,
    /// The mail address.
    pub email: String,
    pub(super) base: String,
    client: reqwest::Client,
    jar: Arc<Jar>,
    language: &'static str,
}

impl Person {
    fn new(app: &App, name: &str, email: &str) -> Self {
        let jar = Arc::new(Jar::default());
        let client = reqwest::Client::builder()
            .cookie_provider(jar.clone())
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            // A connection that waits may be closed by the portal in the very moment of its next use.
            .pool_max_idle_per_host(0)
            .build()
            .unwrap();
        let (name, email) = (name.to_owned(), email.to_owned());
        Self { name, email, base: app.base.clone(), client, jar, language: "ja" }
    }

    /// The same person with a browser that asks for English.
    pub fn in_english(&self) -> Self {
        Self { language: "en", ..self.clone() }
    }

    /// The address of the portal.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// A request to a path of the portal, to be sent by [`Self::send`].
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client
            .request(method, format!("{}{path}", self.base))
            .header("accept-language", self.language)
    }

    /// Sends a request as it is; redirects are not followed.
    pub async fn send(&self, request: RequestBuilder) -> Page {
        Page::of(self.clone(), request.send().await.unwrap()).await
    }

    /// Opens a page; a redirect is not followed.
    pub async fn get(&self, path: &str) -> Page {
        self.send(self.request(Method::GET, path)).await
    }

    /// Downloads a file.
    pub async fn download(&self, path: &str) -> Vec<u8> {
        let answer = self.request(Method::GET, path).send().await.unwrap();
        assert_eq!(answer.status(), 200, "{path}");
        answer.bytes().await.unwrap().to_vec()
    }

    /// Sends fields that no page asked for, as a browser of this origin would.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        let body =
            url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let request = self
            .request(Method::POST, path)
            .header("content-type", "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin")
            .body(body);
        self.send(request).await
    }

    /// The cookies that the browser would send.
    pub fn cookies(&self) -> String {
        let header = self.jar.cookies(&self.base.parse().unwrap());
        header.map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default()
    }

    /// Gives the browser a cookie.
    pub fn keep_cookie(&self, cookie: &str) {
        self.jar.add_cookie_str(cookie, &self.base.parse().unwrap());
    }
}

/// A public body with one division and a person in each role.
pub struct Principal {
    /// Its id.
    pub id: OrganisationId,
    /// Its division, 子ども課.
    pub division: DivisionId,
    /// The administrator.
    pub administrator: Person,
    /// An officer of the division.
    pub officer: Person,
    /// The approver.
    pub approver: Person,
    /// The auditor.
    pub auditor: Person,
}

/// A contractor whose representative has joined.
pub struct ContractorSide {
    /// Its id in the principal's register.
    pub id: ContractorId,
    /// The representative.
    pub representative: Person,
}

impl App {
    /// Somebody who isn't signed in.
    pub fn visitor(&self) -> Person {
        Person::new(self, "", "")
    }

    /// An organisation of the given name with its people.
    pub fn principal(&self, name: &str) -> Principal {
        let id = self.organisation(name);
        let division = self.division(id, "子ども課");
        Principal {
            id,
            division,
            administrator: self.member(id, Role::Administrator, None),
            officer: self.member(id, Role::Officer, Some(division)),
            approver: self.member(id, Role::Approver, None),
            auditor: self.member(id, Role::Auditor, None),
        }
    }

    fn organisation(&self, name: &str) -> OrganisationId {
        let new = NewOrganisation {
            kind: OrganisationKind::PublicBody,
            name: name.to_owned(),
            name_kana: String::new(),
            corporate_number: None,
            address: String::new(),
            phone: String::new(),
        };
        self.as_operator(|tx, ctx| organisation::create(tx, &ctx.portal.secret, &new))
    }

    /// A division of a principal.
    pub fn division(&self, principal: OrganisationId, name: &str) -> DivisionId {
        let new = NewDivision { name: name.to_owned(), email: None, phone: String::new() };
        self.as_operator(|tx, _| {
            division::create(tx, &division::set_up(tx.actor, principal)?, &new)
        })
    }

    /// A member of an organisation, signed in.
    pub fn member(
        &self,
        organisation: OrganisationId,
        role: Role,
        division: Option<DivisionId>,
    ) -> Person {
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let person =
            Person::new(self, &format!("﨑山 {role}"), &format!("{role}.{number}@pref.example"));
        let new = new_person(&person);
        let id = self
            .as_operator(|tx, _| account::create_member(tx, organisation, &new, role, division));
        self.sign_in(&person, id);
        person
    }

    /// Makes somebody a member of another organisation too.
    pub fn join(&self, person: &Person, organisation: OrganisationId, role: Role) {
        let invite = Invite {
            tenant_id: organisation,
            organisation_name: String::new(),
            email: person.email.clone(),
            name: person.name.clone(),
            role,
            division_id: None,
            contractor_id: None,
        };
        self.as_operator(|tx, ctx| {
            let link = account::invite(tx, &ctx.portal, &invite)?;
            account::accept_as_operator(tx, &ctx.portal, &link, &new_person(person))
        });
    }

    fn sign_in(&self, person: &Person, id: PersonId) {
        let cookie = self.as_operator(|tx, ctx| account::open_session(tx, &ctx.portal, id));
        person.keep_cookie(&cookie.to_string());
    }

    /// Opens a new session for somebody, in the first membership: the clock was moved past the old one.
    pub fn comes_back(&self, person: &Person) {
        use azukari::database::schema::person as t;
        let id: PersonId = t::table
            .filter(t::email.eq(&person.email))
            .select(t::id)
            .first(&mut self.connection())
            .unwrap();
        self.sign_in(person, id);
    }

    /// A contractor in a principal's register.
    pub fn contractor(&self, principal: &Principal, new: &NewContractor) -> ContractorId {
        self.as_operator(|tx, _| {
            contractor::create(tx, &contractor::set_up(tx.actor, principal.id)?, new)
        })
    }

    /// A contractor in a principal's register whose representative has accepted the invitation.
    pub fn joined_contractor(&self, principal: &Principal, name: &str) -> ContractorSide {
        let new = contractor(name);
        let id = self.contractor(principal, &new);
        let representative = Person::new(self, &new.person_in_charge, &new.email);
        let invite = Invite {
            tenant_id: principal.id,
            organisation_name: "三重野県".to_owned(),
            email: new.email,
            name: new.person_in_charge,
            role: Role::Representative,
            division_id: None,
            contractor_id: Some(id),
        };
        let account = new_person(&representative);
        let person = self.as_operator(|tx, ctx| {
            let link = account::invite(tx, &ctx.portal, &invite)?;
            account::accept_as_operator(tx, &ctx.portal, &link, &account)
        });
        self.sign_in(&representative, person);
        ContractorSide { id, representative }
    }

    /// An entrustment of a principal, named to its auditor for long.
    pub fn entrustment(&self, principal: &Principal, new: &NewEntrustment) -> EntrustmentId {
        let id = self.as_operator(|tx, _| {
            entrustment::create(tx, &entrustment::set_up(tx.actor, principal.id)?, new)
        });
        self.open_to(&principal.auditor, principal.id, id, ("2000-01-01", "2099-12-31"));
        id
    }

    /// Names an entrustment to an auditor, from – until, as if it had been asked for and granted.
    pub fn open_to(
        &self,
        auditor: &Person,
        principal: OrganisationId,
        id: EntrustmentId,
        (from, until): (&str, &str),
    ) {
        use azukari::database::schema::{auditor_access as t, membership, person};
        let mut c = self.connection();
        let member: MembershipId = membership::table
            .inner_join(person::table)
            .filter(membership::tenant_id.eq(principal))
            .filter(person::email.eq(&auditor.email))
            .select(membership::id)
            .first(&mut c)
            .unwrap();
        let now = self.clock.now();
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        diesel::insert_into(t::table)
            .values((
                t::tenant_id.eq(principal),
                t::id.eq(AuditorAccessId::new(now)),
                t::entrustment_id.eq(id),
                t::membership_id.eq(member),
                t::with_below.eq(true),
                t::from_on.eq(day(from)),
                t::until_on.eq(day(until)),
                t::purpose.eq("定期監査"),
                t::status.eq(AuditorAccessStatus::Granted),
                t::asked_by_name.eq("担当"),
                t::asked_at.eq(now),
                t::decided_by_name.eq("承認"),
                t::reason.eq(""),
                t::ended_by_name.eq(""),
                t::version.eq(1),
            ))
            .execute(&mut c)
            .unwrap();
    }
}

fn new_person(person: &Person) -> NewPerson {
    NewPerson {
        email: person.email.clone(),
        name: person.name.clone(),
        language: "ja",
        password_hash: HASH.clone(),
    }
}

/// A contractor to register.
pub fn contractor(name: &str) -> NewContractor {
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    NewContractor {
        kind: OrganisationKind::SoleProprietor,
        name: name.to_owned(),
        name_kana: String::new(),
        corporate_number: None,
        postcode: "514-0001".to_owned(),
        address: "三重野県津島市1-1".to_owned(),
        representative: String::new(),
        person_in_charge: "髙橋 𠮷之助".to_owned(),
        person_in_charge_title: "所長".to_owned(),
        email: format!("contractor.{number}@sr.example"),
        phone: "059-000-0000".to_owned(),
        after_hours_phone: String::new(),
        privacy_mark: String::new(),
        privacy_mark_until: None,
        isms: String::new(),
        isms_until: None,
        note: String::new(),
    }
}

/// An entrustment to register.
pub fn entrustment(
    contractor: ContractorId,
    division: DivisionId,
    number: &str,
    title: &str,
) -> NewEntrustment {
    let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
    NewEntrustment {
        contractor_id: contractor,
        division_id: division,
        number: number.to_owned(),
        title: title.to_owned(),
        purpose: "保育所等の監査".to_owned(),
        starts_on: day(2026, 4, 1),
        ends_on: day(2027, 3, 31),
        erase_by: day(2027, 4, 30),
        persons: 49,
        handover_way: String::new(),
        note: "委託元だけの控え".to_owned(),
        items: vec![NewItem {
            name: "給与".to_owned(),
            mark: ItemMark::None,
            under: String::new(),
        }],
        rules: HandlingRules::default(),
    }
}
