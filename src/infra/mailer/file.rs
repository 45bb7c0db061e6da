//! Mails as files, for development: any mail program and any editor opens them.

use std::path::PathBuf;

use lettre::Message;
use tokio::{
    fs::{DirBuilder, OpenOptions, rename},
    io::AsyncWriteExt as _,
};

use super::{Mail, MailError};

/// Writes mails into a folder. Only their owner may read them: an invitation holds a password.
#[derive(Debug)]
pub(super) struct FileMailer {
    folder: PathBuf,
}

impl FileMailer {
    pub(super) fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// Writes the mail as `TIME-TEMPLATE-ID.eml`. The file has that name only once it is complete.
    pub(super) async fn write(&self, mail: &Mail, message: &Message) -> Result<(), MailError> {
        DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(&self.folder)
            .await?;
        let time = jiff::Timestamp::from(mail.at).strftime("%Y%m%dT%H%M%S.%6fZ");
        let name = format!("{time}-{}-{}", mail.template, mail.id);
        let unfinished = self.folder.join(format!("{name}.part"));
        let mut file = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(true)
            .mode(0o600)
            .open(&unfinished)
            .await?;
        file.write_all(&message.formatted()).await?;
        // Dropping a tokio file does not wait for what is still being written.
        file.flush().await?;
        drop(file);
        rename(unfinished, self.folder.join(format!("{name}.eml"))).await?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;
    use crate::infra::mailer::message::tests::mail;

    #[tokio::test]
    async fn a_mail_is_a_readable_file_for_its_owner_alone() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path().join("data/mail");
        let mailer = FileMailer::new(folder.clone());
        let message = mail()
            .compose(&"orders@waybill.example".parse().unwrap())
            .unwrap();

        mailer.write(&mail(), &message).await.unwrap();
        mailer.write(&mail(), &message).await.unwrap();

        let files: Vec<PathBuf> = std::fs::read_dir(&folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        let [file] = files.as_slice() else {
            panic!("{files:?}")
        };
        let name = file.file_name().unwrap().to_str().unwrap();
        assert_eq!(name, "20260102T030405.000000Z-receipt-0193a1b2.receipt.eml");
        assert!(std::fs::read_to_string(file).unwrap().contains("Dear Ada"));
        let mode = |path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(file.clone()), mode(folder)), (0o600, 0o700));
    }
}
