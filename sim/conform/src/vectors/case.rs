//! One row as a rule's adapter sees it: typed inputs, and the ways in which a row can be no question for the rule.

use std::any::Any;

use num_bigint::BigInt;
use protocol::networks::RuleError;

use super::compare::NOTES;
use super::decimal::Decimal;
use super::json::Json;

/// A row's inputs with the parameters of its suite and file.
pub struct Case<'a> {
    /// What the rule is given; mostly a map.
    pub inputs: &'a Json,
    /// What was published. Adapters look here only to see which results are asked for, never at the numbers.
    pub expected: &'a Json,
    /// Parameters of the suite, then of the file.
    pub params: [&'a Json; 2],
}

/// What a rule answers.
pub enum Answer {
    /// Results in the shape of the row's `expected`.
    Value(Json),
    /// Checks that stand inside the row's operations: what, expected, got.
    Checks(Vec<(String, Json, Json)>),
}

impl From<Json> for Answer {
    fn from(value: Json) -> Answer {
        Answer::Value(value)
    }
}

/// Why a row has no answer.
#[derive(Debug)]
pub enum Problem {
    /// The row asks nothing that a rule here could answer; the reason is told.
    NotApplicable(String),
    /// The row is not in the form of its suite.
    Malformed(String),
    /// The rule refused.
    Rule(RuleError),
}

impl From<RuleError> for Problem {
    fn from(error: RuleError) -> Problem {
        Problem::Rule(error)
    }
}

/// What a suite's rows hand on, in their order: nothing at its first row.
pub type Carried = Option<Box<dyn Any>>;

/// Puts one row through a rule.
pub type Evaluate = fn(&Case<'_>, &mut Carried) -> Result<Answer, Problem>;

impl<'a> Case<'a> {
    /// An input, or a parameter of the suite or the file. `null` counts as absent.
    #[must_use]
    pub fn find(&self, key: &str) -> Option<&'a Json> {
        let places = [self.inputs, self.params[0], self.params[1]];
        let found = places.into_iter().find_map(|place| place.at(key));
        found.filter(|value| **value != Json::Null)
    }

    /// Whether the row itself gives this input.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.inputs
            .at(key)
            .is_some_and(|value| *value != Json::Null)
    }

    /// Whether this result is asked for.
    #[must_use]
    pub fn asks(&self, key: &str) -> bool {
        self.expected.at(key).is_some()
    }

    /// Whether the row says in words that the network refuses: `"panic"`, `"error: ..."`, `{"error": ...}`, `{"power": "panic"}`.
    #[must_use]
    pub fn expects_refusal(&self) -> bool {
        let of_text = |value: &Json| value.text().is_some_and(speaks_of_refusal);
        let of_key = |key: &str, value: &Json| {
            let is_said = value.bool() == Some(true) || value.text().is_some();
            is_said && key.split_whitespace().count() == 1 && speaks_of_refusal(key)
        };
        match self.expected {
            Json::Map(entries) => {
                let is_result = |entry: &&(String, Json)| !NOTES.contains(&entry.0.as_str());
                let mut results = entries.iter().filter(is_result);
                match (results.next(), results.next()) {
                    (Some((key, value)), None) => of_key(key, value) || of_text(value),
                    _ => false,
                }
            }
            value => of_text(value),
        }
    }

    /// An input that must be there.
    ///
    /// # Errors
    /// [`Problem::Malformed`] when it is not. So do all the readers below when it is of another type.
    pub fn value(&self, key: &str) -> Result<&'a Json, Problem> {
        self.find(key)
            .ok_or_else(|| Problem::Malformed(format!("input {key} is missing")))
    }

    fn read<T>(
        &self,
        key: &str,
        what: &str,
        read: impl Fn(&'a Json) -> Option<T>,
    ) -> Result<T, Problem> {
        let value = self.value(key)?;
        read(value)
            .ok_or_else(|| Problem::Malformed(format!("input {key} = {value} is not {what}")))
    }

    /// An integer of the type asked for, written as a number or as text.
    pub fn integer<T: TryFrom<BigInt>>(&self, key: &str) -> Result<T, Problem> {
        let what = format!("an integer that fits {}", std::any::type_name::<T>());
        self.read(key, &what, Json::integer)
    }

    /// An integer of the type asked for, or this one when the row has none.
    pub fn integer_or<T: TryFrom<BigInt>>(&self, key: &str, otherwise: T) -> Result<T, Problem> {
        if self.find(key).is_none() {
            Ok(otherwise)
        } else {
            self.integer(key)
        }
    }

    /// A number with its decimals.
    pub fn decimal(&self, key: &str) -> Result<Decimal, Problem> {
        self.read(key, "a number", Json::decimal)
    }

    /// A number as an integer of `10^-places`; digits beyond are refused.
    pub fn scaled<T: TryFrom<BigInt>>(&self, key: &str, places: u32) -> Result<T, Problem> {
        let read = |value: &Json| T::try_from(value.decimal()?.scaled(places)?).ok();
        self.read(key, &format!("a number of at most {places} decimals"), read)
    }

    /// A text.
    pub fn text(&self, key: &str) -> Result<&'a str, Problem> {
        self.read(key, "a text", Json::text)
    }

    /// A truth value.
    pub fn bool(&self, key: &str) -> Result<bool, Problem> {
        self.read(key, "true or false", Json::bool)
    }

    /// A list.
    pub fn items(&self, key: &str) -> Result<&'a [Json], Problem> {
        self.read(key, "a list", Json::items)
    }

    /// A list of integers of the type asked for.
    pub fn integers<T: TryFrom<BigInt>>(&self, key: &str) -> Result<Vec<T>, Problem> {
        let what = format!("a list of integers that fit {}", std::any::type_name::<T>());
        self.read(key, &what, |value| {
            value.items()?.iter().map(Json::integer).collect()
        })
    }
}

/// Whether a word of a text begins like those for a refusal.
fn speaks_of_refusal(text: &str) -> bool {
    const WORDS: [&str; 10] = [
        "panic", "err", "revert", "refus", "invalid", "fail", "reject", "negative", "overflow",
        "division",
    ];
    let text = text.to_ascii_lowercase();
    let mut words = text.split(|c: char| !c.is_ascii_alphabetic());
    words.any(|word| WORDS.iter().any(|begin| word.starts_with(begin)))
}
