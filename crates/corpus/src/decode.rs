//! From JSON text to the corpus' types, for the app. What serde writes is what this reads; a property test holds the two together.

use crate::{
    Block, Built, Card, CodeTokens, FileRef, Inline, JsonError, ListItem, Manifest, OfflineFile, OfflineList, Reference, Related, Section,
    Series, Site, Slug, Story,
    json::{Value, parse},
};

type Result<T> = std::result::Result<T, JsonError>;

/// Reads `manifest.json`.
///
/// # Errors
/// [`JsonError`] if the text is not JSON or a field is missing or of another type.
pub fn decode_manifest(text: &str) -> Result<Manifest> {
    let value = parse(text)?;
    let site = field(&value, "site");
    Ok(Manifest {
        format: small(field(&value, "format"), "`format`, a number")?,
        site: Site {
            title: string(field(site, "title"), "`title`, a text")?,
            tagline: string(field(site, "tagline"), "`tagline`, a text")?,
            lang: string(field(site, "lang"), "`lang`, a text")?,
        },
        n_stories: small(field(&value, "n_stories"), "`n_stories`, a number")?,
        cards: list(field(&value, "cards"), "`cards`, a list", file_ref)?,
        search: list(field(&value, "search"), "`search`, a list", file_ref)?,
    })
}

/// Reads a file of cards.
///
/// # Errors
/// See [`decode_manifest`].
pub fn decode_cards(text: &str) -> Result<Vec<Card>> {
    list(&parse(text)?, "a list of cards", card)
}

/// Reads a story's file.
///
/// # Errors
/// See [`decode_manifest`].
pub fn decode_story(text: &str) -> Result<Story> {
    let value = &parse(text)?;
    Ok(Story {
        slug: slug(value)?,
        title: string(field(value, "title"), "`title`, a text")?,
        section: section(value)?,
        company: optional(field(value, "company")),
        author: optional(field(value, "author")),
        published: optional(field(value, "published")),
        views: number(field(value, "views")),
        tags: texts(field(value, "tags"))?,
        series: series(value)?,
        lang: string(field(value, "lang"), "`lang`, a text")?,
        summary: string(field(value, "summary"), "`summary`, a text")?,
        source: optional(field(value, "source")),
        original: optional(field(value, "original")),
        blocks: blocks(field(value, "blocks"))?,
        built: built(field(value, "built"))?,
    })
}

/// Reads `offline.json`.
///
/// # Errors
/// See [`decode_manifest`].
pub fn decode_offline(text: &str) -> Result<OfflineList> {
    let value = parse(text)?;
    Ok(OfflineList {
        format: small(field(&value, "format"), "`format`, a number")?,
        version: string(field(&value, "version"), "`version`, a text")?,
        files: list(field(&value, "files"), "`files`, a list", offline_file)?,
    })
}

/// A missing field reads as `null`, and `null` as a missing one.
fn field<'a>(value: &'a Value, key: &str) -> &'a Value {
    let Value::Object(fields) = value else { return &Value::Null };
    fields.iter().find(|(name, _)| name == key).map_or(&Value::Null, |(_, value)| value)
}

fn not(expected: &'static str) -> JsonError {
    JsonError { offset: 0, expected }
}

fn string(value: &Value, expected: &'static str) -> Result<String> {
    optional(value).ok_or_else(|| not(expected))
}

fn optional(value: &Value) -> Option<String> {
    if let Value::String(text) = value { Some(text.clone()) } else { None }
}

fn number(value: &Value) -> Option<u64> {
    if let Value::Number(number) = value { Some(*number) } else { None }
}

fn small(value: &Value, expected: &'static str) -> Result<u32> {
    number(value).and_then(|number| u32::try_from(number).ok()).ok_or_else(|| not(expected))
}

/// A plain loop: collecting into a `Result` compiles to three times as much for each of the ten kinds of lists.
fn list<T>(value: &Value, expected: &'static str, item: impl Fn(&Value) -> Result<T>) -> Result<Vec<T>> {
    let Value::Array(values) = value else { return Err(not(expected)) };
    let mut items = Vec::with_capacity(values.len());
    for value in values {
        items.push(item(value)?);
    }
    Ok(items)
}

/// A list that may be left out.
fn list_or_none<T>(value: &Value, expected: &'static str, item: impl Fn(&Value) -> Result<T>) -> Result<Vec<T>> {
    if *value == Value::Null { Ok(Vec::new()) } else { list(value, expected, item) }
}

fn text(value: &Value) -> Result<String> {
    string(value, "a text")
}

fn texts(value: &Value) -> Result<Vec<String>> {
    list(value, "`tags`, a list", text)
}

fn built(value: &Value) -> Result<Built> {
    let code = |tokens: &Value| Ok(CodeTokens::from_numbers(list(tokens, "tokens, a list", |number| small(number, "a number"))?));
    Ok(Built {
        related: list_or_none(field(value, "related"), "`related`, a list", related)?,
        code: list_or_none(field(value, "code"), "`code`, a list", code)?,
    })
}

fn related(value: &Value) -> Result<Related> {
    Ok(Related {
        slug: slug(value)?,
        tags: list_or_none(field(value, "tags"), "`tags`, a list", text)?,
        words: list_or_none(field(value, "words"), "`words`, a list", text)?,
    })
}

fn slug(value: &Value) -> Result<Slug> {
    Slug::new(string(field(value, "slug"), "`slug`, a text")?).map_err(|_| not("`slug`, letters, digits and hyphens"))
}

fn section(value: &Value) -> Result<Section> {
    let word = string(field(value, "section"), "`section`, a text")?;
    Section::ALL.into_iter().find(|section| section.as_str() == word).ok_or_else(|| not("`section`: interview, feed or news"))
}

fn series(value: &Value) -> Result<Option<Series>> {
    let value = field(value, "series");
    if *value == Value::Null {
        return Ok(None);
    }
    let part = number(field(value, "part")).and_then(|part| u32::try_from(part).ok());
    Ok(Some(Series { name: string(field(value, "name"), "`name` of the series, a text")?, part }))
}

fn file_ref(value: &Value) -> Result<FileRef> {
    Ok(FileRef {
        path: string(field(value, "path"), "`path`, a text")?,
        bytes: number(field(value, "bytes")).ok_or_else(|| not("`bytes`, a number"))?,
        sha256: string(field(value, "sha256"), "`sha256`, a text")?,
    })
}

fn offline_file(value: &Value) -> Result<OfflineFile> {
    let FileRef { path, bytes, sha256 } = file_ref(value)?;
    Ok(OfflineFile { path, bytes, sha256, shell: *field(value, "shell") == Value::Bool(true) })
}

fn card(value: &Value) -> Result<Card> {
    Ok(Card {
        slug: slug(value)?,
        title: string(field(value, "title"), "`title`, a text")?,
        section: section(value)?,
        company: optional(field(value, "company")),
        views: number(field(value, "views")),
        tags: texts(field(value, "tags"))?,
        series: series(value)?,
        summary: string(field(value, "summary"), "`summary`, a text")?,
        n_chars: small(field(value, "n_chars"), "`n_chars`, a number")?,
        file: string(field(value, "file"), "`file`, a text")?,
    })
}

fn blocks(value: &Value) -> Result<Vec<Block>> {
    list(value, "`blocks`, a list", block)
}

/// The name and the fields of a variant; one without fields is its bare name.
fn variant<'a>(value: &'a Value, expected: &'static str) -> Result<(&'a str, &'a Value)> {
    match value {
        Value::Object(fields) => fields.first().map(|(name, fields)| (name.as_str(), fields)).ok_or_else(|| not(expected)),
        Value::String(name) => Ok((name, &Value::Null)),
        _ => Err(not(expected)),
    }
}

fn block(value: &Value) -> Result<Block> {
    let (name, fields) = variant(value, "a block")?;
    let text = || inlines(field(fields, "text"));
    Ok(match name {
        "heading" => {
            let level =
                number(field(fields, "level")).and_then(|level| u8::try_from(level).ok()).ok_or_else(|| not("`level`, a number"))?;
            Block::Heading { level, text: text()? }
        }
        "paragraph" => Block::Paragraph { text: text()? },
        "list" => Block::List {
            ordered: *field(fields, "ordered") == Value::Bool(true),
            start: number(field(fields, "start")).and_then(|start| u32::try_from(start).ok()),
            items: list(field(fields, "items"), "`items`, a list", list_item)?,
        },
        "quote" => Block::Quote { blocks: blocks(field(fields, "blocks"))? },
        "code" => Block::Code { lang: optional(field(fields, "lang")), code: string(field(fields, "code"), "`code`, a text")? },
        "table" => Block::Table { head: cells(field(fields, "head"))?, rows: list(field(fields, "rows"), "`rows`, a list", cells)? },
        "caption" => Block::Caption { text: text()? },
        "question" => Block::Question { mark: mark(fields)?, text: text()? },
        "answer" => Block::Answer { mark: mark(fields)?, text: text()? },
        "rule" => Block::Rule,
        "references" => Block::References { items: list(field(fields, "items"), "`items`, a list", reference)? },
        _ => return Err(not("a kind of block that this version knows")),
    })
}

fn mark(fields: &Value) -> Result<String> {
    string(field(fields, "mark"), "`mark`, a text")
}

fn cells(value: &Value) -> Result<Vec<Vec<Inline>>> {
    list(value, "a row of cells", inlines)
}

fn list_item(value: &Value) -> Result<ListItem> {
    Ok(ListItem { text: inlines(field(value, "text"))?, blocks: list_or_none(field(value, "blocks"), "`blocks`, a list", block)? })
}

fn reference(value: &Value) -> Result<Reference> {
    Ok(Reference { label: string(field(value, "label"), "`label`, a text")?, text: inlines(field(value, "text"))? })
}

fn inlines(value: &Value) -> Result<Vec<Inline>> {
    list(value, "a list of inlines", inline)
}

fn inline(value: &Value) -> Result<Inline> {
    let (name, fields) = variant(value, "an inline")?;
    let inner = || inlines(field(fields, "inlines"));
    Ok(match name {
        "text" => Inline::Text { text: string(field(fields, "text"), "`text`, a text")? },
        "emphasis" => Inline::Emphasis { inlines: inner()? },
        "strong" => Inline::Strong { inlines: inner()? },
        "code" => Inline::Code { code: string(field(fields, "code"), "`code`, a text")? },
        "link" => Inline::Link { href: string(field(fields, "href"), "`href`, a text")?, inlines: inner()? },
        "note" => Inline::Note { label: string(field(fields, "label"), "`label`, a text")? },
        _ => return Err(not("a kind of inline that this version knows")),
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{decode_cards, decode_manifest, decode_story};
    use crate::{
        Block, Built, Card, CodeTokens, FORMAT_VERSION, FileRef, Inline, ListItem, Manifest, Reference, Related, Section, Series, Site,
        Slug, Story,
    };

    fn any_inlines() -> impl Strategy<Value = Vec<Inline>> {
        let leaf = prop_oneof![
            any::<String>().prop_map(Inline::text),
            any::<String>().prop_map(|code| Inline::Code { code }),
            any::<String>().prop_map(|label| Inline::Note { label }),
        ];
        let inline = leaf.prop_recursive(2, 6, 3, |inner| {
            let inner = proptest::collection::vec(inner, 0..3);
            prop_oneof![
                inner.clone().prop_map(|inlines| Inline::Emphasis { inlines }),
                inner.clone().prop_map(|inlines| Inline::Strong { inlines }),
                (any::<String>(), inner).prop_map(|(href, inlines)| Inline::Link { href, inlines }),
            ]
        });
        proptest::collection::vec(inline, 0..3)
    }

    fn any_blocks() -> impl Strategy<Value = Vec<Block>> {
        let leaf = prop_oneof![
            (2..=6_u8, any_inlines()).prop_map(|(level, text)| Block::Heading { level, text }),
            any_inlines().prop_map(|text| Block::Paragraph { text }),
            (any::<Option<String>>(), any::<String>()).prop_map(|(lang, code)| Block::Code { lang, code }),
            any_inlines().prop_map(|text| Block::Caption { text }),
            (any::<String>(), any_inlines()).prop_map(|(mark, text)| Block::Question { mark, text }),
            (any::<String>(), any_inlines()).prop_map(|(mark, text)| Block::Answer { mark, text }),
            Just(Block::Rule),
            (any::<String>(), any_inlines()).prop_map(|(label, text)| Block::References { items: vec![Reference { label, text }] }),
            (any_inlines(), any_inlines()).prop_map(|(head, cell)| Block::Table { head: vec![head], rows: vec![vec![cell]] }),
        ];
        let block = leaf.prop_recursive(2, 6, 3, |inner| {
            let inner = proptest::collection::vec(inner, 0..3);
            prop_oneof![
                inner.clone().prop_map(|blocks| Block::Quote { blocks }),
                (any::<bool>(), any::<Option<u32>>(), any_inlines(), inner).prop_map(|(ordered, start, text, blocks)| Block::List {
                    ordered,
                    start,
                    items: vec![ListItem { text, blocks }]
                }),
            ]
        });
        proptest::collection::vec(block, 0..4)
    }

    fn some<T: Strategy>(item: T) -> impl Strategy<Value = Vec<T::Value>> {
        proptest::collection::vec(item, 0..4)
    }

    prop_compose! {
        fn any_story()(
            title in any::<String>(),
            section in proptest::sample::select(Section::ALL.to_vec()),
            (company, author, published, source) in any::<(Option<String>, Option<String>, Option<String>, Option<String>)>(),
            original in any::<Option<String>>(),
            views in any::<Option<u64>>(),
            tags in any::<Vec<String>>(),
            series in any::<Option<(String, Option<u32>)>>(),
            (lang, summary) in any::<(String, String)>(),
            blocks in any_blocks(),
            related in proptest::collection::vec((any::<String>(), some(any::<String>()), some(any::<String>())), 0..3),
            code in some(some(any::<u32>())),
        ) -> Story {
            let series = series.map(|(name, part)| Series { name, part });
            let related = related.into_iter().map(|(title, tags, words)| Related { slug: Slug::from_title(&title), tags, words }).collect();
            let built = Built { related, code: code.into_iter().map(CodeTokens::from_numbers).collect() };
            let slug = Slug::from_title(&title);
            Story { slug, title, section, company, author, published, views, tags, series, lang, summary, source, original, blocks, built }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn reads_every_story_and_card_that_serde_writes(story in any_story()) {
            let card = Card::new(&story, "0123".into());
            prop_assert_eq!(decode_cards(&serde_json::to_string(&[&card]).unwrap()).unwrap(), [card]);
            prop_assert_eq!(decode_story(&serde_json::to_string(&story).unwrap()).unwrap(), story);
        }
    }

    #[test]
    fn reads_the_manifest_that_serde_writes() {
        let file = FileRef { path: "cards-0.json".into(), bytes: 5, sha256: "00".into() };
        let manifest =
            Manifest { format: FORMAT_VERSION, site: Site::default(), n_stories: 1, cards: vec![file.clone()], search: vec![file] };
        assert_eq!(decode_manifest(&serde_json::to_string(&manifest).unwrap()), Ok(manifest));
    }

    #[test]
    fn says_which_field_is_wrong() {
        assert_eq!(decode_story("{}").unwrap_err().to_string(), "expected `slug`, a text");
        assert_eq!(decode_manifest("<!doctype html>").unwrap_err().to_string(), "expected a value");
    }
}
