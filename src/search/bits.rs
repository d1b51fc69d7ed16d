//! Small numbers -> few bits: Rice codes, whose width follows the numbers before.
//!
//! Lists of numbers that are mostly small take a third of the bytes that whole bytes for each would. Bits fill a byte from
//! the highest on.

/// The most ones of a quotient. A larger number is written in full, so that a single outlier costs few bits.
const LONGEST: u32 = 24;

/// Bits that are being written.
#[derive(Default)]
pub struct BitWriter {
    bytes: Vec<u8>,
    /// The bits that do not fill a byte yet, and how many there are.
    open: u64,
    count: u32,
}

impl BitWriter {
    /// Appends the lowest `count` bits of a number, at most 32, the highest first.
    pub fn push(&mut self, number: u32, count: u32) {
        self.open = self.open << count | u64::from(number) & ((1 << count) - 1);
        self.count += count;
        while self.count >= 8 {
            self.count -= 8;
            self.bytes.push((self.open >> self.count) as u8);
        }
    }

    /// Appends this many ones, and a zero.
    pub fn push_unary(&mut self, ones: u32) {
        for _ in 0..ones {
            self.push(1, 1);
        }
        self.push(0, 1);
    }

    /// Appends a number as a Rice code: what is above its lowest `width` bits in ones, then these bits.
    pub fn push_rice(&mut self, number: u32, width: u32) {
        match number >> width {
            quotient if quotient < LONGEST => {
                self.push((1 << (quotient + 1)) - 2, quotient + 1);
                self.push(number, width);
            }
            _ => {
                self.push(u32::MAX, LONGEST);
                self.push(number, 32);
            }
        }
    }

    /// Returns the bytes, the last one filled with zeros.
    pub fn finish(mut self) -> Vec<u8> {
        if self.count > 0 {
            self.push(0, 8 - self.count);
        }
        self.bytes
    }
}

/// Bits that are being read. Past the end there are only zeros.
pub struct BitReader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> BitReader<'a> {
    /// Reads from the first bit on.
    pub fn new(bytes: &'a [u8]) -> BitReader<'a> {
        BitReader { bytes, at: 0 }
    }

    /// Takes a number of this many bits.
    pub fn take(&mut self, count: u32) -> u32 {
        (0..count).fold(0, |number, _| number << 1 | self.bit())
    }

    fn bit(&mut self) -> u32 {
        let byte = self.bytes.get(self.at / 8).copied().unwrap_or(0);
        self.at += 1;
        u32::from(byte >> (7 - (self.at - 1) % 8) & 1)
    }

    /// Takes ones up to a zero.
    pub fn take_unary(&mut self) -> u32 {
        let mut ones = 0;
        while self.bit() == 1 {
            ones += 1;
        }
        ones
    }

    /// Takes a Rice code.
    pub fn take_rice(&mut self, width: u32) -> u32 {
        let mut quotient = 0;
        while quotient < LONGEST && self.bit() == 1 {
            quotient += 1;
        }
        match quotient {
            LONGEST => self.take(32),
            _ => quotient << width | self.take(width),
        }
    }

    /// Returns the bytes after the one that was read last.
    pub fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at.div_ceil(8)..).unwrap_or_default()
    }
}

/// The average of the numbers before, which both sides keep: the width of the next code follows from it.
pub struct Average {
    sum: u32,
    count: u32,
}

impl Average {
    /// Numbers after which older ones count half, so that the average follows a change.
    const MEMORY: u32 = 64;

    /// Expects numbers about this large.
    pub fn new(expected: u32) -> Average {
        Average { sum: expected, count: 1 }
    }

    /// Returns the average, rounded down.
    pub fn value(&self) -> u32 {
        self.sum / self.count
    }

    /// Returns how many bits a number about this large has below its quotient.
    pub fn width(average: u32) -> u32 {
        average.checked_ilog2().unwrap_or(0)
    }

    /// Updates the average with a number.
    pub fn add(&mut self, number: u32) {
        self.sum = self.sum.saturating_add(number);
        self.count += 1;
        if self.count == Average::MEMORY {
            (self.sum, self.count) = (self.sum / 2, self.count / 2);
        }
    }

    /// Writes a number.
    pub fn push(&mut self, out: &mut BitWriter, number: u32) {
        out.push_rice(number, Average::width(self.value()));
        self.add(number);
    }

    /// Takes a number.
    pub fn take(&mut self, bits: &mut BitReader<'_>) -> u32 {
        let number = bits.take_rice(Average::width(self.value()));
        self.add(number);
        number
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back() {
        let numbers = [0, 1, 5, 1000, 3, u32::MAX, 2, 0, 0, 77, 1 << 20];
        let mut out = BitWriter::default();
        let mut average = Average::new(4);
        for number in numbers {
            average.push(&mut out, number);
        }
        out.push_unary(40);
        out.push(5, 3);
        let mut bytes = out.finish();
        bytes.extend([9, 8]);
        let (mut bits, mut average) = (BitReader::new(&bytes), Average::new(4));
        assert_eq!(numbers.map(|_| average.take(&mut bits)), numbers);
        assert_eq!((bits.take_unary(), bits.take(3), bits.rest()), (40, 5, &[9, 8][..]));
        assert_eq!(BitReader::new(&[]).take_rice(3), 0);
    }

    #[test]
    fn small_numbers_take_few_bits() {
        let mut out = BitWriter::default();
        let mut average = Average::new(100);
        for number in 0..800 {
            average.push(&mut out, number % 3);
        }
        assert!(out.finish().len() < 250);
    }
}
