//! The command line: flags in, one stage called, its output written, an exit status.
