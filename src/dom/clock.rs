//! The time of the device.

use js_sys::{Date, Math, Object, Reflect};
use wasm_bindgen::JsValue;

/// Milliseconds since 1970.
pub(crate) fn now() -> u64 {
    Date::now() as u64
}

/// A name that no other device or tab gives: the time and a random number.
pub(crate) fn unique_id() -> String {
    format!("{:x}{:08x}", now(), (Math::random() * 4_294_967_296.0) as u32)
}

/// The day of a time where the reader is, `2026-11-25`.
pub(crate) fn iso_day(time: u64) -> String {
    let date = date(time);
    format!("{}-{:02}-{:02}", date.get_full_year(), date.get_month() + 1, date.get_date())
}

/// The day of a time as readers of the language write it.
pub(crate) fn long_day(time: u64, lang: &str) -> String {
    let options = Object::new();
    for (key, value) in [("year", "numeric"), ("month", "long"), ("day", "numeric")] {
        let _ = Reflect::set(&options, &key.into(), &value.into());
    }
    date(time).to_locale_date_string(lang, &options).into()
}

fn date(time: u64) -> Date {
    Date::new(&JsValue::from_f64(time as f64))
}
