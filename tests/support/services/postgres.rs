//! PostgreSQL.

use std::{os::unix::process::CommandExt as _, path::PathBuf, process::Command};

use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, postgres::PgConnectOptions};
use tokio::{
    process::Child,
    sync::OnceCell,
    time::{Instant, sleep},
};

use super::{
    Stop, free_port,
    home::{Home, ServerUser},
    process::{PATIENCE, PAUSE, answers, children, end, pid, run, signal},
    program,
};

/// A PostgreSQL whose commits survive the death of its processes.
///
/// `fsync` is off, because only the machine's end could tell the difference; `synchronous_commit` is on.
pub struct PrivatePostgres {
    port: u16,
    settings: Vec<String>,
    running: Option<Child>,
    user: Option<ServerUser>,
    home: Home,
}

impl PrivatePostgres {
    /// Starts an empty server; the first of a process takes the seconds of `initdb`, the others copy.
    pub async fn start() -> Self {
        Self::start_with(&[]).await
    }

    /// Starts an empty server that a standby can follow.
    pub async fn start_primary() -> Self {
        Self::start_with(&["wal_level=replica", "max_wal_senders=4"]).await
    }

    /// Starts a standby that follows this server, which [`Self::start_primary`] started and which is away for the moment
    /// that a copy takes.
    pub async fn standby(&mut self) -> Self {
        self.stop(Stop::Fast).await;
        let user = ServerUser::for_postgres();
        let home = Home::new("standby", user.as_ref());
        let mut copy = as_user(Command::new("cp"), user.as_ref());
        copy.arg("-a").arg(self.home.data()).arg(home.data());
        run(copy).await;
        let mut mark = as_user(Command::new("touch"), user.as_ref());
        mark.arg(home.data().join("standby.signal"));
        run(mark).await;
        self.start_again().await;
        let mut settings = self.settings.clone();
        let primary = format!("host=127.0.0.1 port={} user=waybill", self.port);
        settings.push(format!("primary_conninfo={primary}"));
        Self::launched(home, user, settings).await
    }

    async fn start_with(settings: &[&str]) -> Self {
        static TEMPLATE: OnceCell<Home> = OnceCell::const_new();
        let user = ServerUser::for_postgres();
        let template = TEMPLATE.get_or_init(|| initdb(user.as_ref())).await;
        let home = Home::new("postgres", user.as_ref());
        let mut copy = as_user(Command::new("cp"), user.as_ref());
        copy.arg("-a").arg(template.data()).arg(home.data());
        run(copy).await;
        let settings = settings.iter().map(|setting| (*setting).to_owned());
        Self::launched(home, user, settings.collect()).await
    }

    async fn launched(home: Home, user: Option<ServerUser>, settings: Vec<String>) -> Self {
        let mut server = Self {
            port: 0,
            settings,
            running: None,
            user,
            home,
        };
        for _ in 0..5 {
            server.port = free_port();
            if server.launch().await {
                return server;
            }
        }
        panic!("PostgreSQL does not start: {}", server.home.log());
    }

    /// Where it listens, with the database that is always there.
    pub fn url(&self) -> String {
        self.url_of("postgres")
    }

    /// The address of one of its databases.
    pub fn url_of(&self, database: &str) -> String {
        format!("postgres://waybill@127.0.0.1:{}/{database}", self.port)
    }

    /// Where it listens, for a proxy.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Makes an empty database and answers its address.
    pub async fn create(&self, database: &str) -> String {
        let options: PgConnectOptions = self.url().parse().expect("an address");
        let mut connection = options.connect().await.expect("PostgreSQL answers");
        let sql = AssertSqlSafe(format!("create database {database} template template0"));
        let made = sqlx::raw_sql(sql).execute(&mut connection).await;
        made.expect("a database can be made");
        connection
            .close()
            .await
            .expect("a connection can be closed");
        self.url_of(database)
    }

    /// Ends it and waits until it has ended.
    pub async fn stop(&mut self, how: Stop) {
        let signal = match how {
            Stop::Fast => "INT",
            Stop::Immediate => "QUIT",
            Stop::Kill => "KILL",
        };
        end(&mut self.running, signal).await;
    }

    /// Starts it again at the same address and waits until it answers.
    pub async fn start_again(&mut self) {
        assert!(self.running.is_none(), "it runs");
        let deadline = Instant::now() + PATIENCE;
        // After SIGKILL the shared memory is free only when the last of its processes has noticed.
        while !self.launch().await {
            assert!(Instant::now() < deadline, "{}", self.home.log());
            sleep(PAUSE).await;
        }
    }

    /// Ends it and starts it again.
    pub async fn restart(&mut self, how: Stop) {
        self.stop(how).await;
        self.start_again().await;
    }

    /// Stops all of its processes where they are: connections stay open, nothing is answered.
    pub async fn freeze(&self) {
        let pid = pid(self.running.as_ref());
        signal("STOP", &[pid]).await;
        signal("STOP", &children(pid)).await;
    }

    /// Lets its processes go on.
    pub async fn thaw(&self) {
        let pid = pid(self.running.as_ref());
        signal("CONT", &children(pid)).await;
        signal("CONT", &[pid]).await;
    }

    /// Whether it came up; it may not, for want of the port or of shared memory.
    async fn launch(&mut self) -> bool {
        let program = postgres_programs().join("postgres");
        let mut command = as_user(Command::new(program), self.user.as_ref());
        command.arg("-D").arg(self.home.data());
        command.args(["-p", &self.port.to_string()]);
        for setting in [
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "max_connections=200",
            "shared_buffers=32MB",
            "fsync=off",
            "synchronous_commit=on",
            "full_page_writes=off",
            "wal_level=minimal",
            "max_wal_senders=0",
            "jit=off",
            "timezone=UTC",
        ]
        .into_iter()
        .chain(self.settings.iter().map(String::as_str))
        {
            command.args(["-c", setting]);
        }
        let mut child = self.home.spawn(command);
        let options: PgConnectOptions = self.url().parse().expect("an address");
        let up = answers(&mut child, async || {
            let Ok(connection) = options.connect().await else {
                return false;
            };
            connection.close().await.is_ok()
        });
        let up = up.await;
        self.running = up.then_some(child);
        up
    }
}

fn as_user(mut command: Command, user: Option<&ServerUser>) -> Command {
    if let Some(user) = user {
        command.gid(user.gid).uid(user.uid);
    }
    command
}

async fn initdb(user: Option<&ServerUser>) -> Home {
    let home = Home::new("template", user);
    let mut command = as_user(Command::new(postgres_programs().join("initdb")), user);
    command.current_dir(&home.folder);
    command.arg("-D").arg(home.data()).args([
        "--no-sync",
        "--wal-segsize=4",
        "-U",
        "waybill",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--locale=C",
    ]);
    run(command).await;
    home
}

fn postgres_programs() -> PathBuf {
    program("TEST_POSTGRES_PROGRAMS")
}
