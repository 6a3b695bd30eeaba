//! A news corpus of any size, made from the seed reports: the same bytes on every machine and every run.
//!
//! Each document is a shuffle of paragraphs from two seed reports. Other countries, places and persons take the parts,
//! and figures, days, months and years are redrawn, so that few sentences stand twice.

/// The seed reports, front matter included.
const SEEDS: [&str; 5] = [
    include_str!("../seeds/alliance-exit.md"),
    include_str!("../seeds/ambassador-syria-fighters.md"),
    include_str!("../seeds/border-clashes.txt"),
    include_str!("../seeds/captives-video.txt"),
    include_str!("../seeds/october-talks.txt"),
];

/// The names of the seeds' countries and places: which of the four parts in the conflict, and which column of its row.
const NAMES: [(&str, usize, usize); 19] = [
    ("Armenia", 0, 0),
    ("Armenian", 0, 1),
    ("Armenians", 0, 2),
    ("Yerevan", 0, 3),
    ("Gyumri", 0, 5),
    ("Azerbaijan", 1, 0),
    ("Azerbaijani", 1, 1),
    ("Baku", 1, 3),
    ("Nagorno-Karabakh", 1, 4),
    ("Karabakh", 1, 4),
    ("Martakert", 1, 5),
    ("Russia", 2, 0),
    ("Russian", 2, 1),
    ("Moscow", 2, 3),
    ("Kremlin", 2, 3),
    ("Turkey", 3, 0),
    ("Turkish", 3, 1),
    ("Ankara", 3, 3),
    ("Syria", 3, 4),
];

/// Countries that may take a part: name, adjective, people, capital, a region, a town.
const COUNTRIES: [[&str; 6]; 16] = [
    ["Armenia", "Armenian", "Armenians", "Yerevan", "Tavush", "Gyumri"],
    ["Azerbaijan", "Azerbaijani", "Azerbaijanis", "Baku", "Nagorno-Karabakh", "Martakert"],
    ["Cambodia", "Cambodian", "Cambodians", "Phnom Penh", "Oddar Meanchey", "Preah Vihear"],
    ["Chad", "Chadian", "Chadians", "N'Djamena", "Lake Chad", "Adre"],
    ["Colombia", "Colombian", "Colombians", "Bogota", "Cauca", "Tumaco"],
    ["Eritrea", "Eritrean", "Eritreans", "Asmara", "Afar", "Badme"],
    ["Ethiopia", "Ethiopian", "Ethiopians", "Addis Ababa", "Tigray", "Adigrat"],
    ["India", "Indian", "Indians", "New Delhi", "Kashmir", "Kupwara"],
    ["Iraq", "Iraqi", "Iraqis", "Baghdad", "Anbar", "Ramadi"],
    ["Kenya", "Kenyan", "Kenyans", "Nairobi", "Lamu", "Garissa"],
    ["Pakistan", "Pakistani", "Pakistanis", "Islamabad", "Balochistan", "Turbat"],
    ["Russia", "Russian", "Russians", "Moscow", "Chechnya", "Grozny"],
    ["Serbia", "Serbian", "Serbs", "Belgrade", "Kosovo", "Mitrovica"],
    ["Sudan", "Sudanese", "Sudanese", "Khartoum", "Darfur", "Nyala"],
    ["Turkey", "Turkish", "Turks", "Ankara", "Hakkari", "Cizre"],
    ["Yemen", "Yemeni", "Yemenis", "Sanaa", "Hodeidah", "Taiz"],
];

/// The persons of the seeds, first names and last names each in the same order.
const PERSONS: [[&str; 9]; 2] = [
    ["Nikol", "Ilham", "Vladimir", "Vardan", "Mnatsakan", "Antony", "Nancy", "Mike", "Fuat"],
    ["Pashinyan", "Aliyev", "Putin", "Toganyan", "Safaryan", "Blinken", "Pelosi", "Pompeo", "Oktay"],
];

/// Invented persons who take their places, the first names and last names again.
const OTHERS: [[&str; 13]; 2] = [
    [
        "Aram", "Elman", "Dawit", "Yonas", "Anand", "Salim", "Sofia", "Vannak", "Hatim", "Moussa", "Agron", "Tomas",
        "Lena",
    ],
    [
        "Davtyan",
        "Rzayev",
        "Bekele",
        "Tesfay",
        "Mehrotra",
        "Qureshi",
        "Sokha",
        "Osman",
        "Idrissa",
        "Gashi",
        "Petrovac",
        "Navarro",
        "Lindqvist",
    ],
];

/// Who takes which part in one document.
struct Cast {
    /// Rows of [`COUNTRIES`]: the two sides, the protector of the first, the friend of the second.
    countries: [usize; 4],
    /// How far each of the two lists of [`OTHERS`] is turned.
    turned: [usize; 2],
}

impl Cast {
    fn new(draw: &mut Draw) -> Self {
        let mut countries = [0; 4];
        let mut row = draw.below(COUNTRIES.len() as u64) as usize;
        for part in &mut countries {
            *part = row;
            row = (row + 1 + draw.below(4) as usize) % COUNTRIES.len();
        }
        Self { countries, turned: [draw.below(13) as usize, draw.below(13) as usize] }
    }

    /// The name that stands in for `word`, if it is one.
    fn name(&self, word: &str) -> Option<&'static str> {
        if let Some((_, part, column)) = NAMES.iter().find(|(name, _, _)| *name == word) {
            return Some(COUNTRIES[self.countries[*part]][*column]);
        }
        (0..2).find_map(|list| {
            let at = PERSONS[list].iter().position(|name| *name == word)?;
            Some(OTHERS[list][(at + self.turned[list]) % OTHERS[list].len()])
        })
    }
}

/// Days of the week and months, each replaced by another of its kind.
const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Marsaglia's xorshift64: numbers enough for a shuffle, the same everywhere.
struct Draw(u64);

impl Draw {
    /// A generator for the document of this number.
    fn new(document: u64) -> Self {
        Self((document + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// A number below `bound`.
    fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % bound.max(1)
    }

    /// One of `items`.
    fn pick<'a>(&mut self, items: &[&'a str]) -> &'a str {
        items[self.below(items.len() as u64) as usize]
    }
}

/// Documents as (id, text), together at least `bytes` long.
pub(crate) fn corpus(bytes: usize) -> Vec<(String, String)> {
    let mut documents = Vec::new();
    let mut made = 0;
    while made < bytes {
        let number = documents.len() as u64;
        let text = document(&mut Draw::new(number));
        made += text.len();
        documents.push((format!("report-{number:06}"), text));
    }
    documents
}

/// One document: a headline, then the shuffled and varied paragraphs of two seeds.
fn document(draw: &mut Draw) -> String {
    let first = draw.below(SEEDS.len() as u64) as usize;
    let second = (first + 1 + draw.below(SEEDS.len() as u64 - 1) as usize) % SEEDS.len();
    let mut paragraphs: Vec<&str> = paragraphs(SEEDS[first]).collect();
    let borrowed: Vec<&str> = self::paragraphs(SEEDS[second]).collect();
    for _ in 0..2 {
        paragraphs.push(draw.pick(&borrowed));
    }
    for last in (2..paragraphs.len()).rev() {
        let other = 1 + draw.below(last as u64) as usize;
        paragraphs.swap(last, other);
    }
    let cast = Cast::new(draw);
    let mut text = String::new();
    for paragraph in paragraphs {
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        vary(paragraph, &cast, draw, &mut text);
    }
    text
}

/// The paragraphs of a seed, without its front matter.
fn paragraphs(seed: &'static str) -> impl Iterator<Item = &'static str> {
    let body = seed.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n")).map_or(seed, |(_, body)| body);
    body.split("\n\n").map(str::trim).filter(|paragraph| !paragraph.is_empty())
}

/// Writes `paragraph` to `text` with its names, days, months and figures replaced.
fn vary(paragraph: &str, cast: &Cast, draw: &mut Draw, text: &mut String) {
    let mut rest = paragraph;
    while let Some(first) = rest.chars().next() {
        let of_word = |c: char| c.is_alphabetic() || c == '-';
        let of_figure = |c: char| c.is_ascii_digit();
        let end = if first.is_ascii_digit() {
            rest.find(|c| !of_figure(c)).unwrap_or(rest.len())
        } else if first.is_alphabetic() {
            rest.find(|c| !of_word(c)).unwrap_or(rest.len())
        } else {
            first.len_utf8()
        };
        let (piece, after) = rest.split_at(end);
        if first.is_ascii_digit() {
            text.push_str(&figure(piece, draw));
        } else if let Some(name) = cast.name(piece) {
            text.push_str(name);
        } else if DAYS.contains(&piece) {
            text.push_str(draw.pick(&DAYS));
        } else if MONTHS.contains(&piece) {
            text.push_str(draw.pick(&MONTHS));
        } else {
            text.push_str(piece);
        }
        rest = after;
    }
}

/// Another figure of the same kind: a year stays a year, a day of a month a day, a group of thousands its length.
fn figure(digits: &str, draw: &mut Draw) -> String {
    match (digits.len(), digits.parse::<u64>()) {
        (4, Ok(1900..=2099)) => (1998 + draw.below(28)).to_string(),
        (1 | 2, Ok(value)) if value <= 31 => (2 + draw.below(27)).to_string(),
        (3, Ok(0)) => format!("{:03}", draw.below(1000)),
        (length, _) => {
            let low = 10_u64.pow((length as u32).saturating_sub(1).min(9));
            (low + draw.below(9 * low)).to_string()
        }
    }
}
