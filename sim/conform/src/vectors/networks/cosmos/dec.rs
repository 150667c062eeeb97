//! Decimal arithmetic, operation by operation.

use super::{read, write};
use crate::vectors::case::{Answer, Carried, Case, Problem};
use crate::vectors::json::Json;

pub(super) fn arithmetic(case: &Case<'_>, _: &mut Carried) -> Result<Answer, Problem> {
    let (a, b) = (read(case, "d1")?, read(case, "d2")?);
    let mut entries = vec![
        ("mul", a.mul(&b)?),
        ("mul_truncate", a.mul_truncate(&b)?),
        ("mul_roundup", a.mul_round_up(&b)?),
        ("add", a.add(&b)?),
        ("sub", a.sub(&b)?),
    ];
    // Of a divisor of nought, sums and products can still be asked.
    if !b.is_zero() || case.asks("quo") {
        entries.extend([
            ("quo", a.quo(&b)?),
            ("quo_truncate", a.quo_truncate(&b)?),
            ("quo_roundup", a.quo_round_up(&b)?),
        ]);
    }
    let entries = entries
        .iter()
        .map(|(key, dec)| ((*key).to_owned(), write(dec)));
    Ok(Json::Map(entries.collect()).into())
}

pub(super) fn round(case: &Case<'_>, _: &mut Carried) -> Result<Answer, Problem> {
    Ok(Json::map([("round", read(case, "d")?.round().into())]).into())
}

pub(super) fn truncate(case: &Case<'_>, _: &mut Carried) -> Result<Answer, Problem> {
    Ok(Json::map([("truncate", read(case, "d")?.truncate().into())]).into())
}

pub(super) fn power(case: &Case<'_>, _: &mut Carried) -> Result<Answer, Problem> {
    // no published number notices: the one that is not whole is asserted within a unit.
    let power = read(case, "d")?.power(case.integer("n")?)?;
    Ok(Json::map([("power", write(&power))]).into())
}

pub(super) fn root(case: &Case<'_>, _: &mut Carried) -> Result<Answer, Problem> {
    let root = read(case, "d")?.approx_root(case.integer("root")?)?;
    Ok(Json::map([("v", write(&root))]).into())
}

pub(super) fn edge(case: &Case<'_>, _: &mut Carried) -> Result<Answer, Problem> {
    let (a, b) = (read(case, "a")?, read(case, "b")?);
    Ok(Json::map([
        ("mul_roundup", write(&a.mul_round_up(&b)?)),
        ("mul_truncate", write(&a.mul_truncate(&b)?)),
    ])
    .into())
}
