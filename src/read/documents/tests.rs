//! True forms and traps.

use super::*;
use crate::config::Html;
use crate::read::markdown;

/// Returns the symbols found in a text, each with its words.
fn found(text: &str) -> Vec<(String, String)> {
    let (body, _) = markdown::parse(text, 1, Html::Escape, true);
    let words = |range: &Range<u32>| body.words(range).to_owned();
    find(&body).iter().map(|citation| (words(&citation.text), citation.symbol.to_string())).collect()
}

#[track_caller]
fn check(text: &str, symbols: &[&str]) {
    let found: Vec<String> = found(text).into_iter().map(|(_, symbol)| symbol).collect();
    assert_eq!(found, symbols, "{text}");
}

#[test]
fn a_word_of_many_slashes_is_no_symbol_and_hides_none_after_it() {
    for word in ["A/1/".repeat(20_000), "1/".repeat(20_000), ")/".repeat(20_000), format!("A/RES/{}", "x-".repeat(500))]
    {
        check(&format!("See {word} and A/RES/72/27."), &["A/RES/72/27"]);
    }
}

#[test]
fn symbols_in_all_their_forms() {
    for (text, symbol) in [
        ("See A/RES/72/27.", "A/RES/72/27"),
        ("(A/72/PV.3, p. 4)", "A/72/PV.3"),
        ("A/RES/3379 (XXX) is", "A/RES/3379 (XXX)"),
        ("A/RES/3379(XXX) is", "A/RES/3379 (XXX)"),
        ("A/RES/S-10/2", "A/RES/S-10/2"),
        ("A/RES/ES-11/1", "A/RES/ES-11/1"),
        ("A/ES-11/PV.5", "A/ES-11/PV.5"),
        ("A/S-10/4", "A/S-10/4"),
        ("A/RES/46/36L", "A/RES/46/36L"),
        ("S/RES/1540 (2004)", "S/RES/1540 (2004)"),
        ("S/RES/1540(2004)", "S/RES/1540 (2004)"),
        ("S/2017/123", "S/2017/123"),
        ("S/PV.8053", "S/PV.8053"),
        ("S/PRST/2017/1", "S/PRST/2017/1"),
        ("S/12345", "S/12345"),
        ("A/72/1/Add.1", "A/72/1/Add.1"),
        ("A/72/1/Corr.1", "A/72/1/Corr.1"),
        ("A/72/1/REV.2", "A/72/1/Rev.2"),
        ("A/72/1/Amend.1", "A/72/1/Amend.1"),
        ("A/2485/Rev. 1]", "A/2485/Rev.1"),
        ("[A/8401/Add.l]", "A/8401/Add.1"),
        ("CD/1839", "CD/1839"),
        ("CD/PV.1234", "CD/PV.1234"),
        ("NPT/CONF.2020/WP.1", "NPT/CONF.2020/WP.1"),
        ("NPT/CONF.2026/PC.I/WP.3", "NPT/CONF.2026/PC.I/WP.3"),
        ("CCW/GGE.1/2018/3", "CCW/GGE.1/2018/3"),
        ("CCW/CONF.V/2", "CCW/CONF.V/2"),
        ("BWC/MSP/2017/6", "BWC/MSP/2017/6"),
        ("INFCIRC/225/Rev.5", "INFCIRC/225/Rev.5"),
        ("GC(62)/RES/3", "GC(62)/RES/3"),
        ("GOV/2003/40", "GOV/2003/40"),
        ("A/C.1/72/L.3", "A/C.1/72/L.3"),
        ("A/C.3/72/SR.5", "A/C.3/72/SR.5"),
        ("A/AC.105/1234", "A/AC.105/1234"),
        ("A/CONF.62/122", "A/CONF.62/122"),
        ("A/HRC/36/54", "A/HRC/36/54"),
        ("E/CN.4/2004/12", "E/CN.4/2004/12"),
        ("E/2017/70", "E/2017/70"),
        ("A/PV.1252", "A/PV.1252"),
        ("A/6701/Add.1", "A/6701/Add.1"),
        ("A/77/ PV.6", "A/77/PV.6"),
        ("[A/1514 (XV)]", "A/RES/1514 (XV)"),
        ("大会A/RES/72/27号决议", "A/RES/72/27"),
        ("بالقرار A/RES/72/27", "A/RES/72/27"),
    ] {
        check(text, &[symbol]);
        assert!(is_symbol(symbol), "{symbol}");
    }
    check("A/34/393-S/13485", &["A/34/393", "S/13485"]);
}

#[test]
fn numbers_that_words_around_them_explain() {
    for (text, symbol) in [
        ("resolution 72/27 of the General Assembly", "A/RES/72/27"),
        ("General Assembly resolution 72/27", "A/RES/72/27"),
        ("(resolution 70/1)", "A/RES/70/1"),
        ("Resolution No. 72/27", "A/RES/72/27"),
        ("General Assembly 77/158 of 14 December 2022", "A/RES/77/158"),
        ("resolution S-13/2, adopted", "A/RES/S-13/2"),
        ("resolution ES-10/15", "A/RES/ES-10/15"),
        ("resolution ES8/2", "A/RES/ES-8/2"),
        ("resolution\n72/27", "A/RES/72/27"),
        ("resolution 1540 (2004)", "S/RES/1540 (2004)"),
        ("Security Council resolution 1540(2004)", "S/RES/1540 (2004)"),
        ("UNSCR 2585 (2021)", "S/RES/2585 (2021)"),
        ("resolution 3379 (XXX)", "A/RES/3379 (XXX)"),
        ("[2145 (XXI)]", "A/RES/2145 (XXI)"),
        ("resolution 217 A (III)", "A/RES/217 (III)"),
        ("resolution 3201 (S-VI)", "A/RES/3201 (S-VI)"),
        ("resolution 3201 (SVI)", "A/RES/3201 (S-VI)"),
        ("Economic and Social Council resolution 1503 (XLVIII)", "E/RES/1503 (XLVIII)"),
        ("Economic and Social Council resolution 2017/1", "E/RES/2017/1"),
        ("Human Rights Council resolution 16/18", "A/HRC/RES/16/18"),
        ("resolution 36/5 of the Human Rights Council", "A/HRC/RES/36/5"),
        ("résolution 72/27 de l’Assemblée générale", "A/RES/72/27"),
        ("la résolution 1540 (2004) du Conseil de sécurité", "S/RES/1540 (2004)"),
        ("la resolución 72/27 de la Asamblea General", "A/RES/72/27"),
        ("resolución 1540 (2004) del Consejo de Seguridad", "S/RES/1540 (2004)"),
        ("резолюция 72/27 Генеральной Ассамблеи", "A/RES/72/27"),
        ("резолюции № 72/27", "A/RES/72/27"),
        ("резолюцией 1540 (2004) Совета Безопасности", "S/RES/1540 (2004)"),
        ("القرار 72/27", "A/RES/72/27"),
        ("قرار الجمعية العامة ٧٢/٢٧", "A/RES/72/27"),
        ("قرار مجلس الأمن 1540 (2004)", "S/RES/1540 (2004)"),
        ("قرار مجلس الأمن ١٥٤٠ (٢٠٠٤)", "S/RES/1540 (2004)"),
        ("القرار ١٥٤٠\u{a0}(٢٠٠٤)", "S/RES/1540 (2004)"),
        ("see—A/RES/72/27—which", "A/RES/72/27"),
        ("A/RES/ES–10/21–and", "A/RES/ES-10/21"),
        ("resolution\u{a0}1540\u{202f}(2004)", "S/RES/1540 (2004)"),
        ("résolution 72\u{2060}/27", "A/RES/72/27"),
        ("第72/27号决议", "A/RES/72/27"),
        ("安理会第1540（2004）号决议", "S/RES/1540 (2004)"),
        ("人权理事会第31/5号决议", "A/HRC/RES/31/5"),
    ] {
        check(text, &[symbol]);
    }
}

#[test]
fn lists_and_ranges() {
    for (text, symbols) in [
        ("resolutions 72/26 and 72/27", &["A/RES/72/26", "A/RES/72/27"][..]),
        ("resolutions 72/26 to 72/29", &["A/RES/72/26", "A/RES/72/27", "A/RES/72/28", "A/RES/72/29"]),
        ("resolutions 72/26–72/28", &["A/RES/72/26", "A/RES/72/27", "A/RES/72/28"]),
        ("resolutions 72/26-72/28", &["A/RES/72/26", "A/RES/72/27", "A/RES/72/28"]),
        ("resolutions 34/22, 35/6, and 39/5", &["A/RES/34/22", "A/RES/35/6", "A/RES/39/5"]),
        ("A/RES/72/26 and 72/27", &["A/RES/72/26", "A/RES/72/27"]),
        ("resolutions 69/213, of 2014, and 70/197", &["A/RES/69/213", "A/RES/70/197"]),
        ("resolutions 36/120 C and ES-7/7", &["A/RES/36/120", "A/RES/ES-7/7"]),
        ("resolutions 242 (1967) and 338 (1973)", &["S/RES/242 (1967)", "S/RES/338 (1973)"]),
        ("resolutions 1497 (XV) of 31 October 1960 and 1661 (XVI)", &["A/RES/1497 (XV)", "A/RES/1661 (XVI)"]),
        ("резолюций 72/26 и 72/27", &["A/RES/72/26", "A/RES/72/27"]),
        ("les résolutions 72/26 à 72/28", &["A/RES/72/26", "A/RES/72/27", "A/RES/72/28"]),
        ("第72/26和72/27号决议", &["A/RES/72/26", "A/RES/72/27"]),
        ("القرارين 72/26 و72/27", &["A/RES/72/26", "A/RES/72/27"]),
        (
            "Resolutions 242 (1967) and 338 (1973) stand.\n\nWe mean resolutions 242 and 338.",
            &["S/RES/242 (1967)", "S/RES/338 (1973)", "S/RES/242 (1967)", "S/RES/338 (1973)"],
        ),
        (
            "Security Council resolution 338 (1973) and General Assembly resolution 72/27",
            &["S/RES/338 (1973)", "A/RES/72/27"],
        ),
    ] {
        check(text, symbols);
    }
}

#[test]
fn lookalikes_are_left_alone() {
    for text in [
        "help 24/7 and 24/7/365",
        "and/or, he/she, km/h, m/s2, CD/DVD, A/B test, I/O, N/A, w/o",
        "on 10/10/2017 and 10/10",
        "after the 9/11 attacks",
        "½ and 1/2 and 2/3 of all, 50/50",
        "a 1080/60 picture, 4/4 time, 32/64 bit",
        "resolution of 24/7 help",
        "the resolution on the 9/11 attacks",
        "an A/4 sheet, A/C units, S/M/L sizes, T/2",
        "in 2017/18, the 2017/2018 season",
        "law 1540 (2004) of the land",
        "Smith 12 (2004) says",
        "paragraph 5 (II)",
        "the number 1,540 (2004)",
        "AHG/Res.103 (XVIII)",
        "OAU resolution 104 (XIX)",
        "resolution AHGIRes. 103 (XVIII)",
        "resolution 486 (XVI), concerning taxes",
        "NPT/CTBT, CD/ROM",
        "https://example.org/A/RES/72/27",
        "www.example.org/A/RES/72/27",
        "files/A/RES/72/27",
        "`A/RES/72/27`",
        "    A/RES/72/27",
        "[A/RES/72/27](https://example.org/)",
        "[[topic:debris|resolution 72/27]]",
        "## On A/RES/72/27",
        "![A/RES/72/27](a.png)",
        "A/RES/*72*/27",
        "a {topics=\"A/RES/72/27\"} b",
        "xA/RES/72/27",
        "A/RES/72/27x",
        "ad-hoc 6/8 and 31/12",
        "an increase of 33/100",
        "the resolution of 1 March 31/12 was",
    ] {
        check(text, &[]);
    }
}

#[test]
fn the_words_of_a_citation_are_its_symbol_or_number_alone() {
    for (text, words) in [
        ("See (A/RES/72/27), and", "A/RES/72/27"),
        ("resolution 72/27.", "72/27"),
        ("resolution 1540 (2004) of", "1540 (2004)"),
        ("A/RES/3379 (XXX).", "A/RES/3379 (XXX)"),
        ("*resolution 72/27*", "72/27"),
        ("A note.[^1]\n\n[^1]: A/72/1 says", "A/72/1"),
    ] {
        assert_eq!(found(text).iter().map(|(words, _)| words.as_str()).collect::<Vec<_>>(), [words], "{text}");
    }
}
