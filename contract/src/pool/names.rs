//! Names of parameters, properties and collections, compared whatever their spelling.

/// Small letters and digits only: `order_id`, `orderId` and `Order-ID` are one name.
pub(super) fn plain(name: &str) -> String {
    let letters = name.chars().filter(char::is_ascii_alphanumeric);
    letters.map(|letter| letter.to_ascii_lowercase()).collect()
}

/// Whether a plain name says that it is one of an id.
pub(super) fn is_id(plain: &str) -> bool {
    plain.len() > 2 && plain.ends_with("id")
}

/// The name of one of them: `categories` are made of a `category`.
pub(super) fn singular(name: &str) -> String {
    let name = plain(name);
    if let Some(stem) = name.strip_suffix("ies") {
        return format!("{stem}y");
    }
    for ending in ["sses", "xes", "ches", "shes"] {
        if name.ends_with(ending) {
            return name.strip_suffix("es").unwrap_or(&name).to_owned();
        }
    }
    match name.strip_suffix('s') {
        Some(stem) if !stem.ends_with('s') => stem.to_owned(),
        _ => name,
    }
}
