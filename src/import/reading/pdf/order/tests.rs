//! Lines as they are drawn -> lines as they are read, case by case.

use super::*;

/// Returns a line as it is on the page: its letters reversed, its numbers and Latin words not.
fn drawn(parts: &[&str]) -> String {
    let turned = |part: &&str| {
        if part.contains(is_right_to_left) { part.chars().rev().collect() } else { (*part).to_owned() }
    };
    parts.iter().rev().map(turned).collect()
}

#[test]
fn right_to_left_lines_are_read_in_order() {
    for (parts, expect) in [
        (&["خطاب"][..], "خطاب"),
        // The numbers of a range rise, on whichever side it begins.
        (&["في عام ", "2024", "-", "2023", "."], "في عام 2023-2024."),
        (&["في عام ", "2023", "-", "2024", "."], "في عام 2023-2024."),
        (&["بين ", "2023-2024", " و"], "بين 2023-2024 و"),
        (&["يوم ", "2024", "-", "06", "-", "05", " ثم"], "يوم 2024-06-05 ثم"),
        (&["يوم ", "05-06-2024", " ثم"], "يوم 2024-06-05 ثم"),
        (&["في ", "٢٠١٠", "–", "٢٠١٥", "، ", "نص"], "في ٢٠١٠–٢٠١٥، نص"),
        (&["نسبة ", "45.5", "%", " منه"], "نسبة 45.5% منه"),
        (&["نسبة ", "45.5%", " منه"], "نسبة 45.5% منه"),
        (&["نسبة ", "3,5", "٪", ".", " ثم"], "نسبة 3,5٪. ثم"),
        (&["يوم ", "2024/9/22", "،", " ثم"], "يوم 2024/9/22، ثم"),
        (&["الساعة ", "10:30", " ثم"], "الساعة 10:30 ثم"),
        (&["القرار ", "A/RES/78/41", " والفقرة"], "القرار A/RES/78/41 والفقرة"),
        (&["دورة ", "COP 28", " ثم"], "دورة COP 28 ثم"),
        (&["دورة ", "COP", " ", "28", " ثم"], "دورة COP 28 ثم"),
        (&["رقم ", "1", ".", " ", "نص"], "رقم 1. نص"),
        (&["-", "5", " درجات"], "-5 درجات"),
        // Hebrew keeps a range from left to right, and a sign with its number.
        (&["בשנים ", "2023-2024", "."], "בשנים 2023-2024."),
        (&["ב", "-", "2023", ",", " ", "45%", " מן"], "ב-2023, 45% מן"),
        (&["سال ", "۱۴۰۲", "-", "۱۴۰۳", "."], "سال ۱۴۰۲-۱۴۰۳."),
    ] {
        assert_eq!(logical(&drawn(parts), true, Brackets::AsDrawn), expect, "{parts:?}");
    }
    assert_eq!(logical("words", true, Brackets::AsDrawn), "words");
    assert_eq!(logical("%۴۵\u{66b}۵ هب", true, Brackets::AsDrawn), "به ۴۵\u{66b}۵%");
    let usual = Usual { from_right: true, ..Usual::default() };
    for (line, from_right) in [
        (".https://example.org/a-b عقوملا", true),
        (".example.org", true),
        ("Example Mission", false),
        ("... and so on", false),
    ] {
        assert_eq!(is_from_right(line, usual), from_right, "{line}");
        assert!(!is_from_right(line, Usual::default()));
    }
    assert_eq!(logical(".example.org", true, Brackets::AsDrawn), "example.org.");
    assert_eq!(logical("\u{644}\u{651}ك", true, Brackets::AsDrawn), "ك\u{644}\u{651}");
    assert_eq!(logical("م\u{fefb}س", true, Brackets::AsDrawn), "سلام");
}

#[test]
fn brackets_open_before_they_close_however_the_file_encodes_them() {
    for (line, expect) in [
        ("هنم (3) ةرقفلاو", "والفقرة (3) منه"),
        ("هنم )3( ةرقفلاو", "والفقرة (3) منه"),
        ("و (NPT) ةدهاعم", "معاهدة (NPT) و"),
        ("و )NPT( ةدهاعم", "معاهدة (NPT) و"),
        ("و (CTBT) (NPT) ةدهاعم", "معاهدة (NPT) (CTBT) و"),
        ("و )CTBT( )NPT( ةدهاعم", "معاهدة (NPT) (CTBT) و"),
        ("«ملس» ةملك", "كلمة «سلم»"),
        ("»ملس« ةملك", "كلمة «سلم»"),
        ("و A(1)/B ةدهاعم", "معاهدة A(1)/B و"),
    ] {
        assert_eq!(logical(line, true, Brackets::AsDrawn), expect, "{line}");
        assert_eq!(logical(line, true, Brackets::AsWritten), expect, "{line}");
    }
    // A bracket that closes on another line shows nothing; the text's other lines do.
    assert_eq!(logical("(مولس", true, Brackets::AsDrawn), "سلوم)");
    assert_eq!(logical("(مولس", true, Brackets::AsWritten), "سلوم(");
    assert_eq!(brackets("و )NPT( ةدهاعم"), Some(Brackets::AsWritten));
    assert_eq!(brackets("(مولس"), None);
}

#[test]
fn right_to_left_words_are_read_in_order_within_a_left_to_right_line() {
    let line = "They call it ماعلا ملس (peace) in 2024";
    assert_eq!(logical(line, false, Brackets::AsDrawn), "They call it سلم العام (peace) in 2024");
}
