use std::collections::{HashMap, HashSet};
use std::str::FromStr;
use std::sync::LazyLock;

use cedar_policy::{
    Authorizer, Context, Decision, Entities, Entity, EntityId, EntityTypeName, EntityUid, PolicySet, Request, RestrictedExpression,
};

use crate::{Caller, Org};

/// The policies, one file for what holds everywhere and one for each service.
pub const POLICIES: &[(&str, &str)] = &[
    ("everywhere", include_str!("../policies/everywhere.cedar")),
    ("intake", include_str!("../policies/intake.cedar")),
    ("ledger", include_str!("../policies/ledger.cedar")),
    ("liaison", include_str!("../policies/liaison.cedar")),
    ("meeting", include_str!("../policies/meeting.cedar")),
    ("notification", include_str!("../policies/notification.cedar")),
];

/// What a decision about one thing needs to know of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Matter {
    /// The units whose people may have to do with it: those it is with, and all above them.
    pub reach: Vec<String>,
    /// The units complained about.
    pub accused_units: Vec<String>,
    /// The persons complained about.
    pub accused_persons: Vec<String>,
}

impl Matter {
    /// A matter of `units` and whoever stands above them.
    pub fn of<'a>(org: &Org, units: impl IntoIterator<Item = &'a str>) -> Matter {
        let mut reach: Vec<String> = units.into_iter().flat_map(|unit| org.chain(unit)).map(|unit| unit.id.clone()).collect();
        reach.sort();
        reach.dedup();
        Matter { reach, ..Matter::default() }
    }

    /// What stands in for a thing that is not there, so that a miss takes the same way as a sealed hit.
    pub fn nothing() -> Matter {
        Matter::default()
    }
}

/// Decides what callers may do.
#[derive(Clone, Debug)]
pub struct Access {
    policies: PolicySet,
    authorizer: Authorizer,
}

impl Access {
    /// With the policies that are shipped.
    pub fn shipped() -> Access {
        static SHIPPED: LazyLock<Access> = LazyLock::new(Access::read);
        SHIPPED.clone()
    }

    fn read() -> Access {
        let mut policies = PolicySet::new();
        for (file, text) in POLICIES {
            let set = PolicySet::from_str(text).unwrap_or_else(|error| panic!("policies/{file}.cedar: {error:?}"));
            for policy in set.policies() {
                let policy = policy.new_id(cedar_policy::PolicyId::new(format!("{file}.{}", policy.id())));
                policies.add(policy).expect("ids are made unique by their file");
            }
        }
        Access { policies, authorizer: Authorizer::new() }
    }

    /// Whether `caller` may use `permission` at all. What it is used on is decided by [`Access::may_touch`].
    pub fn may_call(&self, org: &Org, caller: &Caller, permission: &str) -> bool {
        self.decide(caller, org, permission, Entity::new_no_attrs(uid("Suite", "sanben"), HashSet::new()))
    }

    /// Whether `caller` may use `permission` on `matter`.
    pub fn may_touch(&self, org: &Org, caller: &Caller, permission: &str, matter: &Matter) -> bool {
        let attributes = [
            ("reach", strings(&matter.reach)),
            ("accused_units", strings(&matter.accused_units)),
            ("accused_persons", strings(&matter.accused_persons)),
        ];
        entity("Matter", "it", attributes).is_some_and(|matter| self.decide(caller, org, permission, matter))
    }

    fn decide(&self, caller: &Caller, org: &Org, permission: &str, resource: Entity) -> bool {
        let chain: Vec<String> = org.chain(&caller.unit).into_iter().map(|unit| unit.id.clone()).collect();
        let attributes = [
            ("person", RestrictedExpression::new_string(caller.person.clone())),
            ("unit", RestrictedExpression::new_string(caller.unit.clone())),
            ("units", strings(&chain)),
            (
                "roles",
                RestrictedExpression::new_set(caller.roles.iter().map(|role| RestrictedExpression::new_string(role.name().into()))),
            ),
        ];
        let Some(principal) = entity("Caller", "it", attributes) else { return false };
        let request = Request::new(principal.uid(), uid("Action", permission), resource.uid(), Context::empty(), None);
        let entities = Entities::from_entities([principal, resource], None);
        let (Ok(request), Ok(entities)) = (request, entities) else { return false };
        let response = self.authorizer.is_authorized(&request, &self.policies, &entities);
        // A policy that cannot be evaluated must not open anything.
        response.decision() == Decision::Allow && response.diagnostics().errors().next().is_none()
    }
}

fn entity<const N: usize>(kind: &str, id: &str, attributes: [(&str, RestrictedExpression); N]) -> Option<Entity> {
    let attributes = attributes.into_iter().map(|(name, value)| (name.to_owned(), value)).collect::<HashMap<_, _>>();
    Entity::new(uid(kind, id), attributes, HashSet::new()).ok()
}

fn uid(kind: &str, id: &str) -> EntityUid {
    let kind = EntityTypeName::from_str(kind).expect("kinds are constants of this file");
    EntityUid::from_type_name_and_id(kind, EntityId::new(id))
}

fn strings(values: &[String]) -> RestrictedExpression {
    RestrictedExpression::new_set(values.iter().map(|value| RestrictedExpression::new_string(value.clone())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Role;

    fn caller(unit: &str, role: Role) -> Caller {
        Caller { person: "p-somebody".into(), unit: unit.into(), roles: vec![role] }
    }

    /// A complaint about a station of Lianhu, handled by the sub-bureau.
    fn complaint(org: &Org) -> Matter {
        Matter {
            accused_units: vec!["lianhu-beiyuanmen".into()],
            accused_persons: vec!["p-accused".into()],
            ..Matter::of(org, ["lianhu"])
        }
    }

    fn check(who: &Caller, permission: &str, expected: bool) {
        let org = Org::shipped();
        let access = Access::shipped();
        assert_eq!(access.may_touch(&org, who, permission, &complaint(&org)), expected, "{who:?} {permission}");
    }

    #[test]
    fn reach_follows_the_unit_tree() {
        check(&caller("lianhu", Role::Chief), "ledger.case.read", true);
        check(&caller("city", Role::Chief), "ledger.case.read", true);
        check(&caller("beilin", Role::Chief), "ledger.case.read", false);
        check(&caller("unheard-of", Role::Chief), "ledger.case.read", false);
        check(&caller("", Role::Service), "ledger.case.read", true);
    }

    #[test]
    fn who_is_complained_about_sees_nothing() {
        check(&caller("lianhu-beiyuanmen", Role::Chief), "ledger.case.read", false);
        check(&Caller { person: "p-accused".into(), ..caller("lianhu", Role::Chief) }, "ledger.case.read", false);
    }

    #[test]
    fn the_default_is_no() {
        check(&caller("lianhu", Role::Administrator), "ledger.case.read", false);
        check(&caller("lianhu", Role::Chief), "ledger.case.unheard-of", false);
        check(&Caller::anonymous(), "ledger.case.read", false);
    }

    #[test]
    fn what_holds_for_the_whole_bureau_is_configured_by_the_whole_bureau() {
        let (org, access) = (Org::shipped(), Access::shipped());
        let may = |unit, role, permission| access.may_call(&org, &caller(unit, role), permission);
        for permission in ["ledger.calendar.load", "ledger.presets.publish", "ledger.checklist.publish"] {
            assert!(may("city", Role::Administrator, permission), "{permission}");
            for unit in ["lianhu", "lianhu-beiyuanmen", "unheard-of", ""] {
                assert!(!may(unit, Role::Administrator, permission), "{permission} in {unit}");
            }
            assert!(!may("city", Role::Chief, permission) && !may("", Role::Service, permission), "{permission}");
        }
        for permission in ["ledger.calendar.read", "ledger.presets.read", "ledger.checklist.read"] {
            assert!(may("lianhu", Role::Administrator, permission), "{permission}");
        }
    }

    #[test]
    fn anonymous_callers_reach_the_public_methods_only() {
        let (org, access) = (Org::shipped(), Access::shipped());
        let may = |permission| access.may_call(&org, &Caller::anonymous(), permission);
        assert!(may("intake.submission.submit") && may("intake.receipt.use") && may("notification.notice.read"));
        assert!(!may("intake.submission.read") && !may("ledger.case.read") && !may("intake.receipt.resolve"));
    }
}
