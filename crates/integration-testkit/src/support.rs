//! What the shop says of itself.

use std::collections::BTreeSet;

use o2s_framework_core::support::Support;

use crate::Scenario;
use crate::scenario::is_refused;
use crate::subject::Subject;

pub(crate) fn scenarios() -> Vec<Scenario> {
    vec![
        Scenario::new("support::every_operation_is_told_once", &[], told_once),
        Scenario::new("support::reasons_are_given", &[], reasons),
        Scenario::new("support::what_is_absent_is_refused_without_traffic", &[], absent_refused),
    ]
}

async fn told_once(s: Subject) {
    let rows = s.modules.support();
    let names: BTreeSet<_> = rows.iter().map(|(module, name, _)| format!("{module}.{name}")).collect();
    assert_eq!((rows.len(), names.len()), (56, 56), "the operations of the contract");
}

async fn reasons(s: Subject) {
    for (module, name, support) in s.modules.support() {
        match support {
            Support::Native => {}
            Support::Emulated(text) | Support::Absent(text) => {
                assert!(text.trim().len() > 10, "{module}.{name} is {support:?}: say how, or why not");
            }
        }
    }
}

async fn absent_refused(s: Subject) {
    for (module, name, support) in s.modules.support() {
        if let Support::Absent(reason) = support {
            is_refused(&s, module, name, reason).await;
        }
    }
}
