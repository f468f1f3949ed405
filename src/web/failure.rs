//! What it means that a request got no response.

use std::io;

use super::public::NOT_PUBLIC;

/// Why a request failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Failure {
    /// There is no such host.
    NoHost,
    /// Its name could not be looked up.
    NoLookup,
    /// Nothing leads to its address from here.
    NoWay,
    /// Its address is not public.
    Private,
    /// The text is no address.
    NoAddress,
    /// There is a server, but no trust in it.
    Untrusted(String),
    /// It speaks, but not HTTP as we know it.
    Garbled,
    /// No answer this time.
    Silent(String),
}

impl From<&ureq::Error> for Failure {
    fn from(error: &ureq::Error) -> Self {
        match error {
            ureq::Error::HostNotFound => Self::NoHost,
            ureq::Error::Io(error) => Self::from(error),
            ureq::Error::BadUri(_) | ureq::Error::Http(_) => Self::NoAddress,
            ureq::Error::Tls(why) => Self::Untrusted((*why).to_owned()),
            ureq::Error::Rustls(why) => Self::Untrusted(certificate(why.to_string())),
            ureq::Error::Timeout(ureq::Timeout::Resolve) => Self::NoLookup,
            ureq::Error::Timeout(_) => Self::Silent("no answer in time".to_owned()),
            ureq::Error::ConnectionFailed => Self::Silent("no connection".to_owned()),
            _ => Self::Garbled,
        }
    }
}

impl From<&io::Error> for Failure {
    fn from(error: &io::Error) -> Self {
        let said = error.to_string();
        if said.contains(NOT_PUBLIC) {
            return Self::Private;
        }
        // Rust has no kind for what the look-up says; these are the words of glibc, musl, macOS and Windows (WSAHOST_NOT_FOUND).
        if ["Name or service not known", "Name does not resolve", "nodename nor servname", "No such host is known"]
            .iter()
            .any(|words| said.contains(words))
            || said.contains("No address associated")
        {
            return Self::NoHost;
        }
        if said.contains("failed to lookup address") {
            return Self::NoLookup;
        }
        // TLS says so within an error of input and output.
        if let Some(why) = error.get_ref().filter(|_| error.kind() == io::ErrorKind::InvalidData) {
            let why = why.source().map_or_else(|| why.to_string(), ToString::to_string);
            return Self::Untrusted(certificate(why));
        }
        if matches!(error.kind(), io::ErrorKind::HostUnreachable | io::ErrorKind::NetworkUnreachable) {
            return Self::NoWay;
        }
        Self::Silent(match error.kind() {
            io::ErrorKind::ConnectionRefused => "the connection was refused".to_owned(),
            io::ErrorKind::ConnectionReset | io::ErrorKind::ConnectionAborted | io::ErrorKind::BrokenPipe => {
                "the connection was cut".to_owned()
            }
            io::ErrorKind::UnexpectedEof => "the connection was closed without an answer".to_owned(),
            io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock => "no answer in time".to_owned(),
            _ => said.split(" (os error").next().unwrap_or(&said).to_lowercase(),
        })
    }
}

/// What is wrong with a certificate, in few words.
fn certificate(why: String) -> String {
    for (words, said) in [
        ("Expired", "its certificate has expired"),
        ("NotValidForName", "its certificate is for another host"),
        ("not valid for", "its certificate is for another host"),
        ("UnknownIssuer", "nobody known vouches for its certificate"),
        ("CaUsedAsEndEntity", "nobody known vouches for its certificate"),
        ("Revoked", "its certificate has been revoked"),
        ("invalid peer certificate", "its certificate is not valid"),
    ] {
        if why.contains(words) {
            return said.to_owned();
        }
    }
    format!("no secure connection: {}", why.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_is_not_there_is_not_one_that_cannot_be_looked_up() {
        let failure =
            |said: &str| Failure::from(&io::Error::other(format!("failed to lookup address information: {said}")));
        assert_eq!(failure("Name or service not known"), Failure::NoHost);
        assert_eq!(failure("nodename nor servname provided, or not known"), Failure::NoHost);
        assert_eq!(failure("Temporary failure in name resolution"), Failure::NoLookup);
        assert_eq!(
            Failure::from(&io::Error::from_raw_os_error(104)).clone(),
            Failure::from(&io::Error::from(io::ErrorKind::ConnectionReset))
        );
    }

    #[test]
    fn certificates_are_told_of_in_plain_words() {
        let expired = io::Error::new(io::ErrorKind::InvalidData, "invalid peer certificate: Expired");
        assert_eq!(Failure::from(&expired), Failure::Untrusted("its certificate has expired".into()));
    }
}
