//! The app's own page as trunk leaves it, taken apart: its style sheets, the script that starts it, what it shows before that, and the panels
//! for failures. From these every page of the site is put together.

use anyhow::{Context, Result};

use super::tag::{Tag, tags};

/// The parts of the app's page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Shell {
    /// Where the style sheet of a web font lies, if the app has one beside it; readers who choose it load it.
    pub(super) web_font: Option<String>,
    /// Paths of the style sheets, in their order.
    pub(super) styles: Vec<String>,
    /// The inline module that starts the program.
    pub(super) module: String,
    /// What stands in `#app` before the program does.
    pub(super) starting: String,
    /// What stands behind `#app`: the panels for a start that failed and for a crash, in Korean.
    panels: String,
    /// The same in English; empty if the page has none.
    english_panels: String,
}

impl Shell {
    /// Reads `index.html`, minified or not.
    ///
    /// # Errors
    /// If it is not the page of the app.
    pub(super) fn parse(html: &str) -> Result<Self> {
        let is = |tag: &Tag<'_>, name: &str, key: &str, value: &str| tag.name == name && tag.attribute(key) == Some(value);
        let styles = tags(html).filter(|tag| is(tag, "link", "rel", "stylesheet"));
        let styles = styles.filter_map(|tag| Some(tag.attribute("href")?.trim_start_matches("./").to_owned())).collect();
        let script = tags(html).find(|tag| is(tag, "script", "type", "module") && tag.attribute("src").is_none());
        let script = script.context("index.html has no inline module that starts the app; give the folder that trunk has built")?;
        let after = html.get(script.end..).unwrap_or_default();
        let module = after.split_once("</script").map_or(after, |(module, _)| module).trim().to_owned();
        let app = tags(html).find(|tag| tag.attribute("id") == Some("app")).context("index.html has no element with the id `app`")?;
        let (start, end) = end_of_div(html, app.end).context("index.html: the element `app` does not end")?;
        let starting = html.get(app.end..start).unwrap_or_default().trim().to_owned();
        let rest = html.get(end..).unwrap_or_default();
        let rest = rest.split_once("</body").map_or(rest, |(rest, _)| rest);
        let rest = without_scripts(rest);
        let (panels, english_panels) = without_template(&rest);
        let web_font = tags(html).find(|tag| tag.name == "html").and_then(|tag| tag.attribute("data-web-font")).map(str::to_owned);
        Ok(Self { web_font, styles, module, starting, panels, english_panels })
    }

    /// The panels for failures, in the language of the site or the one nearest to it.
    pub(super) fn panels(&self, lang: &str) -> &str {
        if lang.starts_with("ko") || self.english_panels.is_empty() { &self.panels } else { &self.english_panels }
    }
}

/// What stands beside the first template, and what stands in it.
fn without_template(html: &str) -> (String, String) {
    let parts = html.split_once("<template").and_then(|(before, rest)| {
        let (inside, after) = rest.split_once('>')?.1.split_once("</template>")?;
        Some(([before.trim(), after.trim()].concat(), inside.trim().to_owned()))
    });
    parts.unwrap_or_else(|| (html.trim().to_owned(), String::new()))
}

/// Where the end tag of a `div` begins and ends whose content begins at `from`.
fn end_of_div(html: &str, from: usize) -> Option<(usize, usize)> {
    let mut depth = 1;
    let mut at = from;
    loop {
        let rest = html.get(at..)?;
        let open = tags(rest).find(|tag| tag.name == "div");
        let close = rest.find("</div")?;
        match open {
            Some(open) if open.start < close => {
                depth += 1;
                at += open.end;
            }
            _ => {
                depth -= 1;
                let end = close + rest.get(close..)?.find('>')? + 1;
                if depth == 0 {
                    return Some((at + close, at + end));
                }
                at += end;
            }
        }
    }
}

fn without_scripts(html: &str) -> String {
    let mut out = html.to_owned();
    while let Some(start) = out.find("<script") {
        let end = out.get(start..).and_then(|rest| rest.find("</script>")).map_or(out.len(), |end| start + end + "</script>".len());
        out.replace_range(start..end, "");
    }
    out
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::Shell;

    #[test]
    fn a_page_is_taken_apart_whether_minified_or_not() {
        let plain = r#"<!doctype html><html lang="ko"><head><base href="/" />
            <!-- <link rel="stylesheet" href="old.css"> -->
            <link rel="stylesheet" href="./a-1.css" /><link rel="stylesheet" href="b-2.css">
            <script src="start.js"></script>
<script type="module">
import init from './x.js'; if (1 < 2) { init("<div>"); }
</script></head>
            <body><div id="app"><div class="x"><div></div></div><p>곧</p></div><div id="crashed" hidden>멈춤</div><script>1</script></body></html>"#;
        let minified = r#"<!doctype html><html data-web-font="font/web-font.css" lang=ko><head><base href=/><link href=./a-1.css rel=stylesheet><link rel=stylesheet href=b-2.css><script src=start.js></script><script type=module>import init from './x.js'; if (1 < 2) { init("<div>"); }</script></head><body><div id=app><div class=x><div></div></div><p>곧</p></div><div id=crashed hidden>멈춤</div></body></html>"#;
        let shell = Shell::parse(plain).unwrap();
        assert_eq!(shell.styles, ["a-1.css", "b-2.css"]);
        assert_eq!(shell.module, r#"import init from './x.js'; if (1 < 2) { init("<div>"); }"#);
        assert_eq!(shell.starting, r#"<div class="x"><div></div></div><p>곧</p>"#);
        assert_eq!(shell.panels("ko"), r#"<div id="crashed" hidden>멈춤</div>"#);
        // There are no others.
        assert_eq!(shell.panels("en"), shell.panels("ko"));
        let other = Shell::parse(minified).unwrap();
        assert_eq!((&other.styles, &other.module), (&shell.styles, &shell.module));
        assert_eq!((shell.web_font.as_deref(), other.web_font.as_deref()), (None, Some("font/web-font.css")));
        assert_eq!(
            (other.starting.as_str(), other.panels("ko")),
            ("<div class=x><div></div></div><p>곧</p>", "<div id=crashed hidden>멈춤</div>")
        );
    }

    #[test]
    fn panels_are_those_of_the_language() {
        let html = "<script type=module>import init from './x.js'</script><div id=app></div><p id=crashed>멈춤</p><template><p id=crashed>stopped</p></template>";
        let shell = Shell::parse(html).unwrap();
        assert_eq!(
            ["ko", "ko-KR", "en", "de"].map(|lang| shell.panels(lang)),
            ["멈춤", "멈춤", "stopped", "stopped"].map(|word| format!("<p id=crashed>{word}</p>"))
        );
    }

    #[test]
    fn another_page_is_refused_in_words() {
        let error = Shell::parse("<html><body>hello").unwrap_err().to_string();
        assert!(error.contains("inline module"), "{error}");
    }
}
