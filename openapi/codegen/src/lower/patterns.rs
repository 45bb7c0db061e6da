//! Patterns: what ECMA 262 and the `regex` crate do not mean alike is refused.

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
        'b' if in_class => Some(Untranslatable {
            what: "`\\b` inside a class",
            why: "ECMA 262 means a backspace, `regex` refuses it",
            instead: "write it as `\\x08`",
        }),
        _ => None,
    }
}

/// Whether the pattern compiles in a sensible size.
pub(super) fn compiles(pattern: &str) -> Result<(), String> {
    match regex::RegexBuilder::new(pattern).size_limit(1 << 21).build() {
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
