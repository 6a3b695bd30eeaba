//! Packed files: gzip, zstd, zip and tar, opened in memory only, and no further than the limits let them.

use std::io::{self, BufRead, BufReader, Cursor, ErrorKind, Read, Seek, SeekFrom};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use flate2::bufread::MultiGzDecoder;
use ruzstd::decoding::StreamingDecoder;
use zip::ZipArchive;

use super::Stream;
use super::tar::Tar;
use crate::rules::input::Limits;

/// The part of a DOCX that says of what kind the others are: every DOCX has it, and no zip file of articles.
const KINDS_OF_DOCX: &str = "[Content_Types].xml";

/// How the part of a DOCX begins that holds its text, by which it is told from tables and slides that are packed as it is.
const TEXT_OF_DOCX: &str = "word/document";

/// What a zip file is read from.
pub(super) trait Seekable: Read + Seek + Send {}

impl<T: Read + Seek + Send> Seekable for T {}

/// A stream that counts what is taken from it.
struct Counted<R> {
    inner: R,
    taken: Arc<AtomicU64>,
}

impl<R: BufRead> Read for Counted<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(into)?;
        self.taken.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

impl<R: BufRead> BufRead for Counted<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.taken.fetch_add(amount as u64, Ordering::Relaxed);
        self.inner.consume(amount);
    }
}

/// Unpacked bytes, which end with an error where they are too many.
struct Metered<R> {
    inner: R,
    packed: Arc<AtomicU64>,
    unpacked: u64,
    limits: Limits,
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(into)?;
        self.unpacked += read as u64;
        within(&self.limits, self.packed.load(Ordering::Relaxed), self.unpacked)?;
        Ok(read)
    }
}

/// An error if so many unpacked bytes are too many, for themselves or for what they come from.
fn within(limits: &Limits, packed: u64, unpacked: u64) -> io::Result<()> {
    if unpacked > limits.bytes {
        return Err(io::Error::other(format!("it unpacks to more than {} MiB", limits.bytes >> 20)));
    }
    if unpacked > limits.ratio_from && unpacked / packed.max(1) > limits.ratio {
        return Err(io::Error::other(format!("it unpacks to more than {} times its size", limits.ratio)));
    }
    Ok(())
}

/// What a gzip stream holds, of all its members.
pub(super) fn gzip<'i>(input: Stream<'i>, limits: &Limits) -> Stream<'i> {
    let taken = Arc::new(AtomicU64::new(0));
    let inner = MultiGzDecoder::new(Counted { inner: input, taken: taken.clone() });
    Box::new(BufReader::new(Metered { inner, packed: taken, unpacked: 0, limits: *limits }))
}

/// What a zstd stream holds, of all its frames.
pub(super) fn zstd<'i>(input: Stream<'i>, limits: &Limits) -> Stream<'i> {
    let taken = Arc::new(AtomicU64::new(0));
    let inner = Frames::Between(Counted { inner: input, taken: taken.clone() });
    Box::new(BufReader::new(Metered { inner, packed: taken, unpacked: 0, limits: *limits }))
}

/// The frames of a zstd stream, one after the other.
enum Frames<R: BufRead> {
    Between(R),
    Inside(Box<StreamingDecoder<R, ruzstd::decoding::FrameDecoder>>),
    Over,
}

impl<R: BufRead> Read for Frames<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        loop {
            *self = match std::mem::replace(self, Self::Over) {
                Self::Over => return Ok(0),
                Self::Between(mut input) => {
                    if input.fill_buf()?.is_empty() {
                        return Ok(0);
                    }
                    Self::Inside(Box::new(StreamingDecoder::new(input).map_err(io::Error::other)?))
                }
                Self::Inside(mut frame) => match frame.read(into)? {
                    0 if !into.is_empty() => Self::Between(frame.into_inner()),
                    read => {
                        *self = Self::Inside(frame);
                        return Ok(read);
                    }
                },
            }
        }
    }
}

/// A file of an archive: its name there, and its bytes.
pub(super) type Entry = (String, Vec<u8>);

/// An archive that is being read, file by file.
pub(super) struct Archive<'i> {
    files: Files<'i>,
    limits: Limits,
    /// Bytes of the archive itself, where they are known.
    packed: u64,
    entries: u64,
    /// Bytes of all files so far, those that were refused as well.
    unpacked: u64,
    over: bool,
}

/// True for a zip file that is a DOCX.
fn is_docx(archive: &ZipArchive<Box<dyn Seekable + '_>>) -> bool {
    archive.index_for_name(KINDS_OF_DOCX).is_some()
        && archive.file_names().flatten().any(|name| name.starts_with(TEXT_OF_DOCX) && name.ends_with(".xml"))
}

/// A zip or tar file that was opened.
pub(super) enum Opened<'i> {
    /// It holds files.
    Archive(Archive<'i>),
    /// It is one document, with its bytes.
    Docx(Vec<u8>),
}

enum Files<'i> {
    /// With the numbers of the files still to come, the next last.
    Zip(Box<ZipArchive<Box<dyn Seekable + 'i>>>, Vec<usize>),
    Tar(Tar<Stream<'i>>),
}

impl<'i> Archive<'i> {
    /// A zip file; those of its files that `first` likes come before the others.
    pub(super) fn zip(
        mut input: Box<dyn Seekable + 'i>,
        limits: &Limits,
        first: impl Fn(&str) -> bool,
    ) -> io::Result<Self> {
        let packed = input.seek(SeekFrom::End(0))?;
        input.rewind()?;
        let archive = ZipArchive::new(input).map_err(io::Error::other)?;
        let (others, mut numbers): (Vec<_>, Vec<_>) = archive
            .file_names()
            .enumerate()
            .map(|(number, name)| (number, name.is_ok_and(|name| first(&name))))
            .partition(|(_, first)| !first);
        numbers.extend(others);
        let numbers = numbers.into_iter().rev().map(|(number, _)| number).collect();
        Ok(Self::new(Files::Zip(Box::new(archive), numbers), packed, limits))
    }

    /// A zip file that stands in another file.
    pub(super) fn zip_within(input: Stream<'i>, limits: &Limits, first: impl Fn(&str) -> bool) -> io::Result<Self> {
        Self::zip(Box::new(Cursor::new(whole(input, limits)?)), limits, first)
    }

    /// A tar file.
    pub(super) fn tar(input: Stream<'i>, limits: &Limits) -> Self {
        Self::new(Files::Tar(Tar::new(input)), u64::MAX, limits)
    }

    /// The archive, unless it is a DOCX, which is a zip file too and no archive of XML files.
    pub(super) fn opened(self) -> io::Result<Opened<'i>> {
        match self.files {
            Files::Zip(archive, _) if is_docx(&archive) => {
                let mut input = archive.into_inner();
                input.rewind()?;
                whole(input, &self.limits).map(Opened::Docx)
            }
            files => Ok(Opened::Archive(Self { files, ..self })),
        }
    }

    fn new(files: Files<'i>, packed: u64, limits: &Limits) -> Self {
        Self { files, limits: *limits, packed, entries: 0, unpacked: 0, over: false }
    }

    /// The next file, of which `wanted` likes the name. An `Err` with a name is about that file alone, and the files
    /// after it still come; one without ends the archive.
    pub(super) fn next(
        &mut self,
        mut wanted: impl FnMut(&str) -> bool,
    ) -> Option<Result<Entry, (Option<String>, io::Error)>> {
        while !self.over {
            self.entries += 1;
            if self.entries > self.limits.entries {
                self.over = true;
                let many = format!("it holds more than {} files; the others are not read", self.limits.entries);
                return Some(Err((None, io::Error::other(many))));
            }
            let held = self.limits.held;
            let (name, (unpacked, read)) = match &mut self.files {
                Files::Zip(archive, numbers) => {
                    let number = numbers.pop()?;
                    let nameless = |error| Some(Err((Some(format!("file {}", number + 1)), io::Error::other(error))));
                    let mut file = match archive.by_index(number) {
                        Ok(file) => file,
                        Err(error) => return nameless(error),
                    };
                    let name = match file.name() {
                        Ok(name) => name.into_owned(),
                        Err(error) => return nameless(error),
                    };
                    if file.is_dir() || !wanted(&name) {
                        continue;
                    }
                    let packed = file.compressed_size();
                    (name, taken(&mut file, held, &self.limits, packed))
                }
                Files::Tar(tar) => {
                    let name = match tar.next() {
                        Ok(Some(name)) => name,
                        Ok(None) => return None,
                        Err(error) => {
                            self.over = true;
                            return Some(Err((None, error)));
                        }
                    };
                    if !wanted(&name) {
                        continue;
                    }
                    let read = taken(tar, held, &self.limits, u64::MAX);
                    (name, read)
                }
            };
            self.unpacked += unpacked;
            // Files may share their bytes: each can be within its limits, and all together cannot.
            let whole = Limits { ratio_from: held, ..self.limits };
            if let Err(error) = within(&whole, self.packed, self.unpacked) {
                self.over = true;
                return Some(Err((None, error)));
            }
            return Some(read.map(|bytes| (name.clone(), bytes)).map_err(|error| (Some(name), error)));
        }
        None
    }
}

/// How many bytes of one file of an archive were unpacked, and the bytes.
pub(super) fn taken(file: &mut impl Read, held: u64, limits: &Limits, packed: u64) -> (u64, io::Result<Vec<u8>>) {
    let packed = Arc::new(AtomicU64::new(packed));
    let mut bytes = Vec::new();
    let mut metered = Metered { inner: file, packed, unpacked: 0, limits: *limits };
    let read = metered.by_ref().take(held + 1).read_to_end(&mut bytes);
    let whole = match read {
        Ok(read) if read as u64 > held => Err(too_long(limits)),
        Ok(_) => Ok(bytes),
        Err(error) => Err(error),
    };
    (metered.unpacked, whole)
}

/// All bytes of a file that is held in memory.
fn whole(input: impl Read, limits: &Limits) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    input.take(limits.held + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limits.held { Err(too_long(limits)) } else { Ok(bytes) }
}

fn too_long(limits: &Limits) -> io::Error {
    io::Error::new(ErrorKind::FileTooLarge, format!("it is longer than {} MiB", limits.held >> 20))
}
