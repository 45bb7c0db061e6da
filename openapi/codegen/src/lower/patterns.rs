//! Patterns: from ECMA 262's regular expressions to those of the `regex` crate.
//!
//! What both have and mean differently is rewritten, what `regex` does not have is refused.

/// A part of a pattern that cannot be used.
pub(super) struct Untranslatable {
    /// What was found, for the headline.
    pub what: &'static str,
    /// Why it cannot be.
    pub why: &'static str,
    /// What to write instead.
    pub instead: &'static str,
}

const LINEAR: &str = "patterns are matched in linear time, which rules this out";

/// The first construct that `regex` does not have or reads differently.
pub(super) fn untranslatable(pattern: &str) -> Option<Untranslatable> {
    let mut chars = pattern.chars().peekable();
    let mut in_class = false;
    while let Some(c) = chars.next() {
        match c {
            '\\' => {
                let escaped = chars.next()?;
                if let Some(found) = escape(escaped, in_class) {
                    return Some(found);
                }
            }
            '[' if in_class => {
                return Some(Untranslatable {
                    what: "`[` inside a class",
                    why: "ECMA 262 means the character, `regex` a nested class",
                    instead: "write it as `\\[`",
                });
            }
            '[' => in_class = true,
            ']' => in_class = false,
            '&' | '~' | '-' if in_class && chars.peek() == Some(&c) => {
                return Some(Untranslatable {
                    what: "a doubled `&`, `~` or `-` inside a class",
                    why: "`regex` reads it as an operation on classes",
                    instead: "write the character once, or escape it",
                });
            }
            '(' if !in_class && chars.peek() == Some(&'?') => {
                chars.next();
                if let Some(found) = group(&chars.clone().take(2).collect::<String>()) {
                    return Some(found);
                }
            }
            _ => {}
        }
    }
    None
}

fn group(next: &str) -> Option<Untranslatable> {
    let look = next.starts_with(['=', '!']) || matches!(next, "<=" | "<!");
    if look {
        return Some(Untranslatable {
            what: "look-around",
            why: LINEAR,
            instead: "describe what is allowed without looking ahead or behind, or check it in the handler",
        });
    }
    let known = next.starts_with([':', '<']);
    (!known).then_some(Untranslatable {
        what: "flags in a group",
        why: "ECMA 262 has none",
        instead: "write the letters of both cases out: `[Aa]`",
    })
}

fn escape(escaped: char, in_class: bool) -> Option<Untranslatable> {
    match escaped {
        '1'..='9' | 'k' if !in_class => Some(Untranslatable {
            what: "a back-reference",
            why: LINEAR,
            instead: "write the group out again, or check it in the handler",
        }),
        'A' | 'z' | 'Z' | 'G' => Some(Untranslatable {
            what: "an anchor that ECMA 262 does not have",
            why: "clients could not check this pattern",
            instead: "write `^` and `$`",
        }),
        'c' | '0' => Some(Untranslatable {
            what: "a control escape",
            why: "`regex` does not have it",
            instead: "write the character as `\\x00`",
        }),
        'B' => Some(Untranslatable {
            what: "`\\B`",
            why: "ECMA 262 means ASCII words by it, which `regex` does not have",
            instead: "describe the characters around",
        }),
        'b' if in_class => Some(Untranslatable {
            what: "`\\b` inside a class",
            why: "ECMA 262 means a backspace, `regex` refuses it",
            instead: "write it as `\\x08`",
        }),
        _ => None,
    }
}

const DIGITS: &str = "0-9";
const WORD: &str = "A-Za-z0-9_";
/// White space and line ends of ECMA 262 (12.2, 12.3).
const SPACE: &str = r"\t\n\x0B\x0C\r\x20\xA0\u{1680}\u{2000}-\u{200A}\u{2028}\u{2029}\u{202F}\u{205F}\u{3000}\u{FEFF}";

/// The same expression for `regex`: the classes `\d`, `\w`, `\s`, the dot and `\b` get ECMA 262's
/// meaning.
pub(super) fn translated(pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len());
    let mut chars = pattern.chars();
    let mut in_class = false;
    while let Some(c) = chars.next() {
        match c {
            '\\' => {
                let escaped = chars.next().unwrap_or_default();
                out.push_str(&class(escaped, in_class).unwrap_or_else(|| format!("\\{escaped}")));
            }
            '.' if !in_class => out.push_str(r"[^\n\r\u{2028}\u{2029}]"),
            c => {
                in_class = match c {
                    '[' => true,
                    ']' => false,
                    _ => in_class,
                };
                out.push(c);
            }
        }
    }
    out
}

fn class(escaped: char, in_class: bool) -> Option<String> {
    let inner = match escaped.to_ascii_lowercase() {
        'd' => DIGITS,
        'w' => WORD,
        's' => SPACE,
        'b' if !in_class => return Some(r"(?-u:\b)".to_owned()),
        _ => return None,
    };
    Some(match (escaped.is_ascii_uppercase(), in_class) {
        (true, _) => format!("[^{inner}]"),
        (false, true) => inner.to_owned(),
        (false, false) => format!("[{inner}]"),
    })
}

/// Whether the pattern compiles in a sensible size.
pub(super) fn compiles(pattern: &str) -> Result<(), String> {
    match regex::RegexBuilder::new(pattern)
        .size_limit(1 << 21)
        .build()
    {
        Ok(_) => Ok(()),
        Err(regex::Error::CompiledTooBig(_)) => Err("it compiles to more than 2 MiB".to_owned()),
        Err(error) => {
            // The crate's message spans lines, the last of which says what is wrong.
            let text = error.to_string();
            let last = text.lines().last().unwrap_or_default();
            Err(last.trim_start_matches("error: ").to_owned())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_mean_what_ecma_means() {
        assert_eq!(translated(r"^\d+$"), "^[0-9]+$");
        assert_eq!(translated(r"[\w-]\W"), "[A-Za-z0-9_-][^A-Za-z0-9_]");
        assert_eq!(translated(r"a.c[.]"), r"a[^\n\r\u{2028}\u{2029}]c[.]");
        assert_eq!(translated(r"\bx\."), r"(?-u:\b)x\.");
        for pattern in [r"^\s\S[\s\D]$", r"[^\s\x00]", r"\bword\b"] {
            assert!(compiles(&translated(pattern)).is_ok(), "{pattern}");
        }
    }

    #[test]
    fn what_cannot_be_said_is_found() {
        for pattern in [
            "(?=a)", "(?<!a)b", r"(a)\1", r"\Aa", "[[]", "(?i)a", r"\cA", r"\B", "[a&&b]",
        ] {
            assert!(untranslatable(pattern).is_some(), "{pattern}");
        }
        for pattern in [
            "(?:a)",
            "(?<name>a)",
            r"^(me|[0-9a-f]{8})$",
            r"[^\s\x00-\x1F\x7F]",
            "[a-z-]",
        ] {
            assert!(untranslatable(pattern).is_none(), "{pattern}");
        }
    }
}
