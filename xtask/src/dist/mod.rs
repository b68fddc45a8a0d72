//! `cargo xtask dist`: one program that a publisher needs. The app and the renderer of pages are built first, each by a cargo invocation of its
//! own because their features must not meet, then packed into one file that `crates/cli/build.rs` puts into `story-home`.

mod notices;

use std::{
    env,
    env::consts::{ARCH, EXE_SUFFIX, OS},
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};

use crate::{
    args::DistOptions,
    corpus::files_below,
    process::{command, output, run as run_command},
    project::{Project, display},
    site,
};

/// Names in the kit; `crates/cli/src/kit.rs` says the same.
const APP: &str = "app/";
const RENDERER: &str = "story-home-prerender";

/// How hard brotli works on the kit. 11 saves a twentieth and takes a minute.
const QUALITY: i32 = 9;

/// Licences that go with the program: of its code, and of the typeface that it draws with.
const LICENCES: [(&str, &str); 3] =
    [("LICENSE-MIT", "LICENSE-MIT"), ("LICENSE-APACHE", "LICENSE-APACHE"), ("crates/cli/font/OFL.txt", "LICENSE-FONT")];

/// Makes the program, and the licences beside it.
pub(crate) fn run(project: &Project, options: &DistOptions) -> Result<()> {
    let target = options.target.clone().or_else(portable_target);
    if let Some(target) = &target {
        add_target(project, target)?;
    }
    println!("The app: 2 to 5 minutes when it has changed …");
    let app = site::build_app(project)?;
    println!("The renderer of pages: 2 to 5 minutes the first time …");
    let mut renderer = cargo_rustc(project, target.as_deref());
    run_command(renderer.args(site::renderer(project)).args(STRIPPED)).context("building the renderer of pages")?;
    let kit = project.target.join("kit.br");
    pack(&app, &built(&site::renderer_target(project), target.as_deref(), RENDERER), &kit)?;
    println!("The program itself: 1 to 3 minutes the first time …");
    let mut cli = cargo_rustc(project, target.as_deref());
    cli.args(["--locked", "--package", "story-home-cli", "--bin", "story-home"]).args(STRIPPED);
    run_command(cli.env("STORY_HOME_KIT", &kit)).context("building story-home")?;
    let out = options.out.clone().unwrap_or_else(|| project.target.join("dist"));
    fs::create_dir_all(&out).with_context(|| format!("making the folder {}", out.display()))?;
    let program = out.join(format!("story-home{EXE_SUFFIX}"));
    copy(&built(&project.target, target.as_deref(), "story-home"), &program)?;
    for (from, to) in LICENCES {
        copy(&project.root.join(from), &out.join(to))?;
    }
    let notices = notices::notices(project, target.as_deref())?;
    let path = out.join("LICENSE-THIRD-PARTY");
    fs::write(&path, notices).with_context(|| format!("writing {}", path.display()))?;
    let n_bytes = fs::metadata(&program).with_context(|| format!("reading {}", program.display()))?.len();
    println!("{}: {:.1} MB, needs nothing else", display(&program, &project.root), n_bytes as f64 / 1e6);
    Ok(())
}

/// What the linker is told for the program alone, so that its dependencies are shared with other release builds.
const STRIPPED: [&str; 3] = ["--", "-C", "strip=symbols"];

/// On Linux a program that is linked to nothing runs on every distribution.
fn portable_target() -> Option<String> {
    (OS == "linux").then(|| format!("{ARCH}-unknown-linux-musl"))
}

fn add_target(project: &Project, target: &str) -> Result<()> {
    let sysroot = output(command("rustc").current_dir(&project.root).args(["--print", "sysroot"]))?;
    if Path::new(sysroot.trim()).join("lib/rustlib").join(target).join("lib").is_dir() {
        return Ok(());
    }
    println!("Fetching {target} for the compiler: under a minute …");
    let mut add = command("rustup");
    run_command(add.args(["target", "add", target]).current_dir(&project.root))
        .with_context(|| format!("fetching {target}; name another --target, such as the compiler's own"))
}

/// `cargo rustc --release`, to which a package and flags for it are added.
fn cargo_rustc(project: &Project, target: Option<&str>) -> Command {
    let mut cargo = command("cargo");
    cargo.current_dir(&project.root).args(["rustc", "--quiet", "--release"]);
    if let Some(target) = target {
        cargo.args(["--target", target]);
        for (name, value) in c_compiler(target) {
            if env::var_os(&name).is_none() {
                cargo.env(name, value);
            }
        }
    }
    cargo
}

/// What compiles the allocator, which is the only C in the program: the compiler that links Rust programs on this machine can do it as well, and
/// musl's own is seldom there. Some distributions have theirs call checks that only their own library has.
fn c_compiler(target: &str) -> Vec<(String, &'static str)> {
    if target != format!("{ARCH}-unknown-linux-musl") {
        return Vec::new();
    }
    let target = target.replace('-', "_");
    vec![(format!("CC_{target}"), "cc"), (format!("CFLAGS_{target}"), "-U_FORTIFY_SOURCE -fno-stack-protector")]
}

fn built(target_dir: &Path, target: Option<&str>, name: &str) -> PathBuf {
    let dir = target.map_or_else(|| target_dir.to_owned(), |target| target_dir.join(target));
    dir.join("release").join(format!("{name}{EXE_SUFFIX}"))
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::copy(from, to).map(drop).with_context(|| format!("copying {} to {}", from.display(), to.display()))
}

/// Packs the app, without the data of the stories that it was built with, and the renderer; `kit.rs` describes the format.
fn pack(app: &Path, renderer: &Path, to: &Path) -> Result<()> {
    let mut bytes = Vec::new();
    // In order: the same app gives the same kit.
    for path in files_below(app)? {
        let names = path.iter().map(|name| name.to_str().context("a file of the app has a name that is not text"));
        let name = names.collect::<Result<Vec<_>>>()?.join("/");
        if !name.starts_with("data/") && !name.starts_with(".stage") {
            add(&mut bytes, &format!("{APP}{name}"), &app.join(&path))?;
        }
    }
    add(&mut bytes, RENDERER, renderer)?;
    let params = brotli::enc::BrotliEncoderParams {
        quality: QUALITY,
        lgwin: 24,
        size_hint: bytes.len(),
        ..brotli::enc::BrotliEncoderParams::default()
    };
    let mut packed = Vec::new();
    brotli::BrotliCompress(&mut bytes.as_slice(), &mut packed, &params).context("packing the app")?;
    fs::write(to, packed).with_context(|| format!("writing {}", to.display()))
}

fn add(bytes: &mut Vec<u8>, name: &str, file: &Path) -> Result<()> {
    let content = fs::read(file).with_context(|| format!("reading {}", file.display()))?;
    bytes.extend(u32::try_from(name.len()).context("a file's name is too long")?.to_le_bytes());
    bytes.extend(name.as_bytes());
    bytes.extend((content.len() as u64).to_le_bytes());
    bytes.extend(content);
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::fs;

    use super::pack;

    #[test]
    fn a_kit_holds_app_and_renderer_but_no_stories() {
        let dir = tempfile::tempdir().unwrap();
        let app = dir.path().join("app");
        for (path, text) in [("index.html", "<p>"), ("data/manifest.json", "{}"), ("font/a.css", "a{}")] {
            fs::create_dir_all(app.join(path).parent().unwrap()).unwrap();
            fs::write(app.join(path), text).unwrap();
        }
        let renderer = dir.path().join("renderer");
        fs::write(&renderer, "ELF").unwrap();
        let kit = dir.path().join("kit.br");
        pack(&app, &renderer, &kit).unwrap();
        let mut bytes = Vec::new();
        brotli::BrotliDecompress(&mut fs::read(&kit).unwrap().as_slice(), &mut bytes).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        assert!(text.starts_with("\u{e}\0\0\0app/font/a.css\u{3}\0\0\0\0\0\0\0a{}"), "{text:?}");
        assert!(text.ends_with("\u{14}\0\0\0story-home-prerender\u{3}\0\0\0\0\0\0\0ELF") && !text.contains("manifest"), "{text:?}");
    }
}
