//! Colours for code, worked out once when the archive is built, so that readers download no highlighter: which bytes of a block are keywords,
//! texts, numbers, names, remarks.
//!
//! A lexer, not a parser: five kinds of parts need no more, and code in stories is often a fragment that no parser accepts. What it does
//! not understand stays plain.

mod language;
mod lexer;

use corpus::{Block, CodeTokens, Story};

/// Longer code stays plain: an element for each of its parts would make the page slow. In bytes.
const MAX_CODE: usize = 20_000;

/// Works out the colours of all code of a story.
pub(crate) fn fill(story: &mut Story) {
    let mut code = Vec::new();
    push_blocks(&story.blocks, &mut code);
    if code.iter().all(CodeTokens::is_empty) {
        code.clear();
    }
    story.built.code = code;
}

/// In the order in which readers meet them.
fn push_blocks(blocks: &[Block], out: &mut Vec<CodeTokens>) {
    for block in blocks {
        match block {
            Block::Code { lang, code } => out.push(tokens(lang.as_deref().unwrap_or_default(), code)),
            Block::Quote { blocks } => push_blocks(blocks, out),
            Block::List { items, .. } => items.iter().for_each(|item| push_blocks(&item.blocks, out)),
            _ => {}
        }
    }
}

fn tokens(lang: &str, code: &str) -> CodeTokens {
    match language::find(lang) {
        Some(language) if code.len() <= MAX_CODE => CodeTokens::new(&lexer::lex(language, code)),
        _ => CodeTokens::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::tokens;
    use corpus::TokenKind;

    /// The code with its parts in brackets, each after the letter of its kind.
    #[track_caller]
    fn check(lang: &str, code: &str, expected: &str) {
        let mut shown = String::new();
        let mut at = 0;
        for (range, kind) in tokens(lang, code).iter() {
            shown.push_str(&code[at..range.start]);
            let letter = match kind {
                TokenKind::Keyword => 'k',
                TokenKind::String => 's',
                TokenKind::Number => 'n',
                TokenKind::Name => 'f',
                TokenKind::Comment => 'c',
            };
            shown.push_str(&format!("{letter}[{}]", &code[range.clone()]));
            at = range.end;
        }
        shown.push_str(&code[at..]);
        assert_eq!(shown, expected);
    }

    #[test]
    fn python() {
        check(
            "python",
            "import hmac\n\ndef totp(secret, at=30):  # 여섯 자리\n    return f\"{at:06}\" + 'it\\'s' if None else \"\"\"두\n줄\"\"\"",
            "k[import] hmac\n\nk[def] f[totp](secret, at=n[30]):  c[# 여섯 자리]\n    k[return] fs[\"{at:06}\"] + s['it\\'s'] k[if] n[None] k[else] s[\"\"\"두\n줄\"\"\"]",
        );
    }

    #[test]
    fn javascript() {
        check(
            "jsx",
            "const n = 1e-6; // 작다\n/* 둘\n줄 */ let s = `a\n${b}`; return <Badge count={n}/>;",
            "k[const] n = n[1e-6]; c[// 작다]\nc[/* 둘\n줄 */] k[let] s = s[`a\n${b}`]; k[return] <f[Badge] count={n}/>;",
        );
        check("js", "frame.title = \"채널\"; open(a[0]);", "frame.title = s[\"채널\"]; f[open](a[n[0]]);");
    }

    #[test]
    fn rust_lifetimes_are_no_texts() {
        check("rust", "fn f<'a>(x: &'a str) -> char { 'x' }", "k[fn] f<'a>(x: &'a str) -> char { s['x'] }");
    }

    #[test]
    fn shell() {
        check(
            "sh",
            "NAME=$(nproc)  # 몇 개\nsudo docker ps -a | grep \"$NAME\" && echo 'a#b' #c",
            "f[NAME]=f[$](f[nproc])  c[# 몇 개]\nf[sudo] docker ps n[-a] | f[grep] s[\"$NAME\"] && f[echo] s['a#b'] c[#c]",
        );
    }

    #[test]
    fn keys_and_values() {
        check(
            "yaml",
            "# 설정\nports:\n  - host: kafka-0  # 첫째\n    on: true\n    url: http://a:80",
            "c[# 설정]\nf[ports]:\n  - f[host]: kafka-0  c[# 첫째]\n    f[on]: n[true]\n    f[url]: http://a:n[80]",
        );
        check("ini", "[mysqld]\nslow_log = 1 # 초\nname=\"#a\"", "k[[mysqld]]\nf[slow_log] = n[1] c[# 초]\nf[name]=s[\"#a\"]");
        check("json", "{\"a\": [1, \"b\", null]}", "{f[\"a\"]: [n[1], s[\"b\"], n[null]]}");
    }

    #[test]
    fn markup_styles_and_changes() {
        check("html", "<!-- 말 --><a href=\"/x\">글 1</a>", "c[<!-- 말 -->]<k[a] f[href]=s[\"/x\"]>글 1</k[a]>");
        check("css", ".price { color: red; margin: 3px } /* 끝 */", "k[.price] { f[color]: red; f[margin]: n[3px] } c[/* 끝 */]");
        check("diff", "@@ -1 @@\n-옛 줄\n+새 줄\n 그대로", "f[@@ -1 @@]\nk[-옛 줄]\ns[+새 줄]\n 그대로");
        check("sql", "SELECT count(*) from t -- 세기", "k[SELECT] f[count](*) k[from] t c[-- 세기]");
    }

    #[test]
    fn what_is_unknown_or_broken_stays_whole() {
        check("text", "def f(): 1", "def f(): 1");
        check("", "def f(): 1", "def f(): 1");
        check("python", "s = \"끝나지 않는\nx = 1", "s = s[\"끝나지 않는]\nx = n[1]");
        check("js", "/* 끝나지 않는", "c[/* 끝나지 않는]");
        check("html", "<", "<");
    }
}
