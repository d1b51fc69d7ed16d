//! Texts -> their heads, case by case.

use super::*;
use crate::import::knowing::tests::mended;

#[test]
fn a_head_ends_at_a_salutation_or_a_sentence() {
    for (blocks, expect) in [
        (&["REPUBLIC OF ARVENIA", "Statement by", "Mr. President,", "We meet."][..], 2),
        (&["Your Excellency Jane Doe", "President of the 79th Session of the General Assembly;"], 0),
        (
            &[
                "Sultanate of Arvenia's Address",
                "H.E. Jane Doe, President of the 79th Session of the General Assembly,",
            ],
            1,
        ),
        (&["Discours d'Arvénie", "Mes salutations au président de l'assemblée."], 1),
        (
            &[
                "Discurso de Arvenia",
                "(Nueva York, 24 de septiembre de 2024)",
                "Saludo a todos los que están aquí presentes.",
            ],
            2,
        ),
        (
            &[
                "STATEMENT BY RT. HON. JANE DOE, PRIME MINISTER OF THE UNITED REPUBLIC OF ARVENIA AT THE GENERAL DEBATE OF THE SEVENTY-NINTH SESSION OF THE UNITED NATIONS GENERAL ASSEMBLY (UNGA79), NEW YORK",
                "ON 27TH SEPTEMBER 2024",
                "Mr. President,",
            ],
            2,
        ),
        (&["Mr. John Doe, Permanent Representative of Arvenia", "27 September 2024", "Mr. President,"], 2),
        (&["Mr. John Doe", "Arvenia", "Mr. Chair"], 2),
        (&["Statement delivered by the", "Honourable John Doe,", "27 September 2024", "Honourable Members"], 3),
        (&["The Prime Minister of Arvenia", "Honourable John Doe, MP", "27 September 2024", "Honourable Members"], 3),
        (&["President Jane Doe met today with the United", "Nations. The leaders spoke of peace between the"], 0),
        (&["Statement by Jane Doe", "Secretary-General John Doe, Excellencies, Ladies and Gentlemen,"], 1),
        (&["خطاب", "السيد محمد بن أحمد", "السيد الرئيس"], 2),
        (&["كلمة", "بسم الله الرحمن الرحيم", "السيد الرئيس،"], 1),
    ] {
        assert_eq!(Head::of(&mended(blocks)).blocks.len(), expect, "{blocks:?}");
    }
}

#[test]
fn folding_unifies_different_spellings() {
    for (text, expect) in [
        ("RÉPUBLIQUE d’ARVÉNIE", "republique d'arvenie"),
        ("أمام الجمعيـة", "امام الجمعية"),
        ("Российской", "россиискои"),
    ] {
        assert_eq!(fold(text), expect);
    }
}
