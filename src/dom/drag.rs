//! Carrying an element with the pointer and dropping it on another one.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, PointerEvent};

/// How far the pointer goes before a press becomes a drag, in CSS pixels. Less drags at a trembling click, more feels stuck.
const THRESHOLD: i32 = 6;

/// The attribute of what is being carried, and of what lies below it.
const CARRIED: &str = "data-dragging";
const BELOW: &str = "data-over";

/// One drag at a time. Give the carried element's pointer events to these.
#[derive(Clone, Copy)]
pub(crate) struct Drag {
    /// Where the pointer went down; `None` while nothing is pressed.
    from: StoredValue<Option<(i32, i32)>>,
    /// Class of what can be dropped on.
    targets: &'static str,
}

impl Drag {
    /// Nothing carried yet. `targets` is the class of what can be dropped on; each of them has an id.
    pub(crate) fn new(targets: &'static str) -> Self {
        Self { from: StoredValue::new(None), targets }
    }

    /// The pointer went down in the element. A finger has to be on its `handle` (a class), because elsewhere it scrolls; links and other
    /// buttons are left alone.
    pub(crate) fn press(self, event: &Event, handle: &str) {
        let Some(pointer) = event.dyn_ref::<PointerEvent>().filter(|pointer| pointer.button() == 0) else { return };
        let control = event.target().and_then(|target| target.dyn_into::<Element>().ok()?.closest("a, button").ok()?);
        let on_handle = control.as_ref().is_some_and(|control| control.class_list().contains(handle));
        if on_handle || (control.is_none() && pointer.pointer_type() == "mouse") {
            self.from.set_value(Some((pointer.client_x(), pointer.client_y())));
            if let Some(carried) = carried(event) {
                let _ = carried.set_pointer_capture(pointer.pointer_id());
            }
        }
    }

    /// The pointer moved: the element follows it.
    pub(crate) fn go_on(self, event: &Event) {
        let (Some(from), Some(pointer), Some(carried)) = (self.from.get_value(), event.dyn_ref::<PointerEvent>(), carried(event)) else {
            return;
        };
        let (x, y) = (pointer.client_x() - from.0, pointer.client_y() - from.1);
        if !carried.has_attribute(CARRIED) && x.abs().max(y.abs()) < THRESHOLD {
            return;
        }
        let _ = carried.set_attribute(CARRIED, "");
        let _ = carried.style().set_property("transform", &format!("translate({x}px, {y}px)"));
        let below = self.target(pointer);
        self.unmark();
        if let Some(below) = below {
            let _ = below.set_attribute(BELOW, "");
        }
    }

    /// The pointer went up, or the drag was broken off. Gives the id of what the element was dropped on.
    pub(crate) fn end(self, event: &Event) -> Option<String> {
        self.from.set_value(None);
        let carried = carried(event).filter(|carried| carried.has_attribute(CARRIED))?;
        let below = self.target(event.dyn_ref()?).filter(|_| event.type_() == "pointerup");
        let _ = carried.remove_attribute(CARRIED);
        let _ = carried.style().remove_property("transform");
        self.unmark();
        below.map(|below| below.id())
    }

    /// What lies below the pointer; style lets it through what is carried.
    fn target(self, pointer: &PointerEvent) -> Option<Element> {
        let below = document().element_from_point(pointer.client_x() as f32, pointer.client_y() as f32)?;
        below.closest(&format!(".{}", self.targets)).ok()?
    }

    fn unmark(self) {
        let targets = document().get_elements_by_class_name(self.targets);
        for target in (0..targets.length()).filter_map(|index| targets.item(index)) {
            let _ = target.remove_attribute(BELOW);
        }
    }
}

fn carried(event: &Event) -> Option<HtmlElement> {
    event.current_target()?.dyn_into().ok()
}
