//! Tar: the files of an archive one after the other, names only, nothing written.

use std::io::{self, ErrorKind, Read};

const BLOCK: usize = 512;
/// The longest header that gives a name, in bytes.
const LONGEST_NAME: u64 = 1 << 16;

/// A tar archive. After [`Tar::next`] it reads as the bytes of the file that was named.
pub(super) struct Tar<R> {
    input: R,
    /// Bytes of the present file that are still to come.
    left: u64,
    /// Bytes that fill its last block.
    filling: u64,
}

impl<R: Read> Tar<R> {
    pub(super) fn new(input: R) -> Self {
        Self { input, left: 0, filling: 0 }
    }

    /// Goes on to the next file and gives its name; links and folders are passed over.
    pub(super) fn next(&mut self) -> io::Result<Option<String>> {
        let mut name: Option<String> = None;
        loop {
            let rest = self.left.saturating_add(self.filling);
            let skipped = io::copy(&mut self.input.by_ref().take(rest), &mut io::sink())?;
            if skipped < rest {
                return Err(ErrorKind::UnexpectedEof.into());
            }
            (self.left, self.filling) = (0, 0);
            let Some(header) = self.block()? else { return Ok(None) };
            let size = checked(&header).and_then(|()| size(&header));
            let size = size.ok_or_else(|| io::Error::new(ErrorKind::InvalidData, "this is no tar archive"))?;
            self.left = size;
            self.filling = (BLOCK as u64 - size % BLOCK as u64) % BLOCK as u64;
            match header.get(156) {
                Some(b'L') => name = Some(text(&self.short()?)),
                Some(b'x') => name = path_of(&self.short()?).or(name),
                Some(b'0' | b'7' | 0) => return Ok(Some(name.unwrap_or_else(|| own_name(&header)))),
                _ => name = None,
            }
        }
    }

    /// The next header; `None` at the end.
    fn block(&mut self) -> io::Result<Option<Vec<u8>>> {
        let mut block = Vec::with_capacity(BLOCK);
        self.input.by_ref().take(BLOCK as u64).read_to_end(&mut block)?;
        match block.len() {
            0 => Ok(None),
            BLOCK if block.iter().all(|&byte| byte == 0) => Ok(None),
            BLOCK => Ok(Some(block)),
            _ => Err(ErrorKind::UnexpectedEof.into()),
        }
    }

    /// A long name, or what else stands where a file's bytes would.
    fn short(&mut self) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        if self.left > LONGEST_NAME {
            return Err(io::Error::new(ErrorKind::InvalidData, "a name in it is too long"));
        }
        self.read_to_end(&mut bytes)?;
        Ok(bytes)
    }
}

impl<R: Read> Read for Tar<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.input.by_ref().take(self.left).read(into)?;
        if read == 0 && self.left > 0 && !into.is_empty() {
            return Err(ErrorKind::UnexpectedEof.into());
        }
        self.left -= read as u64;
        Ok(read)
    }
}

/// A number in octal figures.
fn octal(field: &[u8]) -> Option<u64> {
    let figures = std::str::from_utf8(field).ok()?.trim_matches(['\0', ' ']);
    u64::from_str_radix(figures, 8).ok()
}

fn size(header: &[u8]) -> Option<u64> {
    let field = header.get(124..136)?;
    match field.split_first()? {
        (&0x80, rest) => rest.iter().try_fold(0_u64, |size, &byte| size.checked_mul(256)?.checked_add(byte.into())),
        _ => octal(field),
    }
}

/// Something if the header's sum is right.
fn checked(header: &[u8]) -> Option<()> {
    let blank = |(at, &byte): (usize, &u8)| if (148..156).contains(&at) { 32 } else { u64::from(byte) };
    let sum: u64 = header.iter().enumerate().map(blank).sum();
    (octal(header.get(148..156)?)? == sum).then_some(())
}

fn text(bytes: &[u8]) -> String {
    let end = memchr::memchr(0, bytes).unwrap_or(bytes.len());
    String::from_utf8_lossy(bytes.get(..end).unwrap_or(bytes)).into_owned()
}

fn own_name(header: &[u8]) -> String {
    let name = text(header.get(..100).unwrap_or(&[]));
    let prefix = header.get(257..263).filter(|magic| *magic == b"ustar\0").and_then(|_| header.get(345..500));
    match prefix.map(text).filter(|prefix| !prefix.is_empty()) {
        Some(prefix) => format!("{prefix}/{name}"),
        None => name,
    }
}

/// The path in the lines `LENGTH KEY=VALUE` of an extended header.
fn path_of(lines: &[u8]) -> Option<String> {
    let lines = String::from_utf8_lossy(lines);
    lines.lines().find_map(|line| line.split_once(" path=").map(|(_, path)| path.to_owned()))
}
