//! The typed form of `rules/page`: what page furniture, date stamps, bylines and outlet credits look like.

mod credit;
mod file;
mod phrases;

use std::ops::Range;

use rustc_hash::FxHashMap;
use serde::Deserialize;
use toml::Spanned;

use super::{Outlets, RuleFile, RuleFiles};
use crate::error::{Error, Location};
use file::{CreditTable, LanguageFile, LineTable};
use phrases::Phrases;

pub use credit::Credits;
pub use phrases::{begins_with, line_key};

const LAYOUT: &str = "page/layout.toml";

/// Lengths and orders that hold in every language. Lengths are bytes of a line without its outer blanks.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Layout {
    /// Longer lines are always text and are not looked at closely.
    pub short_line: usize,
    /// A line this long is prose.
    pub prose_line: usize,
    /// A line this long that ends like a sentence is prose.
    pub sentence_line: usize,
    /// A paragraph this long takes the article up again after an end mark.
    pub resume_line: usize,
    /// So many paragraphs in a row do the same.
    pub resume_run: usize,
    /// The longest headline.
    pub headline_longest: usize,
    /// The fewest words of a headline.
    pub headline_words: usize,
    /// Number of non-empty lines in which a headline is looked for.
    pub headline_within: usize,
    /// The longest masthead.
    pub masthead_longest: usize,
    /// The most words of a masthead, a leading article not counted.
    pub masthead_words: usize,
    /// The longest outlet name.
    pub credit_longest: usize,
    /// The longest byline.
    pub byline_longest: usize,
    /// Letters at the head of the headline and of the first paragraphs in which an agency is credited.
    pub credit_letters: usize,
    /// Number of those paragraphs.
    pub credit_paragraphs: usize,
    /// Number of the last lines in which an agency is credited.
    pub credit_lines: usize,
    /// The longest bare name above a date.
    pub author_longest: usize,
    /// The first year of a date stamp.
    pub first_year: i16,
    /// The last year of a date stamp.
    pub last_year: i16,
    /// Two-figure years from here on belong to the 1900s.
    pub century_pivot: i16,
    /// Separators after which the first figure of a date is the day.
    pub day_first: Vec<char>,
}

/// What a word means in a date stamp.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StampWord {
    /// A month, 1 to 12.
    Month(i8),
    /// A weekday, 1 (Monday) to 7.
    Weekday(i8),
    /// The date of publication follows.
    Published,
    /// The date of a later change follows.
    Updated,
    /// A word without meaning of its own.
    Filler,
    /// Half of the day.
    Half,
    /// A time zone.
    Zone,
    /// A unit of age ("8 months ago").
    Unit,
    /// The author follows.
    Author,
}

/// Words that may follow a date stamp on its line, with the number of bare counts after them.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trailer {
    /// The words, lower case.
    pub phrase: Box<str>,
    /// How many bare numbers after them belong to the page.
    pub counters: usize,
}

/// What a line of page furniture does to the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Furniture {
    /// The line itself is no part of the article.
    Drop,
    /// Links to other matter follow, until a long paragraph.
    End,
    /// Readers' comments follow.
    Comments,
}

impl Furniture {
    /// The name as rule files write it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Drop => "drop",
            Self::End => "end",
            Self::Comments => "comments",
        }
    }
}

/// The words by which a page names its outlet.
#[derive(Clone, Debug, Default)]
pub struct OutletWords {
    /// Last words of names that stand alone at the top.
    pub mastheads: Vec<Box<str>>,
    /// Articles that may open a masthead.
    pub articles: Vec<Box<str>>,
    /// What stands before the outlet's name on a credit line.
    pub credits: Vec<Box<str>>,
    /// What opens a copyright line.
    pub copyright: Vec<Box<str>>,
    /// What reserves rights, and ends the owner's name.
    pub rights: Vec<Box<str>>,
    /// Words before an owner's name that are no part of it.
    pub strip: Vec<Box<str>>,
    /// Agencies, in small letters: the outlet only where nothing else is named.
    pub agencies: Vec<Box<str>>,
    /// Names that are never an outlet.
    pub never: Vec<Box<str>>,
    /// What stands before the article's own address.
    pub self_links: Vec<Box<str>>,
}

/// One example out of a rule file: a line, and what it should be read as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// The rule the example stands under.
    pub rule: Box<str>,
    /// The line.
    pub line: Box<str>,
    /// What the rule makes of it: a date, a name, what the line does; empty for "seen, but undecided"; `None` for no match.
    pub reads: Option<Box<str>>,
    /// Where it stands.
    pub at: Location,
}

impl Example {
    fn new(file: &RuleFile, rule: &str, line: Spanned<Box<str>>, reads: Option<&str>) -> Self {
        let at = Location::of(&file.shown, &file.text, line.span().start, line.span().end);
        Self { rule: rule.into(), line: line.into_inner(), reads: reads.map(Into::into), at }
    }
}

/// All page rules of all languages, ready for use.
#[derive(Clone, Debug)]
pub struct PageRules {
    /// Lengths and orders.
    pub layout: Layout,
    /// Words of date stamps by their lower-case form without full stops.
    pub stamp_words: FxHashMap<Box<str>, StampWord>,
    /// First letters of the words for publication and change, lower case.
    pub label_initials: Vec<u8>,
    /// Endings of ordinal numbers.
    pub ordinals: Vec<Box<str>>,
    /// What may follow a stamp.
    pub trailers: Vec<Trailer>,
    /// Openings of bylines, lower case.
    pub bylines: Vec<Box<str>>,
    /// Words around outlet names.
    pub outlet: OutletWords,
    /// How agencies are credited.
    pub credits: Credits,
    /// The examples of every file.
    pub examples: Vec<Example>,
    phrases: Phrases,
}

/// Reads and checks every file of `rules/page`; the first error, with its place.
pub fn load(files: &RuleFiles) -> Result<PageRules, Error> {
    let outlets = Outlets::load(files)?;
    let mut credits = Vec::new();
    let mut rules = PageRules {
        layout: files.get(LAYOUT)?.parse()?,
        stamp_words: FxHashMap::default(),
        label_initials: Vec::new(),
        ordinals: Vec::new(),
        trailers: Vec::new(),
        bylines: Vec::new(),
        outlet: OutletWords {
            agencies: outlets.agencies().map(|(name, _)| name.to_lowercase().into()).collect(),
            ..OutletWords::default()
        },
        credits: Credits::default(),
        examples: Vec::new(),
        phrases: Phrases::default(),
    };
    for file in files.below("page/").filter(|file| file.path != LAYOUT) {
        rules.add(file, file.parse()?, &mut credits)?;
    }
    let at = |message| Error::new(Location::file("rules/page"), message);
    rules.credits = Credits::new(&credits, &outlets).map_err(at)?;
    rules.label_initials.sort_unstable();
    rules.label_initials.dedup();
    let PageRules { bylines, outlet, phrases, .. } = &mut rules;
    bylines.iter().chain(&outlet.credits).chain(&outlet.self_links).for_each(|phrase| phrases.add_credit(phrase));
    outlet.copyright.iter().for_each(|mark| phrases.add_first_word(mark));
    phrases.finish().map_err(at)?;
    rules.bylines.sort_by_key(|phrase| std::cmp::Reverse(phrase.len()));
    rules.outlet.credits.sort_by_key(|phrase| std::cmp::Reverse(phrase.len()));
    Ok(rules)
}

impl PageRules {
    /// What a line is, if it is page furniture: `key` as [`line_key`] makes it, `length` the line's own in bytes.
    pub fn furniture(&self, key: &str, length: usize) -> Option<Furniture> {
        self.phrases.furniture(key, length)
    }

    /// False when no byline, credit or self link begins like this line.
    pub fn may_credit(&self, key: &str) -> bool {
        self.phrases.may_credit(key)
    }

    /// False when neither [`Self::furniture`] nor [`Self::may_credit`] nor a copyright mark has anything to say of a line,
    /// which is seen faster than what they say.
    pub fn may_tell(&self, line: &str, key: &str) -> bool {
        // A quotation mark opens plain text; any other mark may be that of an owner.
        let marked = line.starts_with(|c: char| !c.is_alphanumeric() && !matches!(c, '"' | '“' | '\'' | '‘' | '’'));
        marked || self.phrases.may_tell(key)
    }

    fn add(&mut self, file: &RuleFile, from: LanguageFile, credits: &mut Vec<CreditTable>) -> Result<(), Error> {
        self.calendar(file, &from.months, 12, StampWord::Month)?;
        self.calendar(file, &from.weekdays, 7, StampWord::Weekday)?;
        let LanguageFile { stamp, byline, outlet, credit, lines, .. } = from;
        for (words, meaning) in [
            (stamp.published, StampWord::Published),
            (stamp.updated, StampWord::Updated),
            (stamp.fillers, StampWord::Filler),
            (stamp.halves, StampWord::Half),
            (stamp.zones, StampWord::Zone),
            (stamp.units, StampWord::Unit),
            (stamp.authors, StampWord::Author),
        ] {
            if matches!(meaning, StampWord::Published | StampWord::Updated) {
                self.label_initials.extend(words.iter().filter_map(|word| word.bytes().next()));
            }
            self.stamp_words.extend(words.into_iter().map(|word| (word, meaning)));
        }
        self.ordinals.extend(stamp.ordinals);
        self.trailers.extend(stamp.trailers);
        self.bylines.extend(byline.begins);
        let words = &mut self.outlet;
        words.mastheads.extend(outlet.mastheads);
        words.articles.extend(outlet.articles);
        words.credits.extend(outlet.credits);
        words.copyright.extend(outlet.copyright);
        words.rights.extend(outlet.rights);
        words.strip.extend(outlet.strip);
        words.never.extend(outlet.never);
        words.self_links.extend(outlet.self_links);

        let example = |rule, line, reads: Option<&str>| Example::new(file, rule, line, reads);
        self.examples.extend(stamp.examples.into_iter().map(|e| example("stamp", e.line, Some(&e.date))));
        self.examples.extend(stamp.not.into_iter().map(|line| example("stamp", line, None)));
        self.examples.extend(byline.examples.into_iter().map(|line| example("byline", line, Some(""))));
        self.examples.extend(byline.not.into_iter().map(|line| example("byline", line, None)));
        self.examples.extend(outlet.examples.into_iter().map(|e| example("outlet", e.line, Some(&e.outlet))));
        self.examples.extend(outlet.not.into_iter().map(|line| example("outlet", line, None)));
        let read = credit.examples.iter().map(|e| example("credit", e.line.clone(), Some(&e.credit)));
        self.examples.extend(read);
        self.examples.extend(credit.not.iter().map(|line| example("credit", line.clone(), None)));
        credits.push(credit);
        lines.into_iter().try_for_each(|table| self.add_lines(file, table))
    }

    fn calendar(
        &mut self,
        file: &RuleFile,
        names: &Spanned<Vec<Vec<Box<str>>>>,
        length: usize,
        meaning: fn(i8) -> StampWord,
    ) -> Result<(), Error> {
        if names.get_ref().len() != length {
            return Err(
                file.error(names.span(), format!("{} lists of names, {length} are needed", names.get_ref().len()))
            );
        }
        for (number, forms) in (1..).zip(names.get_ref()) {
            self.stamp_words.extend(forms.iter().map(|form| (form.clone(), meaning(number))));
        }
        Ok(())
    }

    fn add_lines(&mut self, file: &RuleFile, table: LineTable) -> Result<(), Error> {
        let does = table.does;
        let longest = table.longest.unwrap_or(self.layout.short_line);
        let mut seen = String::new();
        let mut check = |span: Range<usize>, phrase: &str| {
            line_key(phrase, &mut seen);
            if seen.is_empty() || seen != phrase {
                return Err(file.error(
                    span,
                    "write the phrase in lower case, with straight apostrophes, and without marks before it",
                ));
            }
            Ok(())
        };
        for phrase in &table.whole {
            check(phrase.span(), phrase.get_ref())?;
            self.phrases.add_whole(phrase.get_ref(), does);
        }
        for phrase in &table.begins {
            check(phrase.span(), phrase.get_ref())?;
            self.phrases.add_begins(phrase.get_ref(), longest, does);
        }
        for phrase in &table.holds {
            self.phrases.add_holds(phrase.get_ref(), longest, does);
        }
        let example = |line, reads| Example::new(file, &table.id, line, reads);
        self.examples.extend(table.examples.into_iter().map(|line| example(line, Some(does.as_str()))));
        self.examples.extend(table.not.into_iter().map(|line| example(line, None)));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_page_rules_load() {
        let rules = load(&RuleFiles::built_in()).unwrap();
        assert_eq!(rules.stamp_words.get("sept"), Some(&StampWord::Month(9)));
        assert!(rules.examples.len() > 60);
    }

    #[test]
    fn an_unknown_key_and_a_missing_month_are_errors_with_their_place() {
        let mut files = RuleFiles::built_in();
        let text = files.get("page/en.toml").unwrap().text.clone();
        files.insert("page/en.toml", "en.toml", &text.replace("[byline]", "[byline]\ncolour = 1"));
        let error = load(&files).unwrap_err();
        assert!(error.at.line > 20 && error.message.contains("colour"), "{error}");
        files.insert("page/en.toml", "en.toml", &text.replace("[\"may\"], ", ""));
        assert!(load(&files).unwrap_err().message.contains("12 are needed"));
    }
}
