//! `azukari healthcheck`.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, ToSocketAddrs as _};
use std::time::Duration;

use clap::Args;

use super::Failure;
use super::listen::Listen;

/// How long the portal may take to answer.
const PATIENCE: Duration = Duration::from_secs(5);

/// Ask the portal on this machine whether it is ready: ends with 0 when it is
#[derive(Args)]
pub(super) struct Healthcheck {
    #[command(flatten)]
    listen: Listen,
}

pub(super) fn run(command: &Healthcheck) -> Result<(), Failure> {
    let tls = command.listen.tls_certificate.is_some();
    let url = url(&command.listen.address, tls)?;
    actix_web::rt::System::new().block_on(async {
        // The name in the certificate is not that of the loopback address; nothing secret is sent there.
        let client = reqwest::Client::builder()
            .tls_danger_accept_invalid_certs(tls)
            .no_proxy()
            .timeout(PATIENCE)
            .build()?;
        let answer = client.get(url).send().await?;
        if answer.status().is_success() {
            Ok(())
        } else {
            Err(format!("the portal is not ready: {}", answer.status()).into())
        }
    })
}

/// Where to ask; a portal on all addresses is asked on the loopback one.
fn url(listen: &str, tls: bool) -> Result<String, Failure> {
    let mut address = listen.to_socket_addrs()?.next().ok_or("there is no such address")?;
    if address.ip().is_unspecified() {
        address.set_ip(match address.ip() {
            IpAddr::V4(_) => Ipv4Addr::LOCALHOST.into(),
            IpAddr::V6(_) => Ipv6Addr::LOCALHOST.into(),
        });
    }
    Ok(format!("{}://{address}/readyz", if tls { "https" } else { "http" }))
}

#[cfg(test)]
mod tests {
    use super::url;

    #[test]
    fn the_portal_is_asked_where_it_listens() {
        assert_eq!(url("127.0.0.1:8080", false).unwrap(), "http://127.0.0.1:8080/readyz");
        assert_eq!(url("0.0.0.0:443", true).unwrap(), "https://127.0.0.1:443/readyz");
        assert_eq!(url("[::]:8080", false).unwrap(), "http://[::1]:8080/readyz");
        assert!(url("nowhere", false).is_err());
    }
}
