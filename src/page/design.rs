//! The design language, shown in the parts that the site is built from. `style/README.md` has the words for it.

use std::sync::Arc;

use leptos::prelude::*;

use super::page_title;
use crate::{
    component::{
        cover::cover,
        empty_result::empty_result,
        load_error::load_error,
        loading::{Shape, loading},
        story_card::story_card,
    },
    copy::Copy,
    data::{Library, LoadError},
    dom::{color::contrast, focus::PAGE_TITLE},
    markup::{button, dynamic_text, el, fragment, link, nothing},
    nav::Nav,
    prefs::{Look, Prefs},
    query::ListQuery,
    route::{Place, Route, Scope},
    task::effect,
};

/// Steps of the type scale and of the space scale in `style/token.css`.
const N_TYPE: usize = 6;
const N_SPACE: usize = 7;

/// Colours that stand on each other, and the contrast that they need, in tenths: text 4.5, borders of controls 3.
const PAIRS: [(&str, &str, u32); 18] = [
    ("color-ink", "color-paper", 45),
    ("color-ink-soft", "color-paper", 45),
    ("color-ink-soft", "color-sunken", 45),
    ("color-accent", "color-paper", 45),
    ("color-accent-ink", "color-accent", 45),
    ("color-accent", "color-accent-wash", 45),
    ("color-ink", "color-accent-wash", 45),
    ("color-mark-ink", "color-mark", 45),
    ("color-edge-strong", "color-raised", 30),
    ("color-code-keyword", "color-sunken", 45),
    ("color-code-string", "color-sunken", 45),
    ("color-code-number", "color-sunken", 45),
    ("color-code-name", "color-sunken", 45),
    ("color-code-comment", "color-sunken", 45),
    ("color-ink", "note-yellow", 45),
    ("color-ink", "note-green", 45),
    ("color-ink", "note-blue", 45),
    ("color-ink", "note-pink", 45),
];

/// How many covers stand side by side.
const N_COVERS: usize = 12;

/// Id of the element that colours are measured on.
const PROBE: &str = "design-probe";

/// The page at `/design`.
pub(crate) fn design_page(copy: &'static Copy, nav: Nav, prefs: Prefs, library: &Arc<Library>) -> AnyView {
    effect(move || nav.arrive(Box::new(|| false)));
    let words = copy.design;
    let cards = &library.cards;
    let card = cards.first().map_or_else(nothing, |card| {
        let place = RwSignal::new(Place::default());
        story_card(copy, card, place, Signal::derive(|| None), Signal::derive(|| None), RwSignal::new(None))
    });
    let covers = cards.iter().take(N_COVERS).map(cover).collect::<Vec<_>>();
    let impossible = Place { query: ListQuery { q: words.title.to_owned(), ..ListQuery::default() }, ..Place::default() };
    let error = LoadError::Status { file: "data/story/….json".to_owned(), status: 404 };
    let controls = vec![
        button(|| ()).class("button").text(copy.retry).view(),
        button(|| ()).class("button button--quiet").text(copy.close).view(),
        link(Route::List(Scope::All).to_href()).class("chip").text(copy.all_stories).view(),
    ];
    let section = |title: &'static str, help: &'static str, content: Vec<AnyView>| {
        let help = if help.is_empty() { nothing() } else { el("p").class("design__help").text(help).view() };
        el("section").class("design__part").child(el("h2").text(title).view()).child(help).children(content).view()
    };
    let row = |kind: &'static str, content: Vec<AnyView>| el("div").class("design__row").attr("data-kind", kind).children(content).view();
    let sections = [
        section(words.type_scale, "", (1..=N_TYPE).rev().map(|step| sample("text", step, copy.tagline)).collect()),
        section(words.space_scale, "", (1..=N_SPACE).map(|step| sample("space", step, "")).collect()),
        section(words.colors, words.colors_help, vec![colors(prefs)]),
        section(words.controls, "", vec![row("controls", controls)]),
        section(words.card, "", vec![card]),
        section(words.covers, words.covers_help, vec![row("covers", covers)]),
        section(words.states, "", vec![empty_result(copy, &impossible, &[]), load_error(copy, &error, || ()), loading(copy, Shape::Cards)]),
        section(words.motion, words.motion_help, Vec::new()),
    ];
    let page = el("div")
        .class("design")
        .child(el("h1").class("page-title").target(PAGE_TITLE).text(words.title).view())
        .child(el("p").text(words.intro).view())
        .children(sections);
    fragment(vec![page_title(move || format!("{} · {}", words.title, copy.site)), page.view()])
}

/// One step of a scale, named as the style sheets name it.
fn sample(scale: &'static str, step: usize, text: &'static str) -> AnyView {
    let name = format!("--{scale}-{step}");
    let shown = el("span").class("design__sample").attr("data-step", &*name).text(text).view();
    el("div").class("design__step").child(el("code").text(name).view()).child(shown).view()
}

/// Every pair of colours with its contrast in the theme that is on.
fn colors(prefs: Prefs) -> AnyView {
    let measured = RwSignal::new([None::<u32>; PAIRS.len()]);
    effect(move || {
        // Measured a frame later, when the theme stands in the page.
        let _ = prefs.get(Look::Theme);
        request_animation_frame(move || {
            measured.try_set(PAIRS.map(|(ink, ground, _)| contrast(PROBE, ink, ground)));
        });
    });
    let pair = |(index, (ink, ground, needed)): (usize, (&'static str, &'static str, u32))| {
        let figure = move || measured.with(|measured| measured.get(index).copied().flatten());
        let text = dynamic_text(move || figure().map_or_else(String::new, |tenths| format!("{}.{}", tenths / 10, tenths % 10)));
        let fails = move || figure().filter(|tenths| *tenths < needed).map(|_| String::new());
        // A border stands for itself; letters in its colour would be too faint to read.
        let letters = if needed < 45 { "" } else { "가A" };
        let sample = el("span").class("design__ink").attr("data-ink", ink).attr("data-ground", ground).text(letters).view();
        let names = el("code").text(format!("{ink} / {ground}")).view();
        let figure = el("output").class("design__figure").attr_from("data-fails", fails).child(text).view();
        el("li").class("design__color").children([sample, names, figure]).view()
    };
    let probe = el("span").attr("id", PROBE).attr("hidden", "").view();
    let list = el("ul").class("design__colors").children(PAIRS.into_iter().enumerate().map(pair)).view();
    fragment(vec![probe, list])
}
