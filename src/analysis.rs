//! Analysis: the stages run one after the other over a stream of articles, and everything they found.

mod order;
mod reviewed;
mod shared;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use self::shared::Shared;
use crate::audit::{self, Audit};
use crate::claim::{Claim, Id};
use crate::compare::{self, Finding};
use crate::decision::{Correction, Decided};
use crate::error::Error;
use crate::event::{self, Event, Events, Move};
use crate::extract::{Attribution, Coverage, Extraction, Gap, Gaps, TimeExpression, Wanted, extract};
use crate::graph::{ClaimGraph, EdgeKind};
use crate::input::Raw;
use crate::origin::Origins;
use crate::page;
use crate::policy::{self, Published};
use crate::rules::RuleSet;
use crate::tally::{self, Tally};
use crate::text::{Article, Document};
use crate::value::Verdict;

/// A batch is handed to the threads once it holds this many articles …
const BATCH_ARTICLES: usize = 256;
/// … or this many bytes of text, so that only so much text is in memory at a time.
const BATCH_BYTES: usize = 8 << 20;

/// How far to go; each step includes the ones before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Until {
    /// Read every article on its own.
    Extraction,
    /// Put the claims of all articles together by event.
    Events,
    /// Compare them, and reckon each article's tolls.
    Comparison,
    /// Set the outlets against each other.
    Audit,
    /// Say what each recorder would publish.
    Policies,
}

/// Something that becomes a document; what depends on it alone is done on a thread of its own.
pub trait Source: Send {
    /// Size of the text in bytes.
    fn bytes(&self) -> usize;

    /// What is read out of it, where that is known without reading it again.
    fn known(&self, _rules: &RuleSet, _wanted: Wanted) -> Option<Extraction> {
        None
    }

    /// The document. Cannot fail, whatever the text.
    fn document(self, rules: &RuleSet) -> Document;
}

impl Source for Raw {
    fn bytes(&self) -> usize {
        self.text.len()
    }

    fn document(self, rules: &RuleSet) -> Document {
        page::read(&rules.page, self.article, self.text)
    }
}

impl Source for Document {
    fn bytes(&self) -> usize {
        self.text.len()
    }

    fn document(self, _rules: &RuleSet) -> Document {
        self
    }
}

/// Everything found in a set of articles. Indices in events, findings and tallies point into these lists.
#[derive(Clone, Debug, Default)]
pub struct Analysis {
    /// The articles: in the order of the input, and once their claims are put together, by day and document, so that the
    /// order of the input changes nothing that follows.
    pub articles: Vec<Arc<Article>>,
    /// All claims, by article and place in the text.
    pub claims: Vec<Claim>,
    /// For each article the stretch of `claims` that it makes, in order and without gaps.
    pub claims_of: Vec<Range<usize>>,
    /// The events, and the event of each claim.
    pub events: Events,
    /// Where each claim comes from.
    pub origins: Origins,
    /// What was compared, the gravest first; what reviewers dismissed comes last.
    pub findings: Vec<Finding>,
    /// What reviewers decided, by the finding's id.
    pub decided: BTreeMap<Id, Decided>,
    /// What reviewers corrected, with the index of the claim.
    pub corrected: Vec<(usize, Correction)>,
    /// Where reviewers put claims.
    pub moves: Vec<Move>,
    /// A warning for each decision and each correction that no longer holds.
    pub lapsed: Vec<Error>,
    /// What each article says each event's toll is.
    pub tallies: Vec<Tally>,
    /// The outlets set against each other, if wanted.
    pub audit: Audit,
    /// What each recorder would publish, if wanted.
    pub published: Vec<Published>,
    /// Time expressions with the index of their article, if wanted.
    pub times: Vec<(usize, TimeExpression)>,
    /// Attributions with the index of their article, if wanted.
    pub attributions: Vec<(usize, Attribution)>,
    /// How many sentences could have given a casualty claim, and how many did, if wanted.
    pub coverage: Coverage,
    /// Those that did not, with the index of their article, as far as they are wanted.
    pub gaps: Vec<(usize, Gap)>,
    /// The documents that make claims, by the index of their article, if wanted.
    pub texts: BTreeMap<usize, Document>,
    /// What could not be read, each once, in the order met.
    pub warnings: Vec<Error>,
}

/// Reads every article and runs the stages up to `until`.
///
/// The next batch is fetched while one is read. Results do not depend on the number of threads. `progress` is told
/// the number of articles read so far, once per batch.
pub fn analyze<S: Source>(
    mut sources: impl Iterator<Item = Result<S, Error>> + Send,
    rules: &RuleSet,
    wanted: Wanted,
    until: Until,
    mut progress: impl FnMut(usize),
) -> Analysis {
    let mut analysis = Analysis::default();
    let mut said = BTreeSet::new();
    let mut shared = Shared::default();
    let mut batch = Batch::next(&mut sources);
    while !batch.is_empty() {
        let Batch { articles, warnings } = batch;
        let (read, next) = rayon::join(|| read(articles, rules, wanted), || Batch::next(&mut sources));
        analysis.warnings.extend(warnings.into_iter().filter(|warning| said.insert(warning.to_string())));
        analysis.take(read, wanted.gaps, &mut shared);
        progress(analysis.articles.len());
        batch = next;
    }
    drop((said, shared));
    analysis.proceed(rules, until);
    analysis
}

/// Articles waiting to be read, and the warnings met while they were fetched.
struct Batch<S> {
    articles: Vec<S>,
    warnings: Vec<Error>,
}

impl<S: Source> Batch<S> {
    /// The next batch; an empty one at the end.
    fn next(sources: &mut impl Iterator<Item = Result<S, Error>>) -> Self {
        let mut batch = Self { articles: Vec::new(), warnings: Vec::new() };
        let mut bytes = 0;
        while batch.articles.len() < BATCH_ARTICLES && bytes < BATCH_BYTES {
            match sources.next() {
                Some(Ok(source)) => {
                    bytes += source.bytes();
                    batch.articles.push(source);
                }
                Some(Err(warning)) => batch.warnings.push(warning),
                None => break,
            }
        }
        batch
    }

    fn is_empty(&self) -> bool {
        self.articles.is_empty() && self.warnings.is_empty()
    }
}

/// Reads articles on all threads; the results keep their order, and texts that are not wanted are let go.
fn read<S: Source>(articles: Vec<S>, rules: &RuleSet, wanted: Wanted) -> Vec<(Extraction, Option<Document>)> {
    let one = |source: S| {
        if let Some(known) = source.known(rules, wanted) {
            return (known, None);
        }
        let document = source.document(rules);
        let extraction = extract(&document, rules, wanted);
        let kept = wanted.texts && !extraction.claims.is_empty();
        (extraction, kept.then_some(document))
    };
    articles.into_par_iter().map(one).collect()
}

impl Analysis {
    fn take(&mut self, read: Vec<(Extraction, Option<Document>)>, keep: Gaps, shared: &mut Shared) {
        for (mut extraction, document) in read {
            let article = self.articles.len();
            self.texts.extend(document.map(|document| (article, document)));
            self.articles.push(extraction.article);
            extraction.claims.iter_mut().for_each(|claim| shared.unite(claim));
            let first = self.claims.len();
            self.claims.extend(extraction.claims);
            self.claims_of.push(first..self.claims.len());
            self.times.extend(extraction.times.into_iter().map(|time| (article, time)));
            self.attributions.extend(extraction.attributions.into_iter().map(|one| (article, one)));
            let new = self.coverage.add(&extraction.coverage);
            let gaps = extraction.gaps.into_iter().filter(|gap| keep == Gaps::All || new.contains(&gap.reason));
            self.gaps.extend(gaps.map(|gap| (article, gap)));
        }
    }

    /// Takes in claims from elsewhere, before any are put together. Those of an article that was read stand behind its own;
    /// one with the id of an own claim takes its place.
    pub fn join(&mut self, given: Vec<Claim>) {
        if given.is_empty() {
            return;
        }
        let mut shared = Shared::default();
        let mut article_of: BTreeMap<Box<str>, usize> =
            self.articles.iter().enumerate().map(|(index, article)| (article.document.clone(), index)).collect();
        let mut given_of: BTreeMap<usize, Vec<Claim>> = BTreeMap::new();
        for mut claim in given {
            shared.unite(&mut claim);
            let fresh = self.articles.len();
            let article = *article_of.entry(claim.article.document.clone()).or_insert(fresh);
            match self.articles.get(article) {
                Some(read) => claim.article = Arc::clone(read),
                None => self.articles.push(Arc::clone(&claim.article)),
            }
            given_of.entry(article).or_default().push(claim);
        }
        let mut own = std::mem::take(&mut self.claims).into_iter();
        for (article, given) in (0..self.articles.len()).map(|article| (article, given_of.remove(&article))) {
            let first = self.claims.len();
            let number = self.claims_of.get(article).map_or(0, ExactSizeIterator::len);
            self.claims.extend(own.by_ref().take(number));
            let known = given.iter().flat_map(|_| first..first + number);
            let known: BTreeMap<Id, usize> = known.map(|own| (self.claims[own].id, own)).collect();
            for claim in given.into_iter().flatten() {
                match known.get(&claim.id) {
                    Some(&own) => self.claims[own] = claim,
                    None => self.claims.push(claim),
                }
            }
            let range = first..self.claims.len();
            match self.claims_of.get_mut(article) {
                Some(known) => *known = range,
                None => self.claims_of.push(range),
            }
        }
    }

    /// Goes on from the claims, as far as `until`.
    pub fn proceed(&mut self, rules: &RuleSet, until: Until) {
        if until >= Until::Events {
            self.order();
            self.link(rules);
        }
        if until >= Until::Comparison {
            self.compare(rules);
        }
        let Self { articles, claims, claims_of, events, origins, tallies, .. } = self;
        if until >= Until::Audit {
            self.audit = audit::audit(articles, claims, claims_of, events, origins, tallies, &rules.audit);
        }
        if until >= Until::Policies {
            self.published = policy::replay(claims, claims_of, events, origins, &rules.policies, &rules.compare);
        }
    }

    /// Puts the claims together by event.
    fn link(&mut self, rules: &RuleSet) {
        self.events = event::link(&self.claims, &rules.compare.events, &rules.compare.phrases);
        self.events.put(&self.moves, &self.claims, &rules.compare.phrases);
    }

    /// Compares the claims of each event, and reckons the tolls.
    fn compare(&mut self, rules: &RuleSet) {
        self.origins = Origins::trace(&self.claims, &rules.compare.origins);
        self.findings = compare::findings(&self.claims, &self.events, &self.origins, &rules.compare);
        self.tallies = tally::tallies(&self.claims, &self.claims_of, &self.events, &rules.compare.tallies);
        self.findings
            .sort_by(|a, b| b.verdict.cmp(&a.verdict).then(b.severity.total_cmp(&a.severity)).then(a.id.cmp(&b.id)));
    }

    /// The claims with who makes them, what they are about and how they relate. The first claim of an answer stands
    /// for all that give it, so that edges grow with the claims and not with their pairs.
    pub fn graph(&self) -> ClaimGraph<'_> {
        let mut graph = ClaimGraph::of(&self.claims, &self.events);
        for finding in &self.findings {
            let claims = |index: usize| {
                self.claims_at(finding.positions.get(index).map_or(&[][..], |position| &position.claims))
            };
            for index in 0..finding.positions.len() {
                let Some(first) = claims(index).next() else { continue };
                claims(index).skip(1).for_each(|claim| graph.relate(claim.id, first.id, EdgeKind::Repeats));
            }
            for relation in &finding.relations {
                let kind = match relation.verdict {
                    Verdict::Contradiction => EdgeKind::Contradicts,
                    Verdict::Update => EdgeKind::Updates,
                    Verdict::Scope | Verdict::Agreement => continue,
                };
                let (Some(a), Some(b)) = (claims(relation.a).next(), claims(relation.b).next()) else { continue };
                let earlier = kind == EdgeKind::Updates && a.article.published < b.article.published;
                let (from, to) = if earlier { (b, a) } else { (a, b) };
                graph.relate(from.id, to.id, kind);
            }
        }
        graph
    }

    /// The article a claim stands in, as an index into `articles`.
    pub fn article_of(&self, claim: usize) -> usize {
        self.claims_of.partition_point(|claims| claims.end <= claim)
    }

    /// The event a claim is about.
    pub fn event_of(&self, claim: usize) -> Option<&Event> {
        self.events.of_claim(claim).and_then(|event| self.events.events.get(event))
    }

    /// The index of an article's main event; `None` for one without claims.
    pub fn main_event_of(&self, article: usize) -> Option<usize> {
        self.events.main_of(&self.claims, self.claims_of.get(article)?)
    }

    /// The claims at the given indices, in their order.
    pub fn claims_at<'a>(&'a self, indices: &'a [usize]) -> impl Iterator<Item = &'a Claim> {
        indices.iter().filter_map(|&index| self.claims.get(index))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::RuleFiles;

    fn document(name: &str) -> Document {
        Document {
            article: Arc::new(Article { document: name.into(), ..Article::default() }),
            text: "Two people were killed.".into(),
            ..Document::default()
        }
    }

    #[test]
    fn articles_keep_the_order_of_the_input_over_many_batches() {
        let names: Vec<String> = (0..600).map(|n| format!("{n:03}")).collect();
        let sources = names.iter().map(|name| Ok(document(name)));
        let mut seen = Vec::new();
        let rules = RuleSet::load(&RuleFiles::built_in()).unwrap();
        let analysis = analyze(sources, &rules, Wanted::default(), Until::Comparison, |n| seen.push(n));
        let read: Vec<String> = analysis.articles.iter().map(|article| article.document.to_string()).collect();
        assert_eq!(read, names);
        assert_eq!(seen, [256, 512, 600]);
    }

    #[test]
    fn a_warning_is_kept_once() {
        let warning = || Err::<Document, _>(Error::new(crate::error::Location::line("a.csv", 3), "no such file"));
        let sources = [warning(), Ok(document("a")), warning()].into_iter();
        let rules = RuleSet::load(&RuleFiles::built_in()).unwrap();
        let analysis = analyze(sources, &rules, Wanted::default(), Until::Extraction, |_| ());
        assert_eq!(analysis.warnings.len(), 1);
        assert_eq!(analysis.articles.len(), 1);
    }
}
