//! Credits: the forms in which an article names the agency whose words it carries.

use aho_corasick::{AhoCorasick, MatchKind};

use super::file::CreditTable;
use crate::rules::Outlets;

/// How agencies are credited.
#[derive(Clone, Debug, Default)]
pub struct Credits {
    /// "KYIV (Reuters) -": forms of the first words of an article.
    opens: Marks,
    /// "… said. (AP)": forms of the last words of an article.
    closes: Marks,
    /// Every name of an agency.
    names: Marks,
    /// Words of a line that names who helped, lower case.
    thanks: Vec<Box<str>>,
}

/// Texts with the agency that each stands for.
#[derive(Clone, Debug, Default)]
struct Marks {
    search: Option<AhoCorasick>,
    agencies: Vec<Box<str>>,
}

impl Marks {
    /// Each form with each name of an agency in place of `{}`.
    fn of(forms: &[Box<str>], outlets: &Outlets) -> Result<Self, String> {
        let all = || outlets.agencies().flat_map(|(name, agency)| forms.iter().map(move |form| (form, name, agency)));
        let texts = all().map(|(form, name, _)| form.replace("{}", name));
        let search = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(texts);
        let agencies = all().map(|(_, _, agency)| agency.into()).collect();
        Ok(Self { search: Some(search.map_err(|error| error.to_string())?), agencies })
    }

    /// Where marks stand in a text as words of their own, with their agencies, in order.
    fn find<'m>(&'m self, text: &str) -> impl Iterator<Item = (std::ops::Range<usize>, &'m str)> {
        let whole = |at: &std::ops::Range<usize>| {
            let word = |c: char| c.is_alphanumeric();
            let (first, last) = (text[at.clone()].starts_with(word), text[at.clone()].ends_with(word));
            !(first && text[..at.start].ends_with(word) || last && text[at.end..].starts_with(word))
        };
        let found = self.search.iter().flat_map(move |search| search.find_iter(text));
        let found = found.map(|one| (one.range(), one.pattern().as_usize()));
        found.filter(move |(at, _)| whole(at)).filter_map(|(at, mark)| Some((at, &**self.agencies.get(mark)?)))
    }
}

/// The one agency of several mentions; none where they name different ones.
fn only<'m>(mut agencies: impl Iterator<Item = &'m str>) -> Option<&'m str> {
    let first = agencies.next()?;
    agencies.all(|other| other == first).then_some(first)
}

impl Credits {
    /// Makes the forms ready.
    pub(super) fn new(table: &[CreditTable], outlets: &Outlets) -> Result<Self, String> {
        let all = |of: fn(&CreditTable) -> &Vec<Box<str>>| table.iter().flat_map(of).cloned().collect::<Vec<_>>();
        Ok(Self {
            opens: Marks::of(&all(|table| &table.opens), outlets)?,
            closes: Marks::of(&all(|table| &table.closes), outlets)?,
            names: Marks::of(&["{}".into()], outlets)?,
            thanks: all(|table| &table.thanks),
        })
    }

    /// The agency that the first letters of an article credit.
    pub fn opening<'m>(&'m self, text: &str) -> Option<&'m str> {
        self.opens.find(text).map(|(_, agency)| agency).next()
    }

    /// The agency that one of an article's last lines credits: by its last words, or as one who helped.
    pub fn closing<'m>(&'m self, line: &str) -> Option<&'m str> {
        let last = |(at, agency): (std::ops::Range<usize>, &'m str)| {
            let rest = line[at.end..].trim_matches(|c: char| c.is_whitespace() || c == '.');
            rest.is_empty().then_some(agency)
        };
        let alone = || self.named(line).filter(|_| !line.contains(char::is_whitespace));
        let thanked = || {
            let low = line.to_lowercase();
            self.thanks.iter().any(|words| low.contains(&**words)).then(|| self.named(line)).flatten()
        };
        self.closes.find(line).find_map(last).or_else(alone).or_else(thanked)
    }

    /// The one agency that a line names.
    pub fn named<'m>(&'m self, line: &str) -> Option<&'m str> {
        only(self.names.find(line).map(|(_, agency)| agency))
    }
}
