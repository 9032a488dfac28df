//! The three languages of the shop.

use o2s_framework_core::context::RequestContext;
use o2s_framework_core::text::Locale;

/// A language that the shop speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Language {
    English,
    German,
    Polish,
}

impl Language {
    /// The language of an answer: the request's, else the context's; English where the shop does not speak it.
    pub(crate) fn of(request: Option<&Locale>, cx: &RequestContext) -> Self {
        let tag = request.or(cx.locale.as_ref()).map_or("en", Locale::as_str);
        let language = tag.split('-').next().unwrap_or(tag);
        if language.eq_ignore_ascii_case("de") {
            Self::German
        } else if language.eq_ignore_ascii_case("pl") {
            Self::Polish
        } else {
            Self::English
        }
    }
}

/// A text in every language of the shop.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Text {
    en: &'static str,
    de: &'static str,
    pl: &'static str,
}

/// A text in English, German and Polish.
pub(crate) const fn text(en: &'static str, de: &'static str, pl: &'static str) -> Text {
    Text { en, de, pl }
}

impl Text {
    /// The text in one language.
    pub(crate) fn get(self, language: Language) -> &'static str {
        match language {
            Language::English => self.en,
            Language::German => self.de,
            Language::Polish => self.pl,
        }
    }

    /// Whether `name` is the text in any of the languages, in any case.
    pub(crate) fn is(self, name: &str) -> bool {
        let name = name.trim().to_lowercase();
        [self.en, self.de, self.pl].iter().any(|text| text.to_lowercase() == name)
    }
}
