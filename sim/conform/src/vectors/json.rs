//! JSON whose numbers keep the digits that were written: published numbers pass 64 bits and have more decimals than a float.

use std::fmt;

use num_bigint::{BigInt, BigUint};
use protocol::networks::uint256::Uint256;
use serde_json::value::RawValue;

use super::decimal::Decimal;

/// A JSON value. Maps keep the order of their keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Json {
    /// `null`.
    Null,
    /// `true`, `false`.
    Bool(bool),
    /// A number.
    Number(Decimal),
    /// A text, which may hold a number that is too long for other readers.
    Text(String),
    /// A list.
    List(Vec<Json>),
    /// Keys and values.
    Map(Vec<(String, Json)>),
}

/// Deeper nesting than any vector file has.
const DEPTH_MAX: u32 = 64;

impl Json {
    /// Reads a document.
    ///
    /// # Errors
    /// What is wrong, with line and column where the syntax is.
    pub fn parse(text: &str) -> Result<Json, String> {
        let raw: &RawValue = serde_json::from_str(text).map_err(|error| error.to_string())?;
        Json::of(raw, DEPTH_MAX)
    }

    fn of(raw: &RawValue, depth: u32) -> Result<Json, String> {
        let depth = depth.checked_sub(1).ok_or("nested too deeply")?;
        let text = raw.get();
        let wrong = |error: serde_json::Error| error.to_string();
        Ok(match text.as_bytes().first() {
            Some(b'{') => {
                let Entries(entries) = serde_json::from_str(text).map_err(wrong)?;
                let entry = |(key, raw): (String, &RawValue)| Ok((key, Json::of(raw, depth)?));
                Json::Map(
                    entries
                        .into_iter()
                        .map(entry)
                        .collect::<Result<_, String>>()?,
                )
            }
            Some(b'[') => {
                let items: Vec<&RawValue> = serde_json::from_str(text).map_err(wrong)?;
                Json::List(
                    items
                        .into_iter()
                        .map(|raw| Json::of(raw, depth))
                        .collect::<Result<_, _>>()?,
                )
            }
            Some(b'"') => Json::Text(serde_json::from_str(text).map_err(wrong)?),
            Some(b't') => Json::Bool(true),
            Some(b'f') => Json::Bool(false),
            Some(b'n') => Json::Null,
            _ => Json::Number(
                Decimal::parse(text).ok_or_else(|| format!("{text} has too large an exponent"))?,
            ),
        })
    }

    /// A map of results.
    #[must_use]
    pub fn map<const N: usize>(entries: [(&str, Json); N]) -> Json {
        Json::Map(
            entries
                .into_iter()
                .map(|(key, value)| (key.to_owned(), value))
                .collect(),
        )
    }

    /// A list of results.
    pub fn list<T: Into<Json>>(items: impl IntoIterator<Item = T>) -> Json {
        Json::List(items.into_iter().map(Into::into).collect())
    }

    /// The value under a key.
    #[must_use]
    pub fn at(&self, key: &str) -> Option<&Json> {
        let Json::Map(entries) = self else {
            return None;
        };
        entries
            .iter()
            .find(|(name, _)| name == key)
            .map(|(_, value)| value)
    }

    /// The number that this is, written as one or as text.
    #[must_use]
    pub fn decimal(&self) -> Option<Decimal> {
        match self {
            Json::Number(number) => Some(number.clone()),
            Json::Text(text) => Decimal::parse(text),
            _ => None,
        }
    }

    /// The integer that this is, written as a number or as text.
    #[must_use]
    pub fn big(&self) -> Option<BigInt> {
        self.decimal()?.whole()
    }

    /// The integer, if it fits.
    #[must_use]
    pub fn integer<T: TryFrom<BigInt>>(&self) -> Option<T> {
        T::try_from(self.big()?).ok()
    }

    /// The text that this is.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match self {
            Json::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The items of a list.
    #[must_use]
    pub fn items(&self) -> Option<&[Json]> {
        match self {
            Json::List(items) => Some(items),
            _ => None,
        }
    }

    /// The truth value that this is.
    #[must_use]
    pub fn bool(&self) -> Option<bool> {
        match self {
            Json::Bool(value) => Some(*value),
            _ => None,
        }
    }
}

/// A map's entries in the order of the file; a key that stands twice is refused.
struct Entries<'a>(Vec<(String, &'a RawValue)>);

impl<'de: 'a, 'a> serde::Deserialize<'de> for Entries<'a> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> serde::de::Visitor<'de> for Visitor {
            type Value = Entries<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a map")
            }

            fn visit_map<A: serde::de::MapAccess<'de>>(
                self,
                mut map: A,
            ) -> Result<Self::Value, A::Error> {
                let mut entries: Vec<(String, &'de RawValue)> = Vec::new();
                while let Some((key, value)) = map.next_entry::<String, &'de RawValue>()? {
                    if entries.iter().any(|(name, _)| *name == key) {
                        return Err(serde::de::Error::custom(format!(
                            "the key {key} stands twice"
                        )));
                    }
                    entries.push((key, value));
                }
                Ok(Entries(entries))
            }
        }
        deserializer.deserialize_map(Visitor)
    }
}

impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Json::Null => f.write_str("null"),
            Json::Bool(value) => write!(f, "{value}"),
            Json::Number(number) => write!(f, "{number}"),
            Json::Text(text) => write!(f, "{text:?}"),
            Json::List(items) => {
                f.write_str("[")?;
                for (index, item) in items.iter().enumerate() {
                    write!(f, "{}{item}", if index == 0 { "" } else { "," })?;
                }
                f.write_str("]")
            }
            Json::Map(entries) => {
                f.write_str("{")?;
                for (index, (key, value)) in entries.iter().enumerate() {
                    write!(f, "{}{key:?}:{value}", if index == 0 { "" } else { "," })?;
                }
                f.write_str("}")
            }
        }
    }
}

macro_rules! from_integers {
    ($($integer:ty)*) => {$(
        impl From<$integer> for Json {
            fn from(value: $integer) -> Json {
                Json::Number(Decimal::new(value, 0))
            }
        }
    )*};
}

from_integers!(u8 u16 u32 u64 u128 usize i64 i128 BigInt BigUint Uint256);

impl From<Decimal> for Json {
    fn from(value: Decimal) -> Json {
        Json::Number(value)
    }
}

impl From<&str> for Json {
    fn from(value: &str) -> Json {
        Json::Text(value.to_owned())
    }
}

impl From<bool> for Json {
    fn from(value: bool) -> Json {
        Json::Bool(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_keeps_long_numbers_and_the_order_of_keys() {
        let text = r#"{"b":[1,2.50,"x"],"a":100000000000000000000000000000000000000000001,"c":{"d":null,"e":true}}"#;
        let json = Json::parse(text).unwrap();
        assert_eq!(json.to_string(), text.replace("2.50", "2.5"));
        let long = json.at("a").unwrap().big().unwrap();
        assert_eq!(long.to_string(), format!("1{}1", "0".repeat(43)));
    }

    #[test]
    fn what_is_no_document_is_told_with_its_place() {
        assert!(Json::parse("{\"a\":\n1,}").unwrap_err().contains("line 2"));
        assert!(
            Json::parse(r#"{"a":1,"a":2}"#)
                .unwrap_err()
                .contains("stands twice")
        );
        assert!(Json::parse(&"[".repeat(100_000)).is_err());
        let deep = format!("{}{}", "[".repeat(100), "]".repeat(100));
        assert!(Json::parse(&deep).unwrap_err().contains("deep"));
    }
}
