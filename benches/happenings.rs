//! Articles of any number about many happenings, the same bytes on every machine and every run: most happenings are told by
//! a handful of outlets, some by a hundred, and one by a share of all of them.
//!
//! Happenings come in twins, in one town within one week. Outlets retell each other's sentences with other numbers, recall
//! older happenings, and differ in whom they quote.

use gainsay::text::Article;
use jiff::ToSpan;
use jiff::civil::{Date, date};

/// Countries with their people, a foe, and towns.
const COUNTRIES: [[&str; 6]; 12] = [
    ["Armenia", "Armenian", "Azerbaijan", "Gyumri", "Yerevan", "Goris"],
    ["Azerbaijan", "Azerbaijani", "Armenia", "Baku", "Ganja", "Martakert"],
    ["Ukraine", "Ukrainian", "Russia", "Kharkiv", "Mariupol", "Odesa"],
    ["Syria", "Syrian", "Turkey", "Aleppo", "Idlib", "Damascus"],
    ["Iraq", "Iraqi", "Iran", "Baghdad", "Mosul", "Ramadi"],
    ["Yemen", "Yemeni", "Saudi Arabia", "Sanaa", "Taiz", "Hodeidah"],
    ["Sudan", "Sudanese", "Chad", "Khartoum", "Nyala", "El Fasher"],
    ["Pakistan", "Pakistani", "India", "Quetta", "Peshawar", "Karachi"],
    ["India", "Indian", "Pakistan", "Srinagar", "Mumbai", "Kupwara"],
    ["Ethiopia", "Ethiopian", "Eritrea", "Adigrat", "Mekelle", "Addis Ababa"],
    ["Libya", "Libyan", "Egypt", "Tripoli", "Benghazi", "Misrata"],
    ["Georgia", "Georgian", "Russia", "Tbilisi", "Gori", "Tskhinvali"],
];

/// What struck, as a noun, and what it did.
const KINDS: [[&str; 2]; 5] = [
    ["shelling", "shells hit"],
    ["bombing", "a car bomb went off at"],
    ["air strike", "warplanes struck"],
    ["attack", "gunmen stormed"],
    ["rocket attack", "rockets hit"],
];

/// What was struck.
const SPOTS: [&str; 8] = [
    "a market",
    "a bus station",
    "the old mill",
    "a school yard",
    "a row of houses",
    "the grain harbour",
    "a hospital gate",
    "a bakery",
];

/// Syllables of villages and persons that no word list knows.
const SYLLABLES: [&str; 12] = ["bar", "den", "kol", "mir", "tas", "vor", "lun", "gesh", "rad", "sil", "oma", "ter"];

/// Steele, Lea and Flood's splitmix64: neighbouring numbers draw nothing alike.
struct Draw(u64);

impl Draw {
    /// A generator for the thing of a number; `kind` tells things of several kinds apart.
    fn new(number: u64, kind: u64) -> Self {
        Self(number << 8 | kind)
    }

    /// A number below `bound`.
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ mixed >> 31) % bound.max(1)
    }

    /// One of `items`.
    fn pick<T: Copy>(&mut self, items: &[T]) -> T {
        items[self.below(items.len() as u64) as usize]
    }

    /// A name that no word list knows.
    fn word(&mut self) -> String {
        let word = format!("{}{}{}", self.pick(&SYLLABLES), self.pick(&SYLLABLES), self.pick(&SYLLABLES));
        word[..1].to_uppercase() + &word[1..]
    }
}

/// One happening, as it really was.
struct Happening {
    country: [&'static str; 6],
    town: &'static str,
    village: String,
    kind: [&'static str; 2],
    spot: &'static str,
    day: Date,
    killed: u64,
}

impl Happening {
    /// The happening of a number: an odd one strikes the town of the even one before it, some days later.
    fn of(number: u64) -> Self {
        let mut both = Draw::new(number / 2, 1);
        let mut own = Draw::new(number, 2);
        let country = both.pick(&COUNTRIES);
        let day = date(2012, 1, 2) + (both.below(4400) as i64).days();
        Self {
            country,
            town: country[3 + both.below(3) as usize],
            village: own.word(),
            kind: own.pick(&KINDS),
            spot: own.pick(&SPOTS),
            day: day + (number as i64 % 2 * 3).days(),
            killed: 2 + own.below(60),
        }
    }
}

/// The happening that an article tells: of a hundred articles three tell the greatest of all, twelve one that a hundred
/// others tell too, and the others one of a few articles around them.
fn told_by(article: u64, draw: &mut Draw) -> u64 {
    match draw.below(100) {
        0..3 => 0,
        3..15 => 2 + article / 1000,
        _ => 1000 + (article + draw.below(40)) / 6,
    }
}

/// The first articles: what is known of each, and its text.
pub(crate) fn articles(number: usize) -> impl Iterator<Item = (Article, String)> + Send {
    (0..number as u64).map(|n| {
        let mut draw = Draw::new(n, 3);
        let happening = Happening::of(told_by(n, &mut draw));
        let published = happening.day + (draw.below(4) as i64).days();
        let outlet = Draw::new(draw.below(300), 4).word();
        let article = Article {
            document: format!("article-{n:06}").into(),
            outlet: Some(format!("{outlet} Courier").into()),
            published: Some(published),
            ..Article::default()
        };
        (article, text(&happening, &mut draw))
    })
}

/// An article: the lead and what officials say always, the rest as it is drawn.
fn text(happening: &Happening, draw: &mut Draw) -> String {
    let Happening { country: [country, people, foe, ..], town, village, kind: [kind, struck], spot, day, killed } =
        happening;
    let when = day.strftime("%-d %B %Y").to_string();
    let near = |draw: &mut Draw| (killed + draw.below(6)).saturating_sub(2);
    let (a, b, c, d) = (near(draw), near(draw), killed * 2 + draw.below(9), killed + draw.below(30));
    let person = draw.word();
    let mut sentences = vec![
        format!(
            "At least {a} people were killed and {c} wounded on {when} when {struck} {spot} in {town}, {people} officials said."
        ),
        format!("The {kind} near the village of {village} was the worst in {town} for a long time."),
    ];
    let mut others = vec![
        format!(
            "Rescue workers pulled {b} bodies from the ruins near {village} in {town} and said that {d} people were still missing."
        ),
        format!("{b} people died and {c} were injured in the {kind}, said a doctor in {town}, {person}."),
        format!("{country} blamed {foe} for the {kind} on {town}."),
        format!("{foe} denied that it had carried out the {kind}."),
        format!("The {people} defence ministry said that {} of its soldiers were killed near {village}.", b / 2 + 1),
        format!("The {kind} on {town} began on {when}."),
        format!("Hospital staff in {town} counted {a} dead, among them {} children.", a / 3 + 1),
        format!("{country} had {} soldiers stationed near {town}.", 100 * (1 + draw.below(40))),
        format!(
            "More than {} people have been killed in {country} since the fighting began.",
            500 * (1 + draw.below(20))
        ),
    ];
    let past = Happening::of(2 + draw.below(1000));
    others.push(format!(
        "On {}, {} people were killed in {} when {} {}.",
        past.day.strftime("%-d %B %Y"),
        past.killed + draw.below(3),
        past.town,
        past.kind[1],
        past.spot
    ));
    for _ in 0..6 {
        let at = draw.below(others.len() as u64) as usize;
        sentences.push(others.swap_remove(at));
    }
    sentences.join("\n\n")
}
