//! What the browser knows: asks the recorder in the page, and DevTools where the page cannot know it.

use anyhow::{Context, Result, bail};
use e2e::{Visit, session::Session};
use serde_json::{Value, json};

use crate::figures::Record;

const RECORDER: &str = include_str!("recorder.js");
const REST: &str = include_str!("rest.js");

/// A fixed piece of work, in milliseconds: the middle one of several. What else the machine does lengthens it too.
const CALIBRATE: &str = "
    const work = () => { const start = performance.now(); let x = 1; for (let i = 0; i < 3e6; i++) x = (x * 48271) % 2147483647; window.__e2e_x = x; return performance.now() - start; };
    return Array.from({ length: 15 }, work).sort((a, b) => a - b)[7];
";

/// Watches the pages of one visit.
pub(crate) struct Probe<'a> {
    session: &'a Session,
    visit: &'a Visit<'a>,
}

impl<'a> Probe<'a> {
    /// Starts watching.
    pub(crate) fn attach(visit: &'a Visit<'a>) -> Result<Self> {
        let session = visit.page.session();
        session.run_first_everywhere(RECORDER)?;
        Ok(Self { session, visit })
    }

    /// How long the main thread takes for a fixed piece of work.
    pub(crate) fn calibrate(&self) -> Result<f64> {
        self.session.run(CALIBRATE, &[])?.as_f64().context("the page cannot count")
    }

    /// Opens an address below the base anew; gives the milliseconds from the start of the navigation until the list can be used.
    pub(crate) fn load(&self, path: &str) -> Result<f64> {
        self.session.go(&self.visit.server.url(path))?;
        let wait = "
            const done = arguments[arguments.length - 1];
            const end = performance.now() + 50000;
            const look = () => (window.__e2e_ui?.usable || end < performance.now() ? done(window.__e2e_ui?.usable ?? null) : setTimeout(look, 50));
            look();
        ";
        let usable = self.session.run_async(wait, &[])?.as_f64().context("the app did not become usable within 50 s")?;
        self.rest()?;
        Ok(usable)
    }

    /// Waits until what the last action caused is on the screen.
    pub(crate) fn rest(&self) -> Result<()> {
        match self.session.run_async(REST, &[])? {
            Value::Bool(true) => Ok(()),
            _ => bail!("the page goes on changing for 20 s"),
        }
    }

    /// What was recorded since the last call.
    pub(crate) fn take(&self) -> Result<Record> {
        let script = "
            const seen = window.__e2e_ui;
            seen.flush();
            return { events: seen.events.splice(0), shifts: seen.shifts.splice(0), long_frames: seen.long_frames.splice(0) };
        ";
        serde_json::from_value(self.session.run(script, &[])?).context("reading what the recorder kept")
    }

    /// Bytes of JavaScript's heap, of the document's objects, and of the program's memory, after what is unused was thrown away.
    pub(crate) fn memory(&self) -> Result<Value> {
        self.session.devtools("HeapProfiler.collectGarbage", &json!({}))?;
        let heap = self.session.devtools("Runtime.getHeapUsage", &json!({}))?;
        let wasm = self.session.run("return window.__e2e_ui.memory?.buffer.byteLength ?? null", &[])?;
        Ok(json!({ "js": heap.get("usedSize"), "dom": heap.get("embedderHeapUsedSize"), "wasm": wasm }))
    }

    /// When frames are shown while `act` runs, in milliseconds.
    pub(crate) fn frames(&self, act: impl FnOnce() -> Result<()>) -> Result<Vec<f64>> {
        let start = "
            const frames = (window.__e2e_ui.frames = []);
            const next = (time) => { frames.push(time); if (window.__e2e_ui.frames === frames) requestAnimationFrame(next); };
            requestAnimationFrame(next);
        ";
        self.session.run(start, &[])?;
        act()?;
        let times = self.session.run("const { frames } = window.__e2e_ui; window.__e2e_ui.frames = null; return frames", &[])?;
        serde_json::from_value(times).context("reading the times of frames")
    }
}
