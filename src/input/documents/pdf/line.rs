//! Lines: the signs of a page put together as they stand side by side.

/// A gap wider than this, in sizes of the signs, parts words.
const BLANK: f64 = 0.15;

/// A gap wider than this parts columns.
const COLUMN: f64 = 3.0;

/// Signs that are so much smaller than their line, and stand so much higher, are marks of notes if they are no letters.
const SMALL: f64 = 0.9;
const RAISED: f64 = 0.15;

/// Lines that are looked at for one that was set twice to look bold.
const RECENT: usize = 4;

/// Where a sign stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sign {
    pub(super) x: f64,
    pub(super) end: f64,
    pub(super) y: f64,
    pub(super) size: f64,
}

/// Signs side by side.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Line {
    pub(super) x: f64,
    pub(super) end: f64,
    /// Above the foot of the page.
    pub(super) y: f64,
    pub(super) size: f64,
    pub(super) text: String,
    /// Where its last sign begins.
    last: f64,
}

/// A page.
#[derive(Clone, Debug, Default)]
pub(super) struct Page {
    width: f64,
    pub(super) height: f64,
    pub(super) lines: Vec<Line>,
}

impl Page {
    pub(super) fn new(width: f64, height: f64) -> Self {
        Self { width, height, ..Self::default() }
    }

    /// Adds a sign, to the last line if it stands there.
    pub(super) fn add(&mut self, sign: Sign, text: &str) {
        let on_page = (-1.0..=self.width + 1.0).contains(&sign.x) && (-1.0..=self.height + 1.0).contains(&sign.y);
        let is_finite = [sign.x, sign.end, sign.y, sign.size].into_iter().all(f64::is_finite);
        if !on_page || !is_finite || sign.size <= 0.0 {
            return;
        }
        let mut written = String::new();
        for letter in text.chars() {
            match letter {
                // What two letters look like as one.
                'ﬀ' => written.push_str("ff"),
                'ﬁ' => written.push_str("fi"),
                'ﬂ' => written.push_str("fl"),
                'ﬃ' => written.push_str("ffi"),
                'ﬄ' => written.push_str("ffl"),
                'ﬅ' | 'ﬆ' => written.push_str("st"),
                blank if blank.is_whitespace() => written.push(' '),
                control if control.is_control() => {}
                letter => written.push(letter),
            }
        }
        if !written.is_empty() {
            self.put(sign, &written);
        }
    }

    /// Puts the whole text of a sign: its letters stand in one place, and none is there twice.
    fn put(&mut self, sign: Sign, text: &str) {
        if let Some(line) = self.lines.last_mut()
            && line.takes(&sign, text)
        {
            return;
        }
        let text = text.trim_start();
        if !text.is_empty() {
            let Sign { x, end, y, size } = sign;
            self.lines.push(Line { x, end, y, size, text: text.to_owned(), last: x });
        }
    }

    /// The page with its lines as they are read: without what was set twice.
    pub(super) fn finished(mut self) -> Self {
        let mut lines: Vec<Line> = Vec::new();
        for line in self.lines.drain(..) {
            let near = |a: f64, b: f64| (a - b).abs() < BLANK * line.size;
            let twice = lines.iter().rev().take(RECENT).any(|other: &Line| {
                near(other.x, line.x) && near(other.y, line.y) && other.text.trim() == line.text.trim()
            });
            if !twice && !line.text.trim().is_empty() {
                lines.push(Line { text: line.text.trim().to_owned(), ..line });
            }
        }
        Self { lines, ..self }
    }
}

impl Line {
    /// Takes in a sign that stands in this line; false if it does not.
    fn takes(&mut self, sign: &Sign, text: &str) -> bool {
        let size = self.size.max(sign.size);
        let rise = sign.y - self.y;
        let gap = sign.x - self.end;
        if rise.abs() > size * 0.5 || !(-0.6 * size..COLUMN * size).contains(&gap) {
            return false;
        }
        let is_mark = text.chars().all(|sign| sign.is_ascii_digit() || "*†‡§[]".contains(sign));
        let is_note = is_mark && sign.size < self.size * SMALL && rise > self.size * RAISED;
        // The same sign in the same place again only makes it bold.
        let is_bold = (sign.x - self.last).abs() < size * 0.1 && self.text.ends_with(text);
        if !is_note && !is_bold {
            if (gap > size * BLANK || text.starts_with(' ')) && !self.text.ends_with(' ') {
                self.text.push(' ');
            }
            self.text.push_str(text.trim_start());
            self.last = sign.x;
        }
        self.end = self.end.max(sign.end);
        true
    }
}
