//! Markdown without its stretches of code, in which nothing is markup, and without what is escaped.

/// What of Markdown a reader could take for markup.
pub(crate) fn bare(text: &str) -> String {
    let mut bare = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let (mut code, mut escaped) = (false, false);
        for c in line.chars() {
            match (code, escaped, c) {
                (false, false, '\\') => escaped = true,
                (_, false, '`') => code = !code,
                (false, false, c) => bare.push(c),
                _ => escaped = false,
            }
        }
        bare.push('\n');
    }
    bare
}
