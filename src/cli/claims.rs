//! `--claims`: files of claims, opened and read.

use std::fs::File;
use std::io::BufReader;
use std::path::PathBuf;

use crate::claim::Claim;
use crate::claimed::Reader;
use crate::error::{Error, Location};
use crate::rules::RuleSet;

/// The claims of the files in their order, and what could not be read.
pub(super) fn read(files: &[PathBuf], rules: &RuleSet) -> (Vec<Claim>, Vec<Error>) {
    let mut reader = Reader::new(&rules.tolerance);
    let mut closed = Vec::new();
    for file in files {
        match File::open(file) {
            Ok(open) => reader.read(file, BufReader::new(open)),
            Err(error) => {
                let error = Error::new(Location::file(file), format!("cannot be read: {error}"));
                closed.push(error.help("give a file of claims, as `gainsay claims` writes one"));
            }
        }
    }
    let (claims, warnings) = reader.finish();
    closed.extend(warnings);
    (claims, closed)
}
