//! `[failures]`: how long nodes stay up and down, and how often the network looks.

use world::config::{Spell, SpellLaw};

use super::{ASSUMPTION, Access::*, Draft, Parameter, fixed};

const LAWS: &[&str] = &["exponential", "weibull", "lognormal"];

fn choose(spell: &mut Spell, at: usize) {
    spell.law = [SpellLaw::Exponential, SpellLaw::Weibull, SpellLaw::Lognormal][at];
}

fn up(draft: &mut Draft, class: usize) -> &mut Spell {
    &mut draft.config.fleet.classes[class].up
}

fn down(draft: &mut Draft, class: usize) -> &mut Spell {
    &mut draft.config.fleet.classes[class].down
}

macro_rules! spells {
    ($at:literal, $name:literal, up $ul:literal $um:literal $us:literal $usource:literal, down $dl:literal $dm:literal $ds:literal $dsource:literal) => {
        [
            fixed(concat!("failures.", $name, ".up_law"), Choice(LAWS, |d, at| choose(up(d, $at), at)), "", $ul, $usource, "Law of a node's up spells."),
            fixed(concat!("failures.", $name, ".up_mean"), Span(|d| &mut up(d, $at).mean), "1 min..36500 d", $um, $usource, "Mean up spell."),
            fixed(concat!("failures.", $name, ".up_shape"), Factor(|d| &mut up(d, $at).shape), "0.2..5", $us, $usource, "Shape: k of a Weibull, sigma of a log-normal, unused for an exponential."),
            fixed(concat!("failures.", $name, ".down_law"), Choice(LAWS, |d, at| choose(down(d, $at), at)), "", $dl, $dsource, "Law of a node's down spells."),
            fixed(concat!("failures.", $name, ".down_mean"), Span(|d| &mut down(d, $at).mean), "1 s..365 d", $dm, $dsource, "Mean down spell."),
            fixed(concat!("failures.", $name, ".down_shape"), Factor(|d| &mut down(d, $at).shape), "0.2..5", $ds, $dsource, "Shape, as for up spells."),
        ]
    };
}

pub(super) fn parameters(table: &mut Vec<Parameter>) {
    table.push(fixed("failures.health_check", Span(|d| &mut d.config.health_check), "1 min..1 d", "1 h", ASSUMPTION, "Time between health checks."));
    table.extend(spells!(0, "individual", up "lognormal" "40 h" "1.5" "shape: spot-instance fits; mean: assumption", down "lognormal" "7 h" "1.3" "shape: spot-instance fits; mean: assumption"));
    table.extend(spells!(1, "edge", up "weibull" "20 d" "0.7" "shape: spot-instance fits; mean: assumption", down "lognormal" "7.3 h" "1.3" "shape: spot-instance fits; mean: assumption"));
    table.extend(spells!(2, "datacentre", up "exponential" "75 d" "1" "Llama 3 405B: 3.79 failures in 1000 node-days, 3.5 times that at job level", down "lognormal" "9 h" "1.3" "assumption"));
}
