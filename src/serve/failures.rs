//! Pages that cannot be rendered -> a report of each error, once, until a page that it broke renders again.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use crate::diagnostic::Diagnostic;
use crate::path::SitePath;

/// Reports a failed page to the terminal.
type Report = Box<dyn Fn(Diagnostic) + Send + Sync>;

/// The errors that were reported, shared by all versions of the site.
pub struct Failures {
    report: Report,
    /// Each with the pages on which it occurred: an error in a template breaks page after page.
    reported: Mutex<Vec<(Diagnostic, BTreeSet<SitePath>)>>,
}

impl Failures {
    /// Starts with nothing reported.
    pub fn new(report: impl Fn(Diagnostic) + Send + Sync + 'static) -> Failures {
        Failures { report: Box::new(report), reported: Mutex::default() }
    }

    /// Records that this page failed, and reports the error if it is new.
    pub fn failed(&self, page: &SitePath, problem: &Diagnostic) {
        let mut reported = self.reported.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, pages)) = reported.iter_mut().find(|(known, _)| is_same(known, problem)) {
            pages.insert(page.clone());
            return;
        }
        reported.push((problem.clone(), BTreeSet::from([page.clone()])));
        drop(reported);
        (self.report)(problem.clone());
    }

    /// Records that this page was rendered: what broke it is fixed.
    pub fn made(&self, page: &SitePath) {
        self.reported.lock().unwrap_or_else(PoisonError::into_inner).retain(|(_, pages)| !pages.contains(page));
    }
}

/// Returns whether two problems are the same error; messages name the page, so the place decides where there is one.
fn is_same(a: &Diagnostic, b: &Diagnostic) -> bool {
    a.code == b.code && if a.place.is_some() { a.place == b.place } else { a.message == b.message }
}
