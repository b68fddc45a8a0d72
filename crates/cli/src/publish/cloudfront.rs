//! What an object store needs of the CDN before it, in CloudFront's words: a function that finds the file of an address, and the headers.

use anyhow::{Context, Result};
use corpus::Section;
use serde_json::json;

use super::address::Address;

/// Files, by their path below the site. `headers` are those of every file, `base` is the path that the site lives under.
pub(super) fn files(headers: &[(&'static str, String)], base: &str) -> Result<[(&'static str, String); 2]> {
    Ok([(".hosting/cloudfront.js", function(base)?), (".hosting/cloudfront.json", headers_policy(headers)?)])
}

/// A function for viewer requests. Names of topics may hold dots (`tag/Node.js`), so it is the folder that tells a page from a file.
fn function(base: &str) -> Result<String> {
    let single = Section::ALL.map(Address::Section).into_iter().chain([Address::Shelf, Address::Notes, Address::Design]);
    let names = json!(single.map(|address| address.href()).collect::<Vec<_>>());
    Ok(format!(
        r#"// CloudFront function for viewer requests: /story/x is story/x.html.
function handler(event) {{
  var request = event.request;
  var base = {base};
  if (!request.uri.startsWith(base)) return request;
  var path = request.uri.slice(base.length);
  var isOfFolder = /^(story|tag|company|series)\/./.test(path) && !/\.(html|xml|feed\.json)$/.test(path);
  if (path === "") request.uri = base + "index.html";
  else if (isOfFolder || {names}.includes(path)) request.uri += ".html";
  return request;
}}
"#,
        base = serde_json::to_string(base).context("writing the path of the site")?,
    ))
}

/// What `aws cloudfront create-response-headers-policy` takes. Three headers have places of their own there and are refused elsewhere.
fn headers_policy(headers: &[(&'static str, String)]) -> Result<String> {
    let mut security = serde_json::Map::new();
    let mut custom = Vec::new();
    for (name, value) in headers {
        match *name {
            "Content-Security-Policy" => {
                security.insert("ContentSecurityPolicy".to_owned(), json!({ "Override": true, "ContentSecurityPolicy": value }));
            }
            "X-Content-Type-Options" => {
                security.insert("ContentTypeOptions".to_owned(), json!({ "Override": true }));
            }
            "Referrer-Policy" => {
                security.insert("ReferrerPolicy".to_owned(), json!({ "Override": true, "ReferrerPolicy": value }));
            }
            _ => custom.push(json!({ "Header": name, "Value": value, "Override": true })),
        }
    }
    let policy = json!({
        "Name": "story-home",
        "SecurityHeadersConfig": security,
        "CustomHeadersConfig": { "Quantity": custom.len(), "Items": custom },
    });
    serde_json::to_string_pretty(&policy).context("writing the headers for CloudFront")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::files;
    use crate::publish::policy::{Inlined, headers};

    #[test]
    fn every_header_has_its_place() {
        let headers = headers(&Inlined::default());
        let [(_, function), (_, policy)] = files(&headers, "/repo/").unwrap();
        let policy: serde_json::Value = serde_json::from_str(&policy).unwrap();
        let security = policy["SecurityHeadersConfig"].as_object().unwrap();
        let custom = policy["CustomHeadersConfig"]["Items"].as_array().unwrap();
        assert_eq!(security.len() + custom.len(), headers.len());
        assert_eq!(policy["CustomHeadersConfig"]["Quantity"], custom.len());
        assert!(function.contains("var base = \"/repo/\";") && function.contains("\"interview\"") && function.contains("\"shelf\""));
    }
}
