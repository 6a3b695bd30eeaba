//! Ctrl-C and SIGTERM: nothing half-written stays, one line says so, and the exit status tells the signal.

use std::future::poll_fn;
use std::io::{self, IsTerminal, Write};
use std::process;
use std::task::Poll;
use std::thread;

use tokio::runtime::{Builder, Runtime};
use tokio::signal::unix::{Signal, SignalKind, signal};

use crate::report;

/// What a shell adds to a signal's number to make an exit status of it.
const SIGNALLED: i32 = 128;

/// What a signal that ends the program is told as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ends {
    /// Ctrl-C and SIGTERM.
    Both,
    /// SIGTERM alone; Ctrl-C means something to the command itself.
    Terminated,
}

/// Ends the program when it is told to, from now on. Where signals cannot be heard they end it at once, and what is
/// left unfinished is removed by the next run.
pub(super) fn watch(ends: Ends) {
    let kinds = match ends {
        Ends::Both => vec![SignalKind::interrupt(), SignalKind::terminate()],
        Ends::Terminated => vec![SignalKind::terminate()],
    };
    let Ok(runtime) = Builder::new_current_thread().enable_io().build() else { return };
    let Ok(mut signals) = heard(&runtime, kinds) else { return };
    // A thread that cannot be had is as good as signals that cannot be heard.
    let _ = thread::Builder::new().name("signals".to_owned()).spawn(move || {
        let kind = runtime.block_on(poll_fn(|context| {
            let mut told = signals.iter_mut();
            told.find_map(|(kind, signal)| signal.poll_recv(context).is_ready().then_some(*kind))
                .map_or(Poll::Pending, Poll::Ready)
        }));
        report::abandon(|| end(kind))
    });
}

fn heard(runtime: &Runtime, kinds: Vec<SignalKind>) -> io::Result<Vec<(SignalKind, Signal)>> {
    let _inside = runtime.enter();
    kinds.into_iter().map(|kind| Ok((kind, signal(kind)?))).collect()
}

fn end(kind: SignalKind) {
    let word = if kind == SignalKind::interrupt() { "interrupted" } else { "terminated" };
    let mut stderr = io::stderr();
    // A bar that shows progress may stand in the line.
    let start = if stderr.is_terminal() { "\r\x1B[K" } else { "" };
    // Nobody is left to tell when standard error is closed.
    let _ = stderr.write_all(format!("{start}{word}: every file is whole, or as it was before\n").as_bytes());
    process::exit(SIGNALLED + kind.as_raw_value());
}
