//! Files on disk: what differs, and writing it so that no reader ever sees half a file.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// The first words of every generated file. Only files that begin so are ever removed.
pub const HEADER: &str = "//! Generated from ";

/// A file as it shall be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// Where.
    pub path: PathBuf,
    /// The whole text.
    pub contents: String,
}

/// How a file on disk differs from what it shall be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Difference {
    /// It is not there.
    Missing,
    /// Its text is another one.
    Changed,
    /// It was generated before and is not any more.
    LeftOver,
}

impl std::fmt::Display for Difference {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Missing => "missing",
            Self::Changed => "changed",
            Self::LeftOver => "left over",
        })
    }
}

/// Why writing is refused or failed.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// A file that nobody generated stands in the way.
    #[error("{} was not generated and is in the way; move it or choose another --out", .0.display())]
    NotOurs(PathBuf),
    /// The file system refused.
    #[error("cannot {action} {}: {source}", path.display())]
    Io {
        /// What was tried: `read`, `write` …
        action: &'static str,
        /// Where.
        path: PathBuf,
        /// Why it failed.
        source: io::Error,
    },
}

fn failed(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> WriteError {
    let path = path.to_owned();
    move |source| WriteError::Io {
        action,
        path,
        source,
    }
}

/// What differs between disk and `targets`; generated files below `folder` that are no targets are
/// left over. Changes nothing.
///
/// # Errors
/// [`WriteError`] when the disk cannot be read, or a hand-written file stands where one shall go.
pub fn differences(
    targets: &[Target],
    folder: &Path,
) -> Result<Vec<(PathBuf, Difference)>, WriteError> {
    let mut found = Vec::new();
    for target in targets {
        match fs::read(&target.path) {
            Ok(bytes) if bytes == target.contents.as_bytes() => {}
            Ok(bytes) => {
                let generated = !target.contents.starts_with(HEADER)
                    || bytes.starts_with(HEADER.as_bytes())
                    || bytes.is_empty();
                if !generated {
                    return Err(WriteError::NotOurs(target.path.clone()));
                }
                found.push((target.path.clone(), Difference::Changed));
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                found.push((target.path.clone(), Difference::Missing));
            }
            Err(error) => return Err(failed("read", &target.path)(error)),
        }
    }
    let wanted: BTreeSet<&Path> = targets.iter().map(|target| target.path.as_path()).collect();
    let mut left = Vec::new();
    generated_below(folder, &mut left)?;
    found.extend(
        left.into_iter()
            .filter(|path| !wanted.contains(path.as_path()))
            .map(|path| (path, Difference::LeftOver)),
    );
    Ok(found)
}

/// Makes the disk as it shall be. Each file is replaced as a whole; one that is right already keeps
/// its modification time.
///
/// # Errors
/// [`WriteError`]; what was replaced before the failure stays, each file whole.
pub fn apply(targets: &[Target], folder: &Path) -> Result<Vec<(PathBuf, Difference)>, WriteError> {
    let found = differences(targets, folder)?;
    for (path, difference) in &found {
        match difference {
            Difference::LeftOver => {
                fs::remove_file(path).map_err(failed("remove", path))?;
                remove_empty(path.parent(), folder);
            }
            Difference::Missing | Difference::Changed => {
                if let Some(target) = targets.iter().find(|target| target.path == *path) {
                    replace(target)?;
                }
            }
        }
    }
    Ok(found)
}

fn replace(target: &Target) -> Result<(), WriteError> {
    let path = target.path.as_path();
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(failed("create", folder))?;
    let mut file = tempfile::Builder::new()
        .prefix(".codegen-")
        .tempfile_in(folder)
        .map_err(failed("write", path))?;
    file.write_all(target.contents.as_bytes())
        .map_err(failed("write", path))?;
    // Temporary files are private to their owner; generated code is as readable as any source.
    if let Some(permissions) = fs::metadata(path)
        .map(|known| known.permissions())
        .ok()
        .or_else(readable)
    {
        file.as_file()
            .set_permissions(permissions)
            .map_err(failed("write", path))?;
    }
    file.as_file().sync_all().map_err(failed("write", path))?;
    file.persist(path)
        .map_err(|error| failed("replace", path)(error.error))?;
    Ok(())
}

/// What a new file is readable as, where the system knows modes.
#[cfg(unix)]
#[expect(clippy::unnecessary_wraps, reason = "other systems have no modes")]
fn readable() -> Option<fs::Permissions> {
    use std::os::unix::fs::PermissionsExt as _;
    Some(fs::Permissions::from_mode(0o644))
}

/// Where there are no modes, a new file is as readable as its folder says.
#[cfg(not(unix))]
fn readable() -> Option<fs::Permissions> {
    None
}

/// Rust files below `folder` that carry the header.
fn generated_below(folder: &Path, found: &mut Vec<PathBuf>) -> Result<(), WriteError> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(failed("read", folder)(error)),
    };
    let mut paths: Vec<PathBuf> = Vec::new();
    for entry in entries {
        paths.push(entry.map_err(failed("read", folder))?.path());
    }
    paths.sort();
    for path in paths {
        // Links are not followed: what they lead to is not ours to remove.
        let kind = fs::symlink_metadata(&path).map_err(failed("read", &path))?;
        if kind.is_dir() {
            generated_below(&path, found)?;
        } else if kind.is_file() && path.extension().is_some_and(|end| end == "rs") {
            let bytes = fs::read(&path).map_err(failed("read", &path))?;
            if bytes.starts_with(HEADER.as_bytes()) {
                found.push(path);
            }
        }
    }
    Ok(())
}

/// Removes folders that became empty, up to `root`.
fn remove_empty(folder: Option<&Path>, root: &Path) {
    let mut at = folder;
    while let Some(folder) = at.filter(|folder| *folder != root && folder.starts_with(root)) {
        // Fails, as it should, when something is left inside.
        if fs::remove_dir(folder).is_err() {
            return;
        }
        at = folder.parent();
    }
}
