//! What the operating system knows of this process.

/// Returns the resident memory in bytes, or 0 where the platform does not tell.
///
/// Linux: the second number of `/proc/self/statm`, in pages of 4 KiB (larger ones are not used by the platforms that
/// this runs on).
#[must_use]
pub fn resident_bytes() -> u64 {
    const PAGE_BYTES: u64 = 4096;
    let statm = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    let pages = statm
        .split_whitespace()
        .nth(1)
        .and_then(|pages| pages.parse::<u64>().ok());
    pages.unwrap_or(0) * PAGE_BYTES
}
