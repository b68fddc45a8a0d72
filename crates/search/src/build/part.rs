//! Parts of a large corpus: what one writer has read, as bytes, and how another takes it over. An intermediate format, for the same
//! version of the program on both sides.

use super::{IndexWriter, N_FIELDS, TokenizedDoc, push_bytes, push_size};
use crate::index::{FORMAT_VERSION, IndexError, Reader, checksum, push_varint};

/// First four bytes of a part.
const MAGIC: [u8; 4] = *b"SHSP";

pub(super) fn encode(writer: &IndexWriter) -> Vec<u8> {
    let mut content = Vec::new();
    push_size(writer.surfaces.len(), &mut content);
    for surface in &writer.surfaces {
        push_bytes(surface.as_bytes(), &mut content);
    }
    push_size(writer.docs.len(), &mut content);
    for doc in &writer.docs {
        for field in &doc.fields {
            push_size(field.len(), &mut content);
            for surface in field {
                push_varint(*surface, &mut content);
            }
        }
        content.extend(doc.views.map_or(u64::MAX, |views| views.min(u64::MAX - 1)).to_le_bytes());
    }
    push_size(writer.humps.len(), &mut content);
    for (surface, parts) in &writer.humps {
        push_varint(*surface, &mut content);
        push_size(parts.len(), &mut content);
        for part in parts {
            push_bytes(part.as_bytes(), &mut content);
        }
    }
    push_size(writer.pairs.len(), &mut content);
    for (korean, latin) in &writer.pairs {
        push_bytes(korean.as_bytes(), &mut content);
        push_bytes(latin.as_bytes(), &mut content);
    }
    push_size(writer.facets.len(), &mut content);
    for ((kind, value), docs) in &writer.facets {
        content.push(*kind);
        push_bytes(value.as_bytes(), &mut content);
        push_size(docs.len(), &mut content);
        for doc in docs {
            push_varint(*doc, &mut content);
        }
    }
    let mut out = MAGIC.to_vec();
    out.extend(FORMAT_VERSION.to_le_bytes());
    out.extend(checksum(&content).to_le_bytes());
    out.extend(content);
    out
}

pub(super) fn decode(bytes: &[u8], writer: &mut IndexWriter) -> Result<(), IndexError> {
    let mut reader = Reader::new(bytes);
    if reader.bytes(4) != Some(&MAGIC) {
        return Err(IndexError::NotAnIndex);
    }
    let got = reader.u32().ok_or(IndexError::Damaged)?;
    if got != FORMAT_VERSION {
        return Err(IndexError::Version { expected: FORMAT_VERSION, got });
    }
    if reader.u32() != Some(checksum(bytes.get(12..).unwrap_or_default())) {
        return Err(IndexError::Damaged);
    }
    take(&mut reader, writer).filter(|()| reader.is_empty()).ok_or(IndexError::Malformed { section: "part" })
}

fn take(reader: &mut Reader<'_>, writer: &mut IndexWriter) -> Option<()> {
    let first_doc = u32::try_from(writer.docs.len()).ok()?;
    let mut numbers = Vec::new();
    for _ in 0..reader.varint()? {
        numbers.push(writer.number(text(reader)?));
    }
    let renumber = |surface: u32| numbers.get(surface as usize).copied();
    for _ in 0..reader.varint()? {
        let mut doc = TokenizedDoc::default();
        for field in doc.fields.iter_mut().take(N_FIELDS) {
            for _ in 0..reader.varint()? {
                field.push(renumber(reader.varint()?)?);
            }
        }
        let views = u64::from_le_bytes(reader.bytes(8)?.try_into().ok()?);
        doc.views = Some(views).filter(|views| *views != u64::MAX);
        writer.docs.push(doc);
    }
    for _ in 0..reader.varint()? {
        let surface = renumber(reader.varint()?)?;
        let mut parts = Vec::new();
        for _ in 0..reader.varint()? {
            parts.push(text(reader)?.to_owned());
        }
        // The first writer of the word decides, as if one writer had read everything.
        writer.humps.entry(surface).or_insert(parts);
    }
    for _ in 0..reader.varint()? {
        let korean = text(reader)?.to_owned();
        writer.pairs.insert((korean, text(reader)?.to_owned()));
    }
    for _ in 0..reader.varint()? {
        let kind = reader.byte()?;
        let value = text(reader)?.to_owned();
        let docs = writer.facets.entry((kind, value)).or_default();
        for _ in 0..reader.varint()? {
            docs.push(first_doc.checked_add(reader.varint()?)?);
        }
    }
    Some(())
}

fn text<'a>(reader: &mut Reader<'a>) -> Option<&'a str> {
    let len = reader.size()?;
    std::str::from_utf8(reader.bytes(len)?).ok()
}
