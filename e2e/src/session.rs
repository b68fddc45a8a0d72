//! One WebDriver session: the commands of the protocol (W3C WebDriver level 2), blocking, and nothing above them.

use std::time::Duration;

use serde_json::{Value, json};

/// The key under which the protocol hides an element's reference.
const ELEMENT_KEY: &str = "element-6066-11e4-a52e-4f735466cecf";

/// How long a driver may take for one command. Starting a browser on a busy machine is the slowest of them.
const COMMAND_TIMEOUT: Duration = Duration::from_secs(120);

/// Why a command did not do what it says.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DriverError {
    /// The driver refused; `code` is one of the protocol's error codes.
    #[error("{code}: {message}")]
    Refused {
        /// For example `stale element reference`.
        code: String,
        /// The driver's own words.
        message: String,
    },
    /// The driver did not answer, or not in JSON.
    #[error("the driver does not answer: {0}")]
    Silent(String),
}

impl DriverError {
    /// Whether the page may just have been in the middle of a change, so that asking again makes sense.
    pub fn is_passing(&self) -> bool {
        let Self::Refused { code, .. } = self else { return false };
        [
            "stale element reference",
            "no such element",
            "element not interactable",
            "element click intercepted",
            "javascript error",
            "detached shadow root",
        ]
        .contains(&code.as_str())
    }
}

/// A result of a WebDriver command.
pub type DriverResult<T> = Result<T, DriverError>;

/// An element of the page as the driver knows it. It may be gone by the next command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ElementId(String);

impl ElementId {
    /// The element that a script returned.
    pub fn from_value(value: &Value) -> Option<Self> {
        value.get(ELEMENT_KEY)?.as_str().map(|id| Self(id.to_owned()))
    }

    /// The element as an argument of a script.
    pub fn to_value(&self) -> Value {
        json!({ ELEMENT_KEY: self.0 })
    }
}

/// A browser under command.
#[derive(Debug)]
pub struct Session {
    agent: ureq::Agent,
    base: String,
}

impl Session {
    /// Asks the driver on `port` for a browser.
    ///
    /// # Errors
    /// The driver refuses or does not answer.
    pub fn start(port: u16, capabilities: &Value) -> DriverResult<Self> {
        let agent = new_agent();
        let driver = format!("http://127.0.0.1:{port}");
        let answer = send(&agent, "POST", &format!("{driver}/session"), &json!({ "capabilities": { "alwaysMatch": capabilities } }))?;
        let id = answer
            .get("sessionId")
            .and_then(Value::as_str)
            .ok_or_else(|| DriverError::Silent(format!("a session without id: {answer}")))?;
        Ok(Self { agent, base: format!("{driver}/session/{id}") })
    }

    /// Whether the driver on `port` is there and willing.
    pub fn is_driver_ready(port: u16) -> bool {
        send(&new_agent(), "GET", &format!("http://127.0.0.1:{port}/status"), &Value::Null)
            .is_ok_and(|status| status.get("ready") == Some(&Value::Bool(true)))
    }

    fn get(&self, path: &str) -> DriverResult<Value> {
        send(&self.agent, "GET", &format!("{}/{path}", self.base), &Value::Null)
    }

    pub(crate) fn post(&self, path: &str, body: &Value) -> DriverResult<Value> {
        send(&self.agent, "POST", &format!("{}/{path}", self.base), body)
    }

    /// Ends the session; the driver closes its browser.
    ///
    /// # Errors
    /// As every command.
    pub fn end(&self) -> DriverResult<()> {
        send(&self.agent, "DELETE", &self.base, &Value::Null).map(drop)
    }

    /// Leaves the current window for a new, empty one, and closes the old.
    ///
    /// # Errors
    /// As every command.
    pub fn renew_window(&self) -> DriverResult<()> {
        let answer = self.post("window/new", &json!({ "type": "tab" }))?;
        let fresh = answer.get("handle").map(text_of).unwrap_or_default();
        send(&self.agent, "DELETE", &format!("{}/window", self.base), &Value::Null)?;
        self.post("window", &json!({ "handle": fresh })).map(drop)
    }

    /// Sets the outer size of the window in CSS pixels; a desktop may refuse very small ones.
    ///
    /// # Errors
    /// As every command.
    pub fn resize(&self, width: u32, height: u32) -> DriverResult<()> {
        self.post("window/rect", &json!({ "width": width, "height": height })).map(drop)
    }

    /// Loads a page and waits for its `load` event.
    ///
    /// # Errors
    /// As every command.
    pub fn go(&self, url: &str) -> DriverResult<()> {
        self.post("url", &json!({ "url": url })).map(drop)
    }

    /// The address of the page.
    ///
    /// # Errors
    /// As every command.
    pub fn url(&self) -> DriverResult<String> {
        self.get("url").map(|url| text_of(&url))
    }

    /// The Back button.
    ///
    /// # Errors
    /// As every command.
    pub fn back(&self) -> DriverResult<()> {
        self.post("back", &json!({})).map(drop)
    }

    /// The Forward button.
    ///
    /// # Errors
    /// As every command.
    pub fn forward(&self) -> DriverResult<()> {
        self.post("forward", &json!({})).map(drop)
    }

    /// The Reload button.
    ///
    /// # Errors
    /// As every command.
    pub fn reload(&self) -> DriverResult<()> {
        self.post("refresh", &json!({})).map(drop)
    }

    /// Goes into the only frame of the page.
    ///
    /// # Errors
    /// As every command.
    pub fn enter_frame(&self) -> DriverResult<()> {
        self.post("frame", &json!({ "id": 0 })).map(drop)
    }

    /// Runs the body of a function in the page and gives back what it returns.
    ///
    /// # Errors
    /// As every command; `javascript error` if the script throws.
    pub fn run(&self, body: &str, arguments: &[Value]) -> DriverResult<Value> {
        self.post("execute/sync", &json!({ "script": body, "args": arguments }))
    }

    /// As [`Self::run`], for a script that calls its last argument when it is done.
    ///
    /// # Errors
    /// As [`Self::run`], and `script timeout`.
    pub fn run_async(&self, body: &str, arguments: &[Value]) -> DriverResult<Value> {
        self.post("execute/async", &json!({ "script": body, "args": arguments }))
    }

    /// Scrolls the element into view and clicks its middle.
    ///
    /// # Errors
    /// As every command; `element click intercepted` if something lies above it.
    pub fn click(&self, element: &ElementId) -> DriverResult<()> {
        self.post(&format!("element/{}/click", element.0), &json!({})).map(drop)
    }

    /// Focuses the element and types into it.
    ///
    /// # Errors
    /// As every command.
    pub fn type_into(&self, element: &ElementId, text: &str) -> DriverResult<()> {
        self.post(&format!("element/{}/value", element.0), &json!({ "text": text })).map(drop)
    }

    /// Presses and releases one key, wherever the focus is.
    ///
    /// # Errors
    /// As every command.
    pub fn press(&self, key: &str) -> DriverResult<()> {
        let actions = json!([{ "type": "keyDown", "value": key }, { "type": "keyUp", "value": key }]);
        self.post("actions", &json!({ "actions": [{ "type": "key", "id": "keyboard", "actions": actions }] })).map(drop)
    }

    /// Presses and releases a key while another one is held down.
    ///
    /// # Errors
    /// As every command.
    pub fn press_with(&self, held: &str, key: &str) -> DriverResult<()> {
        let actions =
            [("keyDown", held), ("keyDown", key), ("keyUp", key), ("keyUp", held)].map(|(kind, key)| json!({ "type": kind, "value": key }));
        self.post("actions", &json!({ "actions": [{ "type": "key", "id": "keyboard", "actions": actions }] })).map(drop)
    }

    /// Presses the mouse at one point of the window, moves it to another in steps, and lets it go.
    ///
    /// # Errors
    /// As every command.
    pub fn drag(&self, from: (i64, i64), to: (i64, i64)) -> DriverResult<()> {
        let go = |(x, y): (i64, i64)| json!({ "type": "pointerMove", "duration": 50, "x": x, "y": y });
        let half = ((from.0 + to.0) / 2, (from.1 + to.1) / 2);
        let down = json!({ "type": "pointerDown", "button": 0 });
        let up = json!({ "type": "pointerUp", "button": 0 });
        let actions = [go(from), down, go((from.0 + 10, from.1 + 2)), go(half), go(to), up];
        let mouse = json!({ "type": "pointer", "id": "mouse", "parameters": { "pointerType": "mouse" }, "actions": actions });
        self.post("actions", &json!({ "actions": [mouse] })).map(drop)
    }

    /// Clicks at a point of the window.
    ///
    /// # Errors
    /// As every command.
    pub fn click_at(&self, (x, y): (i64, i64)) -> DriverResult<()> {
        let actions = json!([{ "type": "pointerMove", "duration": 0, "x": x, "y": y }, { "type": "pointerDown", "button": 0 }, { "type": "pointerUp", "button": 0 }]);
        let mouse = json!({ "type": "pointer", "id": "mouse", "parameters": { "pointerType": "mouse" }, "actions": actions });
        self.post("actions", &json!({ "actions": [mouse] })).map(drop)
    }

    /// The role that the engine gives to assistive technology.
    ///
    /// # Errors
    /// As every command.
    pub fn computed_role(&self, element: &ElementId) -> DriverResult<String> {
        self.get(&format!("element/{}/computedrole", element.0)).map(|role| text_of(&role))
    }

    /// The name that the engine gives to assistive technology.
    ///
    /// # Errors
    /// As every command.
    pub fn computed_label(&self, element: &ElementId) -> DriverResult<String> {
        self.get(&format!("element/{}/computedlabel", element.0)).map(|label| text_of(&label))
    }

    /// A picture of the window, PNG in base64.
    ///
    /// # Errors
    /// As every command.
    pub fn screenshot(&self) -> DriverResult<String> {
        self.get("screenshot").map(|picture| text_of(&picture))
    }

    /// What Chromium's own console holds since the last call; other engines have no such command.
    ///
    /// # Errors
    /// As every command.
    pub fn chromium_log(&self) -> DriverResult<Vec<Value>> {
        self.post("se/log", &json!({ "type": "browser" })).map(|log| log.as_array().cloned().unwrap_or_default())
    }

    /// Lets pages run scripts, or not; only Chromium's driver can be told so.
    ///
    /// # Errors
    /// As every command.
    pub fn chromium_scripts(&self, are_on: bool) -> DriverResult<()> {
        let command = json!({ "cmd": "Emulation.setScriptExecutionDisabled", "params": { "value": !are_on } });
        self.post("goog/cdp/execute", &command).map(drop)
    }
}

fn new_agent() -> ureq::Agent {
    // Errors of the protocol come with a JSON body, which a client that turns statuses into errors would throw away.
    ureq::Agent::new_with_config(ureq::Agent::config_builder().http_status_as_error(false).timeout_global(Some(COMMAND_TIMEOUT)).build())
}

fn send(agent: &ureq::Agent, method: &str, url: &str, body: &Value) -> DriverResult<Value> {
    let silent = |error: ureq::Error| DriverError::Silent(format!("{method} {url}: {error}"));
    let mut response = match method {
        "GET" => agent.get(url).call(),
        "DELETE" => agent.delete(url).call(),
        _ => agent.post(url).content_type("application/json; charset=utf-8").send(body.to_string().as_bytes()),
    }
    .map_err(silent)?;
    // A screenshot of a tall window passes ureq's default limit of 10 MB.
    let text = response.body_mut().with_config().limit(64 << 20).read_to_string().map_err(silent)?;
    let mut answer: Value =
        serde_json::from_str(&text).map_err(|error| DriverError::Silent(format!("{method} {url}: {error} in {text:?}")))?;
    let value = answer.get_mut("value").map(Value::take).unwrap_or_default();
    match value.get("error").and_then(Value::as_str) {
        Some(code) if !response.status().is_success() => {
            Err(DriverError::Refused { code: code.to_owned(), message: value.get("message").map(text_of).unwrap_or_default() })
        }
        _ => Ok(value),
    }
}

fn text_of(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
