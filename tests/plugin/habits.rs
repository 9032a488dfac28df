//! The plugin's habits over the whole seed: what it ignores, how it counts, what it leaves out. A client that relies on
//! them, or is tripped up by them, is so with the real plugin too.

use std::collections::BTreeSet;
use std::pin::Pin;
use std::sync::Arc;

use anyhow::{Context, ensure};
use http::HeaderMap;
use http::header::{ETAG, IF_NONE_MATCH};
use libtest_mimic::Trial;
use serde_json::{Value, json};
use tokio::runtime::Runtime;

use crate::server::Server;

type Outcome<'a> = Pin<Box<dyn Future<Output = anyhow::Result<()>> + Send + 'a>>;
type Habit = for<'a> fn(&'a Server) -> Outcome<'a>;

/// Each habit as a test.
pub(crate) fn trials(server: &Arc<Server>, runtime: &Arc<Runtime>) -> Vec<Trial> {
    let habits: &[(&str, Habit)] = &[
        ("assets_are_everybodys_whoever_is_named", |server| Box::pin(assets_are_everybodys(server))),
        ("services_are_of_the_customer_who_is_named", |server| Box::pin(services_are_of_the_customer(server))),
        ("without_a_customers_id_services_are_everybodys", |server| Box::pin(services_are_everybodys(server))),
        ("lists_are_ordered_by_id", |server| Box::pin(lists_are_ordered(server))),
        ("limits_are_bent_and_not_refused", |server| Box::pin(limits_are_bent(server))),
        ("assets_are_found_by_many_ids", |server| Box::pin(many_ids(server))),
        ("words_narrow_together", |server| Box::pin(words_narrow(server))),
        ("a_customers_read_holds_all_that_is_theirs", |server| Box::pin(customer_read(server))),
        ("a_foreign_asset_of_a_service_shows_its_owner_when_asked", |server| Box::pin(foreign_asset(server))),
        ("what_is_gone_leaves_no_key", |server| Box::pin(gone_relations(server))),
        ("references_show_what_is_gone_and_what_is_not_for_sale", |server| Box::pin(references(server))),
        ("compatible_services_count_what_is_gone", |server| Box::pin(compatible_services(server))),
        ("featured_services_are_variants_alone", |server| Box::pin(featured(server))),
        ("an_unchanged_answer_is_304", |server| Box::pin(unchanged(server))),
    ];
    let trial = |&(name, habit): &(&'static str, Habit)| {
        let (server, runtime) = (Arc::clone(server), Arc::clone(runtime));
        Trial::test(format!("habits::{name}"), move || Ok(runtime.block_on(habit(&server))?))
    };
    habits.iter().map(trial).collect()
}

async fn ok(server: &Server, target: &str) -> anyhow::Result<Value> {
    let answer = server.get(target).await?;
    ensure!(answer.status == 200, "{target}: {answer:?}");
    Ok(answer.body)
}

/// The rows under a key, and the count beside them.
async fn page(server: &Server, target: &str, key: &str) -> anyhow::Result<(Vec<Value>, u64)> {
    let body = ok(server, target).await?;
    let rows = body[key].as_array().with_context(|| format!("{target}: no {key}"))?.clone();
    Ok((rows, body["count"].as_u64().with_context(|| format!("{target}: no count"))?))
}

async fn assets(server: &Server, query: &str) -> anyhow::Result<(Vec<Value>, u64)> {
    page(server, &format!("/admin/assets?{query}"), "assets").await
}

async fn services(server: &Server, query: &str) -> anyhow::Result<(Vec<Value>, u64)> {
    page(server, &format!("/admin/service-instances?{query}"), "serviceInstances").await
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn ids(rows: &[Value]) -> Vec<&str> {
    rows.iter().map(|row| text(&row["id"])).collect()
}

async fn assets_are_everybodys(server: &Server) -> anyhow::Result<()> {
    let (all, count) = assets(server, "limit=100000").await?;
    ensure!(count == all.len() as u64 && count > 33, "{count}");
    let names = server.names();
    for customer in [&names["jane"], &names["john"], &names["mary"], "cus_of_nobody", ""] {
        for filter in ["customerId", "customer_id", "customer.id", "customer[id]", "filters[customer_id]"] {
            let (rows, counted) = assets(server, &format!("limit=100000&{filter}={customer}")).await?;
            ensure!((ids(&rows), counted) == (ids(&all), count), "{filter}={customer} narrows the list");
        }
    }
    let (slash, counted) = page(server, "/admin/assets/?limit=100000", "assets").await?;
    ensure!((ids(&slash), counted) == (ids(&all), count), "an empty id is the list");
    for ignored in ["order=-id", "sort=-id", "fields=id", "expand=customer", "unknown=1"] {
        let (rows, _) = assets(server, &format!("limit=100000&{ignored}")).await?;
        ensure!(rows == all, "{ignored} changes the list");
    }
    Ok(())
}

async fn services_are_of_the_customer(server: &Server) -> anyhow::Result<()> {
    let (names, seeded) = (server.names(), &server.env.resources);
    for who in ["jane", "john"] {
        let (rows, count) = services(server, &format!("limit=1000&customerId={}", names[who])).await?;
        let theirs: BTreeSet<_> = seeded.service_ids[who].iter().map(String::as_str).collect();
        ensure!(ids(&rows).into_iter().collect::<BTreeSet<_>>() == theirs && count == theirs.len() as u64, "{who}");
        ensure!(rows.iter().all(|row| text(&row["customer"]["id"]) == names[who]), "{who}");
        let (page, counted) = services(server, &format!("limit=1&offset=1&customerId={}", names[who])).await?;
        ensure!((ids(&page), counted) == (ids(&rows[1..2]), count), "a page of {who}'s");
    }
    for nobody in [&*names["mary"], "cus_of_nobody", "CUS", "%25"] {
        let (rows, count) = services(server, &format!("customerId={nobody}")).await?;
        ensure!(rows.is_empty() && count == 0, "{nobody} has {count} services");
    }
    let (rows, _) = services(server, &format!("customerId={}", names["deletedCustomer"])).await?;
    ensure!(ids(&rows) == [&*seeded.odd_services["ofDeletedCustomer"]], "the links of a deleted customer stay");
    ensure!(rows[0].get("customer").is_none(), "a deleted customer is not shown");

    let (jane, john) = (&names["jane"], &names["john"]);
    let (_, both) = services(server, &format!("customerId[]={jane}&customerId[]={john}")).await?;
    let expected = seeded.service_ids["jane"].len() + seeded.service_ids["john"].len();
    ensure!(both == expected as u64, "a list of customers");
    let (others, _) = services(server, &format!("limit=1000&customerId[$ne]={jane}")).await?;
    ensure!(others.iter().all(|row| text(&row["customer"]["id"]) != jane), "an operator reaches the table");
    ensure!(others.iter().any(|row| text(&row["customer"]["id"]) == john), "an operator reaches the table");

    let state = |payment: &str, status: &str| seeded.services_by_state[payment][status].clone();
    let (rows, count) = services(server, &format!("customerId={jane}&payment_type=WEEKLY&status=EXPIRED")).await?;
    ensure!(ids(&rows) == [state("WEEKLY", "EXPIRED")] && count == 1, "filters narrow together");
    let (_, count) = services(server, &format!("customerId={jane}&status[]=EXPIRED&status[]=INACTIVE")).await?;
    ensure!(count == 8, "{count} services of two statuses");
    for odd in ["status=expired", "payment_type=DAILY"] {
        let (rows, count) = services(server, odd).await?;
        ensure!(rows.is_empty() && count == 0, "{odd}");
    }
    Ok(())
}

async fn services_are_everybodys(server: &Server) -> anyhow::Result<()> {
    let (all, count) = services(server, "limit=1000").await?;
    let jane = &server.names()["jane"];
    for filter in ["customerId=".to_owned(), format!("customer_id={jane}"), format!("customer[id]={jane}")] {
        let (rows, counted) = services(server, &format!("limit=1000&{filter}")).await?;
        ensure!((ids(&rows), counted) == (ids(&all), count), "{filter} narrows the list");
    }
    let named = &server.env.resources.odd_services["bare"];
    let (_, counted) = services(server, &format!("id={named}")).await?;
    ensure!(counted == count, "an id narrows the list of services");
    Ok(())
}

async fn lists_are_ordered(server: &Server) -> anyhow::Result<()> {
    let names = server.names();
    let references = format!("/admin/products/x/variants/{}/references?limit=100", names["variant"]);
    let lists = [
        assets(server, "limit=1000").await?.0,
        services(server, "limit=1000").await?.0,
        page(server, &references, "productReferences").await?.0,
    ];
    for rows in lists {
        ensure!(ids(&rows).is_sorted(), "{:?}", ids(&rows));
        let bare = |id: &&str| id.len() == 26 && id.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase());
        ensure!(ids(&rows).iter().all(bare), "ids have no prefix");
    }
    let (rows, _) = assets(server, &format!("id[]={}&id[]={}", names["laterAsset"], names["asset"])).await?;
    ensure!(ids(&rows) == [&names["asset"], &names["laterAsset"]], "the order of the request counts for nothing");
    Ok(())
}

async fn limits_are_bent(server: &Server) -> anyhow::Result<()> {
    let (_, count) = assets(server, "limit=1").await?;
    let cases = [
        ("", 10, json!(10), json!(0)),
        ("limit=0", 10, json!(10), json!(0)),
        ("limit=many", 10, json!(10), json!(0)),
        ("limit=", 10, json!(10), json!(0)),
        ("limit=3&offset=some", 3, json!(3), json!(0)),
        ("limit=3&offset=1", 3, json!(3), json!(1)),
        ("limit=3&offset=100000", 0, json!(3), json!(100_000)),
        ("limit=2.5", count, json!(2.5), json!(0)),
        ("limit=100000", count, json!(100_000), json!(0)),
    ];
    for (query, rows, limit, offset) in cases {
        let body = ok(server, &format!("/admin/assets?{query}")).await?;
        let found = body["assets"].as_array().map_or(0, Vec::len) as u64;
        ensure!(found == rows, "{query:?}: {found} rows");
        ensure!(body["limit"] == limit && body["offset"] == offset && body["count"] == count, "{query:?}");
    }
    let lists = ["/admin/assets", "/admin/service-instances", "/admin/products/x/variants/y/references"];
    for (list, query) in lists.iter().flat_map(|list| [(list, "limit=-1"), (list, "offset=-1")]) {
        let answer = server.get(&format!("{list}?{query}")).await?;
        ensure!(answer.status == 500 && answer.body["type"] == "unknown_error", "{list}?{query}: {answer:?}");
    }
    Ok(())
}

async fn many_ids(server: &Server) -> anyhow::Result<()> {
    let janes = &server.env.resources.asset_ids["jane"];
    for name in ["id[]", "id"] {
        let query: Vec<_> = janes.iter().map(|id| format!("{name}={id}")).collect();
        let (rows, count) = assets(server, &format!("limit=100&{}", query.join("&"))).await?;
        ensure!(ids(&rows) == *janes && count == janes.len() as u64, "{count} assets of {}", janes.len());
    }
    let unknown: Vec<_> = (0..500).map(|number| format!("id[]={number:0>26}")).collect();
    let (rows, count) = assets(server, &format!("limit=1&id[]={}&{}", janes[0], unknown[..449].join("&"))).await?;
    ensure!(ids(&rows) == [&*janes[0]] && count == 1, "{count} assets of 450 ids");
    let too_long = server.get(&format!("/admin/assets?{}&{}", unknown.join("&"), unknown.join("&"))).await?;
    ensure!(too_long.status == 431 && too_long.body.is_null(), "{too_long:?}");
    let (rows, count) = assets(server, &format!("id={},{}", janes[0], janes[1])).await?;
    ensure!(rows.is_empty() && count == 0, "commas part no ids");
    Ok(())
}

async fn words_narrow(server: &Server) -> anyhow::Result<()> {
    let first = &*server.env.resources.asset_ids["jane"][0];
    let (_, all) = assets(server, "limit=1").await?;
    for (query, expected) in [
        ("q=workshop%20of%20DRILL", 1),
        ("q=drill%20of", 1),
        ("q=workshop%20saw", 0),
        ("q=SN-J-001", 1),
        ("q=", all),
        ("q=%25", all),
    ] {
        let (rows, count) = assets(server, query).await?;
        ensure!(count == expected, "{query}: {count} of {expected}");
        ensure!(expected != 1 || ids(&rows) == [first], "{query}");
    }
    let (rows, _) = assets(server, "name=drill&limit=100").await?;
    ensure!(rows.iter().all(|row| text(&row["name"]).to_lowercase().contains("drill")), "a part of the name");
    ensure!(ids(&rows).contains(&first), "in any case");
    Ok(())
}

async fn customer_read(server: &Server) -> anyhow::Result<()> {
    let (names, seeded) = (server.names(), &server.env.resources);
    let fields = "id,assets.*,assets.product_variant.*,assets.product_variant.product.*,service_instances.*";
    for who in ["jane", "john"] {
        let body = ok(server, &format!("/admin/customers/{}?fields={fields}", names[who])).await?;
        for (key, theirs) in [("assets", &seeded.asset_ids), ("service_instances", &seeded.service_ids)] {
            let rows = body["customer"][key].as_array().with_context(|| format!("{who} has no {key}"))?;
            let there: Vec<_> = rows.iter().filter(|row| !row.is_null()).cloned().collect();
            let expected: BTreeSet<_> = theirs[who].iter().map(String::as_str).collect();
            ensure!(ids(&there).into_iter().collect::<BTreeSet<_>>() == expected, "{key} of {who}");
            // A deleted row leaves its link, and the link a null.
            let nulls = rows.len() - there.len();
            ensure!(nulls == usize::from(who == "jane"), "{nulls} nulls in {key} of {who}");
        }
    }
    let body = ok(server, &format!("/admin/customers/{}?fields={fields}", names["mary"])).await?;
    ensure!(body["customer"]["assets"] == json!([]) && body["customer"]["service_instances"] == json!([]), "{body}");
    for refused in ["assets[limit]=1", "limit=1", "offset=1", "order=-assets.id", "region_id=reg_1"] {
        let answer = server.get(&format!("/admin/customers/{}?fields=id,assets.id&{refused}", names["jane"])).await?;
        ensure!(answer.status == 400, "{refused}: {answer:?}");
    }
    Ok(())
}

async fn foreign_asset(server: &Server) -> anyhow::Result<()> {
    let names = server.names();
    let (service, john) = (&names["serviceWithForeignAsset"], &names["john"]);
    let body = ok(server, &format!("/admin/service-instances/{service}")).await?;
    let asset = &body["serviceInstance"]["assets"][0];
    ensure!(text(&body["serviceInstance"]["customer"]["id"]) == names["jane"], "{body}");
    ensure!(!text(&asset["serial_number"]).is_empty() && asset.get("customer").is_none(), "{asset}");
    let fields = "id,service_instances.id,service_instances.assets.id,service_instances.assets.customer.id";
    let body = ok(server, &format!("/admin/customers/{}?fields={fields}", names["jane"])).await?;
    let rows = body["customer"]["service_instances"].as_array().context("no services")?;
    let row = rows.iter().find(|row| row["id"] == **service).context("the service is not there")?;
    ensure!(row["assets"][0]["customer"]["id"] == **john, "{row}");
    Ok(())
}

async fn gone_relations(server: &Server) -> anyhow::Result<()> {
    let seeded = &server.env.resources;
    let (all, _) = assets(server, "limit=100000").await?;
    let listed = |id: &str| all.iter().find(|row| row["id"] == id).cloned().context("not in the list");
    for (name, gone) in
        [("ofUnknownCustomer", "customer"), ("ofDeletedCustomer", "customer"), ("ofUnknownVariant", "product_variant")]
    {
        let id = &seeded.odd_assets[name];
        let read = ok(server, &format!("/admin/assets/{id}")).await?["asset"].clone();
        ensure!(read.get(gone).is_none() && listed(id)?.get(gone).is_none(), "{name}: {read}");
    }
    let two = listed(&seeded.odd_assets["ofTwoCustomers"])?;
    let owners: BTreeSet<_> =
        two["customer"].as_array().context("one owner")?.iter().map(|row| text(&row["id"])).collect();
    ensure!(owners == seeded.customer_ids.pair.iter().map(String::as_str).collect(), "{owners:?}");
    let nameless = listed(&seeded.odd_assets["withoutName"])?;
    ensure!(nameless["name"].is_null() && nameless["totals"].is_null() && nameless.get("name").is_some(), "{nameless}");
    let draft = listed(&seeded.odd_assets["ofDraftProduct"])?;
    ensure!(draft["product_variant"]["product"]["status"] == "draft", "{draft}");
    for (path, message) in [("assets", "Asset not found"), ("service-instances", "Service instance not found")] {
        for id in ["nope", &*seeded.odd_assets["deleted"], &*seeded.odd_services["deleted"]] {
            let answer = server.get(&format!("/admin/{path}/{id}")).await?;
            ensure!(answer.status == 404 && answer.body == json!({ "message": message }), "{answer:?}");
        }
    }
    Ok(())
}

async fn references(server: &Server) -> anyhow::Result<()> {
    let (source, seeded) = (&server.env.resources.references.source, &server.env.resources.references);
    let path = |product: &str| format!("/products/{product}/variants/{}/references?limit=100", source.id);
    let body = ok(server, &format!("/admin{}", path(&source.product_id))).await?;
    let rows = body["productReferences"].as_array().context("no references")?;
    ensure!(body["count"] == 12 && rows.len() == 12, "{} references", rows.len());
    for (kind, targets) in &seeded.targets {
        let of_kind = rows.iter().filter(|row| row["reference_type"] == **kind);
        let found: BTreeSet<_> = of_kind.map(|row| text(&row["target_product_variant_id"])).collect();
        let expected: BTreeSet<_> = targets.iter().map(|target| &*target.id).collect();
        ensure!(found.is_superset(&expected), "{kind}: {found:?}");
        let query = format!("/admin{}&referenceType={kind}", path("x"));
        let (of_type, count) = page(server, &query, "productReferences").await?;
        ensure!(of_type.len() == found.len() && count == found.len() as u64, "{query}");
    }
    let target =
        |id: &str| rows.iter().find(|row| row["target_product_variant_id"] == id).map(|row| &row["targetProduct"]);
    ensure!(target(&seeded.unknown_target) == Some(&json!({})), "a target that is gone is an empty object");
    ensure!(target(&source.id).is_some(), "a variant may refer to itself");
    let draft = target(&seeded.targets["REPLACEMENT"][1].id).context("no draft")?;
    ensure!(!text(&draft["product"]["title"]).is_empty() && draft["product"].get("status").is_none(), "{draft}");
    for caller in ["store", "key without channel"] {
        let target = format!("/store{}", path("of_no_matter"));
        let answer = server.send("GET", &target, Some(caller), None, &HeaderMap::new()).await?;
        ensure!(answer.body == body, "the Store API answers otherwise with the {caller} key");
    }
    Ok(())
}

async fn compatible_services(server: &Server) -> anyhow::Result<()> {
    let names = server.names();
    let path = |asset: &str| format!("/admin/assets/{asset}/compatible-services");
    let (rows, count) = page(server, &path(&names["asset"]), "compatibleServices").await?;
    ensure!((rows.len(), count) == (3, 4), "{} rows, {count} counted", rows.len());
    for row in &rows {
        let product = row["product"].as_object().context("no product")?;
        ensure!(!product.contains_key("handle") && !product.contains_key("type_id"), "{row}");
        ensure!(row["prices"].as_array().is_some_and(|prices| prices.len() == 2), "{row}");
    }
    // The page is cut before what is gone is left out.
    let (last, _) = page(server, &format!("{}?limit=1&offset=3", path(&names["asset"])), "compatibleServices").await?;
    ensure!(last.is_empty(), "{last:?}");
    let (none, count) = page(server, &path(&names["assetWithoutWarranty"]), "compatibleServices").await?;
    ensure!(none.is_empty() && count == 0, "{none:?}");
    let broken = server.get(&path(&names["assetOfUnknownVariant"])).await?;
    ensure!(broken.status == 500, "{broken:?}");
    let unknown = server.get(&path("nope")).await?;
    ensure!(unknown.status == 404 && unknown.body == json!({ "message": "Asset not found" }), "{unknown:?}");
    Ok(())
}

async fn featured(server: &Server) -> anyhow::Result<()> {
    let seeded = &server.env.resources.featured;
    let path = "/admin/service-instances/featured";
    let (rows, count) = page(server, path, "featuredServices").await?;
    ensure!((rows.len(), count) == (5, 5), "{} rows, {count} counted", rows.len());
    let products: BTreeSet<_> = rows.iter().map(|row| text(&row["product_id"])).collect();
    let drafts_too = seeded.product_ids.iter().chain([&seeded.draft_product_id]).map(String::as_str).collect();
    ensure!(products == drafts_too, "{products:?}");
    let alone = |row: &Value| ["product", "prices", "calculated_price"].iter().all(|key| row.get(key).is_none());
    ensure!(rows.iter().all(alone), "{rows:?}");
    let keys = |row: &Value| row.as_object().map(|row| row.keys().cloned().collect::<Vec<_>>());
    ensure!(rows.iter().all(|row| keys(row) == keys(&rows[0])), "a key that not all have");
    let variants: BTreeSet<_> = ids(&rows).into_iter().collect();
    ensure!(variants.len() == rows.len(), "a variant twice");
    let (again, _) = page(server, &format!("{path}?limit=1&offset=1"), "featuredServices").await?;
    ensure!(again.len() == 5, "a page of featured services");

    // Not even a long list is paged.
    let (all, _) = page(server, "/admin/products?fields=id,variants.id&limit=1000", "products").await?;
    let more: Vec<_> = ids(&all).into_iter().filter(|id| !products.contains(id)).collect();
    let put = async |what: &str| {
        let target = format!("/admin/product-categories/{}/products", seeded.category_id);
        let body = Some(json!({ what: more }).to_string());
        server.send("POST", &target, Some("admin"), body, &HeaderMap::new()).await
    };
    let added = put("add").await?;
    let long = page(server, path, "featuredServices").await;
    let removed = put("remove").await?;
    ensure!(added.status == 200 && removed.status == 200, "{added:?} {removed:?}");
    let (rows, count) = long?;
    let expected = all.iter().filter_map(|product| product["variants"].as_array()).map(Vec::len).sum::<usize>();
    ensure!(rows.len() == expected && count == expected as u64, "{} rows, {count} counted", rows.len());
    Ok(())
}

async fn unchanged(server: &Server) -> anyhow::Result<()> {
    let target = format!("/admin/assets/{}", server.names()["assetOfJohn"]);
    let first = server.get(&target).await?;
    let tag = first.headers.get(ETAG).context("no tag")?.clone();
    let again = HeaderMap::from_iter([(IF_NONE_MATCH, tag)]);
    let answer = server.send("GET", &target, Some("admin"), None, &again).await?;
    ensure!(answer.status == 304 && answer.body.is_null(), "{answer:?}");
    Ok(())
}
