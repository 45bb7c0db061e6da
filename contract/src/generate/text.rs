//! Texts for a shape: by its format, its pattern and its length.

use rand::{Rng, RngExt as _};

use super::{format, pattern::Pattern, shape::Shape};

/// The length of texts that nothing bounds.
const USUAL: usize = 8;
/// Letters of several alphabets, of one to four bytes, for texts that nothing forbids them in.
const LETTERS: [char; 16] = [
    'a', 'Z', '7', '-', '_', ' ', 'é', 'ß', 'Ω', 'Ж', 'ا', '字', 'か', '한', '😀', '𐍈',
];

/// The bounds of a text's length in characters: `minLength`, and `maxLength` when there is one.
#[must_use]
pub fn lengths(shape: &Shape<'_>) -> (usize, Option<usize>) {
    (
        shape.count("minLength").unwrap_or(0),
        shape.count("maxLength"),
    )
}

/// Texts to try, the likeliest first. With a length they are of that length where format and pattern allow it; without
/// one, of a length that the shape takes.
pub fn texts(shape: &Shape<'_>, length: Option<usize>, rng: &mut impl Rng) -> Vec<String> {
    let (least, most) = lengths(shape);
    let usual = USUAL.clamp(least, most.unwrap_or(usize::MAX).max(least));
    let mut texts = Vec::new();
    if let Some(held) = &shape.format {
        let wanted = length.or_else(|| {
            let natural = format::text(held.value, None, rng)?.chars().count();
            let fitting = natural.clamp(least, most.unwrap_or(usize::MAX).max(least));
            (fitting != natural).then_some(fitting)
        });
        texts.extend(format::text(held.value, wanted, rng));
    }
    let wanted = length.unwrap_or(usual);
    for held in &shape.patterns {
        if let Some(pattern) = Pattern::read(held.value) {
            texts.push(pattern.text(wanted, rng));
            // The shape may ask for less than the usual length, or for a branch of the pattern that is longer.
            if length.is_none() {
                texts.push(pattern.text(least, rng));
                texts.extend(most.map(|most| pattern.text(most, rng)));
            }
        }
    }
    texts.push(format::letters(wanted, rng));
    texts
}

/// A text of any letters, of a length that the shape takes.
pub fn random(shape: &Shape<'_>, rng: &mut impl Rng) -> String {
    let (least, most) = lengths(shape);
    let length = random_length(least, most, rng);
    let letters = (0..length).map(|_| LETTERS.get(rng.random_range(0..LETTERS.len())));
    letters.flatten().collect()
}

/// A length between bounds; the bounds themselves more often, long ones seldom.
pub fn random_length(least: usize, most: Option<usize>, rng: &mut impl Rng) -> usize {
    // A schema that nothing fits has its bounds the wrong way round.
    let top = most.unwrap_or(least + 64).min(least + 4096).max(least);
    match rng.random_range(0..8) {
        0 => least,
        1 => top,
        2..=5 => rng.random_range(least..=top.min(least + 16)),
        _ => rng.random_range(least..=top),
    }
}
