//! The site, served while one works on it or built as plain files. trunk does both; this module gives it its tools and options.

use std::{
    env,
    ffi::{OsStr, OsString},
    fs,
    fs::File,
    io::ErrorKind,
    net::{Ipv4Addr, TcpListener},
    path::{Path, PathBuf},
    process::Command,
    time::SystemTime,
};

use anyhow::{Context, Result, bail};

use crate::{
    args::{BuildOptions, ServeOptions},
    large,
    process::{command, run},
    project::{Project, display},
    tools::{Need, Toolbox},
};

/// What `trunk serve` watches; `Trunk.toml` says the same for trunk on its own (a test compares them).
const WATCHED: [&str; 6] = ["index.html", "src", "style", "stories", "crates", "Cargo.toml"];

/// What a built site depends on beside [`WATCHED`]. `public/data` is made from it, so it is left out.
const ALSO_BUILT_FROM: [&str; 5] = ["Cargo.lock", "Trunk.toml", "rust-toolchain.toml", "public", "prerender"];

/// Stories from which on the programs that publish them are optimised.
const LARGE: usize = 1000;

/// The port to begin looking at.
const FIRST_PORT: u16 = 8080;

/// `cargo xtask serve`. Does not return while the server runs.
pub(crate) fn serve(project: &Project, options: &ServeOptions) -> Result<()> {
    let corpus = options.corpus.as_deref().map(absolute_folder).transpose()?;
    let toolbox = prepare(project, options.release)?;
    let port = free_port(options.port)?;
    let mut trunk = toolbox.trunk()?;
    // One address, because that is the one whose port was looked at.
    trunk.env_remove("STORY_HOME_SPLIT");
    trunk.current_dir(&project.root).args(["serve", "--address", "127.0.0.1", "--port", &port.to_string()]);
    if options.release {
        trunk.arg("--release");
    }
    if let Some(corpus) = &corpus {
        for path in WATCHED {
            trunk.args(["--watch", path]);
        }
        trunk.arg("--watch").arg(corpus);
    }
    set_site_vars(&mut trunk, corpus.as_deref(), None, None);
    println!("The archive will be at http://127.0.0.1:{port}/ when trunk says \"success\" (cold: 2 to 5 minutes). Ctrl-C ends it.");
    become_process(trunk)
}

/// `cargo xtask build`.
pub(crate) fn build(project: &Project, options: &BuildOptions) -> Result<()> {
    let corpus = options.corpus.as_deref().map(absolute_folder).transpose()?;
    let out = match &options.out {
        Some(dir) => env::current_dir().context("reading the current folder")?.join(dir),
        None => project.root.join("dist"),
    };
    let toolbox = prepare(project, options.release)?;
    let base = options.base.as_ref().map(|base| base.as_str());
    let font = if options.web_font { Some(Toolbox::prepare(project, &[Need::WebFont])?.web_font()?) } else { None };
    let bundled = Bundle { release: options.release, out: &out, corpus: corpus.as_deref(), base, font: font.as_deref() };
    bundle(project, &toolbox, &bundled)?;
    println!("The site is in {}", display(&out, &project.root));
    Ok(())
}

/// The release site that tests look at, built into [`Project::test_site`].
pub(crate) fn build_for_tests(project: &Project, toolbox: &Toolbox) -> Result<()> {
    let started = project.target.join("site.started");
    fs::create_dir_all(&project.target).with_context(|| format!("making {}", project.target.display()))?;
    File::create(&started).with_context(|| format!("writing {}", started.display()))?;
    // Named, so that the caller's STORY_HOME_CORPUS does not change what is tested.
    let corpus = project.root.join("stories");
    bundle(project, toolbox, &Bundle { release: true, out: &project.test_site(), corpus: Some(&corpus), base: None, font: None })?;
    large::build(project)?;
    // Renamed, so that its time is that of the beginning: what was saved during the build is newer.
    fs::rename(&started, stamp(project)).context("noting when the site was built")
}

/// The release site as the sources are now, or the one that the caller names.
pub(crate) fn built_site(project: &Project, named: Option<&Path>) -> Result<PathBuf> {
    if let Some(dir) = named {
        let dir = fs::canonicalize(dir).with_context(|| format!("--site {}", dir.display()))?;
        return if dir.join("index.html").is_file() { Ok(dir) } else { bail!("--site {} has no index.html", dir.display()) };
    }
    if !is_test_site_current(project) {
        println!("Building the site first …");
        build_for_tests(project, &Toolbox::prepare(project, &[Need::Bundler, Need::WasmOpt])?)?;
    }
    Ok(project.test_site())
}

/// Whether the release site for tests is there and nothing that it is made from has changed since.
pub(crate) fn is_test_site_current(project: &Project) -> bool {
    let sources: Vec<&str> = WATCHED.iter().chain(&ALSO_BUILT_FROM).copied().collect();
    project.test_site().join("index.html").is_file() && is_newer_than(project, &stamp(project), &sources)
}

/// Whether `stamp` is there and nothing below these sources has changed since.
pub(crate) fn is_newer_than(project: &Project, stamp: &Path, sources: &[&str]) -> bool {
    let Ok(made) = fs::metadata(stamp).and_then(|meta| meta.modified()) else { return false };
    let mut sources = sources.iter().map(|path| project.root.join(path));
    sources.all(|path| newest_below(&path, &project.root.join("public/data")).is_ok_and(|time| time <= made))
}

struct Bundle<'a> {
    release: bool,
    out: &'a Path,
    corpus: Option<&'a Path>,
    base: Option<&'a str>,
    font: Option<&'a Path>,
}

/// In development trunk's own output is the site. A release goes on: its output is the app that `story-home build` publishes.
fn bundle(project: &Project, toolbox: &Toolbox, bundle: &Bundle) -> Result<()> {
    if !may_be_replaced(bundle.out)? {
        bail!("{} holds something that is no built site, and a build replaces all of it; choose another --out", bundle.out.display());
    }
    let app = if bundle.release { project.target.join("app") } else { bundle.out.to_owned() };
    run_trunk(project, toolbox, bundle, &app)?;
    if bundle.release { publish(project, bundle, &app) } else { Ok(()) }
}

/// The release app alone, for `dist`. Returns its folder; the bundled stories' data lie in it too.
pub(crate) fn build_app(project: &Project) -> Result<PathBuf> {
    let toolbox = prepare(project, true)?;
    let app = project.target.join("app");
    let corpus = project.root.join("stories");
    run_trunk(project, &toolbox, &Bundle { release: true, out: &app, corpus: Some(&corpus), base: None, font: None }, &app)?;
    Ok(app)
}

fn run_trunk(project: &Project, toolbox: &Toolbox, bundle: &Bundle, app: &Path) -> Result<()> {
    let mut trunk = toolbox.trunk()?;
    trunk.current_dir(&project.root).args(["build", "--dist"]).arg(app);
    if bundle.release {
        trunk.args(["--release", "--features", "split"]).env("STORY_HOME_SPLIT", "1");
    } else {
        trunk.env_remove("STORY_HOME_SPLIT");
    }
    set_site_vars(&mut trunk, bundle.corpus, bundle.base, bundle.font);
    run(&mut trunk)
}

/// Has the pages rendered by the app's own components, and everything put together. The renderer is built by a cargo invocation of its own,
/// because its features must not meet those of the app.
fn publish(project: &Project, bundle: &Bundle, app: &Path) -> Result<()> {
    let stories = bundle.corpus.map_or_else(|| project.root.join("stories"), Path::to_owned);
    // Optimised programs take minutes to compile, which few stories are not worth.
    let is_large = fs::read_dir(&stories).is_ok_and(|entries| LARGE <= entries.count());
    let (profile, folder): (&[&str], _) = if is_large { (&["--release"], "release") } else { (&[], "debug") };
    let mut build = command("cargo");
    build.current_dir(&project.root).args(["build", "--quiet"]).args(profile).args(renderer(project));
    run(&mut build).context("building the renderer of pages")?;
    let mut cli = command("cargo");
    cli.current_dir(&project.root).args(["run", "--quiet", "--package", "story-home-cli"]).args(profile);
    cli.args(["--", "build", "--app"]).arg(app);
    cli.arg("--prerender").arg(renderer_target(project).join(folder).join("story-home-prerender"));
    // trunk's hook has built the data; the stories' folder says where the site will be.
    cli.arg("--data").arg(app.join("data")).arg("--stories").arg(stories).arg("--out").arg(bundle.out);
    if let Some(base) = bundle.base {
        cli.args(["--base", base]);
    }
    run(&mut cli).context("publishing the site")
}

/// What tells cargo to work on the renderer of pages, which is a workspace of its own.
pub(crate) fn renderer(project: &Project) -> [OsString; 5] {
    let manifest = project.root.join("prerender/Cargo.toml").into_os_string();
    ["--locked".into(), "--manifest-path".into(), manifest, "--target-dir".into(), renderer_target(project).into_os_string()]
}

pub(crate) fn renderer_target(project: &Project) -> PathBuf {
    project.target.join("prerender")
}

/// The tools for a build. The optimiser is fetched for development too, so that `trunk build --release` works afterwards, but its
/// lack stops only release builds.
fn prepare(project: &Project, release: bool) -> Result<Toolbox> {
    let all = Toolbox::prepare(project, &[Need::Bundler, Need::WasmOpt]);
    if release {
        return all;
    }
    all.or_else(|error| {
        let toolbox = Toolbox::prepare(project, &[Need::Bundler])?;
        println!("note: only release builds need what is missing here: {error:#}");
        Ok(toolbox)
    })
}

/// Hands the hooks what they need, and nothing left over from the caller's shell.
fn set_site_vars(trunk: &mut Command, corpus: Option<&Path>, base: Option<&str>, font: Option<&Path>) {
    if let Some(corpus) = corpus {
        trunk.env("STORY_HOME_CORPUS", corpus);
    }
    for (name, value) in [("STORY_HOME_BASE", base.map(OsStr::new)), ("STORY_HOME_FONT", font.map(Path::as_os_str))] {
        match value {
            Some(value) => trunk.env(name, value),
            None => trunk.env_remove(name),
        };
    }
}

fn absolute_folder(dir: &Path) -> Result<PathBuf> {
    let dir = fs::canonicalize(dir).with_context(|| format!("--corpus {}", dir.display()))?;
    if !dir.is_dir() {
        bail!("--corpus {} is no folder", dir.display());
    }
    Ok(dir)
}

/// trunk empties the folder that it builds into.
fn may_be_replaced(dir: &Path) -> Result<bool> {
    match fs::read_dir(dir) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(true),
        Err(error) => Err(error).with_context(|| format!("reading {}", dir.display())),
        Ok(mut entries) => Ok(entries.next().is_none() || is_site(dir) || dir.join(".stage").is_dir()),
    }
}

fn is_site(dir: &Path) -> bool {
    dir.join("index.html").is_file() && dir.join("404.html").is_file()
}

fn free_port(wanted: Option<u16>) -> Result<u16> {
    let is_free = |port: u16| TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok();
    match wanted {
        Some(port) if is_free(port) => Ok(port),
        Some(port) => bail!("port {port} is taken; choose another --port, or leave it out for the next free one"),
        None => {
            (FIRST_PORT..FIRST_PORT + 100).find(|port| is_free(*port)).context("no free port between 8080 and 8179; choose one with --port")
        }
    }
}

/// Lets `command` take this process' place, so that Ctrl-C and the exit code are its own.
#[cfg(unix)]
fn become_process(mut command: Command) -> Result<()> {
    use std::os::unix::process::CommandExt;
    Err(command.exec()).context("starting trunk")
}

#[cfg(not(unix))]
fn become_process(mut command: Command) -> Result<()> {
    run(&mut command)
}

fn stamp(project: &Project) -> PathBuf {
    project.target.join("site.stamp")
}

/// When `path`, or anything below it but `except`, was last changed. Folders count: they change when a file goes.
fn newest_below(path: &Path, except: &Path) -> std::io::Result<SystemTime> {
    let meta = fs::metadata(path)?;
    let mut newest = meta.modified()?;
    // `public` itself changes when `public/data` is made.
    if path == except || except.parent() == Some(path) {
        newest = SystemTime::UNIX_EPOCH;
    }
    if meta.is_dir() && path != except {
        for entry in fs::read_dir(path)? {
            newest = newest.max(newest_below(&entry?.path(), except)?);
        }
    }
    Ok(newest)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::time::Duration;

    use super::*;

    #[test]
    fn trunk_toml_watches_the_same() {
        let config = include_str!("../../Trunk.toml");
        let list = WATCHED.map(|path| format!("\"{path}\"")).join(", ");
        assert!(config.contains(&format!("watch = [{list}]")), "Trunk.toml [watch]");
    }

    #[test]
    fn taken_port_is_refused_by_name_and_passed_over_otherwise() {
        let holder = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let taken = holder.local_addr().unwrap().port();
        let message = free_port(Some(taken)).unwrap_err().to_string();
        assert!(message.contains(&taken.to_string()), "{message}");
        assert_ne!(free_port(None).unwrap(), taken);
    }

    #[test]
    fn only_sites_and_empty_folders_are_replaced() {
        let dir = tempfile::tempdir().unwrap();
        assert!(may_be_replaced(&dir.path().join("new")).unwrap());
        assert!(may_be_replaced(dir.path()).unwrap());
        fs::write(dir.path().join("index.html"), "mine").unwrap();
        assert!(!may_be_replaced(dir.path()).unwrap());
        fs::write(dir.path().join("404.html"), "").unwrap();
        assert!(may_be_replaced(dir.path()).unwrap());
        assert!(may_be_replaced(&dir.path().join("index.html")).is_err());
    }

    fn set_time(path: &Path, seconds: u64) {
        let time = SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
        File::open(path).unwrap().set_modified(time).unwrap();
    }

    #[test]
    fn site_is_current_until_a_source_changes() {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path().join("checkout");
        let project = Project { root: root.clone(), target: dir.path().join("target"), cache: PathBuf::new() };
        for folder in ["src", "style", "stories", "crates", "prerender", "public/data"] {
            fs::create_dir_all(root.join(folder)).unwrap();
        }
        for file in ["index.html", "Cargo.toml", "Cargo.lock", "Trunk.toml", "rust-toolchain.toml", "src/main.rs"] {
            fs::write(root.join(file), "").unwrap();
        }
        assert!(!is_test_site_current(&project), "nothing built");
        fs::create_dir_all(project.test_site()).unwrap();
        fs::write(project.test_site().join("index.html"), "").unwrap();
        File::create(stamp(&project)).unwrap();
        let now = fs::metadata(stamp(&project)).unwrap().modified().unwrap();
        let later = now.duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs() + 60;
        assert!(is_test_site_current(&project));
        set_time(&root.join("public/data"), later);
        assert!(is_test_site_current(&project), "made, not a source");
        set_time(&root.join("src/main.rs"), later);
        assert!(!is_test_site_current(&project));
    }
}
