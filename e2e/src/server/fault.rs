//! What a scenario does to the host, and what the host saw.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use super::answer::Answer;

/// A way for a file to fail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The host answers with this status and no content.
    Status(u16),
    /// The host answers 200 with this instead of the file.
    Body(String),
    /// A cache before the host answers with this instead of the file, until somebody asks past caches.
    Stale(String),
    /// The host answers with only the first half of the file.
    Half,
    /// The host keeps the request waiting until it is mended.
    Held,
    /// The host is not there: the connection ends without an answer.
    Gone,
}

/// One request that the host answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// As the browser sent it, with query.
    pub target: String,
    /// The path, decoded.
    pub path: String,
    /// What the host answered.
    pub status: u16,
    /// Whether a scenario asked for this failure.
    pub is_fault: bool,
}

/// Faults and requests of one host.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    faults: Mutex<Vec<(String, Fault)>>,
    mended: Condvar,
    requests: Mutex<Vec<Request>>,
}

impl Ledger {
    pub(super) fn set_fault(&self, path: &str, fault: Fault) {
        lock(&self.faults).push((path.to_owned(), fault));
    }

    pub(super) fn clear_faults(&self) {
        lock(&self.faults).clear();
        self.mended.notify_all();
    }

    pub(super) fn record(&self, request: Request) {
        lock(&self.requests).push(request);
    }

    pub(super) fn requests(&self) -> Vec<Request> {
        lock(&self.requests).clone()
    }

    /// The fault that a path has now; waits while the path is held back. `is_past_caches` says that the request wants no kept answer.
    pub(super) fn fault_of(&self, below: &str, is_past_caches: bool) -> Option<Fault> {
        let mut faults = lock(&self.faults);
        if is_past_caches {
            faults.retain(|(path, fault)| !(below.starts_with(path) && matches!(fault, Fault::Stale(_))));
        }
        loop {
            let fault = faults.iter().find(|(path, _)| below.starts_with(path)).map(|(_, fault)| fault.clone())?;
            if fault != Fault::Held {
                return Some(fault);
            }
            faults = self.mended.wait(faults).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

impl Fault {
    /// The answer as this fault leaves it.
    pub(super) fn spoil(self, answer: Answer) -> Answer {
        let spoilt = match self {
            Self::Status(status) => Answer { status, body: Vec::new(), ..answer },
            Self::Body(body) | Self::Stale(body) => Answer { status: 200, body: body.into_bytes(), ..answer },
            Self::Half => Answer { body: answer.body.get(..answer.body.len() / 2).unwrap_or_default().to_vec(), ..answer },
            Self::Held => answer,
            // Nothing of it is sent.
            Self::Gone => Answer { status: 0, ..answer },
        };
        Answer { is_fault: true, ..spoilt }
    }
}

/// A thread that panicked while it held the list cannot have left half an entry.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
