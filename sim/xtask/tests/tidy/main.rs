//! The house rules that a compiler does not know: which room uses which, what files look like, what the README says is there.

mod manifests;
mod readme;
mod sources;
mod tracked;
