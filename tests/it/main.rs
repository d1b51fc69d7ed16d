/// The command line: exit codes, files, what is printed.
mod cli;
/// The preview: save, look, break, mend.
mod serve;
