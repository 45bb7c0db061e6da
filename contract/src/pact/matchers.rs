//! Matching rules: what a consumer accepts in place of its examples.

use serde_json::Value;

/// One way of comparing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Matcher {
    /// Any value of the example's type.
    Type,
    /// A text that fits a regular expression.
    Regex(String),
    /// A whole number.
    Integer,
    /// A number with decimal places.
    Decimal,
    /// Any number.
    Number,
    /// True or false.
    Boolean,
    /// Null.
    Null,
    /// A text of some form: dates, versions.
    Text,
    /// This value.
    Equality,
    /// Something else, such as the keys of a map.
    Other,
}

/// A step of a path expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// A member.
    Name(String),
    /// An item.
    Index(usize),
    /// Any member or item.
    Any,
}

/// The rules of one body, or of the headers.
#[derive(Debug, Clone, Default)]
pub struct Rules(Vec<(Vec<Step>, Matcher)>);

impl Rules {
    /// The rules of a category: by category from version 3 on, with the category in the path in version 2.
    pub(super) fn read(rules: Option<&Value>, category: &str) -> Self {
        let Some(Value::Object(rules)) = rules else {
            return Self::default();
        };
        let by_category = rules.get(category).and_then(Value::as_object);
        let mut read = Vec::new();
        for (path, entry) in by_category.into_iter().flatten() {
            // Before version 4 the metadata of messages were called so, too.
            read.push((steps(path), matcher(entry)));
        }
        let prefixes: &[&str] = match category {
            "body" => &["$.body"],
            "header" => &["$.headers", "$.header"],
            _ => &[],
        };
        for (path, entry) in rules {
            let rest = prefixes.iter().find_map(|prefix| path.strip_prefix(prefix));
            if let Some(rest) = rest.filter(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
            {
                read.push((steps(&format!("${rest}")), matcher(entry)));
            }
        }
        if category == "header" {
            for (path, _) in &mut read {
                for step in path {
                    if let Step::Name(name) = step {
                        name.make_ascii_lowercase();
                    }
                }
            }
        }
        Self(read)
    }

    /// One rule for the whole.
    pub(super) fn whole(matcher: Matcher) -> Self {
        Self(vec![(Vec::new(), matcher)])
    }

    /// How a part is compared: by the rule that fits its path best, or one around it; `None` means that the example
    /// itself is needed.
    #[must_use]
    pub fn at(&self, path: &[Step]) -> Option<&Matcher> {
        let fitting = self.0.iter().filter_map(|(rule, matcher)| {
            let weight = weight(rule, path)?;
            Some((weight * (rule.len() + 1), rule.len(), matcher))
        });
        fitting
            .max_by_key(|(weight, length, _)| (*weight, *length))
            .map(|(.., matcher)| matcher)
    }
}

/// How well a rule fits: names and indices count twice what wildcards do. A rule for something around fits, too.
fn weight(rule: &[Step], path: &[Step]) -> Option<usize> {
    if rule.len() > path.len() {
        return None;
    }
    let mut weight = 2;
    for (wanted, found) in rule.iter().zip(path) {
        weight *= match wanted {
            Step::Any => 1,
            wanted if wanted == found => 2,
            _ => return None,
        };
    }
    Some(weight)
}

fn matcher(entry: &Value) -> Matcher {
    // Several matchers of one part: the first says what kind of value it is.
    let listed = entry.get("matchers").and_then(Value::as_array);
    let entry = listed
        .and_then(|matchers| matchers.first())
        .unwrap_or(entry);
    let regex = entry.get("regex").and_then(Value::as_str);
    match entry.get("match").and_then(Value::as_str) {
        Some("regex") => Matcher::Regex(regex.unwrap_or_default().to_owned()),
        None if regex.is_some() => Matcher::Regex(regex.unwrap_or_default().to_owned()),
        Some("integer") => Matcher::Integer,
        Some("decimal") => Matcher::Decimal,
        Some("number") => Matcher::Number,
        Some("boolean") => Matcher::Boolean,
        Some("null") => Matcher::Null,
        Some("date" | "time" | "datetime" | "timestamp" | "semver" | "include") => Matcher::Text,
        Some("equality") => Matcher::Equality,
        Some("type" | "notEmpty") => Matcher::Type,
        // Version 2 writes `{min: 1}` alone.
        None if entry.get("min").is_some() || entry.get("max").is_some() => Matcher::Type,
        _ => Matcher::Other,
    }
}

/// The steps of a path expression such as `$.data[*]['first name'].id`; of a bare name, one.
fn steps(expression: &str) -> Vec<Step> {
    let Some(mut rest) = expression.strip_prefix('$') else {
        return vec![Step::Name(expression.to_owned())];
    };
    let mut steps = Vec::new();
    while !rest.is_empty() {
        if let Some(inside) = rest.strip_prefix('[') {
            let quote = inside
                .chars()
                .next()
                .filter(|first| matches!(first, '\'' | '"'));
            let (token, after) = match quote {
                Some(quote) => {
                    let inside = inside.get(1..).unwrap_or_default();
                    let (token, after) = inside.split_once(quote).unwrap_or((inside, ""));
                    (token, after.strip_prefix(']').unwrap_or(after))
                }
                None => inside.split_once(']').unwrap_or((inside, "")),
            };
            steps.push(match (quote, token.parse()) {
                (None, Ok(index)) => Step::Index(index),
                (None, Err(_)) if token == "*" => Step::Any,
                _ => Step::Name(token.to_owned()),
            });
            rest = after;
        } else {
            let inside = rest.strip_prefix('.').unwrap_or(rest);
            let end = inside.find(['.', '[']).unwrap_or(inside.len());
            let (token, after) = inside.split_at(end);
            match token {
                "*" => steps.push(Step::Any),
                "" => {}
                name => steps.push(Step::Name(name.to_owned())),
            }
            rest = after;
        }
    }
    steps
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn path(expression: &str) -> Vec<Step> {
        steps(expression)
    }

    #[test]
    fn a_path_expression_is_read() {
        let wanted = [
            Step::Name("data".into()),
            Step::Any,
            Step::Name("first name".into()),
            Step::Index(2),
        ];
        assert_eq!(steps("$.data[*]['first name'][2]"), wanted);
        assert_eq!(steps("$"), []);
        assert_eq!(steps("X-Id"), [Step::Name("X-Id".into())]);
    }

    #[test]
    fn the_best_rule_wins_and_reaches_what_is_inside() {
        let rules = json!({ "body": {
            "$.data": { "matchers": [{ "match": "type" }] },
            "$.data[*].*": { "matchers": [{ "match": "type" }] },
            "$.data[*].id": { "matchers": [{ "match": "regex", "regex": "^x" }] },
        } });
        let rules = Rules::read(Some(&rules), "body");
        assert_eq!(
            rules.at(&path("$.data[0].id")),
            Some(&Matcher::Regex("^x".into()))
        );
        assert_eq!(
            rules.at(&path("$.data[0].name.first")),
            Some(&Matcher::Type)
        );
        assert_eq!(rules.at(&path("$.meta")), None);
    }

    #[test]
    fn version_2_writes_the_category_into_the_path() {
        let rules = json!({
            "$.body.items": { "min": 1 },
            "$.headers.X-Id": { "match": "regex", "regex": "a" },
        });
        let body = Rules::read(Some(&rules), "body");
        assert_eq!(body.at(&path("$.items")), Some(&Matcher::Type));
        let headers = Rules::read(Some(&rules), "header");
        assert_eq!(headers.at(&path("x-id")), Some(&Matcher::Regex("a".into())));
    }
}
