//! Replaces `import` and `review` in a program that was built without the feature `import`.

use clap::Args;

/// Any arguments of a command that is not in this program.
#[derive(Args, Debug)]
#[command(disable_help_flag = true)]
pub(crate) struct NotBuilt {
    /// Whatever the command would have taken.
    #[arg(allow_hyphen_values = true, trailing_var_arg = true, hide = true)]
    pub(crate) rest: Vec<String>,
}

/// The error of such a command.
pub(crate) const NOT_BUILT: &str = "this program was built without `import` and `review`; in a copy of its source code, \
    `cargo install --path .` builds it with them";
