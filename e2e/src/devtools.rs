//! What only Chromium's driver offers: commands of the DevTools protocol. Pictures and measurements need them; scenarios, which run in
//! three engines, must not.

use serde_json::{Value, json};

use crate::session::{DriverResult, Session};

impl Session {
    /// One command of the DevTools protocol.
    ///
    /// # Errors
    /// As every command of the session; in engines other than Chromium always.
    pub fn devtools(&self, command: &str, parameters: &Value) -> DriverResult<Value> {
        self.post("goog/cdp/execute", &json!({ "cmd": command, "params": parameters }))
    }

    /// Makes the page so many CSS pixels large, whatever the window is; one CSS pixel becomes one of a picture. Scroll bars take no room, as
    /// on a phone.
    ///
    /// # Errors
    /// As [`Self::devtools`].
    pub fn set_viewport(&self, width: u32, height: u32) -> DriverResult<()> {
        let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.devtools("Emulation.setDeviceMetricsOverride", &metrics)?;
        self.devtools("Emulation.setScrollbarsHidden", &json!({ "hidden": true })).map(drop)
    }

    /// Answers media queries as a device would that is set like this: `prefers-color-scheme`, `dark`.
    ///
    /// # Errors
    /// As [`Self::devtools`].
    pub fn prefer(&self, features: &[(&str, &str)]) -> DriverResult<()> {
        let features: Vec<Value> = features.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect();
        self.devtools("Emulation.setEmulatedMedia", &json!({ "features": features })).map(drop)
    }

    /// Lets the page's main thread have only one `rate`th of the processor; 1 is all of it.
    ///
    /// # Errors
    /// As [`Self::devtools`].
    pub fn slow_down(&self, rate: u32) -> DriverResult<()> {
        self.devtools("Emulation.setCPUThrottlingRate", &json!({ "rate": rate })).map(drop)
    }

    /// Presses and releases one key after the other, one every `interval` milliseconds, whatever the page does meanwhile.
    ///
    /// # Errors
    /// As every command of the session.
    pub fn type_steadily(&self, keys: &[String], interval: u32) -> DriverResult<()> {
        let stroke = |key: &String| {
            let pause = json!({ "type": "pause", "duration": interval });
            [json!({ "type": "keyDown", "value": key }), json!({ "type": "keyUp", "value": key }), pause]
        };
        let actions: Vec<Value> = keys.iter().flat_map(stroke).collect();
        self.post("actions", &json!({ "actions": [{ "type": "key", "id": "keyboard", "actions": actions }] })).map(drop)
    }

    /// From now on this runs in every page of this window before the page's own scripts do.
    ///
    /// # Errors
    /// As [`Self::devtools`].
    pub fn run_first_everywhere(&self, script: &str) -> DriverResult<()> {
        self.devtools("Page.addScriptToEvaluateOnNewDocument", &json!({ "source": script })).map(drop)
    }

    /// A picture of the whole page, what is below the window too; PNG in base64.
    ///
    /// # Errors
    /// As [`Self::devtools`].
    pub fn whole_page(&self) -> DriverResult<String> {
        let picture =
            self.devtools("Page.captureScreenshot", &json!({ "format": "png", "captureBeyondViewport": true, "clip": self.page_box()? }))?;
        Ok(picture.get("data").and_then(Value::as_str).unwrap_or_default().to_owned())
    }

    fn page_box(&self) -> DriverResult<Value> {
        let metrics = self.devtools("Page.getLayoutMetrics", &json!({}))?;
        let size = |key: &str| metrics.pointer(&format!("/cssContentSize/{key}")).and_then(Value::as_f64).unwrap_or_default();
        Ok(json!({ "x": 0, "y": 0, "width": size("width"), "height": size("height"), "scale": 1 }))
    }
}
