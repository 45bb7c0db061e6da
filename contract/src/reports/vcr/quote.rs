//! Texts as YAML takes them, each on one line.

use std::fmt::Write as _;

/// A text in double quotes, or null.
pub(super) fn maybe(text: Option<&str>) -> String {
    text.map_or_else(|| "null".to_owned(), double)
}

/// A text in single quotes, when it can stand in them.
pub(super) fn single(text: &str) -> String {
    if text.chars().all(is_printable) {
        format!("'{}'", text.replace('\'', "''"))
    } else {
        double(text)
    }
}

/// A text in double quotes, on one line.
pub(super) fn double(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for letter in text.chars() {
        match letter {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            _ if is_printable(letter) => quoted.push(letter),
            _ => {
                let code = u32::from(letter);
                // Writing to a String cannot fail.
                let _ = match code {
                    0..0x100 => write!(quoted, "\\x{code:02X}"),
                    0x100..0x1_0000 => write!(quoted, "\\u{code:04X}"),
                    _ => write!(quoted, "\\U{code:08X}"),
                };
            }
        }
    }
    quoted.push('"');
    quoted
}

/// Whether YAML takes a character as it is (YAML 1.2, 5.1), line breaks of Unicode aside.
fn is_printable(letter: char) -> bool {
    matches!(letter,
        ' '..='~' | '\u{a0}'..='\u{2027}' | '\u{202a}'..='\u{d7ff}' | '\u{e000}'..='\u{fefe}' | '\u{ff00}'..='\u{fffd}'
    )
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    #[test]
    fn every_character_comes_back() {
        let mut nasty: String = (0..0x300).filter_map(char::from_u32).collect();
        nasty
            .push_str("\u{2028}\u{2029}\u{feff}\u{fffd}\u{1f600}\u{10ffff}: # - [a] {b} 'c' | > %");
        for quoted in [double(&nasty), single(&nasty), single("it's: # 1")] {
            let line = format!("a: {quoted}\n");
            let read: HashMap<String, String> = yaml_serde::from_str(&line).expect("YAML");
            assert!(!quoted.contains('\n'));
            assert!(read["a"] == nasty || read["a"] == "it's: # 1");
        }
    }
}
