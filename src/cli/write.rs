//! Putting new content into a file, all of it or nothing.

use std::fs::{self, Metadata};
use std::io::{self, Write};
use std::path::Path;

use tempfile::NamedTempFile;

use crate::discover::plain_error;

/// Replaces the content of the file at `path` by `bytes`.
///
/// The new content is written beside the file and then takes its name, so that nobody ever sees half of it. A symbolic link
/// stays one: the file it leads to is replaced. Permissions stay, and the owner where that is allowed; other hard links to
/// the file keep the old content.
///
/// # Errors
/// If there is no such file, it is read-only, or its folder cannot be written. Then everything is as it was.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let path = fs::canonicalize(path)?;
    let metadata = fs::metadata(&path)?;
    if !metadata.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "not a regular file"));
    }
    // Renaming would not mind, but whoever took the right to write away did not want this.
    if metadata.permissions().readonly() {
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, "the file is read-only"));
    }
    let folder = path.parent().ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "a file without a folder"))?;
    // Dropped on the way out, it is removed.
    let mut beside = NamedTempFile::new_in(folder)?;
    beside.write_all(bytes)?;
    keep_owner(&beside, &metadata);
    beside.as_file().set_permissions(metadata.permissions())?;
    beside.persist(&path).map_err(|error| error.error)?;
    Ok(())
}

/// Makes `bytes` the content of the file at `path`, which need not be there.
///
/// # Errors
/// If it cannot be written. Then everything is as it was, unless `path` is a device or a pipe.
pub fn put(path: &Path, bytes: &[u8]) -> io::Result<()> {
    match fs::metadata(path) {
        Ok(data) if data.is_file() => replace(path, bytes),
        Ok(data) if data.is_dir() => Err(io::Error::new(io::ErrorKind::IsADirectory, "it is a folder")),
        // A device or a pipe.
        Ok(_) => fs::OpenOptions::new().write(true).open(path)?.write_all(bytes),
        Err(_) => {
            let mut beside = new_file(folder_of(path))?;
            beside.write_all(bytes)?;
            beside.persist(path).map_err(|error| error.error)?;
            Ok(())
        }
    }
}

/// Says that the file at `path` could not be written, why, and what to do about it; `shown` is its name as people see it.
pub fn refusal(path: &Path, shown: &str, error: &io::Error) -> String {
    format!("cannot write `{shown}`: {}", reason(path, error))
}

/// Why the file at `path` could not be written, and what to do about it.
pub fn reason(path: &Path, error: &io::Error) -> String {
    use io::ErrorKind as Kind;
    let folder = folder_of(path);
    if error.kind() == Kind::NotFound && !folder.exists() {
        return format!("there is no folder `{}`; make it first", folder.display());
    }
    let advice = match error.kind() {
        Kind::StorageFull | Kind::QuotaExceeded | Kind::FileTooLarge => "make room, then run it again",
        Kind::PermissionDenied => "allow writing to the file and its folder, then run it again",
        Kind::ReadOnlyFilesystem | Kind::IsADirectory | Kind::NotADirectory => "name a file that can be written",
        _ => return plain_error(error),
    };
    format!("{}; {advice}", plain_error(error))
}

fn folder_of(file: &Path) -> &Path {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// A file beside the one to be, with the permissions that any new file gets.
fn new_file(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder)
}

#[cfg(unix)]
fn keep_owner(file: &NamedTempFile, metadata: &Metadata) {
    use std::os::unix::fs::{MetadataExt, fchown};
    // Only root may give a file away; for everybody else the owner is the same one, or cannot be kept.
    let _ = fchown(file.as_file(), Some(metadata.uid()), Some(metadata.gid()));
}

#[cfg(not(unix))]
fn keep_owner(_: &NamedTempFile, _: &Metadata) {}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(folder)
            .expect("a folder")
            .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn replaces_and_leaves_nothing_behind() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("a.md");
        fs::write(&file, "old").expect("written");
        replace(&file, b"new \xFF").expect("replaced");
        assert_eq!(fs::read(&file).expect("read"), b"new \xFF");
        assert_eq!(names(folder.path()), ["a.md"]);
    }

    #[test]
    fn makes_no_file_that_was_not_there() {
        let folder = tempfile::tempdir().expect("a folder");
        let error = replace(&folder.path().join("a.md"), b"new").expect_err("no such file");
        assert_eq!(error.kind(), io::ErrorKind::NotFound);
        assert!(replace(folder.path(), b"new").is_err());
        assert!(names(folder.path()).is_empty());
    }

    #[test]
    fn a_read_only_file_stays_as_it_is() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("a.md");
        fs::write(&file, "old").expect("written");
        let mut permissions = fs::metadata(&file).expect("metadata").permissions();
        permissions.set_readonly(true);
        fs::set_permissions(&file, permissions).expect("set");
        let error = replace(&file, b"new").expect_err("read-only");
        assert_eq!(error.kind(), io::ErrorKind::PermissionDenied);
        assert_eq!(fs::read(&file).expect("read"), b"old");
        assert_eq!(names(folder.path()), ["a.md"]);
    }

    #[cfg(unix)]
    #[test]
    fn permissions_and_symbolic_links_stay() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().expect("a folder");
        let (file, link) = (folder.path().join("real/a.md"), folder.path().join("link.md"));
        fs::create_dir(folder.path().join("real")).expect("made");
        fs::write(&file, "old").expect("written");
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).expect("set");
        symlink("real/a.md", &link).expect("linked");

        replace(&link, b"new").expect("replaced");
        assert_eq!(fs::read(&file).expect("read"), b"new");
        assert_eq!(fs::metadata(&file).expect("metadata").permissions().mode() & 0o777, 0o640);
        assert!(fs::symlink_metadata(&link).expect("metadata").is_symlink());
        assert_eq!(names(&folder.path().join("real")), ["a.md"]);
        assert_eq!(names(folder.path()), ["link.md", "real"]);
    }
}
