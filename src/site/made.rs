//! What rules make of all articles together, each such thing once.

use std::any::{Any, TypeId};
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use rustc_hash::FxHashMap;

use super::Site;

/// What was made of all articles, by its type and the settings that it was made for.
#[derive(Default)]
pub(super) struct Made(Mutex<FxHashMap<(TypeId, String), Arc<dyn Any + Send + Sync>>>);

impl fmt::Debug for Made {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Made")
    }
}

impl Site {
    /// What `make` makes of all articles, made once for all who ask for the same type with the same `settings`. `make` must
    /// not ask for such a thing itself.
    pub fn once<T: Send + Sync + 'static>(&self, settings: &str, make: impl FnOnce() -> T) -> Arc<T> {
        let key = (TypeId::of::<T>(), settings.to_owned());
        // Pages are asked for by whatever is made; nothing may wait for another thread while the lock is held.
        self.pages();
        let mut made = self.made.0.lock().unwrap_or_else(PoisonError::into_inner);
        let one = Arc::clone(made.entry(key).or_insert_with(|| Arc::new(make())));
        drop(made);
        one.downcast().expect("it is found by its type")
    }
}
