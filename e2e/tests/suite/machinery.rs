//! The suite itself: a complaint of the page must not go unnoticed in any engine, or every other scenario is worth less.

use anyhow::ensure;
use e2e::{Outcome, Visit, console};

use crate::scenario::{Scenario, scenarios};

pub(crate) fn all() -> Vec<Scenario> {
    scenarios![suite_notices_every_complaint]
}

fn suite_notices_every_complaint(visit: &Visit<'_>) -> Outcome {
    visit.forgive("");
    visit.go("__e2e__/complaining")?;
    for (kind, words) in
        [("console.error", "told"), ("uncaught", "thrown"), ("unhandled rejection", "rejected"), ("failed to load", "lost.png")]
    {
        visit.page.until(&format!("the complaint {kind:?}"), || {
            let complaints = console::complaints(visit.page.session(), visit.engine)?;
            ensure!(
                complaints.iter().any(|complaint| complaint.kind == kind && complaint.text.contains(words)),
                "known are {complaints:?}"
            );
            Ok(())
        })?;
    }
    visit.page.session().reload()?;
    let n_kept = console::complaints(visit.page.session(), visit.engine)?.len();
    ensure!(8 <= n_kept, "a reload forgot the complaints: {n_kept}");
    Ok(())
}
