//! A claim as it is written: one line per claim.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Day, Days, Hex, PartyPart, Sha256, Word, corrected, days};
use crate::analysis::Analysis;
use crate::claim::{Content, Figure, Setting};
use crate::value::{
    ClaimKind, Correctable, Modality, Name, Outcome, Phase, Qualifier, Referent, Standing, VictimClass,
};

/// One comparable statement of one article, with the words it stands on.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(title = "claim")]
pub struct ClaimLine<'a> {
    /// Stable: the same input gives the same id.
    pub id: Hex,
    /// The document's id.
    pub document: &'a str,
    /// Who published it; null if unknown.
    pub outlet: Option<&'a str>,
    /// The agency whose words its document carries; null if it credits none.
    pub credit: Option<&'a str>,
    /// Day of publication; null if unknown.
    pub published: Option<Day>,
    /// The headline; null if unknown.
    pub title: Option<&'a str>,
    /// Where it was published; null if unknown.
    pub url: Option<&'a str>,
    /// What kind of statement it is.
    pub kind: Word<ClaimKind>,
    /// The claim's words, exact.
    pub quote: &'a str,
    /// First Unicode code point of the quote in the document's text; null if a given claim does not say.
    pub start: Option<u32>,
    /// One past its last code point; null likewise.
    pub end: Option<u32>,
    /// SHA-256 of the document's text, into which `start` and `end` point; null if the text was not seen.
    pub sha256: Option<Sha256>,
    /// The sentence that holds the quote.
    pub sentence: &'a str,
    /// Index of the sentence in its document, counted from 0.
    pub sentence_index: u32,
    /// True when the claim stands in the headline.
    pub headline: bool,
    /// Who the text says said it, the nearest source; null: the outlet's own voice.
    pub speaker: Option<PartyPart<'a>>,
    /// Further sources of the chain, nearest first.
    pub via: Vec<&'a str>,
    /// How sure the text is.
    pub modality: Word<Modality>,
    /// First and last day of when the thing happened; null if not resolvable.
    pub time: Option<Days>,
    /// True when the claim's own sentence says when, false when its article does.
    pub timed_here: bool,
    /// Names of the sentence, in order.
    pub setting: SettingPart<'a>,
    /// Names of the whole article, the most frequent first.
    pub article_setting: SettingPart<'a>,
    /// Id of the event the claim is about; null if none.
    pub event: Option<Hex>,
    /// The event in a few words; null if none.
    pub event_label: Option<&'a str>,
    /// Id of the extraction rule that made it.
    pub rule: &'a str,
    /// What a reviewer corrected in it.
    pub corrected: Vec<Word<Correctable>>,
    /// Casualty and strength only.
    #[serde(flatten)]
    pub figure: Option<FigurePart<'a>>,
    /// Timing only.
    #[serde(flatten)]
    pub timing: Option<TimingPart<'a>>,
    /// Blame only.
    #[serde(flatten)]
    pub blame: Option<BlamePart<'a>>,
    /// Denial only.
    #[serde(flatten)]
    pub denial: Option<DenialPart>,
}

/// What happened to how many of whom.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct FigurePart<'a> {
    /// What befell the people.
    pub outcome: Word<Outcome>,
    /// How many.
    pub count: CountPart<'a>,
    /// Who they are.
    pub victims: VictimsPart<'a>,
    /// True for a running total.
    pub cumulative: bool,
    /// True when the figure is named as a part of another one.
    pub part: bool,
    /// True when the figure comes on top of an earlier one.
    pub increment: bool,
    /// How it stands to others of its own series.
    pub standing: Word<Standing>,
    /// True when the dead are the attackers themselves.
    pub perpetrator: bool,
    /// How the text speaks of them.
    pub referent: Word<Referent>,
    /// How many incidents the figure covers together; 0 where several, and nobody says how many.
    pub incidents: u16,
    /// True when they are the others, besides somebody spoken of.
    pub others: bool,
    /// True when the figure stands in one list with the one before it.
    pub joined: bool,
}

/// Where and among whom.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct SettingPart<'a> {
    /// Actors, as canonical names.
    pub actors: Vec<&'a str>,
    /// Places, likewise.
    pub places: Vec<&'a str>,
    /// Kinds of incident, likewise.
    pub incidents: Vec<&'a str>,
}

impl<'a> From<&'a Setting> for SettingPart<'a> {
    fn from(setting: &'a Setting) -> Self {
        let names = |names: &'a [Name]| names.iter().map(Name::as_str).collect();
        Self { actors: names(&setting.actors), places: names(&setting.places), incidents: names(&setting.incidents) }
    }
}

/// A stated number of people.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct CountPart<'a> {
    /// The quantity words as written.
    pub text: &'a str,
    /// The word that qualifies the number.
    pub qualifier: Word<Qualifier>,
    /// The number as stated, a range's lower end; null when vague, 0 when none.
    pub value: Option<u64>,
    /// A range's upper end.
    pub upper: Option<u64>,
    /// Lowest number the words allow.
    pub low: u64,
    /// Highest; null when open.
    pub high: Option<u64>,
}

/// The people counted.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct VictimsPart<'a> {
    /// The words of the text.
    pub text: &'a str,
    /// What they are.
    pub class: Word<VictimClass>,
    /// Whose people they are.
    pub side: Option<&'a str>,
}

/// When something happened, began or ended.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct TimingPart<'a> {
    /// The event's words.
    pub what: &'a str,
    /// Which part of it is dated.
    pub phase: Word<Phase>,
}

/// Who is made responsible for what; the accuser is `speaker`.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct BlamePart<'a> {
    /// Who is accused.
    pub accused: PartyPart<'a>,
    /// The act, in the text's words.
    pub act: &'a str,
}

/// What is denied.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct DenialPart {
    /// Id of the denied claim, if it is in the same document.
    pub target: Option<Hex>,
}

impl<'a> ClaimLine<'a> {
    /// The lines of all claims, in order.
    pub fn of(analysis: &'a Analysis) -> impl Iterator<Item = Self> {
        analysis.claims.iter().enumerate().map(|(index, claim)| {
            let article = &claim.article;
            let event = analysis.event_of(index);
            Self {
                id: Hex(claim.id),
                document: &article.document,
                outlet: article.outlet.as_deref(),
                credit: article.credit.as_deref(),
                published: article.published.map(Day),
                title: article.title.as_deref(),
                url: article.url.as_deref(),
                kind: Word(claim.content.kind()),
                quote: claim.quote(),
                start: claim.place().map(|(start, _)| start),
                end: claim.place().map(|(_, end)| end),
                sha256: article.sha256.map(Sha256),
                sentence: &claim.sentence,
                sentence_index: claim.sentence_index,
                headline: claim.headline,
                speaker: claim.speaker.as_deref().map(Into::into),
                via: claim.via.iter().map(|source| &**source).collect(),
                modality: Word(claim.modality),
                time: days(claim.time),
                timed_here: claim.timed_here,
                setting: (&*claim.setting).into(),
                article_setting: (&*claim.article_setting).into(),
                event: event.map(|event| Hex(event.id)),
                event_label: event.map(|event| &*event.label),
                rule: claim.rule.as_str(),
                corrected: corrected(claim.corrected),
                figure: claim.content.figure().map(Into::into),
                timing: match &*claim.content {
                    Content::Timing { what, phase } => Some(TimingPart { what, phase: Word(*phase) }),
                    _ => None,
                },
                blame: match &*claim.content {
                    Content::Blame { accused, act } => Some(BlamePart { accused: accused.into(), act }),
                    _ => None,
                },
                denial: match &*claim.content {
                    Content::Denial { target } => Some(DenialPart { target: target.map(Hex) }),
                    _ => None,
                },
            }
        })
    }

    /// What the claim says in a few words, for tables.
    pub fn says(&self) -> String {
        if let Some(FigurePart { outcome, count, victims, .. }) = &self.figure {
            let side = victims.side.map(|side| format!(", {side}")).unwrap_or_default();
            format!("{} {}: {}{side}", count.text, outcome.0, victims.class.0)
        } else if let Some(TimingPart { what, phase }) = &self.timing {
            format!("{}: {what}", phase.0)
        } else if let Some(BlamePart { accused, act }) = &self.blame {
            format!("{}: {act}", accused.actor.unwrap_or(accused.text))
        } else {
            String::new()
        }
    }
}

impl<'a> From<&'a Figure> for FigurePart<'a> {
    fn from(figure: &'a Figure) -> Self {
        let count = &figure.count;
        Self {
            outcome: Word(figure.outcome),
            count: CountPart {
                text: &figure.words,
                qualifier: Word(count.qualifier),
                value: count.value,
                upper: count.upper,
                low: count.interval.low,
                high: count.interval.high,
            },
            victims: VictimsPart {
                text: &figure.victims.text,
                class: Word(figure.victims.class),
                side: figure.victims.side.as_ref().map(|side| side.as_str()),
            },
            cumulative: figure.cumulative,
            part: figure.part,
            increment: figure.increment,
            standing: Word(figure.standing),
            perpetrator: figure.perpetrator,
            referent: Word(figure.referent),
            incidents: figure.incidents,
            others: figure.others,
            joined: figure.joined,
        }
    }
}
