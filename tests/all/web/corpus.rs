//! What a forger makes of a genuine token: the corpus of `web::forged`.
//!
//! The forger knows more than one outside would: a genuine token of the victim, how the portal writes
//! them, and the keys of the other purposes.

use std::collections::BTreeSet;

use azukari::web::token::Purpose;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE, URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::{Value, json};
use sha2::{Sha256, Sha384, Sha512};

use crate::app::App;

/// Every purpose with its audience.
pub(super) const PURPOSES: [(Purpose, &str); 9] = [
    (Purpose::Session, "azukari:session"),
    (Purpose::Invitation, "azukari:invitation"),
    (Purpose::SignIn, "azukari:sign-in"),
    (Purpose::Device, "azukari:device"),
    (Purpose::Reset, "azukari:reset"),
    (Purpose::Link, "azukari:link"),
    (Purpose::Download, "azukari:download"),
    (Purpose::HandOver, "azukari:hand-over"),
    (Purpose::Confirmation, "azukari:confirmation"),
];

/// A forged token and what was done to it.
pub(super) type Forged = (String, String);

fn encoded(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

fn hs256(key: &[u8], message: &str) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).unwrap();
    mac.update(message.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

/// What a token is made of.
#[derive(Clone)]
pub(super) struct Parts {
    header: Value,
    pub(super) claims: Value,
    key: Vec<u8>,
}

impl Parts {
    /// Those of a genuine token, with the portal's own key.
    pub(super) fn of(app: &App, genuine: &str, audience: &str) -> Self {
        let mut parts = genuine.split('.');
        let mut next = || {
            serde_json::from_slice(&URL_SAFE_NO_PAD.decode(parts.next().unwrap()).unwrap()).unwrap()
        };
        let (header, claims): (Value, Value) = (next(), next());
        let kid = header["kid"].as_str().unwrap();
        let key = app.portal.secret.derive_by(kid, audience).unwrap().to_vec();
        Self { header, claims, key }
    }

    fn header(&self, name: &str, value: Value) -> Self {
        let mut other = self.clone();
        other.header[name] = value;
        other
    }

    pub(super) fn claim(&self, name: &str, value: Value) -> Self {
        let mut other = self.clone();
        other.claims[name] = value;
        other
    }

    fn without(&self, name: &str) -> Self {
        let mut other = self.clone();
        other.claims.as_object_mut().unwrap().remove(name);
        other
    }

    fn key(&self, key: impl AsRef<[u8]>) -> Self {
        Self { key: key.as_ref().to_vec(), ..self.clone() }
    }

    fn message(&self) -> String {
        message(&self.header.to_string(), &self.claims.to_string())
    }

    /// Signed with HS256 and the key, whatever the header says.
    pub(super) fn signed(&self) -> String {
        signed(&self.key, &self.message())
    }
}

fn message(header: &str, claims: &str) -> String {
    format!("{}.{}", encoded(header), encoded(claims))
}

fn signed(key: &[u8], message: &str) -> String {
    format!("{message}.{}", encoded(hs256(key, message)))
}

/// The algorithm: none, others, and a public key taken for a secret.
fn algorithms(app: &App, genuine: &Parts) -> Vec<Forged> {
    let mut all = Vec::new();
    for none in ["none", "None", "NONE", "nOnE", ""] {
        let other = genuine.header("alg", json!(none));
        all.push((format!("alg {none:?}, unsigned"), format!("{}.", other.message())));
        all.push((format!("alg {none:?}, signed"), other.signed()));
        all.push((format!("alg {none:?}, no third part"), other.message()));
    }
    for alg in [
        "HS384", "HS512", "RS256", "RS384", "PS256", "ES256", "ES384", "EdDSA", "hs256", "A256GCM",
        "dir",
    ] {
        let other = genuine.header("alg", json!(alg));
        all.push((format!("alg {alg} over the right HS256"), other.signed()));
        let random: [u8; 64] = std::array::from_fn(|n| u8::try_from(n).unwrap());
        all.push((
            format!("alg {alg}, foreign signature"),
            format!("{}.{}", other.message(), encoded(random)),
        ));
    }
    let other = genuine.header("alg", json!("HS384"));
    let mut mac = Hmac::<Sha384>::new_from_slice(&genuine.key).unwrap();
    mac.update(other.message().as_bytes());
    all.push((
        "HS384 with the right key".into(),
        format!("{}.{}", other.message(), encoded(mac.finalize().into_bytes())),
    ));
    let other = genuine.header("alg", json!("HS512"));
    let mut mac = Hmac::<Sha512>::new_from_slice(&genuine.key).unwrap();
    mac.update(other.message().as_bytes());
    all.push((
        "HS512 with the right key".into(),
        format!("{}.{}", other.message(), encoded(mac.finalize().into_bytes())),
    ));
    // What the portal makes public: whoever verifies its ledger has this key.
    let public =
        ed25519_dalek::SigningKey::from_bytes(&app.portal.secret.signer_seed()).verifying_key();
    for (form, key) in [
        ("bytes", public.to_bytes().to_vec()),
        ("hexadecimal", hex::encode(public.to_bytes()).into_bytes()),
        ("base64", STANDARD.encode(public.to_bytes()).into_bytes()),
    ] {
        all.push((
            format!("the public key of the ledger as secret, {form}"),
            genuine.key(key).signed(),
        ));
    }
    all.push((
        "alg missing".into(),
        signed(&genuine.key, &message(r#"{"typ":"JWT"}"#, &genuine.claims.to_string())),
    ));
    all.push(("alg a list".into(), genuine.header("alg", json!(["HS256"])).signed()));
    all
}

/// Keys that aren't the one for the purpose.
fn keys(app: &App, genuine: &Parts, own: &str) -> Vec<Forged> {
    let mut all: Vec<Forged> = [
        ("no key", Vec::new()),
        ("zeros", vec![0; 32]),
        ("a word", b"secret".to_vec()),
        ("the key's name", genuine.header["kid"].as_str().unwrap().as_bytes().to_vec()),
        ("the audience", own.as_bytes().to_vec()),
        ("another installation's", vec![7; 32]),
        ("the key in hexadecimal", hex::encode(&genuine.key).into_bytes()),
        ("half the key", genuine.key[..16].to_vec()),
        ("the seed of the ledger", app.portal.secret.signer_seed().to_vec()),
        ("the key against forgery of forms", app.portal.secret.derive("csrf").to_vec()),
    ]
    .into_iter()
    .map(|(name, key)| (format!("key: {name}"), genuine.key(key).signed()))
    .collect();
    let kid = genuine.header["kid"].as_str().unwrap();
    for (_, audience) in PURPOSES.into_iter().filter(|(_, audience)| *audience != own) {
        let key = app.portal.secret.derive_by(kid, audience).unwrap();
        all.push((format!("key of {audience}"), genuine.key(key).signed()));
        let theirs = genuine.key(key).claim("aud", json!(audience));
        all.push((format!("a whole token of {audience}"), theirs.signed()));
    }
    all
}

/// Names of keys, and keys that a token brings along.
fn key_names(genuine: &Parts) -> Vec<Forged> {
    let own = genuine.key(vec![0; 32]);
    let mut all: Vec<Forged> = [
        "",
        "0",
        "../../../../dev/null",
        "/proc/self/environ",
        "00000000",
        "' OR '1'='1",
        "x; DROP TABLE session",
        "http://evil.example/key",
        "\u{0}",
        "ffffffff\u{0}",
    ]
    .into_iter()
    .map(|kid| (format!("kid {kid:?}"), own.header("kid", json!(kid)).signed()))
    .collect();
    for kid in [json!(null), json!(0), json!([genuine.header["kid"]]), json!({"$ne": ""})] {
        all.push((format!("kid {kid}"), own.header("kid", kid).signed()));
    }
    let jwk = json!({ "kty": "oct", "k": encoded([0; 32]), "alg": "HS256" });
    for (name, value) in [
        ("jwk", jwk),
        ("jku", json!("https://evil.example/keys")),
        ("x5u", json!("https://evil.example/certificate")),
        ("x5c", json!(["MIIB"])),
    ] {
        all.push((format!("{name} of the forger's"), own.header(name, value).signed()));
    }
    all.push(("the right kid with another key".into(), own.signed()));
    all
}

/// Claims that we never write, with the right key: whoever holds it could, and still nothing comes of it.
fn claims(app: &App, genuine: &Parts) -> Vec<Forged> {
    let now = app.clock.now().and_utc().timestamp();
    let mut all: Vec<Forged> = Vec::new();
    for name in ["iss", "aud", "sub", "nbf", "exp"] {
        all.push((format!("without {name}"), genuine.without(name).signed()));
        for value in [json!(null), json!({}), json!(true)] {
            all.push((format!("{name} {value}"), genuine.claim(name, value).signed()));
        }
    }
    for (name, value) in [
        ("iss", json!("azukari2")),
        ("iss", json!("Azukari")),
        ("iss", json!(["evil", "azukarI"])),
        ("aud", json!("azukari")),
        ("aud", json!("azukari:Session")),
        ("aud", json!([])),
        ("sub", json!(1)),
        ("exp", json!(now)),
        ("exp", json!(now - 1)),
        ("exp", json!(0)),
        ("exp", json!(-1)),
        ("exp", json!(format!("{}", now + 60))),
        ("exp", json!(1e300)),
        ("nbf", json!(now + 1)),
        ("nbf", json!(i64::MAX)),
        ("nbf", json!("0")),
    ] {
        all.push((format!("{name} {value}"), genuine.claim(name, value).signed()));
    }
    let (header, claims) = (genuine.header.to_string(), genuine.claims.to_string());
    let inner = claims.trim_end_matches('}');
    for (name, value) in [
        ("sub", json!("x")),
        ("exp", json!(now + 999_999)),
        ("aud", json!("x")),
        ("iss", json!("x")),
    ] {
        let twice = format!("{inner},\"{name}\":{value}}}");
        all.push((format!("{name} twice"), signed(&genuine.key, &message(&header, &twice))));
    }
    for body in ["", "null", "[]", "\"\"", "{", "{}", "1"] {
        all.push((format!("claims {body:?}"), signed(&genuine.key, &message(&header, body))));
    }
    all
}

/// Changed after signing, cut, padded, glued, and what is no token at all.
#[expect(clippy::too_many_lines, reason = "a list, a line or two each")]
fn shapes(genuine: &Parts, token: &str) -> Vec<Forged> {
    let parts: Vec<&str> = token.split('.').collect();
    let (head, body, signature) = (parts[0], parts[1], parts[2]);
    let swapped = |claims: &Value| format!("{head}.{}.{signature}", encoded(claims.to_string()));
    let mut all: Vec<Forged> = Vec::new();
    for (name, value) in [
        ("sub", json!("018f0000-0000-7000-8000-000000000001")),
        ("exp", json!(i64::MAX)),
        ("nbf", json!(0)),
    ] {
        all.push((
            format!("{name} changed after signing"),
            swapped(&genuine.claim(name, value).claims),
        ));
    }
    let white = serde_json::to_string_pretty(&genuine.claims).unwrap();
    all.push((
        "white space added after signing".into(),
        format!("{head}.{}.{signature}", encoded(white)),
    ));
    all.push((
        "kid changed after signing".into(),
        format!(
            "{}.{body}.{signature}",
            encoded(genuine.header("kid", json!("x")).header.to_string())
        ),
    ));
    let last = signature.chars().last().unwrap();
    let next = char::from(u8::try_from(last).unwrap() ^ 1);
    let stem = signature.get(..signature.len() - 1).unwrap();
    all.push((
        "other bits after the signature's last byte".into(),
        format!("{head}.{body}.{stem}{next}"),
    ));
    let bytes = URL_SAFE_NO_PAD.decode(signature).unwrap();
    for (name, bytes) in [
        ("one bit", {
            let mut b = bytes.clone();
            b[0] ^= 1;
            b
        }),
        ("half", bytes[..16].to_vec()),
        ("31 bytes", bytes[..31].to_vec()),
        ("33 bytes", [&bytes[..], &[0]].concat()),
        ("twice", [&bytes[..], &bytes[..]].concat()),
        ("zeros", vec![0; 32]),
    ] {
        all.push((format!("signature: {name}"), format!("{head}.{body}.{}", encoded(bytes))));
    }
    all.push(("padded".into(), format!("{head}.{body}.{}", URL_SAFE.encode(&bytes))));
    all.push(("each part padded".into(), format!("{head}==.{body}==.{signature}==")));
    all.push(("hexadecimal signature".into(), format!("{head}.{body}.{}", hex::encode(&bytes))));
    for (name, text) in [
        ("empty", String::new()),
        ("a dot", ".".into()),
        ("two dots", "..".into()),
        ("one part", head.into()),
        ("no signature", format!("{head}.{body}")),
        ("empty signature", format!("{head}.{body}.")),
        ("no head", format!(".{body}.{signature}")),
        ("no claims", format!("{head}..{signature}")),
        ("four parts", format!("{token}.{signature}")),
        ("five parts", format!("{token}.{head}.{body}")),
        ("a dot behind", format!("{token}.")),
        ("a dot before", format!(".{token}")),
        ("white space before", format!(" {token}")),
        ("white space behind", format!("{token} ")),
        ("a line behind", format!("{token}\n")),
        ("NUL behind", format!("{token}\0")),
        ("NUL inside", format!("{head}\0.{body}.{signature}")),
        ("quoted", format!("\"{token}\"")),
        ("Bearer", format!("Bearer {token}")),
        ("upper case", token.to_uppercase()),
        ("parts turned round", format!("{signature}.{body}.{head}")),
        ("head as claims", format!("{head}.{head}.{signature}")),
        ("a comma", format!("{token},{token}")),
        ("wide dots", token.replace('.', "．")),
        ("a Cyrillic letter", token.replacen('e', "е", 1)),
        ("an emoji", format!("{token}🔑")),
        ("not UTF-8", String::from_utf8_lossy(&[0xff, 0xfe, b'.', 0x80, b'.', 0xc0]).into_owned()),
        ("percent", token.replace('.', "%2E")),
        ("a path", format!("../{token}")),
        ("the id alone", genuine.claims["sub"].as_str().unwrap().to_owned()),
        ("JSON", genuine.claims.to_string()),
        ("a token of another make", "v4.local.AAAA".into()),
        ("an API token", format!("azk_{}", "0".repeat(72))),
        ("huge claims", format!("{head}.{}.{signature}", "A".repeat(1_000_000))),
        ("huge head", format!("{}.{body}.{signature}", "A".repeat(1_000_000))),
        ("a million dots", ".".repeat(1_000_000)),
    ] {
        all.push((name.to_owned(), text));
    }
    for cut in [1, 2, 10, 43] {
        all.push((format!("{cut} cut off"), token.get(..token.len() - cut).unwrap().to_owned()));
        all.push((format!("{cut} cut off in front"), token.get(cut..).unwrap().to_owned()));
    }
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    all.push((
        "nested deep".into(),
        signed(&genuine.key, &message(&genuine.header.to_string(), &deep)),
    ));
    all.push((
        "encrypted".into(),
        format!("{}.AAAA.AAAA.AAAA.AAAA", encoded(r#"{"alg":"dir","enc":"A256GCM"}"#)),
    ));
    all
}

/// All of them, each another.
pub(super) fn corpus(app: &App, genuine: &str, audience: &str) -> Vec<Forged> {
    let parts = Parts::of(app, genuine, audience);
    let all = [
        algorithms(app, &parts),
        keys(app, &parts, audience),
        key_names(&parts),
        claims(app, &parts),
        shapes(&parts, genuine),
    ];
    let mut all: Vec<Forged> = all.into_iter().flatten().collect();
    let mut seen = BTreeSet::from([genuine.to_owned()]);
    all.retain(|(_, token)| seen.insert(token.clone()));
    all
}
