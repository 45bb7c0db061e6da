//! Every report of one small run, as it stands in its file, and read again by somebody else.

mod files;
mod recordings;
mod secrets;
mod stream;
mod terminal;
