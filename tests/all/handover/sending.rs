//! Whoever sends files: by a form, and with a program that speaks tus.

use std::io::Read as _;

use azukari::database::schema::{handover_file as f, handover_part as p};
use azukari::handover::File;
use azukari::organisation;
use azukari::storage::{self, Part};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use diesel::prelude::*;
use reqwest::Method;
use tokio::net::TcpStream;

use super::Draft;
use crate::app::{App, FilledForm, Page, Person};

/// The files of a hand-over, in their order.
pub fn files(app: &App, of: &Draft) -> Vec<File> {
    f::table
        .filter(f::handover_id.eq(of.id))
        .order(f::position.asc())
        .select(File::as_select())
        .load(&mut app.connection())
        .unwrap()
}

/// The plain bytes of a file, out of the store.
pub fn plain(app: &App, file: &File) -> azukari::error::Result<Vec<u8>> {
    let mut c = app.connection();
    let parts: Vec<(i64, i64, String)> = p::table
        .filter(p::file_id.eq(file.id))
        .select((p::start, p::size, p::object))
        .load(&mut c)
        .unwrap();
    let unsigned = |number| u64::try_from(number).unwrap();
    let part =
        |(start, size, object)| Part { start: unsigned(start), size: unsigned(size), object };
    let owner = organisation::wrapped_key(&mut c, file.tenant_id).unwrap();
    let key = storage::open_file_key(&app.portal.secret, &owner, &file.wrapped_key)?;
    let parts = app.portal.storage.parts(key, parts.into_iter().map(part).collect());
    let mut read = Vec::new();
    parts.reader().read_to_end(&mut read).map_err(azukari::error::Error::internal)?;
    Ok(read)
}

/// Bytes that are nowhere the same.
pub fn bytes(size: usize) -> Vec<u8> {
    (0_u32..).flat_map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes()).take(size).collect()
}

/// Somebody with a program that speaks tus.
pub struct Sender<'a> {
    pub person: &'a Person,
    pub csrf: String,
    pub path: String,
}

impl<'a> Sender<'a> {
    pub async fn new(person: &'a Person, of: &Draft) -> Self {
        let page = person.get(&format!("{}/files", of.path)).await;
        let csrf = page.attributes("main input[name=csrf]", "value").remove(0);
        Self { person, csrf, path: of.path.clone() }
    }

    /// Sends a request with the headers that all of them have.
    pub async fn ask(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> Page {
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        let mut request = self.person.request(method, path);
        let own = [
            ("x-csrf-token", &*self.csrf),
            ("tus-resumable", "1.0.0"),
            ("sec-fetch-site", "same-origin"),
        ];
        let told = |name: &str| headers.iter().any(|(given, _)| *given == name);
        for (name, value) in own.iter().filter(|(name, _)| !told(name)).chain(headers) {
            request = request.header(*name, *value);
        }
        self.person.send(request.header("accept", "application/json").body(body.to_vec())).await
    }

    pub async fn announce(&self, size: usize, name: &str) -> Page {
        let metadata = format!("filename {}", STANDARD.encode(name));
        let headers = [("upload-length", &*size.to_string()), ("upload-metadata", &metadata)];
        self.ask("POST", &format!("{}/uploads", self.path), &headers, b"").await
    }

    /// Announces a file and gives its address.
    pub async fn begin(&self, size: usize) -> String {
        let page = self.announce(size, "職員名簿.xlsx").await;
        assert_eq!(page.status, 201, "{}", page.body);
        page.path
    }

    pub async fn patch(&self, to: &str, offset: usize, body: &[u8]) -> Page {
        let headers = [
            ("upload-offset", &*offset.to_string()),
            ("content-type", "application/offset+octet-stream"),
        ];
        self.ask("PATCH", to, &headers, body).await
    }

    pub async fn offset(&self, at: &str) -> usize {
        let page = self.ask("HEAD", at, &[], b"").await;
        assert_eq!(page.status, 200);
        header(&page, "upload-offset").parse().unwrap()
    }

    /// The head of a part, for a sender who doesn't end it.
    pub fn part_head(&self, to: &str, length: usize) -> String {
        let host = self.person.base().trim_start_matches("http://");
        let (cookies, csrf) = (self.person.cookies(), &self.csrf);
        format!(
            "PATCH {to} HTTP/1.1\r\nhost: {host}\r\ncookie: {cookies}\r\nx-csrf-token: {csrf}\r\n\
             sec-fetch-site: same-origin\r\naccept: application/json\r\ntus-resumable: 1.0.0\r\n\
             upload-offset: 0\r\ncontent-type: application/offset+octet-stream\r\n\
             content-length: {length}\r\n\r\n"
        )
    }

    pub async fn connect(&self) -> TcpStream {
        let host = self.person.base().trim_start_matches("http://");
        TcpStream::connect(host).await.unwrap()
    }
}

/// A header of an answer.
pub fn header(page: &Page, name: &str) -> String {
    page.headers.get(name).map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default()
}

/// The form that takes files.
pub async fn form(person: &Person, of: &Draft) -> FilledForm {
    person.get(&format!("{}/files", of.path)).await.form("main form[action$='/files']")
}
