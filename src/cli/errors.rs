//! Errors as they are shown: the message, the line they are in with the place marked, and what to do.

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use crate::error::Error;
use crate::report::text::one_line;

/// The error over several lines, ending in a line break; in colour if wanted.
pub(super) fn render(error: &Error, colour: bool) -> String {
    let at = &error.at;
    let file = one_line(&at.file.display().to_string());
    let message = one_line(&error.message);
    let title = Level::ERROR.primary_title(&message);
    let group = if at.excerpt.is_empty() {
        let origin = Origin::path(file);
        title.element(if at.line == 0 { origin } else { origin.line(at.line) })
    } else {
        let byte = |chars: usize| at.excerpt.char_indices().nth(chars).map_or(at.excerpt.len(), |(byte, _)| byte);
        let start = at.column.saturating_sub(1);
        let marked = AnnotationKind::Primary.span(byte(start)..byte(start + at.length));
        title.element(Snippet::source(&at.excerpt).line_start(at.line).path(file).annotation(marked))
    };
    let groups: [Group<'_>; 1] = [match &error.help {
        Some(help) => group.element(Level::HELP.message(help)),
        None => group,
    }];
    format!("{}\n", if colour { Renderer::styled() } else { Renderer::plain() }.render(&groups))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Location;

    #[test]
    fn the_place_is_marked_in_its_line() {
        let text = "[[word]]\nform = \"déad\"\n";
        let start = text.find("déad").unwrap();
        let error = Error::new(Location::of("words.toml", text, start, start + 5), "not a word").help("spell it");
        let shown = render(&error, false);
        assert!(shown.starts_with("error: not a word\n"), "{shown}");
        assert!(shown.contains("words.toml:2:9") && shown.contains("         ^^^^\n"), "{shown}");
        assert!(shown.contains("help: spell it"), "{shown}");
    }

    #[test]
    fn an_error_about_a_whole_file_names_the_file() {
        let shown = render(&Error::new(Location::file("gone.txt"), "no such file"), false);
        assert!(shown.contains("error: no such file") && shown.contains("gone.txt"), "{shown}");
    }
}
