//! What a cart costs: one pure function, exact to the currency's smallest unit.
//!
//! Every amount is rounded where it arises, half away from zero, and sums are sums of rounded amounts. So these hold
//! to the last digit, for every cart:
//!
//! - `total = subtotal - discount + shipping + tax`;
//! - of every line, `total = subtotal - discount + tax`;
//! - `subtotal` and `discount` are the sums of the lines', `tax` is the sum of the lines' and of the shipping's.

use o2s_framework_core::money::Currency;
use rust_decimal::Decimal;

/// What is to be priced. Amounts are in major units.
#[derive(Debug)]
pub(crate) struct Basket<'a> {
    pub(crate) currency: Currency,
    pub(crate) lines: &'a [Line],
    pub(crate) reductions: &'a [Reduction],
    /// The price of the shipping option before tax.
    pub(crate) shipping: Decimal,
    pub(crate) tax_percent: Decimal,
}

/// Pieces of one thing. The catalogue's prices and the contract's 1,000,000 pieces keep every product of the two far
/// inside what a decimal holds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Line {
    pub(crate) unit_price: Decimal,
    pub(crate) quantity: u32,
}

/// What a promotion takes off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reduction {
    /// A part of every line.
    Percent(Decimal),
    /// An amount, spread over the lines by what they cost; never more than they cost.
    Amount(Decimal),
    /// The shipping.
    FreeShipping,
}

/// What a line costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct LineTotals {
    pub(crate) subtotal: Decimal,
    pub(crate) discount: Decimal,
    pub(crate) tax: Decimal,
    pub(crate) total: Decimal,
}

/// What a cart costs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Totals {
    pub(crate) lines: Vec<LineTotals>,
    pub(crate) subtotal: Decimal,
    pub(crate) discount: Decimal,
    /// Shipping before tax, after promotions.
    pub(crate) shipping: Decimal,
    pub(crate) shipping_tax: Decimal,
    pub(crate) tax: Decimal,
    pub(crate) total: Decimal,
}

/// Prices a basket by the rules of the module.
pub(crate) fn totals(basket: &Basket<'_>) -> Totals {
    let currency = basket.currency;
    let part = |amount: Decimal, percent: Decimal| currency.round(amount * percent / Decimal::ONE_HUNDRED);

    let subtotals: Vec<Decimal> =
        basket.lines.iter().map(|line| currency.round(line.unit_price * Decimal::from(line.quantity))).collect();
    let mut left = subtotals.clone();
    for reduction in basket.reductions {
        match *reduction {
            Reduction::Percent(percent) => {
                for (line, subtotal) in left.iter_mut().zip(&subtotals) {
                    *line -= part(*subtotal, percent).min(*line);
                }
            }
            Reduction::Amount(amount) => spread(currency, amount, &mut left),
            Reduction::FreeShipping => {}
        }
    }
    let lines: Vec<LineTotals> = subtotals
        .iter()
        .zip(left)
        .map(|(subtotal, left)| {
            let tax = part(left, basket.tax_percent);
            LineTotals { subtotal: *subtotal, discount: *subtotal - left, tax, total: left + tax }
        })
        .collect();

    let is_free = basket.reductions.contains(&Reduction::FreeShipping);
    let shipping = if is_free { Decimal::ZERO } else { currency.round(basket.shipping) };
    let shipping_tax = part(shipping, basket.tax_percent);
    let sum = |of: fn(&LineTotals) -> Decimal| lines.iter().map(of).sum::<Decimal>();
    let subtotal = sum(|line| line.subtotal);
    let discount = sum(|line| line.discount);
    let tax = sum(|line| line.tax) + shipping_tax;
    Totals { subtotal, discount, shipping, shipping_tax, tax, total: subtotal - discount + shipping + tax, lines }
}

/// Takes `amount` off the lines in proportion to what is left of each. Rounding the running sums, not the shares,
/// makes the shares add up to the amount; each stays within its line, for lines and amount are whole units.
fn spread(currency: Currency, amount: Decimal, left: &mut [Decimal]) {
    let whole: Decimal = left.iter().sum();
    if whole.is_zero() {
        return;
    }
    let amount = currency.round(amount).min(whole);
    let (mut seen, mut taken) = (Decimal::ZERO, Decimal::ZERO);
    for line in left {
        seen += *line;
        let due = currency.round(amount * seen / whole);
        *line -= due - taken;
        taken = due;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn line(cents: i64, quantity: u32) -> Line {
        Line { unit_price: Decimal::new(cents, 2), quantity }
    }

    fn priced(lines: &[Line], reductions: &[Reduction]) -> Totals {
        totals(&Basket {
            currency: Currency::EUR,
            lines,
            reductions,
            shipping: Decimal::new(590, 2),
            tax_percent: Decimal::new(1900, 2),
        })
    }

    #[test]
    fn tax_is_on_discounted_lines_and_on_shipping() {
        let totals = priced(&[line(2495, 2)], &[Reduction::Percent(Decimal::TEN)]);
        let text = [totals.subtotal, totals.discount, totals.shipping, totals.tax, totals.total].map(|d| d.to_string());
        assert_eq!(text, ["49.90", "4.99", "5.90", "9.65", "60.46"]);
    }

    #[test]
    fn a_fixed_amount_is_spread_to_the_last_cent_and_never_more_than_the_goods() {
        let five = Reduction::Amount(Decimal::new(500, 2));
        let totals = priced(&[line(333, 1), line(333, 1), line(334, 1)], &[five]);
        let discounts: Vec<_> = totals.lines.iter().map(|line| line.discount.to_string()).collect();
        assert_eq!(discounts, ["1.67", "1.66", "1.67"]);
        let small = priced(&[line(199, 1)], &[five]);
        assert_eq!((small.discount, small.lines[0].total), (small.subtotal, Decimal::ZERO));
    }

    #[test]
    fn free_shipping_has_no_tax_either() {
        let totals = priced(&[line(1000, 1)], &[Reduction::FreeShipping]);
        assert_eq!((totals.shipping, totals.shipping_tax), (Decimal::ZERO, Decimal::ZERO));
        assert_eq!(totals.total, Decimal::new(1190, 2));
    }

    fn reduction() -> impl Strategy<Value = Reduction> {
        prop_oneof![
            (0_u32..=100).prop_map(|percent| Reduction::Percent(Decimal::from(percent))),
            (0_i64..50_000).prop_map(|cents| Reduction::Amount(Decimal::new(cents, 2))),
            Just(Reduction::FreeShipping),
        ]
    }

    proptest! {
        #[test]
        fn sums_agree_to_the_last_digit(
            lines in proptest::collection::vec((1_i64..500_000, 1_u32..=1_000_000), 0..8),
            reductions in proptest::collection::vec(reduction(), 0..4),
            shipping in 0_i64..100_000,
            tax in 0_i64..3000,
            currency in prop_oneof![Just(Currency::EUR), Just("JPY".parse().unwrap()), Just("KWD".parse().unwrap())],
        ) {
            let lines: Vec<_> = lines.into_iter().map(|(cents, quantity)| line(cents, quantity)).collect();
            let totals = totals(&Basket {
                currency,
                lines: &lines,
                reductions: &reductions,
                shipping: Decimal::new(shipping, 2),
                tax_percent: Decimal::new(tax, 2),
            });
            prop_assert_eq!(totals.total, totals.subtotal - totals.discount + totals.shipping + totals.tax);
            let sum = |of: fn(&LineTotals) -> Decimal| totals.lines.iter().map(of).sum::<Decimal>();
            prop_assert_eq!(sum(|line| line.subtotal), totals.subtotal);
            prop_assert_eq!(sum(|line| line.discount), totals.discount);
            prop_assert_eq!(sum(|line| line.tax) + totals.shipping_tax, totals.tax);
            for line in &totals.lines {
                prop_assert_eq!(line.total, line.subtotal - line.discount + line.tax);
                prop_assert!(line.discount >= Decimal::ZERO && line.discount <= line.subtotal);
                prop_assert_eq!(currency.round(line.total), line.total);
            }
        }
    }
}
