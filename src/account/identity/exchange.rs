//! The exchange with a provider: authorisation code with PKCE, and the ID token that comes of it
//! (`OpenID` Connect Core 1.0, RFC 9700).

use chrono::{DateTime, Duration, Utc};
use openidconnect::core::{
    CoreAuthDisplay, CoreAuthPrompt, CoreAuthenticationFlow, CoreClientAuthMethod,
    CoreErrorResponseType, CoreGenderClaim, CoreJsonWebKey, CoreJweContentEncryptionAlgorithm,
    CoreJwsSigningAlgorithm, CoreProviderMetadata, CoreRevocableToken, CoreRevocationErrorResponse,
    CoreTokenIntrospectionResponse, CoreTokenType,
};
use openidconnect::{
    AccessTokenHash, AdditionalClaims, AuthType, AuthorizationCode, Client, ClientId, ClientSecret,
    CsrfToken, DiscoveryError, EmptyExtraTokenFields, EndpointMaybeSet, EndpointNotSet,
    EndpointSet, IdTokenFields, IssuerUrl, Nonce, OAuth2TokenResponse as _, PkceCodeChallenge,
    PkceCodeVerifier, RedirectUrl, Scope, StandardErrorResponse, StandardTokenResponse,
    SubjectIdentifier, TokenResponse as _, UserInfoClaims,
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::http::{self, Unreachable};
use crate::clock::Timestamp;

/// The algorithms with which an ID token may be signed: none without a signature, none with a
/// secret that both sides know.
const ALGORITHMS: [CoreJwsSigningAlgorithm; 3] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
];
/// How old an ID token may be, and by how much the provider's clock may be ahead.
const OLDEST: Duration = Duration::minutes(10);
const AHEAD: Duration = Duration::minutes(2);

/// Every claim beside the registered ones: which one is the mail address is the organisation's say.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Others {
    #[serde(flatten)]
    all: Map<String, Value>,
}

impl AdditionalClaims for Others {}

type Tokens = StandardTokenResponse<
    IdTokenFields<
        Others,
        EmptyExtraTokenFields,
        CoreGenderClaim,
        CoreJweContentEncryptionAlgorithm,
        CoreJwsSigningAlgorithm,
    >,
    CoreTokenType,
>;

type Relying = Client<
    Others,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    StandardErrorResponse<CoreErrorResponseType>,
    Tokens,
    CoreTokenIntrospectionResponse,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// How the portal is known to a provider, with the secret in clear. Never shown.
pub(super) struct Registration {
    /// The issuer, to the letter.
    pub issuer: String,
    /// The client's id.
    pub client_id: String,
    /// The client's secret.
    pub client_secret: String,
    /// The scopes beside `openid`.
    pub scopes: Vec<String>,
    /// The claim that is the mail address.
    pub email_claim: String,
    /// Where the provider sends the browser back.
    pub redirect_url: String,
    /// Whether addresses of private networks may be asked.
    pub private: bool,
}

/// What the answer must fit. Kept on the server until then.
#[derive(Serialize, Deserialize)]
pub(super) struct Expected {
    nonce: Nonce,
    verifier: PkceCodeVerifier,
}

/// What a provider says of the person who signed in there; checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Vouched {
    /// The person there, for good.
    pub subject: String,
    /// The mail address, in lower case.
    pub email: Option<String>,
    /// Whether the provider says that the address was not checked.
    pub unverified: bool,
    /// How the person was recognised: `acr`, `amr` and `acrs`.
    pub means: Vec<String>,
}

/// Why an exchange fails.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    /// The provider can't be reached or answers what can't be used.
    #[error("out of reach: {0}")]
    Unreachable(String),
    /// The provider calls itself otherwise.
    #[error("another issuer: {0}")]
    Issuer(String),
    /// The provider doesn't take the code or knows the portal under another secret.
    #[error("refused: {0}")]
    Refused(String),
    /// What it says of the person doesn't hold.
    #[error("not to be trusted: {0}")]
    Invalid(String),
}

/// What a provider's discovery document tells.
pub(super) async fn discover(issuer: &str, private: bool) -> Result<CoreProviderMetadata, Failure> {
    let issuer = IssuerUrl::new(issuer.to_owned())
        .map_err(|error| Failure::Unreachable(error.to_string()))?;
    let client = |request| http::send(request, private);
    let found = CoreProviderMetadata::discover_async(issuer, &client).await;
    found.map_err(|error: DiscoveryError<Unreachable>| match error {
        DiscoveryError::Validation(text) => Failure::Issuer(text),
        other => Failure::Unreachable(whole(&other)),
    })
}

/// An error with its causes, for the log.
fn whole(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(error.source(), |cause| cause.source());
    causes.fold(error.to_string(), |text, cause| format!("{text}: {cause}"))
}

async fn relying(with: &Registration) -> Result<Relying, Failure> {
    let metadata = discover(&with.issuer, with.private).await?;
    let by_form = metadata.token_endpoint_auth_methods_supported().is_some_and(|methods| {
        methods.contains(&CoreClientAuthMethod::ClientSecretPost)
            && !methods.contains(&CoreClientAuthMethod::ClientSecretBasic)
    });
    let redirect = RedirectUrl::new(with.redirect_url.clone())
        .map_err(|error| Failure::Unreachable(error.to_string()))?;
    let client = Relying::from_provider_metadata(
        metadata,
        ClientId::new(with.client_id.clone()),
        Some(ClientSecret::new(with.client_secret.clone())),
    );
    let kind = if by_form { AuthType::RequestBody } else { AuthType::BasicAuth };
    Ok(client.set_auth_type(kind).set_redirect_uri(redirect))
}

/// Where to send the browser so that its person signs in there, and what the answer must fit;
/// `state` comes back with the answer.
pub(super) async fn begin(
    with: &Registration,
    state: String,
) -> Result<(String, Expected), Failure> {
    let client = relying(with).await?;
    if !http::allowed(client.auth_uri().url(), with.private) {
        return Err(Failure::Unreachable("authorization_endpoint".into()));
    }
    let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
    let (url, _, nonce) = client
        .authorize_url(
            CoreAuthenticationFlow::AuthorizationCode,
            move || CsrfToken::new(state),
            Nonce::new_random,
        )
        .add_scopes(with.scopes.iter().cloned().map(Scope::new))
        .set_pkce_challenge(challenge)
        .url();
    Ok((url.into(), Expected { nonce, verifier }))
}

/// Exchanges the code for an ID token, holds it against everything that was expected, and reads
/// who it is.
pub(super) async fn finish(
    with: &Registration,
    expected: Expected,
    code: String,
    now: Timestamp,
) -> Result<Vouched, Failure> {
    let client = relying(with).await?;
    let send = |request| http::send(request, with.private);
    let tokens = client
        .exchange_code(AuthorizationCode::new(code))
        .map_err(|error| Failure::Unreachable(error.to_string()))?
        .set_pkce_verifier(expected.verifier)
        .request_async(&send)
        .await
        .map_err(|error| match error {
            openidconnect::RequestTokenError::Request(error) => Failure::Unreachable(whole(&error)),
            openidconnect::RequestTokenError::ServerResponse(answer) => {
                Failure::Refused(answer.error().to_string())
            }
            other => Failure::Refused(other.to_string()),
        })?;
    let claims = verified(&client, &tokens, &expected.nonce, now)?;
    let Some(subject) = text(&claims, "sub") else {
        return Err(Failure::Invalid("no subject".into()));
    };
    let mut email = text(&claims, &with.email_claim);
    let mut unverified = not_verified(&claims);
    if email.is_none() {
        let more = user_info(&client, &tokens, &subject, with.private).await?;
        email = text(&more, &with.email_claim);
        unverified |= not_verified(&more);
    }
    let email = email.map(|email| email.trim().to_lowercase());
    Ok(Vouched { subject, email, unverified, means: means(&claims) })
}

/// The claims of the ID token, if signature, issuer, audience, nonce and times hold.
fn verified(
    client: &Relying,
    tokens: &Tokens,
    nonce: &Nonce,
    now: Timestamp,
) -> Result<Map<String, Value>, Failure> {
    let invalid = |error: &dyn std::error::Error| Failure::Invalid(whole(error));
    let token = tokens.id_token().ok_or_else(|| Failure::Invalid("no ID token".into()))?;
    let now = now.and_utc();
    let verifier = client
        .id_token_verifier()
        .set_allowed_algs(ALGORITHMS)
        .set_time_fn(move || now)
        .set_issue_time_verifier_fn(move |issued: DateTime<Utc>| {
            if issued > now + AHEAD || issued < now - OLDEST {
                return Err("issued at another time".into());
            }
            Ok(())
        });
    let claims = token.claims(&verifier, nonce).map_err(|error| invalid(&error))?;
    if let Some(hash) = claims.access_token_hash() {
        let algorithm = token.signing_alg().map_err(|error| invalid(&error))?;
        let key = token.signing_key(&verifier).map_err(|error| invalid(&error))?;
        let own = AccessTokenHash::from_token(tokens.access_token(), algorithm, key)
            .map_err(|error| invalid(&error))?;
        if own != *hash {
            return Err(Failure::Invalid("another access token".into()));
        }
    }
    object(claims)
}

/// What the provider tells beside the ID token, of the same subject; nothing where it tells nothing.
async fn user_info(
    client: &Relying,
    tokens: &Tokens,
    subject: &str,
    private: bool,
) -> Result<Map<String, Value>, Failure> {
    let subject = SubjectIdentifier::new(subject.to_owned());
    let Ok(request) = client.user_info(tokens.access_token().clone(), Some(subject)) else {
        return Ok(Map::new());
    };
    let send = |request| http::send(request, private);
    let claims: UserInfoClaims<Others, CoreGenderClaim> =
        request.require_signed_response(false).request_async(&send).await.map_err(|error| {
            match error {
                openidconnect::UserInfoError::Request(error) => Failure::Unreachable(whole(&error)),
                other => Failure::Invalid(whole(&other)),
            }
        })?;
    object(&claims)
}

fn object(claims: &impl Serialize) -> Result<Map<String, Value>, Failure> {
    match serde_json::to_value(claims) {
        Ok(Value::Object(map)) => Ok(map),
        Ok(_) => Err(Failure::Invalid("no claims".into())),
        Err(error) => Err(Failure::Invalid(error.to_string())),
    }
}

fn text(claims: &Map<String, Value>, name: &str) -> Option<String> {
    claims.get(name).and_then(Value::as_str).filter(|text| !text.is_empty()).map(str::to_owned)
}

/// Whether the provider says outright that the address was not checked; many say nothing of it.
fn not_verified(claims: &Map<String, Value>) -> bool {
    match claims.get("email_verified") {
        None | Some(Value::Null) => false,
        Some(Value::Bool(verified)) => !verified,
        Some(other) => other.as_str() != Some("true"),
    }
}

/// By which means the person was recognised: `OpenID` Connect Core §2 `acr` and `amr`, and `acrs` of
/// Entra ID's authentication contexts.
fn means(claims: &Map<String, Value>) -> Vec<String> {
    let mut found = Vec::new();
    for name in ["acr", "amr", "acrs"] {
        match claims.get(name) {
            Some(Value::String(word)) => found.push(word.clone()),
            Some(Value::Array(words)) => {
                found.extend(words.iter().filter_map(Value::as_str).map(str::to_owned));
            }
            _ => {}
        }
    }
    found
}
