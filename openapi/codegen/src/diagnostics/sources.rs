//! The files of a document and places in them.

use std::sync::Arc;

/// Index of a file in [`Sources`]; the root document is 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct FileId(pub usize);

/// A place in a file: where it begins and how much of the line it covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// 1-based.
    pub line: usize,
    /// 1-based, in characters.
    pub column: usize,
    /// In characters; what is left of the line at most. Zero draws one arrow.
    pub len: usize,
}

/// A file that was read.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// How messages and generated code name it, with forward slashes.
    pub name: Arc<str>,
    /// Its text.
    pub text: Arc<str>,
    line_starts: Vec<usize>,
}

impl SourceFile {
    /// Wraps `text`.
    #[must_use]
    pub fn new(name: &str, text: Arc<str>) -> Self {
        let mut line_starts = vec![0];
        line_starts.extend(text.match_indices('\n').map(|(at, _)| at + 1));
        Self {
            name: name.into(),
            text,
            line_starts,
        }
    }

    /// The text of a line (1-based), without its end.
    #[must_use]
    pub fn line(&self, number: usize) -> Option<&str> {
        let start = *self.line_starts.get(number.checked_sub(1)?)?;
        let end = self
            .line_starts
            .get(number)
            .map_or(self.text.len(), |next| next - 1);
        self.text
            .get(start..end)
            .map(|line| line.trim_end_matches('\r'))
    }
}

/// All files that were read, the root first.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    files: Vec<SourceFile>,
}

impl Sources {
    /// Adds a file.
    pub fn add(&mut self, file: SourceFile) -> FileId {
        self.files.push(file);
        FileId(self.files.len() - 1)
    }

    /// The file behind `id`.
    #[must_use]
    pub fn get(&self, id: FileId) -> Option<&SourceFile> {
        self.files.get(id.0)
    }

    /// The name of the file behind `id`.
    #[must_use]
    pub fn name(&self, id: FileId) -> Arc<str> {
        self.get(id)
            .map_or_else(|| Arc::from("?"), |file| Arc::clone(&file.name))
    }

    /// The file of this name.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<FileId> {
        self.files
            .iter()
            .position(|file| &*file.name == name)
            .map(FileId)
    }

    /// Every file with its id.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        self.files
            .iter()
            .enumerate()
            .map(|(at, file)| (FileId(at), file))
    }
}
