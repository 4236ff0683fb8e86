//! Where `serve` listens: for it, and for the commands that look at it.

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;

use crate::error::Result;
use crate::web::tls::Certificate;

/// Where and how to listen.
#[derive(Args)]
pub(super) struct Listen {
    /// Address and port to listen on
    #[arg(long = "listen", env = "AZUKARI_LISTEN", default_value = "127.0.0.1:8080")]
    pub(super) address: String,
    /// Certificate chain (PEM), to speak TLS without a server in front; read again at SIGHUP
    #[arg(long, env = "AZUKARI_TLS_CERTIFICATE", requires = "tls_key")]
    pub(super) tls_certificate: Option<PathBuf>,
    /// The certificate's key (PEM), readable by the portal alone
    #[arg(long, env = "AZUKARI_TLS_KEY", requires = "tls_certificate")]
    pub(super) tls_key: Option<PathBuf>,
}

impl Listen {
    /// The certificate, when one is named.
    pub(super) fn certificate(&self) -> Result<Option<Arc<Certificate>>> {
        match (&self.tls_certificate, &self.tls_key) {
            (Some(certificate), Some(key)) => Certificate::read(certificate, key).map(Some),
            _ => Ok(None),
        }
    }
}
