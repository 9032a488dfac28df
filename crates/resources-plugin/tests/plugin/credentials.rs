//! Who is asked for, with which credential.

use o2s_framework_core::error::ErrorKind;
use o2s_framework_core::ids::{AssetId, ResourceId, ServiceId};
use o2s_framework_core::resources::{ListAssets, ListServices, ResourcesOperation, WindowQuery};
use o2s_framework_core::support::Operation;
use o2s_resources_plugin::{AdminLogin, ConfigError, RelatedProducts, ResourcesPlugin, ResourcesPluginConfig};

use crate::shop::{Shop, guest, holder};

/// Promise: without a token, or with a bad one, nothing is asked of the Admin API.
#[tokio::test]
async fn a_caller_is_established_before_the_admin_api_is_asked() {
    let shop = Shop::new();
    let (_, resources) = shop.modules();
    let (asset, service) = (AssetId::new("01JANE1").unwrap(), ServiceId::new("02JANE1").unwrap());
    let window = WindowQuery::default();
    for (cx, code) in [
        (guest(), "auth.required"),
        (holder("nobody"), "auth.invalid_token"),
        (holder("not a token"), "auth.invalid_token"),
        (holder(""), "auth.invalid_token"),
    ] {
        let errors = [
            resources.list_assets(&cx, &ListAssets::default()).await.unwrap_err(),
            resources.get_asset(&cx, &asset).await.unwrap_err(),
            resources.list_services(&cx, &ListServices::default()).await.unwrap_err(),
            resources.get_service(&cx, &service).await.unwrap_err(),
            resources.list_compatible_services(&cx, &asset, &window).await.unwrap_err(),
        ];
        for error in errors {
            assert_eq!((error.kind(), error.code()), (ErrorKind::Unauthenticated, code));
        }
    }
    let calls = shop.calls();
    assert!(calls.iter().all(|call| call == "GET /store/customers/me"), "{calls:?}");
}

/// What the Admin API refuses is never the caller's fault: no 401 that would sign the customer out.
#[tokio::test]
async fn a_refused_credential_is_ours() {
    let shop = Shop::new();
    let wrong_key = shop.configured(|config| config.admin_key = Some("sk_wrong".to_owned().into())).1;
    let wrong_user = shop.configured(|config| config.admin_user = Some(login("wrong"))).1;
    for resources in [wrong_key, wrong_user] {
        let error = resources.list_assets(&holder("jane"), &ListAssets::default()).await.unwrap_err();
        assert_eq!((error.kind(), error.code()), (ErrorKind::Backend, "backend.misconfigured"));
    }
}

fn login(password: &str) -> AdminLogin {
    AdminLogin { email: "admin@shop.example".to_owned(), password: password.to_owned().into() }
}

#[tokio::test]
async fn an_admin_user_signs_in_once_and_again_in_time() {
    let shop = Shop::new();
    let resources = shop.configured(|config| config.admin_user = Some(login("secret"))).1;
    let jane = holder("jane");
    let logins = |calls: Vec<String>| calls.iter().filter(|call| *call == "POST /auth/user/emailpass").count();
    let all = ListAssets::default();
    for _ in 0..3 {
        resources.list_assets(&jane, &all).await.unwrap();
    }
    assert_eq!(logins(shop.calls()), 1);

    // A token that ended early (the server was restarted with another secret) is noticed by its refusal.
    shop.state().admin_tokens = vec!["another".to_owned()];
    resources.list_assets(&jane, &all).await.unwrap();
    assert_eq!(logins(shop.calls()), 1);

    // Tokens that are over at once are never used twice.
    let shop = Shop::new();
    shop.state().admin_token_life = 0;
    let resources = shop.configured(|config| config.admin_user = Some(login("secret"))).1;
    for _ in 0..2 {
        resources.list_assets(&jane, &all).await.unwrap();
    }
    assert_eq!(logins(shop.calls()), 2);
}

/// Promise: many at once wait for one login.
#[tokio::test]
async fn callers_at_once_share_a_login() {
    let shop = Shop::new();
    let resources = shop.configured(|config| config.admin_user = Some(login("secret"))).1;
    let (jane, john) = (holder("jane"), holder("john"));
    let all = ListAssets::default();
    let (one, other, third) = tokio::join!(
        resources.list_assets(&jane, &all),
        resources.list_assets(&john, &all),
        resources.list_assets(&jane, &all)
    );
    assert!(one.is_ok() && other.is_ok() && third.is_ok());
    let calls = shop.calls();
    assert_eq!(calls.iter().filter(|call| *call == "POST /auth/user/emailpass").count(), 1, "{calls:?}");
}

#[tokio::test]
async fn what_is_absent_says_why_and_asks_nobody() {
    let shop = Shop::new();
    let (_, with_key) = shop.modules();
    let without = shop.configured(|config| {
        config.related_products = RelatedProducts::Store;
        config.publishable_key = Some("pk_test".to_owned().into());
    });
    let absent = |resources: &dyn o2s_framework_core::resources::ResourcesService| {
        let all = ResourcesOperation::ALL.iter().filter(|operation| !resources.support(**operation).is_available());
        all.map(|operation| operation.name()).collect::<Vec<_>>()
    };
    assert_eq!(absent(with_key.as_ref()), ["purchase_resource", "purchase_service"]);
    assert_eq!(absent(without.1.as_ref()).len(), 7, "all but the featured services");

    let jane = holder("jane");
    let refused = [
        with_key.purchase_resource(&jane, &ResourceId::new("01JANE1").unwrap()).await.unwrap_err(),
        with_key.purchase_service(&jane, &ServiceId::new("02JANE1").unwrap()).await.unwrap_err(),
        without.1.list_assets(&jane, &ListAssets::default()).await.unwrap_err(),
    ];
    assert!(refused.iter().all(|error| error.kind() == ErrorKind::Unsupported));
    assert!(shop.calls().is_empty());
}

#[test]
fn a_configuration_needs_one_credential() {
    let make = |change: fn(&mut ResourcesPluginConfig)| {
        let mut config = ResourcesPluginConfig::new("http://localhost:9000");
        change(&mut config);
        ResourcesPlugin::new(&config).map(drop)
    };
    assert!(matches!(make(|_| {}), Err(ConfigError::NoCredential)));
    assert!(matches!(
        make(|config| config.related_products = RelatedProducts::Store),
        Err(ConfigError::NoPublishableKey)
    ));
    let both = |config: &mut ResourcesPluginConfig| {
        config.admin_key = Some("sk_1".to_owned().into());
        config.admin_user = Some(login("secret"));
    };
    assert!(matches!(make(both), Err(ConfigError::TwoCredentials)));
    assert!(make(|config| config.admin_user = Some(login("secret"))).is_ok());
    assert!(!format!("{:?}", login("hush-hush")).contains("hush"));
}

#[tokio::test]
async fn readiness_asks_for_nobodys_services() {
    let shop = Shop::new();
    let mut config = ResourcesPluginConfig::new("http://shop");
    config.admin_key = Some("sk_test".to_owned().into());
    let plugin = ResourcesPlugin::with_transport(&config, shop.clone()).unwrap();
    plugin.check(&guest()).await.unwrap();
    assert_eq!(shop.calls(), ["GET /admin/service-instances"]);
    config.admin_key = Some("sk_wrong".to_owned().into());
    let plugin = ResourcesPlugin::with_transport(&config, shop).unwrap();
    assert_eq!(plugin.check(&guest()).await.unwrap_err().code(), "backend.misconfigured");
}
