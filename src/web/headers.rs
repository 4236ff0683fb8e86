//! The headers that every answer carries.

use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};

/// The content security policy of every page: nothing from elsewhere, no inline script or style.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    img-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; \
    require-trusted-types-for 'script'; trusted-types 'none'";

/// The policy of every download: nothing runs and nothing loads.
pub const DOWNLOAD_POLICY: &str = "sandbox; default-src 'none'";

static ALWAYS: [(HeaderName, &str); 7] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), geolocation=(), microphone=(), payment=(), usb=(), \
         publickey-credentials-create=(self), publickey-credentials-get=(self)",
    ),
];

/// Adds what the answer doesn't set itself; `secure` adds HSTS (RFC 6797).
pub fn complete(headers: &mut HeaderMap, secure: bool) {
    if headers
        .get(header::CONTENT_ENCODING)
        .is_some_and(|coding| coding == super::download::IDENTITY)
    {
        headers.remove(header::CONTENT_ENCODING);
    }
    for (name, value) in &ALWAYS {
        set(headers, name, value);
    }
    // Pages show personal data: no shared or local cache keeps them. Assets set their own.
    set(headers, &header::CACHE_CONTROL, "no-store");
    if secure {
        set(headers, &header::STRICT_TRANSPORT_SECURITY, "max-age=63072000; includeSubDomains");
    }
}

fn set(headers: &mut HeaderMap, name: &HeaderName, value: &'static str) {
    if !headers.contains_key(name) {
        headers.insert(name.clone(), HeaderValue::from_static(value));
    }
}
