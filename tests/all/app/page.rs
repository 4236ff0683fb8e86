//! An answer of the portal, read as a person reads a page.

use reqwest::Response;
use reqwest::header::HeaderMap;
use scraper::{ElementRef, Html, Selector};

use super::Person;
use super::form::FilledForm;

/// An answer.
pub struct Page {
    /// The status of the answer; of a form that was sent, the status of the answer to it.
    pub status: u16,
    /// The path at which the page is, or to which the answer leads.
    pub path: String,
    /// The headers of the first answer.
    pub headers: HeaderMap,
    /// The page itself; of a form that was accepted, the page to which it led.
    pub body: String,
    person: Person,
}

impl Page {
    pub(super) async fn of(person: Person, answer: Response) -> Self {
        let status = answer.status().as_u16();
        let headers = answer.headers().clone();
        let path = match headers.get("location") {
            Some(location) => location.to_str().unwrap().to_owned(),
            None => answer.url().path().to_owned(),
        };
        let body = answer.bytes().await.unwrap();
        let body = String::from_utf8_lossy(&body).into_owned();
        Self { status, path, headers, body, person }
    }

    /// Goes on to where a 303 leads, once; the status stays that of the first answer.
    pub(super) async fn followed(self) -> Self {
        if self.status != 303 {
            return self;
        }
        let next = self.person.get(&self.path).await;
        Self { body: next.body, ..self }
    }

    fn html(&self) -> Html {
        Html::parse_document(&self.body)
    }

    /// The words of every element that `css` names.
    pub fn texts(&self, css: &str) -> Vec<String> {
        self.html().select(&selector(css)).map(words).collect()
    }

    /// The words of the first element that `css` names.
    pub fn text(&self, css: &str) -> String {
        let texts = self.texts(css);
        texts.into_iter().next().unwrap_or_else(|| panic!("{css} is not in {}", self.body))
    }

    /// Whether there is an element that `css` names.
    pub fn has(&self, css: &str) -> bool {
        self.html().select(&selector(css)).next().is_some()
    }

    /// An attribute of every element that `css` names.
    pub fn attributes(&self, css: &str, name: &str) -> Vec<String> {
        let html = self.html();
        let css = selector(css);
        let found = html.select(&css);
        found.filter_map(|element| element.value().attr(name)).map(str::to_owned).collect()
    }

    /// The page's title without the product's name.
    pub fn title(&self) -> String {
        let title = self.text("title");
        title.rsplit_once(" - ").map_or(title.clone(), |(own, _)| own.to_owned())
    }

    /// The names of the fields of which the error summary speaks.
    pub fn wrong_fields(&self) -> Vec<String> {
        let links = self.attributes(".error-summary-list a", "href");
        links.iter().map(|href| href.trim_start_matches('#').to_owned()).collect()
    }

    /// The page without what differs from request to request.
    pub fn comparable(&self) -> String {
        let mut body = self.body.clone();
        for token in self.attributes("input[name=csrf]", "value") {
            body = body.replace(&token, "CSRF");
        }
        body
    }

    /// The form that `css` names, as a browser shows it.
    pub fn form(&self, css: &str) -> FilledForm {
        let html = self.html();
        let form = html.select(&selector(css)).next();
        let form = form.unwrap_or_else(|| panic!("{css} is not in {}", self.body));
        FilledForm::read(self.person.clone(), &form, &self.path)
    }

    /// Every form of the page's main part.
    pub fn forms(&self) -> Vec<FilledForm> {
        let html = self.html();
        let css = selector("main form");
        let forms = html.select(&css);
        forms.map(|form| FilledForm::read(self.person.clone(), &form, &self.path)).collect()
    }

    /// The form of the page's main part.
    pub fn main_form(&self) -> FilledForm {
        self.form("main form[method=post]")
    }
}

pub(super) fn selector(css: &str) -> Selector {
    Selector::parse(css).unwrap_or_else(|error| panic!("{css}: {error}"))
}

fn words(element: ElementRef<'_>) -> String {
    let text: String = element.text().collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
