//! The file of the keys: made whole or not at all, on disk before it counts, for its owner alone.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::SecretError;
use super::ring::Ring;

/// Reads the keys at `path`, or makes the first one there.
pub(super) fn load_or_create(path: &Path) -> Result<Ring, SecretError> {
    match load(path) {
        Err(SecretError::File(_, error)) if error.kind() == io::ErrorKind::NotFound => {}
        other => return other,
    }
    match write_new(path, &Ring::random().text()) {
        // Two first starts at once: the file that is there counts.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => load(path),
        Err(error) => Err(SecretError::File(path.to_owned(), error)),
        Ok(()) => load(path),
    }
}

/// Reads the keys at `path`.
pub(super) fn load(path: &Path) -> Result<Ring, SecretError> {
    let at = |error| SecretError::File(path.to_owned(), error);
    if let Some(mode) = exposed(path).map_err(at)? {
        return Err(SecretError::Exposed(path.to_owned(), mode));
    }
    Ring::parse(&fs::read_to_string(path).map_err(at)?)
}

/// Puts `ring` in place of what is at `path`, for the same owner.
pub(super) fn replace(path: &Path, ring: &Ring) -> Result<(), SecretError> {
    let at = |error| SecretError::File(path.to_owned(), error);
    let beside = beside(path);
    // Left over from a change that was cut off before it counted.
    match fs::remove_file(&beside) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(at(error)),
        _ => {}
    }
    write_new(&beside, &ring.text()).map_err(at)?;
    same_owner(path, &beside).map_err(at)?;
    fs::rename(&beside, path).map_err(at)?;
    sync_folder(path).map_err(at)
}

fn beside(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".new");
    name.into()
}

/// Makes a file that isn't there yet, mode 0600, and waits until it and its name are on disk.
fn write_new(path: &Path, text: &str) -> io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    sync_folder(path)
}

/// Gives the new file to the old one's owner and group with its mode: root may change the keys of
/// a portal that runs as somebody else.
#[cfg(unix)]
fn same_owner(old: &Path, new: &Path) -> io::Result<()> {
    use std::os::unix::fs::MetadataExt as _;
    let (was, is) = (fs::metadata(old)?, fs::metadata(new)?);
    if (was.uid(), was.gid()) != (is.uid(), is.gid()) {
        std::os::unix::fs::chown(new, Some(was.uid()), Some(was.gid()))?;
    }
    fs::set_permissions(new, was.permissions())
}

#[cfg(not(unix))]
fn same_owner(_: &Path, _: &Path) -> io::Result<()> {
    Ok(())
}

fn sync_folder(path: &Path) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}

/// The mode of a file or folder that others on the machine can read or change; `None` when it is its owner's
/// alone. Its group counts as others, but may read what only root's group shares out (0640, as
/// container platforms mount secrets).
///
/// # Errors
/// When it can't be looked at.
#[cfg(unix)]
pub fn exposed(path: &Path) -> io::Result<Option<u32>> {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
    let about = fs::metadata(path)?;
    let mode = about.permissions().mode() & 0o777;
    let allowed = if about.uid() == 0 && about.is_file() { 0o740 } else { 0o700 };
    Ok((mode & !allowed != 0).then_some(mode))
}

/// Modes aren't known here.
///
/// # Errors
/// None.
#[cfg(not(unix))]
pub fn exposed(_: &Path) -> io::Result<Option<u32>> {
    Ok(None)
}
