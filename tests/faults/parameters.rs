//! What a run can be told through its environment.

use std::{future::Future, time::Duration};

use crate::support::block_on;

/// Nothing that should happen takes that long, however slow the machine is.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// From which everything random of a scenario follows (`FAULT_SEED`).
pub fn seed() -> u64 {
    number("FAULT_SEED", 1)
}

/// How often a scenario repeats its fault (`FAULT_ROUNDS`).
pub fn rounds() -> u64 {
    number("FAULT_ROUNDS", 3)
}

fn number(variable: &str, default: u64) -> u64 {
    let Ok(text) = std::env::var(variable) else {
        return default;
    };
    text.parse()
        .unwrap_or_else(|_| panic!("{variable}={text} is no number"))
}

/// Makes a test of each scenario, `async fn NAME()`. They are ignored, because they take minutes.
macro_rules! scenarios {
    ($($name:ident),+ $(,)?) => {$(
        mod $name {
            #[test]
            #[ignore = "takes minutes: make test-faults"]
            fn scenario() {
                $crate::parameters::play(module_path!(), super::$name());
            }
        }
    )+};
}
pub(crate) use scenarios;

/// Plays one scenario and says how to play it again when it fails.
pub fn play(name: &str, scenario: impl Future<Output = ()>) {
    /// Speaks when it is dropped by a panic.
    struct Repeat<'a>(&'a str);
    impl Drop for Repeat<'_> {
        fn drop(&mut self) {
            if std::thread::panicking() {
                let name = self.0.trim_start_matches("faults::");
                let (seed, rounds) = (seed(), rounds());
                eprintln!(
                    "\nAgain: make test-faults FAULTS={name} FAULT_SEED={seed} FAULT_ROUNDS={rounds}\n"
                );
            }
        }
    }
    let _repeat = Repeat(name);
    block_on(scenario);
}
