//! Texts under keys in the browser's own database. What they mean is `shelf`'s matter.
//!
//! Called directly: four calls are all that is needed. See ARCHITECTURE.md for what a wrapper would cost.

use js_sys::{Array, Function, Promise, Reflect};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbDatabase, IdbOpenDbRequest, IdbTransaction, IdbTransactionMode};

/// Name of the database and of the only store in it.
const NAME: &str = "story-home";
const STORE: &str = "shelf";

/// Why nothing can be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// The browser has no database for us: a private window, a setting, a damaged profile.
    Blocked,
    /// A later version of this site keeps its shelf here.
    Newer,
    /// No room is left.
    Full,
}

/// The open database.
#[derive(Clone)]
pub(crate) struct Database(IdbDatabase);

impl Database {
    /// Opens the database, and makes it where there is none. A later version that wants to open it closes this one.
    pub(crate) async fn open(version: u32) -> Result<Self, Failure> {
        let factory = window().indexed_db().ok().flatten().ok_or(Failure::Blocked)?;
        let request = factory.open_with_u32(NAME, version).map_err(|error| failure(&error))?;
        let opened = request.clone();
        let make_store = Closure::once_into_js(move || {
            let database = database_of(&opened);
            if let Some(database) = database.filter(|database| !database.object_store_names().contains(STORE)) {
                // A failure here fails the opening.
                let _ = database.create_object_store(STORE);
            }
        });
        request.set_onupgradeneeded(make_store.dyn_ref());
        let done = promise(&mut |resolve, reject| {
            request.set_onsuccess(Some(resolve));
            request.set_onerror(Some(reject));
            request.set_onblocked(Some(reject));
        });
        done.await.map_err(|_| failure(&request))?;
        let database = database_of(&request).ok_or(Failure::Blocked)?;
        let closing = database.clone();
        let close = Closure::once_into_js(move || closing.close());
        database.set_onversionchange(close.dyn_ref());
        Ok(Self(database))
    }

    /// Every text.
    pub(crate) async fn all(&self) -> Result<Vec<String>, Failure> {
        let transaction = self.0.transaction_with_str(STORE).map_err(|error| failure(&error))?;
        let request = transaction.object_store(STORE).and_then(|store| store.get_all()).map_err(|error| failure(&error))?;
        ended(&transaction).await?;
        let texts: Array = request.result().map_err(|error| failure(&error))?.unchecked_into();
        // What is no text is as good as a damaged one.
        Ok(texts.iter().map(|text| text.as_string().unwrap_or_default()).collect())
    }

    /// Writes texts under their keys, or takes away what is there (`None`): all of them or none.
    pub(crate) async fn write(&self, changes: &[(String, Option<String>)]) -> Result<(), Failure> {
        let mode = IdbTransactionMode::Readwrite;
        let transaction = self.0.transaction_with_str_and_mode(STORE, mode).map_err(|error| failure(&error))?;
        let store = transaction.object_store(STORE).map_err(|error| failure(&error))?;
        for (key, text) in changes {
            let key = JsValue::from_str(key);
            match text {
                Some(text) => store.put_with_key(&JsValue::from_str(text), &key),
                None => store.delete(&key),
            }
            .map_err(|error| failure(&error))?;
        }
        ended(&transaction).await
    }
}

fn database_of(request: &IdbOpenDbRequest) -> Option<IdbDatabase> {
    request.result().ok()?.dyn_into().ok()
}

/// Waits until a transaction is through: only then is it kept.
async fn ended(transaction: &IdbTransaction) -> Result<(), Failure> {
    let done = promise(&mut |resolve, reject| {
        transaction.set_oncomplete(Some(resolve));
        transaction.set_onabort(Some(reject));
    });
    done.await.map(drop).map_err(|_| failure(transaction))
}

/// A future that two handlers of events end.
fn promise(hand_out: &mut dyn FnMut(&Function, &Function)) -> JsFuture {
    JsFuture::from(Promise::new(&mut |resolve, reject| hand_out(&resolve, &reject)))
}

/// What an exception, or the `error` of a request or transaction, means for the reader.
fn failure(failed: &JsValue) -> Failure {
    let get = |of: &JsValue, key: &str| Reflect::get(of, &JsValue::from_str(key)).ok();
    let name = |of: &JsValue| get(of, "name").and_then(|name| name.as_string());
    // An exception has a name itself; what failed later has an `error` with a name.
    let name = name(failed).or_else(|| name(&get(failed, "error")?)).unwrap_or_default();
    match name.as_str() {
        "QuotaExceededError" => Failure::Full,
        "VersionError" => Failure::Newer,
        _ => Failure::Blocked,
    }
}

/// Asks the browser not to clear away what is kept when room gets short. `None` where it cannot be asked.
pub(crate) async fn persist() -> Option<bool> {
    answer("persist").await
}

/// Whether the browser has promised that.
pub(crate) async fn is_persisted() -> Option<bool> {
    answer("persisted").await
}

async fn answer(question: &str) -> Option<bool> {
    // Outside of secure contexts there is no `storage`, and old engines lack `persist`.
    let storage = Reflect::get(&window().navigator(), &"storage".into()).ok()?;
    let ask: Function = Reflect::get(&storage, &question.into()).ok()?.dyn_into().ok()?;
    let promise: Promise = ask.call0(&storage).ok()?.dyn_into().ok()?;
    JsFuture::from(promise).await.ok()?.as_bool()
}
