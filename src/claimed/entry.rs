//! Entries: a line's fields as they are written, all but the document and the kind optional.

use jiff::civil::Date;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use crate::claim::Id;
use crate::rows::fields;
use crate::text::TextHash;
use crate::value::{
    ClaimKind, Correctable, DayRange, Modality, Outcome, Phase, Qualifier, Referent, Standing, VictimClass,
};

/// Declares an entry: each field with the function that reads it, nothing where it is left out.
macro_rules! entry {
    ($(#[$doc:meta])* $name:ident { $($(#[$own:meta])* $field:ident: $type:ty = $read:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Deserialize)]
        pub(super) struct $name {
            $($(#[$own])* #[serde(deserialize_with = $read)] pub(super) $field: $type),+
        }
    };
}

entry! {
    /// One claim.
    Entry {
        #[serde(default)] id: Option<Id> = "fields::some_word",
        document: Box<str> = "fields::some_text",
        #[serde(default)] outlet: Option<Box<str>> = "fields::text",
        #[serde(default)] credit: Option<Box<str>> = "fields::text",
        #[serde(default)] published: Option<Date> = "fields::day",
        #[serde(default)] title: Option<Box<str>> = "fields::text",
        #[serde(default)] url: Option<Box<str>> = "fields::text",
        #[serde(default)] sha256: Option<TextHash> = "fields::some_word",
        kind: ClaimKind = "fields::word",
        #[serde(default)] quote: Option<Box<str>> = "fields::text",
        #[serde(default)] start: Option<u32> = "fields::number",
        #[serde(default)] end: Option<u32> = "fields::number",
        #[serde(default)] sentence: Option<Box<str>> = "fields::text",
        #[serde(default)] sentence_index: Option<u32> = "fields::number",
        #[serde(default)] headline: bool = "fields::flag",
        #[serde(default)] speaker: Option<PartyEntry> = "named",
        #[serde(default)] via: Vec<Box<str>> = "fields::list",
        #[serde(default)] modality: Option<Modality> = "fields::some_word",
        #[serde(default)] time: Option<DayRange> = "fields::days",
        #[serde(default)] timed_here: Option<bool> = "fields::some_flag",
        #[serde(default)] setting: Option<SettingEntry> = "Option::deserialize",
        #[serde(default)] article_setting: Option<SettingEntry> = "Option::deserialize",
        #[serde(default)] rule: Option<Box<str>> = "fields::text",
        #[serde(default)] outcome: Option<Outcome> = "fields::some_word",
        #[serde(default)] count: Option<CountEntry> = "counted",
        #[serde(default)] victims: Option<VictimsEntry> = "victims",
        #[serde(default)] cumulative: bool = "fields::flag",
        #[serde(default)] part: bool = "fields::flag",
        #[serde(default)] increment: bool = "fields::flag",
        #[serde(default)] standing: Option<Standing> = "fields::some_word",
        #[serde(default)] perpetrator: bool = "fields::flag",
        #[serde(default)] referent: Option<Referent> = "fields::some_word",
        #[serde(default)] incidents: Option<u16> = "fields::number",
        #[serde(default)] others: bool = "fields::flag",
        #[serde(default)] joined: bool = "fields::flag",
        #[serde(default)] what: Option<Box<str>> = "fields::text",
        #[serde(default)] phase: Option<Phase> = "fields::some_word",
        #[serde(default)] accused: Option<PartyEntry> = "named",
        #[serde(default)] act: Option<Box<str>> = "fields::text",
        #[serde(default)] target: Option<Id> = "fields::some_word",
        #[serde(default)] corrected: Vec<Correctable> = "fields::words",
    }
}

entry! {
    /// A stated number.
    CountEntry {
        #[serde(default)] text: Option<Box<str>> = "fields::text",
        #[serde(default)] qualifier: Option<Qualifier> = "fields::some_word",
        #[serde(default)] value: Option<u64> = "fields::number",
        #[serde(default)] upper: Option<u64> = "fields::number",
        #[serde(default)] low: Option<u64> = "fields::number",
        #[serde(default)] high: Option<u64> = "fields::number",
    }
}

entry! {
    /// The people counted.
    #[derive(Default)]
    VictimsEntry {
        #[serde(default)] text: Option<Box<str>> = "fields::text",
        #[serde(default)] class: Option<VictimClass> = "fields::some_word",
        #[serde(default)] side: Option<Box<str>> = "fields::text",
    }
}

entry! {
    /// Who speaks or is accused.
    PartyEntry {
        text: Box<str> = "fields::some_text",
        #[serde(default)] actor: Option<Box<str>> = "fields::text",
    }
}

entry! {
    /// Names of a sentence or an article.
    SettingEntry {
        #[serde(default)] actors: Vec<Box<str>> = "fields::list",
        #[serde(default)] places: Vec<Box<str>> = "fields::list",
        #[serde(default)] incidents: Vec<Box<str>> = "fields::list",
    }
}

/// An entry with one field given where only its text is written; nothing where nothing is.
fn whole<'de, D: Deserializer<'de>, T: serde::de::DeserializeOwned>(
    from: D,
    fields: &[&str],
) -> Result<Option<T>, D::Error> {
    let value = match Value::deserialize(from)? {
        Value::Null => return Ok(None),
        Value::String(text) if text.trim().is_empty() => return Ok(None),
        Value::Object(written) => Value::Object(written),
        plain => Value::Object(fields.iter().map(|field| ((*field).to_owned(), plain.clone())).collect()),
    };
    T::deserialize(value).map(Some).map_err(serde::de::Error::custom)
}

/// A name alone is an actor's.
fn named<'de, D: Deserializer<'de>>(from: D) -> Result<Option<PartyEntry>, D::Error> {
    whole(from, &["text", "actor"])
}

/// A number or words alone.
fn counted<'de, D: Deserializer<'de>>(from: D) -> Result<Option<CountEntry>, D::Error> {
    whole(from, &["text"])
}

/// A class alone.
fn victims<'de, D: Deserializer<'de>>(from: D) -> Result<Option<VictimsEntry>, D::Error> {
    whole(from, &["class"])
}
