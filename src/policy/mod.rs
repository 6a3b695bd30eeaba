//! Policies: what casualty recorders would publish of each event, by their own methods, side by side.

mod account;
mod desk;
mod examples;
mod note;
mod overlap;
mod settle;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use jiff::civil::Date;

use self::account::Scene;
use self::desk::Desk;
use self::overlap::Known;
use crate::claim::Claim;
use crate::event::Events;
use crate::origin::Origins;
use crate::rules::compare::TallyRules;
use crate::rules::policy::Policy;
use crate::rules::{CompareRules, Policies};
use crate::value::{Fallback, Name, Outcome, PolicyLines, PolicyStep};

pub use examples::check_examples;

/// What one policy publishes of one event and outcome.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// The policy's id.
    pub policy: Name,
    /// Index of the event.
    pub event: usize,
    /// What befell the people.
    pub outcome: Outcome,
    /// Whose line it is, where the policy keeps claimants apart.
    pub claimant: Option<String>,
    /// Lower end of the range; `None` if none is published.
    pub low: Option<u64>,
    /// The number; `None` if none is published.
    pub best: Option<u64>,
    /// Upper end of the range; `None` if none is published, or open.
    pub high: Option<u64>,
    /// The grade, where the policy gives one.
    pub grade: Option<Name>,
    /// The last day the number is as of.
    pub as_of: Option<Date>,
    /// The step that decided between different numbers.
    pub decided: Option<PolicyStep>,
    /// Indices of the claims that give what is published, by document and place.
    pub claims: Vec<usize>,
    /// Accounts that count.
    pub accounts: usize,
    /// Independent origins among them.
    pub origins: usize,
    /// Figures left out.
    pub left_out: usize,
    /// How the number came about, and what disputes it.
    pub note: String,
    /// Policies that publish another number of the same event and outcome.
    pub differs: Vec<Name>,
}

impl Published {
    /// What is published, in a few words: `31`, `24..40`, `31 in 24..40`, `fair 5..9`, `Armenia: 31`, `blank`.
    pub fn says(&self) -> String {
        let range = match (self.low, self.high) {
            (None, None) => None,
            (Some(low), Some(high)) if low == high => Some(low.to_string()),
            (low, high) => Some(format!(
                "{}..{}",
                low.map(|low| low.to_string()).unwrap_or_default(),
                high.map(|high| high.to_string()).unwrap_or_default()
            )),
        };
        let figure = match (self.best.map(|best| best.to_string()), range) {
            (Some(best), Some(range)) if best != range => format!("{best} in {range}"),
            (Some(figure), _) | (None, Some(figure)) => figure,
            (None, None) => "blank".to_owned(),
        };
        let grade = self.grade.as_ref().map(|grade| format!("{grade} ")).unwrap_or_default();
        let claimant = self.claimant.as_ref().map(|claimant| format!("{claimant}: ")).unwrap_or_default();
        format!("{claimant}{grade}{figure}")
    }

    /// True if a reader of one would say another number than a reader of the other.
    fn is_other(&self, other: &Self) -> bool {
        let within = |number: u64, range: &Self| {
            range.low.is_some_and(|low| low <= number) && range.high.is_none_or(|high| number <= high)
        };
        match (self.best, other.best) {
            (Some(a), Some(b)) => a != b,
            (Some(number), None) => !within(number, other),
            (None, Some(number)) => !within(number, self),
            (None, None) => (self.low, self.high) != (other.low, other.high),
        }
    }
}

/// What every policy publishes of every event: by event, outcome, policy and claimant.
///
/// Neither the order of the articles nor that of the claims changes what is published.
pub fn replay(
    claims: &[Claim],
    claims_of: &[Range<usize>],
    events: &Events,
    origins: &Origins,
    policies: &Policies,
    rules: &CompareRules,
) -> Vec<Published> {
    let office = Office { claims, claims_of, events, origins, rules, sharing: &sharing(rules) };
    let all: Vec<&Policy> = policies.iter().collect();
    let mut published = Vec::new();
    for mut lines in office.publish(&all).into_iter().flat_map(BTreeMap::into_values) {
        differ(&mut lines, policies);
        published.extend(lines);
    }
    published
}

/// Everything that those who record events have before them.
#[derive(Clone, Copy)]
struct Office<'a> {
    claims: &'a [Claim],
    claims_of: &'a [Range<usize>],
    events: &'a Events,
    origins: &'a Origins,
    rules: &'a CompareRules,
    /// How tolls are made, of several incidents left whole and shared out.
    sharing: &'a [TallyRules; 2],
}

impl Office<'_> {
    /// What policies publish, by event and outcome; first of incidents, then of the totals that span them.
    fn publish(&self, policies: &[&Policy]) -> Vec<BTreeMap<Outcome, Vec<Published>>> {
        let mut all: Vec<BTreeMap<Outcome, Vec<Published>>> = Vec::new();
        for event in 0..self.events.events.len() {
            let scene = self.scene(event);
            let desk = Desk { office: *self, scene: &scene, known: None };
            let mut of_event: BTreeMap<Outcome, Vec<Published>> = BTreeMap::new();
            for published in policies.iter().flat_map(|policy| desk.publish(event, policy)) {
                of_event.entry(published.outcome).or_default().push(published);
            }
            all.push(of_event);
        }
        for policy in policies.iter().filter(|policy| policy.fallback == Fallback::LessKnown) {
            let lines = || all.iter().flat_map(BTreeMap::values).flatten().filter(|line| line.policy == policy.id);
            let known = Known::of(lines(), self.claims, self.events);
            let open = |line: &Published| line.policy == policy.id && line.accounts == 0;
            for (event, of_event) in all.iter_mut().enumerate() {
                if !of_event.values().flatten().any(open) {
                    continue;
                }
                let scene = self.scene(event);
                let desk = Desk { office: *self, scene: &scene, known: Some(&known) };
                for total in desk.publish(event, policy) {
                    let lines = of_event.entry(total.outcome).or_default();
                    if let Some(line) = lines.iter_mut().find(|line| open(line) && line.claimant == total.claimant) {
                        *line = total;
                    }
                }
            }
        }
        all
    }

    fn scene(&self, event: usize) -> Scene {
        let members = self.events.events.get(event).map_or(&[][..], |event| &event.claims);
        Scene::of(self.claims, members, &self.rules.tallies)
    }
}

/// Notes at each line which policies publish another number. Lines of claimants stand for themselves.
fn differ(lines: &mut [Published], policies: &Policies) {
    let apart: BTreeSet<&Name> =
        policies.iter().filter(|policy| policy.lines == PolicyLines::Claimant).map(|policy| &policy.id).collect();
    let rivals: Vec<&Published> = lines.iter().filter(|line| !apart.contains(&line.policy)).collect();
    let others: Vec<Vec<Name>> = lines
        .iter()
        .map(|line| {
            let rivals = if apart.contains(&line.policy) { &[] } else { &rivals[..] };
            rivals.iter().filter(|other| line.is_other(other)).map(|other| other.policy.clone()).collect()
        })
        .collect();
    lines.iter_mut().zip(others).for_each(|(line, others)| line.differs = others);
}

/// How tolls are made, of several incidents left whole and shared out.
fn sharing(rules: &CompareRules) -> [TallyRules; 2] {
    [false, true].map(|share_out| TallyRules { share_out, ..rules.tallies.clone() })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::rules::RuleFiles;

    fn rules() -> (Policies, CompareRules) {
        let files = RuleFiles::built_in();
        (Policies::load(&files).unwrap(), CompareRules::load(&files).unwrap())
    }

    /// One article's claims on one line; its name keeps its claims the same wherever it stands.
    fn article() -> impl Strategy<Value = String> {
        let count = prop_oneof![
            (0_u64..60).prop_map(|n| n.to_string()),
            (1_u64..60).prop_map(|n| format!("at_least {n}")),
            (1_u64..60).prop_map(|n| format!("more_than {n}")),
            (1_u64..60).prop_map(|n| format!("fewer_than {n}")),
            Just("vague 24..99".to_owned()),
            Just("vague 3..".to_owned()),
        ];
        let people = prop_oneof![Just(""), Just(", civilian"), Just(", military of Armenia"), Just(", militant")];
        let voice = prop_oneof![Just(""), Just("; by Armenia"), Just("; by Azerbaijan"), Just("; by Red Cross")];
        let more =
            prop_oneof![Just(""), Just("; hedged"), Just("; cumulative"), Just("; over 2"), Just("; perpetrator")];
        (count, people, voice, more, 1_u8..28, 0_u8..4).prop_map(|(count, people, voice, more, day, outlet)| {
            format!("{count} killed{people}{voice}{more}; in Outlet {outlet}; published 2020-09-{day:02}")
        })
    }

    proptest! {
        #[test]
        fn the_number_lies_in_its_range_and_no_order_of_articles_changes_it(
            (articles, shuffled) in prop::collection::vec(article(), 1..8).prop_flat_map(|articles| {
                let named: Vec<String> =
                    articles.into_iter().enumerate().map(|(n, line)| format!("{line}; document d{n}")).collect();
                (Just(named.clone()), Just(named).prop_shuffle())
            })
        ) {
            let (policies, rules) = rules();
            for policy in policies.iter() {
                let lines = examples::published(policy, &articles.join(" | "), &rules).unwrap();
                for line in &lines {
                    let (low, best, high) = (line.low, line.best, line.high);
                    prop_assert!(best.is_none_or(|best| low.is_none_or(|low| low <= best)), "{line:?}");
                    prop_assert!(best.is_none_or(|best| high.is_none_or(|high| best <= high)), "{line:?}");
                    prop_assert!(low.is_none_or(|low| high.is_none_or(|high| low <= high)), "{line:?}");
                    prop_assert!(!line.note.is_empty());
                }
                let again = examples::published(policy, &shuffled.join(" | "), &rules).unwrap();
                let told = |lines: &[Published]| {
                    lines.iter().map(|line| (line.says(), line.note.clone(), line.decided, line.as_of)).collect::<Vec<_>>()
                };
                prop_assert_eq!(told(&lines), told(&again));
            }
        }
    }

    #[test]
    fn every_example_of_every_policy_does_what_it_says() {
        let (policies, rules) = rules();
        let errors: Vec<String> = check_examples(&policies, &rules).iter().map(ToString::to_string).collect();
        assert!(errors.is_empty(), "{}", errors.join("\n"));
    }

    #[test]
    fn policies_differ_where_a_reader_would_say_another_number() {
        let line = |policy: &str, low, best, high| Published {
            policy: Name::from(policy),
            event: 0,
            outcome: Outcome::Killed,
            claimant: None,
            low,
            best,
            high,
            grade: None,
            as_of: None,
            decided: None,
            claims: Vec::new(),
            accounts: 1,
            origins: 1,
            left_out: 0,
            note: "n".to_owned(),
            differs: Vec::new(),
        };
        let mut lines = [
            line("acled", None, Some(31), None),
            line("gtd", None, Some(40), None),
            line("ibc", Some(20), None, Some(35)),
            line("wikipedia", Some(90), Some(90), Some(90)),
        ];
        differ(&mut lines, &rules().0);
        let others: Vec<String> =
            lines.iter().map(|line| line.differs.iter().map(Name::as_str).collect::<Vec<_>>().join(",")).collect();
        assert_eq!(others, ["gtd", "acled,ibc", "gtd", ""]);
    }
}
