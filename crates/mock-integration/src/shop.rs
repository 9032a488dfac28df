//! The shop: what changes while it runs, behind one lock.
//!
//! Every operation takes the lock once and holds it over no await, so an operation is seen whole or not at all and
//! concurrent writers lose nothing. A change to a cart is made on a copy, which takes the cart's place when everything
//! went well: a refused request leaves nothing behind.

use std::collections::HashMap;
use std::sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use chrono::{DateTime, SubsecRound, Utc};
use o2s_framework_core::carts::Cart;
use o2s_framework_core::context::RequestContext;
use o2s_framework_core::customers::CustomerAddress;
use o2s_framework_core::error::{Error, Result};
use o2s_framework_core::ids::{CartId, OrderId, PaymentSessionId};
use o2s_framework_core::ownership::{Owner, Visitor, access};
use o2s_framework_core::time::Timestamp;

use crate::carts::CartRecord;
use crate::catalogue::{Item, Stock, items};
use crate::config::MockConfig;
use crate::customers::{DemoCustomer, demo_customer};
use crate::ids::Ids;
use crate::language::Language;
use crate::orders::OrderRecord;
use crate::resources::{AssetRecord, ServiceRecord};
use crate::seed;
use crate::tokens::Tokens;

/// The most carts, and the most orders, that are kept; beyond that the one that was left alone longest goes.
const MAX_RECORDS: usize = 10_000;

/// The shop.
pub(crate) struct Shop {
    pub(crate) tokens: Tokens,
    pub(crate) ids: Ids,
    state: RwLock<State>,
}

impl Shop {
    pub(crate) fn new(config: &MockConfig) -> Self {
        Self {
            tokens: Tokens::new(config.jwt_secret.clone()),
            ids: Ids::new(config),
            state: RwLock::new(State::new(config.seed, now())),
        }
    }

    /// What there is now. A thread that panicked did so before its copy took the place of the original, so the state
    /// behind a poisoned lock is whole.
    pub(crate) fn state(&self) -> RwLockReadGuard<'_, State> {
        self.state.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// What there is now, to be changed.
    pub(crate) fn state_mut(&self) -> RwLockWriteGuard<'_, State> {
        self.state.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// Who calls; nobody for a guest. 401 `auth.invalid_token` for a token that does not hold.
    pub(crate) fn identify(&self, cx: &RequestContext) -> Result<Option<&'static DemoCustomer>> {
        let Some(token) = cx.token() else { return Ok(None) };
        let customer = self.tokens.verify(token, Utc::now()).and_then(|id| demo_customer(&id));
        customer.map(Some).ok_or_else(Error::invalid_token)
    }

    /// Who calls. 401 `auth.required` for a guest, `auth.invalid_token` for a token that does not hold.
    pub(crate) fn require_customer(&self, cx: &RequestContext) -> Result<&'static DemoCustomer> {
        self.identify(cx)?.ok_or_else(Error::sign_in_required)
    }

    /// Reads a cart that the caller may touch.
    pub(crate) fn read_cart<T>(
        &self,
        cx: &RequestContext,
        id: &CartId,
        read: impl FnOnce(&CartRecord, &State) -> Result<T>,
    ) -> Result<T> {
        let caller = self.identify(cx)?;
        let state = self.state();
        read(state.cart(id, caller, now())?, &state)
    }

    /// Changes a cart that the caller may touch and answers what became of it. 409 `cart.completed`.
    pub(crate) fn change_cart(
        &self,
        cx: &RequestContext,
        id: &CartId,
        language: Language,
        change: impl FnOnce(&mut CartRecord, &Change<'_>) -> Result<()>,
    ) -> Result<Cart> {
        let caller = self.identify(cx)?;
        let now = now();
        let mut state = self.state_mut();
        let mut cart = state.cart(id, caller, now)?.clone();
        cart.ensure_open()?;
        change(&mut cart, &Change { ids: &self.ids, state: &state, caller, now })?;
        Ok(state.keep_and_show(cart, language, now))
    }
}

/// What a change to a cart may look at.
pub(crate) struct Change<'a> {
    pub(crate) ids: &'a Ids,
    pub(crate) state: &'a State,
    pub(crate) caller: Option<&'static DemoCustomer>,
    pub(crate) now: Timestamp,
}

/// The current time, to the millisecond: what the wire shows is what is compared.
pub(crate) fn now() -> Timestamp {
    Timestamp(Utc::now().trunc_subsecs(3))
}

/// The time so many seconds later.
pub(crate) fn later(time: Timestamp, seconds: i64) -> Timestamp {
    let span = chrono::TimeDelta::try_seconds(seconds).unwrap_or_default();
    Timestamp(time.0.checked_add_signed(span).unwrap_or(DateTime::<Utc>::MAX_UTC))
}

/// The time so many days later, or earlier.
pub(crate) fn days_later(time: Timestamp, days: i64) -> Timestamp {
    later(time, days.saturating_mul(24 * 60 * 60))
}

/// Lets the caller at a thing by the ownership rule.
pub(crate) fn admit(
    owner: Option<&'static DemoCustomer>,
    caller: Option<&'static DemoCustomer>,
    hidden: impl FnOnce() -> Error,
) -> Result<()> {
    let owner = owner.map(DemoCustomer::customer_id);
    let caller = caller.map(DemoCustomer::customer_id);
    let owner = owner.as_ref().map_or(Owner::Nobody, Owner::Account);
    let visitor = caller.as_ref().map_or(Visitor::Anonymous, Visitor::Customer);
    access(owner, visitor).or_hide(hidden)
}

/// What changes while the shop runs.
pub(crate) struct State {
    carts: HashMap<CartId, CartRecord>,
    /// Which cart a live payment session is of.
    sessions: HashMap<PaymentSessionId, CartId>,
    orders: HashMap<OrderId, OrderRecord>,
    /// Oldest first.
    pub(crate) addresses: Vec<CustomerAddress>,
    /// Pieces left of what can run out.
    stock: HashMap<(&'static str, &'static str), u32>,
    pub(crate) assets: Vec<AssetRecord>,
    pub(crate) services: Vec<ServiceRecord>,
    /// Counts carts, so that of two made in the same millisecond one is the newer.
    carts_made: u64,
    /// The number of the newest order.
    last_order: u64,
}

impl State {
    fn new(seed: u64, now: Timestamp) -> Self {
        let stock = items().filter_map(|item| match item.variant.stock {
            Stock::Pieces(pieces) => Some((item.key(), pieces)),
            Stock::Backorder | Stock::Unlimited => None,
        });
        let orders = seed::orders(seed, now);
        Self {
            last_order: orders.iter().map(|order| order.number).max().unwrap_or_default(),
            carts: HashMap::new(),
            sessions: HashMap::new(),
            orders: orders.into_iter().map(|order| (order.id.clone(), order)).collect(),
            addresses: seed::addresses(now),
            stock: stock.collect(),
            assets: seed::assets(now),
            services: seed::services(now),
            carts_made: 0,
        }
    }

    /// A cart that the caller may touch. 404 `cart.not_found`.
    pub(crate) fn cart(
        &self,
        id: &CartId,
        caller: Option<&'static DemoCustomer>,
        now: Timestamp,
    ) -> Result<&CartRecord> {
        let not_found = || Error::not_found("cart.not_found", format!("There is no cart {id}"));
        let cart = self.carts.get(id).filter(|cart| cart.is_live(now)).ok_or_else(not_found)?;
        admit(cart.customer, caller, not_found)?;
        Ok(cart)
    }

    /// Every cart of a customer that is not completed.
    pub(crate) fn open_carts(
        &self,
        customer: &'static DemoCustomer,
        now: Timestamp,
    ) -> impl Iterator<Item = &CartRecord> {
        let is_open = move |cart: &&CartRecord| cart.order.is_none() && cart.is_live(now);
        self.carts.values().filter(is_open).filter(move |cart| cart.customer == Some(customer))
    }

    /// The number of the next cart.
    pub(crate) fn number_cart(&mut self) -> u64 {
        self.carts_made = self.carts_made.saturating_add(1);
        self.carts_made
    }

    /// Puts a changed cart in its place.
    pub(crate) fn keep_cart(&mut self, mut cart: CartRecord, now: Timestamp) {
        cart.settle(now);
        self.insert_cart(cart);
    }

    /// Puts a changed cart in its place and shows it.
    pub(crate) fn keep_and_show(&mut self, mut cart: CartRecord, language: Language, now: Timestamp) -> Cart {
        cart.settle(now);
        let view = cart.view(language, now, self);
        self.insert_cart(cart);
        view
    }

    fn insert_cart(&mut self, cart: CartRecord) {
        if let Some(session) = self.carts.get(&cart.id).and_then(|old| old.session.as_ref()) {
            self.sessions.remove(&session.id);
        } else if !self.carts.contains_key(&cart.id) && self.carts.len() >= MAX_RECORDS {
            let idle = self.carts.values().min_by_key(|cart| cart.updated_at).map(|cart| cart.id.clone());
            idle.inspect(|id| self.drop_cart(id));
        }
        if let Some(session) = &cart.session {
            self.sessions.insert(session.id.clone(), cart.id.clone());
        }
        self.carts.insert(cart.id.clone(), cart);
    }

    pub(crate) fn drop_cart(&mut self, id: &CartId) {
        if let Some(session) = self.carts.remove(id).and_then(|cart| cart.session) {
            self.sessions.remove(&session.id);
        }
    }

    /// The cart that a live payment session is of.
    pub(crate) fn cart_of_session(&self, id: &PaymentSessionId) -> Option<&CartRecord> {
        self.carts.get(self.sessions.get(id)?)
    }

    pub(crate) fn orders(&self) -> impl Iterator<Item = &OrderRecord> {
        self.orders.values()
    }

    /// An order, whosever it is.
    pub(crate) fn any_order(&self, id: &OrderId) -> Option<&OrderRecord> {
        self.orders.get(id)
    }

    /// An order that the caller may see. 404 `order.not_found`.
    pub(crate) fn order(&self, id: &OrderId, caller: Option<&'static DemoCustomer>) -> Result<&OrderRecord> {
        let order = self.orders.get(id).ok_or_else(|| no_such_order(id))?;
        admit(order.customer, caller, || no_such_order(id))?;
        Ok(order)
    }

    /// An order that the caller may see, to be changed. 404 `order.not_found`.
    pub(crate) fn order_mut(
        &mut self,
        id: &OrderId,
        caller: Option<&'static DemoCustomer>,
    ) -> Result<&mut OrderRecord> {
        let order = self.orders.get_mut(id).ok_or_else(|| no_such_order(id))?;
        admit(order.customer, caller, || no_such_order(id))?;
        Ok(order)
    }

    /// Every order, to be changed by whoever keeps the shop.
    pub(crate) fn orders_mut(&mut self) -> impl Iterator<Item = &mut OrderRecord> {
        self.orders.values_mut()
    }

    /// The number of the next order.
    pub(crate) fn number_order(&mut self) -> u64 {
        self.last_order = self.last_order.saturating_add(1);
        self.last_order
    }

    /// Makes the cart that has become an order the customer's, as the order is: it shows the same.
    pub(crate) fn hand_over_cart_of(&mut self, order: &OrderId, customer: &'static DemoCustomer) {
        for cart in self.carts.values_mut().filter(|cart| cart.order.as_ref() == Some(order)) {
            cart.customer = Some(customer);
        }
    }

    pub(crate) fn keep_order(&mut self, order: OrderRecord) {
        if self.orders.len() >= MAX_RECORDS {
            let oldest = self.orders.values().min_by_key(|order| order.created_at).map(|order| order.id.clone());
            oldest.inspect(|id| drop(self.orders.remove(id)));
        }
        self.orders.insert(order.id.clone(), order);
    }

    /// How many pieces can be bought; none where it cannot run out.
    pub(crate) fn pieces_left(&self, item: Item) -> Option<u32> {
        self.stock.get(&item.key()).copied()
    }

    pub(crate) fn in_stock(&self, item: Item) -> bool {
        self.pieces_left(item) != Some(0)
    }

    /// 409 `cart.out_of_stock` where so many pieces cannot be bought.
    pub(crate) fn ensure_stock(&self, item: Item, quantity: u32) -> Result<()> {
        match self.pieces_left(item) {
            Some(left) if left < quantity => {
                let sku = item.sku();
                Err(Error::conflict(
                    "cart.out_of_stock",
                    match left {
                        0 => format!("{sku} is sold out"),
                        _ => format!("Of {sku} only {left} are left, not {quantity}"),
                    },
                ))
            }
            Some(_) | None => Ok(()),
        }
    }

    /// Takes pieces out of the stock; whoever does has made sure that they are there.
    pub(crate) fn take_stock(&mut self, item: Item, quantity: u32) {
        if let Some(left) = self.stock.get_mut(&item.key()) {
            *left = left.saturating_sub(quantity);
        }
    }
}

fn no_such_order(id: &OrderId) -> Error {
    Error::not_found("order.not_found", format!("There is no order {id}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::regions::regions;

    fn cart(number: u64, changed: Timestamp) -> CartRecord {
        let id = CartId::new(format!("cart_{number}")).expect("an id");
        CartRecord::new(id, number, demo_customer("jane"), regions().next().expect("a region"), changed)
    }

    #[test]
    fn a_cart_that_is_left_alone_is_gone_after_thirty_days() {
        let (jane, began) = (demo_customer("jane"), now());
        let mut state = State::new(1, began);
        let cart = cart(1, began);
        state.keep_cart(cart.clone(), began);
        assert!(state.cart(&cart.id, jane, later(days_later(began, 30), -1)).is_ok());
        let gone = state.cart(&cart.id, jane, days_later(began, 30)).err().expect("gone");
        assert_eq!(gone.code(), "cart.not_found");
        let jane = jane.expect("jane");
        assert_eq!(state.open_carts(jane, began).count(), 1);
        assert_eq!(state.open_carts(jane, days_later(began, 30)).count(), 0);
    }

    #[test]
    fn memory_stays_bounded_and_the_idle_go_first() {
        let began = now();
        let mut state = State::new(1, began);
        let many = u64::try_from(MAX_RECORDS).expect("a number");
        for number in 0..=many {
            let at = later(began, i64::try_from(number).expect("a number"));
            state.keep_cart(cart(number, at), at);
        }
        assert_eq!(state.carts.len(), MAX_RECORDS);
        assert!(!state.carts.contains_key(&cart(0, began).id) && state.carts.contains_key(&cart(many, began).id));
    }
}
