//! Texts that match a regular expression, and texts that do not.

use rand::{Rng, RngExt as _};
use regex_syntax::hir::{Class, Hir, HirKind, Look};

/// Characters that are tried first, in this order, so that texts look like texts.
const LIKED: [(char, char); 5] = [('a', 'z'), ('0', '9'), ('A', 'Z'), ('-', '-'), (' ', '~')];

/// A pattern of a schema, ready to make texts.
#[derive(Debug, Clone)]
pub struct Pattern {
    hir: Hir,
    is_open_before: bool,
    is_open_behind: bool,
}

impl Pattern {
    /// Reads a pattern of ECMA-262, as schemas have them. `None` for those that look around or back.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let text = jsonschema_regex::to_rust_regex(text).ok()?;
        let hir = regex_syntax::parse(&text).ok()?;
        let looks = hir.properties();
        Some(Self {
            is_open_before: !looks.look_set_prefix_any().contains(Look::Start),
            is_open_behind: !looks.look_set_suffix_any().contains(Look::End),
            hir,
        })
    }

    /// A text of about the wanted length in characters: as near as the pattern allows.
    pub fn text(&self, wanted: usize, rng: &mut impl Rng) -> String {
        let least = least(&self.hir);
        let mut text = String::new();
        let mut spare = wanted.saturating_sub(least);
        write(&self.hir, &mut spare, &mut text, rng);
        // A pattern without anchors takes anything around it.
        if self.is_open_behind {
            text.extend(std::iter::repeat_n('a', spare));
        } else if self.is_open_before {
            text.insert_str(0, &"a".repeat(spare));
        }
        text
    }
}

/// The length of the shortest text in characters.
fn least(hir: &Hir) -> usize {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => 0,
        HirKind::Literal(literal) => String::from_utf8_lossy(&literal.0).chars().count(),
        HirKind::Class(_) => 1,
        HirKind::Capture(capture) => least(&capture.sub),
        HirKind::Repetition(repetition) => {
            let times = usize::try_from(repetition.min).unwrap_or(usize::MAX);
            least(&repetition.sub).saturating_mul(times)
        }
        HirKind::Concat(parts) => parts.iter().map(least).fold(0, usize::saturating_add),
        HirKind::Alternation(parts) => parts.iter().map(least).min().unwrap_or(0),
    }
}

/// The length of the longest text; `None` without an end.
fn most(hir: &Hir) -> Option<usize> {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) | HirKind::Literal(_) | HirKind::Class(_) => {
            Some(least(hir))
        }
        HirKind::Capture(capture) => most(&capture.sub),
        HirKind::Repetition(repetition) => {
            let times = usize::try_from(repetition.max?).ok()?;
            most(&repetition.sub)?.checked_mul(times)
        }
        HirKind::Concat(parts) => parts
            .iter()
            .try_fold(0_usize, |sum, part| sum.checked_add(most(part)?)),
        HirKind::Alternation(parts) => parts
            .iter()
            .try_fold(0, |longest, part| Some(most(part)?.max(longest))),
    }
}

/// Writes a text. `spare` is what may be written beyond the shortest, and is used up from the left.
fn write(hir: &Hir, spare: &mut usize, text: &mut String, rng: &mut impl Rng) {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => text.push_str(&String::from_utf8_lossy(&literal.0)),
        HirKind::Class(class) => text.push(character(class, rng)),
        HirKind::Capture(capture) => write(&capture.sub, spare, text, rng),
        HirKind::Concat(parts) => {
            for part in parts {
                write(part, spare, text, rng);
            }
        }
        HirKind::Alternation(parts) => {
            let shortest = least(hir);
            let fits = |part: &&Hir| least(part) <= shortest.saturating_add(*spare);
            let fitting: Vec<_> = parts.iter().filter(fits).collect();
            // One that can grow to the wanted length, else any.
            let grows = |part: &&&Hir| {
                most(part).is_none_or(|most| most >= shortest.saturating_add(*spare))
            };
            let growing: Vec<_> = fitting.iter().filter(grows).copied().collect();
            let from = if growing.is_empty() {
                &fitting
            } else {
                &growing
            };
            if from.is_empty() {
                return;
            }
            if let Some(part) = from.get(rng.random_range(0..from.len())) {
                *spare -= (least(part) - shortest).min(*spare);
                write(part, spare, text, rng);
            }
        }
        HirKind::Repetition(repetition) => {
            let one = least(&repetition.sub).max(1);
            let more = *spare / one;
            let room = repetition.max.map_or(usize::MAX, |most| {
                usize::try_from(most - repetition.min).unwrap_or(usize::MAX)
            });
            let more = more.min(room);
            *spare -= more * one;
            let times = usize::try_from(repetition.min).unwrap_or(usize::MAX);
            // A repetition of something that may be empty costs nothing by its count.
            for _ in 0..times.saturating_add(more).min(1 << 20) {
                write(&repetition.sub, spare, text, rng);
            }
        }
    }
}

fn character(class: &Class, rng: &mut impl Rng) -> char {
    let ranges: Vec<(char, char)> = match class {
        Class::Unicode(class) => {
            let ranges = class.ranges().iter();
            ranges.map(|range| (range.start(), range.end())).collect()
        }
        Class::Bytes(class) => {
            let ranges = class.ranges().iter();
            ranges
                .map(|range| (char::from(range.start()), char::from(range.end())))
                .collect()
        }
    };
    for (low, high) in LIKED {
        let common: Vec<char> = ranges
            .iter()
            .filter(|(start, end)| *start <= high && *end >= low)
            .flat_map(|(start, end)| (*start).max(low)..=(*end).min(high))
            .collect();
        if let Some(found) = common.get(rng.random_range(0..common.len().max(1))) {
            return *found;
        }
    }
    ranges.first().map_or('?', |(start, _)| *start)
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng as _;
    use rand_chacha::ChaCha8Rng;
    use regex::Regex;

    use super::*;

    #[test]
    fn texts_match_their_patterns_at_the_wanted_length() {
        let mut rng = ChaCha8Rng::seed_from_u64(7);
        for (pattern, lengths) in [
            (r"^[A-Z0-9](?:[A-Z0-9._-]*[A-Z0-9])?$", &[1, 2, 3, 64][..]),
            (
                r"^[^\x00-\x1F\x7F]*[^\s\x00-\x1F\x7F][^\x00-\x1F\x7F]*$",
                &[1, 100],
            ),
            (r#"^("[!-~]{1,255}"|[!-~]{1,255})$"#, &[1, 2, 255, 257]),
            (r"^(me|[0-9a-f]{8}-[0-9a-f]{4})$", &[2, 13]),
            (r"^[A-Z]{3}$", &[3]),
            (r"\d+", &[1, 30]),
            (r"^wb_(live|test)_[A-Za-z0-9_-]+$", &[9, 40]),
            (r"^(ab)+c?$", &[2, 3, 8]),
            (r"b$", &[1, 9]),
            (r"^\p{Lu}\w\S.$", &[4]),
        ] {
            let made = Pattern::read(pattern).unwrap();
            let regex = Regex::new(pattern).unwrap();
            for length in lengths {
                let text = made.text(*length, &mut rng);
                assert!(regex.is_match(&text), "{pattern} {text:?}");
                assert_eq!(text.chars().count(), *length, "{pattern} {text:?}");
            }
        }
    }

    #[test]
    fn what_looks_around_is_left_to_others() {
        assert!(Pattern::read(r"^(?!a)b$").is_none());
        assert!(Pattern::read("(").is_none());
    }
}
