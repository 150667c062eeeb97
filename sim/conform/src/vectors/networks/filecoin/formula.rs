//! Powers that a row writes as formulas: `(e+1)*2048` for the baseline by epoch `e`, then `cumsum15+baseline(16)/4` with it. Whole
//! numbers, `+ - * /`, brackets, `e`, `baseline(n)`, and `cumsumN`, the sum of the baseline up to epoch N. Quotients have to be whole.

use num_bigint::{BigInt, Sign};

use crate::vectors::case::Problem;

/// The baseline's power by epoch.
pub struct Powers<'a> {
    formula: &'a str,
}

/// The last epoch up to which powers are summed.
const EPOCH_MAX: u64 = 100_000;
/// Brackets in brackets.
const DEPTH_MAX: u32 = 32;

impl<'a> Powers<'a> {
    /// By a formula of `e`.
    pub fn new(formula: &'a str) -> Powers<'a> {
        Powers { formula }
    }

    /// The baseline's power in an epoch.
    ///
    /// # Errors
    /// [`Problem::Malformed`] where the formula is none. So do all below.
    pub fn baseline(&self, epoch: u64) -> Result<BigInt, Problem> {
        evaluate(self.formula, Some(epoch), None)
    }

    /// What a formula of these powers says.
    pub fn of(powers: Option<&Powers<'_>>, formula: &str) -> Result<BigInt, Problem> {
        evaluate(formula, None, powers)
    }

    fn cumsum(&self, last: u64) -> Result<BigInt, Problem> {
        if last > EPOCH_MAX {
            return Err(malformed("cumsum", "a sum of more than 100,000 epochs"));
        }
        (0..=last).map(|epoch| self.baseline(epoch)).sum()
    }
}

fn evaluate(
    formula: &str,
    epoch: Option<u64>,
    powers: Option<&Powers<'_>>,
) -> Result<BigInt, Problem> {
    let mut reader = Reader {
        formula,
        rest: formula,
        epoch,
        powers,
    };
    let value = reader.sum(DEPTH_MAX)?;
    if reader.peek().is_some() {
        return Err(reader.wrong("something is left over"));
    }
    Ok(value)
}

fn malformed(formula: &str, what: &str) -> Problem {
    Problem::Malformed(format!("formula {formula:?}: {what}"))
}

struct Reader<'a> {
    formula: &'a str,
    rest: &'a str,
    epoch: Option<u64>,
    powers: Option<&'a Powers<'a>>,
}

impl<'a> Reader<'a> {
    fn wrong(&self, what: &str) -> Problem {
        malformed(self.formula, what)
    }

    fn peek(&mut self) -> Option<char> {
        self.rest = self.rest.trim_start();
        self.rest.chars().next()
    }

    fn accept(&mut self, sign: char) -> bool {
        let is_next = self.peek() == Some(sign);
        if is_next {
            self.rest = &self.rest[sign.len_utf8()..];
        }
        is_next
    }

    fn sum(&mut self, depth: u32) -> Result<BigInt, Problem> {
        let mut sum = self.product(depth)?;
        loop {
            if self.accept('+') {
                sum += self.product(depth)?;
            } else if self.accept('-') {
                sum -= self.product(depth)?;
            } else {
                return Ok(sum);
            }
        }
    }

    fn product(&mut self, depth: u32) -> Result<BigInt, Problem> {
        let mut product = self.operand(depth)?;
        loop {
            if self.accept('*') {
                product *= self.operand(depth)?;
            } else if self.accept('/') {
                let divisor = self.operand(depth)?;
                if divisor.sign() == Sign::NoSign || (&product % &divisor).sign() != Sign::NoSign {
                    return Err(self.wrong("a quotient is not whole"));
                }
                product /= divisor;
            } else {
                return Ok(product);
            }
        }
    }

    fn operand(&mut self, depth: u32) -> Result<BigInt, Problem> {
        let Some(depth) = depth.checked_sub(1) else {
            return Err(self.wrong("nested too deeply"));
        };
        if self.accept('(') {
            return self.bracket(depth);
        }
        let name = self.word(|letter| letter.is_ascii_alphabetic());
        let digits = self.word(|letter| letter.is_ascii_digit());
        match (name, digits.parse::<BigInt>().ok()) {
            ("", Some(number)) => Ok(number),
            ("e", None) => match self.epoch {
                Some(epoch) => Ok(epoch.into()),
                None => Err(self.wrong("no epoch e is given")),
            },
            ("baseline", None) if self.accept('(') => {
                let epoch = self.bracket(depth)?;
                self.powers(epoch, Powers::baseline)
            }
            ("cumsum", Some(last)) => self.powers(last, Powers::cumsum),
            _ => Err(self.wrong("a number, e, baseline(n) or cumsumN is missing")),
        }
    }

    /// What stands before a closing bracket.
    fn bracket(&mut self, depth: u32) -> Result<BigInt, Problem> {
        let inside = self.sum(depth)?;
        if self.accept(')') {
            Ok(inside)
        } else {
            Err(self.wrong("a bracket is not closed"))
        }
    }

    fn powers(
        &self,
        epoch: BigInt,
        read: impl Fn(&Powers<'a>, u64) -> Result<BigInt, Problem>,
    ) -> Result<BigInt, Problem> {
        let powers = self
            .powers
            .ok_or_else(|| self.wrong("no baseline is given"))?;
        let epoch = u64::try_from(epoch).map_err(|_| self.wrong("no such epoch"))?;
        read(powers, epoch)
    }

    fn word(&mut self, is_part: impl Fn(char) -> bool) -> &'a str {
        self.peek();
        let end = self.rest.find(|letter| !is_part(letter));
        let (word, rest) = self.rest.split_at(end.unwrap_or(self.rest.len()));
        self.rest = rest;
        word
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_are_summed_and_divided() {
        let powers = Powers::new("(e+1)*2048");
        assert_eq!(powers.baseline(16).unwrap(), BigInt::from(34_816));
        let of = |formula| Powers::of(Some(&powers), formula);
        assert_eq!(
            of("cumsum1 + baseline(1+1)/4").unwrap(),
            BigInt::from(7_680)
        );
        assert_eq!(of("2*(3-5)").unwrap(), BigInt::from(-4));
        for wrong in [
            "", "e", "1/0", "1/2", "(1", "1)", "baseline", "cumsum", "x", "2 3",
        ] {
            assert!(of(wrong).is_err(), "{wrong}");
        }
        assert!(Powers::of(None, "cumsum3").is_err());
        assert!(of(&"(".repeat(100_000)).is_err());
    }
}
