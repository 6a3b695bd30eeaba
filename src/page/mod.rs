//! The page around an article: what is text and what is furniture, and the outlet, date and title it names.

mod body;
mod credit;
mod front;
mod head;
mod line;
mod outlet;
mod stamp;

use std::sync::Arc;

use jiff::civil::Date;

pub use front::{FrontMatter, front_matter};

use crate::error::Error;
use crate::rules::page::{Example, PageRules, line_key};
use crate::text::{Article, Document, Span, TextHash};
use line::{Kind, Line, Lines};
use outlet::From;
use stamp::Stamp;

/// Reads a page: fills what `article` leaves open from the text, and marks the stretches that are the article.
///
/// What the text does not say stays `None`. The text itself is not changed.
pub fn read(rules: &PageRules, mut article: Article, text: String) -> Document {
    let front = front_matter(&text).map_or(0, |front| front.end);
    let mut page = line::read(rules, &text, front);
    let head = head::read(rules, &text, &mut page.lines, article.title.as_deref());
    let last = body::cut_ends(rules, &text, &mut page.lines);
    let mut cuts = Vec::new();
    let date = date(rules, &text, &mut page, last, head.headline, article.published, &mut cuts);
    cuts.sort_unstable();

    if article.title.is_none() {
        article.title = head.headline.and_then(|(start, end)| text.get(start..end)).map(Into::into);
    }
    article.url = article.url.or_else(|| page.link.map(Into::into));
    if article.published.is_none() {
        article.published = date.or_else(|| article.url.as_deref().and_then(|url| outlet::date_of_url(rules, url)));
    }
    if article.outlet.is_none() {
        let named = |from: From| {
            let fits = |&&(number, name): &&(usize, outlet::Name<'_>)| {
                name.from == from && (from != From::Credit || number < last)
            };
            page.names.iter().find(fits).map(|(_, name)| name.text)
        };
        article.outlet = head
            .masthead
            .or_else(|| named(From::Credit))
            .or_else(|| named(From::Copyright))
            .or_else(|| outlet::of_title(rules, article.title.as_deref()?))
            .or_else(|| named(From::Agency))
            .or_else(|| outlet::of_url(article.url.as_deref()?))
            .map(Into::into);
    }
    if article.credit.is_none() {
        article.credit = credit::of_page(rules, &text, &page.lines, last, head.headline).map(Into::into);
    }
    article.sha256 = Some(TextHash::of(&text));
    let body = body::spans(&text, &page.lines, &cuts, head.headline);
    let headline = head.headline.map(|(start, end)| Span::new(start, end));
    Document { article: Arc::new(article), text, body, headline }
}

/// The day of a line that is a date stamp and speaks of no later change.
pub fn day_of_line(rules: &PageRules, line: &str) -> Option<Date> {
    let line = Some(line.trim()).filter(|line| line.len() <= rules.layout.short_line)?;
    stamp::of_line(rules, line).and_then(|stamp| stamp.published.or(stamp.plain))
}

/// The day in an address's path (`/2015/07/20/`).
pub fn day_of_address(rules: &PageRules, url: &str) -> Option<Date> {
    outlet::date_of_url(rules, url)
}

/// Reads the examples of the page rules; an error for each that is read otherwise than it says.
pub fn check_examples(rules: &PageRules) -> Vec<Error> {
    let mut key = String::new();
    let mut check = |example: &Example| {
        let line = example.line.as_ref();
        line_key(line, &mut key);
        let seen: Option<Box<str>> = match example.rule.as_ref() {
            "stamp" => stamp::of_line(rules, line)
                .map(|stamp| stamp.date().map_or(String::new(), |date| date.to_string()).into()),
            "byline" => line::is_byline(rules, line, &key).then(Box::default),
            "credit" => credit::of_line(rules, line).map(Into::into),
            "outlet" => outlet::of_line(rules, line, &key).map(|name| name.map_or("", |name| name.text).into()),
            _ => rules.furniture(&key, line.len()).map(|does| does.as_str().into()),
        };
        let shown = |reads: &Option<Box<str>>| match reads.as_deref() {
            None => "nothing of its kind".to_owned(),
            Some("") => "undecided".to_owned(),
            Some(reads) => format!("`{reads}`"),
        };
        (seen != example.reads).then(|| {
            let (seen, wanted) = (shown(&seen), shown(&example.reads));
            let message = format!("`{}` reads “{line}” as {seen}, not as {wanted}", example.rule);
            Error::new(example.at.clone(), message).help("change the example, or the words it is read by")
        })
    };
    rules.examples.iter().filter_map(&mut check).collect()
}

/// The day of publication: a stamp above the article's second paragraph, before its first words, or after its last.
///
/// Stamps that count are taken out of the article; those between its paragraphs are part of it.
fn date(
    rules: &PageRules,
    text: &str,
    page: &mut Lines<'_>,
    last: usize,
    headline: Option<(usize, usize)>,
    given: Option<Date>,
    cuts: &mut Vec<(usize, usize)>,
) -> Option<Date> {
    let after = headline.map_or(0, |headline| headline.1);
    let prose = |line: &Line| line.kind == Kind::Prose && line.end > after;
    let mut paragraphs = (0..page.lines.len()).filter(|&i| prose(&page.lines[i]));
    let first = paragraphs.next();
    let second = paragraphs.next().unwrap_or(last);
    let final_one = page.lines.iter().take(last).rposition(prose).unwrap_or(0);

    let mut top = Vec::new();
    let mut bottom = Vec::new();
    for &(number, stamp) in page.stamps.iter().take_while(|(number, _)| *number < last) {
        let at_top = number <= second;
        if !at_top && number < final_one && !stamp.labelled {
            if page.lines[number].kind == Kind::Stamp {
                page.lines[number].kind = Kind::Text;
            }
            continue;
        }
        if page.lines[number].kind != Kind::Stamp {
            cuts.push((stamp.start, page.lines[number].end));
        }
        if at_top {
            top.push(stamp);
        } else if number >= final_one {
            bottom.push(stamp);
        }
    }
    let opening = first.and_then(|first| opening(rules, text, &page.lines[first], headline));
    if let Some((stamp, cut)) = opening {
        // "02/28/2016: two men died": a day other than the page's own, or one that cannot be told, is the event's.
        let own = stamp.date().is_some_and(|date| given.is_none_or(|given| given == date));
        if own || !stamp.closed {
            cuts.push(cut);
        }
    }
    strongest(&top).or(opening.and_then(|(stamp, _)| stamp.date())).or_else(|| strongest(&bottom))
}

fn strongest(stamps: &[Stamp]) -> Option<Date> {
    let first = |of: fn(&Stamp) -> Option<Date>| stamps.iter().find_map(of);
    first(|stamp| stamp.published).or_else(|| first(|stamp| stamp.plain)).or_else(|| first(|stamp| stamp.updated))
}

/// The stamp before a paragraph's first words, with the bytes to leave out: a repeated headline, an agency and the stamp.
fn opening(
    rules: &PageRules,
    text: &str,
    line: &Line,
    headline: Option<(usize, usize)>,
) -> Option<(Stamp, (usize, usize))> {
    let title = headline.and_then(|(start, end)| text.get(start..end)).unwrap_or("");
    let from = line.start.max(headline.map_or(0, |headline| if headline.0 >= line.start { headline.1 } else { 0 }));
    let repeat = |at: usize| if !title.is_empty() && text[at..].starts_with(title) { title.len() } else { 0 };
    let blanks = |at: usize| text[at..].len() - text[at..].trim_start_matches([' ', '\u{a0}']).len();
    let mut at = from + blanks(from);
    let repeated = repeat(at);
    if repeated > 0 || from > line.start {
        at += repeated;
        at += blanks(at);
        at += outlet::agency_at(rules, &text[at..]);
    }
    let stamp = stamp::before_prose(rules, &text[..line.end], at)?;
    let mut end = stamp.end + blanks(stamp.end);
    end += repeat(end);
    if end > stamp.end {
        end += text[end..line.end].len() - text[end..line.end].trim_start_matches([' ', '.', ':', '\u{a0}']).len();
    }
    Some((stamp, (from, end)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::rules::RuleFiles;
    use crate::rules::page::load;

    fn rules() -> PageRules {
        load(&RuleFiles::built_in()).unwrap()
    }

    fn page(text: &str) -> Document {
        read(&rules(), Article::default(), text.to_owned())
    }

    fn body(document: &Document) -> Vec<&str> {
        document.body.iter().map(|span| span.of(&document.text)).collect()
    }

    #[test]
    fn every_example_of_the_rule_files_is_read_as_it_says() {
        assert_eq!(check_examples(&rules()), []);
    }

    #[test]
    fn an_example_that_is_read_otherwise_is_named_with_its_place() {
        let mut files = RuleFiles::built_in();
        let text = files.get("page/en.toml").unwrap().text.replace("date = \"2020-10-24\"", "date = \"2020-10-25\"");
        files.insert("page/en.toml", "en.toml", &text);
        let errors = check_examples(&load(&files).unwrap());
        assert_eq!(errors.len(), 1);
        assert!(errors[0].at.line > 1 && errors[0].at.column > 1, "{errors:?}");
        assert_eq!(errors[0].message, "`stamp` reads “October 24, 2020” as `2020-10-24`, not as `2020-10-25`");
    }

    #[test]
    fn a_masthead_names_the_outlet_and_the_next_line_is_the_headline() {
        let document = page(
            "The Limited Times\n\nTwo soldiers die at the border\n\n2023-05-23T07:59:16.104Z\n\nTwo soldiers died.\n\nSource: merkur\n",
        );
        assert_eq!(document.article.outlet.as_deref(), Some("The Limited Times"));
        assert_eq!(document.article.published, Some(jiff::civil::date(2023, 5, 23)));
        assert_eq!(body(&document), ["Two soldiers die at the border", "Two soldiers died."]);
    }

    #[test]
    fn a_stamp_and_a_repeated_title_before_the_first_words_are_cut() {
        let title = "18 killed fighting Syria Kurds Monitor";
        for (lead, date) in [
            (format!("{title} AFP Saturday 20 Sep 2014 "), Some(jiff::civil::date(2014, 9, 20))),
            (format!("Sun 01 Feb 2015 {title} . "), Some(jiff::civil::date(2015, 2, 1))),
            (
                "16.04.2017(updated 1723 16.04.2017) Get short URL 0 87 ".to_owned(),
                Some(jiff::civil::date(2017, 4, 16)),
            ),
            (format!("05-02-2015 {title} "), None),
        ] {
            let prose = "At least 18 jihadists were killed in overnight clashes with Kurdish fighters in northern Syria near a bridge.";
            let document = page(&format!("{title}\n\n{lead}{prose}"));
            assert_eq!(document.article.published, date, "{lead}");
            assert_eq!(body(&document), [title, prose], "{lead}");
        }
    }

    #[test]
    fn a_day_before_the_first_words_stays_where_it_is_not_the_page_s_own() {
        let text = "02/28/2016: Assailants attacked the post and killed two men there, the ministry said in a statement on Monday.";
        assert!(body(&page(text))[0].starts_with("Assailants"));
        let article = Article { published: Some(jiff::civil::date(2016, 3, 1)), ..Article::default() };
        assert_eq!(body(&read(&rules(), article, text.to_owned())), [text]);
    }

    #[test]
    fn a_date_in_a_sentence_is_no_publication_date() {
        let document = page(
            "Two die in clash\n\nOn October 6, 2016, two people were killed in a clash near the city, police said on Friday.",
        );
        assert_eq!(document.article.published, None);
        let document = page(
            "Two die in clash\n\nMay 12, 2014, two people were killed in a clash near the city, police said on Friday.",
        );
        assert_eq!(document.article.published, None);
    }

    #[test]
    fn comments_end_a_page_but_a_related_link_does_not() {
        let prose =
            "Armed men attacked the post at dawn and killed three soldiers there, the ministry said in a statement.";
        let document = page(&format!(
            "Three killed\n\n{prose}\n\nRelated\n\nOther deaths\n\n{prose}\n\n{prose}\n\n{prose}\n\nLEAVE A REPLY\n\n{prose}\n"
        ));
        assert_eq!(document.body.len(), 3, "{:?}", body(&document));
        assert_eq!(document.article.title.as_deref(), Some("Three killed"));
    }

    #[test]
    fn a_paragraph_right_under_a_heading_of_links_is_the_article_s() {
        let prose = "Armed men attacked the post near the river at dawn and killed three soldiers who slept there, the ministry said in a statement.";
        let document = page(&format!("Three killed\n\n{prose}\n\nTop stories\n\n{prose}\n\nLatest\n\nOther deaths\n"));
        assert_eq!(body(&document), ["Three killed", prose, prose]);
    }

    #[test]
    fn dates_between_the_paragraphs_stay_in_the_article() {
        let prose =
            "Armed men attacked the post at dawn and killed three soldiers there, the ministry said in a statement.";
        let document = page(&format!("Three killed\n\n{prose}\n\n{prose}\n\nDecember 30, 2014\n\n{prose}\n"));
        assert_eq!(document.article.published, None);
        assert!(body(&document)[1].contains("December 30, 2014"));
    }

    #[test]
    fn metadata_wins_and_front_matter_is_no_part_of_the_article() {
        let article = Article { outlet: Some("Krone".into()), title: Some("Two Die".into()), ..Article::default() };
        let text = "---\ntitle: Two Die\n---\nTwo die\nBy Ann Lee\n\nTwo men died.\n© 2014 WXYZ\n";
        let document = read(&rules(), article, text.to_owned());
        assert_eq!(document.article.outlet.as_deref(), Some("Krone"));
        assert_eq!(body(&document), ["Two die", "Two men died."]);
        assert_eq!(document.headline.map(|span| span.of(text)), Some("Two die"));
    }

    #[test]
    fn the_article_s_own_address_gives_outlet_and_day() {
        let document = page(
            "Two die\n\nTwo men died.\n\nRead or Share this story: http://www.king5.com/story/local/2015/07/20/woman/30439965/",
        );
        assert_eq!(document.article.outlet.as_deref(), Some("king5.com"));
        assert_eq!(document.article.published, Some(jiff::civil::date(2015, 7, 20)));
    }

    proptest! {
        #[test]
        fn bodies_are_sorted_disjoint_and_on_character_boundaries(
            lines in prop::collection::vec(prop_oneof![
                "\\PC{0,80}",
                "[A-Z][a-zé ]{90,250}[.]",
                prop::sample::select(rules().examples.iter().map(|e| e.line.to_string()).collect::<Vec<_>>()),
                Just(String::new()),
                Just("Two die in clash".to_owned()),
            ], 0..25),
            title in prop::option::of(prop_oneof![Just("Two die in clash".to_owned()), "\\PC{0,20}"]),
        ) {
            let text = lines.join("\n");
            let article = Article { title: title.map(Into::into), ..Article::default() };
            let document = read(&rules(), article, text.clone());
            let mut end = 0;
            for span in document.body.iter().chain(&document.headline) {
                prop_assert!(text.get(span.start as usize..span.end as usize).is_some());
            }
            for span in &document.body {
                prop_assert!(span.start >= end && span.end > span.start);
                end = span.end;
            }
            prop_assert_eq!(document.text, text);
        }
    }
}
