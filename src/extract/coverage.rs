//! Coverage: the sentences that hold a number and a word of casualty, and those of them that gave no casualty claim.

use std::collections::{BTreeMap, BTreeSet};

use super::draft::Draft;
use super::gap::{self, Cause};
use super::parts::Reference;
use super::sentence::Sentence;
use super::{Stretch, stretch};
use crate::claim::Content;
use crate::rules::RuleSet;
use crate::rules::symbol::SymbolSet;
use crate::text::{CodePoints, Document, Span, split_sentences};
use crate::value::{Counted, GapReason};

/// Which sentences without a casualty claim are kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Gaps {
    /// None, and none is looked for.
    #[default]
    Unread,
    /// All are counted, and the first one of each reason is kept.
    Examples,
    /// All.
    All,
}

/// A sentence that holds a number and a word of casualty but gave no casualty claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// The sentence.
    pub at: Stretch,
    /// Why.
    pub reason: GapReason,
    /// The reason in words.
    pub why: Box<str>,
    /// The people nearest to a word of casualty.
    pub people: Option<Stretch>,
    /// That word.
    pub harm: Option<Stretch>,
    /// The numbers that count no people, and what they count.
    pub numbers: Vec<(Box<str>, Counted)>,
}

/// How many sentences hold a number and a word of casualty, and what became of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Those that gave a casualty claim.
    pub claimed: usize,
    /// Those that gave none, by reason.
    pub unclaimed: BTreeMap<GapReason, usize>,
}

impl Coverage {
    /// All of them.
    pub fn candidates(&self) -> usize {
        self.claimed + self.unclaimed.values().sum::<usize>()
    }

    /// Adds those of another text; the reasons that are new.
    pub fn add(&mut self, other: &Self) -> BTreeSet<GapReason> {
        self.claimed += other.claimed;
        let mut new = BTreeSet::new();
        for (&reason, sentences) in &other.unclaimed {
            let known = self.unclaimed.entry(reason).or_default();
            if *known == 0 {
                new.insert(reason);
            }
            *known += sentences;
        }
        new
    }
}

/// Takes note of what became of each sentence of a document.
pub(super) struct Audit {
    keep: Gaps,
    harms: SymbolSet,
    /// What the casualty rules ask for.
    reads: SymbolSet,
    coverage: Coverage,
    open: Vec<(Span, Cause)>,
}

impl Audit {
    /// An audit, if one is wanted.
    pub(super) fn wanted(keep: Gaps, rules: &RuleSet) -> Option<Self> {
        let casualties = rules.stages.claim.emitting(rules.known.casualty);
        (keep != Gaps::Unread).then(|| Self {
            keep,
            harms: gap::harms(rules),
            reads: rules.plan.reads(casualties),
            coverage: Coverage::default(),
            open: Vec::new(),
        })
    }

    /// Looks at a sentence that has been read and made these drafts; `reach` is what could be found in it.
    pub(super) fn sentence<'d, 'r>(
        &mut self,
        sentence: &mut Sentence<'r>,
        rules: &'r RuleSet,
        text: &str,
        drafts: impl Iterator<Item = &'d Draft> + Clone,
        reach: &SymbolSet,
    ) {
        let counted = reach.has(rules.known.count) || reach.has(rules.known.people);
        if !counted || !sentence.chart.present().meets(&self.harms) {
            return;
        }
        if drafts.clone().any(|draft| matches!(draft.content, Content::Casualty(_))) {
            self.coverage.claimed += usize::from(gap::counts_something(sentence, rules, text));
            return;
        }
        sentence.read_mentions(rules, text, &self.reads);
        if let Some(cause) = gap::cause(sentence, rules, text, drafts) {
            self.note(sentence.chart.span, cause);
        }
    }

    fn note(&mut self, sentence: Span, cause: Cause) {
        let before = self.coverage.unclaimed.entry(cause.reason).or_default();
        *before += 1;
        if self.keep == Gaps::All || *before == 1 {
            self.open.push((sentence, cause));
        }
    }

    /// Looks at what the page stage has left out of the article.
    fn furniture(&mut self, document: &Document, rules: &RuleSet) {
        let text = document.text.as_str();
        let whole = Span::new(0, text.len());
        let ends = document.body.iter().map(|part| (part.start, part.end)).chain([(whole.end, whole.end)]);
        let mut sentences = Vec::new();
        let mut from = whole.start;
        for (start, end) in ends {
            if from < start {
                split_sentences(text, Span { start: from, end: start }, &rules.lexicon, &mut sentences);
            }
            from = from.max(end);
        }
        let mut sentence = Sentence::default();
        for span in sentences {
            let mut rest = Some(span);
            while let Some(span) = rest {
                rest = sentence.read(text, span, rules);
                if !sentence.chart.present().meets(&self.harms) {
                    continue;
                }
                sentence.read_times(rules, text, &Reference::default(), false);
                sentence.read_mentions(rules, text, &self.reads);
                if let Some(cause) = gap::cause(&sentence, rules, text, std::iter::empty()) {
                    self.note(sentence.chart.span, Cause { reason: GapReason::PageFurniture, ..cause });
                }
            }
        }
    }

    /// The numbers of sentences, and the gaps that are kept, in order of their place in the text.
    pub(super) fn finish(mut self, document: &Document, rules: &RuleSet) -> (Coverage, Vec<Gap>) {
        self.furniture(document, rules);
        self.open.sort_by_key(|(sentence, _)| *sentence);
        let text = document.text.as_str();
        let mut points = CodePoints::new(text);
        let mut at = |span: Span| stretch(&mut points, span, text);
        let gap = |(sentence, cause): (Span, Cause)| {
            let numbers: Vec<(Box<str>, Counted)> =
                cause.numbers.iter().map(|(span, counted)| (span.of(text).into(), *counted)).collect();
            let (people, harm) = (cause.people.map(&mut at), cause.harm.map(&mut at));
            let words = |stretch: &Option<Stretch>| stretch.as_ref().map_or_else(Box::default, |s| s.text.clone());
            let why = rules.compare.phrases.why_no_claim(cause.reason, &words(&people), &words(&harm), &numbers);
            Gap { at: at(sentence), reason: cause.reason, why: why.into(), people, harm, numbers }
        };
        (self.coverage, self.open.into_iter().map(gap).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::{Extraction, Wanted, extract};
    use crate::rules::RuleFiles;

    const TEXT: &str = "Related: six killed. “Six” people were killed. Two soldiers killed the dog. \
                        Two men killed the cat. Six people were not hurt.";

    fn read(gaps: Gaps) -> Extraction {
        let rules = RuleSet::load(&RuleFiles::built_in()).unwrap();
        let body = vec![Span::new(TEXT.find('“').unwrap(), TEXT.len())];
        let document = Document { text: TEXT.into(), body, ..Document::default() };
        extract(&document, &rules, Wanted { gaps, ..Wanted::default() })
    }

    fn reasons(read: &Extraction) -> Vec<GapReason> {
        read.gaps.iter().map(|gap| gap.reason).collect()
    }

    #[test]
    fn gaps_stand_in_order_of_the_text_with_their_places_in_code_points() {
        use GapReason::{DeniedOrNegated, Doers, PageFurniture};
        let read = read(Gaps::All);
        assert_eq!(reasons(&read), [PageFurniture, Doers, Doers, DeniedOrNegated]);
        let points: Vec<char> = TEXT.chars().collect();
        for at in read.gaps.iter().flat_map(|gap| [Some(&gap.at), gap.people.as_ref(), gap.harm.as_ref()]).flatten() {
            let words: String = points[at.start as usize..at.end as usize].iter().collect();
            assert_eq!(words, *at.text);
        }
    }

    #[test]
    fn all_are_counted_where_only_examples_are_kept() {
        let (all, examples) = (read(Gaps::All), read(Gaps::Examples));
        assert_eq!(all.coverage, examples.coverage);
        assert_eq!((all.coverage.claimed, all.coverage.candidates()), (1, 5));
        assert_eq!(examples.coverage.unclaimed[&GapReason::Doers], 2);
        assert_eq!(reasons(&examples), [GapReason::PageFurniture, GapReason::Doers, GapReason::DeniedOrNegated]);
    }

    #[test]
    fn looking_for_gaps_changes_no_claim() {
        let (without, with) = (read(Gaps::Unread), read(Gaps::All));
        assert_eq!(without.coverage, Coverage::default());
        assert_eq!((format!("{:?}", without.claims), without.gaps), (format!("{:?}", with.claims), vec![]));
    }

    #[test]
    fn the_reasons_of_another_text_are_added_and_the_new_ones_told() {
        let mut sum = Coverage { claimed: 2, unclaimed: [(GapReason::Doers, 1)].into() };
        let new = sum.add(&Coverage { claimed: 1, unclaimed: [(GapReason::Doers, 1), (GapReason::NoRule, 3)].into() });
        assert_eq!((sum.claimed, sum.candidates()), (3, 8));
        assert_eq!(new, [GapReason::NoRule].into());
    }
}
