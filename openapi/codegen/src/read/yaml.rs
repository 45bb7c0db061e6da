//! YAML 1.2 to a located tree, restricted to what JSON can say.

use std::collections::HashMap;

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, Span as YamlSpan, Tag};

use super::scalar::plain;
use super::{MAX_DEPTH, MAX_NODES, duplicate_key, next_id, too_deep};
use crate::diagnostics::{Diagnostic, FileId, Span, codes};
use crate::tree::{Member, Node, Object, Value, escape_pointer};

/// Reads one YAML document.
pub(super) fn parse(file: FileId, text: &str, ids: &mut usize) -> (Option<Node>, Vec<Diagnostic>) {
    let mut builder = Builder {
        file,
        ids,
        frames: Vec::new(),
        root: None,
        anchors: HashMap::new(),
        nodes: 0,
        documents: 0,
        problems: Vec::new(),
    };
    for event in Parser::new_from_str(text) {
        let going_on = match event {
            Ok((event, span)) => builder.accept(event, span),
            Err(error) => {
                let span = builder.span(YamlSpan::empty(*error.marker()));
                builder.problems.push(
                    Diagnostic::new(
                        codes::SYNTAX,
                        span,
                        "",
                        format!("this is not valid YAML: {}", error.info()),
                    )
                    .help("check the indentation, the quotes, and texts that hold `: ` or ` #`"),
                );
                false
            }
        };
        if !going_on {
            return (None, builder.problems);
        }
    }
    if builder.root.is_none() {
        let span = Span {
            file,
            line: 1,
            column: 1,
            len: 0,
        };
        builder.problems.push(
            Diagnostic::new(codes::SYNTAX, span, "", "the file is empty")
                .help("an OpenAPI document starts with `openapi: 3.1.0`"),
        );
    }
    (builder.root, builder.problems)
}

/// An object or array that is being filled.
struct Frame {
    start: Span,
    pointer: String,
    anchor: usize,
    content: Content,
}

enum Content {
    Array(Vec<Node>),
    Object {
        members: Object,
        key: Option<(String, Span)>,
    },
}

struct Builder<'a> {
    file: FileId,
    ids: &'a mut usize,
    frames: Vec<Frame>,
    root: Option<Node>,
    anchors: HashMap<usize, (Node, usize)>,
    nodes: usize,
    documents: usize,
    problems: Vec<Diagnostic>,
}

impl Builder<'_> {
    /// Takes one event; false when nothing after it can be understood.
    fn accept(&mut self, event: Event<'_>, span: YamlSpan) -> bool {
        let place = self.span(span);
        match event {
            Event::DocumentStart(_) => {
                self.documents += 1;
                if self.documents > 1 {
                    self.refuse(
                        place,
                        "a second YAML document in one file",
                        "an OpenAPI document is one document: remove `---` and what follows",
                    );
                    return false;
                }
                true
            }
            Event::Alias(anchor) => self.alias(anchor, place),
            Event::Scalar(text, style, anchor, tag) => {
                if self.wants_key() {
                    return self.key(&text, style, place);
                }
                let value = self.scalar(&text, style, tag.as_deref(), place);
                self.finish(value, place, anchor, self.child_pointer())
            }
            Event::SequenceStart(anchor, tag) => {
                self.check_tag(tag.as_deref(), "seq", place);
                self.open(place, anchor, Content::Array(Vec::new()))
            }
            Event::MappingStart(anchor, tag) => {
                self.check_tag(tag.as_deref(), "map", place);
                self.open(
                    place,
                    anchor,
                    Content::Object {
                        members: Object::new(),
                        key: None,
                    },
                )
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(),
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => true,
        }
    }

    fn span(&self, span: YamlSpan) -> Span {
        let one_based = |marker: Marker| (marker.line().max(1), marker.col() + 1);
        let (line, column) = one_based(span.start);
        let (end_line, end_column) = one_based(span.end);
        let len = if end_line == line {
            end_column.saturating_sub(column)
        } else {
            0
        };
        Span {
            file: self.file,
            line,
            column,
            len,
        }
    }

    fn wants_key(&self) -> bool {
        matches!(
            self.frames.last(),
            Some(Frame {
                content: Content::Object { key: None, .. },
                ..
            })
        )
    }

    fn refuse(&mut self, span: Span, found: &str, help: &str) {
        let pointer = self.child_pointer();
        self.problems.push(
            Diagnostic::new(
                codes::NOT_JSON,
                span,
                pointer,
                format!("{found} cannot be written as JSON"),
            )
            .note("an OpenAPI document is JSON data, whatever it is written in")
            .help(help),
        );
    }

    fn child_pointer(&self) -> String {
        match self.frames.last() {
            None => String::new(),
            Some(Frame {
                pointer,
                content: Content::Array(items),
                ..
            }) => format!("{pointer}/{}", items.len()),
            Some(Frame {
                pointer,
                content: Content::Object { key, .. },
                ..
            }) => {
                let key = key.as_ref().map_or("", |(key, _)| key.as_str());
                format!("{pointer}/{}", escape_pointer(key))
            }
        }
    }

    fn key(&mut self, text: &str, style: ScalarStyle, span: Span) -> bool {
        if style == ScalarStyle::Plain && text == "<<" {
            self.refuse(
                span,
                "the merge key `<<`",
                "write the members out, or share them with `$ref` or `allOf`",
            );
        }
        let Some(Frame {
            content: Content::Object { members, key },
            pointer,
            ..
        }) = self.frames.last_mut()
        else {
            return false;
        };
        if let Some(first) = members.get(text) {
            self.problems.push(duplicate_key(
                text,
                first.key,
                span,
                &format!("{pointer}/{}", escape_pointer(text)),
            ));
        }
        *key = Some((text.to_owned(), span));
        true
    }

    fn open(&mut self, start: Span, anchor: usize, content: Content) -> bool {
        if self.wants_key() {
            self.refuse(start, "an object or array as a key", "keys are texts");
            return false;
        }
        let pointer = self.child_pointer();
        if self.frames.len() >= MAX_DEPTH {
            self.problems.push(too_deep(start, &pointer));
            return false;
        }
        // A block collection has no length of its own; the arrow marks where it begins.
        self.frames.push(Frame {
            start: Span { len: 0, ..start },
            pointer,
            anchor,
            content,
        });
        true
    }

    fn close(&mut self) -> bool {
        let Some(frame) = self.frames.pop() else {
            return false;
        };
        let value = match frame.content {
            Content::Array(items) => Value::Array(items),
            Content::Object { members, .. } => Value::Object(members),
        };
        self.finish(value, frame.start, frame.anchor, frame.pointer)
    }

    /// Makes the node and puts it where it belongs.
    fn finish(&mut self, value: Value, span: Span, anchor: usize, pointer: String) -> bool {
        let id = next_id(self.ids);
        self.nodes += 1;
        let node = Node {
            id,
            value,
            span,
            pointer,
        };
        if anchor != 0 {
            let size = size(&node);
            self.anchors.insert(anchor, (node.clone(), size));
        }
        self.place(node)
    }

    fn place(&mut self, node: Node) -> bool {
        if self.nodes > MAX_NODES {
            self.problems.push(
                Diagnostic::new(
                    codes::TOO_LARGE,
                    node.span,
                    node.pointer,
                    format!(
                        "the file has more than {MAX_NODES} nodes once its aliases are expanded"
                    ),
                )
                .label("here the limit is passed")
                .help("share schemas with `$ref` in place of YAML aliases"),
            );
            return false;
        }
        match self.frames.last_mut().map(|frame| &mut frame.content) {
            None => self.root = Some(node),
            Some(Content::Array(items)) => items.push(node),
            Some(Content::Object { members, key }) => {
                if let Some((key, span)) = key.take() {
                    // The first of two equal keys stays, so that messages about it make sense.
                    members.entry(key).or_insert(Member { key: span, node });
                }
            }
        }
        true
    }

    fn alias(&mut self, anchor: usize, span: Span) -> bool {
        if self.wants_key() {
            self.refuse(span, "an alias as a key", "write the key out");
            return false;
        }
        let Some((node, size)) = self.anchors.get(&anchor) else {
            self.problems.push(
                Diagnostic::new(
                    codes::SYNTAX,
                    span,
                    "",
                    "this alias has no anchor before it",
                )
                .note("an alias inside its own anchor would never end")
                .help("share schemas with `$ref`"),
            );
            return false;
        };
        self.nodes += size;
        if self.nodes > MAX_NODES {
            let pointer = self.child_pointer();
            let node = Node {
                id: node.id,
                value: Value::Null,
                span,
                pointer,
            };
            return self.place(node);
        }
        let node = node.clone();
        self.place(node)
    }

    fn check_tag(&mut self, tag: Option<&Tag>, wanted: &str, span: Span) {
        if let Some(tag) = tag.filter(|tag| !(tag.is_yaml_core_schema() && tag.suffix == wanted)) {
            self.refuse(
                span,
                &format!("the tag `{}{}`", tag.handle, tag.suffix),
                "remove the tag",
            );
        }
    }

    fn scalar(&mut self, text: &str, style: ScalarStyle, tag: Option<&Tag>, span: Span) -> Value {
        let text_value = || Value::String(text.to_owned());
        let resolved = || plain(text).unwrap_or_else(text_value);
        match tag {
            None if style == ScalarStyle::Plain => {
                if matches!(
                    text.trim_start_matches(['+', '-']),
                    ".inf" | ".Inf" | ".INF" | ".nan" | ".NaN" | ".NAN"
                ) {
                    self.refuse(
                        span,
                        &format!("the number `{text}`"),
                        "write a finite number, or quote the text",
                    );
                }
                resolved()
            }
            None => text_value(),
            Some(tag) if tag.is_yaml_core_schema() && tag.suffix == "str" => text_value(),
            Some(tag)
                if tag.is_yaml_core_schema()
                    && matches!(tag.suffix.as_str(), "int" | "float" | "bool" | "null") =>
            {
                resolved()
            }
            Some(tag) => {
                self.refuse(
                    span,
                    &format!("the tag `{}{}`", tag.handle, tag.suffix),
                    "remove the tag",
                );
                text_value()
            }
        }
    }
}

fn size(node: &Node) -> usize {
    match &node.value {
        Value::Array(items) => 1 + items.iter().map(size).sum::<usize>(),
        Value::Object(object) => {
            1 + object
                .values()
                .map(|member| size(&member.node))
                .sum::<usize>()
        }
        _ => 1,
    }
}
