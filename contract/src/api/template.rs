//! Path templating: which paths a template like `/orders/{orderId}` fits, and what its parameters are there.

use indexmap::IndexMap;
use percent_encoding::percent_decode_str;

use super::Operation;

impl Operation {
    /// The texts of the path parameters in a path that fits the template, decoded. A value never spans segments.
    #[must_use]
    pub fn match_path(&self, path: &str) -> Option<IndexMap<String, String>> {
        let mut captured = IndexMap::new();
        let mut segments = path.split('/');
        let mut wanted = self.path.split('/');
        loop {
            match (wanted.next(), segments.next()) {
                (None, None) => return Some(captured),
                (Some(template), Some(segment)) => match_segment(template, segment, &mut captured)?,
                _ => return None,
            }
        }
    }
}

fn match_segment(
    template: &str,
    segment: &str,
    captured: &mut IndexMap<String, String>,
) -> Option<()> {
    let Some((before, rest)) = template.split_once('{') else {
        return (decoded(template) == decoded(segment)).then_some(());
    };
    let (name, after) = rest.split_once('}')?;
    let inside = segment.strip_prefix(before)?;
    // Several parameters in one segment: the text between them ends the first.
    let until = after.split('{').next().unwrap_or_default();
    let (value, tail) = if until.is_empty() {
        (inside, "")
    } else {
        let at = inside.find(until)?;
        inside.split_at_checked(at)?
    };
    captured.insert(name.to_owned(), decoded(value));
    if after.is_empty() {
        return Some(());
    }
    match_segment(after, tail, captured)
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn captured(template: &str, path: &str) -> Option<Vec<String>> {
        let mut found = IndexMap::new();
        let mut segments = path.split('/');
        for wanted in template.split('/') {
            match_segment(wanted, segments.next()?, &mut found)?;
        }
        Some(found.into_values().collect())
    }

    #[test]
    fn a_template_takes_its_parameters_out_of_a_path() {
        assert_eq!(captured("/a/{b}/c", "/a/x%20y/c"), Some(vec!["x y".into()]));
        assert_eq!(
            captured("/files/{name}.{kind}", "/files/report.pdf"),
            Some(vec!["report".into(), "pdf".into()])
        );
        assert_eq!(captured("/a/{b}", "/c/x"), None);
    }
}
