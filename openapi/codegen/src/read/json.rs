//! JSON (RFC 8259) to a located tree. Stricter than a YAML reader would be on the same text.

use super::{MAX_DEPTH, duplicate_key, next_id, too_deep};
use crate::diagnostics::{Diagnostic, FileId, Span, codes};
use crate::tree::{Decimal, Member, Node, Object, Value, escape_pointer};

/// Reads one JSON text.
pub(super) fn parse(file: FileId, text: &str, ids: &mut usize) -> (Option<Node>, Vec<Diagnostic>) {
    let mut reader = Reader {
        file,
        ids,
        rest: text.chars(),
        line: 1,
        column: 1,
        problems: Vec::new(),
    };
    let node = reader.value("", 0).and_then(|node| {
        reader.skip_space();
        match reader.peek() {
            None => Ok(node),
            Some(_) => Err(reader.syntax("something follows the document's end")),
        }
    });
    match node {
        Ok(node) => (Some(node), reader.problems),
        Err(problem) => {
            reader.problems.push(*problem);
            (None, reader.problems)
        }
    }
}

type Failure = Box<Diagnostic>;

struct Reader<'a> {
    file: FileId,
    ids: &'a mut usize,
    rest: std::str::Chars<'a>,
    line: usize,
    column: usize,
    problems: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn here(&self) -> Span {
        Span {
            file: self.file,
            line: self.line,
            column: self.column,
            len: 0,
        }
    }

    fn since(&self, start: Span) -> Span {
        let len = if self.line == start.line {
            self.column.saturating_sub(start.column)
        } else {
            0
        };
        Span { len, ..start }
    }

    fn syntax(&self, what: &str) -> Failure {
        Box::new(
            Diagnostic::new(
                codes::SYNTAX,
                self.here(),
                "",
                format!("this is not valid JSON: {what}"),
            )
            .help(
                "files that end in `.json` are read as JSON; name the file `.yaml` to write YAML",
            ),
        )
    }

    fn peek(&self) -> Option<char> {
        self.rest.clone().next()
    }

    fn next(&mut self) -> Option<char> {
        let c = self.rest.next()?;
        if c == '\n' {
            self.line += 1;
            self.column = 1;
        } else {
            self.column += 1;
        }
        Some(c)
    }

    fn skip_space(&mut self) {
        while matches!(self.peek(), Some(' ' | '\t' | '\n' | '\r')) {
            self.next();
        }
    }

    fn eat(&mut self, wanted: char) -> bool {
        let found = self.peek() == Some(wanted);
        if found {
            self.next();
        }
        found
    }

    fn value(&mut self, pointer: &str, depth: usize) -> Result<Node, Failure> {
        self.skip_space();
        let start = self.here();
        if depth > MAX_DEPTH {
            return Err(Box::new(too_deep(start, pointer)));
        }
        let mut nested = false;
        let value = match self.peek() {
            Some('{') => {
                nested = true;
                self.object(pointer, depth)?
            }
            Some('[') => {
                nested = true;
                self.array(pointer, depth)?
            }
            Some('"') => Value::String(self.string()?),
            Some('-' | '0'..='9') => self.number()?,
            Some('a'..='z') => self.word()?,
            Some(_) => return Err(self.syntax("a value was expected")),
            None => return Err(self.syntax("the text ends in the middle")),
        };
        let span = if nested { start } else { self.since(start) };
        Ok(Node {
            id: next_id(self.ids),
            value,
            span,
            pointer: pointer.to_owned(),
        })
    }

    fn object(&mut self, pointer: &str, depth: usize) -> Result<Value, Failure> {
        self.next();
        let mut members = Object::new();
        self.skip_space();
        if self.eat('}') {
            return Ok(Value::Object(members));
        }
        loop {
            self.skip_space();
            let start = self.here();
            if self.peek() != Some('"') {
                return Err(self.syntax("a key in double quotes was expected"));
            }
            let key = self.string()?;
            let span = self.since(start);
            let child = format!("{pointer}/{}", escape_pointer(&key));
            self.skip_space();
            if !self.eat(':') {
                return Err(self.syntax("`:` was expected"));
            }
            let node = self.value(&child, depth + 1)?;
            match members.get(&key) {
                Some(first) => self
                    .problems
                    .push(duplicate_key(&key, first.key, span, &child)),
                None => {
                    members.insert(key, Member { key: span, node });
                }
            }
            self.skip_space();
            if self.eat('}') {
                return Ok(Value::Object(members));
            }
            if !self.eat(',') {
                return Err(self.syntax("`,` or `}` was expected"));
            }
        }
    }

    fn array(&mut self, pointer: &str, depth: usize) -> Result<Value, Failure> {
        self.next();
        let mut items = Vec::new();
        self.skip_space();
        if self.eat(']') {
            return Ok(Value::Array(items));
        }
        loop {
            items.push(self.value(&format!("{pointer}/{}", items.len()), depth + 1)?);
            self.skip_space();
            if self.eat(']') {
                return Ok(Value::Array(items));
            }
            if !self.eat(',') {
                return Err(self.syntax("`,` or `]` was expected"));
            }
        }
    }

    fn word(&mut self) -> Result<Value, Failure> {
        for (word, value) in [
            ("null", Value::Null),
            ("true", Value::Bool(true)),
            ("false", Value::Bool(false)),
        ] {
            if self.rest.as_str().starts_with(word) {
                word.chars().for_each(|_| {
                    self.next();
                });
                return Ok(value);
            }
        }
        Err(self.syntax("a value was expected"))
    }

    fn number(&mut self) -> Result<Value, Failure> {
        let mut text = String::new();
        while let Some(c @ ('0'..='9' | '+' | '-' | '.' | 'e' | 'E')) = self.peek() {
            text.push(c);
            self.next();
        }
        // serde_json judges the grammar, so that `01`, `1.` and `--1` are refused.
        match serde_json::from_str::<serde_json::Number>(&text) {
            Ok(_) => Ok(Value::Number(Decimal(text))),
            Err(_) => Err(self.syntax("this is no number")),
        }
    }

    fn string(&mut self) -> Result<String, Failure> {
        self.next();
        let mut text = String::new();
        loop {
            match self.next() {
                None => return Err(self.syntax("a string is not closed")),
                Some('"') => return Ok(text),
                Some('\\') => text.push(self.escape()?),
                Some(c) if c < ' ' => {
                    return Err(self.syntax("control characters in strings must be escaped"));
                }
                Some(c) => text.push(c),
            }
        }
    }

    fn escape(&mut self) -> Result<char, Failure> {
        match self.next() {
            Some(c @ ('"' | '\\' | '/')) => Ok(c),
            Some('b') => Ok('\u{8}'),
            Some('f') => Ok('\u{c}'),
            Some('n') => Ok('\n'),
            Some('r') => Ok('\r'),
            Some('t') => Ok('\t'),
            Some('u') => self.unicode_escape(),
            _ => Err(self.syntax("this escape does not exist")),
        }
    }

    fn unicode_escape(&mut self) -> Result<char, Failure> {
        let high = self.four_digits()?;
        if let Some(c) = char::from_u32(high) {
            return Ok(c);
        }
        if !(self.eat('\\') && self.eat('u')) {
            return Err(self.syntax("half of a surrogate pair"));
        }
        let low = self.four_digits()?;
        match (high, low) {
            (0xd800..=0xdbff, 0xdc00..=0xdfff) => {
                let code = 0x1_0000 + ((high - 0xd800) << 10) + (low - 0xdc00);
                char::from_u32(code).ok_or_else(|| self.syntax("half of a surrogate pair"))
            }
            _ => Err(self.syntax("half of a surrogate pair")),
        }
    }

    fn four_digits(&mut self) -> Result<u32, Failure> {
        let mut code = 0;
        for _ in 0..4 {
            let digit = self.next().and_then(|c| c.to_digit(16));
            code = code * 16
                + digit.ok_or_else(|| self.syntax("four hexadecimal digits were expected"))?;
        }
        Ok(code)
    }
}
