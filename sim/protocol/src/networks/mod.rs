//! The rules of live networks, digit for digit: one folder or file a network, one function a rule.
//!
//! Rules with parameters, restated from what the networks publish; never their code, never a table of answers. A rule here
//! is a pure function or a small state of its own and knows nothing of [`crate::Protocol`]; scenarios choose some of them by name in
//! the protocol's steps. `sim/conform` holds every one against the numbers its network published.
//!
//! No floats: where a network computes in floats, the rule is an integer one, and its file says how far the two can part.

pub mod akash;
pub mod bittensor;
pub mod celestia;
pub mod cosmos;
pub mod eigenlayer;
pub mod ethereum;
pub mod exp;
pub mod filecoin;
pub mod float;
pub mod gonka;
pub mod helium;
pub mod livepeer;
pub mod nosana;
pub mod ocean;
pub mod olas;
pub mod phala;
pub mod polkadot;
pub mod prime_intellect;
pub mod psyche;
pub mod render;
pub mod round;
pub mod solana;
pub mod storj;
pub mod thegraph;
pub mod uint256;

use core::fmt;

/// Why a rule gives no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuleError {
    /// A result does not fit the width that the network uses.
    Overflow,
    /// A division by zero that the network's rule does not define.
    ZeroDivisor,
    /// An input outside what the network's rule accepts, in the network's own word for it where it has one.
    Refused(&'static str),
    /// The network would go on, in more steps than are run here.
    Limit(&'static str),
}

impl fmt::Display for RuleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RuleError::Overflow => {
                f.write_str("the result passes the width of the network's integers")
            }
            RuleError::ZeroDivisor => f.write_str("division by zero"),
            RuleError::Refused(why) | RuleError::Limit(why) => f.write_str(why),
        }
    }
}

impl core::error::Error for RuleError {}
