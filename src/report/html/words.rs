//! The words of an answer: its sentence in pieces, with the claim, what decides it, and what another sentence says
//! otherwise marked.

use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::claim::{Claim, Content};
use crate::report::text::{Excerpt, excerpt, one_line};

/// Sentences that share fewer of their words than this are worded apart, and a difference of words says nothing.
const ALIKE: f32 = 0.5;

/// A stretch of a sentence that is shown in one way.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) text: String,
    /// Part of the claim.
    pub(super) claim: bool,
    /// The words that decide the answer: the number, the accused.
    pub(super) key: bool,
    /// Other than in the sentence that it is set against.
    pub(super) differs: bool,
}

/// A claim's sentence, shortened around its words, on one line.
pub(super) struct Sentence {
    text: String,
    claim: Range<usize>,
    key: Range<usize>,
    /// The words, as ranges of `text`.
    words: Vec<Range<usize>>,
    /// True for each word that differs.
    differs: Vec<bool>,
}

impl Sentence {
    pub(super) fn of(claim: &Claim) -> Self {
        let Excerpt { before, words, after } = excerpt(&claim.sentence, claim.quote());
        let at = before.len()..before.len() + words.len();
        let key = one_line(key(claim));
        let key = match words.find(&key).filter(|_| !key.is_empty()) {
            Some(start) => at.start + start..at.start + start + key.len(),
            None => at.start..at.start,
        };
        let text = format!("{before}{words}{after}");
        let words = words_of(&text);
        Self { differs: vec![false; words.len()], text, claim: at, key, words }
    }

    /// Marks the words that the most similar of other sentences does not have, if one is similar enough.
    pub(super) fn set_against<'s>(&mut self, others: impl Iterator<Item = &'s Self>) {
        let own = self.folded();
        let compared = others.map(|other| {
            let theirs = other.folded();
            let same = same_words(&own, &theirs);
            (2.0 * same.iter().filter(|same| **same).count() as f32 / (own.len() + theirs.len()) as f32, same)
        });
        if let Some((likeness, same)) = compared.max_by(|(a, _), (b, _)| a.total_cmp(b))
            && likeness >= ALIKE
        {
            self.differs = same.iter().map(|same| !same).collect();
        }
    }

    /// The words without their case and the punctuation around them.
    fn folded(&self) -> Vec<String> {
        let word =
            |at: &Range<usize>| self.text[at.clone()].trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        self.words.iter().map(word).collect()
    }

    /// The sentence in pieces.
    pub(super) fn pieces(&self) -> Vec<Piece> {
        let mut cuts = vec![0, self.text.len(), self.claim.start, self.claim.end, self.key.start, self.key.end];
        let differing = || self.words.iter().zip(&self.differs).filter(|(_, differs)| **differs).map(|(word, _)| word);
        cuts.extend(differing().flat_map(|word| [word.start, word.end]));
        cuts.sort_unstable();
        cuts.dedup();
        let piece = |cut: &[usize]| {
            let [start, end] = cut else { return None };
            let inside = |of: &Range<usize>| of.start <= *start && *end <= of.end;
            let text = self.text.get(*start..*end)?.to_owned();
            Some(Piece { text, claim: inside(&self.claim), key: inside(&self.key), differs: differing().any(inside) })
        };
        cuts.windows(2).filter_map(piece).collect()
    }
}

/// For each word of one sentence whether the other has it at the same place of its order.
fn same_words(own: &[String], theirs: &[String]) -> Vec<bool> {
    let mut same = vec![false; own.len()];
    for op in capture_diff_slices(Algorithm::Patience, own, theirs) {
        if let (DiffOp::Equal { .. }, Some(run)) = (op, same.get_mut(op.old_range())) {
            run.fill(true);
        }
    }
    same
}

fn words_of(text: &str) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (start, c.is_whitespace()) {
            (None, false) => start = Some(at),
            (Some(from), true) => {
                words.push(from..at);
                start = None;
            }
            _ => {}
        }
    }
    words
}

/// The words of a claim that decide its answer.
fn key(claim: &Claim) -> &str {
    match &*claim.content {
        Content::Casualty(figure) | Content::Strength(figure) => &figure.words,
        Content::Blame { accused, .. } => &accused.text,
        Content::Timing { .. } | Content::Denial { .. } => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture;

    fn sentence(text: &str, claim: &str) -> Sentence {
        let start = text.find(claim).unwrap();
        let words = words_of(text);
        let differs = vec![false; words.len()];
        Sentence { text: text.to_owned(), claim: start..start + claim.len(), key: start..start, words, differs }
    }

    fn shown(sentence: &Sentence) -> String {
        let mark = |piece: &Piece| match (piece.claim, piece.differs) {
            (true, true) => format!("[{}!]", piece.text),
            (true, false) => format!("[{}]", piece.text),
            (false, true) => format!("{}!", piece.text),
            (false, false) => piece.text.clone(),
        };
        sentence.pieces().iter().map(mark).collect()
    }

    #[test]
    fn words_that_differ_are_marked_where_the_sentences_are_alike() {
        let mut one = sentence("At least 31 soldiers were killed on Sunday.", "31 soldiers");
        let other = sentence("At least 16 soldiers were killed on Monday.", "16 soldiers");
        one.set_against([&other].into_iter());
        assert_eq!(shown(&one), "At least [31!][ soldiers] were killed on Sunday.!");
    }

    #[test]
    fn nothing_differs_from_a_sentence_about_something_else() {
        let mut one = sentence("At least 31 soldiers were killed.", "31 soldiers");
        one.set_against([&sentence("The talks will go on in the autumn.", "talks")].into_iter());
        assert_eq!(shown(&one), "At least [31 soldiers] were killed.");
    }

    #[test]
    fn the_number_of_a_claim_is_its_key() {
        let analysis = fixture::analysis();
        let pieces = Sentence::of(&analysis.claims[0]).pieces();
        let keys: Vec<&str> = pieces.iter().filter(|piece| piece.key).map(|piece| &*piece.text).collect();
        assert_eq!(keys, ["50"]);
        assert_eq!(pieces.iter().map(|piece| &*piece.text).collect::<String>(), fixture::SENTENCE);
    }
}
