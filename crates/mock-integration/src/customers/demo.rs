//! The customers that the shop knows.

use o2s_framework_core::address::Address;
use o2s_framework_core::ids::CustomerId;
use o2s_framework_core::text::Email;

use crate::known::known;

/// A customer.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct DemoCustomer {
    /// The name on the command line.
    pub(crate) key: &'static str,
    pub(crate) id: &'static str,
    pub(crate) email: &'static str,
    first_name: &'static str,
    last_name: &'static str,
    pub(crate) company: Option<&'static str>,
    pub(crate) region: &'static str,
    pub(crate) roles: &'static [&'static str],
    pub(crate) permissions: &'static [(&'static str, &'static [&'static str])],
    /// Saved when the shop opens; the first one is the default.
    pub(crate) addresses: &'static [DemoAddress],
}

/// An address that is saved when the shop opens.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct DemoAddress {
    pub(crate) id: &'static str,
    pub(crate) label: &'static str,
    company: Option<&'static str>,
    tax_id: Option<&'static str>,
    street: (&'static str, &'static str),
    apartment: Option<&'static str>,
    city: (&'static str, &'static str),
    region: Option<&'static str>,
    country: &'static str,
    phone: Option<&'static str>,
}

static CUSTOMERS: [DemoCustomer; 3] = [
    DemoCustomer {
        key: "jane",
        id: "cus_jane",
        email: "jane@brandt-bau.example",
        first_name: "Jane",
        last_name: "Brandt",
        company: Some("Brandt Bau GmbH"),
        region: "reg_eu",
        roles: &["selfservice_org_admin", "selfservice_org_user"],
        permissions: &[
            ("orders", &["view", "create", "edit", "cancel", "track"]),
            ("products", &["view"]),
            ("services", &["view"]),
        ],
        addresses: &[
            DemoAddress {
                id: "addr_jane-office",
                label: "Office",
                company: Some("Brandt Bau GmbH"),
                tax_id: Some("DE123456789"),
                street: ("Torstraße", "12"),
                apartment: Some("3. OG"),
                city: ("Berlin", "10119"),
                region: Some("Berlin"),
                country: "DE",
                phone: Some("+49 30 5550 0112"),
            },
            DemoAddress {
                id: "addr_jane-site",
                label: "Building site",
                company: Some("Brandt Bau GmbH"),
                tax_id: None,
                street: ("Hafenweg", "7"),
                apartment: None,
                city: ("Hamburg", "20457"),
                region: None,
                country: "DE",
                phone: Some("+49 40 5550 0107"),
            },
        ],
    },
    DemoCustomer {
        key: "john",
        id: "cus_john",
        email: "john@whitfield.example",
        first_name: "John",
        last_name: "Whitfield",
        company: None,
        region: "reg_us",
        roles: &["selfservice_org_user"],
        permissions: &[("orders", &["view", "create", "track"]), ("products", &["view"]), ("services", &["view"])],
        addresses: &[DemoAddress {
            id: "addr_john-home",
            label: "Home",
            company: None,
            tax_id: None,
            street: ("Juniper Street", "418"),
            apartment: Some("2B"),
            city: ("Portland", "97209"),
            region: Some("OR"),
            country: "US",
            phone: Some("+1 503 555 0142"),
        }],
    },
    DemoCustomer {
        key: "lyon",
        id: "cus_lyon",
        email: "lyon@kowalczyk.example",
        first_name: "Lyon",
        last_name: "Kowalczyk",
        company: None,
        region: "reg_pl",
        roles: &[],
        permissions: &[("products", &["view"])],
        addresses: &[DemoAddress {
            id: "addr_lyon-dom",
            label: "Dom",
            company: None,
            tax_id: None,
            street: ("ul. Piwna", "21"),
            apartment: Some("m. 4"),
            city: ("Gdańsk", "80-831"),
            region: Some("pomorskie"),
            country: "PL",
            phone: None,
        }],
    },
];

impl DemoCustomer {
    pub(crate) fn customer_id(&self) -> CustomerId {
        known(self.id)
    }

    pub(crate) fn email_address(&self) -> Email {
        known(self.email)
    }

    pub(crate) fn name(&self) -> String {
        format!("{} {}", self.first_name, self.last_name)
    }

    /// One of the customer's first addresses, as the contract has it.
    pub(crate) fn address(&self, saved: &DemoAddress) -> Address {
        let text = |text: &str| text.to_owned();
        Address {
            first_name: Some(text(self.first_name)),
            last_name: Some(text(self.last_name)),
            company_name: saved.company.map(text),
            tax_id: saved.tax_id.map(text),
            country: text(saved.country),
            district: None,
            region: saved.region.map(text),
            street_name: text(saved.street.0),
            street_number: Some(text(saved.street.1)),
            apartment: saved.apartment.map(text),
            city: text(saved.city.0),
            postal_code: text(saved.city.1),
            email: Some(self.email_address()),
            phone: saved.phone.map(text),
        }
    }
}

/// Every customer.
pub(crate) fn demo_customers() -> impl Iterator<Item = &'static DemoCustomer> {
    CUSTOMERS.iter()
}

/// The customer with this name on the command line, or this id.
pub(crate) fn demo_customer(name: &str) -> Option<&'static DemoCustomer> {
    demo_customers().find(|customer| customer.key == name || customer.id == name)
}
