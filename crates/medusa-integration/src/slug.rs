//! Names of variants in URLs, made from their SKUs.

/// Makes a slug: lower-case letters and digits with single hyphens between, such as `shirt-s-black`.
///
/// Letters with accents become plain ones; signs that stand for a word become the word (`&` is `and`); what has no
/// plain form is left out. Empty where nothing remains.
pub(crate) fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.chars() {
        if c == '-' || c.is_whitespace() {
            gap = true;
            continue;
        }
        let plain: String = transliterate(c).chars().filter(char::is_ascii_alphanumeric).collect();
        if plain.is_empty() {
            continue;
        }
        if gap && !slug.is_empty() {
            slug.push('-');
        }
        gap = false;
        slug.push_str(&plain.to_ascii_lowercase());
    }
    slug
}

/// The plain form of a character. Ideographs and other scripts without an alphabet have none: a reading of them would
/// be a guess.
fn transliterate(c: char) -> &'static str {
    match c {
        '&' => "and",
        '%' => "percent",
        '$' => "dollar",
        '€' => "euro",
        '£' => "pound",
        '|' => "or",
        '<' => "less",
        '>' => "greater",
        'ß' => "ss",
        'ä' | 'Ä' => "a",
        'ö' | 'Ö' => "o",
        'ü' | 'Ü' => "u",
        '\u{2E80}'.. => "",
        _ => deunicode::deunicode_char(c).unwrap_or(""),
    }
}

#[cfg(test)]
mod tests {
    use super::slug;

    #[test]
    fn slugs_of_skus() {
        for (text, expected) in [
            ("SHIRT-S-BLACK", "shirt-s-black"),
            ("SKU_1/A", "sku1a"),
            ("A.B c", "ab-c"),
            ("Łódź 12", "lodz-12"),
            ("50% OFF", "50percent-off"),
            ("a&b", "aandb"),
            ("foo--bar", "foo-bar"),
            ("X+Y", "xy"),
            ("€5", "euro5"),
            ("ß", "ss"),
            ("日本", ""),
            (" -a- ", "a"),
        ] {
            assert_eq!(slug(text), expected, "{text}");
        }
    }
}
