//! What a host is to say about the files: the content security policy, types, and how long a file may be kept.

/// Everything from the page's own origin, nothing inline but what [`Inlined`] names, nothing from anywhere else.
///
/// `wasm-unsafe-eval` is what running WebAssembly takes. `frame-ancestors` and `form-action` name the site itself: its pages may frame each
/// other, and a search sent before the program runs goes to its own address. There is no `upgrade-insecure-requests`, because no address
/// in a page is absolute.
const DIRECTIVES: [(&str, &str); 15] = [
    ("default-src", "'none'"),
    ("script-src", "'self' 'wasm-unsafe-eval'"),
    ("style-src", "'self'"),
    ("img-src", "'self' data: blob:"),
    ("font-src", "'self'"),
    ("connect-src", "'self'"),
    ("worker-src", "'self'"),
    ("manifest-src", "'self'"),
    ("media-src", "'self' blob:"),
    ("object-src", "'none'"),
    ("base-uri", "'self'"),
    ("form-action", "'self'"),
    ("frame-ancestors", "'self'"),
    ("require-trusted-types-for", "'script'"),
    ("trusted-types", "default"),
];

/// Directives that a `<meta>` element cannot set; browsers would complain.
const HEADER_ONLY: [&str; 1] = ["frame-ancestors"];

/// A year, and no question whether it has changed: for files that are named by their content.
pub(crate) const IMMUTABLE: &str = "public, max-age=31536000, immutable";

/// Kept, but never used without asking whether it has changed.
pub(crate) const REVALIDATE: &str = "no-cache";

/// What stands in pages and may count there: scripts by their hashes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Inlined {
    pub(crate) scripts: Vec<String>,
}

/// The policy as a header.
fn content_security_policy(inlined: &Inlined) -> String {
    join(&DIRECTIVES, inlined)
}

/// The policy as far as a page can set it itself, for hosts without headers.
pub(crate) fn meta_policy(inlined: &Inlined) -> String {
    let allowed: Vec<_> = DIRECTIVES.into_iter().filter(|(name, _)| !HEADER_ONLY.contains(name)).collect();
    join(&allowed, inlined)
}

fn join(directives: &[(&str, &str)], inlined: &Inlined) -> String {
    let directive = |(name, sources): &(&str, &str)| {
        let inlined: &[String] = if *name == "script-src" { &inlined.scripts } else { &[] };
        [&[(*name).to_owned(), (*sources).to_owned()], inlined].concat().join(" ")
    };
    directives.iter().map(directive).collect::<Vec<_>>().join("; ")
}

/// Headers of every file.
pub(crate) fn headers(inlined: &Inlined) -> Vec<(&'static str, String)> {
    vec![
        ("Content-Security-Policy", content_security_policy(inlined)),
        ("X-Content-Type-Options", "nosniff".into()),
        ("Referrer-Policy", "strict-origin-when-cross-origin".into()),
        ("Cross-Origin-Opener-Policy", "same-origin".into()),
        ("Permissions-Policy", "camera=(), geolocation=(), microphone=()".into()),
    ]
}

/// Whether a file is named by its content: sixteen hexadecimal digits in its name, alone or set off by hyphens; a part of the program has the
/// program's. trunk leaves zeros at their beginning out. `path` is below the site.
pub(crate) fn is_immutable(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    let plain = name.strip_suffix(".br").or_else(|| name.strip_suffix(".gz")).unwrap_or(name);
    let Some((stem, _)) = plain.rsplit_once('.') else { return false };
    let stem = stem.strip_suffix("_bg").unwrap_or(stem);
    let is_hash = |digits: &str| 14 <= digits.len() && digits.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte));
    // Shards lie in a folder of their own and are named by the root that names them.
    stem.split('-').any(is_hash) && !plain.ends_with(".html") && !plain.ends_with(".xml") || path.starts_with("data/search/")
}

/// What a file is, by its name's ending.
pub(crate) fn content_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "map" => "application/json; charset=utf-8",
        "webmanifest" => "application/manifest+json",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" | "md" => "text/plain; charset=utf-8",
        "xml" => "application/xml; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::{Inlined, content_security_policy, is_immutable, meta_policy};

    #[test]
    fn nothing_inline_and_nothing_foreign_is_allowed() {
        let policy = content_security_policy(&Inlined::default());
        for word in ["unsafe-inline", "unsafe-eval' ", "http", "*"] {
            assert!(!policy.replace("wasm-unsafe-eval", "").contains(word), "{word}");
        }
        assert!(policy.starts_with("default-src 'none'; ") && policy.contains("require-trusted-types-for 'script'"));
        let inlined = Inlined { scripts: vec!["'sha256-b'".into()] };
        let meta = meta_policy(&inlined);
        assert!(!meta.contains("frame-ancestors") && meta.contains("script-src 'self' 'wasm-unsafe-eval' 'sha256-b'; style-src 'self';"));
    }

    #[test]
    fn files_named_by_their_content_are_known() {
        for path in [
            "story-home-0123456789abcdef.js",
            "1453aa767ec12291-initializer.js",
            "story-home-0123456789abcdef_bg.wasm",
            "story-home-0123456789abcdef-chunk-3.wasm",
            "data/cards-0123456789abcdef.json",
            "data/story/0123456789abcdef.json.br",
            "data/search/0123456789abcdef-t12.bin",
        ] {
            assert!(is_immutable(path), "{path}");
        }
        for path in ["index.html", "data/manifest.json", "story/0123456789abcdef.html", "icon.svg", "start.js", "tag/deadbeef.rss.xml"] {
            assert!(!is_immutable(path), "{path}");
        }
    }
}
