//! The headers in the words of hosts: a `_headers` file for Netlify and Cloudflare Pages, `.htaccess` for Apache, and files to include for
//! nginx and Caddy.

use super::policy::{IMMUTABLE, REVALIDATE};

/// A header's name and what it says.
type Header = (&'static str, String);

/// Files, by their path below the site. `headers` are those of every file, `base` is the path that the site lives under, `immutable` the files
/// at its top that are named by their content.
pub(super) fn host_files(headers: &[Header], base: &str, immutable: &[String]) -> Vec<(String, String)> {
    vec![
        ("_headers".to_owned(), underscore_headers(headers, base, immutable)),
        (".htaccess".to_owned(), apache(headers, base)),
        (".hosting/nginx.conf".to_owned(), nginx(headers, base)),
        (".hosting/Caddyfile".to_owned(), caddy(headers, base)),
    ]
}

/// Both hosts revalidate by themselves what no rule makes immutable; two rules for one header would be joined by a comma.
fn underscore_headers(headers: &[Header], base: &str, immutable: &[String]) -> String {
    let mut out = format!("{base}*\n");
    for (name, value) in headers {
        out += &format!("  {name}: {value}\n");
    }
    let folders = ["data/story/*", "data/search/*", "share/*"].map(str::to_owned);
    for path in immutable.iter().chain(&folders) {
        out += &format!("{base}{path}\n  Cache-Control: {IMMUTABLE}\n");
    }
    out
}

/// A regular expression for the paths of immutable files, the same in all servers.
pub(super) const HASHED: &str = r"(-[0-9a-f]{14,16}(_bg|-[a-z0-9-]+)?\.(js|css|wasm|json|bin)|/[0-9a-f]{14,16}-initializer\.js|/data/story/[0-9a-f]{16}\.json|/data/search/[^/]+\.bin|/share/[0-9a-f]{16}\.png)$";

fn nginx(headers: &[Header], base: &str) -> String {
    let all: String = headers.iter().map(|(name, value)| format!("    add_header {name} \"{value}\" always;\n")).collect();
    format!(
        "# Inside `server {{ }}`, beside `root` of the folder that holds the site. Needs ngx_http_gzip_static_module; with the brotli module\n\
         # add `brotli_static on;`. mime.types must know application/wasm, as it does since nginx 1.21.\n\
         gzip_static on;\n\
         error_page 404 {base}404.html;\n\
         location ~ \"{HASHED}\" {{\n{all}    add_header Cache-Control \"{IMMUTABLE}\";\n    try_files $uri =404;\n}}\n\
         location {base} {{\n{all}    add_header Cache-Control \"{REVALIDATE}\";\n    index index.html;\n    \
         try_files $uri $uri.html $uri/index.html =404;\n}}\n"
    )
}

fn caddy(headers: &[Header], base: &str) -> String {
    let all: String = headers.iter().map(|(name, value)| format!("\t\t{name} \"{value}\"\n")).collect();
    let path = base.trim_end_matches('/');
    format!(
        "# Inside a site block, beside `root *` of the folder that holds the site.\n\
         route {{\n\ttry_files {{path}} {{path}}.html {{path}}/index.html\n\theader {{\n{all}\t\tCache-Control \"{REVALIDATE}\"\n\t}}\n\t\
         @hashed path_regexp `^{path}.*{HASHED}`\n\theader @hashed Cache-Control \"{IMMUTABLE}\"\n\t\
         file_server {{\n\t\tprecompressed br gzip\n\t}}\n}}\n\
         handle_errors {{\n\trewrite * {base}404.html\n\tfile_server\n}}\n"
    )
}

fn apache(headers: &[Header], base: &str) -> String {
    let all: String = headers.iter().map(|(name, value)| format!("  Header always set {name} \"{value}\"\n")).collect();
    format!(
        "# Needs mod_headers, mod_rewrite and `AllowOverride All`.\n\
         ErrorDocument 404 {base}404.html\nDirectoryIndex index.html\nDirectorySlash Off\n\
         AddType application/wasm .wasm\nAddType application/manifest+json .webmanifest\nAddType text/javascript .js .mjs\nAddDefaultCharset utf-8\n\
         RewriteEngine On\nRewriteBase {base}\n\
         RewriteCond %{{REQUEST_FILENAME}} !-f\nRewriteCond %{{REQUEST_FILENAME}}.html -f\nRewriteRule ^(.+)$ $1.html [L]\n\
         <IfModule mod_headers.c>\n{all}  Header set Cache-Control \"{REVALIDATE}\"\n  \
         Header set Cache-Control \"{IMMUTABLE}\" \"expr=%{{REQUEST_URI}} =~ m#{HASHED}#\"\n</IfModule>\n"
    )
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::host_files;
    use crate::publish::policy::{Inlined, headers};

    #[test]
    fn every_host_is_told_every_header() {
        let headers = headers(&Inlined::new(["f();"]));
        let files = host_files(&headers, "/repo/", &["app-0123456789abcdef.js".to_owned()]);
        for (path, text) in &files {
            for (name, value) in &headers {
                assert!(text.contains(name) && text.contains(value), "{path} lacks {name}");
            }
            assert!(text.contains("max-age=31536000, immutable"), "{path}");
            assert!(text.contains("/repo/"), "{path}");
        }
        let (_, netlify) = files.iter().find(|(path, _)| path == "_headers").unwrap();
        assert!(netlify.contains("/repo/app-0123456789abcdef.js\n  Cache-Control: public, max-age=31536000, immutable\n"));
    }
}
