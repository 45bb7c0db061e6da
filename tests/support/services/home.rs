//! Where a server lives, who it runs as, and who buries it.

use std::{
    os::unix::process::CommandExt as _,
    path::PathBuf,
    process::{Command, Stdio},
};

use tokio::process::Child;

/// A folder and whatever runs in it: a guardian ends both with this value, or when this process ends without dropping it.
pub struct Home {
    pub folder: PathBuf,
    guardian: std::process::Child,
}

impl Home {
    pub fn new(what: &str, owner: Option<&ServerUser>) -> Self {
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

    pub fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    pub fn log(&self) -> String {
        std::fs::read_to_string(self.folder.join("log")).unwrap_or_default()
    }

    /// Starts a server that writes its log here.
    pub fn spawn(&self, mut command: Command) -> Child {
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
pub struct ServerUser {
    pub uid: u32,
    pub gid: u32,
}

impl ServerUser {
    pub fn for_postgres() -> Option<Self> {
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
