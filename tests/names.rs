//! Names in different transcriptions: the articles meet, and their words stay theirs.

mod desk;

use desk::Desk;
use serde_json::Value;

fn article(killed: u32, place: &str) -> String {
    format!(
        "---\npublished: 2022-09-14\n---\nOn 13 September 2022 {killed} soldiers were killed by shells near {place}, a clinic said.\n"
    )
}

fn lines(desk: &Desk, command: &str) -> Vec<Value> {
    let ended = desk.run(command);
    assert_eq!(ended.err, "", "{command}");
    ended.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The findings of two articles that tell of other numbers near two places.
fn told_near(a: &str, b: &str, options: &str) -> Vec<Value> {
    let desk = Desk::new()
        .folder("rules")
        .file("articles/courier.txt", &article(49, a))
        .file("articles/herald.txt", &article(105, b))
        .file("rules/names/own.toml", "same = [[\"Sotk\", \"Zotk\"]]\n");
    lines(&desk, &format!("findings articles {options}"))
}

#[test]
fn articles_that_spell_a_place_differently_tell_of_one_event() {
    for (a, b) in [
        ("Stepanakert", "Xankəndi"),
        ("Kyiv", "Kiev"),
        ("Kharkiv", "Harkiv"),
        ("Raqqa", "Rakka"),
        ("Qamishli", "Kamışlı"),
        ("Kandahar", "Qandahar"),
    ] {
        let findings = told_near(a, b, "");
        assert!(findings.iter().any(|finding| finding["verdict"] == "contradiction"), "{a}, {b}: {findings:?}");
    }
    assert!(told_near("Kyiv", "Kandahar", "").iter().all(|finding| finding["verdict"] != "contradiction"));
}

#[test]
fn claims_keep_the_words_of_their_article() {
    let claims = lines(&Desk::new().stdin(&article(49, "Xankəndi")), "claims -");
    let claim = claims.iter().find(|claim| claim["kind"] == "casualty").unwrap();
    assert!(claim["sentence"].as_str().unwrap().contains("near Xankəndi"), "{claim}");
    assert!(claim["setting"]["places"].to_string().contains("Stepanakert"), "{claim}");
}

#[test]
fn a_spelling_of_ones_own_takes_one_line() {
    let contradicted =
        |options: &str| told_near("Sotk", "Zotk", options).iter().any(|finding| finding["verdict"] == "contradiction");
    assert!(!contradicted("") && contradicted("--rules rules"));
}

#[test]
fn a_group_that_says_nothing_new_is_an_error_with_its_place() {
    for (group, message) in [
        ("[\"Sotk\"]", "one spelling is no group"),
        ("[]", "no name stands in this group"),
        ("[\"Sotk\", \"Kiev\"]", "`Kiev` is a spelling of `Kyiv` already"),
        ("[\"Zotk\", \"Raqqa\"]", "`Raqqa` already names `Raqqa`"),
    ] {
        let ended =
            Desk::new().file("rules/names/zz.toml", &format!("same = [\n  {group},\n]\n")).run("rules check rules");
        assert!(ended.status != 0 && ended.err.contains(message), "{group}: {ended:?}");
        assert!(ended.err.contains("zz.toml:2:"), "{ended:?}");
    }
}
