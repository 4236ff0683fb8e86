//! Which tokens count, and for how long.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{Duration, NaiveDate};
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};

use super::*;

const ALL: [Purpose; 7] = [
    Purpose::Session,
    Purpose::Invitation,
    Purpose::SignIn,
    Purpose::Device,
    Purpose::Reset,
    Purpose::Link,
    Purpose::Confirmation,
];

fn now() -> Timestamp {
    NaiveDate::from_ymd_opt(2026, 4, 1).unwrap().and_hms_opt(0, 0, 0).unwrap()
}

fn token(secret: &Secret) -> String {
    issue(secret, Purpose::Session, "row", now(), now() + Duration::hours(1)).unwrap()
}

fn read(secret: &Secret, token: &str) -> Option<String> {
    subject(secret, Purpose::Session, token, now())
}

#[test]
fn a_token_counts_for_its_purpose_alone_and_in_its_time_alone() {
    let secret = Secret::random();
    let token = token(&secret);
    for purpose in ALL {
        let named = (purpose == Purpose::Session).then(|| "row".to_owned());
        assert_eq!(subject(&secret, purpose, &token, now()), named, "{purpose:?}");
    }
    for (seconds, counts) in [(-1, false), (0, true), (3599, true), (3600, false)] {
        let at = now() + Duration::seconds(seconds);
        assert_eq!(subject(&secret, Purpose::Session, &token, at).is_some(), counts, "{seconds}");
    }
}

#[test]
fn a_token_of_an_older_key_counts_until_that_key_is_removed() {
    let (new, old) = ("11".repeat(32), "22".repeat(32));
    let before = Secret::parse(&old).unwrap();
    let token = token(&before);
    let rotated = Secret::parse(&format!("{new},{old}")).unwrap();
    assert_eq!(read(&rotated, &token).as_deref(), Some("row"));
    let twice = Secret::parse(&format!("{},{new},{old}", "33".repeat(32))).unwrap();
    assert_eq!(read(&twice, &token).as_deref(), Some("row"));
    assert_eq!(read(&Secret::parse(&new).unwrap(), &token), None);
    // What is new is signed with the newest, and the older key doesn't read it.
    let fresh = self::token(&rotated);
    assert_eq!(read(&rotated, &fresh).as_deref(), Some("row"));
    assert_eq!(read(&before, &fresh), None);
}

#[test]
fn a_token_from_before_keys_had_names_is_read_with_each_key() {
    let (new, old) = ("11".repeat(32), "22".repeat(32));
    let before = Secret::parse(&old).unwrap();
    let claims = Claims {
        iss: ISSUER.into(),
        aud: Purpose::Session.audience().into(),
        sub: "row".into(),
        nbf: now().and_utc().timestamp(),
        exp: now().and_utc().timestamp() + 60,
    };
    let key = EncodingKey::from_secret(&before.derive(Purpose::Session.audience()));
    let unnamed = encode(&Header::new(Algorithm::HS256), &claims, &key).unwrap();
    let rotated = Secret::parse(&format!("{new},{old}")).unwrap();
    assert_eq!(read(&rotated, &unnamed).as_deref(), Some("row"));
    assert_eq!(read(&Secret::parse(&new).unwrap(), &unnamed), None);
}

#[test]
fn the_name_of_a_key_in_a_token_chooses_among_ours_and_nothing_else() {
    let secret = Secret::parse(&format!("{},{}", "11".repeat(32), "22".repeat(32))).unwrap();
    let genuine = token(&secret);
    let (_, rest) = genuine.split_once('.').unwrap();
    let ids = secret.ids();
    for kid in ["", "00000000", ids[1].as_str(), "../secret.key", "' OR 1=1 --"] {
        let head = serde_json::json!({ "alg": "HS256", "typ": "JWT", "kid": kid }).to_string();
        let forged = format!("{}.{rest}", URL_SAFE_NO_PAD.encode(head));
        assert_eq!(read(&secret, &forged), None, "{kid}");
    }
    for alg in ["none", "HS512", "RS256"] {
        let head = serde_json::json!({ "alg": alg, "typ": "JWT", "kid": ids[0] }).to_string();
        let forged = format!("{}.{rest}", URL_SAFE_NO_PAD.encode(head));
        assert_eq!(read(&secret, &forged), None, "{alg}");
    }
}
