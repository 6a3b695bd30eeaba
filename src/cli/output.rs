//! Where output goes, and in which format and colours: a file, a pipe or a terminal.

use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::Path;

use anstream::AutoStream;
use clap::ColorChoice;
use terminal_size::Width;

use super::Stop;
use super::args::{Global, OutArgs, StreamFormat};
use super::terminal::Visible;
use crate::report::{self, Format, Look};

/// Width taken for a terminal that does not tell its own, and the least that is laid out for.
const WIDTHS: (u16, u16) = (80, 20);

/// Writes lines in the format asked for, to the file asked for or to standard output.
pub(super) fn listed(
    global: &Global,
    args: &OutArgs,
    write: impl FnOnce(Format, &mut dyn Write) -> io::Result<()>,
) -> Result<(), Stop> {
    let format = form(global, args);
    match args.output.as_deref() {
        Some(path) => Ok(report::write_file(path, |out| write(format, out))?),
        None => Ok(to_stdout_as(format, |out| write(format, out))?),
    }
}

/// The format in which lines are written.
pub(super) fn form(global: &Global, args: &OutArgs) -> Format {
    let screen = if args.output.is_none() { screen() } else { None };
    format(args.format(), look(global.color, screen, io_wants_colour(&io::stdout())))
}

/// Writes to the file, if one is named, or to standard output.
pub(super) fn deliver(path: Option<&Path>, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Stop> {
    match path {
        Some(path) => Ok(report::write_file(path, write)?),
        None => Ok(to_stdout(write)?),
    }
}

/// Writes to standard output.
pub(super) fn to_stdout(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    to_stdout_as(Format::Jsonl, write)
}

/// Writes to standard output; of all formats only a table may have colours.
pub(super) fn to_stdout_as(format: Format, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let stdout = io::stdout();
    let terminal = stdout.is_terminal();
    let styled = matches!(format, Format::Table(look) if look.colour);
    let mut out = BufWriter::new(Visible::on(terminal, styled, AutoStream::always_ansi(stdout.lock())));
    write(&mut out)?;
    out.flush()
}

/// Standard error, and whether it takes colours.
pub(super) fn stderr(color: ColorChoice) -> (impl Write, bool) {
    let stderr = io::stderr();
    let terminal = stderr.is_terminal();
    let Look { colour, .. } = look(color, terminal.then_some(WIDTHS.0), io_wants_colour(&stderr));
    // Messages are for people wherever they go.
    (Visible::on(true, colour, AutoStream::always_ansi(stderr.lock())), colour)
}

/// The format of a list on standard output.
pub(super) fn of_list(global: &Global, format_asked: Option<StreamFormat>) -> Format {
    format(format_asked, look(global.color, screen(), io_wants_colour(&io::stdout())))
}

/// True unless the environment asks for no colours, or the terminal has none.
fn io_wants_colour<S: anstream::stream::RawStream>(stream: &S) -> bool {
    AutoStream::choice(stream) != anstream::ColorChoice::Never
}

/// The width of the terminal that standard output is; `None` for a file or a pipe.
fn screen() -> Option<u16> {
    let stdout = io::stdout();
    let width = || terminal_size::terminal_size_of(&stdout).map_or(WIDTHS.0, |(Width(width), _)| width.max(WIDTHS.1));
    stdout.is_terminal().then(width)
}

/// How a table looks on a terminal of the given width, or elsewhere. Colours go to terminals that take them, and anywhere
/// if they are asked for.
fn look(color: ColorChoice, screen: Option<u16>, takes_colour: bool) -> Look {
    let colour = match color {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto => screen.is_some() && takes_colour,
    };
    Look { width: screen, colour }
}

/// The format asked for, else the one that suits a terminal or a pipe.
fn format(asked: Option<StreamFormat>, look: Look) -> Format {
    match asked {
        Some(StreamFormat::Jsonl) => Format::Jsonl,
        Some(StreamFormat::Csv) => Format::Csv,
        Some(StreamFormat::Markdown) => Format::Markdown,
        Some(StreamFormat::Table) => Format::Table(look),
        None if look.width.is_some() => Format::Table(look),
        None => Format::Jsonl,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_gets_a_table_in_colour_unless_the_environment_says_no() {
        assert_eq!(format(None, look(ColorChoice::Auto, Some(90), true)), table(Some(90), true));
        assert_eq!(format(None, look(ColorChoice::Auto, Some(90), false)), table(Some(90), false));
        assert_eq!(format(None, look(ColorChoice::Never, Some(90), true)), table(Some(90), false));
        assert_eq!(format(None, look(ColorChoice::Always, Some(90), false)), table(Some(90), true));
    }

    #[test]
    fn a_pipe_gets_lines_and_no_colour_unless_asked() {
        assert_eq!(format(None, look(ColorChoice::Auto, None, true)), Format::Jsonl);
        let piped = |color| format(Some(StreamFormat::Table), look(color, None, true));
        assert_eq!(piped(ColorChoice::Auto), table(None, false));
        assert_eq!(piped(ColorChoice::Always), table(None, true));
    }

    fn table(width: Option<u16>, colour: bool) -> Format {
        Format::Table(Look { width, colour })
    }
}
