//! A service of the workspace is a service of the cluster.

use std::collections::BTreeSet;

use regex::Regex;

use crate::contract::Contract;
use crate::source::{Source, is_at};
use crate::{Findings, finding};

const FOLDERS: &str = "k8s/services/kustomization.yaml";
const PEERS: &str = "k8s/infra/settings.env";
const ROUTE: &str = "k8s/components/gateway/route.yaml";

/// Every service has a folder of its own and is a peer of the others. Its gRPC services are reached by their names, but for those that only
/// peers call; and nothing else is.
pub fn check(contract: &Contract, files: &[Source]) -> Findings {
    let services: BTreeSet<&str> = files
        .iter()
        .filter(|file| is_at(&file.path, "services/*/Cargo.toml"))
        .filter_map(|file| file.path.split('/').nth(1))
        .filter(|name| *name != "suite")
        .collect();
    let text = |path: &str| files.iter().find(|file| file.path == path).map(|file| file.text.as_str()).unwrap_or_default();
    let has = |path: &str, words: &str| Regex::new(words).expect("names are valid expressions").is_match(text(path));
    let mut findings = Vec::new();
    for name in &services {
        let own = format!("k8s/services/{name}/kustomization.yaml");
        if !has(&own, &format!(r"value: {name}\b")) {
            findings.push(finding(&own, 1, format!("does not start `sanben up {name}`; write it as its neighbours are")));
        }
        if !has(FOLDERS, &format!(r"\b{name}\b")) {
            findings.push(finding(FOLDERS, 1, format!("lacks {name}; add it to the resources")));
        }
        if !has(PEERS, &format!(r"(?m)^SANBEN_PEERS=(.*,)?{name}=http://sanben-{name}:8080(,|$)")) {
            findings.push(finding(PEERS, 1, format!("lacks {name}; add {name}=http://sanben-{name}:8080 to SANBEN_PEERS")));
        }
        let own: Vec<_> = contract.services.iter().filter(|service| service.name == *name).collect();
        if own.is_empty() {
            findings.push(finding(&format!("services/{name}/Cargo.toml"), 1, "serves no gRPC service of the contract"));
        }
        let routed = routed(text(ROUTE));
        for service in own.into_iter().filter(|service| !service.is_peer()) {
            if !routed.contains(&(service.full_name.clone(), format!("sanben-{name}"))) {
                findings.push(finding(ROUTE, 1, format!("lacks {}; route /{0} to sanben-{name}", service.full_name)));
            }
        }
    }
    findings.extend(strangers(contract, &services, text(PEERS), text(ROUTE)));
    findings
}

/// What the manifest routes: each name with the backend of its rule.
fn routed(route: &str) -> Vec<(String, String)> {
    let (path, backend) =
        (Regex::new(r"value: /([\w.]+)").expect("valid"), Regex::new(r"backendRefs: \[\{name: ([\w-]+)").expect("valid"));
    let rule = |rule: &str| {
        let to = backend.captures(rule).map(|found| found[1].to_owned()).unwrap_or_default();
        path.captures_iter(rule).map(|found| (found[1].to_owned(), to.clone())).collect::<Vec<_>>()
    };
    route.split("- matches:").skip(1).flat_map(rule).collect()
}

/// Peers and routes that no service is behind, and routes to services that only peers may reach.
fn strangers(contract: &Contract, services: &BTreeSet<&str>, peers: &str, route: &str) -> Findings {
    let peer = Regex::new(r"(\w+)=http://").expect("valid");
    let peers = peers.lines().filter_map(|line| line.strip_prefix("SANBEN_PEERS=")).flat_map(|line| peer.captures_iter(line));
    let peers = peers.map(|found| found[1].to_owned()).filter(|name| !services.contains(name.as_str()));
    let peers = peers.map(|name| finding(PEERS, 1, format!("names {name}, which is no service; take it out")));
    let wrong = |(name, _): (String, String)| match contract.services.iter().find(|service| service.full_name == name) {
        Some(service) if service.is_peer() => Some(format!("routes {name}, which only peers may call; take it out")),
        Some(_) => None,
        None => Some(format!("names {name}, which is not in the contract; take it out")),
    };
    peers.chain(routed(route).into_iter().filter_map(wrong).map(|what| finding(ROUTE, 1, what))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::Service;

    fn rule(names: &[&str], backend: &str) -> String {
        let path = |name: &&str| format!("        - {{path: {{type: PathPrefix, value: /sanben.x.v1.{name}}}}}\n");
        let paths: String = names.iter().map(path).collect();
        format!("    - matches:\n{paths}      backendRefs: [{{name: sanben-{backend}, port: 8080}}]\n")
    }

    fn check_one(path: &str, text: &str, expected: &[&str]) {
        let route = rule(&["XService", "ThingService"], "x");
        let good = [
            ("services/x/Cargo.toml", ""),
            ("services/suite/Cargo.toml", ""),
            ("k8s/services/x/kustomization.yaml", "- {op: add, path: /args/-, value: x}"),
            (FOLDERS, "resources: [x]"),
            (PEERS, "A=b\nSANBEN_PEERS=x=http://sanben-x:8080\n"),
            (ROUTE, route.as_str()),
        ];
        let files = good.map(|(at, good)| Source::new(at, if at == path { text } else { good }));
        let service = |name: &str| Service {
            name: "x".to_owned(),
            full_name: format!("sanben.x.v1.{name}"),
            path: String::new(),
            methods: Vec::new(),
        };
        let services = ["XService", "ThingService", "ThingPeerService"].map(service).to_vec();
        assert_eq!(check(&Contract { services, ..Contract::default() }, &files), expected, "{path}: {text}");
    }

    #[test]
    fn catches_services_that_the_cluster_does_not_know() {
        check_one("", "", &[]);
        let starts = "k8s/services/x/kustomization.yaml:1: does not start `sanben up x`; write it as its neighbours are";
        check_one("k8s/services/x/kustomization.yaml", "value: y", &[starts]);
        check_one(FOLDERS, "resources: []", &["k8s/services/kustomization.yaml:1: lacks x; add it to the resources"]);
        let peers = "k8s/infra/settings.env:1: lacks x; add x=http://sanben-x:8080 to SANBEN_PEERS";
        let stranger = "k8s/infra/settings.env:1: names y, which is no service; take it out";
        check_one(PEERS, "SANBEN_PEERS=y=http://sanben-x:8080", &[peers, stranger]);
        let lacks = |name: &str| format!("{ROUTE}:1: lacks sanben.x.v1.{name}; route /sanben.x.v1.{name} to sanben-x");
        let (whole, thing) = (lacks("XService"), lacks("ThingService"));
        check_one(ROUTE, &rule(&["XService", "ThingService"], "y"), &[&whole, &thing]);
        check_one(ROUTE, &rule(&["XService"], "x"), &[&thing]);
        let stranger = format!("{ROUTE}:1: names sanben.x.v1.YService, which is not in the contract; take it out");
        check_one(ROUTE, &rule(&["XService", "ThingService", "YService"], "x"), &[&stranger]);
        let peer = format!("{ROUTE}:1: routes sanben.x.v1.ThingPeerService, which only peers may call; take it out");
        check_one(ROUTE, &rule(&["XService", "ThingService", "ThingPeerService"], "x"), &[&peer]);
    }
}
