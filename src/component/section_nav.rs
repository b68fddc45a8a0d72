//! 스토리 홈 · 인터뷰 · 피드 · 뉴스, with counts.

use corpus::Section;
use leptos::prelude::*;

use crate::{
    copy::Copy,
    data::Counts,
    format::grouped,
    markup::{dynamic, dynamic_text, el, link},
    nav::Nav,
    route::{Route, Scope},
};

/// Links to every section. On a story's page none is current.
pub(crate) fn section_nav(copy: &'static Copy, title: Signal<String>, nav: Nav, counts: Signal<Option<Counts>>) -> AnyView {
    let sections = std::iter::once(None).chain(Section::ALL.map(Some));
    let item = |(index, section): (usize, Option<Section>)| {
        let target = Route::List(section.map_or(Scope::All, Scope::Section));
        let count = dynamic(move || match counts.get().and_then(|counts| counts.get(index).copied()) {
            Some(n) => el("span").class("section-nav__count").text(grouped(n as u64)).view(),
            // As wide as two digits, so that the other links stay where they are.
            None => el("span").class("section-nav__count").text("\u{2007}\u{2007}").view(),
        });
        let link = link(target.to_href())
            .class("section-nav__link")
            .attr_from("aria-current", move || (*nav.route.read() == target).then(|| "page".to_owned()))
            .child(dynamic_text(move || section.map_or_else(|| title.get(), |section| (copy.section)(section).to_owned())))
            .text(" ")
            .child(count);
        el("li").child(link.view()).view()
    };
    let list = el("ul").class("section-nav__list").children(sections.enumerate().map(|(index, section)| item((index, section))));
    el("nav").class("section-nav").attr("aria-label", copy.sections).child(list.view()).view()
}
