//! The tables, read and written past the servers.

use sqlx::{
    AssertSqlSafe, ConnectOptions as _, Connection as _, Executor as _, postgres::PgConnectOptions,
    sqlite::SqliteConnectOptions,
};

/// The one number that a query answers.
pub async fn number(url: &str, sql: &str) -> i64 {
    let statement = AssertSqlSafe(sql.to_owned());
    macro_rules! ask {
        ($options:ty) => {{
            let options: $options = url.parse().expect("an address");
            let mut connection = options.connect().await.expect("the database answers");
            let number = sqlx::query_scalar::<_, i64>(statement);
            let number = number.fetch_one(&mut connection).await;
            connection.close().await.ok();
            number
        }};
    }
    let number = if url.starts_with("sqlite:") {
        ask!(SqliteConnectOptions)
    } else {
        ask!(PgConnectOptions)
    };
    number.unwrap_or_else(|error| panic!("{sql}: {error}"))
}

/// Runs a statement of PostgreSQL.
pub async fn execute(url: &str, sql: &str) {
    let options: PgConnectOptions = url.parse().expect("an address");
    let mut connection = options.connect().await.expect("the database answers");
    let done = connection.execute(sqlx::raw_sql(AssertSqlSafe(sql.to_owned())));
    done.await.unwrap_or_else(|error| panic!("{sql}: {error}"));
    connection.close().await.ok();
}
