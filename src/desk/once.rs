//! Once: an act's result is kept with its request id, in the act's own transaction, and given again.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::desk::{Act, Desk, Failure, Shop};
use crate::repository::row::broken;
use crate::repository::{Fault, Tx, request};

/// What is done once.
type Boxed<'a, T> = Box<dyn FnOnce(&Tx<'_>, &Shop) -> Result<T, Failure> + 'a>;

impl Desk {
    /// Does a piece of work once: the same request for the same act gives the first result again.
    pub(super) fn remember<T: Serialize + DeserializeOwned>(
        &mut self,
        (act, what): (&Act, &str),
        work: impl FnOnce(&Tx<'_>, &Shop) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        self.remember_boxed((act, what), Box::new(work))
    }

    /// Boxed: its body would otherwise stand in the program once for every act.
    fn remember_boxed<T: Serialize + DeserializeOwned>(
        &mut self,
        (act, what): (&Act, &str),
        work: Boxed<'_, T>,
    ) -> Result<T, Failure> {
        let shop = &self.shop;
        // The same id for another act, or on another case, is another request.
        let id = format!("{}/{what}", act.request);
        let done = self.repository.write(|tx| {
            if let Some(first) = first_result(tx, &id)? {
                return Ok(first);
            }
            let value = work(tx, shop)?;
            let result = serde_json::to_string(&value).map_err(|cause| Fault::Sqlite(cause.to_string()))?;
            request::keep(tx, &id, &result)?;
            Ok(value)
        });
        match done {
            Err(Failure::Fault(Fault::CommitUnknown(say))) => self.was_it_saved(&id, say),
            done => done,
        }
    }

    /// An error at COMMIT means "unknown": look the request up before telling anybody.
    fn was_it_saved<T: DeserializeOwned>(&mut self, id: &str, say: String) -> Result<T, Failure> {
        let found: Result<_, Failure> = self
            .repository
            .reopen()
            .map_err(Failure::from)
            .and_then(|()| self.repository.read(|tx| first_result(tx, id)));
        match found {
            Ok(Some(first)) => Ok(first),
            Ok(None) => Err(Fault::NotSaved(say).into()),
            Err(_) => Err(Fault::CommitUnknown(say).into()),
        }
    }
}

fn first_result<T: DeserializeOwned>(tx: &Tx<'_>, id: &str) -> Result<Option<T>, Failure> {
    let read =
        |text: String| serde_json::from_str(&text).map_err(|cause| broken("request", id, cause).into());
    request::first(tx, id)?.map(read).transpose()
}
