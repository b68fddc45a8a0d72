//! A whole page: what every page has, around its own head and body.

use super::{escape::escape, head::Head, policy::meta_policy};

/// What all pages share.
#[derive(Clone, Debug)]
pub(super) struct Frame {
    /// The path that the site lives under.
    pub(super) base: String,
    /// BCP 47 language of the interface.
    pub(super) lang: String,
    /// Where the style sheet of a web font lies.
    pub(super) web_font: Option<String>,
    /// Paths of the one style sheet, the script before the first paint and the script that starts the program.
    pub(super) style: String,
    pub(super) start: String,
    pub(super) boot: String,
    /// What stands in `#app` where no page was rendered.
    pub(super) starting: String,
    /// The panels for failures.
    pub(super) panels: String,
    /// There is an OpenSearch description.
    pub(super) has_search: bool,
}

impl Frame {
    /// The page. `body` is what was rendered for `#app`.
    pub(super) fn page(&self, head: &Head, body: Option<&str>) -> String {
        let app = match body {
            Some(html) => format!("<div id=\"app\" data-prerendered>{html}</div>"),
            None => format!("<div id=\"app\">{}</div>", self.starting),
        };
        let search = if self.has_search {
            format!(
                "<link rel=\"search\" type=\"application/opensearchdescription+xml\" href=\"opensearch.xml\" title=\"{}\">\n",
                escape(&head.site)
            )
        } else {
            String::new()
        };
        let hint = if self.lang.starts_with("ko") {
            "이야기와 목록은 이대로 읽을 수 있어요. 검색하고 거르려면 자바스크립트를 켜 주세요."
        } else {
            "Stories and lists can be read as they are. Turn JavaScript on to search and filter them."
        };
        // The policy first: it holds for what comes behind it.
        format!(
            "<!doctype html>\n<html lang=\"{lang}\"{web_font}>\n<head>\n<meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n<base href=\"{base}\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n\
             <script src=\"{start}\"></script>\n<link rel=\"stylesheet\" href=\"{style}\">\n<script type=\"module\" src=\"{boot}\"></script>\n\
             {head}<link rel=\"icon\" href=\"icon.svg\" type=\"image/svg+xml\">\n<link rel=\"manifest\" href=\"manifest.webmanifest\">\n{search}\
             </head>\n<body>\n{app}\n<noscript><p class=\"no-script\">{hint}</p></noscript>\n{panels}\n</body>\n</html>\n",
            lang = escape(&self.lang),
            web_font = self.web_font.as_ref().map(|path| format!(" data-web-font=\"{}\"", escape(path))).unwrap_or_default(),
            policy = meta_policy(),
            base = escape(&self.base),
            start = self.start,
            style = self.style,
            boot = self.boot,
            head = head.html(),
            panels = self.panels,
        )
    }
}

/// The script that starts the program once the page has been painted: what it loads would compete with the first paint. A page in the
/// background is not painted, so it does not wait there.
pub(super) fn boot_script(program: &str) -> String {
    format!(
        "const start = () => import(\"./{program}\").catch((error) => {{\n  console.error(error);\n  dispatchEvent(new Event(\"story-home:failed\"));\n}});\n\
         const painted = () => (document.hidden ? start() : requestAnimationFrame(() => setTimeout(start)));\n\
         if (document.readyState === \"complete\") painted();\nelse addEventListener(\"load\", painted, {{ once: true }});\n"
    )
}
