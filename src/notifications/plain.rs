//! What people typed, made harmless on a line of text.
//!
//! HTML escapes by itself; text cannot. A line break in a name would let its owner write a paragraph into somebody's
//! mail, and direction marks would let a name turn the words around it.

/// Puts text on one line: control characters and line breaks become single blanks, direction marks and other invisible
/// controls disappear. Letters of all scripts stay as they are.
pub(super) fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for character in text.chars().filter(|character| !is_invisible(*character)) {
        if !character.is_control() && !character.is_whitespace() {
            line.push(character);
        } else if !line.is_empty() && !line.ends_with(' ') {
            line.push(' ');
        }
    }
    line.truncate(line.trim_end().len());
    line
}

/// Keeps text that runs from right to left from turning the words around it (FIRST STRONG ISOLATE … POP DIRECTIONAL
/// ISOLATE, UAX 9). Other text is left alone: not every mail program hides the marks.
pub(super) fn isolated(text: &str) -> String {
    if text.chars().any(runs_leftwards) {
        format!("\u{2068}{text}\u{2069}")
    } else {
        text.to_owned()
    }
}

/// Marks, embeddings, overrides and isolates of direction; zero-width characters that only hide.
fn is_invisible(character: char) -> bool {
    matches!(character, '\u{061c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// The blocks of scripts that are written from right to left.
fn runs_leftwards(character: char) -> bool {
    matches!(character, '\u{0590}'..='\u{08ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stays_on_its_line() {
        assert_eq!(
            one_line(" Ada\r\n\r\nPay here:\u{2028}evil\t "),
            "Ada Pay here: evil"
        );
        assert_eq!(
            one_line("Zoë \u{1f469}\u{200d}\u{1f680} 李"),
            "Zoë \u{1f469}\u{200d}\u{1f680} 李"
        );
        assert_eq!(one_line("\u{202e}gpj.exe\u{202c}\u{0}"), "gpj.exe");
        assert_eq!(one_line("\n"), "");
    }

    #[test]
    fn only_what_runs_leftwards_is_isolated() {
        assert_eq!(isolated("Ada"), "Ada");
        assert_eq!(isolated("שלום"), "\u{2068}שלום\u{2069}");
    }
}
