//! Fields: how words of a vocabulary, numbers, days and lists are read, wherever people or programs wrote them.

use std::fmt::Display;
use std::str::FromStr;

use jiff::civil::Date;
use serde::de::Error;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use crate::value::DayRange;

/// A word of a closed vocabulary, or anything else that is read from its text.
pub fn word<'de, D: Deserializer<'de>, T: FromStr<Err: Display>>(from: D) -> Result<T, D::Error> {
    String::deserialize(from)?.trim().parse().map_err(D::Error::custom)
}

/// The same where it may be left out.
pub fn some_word<'de, D: Deserializer<'de>, T: FromStr<Err: Display>>(from: D) -> Result<Option<T>, D::Error> {
    let text = Option::<String>::deserialize(from)?.filter(|text| !text.trim().is_empty());
    text.map(|text| text.trim().parse().map_err(D::Error::custom)).transpose()
}

/// Text that may be left out; a number is taken as it is written, and no text is nothing.
pub fn text<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Box<str>>, D::Error> {
    match Value::deserialize(from)? {
        Value::Null => Ok(None),
        Value::String(text) => Ok(Some(text.into_boxed_str()).filter(|text| !text.trim().is_empty())),
        Value::Number(number) => Ok(Some(number.to_string().into())),
        other => Err(D::Error::custom(format!("`{other}` is not a text"))),
    }
}

/// Text that has to be there.
pub fn some_text<'de, D: Deserializer<'de>>(from: D) -> Result<Box<str>, D::Error> {
    text(from)?.ok_or_else(|| D::Error::custom("this may not be empty"))
}

/// A whole number that may be left out.
pub fn number<'de, D: Deserializer<'de>, T: TryFrom<u64>>(from: D) -> Result<Option<T>, D::Error> {
    let value = Value::deserialize(from)?;
    let number = match &value {
        Value::Null => return Ok(None),
        Value::String(text) if text.trim().is_empty() => return Ok(None),
        Value::String(text) => text.trim().parse::<u64>().ok(),
        other => other.as_u64(),
    };
    match number.and_then(|number| T::try_from(number).ok()) {
        Some(number) => Ok(Some(number)),
        None => Err(D::Error::custom(format!("{value} is not a whole number in digits"))),
    }
}

/// Yes or no; nothing is no.
pub fn flag<'de, D: Deserializer<'de>>(from: D) -> Result<bool, D::Error> {
    some_flag(from).map(Option::unwrap_or_default)
}

/// Yes or no, which may be left out.
pub fn some_flag<'de, D: Deserializer<'de>>(from: D) -> Result<Option<bool>, D::Error> {
    match Value::deserialize(from)? {
        Value::Null => Ok(None),
        Value::Bool(flag) => Ok(Some(flag)),
        Value::String(text) if text.trim().is_empty() => Ok(None),
        Value::String(text) if ["false", "no"].contains(&text.trim()) => Ok(Some(false)),
        Value::String(text) if ["true", "yes"].contains(&text.trim()) => Ok(Some(true)),
        other => Err(D::Error::custom(format!("{other} is neither `true` nor `false`"))),
    }
}

/// A list of texts; one text is taken apart at semicolons.
pub fn list<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Box<str>>, D::Error> {
    let value = Value::deserialize(from)?;
    let wrong = || D::Error::custom(format!("{value} is not a list of texts"));
    let kept = |text: &str| Some(text.trim()).filter(|text| !text.is_empty()).map(Into::into);
    match &value {
        Value::Null => Ok(Vec::new()),
        Value::String(text) => Ok(text.split(';').filter_map(kept).collect()),
        Value::Array(list) => list.iter().map(|one| one.as_str().map(Into::into).ok_or_else(wrong)).collect(),
        _ => Err(wrong()),
    }
}

/// A list of words of a closed vocabulary, written like a list of texts.
pub fn words<'de, D: Deserializer<'de>, T: FromStr<Err: Display>>(from: D) -> Result<Vec<T>, D::Error> {
    list(from)?.iter().map(|word| word.trim().parse().map_err(D::Error::custom)).collect()
}

/// A day that may be left out.
pub fn day<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Date>, D::Error> {
    let text = Option::<String>::deserialize(from)?.filter(|text| !text.trim().is_empty());
    text.map(|text| one_day(&text).map_err(D::Error::custom)).transpose()
}

/// First and last day, which may be left out: a list of both, both by name, or one text such as
/// `2022-09-13` and `2022-09-13..2022-09-14`.
pub fn days<'de, D: Deserializer<'de>>(from: D) -> Result<Option<DayRange>, D::Error> {
    let value = Value::deserialize(from)?;
    let part = |part: Option<&Value>| part.and_then(Value::as_str).map(str::to_owned);
    let (first, last) = match &value {
        Value::Null => return Ok(None),
        Value::String(text) if text.trim().is_empty() => return Ok(None),
        Value::String(text) => {
            let (first, last) = text.split_once("..").unwrap_or((text, text));
            (Some(first.to_owned()), Some(last.to_owned()))
        }
        Value::Array(list) if list.len() == 2 => (part(list.first()), part(list.last())),
        Value::Object(both) => {
            let (first, last) = (part(both.get("first")), part(both.get("last")));
            (first.clone().or_else(|| last.clone()), last.or(first))
        }
        _ => (None, None),
    };
    let (Some(first), Some(last)) = (first, last) else {
        return Err(D::Error::custom(format!("{value} is not a first and a last day")));
    };
    let [first, last] = [first, last].map(|text| one_day(&text));
    Ok(Some(DayRange::new(first.map_err(D::Error::custom)?, last.map_err(D::Error::custom)?)))
}

fn one_day(text: &str) -> Result<Date, String> {
    text.trim().parse().map_err(|_| format!("{text:?} is no day like 2022-09-13"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn days_are_read_in_every_form_in_which_they_are_written() {
        let range = Some(DayRange::new("2022-09-13".parse().unwrap(), "2022-09-14".parse().unwrap()));
        for value in [
            json!(["2022-09-13", "2022-09-14"]),
            json!({"first": "2022-09-13", "last": "2022-09-14"}),
            json!("2022-09-13..2022-09-14"),
        ] {
            assert_eq!(days(value).unwrap(), range);
        }
        assert_eq!(days(json!("2022-09-13")).unwrap().map(DayRange::days), Some(1));
        assert_eq!(days(json!(null)).unwrap(), None);
        for value in [json!("Tuesday"), json!(["2022-09-13"]), json!(13), json!(["2022-09-13", 4])] {
            assert!(days(value.clone()).is_err(), "{value}");
        }
    }

    #[test]
    fn numbers_and_flags_of_tables_are_texts() {
        assert_eq!(number::<_, u32>(json!("12")).unwrap(), Some(12));
        assert_eq!(number::<_, u32>(json!("")).unwrap(), None);
        for value in [json!("1,200"), json!(-1), json!(1.5), json!("twelve"), json!(5_000_000_000_u64)] {
            assert!(number::<_, u32>(value.clone()).is_err(), "{value}");
        }
        assert!(flag(json!("true")).unwrap() && !flag(json!("")).unwrap() && flag(json!("maybe")).is_err());
    }

    #[test]
    fn lists_of_tables_are_parted_at_semicolons() {
        assert_eq!(list(json!("Reuters; TASS")).unwrap(), list(json!(["Reuters", "TASS"])).unwrap());
        assert!(list(json!(7)).is_err() && list(json!([7])).is_err());
    }
}
