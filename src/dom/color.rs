//! What the style sheets' colours come to on this screen.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Contrast of two colour tokens in the theme that is on, as WCAG defines it, in tenths: `74` is 7.4 to 1. `None` where the browser cannot
/// say. `probe` is the id of an element whose colour nobody sees.
pub(crate) fn contrast(probe: &str, ink: &str, ground: &str) -> Option<u32> {
    let probe = document().get_element_by_id(probe)?.dyn_into::<HtmlElement>().ok()?;
    let (ink, ground) = (luminance(&probe, ink)?, luminance(&probe, ground)?);
    let ratio = (ink.max(ground) + 0.05) / (ink.min(ground) + 0.05);
    Some((ratio * 10.0) as u32)
}

/// Relative luminance of a token: the Y of its CIE coordinates, to which the browser converts whatever it is written in.
fn luminance(probe: &HtmlElement, token: &str) -> Option<f64> {
    probe.style().set_property("color", &format!("color-mix(in xyz-d65, var(--{token}), var(--{token}))")).ok()?;
    let color = window().get_computed_style(probe).ok()??.get_property_value("color").ok()?;
    // `color(xyz-d65 X Y Z)`. The browser reads the number: ours would be 10 kB of code.
    let y = js_sys::Number::parse_float(color.split_whitespace().nth(2)?);
    (!y.is_nan()).then_some(y)
}
