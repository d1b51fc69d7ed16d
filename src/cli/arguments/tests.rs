//! The command line: whether it is consistent, and what it refuses.

use clap::CommandFactory;

use super::*;

#[test]
fn the_command_line_is_consistent() {
    Arguments::command().debug_assert();
}

#[test]
fn only_a_day_is_a_day_of_publication() {
    for (text, good) in [("2024-06-04", true), ("2024-06", false), ("2024-06-04?", false), ("today", false)] {
        assert_eq!(day(text).is_ok(), good, "{text}");
    }
}
