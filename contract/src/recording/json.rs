//! Where things stand in JSON that may break off: a scan that knows strings and brackets and nothing else.

/// A member of the outermost object.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Member {
    pub(super) name: String,
    /// Where its value begins.
    pub(super) at: usize,
}

/// An element of an array.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Element<'t> {
    pub(super) text: &'t str,
    /// Where it begins, in lines from 1.
    pub(super) line: usize,
}

/// The elements of an array, and where it breaks off.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Elements<'t> {
    pub(super) whole: Vec<Element<'t>>,
    /// The line on which a part begins that has no end.
    pub(super) broken_off: Option<usize>,
}

/// The members of the object that a text begins with, as far as they go.
pub(super) fn members(text: &str) -> Vec<Member> {
    let mut members = Vec::new();
    let mut scan = Scan::new(text, 0);
    scan.blanks();
    if !scan.eat(b'{') {
        return members;
    }
    loop {
        scan.blanks();
        let begin = scan.at;
        if !scan.string() {
            return members;
        }
        let name = text.get(begin + 1..scan.at - 1).unwrap_or_default();
        scan.blanks();
        if !scan.eat(b':') {
            return members;
        }
        scan.blanks();
        members.push(Member {
            name: name.to_owned(),
            at: scan.at,
        });
        if !scan.value() {
            return members;
        }
        scan.blanks();
        if !scan.eat(b',') {
            return members;
        }
    }
}

/// The elements of the array that begins at a place of a text.
pub(super) fn elements(text: &str, at: usize) -> Elements<'_> {
    let mut elements = Elements::default();
    let mut scan = Scan::new(text, at);
    let mut line = line_of(text, at);
    let mut counted = at;
    let mut line_at = |place: usize| {
        let between = text.get(counted..place).unwrap_or_default();
        line += between.bytes().filter(|byte| *byte == b'\n').count();
        counted = place;
        line
    };
    if !scan.eat(b'[') {
        elements.broken_off = Some(line_at(at));
        return elements;
    }
    loop {
        scan.blanks();
        if scan.eat(b']') {
            return elements;
        }
        let begin = scan.at;
        let line = line_at(begin);
        if !scan.value() {
            elements.broken_off = Some(line);
            return elements;
        }
        elements.whole.push(Element {
            text: text.get(begin..scan.at).unwrap_or_default(),
            line,
        });
        scan.blanks();
        if !scan.eat(b',') && scan.peek() != Some(b']') {
            elements.broken_off = Some(line_at(scan.at.min(text.len())));
            return elements;
        }
    }
}

/// The line of a place, from 1.
pub(super) fn line_of(text: &str, at: usize) -> usize {
    let before = text.get(..at).unwrap_or(text);
    before.bytes().filter(|byte| *byte == b'\n').count() + 1
}

struct Scan<'t> {
    bytes: &'t [u8],
    at: usize,
}

impl<'t> Scan<'t> {
    fn new(text: &'t str, at: usize) -> Self {
        Self {
            bytes: text.as_bytes(),
            at,
        }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn eat(&mut self, wanted: u8) -> bool {
        let is_there = self.peek() == Some(wanted);
        self.at += usize::from(is_there);
        is_there
    }

    fn blanks(&mut self) {
        while self.peek().is_some_and(|byte| byte.is_ascii_whitespace()) {
            self.at += 1;
        }
    }

    /// Passes over a string; `false` when it has no end.
    fn string(&mut self) -> bool {
        if !self.eat(b'"') {
            return false;
        }
        while let Some(byte) = self.peek() {
            self.at += 1;
            match byte {
                b'"' => return true,
                b'\\' => self.at += 1,
                _ => {}
            }
        }
        self.at = self.bytes.len();
        false
    }

    /// Passes over a value; `false` when it has no end.
    fn value(&mut self) -> bool {
        let mut depth = 0_usize;
        loop {
            match self.peek() {
                Some(b'"') => {
                    if !self.string() {
                        return false;
                    }
                }
                // Blanks, and what stands between the parts inside; opening brackets lead further in.
                Some(byte)
                    if byte.is_ascii_whitespace()
                        || matches!(byte, b'{' | b'[')
                        || (depth > 0 && matches!(byte, b',' | b':')) =>
                {
                    depth += usize::from(matches!(byte, b'{' | b'['));
                    self.at += 1;
                    continue;
                }
                Some(b'}' | b']') => {
                    // The end of what is around: no value stands here.
                    let Some(outer) = depth.checked_sub(1) else {
                        return false;
                    };
                    depth = outer;
                    self.at += 1;
                }
                None | Some(b',' | b':') => return false,
                Some(_) => {
                    while self.peek().is_some_and(|byte| {
                        !byte.is_ascii_whitespace() && !matches!(byte, b',' | b'}' | b']' | b':')
                    }) {
                        self.at += 1;
                    }
                }
            }
            if depth == 0 {
                return true;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_found_with_their_lines_up_to_where_the_text_breaks_off() {
        let text = "{\"a\": {\"x\": \"}]\"},\n\"b\": [\n  {\"k\": \"\\\"]\"},\n  [1, 2],\n  {\"cut\": \"of";
        let members = members(text);
        assert_eq!(members[0].name, "a");
        assert_eq!(members[1].name, "b");
        let found = elements(text, members[1].at);
        assert_eq!(found.whole[0].text, "{\"k\": \"\\\"]\"}");
        assert_eq!((found.whole[0].line, found.whole[1].line), (3, 4));
        assert_eq!(found.broken_off, Some(5));
        assert_eq!(elements("[]", 0), Elements::default());
        assert_eq!(elements("[1, 2 3]", 0).broken_off, Some(1));
    }
}
