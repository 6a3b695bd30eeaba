//! Archives and packed streams that want to be more than they are: nothing is written, and nothing fills the memory.

use std::fs;
use std::io::{Cursor, Write};

use flate2::write::{DeflateEncoder, GzEncoder};
use flate2::{Compression, Crc};
use ruzstd::encoding::{CompressionLevel, compress_to_vec};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::run::Place;

const TEXT: &[u8] = b"Two soldiers were killed.";

/// An entry of a zip file: its name, what its headers say of its length, and the number of the stretch of bytes it has.
struct Entry {
    name: String,
    length: u32,
    at: usize,
}

fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut packed = DeflateEncoder::new(Vec::new(), Compression::best());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

/// A zip file written by hand: stretches of packed bytes, each behind one header, and entries that may share them.
fn by_hand(stretches: &[Vec<u8>], entries: &[Entry]) -> Vec<u8> {
    let mut file = Vec::new();
    let mut places = Vec::new();
    let fields = |stretch: &[u8], length: u32| {
        let mut crc = Crc::new();
        crc.update(TEXT);
        let packed = u32::try_from(stretch.len()).unwrap();
        [crc.sum().to_le_bytes(), packed.to_le_bytes(), length.to_le_bytes()].concat()
    };
    for stretch in stretches {
        places.push(u32::try_from(file.len()).unwrap());
        file.extend(b"PK\x03\x04\x14\0\0\0\x08\0\0\0\0\0");
        file.extend(fields(stretch, 25));
        file.extend(b"\x05\0\0\0a.txt");
        file.extend(stretch);
    }
    let start = file.len();
    for Entry { name, length, at } in entries {
        file.extend(b"PK\x01\x02\x14\0\x14\0\0\0\x08\0\0\0\0\0");
        file.extend(fields(&stretches[*at], *length));
        file.extend(u16::try_from(name.len()).unwrap().to_le_bytes());
        file.extend([0; 12]);
        file.extend(places[*at].to_le_bytes());
        file.extend(name.as_bytes());
    }
    let directory = u32::try_from(file.len() - start).unwrap();
    let number = u16::try_from(entries.len()).unwrap().to_le_bytes();
    file.extend(b"PK\x05\x06\0\0\0\0");
    file.extend([number, number].concat());
    file.extend(directory.to_le_bytes());
    file.extend(u32::try_from(start).unwrap().to_le_bytes());
    file.extend([0, 0]);
    file
}

#[test]
fn entries_that_share_their_bytes_do_not_multiply() {
    // Two thousand names for one stretch that unpacks to 64 MiB: 128 GiB in a file of 200 kB.
    let bomb = deflated(&vec![b'a'; 64 << 20]);
    let entry = |number: usize| Entry { name: format!("{number}.txt"), length: 64 << 20, at: 0 };
    let archive = by_hand(&[bomb], &(0..2_000).map(entry).collect::<Vec<_>>());
    let ended = Place::new().file("a.zip", archive).run(&["claims", "a.zip"]);
    assert_eq!((ended.status, ended.out.as_str()), (2, ""), "{}", ended.err);
}

#[test]
fn lengths_that_lie_are_found_out() {
    let bomb = deflated(&vec![b'a'; 64 << 20]);
    let fine = deflated(TEXT);
    let entry = |name: &str, length: u32, at: usize| Entry { name: name.to_owned(), length, at };
    for length in [0, 25, u32::MAX] {
        let archive = by_hand(&[bomb.clone(), fine.clone()], &[entry("b.txt", length, 0), entry("c.txt", 25, 1)]);
        let ended = Place::new().file("a.zip", archive).run(&["claims", "a.zip"]);
        assert!(ended.out.len() < 4_000 && ended.err.contains("a.zip/b.txt"), "{length}: {}", ended.err);
    }
}

#[test]
fn limits_of_ones_own_are_kept() {
    let files = |number: usize| {
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        for n in 0..number {
            archive.start_file(format!("{n}.txt"), SimpleFileOptions::default()).unwrap();
            write!(archive, "{n} soldiers were killed.").unwrap();
        }
        archive.finish().unwrap().into_inner()
    };
    let limits = fs::read_to_string("rules/input/limits.toml").unwrap();
    let few = limits.replace("entries = 200000", "entries = 50").replace("sentence = 400", "sentence = 4");
    assert_ne!(limits, few);
    let place = Place::new().file("a.zip", files(3_000)).file("own/input/limits.toml", few);
    let ended = place.run(&["claims", "a.zip", "--rules", "own"]);
    assert_eq!((ended.status, ended.out.lines().count()), (1, 50), "{}", ended.err);
    assert!(ended.err.contains("it holds more than 50 files"), "{}", ended.err);
    assert_eq!(place.run(&["claims", "a.zip"]).out.lines().count(), 3_000);
    for wrong in ["sentence = 0", "sentence = 99999999", "word = -1"] {
        let key = wrong.split(' ').next().unwrap();
        let text: String = limits
            .lines()
            .map(|line| if line.starts_with(key) { format!("{wrong}\n") } else { format!("{line}\n") })
            .collect();
        let ended = Place::new().file("own/input/limits.toml", text).run(&["rules", "check", "own"]);
        assert!(ended.status == 1 && ended.err.contains("limits.toml:"), "{wrong}: {}", ended.err);
    }
}

#[test]
fn streams_in_streams_end() {
    let zeros = vec![b'0'; 32 << 20];
    let twice = gzip(&gzip(&zeros));
    let zstd = compress_to_vec(&zeros[..], CompressionLevel::Fastest);
    for (name, bytes) in [
        ("a.txt.gz", gzip(&zeros)),
        ("a.txt.gz", twice),
        ("a.txt.zst", zstd.clone()),
        ("a.tar.zst", zstd.clone()),
        ("a.warc.gz", gzip(&zeros)),
        ("a.csv.gz", gzip(&[b"id,text\n1,", &zeros[..]].concat())),
        ("a.json.zst", compress_to_vec(&[b"[", &zeros[..]].concat()[..], CompressionLevel::Fastest)),
        // Frames without an end, one in the other's place.
        ("a.txt.zst", zstd.repeat(64)),
        ("a.txt.gz", gzip(&zeros).repeat(16)),
    ] {
        let ended = Place::new().file(name, bytes).run(&["claims", name]);
        assert!(ended.status > 0 && ended.out.is_empty() && ended.err.lines().count() <= 4, "{name}: {}", ended.err);
    }
}

#[test]
fn names_and_links_of_archives_reach_nothing() {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let plain = SimpleFileOptions::default();
    for name in [
        "../../up.txt",
        "/root.txt",
        "c:\\windows\\x.txt",
        "..\\back.txt",
        "a/\u{1b}[2J\u{202e}n.txt",
        "=1+1.txt",
        "<script>.txt",
    ] {
        archive.start_file(name, plain).unwrap();
        write!(archive, "Two soldiers were killed near {}.", name.len()).unwrap();
    }
    archive.add_symlink("link.txt", "/etc/passwd", plain).unwrap();
    let place = Place::new().file("in/a.zip", archive.finish().unwrap().into_inner());
    let before = place.all();
    let claims = place.run(&["claims", "in/a.zip"]);
    let listed = place.run(&["inputs", "in/a.zip", "--format", "csv"]);
    assert_eq!(place.all(), before, "nothing is written");
    assert_eq!(claims.out.lines().count(), 7, "{claims:?}");
    for text in [&claims.out, &claims.err, &listed.err] {
        assert!(!text.contains("root:") && !text.contains(['\u{1b}', '\u{202e}']), "{text}");
    }
    let mut rows = csv::Reader::from_reader(listed.out.as_bytes());
    assert!(
        rows.records()
            .flat_map(|row| row.unwrap().iter().map(str::to_owned).collect::<Vec<_>>())
            .all(|cell| !cell.starts_with('='))
    );
}
