//! The contact sheet: one row a scene, one column a width and brightness, each picture a link to itself.

use std::{collections::BTreeSet, fmt::Write as _, fs, path::Path};

use anyhow::{Context, Result};

use crate::{
    THEMES, VIEWPORTS, file_name,
    scene::{SCENES, Scene},
};

const HEAD: &str = r#"<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Story Home: screens</title>
<style>
  body { margin: 1rem; font: 15px/1.5 system-ui, sans-serif; color: #222; background: #888; }
  nav { position: sticky; top: 0; padding: .5rem; background: #eee; z-index: 1; }
  nav a { margin-inline-end: .75rem; }
  h2 { margin: 2rem 0 .5rem; scroll-margin-top: 4rem; }
  .row { display: flex; gap: .75rem; align-items: flex-start; overflow-x: auto; }
  figure { margin: 0; flex: none; }
  img { display: block; height: 420px; max-height: 420px; object-fit: contain; object-position: top; }
  .whole img { height: auto; max-height: none; width: 180px; }
</style>
"#;

/// Writes `index.html` beside the pictures that are there, those of earlier runs included.
pub(crate) fn write(out: &Path) -> Result<()> {
    let entries = fs::read_dir(out).with_context(|| format!("reading {}", out.display()))?;
    let files: BTreeSet<String> = entries.filter_map(|entry| Some(entry.ok()?.file_name().to_string_lossy().into_owned())).collect();
    let page = out.join("index.html");
    fs::write(&page, html(&SCENES, &files)).with_context(|| format!("writing {}", page.display()))?;
    println!("Look through them: {}", page.display());
    Ok(())
}

fn html(scenes: &[Scene], files: &BTreeSet<String>) -> String {
    let mut names: Vec<(String, &str)> = Vec::new();
    for scene in scenes {
        names.push((scene.name.to_owned(), "row"));
        if scene.whole {
            names.push((format!("{}-whole", scene.name), "row whole"));
        }
    }
    let (mut links, mut rows) = (String::new(), String::new());
    for (name, class) in names {
        let pictures = VIEWPORTS.iter().flat_map(|(width, _)| THEMES.map(|theme| (*width, theme, file_name(&name, *width, theme))));
        let pictures: Vec<_> = pictures.filter(|(_, _, file)| files.contains(file)).collect();
        if pictures.is_empty() {
            continue;
        }
        let _ = write!(links, "<a href=\"#{name}\">{name}</a>");
        let _ = write!(rows, "<h2 id=\"{name}\">{name}</h2>\n<div class=\"{class}\">\n");
        for (width, theme, file) in pictures {
            let _ = writeln!(
                rows,
                "<figure><figcaption>{width} {theme}</figcaption><a href=\"{file}\"><img loading=\"lazy\" src=\"{file}\" alt=\"{name} at {width} pixels, {theme}\"></a></figure>"
            );
        }
        rows.push_str("</div>\n");
    }
    format!("{HEAD}<nav>{links}</nav>\n<main>\n{rows}</main>\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheet_shows_the_pictures_that_are_there_in_order() {
        let files = ["unknown-360-dark.png", "home-768-light.png", "home-360-light.png", "home-whole-360-light.png", "other.png"];
        let html = html(&SCENES, &files.map(str::to_owned).into());
        let shown: Vec<&str> = html.split("src=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        assert_eq!(shown, ["home-360-light.png", "home-768-light.png", "home-whole-360-light.png", "unknown-360-dark.png"]);
        assert!(html.contains("<h2 id=\"home-whole\">") && !html.contains("settings"), "{html}");
    }
}
