//! Reading whole files, thousands of them, each with as few calls on the system as will do.

use std::cell::RefCell;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// More than most articles have, in bytes.
const ROOM: usize = 64 * 1024;

thread_local! {
    /// Where each thread reads into: a file need not be asked for its size, nor what is read be moved as it grows.
    static BUFFER: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// The bytes of the file at `path`.
///
/// # Errors
/// If it cannot be opened or read.
pub fn read(path: &Path) -> io::Result<Vec<u8>> {
    let mut file = File::open(path)?;
    BUFFER.with_borrow_mut(|buffer| {
        buffer.resize(ROOM, 0);
        let mut length = 0;
        while length < ROOM {
            match file.read(&mut buffer[length..]) {
                Ok(0) => return Ok(buffer[..length].to_vec()),
                Ok(more) => length += more,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        let mut bytes = buffer.clone();
        file.read_to_end(&mut bytes)?;
        Ok(bytes)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_any_length_are_read_whole() {
        let folder = tempfile::tempdir().expect("a folder");
        for length in [0, 1, ROOM - 1, ROOM, ROOM + 1, 3 * ROOM] {
            let path = folder.path().join(length.to_string());
            let bytes: Vec<u8> = (0..length).map(|at| (at % 251) as u8).collect();
            std::fs::write(&path, &bytes).expect("written");
            assert!(read(&path).expect("read") == bytes, "{length}");
        }
        assert!(read(folder.path()).is_err());
        assert!(read(&folder.path().join("none")).is_err());
    }
}
