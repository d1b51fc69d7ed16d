//! One invented text in three languages, paragraph by paragraph, for tests; and a function that reads such paragraphs.

use crate::config::Html;
use crate::read::body::Body;
use crate::read::markdown;

/// The paragraphs in English.
pub const EN: [&str; 5] = [
    "Mr. Chair, we thank you for giving us the floor.",
    "Our delegation has followed the debate on debris closely. Since 2019 some 4,000 objects have been added, and every one of them may become the next hundred. We cannot go on as we do.",
    "We propose a register of large launches.",
    "The register would be kept by the Secretariat, open to all delegations, and updated at least twice a year. It would cost 120,000 a year, far less than a single satellite that is lost.",
    "Thank you.",
];
/// The same in French.
pub const FR: [&str; 5] = [
    "Monsieur le Président, nous vous remercions de nous donner la parole.",
    "Notre délégation a suivi de près le débat sur les débris. Depuis 2019, quelque 4 000 objets se sont ajoutés, et chacun peut en devenir cent autres. Nous ne pouvons continuer ainsi.",
    "Nous proposons un registre des lancements importants.",
    "Le registre serait tenu par le secrétariat, ouvert à toutes les délégations et mis à jour au moins deux fois par an. Il coûterait 120 000 par an, bien moins qu’un seul satellite perdu.",
    "Je vous remercie.",
];
/// The same in Arabic.
pub const AR: [&str; 5] = [
    "السيد الرئيس، نشكركم على إعطائنا الكلمة.",
    "لقد تابع وفدنا عن كثب المناقشة بشأن الحطام. فمنذ عام ٢٠١٩ أضيف نحو ٤٠٠٠ جسم، وقد يتحول كل جسم منها إلى مائة أخرى. ولا يمكننا أن نستمر على هذا النحو.",
    "ونقترح إنشاء سجل لعمليات الإطلاق الكبيرة.",
    "وتمسك الأمانة السجل، ويكون مفتوحا أمام جميع الوفود، ويحدَّث مرتين في السنة على الأقل. وتبلغ تكلفته ١٢٠٠٠٠ في السنة، وهي أقل بكثير من تكلفة ساتل واحد يُفقد.",
    "وشكرا.",
];

/// Reads paragraphs the way a statement's are read.
pub fn body(paragraphs: &[&str]) -> Body {
    markdown::parse(&paragraphs.join("\n\n"), 1, Html::Escape, false).0
}
