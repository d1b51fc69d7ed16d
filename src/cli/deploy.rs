//! The built site -> its host.

use std::path::Path;
use std::time::Instant;

use plenary::config;
use plenary::deploy::{Deployment, Request, Target, check_address};
use plenary::output::Published;

use super::arguments::Deploy;
use super::screen::{count, data, print_message, progress};
use super::{Failure, Outcome};

/// Fewer files need no progress bar.
const FEW_FILES: usize = 20;

/// Sends what changed of the built site.
pub(crate) fn run(arguments: &Deploy, folder: &Path, quiet: bool) -> Result<Outcome, Failure> {
    let started = Instant::now();
    let text = std::fs::read_to_string(folder.join(config::FILE))
        .map_err(|error| Failure::Machine(anyhow::Error::new(error).context("cannot read site.toml")))?;
    let (config, _) = config::read(&text);
    let output = arguments.output.clone().unwrap_or_else(|| folder.join("public"));
    let site = Published::open(&output)?;
    check_address(&site.owner, &config.base_url, &output).map_err(|refused| Failure::Usage(refused.to_string()))?;

    let to = arguments.to.as_deref().unwrap_or(&config.deploy.to);
    if to.is_empty() {
        let help = "give --to, or write it into site.toml: [deploy] and below it to = \"…\"";
        return Err(Failure::Usage(format!("no target to deploy to; {help}")));
    }
    let environment = |name: &str| std::env::var(name).ok();
    let mut target =
        Target::parse(to, &config.deploy.endpoint, &config.deploy.region, environment).map_err(Failure::Usage)?;
    // A folder in site.toml is relative to the site, one on the command line to where it is typed.
    if let (Target::Folder(path), None) = (&mut target, &arguments.to) {
        *path = folder.join(&*path);
    }

    let request = Request { folder, site: &site, target: &target, force: arguments.force };
    let deployment = Deployment::prepare(&request)?;
    let plan = &deployment.plan;
    let (sent, removed, unchanged) = (plan.send.len(), plan.remove.len(), plan.unchanged);
    if arguments.dry_run {
        plan.send.iter().try_for_each(|file| data(&format!("send {file}")))?;
        plan.remove.iter().try_for_each(|file| data(&format!("remove {file}")))?;
        let sent = count(sent, "file");
        say(quiet, &format!("Would send {sent} to {target}, remove {removed}; {unchanged} unchanged"));
        return Ok(Outcome::Done);
    }
    if plan.is_empty() {
        say(quiet, &format!("Nothing to do: {target} has all {}", count(unchanged, "file")));
        return Ok(Outcome::Done);
    }
    let bar = progress(sent, FEW_FILES, "files", quiet);
    let done = deployment.carry_out(&|| bar.inc(1));
    bar.finish_and_clear();
    done?;
    let (sent, took) = (count(sent, "file"), started.elapsed().as_secs_f64());
    say(quiet, &format!("Deployed to {target} in {took:.1} s: {sent} sent, {removed} removed, {unchanged} unchanged"));
    Ok(Outcome::Done)
}

/// Prints the result, unless only errors are wanted.
fn say(quiet: bool, line: &str) {
    if !quiet {
        print_message(line);
    }
}
