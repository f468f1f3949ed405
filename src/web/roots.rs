//! Whose word on certificates is taken.

use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};

/// Certificates that vouch for others, in place of those that are built in.
#[derive(Debug, Clone)]
pub struct Roots(Vec<Certificate<'static>>);

impl Roots {
    /// Those of a PEM file; `None` if there are none in it.
    pub fn read(pem: &[u8]) -> Option<Self> {
        let items = parse_pem(pem).filter_map(Result::ok);
        let certificates: Vec<_> = items
            .filter_map(|item| match item {
                PemItem::Certificate(certificate) => Some(certificate),
                _ => None,
            })
            .collect();
        (!certificates.is_empty()).then_some(Self(certificates))
    }

    /// What the agent is to trust.
    pub(super) fn config(&self) -> TlsConfig {
        TlsConfig::builder().root_certs(RootCerts::new_with_certs(&self.0)).build()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_roots_holds_certificates() {
        let certificate = "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n";
        let key = "-----BEGIN PRIVATE KEY-----\nMAA=\n-----END PRIVATE KEY-----\n";
        let read = |pem: &str| Roots::read(pem.as_bytes()).map(|roots| roots.0.len());
        assert_eq!(read(&format!("Our own:\n{certificate}{key}{certificate}")), Some(2));
        assert_eq!((read(key), read("no PEM"), read("")), (None, None, None));
    }
}
