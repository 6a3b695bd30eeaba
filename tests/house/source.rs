//! The code as the house sees it: files with their words, string literals and marks, comments left out.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use walkdir::WalkDir;

/// The file of `src` that tests build on.
const TEST_FIXTURE: &str = "src/report/fixture.rs";

/// True for files that only tests are made of: long ones stand in a file of their own below what they test.
fn is_of_tests(path: &str) -> bool {
    path == TEST_FIXTURE || path.ends_with("/tests.rs")
}

/// A word, a string literal or a mark of the code, with brackets as marks of their own.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    Word(String),
    Text(String),
    Mark(char),
}

/// A source file: its path below the crate's folder, its text, and its code.
pub(super) struct Source {
    pub(super) path: String,
    pub(super) text: String,
    pub(super) code: Vec<Token>,
}

pub(super) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

pub(super) fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The paths of all files below a folder of the crate, in order.
pub(super) fn files(folder: &str) -> Vec<String> {
    let below = WalkDir::new(root().join(folder)).sort_by_file_name().into_iter().map(Result::unwrap);
    let paths = below.filter(|entry| entry.file_type().is_file()).map(|entry| entry.into_path());
    paths.map(|path: PathBuf| path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/")).collect()
}

/// Every source file of a folder; `tests` says whether its test modules are part of the code.
pub(super) fn sources(folder: &str, tests: bool) -> Vec<Source> {
    let rust = files(folder).into_iter().filter(|path| path.ends_with(".rs") && (tests || !is_of_tests(path)));
    let source = |path: String| {
        let text = read(&path);
        let stream = TokenStream::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"));
        let mut code = Vec::new();
        flatten(stream, tests, &mut code);
        Source { path, text, code }
    };
    rust.map(source).collect()
}

/// Puts the tokens of a stream into one row: comments and documentation left out, and test modules unless wanted.
fn flatten(stream: TokenStream, tests: bool, row: &mut Vec<Token>) {
    let trees: Vec<TokenTree> = stream.into_iter().collect();
    let mut at = 0;
    while let Some(tree) = trees.get(at) {
        let attribute = match (tree, trees.get(at + 1), trees.get(at + 2)) {
            (TokenTree::Punct(hash), Some(TokenTree::Group(group)), _) if hash.as_char() == '#' => Some((group, 2)),
            (TokenTree::Punct(hash), Some(TokenTree::Punct(bang)), Some(TokenTree::Group(group)))
                if hash.as_char() == '#' && bang.as_char() == '!' =>
            {
                Some((group, 3))
            }
            _ => None,
        };
        if let Some((group, length)) = attribute {
            let content = group.stream().to_string();
            if content.starts_with("doc") {
                at += length;
                continue;
            }
            let word = |tree: Option<&TokenTree>, word: &str| tree.is_some_and(|tree| tree.to_string() == word);
            if !tests && content == "cfg (test)" && word(trees.get(at + length), "mod") {
                at += length + 3;
                continue;
            }
        }
        match tree {
            TokenTree::Ident(word) => row.push(Token::Word(word.to_string())),
            TokenTree::Literal(literal) if literal.to_string().contains('"') => {
                row.push(Token::Text(literal.to_string()))
            }
            TokenTree::Literal(_) => {}
            TokenTree::Punct(mark) => row.push(Token::Mark(mark.as_char())),
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Brace => ('{', '}'),
                    Delimiter::Bracket => ('[', ']'),
                    Delimiter::Parenthesis | Delimiter::None => ('(', ')'),
                };
                row.push(Token::Mark(open));
                flatten(group.stream(), tests, row);
                row.push(Token::Mark(close));
            }
        }
        at += 1;
    }
}

impl Source {
    /// The module of the map that the file belongs to: `page` for `src/page/line.rs`.
    pub(super) fn module(&self) -> &str {
        let inner = self.path.strip_prefix("src/").unwrap_or(&self.path);
        inner.split_once('/').map_or(inner.trim_end_matches(".rs"), |(folder, _)| folder)
    }

    /// How many `super` lead from the file to the root of the crate.
    fn depth(&self) -> usize {
        self.path.matches('/').count() - usize::from(self.path.ends_with("/mod.rs"))
    }

    /// The modules the file names by a path from the root of the crate.
    pub(super) fn uses(&self) -> BTreeSet<String> {
        let mut uses = BTreeSet::new();
        let mut at = 0;
        let mut supers = 0;
        while at < self.code.len() {
            let steps =
                self.code.get(at + 1) == Some(&Token::Mark(':')) && self.code.get(at + 2) == Some(&Token::Mark(':'));
            let from_root = match self.code.get(at) {
                Some(Token::Word(word)) if steps && (word == "crate" || word == "gainsay") => true,
                Some(Token::Word(word)) if steps && word == "super" => {
                    supers += 1;
                    supers == self.depth()
                }
                _ => {
                    supers = 0;
                    at += 1;
                    continue;
                }
            };
            at += 3;
            match self.code.get(at) {
                Some(Token::Word(module)) if from_root && module != "super" => drop(uses.insert(module.clone())),
                Some(Token::Mark('{')) if from_root => uses.extend(self.listed(at)),
                _ => {}
            }
        }
        uses
    }

    /// The first words of the entries of the braces that open at `at`.
    fn listed(&self, at: usize) -> Vec<String> {
        let mut first = Vec::new();
        let mut open = 0_usize;
        for pair in self.code[at..].windows(2) {
            match &pair[0] {
                Token::Mark('{') => open += 1,
                Token::Mark('}') => open -= 1,
                _ => {}
            }
            if open == 0 {
                break;
            }
            if let ([Token::Mark('{' | ','), Token::Word(word)], 1) = (pair, open) {
                first.push(word.clone());
            }
        }
        first
    }

    /// True when the code has this word right before this mark.
    pub(super) fn has(&self, word: &str, mark: char) -> bool {
        self.code.windows(2).any(|pair| matches!(pair, [Token::Word(w), Token::Mark(m)] if w == word && *m == mark))
    }

    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        self.code.iter().filter_map(|token| if let Token::Word(word) = token { Some(word.as_str()) } else { None })
    }

    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        self.code.iter().filter_map(|token| if let Token::Text(text) = token { Some(text.as_str()) } else { None })
    }
}
