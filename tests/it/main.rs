/// The command line: exit codes, files, what is printed.
mod cli;
