//! What stands in a page itself, so that its first paint waits for one file less: the script that runs before it, which the policy names by its
//! hash. It is a file as well: `boot.js` fetches it where a host still sends the policy of another build, which refuses what stands in the page.

use sha2::{Digest, Sha256};

use super::{policy::Inlined, tag::tags};

/// A script as it stands in a page; `None` if it cannot, because something in it would end it there.
pub(super) fn script_inside(script: &str) -> Option<String> {
    let script = without_comments(script);
    let lower = script.to_ascii_lowercase();
    (!["</script", "<script", "<!--"].iter().any(|end| lower.contains(end))).then_some(script)
}

impl Inlined {
    /// What stands in pages of a site.
    pub(super) fn new(script: &str) -> Self {
        Self { scripts: vec![source(script)] }
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
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let sum = Sha256::digest(text.as_bytes());
    let mut out = String::from("'sha256-");
    for three in sum.chunks(3) {
        let bits = three.iter().fold(0_usize, |bits, byte| bits << 8 | usize::from(*byte)) << (8 * (3 - three.len()));
        for place in 0..4 {
            let digit = DIGITS.get(bits >> (18 - 6 * place) & 63).copied().unwrap_or_default();
            out.push(if place <= three.len() { char::from(digit) } else { '=' });
        }
    }
    out + "'"
}

#[cfg(test)]
mod tests {
    use super::{super::policy::meta_policy, Inlined, script_inside, source};

    #[test]
    fn a_text_is_named_as_policies_do() {
        // The hash of nothing, as every description of such policies has it.
        assert_eq!(source(""), "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='");
    }

    #[test]
    fn a_script_stands_in_a_page_unless_it_would_end_there() {
        assert_eq!(script_inside("// why\n  f();\r\n").as_deref(), Some("f();\n"));
        assert_eq!(script_inside("'</SCRIPT>'"), None);
    }

    #[test]
    fn the_policy_of_a_page_says_what_may_stand_in_it() {
        let inlined = Inlined::new("f();");
        let html = format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">", meta_policy(&inlined));
        assert_eq!(Inlined::of_page(&html), inlined);
        assert_eq!(Inlined::of_page("<script>f();</script>"), Inlined::default());
    }
}
