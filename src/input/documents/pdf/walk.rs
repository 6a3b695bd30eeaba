//! The pages of a PDF: their operators one after the other, as far as they set signs, and where each sign stands.

use std::collections::BTreeSet;
use std::sync::Arc;

use hayro_font::hayro_cmap::BfString;
use hayro_font::kurbo::{Affine, Point};
use hayro_font::{CMapResolverFn, Font, FontCache, FontGlyph, FontQuery, FontResolverFn};
use hayro_syntax::Pdf;
use hayro_syntax::content::TypedIter;
use hayro_syntax::content::ops::TypedInstruction;
use hayro_syntax::object::{Array, Dict, Name, Number, Object, Stream, String as Words};
use hayro_syntax::page::Resources;

use super::line::{Page, Sign};
use super::weight;
use crate::rules::input::DocumentLimits;

/// Fonts give widths in thousandths of their size.
const EM: f64 = 1000.0;

/// Text that rises by more than so much of its length is no line to read: a mark across the page, a credit at its side.
const STEEP: f64 = 0.2;

/// The parts of a font that are streams.
const STREAMS: [&str; 6] = ["ToUnicode", "Encoding", "FontFile", "FontFile2", "FontFile3", "CIDToGIDMap"];

/// The signs of all pages, in lines; why they are not read otherwise.
pub(super) fn pages(limits: &DocumentLimits, pdf: &Pdf) -> Result<Vec<Page>, String> {
    let pages = pdf.pages();
    if pages.len() > limits.pages {
        return Err(format!("it has more than {} pages", limits.pages));
    }
    let mut walk = Walk {
        limits,
        fonts: FontCache::new(),
        programs: Arc::new(|query: &FontQuery| match query {
            FontQuery::Standard(font) => Some(font.get_font_data()),
            FontQuery::Fallback(font) => Some(font.pick_standard_font().get_font_data()),
        }),
        maps: Arc::new(|_| None),
        page: Page::default(),
        steps: 0,
        bytes: 0,
        weighed: BTreeSet::new(),
        signs: 0,
        unknown: 0,
    };
    let mut read = Vec::new();
    for page in pages.iter() {
        let (width, height) = page.render_dimensions();
        walk.page = Page::new(f64::from(width), f64::from(height));
        let content = page.page_stream().unwrap_or_default();
        walk.count(content.len() as u64)?;
        let state = State::new(Affine::new(page.initial_transform(false).as_coeffs()));
        walk.content(content, page.resources(), state, 0)?;
        read.push(std::mem::take(&mut walk.page).finished());
    }
    if walk.unknown > walk.signs {
        return Err("its letters cannot be told: its fonts do not say which they are".to_owned());
    }
    Ok(read)
}

struct Walk<'a, 'l> {
    limits: &'l DocumentLimits,
    fonts: FontCache<'a>,
    programs: FontResolverFn,
    maps: CMapResolverFn,
    page: Page,
    steps: u64,
    /// Bytes of pages, forms and fonts, unpacked.
    bytes: u64,
    /// The fonts whose parts were counted, by where they stand.
    weighed: BTreeSet<usize>,
    signs: u64,
    /// Signs of which the font does not say what they are.
    unknown: u64,
}

/// How text is set.
#[derive(Clone)]
struct State<'a> {
    /// From the present place to the page.
    place: Affine,
    font: Option<Font<'a>>,
    size: f64,
    between_signs: f64,
    between_words: f64,
    scale: f64,
    leading: f64,
    rise: f64,
    /// The present line's beginning, and the place of the next sign.
    line: Affine,
    next: Affine,
}

impl State<'_> {
    fn new(place: Affine) -> Self {
        Self {
            place,
            font: None,
            size: 1.0,
            between_signs: 0.0,
            between_words: 0.0,
            scale: 1.0,
            leading: 0.0,
            rise: 0.0,
            line: Affine::IDENTITY,
            next: Affine::IDENTITY,
        }
    }

    fn go_to(&mut self, line: Affine) {
        (self.line, self.next) = (line, line);
    }

    fn next_line(&mut self, x: f64, y: f64) {
        self.go_to(self.line * Affine::translate((x, y)));
    }
}

impl<'a> Walk<'a, '_> {
    /// Counts bytes that were unpacked.
    fn count(&mut self, bytes: u64) -> Result<(), String> {
        self.bytes += bytes;
        let most = self.limits.bytes;
        if self.bytes > most {
            Err(format!("its pages and fonts unpack to more than {} MiB", most >> 20))
        } else {
            Ok(())
        }
    }

    fn content(
        &mut self,
        content: &[u8],
        resources: &Resources<'a>,
        mut state: State<'a>,
        depth: usize,
    ) -> Result<(), String> {
        let outer = state.place;
        let mut kept: Vec<State<'a>> = Vec::new();
        // How many marked stretches we stand in since one that is no part of the text: a head or foot of the page.
        let mut aside = 0_usize;
        let mut operators = TypedIter::new(content);
        while let Some(operator) = operators.next() {
            self.steps += 1;
            if self.steps > self.limits.steps {
                return Err(format!("its pages take more than {} steps", self.limits.steps));
            }
            match operator {
                TypedInstruction::SaveState(_) if kept.len() < self.limits.deepest * 50 => kept.push(state.clone()),
                TypedInstruction::RestoreState(_) => {
                    if let Some(before) = kept.pop() {
                        state = State { line: state.line, next: state.next, ..before };
                    }
                }
                TypedInstruction::Transform(t) => state.place *= affine([&t.0, &t.1, &t.2, &t.3, &t.4, &t.5]),
                TypedInstruction::BeginText(_) => state.go_to(Affine::IDENTITY),
                TypedInstruction::TextFont(font) => {
                    state.size = font.1.as_f64();
                    state.font = self.font(resources.get_font(font.0))?;
                }
                TypedInstruction::CharacterSpacing(n) => state.between_signs = n.0.as_f64(),
                TypedInstruction::WordSpacing(n) => state.between_words = n.0.as_f64(),
                TypedInstruction::HorizontalScaling(n) => state.scale = n.0.as_f64() / 100.0,
                TypedInstruction::TextLeading(n) => state.leading = n.0.as_f64(),
                TypedInstruction::TextRise(n) => state.rise = n.0.as_f64(),
                TypedInstruction::NextLine(n) => state.next_line(n.0.as_f64(), n.1.as_f64()),
                TypedInstruction::NextLineAndSetLeading(n) => {
                    state.leading = -n.1.as_f64();
                    state.next_line(n.0.as_f64(), n.1.as_f64());
                }
                TypedInstruction::NextLineUsingLeading(_) => state.next_line(0.0, -state.leading),
                TypedInstruction::SetTextMatrix(t) => state.go_to(affine([&t.0, &t.1, &t.2, &t.3, &t.4, &t.5])),
                TypedInstruction::ShowText(text) => self.show(&mut state, text.0, aside > 0)?,
                TypedInstruction::NextLineAndShowText(text) => {
                    state.next_line(0.0, -state.leading);
                    self.show(&mut state, text.0, aside > 0)?;
                }
                TypedInstruction::ShowTextWithParameters(text) => {
                    (state.between_words, state.between_signs) = (text.0.as_f64(), text.1.as_f64());
                    state.next_line(0.0, -state.leading);
                    self.show(&mut state, text.2, aside > 0)?;
                }
                TypedInstruction::ShowTexts(texts) => {
                    for part in texts.0.iter::<Object<'_>>() {
                        match part {
                            Object::String(text) => self.show(&mut state, &text, aside > 0)?,
                            Object::Number(back) => {
                                let x = -back.as_f64() / EM * state.size * state.scale;
                                state.next *= Affine::translate((x, 0.0));
                            }
                            _ => {}
                        }
                    }
                }
                TypedInstruction::BeginMarkedContent(mark) if aside > 0 || is_aside(mark.0) => aside += 1,
                TypedInstruction::BeginMarkedContentWithProperties(mark) if aside > 0 || is_aside(mark.0) => aside += 1,
                TypedInstruction::EndMarkedContent(_) => aside = aside.saturating_sub(1),
                TypedInstruction::XObject(form) if aside == 0 && depth < self.limits.deepest => {
                    if let Some(form) = resources.get_x_object(form.0) {
                        self.form(&form, resources, &state, depth)?;
                    }
                }
                _ => {}
            }
            if !state.place.is_finite() {
                state.place = outer;
            }
        }
        Ok(())
    }

    /// The text of a form, which is a page in a page.
    fn form(
        &mut self,
        form: &Stream<'a>,
        resources: &Resources<'a>,
        state: &State<'a>,
        depth: usize,
    ) -> Result<(), String> {
        let dict = form.dict();
        if dict.get::<Name<'_>>("Subtype").as_deref() != Some(b"Form") {
            return Ok(());
        }
        let Ok(content) = form.decoded_data() else { return Ok(()) };
        self.count(content.len() as u64)?;
        let matrix = dict.get::<[f64; 6]>("Matrix").map_or(Affine::IDENTITY, Affine::new);
        let own = dict.get::<Dict<'a>>("Resources").map(Resources::new);
        let state = State { place: state.place * matrix, ..state.clone() };
        self.content(&content, own.as_ref().unwrap_or(resources), state, depth + 1)
    }

    /// A font, once it is known that its parts do not unpack to too much.
    fn font(&mut self, dict: Option<Dict<'a>>) -> Result<Option<Font<'a>>, String> {
        let Some(dict) = dict else { return Ok(None) };
        if !self.weighed.insert(dict.data().as_ptr().addr()) {
            return Ok(self.fonts.font(&dict, &self.programs, &self.maps));
        }
        let within = dict.get::<Array<'a>>("DescendantFonts").and_then(|fonts| fonts.iter::<Dict<'a>>().next());
        for font in [Some(&dict), within.as_ref()].into_iter().flatten() {
            let descriptor = font.get::<Dict<'a>>("FontDescriptor");
            for part in [Some(font), descriptor.as_ref()].into_iter().flatten() {
                for stream in STREAMS.iter().filter_map(|name| part.get::<Stream<'a>>(name)) {
                    let size = weight::size(&stream.raw_data(), self.limits.bytes);
                    self.count(size.unwrap_or(self.limits.bytes + 1))?;
                }
            }
        }
        Ok(self.fonts.font(&dict, &self.programs, &self.maps))
    }

    fn show(&mut self, state: &mut State<'a>, words: &Words<'_>, is_aside: bool) -> Result<(), String> {
        let Some(font) = state.font.clone().filter(Font::is_horizontal) else { return Ok(()) };
        let bytes = words.as_bytes();
        self.signs += bytes.len() as u64;
        if self.signs > self.limits.text as u64 {
            return Err(format!("its text is longer than {} MiB", self.limits.text >> 20));
        }
        let mut at = 0;
        while at < bytes.len() {
            let (code, length) = font.read_code(bytes, at);
            at += length.max(1);
            let here = state.place * state.next;
            let width = font.code_advance(code).x / EM * state.size;
            if !is_aside {
                self.sign(state, &font, code, here, width);
            }
            let blank = if code == 32 && length == 1 { state.between_words } else { 0.0 };
            let x = (width + state.between_signs + blank) * state.scale;
            state.next *= Affine::translate((x, 0.0));
        }
        Ok(())
    }

    fn sign(&mut self, state: &State<'a>, font: &Font<'a>, code: u32, here: Affine, width: f64) {
        let [along, up, aslant, tall, ..] = here.as_coeffs();
        if along <= 0.0 || up.abs() > along * STEEP || !here.is_finite() {
            return;
        }
        let text = match font.glyph(font.map_code(code), code) {
            FontGlyph::Outline(glyph) => glyph.as_unicode(),
            FontGlyph::Type3(glyph) => glyph.as_unicode(),
        };
        let Some(text) = text else {
            self.unknown += 2;
            return;
        };
        let from = here * Point::new(0.0, state.rise);
        let to = here * Point::new(width * state.scale, state.rise);
        let size = (aslant.hypot(tall) * state.size).abs();
        let sign = Sign { x: from.x, end: to.x, y: from.y, size };
        match text {
            BfString::Char(one) => self.page.add(sign, one.encode_utf8(&mut [0; 4])),
            BfString::String(several) => self.page.add(sign, &several),
        }
    }
}

fn affine(numbers: [&Number; 6]) -> Affine {
    Affine::new(numbers.map(Number::as_f64))
}

/// True for the mark of what belongs to the page and not to the text.
fn is_aside(mark: &Name<'_>) -> bool {
    mark.as_ref() == b"Artifact"
}
