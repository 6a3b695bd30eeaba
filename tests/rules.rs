//! The rule files: every example does what it says, and every mistake in a file is named with its place and mend.

use gainsay::compare;
use gainsay::error::Error;
use gainsay::extract::trial;
use gainsay::rules::{RuleFiles, RuleSet};

fn built_in() -> RuleSet {
    RuleSet::load(&RuleFiles::built_in()).unwrap_or_else(|errors| panic!("{}", listed(&errors)))
}

fn listed(errors: &[Error]) -> String {
    errors.iter().map(|error| format!("{error}\n")).collect()
}

#[test]
fn every_example_of_every_rule_does_what_it_says() {
    let rules = built_in();
    let mut errors = trial::check_examples(&rules);
    errors.extend(compare::check_examples(&rules.compare));
    assert!(errors.is_empty(), "{} examples fail:\n{}", errors.len(), listed(&errors));
}
