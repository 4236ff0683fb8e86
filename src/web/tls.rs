//! TLS of the portal's own, for one machine without a proxy in front: 1.3 and 1.2, HTTP/1.1 alone.

use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use rustls::crypto::aws_lc_rs;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::{ClientHello, ResolvesServerCert, ServerConfig};
use rustls::sign::CertifiedKey;

use crate::error::{Error, Result};
use crate::secret;

/// The certificate and its key, read from PEM files, and again when they are renewed.
#[derive(Debug)]
pub struct Certificate {
    chain: PathBuf,
    key: PathBuf,
    current: RwLock<Arc<CertifiedKey>>,
}

impl Certificate {
    /// Reads the chain in `certificate` and the key in `key`, both PEM.
    ///
    /// # Errors
    /// When a file can't be read or used, the two don't belong together, or others can read the key.
    pub fn read(certificate: &Path, key: &Path) -> Result<Arc<Self>> {
        let current = RwLock::new(Arc::new(certified(certificate, key)?));
        Ok(Arc::new(Self { chain: certificate.to_owned(), key: key.to_owned(), current }))
    }

    /// Reads the files again; when that fails, what was read before stays.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub fn reload(&self) -> Result<()> {
        let renewed = Arc::new(certified(&self.chain, &self.key)?);
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = renewed;
        Ok(())
    }

    /// What connections are accepted with.
    ///
    /// # Errors
    /// When the protocol versions aren't to be had.
    pub fn server_config(self: &Arc<Self>) -> Result<Arc<ServerConfig>> {
        let provider = Arc::new(aws_lc_rs::default_provider());
        let resolver: Arc<dyn ResolvesServerCert> = self.clone();
        let mut config = ServerConfig::builder_with_provider(provider)
            .with_protocol_versions(&[&rustls::version::TLS13, &rustls::version::TLS12])
            .map_err(Error::internal)?
            .with_no_client_auth()
            .with_cert_resolver(resolver);
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Arc::new(config))
    }
}

impl ResolvesServerCert for Certificate {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(self.current.read().unwrap_or_else(PoisonError::into_inner).clone())
    }
}

fn certified(certificate: &Path, key: &Path) -> Result<CertifiedKey> {
    let named = |path: &Path, cause: &dyn std::fmt::Display| {
        Error::internal(format!("{}: {cause}", path.display()))
    };
    if let Some(mode) = secret::exposed(key).map_err(|error| named(key, &error))? {
        let words = format!("others on this machine can read this key (mode {mode:o}): chmod 600");
        return Err(named(key, &words));
    }
    let chain = CertificateDer::pem_file_iter(certificate)
        .and_then(Iterator::collect::<std::result::Result<Vec<_>, _>>)
        .map_err(|error| named(certificate, &error))?;
    if chain.is_empty() {
        return Err(named(certificate, &"there is no certificate in this file"));
    }
    let der = PrivateKeyDer::from_pem_file(key).map_err(|error| named(key, &error))?;
    CertifiedKey::from_der(chain, der, &aws_lc_rs::default_provider())
        .map_err(|error| named(certificate, &error))
}
