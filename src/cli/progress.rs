//! A sign of life for long work, on a terminal only.

use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

/// Work shorter than this shows nothing.
const PATIENCE: Duration = Duration::from_secs(1);

/// The number of articles read so far, shown once the work takes long, and wiped at the end.
pub(super) struct Progress {
    wanted: bool,
    since: Instant,
    bar: Option<ProgressBar>,
}

impl Progress {
    /// Nothing is shown unless `wanted`.
    pub(super) fn new(wanted: bool) -> Self {
        Self { wanted, since: Instant::now(), bar: None }
    }

    /// Tells how many articles have been read.
    pub(super) fn show(&mut self, articles: usize) {
        if !self.wanted || self.since.elapsed() < PATIENCE {
            return;
        }
        let bar = self.bar.get_or_insert_with(|| {
            let style = ProgressStyle::with_template("{spinner} {pos} articles read, {elapsed}");
            let bar = ProgressBar::new_spinner();
            style.into_iter().for_each(|style| bar.set_style(style));
            bar
        });
        bar.set_position(articles as u64);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
