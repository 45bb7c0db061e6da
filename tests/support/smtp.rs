//! A mail server for tests: takes mails, refuses them, or says nothing at all.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader},
    net::{TcpListener, TcpStream},
    sync::watch,
    task::JoinHandle,
};

/// Generous: a loaded machine is no failed test.
const DEADLINE: Duration = Duration::from_mins(1);

/// How the server treats its clients, from now on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// Takes every mail.
    Accept,
    /// Lets clients connect and never says a word.
    Hang,
    /// Takes a mail in and never says that it has it.
    HangAfterData,
    /// Answers every recipient with this code, and repeats the address.
    Refuse(u16),
    /// Lets nobody in who does not log in, and nobody logs in.
    Deny,
}

/// A mail that was taken.
#[derive(Debug, Clone)]
pub struct Received {
    pub to: String,
    /// Headers and body, lines ended by line feeds.
    pub text: String,
}

/// The server. Dropping it closes everything.
pub struct Smtp {
    /// What goes into `SMTP_URL`.
    pub url: String,
    manner: watch::Sender<Manner>,
    seen: watch::Sender<Seen>,
    mails: Arc<Mutex<Vec<Received>>>,
    listening: JoinHandle<()>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Seen {
    connections: usize,
    /// Mails that came whole and were not answered.
    held: usize,
    mails: usize,
}

impl Smtp {
    pub async fn start(manner: Manner) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0")
            .await
            .expect("a port is free");
        let url = format!("smtp://{}", listener.local_addr().expect("an address"));
        let (manner, _) = watch::channel(manner);
        let (seen, _) = watch::channel(Seen::default());
        let mails = Arc::new(Mutex::new(Vec::new()));
        let listening = tokio::spawn(listen(
            listener,
            manner.clone(),
            seen.clone(),
            Arc::clone(&mails),
        ));
        Self {
            url,
            manner,
            seen,
            mails,
            listening,
        }
    }

    /// Treats clients like this from now on; whoever was left waiting is hung up on.
    pub fn behave(&self, manner: Manner) {
        self.manner.send_replace(manner);
    }

    /// The mails that were taken so far.
    pub fn mails(&self) -> Vec<Received> {
        self.mails
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Waits until so many mails were taken.
    pub async fn wait_for_mails(&self, count: usize) -> Vec<Received> {
        self.wait(|seen| seen.mails >= count, "mails").await;
        self.mails()
    }

    /// Waits until so many clients have connected.
    pub async fn wait_for_connections(&self, count: usize) {
        self.wait(|seen| seen.connections >= count, "connections")
            .await;
    }

    /// Waits until so many mails lie here without an answer.
    pub async fn wait_for_held(&self, count: usize) {
        self.wait(|seen| seen.held >= count, "held mails").await;
    }

    pub fn connections(&self) -> usize {
        self.seen.borrow().connections
    }

    async fn wait(&self, enough: impl FnMut(&Seen) -> bool, what: &str) {
        let mut seen = self.seen.subscribe();
        let waited = tokio::time::timeout(DEADLINE, seen.wait_for(enough)).await;
        assert!(waited.is_ok(), "too few {what}: {:?}", self.seen.borrow());
    }
}

impl Drop for Smtp {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

impl Received {
    /// A header, as it is written.
    pub fn header(&self, name: &str) -> &str {
        let (head, _) = self.text.split_once("\n\n").expect("a head");
        head.lines()
            .find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
            .unwrap_or_else(|| panic!("no {name} in {head}"))
    }

    /// Everything, with quoted-printable undone (for the ASCII in it).
    pub fn readable(&self) -> String {
        let text = self.text.replace("=\n", "");
        (0x20..0x7f_u8).fold(text, |text, byte| {
            text.replace(&format!("={byte:02X}"), &char::from(byte).to_string())
        })
    }
}

async fn listen(
    listener: TcpListener,
    manner: watch::Sender<Manner>,
    seen: watch::Sender<Seen>,
    mails: Arc<Mutex<Vec<Received>>>,
) {
    let mut clients = tokio::task::JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        seen.send_modify(|seen| seen.connections += 1);
        let (manner, seen, mails) = (manner.subscribe(), seen.clone(), Arc::clone(&mails));
        clients.spawn(async move {
            let take = |mail| match mail {
                None => seen.send_modify(|seen| seen.held += 1),
                Some(mail) => {
                    mails
                        .lock()
                        .unwrap_or_else(PoisonError::into_inner)
                        .push(mail);
                    seen.send_modify(|seen| seen.mails += 1);
                }
            };
            let _ = talk(stream, manner, take).await;
        });
    }
}

/// One client, until it leaves or is hung up on.
async fn talk(
    stream: TcpStream,
    mut manner: watch::Receiver<Manner>,
    take: impl Fn(Option<Received>),
) -> std::io::Result<()> {
    if *manner.borrow() == Manner::Hang {
        let _ = manner.wait_for(|manner| *manner != Manner::Hang).await;
        return Ok(());
    }
    let mut stream = BufReader::new(stream);
    stream.write_all(b"220 sink ready\r\n").await?;
    let mut to = String::new();
    let mut line = String::new();
    loop {
        line.clear();
        if stream.read_line(&mut line).await? == 0 {
            return Ok(());
        }
        if *manner.borrow() == Manner::Hang {
            let _ = manner.wait_for(|manner| *manner != Manner::Hang).await;
            return Ok(());
        }
        let behaviour = *manner.borrow();
        let command = line.to_ascii_uppercase();
        let reply = if command.starts_with("EHLO") {
            "250-sink\r\n250 8BITMIME".to_owned()
        } else if command.starts_with("MAIL") && behaviour == Manner::Deny {
            "530 5.7.0 log in first".to_owned()
        } else if command.starts_with("RCPT") {
            line.trim_end()
                .split(['<', '>'])
                .nth(1)
                .unwrap_or_default()
                .clone_into(&mut to);
            match behaviour {
                Manner::Refuse(code) => format!("{code} <{to}> is nobody"),
                _ => "250 ok".to_owned(),
            }
        } else if command.starts_with("DATA") {
            stream.write_all(b"354 go on\r\n").await?;
            let text = data(&mut stream).await?;
            if behaviour == Manner::HangAfterData {
                take(None);
                let _ = manner
                    .wait_for(|manner| *manner != Manner::HangAfterData)
                    .await;
                return Ok(());
            }
            take(Some(Received {
                to: std::mem::take(&mut to),
                text,
            }));
            "250 taken".to_owned()
        } else if command.starts_with("QUIT") {
            stream.write_all(b"221 bye\r\n").await?;
            return Ok(());
        } else {
            "250 ok".to_owned()
        };
        stream.write_all(format!("{reply}\r\n").as_bytes()).await?;
    }
}

/// The mail, without the dots that were doubled on the way.
async fn data(stream: &mut BufReader<TcpStream>) -> std::io::Result<String> {
    let mut text = String::new();
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        match line.trim_end_matches(['\r', '\n']) {
            "." => return Ok(text),
            line => {
                text.push_str(line.strip_prefix('.').unwrap_or(line));
                text.push('\n');
            }
        }
    }
}
