//! Which declared answers were seen, over all test processes of one run: lines in `target/contract-coverage/`.

use std::{
    collections::BTreeSet,
    fs::{self, File, OpenOptions},
    io::Write,
    path::PathBuf,
    sync::{LazyLock, Mutex},
};

/// One answer that was seen: operation, status, code (empty for a success).
pub type Seen = (String, u16, String);

/// The folder of the lines. The Makefile empties it before a run.
pub fn folder() -> PathBuf {
    let temporary = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    temporary.with_file_name("contract-coverage")
}

/// Notes an answer; each is written once per process.
pub fn note(operation: &str, status: u16, code: &str) {
    static NOTED: LazyLock<Mutex<(BTreeSet<Seen>, File)>> = LazyLock::new(|| {
        fs::create_dir_all(folder()).expect("target/ can be written");
        let path = folder().join(format!("{}.tsv", std::process::id()));
        let file = OpenOptions::new().create(true).append(true).open(path);
        Mutex::new((BTreeSet::new(), file.expect("target/ can be written")))
    });
    let mut noted = NOTED
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    if noted
        .0
        .insert((operation.to_owned(), status, code.to_owned()))
    {
        writeln!(noted.1, "{operation}\t{status}\t{code}").expect("target/ can be written");
    }
}

/// Returns everything that the processes of this run saw.
pub fn seen() -> BTreeSet<Seen> {
    let files = fs::read_dir(folder()).into_iter().flatten().flatten();
    let texts = files.filter_map(|file| fs::read_to_string(file.path()).ok());
    let read = |line: &str| {
        let mut columns = line.split('\t');
        let operation = columns.next()?.to_owned();
        let status = columns.next()?.parse().ok()?;
        Some((operation, status, columns.next()?.to_owned()))
    };
    texts
        .flat_map(|text| text.lines().filter_map(read).collect::<Vec<_>>())
        .collect()
}
