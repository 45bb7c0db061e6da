//! What is more than servers take of any request, or none has: sizes and a media type.

/// Characters of a query. Common servers take addresses of up to 8 or 16 KiB.
pub const QUERY: usize = 20_000;
/// Characters of a header. Some servers take heads of 32 KiB.
pub const HEADER: usize = 40_000;
/// A media type in which nobody answers.
pub const MEDIA_TYPE: &str = "application/x-nobody-has-this";
