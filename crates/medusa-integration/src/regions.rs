//! Regions, whichever Medusa keeps them: which one a request is for, and the module that shows them.

use std::sync::Arc;

use async_trait::async_trait;
use o2s_framework_core::address::Address;
use o2s_framework_core::context::RequestContext;
use o2s_framework_core::error::{Error, Result};
use o2s_framework_core::ids::RegionId;
use o2s_framework_core::money::Currency;
use o2s_framework_core::paging::Paginated;
use o2s_framework_core::regions::{Country, ListRegions, Region, RegionsOperation, RegionsService};
use o2s_framework_core::support::Support;

use crate::identity::Identities;
use crate::map;

/// The regions of a shop, by id.
// Medusa: regions come in no order; without one, the first region of a currency would be another at each start.
pub(crate) type AllRegions = Vec<Arc<Region>>;

/// A shop that can be asked for its regions.
#[async_trait]
pub(crate) trait KnowsRegions: Send + Sync {
    /// Who calls.
    fn identities(&self) -> &Arc<Identities>;

    /// Which region is taken where a request names none.
    fn region_defaults(&self) -> &RegionDefaults;

    /// The regions; kept for minutes.
    async fn regions(&self, cx: &RequestContext) -> Result<Arc<AllRegions>>;

    /// The region that prices and new carts are for; see [`RegionDefaults::choose`].
    async fn region_for(
        &self,
        cx: &RequestContext,
        region: Option<&RegionId>,
        currency: Option<Currency>,
    ) -> Result<Arc<Region>> {
        let regions = self.regions(cx).await?;
        self.region_defaults().choose(&regions, cx, region, currency)
    }

    /// A region by its id. 404 `region.not_found`.
    async fn region(&self, cx: &RequestContext, id: &RegionId) -> Result<Arc<Region>> {
        find(&*self.regions(cx).await?, id)
    }
}

/// The regions as the contract shows them, by id.
pub(crate) fn by_id(regions: impl Iterator<Item = Result<Region>>) -> Result<AllRegions> {
    let mut regions: AllRegions = regions.map(|region| region.map(Arc::new)).collect::<Result<_>>()?;
    regions.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(regions)
}

/// A region, with the codes and names of its countries.
pub(crate) fn region<'a>(
    id: &str,
    name: Option<&String>,
    currency: Option<&str>,
    countries: impl Iterator<Item = (Option<&'a String>, Option<&'a String>)>,
) -> Result<Region> {
    let country = |(code, name): (Option<&String>, Option<&String>)| {
        let code = code?.to_uppercase();
        Some(Country { name: map::text(name).unwrap_or_else(|| code.clone()), code })
    };
    let mut countries: Vec<Country> = countries.filter_map(country).collect();
    countries.sort_by(|a, b| a.code.cmp(&b.code));
    Ok(Region {
        id: map::id(id, "region.id")?,
        name: map::text(name).unwrap_or_else(|| id.to_owned()),
        currency: map::currency(currency)?,
        countries,
    })
}

/// What is taken where a request names neither region nor currency. The region sells in the currency: prices would not be
/// what they are said to be.
pub(crate) struct RegionDefaults {
    pub(crate) currency: Currency,
    pub(crate) region: Option<RegionId>,
}

impl RegionDefaults {
    /// The region that prices and new carts are for: the named one, else the one of the named currency, else those of
    /// the context, else the default one. 404 `region.not_found`; 400 `cart.currency_region_mismatch` where region and
    /// currency are both named and do not go together; 400 `region.no_such_currency` where no region has the currency; 502
    /// `backend.misconfigured` where the defaults do not hold.
    pub(crate) fn choose(
        &self,
        regions: &AllRegions,
        cx: &RequestContext,
        region: Option<&RegionId>,
        currency: Option<Currency>,
    ) -> Result<Arc<Region>> {
        let in_currency = regions.iter().filter(|region| region.currency == self.currency);
        self.ensure_among(in_currency.map(|region| region.id.as_str()))?;
        let named = region.or(if currency.is_none() { cx.region.as_ref() } else { None });
        if let Some(id) = named {
            let found = find(regions, id)?;
            return match currency {
                Some(currency) if currency != found.currency => Err(Error::invalid(
                    "cart.currency_region_mismatch",
                    format!("The region sells in {}, not in {currency}", found.currency),
                )),
                _ => Ok(found),
            };
        }
        let wanted = currency.or(cx.currency);
        let default = self.region.as_ref().and_then(|id| regions.iter().find(|region| region.id == *id));
        if let Some(default) = default.filter(|region| wanted.is_none_or(|currency| currency == region.currency)) {
            return Ok(Arc::clone(default));
        }
        let currency = wanted.unwrap_or(self.currency);
        if let Some(found) = regions.iter().find(|region| region.currency == currency) {
            return Ok(Arc::clone(found));
        }
        match (wanted, regions.first()) {
            (None, Some(first)) => Ok(Arc::clone(first)),
            (None, None) => Err(Error::backend("backend.misconfigured", "The shop has no region")),
            (Some(currency), _) => {
                Err(Error::invalid("region.no_such_currency", format!("The shop does not sell in {currency}")))
            }
        }
    }

    /// Makes sure that the default region is among those that sell in the default currency. 502 `backend.misconfigured`.
    pub(crate) fn ensure_among<'a>(&self, mut in_currency: impl Iterator<Item = &'a str>) -> Result<()> {
        match &self.region {
            Some(id) if !in_currency.any(|known| known == id.as_str()) => {
                let message = format!("The shop has no region {id}, the default one, that sells in {}", self.currency);
                Err(Error::backend("backend.misconfigured", message))
            }
            _ => Ok(()),
        }
    }
}

fn find(regions: &AllRegions, id: &RegionId) -> Result<Arc<Region>> {
    let found = regions.iter().find(|region| region.id == *id).cloned();
    found.ok_or_else(|| Error::not_found("region.not_found", format!("There is no region {id}")))
}

/// 400 `address.country_not_in_region` for an address in a country that the region does not ship to.
pub(crate) fn ensure_ships_to(region: &Region, address: &Address) -> Result<()> {
    if region.countries.iter().any(|country| country.code.eq_ignore_ascii_case(&address.country)) {
        return Ok(());
    }
    let country = &address.country;
    Err(Error::invalid(
        "address.country_not_in_region",
        format!("The region of the cart does not ship to {country}: choose another country or another region"),
    ))
}

/// [`RegionsService`] over a shop.
pub(crate) struct Regions<S> {
    shop: Arc<S>,
}

impl<S> Regions<S> {
    pub(crate) fn new(shop: Arc<S>) -> Self {
        Self { shop }
    }
}

impl<S: KnowsRegions> Regions<S> {
    async fn all(&self, cx: &RequestContext) -> Result<Arc<AllRegions>> {
        // A bad token is told before anything else.
        let (_, regions) = self.shop.identities().establish_beside(cx, self.shop.regions(cx)).await?;
        regions
    }
}

#[async_trait]
impl<S: KnowsRegions + 'static> RegionsService for Regions<S> {
    fn support(&self, operation: RegionsOperation) -> Support {
        match operation {
            RegionsOperation::ListRegions | RegionsOperation::GetRegion => Support::Native,
        }
    }

    async fn list_regions(&self, cx: &RequestContext, request: &ListRegions) -> Result<Paginated<Region>> {
        let regions = self.all(&cx.clone().with_locale(request.locale.clone())).await?;
        Ok(request.page().cut(regions.iter().map(|region| Region::clone(region)).collect()))
    }

    async fn get_region(&self, cx: &RequestContext, id: &RegionId) -> Result<Region> {
        find(&*self.all(cx).await?, id).map(|region| Region::clone(&region))
    }
}
