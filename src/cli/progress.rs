//! A sign of life for long work, on a terminal only: how much is read, how fast, and how long the rest will take.

use std::io::IsTerminal;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use indicatif::{HumanCount, HumanDuration, ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::args::Global;
use crate::input::{self, Meter};
use crate::rules::RuleSet;
use crate::rules::input::Pass;

/// Work shorter than this shows nothing.
const PATIENCE: Duration = Duration::from_secs(1);

/// How often a sign turns that shows nothing but life.
const TURN: Duration = Duration::from_millis(120);

/// What is shown where the files' sizes tell how much there is.
const BAR: &str = "{bar:30} {percent:>3} %  {msg}";

/// What is shown otherwise.
const SPINNER: &str = "{spinner} {msg}";

/// How much of the articles is read, shown once the work takes long, and wiped at the end.
pub(super) struct Progress {
    /// Where it is shown, until it is.
    target: Option<ProgressDrawTarget>,
    pass: Pass,
    paths: Vec<PathBuf>,
    meter: Meter,
    patience: Duration,
    since: Instant,
    shown: Option<Shown>,
}

struct Shown {
    bar: ProgressBar,
    /// Bytes there are to read, if that is known.
    size: Option<u64>,
}

impl Progress {
    /// Progress through the files of `paths`, whose bytes `meter` counts. Nothing is shown but on a terminal.
    pub(super) fn of(global: &Global, rules: &RuleSet, paths: &[PathBuf], meter: Meter) -> Self {
        let wanted = !global.quiet && std::io::stderr().is_terminal();
        Self::on(wanted.then(ProgressDrawTarget::stderr), PATIENCE, &rules.input.pass, paths, meter)
    }

    fn on(
        target: Option<ProgressDrawTarget>,
        patience: Duration,
        pass: &Pass,
        paths: &[PathBuf],
        meter: Meter,
    ) -> Self {
        Self { pass: pass.clone(), target, paths: paths.to_vec(), meter, patience, since: Instant::now(), shown: None }
    }

    /// Tells how many articles have been read.
    pub(super) fn show(&mut self, articles: usize) {
        let elapsed = self.since.elapsed();
        if elapsed < self.patience {
            return;
        }
        if let Some(target) = self.target.take() {
            let size = input::size(&self.pass, &self.paths).filter(|&size| size > 0);
            let bar = ProgressBar::with_draw_target(size, target);
            bar.set_style(style(if size.is_some() { BAR } else { SPINNER }));
            self.shown = Some(Shown { bar, size });
        }
        if let Some(Shown { bar, size }) = &self.shown {
            let read = self.meter.bytes();
            bar.set_message(told(articles, elapsed, read, *size));
            bar.set_position(read);
        }
    }

    /// Tells that all is read, and the claims are compared; of that nobody knows how long it takes.
    pub(super) fn compare(&mut self, claims: usize) {
        if let Some(Shown { bar, .. }) = &self.shown {
            bar.set_style(style(SPINNER));
            bar.set_message(format!("comparing {} claims", HumanCount(claims as u64)));
            bar.enable_steady_tick(TURN);
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(Shown { bar, .. }) = &self.shown {
            bar.finish_and_clear();
        }
    }
}

/// The templates above are sound; one that is not would show the bar as it comes.
fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}

/// `12,000 read, 800 a second, 2m left`.
fn told(articles: usize, elapsed: Duration, read: u64, size: Option<u64>) -> String {
    let rate = articles as f64 / elapsed.as_secs_f64().max(f64::EPSILON);
    let left = size.filter(|_| read > 0).map(|size| {
        let rest = size.saturating_sub(read) as f64 / read as f64;
        format!(", {:#} left", HumanDuration(elapsed.mul_f64(rest)))
    });
    let (articles, rate) = (HumanCount(articles as u64), HumanCount(rate.round() as u64));
    format!("{articles} read, {rate} a second{}", left.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use indicatif::InMemoryTerm;

    use super::*;
    use crate::input::Reader;
    use crate::rules::RuleFiles;

    #[test]
    fn the_rate_and_the_time_left_follow_from_what_is_read() {
        let minute = Duration::from_secs(60);
        assert_eq!(told(12_000, minute, 250, Some(1000)), "12,000 read, 200 a second, 3m left");
        assert_eq!(told(12_000, minute, 250, None), "12,000 read, 200 a second");
        assert_eq!(told(0, minute, 0, Some(1000)), "0 read, 0 a second");
    }

    fn shown(paths: &[PathBuf], patience: Duration, target: bool) -> (String, String) {
        let terminal = InMemoryTerm::new(5, 100);
        let rules = RuleSet::load(&RuleFiles::built_in()).unwrap();
        let mut reader = Reader::new(&rules, paths.iter().cloned(), std::io::empty());
        let target = target.then(|| ProgressDrawTarget::term_like_with_hz(Box::new(terminal.clone()), 255));
        let mut progress = Progress::on(target, patience, &rules.input.pass, paths, reader.meter());
        let read = reader.by_ref().count();
        progress.show(read);
        let bar = terminal.contents();
        progress.compare(7);
        let compared = terminal.contents();
        drop(progress);
        assert_eq!(terminal.contents(), "", "the bar is wiped");
        (bar, compared)
    }

    #[test]
    fn a_bar_is_drawn_for_files_and_wiped_and_nothing_is_without_a_terminal_or_before_its_time() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("a.txt"), "Two people died.").unwrap();
        let paths = [folder.path().to_owned()];
        let (bar, compared) = shown(&paths, Duration::ZERO, true);
        assert!(bar.starts_with('█') && bar.contains("100 %  1 read, "), "{bar}");
        assert!(compared.ends_with("comparing 7 claims"), "{compared}");
        assert_eq!(shown(&paths, Duration::from_secs(600), true), Default::default());
        assert_eq!(shown(&paths, Duration::ZERO, false), Default::default());
        let (spinner, _) = shown(&[PathBuf::from("-")], Duration::ZERO, true);
        assert!(spinner.contains(" read, ") && !spinner.contains('%'), "{spinner}");
    }
}
