fn main() {
    use gainsay::*;
    let rules = rules::RuleSet::load(&rules::RuleFiles::built_in()).unwrap();
    let text = std::fs::read_to_string(std::env::args().nth(1).unwrap()).unwrap();
    let doc = page::read(&rules.page, text::Article { document: "d".into(), ..Default::default() }, text);
    let e = extract::extract(&doc, &rules, Default::default());
    for c in &e.claims {
        println!("{:?} {:?} {:?}", c.quote, c.setting, c.sentence_index);
    }
    println!("{:?}", e.claims[0].article_setting);
}
