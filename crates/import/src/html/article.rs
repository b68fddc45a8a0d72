//! Which part of a page is the article, in the way of Arc90's Readability: what a page declares, otherwise where the running text is.
//!
//! Inside that part, navigation, comments and share buttons are left out by element, role and the words of their class. What was left
//! out is counted in characters, so that a publisher sees when it was too much.

use std::collections::BTreeMap;

use corpus::Problem;

use super::dom::{Dom, NodeId, ROOT};

/// Shortest text that makes its element a candidate, in characters (Readability's 25, halved for Hangul).
const MIN_PARAGRAPH: usize = 12;

/// How much of a text may be links before it is a menu. More keeps menus, less drops lists of sources.
const MAX_LINK_DENSITY: f64 = 0.5;

/// Shortest declared article that is believed, in characters.
const MIN_DECLARED: usize = 40;

/// Ids and classes that blog hosts and themes give to the body of an article, most certain first.
const BODIES: [&str; 18] = [
    "se-main-container",
    "postviewarea",
    "wrap_body",
    "tt_article_useless_p_margin",
    "contents_style",
    "entry-content",
    "post-content",
    "article-content",
    "article-body",
    "article__body",
    "post-body",
    "post__content",
    "post_content",
    "article_view",
    "articlebody",
    "markdown-body",
    "gh-content",
    "view_content",
];

/// Words in ids and classes of what is around an article.
const AROUND: [&str; 26] = [
    "comment",
    "reply",
    "sidebar",
    "footer",
    "menu",
    "navi",
    "breadcrumb",
    "related",
    "recommend",
    "share",
    "sns",
    "social",
    "subscribe",
    "newsletter",
    "banner",
    "popup",
    "advert",
    "adsense",
    "widget",
    "pagination",
    "pager",
    "toolbar",
    "cookie",
    "author-box",
    "prevnext",
    "another_category",
];

/// The article of a page.
pub(super) struct Article {
    /// Where it stands, in reading order.
    pub(super) roots: Vec<NodeId>,
    left_out: Vec<bool>,
}

impl Article {
    pub(super) fn is_left_out(&self, id: NodeId) -> bool {
        self.left_out.get(id).copied().unwrap_or_default()
    }

    /// How much text of the page is no part of the article.
    pub(super) fn note(&self, file: &str, dom: &Dom) -> Option<Problem> {
        let measure = Measure::of(dom);
        let inside: usize = self.roots.iter().map(|&root| measure.n_chars(root)).sum();
        let dropped = self.roots.iter().flat_map(|&root| dom.below(root)).filter(|&id| self.is_left_out(id));
        let is_outermost = |id: &NodeId| dom.parent(*id).is_none_or(|parent| !self.is_left_out(parent));
        let dropped: usize = dropped.filter(is_outermost).map(|id| measure.n_chars(id)).sum();
        let outside = measure.n_chars(ROOT).saturating_sub(inside) + dropped;
        let line = self.roots.first().map_or(1, |&root| dom.line(root));
        let message =
            format!("{outside} characters around the article (menus, comments, footer) left out, {} kept", inside - dropped.min(inside));
        (0 < outside).then(|| Problem::note(file, line, message, "look at the story if that is too much"))
    }
}

/// Finds the article; the whole body if nothing says where it is.
pub(super) fn find(dom: &Dom) -> Article {
    let measure = Measure::of(dom);
    let roots = beside_each_other(dom, &measure)
        .unwrap_or_else(|| vec![declared(dom, &measure).or_else(|| densest(dom, &measure)).unwrap_or(ROOT)]);
    let mut left_out = vec![false; dom.n_nodes()];
    for id in roots.iter().flat_map(|&root| dom.below(root)) {
        if is_around(dom, id, &measure)
            && let Some(mark) = left_out.get_mut(id)
        {
            *mark = true;
        }
    }
    for id in roots.iter().flat_map(|&root| dom.below(root)) {
        let is_inside = dom.parent(id).and_then(|parent| left_out.get(parent)).copied().unwrap_or_default();
        if let Some(mark) = left_out.get_mut(id).filter(|_| is_inside) {
            *mark = true;
        }
    }
    Article { roots, left_out }
}

/// Visible characters and those of them in links, for every node.
struct Measure {
    n_chars: Vec<(usize, usize)>,
}

impl Measure {
    fn of(dom: &Dom) -> Self {
        let mut n_chars = vec![(0, 0); dom.n_nodes()];
        let order: Vec<NodeId> = std::iter::once(ROOT).chain(dom.below(ROOT)).collect();
        for &id in order.iter().rev() {
            let own = dom.text(id).map_or(0, |text| text.chars().filter(|c| !c.is_whitespace()).count());
            let is_code = matches!(dom.name(id), "script" | "style" | "noscript" | "template" | "head" | "option" | "textarea" | "button");
            let Some(entry) = n_chars.get_mut(id) else { continue };
            entry.0 += own;
            if is_code {
                *entry = (0, 0);
            }
            if dom.name(id) == "a" {
                entry.1 = entry.0;
            }
            let (all, linked) = *entry;
            if let Some(parent) = dom.parent(id).and_then(|parent| n_chars.get_mut(parent)) {
                parent.0 += all;
                parent.1 += linked;
            }
        }
        Self { n_chars }
    }

    fn n_chars(&self, id: NodeId) -> usize {
        self.n_chars.get(id).map_or(0, |(all, _)| *all)
    }

    #[expect(clippy::cast_precision_loss, reason = "texts are shorter than 2^52 characters")]
    fn link_density(&self, id: NodeId) -> f64 {
        self.n_chars.get(id).map_or(0.0, |&(all, linked)| if all == 0 { 0.0 } else { linked as f64 / all as f64 })
    }
}

/// The words of an element's id and class, in lower case.
fn names(dom: &Dom, id: NodeId) -> String {
    let text = format!("{} {}", dom.attr(id, "id").unwrap_or_default(), dom.attr(id, "class").unwrap_or_default());
    text.to_lowercase()
}

/// What the page itself calls its article.
fn declared(dom: &Dom, measure: &Measure) -> Option<NodeId> {
    let longest = |is_it: &dyn Fn(NodeId) -> bool| {
        let found = dom.below(ROOT).filter(|&id| is_it(id) && MIN_DECLARED <= measure.n_chars(id));
        found.max_by_key(|&id| (measure.n_chars(id), std::cmp::Reverse(id)))
    };
    longest(&|id| dom.attr(id, "itemprop").is_some_and(|prop| prop.eq_ignore_ascii_case("articlebody")))
        .or_else(|| BODIES.iter().find_map(|body| longest(&|id| names(dom, id).split_whitespace().any(|name| name == *body))))
        .or_else(|| longest(&|id| dom.name(id) == "article"))
        .or_else(|| longest(&|id| dom.name(id) == "main" || dom.attr(id, "role") == Some("main")))
}

/// Articles of which none has two thirds of the text of all: all of them, so that nothing is lost.
fn beside_each_other(dom: &Dom, measure: &Measure) -> Option<Vec<NodeId>> {
    let is_article = |id: NodeId| dom.name(id) == "article" && MIN_DECLARED <= measure.n_chars(id);
    let articles: Vec<NodeId> = dom.below(ROOT).filter(|&id| is_article(id)).collect();
    let is_outer = |id: &NodeId| !articles.iter().any(|&other| is_below(dom, *id, other));
    let outer: Vec<NodeId> = articles.iter().copied().filter(is_outer).collect();
    let total: usize = outer.iter().map(|&id| measure.n_chars(id)).sum();
    let longest = outer.iter().map(|&id| measure.n_chars(id)).max()?;
    (longest * 3 < total * 2).then_some(outer)
}

fn is_below(dom: &Dom, id: NodeId, above: NodeId) -> bool {
    std::iter::successors(dom.parent(id), |&id| dom.parent(id)).any(|id| id == above)
}

/// The element with the most running text of its own children and grandchildren.
#[expect(clippy::cast_precision_loss, reason = "texts are shorter than 2^52 characters")]
fn densest(dom: &Dom, measure: &Measure) -> Option<NodeId> {
    let mut scores = BTreeMap::<NodeId, f64>::new();
    for id in dom.below(ROOT) {
        let is_paragraph = matches!(dom.name(id), "p" | "pre" | "td" | "blockquote" | "li" | "h2" | "h3") || has_own_text(dom, id);
        let n_chars = measure.n_chars(id);
        if !is_paragraph || n_chars < MIN_PARAGRAPH {
            continue;
        }
        let score = (n_chars as f64) * (1.0 - measure.link_density(id));
        let above = std::iter::successors(dom.parent(id), |&id| dom.parent(id));
        for (above, share) in above.take(3).zip([1.0, 0.5, 0.25]) {
            *scores.entry(above).or_default() += score * share;
        }
    }
    let weighted = scores.into_iter().map(|(id, score)| {
        let weight = if is_named_around(dom, id) { 0.2 } else { 1.0 };
        (id, score * weight * (1.0 - measure.link_density(id)))
    });
    weighted.filter(|(_, score)| 0.0 < *score).max_by(|(_, a), (_, b)| a.total_cmp(b)).map(|(id, _)| id)
}

/// A `div` that is used as a paragraph.
fn has_own_text(dom: &Dom, id: NodeId) -> bool {
    dom.name(id) == "div"
        && dom.children(id).iter().any(|&child| dom.text(child).is_some_and(|text| MIN_PARAGRAPH < text.trim().chars().count()))
}

fn is_named_around(dom: &Dom, id: NodeId) -> bool {
    let names = names(dom, id);
    AROUND.iter().any(|word| names.contains(word))
}

/// Whether an element inside the article is not part of it.
fn is_around(dom: &Dom, id: NodeId, measure: &Measure) -> bool {
    let name = dom.name(id);
    let role = dom.attr(id, "role").unwrap_or_default();
    if matches!(name, "nav" | "footer" | "aside") || matches!(role, "navigation" | "complementary" | "search" | "contentinfo" | "banner") {
        return true;
    }
    let is_container = matches!(name, "div" | "section" | "ul" | "ol" | "p" | "span" | "header" | "form" | "table");
    if !is_container || !is_named_around(dom, id) {
        return false;
    }
    // Running text with an unlucky class stays.
    let is_comment =
        ["comment", "reply"].iter().any(|word| names(dom, id).split([' ', '-', '_']).any(|name| name.trim_end_matches('s') == *word));
    is_comment || MAX_LINK_DENSITY < measure.link_density(id) || measure.n_chars(id) < 4 * MIN_PARAGRAPH
}
