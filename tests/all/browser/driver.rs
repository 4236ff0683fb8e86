//! Chromium behind its driver, used by what is written on the page.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use azukari::web::Language;
use fantoccini::elements::Element;
use fantoccini::key::Key;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

use super::axe;
use crate::app::Person;

/// The time between two looks at a page that is waited for, and how many there are: 20 seconds.
const WAIT: Duration = Duration::from_millis(50);
const WAITS: usize = 400;

/// How the portal is looked at.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// Width of the window in CSS pixels.
    pub width: u32,
    /// The language of the browser.
    pub language: Language,
    /// Whether pages may run scripts.
    pub scripts: bool,
    /// Whether the portal's own scripts are kept from the page: then it is the page without
    /// scripts, and axe-core, which is one, can still be held against it.
    pub withheld: bool,
}

/// A browser with one window.
pub struct Browser {
    client: Client,
    session: String,
    driver: Child,
    port: u16,
    base: String,
    look: Look,
}

impl Browser {
    /// Starts Chromium; `base` is the portal's address.
    pub async fn start(base: &str, look: Look) -> Self {
        let (driver, port) = start_driver();
        let mut connector = HttpConnector::new();
        // Commands are short: waiting to fill a packet costs 40 ms each.
        connector.set_nodelay(true);
        let client = ClientBuilder::new(connector)
            .capabilities(capabilities(look).as_object().unwrap().clone())
            .connect(&format!("http://127.0.0.1:{port}"))
            .await
            .expect("Chromium starts");
        let session = client.session_id().await.unwrap().unwrap();
        let browser = Self { client, session, driver, port, base: base.to_owned(), look };
        if look.withheld {
            browser.devtools("Network.enable", json!({})).await;
            browser.devtools("Network.setBlockedURLs", json!({ "urls": ["*.js"] })).await;
        }
        browser
    }

    /// Gives a command of the Chrome `DevTools` Protocol.
    async fn devtools(&self, command: &str, parameters: Value) {
        let said = json!({ "cmd": command, "params": parameters });
        let answer = self.ask("goog/cdp/execute", &said).await;
        assert!(answer["value"]["error"].is_null(), "{command}: {answer}");
    }

    /// Keeps in a folder what is downloaded.
    pub async fn keep_downloads(&self, folder: &std::path::Path) {
        let said = json!({ "behavior": "allow", "downloadPath": folder.to_str().unwrap() });
        self.devtools("Page.setDownloadBehavior", said).await;
    }

    /// Gives the browser a device for passkeys, of which the person is always there and known.
    pub async fn hold_authenticator(&self) {
        let device = json!({
            "protocol": "ctap2", "transport": "internal", "hasResidentKey": true,
            "hasUserVerification": true, "isUserVerified": true, "isUserConsenting": true,
        });
        let answer = self.ask("webauthn/authenticator", &device).await;
        assert!(answer["value"].is_string(), "{answer}");
    }

    /// Posts to an address of the driver that its client doesn't know.
    async fn ask(&self, what: &str, body: &Value) -> Value {
        let url = format!("http://127.0.0.1:{}/session/{}/{what}", self.port, self.session);
        let request = reqwest::Client::builder().no_proxy().build().unwrap().post(url);
        let answer = request.body(body.to_string()).send().await.unwrap();
        serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap()
    }

    /// Opens a page of the portal by its path and looks at it.
    pub async fn visit(&self, path: &str) {
        self.client.goto(&format!("{}{path}", self.base)).await.unwrap();
        self.check().await;
    }

    /// The path of the page that is shown.
    pub async fn path(&self) -> String {
        self.client.current_url().await.unwrap().path().to_owned()
    }

    /// The words that the page shows.
    pub async fn words(&self) -> String {
        self.find("//body").await.text().await.unwrap()
    }

    /// The words of the first element of a selector.
    pub async fn text(&self, css: &str) -> String {
        let element = self.client.find(Locator::Css(css)).await.unwrap();
        element.text().await.unwrap()
    }

    async fn find(&self, path: &str) -> Element {
        match self.client.find(Locator::XPath(path)).await {
            Ok(element) => element,
            Err(error) => panic!("{path} on {}: {error}", self.path().await),
        }
    }

    /// The control that a label names.
    async fn control(&self, label: &str) -> Element {
        let label = self.find(&format!("//label[normalize-space(text()[1])=\"{label}\"]")).await;
        let id = label.attr("for").await.unwrap().unwrap();
        self.client.find(Locator::Id(&id)).await.unwrap()
    }

    /// Types into the field of a label, in place of what is there.
    pub async fn fill(&self, label: &str, text: &str) {
        let control = self.control(label).await;
        control.clear().await.unwrap();
        control.send_keys(text).await.unwrap();
    }

    /// Chooses an entry of the list of a label.
    pub async fn choose(&self, label: &str, entry: &str) {
        self.control(label).await.select_by_label(entry).await.unwrap();
    }

    /// Clicks in the middle of the window, where nothing lies over it.
    async fn click(&self, element: &Element) {
        let script = "arguments[0].scrollIntoView({ behavior: 'instant', block: 'center' })";
        let argument = serde_json::to_value(element).unwrap();
        self.client.execute(script, vec![argument]).await.unwrap();
        if let Err(error) = element.click().await {
            panic!("{} on {}: {error}", element.html(false).await.unwrap(), self.path().await);
        }
    }

    /// Goes on with the tab key until the control of a label, or the link or button of these words,
    /// has the focus.
    pub async fn tab_to(&self, words: &str) {
        let script = "const one = document.activeElement;
            const label = one.labels?.[0]?.firstChild?.textContent ?? one.textContent;
            return label.trim()";
        for _ in 0..WAITS {
            let at = self.client.execute(script, vec![]).await.unwrap();
            if at.as_str().is_some_and(|at| at.starts_with(words)) {
                return;
            }
            self.key(Key::Tab).await;
        }
        panic!("the tab key doesn't lead to {words} on {}", self.path().await);
    }

    /// Presses a key where the focus is.
    async fn key(&self, key: Key) {
        self.keys(&String::from(char::from(key))).await;
    }

    /// Types where the focus is.
    pub async fn keys(&self, text: &str) {
        let element = self.client.active_element().await.unwrap();
        element.send_keys(text).await.unwrap();
    }

    /// Presses the enter key where the focus is, and looks at where it leads.
    pub async fn enter(&self) {
        self.client.execute("window.left = true", vec![]).await.unwrap();
        self.key(Key::Enter).await;
        self.arrive().await;
        self.check().await;
    }

    /// What the field of a label holds.
    pub async fn value(&self, label: &str) -> String {
        self.control(label).await.prop("value").await.unwrap().unwrap_or_default()
    }

    /// Chooses a file for the field of a label.
    pub async fn attach(&self, label: &str, file: &std::path::Path) {
        self.control(label).await.send_keys(file.to_str().unwrap()).await.unwrap();
    }

    /// Takes over the session of somebody who is signed in already.
    pub async fn sign_in_as(&self, person: &Person) {
        self.visit("/sign-in").await;
        for cookie in person.cookies().split("; ").filter(|cookie| cookie.contains("session=")) {
            let (name, value) = cookie.split_once('=').unwrap();
            let cookie = json!({ "cookie": { "name": name, "value": value, "path": "/", "httpOnly": true } });
            let answer = self.ask("cookie", &cookie).await;
            assert!(answer["value"].is_null(), "{answer}");
        }
    }

    /// Opens the page that is shown once more.
    pub async fn reload(&self) {
        self.client.refresh().await.unwrap();
        self.check().await;
    }

    /// Waits until the page shows these words, and looks at it: for what comes without a new page.
    pub async fn see(&self, words: &str) {
        for _ in 0..WAITS {
            // The page may just be replaced.
            let body = self.client.find(Locator::Css("body")).await;
            let text = match body {
                Ok(body) => body.text().await.unwrap_or_default(),
                Err(_) => String::new(),
            };
            if text.contains(words) {
                return self.check().await;
            }
            tokio::time::sleep(WAIT).await;
        }
        panic!("{words} doesn't come on {}: {}", self.path().await, self.words().await);
    }

    /// The path of the first link that contains this.
    pub async fn link(&self, part: &str) -> String {
        let link = self.find(&format!("//main//a[contains(@href, \"{part}\")]")).await;
        link.attr("href").await.unwrap().unwrap()
    }

    /// Ticks the radio button of a label in the group of a legend.
    pub async fn tick_in(&self, legend: &str, label: &str) {
        let group = format!("//fieldset[legend[starts-with(normalize-space(.), \"{legend}\")]]");
        let label = self.find(&format!("{group}//label[normalize-space(.)=\"{label}\"]")).await;
        self.click(&label).await;
    }

    /// Ticks the box or radio button of a label.
    pub async fn tick(&self, label: &str) {
        self.click(&self.control(label).await).await;
    }

    /// Presses the button, or follows the link, of these words, and looks at where it leads.
    pub async fn press(&self, words: &str) {
        self.activate(words).await;
        self.arrive().await;
        self.check().await;
    }

    /// Unfolds what stands behind these words.
    pub async fn unfold(&self, words: &str) {
        let path = format!("//summary[starts-with(normalize-space(.), \"{words}\")]");
        self.click(&self.find(&path).await).await;
    }

    /// Presses the button of these words, which changes the page without leaving it.
    pub async fn press_here(&self, words: &str, until: &str) {
        self.activate(words).await;
        self.see(until).await;
    }

    /// Presses the button of these words in the dialog that is open, and looks at where it leads.
    pub async fn press_in_dialog(&self, words: &str) {
        let path = format!("//dialog//button[starts-with(normalize-space(.), \"{words}\")]");
        let button = self.find(&path).await;
        self.client.execute("window.left = true", vec![]).await.unwrap();
        self.click(&button).await;
        self.arrive().await;
        self.check().await;
    }

    /// The same where the page's scripts ask once more, and where they don't.
    pub async fn press_and_confirm(&self, words: &str) {
        if self.look.scripts && !self.look.withheld {
            self.activate(words).await;
            self.press_in_dialog(words).await;
        } else {
            self.press(words).await;
        }
    }

    /// Lets the page believe that its session has so many seconds left: unused, and in all.
    pub async fn session_left(&self, idle: i64, rest: i64) {
        let script = "const notice = document.querySelector('az-session');
            Object.assign(notice.dataset, { idle: arguments[0], rest: arguments[1] });
            notice.remove();
            document.body.append(notice);";
        self.client.execute(script, vec![json!(idle), json!(rest)]).await.unwrap();
    }

    async fn activate(&self, words: &str) {
        let path =
            format!("//*[self::button or self::a][starts-with(normalize-space(.), \"{words}\")]");
        let button = self.find(&path).await;
        self.client.execute("window.left = true", vec![]).await.unwrap();
        self.click(&button).await;
    }

    /// Waits until the page that was left is gone and the next one is there.
    async fn arrive(&self) {
        let script = "return !window.left && document.readyState === 'complete'";
        for _ in 0..WAITS {
            // In between there may be no page to ask.
            if self.client.execute(script, vec![]).await.is_ok_and(|there| there == json!(true)) {
                return;
            }
            tokio::time::sleep(WAIT).await;
        }
        panic!("no page follows {}: {}", self.path().await, self.words().await);
    }

    /// Holds the page against axe-core, which needs scripts, and the console.
    pub async fn check(&self) {
        let path = self.path().await;
        assert!(!self.words().await.contains('⟦'), "a word is missing on {path}");
        let script = "return customElements.get('az-confirm') !== undefined";
        let ran = self.client.execute(script, vec![]).await.unwrap();
        let own = self.look.scripts && !self.look.withheld;
        assert_eq!(ran, json!(own), "the page's own scripts on {path}");
        if self.look.scripts {
            axe::hold(&self.client, self.look).await;
        }
        self.fits().await;
        let log = self.console().await;
        assert!(log.is_empty(), "the console on {path} ({:?}): {log:#?}", self.look);
    }

    /// Nothing is wider than the window: nobody has to scroll sideways (WCAG 1.4.10).
    async fn fits(&self) {
        let script = "return document.documentElement.scrollWidth - window.innerWidth";
        let over = self.client.execute(script, vec![]).await.unwrap();
        assert!(over.as_i64().unwrap() <= 0, "{over} pixels too wide: {}", self.path().await);
    }

    /// What the console has said since it was last asked: errors of scripts, refused resources,
    /// and broken content security.
    async fn console(&self) -> Vec<String> {
        let page = self.client.current_url().await.unwrap();
        let own = format!("{page} - Failed to load resource: the server responded with a status");
        let log = self.ask("se/log", &json!({ "type": "browser" })).await;
        let entries = log["value"].as_array().unwrap_or_else(|| panic!("{log}")).iter();
        entries
            .filter(|entry| matches!(entry["level"].as_str(), Some("SEVERE" | "WARNING")))
            .map(|entry| entry["message"].as_str().unwrap_or_default().to_owned())
            // The page's own status, such as 422 of a form that is sent back, is no error of it.
            .filter(|message| !message.starts_with(&own))
            .filter(|message| !(self.look.withheld && message.contains("ERR_BLOCKED_BY_CLIENT")))
            .collect()
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // Ends Chromium first, also when the test has failed: the driver alone would leave it.
        if let Ok(mut stream) = TcpStream::connect(("127.0.0.1", self.port)) {
            let _ = write!(
                stream,
                "DELETE /session/{} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\n\r\n",
                self.session, self.port
            );
            // The driver answers when Chromium has ended, and keeps the connection.
            let _ = stream.set_read_timeout(Some(Duration::from_secs(10)));
            let _ = stream.read(&mut [0; 1024]);
        }
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

/// Starts the driver on a free port, which it tells.
fn start_driver() -> (Child, u16) {
    let mut driver = Command::new("chromedriver")
        .arg("--port=0")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("chromedriver is not there: run tests/run, which installs it");
    let mut lines = BufReader::new(driver.stdout.take().unwrap()).lines().map_while(Result::ok);
    let told = lines.find_map(|line| {
        let (_, rest) = line.split_once("successfully on port ")?;
        rest.trim_end_matches('.').parse().ok()
    });
    let port = told.expect("chromedriver tells its port");
    // What the driver says later is read away, so that it never waits for a reader.
    std::thread::spawn(move || lines.for_each(drop));
    (driver, port)
}

fn capabilities(look: Look) -> Value {
    let setting = if look.scripts { 1 } else { 2 };
    json!({
        "browserName": "chrome",
        "goog:loggingPrefs": { "browser": "ALL" },
        "goog:chromeOptions": {
            "args": [
                "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                "--disable-background-networking", "--no-first-run", "--hide-scrollbars", "--force-prefers-reduced-motion",
                format!("--lang={}", look.language), "--window-size=1280,1000",
            ],
            "prefs": {
                "intl.accept_languages": look.language.as_str(),
                "profile.managed_default_content_settings.javascript": setting,
                "credentials_enable_service": false,
            },
            "mobileEmulation": {
                "deviceMetrics": { "width": look.width, "height": 900, "pixelRatio": 1.0, "mobile": false, "touch": false },
            },
        },
    })
}
