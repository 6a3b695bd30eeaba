//! Input that is made to do harm: it is read or refused with a clear line, in time, with little memory, and does nothing
//! in any output. What archives do otherwise stands in `tests/unpack.rs`, what fuzzing found in `tests/found.rs`.

#[path = "hostile/fields.rs"]
mod fields;
#[path = "found/markdown.rs"]
mod markdown;
#[path = "hostile/markup.rs"]
mod markup;
#[path = "hostile/packed.rs"]
mod packed;
#[path = "hostile/run.rs"]
mod run;
#[path = "hostile/text.rs"]
mod text;

use std::fs;

#[test]
fn the_help_names_the_limits() {
    let limits: toml::Table = fs::read_to_string("rules/input/limits.toml").unwrap().parse().unwrap();
    let help = run::Place::new().run(&["report", "--help"]).out.split_whitespace().collect::<Vec<_>>().join(" ");
    let limit = |table: &str, key: &str| limits[table][key].as_integer().unwrap();
    let document = |key: &str| limits["document"]["limits"][key].as_integer().unwrap();
    let number = |n: i64| {
        let digits = n.to_string();
        let groups: Vec<&str> =
            digits.as_bytes().rchunks(3).rev().map(|group| std::str::from_utf8(group).unwrap()).collect();
        groups.join(" ")
    };
    for named in [
        format!("{} times their size", limit("unpack", "ratio")),
        format!("{} GiB unpacked", limit("unpack", "bytes") >> 30),
        format!("{} MiB for each file", limit("unpack", "held") >> 20),
        format!("{} files", number(limit("unpack", "entries"))),
        format!("pages {} MiB", limit("page", "bytes") >> 20),
        format!("{} elements in each other", number(limit("page", "deepest"))),
        format!("{} steps", number(limit("page", "steps"))),
        format!("documents {} MiB", document("bytes") >> 20),
        format!("{} MiB with pictures", document("unpacked") >> 20),
        format!("{} pages", number(document("pages"))),
        format!("{} steps", number(document("steps"))),
        format!("{} words and signs", limit("reading", "sentence")),
        format!("words of {} bytes", number(limit("reading", "word"))),
        format!("numbers of {} figures", limit("reading", "figures")),
    ] {
        assert!(help.contains(&named), "{named}: {help}");
    }
}
