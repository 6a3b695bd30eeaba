//! Batches: articles are fetched on a thread of their own while those before them are read.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use super::Source;
use crate::error::Error;

/// A batch is handed on once it holds this many articles …
const ARTICLES: usize = 256;
/// … or this many bytes of text, so that only so much text is in memory at a time.
const BYTES: usize = 8 << 20;

/// Articles waiting to be read, and the warnings met while they were fetched.
pub(super) struct Batch<S> {
    pub(super) articles: Vec<S>,
    pub(super) warnings: Vec<Error>,
    bytes: usize,
}

/// The batch that is being filled.
struct Filling<S> {
    batch: Mutex<(Batch<S>, bool)>,
    changed: Condvar,
}

/// Ends the filling when it is dropped, whatever the reason, so that neither side waits for the other for ever.
struct Ending<'f, S>(&'f Filling<S>);

/// Fetches everything and hands it on in batches: full ones, and the last. With a `patience` a batch is handed on after
/// that time, however little it holds; what comes of it must not depend on where batches end.
pub(super) fn each<S: Source>(
    sources: impl Iterator<Item = Result<S, Error>> + Send,
    patience: Option<Duration>,
    mut take: impl FnMut(Batch<S>),
) {
    let filling = Filling { batch: Mutex::new((Batch::default(), false)), changed: Condvar::new() };
    thread::scope(|scope| {
        scope.spawn(|| {
            let _ending = Ending(&filling);
            let mut sources = sources;
            while sources.next().is_some_and(|source| filling.put(source)) {}
        });
        let _ending = Ending(&filling);
        while let Some(batch) = filling.next(patience) {
            take(batch);
        }
    });
}

impl<S> Default for Batch<S> {
    fn default() -> Self {
        Self { articles: Vec::new(), warnings: Vec::new(), bytes: 0 }
    }
}

impl<S> Batch<S> {
    fn is_empty(&self) -> bool {
        self.articles.is_empty() && self.warnings.is_empty()
    }

    fn is_full(&self) -> bool {
        self.articles.len() >= ARTICLES || self.bytes >= BYTES
    }
}

impl<S> Filling<S> {
    fn lock(&self) -> MutexGuard<'_, (Batch<S>, bool)> {
        self.batch.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<S: Source> Filling<S> {
    /// Puts something into the batch, once there is room; false if nobody wants it any more.
    fn put(&self, source: Result<S, Error>) -> bool {
        let full = |(batch, over): &mut (Batch<S>, bool)| batch.is_full() && !*over;
        let mut held = self.changed.wait_while(self.lock(), full).unwrap_or_else(PoisonError::into_inner);
        let (batch, over) = &mut *held;
        match source {
            Ok(source) => {
                batch.bytes += source.bytes();
                batch.articles.push(source);
            }
            Err(warning) => batch.warnings.push(warning),
        }
        self.changed.notify_all();
        !*over
    }

    /// The next batch; `None` at the end.
    fn next(&self, patience: Option<Duration>) -> Option<Batch<S>> {
        let empty = |(batch, over): &mut (Batch<S>, bool)| batch.is_empty() && !*over;
        let unfilled = |(batch, over): &mut (Batch<S>, bool)| !batch.is_full() && !*over;
        let held = self.changed.wait_while(self.lock(), empty).unwrap_or_else(PoisonError::into_inner);
        let mut held = match patience {
            Some(patience) => {
                let waited = self.changed.wait_timeout_while(held, patience, unfilled);
                waited.unwrap_or_else(PoisonError::into_inner).0
            }
            None => self.changed.wait_while(held, unfilled).unwrap_or_else(PoisonError::into_inner),
        };
        let batch = std::mem::take(&mut held.0);
        self.changed.notify_all();
        (!batch.is_empty()).then_some(batch)
    }
}

impl<S> Drop for Ending<'_, S> {
    fn drop(&mut self) {
        self.0.lock().1 = true;
        self.0.changed.notify_all();
    }
}
