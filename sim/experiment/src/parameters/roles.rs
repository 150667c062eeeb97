//! `[roles.<role>]`: providers that rent out no GPUs.

use super::{ASSUMPTION, Access::*, Parameter, fixed, live};

macro_rules! role {
    ($at:literal, $name:literal, list $list:literal, capital $capital:literal, life $life:literal, power $power:literal, other $other:literal, up $up:literal, down $down:literal) => {
        [
            fixed(concat!("roles.", $name, ".count"), U32(|d| &mut d.config.roles.machines[$at].count), "0..1000000", "0", "assumption: off", "How many of them at the reference fleet, each with one machine."),
            fixed(concat!("roles.", $name, ".list_price"), PerHour(|d| &mut d.config.roles.machines[$at].list_price), "0.001 USD/h..1000 USD/h", $list, ASSUMPTION, "List price of the machine: it sizes bond and weight, nobody pays it."),
            fixed(concat!("roles.", $name, ".capital"), Money(|d| &mut d.config.roles.machines[$at].capital), "1 USD..1000000 USD", $capital, ASSUMPTION, "What the machine costs to buy."),
            fixed(concat!("roles.", $name, ".life"), Span(|d| &mut d.config.roles.machines[$at].life), "30 d..7300 d", $life, ASSUMPTION, "Its life for straight-line depreciation, to nothing."),
            fixed(concat!("roles.", $name, ".power"), Power(|d| &mut d.config.roles.machines[$at].power), "0 mW..20 kW", $power, ASSUMPTION, "Power at the wall while it is up."),
            fixed(concat!("roles.", $name, ".other_cost"), PerDay(|d| &mut d.config.roles.machines[$at].other_cost), "0 USD/d..1000 USD/d", $other, ASSUMPTION, "Link, upkeep and space."),
            fixed(concat!("roles.", $name, ".up_mean"), Span(|d| &mut d.config.roles.machines[$at].up), "1 min..36500 d", $up, ASSUMPTION, "Mean up spell, exponential."),
            fixed(concat!("roles.", $name, ".down_mean"), Span(|d| &mut d.config.roles.machines[$at].down), "1 s..365 d", $down, ASSUMPTION, "Mean down spell, exponential."),
        ]
    };
}

pub(super) fn parameters(table: &mut Vec<Parameter>) {
    table.extend(role!(0, "verifier", list "0.3 USD/h", capital "1800 USD", life "1095 d", power "100 W", other "0.12 USD/d", up "20 d", down "4 h"));
    table.extend(role!(1, "operator", list "0.3 USD/h", capital "3000 USD", life "1460 d", power "200 W", other "0.5 USD/d", up "30 d", down "2 h"));
    table.extend(role!(2, "storage", list "0.1 USD/h", capital "1200 USD", life "1825 d", power "60 W", other "0.12 USD/d", up "20 d", down "6 h"));
    table.extend([
        fixed("roles.verifier.lazy", Ratio(|d| &mut d.config.roles.lazy), "0 %..100 %", "0 %", "assumption: off", "Share of verifiers that sign every piece of work without checking it."),
        live("roles.verifier.planted", Ratio(|d| &mut d.config.roles.planted), "0 %..100 %", "5 %", ASSUMPTION, "Share of checks in which the network puts work that it knows to be bad in the place of the provider's; who passes that has not checked."),
        live("roles.verifier.check_cost", Money(|d| &mut d.config.roles.check_cost), "0 USD..1000 USD", "0.02 USD", ASSUMPTION, "What a check costs a verifier that does it."),
        fixed("roles.storage.copies", U32(|d| &mut d.config.roles.copies), "1..100", "2", ASSUMPTION, "Providers of storage that keep each checkpoint; where none of them is there when a job is interrupted, all that it did since it began to run is lost."),
    ]);
}
