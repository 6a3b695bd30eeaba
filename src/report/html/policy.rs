//! The page's styles and scripts, and the content security policy that lets exactly these work.

use base64::{Engine, prelude::BASE64_STANDARD as STANDARD};
use sha2::{Digest, Sha256};

/// The style of the page.
pub(super) const STYLE: &str = include_str!("assets/page.css");

/// The scripts of the page, in the order in which they run.
pub(super) const SCRIPTS: &[&str] = &[
    include_str!("assets/vendor/d3.min.js"),
    include_str!("assets/page.js"),
    include_str!("assets/filter.js"),
    include_str!("assets/tables.js"),
    include_str!("assets/copy.js"),
    include_str!("assets/charts.js"),
    include_str!("assets/figures.js"),
    include_str!("assets/blame.js"),
    include_str!("assets/timeline.js"),
    include_str!("assets/between.js"),
];

/// The policy of a page with these styles and scripts; `served` lets it speak to the server that it came from.
pub(super) fn of(styles: &[&str], scripts: &[&str], served: bool) -> String {
    let mut policy = String::from("default-src 'none'; script-src");
    scripts.iter().for_each(|script| hash(&mut policy, script));
    policy.push_str("; style-src");
    styles.iter().for_each(|style| hash(&mut policy, style));
    policy.push_str("; img-src data:; base-uri 'none'; form-action 'none'");
    if served {
        policy.push_str("; connect-src 'self'");
    }
    policy
}

fn hash(policy: &mut String, text: &str) {
    policy.push_str(" 'sha256-");
    STANDARD.encode_string(Sha256::digest(text.as_bytes()), policy);
    policy.push('\'');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_scripts_of_the_page_may_run_and_only_a_served_page_may_speak() {
        let policy = of(&["a{}"], &["abc"], false);
        let abc = "script-src 'sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0='";
        assert!(policy.contains(abc) && !policy.contains("connect-src"), "{policy}");
        assert!(of(&[], &[], true).ends_with("connect-src 'self'"));
    }
}
