//! The contributing guide, done as it says: its rule files are written, checked, and every command in it shows their effect.

mod desk;

use desk::Desk;

/// A step of the guide that can be done.
enum Step {
    /// A rule file: its path and contents.
    Write(String, String),
    /// What is given to the program, and its arguments.
    Run(String, String),
}

/// The steps of the guide: each block of TOML goes into the file named last before it, if it is a whole file, and each
/// block with `echo "…" | gainsay …` is run.
fn steps(guide: &str) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut file = None;
    let mut lines = guide.lines().map(str::trim_start);
    while let Some(line) = lines.next() {
        let paths = line.split('`').skip(1).step_by(2);
        file = paths.filter(|path| path.starts_with("my-rules/") && path.ends_with(".toml")).last().or(file);
        if !line.starts_with("```") {
            continue;
        }
        let block: String = lines.by_ref().take_while(|line| *line != "```").map(|line| format!("{line}\n")).collect();
        if line == "```toml" && block.contains("[[") {
            steps.push(Step::Write(file.expect("a file is named before its contents").to_owned(), block));
        } else if let Some((text, arguments)) = block.trim_end().split_once(" | gainsay ") {
            steps.push(Step::Run(text.trim_start_matches("echo ").trim_matches('"').to_owned(), arguments.to_owned()));
        }
    }
    steps
}

#[test]
fn every_rule_file_of_the_guide_is_sound_and_does_what_the_guide_says() {
    let guide = include_str!("../CONTRIBUTING.md");
    let mut desk = Desk::new().folder("my-rules");
    let mut done = (0, 0);
    for step in steps(guide) {
        match step {
            Step::Write(path, contents) => {
                desk = desk.file(&path, &contents);
                let checked = desk.run("rules check my-rules");
                assert_eq!(checked.status, 0, "{path}: {}", checked.err);
                done.0 += 1;
            }
            Step::Run(text, arguments) => {
                desk = desk.stdin(&text);
                let (own, plain) = (desk.run(&arguments), desk.run(&arguments.replace("--rules my-rules", "")));
                assert_eq!((own.status, own.err.as_str()), (0, ""), "{arguments}");
                assert!(own.out.contains("casualty") && own.out != plain.out, "{text}: {}", own.out);
                done.1 += 1;
            }
        }
    }
    assert!(done.0 >= 5 && done.1 >= 4, "{done:?} steps are found in the guide");
}

#[test]
fn the_credit_line_of_the_guide_names_the_outlet() {
    let desk = Desk::new();
    assert_eq!(desk.run("rules export all-rules").status, 0);
    let page = std::fs::read_to_string(desk.path("all-rules/page/en.toml")).unwrap();
    let own = page.replacen("credits = [", "credits = [\"as told to:\", ", 1);
    let article = "Two die at the border\n\nTwo soldiers were killed on Monday.\n\nAs told to: The Lantern\n";
    let desk = desk.file("my-rules/page/en.toml", &own).file("article.txt", article);
    let named = desk.run("claims article.txt --rules my-rules --format jsonl");
    assert!(named.out.contains(r#""outlet":"The Lantern""#), "{}", named.out);
}
