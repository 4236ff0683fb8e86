//! A form as a browser without scripts fills it in and sends it.

use reqwest::Method;
use reqwest::multipart;
use scraper::ElementRef;

use super::page::selector;
use super::{Page, Person};

/// A form on its way.
pub struct FilledForm {
    person: Person,
    method: Method,
    action: String,
    multipart: bool,
    names: Vec<String>,
    offered: Vec<(String, String)>,
    empty: Vec<(String, &'static str)>,
    pairs: Vec<(String, String)>,
    files: Vec<(String, String, Vec<u8>)>,
}

impl FilledForm {
    pub(super) fn read(person: Person, form: &ElementRef<'_>, path: &str) -> Self {
        let attribute = |name| form.value().attr(name);
        let method = match attribute("method") {
            Some("post") => Method::POST,
            _ => Method::GET,
        };
        let mut filled = Self {
            person,
            method,
            action: attribute("action").unwrap_or(path).to_owned(),
            multipart: attribute("enctype") == Some("multipart/form-data"),
            names: Vec::new(),
            offered: Vec::new(),
            empty: Vec::new(),
            pairs: Vec::new(),
            files: Vec::new(),
        };
        for control in form.select(&selector("input, select, textarea, button")) {
            filled.take(&control);
        }
        filled
    }

    /// Takes a control with what a browser would send for it untouched.
    fn take(&mut self, control: &ElementRef<'_>) {
        let attribute = |name| control.value().attr(name);
        let Some(name) = attribute("name") else { return };
        self.names.push(name.to_owned());
        let value = attribute("value").unwrap_or_default();
        self.look_at(control, name, value);
        let sent = match (control.value().name(), attribute("type").unwrap_or("text")) {
            ("button", _) | ("input", "submit" | "file") => None,
            ("input", "checkbox" | "radio") => attribute("checked").map(|_| value.to_owned()),
            ("select", _) => chosen(control),
            ("textarea", _) => Some(control.text().collect()),
            _ => Some(value.to_owned()),
        };
        if let Some(value) = sent {
            self.pairs.push((name.to_owned(), value));
        }
    }

    /// Notes what a control offers to choose from, and what could be typed into an empty one.
    fn look_at(&mut self, control: &ElementRef<'_>, name: &str, value: &str) {
        let attribute = |name| control.value().attr(name).unwrap_or_default();
        if control.value().name() == "select" {
            for option in control.select(&selector("option")) {
                let value = option.value().attr("value").unwrap_or_default();
                self.offered.push((name.to_owned(), value.to_owned()));
            }
        } else if !value.is_empty() {
            self.offered.push((name.to_owned(), value.to_owned()));
        } else {
            let class = attribute("class");
            let typed = match attribute("type") {
                "email" => "a@b.example",
                _ if class.contains("input-date") => "2026-04-01",
                _ if class.contains("input-number") => "1",
                _ if name.contains("time") => "08:00",
                "file" | "hidden" | "password" => return,
                _ => "架空",
            };
            self.empty.push((name.to_owned(), typed));
        }
    }

    /// Where it is sent.
    pub fn action(&self) -> &str {
        &self.action
    }

    /// Whether it is sent by POST.
    pub fn posts(&self) -> bool {
        self.method == Method::POST
    }

    /// The values that its fields hold or offer, by name.
    pub fn offers(&self) -> &[(String, String)] {
        &self.offered
    }

    /// The same with something in every field that has nothing: the first of what is offered, or
    /// a word, day or number.
    pub fn filled(mut self) -> Self {
        self.pairs.retain(|(_, value)| !value.is_empty());
        let missing = |form: &Self, name: &String| !form.pairs.iter().any(|(n, _)| n == name);
        for (name, value) in self.offered.clone() {
            if !value.is_empty() && missing(&self, &name) {
                self.pairs.push((name, value));
            }
        }
        for (name, value) in self.empty.clone() {
            if missing(&self, &name) {
                self.pairs.push((name, value.to_owned()));
            }
        }
        self
    }

    fn known(&self, name: &str) {
        assert!(
            self.names.iter().any(|n| n == name),
            "{name} is not in the form: {:?}",
            self.names
        );
    }

    /// Types into a field, chooses from a list, or chooses one of several radio buttons.
    pub fn set(mut self, name: &str, value: &str) -> Self {
        self.known(name);
        let at = self.pairs.iter().position(|(n, _)| n == name).unwrap_or(self.pairs.len());
        self.pairs.retain(|(n, _)| n != name);
        self.pairs.insert(at.min(self.pairs.len()), (name.to_owned(), value.to_owned()));
        self
    }

    /// Several fields at once.
    pub fn set_all(self, fields: &[(&str, &str)]) -> Self {
        fields.iter().fold(self, |form, (name, value)| form.set(name, value))
    }

    /// Ticks a box, or presses the button of that name and value.
    pub fn check(mut self, name: &str, value: &str) -> Self {
        self.known(name);
        self.pairs.push((name.to_owned(), value.to_owned()));
        self
    }

    /// A field that a script puts into the form.
    pub fn adding(mut self, name: &str, value: &str) -> Self {
        self.pairs.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Unticks every box of a name.
    pub fn uncheck(mut self, name: &str) -> Self {
        self.known(name);
        self.pairs.retain(|(n, _)| n != name);
        self
    }

    /// Chooses a file.
    pub fn file(mut self, name: &str, file_name: &str, bytes: &[u8]) -> Self {
        self.known(name);
        self.files.push((name.to_owned(), file_name.to_owned(), bytes.to_vec()));
        self
    }

    /// What the field holds now.
    pub fn value(&self, name: &str) -> &str {
        self.pairs.iter().find(|(n, _)| n == name).map_or("", |(_, value)| value)
    }

    /// Sends the form to the address of another of its buttons.
    pub async fn submit_to(mut self, action: &str) -> Page {
        action.clone_into(&mut self.action);
        self.submit().await
    }

    /// Sends the form and follows the answer's redirect once.
    pub async fn submit(self) -> Page {
        self.submit_unfollowed().await.followed().await
    }

    /// Sends the form.
    pub async fn submit_unfollowed(self) -> Page {
        let origin = self.person.base.clone();
        let mut request = self.person.request(self.method.clone(), &self.action);
        if self.method == Method::GET {
            let query = encoded(&self.pairs);
            request = self.person.request(Method::GET, &format!("{}?{query}", self.action));
        } else if self.multipart {
            let mut body = multipart::Form::new();
            for (name, value) in self.pairs {
                body = body.text(name, value);
            }
            for (name, file_name, bytes) in self.files {
                body = body.part(name, multipart::Part::bytes(bytes).file_name(file_name));
            }
            request = request.multipart(body);
        } else {
            request = request
                .header("content-type", "application/x-www-form-urlencoded")
                .body(encoded(&self.pairs));
        }
        request = request.header("origin", origin).header("sec-fetch-site", "same-origin");
        self.person.send(request).await
    }
}

fn encoded(pairs: &[(String, String)]) -> String {
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}

/// The chosen option of a list: the marked one, or the first.
fn chosen(list: &ElementRef<'_>) -> Option<String> {
    let options: Vec<_> = list.select(&selector("option")).collect();
    let marked = options.iter().find(|option| option.value().attr("selected").is_some());
    let option = marked.or(options.first())?;
    Some(option.value().attr("value").unwrap_or_default().to_owned())
}
