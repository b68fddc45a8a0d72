//! Accessibility rules, checked by axe-core in the page (W3C WCAG 2.2 A and AA, and axe's own best practices).

use std::{env, fs, path::PathBuf};

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use crate::Page;

/// Runs every rule and answers with the violations; `done` is the last argument.
const RUN: &str = r"
const done = arguments[arguments.length - 1];
window.axe.run(document, { resultTypes: ['violations'] }).then(
  (results) => done({ violations: results.violations, checked: results.passes.length }),
  (error) => done({ error: String(error) }),
);
";

/// Fails with one line for each element that breaks a rule.
///
/// # Errors
/// axe-core is missing (the message holds the command), or there are violations.
pub fn check(page: &Page<'_>, what: &str) -> Result<()> {
    page.session().run(&source()?, &[]).context("loading axe-core into the page")?;
    let report = page.session().run_async(RUN, &[json!({})]).context("running axe-core")?;
    if let Some(error) = report.get("error") {
        bail!("axe-core failed on {what}: {error}");
    }
    if report.get("checked").and_then(Value::as_u64).unwrap_or_default() < 10 {
        bail!("axe-core checked almost nothing on {what}: {report}");
    }
    let violations = report.get("violations").and_then(Value::as_array).cloned().unwrap_or_default();
    let lines: Vec<String> = violations.iter().flat_map(describe).collect();
    if lines.is_empty() { Ok(()) } else { bail!("axe-core finds {} faults on {what}:\n  {}", lines.len(), lines.join("\n  ")) }
}

fn source() -> Result<String> {
    let Some(path) = env::var_os("E2E_AXE").map(PathBuf::from) else {
        bail!("E2E_AXE names no axe.min.js; run: cargo xtask test --only e2e, or npm install axe-core and set E2E_AXE");
    };
    fs::read_to_string(&path).with_context(|| format!("E2E_AXE names {}, which cannot be read; run: npm install axe-core", path.display()))
}

fn describe(violation: &Value) -> Vec<String> {
    let text = |value: &Value, key: &str| value.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let nodes = violation.get("nodes").and_then(Value::as_array).cloned().unwrap_or_default();
    nodes
        .iter()
        .map(|node| {
            let summary = text(node, "failureSummary").lines().map(str::trim).collect::<Vec<_>>().join(" ");
            format!("{} ({}): {} — {}", text(violation, "id"), text(violation, "impact"), text(node, "html"), summary)
        })
        .collect()
}
