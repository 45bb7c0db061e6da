//! Just enough of `PromQL` to tell which metrics and labels an expression stands on.

/// A metric that an expression selects, with the labels it is selected by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selector {
    pub metric: String,
    /// Label, operator, value.
    pub matchers: Vec<(String, String, String)>,
}

/// What an expression stands on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Uses {
    pub selectors: Vec<Selector>,
    /// Labels that it groups or matches by.
    pub groupings: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    Name(String),
    Text(String),
    Mark(String),
}

const GROUPING: &[&str] = &[
    "by",
    "without",
    "on",
    "ignoring",
    "group_left",
    "group_right",
];
const WORDS: &[&str] = &["and", "or", "unless", "bool", "offset", "inf", "nan"];

/// Reads an expression.
pub fn uses(expression: &str) -> Uses {
    let tokens = tokens(expression);
    let mut uses = Uses::default();
    let mut at = 0;
    while at < tokens.len() {
        let Token::Name(name) = &tokens[at] else {
            at += 1;
            continue;
        };
        let next = tokens.get(at + 1);
        let opens = next == Some(&Token::Mark("(".to_owned()));
        at += 1;
        if GROUPING.contains(&name.as_str()) {
            if opens {
                at = names(&tokens, at + 1, &mut uses.groupings);
            }
        } else if !opens && !WORDS.contains(&name.to_lowercase().as_str()) {
            // A function is followed by its arguments, an aggregation by those or by its grouping.
            let groups =
                matches!(next, Some(Token::Name(word)) if GROUPING[..2].contains(&word.as_str()));
            if groups {
                continue;
            }
            let mut selector = Selector {
                metric: name.clone(),
                matchers: Vec::new(),
            };
            if next == Some(&Token::Mark("{".to_owned())) {
                at = matchers(&tokens, at + 1, &mut selector.matchers);
            }
            uses.selectors.push(selector);
        }
    }
    uses
}

fn names(tokens: &[Token], mut at: usize, found: &mut Vec<String>) -> usize {
    while let Some(token) = tokens.get(at) {
        at += 1;
        match token {
            Token::Name(name) => found.push(name.clone()),
            Token::Mark(mark) if mark == ")" => break,
            _ => {}
        }
    }
    at
}

fn matchers(tokens: &[Token], mut at: usize, found: &mut Vec<(String, String, String)>) -> usize {
    while let Some(token) = tokens.get(at) {
        at += 1;
        if let Token::Name(label) = token {
            let (Some(Token::Mark(operator)), Some(Token::Text(value))) =
                (tokens.get(at), tokens.get(at + 1))
            else {
                panic!("{label} is matched with nothing");
            };
            found.push((label.clone(), operator.clone(), value.clone()));
            at += 2;
        } else if *token == Token::Mark("}".to_owned()) {
            break;
        }
    }
    at
}

fn tokens(expression: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = expression.chars().peekable();
    while let Some(letter) = rest.next() {
        match letter {
            '"' => {
                let mut text = String::new();
                while let Some(letter) = rest.next() {
                    match letter {
                        '"' => break,
                        '\\' => text.extend(rest.next()),
                        plain => text.push(plain),
                    }
                }
                tokens.push(Token::Text(text));
            }
            // How far to look back names nothing.
            '[' => while rest.next().is_some_and(|letter| letter != ']') {},
            '0'..='9' => {
                while rest
                    .next_if(|letter| letter.is_ascii_alphanumeric() || *letter == '.')
                    .is_some()
                {}
            }
            'a'..='z' | 'A'..='Z' | '_' | ':' => {
                let mut name = letter.to_string();
                while let Some(letter) =
                    rest.next_if(|letter| letter.is_ascii_alphanumeric() || "_:".contains(*letter))
                {
                    name.push(letter);
                }
                tokens.push(Token::Name(name));
            }
            '=' | '!' | '<' | '>' => {
                let mut mark = letter.to_string();
                mark.extend(rest.next_if(|letter| "=~".contains(*letter)));
                tokens.push(Token::Mark(mark));
            }
            blank if blank.is_whitespace() => {}
            other => tokens.push(Token::Mark(other.to_string())),
        }
    }
    tokens
}

#[test]
fn an_expression_is_read() {
    let uses = uses(
        "histogram_quantile(0.99, sum by (le, http_route) (rate(a_bucket{code=~\"5..\", x!=\"}\"}[$__rate_interval]))) > 1 \
         and on (b) max(c) / ignoring (d) group_left sum(e) unless absent(up{job=\"w\"} == 1)",
    );
    let names: Vec<&str> = uses
        .selectors
        .iter()
        .map(|selector| selector.metric.as_str())
        .collect();
    assert_eq!(names, ["a_bucket", "c", "e", "up"]);
    assert_eq!(uses.groupings, ["le", "http_route", "b", "d"]);
    let text = |text: &str| text.to_owned();
    assert_eq!(
        uses.selectors[0].matchers,
        [
            (text("code"), text("=~"), text("5..")),
            (text("x"), text("!="), text("}"))
        ]
    );
}
