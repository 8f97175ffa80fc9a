//! A service of the workspace is a service of the cluster.

use std::collections::BTreeSet;

use regex::Regex;

use crate::contract::Contract;
use crate::source::{Source, is_at};
use crate::{Findings, finding};

const FOLDERS: &str = "k8s/services/kustomization.yaml";
const PEERS: &str = "k8s/infra/settings.env";
const ROUTE: &str = "k8s/components/gateway/route.yaml";

/// Every service has a folder of its own, is a peer of the others, and is reached by its gRPC name; and nothing else is.
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
        for service in own {
            let path = regex::escape(&service.full_name);
            if !has(ROUTE, &format!(r"value: /{path}\}}\}}\]\s+backendRefs: \[\{{name: sanben-{name},")) {
                findings.push(finding(ROUTE, 1, format!("lacks {}; route /{0} to sanben-{name}", service.full_name)));
            }
        }
    }
    findings.extend(strangers(contract, &services, text(PEERS), text(ROUTE)));
    findings
}

/// Peers and routes that no service is behind.
fn strangers(contract: &Contract, services: &BTreeSet<&str>, peers: &str, route: &str) -> Findings {
    let (peer, path) = (Regex::new(r"(\w+)=http://").expect("valid"), Regex::new(r"value: /([\w.]+)").expect("valid"));
    let peers = peers.lines().filter_map(|line| line.strip_prefix("SANBEN_PEERS=")).flat_map(|line| peer.captures_iter(line));
    let peers = peers.map(|found| found[1].to_owned()).filter(|name| !services.contains(name.as_str()));
    let peers = peers.map(|name| finding(PEERS, 1, format!("names {name}, which is no service; take it out")));
    let routes = path.captures_iter(route).map(|found| found[1].to_owned());
    let routes = routes.filter(|name| !contract.services.iter().any(|service| service.full_name == *name));
    peers.chain(routes.map(|name| finding(ROUTE, 1, format!("names {name}, which is not in the contract; take it out")))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::Service;

    fn check_one(path: &str, text: &str, expected: &[&str]) {
        let route = "    - matches: [{path: {type: PathPrefix, value: /sanben.x.v1.XService}}]\n      backendRefs: [{name: sanben-x, port: 8080}]\n";
        let good = [
            ("services/x/Cargo.toml", ""),
            ("services/suite/Cargo.toml", ""),
            ("k8s/services/x/kustomization.yaml", "- {op: add, path: /args/-, value: x}"),
            (FOLDERS, "resources: [x]"),
            (PEERS, "A=b\nSANBEN_PEERS=x=http://sanben-x:8080\n"),
            (ROUTE, route),
        ];
        let files = good.map(|(at, good)| Source::new(at, if at == path { text } else { good }));
        let service = Service { name: "x".to_owned(), full_name: "sanben.x.v1.XService".to_owned(), methods: Vec::new() };
        assert_eq!(check(&Contract { services: vec![service], ..Contract::default() }, &files), expected, "{path}: {text}");
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
        let route = "k8s/components/gateway/route.yaml:1: lacks sanben.x.v1.XService; route /sanben.x.v1.XService to sanben-x";
        check_one(ROUTE, "value: /sanben.x.v1.XService}}]\n backendRefs: [{name: sanben-y, port: 1}]", &[route]);
        let stranger = "k8s/components/gateway/route.yaml:1: names sanben.x.v1.YService, which is not in the contract; take it out";
        check_one(ROUTE, "value: /sanben.x.v1.YService", &[route, stranger]);
    }
}
