//! Output that a terminal shows and never obeys.

use std::io::{self, Write};

use crate::text::is_hidden;

/// Leaves out characters that would steer the terminal, where the output goes to one. Colours of the program's own pass.
///
/// Articles and file names may hold escape sequences; files and pipes get them as they are.
pub(super) struct Visible<W> {
    inner: W,
    terminal: bool,
    styled: bool,
    /// The beginning of a character whose other bytes are still to come.
    rest: Vec<u8>,
    /// The beginning of a colour's sequence.
    sequence: String,
}

impl<W: Write> Visible<W> {
    /// Output to `inner`, cleaned if it is a terminal; colours pass if it is `styled`.
    pub(super) fn on(terminal: bool, styled: bool, inner: W) -> Self {
        Self { inner, terminal, styled, rest: Vec::new(), sequence: String::new() }
    }

    /// Adds a character to what is shown, unless it would steer the terminal otherwise than by a colour.
    fn take(&mut self, c: char, shown: &mut String) {
        if self.styled && c == '\u{1b}' {
            self.sequence = c.into();
        } else if self.sequence.is_empty() {
            shown.extend(Some(c).filter(|&c| c == '\n' || !is_hidden(c)));
        } else {
            let inside = if self.sequence.len() == 1 { c == '[' } else { c.is_ascii_digit() || c == ';' };
            self.sequence.push(c);
            match c {
                'm' if self.sequence.len() > 2 => shown.push_str(&std::mem::take(&mut self.sequence)),
                _ if inside => {}
                _ => {
                    let broken = std::mem::take(&mut self.sequence);
                    shown.extend(broken.chars().filter(|&c| c == '\n' || !is_hidden(c)));
                }
            }
        }
    }
}

impl<W: Write> Write for Visible<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if !self.terminal {
            return self.inner.write(bytes);
        }
        let mut waiting = std::mem::take(&mut self.rest);
        waiting.extend_from_slice(bytes);
        let mut shown = String::with_capacity(waiting.len());
        let mut done = 0;
        for chunk in waiting.utf8_chunks() {
            chunk.valid().chars().for_each(|c| self.take(c, &mut shown));
            done += chunk.valid().len();
            // Bytes that begin a character at the very end may be completed by the next write; others never will.
            if done + chunk.invalid().len() < waiting.len() || !may_begin_a_character(chunk.invalid()) {
                done += chunk.invalid().len();
            }
        }
        self.rest = waiting.split_off(done);
        self.inner.write_all(shown.as_bytes())?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

fn may_begin_a_character(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).is_err_and(|error| error.error_len().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(terminal: bool, parts: &[&[u8]]) -> String {
        written(terminal, false, parts)
    }

    fn written(terminal: bool, styled: bool, parts: &[&[u8]]) -> String {
        let mut out = Vec::new();
        let mut visible = Visible::on(terminal, styled, &mut out);
        parts.iter().for_each(|part| visible.write_all(part).unwrap());
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn escape_sequences_do_not_reach_a_terminal() {
        assert_eq!(shown(true, &["a\u{1b}]0;x\u{7}\n\u{9b}31mb\u{202e}c\r".as_bytes()]), "a]0;x\n31mbc");
        assert_eq!(shown(false, &[b"a\x1b[31m"]), "a\u{1b}[31m");
    }

    #[test]
    fn characters_split_between_writes_stay_whole_and_broken_ones_are_dropped() {
        assert_eq!(shown(true, &[b"\xc3", b"\xa9t\xc3", b"\xa9"]), "été");
        assert_eq!(shown(true, &[b"a\xffb"]), "ab");
    }

    #[test]
    fn of_all_sequences_only_colours_pass_and_only_where_they_are_the_programs_own() {
        let text = "\u{1b}[1;31mred\u{1b}[0m \u{1b}[2Jgone \u{1b}]0;x \u{1b}\u{1b}[31m";
        let split: Vec<&[u8]> = text.as_bytes().chunks(1).collect();
        for parts in [vec![text.as_bytes()], split] {
            assert_eq!(written(true, true, &parts), "\u{1b}[1;31mred\u{1b}[0m [2Jgone ]0;x \u{1b}[31m");
        }
        assert_eq!(shown(true, &["\u{1b}[31mred".as_bytes()]), "[31mred");
    }
}
