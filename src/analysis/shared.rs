//! What many claims have in common: kept once, because outlets carry each other's sentences.

use std::hash::Hash;
use std::sync::Arc;

use rustc_hash::FxHashSet;

use crate::claim::{Claim, Content, Party, Setting};

/// What many claims have in common, kept once: outlets carry each other's sentences word for word.
#[derive(Default)]
pub(super) struct Shared {
    sentences: FxHashSet<Arc<str>>,
    settings: FxHashSet<Arc<Setting>>,
    contents: FxHashSet<Arc<Content>>,
    speakers: FxHashSet<Arc<Party>>,
}

impl Shared {
    /// Puts what a claim says and where it plays into the place where that is kept already.
    pub(super) fn unite(&mut self, claim: &mut Claim) {
        first(&mut self.sentences, &mut claim.sentence);
        first(&mut self.settings, &mut claim.setting);
        first(&mut self.settings, &mut claim.article_setting);
        first(&mut self.contents, &mut claim.content);
        if let Some(speaker) = &mut claim.speaker {
            first(&mut self.speakers, speaker);
        }
    }
}

/// The value equal to `one` that was met first.
fn first<T: ?Sized + Eq + Hash>(known: &mut FxHashSet<Arc<T>>, one: &mut Arc<T>) {
    match known.get(one) {
        Some(first) => *one = Arc::clone(first),
        None => drop(known.insert(Arc::clone(one))),
    }
}
