//! WordPress: which items of an export are posts, and its text, in which empty lines make paragraphs and brackets are shortcodes.

use super::xml::Element;

/// Shortcodes that stand for something else than their text; any other bracket is text.
const SHORTCODES: [&str; 10] =
    ["caption", "gallery", "embed", "audio", "video", "playlist", "code", "sourcecode", "wp_caption", "contact-form-7"];

/// Why an item of an export is no story for readers; `None` for posts and for feeds that are no export.
pub(super) fn left_out(item: &Element) -> Option<String> {
    let text = |name: &str| item.child(name).map(|child| child.text().trim().to_owned());
    let kind = text("wp:post_type")?;
    let status = text("wp:status").unwrap_or_default();
    if kind != "post" {
        return Some(format!("its type is `{kind}`"));
    }
    if status != "publish" {
        return Some(format!("its status is `{status}`"));
    }
    text("wp:post_password").filter(|password| !password.is_empty()).map(|_| "it is protected by a password".into())
}

/// The text of a post as HTML; lines keep their numbers. HTML with paragraphs of its own stays as it is.
pub(super) fn to_html(text: &str) -> String {
    let text = without_shortcodes(text);
    let lower = text.to_ascii_lowercase();
    let has_paragraphs = ["<p>", "<p ", "<br", "<div", "<!-- wp:"].iter().any(|tag| lower.contains(tag));
    if has_paragraphs || !text.trim().contains('\n') {
        return text;
    }
    let mut html = String::with_capacity(text.len() + text.len() / 4);
    let mut in_code = 0_usize;
    for paragraph in text.split_inclusive("\n\n") {
        let open = paragraph.matches("<pre").count();
        let close = paragraph.matches("</pre").count();
        let is_block = ["<h", "<ul", "<ol", "<li", "<block", "<pre", "<table", "<fig", "<hr", "</", "<iframe"]
            .iter()
            .any(|tag| paragraph.trim_start().starts_with(tag));
        if 0 < in_code || is_block || paragraph.trim().is_empty() {
            html.push_str(paragraph);
        } else {
            html.push_str("<p>");
            html.push_str(&paragraph.trim_end().replace('\n', "<br>\n"));
            html.push_str("</p>");
            html.push_str(paragraph.get(paragraph.trim_end().len()..).unwrap_or_default());
        }
        in_code = (in_code + open).saturating_sub(close);
    }
    html
}

/// Known shortcodes as HTML: captions as figures, code as code; of the others only the text between stays.
fn without_shortcodes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('[') {
        let (before, tail) = rest.split_at(start);
        out.push_str(before);
        let length = shortcode(tail);
        let Some((tag, after)) = length.and_then(|length| tail.split_at_checked(length)) else {
            out.push('[');
            rest = tail.get(1..).unwrap_or_default();
            continue;
        };
        let name = tag.trim_start_matches(['[', '/']).split([' ', ']', '=']).next().unwrap_or_default();
        let is_closing = tag.starts_with("[/");
        match (name, is_closing) {
            ("caption" | "wp_caption", false) => {
                // The picture, then the words of its caption.
                let inner = after.split("[/").next().unwrap_or_default();
                let end = inner.rfind('>').map_or(0, |idx| idx + 1);
                out.push_str("<figure>");
                out.push_str(after.get(..end).unwrap_or_default());
                out.push_str("<figcaption>");
                rest = after.get(end..).unwrap_or_default();
                continue;
            }
            ("caption" | "wp_caption", true) => out.push_str("</figcaption></figure>"),
            ("code" | "sourcecode", false) => out.push_str("<pre>"),
            ("code" | "sourcecode", true) => out.push_str("</pre>"),
            _ => {}
        }
        out.push_str(&"\n".repeat(tag.matches('\n').count()));
        rest = after;
    }
    out + rest
}

/// Length of the shortcode that the text begins with.
fn shortcode(text: &str) -> Option<usize> {
    let inner = text.strip_prefix("[/").or_else(|| text.strip_prefix('['))?;
    let name: String = inner.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-')).collect();
    let is_known = SHORTCODES.contains(&name.as_str()) || name.starts_with("vc_") || name.starts_with("et_pb_");
    let ends = inner.get(name.len()..)?.starts_with([' ', ']', '=']);
    (is_known && ends).then(|| text.find(']').map(|end| end + 1))?
}
