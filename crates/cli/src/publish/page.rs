//! A whole page: what every page has, around its own head and body.

use anyhow::{Context, Result};

use super::{
    escape::escape,
    head::Head,
    inline::{LOADER, without_comments},
    policy::{Inlined, meta_policy},
    share::APPLE,
};

/// What all pages share.
#[derive(Clone, Debug)]
pub(super) struct Frame {
    /// The path that the site lives under.
    pub(super) base: String,
    /// BCP 47 language of the interface.
    pub(super) lang: String,
    /// Where the style sheet of a web font lies.
    pub(super) web_font: Option<String>,
    /// Paths of the one style sheet and the script before the first paint.
    pub(super) style: String,
    pub(super) start: String,
    /// The script as it stands in pages, where it can.
    pub(super) start_inside: Option<String>,
    /// The program's code, which a page asks for itself when its reader is in a hurry.
    pub(super) wasm: String,
    /// What stands in `#app` where no page was rendered.
    pub(super) starting: String,
    /// The panels for failures.
    pub(super) panels: String,
    /// Address of the site's icon.
    pub(super) icon: String,
    /// There is an OpenSearch description.
    pub(super) has_search: bool,
}

impl Frame {
    /// What stands in pages of this site, for its policy.
    pub(super) fn inlined(&self) -> Inlined {
        Inlined::new(self.start_inside.iter().map(String::as_str).chain([LOADER.as_str()]))
    }

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
        // Named, by which `boot.js` knows the page's build. What stands in the page goes first: behind a style sheet it would wait for that. As a
        // file it goes behind it, because browsers do not look ahead of a script with a policy before it: both are asked for at once.
        let Self { style, start, wasm, .. } = self;
        let style = format!("<link rel=\"stylesheet\" href=\"{style}\">");
        let looks = match &self.start_inside {
            Some(script) => format!("<script data-file=\"{start}\">{script}</script>\n{style}"),
            None => format!("{style}\n<script src=\"{start}\"></script>"),
        };
        // Last in the page: there it waits for the style sheet, and so does the end of the page, at which browsers lay out what they have. That
        // would be the whole page without its styles.
        let loader = format!("<script data-file=\"{BOOT}\" data-wasm=\"{wasm}\">{}</script>", *LOADER);
        // The policy first: it holds for what comes behind it. The manifest for installing waits for `boot.js`: browsers fetch it, and an icon that
        // it names, before the first paint.
        format!(
            "<!doctype html>\n<html lang=\"{lang}\"{web_font}>\n<head>\n<meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n<base href=\"{base}\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n\
             {looks}\n{head}<link rel=\"icon\" href=\"{icon}\" type=\"image/svg+xml\">\n<link rel=\"apple-touch-icon\" href=\"{APPLE}\">\n\
             <noscript><link rel=\"manifest\" href=\"manifest.webmanifest\"></noscript>\n{search}\
             </head>\n<body>\n{app}\n<noscript><p class=\"no-script\">{hint}</p></noscript>\n{panels}\n{loader}\n</body>\n</html>\n",
            lang = escape(&self.lang),
            web_font = self.web_font.as_ref().map(|path| format!(" data-web-font=\"{}\"", escape(path))).unwrap_or_default(),
            policy = meta_policy(&self.inlined()),
            base = escape(&self.base),
            icon = escape(&self.icon),
            head = head.html(),
            panels = self.panels,
        )
    }
}

/// The file that starts the program, under the one name that it always has.
pub(crate) const BOOT: &str = "boot.js";

/// What starts the program: files that trunk's own start-up module names.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Program<'a> {
    pub(super) script: &'a str,
    pub(super) wasm: &'a str,
}

impl<'a> Program<'a> {
    /// # Errors
    /// If the module is none of trunk's.
    pub(super) fn of(module: &'a str) -> Result<Self> {
        let files = || module.split(['"', '\'', '`']).filter_map(|text| text.strip_prefix("./"));
        let find = |ending: &str| files().find(|file| file.ends_with(ending) && !file.ends_with("initializer.js"));
        let missing = |what: &str| format!("the module that starts the app names no {what}; give the folder that trunk has built");
        let script = find(".js").with_context(|| missing("script"))?;
        let wasm = find(".wasm").with_context(|| missing("wasm file"))?;
        Ok(Self { script, wasm })
    }

    /// The file that starts it. `wasm_bytes` is the size of its code, `engine` are what searching takes beside that, `of_the_page` are the
    /// script and the style sheet by which a page of this build is known.
    pub(super) fn boot_script(&self, wasm_bytes: usize, engine: &[String], of_the_page: [&str; 2]) -> String {
        let [start, style] = of_the_page;
        let engine: Vec<String> = engine.iter().map(|file| format!("\"./{file}\"")).collect();
        let script = without_comments(include_str!("boot.js"));
        let script = script.replace("__PROGRAM__", self.script).replace("__WASM__", self.wasm);
        let script = script.replace("__MOST_BYTES__", &(wasm_bytes / 10 * 7).to_string()).replace("__ENGINE__", &engine.join(", "));
        script.replace("__START__", start).replace("__STYLE__", style)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::Program;

    #[test]
    fn the_program_is_found_in_what_trunk_leaves() {
        let module = "async function f(init) {}\nimport init from './story-home-1.js';\nimport initializer from './2-initializer.js';\nconst wasm = await f(init, './story-home-1_bg.wasm', 3, initializer(), true);";
        let program = Program::of(module).unwrap();
        let script = program.boot_script(1234, &["story-home-1-engine.wasm".to_owned()], ["start-3.js", "style-4.css"]);
        for line in [
            "const PROGRAM = \"./story-home-1.js\";",
            "const WASM = \"./story-home-1_bg.wasm\";",
            "const MOST_BYTES = 861;",
            "const ENGINE = [\"./story-home-1-engine.wasm\"];",
            "const START = \"start-3.js\";",
            "const STYLE = \"style-4.css\";",
        ] {
            assert!(script.lines().any(|found| found == line), "{line}: {script}");
        }
        assert!(!script.contains("__") && !script.contains("// "), "{script}");
        assert!(Program::of("import init from './a.js';").unwrap_err().to_string().contains("wasm"));
    }
}
