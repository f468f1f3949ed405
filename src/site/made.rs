//! What rules make of all articles together, each such thing once.

use std::any::{Any, TypeId};
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use rustc_hash::FxHashMap;

use super::Site;

/// What was made of all articles, by its type.
#[derive(Default)]
pub(super) struct Made(Mutex<FxHashMap<TypeId, Vec<One>>>);

/// Such a thing.
struct One {
    /// What it was made for.
    settings: Vec<Vec<String>>,
    thing: Arc<dyn Any + Send + Sync>,
}

impl fmt::Debug for Made {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Made")
    }
}

impl Site {
    /// What `make` makes of all articles, made once for all who ask for the same type with the same `settings`. `make` must
    /// not ask for such a thing itself.
    pub fn once<T: Send + Sync + 'static>(&self, settings: &[&[String]], make: impl FnOnce() -> T) -> Arc<T> {
        // Pages are asked for by whatever is made; nothing may wait for another thread while the lock is held.
        self.pages();
        let mut made = self.made.0.lock().unwrap_or_else(PoisonError::into_inner);
        let of_type = made.entry(TypeId::of::<T>()).or_default();
        let thing = match of_type.iter().find(|one| one.settings == settings) {
            Some(known) => Arc::clone(&known.thing),
            None => {
                let settings = settings.iter().map(|list| list.to_vec()).collect();
                of_type.push(One { settings, thing: Arc::new(make()) });
                Arc::clone(&of_type[of_type.len() - 1].thing)
            }
        };
        drop(made);
        thing.downcast().expect("it is found by its type")
    }
}
