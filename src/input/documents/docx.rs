//! DOCX: the paragraphs of a Word document as a reader sees them, and what its properties say of it.

use std::borrow::Cow;
use std::io::Cursor;

use quick_xml::XmlVersion;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::name::{Namespace, ResolveResult};
use quick_xml::reader::NsReader;
use zip::ZipArchive;

use super::stated::Stated;
use crate::input::charset;
use crate::input::unpack::taken;
use crate::rules::input::{DocumentLimits, Limits};

/// The part of a DOCX that says where its text is, how the kind of what holds the text ends there, and where that is where
/// nothing is said.
const RELATIONS: &str = "_rels/.rels";
const TEXT_IS: &str = "/officeDocument";
const TEXT: &str = "word/document.xml";

/// The part of a DOCX that says what it is.
const PROPERTIES: &str = "docProps/core.xml";

/// The names of what Word writes, in its two forms.
const WORD: [&str; 2] = [
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
];

/// The name of what is there for programs that know less.
const COMPATIBLE: &str = "http://schemas.openxmlformats.org/markup-compatibility/2006";

/// The first bytes of the files in which an encrypted DOCX stands, and of documents of Word before 2007.
const OLD: &[u8] = b"\xD0\xCF\x11\xE0";

type Archive = ZipArchive<Cursor<Vec<u8>>>;

/// The text of a DOCX, a paragraph or a cell of a table in each stretch between empty lines; why it is not read otherwise.
pub(super) fn read(limits: &DocumentLimits, packed: &Limits, bytes: Vec<u8>) -> Result<(String, Stated), String> {
    if bytes.starts_with(OLD) {
        return Err("it is encrypted, or of a Word before DOCX".to_owned());
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| format!("it is no DOCX: {error}"))?;
    let named = match part(&mut archive, RELATIONS, limits, packed)? {
        Some(xml) => place_of_text(limits, &xml)?,
        None => None,
    };
    let name = named.as_deref().unwrap_or(TEXT);
    let text = part(&mut archive, name, limits, packed)?.ok_or_else(|| format!("it is no DOCX: it holds no {name}"))?;
    let paragraphs = paragraphs(limits, &text)?;
    let stated = match part(&mut archive, PROPERTIES, limits, packed)? {
        Some(xml) => stated(limits, &xml)?,
        None => Stated::default(),
    };
    Ok((paragraphs.join("\n\n"), stated))
}

/// A part of the file as text; `None` if it is not there.
fn part(archive: &mut Archive, name: &str, limits: &DocumentLimits, packed: &Limits) -> Result<Option<String>, String> {
    let Some(number) = archive.index_for_name(name) else { return Ok(None) };
    let cannot = |error: &dyn std::fmt::Display| format!("{name} in it cannot be read: {error}");
    let mut file = archive.by_index(number).map_err(|error| cannot(&error))?;
    let size = file.compressed_size();
    let (_, read) = taken(&mut file, limits.bytes, packed, size);
    let bytes = read.map_err(|error| cannot(&error))?;
    let (text, _) = charset::decoded(bytes, None).ok_or_else(|| cannot(&"it is no text"))?;
    Ok(Some(text))
}

/// The name of the part with the text, if it is said.
fn place_of_text(limits: &DocumentLimits, xml: &str) -> Result<Option<String>, String> {
    let mut place = None;
    pieces(limits, xml, |_, event| {
        let Event::Start(element) = event else { return Ok(()) };
        if place.is_none() && said(&element, "Type").is_some_and(|kind| kind.ends_with(TEXT_IS)) {
            place = said(&element, "Target").map(|target| target.trim_start_matches('/').to_owned());
        }
        Ok(())
    })?;
    Ok(place)
}

/// Calls `take` with each piece of an XML file, and whether it is one of Word's names or one of those for other programs.
fn pieces<'x>(
    limits: &DocumentLimits,
    xml: &'x str,
    mut take: impl FnMut(Space, Event<'x>) -> Result<(), String>,
) -> Result<(), String> {
    let mut reader = NsReader::from_str(xml);
    reader.config_mut().expand_empty_elements = true;
    let mut steps = 0;
    loop {
        let (name, event) = reader.read_resolved_event().map_err(|error| format!("its XML is broken: {error}"))?;
        let space = match name {
            ResolveResult::Bound(Namespace(name)) if WORD.contains(&name) => Space::Word,
            ResolveResult::Bound(Namespace(COMPATIBLE)) => Space::Compatible,
            _ => Space::Other,
        };
        steps += 1;
        if steps > limits.steps {
            return Err(format!("it has more than {} elements", limits.steps));
        }
        match event {
            Event::Eof => return Ok(()),
            Event::DocType(_) => return Err("its XML declares a document type, as no DOCX does".to_owned()),
            event => take(space, event)?,
        }
    }
}

/// Whose name an element has.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Space {
    Word,
    Compatible,
    Other,
}

/// What is read of a document's text so far.
#[derive(Default)]
struct Text {
    done: Vec<String>,
    /// The paragraphs that are open: one in a text box stands in another.
    open: Vec<String>,
    /// How many elements deep we stand in one that is not read.
    skipped: usize,
    in_run: bool,
    is_hidden: bool,
    in_text: bool,
}

fn paragraphs(limits: &DocumentLimits, xml: &str) -> Result<Vec<String>, String> {
    let mut text = Text::default();
    pieces(limits, xml, |space, event| {
        match event {
            Event::Start(_) if text.skipped > 0 => text.skipped += 1,
            Event::End(_) if text.skipped > 0 => text.skipped -= 1,
            _ if text.skipped > 0 => {}
            Event::Start(element) => text.start(space, &element),
            Event::End(element) if space == Space::Word => text.end(element.local_name().into_inner()),
            Event::Text(words) if text.in_text => text.push(&words.xml10_content()),
            Event::CData(words) if text.in_text => text.push(&words.xml10_content()),
            Event::GeneralRef(name) if text.in_text => text.push(&sign(&name)?),
            _ => {}
        }
        Ok(())
    })?;
    Ok(text.done)
}

impl Text {
    fn push(&mut self, words: &str) {
        if let Some(paragraph) = self.open.last_mut().filter(|_| !self.is_hidden) {
            paragraph.push_str(words);
        }
    }

    fn start(&mut self, space: Space, element: &BytesStart<'_>) {
        match (space, element.local_name().into_inner()) {
            // What was deleted, what was moved elsewhere, and what stands twice.
            (Space::Word, "del" | "moveFrom") | (Space::Compatible, "Fallback") => self.skipped = 1,
            (Space::Word, "p") => self.open.push(String::new()),
            (Space::Word, "r") => (self.in_run, self.is_hidden) = (true, false),
            (Space::Word, "vanish" | "webHidden") if self.in_run => self.is_hidden = is_on(element),
            (Space::Word, "t") => self.in_text = true,
            // A tab in a run is a sign, one outside is a place where such signs lead to.
            (Space::Word, "tab") if self.in_run => self.push("\t"),
            (Space::Word, "br" | "cr") if self.in_run => self.push("\n"),
            (Space::Word, "noBreakHyphen") => self.push("-"),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "p" => {
                let paragraph = self.open.pop().unwrap_or_default();
                let paragraph = paragraph.trim();
                if !paragraph.is_empty() {
                    self.done.push(paragraph.to_owned());
                }
            }
            "r" => (self.in_run, self.is_hidden) = (false, false),
            "t" => self.in_text = false,
            _ => {}
        }
    }
}

/// True unless a property is there and says that it is off.
fn is_on(element: &BytesStart<'_>) -> bool {
    said(element, "val").is_none_or(|value| !matches!(&*value, "0" | "false" | "off"))
}

/// What an attribute says, if it is there.
fn said(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = element.attributes();
    let mut attributes = attributes.with_checks(false).flatten();
    let attribute = attributes.find(|attribute| attribute.key.local_name().into_inner() == name)?;
    attribute.normalized_value(XmlVersion::Implicit1_0).ok().map(Cow::into_owned)
}

/// The sign that a reference stands for.
fn sign(name: &BytesRef<'_>) -> Result<String, String> {
    let unknown = || format!("its XML has an entity that XML does not know: {:?}", &*name.xml10_content());
    match name.resolve_char_ref() {
        Ok(Some(sign)) => Ok(sign.to_string()),
        Ok(None) => resolve_xml_entity(&name.xml10_content()).map(str::to_owned).ok_or_else(unknown),
        Err(_) => Err(unknown()),
    }
}

/// What the properties say.
fn stated(limits: &DocumentLimits, xml: &str) -> Result<Stated, String> {
    let mut stated = Stated::default();
    let mut open: Option<String> = None;
    pieces(limits, xml, |_, event| {
        let mut add = |words: &str| open.iter_mut().for_each(|open| open.push_str(words));
        match event {
            Event::Text(words) => add(&words.xml10_content()),
            Event::CData(words) => add(&words.xml10_content()),
            Event::GeneralRef(name) => add(&sign(&name)?),
            Event::Start(_) => open = Some(String::new()),
            Event::End(element) => {
                let place = match element.local_name().into_inner() {
                    "title" => &mut stated.title,
                    "creator" => &mut stated.author,
                    "created" => &mut stated.created,
                    "modified" => &mut stated.modified,
                    _ => return Ok(()),
                };
                *place = place.take().or(open.take());
            }
            _ => {}
        }
        Ok(())
    })?;
    Ok(stated)
}
