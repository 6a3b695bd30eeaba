//! The table of words: from the bytes of a word, small and capital letters alike, to its number.
//!
//! Words of up to sixteen bytes, nearly all there are, are one number each, so that they are folded, hashed and compared
//! in a few steps; only longer ones are kept as text.

use rustc_hash::FxHashMap;

use crate::text::Span;

/// A word's number in the lexicon; 0 is every word that is not in it.
pub type WordId = u32;

/// Longest word that is looked up, in bytes; longer ones are no words of any rule.
const LONGEST_WORD: usize = 40;

/// Longest word that is kept as a number, in bytes.
const SHORT: usize = 16;

/// Words and their numbers.
#[derive(Clone, Debug, Default)]
pub(super) struct WordTable {
    /// A power of two of slots, each the number of a word or 0; a word stands at its hash or in the slots after it.
    slots: Vec<WordId>,
    /// By number, the bytes of each short word; 0 for long ones.
    short: Vec<u128>,
    long: FxHashMap<Box<[u8]>, WordId>,
}

impl WordTable {
    /// The number of a word; `new`, under which it is added, if it is not there. Numbers are given in order, from 1.
    pub(super) fn add(&mut self, word: &str, new: WordId) -> WordId {
        let known = self.find(word, Span::new(0, word.len()));
        let mut buffer = [0; LONGEST_WORD];
        let Some(key) = folded(word.as_bytes(), &mut buffer).filter(|_| known == 0) else { return known };
        self.short.resize(new as usize + 1, 0);
        match short_key(key) {
            Some(key) => {
                self.short[new as usize] = key;
                self.place(key, new);
            }
            None => {
                self.long.insert(key.into(), new);
            }
        }
        new
    }

    /// The number of the word at a place in a text, 0 if it is not there.
    pub(super) fn find(&self, text: &str, word: Span) -> WordId {
        let (bytes, length) = (text.as_bytes(), word.len());
        let ascii = match bytes.get(word.start as usize..).and_then(|rest| rest.first_chunk::<SHORT>()) {
            Some(chunk) if length <= SHORT => {
                let key = u128::from_le_bytes(*chunk) & (u128::MAX >> (8 * (SHORT - length.max(1))));
                (key & HIGH == 0).then_some(key)
            }
            _ => None,
        };
        match ascii {
            Some(key) => self.find_short(lowered(key)),
            None => self.find_folded(bytes.get(word.start as usize..word.end as usize).unwrap_or(&[])),
        }
    }

    fn find_folded(&self, word: &[u8]) -> WordId {
        let mut buffer = [0; LONGEST_WORD];
        let Some(key) = folded(word, &mut buffer) else { return 0 };
        match short_key(key) {
            Some(key) => self.find_short(key),
            None => self.long.get(key).copied().unwrap_or(0),
        }
    }

    fn find_short(&self, key: u128) -> WordId {
        let mut at = slot(key, self.slots.len());
        // At least half of the slots are empty, so that an empty one comes soon.
        while let Some(&id) = self.slots.get(at)
            && id != 0
        {
            if self.short[id as usize] == key {
                return id;
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
        0
    }

    fn place(&mut self, key: u128, id: WordId) {
        if self.slots.len() < 2 * self.short.len() {
            let slots = (4 * self.short.len()).next_power_of_two();
            self.slots = vec![0; slots];
            for id in 1..self.short.len() {
                if self.short[id] != 0 {
                    self.put(self.short[id], id as WordId);
                }
            }
        } else {
            self.put(key, id);
        }
    }

    fn put(&mut self, key: u128, id: WordId) {
        let mask = self.slots.len() - 1;
        let mut at = slot(key, self.slots.len());
        while self.slots[at] != 0 {
            at = (at + 1) & mask;
        }
        self.slots[at] = id;
    }
}

/// The high bit of every byte.
const HIGH: u128 = u128::from_le_bytes([0x80; SHORT]);

/// The capital ASCII letters among sixteen bytes made small, all bytes at once; no byte has its high bit set.
fn lowered(bytes: u128) -> u128 {
    let each = |byte: u8| u128::from_le_bytes([byte; SHORT]);
    let from_a = bytes + each(0x80 - b'A');
    let past_z = bytes + each(0x7F - b'Z');
    bytes | (((from_a ^ past_z) & HIGH) >> 2)
}

/// Fibonacci hashing of both halves (Knuth, The Art of Computer Programming 3, 6.4).
fn slot(key: u128, slots: usize) -> usize {
    let (low, high) = (key as u64, (key >> 64) as u64);
    let hash = (low ^ high.wrapping_mul(0xD6E8_FEB8_6659_FD93)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    ((hash ^ (hash >> 32)).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32) as usize & slots.wrapping_sub(1)
}

/// The folded bytes of a short word as a number.
fn short_key(folded: &[u8]) -> Option<u128> {
    let mut bytes = [0; SHORT];
    bytes.get_mut(..folded.len())?.copy_from_slice(folded);
    Some(u128::from_le_bytes(bytes))
}

/// Makes ASCII letters small and apostrophes straight; `None` for words that are too long.
fn folded<'b>(bytes: &[u8], buffer: &'b mut [u8; LONGEST_WORD]) -> Option<&'b [u8]> {
    if bytes.len() > LONGEST_WORD {
        return None;
    }
    let mut length = 0;
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        if byte == 0xE2 && matches!(bytes.get(at + 1..at + 3), Some([0x80, 0x98 | 0x99])) {
            buffer[length] = b'\'';
            at += 3;
        } else {
            buffer[length] = byte.to_ascii_lowercase();
            at += 1;
        }
        length += 1;
    }
    Some(&buffer[..length])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_word_is_found_in_any_case_and_at_any_place(
            words in prop::collection::btree_set("[a-zé'-]{1,24}", 1..60),
            before in "[a-z ]{0,9}",
            after in "[a-z ]{0,20}",
        ) {
            let mut table = WordTable::default();
            for (word, id) in words.iter().zip(1..) {
                prop_assert_eq!(table.add(word, id), id);
            }
            for (word, id) in words.iter().zip(1..) {
                let spelled = word.to_ascii_uppercase().replace('\'', "’");
                let text = format!("{before}{spelled}{after}");
                let span = Span::new(before.len(), before.len() + spelled.len());
                prop_assert_eq!(table.add(word, 99), id);
                let long = spelled.len() > LONGEST_WORD;
                prop_assert!(long || table.find(&text, span) == id);
                prop_assert_eq!(table.find("zzzzq", Span::new(0, 5)), 0);
            }
        }
    }
}
