//! Pages that cannot be made -> word of each mistake, once, until a page that it broke can be made again.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use crate::diagnostic::Diagnostic;
use crate::path::SitePath;

/// Tells the terminal of a failed page.
type Tell = Box<dyn Fn(Diagnostic) + Send + Sync>;

/// The mistakes that were told, shared by all versions of the site.
pub struct Failures {
    tell: Tell,
    /// Each with the pages on which it was met: a template's mistake breaks page after page.
    told: Mutex<Vec<(Diagnostic, BTreeSet<SitePath>)>>,
}

impl Failures {
    /// Begins with nothing told.
    pub fn new(tell: impl Fn(Diagnostic) + Send + Sync + 'static) -> Failures {
        Failures { tell: Box::new(tell), told: Mutex::default() }
    }

    /// Takes note that this page failed, and tells it if the mistake is new.
    pub fn failed(&self, page: &SitePath, problem: &Diagnostic) {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, pages)) = told.iter_mut().find(|(known, _)| is_same(known, problem)) {
            pages.insert(page.clone());
            return;
        }
        told.push((problem.clone(), BTreeSet::from([page.clone()])));
        drop(told);
        (self.tell)(problem.clone());
    }

    /// Takes note that this page was made: what broke it is mended.
    pub fn made(&self, page: &SitePath) {
        self.told.lock().unwrap_or_else(PoisonError::into_inner).retain(|(_, pages)| !pages.contains(page));
    }
}

/// Says whether two problems are one mistake; messages name the page, so the place decides where there is one.
fn is_same(a: &Diagnostic, b: &Diagnostic) -> bool {
    a.code == b.code && if a.place.is_some() { a.place == b.place } else { a.message == b.message }
}
