//! Style sheets: only what works in any writing direction and any order of files.

use super::{Finding, finding};

/// Properties that name a side or an axis of the screen, and what to write instead.
const PHYSICAL: [(&str, &str); 10] = [
    ("width", "inline-size"),
    ("height", "block-size"),
    ("min-width", "min-inline-size"),
    ("max-width", "max-inline-size"),
    ("min-height", "min-block-size"),
    ("max-height", "max-block-size"),
    ("top", "inset-block-start"),
    ("bottom", "inset-block-end"),
    ("left", "inset-inline-start"),
    ("right", "inset-inline-end"),
];

/// Families whose members end in a side: `margin-left`, `border-top-width`, `scroll-padding-bottom`.
const FAMILIES: [&str; 5] = ["margin-", "padding-", "border-", "scroll-margin-", "scroll-padding-"];

/// Properties whose value may name a side.
const SIDED_VALUES: [&str; 3] = ["text-align", "float", "clear"];

pub(super) fn check(file: &str, text: &str) -> Vec<Finding> {
    let statements = statements(text);
    statements.iter().filter_map(|statement| Some(finding(file, statement.line, fault(statement)?))).collect()
}

fn fault(statement: &Statement) -> Option<String> {
    let text = statement.text.trim();
    if text.starts_with("@import") {
        return Some("`@import` is not followed by trunk; link the file in index.html".into());
    }
    if !statement.is_declaration {
        return None;
    }
    let (name, value) = text.split_once(':')?;
    let (name, value) = (name.trim().to_ascii_lowercase(), value.trim().to_ascii_lowercase());
    if value.replace(' ', "").contains("!important") {
        return Some("`!important`; put the rule in a later layer".into());
    }
    if let Some((_, logical)) = PHYSICAL.iter().find(|(physical, _)| *physical == name) {
        return Some(format!("`{name}` is physical; `{logical}` follows the text"));
    }
    let names_side = |text: &str| text.split(['-', ' ']).any(|word| ["left", "right", "top", "bottom"].contains(&word));
    let is_sided_name = FAMILIES.iter().any(|family| name.starts_with(family)) && names_side(&name);
    let is_sided_value = SIDED_VALUES.contains(&name.as_str()) && names_side(&value);
    if is_sided_name || is_sided_value {
        return Some(format!(
            "`{name}: {value}` names a side of the screen; sides of the text are `inline` and `block`, `start` and `end`"
        ));
    }
    None
}

/// What stands between `{`, `}` and `;`: a declaration, a selector or an at-rule.
#[derive(Debug)]
struct Statement {
    /// Where it begins, from 1.
    line: usize,
    text: String,
    is_declaration: bool,
}

/// Splits a sheet, leaving out comments; strings stay whole, since addresses in them have semicolons.
fn statements(sheet: &str) -> Vec<Statement> {
    let mut statements = Vec::new();
    let mut text = String::new();
    let (mut line, mut start) = (1, 1);
    let mut chars = sheet.chars().peekable();
    let mut quote = None;
    let mut n_parens = 0usize;
    while let Some(c) = chars.next() {
        if text.trim().is_empty() {
            start = line;
        }
        if c == '\n' {
            line += 1;
        }
        if quote.is_none() && c == '/' && chars.peek() == Some(&'*') {
            let mut last = ' ';
            chars.next();
            for c in chars.by_ref() {
                if c == '\n' {
                    line += 1;
                }
                if last == '*' && c == '/' {
                    break;
                }
                last = c;
            }
            continue;
        }
        match c {
            '"' | '\'' if quote == Some(c) => quote = None,
            '"' | '\'' if quote.is_none() => quote = Some(c),
            '(' if quote.is_none() => n_parens += 1,
            ')' if quote.is_none() => n_parens = n_parens.saturating_sub(1),
            '{' | '}' | ';' if quote.is_none() && n_parens == 0 => {
                let text = std::mem::take(&mut text);
                statements.push(Statement { line: start, text, is_declaration: c != '{' });
                continue;
            }
            _ => {}
        }
        text.push(c);
    }
    statements
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_lines(sheet: &str, expected: &[usize]) {
        let findings = check("style/a.css", sheet);
        assert_eq!(findings.iter().map(|finding| finding.line).collect::<Vec<_>>(), expected, "{findings:?}");
    }

    #[test]
    fn logical_sheet_passes() {
        check_lines(
            "@layer reset, base;
@layer base {
  .a:hover { margin-inline-start: 1em; padding-block: 0; inset-inline: 0; max-inline-size: 36em; text-align: start; border-radius: 2px }
  @media (min-width: 40em) and (max-height: 20em) { .a { border-inline-start: 1px solid } }
  .left, .top > .right { --left: 1px; background-position: top; transform-origin: left }
  .b { background: url(\"data:image/svg+xml;width:1;left:2\"); transition: inline-size 1s; content: 'left: 1' }
  .c { background: url(data:image/png;base64,AA==); grid-template-areas: \"top left\" }
}",
            &[],
        );
    }

    #[test]
    fn physical_properties_are_named_by_line() {
        check_lines(".a {\n  margin-left: 1em;\n  color: red;\n  Padding-Top: 0\n}", &[2, 4]);
        check_lines(".a { left: 0 }\n.b { width: 1em; height: 1em }\n.c { border-bottom: 0 }", &[1, 2, 2, 3]);
        check_lines(".a { border-top-left-radius: 0 } .b { scroll-margin-top: 1em } .c { text-align: right } .d { float: left }", &[1; 4]);
    }

    #[test]
    fn important_and_import_are_refused() {
        check_lines("@import url(\"x.css\");\n.a { color: red !important; }\n.b { color: red ! important }", &[1, 2, 3]);
    }

    #[test]
    fn comments_do_not_count_but_their_lines_do() {
        check_lines("/* left: 1px;\n * !important */\n.a { /* x */ top: 0; }", &[3]);
        check_lines(".a { color: red; /* margin-left: 0; */ }", &[]);
    }

    #[test]
    fn declarations_in_nested_rules_are_found() {
        check_lines("@layer a {\n@media print {\n.b { right: 0 }\n}\n}", &[3]);
    }
}
