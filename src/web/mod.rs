//! A saved web page: the article's text out of its HTML, and what the page says of the article, each with its place.

mod body;
mod day;
mod depth;
mod json_ld;
mod places;
mod weight;

use dom_query::Document;
use jiff::civil::Date;

use crate::page;
use crate::rules::input::WebRules;
use crate::rules::page::PageRules;
use places::Places;

/// A value of a page with the place it was taken from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told<T> {
    /// The value.
    pub value: T,
    /// The place, as the rules name it.
    pub origin: Box<str>,
    /// What stands there.
    pub words: Box<str>,
}

/// What a page or a record says of its article beside its text. What it does not say is `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// Headline.
    pub title: Option<Told<Box<str>>>,
    /// Who published it.
    pub outlet: Option<Told<Box<str>>>,
    /// Who wrote it.
    pub author: Option<Told<Box<str>>>,
    /// Its own address.
    pub url: Option<Told<Box<str>>>,
    /// The language it says it is in, in lower-case letters without a country.
    pub language: Option<Told<Box<str>>>,
    /// Whose words it carries, where it names another than its outlet.
    pub credit: Option<Told<Box<str>>>,
    /// Day of publication.
    pub published: Option<Told<Date>>,
    /// Day of the last change.
    pub modified: Option<Told<Date>>,
    /// Dates that are stated and cannot be right: place and words.
    pub refused: Vec<(Box<str>, Box<str>)>,
}

/// A saved page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// The headline and the article's paragraphs, parted by empty lines; claims point into this text.
    pub text: String,
    /// What the page says of the article.
    pub about: About,
}

/// Why a page is too heavy to be read, for people; `None` if it is not.
pub fn too_heavy(rules: &WebRules, html: &str) -> Option<String> {
    weight::too_heavy(&rules.limits, html)
}

/// Reads a saved page. Cannot fail, whatever the text; of a page that is [`too_heavy`] nothing is read.
/// `address` is where the page is known to come from.
pub fn read(rules: &WebRules, page_rules: &PageRules, html: &str, address: Option<&str>) -> Page {
    if too_heavy(rules, html).is_some() {
        return Page::default();
    }
    let document = Document::from(html);
    if depth::stands_deeper(&document, rules.limits.deepest) {
        return Page::default();
    }
    let object = json_ld::article(rules, &document);
    body::drop_furniture(rules, &document);
    let places = Places { document: &document, object: object.as_ref(), html };
    let known = address.and_then(|address| Some(told(places::address(address)?, "address", address)));
    let mut about = About {
        title: places.first(&rules.title, places::line),
        outlet: places.first(&rules.outlet, places::name),
        author: places.first(&rules.author, places::name),
        url: known.or_else(|| places.first(&rules.url, places::address)),
        language: places.first(&rules.language, places::language),
        ..About::default()
    };
    let own = |name: &str| about.outlet.as_ref().is_some_and(|outlet| outlet.value.eq_ignore_ascii_case(name));
    about.credit = places.first(&rules.credit, |words| places::name(words).filter(|name| !own(name)));
    if let (Some(title), Some(outlet)) = (&mut about.title, &about.outlet) {
        title.value = without_outlet(&title.value, &outlet.value).into();
    }
    about.dates(rules, page_rules, &places);
    let stated = object.as_ref().and_then(|object| object.text(rules, &rules.text));
    let mut text = body::text(rules, document, html, stated);
    if let Some(title) = about.title.as_ref().filter(|title| !text.starts_with(&*title.value)) {
        text = format!("{}\n\n{text}", title.value);
    }
    Page { text, about }
}

/// The day that a date names, written for programs or for people; `None` if it names none, or one that cannot be right.
pub fn day_of(rules: &WebRules, page_rules: &PageRules, words: &str) -> Option<Date> {
    day::read(&rules.dates, page_rules, words)
}

/// A stretch of HTML as paragraphs of plain text; nothing of one that is [`too_heavy`].
pub fn plain(rules: &WebRules, html: &str) -> String {
    body::plain(rules, html)
}

impl About {
    /// The one agency that it credits, else that it names as the author.
    pub fn agency<'r>(&self, page_rules: &'r PageRules) -> Option<&'r str> {
        let named = |told: &Option<Told<Box<str>>>| page_rules.credits.named(&told.as_ref()?.value);
        named(&self.credit).or_else(|| named(&self.author))
    }

    /// The first date of publication that can be right and does not contradict the page's address, else the address's.
    fn dates(&mut self, rules: &WebRules, page_rules: &PageRules, places: &Places<'_>) {
        let address = self.url.as_ref().and_then(|url| page::day_of_address(page_rules, &url.value));
        let far = |date: Date| {
            let days = address.and_then(|day| date.since(day).ok()).map_or(0, |span| span.get_days().abs());
            days >= rules.dates.address_apart
        };
        for found in places.days(&rules.published, &rules.dates, page_rules) {
            match found.value.filter(|&day| !far(day)) {
                Some(day) => {
                    self.published = Some(Told { value: day, origin: found.origin, words: found.words });
                    break;
                }
                None => self.refused.push((found.origin, found.words)),
            }
        }
        if let (None, Some(day), Some(url)) = (&self.published, address, &self.url) {
            self.published = Some(told(day, "address", &url.value));
        }
        for found in places.days(&rules.modified, &rules.dates, page_rules) {
            let before = |day: Date| self.published.as_ref().is_some_and(|published| day < published.value);
            match found.value.filter(|&day| !before(day)) {
                Some(day) => {
                    self.modified = Some(Told { value: day, origin: found.origin, words: found.words });
                    break;
                }
                None => self.refused.push((found.origin, found.words)),
            }
        }
    }
}

fn told<T>(value: T, origin: &str, words: &str) -> Told<T> {
    Told { value, origin: origin.into(), words: words.into() }
}

/// A headline without the outlet's name that follows it after a bar or a dash.
fn without_outlet<'t>(title: &'t str, outlet: &str) -> &'t str {
    let parted = [" | ", " - ", " – ", " — ", " :: ", " · "].into_iter().find_map(|mark| {
        let (head, name) = title.rsplit_once(mark)?;
        name.trim().eq_ignore_ascii_case(outlet).then(|| head.trim_end())
    });
    parted.filter(|head| !head.is_empty()).unwrap_or(title)
}
