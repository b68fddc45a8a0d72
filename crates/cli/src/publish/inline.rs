//! What stands in a page itself, so that its first paint waits for less: the script that runs before it, and the one that asks for `boot.js` after
//! it; and the icon. The policy names the scripts by their hashes. The first is a file as well: `boot.js` fetches it where a host still sends the policy of another
//! build, which refuses what stands in the page. The second is the same in every build.

use std::sync::LazyLock;

use base64::{Engine as _, prelude::BASE64_STANDARD};
use sha2::{Digest, Sha256};

use super::{policy::Inlined, tag::tags};

/// The script that asks for `boot.js`, as it stands in pages.
pub(super) static LOADER: LazyLock<String> = LazyLock::new(|| without_comments(include_str!("load.js")));

/// A script as it stands in a page; `None` if it cannot, because something in it would end it there.
pub(super) fn script_inside(script: &str) -> Option<String> {
    let script = without_comments(script);
    let lower = script.to_ascii_lowercase();
    (!["</script", "<script", "<!--"].iter().any(|end| lower.contains(end))).then_some(script)
}

/// An SVG icon as an address that needs no request, of which browsers make one or two before the first paint. `None` for one so large that
/// it is better a file: it stands in every page.
pub(super) fn icon_inside(svg: &[u8]) -> Option<String> {
    const MOST_BYTES: usize = 700;
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b" =:/()-,;.*+!~_".contains(&byte);
    let character = |&byte: &u8| if is_plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    (svg.len() <= MOST_BYTES).then(|| ["data:image/svg+xml,".to_owned(), svg.trim_ascii().iter().map(character).collect()].concat())
}

impl Inlined {
    /// What stands in pages of a site.
    pub(super) fn new<'a>(scripts: impl IntoIterator<Item = &'a str>) -> Self {
        Self { scripts: scripts.into_iter().map(source).collect() }
    }

    /// What the policy of a page names, which is the same in every page of a site.
    pub(crate) fn of_page(html: &str) -> Self {
        let policy = tags(html).find(|tag| tag.attribute("http-equiv") == Some("Content-Security-Policy"));
        let policy = policy.and_then(|tag| tag.attribute("content")).unwrap_or_default();
        let directive = policy.split("; ").find_map(|directive| directive.strip_prefix("script-src ")).unwrap_or_default();
        Self { scripts: directive.split(' ').filter(|source| source.starts_with("'sha256-")).map(str::to_owned).collect() }
    }
}

/// A script without what is for those who change it.
pub(super) fn without_comments(script: &str) -> String {
    let lines = script.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//"));
    lines.flat_map(|line| [line, "\n"]).collect()
}

/// A text as a policy names it.
pub(super) fn source(text: &str) -> String {
    format!("'sha256-{}'", BASE64_STANDARD.encode(Sha256::digest(text.as_bytes())))
}

#[cfg(test)]
mod tests {
    use super::{super::policy::meta_policy, Inlined, LOADER, icon_inside, script_inside, source};

    #[test]
    fn a_text_is_named_as_policies_do() {
        // The hash of nothing, as every description of such policies has it.
        assert_eq!(source(""), "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='");
    }

    #[test]
    fn an_icon_stands_in_a_page_unless_it_is_large() {
        let icon = icon_inside("<svg fill=\"#a\">가%</svg>\n".as_bytes());
        assert_eq!(icon.as_deref(), Some("data:image/svg+xml,%3Csvg fill=%22%23a%22%3E%EA%B0%80%25%3C/svg%3E"));
        assert_eq!(icon_inside(&[b'a'; 701]), None);
    }

    #[test]
    fn a_script_stands_in_a_page_unless_it_would_end_there() {
        assert_eq!(script_inside("// why\n  f();\r\n").as_deref(), Some("f();\n"));
        assert_eq!(script_inside("'</SCRIPT>'"), None);
    }

    /// A host may send the policy of the build before while it has the pages of this one. That policy lets this script run as long as its
    /// text is the same: if it has to change, publishers have to be told to renew their host's headers.
    #[test]
    fn what_asks_for_the_program_is_the_same_in_every_build() {
        assert_eq!(source(&LOADER), "'sha256-OBYL+v9sJ+OfnmWgd8UPCD4Dd9SxUpK4FBR3H1a16qo='");
        assert_eq!(script_inside(&LOADER).as_deref(), Some(LOADER.as_str()));
    }

    #[test]
    fn the_policy_of_a_page_says_what_may_stand_in_it() {
        let inlined = Inlined::new(["f();", "g();"]);
        let html = format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">", meta_policy(&inlined));
        assert_eq!(Inlined::of_page(&html), inlined);
        assert_eq!(Inlined::of_page("<script>f();</script>"), Inlined::default());
    }
}
