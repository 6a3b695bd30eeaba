//! Quiet: a panic in a reader that others wrote becomes a value, and nothing of it is printed.

use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

thread_local! {
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

static HOOK: Once = Once::new();

/// What `read` gives; `None` if it panicked.
///
/// Panics are printed by a hook of the whole process. So it is replaced once, by one that says nothing of a thread that is
/// being quiet and leaves every other panic to the hook before it. What `read` held is dropped with it.
pub(super) fn quietly<T>(read: impl FnOnce() -> T) -> Option<T> {
    HOOK.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            if !QUIET.try_with(Cell::get).unwrap_or(false) {
                before(panic);
            }
        }));
    });
    QUIET.set(true);
    let read = panic::catch_unwind(AssertUnwindSafe(read));
    QUIET.set(false);
    read.ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_nothing_and_the_next_call_goes_on() {
        let nothing: [u8; 0] = [];
        let at = std::hint::black_box(3);
        assert_eq!(quietly(|| nothing[at]), None);
        assert_eq!(quietly(|| 4), Some(4));
        assert!(!QUIET.get());
    }
}
