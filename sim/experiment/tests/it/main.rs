//! Integration tests of the experiment crate: generated files, and scenarios from text to inputs.

mod fresh;
mod scenarios;
