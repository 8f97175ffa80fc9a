//! Who may call a method is declared in the contract and decided in the policies.

use std::collections::BTreeSet;

use regex::Regex;

use crate::contract::Contract;
use crate::source::{Part, Source, is_at, rust};
use crate::{Findings, finding};

/// Every method declares a permission, some policy grants it, and no policy grants what no method asks for.
pub fn check(contract: &Contract, files: &[Source]) -> Findings {
    let action = Regex::new(r#"Action::"([^"]+)""#).expect("valid");
    let mut granted = BTreeSet::new();
    let mut findings = Vec::new();
    let declared: BTreeSet<&str> =
        contract.services.iter().flat_map(|service| &service.methods).map(|(_, name)| name.as_str()).collect();
    for file in files.iter().filter(|file| is_at(&file.path, "libs/access/policies/*.cedar")) {
        for (number, line) in file.lines() {
            for found in action.captures_iter(line.split("//").next().unwrap_or_default()) {
                if !declared.contains(&found[1]) {
                    findings.push(finding(
                        &file.path,
                        number,
                        format!("no method asks for {}; take it out or declare it", &found[1]),
                    ));
                }
                granted.insert(found[1].to_owned());
            }
        }
    }
    for service in &contract.services {
        let path = &service.path;
        let file = files.iter().find(|file| file.path == *path);
        for (method, permission) in &service.methods {
            let line = file.map_or(1, |file| file.line_of(&format!("rpc {method}(")));
            if permission.is_empty() {
                let what = format!("{method} declares no permission; add `option (sanben.type.v1.permission) = \"…\"`");
                findings.push(finding(path, line, what));
            } else if !granted.contains(permission) {
                findings.push(finding(
                    path,
                    line,
                    format!("no policy grants {permission}, which {method} asks for; see libs/access/policies"),
                ));
            }
        }
    }
    findings
}

/// A permission stands in the contract, and in the policies that grant it: no Rust that ships repeats one.
pub fn check_repeats(contract: &Contract, files: &[Source]) -> Findings {
    let declared: BTreeSet<&str> =
        contract.services.iter().flat_map(|service| &service.methods).map(|(_, name)| name.as_str()).collect();
    let name = Regex::new(r#""([a-z]+\.[a-z_]+\.[a-z_]+)""#).expect("valid");
    let mut findings = Vec::new();
    for code in rust(files) {
        for (number, line) in code.spoken(Part::Shipped) {
            for found in name.captures_iter(line).filter(|found| declared.contains(&found[1])) {
                let what = format!("repeats {}, which stands in the contract; ask `permission_of` or `permissions_by`", &found[1]);
                findings.push(finding(&code.path, number, what));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::Service;

    #[test]
    fn catches_what_nobody_may_and_what_nobody_asks_for() {
        let method = |name: &str, permission: &str| (name.to_owned(), permission.to_owned());
        let methods = vec![method("A", "x.a"), method("B", ""), method("C", "x.c")];
        let path = "proto/sanben/x/v1/x_service.proto".to_owned();
        let service = Service { name: "x".to_owned(), full_name: "sanben.x.v1.XService".to_owned(), path, methods };
        let contract = Contract { services: vec![service], ..Contract::default() };
        let files = [
            Source::new(
                "libs/access/policies/x.cedar",
                "permit (action in [Action::\"x.a\",\nAction::\"x.d\"]); // Action::\"x.c\"\n",
            ),
            Source::new("proto/sanben/x/v1/x_service.proto", "rpc A(\nrpc B(\nrpc C("),
        ];
        let expected = [
            "libs/access/policies/x.cedar:2: no method asks for x.d; take it out or declare it",
            "proto/sanben/x/v1/x_service.proto:2: B declares no permission; add `option (sanben.type.v1.permission) = \"…\"`",
            "proto/sanben/x/v1/x_service.proto:3: no policy grants x.c, which C asks for; see libs/access/policies",
        ];
        assert_eq!(check(&contract, &files), expected);
    }
    #[test]
    fn catches_permissions_that_are_written_again() {
        let methods = vec![("ReadX".to_owned(), "x.thing.read".to_owned())];
        let (name, full_name, path) = ("x".to_owned(), "sanben.x.v1.XService".to_owned(), String::new());
        let contract = Contract { services: vec![Service { name, full_name, path, methods }], ..Contract::default() };
        let files = [
            Source::new(
                "services/x/src/a.rs",
                "// \"x.thing.read\"\nfn a() { may(\"x.thing.read\") }\nfn b() { say(\"x.thing.seen\") }\n",
            ),
            Source::new("services/x/src/b.rs", "#[cfg(test)]\nmod tests { fn a() { may(\"x.thing.read\") } }\n"),
            Source::new("services/x/tests/c.rs", "fn a() { may(\"x.thing.read\") }\n"),
        ];
        let expected =
            ["services/x/src/a.rs:2: repeats x.thing.read, which stands in the contract; ask `permission_of` or `permissions_by`"];
        assert_eq!(check_repeats(&contract, &files), expected);
    }
}
