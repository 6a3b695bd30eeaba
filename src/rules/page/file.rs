//! The tables of a page rule file as they are written, before phrases are sorted for use.

use serde::Deserialize;
use toml::Spanned;

use super::{Furniture, Trailer};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LanguageFile {
    pub(super) months: Spanned<Vec<Vec<Box<str>>>>,
    pub(super) weekdays: Spanned<Vec<Vec<Box<str>>>>,
    pub(super) stamp: StampTable,
    pub(super) byline: BylineTable,
    pub(super) outlet: OutletTable,
    pub(super) credit: CreditTable,
    pub(super) lines: Vec<LineTable>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StampTable {
    pub(super) published: Vec<Box<str>>,
    pub(super) updated: Vec<Box<str>>,
    pub(super) fillers: Vec<Box<str>>,
    pub(super) halves: Vec<Box<str>>,
    pub(super) zones: Vec<Box<str>>,
    pub(super) units: Vec<Box<str>>,
    pub(super) ordinals: Vec<Box<str>>,
    pub(super) authors: Vec<Box<str>>,
    pub(super) trailers: Vec<Trailer>,
    pub(super) examples: Vec<DateExample>,
    pub(super) not: Vec<Spanned<Box<str>>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DateExample {
    pub(super) line: Spanned<Box<str>>,
    pub(super) date: Box<str>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BylineTable {
    pub(super) begins: Vec<Box<str>>,
    pub(super) examples: Vec<Spanned<Box<str>>>,
    pub(super) not: Vec<Spanned<Box<str>>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct OutletTable {
    pub(super) mastheads: Vec<Box<str>>,
    pub(super) articles: Vec<Box<str>>,
    pub(super) credits: Vec<Box<str>>,
    pub(super) copyright: Vec<Box<str>>,
    pub(super) rights: Vec<Box<str>>,
    pub(super) strip: Vec<Box<str>>,
    pub(super) never: Vec<Box<str>>,
    pub(super) self_links: Vec<Box<str>>,
    pub(super) examples: Vec<OutletExample>,
    pub(super) not: Vec<Spanned<Box<str>>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OutletExample {
    pub(super) line: Spanned<Box<str>>,
    pub(super) outlet: Box<str>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CreditTable {
    pub(super) opens: Vec<Box<str>>,
    pub(super) closes: Vec<Box<str>>,
    pub(super) thanks: Vec<Box<str>>,
    pub(super) examples: Vec<CreditExample>,
    pub(super) not: Vec<Spanned<Box<str>>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CreditExample {
    pub(super) line: Spanned<Box<str>>,
    pub(super) credit: Box<str>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LineTable {
    pub(super) id: Box<str>,
    pub(super) does: Furniture,
    #[serde(default)]
    pub(super) longest: Option<usize>,
    #[serde(default)]
    pub(super) whole: Vec<Spanned<Box<str>>>,
    #[serde(default)]
    pub(super) begins: Vec<Spanned<Box<str>>>,
    #[serde(default)]
    pub(super) holds: Vec<Spanned<Box<str>>>,
    #[serde(default)]
    pub(super) examples: Vec<Spanned<Box<str>>>,
    #[serde(default)]
    pub(super) not: Vec<Spanned<Box<str>>>,
}
