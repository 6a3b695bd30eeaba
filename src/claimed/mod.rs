//! Claims from elsewhere: lines that people or programs wrote, as claims that are compared like those read from articles.

mod entry;

use std::collections::{BTreeMap, BTreeSet};
use std::io::BufRead;
use std::path::Path;
use std::sync::Arc;

use crate::claim::{Claim, Content, Figure, Id, Party, Setting, Victims};
use crate::error::{Error, Location};
use crate::rows::{Row, Rows};
use crate::text::{Article, Span};
use crate::value::{
    ClaimKind, Count, Interval, Modality, Name, Outcome, Phase, Qualifier, Referent, Standing, Tolerance, VictimClass,
};
use entry::{CountEntry, Entry, PartyEntry, SettingEntry};

/// Where people read how files of claims are written.
const GUIDE: &str = "docs/CLAIMS.md says how claims are written";

/// The rule that claims without one are said to be made by.
const RULE: &str = "given";

/// The claims of several files, one after the other.
#[derive(Debug)]
pub struct Reader<'r> {
    tolerance: &'r Tolerance,
    documents: BTreeMap<Box<str>, Known>,
    ids: BTreeSet<(Box<str>, Id)>,
    claims: Vec<Claim>,
    warnings: Vec<Error>,
}

/// What earlier lines said of a document.
#[derive(Debug)]
struct Known {
    article: Arc<Article>,
    /// The sentence of the line before, and its index.
    sentence: Arc<str>,
    sentence_index: u32,
    /// Number of its claims.
    claims: u32,
}

impl<'r> Reader<'r> {
    /// A reader that takes "about" and "nearly" as widely as the rules do.
    pub fn new(tolerance: &'r Tolerance) -> Self {
        Self { tolerance, documents: BTreeMap::new(), ids: BTreeSet::new(), claims: Vec::new(), warnings: Vec::new() }
    }

    /// Reads a file, CSV or JSON Lines. A line that cannot be used becomes a warning.
    pub fn read(&mut self, file: &Path, input: impl BufRead) {
        for row in Rows::new(file, input).needing(&["document", "kind"]) {
            if let Err(error) = row.and_then(|row| self.take(&row)) {
                self.warnings.push(if error.help.is_some() { error } else { error.help(GUIDE) });
            }
        }
    }

    /// The claims in the order of their lines, and what is wrong with lines that were passed over.
    pub fn finish(self) -> (Vec<Claim>, Vec<Error>) {
        (self.claims, self.warnings)
    }

    fn take(&mut self, row: &Row) -> Result<(), Error> {
        let claim = self.claim(&row.read()?).map_err(|wrong| wrong.at(&row.at))?;
        self.claims.push(claim);
        Ok(())
    }

    /// The claim of an entry, which is remembered for those that follow.
    fn claim(&mut self, entry: &Entry) -> Result<Claim, Wrong> {
        let content = content(entry, self.tolerance).map_err(Wrong::Content)?;
        let document = entry.document.clone();
        let before = self.documents.get(&document);
        let number = before.map_or(0, |known| known.claims);
        let id = entry.id.unwrap_or_else(|| Id::of(&[&document, &number.to_string(), &format!("{content:?}")]));
        if self.ids.contains(&(document.clone(), id)) {
            return Err(Wrong::Twice(document, id));
        }
        let quote: Arc<str> = entry.quote.as_deref().unwrap_or_default().into();
        let sentence =
            entry.sentence.as_deref().map(Arc::from).filter(|sentence: &Arc<str>| sentence.contains(&*quote));
        let sentence = sentence.unwrap_or_else(|| Arc::clone(&quote));
        // Claims of one sentence are counted together; without a sentence each stands in its own.
        let next = match before {
            Some(known) if !sentence.is_empty() && known.sentence == sentence => known.sentence_index,
            Some(known) => known.sentence_index.saturating_add(1),
            None => 0,
        };
        let sentence_index = entry.sentence_index.unwrap_or(next);
        // A claim whose place is not known gets an empty one, in the order of the lines.
        let (start, end) = entry.start.zip(entry.end).unwrap_or((number, number));
        let at = sentence.find(&*quote).unwrap_or(0);
        let article = article(entry, before.map(|known| &known.article));
        // A line that names a rule was written whole: a table has nothing where nobody is named.
        let whole = entry.rule.is_some();
        let setting = Arc::new(setting(&entry.setting, &content, whole));
        let claim = Claim {
            id,
            article: Arc::clone(&article),
            content: content.into(),
            start,
            end,
            quote: Span::new(at, at + quote.len()),
            sentence: Arc::clone(&sentence),
            sentence_index,
            headline: entry.headline,
            speaker: entry.speaker.as_ref().map(|speaker| party(speaker).into()),
            via: entry.via.clone().into(),
            modality: entry.modality.unwrap_or(Modality::Asserted),
            time: entry.time,
            timed_here: entry.timed_here.unwrap_or(entry.time.is_some()),
            article_setting: match &entry.article_setting {
                Some(of) => Arc::new(of.into()),
                None if whole => Arc::default(),
                None => Arc::clone(&setting),
            },
            setting,
            rule: Name::from(entry.rule.as_deref().unwrap_or(RULE)),
            corrected: entry.corrected.iter().copied().collect(),
        };
        self.ids.insert((document.clone(), id));
        self.documents.insert(document, Known { article, sentence, sentence_index, claims: number + 1 });
        Ok(claim)
    }
}

/// Why an entry is no claim.
enum Wrong {
    /// It lacks a field, or one is not what it should be.
    Content(String),
    /// A claim of the document has its id.
    Twice(Box<str>, Id),
}

impl Wrong {
    /// The error at a line.
    fn at(self, at: &Location) -> Error {
        match self {
            Self::Content(message) => Error::new(at.clone(), message),
            Self::Twice(document, id) => {
                let error = Error::new(at.clone(), format!("a claim before of `{document}` has the id {id} too"));
                error.help("leave `id` out, or give every claim its own")
            }
        }
    }
}

/// The claims of one article, read back from the lines that were written of them; each line comes with the byte of its
/// sentence at which its quote begins. `None` if a line is none of a claim.
pub fn again<'l>(
    article: &Arc<Article>,
    lines: impl IntoIterator<Item = (&'l str, usize)>,
    tolerance: &Tolerance,
) -> Option<Vec<Claim>> {
    let mut reader = Reader::new(tolerance);
    let mut one = |(line, start): (&str, usize)| {
        let claim = reader.claim(&serde_json::from_str(line).ok()?).ok()?;
        let quote = Span::new(start, start + claim.quote().len());
        claim.sentence.get(start..start + claim.quote().len())?;
        Some(Claim { article: Arc::clone(article), quote, ..claim })
    };
    lines.into_iter().map(&mut one).collect()
}

/// What the line says of its article; what it leaves open is taken from the lines before.
fn article(entry: &Entry, before: Option<&Arc<Article>>) -> Arc<Article> {
    let known = before.map(|article| Article::clone(article)).unwrap_or_default();
    let article = Article {
        document: entry.document.clone(),
        outlet: known.outlet.or_else(|| entry.outlet.clone()),
        credit: known.credit.or_else(|| entry.credit.clone()),
        published: known.published.or(entry.published),
        title: known.title.or_else(|| entry.title.clone()),
        url: known.url.or_else(|| entry.url.clone()),
        sha256: known.sha256.or(entry.sha256),
    };
    match before {
        Some(before) if **before == article => Arc::clone(before),
        _ => Arc::new(article),
    }
}

fn party(entry: &PartyEntry) -> Party {
    Party { text: entry.text.clone(), actor: entry.actor.as_deref().map(Name::from) }
}

impl From<&SettingEntry> for Setting {
    fn from(entry: &SettingEntry) -> Self {
        let names = |names: &[Box<str>]| names.iter().map(|name| Name::from(&**name)).collect();
        Self { actors: names(&entry.actors), places: names(&entry.places), incidents: names(&entry.incidents) }
    }
}

/// Where and among whom; a line that does not say, and is not `whole`, at least names whose people are counted.
fn setting(entry: &Option<SettingEntry>, content: &Content, whole: bool) -> Setting {
    match entry {
        Some(entry) => entry.into(),
        None if whole => Setting::default(),
        None => {
            let side = content.figure().and_then(|figure| figure.victims.side.clone());
            Setting { actors: side.into_iter().collect(), ..Setting::default() }
        }
    }
}

fn content(entry: &Entry, tolerance: &Tolerance) -> Result<Content, String> {
    let needs = |field: &str| format!("a {} claim needs `{field}`", entry.kind);
    match entry.kind {
        ClaimKind::Casualty | ClaimKind::Strength => {
            let figure = figure(entry, tolerance, needs)?;
            let there = matches!(figure.outcome, Outcome::Deployed | Outcome::Present);
            match (entry.kind, there) {
                (ClaimKind::Casualty, false) => Ok(Content::Casualty(figure)),
                (ClaimKind::Strength, true) => Ok(Content::Strength(figure)),
                (kind, _) => Err(format!("`outcome`: `{}` is no outcome of a {kind} claim", figure.outcome)),
            }
        }
        ClaimKind::Timing => {
            let what = entry.what.clone().unwrap_or_default();
            Ok(Content::Timing { what, phase: entry.phase.unwrap_or(Phase::Occurrence) })
        }
        ClaimKind::Blame => {
            let accused = party(entry.accused.as_ref().ok_or_else(|| needs("accused"))?);
            Ok(Content::Blame { accused, act: entry.act.clone().unwrap_or_default() })
        }
        ClaimKind::Denial => Ok(Content::Denial { target: entry.target }),
    }
}

fn figure(entry: &Entry, tolerance: &Tolerance, needs: impl Fn(&str) -> String) -> Result<Figure, String> {
    let outcome = entry.outcome.ok_or_else(|| needs("outcome"))?;
    let given = entry.count.as_ref().ok_or_else(|| needs("count"))?;
    let count = count(given, tolerance).map_err(|message| format!("`count`: {message}"))?;
    let victims = entry.victims.clone().unwrap_or_default();
    Ok(Figure {
        outcome,
        count,
        words: given.text.clone().unwrap_or_else(|| count.to_string().replace('_', " ").into()),
        victims: Victims {
            text: victims.text.unwrap_or_default(),
            class: victims.class.unwrap_or(VictimClass::Any),
            side: victims.side.as_deref().map(Name::from),
        },
        cumulative: entry.cumulative,
        part: entry.part,
        increment: entry.increment,
        standing: entry.standing.unwrap_or(Standing::Plain),
        perpetrator: entry.perpetrator,
        referent: entry.referent.unwrap_or(Referent::New),
        others: entry.others,
        joined: entry.joined,
        incidents: entry.incidents.unwrap_or(1),
    })
}

fn count(entry: &CountEntry, tolerance: &Tolerance) -> Result<Count, String> {
    let CountEntry { text, qualifier, value, upper, low, high } = entry;
    let interval = low.map(|low| Interval::new(low, *high));
    let read = match (value, qualifier) {
        (_, Some(Qualifier::None)) => Count::none(),
        (Some(value), given) => {
            let plain = if upper.is_some() { Qualifier::Range } else { Qualifier::Exact };
            Count::new(given.unwrap_or(plain), *value, *upper, tolerance)
        }
        (None, _) => match interval {
            Some(interval) => Count::vague(interval),
            None => Count::read(text.as_deref().unwrap_or_default(), tolerance)?,
        },
    };
    let qualifier = qualifier.unwrap_or(read.qualifier);
    Ok(Count { interval: interval.unwrap_or(read.interval), qualifier, ..read })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOLERANCE: Tolerance = Tolerance { about: 0.1, nearly: 0.1 };

    fn read(text: &str) -> (Vec<Claim>, Vec<String>) {
        let mut reader = Reader::new(&TOLERANCE);
        reader.read(Path::new("coded.csv"), text.as_bytes());
        let (claims, warnings) = reader.finish();
        (claims, warnings.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn four_columns_are_enough_and_counts_are_read_in_words() {
        let (claims, warnings) = read(
            "document,kind,outcome,count\na,casualty,killed,12\na,casualty,injured,at least 30\na,casualty,killed,30-40\n\
             a,casualty,killed,24..99\na,strength,deployed,about 2000\na,casualty,killed,none\n",
        );
        assert_eq!(warnings, Vec::<String>::new());
        let counts: Vec<String> =
            claims.iter().filter_map(|claim| Some(claim.content.figure()?.count.to_string())).collect();
        assert_eq!(counts, ["12", "at_least 30", "range 30-40", "vague 24..99", "about 2000", "none"]);
        let indices: Vec<u32> = claims.iter().map(|claim| claim.sentence_index).collect();
        assert_eq!(indices, [0, 1, 2, 3, 4, 5]);
    }

    #[test]
    fn a_bad_line_is_told_with_its_field_and_the_mend() {
        let (claims, warnings) = read(
            "document,kind,outcome,count,accused\na,casualty,kiled,3,\na,casualty,killed,three,\na,casualty,,3,\n\
             a,blame,,,\n,denial,,,\na,casualty,deployed,3,\na,timing,,,\n",
        );
        assert_eq!(claims.len(), 1);
        let expected = [
            "coded.csv:2: `outcome`: `kiled` is not one of",
            "coded.csv:3: `count`: `three` is no count",
            "coded.csv:4: a casualty claim needs `outcome`",
            "coded.csv:5: a blame claim needs `accused`",
            "coded.csv:6: missing field `document`",
            "coded.csv:7: `outcome`: `deployed` is no outcome of a casualty claim",
        ];
        for (warning, expected) in warnings.iter().zip(expected) {
            assert!(warning.starts_with(expected) && warning.contains("; help: "), "{warning}");
        }
        assert!(warnings.len() == expected.len() && warnings[0].contains("did you mean `killed`?"), "{warnings:?}");
    }

    #[test]
    fn one_id_stands_once_and_lines_of_one_sentence_share_it() {
        let line = |id: &str| {
            format!(
                "{{\"id\": \"{id}\", \"document\": \"a\", \"kind\": \"denial\", \"quote\": \"no\", \"sentence\": \"He said no.\"}}\n"
            )
        };
        let (claims, warnings) =
            read(&[line("00000000000000aa"), line("00000000000000ab"), line("00000000000000aa")].concat());
        assert_eq!((claims.len(), warnings.len()), (2, 1));
        assert_eq!((claims[1].sentence_index, claims[1].quote()), (0, "no"));
        assert!(read(&line("7")).1[0].contains("`id`: `7` is not an id"));
    }
}
