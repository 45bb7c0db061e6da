//! The real server: the program `waybill`, built from the sources that lie here, on a database of its own.

use std::{
    io::{BufRead as _, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{
        OnceLock,
        atomic::{AtomicU32, Ordering},
        mpsc,
    },
    time::{Duration, Instant},
};

use sqlx::{
    AssertSqlSafe, ConnectOptions as _, Connection as _, Executor as _, Row as _,
    postgres::{PgConnectOptions, PgConnection},
    sqlite::SqliteConnectOptions,
};
use tempfile::TempDir;

/// The administrator that the server makes at its first start.
pub(crate) const ADMIN: (&str, &str) = ("admin@example.com", "correct horse battery");
/// Nothing takes that long when all is well.
const PATIENCE: Duration = Duration::from_mins(1);

/// The two databases that everything runs on.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Backend {
    Sqlite,
    Postgres,
}

/// A running server.
pub(crate) struct Waybill {
    /// Where it listens, like `http://127.0.0.1:1234`.
    pub(crate) base: String,
    /// What its `DATABASE_URL` says.
    pub(crate) database: String,
    process: Child,
    /// The database to drop afterwards (PostgreSQL).
    name: Option<String>,
    _folder: TempDir,
}

impl Waybill {
    /// Starts it on an empty database and waits until it is ready.
    pub(crate) async fn start(backend: Backend) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let (database, name) = match backend {
            Backend::Sqlite => {
                let file = folder.path().join("waybill.db");
                (format!("sqlite://{}", file.display()), None)
            }
            Backend::Postgres => {
                let (url, name) = create_postgres().await;
                (url, Some(name))
            }
        };
        let mut process = Command::new(program())
            .arg("serve")
            .current_dir(folder.path())
            .env_clear()
            .envs([
                ("DATABASE_URL", database.as_str()),
                ("PORT", "0"),
                ("BOOTSTRAP_ADMIN_EMAIL", ADMIN.0),
                ("BOOTSTRAP_ADMIN_PASSWORD", ADMIN.1),
                // All consumers call from one address.
                ("RATE_LIMIT_GENERAL", "off"),
                ("RATE_LIMIT_AUTH", "off"),
                ("RATE_LIMIT_HEAVY", "off"),
                ("RATE_LIMIT_ACCOUNT_LOGIN", "off"),
            ])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("waybill starts");
        let base = address(&mut process);
        let server = Self {
            base,
            database,
            process,
            name,
            _folder: folder,
        };
        server.ready().await;
        server
    }

    /// Ends it and removes its database.
    pub(crate) async fn stop(mut self) {
        self.end();
        if let Some(name) = self.name.take() {
            administer(&format!("drop database if exists {name} with (force)")).await;
        }
    }

    fn end(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }

    async fn ready(&self) {
        let probe = format!("{}/readyz", self.base);
        let begin = Instant::now();
        loop {
            let answer = reqwest::get(&probe).await;
            if answer.is_ok_and(|answer| answer.status() == 200) {
                return;
            }
            assert!(begin.elapsed() < PATIENCE, "waybill does not get ready");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

impl Drop for Waybill {
    fn drop(&mut self) {
        self.end();
    }
}

/// What a message endpoint needs of the database, without the server.
pub(crate) async fn newest_event(database: &str, order: &str) -> Option<(String, String)> {
    const NEWEST: &str = "
        select event_type, payload
        from outbox
        where payload like $1
        order by created_at desc, id desc
        limit 1";
    let order = format!("%{order}%");
    macro_rules! newest {
        ($options:ty) => {{
            let options: $options = database.parse().expect("an address");
            let mut connection = options.connect().await.expect("the database answers");
            let query = sqlx::query(NEWEST).bind(order);
            let row = query
                .fetch_optional(&mut connection)
                .await
                .expect("a query");
            row.map(|row| (row.get("event_type"), row.get("payload")))
        }};
    }
    if database.starts_with("sqlite:") {
        newest!(SqliteConnectOptions)
    } else {
        newest!(PgConnectOptions)
    }
}

/// The program, built once per run of the tests: a stale one would prove nothing.
fn program() -> &'static Path {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        // target/debug/deps/provider-…
        let tests = std::env::current_exe().expect("this program has a path");
        let profile = tests.ancestors().nth(2).expect("a folder of the profile");
        let target = profile.parent().expect("a target folder");
        let mut cargo = Command::new(env!("CARGO"));
        // What cargo says about this crate would make build scripts of others run anew.
        let about_us = [
            "CARGO_PKG_",
            "CARGO_MANIFEST_",
            "CARGO_BIN_",
            "CARGO_CRATE_",
        ];
        for (name, _) in std::env::vars_os() {
            if about_us
                .iter()
                .any(|prefix| name.to_string_lossy().starts_with(prefix))
            {
                cargo.env_remove(name);
            }
        }
        let built = cargo
            .env_remove("LD_LIBRARY_PATH")
            .args(["build", "--quiet", "--bin", "waybill", "--target-dir"])
            .arg(target)
            .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."))
            .status();
        assert!(built.expect("cargo runs").success(), "waybill can be built");
        profile.join("waybill")
    })
}

/// The address that the server prints for people; what it says after that is read and dropped.
fn address(process: &mut Child) -> String {
    let stderr = process.stderr.take().expect("a pipe");
    let (found, address) = mpsc::channel();
    std::thread::spawn(move || {
        let mut seen = Vec::new();
        for line in BufReader::new(stderr).lines().map_while(Result::ok) {
            if let Some(rest) = line.split("http://").nth(1) {
                let end =
                    rest.find(|letter: char| !letter.is_ascii_digit() && !".:".contains(letter));
                let _ = found.send(Ok(format!("http://{}", &rest[..end.unwrap_or(rest.len())])));
            }
            seen.push(line);
        }
        let _ = found.send(Err(seen.join("\n")));
    });
    match address
        .recv_timeout(PATIENCE)
        .expect("waybill says where it listens")
    {
        Ok(address) => address,
        Err(said) => panic!("waybill does not start: {said}"),
    }
}

async fn create_postgres() -> (String, String) {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let name = format!("waybill_pact_{}_{count}", std::process::id());
    administer(&format!("create database {name} template template0")).await;
    let url = postgres();
    let (server, _) = url
        .rsplit_once('/')
        .expect("TEST_POSTGRES_URL names a database");
    (format!("{server}/{name}"), name)
}

async fn administer(sql: &str) {
    let options: PgConnectOptions = postgres().parse().expect("TEST_POSTGRES_URL is an address");
    let mut connection: PgConnection = options.connect().await.expect("PostgreSQL answers");
    let done = connection
        .execute(sqlx::raw_sql(AssertSqlSafe(sql.to_owned())))
        .await;
    done.unwrap_or_else(|error| panic!("{sql}: {error}"));
    connection
        .close()
        .await
        .expect("a connection can be closed");
}

/// The PostgreSQL that `tests/with-services` started.
fn postgres() -> String {
    std::env::var("TEST_POSTGRES_URL").expect(
        "TEST_POSTGRES_URL is not set: run `make contract-pact`, or `tests/with-services cargo test …`",
    )
}
