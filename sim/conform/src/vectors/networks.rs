//! Which suites there are: a file a network, an adapter a suite. An adapter reads a row's inputs, calls the rule, and puts the
//! answer into the row's shape; it computes nothing itself.

mod akash;
mod bittensor;
mod celestia;
mod cosmos;
mod eigenlayer;
mod ethereum;
mod filecoin;
mod gonka;
mod helium;
mod livepeer;
mod nosana;
mod ocean;
mod olas;
mod phala;
mod polkadot;
mod prime_intellect;
mod psyche;
mod render;
mod solana;
mod storj;
mod thegraph;

use super::case::Evaluate;

/// A network's suites.
pub struct Network {
    /// Its name in lower case, letters and digits only: vector files' names begin with it.
    pub id: &'static str,
    /// Base units of the words that its tolerances use.
    pub units: &'static [(&'static str, &'static str)],
    /// Its suites.
    pub suites: &'static [Suite],
}

/// A named rule's adapter.
pub struct Suite {
    /// Its name in files.
    pub name: &'static str,
    /// What puts a row through the rule.
    pub evaluate: Evaluate,
}

/// Every network, in the order of their ids.
pub const ALL: [&Network; 21] = [
    &akash::NETWORK,
    &bittensor::NETWORK,
    &celestia::NETWORK,
    &cosmos::NETWORK,
    &eigenlayer::NETWORK,
    &ethereum::NETWORK,
    &filecoin::NETWORK,
    &gonka::NETWORK,
    &helium::NETWORK,
    &livepeer::NETWORK,
    &nosana::NETWORK,
    &ocean::NETWORK,
    &olas::NETWORK,
    &phala::NETWORK,
    &polkadot::NETWORK,
    &prime_intellect::NETWORK,
    &psyche::NETWORK,
    &render::NETWORK,
    &solana::NETWORK,
    &storj::NETWORK,
    &thegraph::NETWORK,
];

/// The network that a file is about: its `network` text, or else its name, begins with the network's id.
#[must_use]
pub fn find(network: &str, file: &str) -> Option<&'static Network> {
    let plain = |text: &str| -> String {
        let letters = text.chars().filter(char::is_ascii_alphanumeric);
        letters.map(|letter| letter.to_ascii_lowercase()).collect()
    };
    let stem = file.rsplit(['/', '\\']).next().unwrap_or(file);
    [plain(network), plain(stem)]
        .iter()
        .find_map(|name| ALL.into_iter().find(|network| name.starts_with(network.id)))
}
