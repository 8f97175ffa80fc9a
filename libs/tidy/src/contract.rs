//! The compiled contract, as far as rules ask.

use prost_reflect::DescriptorPool;

/// What rules ask of the contract.
#[derive(Clone, Debug, Default)]
pub struct Contract {
    /// The gRPC services.
    pub services: Vec<Service>,
    /// Every value of every `ErrorReason` that is ever sent.
    pub reasons: Vec<Reason>,
    /// The names of the values of all enums.
    pub values: Vec<String>,
}

/// A gRPC service.
#[derive(Clone, Debug)]
pub struct Service {
    /// Whose it is: `ledger`.
    pub name: String,
    /// `sanben.ledger.v1.CaseService`.
    pub full_name: String,
    /// Its file: `proto/sanben/ledger/v1/case_service.proto`.
    pub path: String,
    /// Its methods by name, and the permission that each declares.
    pub methods: Vec<(String, String)>,
}

impl Service {
    /// Whether only the other services of the suite call it, so that no gateway routes it.
    pub fn is_peer(&self) -> bool {
        self.full_name.ends_with("PeerService")
    }
}

/// A value of some `ErrorReason`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// `ledger`; `type` for those that all services share.
    pub package: String,
    /// `NOT_THE_CHIEF`.
    pub name: String,
}

impl Reason {
    /// Its file in the contract.
    pub fn path(&self) -> String {
        format!("proto/sanben/{}/v1/error_reason.proto", self.package)
    }

    /// As Rust spells it: `NotTheChief`.
    pub fn camel(&self) -> String {
        self.name.split('_').map(|word| word[..1].to_owned() + &word[1..].to_ascii_lowercase()).collect()
    }

    /// The key of its text, as `Refusal::text_key` of `sanben-host` makes it.
    pub fn text_key(&self) -> String {
        let domain = if self.package == "type" { "any" } else { &self.package };
        format!("reason-{domain}-{}", self.name)
    }
}

/// The contract that is compiled in.
///
/// # Panics
/// When it cannot be read.
pub fn shipped() -> Contract {
    let pool = DescriptorPool::decode(sanben_proto::DESCRIPTORS).expect("the compiled contract is readable");
    let permission = pool.get_extension_by_name("sanben.type.v1.permission").expect("the contract declares it");
    let package = |full_name: &str| full_name.strip_prefix("sanben.").and_then(|rest| rest.split('.').next()).map(str::to_owned);
    let services = pool.services().filter_map(|service| {
        let methods = service.methods().map(|method| {
            let declared = method.options().get_extension(&permission).as_str().map(str::to_owned);
            (method.name().to_owned(), declared.unwrap_or_default())
        });
        let path = format!("proto/{}", service.parent_file().name());
        Some(Service {
            name: package(service.full_name())?,
            full_name: service.full_name().to_owned(),
            path,
            methods: methods.collect(),
        })
    });
    let enums: Vec<_> = pool.all_enums().filter_map(|names| Some((package(names.full_name())?, names))).collect();
    let reasons = enums.iter().filter(|(_, names)| names.name() == "ErrorReason").flat_map(|(package, names)| {
        let sent = names.values().filter(|value| value.number() != 0);
        let name = |value: prost_reflect::EnumValueDescriptor| value.name().trim_start_matches("ERROR_REASON_").to_owned();
        sent.map(move |value| Reason { package: package.clone(), name: name(value) }).collect::<Vec<_>>()
    });
    let values = enums.iter().flat_map(|(_, names)| names.values().map(|value| value.name().to_owned()).collect::<Vec<_>>());
    Contract { services: services.collect(), reasons: reasons.collect(), values: values.collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_is_compiled_in() {
        let contract = shipped();
        let of =
            |name: &str| contract.services.iter().find(|service| service.full_name == name).expect("a service of the contract");
        let direction = of("sanben.ledger.v1.CaseDirectionService");
        assert_eq!(direction.name, "ledger");
        assert_eq!(direction.path, "proto/sanben/ledger/v1/case_direction_service.proto");
        assert!(!direction.is_peer() && of("sanben.ledger.v1.CasePeerService").is_peer());
        assert!(direction.methods.contains(&("RegisterCase".to_owned(), "ledger.case.register".to_owned())));
        let reason = Reason { package: "type".to_owned(), name: "STALE_ETAG".to_owned() };
        assert!(contract.reasons.contains(&reason));
        assert_eq!((reason.camel().as_str(), reason.text_key().as_str()), ("StaleEtag", "reason-any-STALE_ETAG"));
        assert!(contract.values.contains(&"BOOK_COMPLAINT".to_owned()));
    }
}
