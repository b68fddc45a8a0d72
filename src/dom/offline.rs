//! Files that are kept on the device, and the worker that hands them out when the network has not. Which files, and when, is `offline`'s matter.

use js_sys::{Array, Promise, Reflect, Uint8Array};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Cache, Request, Response, ResponseInit, ServiceWorkerContainer, ServiceWorkerRegistration};

/// The worker's script, below the site's root. `start.js` lets no other be registered.
const WORKER: &str = "sw.js";

/// The list that a set of files was kept by; it is there once all of them are.
const LIST: &str = "offline.json";

/// Headers that describe how a file came, not what it is.
const OF_THE_WAY: [&str; 2] = ["content-encoding", "content-length"];

/// What a browser lacks for keeping files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lack {
    /// An address that begins with https.
    Https,
    /// Workers, or a place for files; private windows have none.
    Workers,
}

/// What this browser lacks, if anything.
pub(crate) fn lack() -> Option<Lack> {
    if !window().is_secure_context() {
        return Some(Lack::Https);
    }
    let has = |object: &JsValue, name: &str| Reflect::get(object, &name.into()).is_ok_and(|value| value.is_object());
    let has_all = has(&window().navigator(), "serviceWorker") && has(&window(), "caches");
    (!has_all).then_some(Lack::Workers)
}

async fn wait<T: JsCast>(promise: Promise) -> Result<T, JsValue> {
    Ok(JsFuture::from(promise).await?.unchecked_into())
}

/// What the names of this site's sets begin with: an origin may hold several sites. The worker knows it too.
fn prefix() -> String {
    format!("story-home:{}:", super::base_path())
}

/// The versions of which something is kept, the oldest first.
pub(crate) async fn versions() -> Vec<String> {
    let names = match window().caches() {
        Ok(caches) => wait::<Array>(caches.keys()).await.unwrap_or_default(),
        Err(_) => Array::new(),
    };
    names.iter().filter_map(|name| name.as_string()?.strip_prefix(&prefix()).map(str::to_owned)).collect()
}

/// Forgets what is kept of a version.
pub(crate) async fn forget(version: &str) {
    if let Ok(caches) = window().caches() {
        let _ = wait::<JsValue>(caches.delete(&(prefix() + version))).await;
    }
}

/// What is kept of one version.
pub(crate) struct Store(Cache);

impl Store {
    /// Opens it, and makes it where there is none. `None` if the browser does not let us.
    pub(crate) async fn open(version: &str) -> Option<Self> {
        wait(window().caches().ok()?.open(&(prefix() + version))).await.ok().map(Self)
    }

    async fn get(&self, path: &str) -> Option<Response> {
        wait::<JsValue>(self.0.match_with_str(path)).await.ok()?.dyn_into().ok()
    }

    /// The list, if all of its files were kept.
    pub(crate) async fn list(&self) -> Option<String> {
        wait::<JsValue>(self.get(LIST).await?.text().ok()?).await.ok()?.as_string()
    }

    /// Keeps the list.
    pub(crate) async fn keep_list(&self, text: &str) -> bool {
        let Ok(response) = Response::new_with_opt_str(Some(text)) else { return false };
        wait::<JsValue>(self.0.put_with_str(LIST, &response)).await.is_ok()
    }

    /// How many of the files are there whose paths hold this.
    pub(crate) async fn count(&self, part: &str) -> usize {
        let requests = wait::<Array>(self.0.keys()).await.unwrap_or_default();
        requests.iter().filter(|request| request.unchecked_ref::<Request>().url().contains(part)).count()
    }

    /// The file as it is kept, if it is what it should be.
    pub(crate) async fn whole(&self, path: &str, sha256: &str) -> Option<Response> {
        checked(self.get(path).await?, sha256).await
    }

    /// Keeps a file. False where there is no room left.
    pub(crate) async fn keep(&self, path: &str, file: &Response) -> bool {
        wait::<JsValue>(self.0.put_with_str(path, file)).await.is_ok()
    }
}

/// The file with its content in hand, if that has this SHA-256. As from the host, but for headers of its way here and any redirection, which
/// browsers do not take from a worker.
pub(crate) async fn checked(response: Response, sha256: &str) -> Option<Response> {
    let headers = response.headers();
    let content = wait::<js_sys::Object>(response.array_buffer().ok()?).await.ok()?;
    let digest = window().crypto().ok()?.subtle().digest_with_str_and_buffer_source("SHA-256", &content).ok()?;
    let digest = Uint8Array::new(&wait::<JsValue>(digest).await.ok()?).to_vec();
    if digest.iter().map(|byte| format!("{byte:02x}")).collect::<String>() != sha256 {
        return None;
    }
    let init = ResponseInit::new();
    init.set_headers(&headers);
    let file = Response::new_with_opt_buffer_source_and_init(Some(&content), &init).ok()?;
    for name in OF_THE_WAY {
        let _ = file.headers().delete(name);
    }
    Some(file)
}

fn workers() -> ServiceWorkerContainer {
    window().navigator().service_worker()
}

/// Puts the worker to work. False if the browser or the host refuses.
pub(crate) async fn register() -> bool {
    wait::<JsValue>(workers().register(WORKER)).await.is_ok()
}

/// Sends the worker home.
pub(crate) async fn unregister() {
    let Ok(registration) = wait::<JsValue>(workers().get_registration()).await else { return };
    let Ok(registration) = registration.dyn_into::<ServiceWorkerRegistration>() else { return };
    // Another site of this origin may have one that stands above us.
    if registration.scope() == super::absolute_url("./")
        && let Ok(gone) = registration.unregister()
    {
        let _ = wait::<JsValue>(gone).await;
    }
}

/// Loads the page anew.
pub(crate) fn reload() {
    let _ = window().location().reload();
}
