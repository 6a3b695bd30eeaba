//! The articles: their texts with each claim marked where it stands, and the findings that it is part of.

use std::collections::BTreeSet;
use std::ops::Range;

use super::Context;
use super::card::web;
use crate::analysis::Analysis;
use crate::claim::{Claim, Id};
use crate::report::text::{day, one_line, outlet};
use crate::text::{Article, Document, is_hidden};

/// One article.
pub(super) struct ArticleView {
    pub(super) anchor: String,
    pub(super) outlet: String,
    pub(super) number: Option<usize>,
    pub(super) published: String,
    pub(super) title: String,
    pub(super) document: String,
    pub(super) url: Option<String>,
    pub(super) claims: usize,
    pub(super) findings: usize,
    pub(super) paragraphs: Vec<Vec<Piece>>,
}

/// A stretch of a text that is shown in one way.
#[derive(Default)]
pub(super) struct Piece {
    /// The claims that begin here, but for the innermost one.
    pub(super) begins: Vec<String>,
    pub(super) text: String,
    /// The innermost claim around it.
    pub(super) claim: Option<String>,
    /// True where that claim begins.
    pub(super) first: bool,
    /// Page furniture, of which nothing is read.
    pub(super) furniture: bool,
    /// The findings of the claims that end here.
    pub(super) references: Vec<Reference>,
}

/// A link to a finding.
pub(super) struct Reference {
    pub(super) id: String,
    pub(super) number: usize,
    pub(super) verdict: &'static str,
}

/// The place of an article on the page.
pub(super) fn anchor(article: &Article) -> String {
    format!("article-{}", Id::of(&["article", &article.document]))
}

/// The same, if the article is shown.
pub(super) fn anchor_if_shown(article: &Article, analysis: &Analysis) -> Option<String> {
    let index = analysis.articles.iter().position(|other| other.document == article.document)?;
    analysis.claims_of.get(index).filter(|claims| !claims.is_empty()).map(|_| anchor(article))
}

/// The articles that make claims, in the order of the input.
pub(super) fn all(context: &Context<'_>) -> Vec<ArticleView> {
    let analysis = context.analysis();
    let articles = analysis.articles.iter().zip(&analysis.claims_of).enumerate();
    articles
        .filter(|(_, (_, claims))| !claims.is_empty())
        .map(|(index, (article, claims))| one(index, article, claims, context))
        .collect()
}

fn one(index: usize, article: &Article, claims: &Range<usize>, context: &Context<'_>) -> ArticleView {
    let analysis = context.analysis();
    let findings: BTreeSet<usize> =
        claims.clone().filter_map(|claim| context.findings_of.get(&claim)).flatten().copied().collect();
    let paragraphs = match analysis.texts.get(&index) {
        Some(document) => paragraphs(document, claims, context),
        None => claims.clone().filter_map(|claim| alone(claim, context)).collect(),
    };
    ArticleView {
        anchor: anchor(article),
        outlet: outlet(article),
        number: context.outlets.number(article),
        published: article.published.map_or_else(|| "undated".to_owned(), day),
        title: article.title.as_deref().map(one_line).unwrap_or_default(),
        document: one_line(&article.document),
        url: web(article),
        claims: claims.len(),
        findings: findings.len(),
        paragraphs,
    }
}

/// A claim whose text was not kept: its sentence.
fn alone(claim: usize, context: &Context<'_>) -> Option<Vec<Piece>> {
    let made = context.analysis().claims.get(claim)?;
    Some(vec![Piece {
        begins: Vec::new(),
        text: one_line(&made.sentence),
        claim: Some(made.id.to_string()),
        first: true,
        furniture: false,
        references: references(claim, context),
    }])
}

/// A claim with the bytes of its words.
struct Placed<'a> {
    index: usize,
    claim: &'a Claim,
    at: Range<usize>,
}

/// The claims of an article by where they begin.
struct Places<'a> {
    placed: Vec<Placed<'a>>,
    /// Bytes of the longest one's words.
    longest: usize,
}

impl<'a> Places<'a> {
    fn of(mut placed: Vec<Placed<'a>>) -> Self {
        placed.sort_by_key(|one| one.at.start);
        let longest = placed.iter().map(|one| one.at.len()).max().unwrap_or(0);
        Self { placed, longest }
    }

    /// Those that reach into a stretch or up to its ends, in the order of the claims.
    fn near(&self, stretch: &Range<usize>) -> Vec<&Placed<'a>> {
        let from = self.placed.partition_point(|one| one.at.start + self.longest < stretch.start);
        let begin = self.placed.iter().skip(from).take_while(|one| one.at.start <= stretch.end);
        let mut near: Vec<_> = begin.filter(|one| stretch.start <= one.at.end).collect();
        near.sort_by_key(|one| one.index);
        near
    }
}

/// The stretches of the body that reach into one of its text, or up to its ends.
fn body_near<'d>(document: &'d Document, stretch: &Range<usize>) -> impl Iterator<Item = Range<usize>> + use<'d> {
    let (start, end) = (stretch.start, stretch.end);
    let from = document.body.partition_point(|span| (span.end as usize) < start);
    let spans = document.body.iter().skip(from).map(|span| span.start as usize..span.end as usize);
    spans.take_while(move |span| span.start <= end)
}

fn paragraphs(document: &Document, claims: &Range<usize>, context: &Context<'_>) -> Vec<Vec<Piece>> {
    let text = document.text.as_str();
    let points: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let byte = |point: u32| points.get(point as usize).copied().unwrap_or(text.len());
    let placed: Vec<Placed<'_>> = claims
        .clone()
        .filter_map(|index| {
            let claim = context.analysis().claims.get(index)?;
            let (start, end) = claim.place()?;
            Some(Placed { index, claim, at: byte(start)..byte(end) })
        })
        .collect();
    let found: BTreeSet<usize> = placed.iter().map(|one| one.index).collect();
    let placed = Places::of(placed);
    let mut shown: Vec<Vec<Piece>> =
        paragraphs_of(text).into_iter().map(|paragraph| pieces(document, paragraph, &placed, context)).collect();
    // Claims from elsewhere may not say where they stand: their sentences come last.
    let lost = claims.clone().filter(|claim| !found.contains(claim));
    shown.extend(lost.filter_map(|claim| alone(claim, context)));
    shown
}

/// The stretches between blank lines.
fn paragraphs_of(text: &str) -> Vec<Range<usize>> {
    let mut paragraphs: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    let mut open = false;
    for line in text.split_inclusive('\n') {
        let end = at + line.len();
        match (line.trim().is_empty(), paragraphs.last_mut()) {
            (true, _) => open = false,
            (false, Some(last)) if open => last.end = end,
            (false, _) => {
                paragraphs.push(at..end);
                open = true;
            }
        }
        at = end;
    }
    paragraphs
}

/// A paragraph cut where claims and furniture begin and end.
fn pieces(document: &Document, paragraph: Range<usize>, placed: &Places<'_>, context: &Context<'_>) -> Vec<Piece> {
    let here = placed.near(&paragraph).into_iter().flat_map(|one| [one.at.start, one.at.end]);
    let body = body_near(document, &paragraph).flat_map(|span| [span.start, span.end]);
    let mut cuts: Vec<usize> = here.chain(body).collect();
    cuts.retain(|cut| paragraph.contains(cut));
    cuts.extend([paragraph.start, paragraph.end]);
    cuts.sort_unstable();
    cuts.dedup();
    let piece = |cut: &[usize]| {
        let [start, end] = *cut else { return None };
        let here = placed.near(&(start..end));
        let around = here.iter().filter(|one| one.at.start <= start && end <= one.at.end);
        let inner = around.min_by_key(|one| one.at.len());
        let begins_outside =
            |one: &&&Placed<'_>| one.at.start == start && inner.is_none_or(|inner| inner.claim.id != one.claim.id);
        let ends = here.iter().filter(|one| one.at.end == end);
        let mut references: Vec<Reference> = ends.flat_map(|one| self::references(one.index, context)).collect();
        references.sort_by_key(|reference| reference.number);
        references.dedup_by_key(|reference| reference.number);
        Some(Piece {
            begins: here.iter().filter(begins_outside).map(|one| one.claim.id.to_string()).collect(),
            text: document.text.get(start..end)?.chars().filter_map(shown).collect(),
            claim: inner.map(|one| one.claim.id.to_string()),
            first: inner.is_some_and(|one| one.at.start == start),
            furniture: !body_near(document, &(start..end)).any(|span| span.start <= start && end <= span.end),
            references,
        })
    };
    cuts.windows(2).filter_map(piece).collect()
}

/// A character as the page has it: lines stay, other white space that steers is a blank, what else is hidden is left out.
fn shown(c: char) -> Option<char> {
    match (is_hidden(c), c.is_whitespace()) {
        (false, _) => Some(c),
        (true, true) => Some(if c == '\n' { c } else { ' ' }),
        (true, false) => None,
    }
}

fn references(claim: usize, context: &Context<'_>) -> Vec<Reference> {
    let findings = context.findings_of.get(&claim).into_iter().flatten();
    let reference = |&index: &usize| {
        let finding = context.analysis().findings.get(index)?;
        Some(Reference { id: finding.id.to_string(), number: index + 1, verdict: finding.verdict.as_str() })
    };
    findings.filter_map(reference).collect()
}
