//! The start tags of a page that a build of ours has written: enough to find its links and scripts, no more.

/// A start tag.
pub(crate) struct Tag<'a> {
    /// In lower case, as written.
    pub(crate) name: &'a str,
    attributes: &'a str,
    /// Where it begins.
    pub(crate) start: usize,
    /// Where what follows it begins.
    pub(crate) end: usize,
}

impl<'a> Tag<'a> {
    /// The value of an attribute, quoted or not.
    pub(crate) fn attribute(&self, key: &str) -> Option<&'a str> {
        let mut rest = self.attributes.trim_start();
        while !rest.is_empty() {
            let name_end = rest.find(|c: char| c == '=' || c.is_whitespace()).unwrap_or(rest.len());
            let (name, after) = rest.split_at(name_end);
            let (value, after) = match after.strip_prefix('=') {
                None => ("", after),
                Some(after) => match after.chars().next().filter(|quote| matches!(quote, '"' | '\'')) {
                    Some(quote) => after.get(1..)?.split_once(quote)?,
                    None => after.split_at(after.find(char::is_whitespace).unwrap_or(after.len())),
                },
            };
            if name == key {
                return Some(value);
            }
            rest = after.trim_start();
        }
        None
    }
}

/// The start tags of a page whose comments hold none. What a script says is not looked at.
pub(crate) fn tags(html: &str) -> impl Iterator<Item = Tag<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let start = at + html.get(at..)?.find('<')?;
            let inner = html.get(start + 1..)?;
            if inner.starts_with("!--") {
                at = start + inner.find("-->")?;
                continue;
            }
            let length = length_of(inner)?;
            at = start + 1 + length + 1;
            let inner = inner.get(..length)?.trim_end_matches('/');
            if !inner.starts_with(|c: char| c.is_ascii_alphabetic()) {
                continue;
            }
            let (name, attributes) = inner.split_at(inner.find(char::is_whitespace).unwrap_or(inner.len()));
            let end = at;
            if name == "script" {
                at += html.get(at..)?.find("</script")?;
            }
            return Some(Tag { name, attributes, start, end });
        }
    })
}

/// How much stands before the `>` that ends a tag: one in quotes does not.
fn length_of(inner: &str) -> Option<usize> {
    let mut quote = None;
    let mut before = ' ';
    for (at, c) in inner.char_indices() {
        match quote {
            Some(open) if c == open => quote = None,
            Some(_) => {}
            None if c == '>' => return Some(at),
            None if before == '=' && matches!(c, '"' | '\'') => quote = Some(c),
            None => {}
        }
        before = c;
    }
    None
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::tags;

    #[test]
    fn attributes_are_read_with_and_without_quotes() {
        let page = "<!-- <a href=no> --><link rel=stylesheet href=./a.css><img alt='a b' src=\"x>y.png\" hidden><script>if (1 <a) {}</script><a  href = >";
        let found: Vec<_> = tags(page).map(|tag| (tag.name, tag.attribute("href").or(tag.attribute("src")))).collect();
        assert_eq!(found[0], ("link", Some("./a.css")));
        assert_eq!(found.iter().map(|(name, _)| *name).collect::<Vec<_>>(), ["link", "img", "script", "a"]);
        let alt = tags(page).nth(1).unwrap();
        assert_eq!((alt.attribute("alt"), alt.attribute("hidden"), alt.attribute("lang")), (Some("a b"), Some(""), None));
    }
}
