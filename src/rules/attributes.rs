//! Attributes: what a word, a rule or a mention says of itself, a few named values.

use std::collections::BTreeMap;

use crate::value::Name;

/// The value of an attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A whole number.
    Number(u64),
    /// A word of some closed vocabulary, or a name.
    Text(Name),
}

impl std::fmt::Display for Value {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Number(n) => write!(f, "{n}"),
            Self::Text(t) => f.write_str(t.as_str()),
        }
    }
}

/// Attributes of a sense or a mention. They are so few that a list is searched faster than a tree.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attributes(Vec<(Box<str>, Value)>);

impl Attributes {
    /// Reads a rule file's table.
    pub fn read(table: &BTreeMap<String, toml::Value>) -> Result<Self, String> {
        let value = |key: &str, value: &toml::Value| match value {
            toml::Value::String(text) => Ok(Value::Text(Name::from(text.as_str()))),
            toml::Value::Integer(n) if *n >= 0 => Ok(Value::Number(*n as u64)),
            _ => Err(format!("`{key}` must be a text or a whole number")),
        };
        table.iter().map(|(key, v)| Ok((key.as_str().into(), value(key, v)?))).collect::<Result<_, _>>().map(Self)
    }

    /// The value of attribute `key`.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.0.iter().find(|(known, _)| **known == *key).map(|(_, value)| value)
    }

    /// True if there is a value of attribute `key`.
    pub fn has(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    /// With one more attribute, which takes the place of one of this name.
    #[must_use]
    pub fn with(mut self, key: &str, value: Value) -> Self {
        self.0.retain(|(known, _)| **known != *key);
        let at = self.0.partition_point(|(known, _)| **known < *key);
        self.0.insert(at, (key.into(), value));
        self
    }

    /// Every attribute with its value, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().map(|(key, value)| (&**key, value))
    }
}
