//! Gaps: why a sentence with a number and a word of casualty gave no casualty claim, from what the stages saw of it.

use super::build::senses;
use super::chart::Chart;
use super::draft::Draft;
use super::mention::{Mention, Reading};
use super::sentence::Sentence;
use crate::claim::Content;
use crate::rules::RuleSet;
use crate::rules::symbol::{Symbol, SymbolSet};
use crate::text::{Span, TokenKind};
use crate::value::{Counted, GapReason, Qualifier, Referent};

/// Tokens from one to before another.
type Tokens = (usize, usize);

/// Why a sentence gave no casualty claim, with the words that tell.
pub(super) struct Cause {
    pub(super) reason: GapReason,
    pub(super) people: Option<Span>,
    pub(super) harm: Option<Span>,
    /// The numbers that count no people.
    pub(super) numbers: Vec<(Span, Counted)>,
}

/// The word classes of casualty.
pub(super) fn harms(rules: &RuleSet) -> SymbolSet {
    let mut set = SymbolSet::default();
    classes(rules).into_iter().for_each(|class| set.insert(class));
    set
}

fn classes(rules: &RuleSet) -> [Symbol; 4] {
    let known = &rules.known;
    [known.harm, known.perish, known.state, known.harm_noun]
}

/// True if a sentence whose mentions are in the chart counts something, be it people or not.
pub(super) fn counts_something(sentence: &Sentence<'_>, rules: &RuleSet, text: &str) -> bool {
    let (people, others) = Look { chart: &sentence.chart, rules, text }.numbers();
    !(people.is_empty() && others.is_empty())
}

/// The cause for a sentence that holds a word of casualty and made these drafts; `None` if it counts nothing.
pub(super) fn cause<'d>(
    sentence: &Sentence<'_>,
    rules: &RuleSet,
    text: &str,
    drafts: impl Iterator<Item = &'d Draft>,
) -> Option<Cause> {
    let look = Look { chart: &sentence.chart, rules, text };
    let (people, others) = look.numbers();
    if people.is_empty() && others.is_empty() {
        return None;
    }
    let pair = look.nearest(&people);
    let reason = match pair {
        _ if people.is_empty() && others.iter().any(|(_, counted)| *counted == Counted::Noun) => GapReason::UnknownNoun,
        _ if people.is_empty() => GapReason::NoPeople,
        Some(_) if unresolved(sentence, rules) => GapReason::UnresolvedGroup,
        Some((people, harm)) => look.between(people, harm, drafts),
        None => GapReason::NoRule,
    };
    let chart = look.chart;
    let numbers = others.iter().map(|&((start, end), counted)| (chart.range(start, end), counted)).collect();
    Some(Cause {
        reason,
        people: pair.map(|(people, _)| chart.range(people.at.0, people.at.1)),
        harm: pair.map(|(_, harm)| chart.range(harm.0, harm.1)),
        numbers,
    })
}

/// True if a casualty rule has found people whose number the text has not given.
fn unresolved(sentence: &Sentence<'_>, rules: &RuleSet) -> bool {
    let Sentence { chart, scratch, .. } = sentence;
    let stage = &rules.stages.claim.rules;
    let group = |mention: &Mention| matches!(&mention.reading, Reading::People(people) if people.is_group());
    scratch.matches.iter().any(|found| {
        let rule = &stage[usize::from(found.rule)];
        rule.emits == rules.known.casualty
            && scratch
                .kept(found, &rule.program, "v")
                .filter_map(|kept| chart.mentions.get(kept.mention? as usize))
                .any(group)
    })
}

/// People of a sentence.
#[derive(Clone, Copy)]
struct Counting {
    at: Tokens,
    /// True of "no soldiers".
    none: bool,
}

/// A chart looked at for what the claim stage left.
struct Look<'c, 'r> {
    chart: &'c Chart<'r>,
    rules: &'r RuleSet,
    text: &'c str,
}

impl Look<'_, '_> {
    /// The people that the sentence counts, and the numbers that count something else.
    fn numbers(&self) -> (Vec<Counting>, Vec<(Tokens, Counted)>) {
        let known = &self.rules.known;
        let (mut people, mut others) = (Vec::new(), Vec::new());
        for mention in &self.chart.mentions {
            let Reading::People(reading) = &mention.reading else { continue };
            let (at, words) = ((mention.start, mention.end), reading.quantity.words);
            let counts = reading.referent == Referent::New || reading.is_group();
            let bare = !reading.single && words == at;
            let people_are_meant = counts && !(bare && self.counts_nobody(at));
            if people_are_meant && self.age(words).is_none() {
                people.push(Counting { at, none: reading.quantity.count.qualifier == Qualifier::None });
            }
        }
        for mention in self.chart.mentions.iter().filter(|m| m.symbol == known.count) {
            let Reading::Count(quantity) = &mention.reading else { continue };
            let at = (mention.start, mention.end);
            let counted = |p: &Counting| p.at.0 <= at.0 && at.1 <= p.at.1;
            if quantity.count.qualifier == Qualifier::None || people.iter().any(counted) {
                continue;
            }
            let age = self.age(at).or_else(|| mention.attributes.has("age").then_some(at));
            match (age, self.noun(at)) {
                (Some(at), _) => others.push((at, Counted::Age)),
                (None, (at, Some(counted))) => others.push((at, counted)),
                (None, (at, None)) => people.push(Counting { at, none: false }),
            }
        }
        others.extend(self.times().map(|at| self.age(at).map_or((at, Counted::Time), |age| (age, Counted::Age))));
        let money = |&at: &usize| {
            let number = self.chart.tokens.get(at + 1).is_some_and(|token| token.kind == TokenKind::Number);
            self.chart.is(at, known.currency) && number
        };
        others.extend((0..self.chart.len()).filter(money).map(|at| ((at, at + 2), Counted::Money)));
        others.sort_by_key(|(at, _)| *at);
        others.dedup_by_key(|(at, _)| *at);
        people.sort_by_key(|p| p.at);
        (people, others)
    }

    /// The age that a number is part of.
    fn age(&self, (start, end): Tokens) -> Option<Tokens> {
        let ages = self.chart.mentions.iter().filter(|m| m.symbol == self.rules.known.age);
        ages.filter(|m| m.start < end && start < m.end).map(|m| (m.start, m.end)).next()
    }

    /// The times that are told with a number.
    fn times(&self) -> impl Iterator<Item = Tokens> {
        let known = &self.rules.known;
        let of = |symbol| self.chart.mentions.iter().filter(move |m| m.symbol == symbol);
        let numbered = move |time: &&Mention| of(known.number).any(|n| time.start <= n.start && n.end <= time.end);
        of(known.time).filter(numbered).map(|time| (time.start, time.end))
    }

    /// True of a number alone that no harm stands beside, or whose noun is a thing.
    fn counts_nobody(&self, (start, end): Tokens) -> bool {
        let mut beside = harms(self.rules);
        let before = start.checked_sub(1).is_some_and(|at| self.chart.here()[at].meets(&beside));
        beside.insert(self.rules.known.be);
        !(before || self.chart.here()[end].meets(&beside)) || self.noun((start, end)).1 == Some(Counted::Thing)
    }

    /// What follows a number: a thing, a noun that no rule knows, nothing; `None` if it is people.
    fn noun(&self, (start, end): Tokens) -> (Tokens, Option<Counted>) {
        let known = &self.rules.known;
        let chart = self.chart;
        let of = |at: usize| chart.is(at, known.preposition) && at == end;
        let mut first = None;
        for at in end..(end + self.rules.reach.noun).min(chart.len()) {
            // "Dozens watched the death": another noun phrase begins, unless it is "of the".
            if at > end && !of(at - 1) && [known.article, known.determiner].into_iter().any(|class| chart.is(at, class))
            {
                break;
            }
            let of_things =
                [known.thing, known.harm_noun].into_iter().flat_map(|class| self.senses((at, chart.len()), class));
            if let Some((_, last)) = of_things.filter(|(first, _)| *first == at).max() {
                return ((start, last), Some(Counted::Thing));
            }
            if chart.here()[at].has(known.person) {
                return ((start, at + 1), None);
            }
            let word = chart.tokens[at].kind == TokenKind::Word;
            if !word || chart.is(at, known.be) || chart.is(at, known.preposition) && !of(at) {
                break;
            }
            if first.is_none() && !of(at) && !chart.is(at, known.function) {
                first = Some(at);
            }
        }
        first.map_or(((start, end), Some(Counted::Nothing)), |at| ((start, at + 1), Some(Counted::Noun)))
    }

    /// The people and the harm that stand nearest each other.
    fn nearest<'p>(&self, people: &'p [Counting]) -> Option<(&'p Counting, Tokens)> {
        let harms = classes(self.rules).into_iter().flat_map(|class| self.senses((0, self.chart.len()), class));
        let harms: Vec<Tokens> = harms.collect();
        let pairs = people.iter().flat_map(|p| harms.iter().map(move |harm| (p, *harm)));
        pairs.min_by_key(|(p, harm)| {
            let distance = if harm.0 >= p.at.1 { harm.0 - p.at.1 } else { p.at.0.saturating_sub(harm.1) };
            (distance, p.at, *harm)
        })
    }

    fn senses(&self, within: Tokens, class: Symbol) -> impl Iterator<Item = Tokens> {
        senses(self.chart, self.rules, self.text, within, class).map(|(start, end, _)| (start, end))
    }

    /// What stands between people and a harm near them.
    fn between<'d>(&self, people: &Counting, harm: Tokens, mut drafts: impl Iterator<Item = &'d Draft>) -> GapReason {
        let known = &self.rules.known;
        let (first, last) = (people.at.0.min(harm.0), people.at.1.max(harm.1));
        let near = |reach: usize, class| self.senses((first.saturating_sub(reach), last), class).next().is_some();
        let words = self.chart.range(people.at.0, people.at.1);
        let (mut counted, mut denied) = (false, false);
        drafts.by_ref().for_each(|draft| match draft.content {
            Content::Strength(_) => counted |= draft.span.overlaps(words),
            Content::Denial { .. } => denied = true,
            _ => {}
        });
        if counted {
            GapReason::Overlapped
        } else if denied || people.none || near(self.rules.reach.negation, known.negation) {
            GapReason::DeniedOrNegated
        } else if near(self.rules.reach.hypothetical, known.hypothetical) {
            GapReason::Hypothetical
        } else if self.does(people.at, harm) {
            GapReason::Doers
        } else {
            GapReason::NoRule
        }
    }

    /// True if the people are the subject of a verb of harm: a rule would have taken a participle for their own.
    fn does(&self, people: Tokens, harm: Tokens) -> bool {
        let known = &self.rules.known;
        let linked = |at| [known.adverb, known.have, known.relative].into_iter().any(|class| self.chart.is(at, class));
        people.1 <= harm.0 && self.chart.here()[harm.0].has(known.harm) && (people.1..harm.0).all(linked)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use super::*;
    use crate::extract::{Gap, Gaps, Wanted, extract};
    use crate::rules::RuleFiles;
    use crate::text::Document;

    static RULES: LazyLock<RuleSet> = LazyLock::new(|| RuleSet::load(&RuleFiles::built_in()).unwrap());

    fn gaps(text: &str) -> Vec<Gap> {
        let document = Document { text: text.into(), body: vec![Span::new(0, text.len())], ..Document::default() };
        extract(&document, &RULES, Wanted { gaps: Gaps::All, ..Wanted::default() }).gaps
    }

    /// The reason for the only gap of a text, in a word and in words.
    fn reason(text: &str) -> (GapReason, String) {
        match &gaps(text)[..] {
            [gap] => (gap.reason, gap.why.to_string()),
            other => panic!("one gap, not {other:?}"),
        }
    }

    fn counted(text: &str) -> Vec<(String, Counted)> {
        let gaps = gaps(text);
        assert_eq!(gaps.iter().map(|gap| gap.reason).collect::<Vec<_>>(), [GapReason::NoPeople], "{gaps:?}");
        gaps[0].numbers.iter().map(|(words, counted)| (words.to_string(), *counted)).collect()
    }

    #[test]
    fn numbers_of_times_ages_money_and_things_count_no_people() {
        let one = |words: &str, counted| vec![(words.to_owned(), counted)];
        assert_eq!(counted("The raid of 12 May 2020 killed cattle."), one("12 May 2020", Counted::Time));
        assert_eq!(counted("The murders shook Jordyn Quill, age 16."), one("16", Counted::Age));
        assert_eq!(counted("The murders shook 29-year-old Jordyn Quill."), one("29-year-old", Counted::Age));
        assert_eq!(counted("The raid cost $12 and killed cattle."), one("$12", Counted::Money));
        assert_eq!(counted("Three heavy rockets killed cattle."), one("Three heavy rockets", Counted::Thing));
        assert_eq!(counted("He faces one murder charge."), one("one murder", Counted::Thing));
        assert_eq!(counted("About the killing call 562."), one("562", Counted::Nothing));
        let why = reason("Three heavy rockets killed cattle.").1;
        assert_eq!(why, "the numbers count no people: “Three heavy rockets” is a thing");
    }

    #[test]
    fn a_noun_that_no_word_list_has_is_named() {
        assert_eq!(reason("Dozens watched the death of the bridge.").0, GapReason::UnknownNoun);
        let (reason, why) = reason("The blast of 12 May 2020 killed 40 glimworts.");
        assert_eq!(reason, GapReason::UnknownNoun);
        assert_eq!(why, "no word list knows what is counted: “40 glimworts”");
    }

    #[test]
    fn people_and_harm_that_no_rule_joins_are_named() {
        let (reason, why) = reason("Six soldiers watched as the bridge fell, a scene of death.");
        assert_eq!((reason, &*why), (GapReason::NoRule, "no rule joins “Six soldiers” and “death”"));
    }

    #[test]
    fn the_subject_of_a_verb_of_harm_is_not_its_victim() {
        let (reason, why) = reason("Two soldiers killed the dog.");
        assert_eq!((reason, &*why), (GapReason::Doers, "the harm (“killed”) is done by “Two soldiers”"));
    }

    #[test]
    fn a_negation_near_the_people_and_a_denial_are_told() {
        let denial = "The ministry denied the claim that six soldiers knew of the deaths.";
        for text in ["Six people were not hurt.", "No soldiers spoke of the killing.", denial] {
            assert_eq!(reason(text).0, GapReason::DeniedOrNegated, "{text}");
        }
    }

    #[test]
    fn what_may_be_is_told_from_what_was() {
        assert_eq!(reason("If the siege goes on, six children would see death.").0, GapReason::Hypothetical);
    }

    #[test]
    fn people_of_another_claim_are_told() {
        assert_eq!(reason("Some 2,000 peacekeepers were deployed after the killing.").0, GapReason::Overlapped);
    }

    #[test]
    fn a_group_that_nothing_has_counted_is_told() {
        let (reason, why) = reason("The drivers were later killed.");
        assert_eq!((reason, &*why), (GapReason::UnresolvedGroup, "nothing before says how many “The drivers” are"));
        assert_eq!(gaps("Six drivers were missing. The drivers were later killed."), []);
    }

    #[test]
    fn a_sentence_without_a_number_or_without_harm_is_no_gap() {
        for text in ["The raid killed cattle.", "Six people were happy.", "Six people were killed.", ""] {
            assert_eq!(gaps(text), [], "{text}");
        }
    }
}
