//! Which files of a folder or zip are stories: the layouts of Jekyll, Hugo, Hexo, Gatsby and Zola, and plain folders of files.

use crate::format::extension;

/// What a file of a folder is to the importer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// To be read.
    Story,
    /// In a folder of drafts: reported, not read.
    Draft,
    /// A page of the site itself, such as a list of a section: reported, not read.
    Page,
    /// Anything else: themes, scripts, pictures.
    Other,
}

/// Folders of a site that hold no stories.
const NOT_STORIES: [&str; 21] = [
    ".git",
    ".github",
    "node_modules",
    "_site",
    "public",
    "resources",
    "themes",
    "layouts",
    "_layouts",
    "_includes",
    "templates",
    "archetypes",
    "scaffolds",
    "static",
    "assets",
    "_sass",
    "_data",
    "sass",
    "vendor",
    "__MACOSX",
    ".cache",
];

/// Names of files that describe a repository.
const ABOUT: [&str; 7] = ["readme", "license", "changelog", "contributing", "code_of_conduct", "security", "404"];

/// The role of a file by its path below the folder, with slashes.
pub fn role(path: &str) -> Role {
    let mut folders: Vec<&str> = path.split('/').collect();
    let name = folders.pop().unwrap_or_default();
    if name.starts_with('.') || folders.iter().any(|folder| NOT_STORIES.contains(folder) || (folder.starts_with('.') && folder.len() > 2)) {
        return Role::Other;
    }
    if !matches!(extension(name).as_str(), "md" | "markdown" | "mdx" | "mkd" | "html" | "htm") {
        return Role::Other;
    }
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_lowercase();
    if folders.iter().any(|folder| matches!(*folder, "_drafts" | "drafts")) {
        Role::Draft
    } else if stem == "_index" || ABOUT.contains(&stem.as_str()) || (stem == "index" && folders.len() < 2) {
        Role::Page
    } else {
        Role::Story
    }
}

/// The name that a path gives its story: without extension, date and `index`.
pub(crate) fn story_name(path: &str) -> String {
    let mut parts: Vec<&str> = path.split(['/', '\\']).collect();
    let name = parts.pop().unwrap_or_default();
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    // `post.ko.md` is a translation.
    let stem = match stem.rsplit_once('.') {
        Some((before, lang)) if lang.len() == 2 && lang.bytes().all(|byte| byte.is_ascii_lowercase()) => before,
        _ => stem,
    };
    let stem = if stem.eq_ignore_ascii_case("index") { parts.pop().unwrap_or(stem) } else { stem };
    dated(stem).map_or(stem, |(_, rest)| rest).to_owned()
}

/// The date before a name, `2020-03-03-name`, and what follows.
pub(crate) fn dated(stem: &str) -> Option<(String, &str)> {
    let date = crate::date::parse(stem.get(..10)?)?;
    let rest = stem.get(10..)?.strip_prefix(['-', '_', ' '])?;
    (!rest.is_empty() && stem.get(..10) == Some(date.as_str())).then_some((date, rest))
}

#[cfg(test)]
mod tests {
    use super::{Role, role, story_name};

    #[test]
    fn posts_are_told_from_the_site_around_them() {
        for path in
            ["_posts/2020-03-03-a.md", "content/posts/a/index.md", "source/_posts/a.md", "a.markdown", "content/blog/b.mdx", "x/c.html"]
        {
            assert_eq!(role(path), Role::Story, "{path}");
        }
        for path in ["_drafts/a.md", "source/_drafts/b.md"] {
            assert_eq!(role(path), Role::Draft, "{path}");
        }
        for path in ["README.md", "content/_index.md", "index.html", "content/index.md"] {
            assert_eq!(role(path), Role::Page, "{path}");
        }
        for path in ["_layouts/post.html", "themes/x/README.md", "a.png", ".github/a.md", "node_modules/x/y.md", "__MACOSX/._a.md"] {
            assert_eq!(role(path), Role::Other, "{path}");
        }
    }

    #[test]
    fn names_lose_dates_and_index() {
        assert_eq!(story_name("_posts/2020-03-03-kafka-모니터링.md"), "kafka-모니터링");
        assert_eq!(story_name("content/blog/hello/index.md"), "hello");
        assert_eq!(story_name("content/hello.ko.md"), "hello");
        assert_eq!(story_name("2020-13-03-a.md"), "2020-13-03-a");
    }
}
