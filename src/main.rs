//! The `gainsay` program.
fn main() {
    let rules = match gainsay::rules::RuleSet::load(&gainsay::rules::RuleFiles::built_in()) {
        Ok(r) => r,
        Err(e) => {
            for e in e { eprintln!("{e}"); }
            std::process::exit(2)
        }
    };
    let mut args = std::env::args().skip(1);
    let dir = args.next().unwrap();
    let gold = args.next();
    let mut files: Vec<_> = std::fs::read_dir(dir).unwrap().map(|f| f.unwrap().path()).collect();
    files.sort();
    for f in files {
        let text = std::fs::read_to_string(&f).unwrap();
        let stem = f.file_stem().unwrap().to_string_lossy().to_string();
        let mut published = None;
        if let Some(g) = &gold {
            let j: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(format!("{g}/{stem}.json")).unwrap()).unwrap();
            published = j["published"].as_str().and_then(|d| d.parse().ok());
        }
        let doc = gainsay::text::Document {
            article: gainsay::text::Article { document: stem.as_str().into(), published, ..Default::default() }.into(),
            body: vec![gainsay::text::Span::new(0, text.len())],
            headline: None, text };
        let e = gainsay::extract::extract(&doc, &rules, Default::default());
        for c in e.claims {
            use gainsay::claim::Content;
            let party = |p: &Option<gainsay::claim::Party>| p.as_ref().map(|p| serde_json::json!({"text": &*p.text, "actor": p.actor.as_ref().map(|a| a.as_str())}));
            let mut v = serde_json::json!({"id": c.id.to_string(), "document": stem, "kind": c.content.kind().as_str(), "quote": &*c.quote, "start": c.start, "end": c.end, "sentence": &*c.sentence,
              "speaker": party(&c.speaker), "modality": c.modality.as_str(), "time": c.time.map(|t| vec![t.first.to_string(), t.last.to_string()]), "rule": c.rule.as_str()});
            match &c.content {
                Content::Casualty(f) | Content::Strength(f) => {
                    v["outcome"] = f.outcome.as_str().into();
                    v["count"] = serde_json::json!({"text": &*f.words, "qualifier": f.count.qualifier.as_str(), "value": f.count.value, "upper": f.count.upper});
                    v["victims"] = serde_json::json!({"text": &*f.victims.text, "class": f.victims.class.as_str(), "side": f.victims.side.as_ref().map(|s| s.as_str())});
                    v["cumulative"] = f.cumulative.into();
                }
                Content::Timing { what, phase } => { v["what"] = (**what).into(); v["phase"] = phase.as_str().into(); }
                Content::Blame { accused, act } => { v["accused"] = party(&Some(accused.clone())).unwrap(); v["act"] = (**act).into(); }
                Content::Denial { .. } => {}
            }
            println!("{v}");
        }
    }
}
