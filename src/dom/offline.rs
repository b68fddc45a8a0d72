//! Files that are kept on the device, and the worker that hands them out when the network has not. Which files, and when, is `offline`'s matter.

use js_sys::{Array, Promise, Reflect, Uint8Array};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Cache, Request, Response, ServiceWorkerContainer, ServiceWorkerRegistration};

/// The worker's script, below the site's root. `start.js` lets no other be registered.
const WORKER: &str = "sw.js";

/// The list that a set of files was kept by; it is there once all of them are.
const LIST: &str = "offline.json";

/// A file as browsers have it: headers, and content to be read.
pub(crate) type File = Response;

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

/// What a promise comes to; `None` if it is broken, whatever the reason.
async fn wait(promise: Promise) -> Option<JsValue> {
    JsFuture::from(promise).await.ok()
}

/// What the names of this site's sets begin with: an origin may hold several sites. The worker knows it too.
fn prefix() -> String {
    format!("story-home:{}:", super::base_path())
}

/// The versions of which something is kept, the oldest first.
pub(crate) async fn versions() -> Vec<String> {
    let Ok(caches) = window().caches() else { return Vec::new() };
    let names: Array = wait(caches.keys()).await.unwrap_or_default().into();
    names.iter().filter_map(|name| name.as_string()?.strip_prefix(&prefix()).map(str::to_owned)).collect()
}

/// Forgets what is kept of every version but one.
pub(crate) async fn forget_but(version: &str) {
    let Ok(caches) = window().caches() else { return };
    for other in versions().await.iter().filter(|other| *other != version) {
        let _ = wait(caches.delete(&(prefix() + other))).await;
    }
}

/// A file as any version has it.
pub(crate) async fn of_any(path: &str) -> Option<Response> {
    wait(window().caches().ok()?.match_with_str(path)).await?.dyn_into().ok()
}

/// What is kept of one version.
pub(crate) struct Store(Cache);

impl Store {
    /// Opens it, and makes it where there is none. `None` if the browser does not let us.
    pub(crate) async fn open(version: &str) -> Option<Self> {
        wait(window().caches().ok()?.open(&(prefix() + version))).await?.dyn_into().ok().map(Self)
    }

    /// A file.
    pub(crate) async fn get(&self, path: &str) -> Option<Response> {
        wait(self.0.match_with_str(path)).await?.dyn_into().ok()
    }

    /// Keeps a file. False where there is no room left.
    pub(crate) async fn keep(&self, path: &str, file: &Response) -> bool {
        wait(self.0.put_with_str(path, file)).await.is_some()
    }

    /// The list, if all of its files were kept.
    pub(crate) async fn list(&self) -> Option<String> {
        wait(self.get(LIST).await?.text().ok()?).await?.as_string()
    }

    /// Keeps the list.
    pub(crate) async fn keep_list(&self, text: &str) -> bool {
        let Ok(list) = Response::new_with_opt_str(Some(text)) else { return false };
        self.keep(LIST, &list).await
    }

    /// How many of the files are there whose paths hold this.
    pub(crate) async fn count(&self, part: &str) -> usize {
        let requests: Array = wait(self.0.keys()).await.unwrap_or_default().into();
        requests.iter().filter(|request| request.unchecked_ref::<Request>().url().contains(part)).count()
    }
}

/// Whether a file has this SHA-256.
pub(crate) async fn is_whole(file: &Response, sha256: &str) -> bool {
    // The content of a response can be read once, and this one is to be kept.
    let Some(content) = file.clone().ok().and_then(|copy| copy.array_buffer().ok()) else { return false };
    let Some(content) = wait(content).await else { return false };
    let digest = window().crypto().and_then(|crypto| crypto.subtle().digest_with_str_and_buffer_source("SHA-256", content.unchecked_ref()));
    let Ok(digest) = digest else { return false };
    let Some(digest) = wait(digest).await else { return false };
    let digits = Uint8Array::new(&digest).to_vec().into_iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.filter_map(|digit| char::from_digit(digit.into(), 16)).eq(sha256.chars())
}

fn workers() -> ServiceWorkerContainer {
    window().navigator().service_worker()
}

/// Puts the worker to work. False if the browser or the host refuses.
pub(crate) async fn register() -> bool {
    wait(workers().register(WORKER)).await.is_some()
}

/// Sends the worker home.
pub(crate) async fn unregister() {
    let registration = wait(workers().get_registration()).await.and_then(|it| it.dyn_into::<ServiceWorkerRegistration>().ok());
    // Another site of this origin may have one that stands above us.
    let ours = registration.filter(|registration| registration.scope() == super::absolute_url("./"));
    if let Some(gone) = ours.and_then(|registration| registration.unregister().ok()) {
        let _ = wait(gone).await;
    }
}

/// Loads the page anew.
pub(crate) fn reload() {
    let _ = window().location().reload();
}
