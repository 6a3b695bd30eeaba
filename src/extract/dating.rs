//! The days of a claim: by the times of its sentence, or by the claims around it.

use super::build::{is_word, senses};
use super::draft::{Draft, Drafter};
use super::mention::{Mention, Reading};
use crate::claim::Content;
use crate::rules::Reach;
use crate::rules::symbol::Symbol;
use crate::value::{DayRange, Outcome, Phase};
use jiff::civil::Date;

impl Drafter<'_, '_> {
    /// The time of the words at tokens `at`: the nearest expression that covers days. Times of speaking count only
    /// where there is no other, and those of what the law did not at all, unless the claim is of that itself.
    pub(super) fn time(&self, at: (usize, usize), by_law: bool) -> Option<DayRange> {
        self.nearest(at, |mention| by_law || !self.follows(mention, self.rules.known.court))
    }

    /// The time of an act that somebody is held to account for: never that of the accusation.
    pub(super) fn time_of_act(&self, at: (usize, usize)) -> Option<DayRange> {
        let known = &self.rules.known;
        self.nearest(at, |mention| !self.follows(mention, known.court) && !self.follows(mention, known.say))
    }

    fn nearest(&self, at: (usize, usize), counts: impl Fn(&Mention) -> bool) -> Option<DayRange> {
        let known = &self.rules.known;
        let mut best: Option<(bool, usize, DayRange)> = None;
        for mention in self.chart.mentions.iter().filter(|m| m.symbol == known.time) {
            let Reading::Time(time) = &mention.reading else { continue };
            let Some(days) = time.days else { continue };
            if !counts(mention) {
                continue;
            }
            let days = match (time.since, self.published) {
                (true, Some(published)) => DayRange::new(days.first, published.max(days.first)),
                _ => days,
            };
            let distance = if mention.start >= at.1 { mention.start - at.1 } else { at.0.saturating_sub(mention.end) };
            let spoken = self.follows(mention, known.say);
            if best.is_none_or(|(far, least, _)| (spoken, distance) < (far, least)) {
                best = Some((spoken, distance, days));
            }
        }
        best.map(|(_, _, days)| days)
    }

    /// True if a time stands right after words of a class, or after a preposition that follows them, and names nothing
    /// itself ("charged in a 2014 attack").
    pub(super) fn follows(&self, mention: &Mention, class: Symbol) -> bool {
        let known = &self.rules.known;
        let opens =
            |at: usize| [known.preposition, known.article, known.determiner].iter().any(|&s| self.chart.is(at, s));
        let word = |at: usize| is_word(self.chart, at) && !opens(at);
        if word(mention.end) && !self.chart.is(mention.end, self.rules.known.and) {
            return false;
        }
        let preposition = mention.start > 0 && self.chart.is(mention.start - 1, self.rules.known.preposition);
        let end = mention.start - usize::from(preposition);
        let within = (end.saturating_sub(self.rules.reach.act), end);
        senses(self.chart, self.rules, self.text, within, class).any(|(_, last, _)| last == end)
    }

    /// True if the sentence holds a date without days ("Tuesday" in an article without a date).
    pub(super) fn unresolved(&self) -> bool {
        let open = |r: &Reading| matches!(r, Reading::Time(t) if t.days.is_none() && t.dates());
        self.chart.mentions.iter().any(|m| m.symbol == self.rules.known.time && open(&m.reading))
    }
}

/// For each claim the time of the nearest claim before it, else after it, that is short and recent enough to frame the
/// news; where the article has none, the one time long ago that all its dated claims agree on. None where the claim's own
/// sentence names a time that cannot be resolved.
pub(super) fn frames<'d>(
    drafts: impl Iterator<Item = &'d Draft> + Clone,
    published: Option<Date>,
    reach: &Reach,
) -> Vec<Option<DayRange>> {
    let recent = |days: &DayRange| {
        days.days() <= reach.frame && published.is_none_or(|p| DayRange::day(p).widened(reach.news).meets(*days))
    };
    // The day of an arrest is not that of the deed.
    let arrest =
        |draft: &Draft| matches!(&draft.content, Content::Casualty(figure) if figure.outcome == Outcome::Captured);
    let frame = |draft: &Draft| draft.time.filter(recent).filter(|_| !arrest(draft));
    // What goes on since long ago did not happen then.
    let goes_on = |draft: &&Draft| matches!(draft.content, Content::Timing { phase: Phase::Start, .. });
    let past = || shared(drafts.clone().filter(|draft| !goes_on(draft)).filter_map(|draft| draft.time), reach);
    let mut last = drafts.clone().find_map(frame).or_else(past);
    drafts
        .map(|draft| {
            last = frame(draft).or(last);
            last.filter(|_| !draft.unresolved)
        })
        .collect()
}

/// The days of some times, background left out, if all of them have days in common.
fn shared(times: impl Iterator<Item = DayRange>, reach: &Reach) -> Option<DayRange> {
    let mut times = times.filter(|days| days.days() <= reach.long_ago);
    let first = times.next()?;
    let whole = |(common, all): (DayRange, DayRange), next: DayRange| {
        let within = || DayRange::new(common.first.max(next.first), common.last.min(next.last));
        common.meets(next).then(|| (within(), all.hull(next)))
    };
    times.try_fold((first, first), whole).map(|(_, all)| all)
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, LazyLock};

    use crate::extract::{Wanted, extract};
    use crate::rules::RuleFiles;
    use crate::rules::RuleSet;
    use crate::text::{Article, Document, Span};

    static RULES: LazyLock<RuleSet> = LazyLock::new(|| RuleSet::load(&RuleFiles::built_in()).unwrap());

    /// The days of the figures of an article of Wednesday, 20 May 1998.
    fn days(text: &str) -> Vec<String> {
        let article = Article { published: Some(jiff::civil::date(1998, 5, 20)), ..Article::default() };
        let body = vec![Span::new(0, text.len())];
        let document = Document { article: Arc::new(article), text: text.into(), body, ..Document::default() };
        let claims = extract(&document, &RULES, Wanted::default()).claims;
        let figures = claims.iter().filter(|claim| claim.content.figure().is_some());
        figures.map(|claim| claim.time.map_or_else(|| "-".into(), |time| time.to_string())).collect()
    }

    #[test]
    fn the_day_of_a_sentence_is_not_that_of_the_crime() {
        assert_eq!(days("Two clerks were killed, and Quill pleaded guilty on Tuesday."), ["-"]);
        assert_eq!(days("Two clerks were killed on 3 May, and Quill pleaded guilty on Tuesday."), ["1998-05-03"]);
        assert_eq!(days("Police arrested two clerks on Tuesday."), ["1998-05-19"]);
    }

    #[test]
    fn the_day_of_speaking_is_the_last_resort() {
        assert_eq!(
            days("Two clerks were killed in the square by raiders on Monday, police said on Tuesday."),
            ["1998-05-18"]
        );
        assert_eq!(days("Two clerks were killed, police said on Tuesday."), ["1998-05-19"]);
    }

    #[test]
    fn an_article_about_something_long_ago_is_framed_by_its_one_time() {
        assert_eq!(days("Two clerks were killed. The raid took place on 9 July 1996."), ["1996-07-09"]);
        let two =
            "Two clerks were killed. The raid took place on 9 July 1996. Another raid took place on 3 March 1995.";
        assert_eq!(days(two), ["-"]);
    }
}
