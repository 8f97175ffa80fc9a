//! What the contract declares in options, read from the descriptors once: whoever needs it asks here and repeats nothing.

use std::collections::HashMap;
use std::sync::LazyLock;

use prost_reflect::{DescriptorPool, DynamicMessage, ExtensionDescriptor, Kind, MessageDescriptor, Value};
use sanben_bus::{Event, Fault};
use sanben_proto::kinds::PublicStep;

/// The contract that is compiled in.
pub(crate) static POOL: LazyLock<DescriptorPool> =
    LazyLock::new(|| DescriptorPool::decode(sanben_proto::DESCRIPTORS).expect("the compiled contract is readable"));

/// The step that each event shows, by its full name.
static STEPS: LazyLock<HashMap<String, PublicStep>> = LazyLock::new(|| {
    let declared = extension("sanben.type.v1.public_step");
    let step = |message: MessageDescriptor| {
        let number = message.options().get_extension(&declared).as_enum_number()?;
        let step = PublicStep::try_from(number).ok().filter(|step| *step != PublicStep::Unspecified)?;
        Some((message.full_name().to_owned(), step))
    };
    POOL.all_messages().filter_map(step).collect()
});

/// An event that shows the persons behind some submissions a step of their case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// What they see.
    pub step: PublicStep,
    /// The case.
    pub case_id: String,
    /// The submissions that it answers.
    pub submission_ids: Vec<String>,
}

/// Reads an event that declares a `public_step`; `None` for others.
///
/// # Errors
/// The event is poisoned when its bytes are not its message.
pub fn shown(event: &Event) -> Result<Option<Shown>, Fault> {
    let Some(step) = public_step(&event.kind) else { return Ok(None) };
    let unreadable = || Fault::Poisoned(format!("{} is unreadable", event.kind));
    let of = POOL.get_message_by_name(&event.kind).ok_or_else(unreadable)?;
    let message = DynamicMessage::decode(of, event.payload.as_slice()).map_err(|_| unreadable())?;
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let case_id = message.get_field_by_name("case_id").and_then(|value| text(&value));
    let ids = message.get_field_by_name("submission_ids");
    let ids = ids.and_then(|value| value.as_list().map(|all| all.iter().filter_map(text).collect()));
    Ok(Some(Shown { step, case_id: case_id.ok_or_else(unreadable)?, submission_ids: ids.ok_or_else(unreadable)? }))
}

/// The step that an event of this full name shows to the persons behind its submissions, if it shows any.
pub fn public_step(event: &str) -> Option<PublicStep> {
    STEPS.get(event).copied()
}

/// The permission that a method asks for.
///
/// # Panics
/// When the contract has no such method: a mistake in the program.
pub fn permission_of(service: &str, method: &str) -> String {
    let found = POOL.get_service_by_name(service).and_then(|service| service.methods().find(|one| one.name() == method));
    let found = found.unwrap_or_else(|| panic!("the contract has no method {service}.{method}"));
    let declared = found.options().get_extension(&extension("sanben.type.v1.permission")).as_str().map(str::to_owned);
    declared.unwrap_or_default()
}

/// The permissions of what the values of an enum name, by the number of the value: that of the method which `option` marks with the
/// value, or the `value_permission` of a value that no method gives.
///
/// # Panics
/// When the contract has no option of that name, or its type is no enum: a mistake in the program.
pub fn permissions_by(option: &str) -> HashMap<i32, String> {
    let (mark, permission, own) =
        (extension(option), extension("sanben.type.v1.permission"), extension("sanben.type.v1.value_permission"));
    let Kind::Enum(values) = mark.kind() else { panic!("{option} names no value of an enum") };
    let declared = |options: &DynamicMessage, of: &ExtensionDescriptor| {
        options.get_extension(of).as_str().filter(|name| !name.is_empty()).map(str::to_owned)
    };
    let marked = POOL.services().flat_map(|service| service.methods().collect::<Vec<_>>()).filter_map(|method| {
        let options = method.options();
        let number = options.has_extension(&mark).then(|| options.get_extension(&mark).as_enum_number())??;
        Some((number, declared(&options, &permission)?))
    });
    values.values().filter_map(|value| Some((value.number(), declared(&value.options(), &own)?))).chain(marked).collect()
}

fn extension(name: &str) -> ExtensionDescriptor {
    POOL.get_extension_by_name(name).unwrap_or_else(|| panic!("the contract declares no option {name}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_shows_a_step_says_of_which_case_and_to_whom() {
        assert!(STEPS.len() >= 12, "{STEPS:?}");
        for name in STEPS.keys() {
            let event = POOL.get_message_by_name(name).expect("a message");
            let (case, submissions) = (event.get_field_by_name("case_id"), event.get_field_by_name("submission_ids"));
            assert!(case.is_some_and(|field| field.kind() == Kind::String && !field.is_list()), "{name}");
            assert!(submissions.is_some_and(|field| field.kind() == Kind::String && field.is_list()), "{name}");
        }
        assert_eq!(public_step("sanben.ledger.v1.CaseReplied"), Some(PublicStep::Replied));
        assert_eq!(public_step("sanben.ledger.v1.CaseProposed"), None);
    }

    #[test]
    fn permissions_are_those_of_the_methods() {
        let methods = crate::Contract::shipped();
        let permission = |path: &str| methods.permissions().find(|(one, _)| *one == path).and_then(|(_, name)| name);
        let close = permission_of("sanben.ledger.v1.DriveService", "CloseDrive");
        assert_eq!(Some(close.as_str()), permission("/sanben.ledger.v1.DriveService/CloseDrive"));
        let verbs = permissions_by("sanben.ledger.v1.case_verb");
        let Some(names) = POOL.get_enum_by_name("sanben.ledger.v1.CaseVerb") else { panic!("the verbs") };
        for value in names.values().filter(|value| value.number() != 0) {
            assert!(verbs.get(&value.number()).is_some_and(|name| !name.is_empty()), "{} has no permission", value.name());
        }
    }
}
