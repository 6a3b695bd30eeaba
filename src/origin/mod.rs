//! Where claims come from: who can be counted as a source of its own, and which sentences are copies of others.

mod copies;
mod versions;

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use crate::claim::Claim;
use crate::rules::Outlets;
use crate::rules::compare::OriginRules;
use crate::value::Name;

pub use copies::{Sketch, Sketcher, families};
pub use versions::{Told, are_versions};

/// The origin of every claim. Claims of one origin are one account, however many outlets carry it.
#[derive(Clone, Debug, Default)]
pub struct Origins {
    of: Vec<Name>,
    /// The house of each claim's outlet.
    houses: Vec<Name>,
    copies: Vec<Option<u32>>,
    versions: Vec<Option<u32>>,
}

impl Origins {
    /// Traces the origin of each claim: who says it by name; else the agency that the article credits; else the outlet
    /// that first carried the sentence; else the family of the outlet; else the document.
    ///
    /// Neither the order of the claims nor that of the documents changes an origin.
    pub fn trace(claims: &[Claim], rules: &OriginRules) -> Self {
        Self::with(claims, copies::find(claims, &rules.copies), None, rules)
    }

    /// Traces the origin of claims that are not all; `copies` gives the numbers that their sentences share with their copies,
    /// `versions` those that their articles share with other versions. The first of the copies, and all claims of other
    /// versions, have to be among them for what is asked of one.
    pub fn trace_some(
        claims: &[Claim],
        copies: Vec<Option<u32>>,
        versions: Vec<Option<u32>>,
        rules: &OriginRules,
    ) -> Self {
        Self::with(claims, copies, Some(versions), rules)
    }

    fn with(
        claims: &[Claim],
        copies: Vec<Option<u32>>,
        versions: Option<Vec<Option<u32>>>,
        rules: &OriginRules,
    ) -> Self {
        let outlets = &rules.outlets;
        let mut names: FxHashMap<String, Name> = FxHashMap::default();
        let mut houses: FxHashMap<&str, Name> = FxHashMap::default();
        let mut name = |text: String| names.entry(text).or_insert_with_key(|text| Name::from(text.as_str())).clone();
        let mut own: Vec<(Option<Name>, Name)> = claims
            .iter()
            .map(|claim| {
                let speaker = claim.speaker.as_deref().map(|speaker| {
                    let known = speaker.actor.as_ref().map(Name::as_str).or_else(|| outlets.agency(speaker.name()));
                    name(known.map_or_else(|| fold(speaker.name(), rules), str::to_owned))
                });
                let agency = || claim.via.iter().rev().find_map(|via| outlets.agency(via)).map(Name::from);
                let speaker = speaker.filter(|speaker| !speaker.as_str().is_empty());
                let outlet = publisher(claim);
                let house = houses.entry(outlet).or_insert_with(|| Name::from(house(outlet, rules)));
                (speaker.or_else(agency), house.clone())
            })
            .collect();
        let houses: Vec<Name> = own.iter().map(|(_, house)| house.clone()).collect();
        let versions = versions.unwrap_or_else(|| versions::find(claims, &houses, &copies, rules));
        let credits = credits(claims, &versions, outlets);
        for (i, (told, _)) in own.iter_mut().enumerate().filter(|(_, (told, _))| told.is_none()) {
            *told = credits.get(&article(claims, &versions, i)).cloned();
        }
        let mut firsts: BTreeMap<u32, usize> = BTreeMap::new();
        for (i, copy) in copies.iter().enumerate().filter_map(|(i, copy)| Some((i, (*copy)?))) {
            let earlier = |a: usize, b: usize| {
                let key = |i: usize| {
                    let article = &claims[i].article;
                    (article.published.is_none(), article.published, &article.document, claims[i].start)
                };
                key(a) < key(b)
            };
            firsts.entry(copy).and_modify(|first| *first = if earlier(i, *first) { i } else { *first }).or_insert(i);
        }
        let of = own.iter().enumerate().map(|(i, (told, outlet))| {
            let first = || copies[i].and_then(|copy| firsts.get(&copy)).and_then(|&first| own.get(first));
            let copied = || first().map(|(told, outlet)| told.as_ref().unwrap_or(outlet));
            told.as_ref().or_else(copied).unwrap_or(outlet).clone()
        });
        let of = of.collect();
        Self { of, houses, copies, versions }
    }

    /// The origin of a claim.
    pub fn of(&self, claim: usize) -> Option<&Name> {
        self.of.get(claim)
    }

    /// The one origin of some claims; what an outlet puts together from several origins is its own account.
    pub fn of_all(&self, members: &[usize]) -> Option<&str> {
        let mut all = members.iter().filter_map(|&i| self.of(i));
        let first = all.next()?;
        if all.all(|other| other == first) {
            return Some(first.as_str());
        }
        members.first().and_then(|&i| self.houses.get(i)).map(Name::as_str)
    }

    /// The number that a claim's article shares with its other versions.
    pub fn version(&self, claim: usize) -> Option<u32> {
        self.versions.get(claim).copied().flatten()
    }

    /// How many articles some claims stand in; versions of one are one.
    pub fn articles(&self, claims: &[Claim], members: impl IntoIterator<Item = usize>) -> usize {
        let articles = members.into_iter().map(|i| article(claims, &self.versions, i));
        articles.collect::<BTreeSet<ArticleKey<'_>>>().len()
    }

    /// The number that a claim's sentence shares with its copies in other documents, numbers of people left out.
    pub fn copy(&self, claim: usize) -> Option<u32> {
        self.copies.get(claim).copied().flatten()
    }
}

/// An article: the number of its group of versions, or its document.
type ArticleKey<'c> = (Option<u32>, Option<&'c str>);

/// The article that a claim stands in; versions of one are one.
fn article<'c>(claims: &'c [Claim], versions: &[Option<u32>], i: usize) -> ArticleKey<'c> {
    let version = versions.get(i).copied().flatten();
    (version, claims.get(i).filter(|_| version.is_none()).map(|claim| &*claim.article.document))
}

/// The agency that each article credits; of versions that credit several, the first by name.
fn credits<'c>(claims: &'c [Claim], versions: &[Option<u32>], outlets: &Outlets) -> FxHashMap<ArticleKey<'c>, Name> {
    let mut credits: FxHashMap<ArticleKey<'c>, Name> = FxHashMap::default();
    for (i, credit) in claims.iter().enumerate().filter_map(|(i, claim)| Some((i, claim.article.credit.as_deref()?))) {
        let agency = outlets.agency(credit).unwrap_or(credit);
        let first = credits.entry(article(claims, versions, i)).or_insert_with(|| Name::from(agency));
        if agency < first.as_str() {
            *first = Name::from(agency);
        }
    }
    credits
}

/// Who says a claim to the reader: the speaker by name, else the outlet.
pub fn claimant(claim: &Claim) -> &str {
    claim.speaker.as_deref().map_or_else(|| publisher(claim), |speaker| speaker.name())
}

/// The outlet, or the document where no outlet is known.
fn publisher(claim: &Claim) -> &str {
    claim.article.outlet.as_deref().unwrap_or(&claim.article.document)
}

/// The agency or house that an outlet is or belongs to, else the outlet.
pub fn house<'n>(outlet: &'n str, rules: &'n OriginRules) -> &'n str {
    rules.outlets.agency(outlet).or_else(|| rules.outlets.house(outlet)).unwrap_or(outlet)
}

/// A speaker's words in small letters without those that name nobody: "the police" and "Police" are one source.
fn fold(words: &str, rules: &OriginRules) -> String {
    let small = words.to_lowercase();
    let telling = |word: &&str| !rules.small_words.iter().any(|small| small == word);
    small.split_whitespace().filter(telling).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::claim_of_line;
    use crate::rules::{CompareRules, RuleFiles};

    fn origins(lines: &[&str]) -> Vec<String> {
        let rules = CompareRules::load(&RuleFiles::built_in()).unwrap();
        let claims: Vec<Claim> =
            lines.iter().enumerate().map(|(i, line)| claim_of_line(line, &format!("d{i}")).unwrap()).collect();
        let origins = Origins::trace(&claims, &rules.origins);
        (0..claims.len()).map(|i| origins.of(i).unwrap().to_string()).collect()
    }

    #[test]
    fn a_speaker_comes_before_the_outlet_and_that_before_the_document() {
        assert_eq!(
            origins(&["31 killed; by Armenia; in Courier", "31 killed; in Herald", "31 killed"]),
            ["Armenia", "Herald", "d2"]
        );
    }

    #[test]
    fn what_outlets_say_of_a_speaker_is_one_origin_and_so_is_what_an_agency_wrote() {
        assert_eq!(origins(&["31 killed; in Agence France-Presse", "31 killed; in AFP"])[..], ["AFP", "AFP"]);
    }

    #[test]
    fn what_an_article_credits_is_the_origin_of_what_nobody_is_named_for_in_all_its_versions() {
        let told = ["31 killed; in Herald; credit Reuters", "31 killed; by Armenia; in Herald; credit Reuters"];
        assert_eq!(origins(&told), ["Reuters", "Armenia"]);
        let versions =
            ["6 killed; in Herald; url h.example/a; credit Associated Press", "7 killed; in Herald; url h.example/a"];
        assert_eq!(origins(&versions), ["AP", "AP"]);
    }
}
