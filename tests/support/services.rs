//! A PostgreSQL and a Redis of a test's own, to be stopped, killed and frozen while others go on.
//!
//! Both run on 127.0.0.1, keep their port over restarts and are gone with the value, or with this process however it
//! ends. The programs are those of `tests/with-services` (`TEST_POSTGRES_PROGRAMS`, `TEST_REDIS_PROGRAM`).

use std::{
    hash::{BuildHasher as _, RandomState},
    net::{Ipv4Addr, TcpListener},
    os::unix::process::CommandExt as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Duration,
};

use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, postgres::PgConnectOptions};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    process::Child,
    sync::OnceCell,
    time::{Instant, sleep, timeout},
};

/// No server takes that long to start or to end when all is well.
const PATIENCE: Duration = Duration::from_mins(1);
const PAUSE: Duration = Duration::from_millis(20);

/// How a server is made to end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    /// As the operator does: transactions are ended, connections closed, everything written.
    Fast,
    /// PostgreSQL's `immediate`: it drops everything and recovers at the next start. Redis knows no such way.
    Immediate,
    /// SIGKILL.
    Kill,
}

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

/// A Redis that keeps nothing on disk: after a restart it is empty.
pub struct PrivateRedis {
    port: u16,
    running: Option<Child>,
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

impl PrivateRedis {
    /// Starts an empty server.
    pub async fn start() -> Self {
        let mut server = Self {
            port: 0,
            running: None,
            home: Home::new("redis", None),
        };
        for _ in 0..5 {
            server.port = free_port();
            if server.launch().await {
                return server;
            }
        }
        panic!("Redis does not start: {}", server.home.log());
    }

    /// What `REDIS_URL` would say.
    pub fn url(&self) -> String {
        format!("redis://127.0.0.1:{}", self.port)
    }

    /// Ends it and waits until it has ended.
    pub async fn stop(&mut self, how: Stop) {
        let signal = if how == Stop::Kill { "KILL" } else { "TERM" };
        end(&mut self.running, signal).await;
    }

    /// Starts it again at the same address, empty, and waits until it answers.
    pub async fn start_again(&mut self) {
        assert!(self.running.is_none(), "it runs");
        assert!(self.launch().await, "{}", self.home.log());
    }

    /// Ends it and starts it again.
    pub async fn restart(&mut self, how: Stop) {
        self.stop(how).await;
        self.start_again().await;
    }

    /// Stops it where it is: connections stay open, nothing is answered.
    pub async fn freeze(&self) {
        signal("STOP", &[pid(self.running.as_ref())]).await;
    }

    /// Lets it go on.
    pub async fn thaw(&self) {
        signal("CONT", &[pid(self.running.as_ref())]).await;
    }

    async fn launch(&mut self) -> bool {
        let program = program("TEST_REDIS_PROGRAM");
        let port = self.port.to_string();
        let mut command = Command::new(program);
        command.args(["--port", &port, "--bind", "127.0.0.1", "--save", ""]);
        command.args(["--appendonly", "no", "--dir"]);
        command.arg(&self.home.folder);
        let mut child = self.home.spawn(command);
        let address = (Ipv4Addr::LOCALHOST, self.port);
        let up = answers(&mut child, async || {
            let Ok(mut connection) = tokio::net::TcpStream::connect(address).await else {
                return false;
            };
            let mut answer = [0; 5];
            connection.write_all(b"PING\r\n").await.is_ok()
                && connection.read_exact(&mut answer).await.is_ok()
                && answer == *b"+PONG"
        });
        let up = up.await;
        self.running = up.then_some(child);
        up
    }
}

/// Waits until a server answers, or has ended without.
async fn answers(child: &mut Child, mut answers: impl AsyncFnMut() -> bool) -> bool {
    let wait = async {
        loop {
            if child.try_wait().expect("a child").is_some() {
                return false;
            }
            if answers().await {
                return true;
            }
            sleep(PAUSE).await;
        }
    };
    timeout(PATIENCE, wait).await.unwrap_or(false)
}

/// Ends a server; one that is frozen sees the signal when it goes on.
async fn end(running: &mut Option<Child>, name: &str) {
    let mut child = running.take().expect("it runs");
    signal(name, &[pid(Some(&child))]).await;
    let ended = timeout(PATIENCE, child.wait()).await;
    ended.expect("it ends").expect("a child");
}

fn pid(running: Option<&Child>) -> u32 {
    running.and_then(Child::id).expect("it runs")
}

/// The processes that a process started and that run.
fn children(of: u32) -> Vec<u32> {
    let list = std::fs::read_to_string(format!("/proc/{of}/task/{of}/children"));
    let list = list.expect("Linux lists the children of a process");
    list.split_whitespace()
        .map(|pid| pid.parse().expect("a process id"))
        .collect()
}

/// Sends a signal; a process that has just ended is no failure.
async fn signal(name: &str, to: &[u32]) {
    let mut kill = tokio::process::Command::new("kill");
    kill.arg(format!("-{name}"))
        .args(to.iter().map(u32::to_string));
    kill.stderr(Stdio::null());
    kill.status().await.expect("kill starts");
}

/// A folder and whatever runs in it: a guardian ends both with this value, or when this process ends without dropping it.
struct Home {
    folder: PathBuf,
    guardian: std::process::Child,
}

impl Home {
    fn new(what: &str, owner: Option<&ServerUser>) -> Self {
        let folder = tempfile::Builder::new()
            .prefix(&format!("waybill-{what}-"))
            .permissions(std::os::unix::fs::PermissionsExt::from_mode(0o755))
            .tempdir()
            .expect("a temporary folder can be made")
            .keep();
        if let Some(user) = owner {
            let given = std::os::unix::fs::chown(&folder, Some(user.uid), Some(user.gid));
            given.expect("root may give a folder away");
        }
        let guardian = Command::new("sh")
            .args(["-c", GUARDIAN, "guardian"])
            .arg(&folder)
            .stdin(Stdio::piped())
            .stderr(Stdio::null())
            // The keys that interrupt a test run leave the guardian alone: it has work to do then.
            .process_group(0)
            .spawn();
        Self {
            folder,
            guardian: guardian.expect("sh starts"),
        }
    }

    fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    fn log(&self) -> String {
        std::fs::read_to_string(self.folder.join("log")).unwrap_or_default()
    }

    /// Starts a server that writes its log here.
    fn spawn(&self, mut command: Command) -> Child {
        let log = std::fs::File::options()
            .append(true)
            .create(true)
            .open(self.folder.join("log"))
            .expect("a log");
        let errors = log.try_clone().expect("a second handle");
        command.current_dir(&self.folder).process_group(0);
        command.stdin(Stdio::null()).stdout(log).stderr(errors);
        let child = tokio::process::Command::from(command).spawn();
        let child = child.expect("the server's program starts");
        let pid = child.id().expect("it has just started").to_string();
        std::fs::write(self.folder.join("pid"), pid).expect("a file can be written");
        child
    }
}

/// Waits for the end of its input, then ends the server, whatever state it is in, and removes the folder.
const GUARDIAN: &str = r#"
    cat >/dev/null
    if pid=$(cat "$1/pid"); then
        kill -CONT $pid $(cat "/proc/$pid/task/$pid/children")
        kill -QUIT $pid
        for _ in 1 2 3 4 5 6 7 8 9 10; do
            [ -d "/proc/$pid" ] && ! grep -q '^State:.Z' "/proc/$pid/status" || break
            sleep 0.1
        done
        kill -KILL $pid
    fi
    rm -rf "$1"
"#;

impl Drop for Home {
    fn drop(&mut self) {
        drop(self.guardian.stdin.take());
        self.guardian.wait().ok();
    }
}

/// Who PostgreSQL runs as where the tests run as root, which it refuses.
struct ServerUser {
    uid: u32,
    gid: u32,
}

impl ServerUser {
    fn for_postgres() -> Option<Self> {
        if number(&["-u"]) != Some(0) {
            return None;
        }
        ["postgres", "nobody"].iter().find_map(|name| {
            Some(Self {
                uid: number(&["-u", name])?,
                gid: number(&["-g", name])?,
            })
        })
    }
}

/// What `id` answers.
fn number(arguments: &[&str]) -> Option<u32> {
    let output = Command::new("id").args(arguments).output();
    let output = output.expect("id starts");
    String::from_utf8(output.stdout).ok()?.trim().parse().ok()
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

/// Runs a command to its end, which must be a good one.
async fn run(command: Command) {
    let output = tokio::process::Command::from(command).output().await;
    let output = output.expect("the program starts");
    let words = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{words}");
}

fn postgres_programs() -> PathBuf {
    program("TEST_POSTGRES_PROGRAMS")
}

fn program(variable: &str) -> PathBuf {
    let value = std::env::var_os(variable).filter(|value| !value.is_empty());
    let value = value.unwrap_or_else(|| {
        panic!("{variable} is not set: run `make test`, or `tests/with-services cargo test …`")
    });
    Path::new(&value).to_owned()
}

/// A port that nothing listens on, below those that the system gives to outgoing connections: it must still be free
/// when a server comes back to it.
pub fn free_port() -> u16 {
    let random = RandomState::new();
    let mut ports = (0..1_000_u32).map(|attempt| 12_000 + random.hash_one(attempt) % 8_000);
    ports
        .find_map(|port| {
            let port = u16::try_from(port).expect("it is small");
            TcpListener::bind((Ipv4Addr::LOCALHOST, port)).ok()?;
            Some(port)
        })
        .expect("a port is free")
}
