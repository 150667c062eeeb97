//! A row's list of operations, `[["join", "n", 10], ["skip", 60], ["claim", "n"]]`, as a rule's adapter reads it; and how often a row may
//! have one repeated.

use num_bigint::BigInt;
use protocol::networks::RuleError;

use super::case::{Case, Problem};
use super::json::Json;

/// More steps than any published row has.
const STEPS_MAX: u32 = 1_000_000;

/// An input that says how many steps a rule takes, one after the other.
///
/// # Errors
/// [`Problem::Malformed`] where it is no integer; [`Problem::Rule`] beyond a million steps, which would keep a reader waiting.
pub fn steps(case: &Case<'_>, key: &str) -> Result<u32, Problem> {
    steps_within(case, key, STEPS_MAX, "more than a million steps")
}

/// The same with a limit of the rule's own, and what to say beyond it.
///
/// # Errors
/// The same.
pub fn steps_within(
    case: &Case<'_>,
    key: &str,
    most: u32,
    beyond: &'static str,
) -> Result<u32, Problem> {
    let steps: BigInt = case.integer(key)?;
    if steps > BigInt::from(most) {
        return Err(RuleError::Limit(beyond).into());
    }
    case.integer(key)
}

/// One operation.
pub struct Operation<'a> {
    /// What is done.
    pub word: &'a str,
    /// To whom and with how much.
    arguments: &'a [Json],
    at: usize,
}

/// The operations of a row.
///
/// # Errors
/// [`Problem::NotApplicable`] when the row tells its operations in words, [`Problem::Malformed`] when one is not a list that begins
/// with a word.
pub fn operations<'a>(case: &Case<'a>) -> Result<Vec<Operation<'a>>, Problem> {
    let Some(items) = case.find("ops").and_then(Json::items) else {
        let why = "its operations are told in words";
        return Err(Problem::NotApplicable(why.to_owned()));
    };
    let read = |(at, item): (usize, &'a Json)| {
        let parts = item.items().and_then(<[Json]>::split_first);
        let read = parts.and_then(|(word, arguments)| {
            let word = word.text()?;
            Some(Operation {
                word,
                arguments,
                at,
            })
        });
        let malformed =
            || Problem::Malformed(format!("ops[{at}] = {item} does not begin with a word"));
        read.ok_or_else(malformed)
    };
    items.iter().enumerate().map(read).collect()
}

impl<'a> Operation<'a> {
    /// The argument of this number, an integer of the type asked for.
    ///
    /// # Errors
    /// [`Problem::Malformed`] when it is missing or of another type; so below.
    pub fn integer<T: TryFrom<BigInt>>(&self, argument: usize) -> Result<T, Problem> {
        let what = || format!("an integer that fits {}", std::any::type_name::<T>());
        let value = self.arguments.get(argument).and_then(Json::integer);
        value.ok_or_else(|| self.malformed(argument, &what()))
    }

    /// The argument of this number, a text.
    ///
    /// # Errors
    /// [`Problem::Malformed`].
    pub fn text(&self, argument: usize) -> Result<&'a str, Problem> {
        let value = self.arguments.get(argument).and_then(Json::text);
        value.ok_or_else(|| self.malformed(argument, "a text"))
    }

    /// Whether there is an argument of this number.
    #[must_use]
    pub fn has(&self, argument: usize) -> bool {
        argument < self.arguments.len()
    }

    /// That the suite has no operation of this word.
    #[must_use]
    pub fn unknown(&self) -> Problem {
        Problem::NotApplicable(format!("no operation {} is here", self.word))
    }

    fn malformed(&self, argument: usize, what: &str) -> Problem {
        let (at, word) = (self.at, self.word);
        Problem::Malformed(format!(
            "ops[{at}], {word}: argument {argument} is not {what}"
        ))
    }
}
