//! The page as a reader meets it: find by role and name, act, and wait for what should come, with a deadline instead of a guess.

use std::{
    fmt::Debug,
    thread,
    time::{Duration, Instant},
};

use anyhow::{Error, Result, anyhow, bail};
use serde_json::{Value, json};

use crate::{
    Locator,
    session::{DriverError, ElementId, Session},
};

/// Finds elements in the page; see the file.
const HELPER: &str = include_str!("page.js");

/// Brings an element into view and says what keeps a reader from hitting it, if anything: it still moves, or something lies above it.
const HOLD_STILL: &str = include_str!("hold_still.js");

/// How long a page may take to show what it should. Generous, because a shared machine stalls; a page that works is never waited for this long.
const DEADLINE: Duration = Duration::from_secs(15);

/// How often a waiting scenario looks again.
const INTERVAL: Duration = Duration::from_millis(25);

/// The page in the current window.
#[derive(Debug)]
pub struct Page<'a> {
    session: &'a Session,
}

impl<'a> Page<'a> {
    /// The page that the session shows.
    pub fn new(session: &'a Session) -> Self {
        Self { session }
    }

    /// The commands below, for what this type does not offer.
    pub fn session(&self) -> &'a Session {
        self.session
    }

    /// Waits for the one visible element that the locator means.
    ///
    /// # Errors
    /// None or several, until the deadline.
    pub fn find(&self, locator: &Locator) -> Result<ElementId> {
        self.until(&format!("one {locator}"), || self.find_now(locator))
    }

    /// Every visible element that the locator means now, in document order.
    ///
    /// # Errors
    /// As every command.
    pub fn all(&self, locator: &Locator) -> Result<Vec<ElementId>> {
        let found = self.help("find", json!(locator))?;
        Ok(found.as_array().into_iter().flatten().filter_map(ElementId::from_value).collect())
    }

    /// The names of these elements now, in document order.
    ///
    /// # Errors
    /// As every command.
    pub fn names(&self, locator: &Locator) -> Result<Vec<String>> {
        Ok(strings(&self.help("names", json!(locator))?))
    }

    /// The visible text of these elements now, in document order, white space squeezed.
    ///
    /// # Errors
    /// As every command.
    pub fn texts(&self, locator: &Locator) -> Result<Vec<String>> {
        Ok(strings(&self.help("texts", json!(locator))?))
    }

    /// The visible text of the one element that the locator means.
    ///
    /// # Errors
    /// None or several, until the deadline.
    pub fn text(&self, locator: &Locator) -> Result<String> {
        self.until(&format!("the text of {locator}"), || match self.texts(locator)?.as_slice() {
            [text] => Ok(text.clone()),
            texts => bail!("there are {} of {locator}", texts.len()),
        })
    }

    /// Role and name that this crate computes for an element.
    ///
    /// # Errors
    /// As every command.
    pub fn role_and_name(&self, element: &ElementId) -> Result<(String, String)> {
        pair(&self.help("name", element.to_value())?)
    }

    /// Role and name of the element that has the focus.
    ///
    /// # Errors
    /// As every command.
    pub fn focus(&self) -> Result<(String, String)> {
        pair(&self.help("focus", Value::Null)?)
    }

    /// Waits for the one element and clicks it.
    ///
    /// # Errors
    /// None or several, or something lies above it, until the deadline.
    pub fn click(&self, locator: &Locator) -> Result<()> {
        self.until(&format!("a click on {locator}"), || {
            let element = self.find_now(locator)?;
            self.click_still(&element)
        })
    }

    /// Waits for at least one element and clicks the first: for several that do the same.
    ///
    /// # Errors
    /// None, or something lies above it, until the deadline.
    pub fn click_first(&self, locator: &Locator) -> Result<()> {
        self.until(&format!("a click on {locator}"), || {
            let found = self.all(locator)?;
            let first = found.first().ok_or_else(|| anyhow!("there is no {locator}"))?;
            self.click_still(first)
        })
    }

    /// Waits for the one element, focuses it and types.
    ///
    /// # Errors
    /// None or several, until the deadline.
    pub fn type_into(&self, locator: &Locator, text: &str) -> Result<()> {
        let element = self.find(locator)?;
        Ok(self.session.type_into(&element, text)?)
    }

    /// Presses one key wherever the focus is.
    ///
    /// # Errors
    /// As every command.
    pub fn press(&self, key: &str) -> Result<()> {
        Ok(self.session.press(key)?)
    }

    /// An attribute of the one element.
    ///
    /// # Errors
    /// None or several, until the deadline.
    pub fn attribute(&self, locator: &Locator, name: &str) -> Result<Option<String>> {
        let value = self.on(locator, "return arguments[0].getAttribute(arguments[1])", json!(name))?;
        Ok(value.as_str().map(str::to_owned))
    }

    /// A property of the one element, as the page's scripts see it: `value`, `checked`, …
    ///
    /// # Errors
    /// None or several, until the deadline.
    pub fn property(&self, locator: &Locator, name: &str) -> Result<Value> {
        self.on(locator, "return arguments[0][arguments[1]]", json!(name))
    }

    /// Runs a function's body with the one element and an argument.
    ///
    /// # Errors
    /// None or several, until the deadline; or the script throws.
    pub fn on(&self, locator: &Locator, body: &str, argument: Value) -> Result<Value> {
        self.until(&format!("a look at {locator}"), || {
            let element = self.find_now(locator)?;
            Ok(self.session.run(body, &[element.to_value(), argument.clone()])?)
        })
    }

    /// Runs a function's body in the page.
    ///
    /// # Errors
    /// The script throws.
    pub fn run(&self, body: &str, arguments: &[Value]) -> Result<Value> {
        Ok(self.session.run(body, arguments)?)
    }

    /// The title of the document.
    ///
    /// # Errors
    /// As every command.
    pub fn title(&self) -> Result<String> {
        Ok(self.run("return document.title", &[])?.as_str().unwrap_or_default().to_owned())
    }

    /// Path and query of the address, decoded, with the prefix.
    ///
    /// # Errors
    /// As every command.
    pub fn address(&self) -> Result<String> {
        let address = self.run("return location.pathname + location.search", &[])?;
        let address = address.as_str().unwrap_or_default().replace('+', " ");
        Ok(percent_encoding::percent_decode_str(&address).decode_utf8_lossy().into_owned())
    }

    /// Asks again and again until `attempt` succeeds, and gives what it gave.
    ///
    /// # Errors
    /// The last error of `attempt`, with the page as it was, when the deadline passes; at once if the browser is gone.
    pub fn until<T>(&self, what: &str, mut attempt: impl FnMut() -> Result<T>) -> Result<T> {
        let start = Instant::now();
        loop {
            let error = match attempt() {
                Ok(value) => return Ok(value),
                Err(error) => error,
            };
            let is_lasting = error.downcast_ref::<DriverError>().is_some_and(|error| !error.is_passing());
            if is_lasting || DEADLINE < start.elapsed() {
                return Err(self.explain(what, &error));
            }
            thread::sleep(INTERVAL);
        }
    }

    /// Waits until `read` gives `expected`.
    ///
    /// # Errors
    /// It still gives something else when the deadline passes.
    pub fn until_eq<T: PartialEq + Debug>(&self, what: &str, expected: &T, mut read: impl FnMut() -> Result<T>) -> Result<()> {
        self.until(what, || {
            let actual = read()?;
            if actual == *expected { Ok(()) } else { bail!("expected {expected:?}\n     but is {actual:?}") }
        })
    }

    /// Waits until no visible element is what the locator means.
    ///
    /// # Errors
    /// There is still one when the deadline passes.
    pub fn until_gone(&self, locator: &Locator) -> Result<()> {
        self.until_eq(&format!("no more {locator}"), &0, || Ok(self.all(locator)?.len()))
    }

    /// The page as someone hears it, for messages.
    pub fn outline(&self) -> String {
        let lines = self.help("outline", Value::Null).map(|lines| strings(&lines)).unwrap_or_default();
        lines.iter().map(|line| format!("    {line}\n")).collect()
    }

    fn click_still(&self, element: &ElementId) -> Result<()> {
        match self.session.run_async(HOLD_STILL, &[element.to_value()])? {
            Value::Null => Ok(self.session.click(element)?),
            obstacle => bail!("it cannot be clicked: {}", obstacle.as_str().unwrap_or_default()),
        }
    }

    /// The one element, without waiting: for use inside of [`Self::until`].
    fn find_now(&self, locator: &Locator) -> Result<ElementId> {
        let mut found = self.all(locator)?;
        match found.pop() {
            Some(element) if found.is_empty() => Ok(element),
            Some(_) => Err(anyhow!("there are {} of {locator}", found.len() + 1)),
            None => Err(anyhow!("there is no {locator}")),
        }
    }

    fn explain(&self, what: &str, error: &Error) -> Error {
        let address = self.address().unwrap_or_default();
        let hits = self.run("return window.__e2e_hits ?? []", &[]).map(|hits| strings(&hits)).unwrap_or_default();
        let hits: String = hits.iter().map(|hit| format!("  clicked {hit}\n")).collect();
        anyhow!("waited for {what}\n     {error:#}\n{hits}  at {address} the page is:\n{}", self.outline())
    }

    fn help(&self, question: &str, argument: Value) -> Result<Value> {
        Ok(self.session.run(HELPER, &[json!(question), argument])?)
    }
}

fn strings(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().map(|item| item.as_str().unwrap_or_default().to_owned()).collect()
}

fn pair(value: &Value) -> Result<(String, String)> {
    match strings(value).as_slice() {
        [role, name] => Ok((role.clone(), name.clone())),
        other => bail!("expected role and name, got {other:?}"),
    }
}
