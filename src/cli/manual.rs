//! What a system keeps of a command line: completions for shells, and manual pages.

use std::io::{self, Write};

use clap::{Command, CommandFactory};
use clap_complete::Shell;
use clap_mangen::Man;
use roff::{Roff, roman};

use super::args::{Args, Global, ManArgs};
use super::output::to_stdout;
use super::{Exit, Stop};
use crate::error::{Error, Location};
use crate::report::write_file;
use crate::rules::symbol::nearest;

/// Prints what a shell reads to complete the program's words.
pub(super) fn complete(shell: Shell) -> Result<Exit, Stop> {
    let mut command = Args::command();
    let name = command.get_name().to_owned();
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command, name, &mut script);
    to_stdout(|out| out.write_all(&script))?;
    Ok(Exit::Fine)
}

/// Prints the manual page of the program or of one command, or writes the pages of all to a folder.
pub(super) fn write(global: &Global, args: &ManArgs) -> Result<Exit, Stop> {
    let pages = pages();
    match &args.output {
        Some(folder) => {
            std::fs::create_dir_all(folder).map_err(|error| {
                Error::new(Location::file(folder), format!("cannot make this folder: {error}"))
                    .help("name a folder that you may write to")
            })?;
            let mut written = Vec::new();
            for page in &pages {
                let path = folder.join(Man::new(page.clone()).get_filename());
                write_file(&path, |out| render(page, out))?;
                written.push(path);
            }
            if !global.quiet {
                to_stdout(|out| written.iter().try_for_each(|path| writeln!(out, "{}", path.display())))?;
            }
        }
        None => {
            let page = page_of(&pages, &args.command)?;
            to_stdout(|out| render(page, out))?;
        }
    }
    Ok(Exit::Fine)
}

/// The program and its commands, each followed by its own.
fn pages() -> Vec<Command> {
    let mut program = Args::command().disable_help_subcommand(true);
    program.build();
    let mut pages = Vec::new();
    let mut waiting = vec![program];
    while let Some(command) = waiting.pop() {
        waiting.extend(command.get_subcommands().cloned());
        pages.push(command);
    }
    pages
}

/// The words that call a command: `gainsay rules check`.
fn words(command: &Command) -> &str {
    command.get_bin_name().unwrap_or_else(|| command.get_name())
}

fn page_of<'c>(pages: &'c [Command], words_after: &[String]) -> Result<&'c Command, Error> {
    let program = pages.first().map_or("", words);
    let wanted = [&[program.to_owned()], words_after].concat().join(" ");
    pages.iter().find(|page| words(page) == wanted).ok_or_else(|| {
        let error = Error::new(Location::file(words_after.join(" ")), "there is no such command");
        match nearest(&wanted, pages.iter().map(words)) {
            Some(like) => error.help(format!("did you mean `{like}`?")),
            None => error.help(format!("`{program} --help` lists the commands")),
        }
    })
}

/// Writes a page. The examples and what follows them are sections of their own, line by line as the help has them.
fn render(command: &Command, out: &mut dyn Write) -> io::Result<()> {
    let page = Man::new(command.clone());
    page.render_title(out)?;
    page.render_name_section(out)?;
    page.render_synopsis_section(out)?;
    page.render_description_section(out)?;
    page.render_options_section(out)?;
    if command.has_subcommands() {
        page.render_subcommands_section(out)?;
    }
    let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    let mut notes = Roff::new();
    for (index, paragraph) in help.split("\n\n").filter(|paragraph| !paragraph.is_empty()).enumerate() {
        let (heading, lines) = match paragraph.split_once(":\n") {
            Some((heading, lines)) if !heading.contains('\n') => (Some(heading), lines),
            _ => (None, paragraph),
        };
        match heading {
            Some(heading) => notes.control("SH", [heading.to_uppercase().as_str()]),
            None if index == 0 => notes.control("SH", ["NOTES"]),
            None => notes.control("PP", []),
        };
        let laid_out = lines.lines().any(|line| line.starts_with("  "));
        if laid_out {
            notes.control("nf", []);
        }
        for line in lines.lines() {
            notes.text([roman(line)]);
        }
        if laid_out {
            notes.control("fi", []);
        }
    }
    notes.to_writer(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(words: &[&str]) -> Result<String, Error> {
        let pages = pages();
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        let mut out = Vec::new();
        render(page_of(&pages, &words)?, &mut out).unwrap();
        Ok(String::from_utf8(out).unwrap())
    }

    #[test]
    fn examples_stand_line_by_line_under_their_heading() {
        let page = page(&["findings"]).unwrap();
        let (_, examples) = page.split_once(".SH EXAMPLES\n.nf\n").unwrap();
        assert!(examples.contains("gainsay findings articles/\n") && examples.contains("\n.fi\n"), "{examples}");
        assert!(page.contains(".SH \"OPTIONS OF EVERY COMMAND\""), "{page}");
    }

    #[test]
    fn every_command_has_a_page_and_a_wrong_word_is_told_the_right_one() {
        for words in [&[][..], &["rules"], &["rules", "check"], &["man"]] {
            assert!(page(words).unwrap().contains(".SH SYNOPSIS"), "{words:?}");
        }
        let error = page(&["findngs"]).unwrap_err();
        assert_eq!(error.help.as_deref(), Some("did you mean `gainsay findings`?"));
    }
}
