//! What the operating system knows of this process. Linux tells; elsewhere there is nothing to tell.

/// Returns the resident memory in bytes, or 0 where the platform does not tell.
///
/// The second number of `/proc/self/statm`, in pages of 4 KiB (larger ones are not used by the platforms that this runs
/// on).
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

/// Returns when the process began, in seconds since 1970.
pub(super) fn started_at_seconds() -> Option<u64> {
    // The 22nd field counts from the start of the machine, in ticks of a hundredth of a second (`USER_HZ`). The second
    // field may hold blanks and parentheses, so counting begins behind it.
    const TICKS_PER_SECOND: u64 = 100;
    const FIELD_BEHIND_NAME: usize = 19;
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    let (_, behind_name) = stat.rsplit_once(')')?;
    let ticks = behind_name.split_whitespace().nth(FIELD_BEHIND_NAME)?;
    let since_boot = ticks.parse::<u64>().ok()? / TICKS_PER_SECOND;

    let kernel = std::fs::read_to_string("/proc/stat").ok()?;
    let boot = kernel
        .lines()
        .find_map(|line| line.strip_prefix("btime "))?;
    Some(boot.trim().parse::<u64>().ok()? + since_boot)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Clock;

    #[test]
    fn the_process_began_before_now_and_takes_some_room() {
        assert!(resident_bytes() > 1_000_000);
        let started = i64::try_from(started_at_seconds().unwrap()).unwrap();
        let now = jiff::Timestamp::from(Clock::System.now()).as_second();
        assert!(
            (now - 86_400..=now + 1).contains(&started),
            "{started} {now}"
        );
    }
}
