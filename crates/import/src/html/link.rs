//! Addresses in HTML: made absolute, freed of what follows a reader around, and refused when no reader may follow them.

use corpus::{Inline, is_safe_href};
use url::Url;

/// Parameters that name a campaign or a person instead of a page.
const TRACKING: [&str; 7] = ["fbclid", "gclid", "dclid", "msclkid", "igshid", "mc_eid", "yclid"];

/// Hosts and paths of pictures that nobody sees: they count visits.
const TRACKERS: [&str; 12] = [
    "google-analytics.com",
    "googletagmanager.com",
    "doubleclick.net",
    "facebook.com/tr",
    "pixel.wp.com",
    "stats.wordpress.com",
    "feeds.feedburner.com/~r/",
    "scorecardresearch.com",
    "statcounter.com",
    "wcs.naver",
    "medium.com/_/stat",
    "hits.seeyoufarm.com",
];

/// What an address is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// http, https or mailto, absolute.
    Address(String),
    /// Relative, and nothing says to what: perhaps a file beside the page.
    Local(String),
    /// A place on the same page, or nothing at all.
    Here,
    /// `javascript:`, `data:` and other schemes.
    Refused,
}

/// Where `href` leads from a page at `base`.
pub(super) fn resolve(href: &str, base: Option<&str>) -> Target {
    // Browsers ignore line breaks and tabs inside addresses, and so do those who hide schemes in them.
    let href: String = href.chars().filter(|c| !c.is_control()).collect();
    let href = href.trim();
    if href.is_empty() || href.starts_with('#') {
        return Target::Here;
    }
    let absolute = match Url::parse(href) {
        Ok(url) => Some(url),
        Err(url::ParseError::RelativeUrlWithoutBase) => base.and_then(|base| Url::parse(base).ok()?.join(href).ok()),
        Err(_) => return Target::Refused,
    };
    let Some(url) = absolute else {
        return if href.starts_with("//") { resolve(&format!("https:{href}"), None) } else { Target::Local(decoded(href)) };
    };
    let address = without_tracking(href, &url);
    if is_safe_href(&address) { Target::Address(address) } else { Target::Refused }
}

/// Whether a picture is there to be counted and not to be seen.
pub(super) fn is_tracker(src: &str) -> bool {
    TRACKERS.iter().any(|tracker| src.contains(tracker))
}

/// Whether an address names a campaign or a person.
pub(super) fn is_tracked(href: &str) -> bool {
    href.split_once('?')
        .is_some_and(|(_, query)| query.split(['&', '#', ';']).any(|pair| is_tracking(pair.split('=').next().unwrap_or_default())))
}

fn is_tracking(name: &str) -> bool {
    name.starts_with("utm_") || TRACKING.contains(&name)
}

/// The address as it was written where possible, so that Hangul stays legible.
fn without_tracking(href: &str, url: &Url) -> String {
    let is_absolute = is_safe_href(href);
    if !is_tracked(url.as_str()) {
        return if is_absolute && !href.contains(char::is_whitespace) { href.to_owned() } else { url.to_string() };
    }
    let mut url = url.clone();
    let kept: Vec<String> = url
        .query()
        .unwrap_or_default()
        .split('&')
        .filter(|pair| !is_tracking(pair.split('=').next().unwrap_or_default()))
        .map(str::to_owned)
        .collect();
    url.set_query((!kept.is_empty()).then(|| kept.join("&")).as_deref());
    url.to_string()
}

/// A relative path without query and fragment, percent signs resolved.
fn decoded(href: &str) -> String {
    let path = href.split(['?', '#']).next().unwrap_or_default();
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let [first, tail @ ..] = rest {
        let hex = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
        match (first, tail) {
            (b'%', [hi, lo, after @ ..]) if hex(*hi).is_some() && hex(*lo).is_some() => {
                bytes.push(hex(*hi).unwrap_or_default() * 16 + hex(*lo).unwrap_or_default());
                rest = after;
            }
            _ => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| path.to_owned())
}

/// A link, and behind it the marks of notes that stood in it: Markdown has no mark of a note within a link.
pub(super) fn link_to(href: String, mut inlines: Vec<Inline>) -> Vec<Inline> {
    let mut notes = Vec::new();
    take_notes(&mut inlines, &mut notes);
    let link = if inlines.is_empty() { None } else { Some(Inline::Link { href, inlines }) };
    link.into_iter().chain(notes).collect()
}

fn take_notes(inlines: &mut Vec<Inline>, notes: &mut Vec<Inline>) {
    inlines.retain_mut(|inline| match inline {
        Inline::Note { .. } => {
            notes.push(inline.clone());
            false
        }
        Inline::Strong { inlines } | Inline::Emphasis { inlines } => {
            take_notes(inlines, notes);
            !inlines.is_empty()
        }
        _ => true,
    });
}

#[cfg(test)]
mod tests {
    use super::{Target, resolve};

    #[track_caller]
    fn check(href: &str, base: Option<&str>, target: Target) {
        assert_eq!(resolve(href, base), target, "{href}");
    }

    fn address(text: &str) -> Target {
        Target::Address(text.into())
    }

    #[test]
    fn addresses_become_absolute_and_free_of_tracking() {
        check("https://a.kr/글?b=1", None, address("https://a.kr/글?b=1"));
        check("../c", Some("https://a.kr/x/y/"), address("https://a.kr/x/c"));
        check("//a.kr/b", None, address("https://a.kr/b"));
        check("https://a.kr/?utm_source=x&b=1&fbclid=9#c", None, address("https://a.kr/?b=1#c"));
        check("https://a.kr/?utm_source=x", None, address("https://a.kr/"));
        check("mailto:a@b.kr", None, address("mailto:a@b.kr"));
    }

    #[test]
    fn only_what_a_reader_may_follow_passes() {
        for href in ["javascript:alert(1)", " JaVa\nScript:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/hosts", "blob:x"] {
            check(href, Some("https://a.kr/"), Target::Refused);
        }
        check("#top", Some("https://a.kr/"), Target::Here);
        check("img/%EA%B0%80.png?v=1", None, Target::Local("img/가.png".into()));
        check("100%.png", None, Target::Local("100%.png".into()));
    }
}
