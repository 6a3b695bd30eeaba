//! Shapes of records and feeds: which field is the text, which the headline, the outlet, the day.

use serde::Deserialize;

use crate::error::Error;
use crate::rules::RuleFiles;

/// The folder whose files each hold a shape.
const SHAPES: &str = "input/fields/";
/// The file on feeds.
const FEED: &str = "input/feed.toml";

/// How one program writes articles as records. Of each list of fields the first that holds something counts; `a.b` is
/// the field `b` of the object in `a`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shape {
    /// The program's name, by which origins tell it.
    pub name: Box<str>,
    /// Fields that a record of this shape has.
    pub needs: Vec<Box<str>>,
    /// Where the records of a whole file stand, if it is one object.
    #[serde(default)]
    pub lists: Vec<Box<str>>,
    /// The text.
    pub text: Vec<Box<str>>,
    /// The headline.
    #[serde(default)]
    pub title: Vec<Box<str>>,
    /// Who published it.
    #[serde(default)]
    pub outlet: Vec<Box<str>>,
    /// Its address.
    #[serde(default)]
    pub url: Vec<Box<str>>,
    /// Its id.
    #[serde(default)]
    pub id: Vec<Box<str>>,
    /// When it was published.
    #[serde(default)]
    pub published: Vec<Box<str>>,
    /// When it was changed last.
    #[serde(default)]
    pub modified: Vec<Box<str>>,
    /// Who wrote it.
    #[serde(default)]
    pub author: Vec<Box<str>>,
    /// What language it is in.
    #[serde(default)]
    pub language: Vec<Box<str>>,
}

/// The elements of RSS and Atom feeds. Of each list the first that holds words counts, of the texts the longest.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FeedRules {
    /// An article.
    pub items: Vec<Box<str>>,
    /// Its text, or part of it.
    pub text: Vec<Box<str>>,
    /// Its headline.
    pub title: Vec<Box<str>>,
    /// Its address.
    pub url: Vec<Box<str>>,
    /// Its id.
    pub id: Vec<Box<str>>,
    /// Who wrote it.
    pub author: Vec<Box<str>>,
    /// When it was published.
    pub published: Vec<Box<str>>,
    /// When it was changed last.
    pub modified: Vec<Box<str>>,
    /// The feed's name.
    pub outlet: Vec<Box<str>>,
    /// The feed's language.
    pub language: Vec<Box<str>>,
}

/// Loads the shapes, those that need most fields first.
pub(super) fn shapes(files: &RuleFiles) -> Result<Vec<Shape>, Error> {
    let mut shapes = files.below(SHAPES).map(|file| file.parse::<Shape>()).collect::<Result<Vec<_>, _>>()?;
    shapes.sort_by_key(|shape| std::cmp::Reverse(shape.needs.len()));
    Ok(shapes)
}

/// Loads the elements of feeds.
pub(super) fn feed(files: &RuleFiles) -> Result<FeedRules, Error> {
    files.get(FEED)?.parse()
}
