//! One order of articles, whatever the order in which they came.

use std::ops::Range;

use super::Analysis;
use crate::text::Article;

impl Analysis {
    /// Orders the articles by the day they were published, undated ones first, then by document; all that points at them or
    /// at their claims points at the same ones afterwards.
    pub(super) fn order(&mut self) {
        let key = |article: &Article| (article.published, article.document.clone());
        let mut order: Vec<usize> = (0..self.articles.len()).collect();
        order.sort_by_cached_key(|&article| key(&self.articles[article]));
        if order.is_sorted() {
            return;
        }
        let mut place = vec![0; order.len()];
        order.iter().enumerate().for_each(|(to, &from)| place[from] = to);
        let mut end = 0;
        let range = |&from: &usize| {
            let first = end;
            end += self.claims_of.get(from).map_or(0, ExactSizeIterator::len);
            first..end
        };
        let ranges: Vec<Range<usize>> = order.iter().map(range).collect();
        let claims: Vec<usize> = self
            .claims_of
            .iter()
            .zip(&place)
            .flat_map(|(_, &to)| ranges.get(to).cloned().unwrap_or_default())
            .collect();
        self.corrected.iter_mut().for_each(|(claim, _)| *claim = claims[*claim]);
        for one in &mut self.moves {
            one.claim = claims[one.claim];
            one.to = one.to.map(|to| claims[to]);
        }
        self.times.iter_mut().for_each(|(article, _)| *article = place[*article]);
        self.times.sort_by_key(|(article, _)| *article);
        self.attributions.iter_mut().for_each(|(article, _)| *article = place[*article]);
        self.attributions.sort_by_key(|(article, _)| *article);
        self.gaps.iter_mut().for_each(|(article, _)| *article = place[*article]);
        self.gaps.sort_by_key(|(article, _)| *article);
        self.texts =
            std::mem::take(&mut self.texts).into_iter().map(|(article, text)| (place[article], text)).collect();
        permute(&mut self.claims, claims);
        permute(&mut self.articles, place);
        self.claims_of = ranges;
    }
}

/// Puts each item to the place that is given for it.
fn permute<T>(items: &mut [T], mut places: Vec<usize>) {
    for i in 0..places.len() {
        while places[i] != i {
            let to = places[i];
            items.swap(i, to);
            places.swap(i, to);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{Until, analyze};
    use crate::extract::Wanted;
    use crate::page;
    use crate::rules::{RuleFiles, RuleSet};
    use crate::text::Document;

    /// An article with as many claims as it has sentences.
    fn document(name: &str, published: Option<&str>, sentences: usize, rules: &RuleSet) -> Document {
        let published = published.map(|day| day.parse().unwrap());
        let text = ["Two people were killed.", " Nine soldiers were wounded in Gyumri."];
        let article = Article { document: name.into(), published, ..Article::default() };
        page::read(&rules.page, article, text[..sentences].concat())
    }

    #[test]
    fn articles_stand_by_day_and_document_and_keep_their_claims() {
        let rules = RuleSet::load(&RuleFiles::built_in()).unwrap();
        let articles = [
            document("late", Some("2020-09-29"), 1, &rules),
            document("undated", None, 2, &rules),
            document("b", Some("2020-09-28"), 0, &rules),
            document("a", Some("2020-09-28"), 2, &rules),
        ];
        let all = |articles: Vec<Document>| {
            let sources = articles.into_iter().map(Ok);
            analyze(sources, &rules, Wanted { texts: true, ..Wanted::default() }, Until::Events, |_| ())
        };
        let analysis = all(articles.to_vec());
        let names: Vec<&str> = analysis.articles.iter().map(|article| &*article.document).collect();
        assert_eq!(names, ["undated", "a", "b", "late"]);
        for (article, claims) in analysis.claims_of.iter().enumerate() {
            let own = analysis.claims[claims.clone()].iter();
            assert!(own.map(|claim| &*claim.article.document).all(|document| document == names[article]));
        }
        assert_eq!(analysis.claims_of.iter().map(ExactSizeIterator::len).collect::<Vec<_>>(), [2, 2, 0, 1]);
        assert_eq!(analysis.texts.keys().copied().collect::<Vec<_>>(), [0, 1, 3]);
        let ids = |analysis: &Analysis| analysis.claims.iter().map(|claim| claim.id).collect::<Vec<_>>();
        let other = all(articles.iter().rev().cloned().collect());
        assert_eq!(ids(&analysis), ids(&other));
    }
}
