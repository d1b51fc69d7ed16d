//! Heads of texts, with the speakers that they name.

use super::*;
use crate::import::knowing::tests::mended;

fn found(language: &str, lines: &[&str]) -> Option<(String, bool)> {
    let mended = mended(&[lines, &["Mr. President,"]].concat());
    let found = find(&Head::of(&mended), &Names::of(language), language == "en")?;
    let value: serde_yaml::Value = serde_yaml::from_str(&found.value).unwrap();
    let part = |key: &str| value[key].as_str().unwrap_or("-").to_owned();
    let parts = ["given", "family", "honorific", "role", "as_printed"].map(part);
    Some((parts.join(" | "), found.sure))
}

#[test]
fn the_speaker_is_found_in_the_head() {
    for (language, lines, expect) in [
        (
            "en",
            &[
                "Statement by",
                "H.E. Mr. Jane Doe",
                "Federal Minister for Foreign Affairs of the",
                "Republic of Austria at the 79th Session",
            ][..],
            Some(
                "Jane | Doe | H.E. Mr. | Federal Minister for Foreign Affairs of the Republic of Austria | H.E. Mr. Jane Doe",
            ),
        ),
        (
            "en",
            &["STATEMENT BY RT. HON. JOHN DOE (MB), PRIME MINISTER OF THE UNITED REPUBLIC OF TANZANIA AT THE DEBATE"],
            Some("- | - | RT. HON. | PRIME MINISTER OF THE UNITED REPUBLIC OF TANZANIA | RT. HON. JOHN DOE"),
        ),
        (
            "en",
            &["ADDRESS BY H.E. JANE DOE, PRIME MINISTER OF BHUTAN", "UNGA.79"],
            Some("- | - | H.E. | PRIME MINISTER OF BHUTAN | H.E. JANE DOE"),
        ),
        (
            "en",
            &["HIS EXCELLENCY", "DR JOHN Q. DOE", "PRESIDENT OF THE REPUBLIC OF MALAWI", "NEW YORK, USA"],
            Some("- | - | HIS EXCELLENCY DR | PRESIDENT OF THE REPUBLIC OF MALAWI | HIS EXCELLENCY DR JOHN Q. DOE"),
        ),
        // A line about place and day ends name and office, whatever the place is called.
        (
            "ar",
            &["يلقيه سعادة السفير فلان الفلاني", "المندوب الدائم", "صلالة، 15 أكتوبر 2024"],
            Some("- | - | سعادة السفير | المندوب الدائم | سعادة السفير فلان الفلاني"),
        ),
        (
            "en",
            &["Statement by", "H.E. Ms. Jane Doe", "Minister of Foreign Affairs", "Port Louis, 3 May 2024"],
            Some("Jane | Doe | H.E. Ms. | Minister of Foreign Affairs | H.E. Ms. Jane Doe"),
        ),
        (
            "en",
            &[
                "Statement by the Minister of Foreign Affairs",
                "of the Republic of San Marino",
                "H.E. Jane Doe",
                "79th Session",
            ],
            Some("Jane | Doe | H.E. | Minister of Foreign Affairs of the Republic of San Marino | H.E. Jane Doe"),
        ),
        (
            "en",
            &["Address", "His Excellency John Doe", "Chief Adviser", "Government of Bangladesh", "79th Session"],
            Some("John | Doe | His Excellency | Chief Adviser, Government of Bangladesh | His Excellency John Doe"),
        ),
        (
            "en",
            &["Statement by the", "Honourable John Doe", "Prime Minister of the", "Republic of Malawi", "79th Session"],
            Some("John | Doe | Honourable | Prime Minister of the Republic of Malawi | Honourable John Doe"),
        ),
        (
            "en",
            &["Address by the President of the Republic of Estonia Jane Doe at the General Assembly"],
            Some("Jane | Doe | - | President of the Republic of Estonia | Jane Doe"),
        ),
        (
            "en",
            &["Speech by Prime Minister Jane Doe at the General Assembly"],
            Some("Jane | Doe | - | Prime Minister | Jane Doe"),
        ),
        (
            "en",
            &["Minister for Foreign Affairs", "Dr Jane Doe's National Statement at the General Debate"],
            Some("Jane | Doe | Dr | Minister for Foreign Affairs | Dr Jane Doe"),
        ),
        (
            "en",
            &["NATIONAL STATEMENT BY HIS MAJESTY KING JOHN III DURING THE SESSION"],
            Some("- | - | HIS MAJESTY KING | - | HIS MAJESTY KING JOHN III"),
        ),
        (
            "en",
            &[
                "Statement by Ambassador Jane Doe, Permanent Representative of Kenya to the United Nations, at the First Committee",
            ],
            Some(
                "Jane | Doe | Ambassador | Permanent Representative of Kenya to the United Nations | Ambassador Jane Doe",
            ),
        ),
        (
            "en",
            &["His Excellency John Doe", "President of the Republic of Fiji", "Thursday 26 September 2024"],
            Some("John | Doe | His Excellency | President of the Republic of Fiji | His Excellency John Doe"),
        ),
        (
            "en",
            &["STATEMENT BY HIS EXCELLENCY, SENATOR JOHN DOE, GCON", "VICE PRESIDENT, FEDERAL REPUBLIC OF NIGERIA"],
            Some(
                "- | - | HIS EXCELLENCY, SENATOR | VICE PRESIDENT, FEDERAL REPUBLIC OF NIGERIA | HIS EXCELLENCY, SENATOR JOHN DOE",
            ),
        ),
        (
            "fr",
            &[
                "ALLOCUTION DE S.E.M Jean DUPONT, MINISTRE DES AFFAIRES ETRANGERES DE LA RÉPUBLIQUE DU BURUNDI A L’OCCASION DE LA SESSION",
            ],
            Some(
                "Jean | DUPONT | S.E.M | MINISTRE DES AFFAIRES ETRANGERES DE LA RÉPUBLIQUE DU BURUNDI | S.E.M Jean DUPONT",
            ),
        ),
        (
            "fr",
            &["SON EXCELLENCE LE PROFESSEUR JEAN PAUL", "DUPONT", "PRESIDENT DE LA REPUBLIQUE"],
            Some(
                "- | - | SON EXCELLENCE LE PROFESSEUR | PRESIDENT DE LA REPUBLIQUE | SON EXCELLENCE LE PROFESSEUR JEAN PAUL DUPONT",
            ),
        ),
        (
            "es",
            &["Intervención del Representante Permanente, Embajador Juan Pérez Nueva York, 30 de septiembre"],
            Some("- | - | Embajador | Representante Permanente | Embajador Juan Pérez"),
        ),
        (
            "es",
            &["Discurso de la Sra. Juana Pérez, Ministra de Sudán del Sur ante la Asamblea"],
            Some("- | - | Sra. | Ministra de Sudán del Sur | Sra. Juana Pérez"),
        ),
        ("en", &["Statement by Kenya", "27 September 2024"], None),
        ("en", &["PERMANENT MISSION OF KENYA TO THE UNITED NATIONS", "STATEMENT", "General Debate"], None),
        ("en", &["Statement by the Minister for Foreign Affairs of Kenya"], None),
        (
            "fr",
            &["Discours de SEM Jean Pierre DUPONT, Président de la République du Sénégal"],
            Some("Jean Pierre | DUPONT | SEM | Président de la République du Sénégal | SEM Jean Pierre DUPONT"),
        ),
        (
            "fr",
            &[
                "DISCOURS DE SON EXCELLENCE MONSIEUR",
                "JEAN DUPONT,",
                "PRESIDENT DE LA REPUBLIQUE",
                "A LA 79ème SESSION",
            ],
            Some("- | - | SON EXCELLENCE MONSIEUR | PRESIDENT DE LA REPUBLIQUE | SON EXCELLENCE MONSIEUR JEAN DUPONT"),
        ),
        (
            "es",
            &[
                "Discurso de la Excelentísima señora Juana Pérez, Presidenta de la República de Honduras, para el Debate General",
            ],
            Some(
                "- | - | Excelentísima señora | Presidenta de la República de Honduras | Excelentísima señora Juana Pérez",
            ),
        ),
        (
            "es",
            &["Juan Armando Pérez Ortez", "Presidente de la República de El Salvador", "79° Período de Sesiones"],
            Some("- | - | - | Presidente de la República de El Salvador | Juan Armando Pérez Ortez"),
        ),
        ("es", &["DISCURSO DEL SEÑOR MINISTRO DE RELACIONES EXTERIORES PARA EL DEBATE"], None),
        (
            "ru",
            &["Выступление господина Ивана Петрова, Постоянного представителя Республики Казахстан", "на 79-й сессии"],
            Some("- | - | господина | Постоянного представителя Республики Казахстан | господина Ивана Петрова"),
        ),
        (
            "ar",
            &["خطاب", "فخامة رئيس الجمهورية", "السيد محمد بن أحمد", "أمام الدورة 79"],
            Some("- | - | السيد | - | السيد محمد بن أحمد"),
        ),
        (
            "pt",
            &["Intervenção da Senhora Joana Silva, Ministra das Relações Exteriores do Brasil"],
            Some("- | - | Senhora | Ministra das Relações Exteriores do Brasil | Senhora Joana Silva"),
        ),
    ] {
        let found = found(language, lines);
        assert_eq!(found.as_ref().map(|(said, _)| said.as_str()), expect, "{lines:?}");
        assert!(found.is_none_or(|(_, sure)| sure), "{lines:?}");
    }
    let broken = found("en", &["HIS EXCELLENCY MR. JOHN", "DOE", "27 September 2024"]);
    assert!(broken.is_some_and(|(_, sure)| !sure), "the name may end on either line");
    let two = found("en", &["Statement by Mr. John Doe", "on behalf of H.E. Mrs. Jane Roe, President of Kenya"]);
    assert!(two.is_some_and(|(_, sure)| !sure));
}
