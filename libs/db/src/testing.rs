//! Both engines for tests. A PostgreSQL that cannot be had fails the test; nothing is skipped.

#[cfg(test)]
mod probe {
    use crate::{Db, Error};
    fn send<T: Send>(t: T) -> T { t }
    async fn handle(db: Db, name: String) -> Result<i64, Error> {
        let n = name.clone();
        let x = db.write(async |tx| { store(tx, &n).await?; store(tx, &name).await }).await?;
        db.read(async |tx| store(tx, &name).await).await.map(|y: i64| y + x)
    }
    async fn store(tx: &mut crate::Tx, name: &str) -> Result<i64, Error> {
        Ok(crate::fetch_one!(tx, (i64,), "SELECT CAST(length($1) AS BIGINT)", name)?.0)
    }
    #[test]
    fn futures_are_send() { drop(|db| send::<std::pin::Pin<Box<dyn Future<Output = _> + Send>>>(Box::pin(handle(db, String::new())))); }
}
