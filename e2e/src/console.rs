//! What the page complains about: errors on its console, uncaught exceptions, rejections nobody handled, resources that did not load.

use serde::Deserialize;
use serde_json::Value;

use crate::{
    Engine,
    session::{DriverResult, Session},
};

/// The script that the host puts first into every page.
pub const RECORDER: &str = include_str!("recorder.js");

/// A page that complains in every way there is, for the suite's own test.
pub const COMPLAINING_PAGE: &str = r#"<!doctype html><html><head><meta charset="utf-8"><title>complaining</title><link rel="icon" href="data:,">
<script>console.error('told'); setTimeout(() => { throw new Error('thrown'); }); Promise.reject(new Error('rejected'));</script></head>
<body><img src="lost.png" alt="lost"></body></html>"#;

/// Gives what the recorder kept; nothing where it never ran, as on an empty page.
const READ: &str = "try { return JSON.parse(sessionStorage.getItem('__e2e__console') || '[]'); } catch { return []; }";

/// One complaint.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Complaint {
    /// `console.error`, `uncaught`, …
    pub kind: String,
    /// The words.
    pub text: String,
    /// Path and query of the page that complained.
    pub page: String,
}

/// Everything that the pages of this window complained about.
///
/// # Errors
/// As every command of the session.
pub fn complaints(session: &Session, engine: Engine) -> DriverResult<Vec<Complaint>> {
    let kept = session.run(READ, &[])?;
    let mut complaints: Vec<Complaint> = serde_json::from_value(kept).unwrap_or_default();
    if engine == Engine::Chromium {
        complaints.extend(session.chromium_log()?.iter().filter(|entry| text(entry, "level") == "SEVERE").map(|entry| Complaint {
            kind: "browser console".into(),
            text: text(entry, "message"),
            page: String::new(),
        }));
    }
    Ok(complaints)
}

/// Throws away what an earlier scenario left in the browser's own log.
///
/// # Errors
/// As every command of the session.
pub fn forget(session: &Session, engine: Engine) -> DriverResult<()> {
    if engine == Engine::Chromium { session.chromium_log().map(drop) } else { Ok(()) }
}

fn text(entry: &Value, key: &str) -> String {
    entry.get(key).and_then(Value::as_str).unwrap_or_default().to_owned()
}
