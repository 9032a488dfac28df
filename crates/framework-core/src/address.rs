//! Postal addresses.

use serde::{Deserialize, Serialize};

use crate::error::Violation;
use crate::text::Email;

/// A postal address.
///
/// `country` is an ISO 3166-1 alpha-2 code in upper case. `region` is the province or state;
/// `district` a part of it or of the city.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Address {
    /// Given name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_name: Option<String>,
    /// Family name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_name: Option<String>,
    /// Company.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub company_name: Option<String>,
    /// Tax number of the company, such as a VAT id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tax_id: Option<String>,
    /// ISO 3166-1 alpha-2 code, such as `DE`.
    pub country: String,
    /// District.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub district: Option<String>,
    /// Province or state.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// Street, without the number where `street_number` has it.
    pub street_name: String,
    /// Number of the house.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub street_number: Option<String>,
    /// Apartment, floor or suite.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub apartment: Option<String>,
    /// City.
    pub city: String,
    /// Postal code.
    pub postal_code: String,
    /// E-mail address of the recipient.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<Email>,
    /// Phone number of the recipient.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
}

/// The codes of ISO 3166-1 alpha-2, and Kosovo's, which is in use without being on the list.
const COUNTRIES: &str = "\
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT \
    BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH \
    ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT \
    HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS \
    LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI \
    NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG \
    SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG \
    UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW";

/// Whether there is such a country, in any case.
fn is_country(code: &str) -> bool {
    COUNTRIES.split(' ').any(|known| known.eq_ignore_ascii_case(code))
}

/// The longest text in one part of an address, in bytes.
const MAX_PART_LENGTH: usize = 256;

impl Address {
    /// What keeps the address from being written: a required part that is blank, a country that there is not, a part over
    /// 256 bytes. `field` is the path of the address in the request.
    pub fn violations(&self, field: &str) -> Vec<Violation> {
        let mut found = Vec::new();
        let required = [("streetName", &self.street_name), ("city", &self.city), ("postalCode", &self.postal_code)];
        for (name, value) in required {
            if value.trim().is_empty() {
                found.push(Violation::new(format!("{field}.{name}"), "must not be blank"));
            }
        }
        if !is_country(&self.country) {
            found.push(Violation::new(format!("{field}.country"), "must be an ISO 3166-1 alpha-2 code such as DE"));
        }
        let optional = [
            ("firstName", &self.first_name),
            ("lastName", &self.last_name),
            ("companyName", &self.company_name),
            ("taxId", &self.tax_id),
            ("district", &self.district),
            ("region", &self.region),
            ("streetNumber", &self.street_number),
            ("apartment", &self.apartment),
            ("phone", &self.phone),
        ];
        let parts =
            required.into_iter().chain(optional.into_iter().filter_map(|(name, value)| Some((name, value.as_ref()?))));
        for (name, value) in parts {
            if value.len() > MAX_PART_LENGTH {
                found.push(Violation::new(format!("{field}.{name}"), "must not be longer than 256 bytes"));
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_country_is_one_that_there_is() {
        for code in ["DE", "de", "US", "JP", "XK", "AD", "ZW"] {
            assert!(is_country(code), "{code}");
        }
        for code in ["", "XX", "D", "DEU", "D E", " ", "AD AE"] {
            assert!(!is_country(code), "{code}");
        }
    }

    #[test]
    fn names_every_part_that_is_wrong() {
        let address = Address { country: "Germany".to_owned(), city: " ".to_owned(), ..Address::default() };
        let fields: Vec<_> = address.violations("shippingAddress").into_iter().map(|v| v.field).collect();
        assert_eq!(
            fields,
            [
                "shippingAddress.streetName",
                "shippingAddress.city",
                "shippingAddress.postalCode",
                "shippingAddress.country"
            ]
        );
    }

    #[test]
    fn unknown_parts_are_refused() {
        let json = r#"{"country":"DE","streetName":"A","city":"B","postalCode":"1","zip":"1"}"#;
        assert!(serde_json::from_str::<Address>(json).is_err());
    }
}
