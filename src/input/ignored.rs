//! What the user wants left out: globs of the command line and the `.gainsayignore` of folders, as git writes them.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};

use super::unreadable;
use crate::error::{Error, Location};

/// The file of a folder that says what of it is left out.
pub(super) const FILE: &str = ".gainsayignore";

/// A glob as it was given, if it is one.
pub fn glob(text: &str) -> Result<String, String> {
    let mut builder = GitignoreBuilder::new("");
    builder.add_line(None, text).map_err(|error| error.to_string())?;
    Ok(text.to_owned())
}

/// The globs that hold within the path that is being read.
#[derive(Debug)]
pub(super) struct Ignored {
    /// Those of the command line.
    asked: Gitignore,
    /// The path.
    root: PathBuf,
    /// Those of its folders.
    folders: BTreeMap<PathBuf, Gitignore>,
}

impl Ignored {
    pub(super) fn new<'g>(globs: impl IntoIterator<Item = &'g str>) -> Self {
        let mut builder = GitignoreBuilder::new("");
        for glob in globs {
            // What is no glob leaves nothing out; `glob` tells whether it is one.
            let _ = builder.add_line(None, glob);
        }
        Self { asked: built(&builder), root: PathBuf::new(), folders: BTreeMap::new() }
    }

    /// Another path is read.
    pub(super) fn begin(&mut self, root: &Path) {
        root.clone_into(&mut self.root);
        self.folders.clear();
    }

    /// Takes in the globs of a folder; each that is none is one warning.
    pub(super) fn load(&mut self, folder: &Path) -> Vec<Error> {
        let path = folder.join(FILE);
        let text = match fs::read(&path) {
            Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
            Err(error) if error.kind() == ErrorKind::NotFound => return Vec::new(),
            Err(error) => return vec![unreadable(&path, &error)],
        };
        let mut builder = GitignoreBuilder::new("");
        let mut warnings = Vec::new();
        for (number, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
            if let Err(error) = builder.add_line(None, line) {
                let error = Error::new(Location::line(&path, number + 1), format!("no glob: {error}"));
                warnings.push(error.help("write it as in a .gitignore, for example: drafts/*.txt"));
            }
        }
        self.folders.insert(folder.to_owned(), built(&builder));
        warnings
    }

    /// The rule that leaves a path out, in words. What the command line says goes first, then the innermost folder; of the
    /// globs of one place the last.
    pub(super) fn rule(&self, path: &Path, is_folder: bool) -> Option<String> {
        let told = |globs: &Gitignore, root: &Path| match path.strip_prefix(root) {
            Ok(below) if !globs.is_empty() && !below.as_os_str().is_empty() && !below.has_root() => {
                match globs.matched_path_or_any_parents(below, is_folder) {
                    Match::None => None,
                    Match::Ignore(glob) => Some(Some(glob.original().to_owned())),
                    Match::Whitelist(_) => Some(None),
                }
            }
            _ => None,
        };
        if let Some(rule) = told(&self.asked, &self.root) {
            return rule.map(|glob| format!("`--ignore {glob}`"));
        }
        let folders = path.ancestors().skip(1).take_while(|folder| folder.starts_with(&self.root));
        let mut rules = folders.filter_map(|folder| Some((folder, told(self.folders.get(folder)?, folder)?)));
        let (folder, rule) = rules.next()?;
        rule.map(|glob| format!("`{glob}` in {}", folder.join(FILE).display()))
    }
}

/// Globs that are all sound go together; if not, none leaves anything out.
fn built(builder: &GitignoreBuilder) -> Gitignore {
    builder.build().unwrap_or_else(|_| Gitignore::empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_goes_first_then_the_innermost_folder() {
        let root = tempfile::tempdir().unwrap();
        let path = |name: &str| root.path().join(name);
        fs::create_dir(path("sub")).unwrap();
        fs::write(path(FILE), "# drafts\n*.md\n/old/\n!keep.md\na{\n").unwrap();
        fs::write(path(&format!("sub/{FILE}")), "!a.md\n").unwrap();
        let mut ignored = Ignored::new(["*.html", "!b.md"]);
        ignored.begin(root.path());
        let warnings = ignored.load(root.path());
        assert_eq!(warnings.iter().map(|warning| warning.at.line).collect::<Vec<_>>(), [5]);
        assert_eq!(ignored.load(&path("sub")).len(), 0);
        for (name, is_folder, out) in [
            ("a.md", false, true),
            ("b.md", false, false),
            ("keep.md", false, false),
            ("sub/a.md", false, false),
            ("sub/c.md", false, true),
            ("a.html", false, true),
            ("a.txt", false, false),
            ("old", true, true),
            ("sub/old", true, false),
            ("old/all.zip/a.txt", false, true),
            ("all.zip/x/a.md", false, true),
        ] {
            assert_eq!(ignored.rule(&path(name), is_folder).is_some(), out, "{name}");
        }
        assert_eq!(ignored.rule(&path("a.html"), false).as_deref(), Some("`--ignore *.html`"));
        assert_eq!(ignored.rule(Path::new("/elsewhere/a.md"), false), None);
    }

    #[test]
    fn what_is_no_glob_is_told() {
        assert_eq!(glob("drafts/*.txt").as_deref(), Ok("drafts/*.txt"));
        assert!(glob("a{").is_err());
    }
}
