//! Names the sources that the program is built from, so that what another build read is told from what this one would.

use std::fs;
use std::hash::{DefaultHasher, Hasher};
use std::path::Path;

fn main() {
    let mut hash = DefaultHasher::new();
    ["src", "Cargo.lock"].iter().for_each(|path| add(Path::new(path), &mut hash));
    println!("cargo:rustc-env=GAINSAY_SOURCES={:016x}", hash.finish());
}

/// Adds a file, or every file of a folder in the order of their names; one that is not there adds nothing.
fn add(path: &Path, hash: &mut DefaultHasher) {
    println!("cargo:rerun-if-changed={}", path.display());
    if let Ok(folder) = fs::read_dir(path) {
        let mut below: Vec<_> = folder.flatten().map(|entry| entry.path()).collect();
        below.sort();
        below.iter().for_each(|path| add(path, hash));
    } else if let Ok(bytes) = fs::read(path) {
        hash.write(path.to_string_lossy().replace('\\', "/").as_bytes());
        hash.write_u8(0);
        hash.write(&bytes);
    }
}
