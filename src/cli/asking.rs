//! What may be said on the command line about asking other sites.

use std::path::PathBuf;

use clap::Args;

/// How other sites are asked. Everything is `None` or empty unless said.
#[derive(Debug, Clone, Default, PartialEq, Eq, Args)]
#[command(next_help_heading = "Links to other sites")]
pub(super) struct Asking {
    /// Do not ask for these addresses: a host with all below it, or an address in which `*` stands for anything
    ///
    /// May be given more than once, and adds to `online: { exclude: [...] }` of copydesk.yaml. `example.org`,
    /// `https://example.org/login*`, `*.pdf`.
    #[arg(long, value_name = "PATTERN")]
    pub exclude_url: Vec<String>,

    /// Where to keep answers [default: a file for this site in the user's cache folder]
    #[arg(long, value_name = "FILE", conflicts_with = "no_link_cache")]
    pub link_cache: Option<PathBuf>,

    /// Ask for everything, and keep nothing
    #[arg(long)]
    pub no_link_cache: bool,

    /// How many requests may run at once [default: 32]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub requests: Option<u16>,

    /// How many of them to one host [default: 2]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub per_host: Option<u16>,

    /// How many milliseconds lie between two requests to one host, at least [default: 100]
    #[arg(long, value_name = "MILLISECONDS", value_parser = clap::value_parser!(u32).range(..=60_000))]
    pub pause: Option<u32>,

    /// How many seconds a request may take [default: 20]
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u16).range(1..=600))]
    pub timeout: Option<u16>,

    /// How often to ask again where a server could not tell [default: 2]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(..=10))]
    pub retries: Option<u8>,

    /// Trust the certificates in this PEM file instead of those that are built in
    ///
    /// For networks that look into what is encrypted.
    #[arg(long, value_name = "FILE")]
    pub ca_file: Option<PathBuf>,

    /// Ask this host, and those below it, even if its address is one of a private network
    ///
    /// May be given more than once. All other private addresses are refused, also where a redirect leads to them.
    #[arg(long, value_name = "HOST", value_parser = bare)]
    pub allow_private: Vec<String>,
}

/// A host without the brackets around an address of IPv6.
#[allow(clippy::unnecessary_wraps, reason = "what clap wants")]
fn bare(host: &str) -> Result<String, std::convert::Infallible> {
    Ok(host.trim_matches(['[', ']']).to_owned())
}

/// Hides the options of `check` that mean nothing where only other sites are asked.
pub(super) fn fits_links(arg: clap::Arg) -> clap::Arg {
    let means_nothing = ["online", "watch", "baseline", "no_baseline", "only"].contains(&arg.get_id().as_str());
    arg.hide(means_nothing)
}

impl Asking {
    /// Whether anything was said.
    pub fn is_said(&self) -> bool {
        *self != Self::default()
    }
}
