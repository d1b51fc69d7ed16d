//! A language version -> a record of one speech in Akoma Ntoso 3.0 (OASIS LegalDocumentML), for systems of parliaments.
//!
//! Its paragraphs have the anchors of the page. Formatting is left out; struck-out words are not said, so they are too.

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::Views;
use crate::collect::names::Ref;
use crate::path::SitePath;
use crate::read::date::Date;
use crate::read::outline::{Part, parts};
use crate::read::paragraph::Label;
use crate::render::data::text::DataText;
use crate::render::feeds::{Xml, finished, without_controls};

/// The namespace of the standard.
const NAMESPACE: &str = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0";

/// The country of what is of no country: a code that ISO 3166 leaves to users.
const NOWHERE: &str = "xx";

/// A person, an organisation or an occasion that the record refers to by its id.
struct Referred {
    element: &'static str,
    id: &'static str,
    href: String,
    name: String,
}

impl Views<'_> {
    /// Returns the record of a version.
    ///
    /// # Errors
    /// If the version has no date, without which the standard knows no record.
    pub fn akoma_ntoso(&self, text: &DataText) -> std::io::Result<Vec<u8>> {
        let date =
            text.known.citable.date.as_ref().ok_or_else(|| std::io::Error::other("a record must have a date"))?;
        let (known, body) = (&text.known, text.body());
        let url = self.address(text.key().path());
        let main = known.versions.first().map_or_else(|| url.clone(), |first| self.address(first.key.path()));
        let referred = self.referred(text);
        let author = referred.first().map_or("#site", |author| author.reference());
        let mut xml = Writer::new_with_indent(Vec::new(), b' ', 1);
        xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
        let root = xml.create_element("akomaNtoso").with_attribute(("xmlns", NAMESPACE));
        root.write_inner_content(|xml| {
            let debate = xml.create_element("debate").with_attribute(("name", "statement"));
            debate.write_inner_content(|xml| {
                xml.create_element("meta").write_inner_content(|xml| {
                    xml.create_element("identification").with_attribute(("source", "#site")).write_inner_content(
                        |xml| {
                            let of_work = |xml: &mut Xml| {
                                let country = known.facts.delegation.as_ref().and_then(|of| of.key.as_ref());
                                empty(xml, "FRBRcountry", &[("value", country.map_or(NOWHERE, |key| key.name()))])
                            };
                            level(xml, "FRBRWork", &main, date, author, of_work)?;
                            let of_version =
                                |xml: &mut Xml| empty(xml, "FRBRlanguage", &[("language", &*known.statement.language)]);
                            level(xml, "FRBRExpression", &url, date, author, of_version)?;
                            let of_file = |xml: &mut Xml| empty(xml, "FRBRformat", &[("value", "application/akn+xml")]);
                            level(xml, "FRBRManifestation", &url, date, author, of_file)
                        },
                    )?;
                    self.classification(xml, &known.facts.topics)?;
                    xml.create_element("references").with_attribute(("source", "#site")).write_inner_content(
                        |xml| {
                            for of in &referred {
                                empty(xml, of.element, &[("eId", of.id), ("href", &of.href), ("showAs", &of.name)])?;
                            }
                            let (home, title) = (self.address(&SitePath::home()), &self.theme.config.title);
                            empty(xml, "TLCOrganization", &[("eId", "site"), ("href", &home), ("showAs", title)])
                        },
                    )?;
                    Ok(())
                })?;
                xml.create_element("debateBody").write_inner_content(|xml| {
                    let language = ("xml:lang", &*known.statement.language);
                    let section =
                        xml.create_element("debateSection").with_attributes([("name", "statement"), language]);
                    section.write_inner_content(|xml| {
                        words(xml, "heading", &[], &known.card.title)?;
                        if known.facts.simulated {
                            let said = self.words.say("simulated.statement", &[]);
                            words(xml, "p", &[("class", "simulated"), ("xml:lang", &self.language)], &said)?;
                        }
                        xml.create_element("speech").with_attribute(("by", author)).write_inner_content(|xml| {
                            if let Some(name) = &known.card.speaker {
                                words(xml, "from", &[], name)?;
                            }
                            // A speech must have a block, even where the text is a file beside it.
                            let parts = parts(body);
                            if parts.is_empty() {
                                empty(xml, "p", &[])?;
                            }
                            for part in parts {
                                match part {
                                    Part::Heading(at) => {
                                        let said = body.said(&body.headings[at as usize].text);
                                        words(xml, "block", &[("name", "heading")], &said)?;
                                    }
                                    Part::Note(said) => words(xml, "p", &[("class", "note")], &said)?,
                                    Part::Paragraph(at) => {
                                        let paragraph = &body.paragraphs[at as usize];
                                        let name = text.numbers.paragraph(body, at);
                                        let label = match &name.label {
                                            Label::Number { text, .. } if body.prints_numbers => format!("{text}. "),
                                            _ => String::new(),
                                        };
                                        let (anchor, said) = (name.anchor(), body.said(&paragraph.text));
                                        let class = ("class", "quotation");
                                        let attributes = [("eId", &*anchor), class];
                                        let shown = if paragraph.is_quoted { 2 } else { 1 };
                                        words(xml, "p", &attributes[..shown], &format!("{label}{}", said.trim()))?;
                                    }
                                }
                            }
                            Ok(())
                        })?;
                        Ok(())
                    })?;
                    Ok(())
                })?;
                Ok(())
            })?;
            Ok(())
        })?;
        Ok(finished(xml))
    }

    /// Returns who spoke and where, the speaker first.
    fn referred(&self, text: &DataText) -> Vec<Referred> {
        let facts = &text.known.facts;
        let of = |element, id, link: &Ref| Referred {
            element,
            id,
            href: link.key.as_ref().map_or_else(|| "#site".to_owned(), |key| self.address(key.path())),
            name: self.title(&link.title),
        };
        let speaker = facts.speaker.as_ref().map(|speaker| Referred {
            element: "TLCPerson",
            id: "speaker",
            href: speaker.key.as_ref().map_or_else(|| "#site".to_owned(), |key| self.address(key.path())),
            name: speaker.name.to_string(),
        });
        let delegation = facts.delegation.as_ref().or(facts.on_behalf_of.first());
        let delegation = delegation.map(|link| of("TLCOrganization", "delegation", link));
        let occasion = facts.occasion.last().map(|link| of("TLCEvent", "occasion", link));
        speaker.into_iter().chain(delegation).chain(occasion).collect()
    }

    /// Writes the topics that an editor gave.
    fn classification(&self, xml: &mut Xml, topics: &[Ref]) -> std::io::Result<()> {
        if topics.is_empty() {
            return Ok(());
        }
        let dictionary = SitePath::page(&["topics"]).map(|path| self.address(&path)).unwrap_or_default();
        xml.create_element("classification").with_attribute(("source", "#site")).write_inner_content(|xml| {
            for topic in topics {
                let name = self.title(&topic.title);
                let slug = topic.key.as_ref().map_or(&*name, |key| key.name());
                empty(xml, "keyword", &[("value", slug), ("showAs", &name), ("dictionary", &dictionary)])?;
            }
            Ok(())
        })?;
        Ok(())
    }

    /// Returns the absolute URL of a page; without a `base_url`, the link to it.
    fn address(&self, path: &SitePath) -> String {
        let whole = self.whole(path);
        if whole.is_empty() { self.href(path) } else { whole }
    }
}

impl Referred {
    /// Returns how the record refers to it. Of these, only the first is an author.
    fn reference(&self) -> &'static str {
        match self.id {
            "speaker" => "#speaker",
            "delegation" => "#delegation",
            _ => "#site",
        }
    }
}

/// Writes what identifies the work, the version or the file. What lies between two days has both.
fn level(
    xml: &mut Xml,
    name: &str,
    url: &str,
    date: &Date,
    author: &str,
    rest: impl Fn(&mut Xml) -> std::io::Result<()>,
) -> std::io::Result<()> {
    let (earliest, latest) = (date.earliest().to_string(), date.latest().to_string());
    xml.create_element(name).write_inner_content(|xml| {
        empty(xml, "FRBRthis", &[("value", url)])?;
        empty(xml, "FRBRuri", &[("value", url)])?;
        if earliest == latest {
            empty(xml, "FRBRdate", &[("date", &earliest), ("name", "delivery")])?;
        } else {
            empty(xml, "FRBRdate", &[("date", &earliest), ("name", "earliest")])?;
            empty(xml, "FRBRdate", &[("date", &latest), ("name", "latest")])?;
        }
        empty(xml, "FRBRauthor", &[("href", author)])?;
        rest(xml)
    })?;
    Ok(())
}

/// Writes an element without content.
fn empty(xml: &mut Xml, name: &str, attributes: &[(&str, &str)]) -> std::io::Result<()> {
    let attributes: Vec<(&str, String)> =
        attributes.iter().map(|(key, value)| (*key, without_controls(value).into_owned())).collect();
    let attributes = attributes.iter().map(|(key, value)| (*key, value.as_str()));
    xml.create_element(name).with_attributes(attributes).write_empty()?;
    Ok(())
}

/// Writes an element with words, in which white space is single spaces.
fn words(xml: &mut Xml, name: &str, attributes: &[(&str, &str)], said: &str) -> std::io::Result<()> {
    let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
    let element = xml.create_element(name).with_attributes(attributes.iter().copied());
    element.write_text_content(BytesText::new(&without_controls(&said)))?;
    Ok(())
}
