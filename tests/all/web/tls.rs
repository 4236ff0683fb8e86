//! TLS of the portal's own.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::sync::Arc;

use azukari::database::Kind;
use azukari::web::tls::Certificate;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

use crate::app::App;

/// Writes a certificate and its key for this machine's name, and gives the certificate.
fn write(folder: &Path) -> String {
    let made =
        rcgen::generate_simple_self_signed(vec!["localhost".to_owned(), "127.0.0.1".to_owned()])
            .unwrap();
    let (certificate, key) = (folder.join("tls.pem"), folder.join("tls.key"));
    fs::write(&certificate, made.cert.pem()).unwrap();
    fs::write(&key, made.signing_key.serialize_pem()).unwrap();
    fs::set_permissions(&key, fs::Permissions::from_mode(0o600)).unwrap();
    made.cert.pem()
}

fn read(folder: &Path) -> azukari::error::Result<Arc<Certificate>> {
    Certificate::read(&folder.join("tls.pem"), &folder.join("tls.key"))
}

fn app(certificate: &Arc<Certificate>) -> App {
    App::spawn_with(Kind::Sqlite, |config| {
        config.base_url = config.base_url.replace("http://127.0.0.1", "https://localhost");
        Some(certificate.server_config().unwrap())
    })
}

/// What was agreed on with a client that offers these protocols and versions, or why nothing was.
async fn agreed(
    app: &App,
    pem: &str,
    protocols: &[&str],
    versions: &[&'static rustls::SupportedProtocolVersion],
) -> std::io::Result<(Option<Vec<u8>>, Option<rustls::ProtocolVersion>)> {
    use rustls::pki_types::CertificateDer;
    use rustls::pki_types::pem::PemObject as _;
    let mut roots = rustls::RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(pem.as_bytes()).unwrap()).unwrap();
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let mut config = rustls::ClientConfig::builder_with_provider(provider)
        .with_protocol_versions(versions)
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = protocols.iter().map(|p| p.as_bytes().to_vec()).collect();
    let stream = TcpStream::connect(app.base.replace("https://localhost", "127.0.0.1")).await?;
    let connector = TlsConnector::from(Arc::new(config));
    let connected = connector.connect("localhost".try_into().unwrap(), stream).await?;
    let session = connected.get_ref().1;
    Ok((session.alpn_protocol().map(<[u8]>::to_vec), session.protocol_version()))
}

#[tokio::test]
async fn pages_are_served_over_tls_with_cookies_that_stay_there() {
    let folder = tempfile::tempdir().unwrap();
    let pem = write(folder.path());
    let app = app(&read(folder.path()).unwrap());
    let client = reqwest::Client::builder()
        .tls_certs_only([reqwest::Certificate::from_pem(pem.as_bytes()).unwrap()])
        .build()
        .unwrap();
    let answer = client.get(format!("{}/sign-in", app.base)).send().await.unwrap();
    assert_eq!((answer.status().as_u16(), answer.version()), (200, reqwest::Version::HTTP_11));
    let header = |name| answer.headers().get(name).unwrap().to_str().unwrap().to_owned();
    assert!(header("strict-transport-security").starts_with("max-age=63072000"));
    assert!(header("set-cookie").starts_with("__Host-"), "{}", header("set-cookie"));
    assert!(header("set-cookie").contains("Secure"));
}

#[tokio::test]
async fn http_2_is_not_agreed_on_and_tls_is_1_2_or_1_3() {
    use rustls::version::{TLS12, TLS13};
    let folder = tempfile::tempdir().unwrap();
    let pem = write(folder.path());
    let app = app(&read(folder.path()).unwrap());
    let both = &[&TLS12, &TLS13];
    let (protocol, version) = agreed(&app, &pem, &["h2", "http/1.1"], both).await.unwrap();
    assert_eq!(protocol.as_deref(), Some(b"http/1.1".as_slice()));
    assert_eq!(version, Some(rustls::ProtocolVersion::TLSv1_3));
    assert!(agreed(&app, &pem, &["h2"], both).await.is_err(), "HTTP/2 alone gets nothing");
    let (_, version) = agreed(&app, &pem, &[], &[&TLS12]).await.unwrap();
    assert_eq!(version, Some(rustls::ProtocolVersion::TLSv1_2));
}

#[tokio::test]
async fn a_renewed_certificate_is_taken_without_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let old = write(folder.path());
    let certificate = read(folder.path()).unwrap();
    let app = app(&certificate);
    let new = write(folder.path());
    let versions = &[&rustls::version::TLS13];
    assert!(agreed(&app, &new, &[], versions).await.is_err());
    certificate.reload().unwrap();
    assert!(agreed(&app, &new, &[], versions).await.is_ok());
    assert!(agreed(&app, &old, &[], versions).await.is_err());
    fs::write(folder.path().join("tls.pem"), "nothing").unwrap();
    assert!(certificate.reload().is_err());
    assert!(agreed(&app, &new, &[], versions).await.is_ok(), "the last good one stays");
}

#[test]
fn keys_that_others_can_read_and_files_that_do_not_fit_are_refused() {
    let (folder, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    write(folder.path());
    write(other.path());
    let key = folder.path().join("tls.key");
    fs::set_permissions(&key, fs::Permissions::from_mode(0o644)).unwrap();
    assert!(read(folder.path()).unwrap_err().to_string().contains("chmod 600"));
    fs::set_permissions(&key, fs::Permissions::from_mode(0o600)).unwrap();
    read(folder.path()).unwrap();
    fs::copy(other.path().join("tls.key"), &key).unwrap();
    assert!(read(folder.path()).is_err(), "the key of another certificate");
    fs::write(&key, "nothing").unwrap();
    assert!(read(folder.path()).unwrap_err().to_string().contains("tls.key"));
}
