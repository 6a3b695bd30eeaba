//! Output that a terminal shows and never obeys.

use std::io::{self, Write};

use crate::report::text::is_hidden;

/// Leaves out characters that would steer the terminal, where the output goes to one.
///
/// Articles and file names may hold escape sequences; files and pipes get them as they are.
pub(super) struct Visible<W> {
    inner: W,
    terminal: bool,
    /// The beginning of a character whose other bytes are still to come.
    rest: Vec<u8>,
}

impl<W: Write> Visible<W> {
    /// Output to `inner`, cleaned if it is a terminal.
    pub(super) fn on(terminal: bool, inner: W) -> Self {
        Self { inner, terminal, rest: Vec::new() }
    }
}

impl<W: Write> Write for Visible<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if !self.terminal {
            return self.inner.write(bytes);
        }
        self.rest.extend_from_slice(bytes);
        let mut shown = String::with_capacity(self.rest.len());
        let mut done = 0;
        for chunk in self.rest.utf8_chunks() {
            shown.extend(chunk.valid().chars().filter(|&c| c == '\n' || !is_hidden(c)));
            done += chunk.valid().len();
            // Bytes that begin a character at the very end may be completed by the next write; others never will.
            if done + chunk.invalid().len() < self.rest.len() || !may_begin_a_character(chunk.invalid()) {
                done += chunk.invalid().len();
            }
        }
        self.rest.drain(..done);
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
        let mut out = Vec::new();
        let mut visible = Visible::on(terminal, &mut out);
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
}
