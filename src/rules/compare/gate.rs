//! The gates: named facts about two positions that comparison rules are written with.

/// Declares the gates with their names and what they say, each written once.
macro_rules! gates {
    ($($variant:ident = $text:literal, $says:literal;)+) => {
        /// A named fact about two positions; every gate gives the same answer whichever position comes first.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Gate { $(#[doc = $says] $variant),+ }

        impl Gate {
            /// Every gate, in declaration order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The name as rule files write it.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }

            /// What it says, in one sentence.
            pub const fn says(self) -> &'static str {
                match self { $(Self::$variant => $says),+ }
            }
        }
    };
}

gates! {
    SameOutcome = "same-outcome", "Both figures count the same outcome.";
    OutcomeWithin = "outcome-within", "One figure counts the dead or the wounded, the other both together.";
    SameNumber = "same-number", "Both figures have the same qualifier and number.";
    IntervalsMeet = "intervals-meet", "Some number of people fits both figures.";
    MuchLarger = "much-larger", "One figure is larger than the other by the factor of the settings or more.";
    FarInSize = "far-apart-in-size", "One figure is so many times the other that they hardly count one happening.";
    Single = "single-person", "One figure is of one person, told of in the text and not in a headline.";
    Vague = "vague", "At least one figure is a vague word.";
    SamePerson = "same-person", "Both figures are of one person, told of in alike words.";
    OtherPerson = "other-person", "Both figures are of one person, and words of kin tell that they are not the same: her husband, her daughter.";
    Deaths = "deaths", "At least one figure counts the dead alone.";
    SomeAndNone = "some-and-none", "One says nobody, the other somebody.";
    SameVictims = "same-victims", "Both figures count the same people: class and side are the same, or one leaves them open and was restated so.";
    VictimsNested = "victims-nested", "The people of one figure are part of the people of the other.";
    DisjointVictims = "disjoint-victims", "No person can be counted in both figures.";
    SameSide = "same-side", "Both figures name the same side's people.";
    PartLarger = "part-larger-than-whole", "The figure for a part is larger than the one for its whole.";
    PartSmaller = "part-smaller-and-earlier", "The figure for a part is below the one for its whole, which was not said before it.";
    Breakdown = "breakdown", "At least one figure is a part of a larger one that its own document gives.";
    BothBreakdown = "both-breakdown", "Both figures are parts of larger ones of their own documents.";
    AddsUp = "adds-up", "The larger figure is the smaller one and another of its own document together.";
    Increment = "increment", "At least one figure comes on top of an earlier one.";
    Former = "former", "At least one figure is told as an earlier one that its own article replaces.";
    Revised = "revised", "The one said later replaces the other openly: its article tells the other's number as an earlier figure, or the same origin says that it corrects itself.";
    Restarted = "restarted", "One is a running total, and the other is counted from a beginning much later than its own, or anew.";
    Miscounted = "miscounted", "One is an earlier total, and what the other's article says came on top of it does not make the other's total.";
    RisingTotals = "rising-totals", "Both are running totals told of different days, and the one of the later day is larger.";
    FallingTotals = "falling-totals", "Both are running totals, and the one told of a later day, or said later, is wholly below the other.";
    Cumulative = "cumulative", "Both figures are running totals.";
    OneCumulative = "one-cumulative", "Exactly one of the figures is a running total.";
    Dated = "dated", "At least one figure's own words date the harm.";
    PeriodWithin = "period-within", "One figure covers a day or two, the other a longer time that began well before.";
    TimesApart = "times-apart", "The figures are said of days that do not touch.";
    PlacesApart = "places-apart", "Both name places, and neither one's document names the other's.";
    PlaceWithin = "place-within", "A place of one lies in a larger one that the other names.";
    SameDay = "same-day", "Both were said on the same day, or the day of one is unknown.";
    Later = "later", "They were said on different days.";
    MuchLater = "much-later", "They were said as many days apart as the settings ask for, or more.";
    LaterLarger = "later-and-larger", "The one said later is above the other; of an open figure its least number counts.";
    LaterSmaller = "later-and-smaller", "The one said later is wholly below the other.";
    Headline = "headline", "At least one stands in a headline only.";
    HeadlineAlone = "headline-alone", "One stands in an article's headline, and no figure of its text meets it; the other is the largest of the text.";
    Hedged = "hedged", "At least one is given as uncertain.";
    Unsure = "both-hedged", "Both are given as uncertain.";
    SameDocument = "same-document", "Both stand in one document and nowhere else.";
    SameOutlet = "same-outlet", "Some outlet says both.";
    OneOutlet = "one-outlet", "One outlet, and no other, says both.";
    OneArticle = "one-article", "They stand in versions of one article, and neither version has the number of the other.";
    CopiedText = "copied-text", "Both stand in one sentence that several documents have, numbers left out.";
    SameOrigin = "same-origin", "Some origin gives both.";
    SameSpeaker = "same-speaker", "Some named speaker says both.";
    SamePhase = "same-phase", "Both date the same part of the event: its start, its end, its occurrence.";
    OppositePhases = "opposite-phases", "One dates the start, the other the end.";
    DaysMeet = "days-meet", "The two times share a day.";
    DaysFarApart = "days-far-apart", "The two times are as many days apart as the settings ask for, or more.";
    Precise = "precise", "Both times are as short as the settings ask for.";
    SameHappening = "same-happening", "Both date the same happening: its words are alike, or a start or end of the same kind of incident.";
    SameAccused = "same-accused", "Both accuse the same actor.";
    AccusedWithin = "accused-within", "One accused is a part of the other, or stands for any armed group.";
    OtherAttackers = "other-attackers", "The sentences of both figures blame somebody for the harm, and not the same.";
    Rivals = "opposite-accused", "The accused of one is the accuser or the victim of the other, in this pair or in this event.";
    SameAct = "same-act", "Both accusations are of the same family of acts.";
    ActsAlike = "acts-alike", "Both accusations are of one family of acts, or neither is of one that stands apart.";
    Denies = "denies", "One is the denial of the other.";
}

impl Gate {
    /// The gate whose name is nearest to `text`.
    pub fn nearest(text: &str) -> &'static str {
        let likeness = |gate: &Self| strsim::jaro_winkler(text, gate.as_str());
        Self::ALL.iter().max_by(|a, b| likeness(a).total_cmp(&likeness(b))).map_or("", |gate| gate.as_str())
    }
}

impl std::str::FromStr for Gate {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.iter().copied().find(|gate| gate.as_str() == text).ok_or(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gate_names_are_unique_and_parse_back() {
        for (i, gate) in Gate::ALL.iter().enumerate() {
            assert_eq!(gate.as_str().parse(), Ok(*gate));
            assert!(Gate::ALL.iter().skip(i + 1).all(|other| other.as_str() != gate.as_str()));
            assert!(gate.says().ends_with('.'));
        }
    }
}
