//! An identity provider on this machine, with keys made at its start: it does what `OpenID` Connect
//! asks, and whatever a test makes it do wrong.

use std::collections::HashMap;
use std::net::TcpListener;
use std::sync::{Arc, LazyLock, Mutex};
use std::thread::JoinHandle;

use actix_web::dev::ServerHandle;
use actix_web::http::header;
use actix_web::web::{self, Data, Form, Query};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer};
use azukari::clock::Clock;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use rcgen::{KeyPair, PKCS_ECDSA_P256_SHA256, PKCS_RSA_SHA256};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

/// The portal's registration with the provider.
pub const CLIENT: &str = "azukari-test";
pub const CLIENT_SECRET: &str = "十分に長い秘密 & a+b/c=";

/// How ID tokens are signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signing {
    Es256,
    Rs256,
    Ps256,
    /// Not at all.
    None,
    /// With the secret that both sides know.
    Hs256,
    /// With a key that isn't the provider's.
    OtherKey,
}

struct Keys {
    ec: EncodingKey,
    rsa: EncodingKey,
    other: EncodingKey,
}

static KEYS: LazyLock<Keys> = LazyLock::new(|| {
    let ec = || {
        let key = KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256).unwrap();
        EncodingKey::from_ec_der(&key.serialize_der())
    };
    let rsa = KeyPair::generate_for(&PKCS_RSA_SHA256).unwrap().serialize_der();
    // PKCS #8 puts 26 bytes before the key of 2048 bits itself.
    Keys { ec: ec(), rsa: EncodingKey::from_rsa_der(&rsa[26..]), other: ec() }
});

struct Code {
    nonce: String,
    challenge: String,
    redirect: String,
}

struct State {
    clock: Clock,
    issuer: String,
    claims: Value,
    user_info: Value,
    signing: Signing,
    codes: HashMap<String, Code>,
    denies: bool,
}

type Shared = Data<Mutex<State>>;

/// A running provider.
pub struct Provider {
    /// Its issuer.
    pub issuer: String,
    state: Shared,
    server: ServerHandle,
    thread: Option<JoinHandle<()>>,
}

impl Provider {
    /// Starts a provider whose clock is the portal's.
    pub fn start(clock: &Clock) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let issuer = format!("http://{}/oauth", listener.local_addr().unwrap());
        let state = Data::from(Arc::new(Mutex::new(State {
            clock: clock.clone(),
            issuer: issuer.clone(),
            claims: json!({}),
            user_info: json!({}),
            signing: Signing::Es256,
            codes: HashMap::new(),
            denies: false,
        })));
        let shared = state.clone();
        let (send, receive) = std::sync::mpsc::channel();
        let thread = std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                let app = move || {
                    App::new()
                        .app_data(shared.clone())
                        .route(
                            "/oauth/.well-known/openid-configuration",
                            web::get().to(configuration),
                        )
                        .route("/oauth/keys", web::get().to(keys))
                        .route("/oauth/authorize", web::get().to(authorize))
                        .route("/oauth/token", web::post().to(token))
                        .route("/oauth/userinfo", web::get().to(user_info))
                };
                let server =
                    HttpServer::new(app).workers(1).disable_signals().listen(listener).unwrap();
                let server = server.run();
                send.send(server.handle()).unwrap();
                server.await.unwrap();
            });
        });
        let server = receive.recv().unwrap();
        Self { issuer, state, server, thread: Some(thread) }
    }

    /// What it says of the next person: claims that replace its own, null for none.
    pub fn says(&self, claims: Value) -> &Self {
        self.state.lock().unwrap().claims = claims;
        self
    }

    /// What it tells beside the ID token.
    pub fn tells(&self, claims: Value) -> &Self {
        self.state.lock().unwrap().user_info = claims;
        self
    }

    /// How it signs.
    pub fn signs(&self, how: Signing) -> &Self {
        self.state.lock().unwrap().signing = how;
        self
    }

    /// Its person says no.
    pub fn denies(&self) -> &Self {
        self.state.lock().unwrap().denies = true;
        self
    }

    /// Opens its sign-in page as the browser does, and gives where that leads back to.
    pub async fn visit(&self, url: &str) -> String {
        assert!(url.starts_with(&self.issuer), "{url}");
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .build()
            .unwrap();
        let answer = client.get(url).send().await.unwrap();
        let status = answer.status();
        let to = answer.headers().get("location").map(|to| to.to_str().unwrap().to_owned());
        let to = to.unwrap_or_else(|| panic!("{status} from the provider for {url}"));
        let back = url::Url::parse(&to).unwrap();
        format!("{}?{}", back.path(), back.query().unwrap())
    }
}

impl Drop for Provider {
    fn drop(&mut self) {
        drop(self.server.stop(false));
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

async fn configuration(state: Shared) -> HttpResponse {
    let issuer = &state.lock().unwrap().issuer;
    HttpResponse::Ok().json(json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/authorize"),
        "token_endpoint": format!("{issuer}/token"),
        "userinfo_endpoint": format!("{issuer}/userinfo"),
        "jwks_uri": format!("{issuer}/keys"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256", "ES256", "PS256"],
        "scopes_supported": ["openid", "email", "profile"],
        "acr_values_supported": ["urn:example:mfa"],
    }))
}

async fn keys() -> HttpResponse {
    let key = |key: &EncodingKey, algorithm, id: &str| {
        let mut jwk =
            serde_json::to_value(Jwk::from_encoding_key(key, algorithm).unwrap()).unwrap();
        jwk["kid"] = json!(id);
        jwk["use"] = json!("sig");
        // The RSA key signs in both ways of RSA.
        jwk.as_object_mut().unwrap().remove("alg");
        jwk
    };
    let keys = [key(&KEYS.ec, Algorithm::ES256, "ec"), key(&KEYS.rsa, Algorithm::RS256, "rsa")];
    HttpResponse::Ok().json(json!({ "keys": keys }))
}

/// Its person has signed in at once.
async fn authorize(state: Shared, query: Query<HashMap<String, String>>) -> HttpResponse {
    let mut state = state.lock().unwrap();
    let asked = |name: &str| query.get(name).cloned().unwrap_or_default();
    assert_eq!(asked("response_type"), "code");
    assert_eq!(asked("client_id"), CLIENT);
    assert_eq!(asked("code_challenge_method"), "S256");
    assert!(asked("scope").split(' ').any(|scope| scope == "openid"));
    assert!(asked("nonce").len() >= 16 && asked("state").len() >= 32);
    let mut back = url::Url::parse(&asked("redirect_uri")).unwrap();
    if state.denies {
        back.query_pairs_mut()
            .append_pair("error", "access_denied")
            .append_pair("state", &asked("state"));
    } else {
        let code = hex::encode(rand::random::<[u8; 16]>());
        back.query_pairs_mut()
            .append_pair("code", &code)
            .append_pair("state", &asked("state"))
            .append_pair("iss", &state.issuer);
        let (nonce, challenge) = (asked("nonce"), asked("code_challenge"));
        state.codes.insert(code, Code { nonce, challenge, redirect: asked("redirect_uri") });
    }
    HttpResponse::Found().insert_header((header::LOCATION, back.as_str())).finish()
}

/// RFC 6749 §2.3.1: both are encoded as a form before they become the header.
fn is_client(request: &HttpRequest) -> bool {
    let form =
        |text: &str| url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
    let expected = STANDARD.encode(format!("{}:{}", form(CLIENT), form(CLIENT_SECRET)));
    let given = request.headers().get("authorization").and_then(|value| value.to_str().ok());
    given == Some(&format!("Basic {expected}"))
}

async fn token(
    request: HttpRequest,
    state: Shared,
    form: Form<HashMap<String, String>>,
) -> HttpResponse {
    let refused = |error: &str| HttpResponse::BadRequest().json(json!({ "error": error }));
    if !is_client(&request) {
        return refused("invalid_client");
    }
    let mut state = state.lock().unwrap();
    let given = |name: &str| form.get(name).cloned().unwrap_or_default();
    let Some(code) = state.codes.remove(&given("code")) else { return refused("invalid_grant") };
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(given("code_verifier").as_bytes()));
    if challenge != code.challenge || given("redirect_uri") != code.redirect {
        return refused("invalid_grant");
    }
    HttpResponse::Ok().json(json!({
        "access_token": "access", "token_type": "Bearer", "expires_in": 300,
        "id_token": id_token(&state, &code),
    }))
}

fn id_token(state: &State, code: &Code) -> String {
    let now = state.clock.now().and_utc().timestamp();
    let mut claims = json!({
        "iss": state.issuer, "aud": CLIENT, "sub": "subject-1", "nonce": code.nonce,
        "iat": now, "exp": now + 300, "email_verified": true,
    });
    for (name, value) in state.claims.as_object().unwrap() {
        if value.is_null() {
            claims.as_object_mut().unwrap().remove(name);
        } else {
            claims[name] = value.clone();
        }
    }
    let sign = |algorithm, kid: &str, key: &EncodingKey| {
        let header = Header { kid: Some(kid.to_owned()), ..Header::new(algorithm) };
        jsonwebtoken::encode(&header, &claims, key).unwrap()
    };
    match state.signing {
        Signing::Es256 => sign(Algorithm::ES256, "ec", &KEYS.ec),
        Signing::Rs256 => sign(Algorithm::RS256, "rsa", &KEYS.rsa),
        Signing::Ps256 => sign(Algorithm::PS256, "rsa", &KEYS.rsa),
        Signing::OtherKey => sign(Algorithm::ES256, "ec", &KEYS.other),
        Signing::Hs256 => {
            let key = EncodingKey::from_secret(CLIENT_SECRET.as_bytes());
            sign(Algorithm::HS256, "ec", &key)
        }
        Signing::None => {
            let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
            format!("{}.{}.", part(&json!({ "alg": "none", "typ": "JWT" })), part(&claims))
        }
    }
}

async fn user_info(request: HttpRequest, state: Shared) -> HttpResponse {
    let given = request.headers().get("authorization").map(|value| value.to_str().unwrap());
    assert_eq!(given, Some("Bearer access"));
    let state = state.lock().unwrap();
    let mut told = json!({ "sub": "subject-1" });
    for (name, value) in state.user_info.as_object().unwrap() {
        told[name] = value.clone();
    }
    HttpResponse::Ok().json(told)
}
