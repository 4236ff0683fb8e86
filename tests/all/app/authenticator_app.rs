//! An authenticator app that a test holds: its seed, and codes by the portal's own clock.

use azukari::clock::Clock;
use totp_rs::{Builder, Secret, Totp};

use super::{Page, Person};

/// An app of somebody's.
pub struct AuthenticatorApp {
    totp: Totp,
    clock: Clock,
    /// The seed that it was given.
    pub seed: String,
    /// The recovery codes that came with it.
    pub recovery: Vec<String>,
}

impl AuthenticatorApp {
    /// An app that is given the seed of a page.
    pub fn of(seed: &str, clock: &Clock) -> Self {
        let seed = seed.replace(' ', "");
        let secret = Secret::try_from_base32(seed.clone()).unwrap();
        let totp = Builder::new().with_secret(secret).build().unwrap();
        Self { totp, clock: clock.clone(), seed, recovery: Vec::new() }
    }

    /// The code that it shows now.
    pub fn code(&self) -> String {
        let seconds = u64::try_from(self.clock.now().and_utc().timestamp()).unwrap();
        self.totp.generate(seconds).to_string()
    }
}

impl Person {
    /// Sets up an app on the pages; half a minute later, as its first code is used up.
    pub async fn set_up_app(&self, clock: &Clock) -> AuthenticatorApp {
        let page = self.get("/account/second-factor").await;
        let page = page.main_form().submit().await;
        assert_eq!((page.status, &*page.path), (303, "/account/second-factor"), "{}", page.body);
        let mut app = AuthenticatorApp::of(&page.text(".seed"), clock);
        let form = page.form("form[action='/account/second-factor/confirmation']");
        let page = form.set("code", &app.code()).set("name", "職場のスマートフォン").submit().await;
        // The first one brings recovery codes.
        assert!(page.status == 200 || &*page.path == "/account", "{}", page.text("main"));
        app.recovery = page.texts(".codes code");
        clock.advance(chrono::Duration::seconds(30));
        app
    }

    /// Signs in by password and code; `self` is a browser that isn't signed in.
    pub async fn sign_in_with(&self, email: &str, password: &str, app: &AuthenticatorApp) -> Page {
        let page = self.get("/sign-in").await;
        let page = page.main_form().set("email", email).set("password", password).submit().await;
        assert_eq!((page.status, &*page.path), (303, "/sign-in/second"), "{}", page.text("main"));
        page.form("form[action='/sign-in/second']").set("code", &app.code()).submit().await
    }
}
