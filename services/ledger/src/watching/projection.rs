//! Keeps how a case was found before it changed, for whoever watches and cannot see it any more.

use futures::future::BoxFuture;
use sanben_db::Tx;
use sanben_host::App;

use super::store;
use crate::projection::Change;

/// How it was found until now. Comes before what it is found by is written.
pub fn project<'a>(tx: &'a mut Tx, _app: &'a App, change: &'a Change<'a>) -> BoxFuture<'a, Result<(), sanben_db::Error>> {
    Box::pin(async move {
        match change.before.filter(|_| change.has_happened()) {
            Some(before) => store::keep_before(tx, before, change.case.revision).await,
            None => Ok(()),
        }
    })
}
