//! Pictures of every screen at three widths in two brightnesses, and a page to look through them.
//!
//! `shots SITE OUT [NAME…]`, started by `cargo xtask shots`: all scenes, or those whose name begins with one of the names. [`scene`] says
//! what there is to see, [`keep`] fills a shelf as a reader does, [`still`] waits until a page has come to rest, [`sheet`] writes the page.

mod keep;
mod scene;
mod sheet;
mod still;

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context, Result, bail};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use e2e::{Engine, Visit, archive::Archive, browser::Browser};

use scene::{Picks, SCENES, Scene, Shown};

/// Width and height in CSS pixels: a phone, a tablet upright, a laptop.
pub(crate) const VIEWPORTS: [(u32, u32); 3] = [(360, 740), (768, 1024), (1440, 900)];

/// The brightnesses, as `prefers-color-scheme` has them.
pub(crate) const THEMES: [&str; 2] = ["light", "dark"];

fn main() -> ExitCode {
    let mut arguments = env::args().skip(1);
    let (Some(site), Some(out)) = (arguments.next(), arguments.next()) else {
        eprintln!("usage: shots SITE OUT [NAME…]; run it as `cargo xtask shots`");
        return ExitCode::from(2);
    };
    match run(Path::new(&site), Path::new(&out), &arguments.collect::<Vec<_>>()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(site: &Path, out: &Path, wanted: &[String]) -> Result<()> {
    let scenes: Vec<&Scene> = SCENES.iter().filter(|scene| is_wanted(scene.name, wanted)).collect();
    if scenes.is_empty() {
        bail!("no scene begins like that; there are {}", SCENES.map(|scene| scene.name).join(", "));
    }
    let archive = Archive::read(site).context("the built site has no readable data")?;
    let picks = Picks::of(site, &archive)?;
    fs::create_dir_all(out).with_context(|| format!("making {}", out.display()))?;
    let browser = Browser::start(Engine::Chromium, out)?;
    let visit = Visit::begin(&browser.session, Engine::Chromium, site, "/", &archive)?;
    let camera = Camera { visit: &visit, picks: &picks, out };
    let mut failed = Vec::new();
    let mut shelf_is_full = false;
    for scene in &scenes {
        if scene.of_shelf && !shelf_is_full {
            camera.fill_shelf()?;
            shelf_is_full = true;
        }
        match camera.take(scene) {
            Ok(Shown::Page) => println!("{:<16} {} pictures", scene.name, VIEWPORTS.len() * THEMES.len()),
            Ok(Shown::Nothing(why)) => println!("{:<16} left out: {why}", scene.name),
            // The other scenes can still be looked at.
            Err(error) => {
                println!("{:<16} FAILED: {error:#}", scene.name);
                failed.push(scene.name);
            }
        }
        visit.server.mend();
    }
    sheet::write(out)?;
    if failed.is_empty() { Ok(()) } else { bail!("no or not all pictures of {}", failed.join(", ")) }
}

fn is_wanted(name: &str, wanted: &[String]) -> bool {
    wanted.is_empty() || wanted.iter().any(|start| name.starts_with(start.as_str()))
}

/// Who takes the pictures.
struct Camera<'a> {
    visit: &'a Visit<'a>,
    picks: &'a Picks,
    out: &'a Path,
}

impl Camera<'_> {
    /// All pictures of one scene. A page is opened once a width, because some things are decided when it opens.
    fn take(&self, scene: &Scene) -> Result<Shown> {
        let session = self.visit.page.session();
        for (width, height) in VIEWPORTS {
            session.set_viewport(width, height)?;
            self.prefer("light")?;
            if let Shown::Nothing(why) = (scene.open)(self.visit, self.picks)? {
                return Ok(Shown::Nothing(why));
            }
            for theme in THEMES {
                self.prefer(theme)?;
                still::come_to_rest(session)?;
                self.save(&file_name(scene.name, width, theme), &session.screenshot()?)?;
                if scene.whole {
                    self.save(&file_name(&format!("{}-whole", scene.name), width, theme), &session.whole_page()?)?;
                }
            }
        }
        Ok(Shown::Page)
    }

    fn fill_shelf(&self) -> Result<()> {
        self.visit.page.session().set_viewport(1440, 900)?;
        self.prefer("light")?;
        keep::fill(self.visit, self.picks).context("filling the shelf")
    }

    fn prefer(&self, theme: &str) -> Result<()> {
        // Whoever wants no motion gets none, which is what a picture wants.
        Ok(self.visit.page.session().prefer(&[("prefers-color-scheme", theme), ("prefers-reduced-motion", "reduce")])?)
    }

    fn save(&self, name: &str, picture: &str) -> Result<()> {
        let file: PathBuf = self.out.join(name);
        let bytes = STANDARD.decode(picture).context("reading the picture")?;
        fs::write(&file, bytes).with_context(|| format!("writing {}", file.display()))
    }
}

/// `home-360-light.png`.
pub(crate) fn file_name(scene: &str, width: u32, theme: &str) -> String {
    format!("{scene}-{width}-{theme}.png")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scenes_are_chosen_by_the_beginning_of_their_names() {
        let chosen = |wanted: &[&str]| {
            let wanted: Vec<String> = wanted.iter().map(|word| (*word).to_owned()).collect();
            SCENES.iter().map(|scene| scene.name).filter(|name| is_wanted(name, &wanted)).collect::<Vec<_>>()
        };
        assert_eq!(chosen(&[]).len(), SCENES.len());
        assert_eq!(chosen(&["home", "story-c"]), ["home", "story-code"]);
        assert!(chosen(&["hoem"]).is_empty());
    }

    #[test]
    fn names_of_scenes_tell_them_apart() {
        let mut files: Vec<String> = SCENES.iter().map(|scene| file_name(scene.name, 360, "light")).collect();
        files.sort();
        files.dedup();
        assert_eq!(files.len(), SCENES.len());
    }
}
