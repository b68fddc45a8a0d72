//! The app and the renderer of pages, when this program carries them: `cargo xtask dist` puts them in, so that a publisher needs nothing else.
//!
//! They are unpacked into a folder of this process for as long as a build takes; from there on everything is as if they were named by
//! `--app` and `--prerender`.

use std::{
    env, fs, io,
    path::{Path, PathBuf},
    process::{self, Command, Stdio},
};

use anyhow::{Context, Result, bail};

#[cfg(kit)]
const PACKED: Option<&[u8]> = Some(include_bytes!(env!("STORY_HOME_KIT")));
#[cfg(not(kit))]
const PACKED: Option<&[u8]> = None;

/// The renderer's name in the kit; everything else there lies below `app/`. `xtask/src/dist.rs` says the same.
const RENDERER: &str = "story-home-prerender";

/// Whether this program carries what a site is built with.
pub(crate) const fn is_there() -> bool {
    PACKED.is_some()
}

/// The kit, unpacked. Its folder goes when this does.
pub(crate) struct Kit {
    dir: PathBuf,
}

impl Kit {
    /// Unpacks what the program carries: some 10 MB, a fraction of a second.
    ///
    /// # Errors
    /// If it carries nothing, or the system's temporary folder cannot be written or allows no programs.
    pub(crate) fn unpack() -> Result<Self> {
        let packed = PACKED.context("this program carries no app; name one with --app, or use a release of `cargo xtask dist`")?;
        let kit = Self { dir: own_folder()? };
        put(packed, &kit.dir).with_context(|| format!("unpacking the app into {}", kit.dir.display()))?;
        // As old as the program that carries it: by that a build knows whether the same programs made the last one. Else it makes all anew.
        let age = env::current_exe().and_then(fs::metadata).and_then(|meta| meta.modified());
        let _ = age.and_then(|age| fs::File::options().write(true).open(kit.renderer())?.set_modified(age));
        // Called without arguments it says how it is used; what counts is that it starts. Pipes, because a bare system may lack /dev/null.
        let started = Command::new(kit.renderer()).stdin(Stdio::piped()).output();
        started
            .with_context(|| format!("{} may not be started; set TMPDIR to a folder that programs may run in", kit.renderer().display()))?;
        Ok(kit)
    }

    /// The built app.
    pub(crate) fn app(&self) -> PathBuf {
        self.dir.join("app")
    }

    /// The program that renders pages.
    pub(crate) fn renderer(&self) -> PathBuf {
        self.dir.join(RENDERER)
    }
}

impl Drop for Kit {
    fn drop(&mut self) {
        // What stays behind is the temporary folder's business.
        let _ = fs::remove_dir_all(&self.dir);
    }
}

/// A new folder that nobody else may write into: a program is started from there.
fn own_folder() -> Result<PathBuf> {
    let parent = env::temp_dir();
    // A bare system may not have one yet; whether this has worked shows below.
    let _ = fs::create_dir_all(&parent);
    for n in 0..100_u32 {
        let dir = parent.join(format!("story-home-kit-{}-{n}", process::id()));
        match create_private(&dir) {
            Ok(()) => return Ok(dir),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => {
                return Err(error).with_context(|| format!("making the folder {}; set TMPDIR to one that can be written", dir.display()));
            }
        }
    }
    bail!("{} is full of folders of earlier builds; remove story-home-kit-*", parent.display())
}

fn create_private(dir: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(dir)
}

/// Writes the files of a packed kit: brotli over one file after the other, each as the length of its name, its name, its length, its bytes;
/// lengths are little-endian, of four and eight bytes.
fn put(packed: &[u8], dir: &Path) -> Result<()> {
    let mut bytes = Vec::new();
    brotli::BrotliDecompress(&mut &*packed, &mut bytes).context("this program is damaged")?;
    let mut rest = bytes.as_slice();
    while !rest.is_empty() {
        let (name, content);
        (name, content, rest) = next_file(rest).context("this program is damaged: a file of its kit is cut off")?;
        let path = dir.join(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).with_context(|| format!("making the folder {}", parent.display()))?;
        }
        fs::write(&path, content).with_context(|| format!("writing {}", path.display()))?;
        if name == RENDERER {
            allow_running(&path)?;
        }
    }
    Ok(())
}

/// Name and content of the first file, and what follows.
fn next_file(bytes: &[u8]) -> Option<(&str, &[u8], &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<4>()?;
    let (name, rest) = rest.split_at_checked(usize::try_from(u32::from_le_bytes(*length)).ok()?)?;
    let (length, rest) = rest.split_first_chunk::<8>()?;
    let (content, rest) = rest.split_at_checked(usize::try_from(u64::from_le_bytes(*length)).ok()?)?;
    Some((std::str::from_utf8(name).ok()?, content, rest))
}

#[cfg(unix)]
fn allow_running(path: &Path) -> Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(0o700)).with_context(|| format!("making {} a program", path.display()))
}

#[cfg(not(unix))]
fn allow_running(_: &Path) -> Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::fs;

    use super::{next_file, put};
    use crate::publish::folder::files_below;

    fn file(name: &str, content: &[u8]) -> Vec<u8> {
        let lengths = (u32::try_from(name.len()).unwrap().to_le_bytes(), (content.len() as u64).to_le_bytes());
        [&lengths.0, name.as_bytes(), &lengths.1, content].concat()
    }

    fn packed(bytes: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        brotli::BrotliCompress(&mut &*bytes, &mut out, &brotli::enc::BrotliEncoderParams::default()).unwrap();
        out
    }

    #[test]
    fn every_file_of_a_kit_comes_out() {
        let dir = tempfile::tempdir().unwrap();
        let kit = packed(&[file("app/index.html", b"<p>"), file("app/a/b.js", b""), file("story-home-prerender", b"#!/bin/true")].concat());
        put(&kit, dir.path()).unwrap();
        assert_eq!(files_below(dir.path()), ["app/a/b.js", "app/index.html", "story-home-prerender"]);
        assert_eq!(fs::read(dir.path().join("app/index.html")).unwrap(), b"<p>");
    }

    #[test]
    fn a_damaged_kit_is_refused() {
        let whole = file("app/index.html", b"<p>");
        assert!(next_file(&whole).is_some());
        for end in 1..whole.len() {
            assert!(next_file(&whole[..end]).is_none(), "{end}");
        }
        let dir = tempfile::tempdir().unwrap();
        assert!(put(&packed(&whole[..9]), dir.path()).unwrap_err().to_string().contains("damaged"));
        assert!(put(b"no brotli", dir.path()).is_err());
    }
}
