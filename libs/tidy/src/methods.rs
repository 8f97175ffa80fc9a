//! A gRPC service is one thing or one kind of caller, in a file of its own, and a method says what it does to what.

use crate::contract::{Contract, Service};
use crate::source::Source;
use crate::{Findings, finding};

/// How many methods a service may have.
const METHODS_MAX: usize = 25;

/// No service has too many methods, each stands in the file that is named after it, and every method has a verb and a noun.
pub fn check(contract: &Contract, files: &[Source]) -> Findings {
    contract.services.iter().flat_map(|service| check_one(service, files)).collect()
}

fn check_one(service: &Service, files: &[Source]) -> Findings {
    let file = files.iter().find(|file| file.path == service.path);
    let line = |what: &str| file.map_or(1, |file| file.line_of(what));
    let name = service.full_name.rsplit('.').next().unwrap_or_default();
    let mut findings = Vec::new();
    let mut wrong = |at: &str, what: String| findings.push(finding(&service.path, line(at), what));
    let own = format!("service {name} ");
    if service.methods.len() > METHODS_MAX {
        let what = format!("{} methods, {METHODS_MAX} at most; split it by thing or kind of caller", service.methods.len());
        wrong(&own, what);
    }
    let file_name = format!("{}.proto", words(name).join("_").to_lowercase());
    if !service.path.ends_with(&format!("/{file_name}")) {
        wrong(&own, format!("{name} belongs into {file_name}"));
    }
    for (method, _) in service.methods.iter().filter(|(method, _)| words(method).len() < 2) {
        wrong(&format!("rpc {method}("), format!("{method} says not of what; name it by a verb and a noun"));
    }
    findings
}

/// `RegisterCase` → `Register`, `Case`.
fn words(camel: &str) -> Vec<&str> {
    let starts = camel.char_indices().filter(|(_, letter)| letter.is_ascii_uppercase()).map(|(at, _)| at);
    let starts: Vec<usize> = starts.collect();
    let ends = starts.iter().skip(1).copied().chain([camel.len()]);
    starts.iter().zip(ends).filter_map(|(from, to)| camel.get(*from..to)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, methods: &[&str], text: &str) -> Findings {
        let methods = methods.iter().map(|name| ((*name).to_owned(), String::new())).collect();
        let service =
            Service { name: "x".to_owned(), full_name: "sanben.x.v1.BigXService".to_owned(), path: path.to_owned(), methods };
        check(&Contract { services: vec![service], ..Contract::default() }, &[Source::new(path, text)])
    }

    #[test]
    fn catches_large_services_strange_files_and_bare_verbs() {
        let path = "proto/sanben/x/v1/big_x_service.proto";
        assert_eq!(found(path, &["UrgeCase", "ListCaseEvents"], ""), [""; 0]);
        let bare = found(path, &["UrgeCase", "Urge"], "service BigXService {\n  rpc UrgeCase(\n  rpc Urge(\n");
        assert_eq!(bare, ["proto/sanben/x/v1/big_x_service.proto:3: Urge says not of what; name it by a verb and a noun"]);
        let large = found(path, &["UrgeCase"; 26], "\nservice BigXService {\n");
        assert_eq!(large, ["proto/sanben/x/v1/big_x_service.proto:2: 26 methods, 25 at most; split it by thing or kind of caller"]);
        let strange = found("proto/sanben/x/v1/x_service.proto", &["UrgeCase"], "");
        assert_eq!(strange, ["proto/sanben/x/v1/x_service.proto:1: BigXService belongs into big_x_service.proto"]);
    }
}
