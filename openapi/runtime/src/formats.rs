//! Formats of texts that stay texts. None of the checks allocates.

/// A format of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// `email`: the rule of the HTML standard (what browsers accept in an e-mail field) with the
    /// limits of RFC 5321: 64 characters before the `@`, 254 in all, no empty part between dots.
    /// Quoted local parts and literal addresses, which RFC 5322 allows, are refused: no mailbox in
    /// use has one, and every one of them has broken some mailer.
    Email,
    /// `uri`: an absolute URI by the characters and the scheme of RFC 3986.
    Uri,
    /// `byte`: base64 with padding (RFC 4648, section 4).
    Byte,
    /// `hostname`: RFC 1123.
    Hostname,
    /// `password`: a hint for user interfaces, every text is one.
    Password,
}

impl Format {
    /// Whether the text has the format.
    #[must_use]
    pub fn matches(self, text: &str) -> bool {
        match self {
            Self::Email => is_email(text),
            Self::Uri => is_uri(text),
            Self::Byte => is_base64(text.as_bytes()),
            Self::Hostname => is_hostname(text),
            Self::Password => true,
        }
    }

    /// What a client reads when it has not.
    #[must_use]
    pub const fn message(self) -> &'static str {
        match self {
            Self::Email => "Invalid email format",
            Self::Uri => "Invalid URI format",
            Self::Byte => "Invalid base64 format",
            Self::Hostname => "Invalid host name format",
            Self::Password => "Invalid password format",
        }
    }
}

fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else {
        return false;
    };
    text.len() <= 254
        && local.len() <= 64
        && local
            .split('.')
            .all(|part| !part.is_empty() && part.bytes().all(is_atom))
        && is_hostname(domain)
}

fn is_atom(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+/=?^_`{|}~-".contains(&byte)
}

fn is_hostname(text: &str) -> bool {
    text.len() <= 253 && text.split('.').all(is_label)
}

fn is_label(label: &str) -> bool {
    (1..=63).contains(&label.len())
        && !label.starts_with('-')
        && !label.ends_with('-')
        && label
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

fn is_uri(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else {
        return false;
    };
    let scheme_fits = scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    scheme_fits && !rest.is_empty() && uri_characters(rest.as_bytes())
}

fn uri_characters(mut rest: &[u8]) -> bool {
    loop {
        rest = match rest {
            [] => return true,
            [b'%', first, second, after @ ..]
                if first.is_ascii_hexdigit() && second.is_ascii_hexdigit() =>
            {
                after
            }
            [byte, after @ ..]
                if byte.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=".contains(byte) =>
            {
                after
            }
            _ => return false,
        };
    }
}

fn is_base64(text: &[u8]) -> bool {
    let body = text
        .strip_suffix(b"==")
        .or_else(|| text.strip_suffix(b"="))
        .unwrap_or(text);
    text.len().is_multiple_of(4)
        && body
            .iter()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn emails() {
        for good in [
            "ada@example.com",
            "a.b+c@sub.example.co",
            "o'neil@localhost",
            "1@2.de",
        ] {
            assert!(Format::Email.matches(good), "{good}");
        }
        let long_local = format!("{}@example.com", "a".repeat(65));
        let long = format!("a@{}.com", "b.".repeat(130));
        for bad in [
            "",
            "ada",
            "@example.com",
            "ada@",
            "a b@example.com",
            "ada@exa mple.com",
            "ada@@example.com",
            "ada@-example.com",
            ".ada@example.com",
            "ada..b@example.com",
            "ada.@example.com",
            "ada@example..com",
            "\"ada\"@example.com",
            "ada@[127.0.0.1]",
            "ädä@example.com",
            "ada@example.com\n",
            &long_local,
            &long,
        ] {
            assert!(!Format::Email.matches(bad), "{bad}");
        }
    }

    #[test]
    fn uris_hosts_and_base64() {
        for good in [
            "https://example.com/a?b=c#d",
            "urn:isbn:1",
            "mailto:a@b",
            "http://[::1]/%20",
        ] {
            assert!(Format::Uri.matches(good), "{good}");
        }
        for bad in [
            "",
            "example.com",
            "/a",
            "1a:b",
            "http://a b",
            "http://a%2",
            "http:",
            "http://ä",
        ] {
            assert!(!Format::Uri.matches(bad), "{bad}");
        }
        assert!(Format::Hostname.matches("a-1.example") && !Format::Hostname.matches("a_1"));
        assert!(
            Format::Byte.matches("YQ==")
                && Format::Byte.matches("")
                && Format::Byte.matches("YWI=")
        );
        assert!(
            !Format::Byte.matches("YQ=")
                && !Format::Byte.matches("Y Q=")
                && !Format::Byte.matches("====")
        );
    }
}
