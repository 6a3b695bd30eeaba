//! Symbols: the names of word classes and of mentions that patterns are made of, and sets of them.

use rustc_hash::FxHashMap;

/// A word class or a kind of mention.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Symbol(pub u8);

impl Symbol {
    /// Stands at every place of a sentence, its end included: what may begin with anything may begin with this.
    pub const ANYTHING: Self = Self(191);
}

/// How many symbols a rule set can have; the rest of the bits stand for [`Symbol::ANYTHING`] and for single words.
pub const MOST_SYMBOLS: usize = 191;

/// A set of symbols, with a hashed bit for each single word, so that a rule's needs are one comparison.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SymbolSet([u64; 4]);

impl SymbolSet {
    /// Adds a symbol.
    #[inline]
    pub fn insert(&mut self, symbol: Symbol) {
        self.0[usize::from(symbol.0 >> 6)] |= 1 << (symbol.0 & 63);
    }

    /// Adds a word's hashed bit.
    #[inline]
    pub fn insert_word(&mut self, word: u32) {
        self.0[3] |= 1 << (word % 64);
    }

    /// True if the symbol is in the set.
    #[inline]
    pub fn has(&self, symbol: Symbol) -> bool {
        self.0[usize::from(symbol.0 >> 6)] & (1 << (symbol.0 & 63)) != 0
    }

    /// Adds every member of `other`.
    #[inline]
    pub fn extend(&mut self, other: &Self) {
        for (a, b) in self.0.iter_mut().zip(other.0) {
            *a |= b;
        }
    }

    /// The members of both.
    #[inline]
    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        let mut out = *self;
        for (a, b) in out.0.iter_mut().zip(other.0) {
            *a &= b;
        }
        out
    }

    /// True if every member of `other` is in the set.
    #[inline]
    pub fn holds(&self, other: &Self) -> bool {
        self.0.iter().zip(other.0).all(|(a, b)| a & b == b)
    }

    /// True if the two share a member.
    #[inline]
    pub fn meets(&self, other: &Self) -> bool {
        let [a, b] = [&self.0, &other.0];
        (a[0] & b[0]) | (a[1] & b[1]) | (a[2] & b[2]) | (a[3] & b[3]) != 0
    }

    /// True if a hashed word is in the set.
    #[inline]
    pub fn has_words(&self) -> bool {
        self.0[3] != 0
    }

    /// Number of its members; words that share a bit count once.
    pub fn len(&self) -> usize {
        self.0.iter().map(|bits| bits.count_ones() as usize).sum()
    }

    /// True if nothing is in it.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.0 == [0; 4]
    }

    /// The symbols in the set, rising; hashed words are left out.
    pub fn symbols(&self) -> impl Iterator<Item = Symbol> + '_ {
        let mut left = [self.0[0], self.0[1], self.0[2]];
        std::iter::from_fn(move || {
            let part = left.iter().position(|&bits| bits != 0)?;
            let symbol = Symbol((part * 64) as u8 + left[part].trailing_zeros() as u8);
            left[part] &= left[part] - 1;
            Some(symbol)
        })
    }
}

/// The names of all symbols of a rule set.
#[derive(Clone, Debug, Default)]
pub struct Symbols {
    names: Vec<Box<str>>,
    by_name: FxHashMap<Box<str>, Symbol>,
}

impl Symbols {
    /// The symbol of a name, made if new; `None` when there are too many.
    pub fn intern(&mut self, name: &str) -> Option<Symbol> {
        if let Some(&symbol) = self.by_name.get(name) {
            return Some(symbol);
        }
        if self.names.len() >= MOST_SYMBOLS {
            return None;
        }
        let symbol = Symbol(self.names.len() as u8);
        self.names.push(name.into());
        self.by_name.insert(name.into(), symbol);
        Some(symbol)
    }

    /// The symbol of a name, if the rules use it.
    pub fn get(&self, name: &str) -> Option<Symbol> {
        self.by_name.get(name).copied()
    }

    /// The name of a symbol.
    pub fn name(&self, symbol: Symbol) -> &str {
        self.names.get(usize::from(symbol.0)).map_or("", |n| n)
    }

    /// The known name most like `name`, for error messages.
    pub fn nearest(&self, name: &str) -> Option<&str> {
        nearest(name, self.names.iter().map(AsRef::as_ref))
    }

    /// All names in the order they were made.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(AsRef::as_ref)
    }
}

/// The candidate most like `name` by Jaro-Winkler similarity, if any is like it at all.
pub fn nearest<'a>(name: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    candidates
        .map(|c| (strsim::jaro_winkler(name, c), c))
        .filter(|(similarity, _)| *similarity > 0.75)
        .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(a.1)))
        .map(|(_, c)| c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_list_their_symbols_in_order() {
        let mut set = SymbolSet::default();
        for n in [190, 3, 64, 63] {
            set.insert(Symbol(n));
        }
        set.insert_word(7);
        assert_eq!(set.symbols().map(|s| s.0).collect::<Vec<_>>(), [3, 63, 64, 190]);
    }
}
