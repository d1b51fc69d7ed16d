//! The output of a template -> a page, up to a largest size.

use std::io::{self, Write};

/// The largest page in bytes: four times the largest text that is read. Nested loops in a theme write gigabytes before
/// anyone notices.
const LARGEST: usize = 128 << 20;

/// A page while it grows.
pub(super) struct Bounded(Vec<u8>);

impl Bounded {
    pub(super) fn new() -> Bounded {
        Bounded(Vec::with_capacity(32 << 10))
    }

    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.0
    }
}

impl Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0.len() + bytes.len() > LARGEST {
            let why = format!(
                "the page would have more than {} MiB; does a loop in the template run too often?",
                LARGEST >> 20
            );
            return Err(io::Error::other(why));
        }
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_that_grows_and_grows_is_given_up() {
        let (mut page, piece) = (Bounded::new(), vec![b'x'; 1 << 20]);
        let written = (0..1000).take_while(|_| page.write_all(&piece).is_ok()).count();
        assert_eq!(written, LARGEST >> 20);
        assert_eq!(page.into_bytes().len(), LARGEST);
    }
}
