//! What a scenario can say of providers that rent out no GPUs: verifiers, operators, providers of storage. There are none in
//! the baseline. Plain data, as in the rest of the configuration.

use protocol::Role;
use units::{Money, MoneyRate, Power, Ratio, Span};

/// The roles beside compute, in the order of [`Roles::machines`].
pub const ROLES: [Role; 3] = [Role::Verifier, Role::Operator, Role::Storage];

/// The providers of one role: each has one machine, and all machines are alike.
#[derive(Clone, Debug, PartialEq)]
pub struct Machine {
    /// How many, at the reference fleet.
    pub count: u32,
    /// List price: it sizes bond and weight, nobody pays it.
    pub list_price: MoneyRate,
    /// What it costs to buy.
    pub capital: Money,
    /// Life for straight-line depreciation, to nothing.
    pub life: Span,
    /// Power at the wall while up.
    pub power: Power,
    /// Link, upkeep and space.
    pub other_cost: MoneyRate,
    /// Mean up spell, memoryless.
    pub up: Span,
    /// Mean down spell, memoryless.
    pub down: Span,
}

/// All of them, and what is said of one role alone.
#[derive(Clone, Debug, PartialEq)]
pub struct Roles {
    /// In the order of [`ROLES`].
    pub machines: [Machine; ROLES.len()],
    /// Share of verifiers that sign without checking.
    pub lazy: Ratio,
    /// Share of checks in which the network puts work that it knows to be bad in the place of the provider's.
    pub planted: Ratio,
    /// What a check costs a verifier that does it.
    pub check_cost: Money,
    /// Providers of storage that keep each checkpoint.
    pub copies: u32,
}
