//! The `gainsay` program.

use std::process::ExitCode;

fn main() -> ExitCode {
    gainsay::cli::main(std::env::args_os())
}
