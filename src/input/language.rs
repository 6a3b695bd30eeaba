//! Languages: which one a text is in, and whether there are rules for it.

use crate::rules::input::Languages;

/// The language of a text; `None` of one too short to tell.
pub(super) fn of<'r>(rules: &'r Languages, text: &str) -> Option<&'r str> {
    let text = text.trim();
    let head = text.get(..boundary(text, rules.sample)).unwrap_or(text);
    if text.len() < rules.shortest { None } else { told(rules, head) }
}

/// The language of a text for which there are no rules; `first` is what [`of`] tells of the text.
///
/// Its beginning and its end must agree, so that a long quotation decides nothing.
pub(super) fn foreign<'r>(rules: &'r Languages, first: &'r str, text: &str) -> Option<&'r str> {
    if rules.readable.contains(first) || !rules.can_tell() {
        return None;
    }
    let text = text.trim();
    let tail = text.get(boundary(text, text.len().saturating_sub(rules.sample))..).unwrap_or(text);
    (told(rules, tail)? == first).then_some(first)
}

fn told<'r>(rules: &'r Languages, text: &str) -> Option<&'r str> {
    let letters = text.chars().filter(|c| c.is_alphabetic()).map(char::len_utf8).sum::<usize>();
    if letters < rules.letters {
        return None;
    }
    let code = whichlang::detect_language(text).three_letter_code();
    rules.names.get(code).map(|name| &**name)
}

/// The start of a character at or before a byte.
fn boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::RuleFiles;
    use crate::rules::input::InputRules;

    fn foreign<'r>(rules: &'r Languages, text: &str) -> Option<&'r str> {
        super::foreign(rules, of(rules, text)?, text)
    }

    #[test]
    fn long_texts_without_rules_are_told_and_short_ones_are_not() {
        let rules = InputRules::load(&RuleFiles::built_in()).unwrap().languages;
        let german = "Bei dem Angriff auf den Posten an der Brücke sind nach Angaben des Ministeriums zwölf Soldaten getötet und \
            dreißig weitere verletzt worden. Die Rebellen wiesen die Vorwürfe zurück und sprachen von einer Lüge der Regierung.";
        let russian = "По данным министерства, в результате обстрела поста у моста погибли двенадцать военных, ещё тридцать ранены. \
            Представитель повстанцев заявил, что они не стреляли первыми.";
        let english = "At least twelve soldiers were killed and thirty others were injured when shells struck a post beside the bridge, \
            the ministry said. A spokesman for the rebels denied that its men had fired first and spoke of a lie.";
        assert_eq!(foreign(&rules, german), Some("de"));
        assert_eq!(foreign(&rules, russian), Some("ru"));
        assert_eq!(foreign(&rules, english), None);
        assert_eq!(foreign(&rules, "Zwölf Tote."), None);
        for blank in [" ", "\n", "- ", "0 ", "1."] {
            assert_eq!(of(&rules, &format!("{}Two people died.", blank.repeat(500))), None);
        }
        assert_eq!(foreign(&rules, &format!("{}{german}", " ".repeat(500))), Some("de"));
        assert_eq!(
            foreign(&rules, &format!("{german}\n{english} {english} {english} {english} {english} {english}")),
            None
        );
    }
}
