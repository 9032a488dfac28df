//! From the request's context to the call's.

use o2s_framework_core::context::RequestContext;
use o2s_framework_core::text::Locale;
use o2s_medusa_client::CallContext;

/// What a call to Medusa is told about the request.
pub(crate) fn call_context(cx: &RequestContext) -> CallContext<'_> {
    CallContext {
        deadline: cx.deadline,
        request_id: Some(&cx.request_id),
        locale: cx.locale.as_ref().map(Locale::as_str),
    }
}
