use std::convert::Infallible;
use std::sync::Mutex;

use axum::Router;
use bytes::Bytes;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use super::*;

/// Much longer than an answer takes here.
const PATIENCE_MS: u64 = 500;

/// A replica that counts its requests and answers with `code`, or never.
struct Fake {
    address: String,
    asked: Arc<Mutex<Vec<Bytes>>>,
    stop: CancellationToken,
}

#[derive(Clone, Copy)]
enum Answers {
    Code(&'static str),
    Never,
}

async fn fake(answers: Answers) -> Fake {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = format!("http://{}", listener.local_addr().expect("bound"));
    let (asked, stop) = (Arc::new(Mutex::new(Vec::new())), CancellationToken::new());
    let kept = asked.clone();
    let router = Router::new().fallback(move |request: Request<axum::body::Body>| {
        let kept = kept.clone();
        async move {
            let body = request.into_body().collect().await.expect("a body").to_bytes();
            kept.lock().expect("whole").push(body);
            let code = match answers {
                Answers::Code(code) => code,
                Answers::Never => std::future::pending().await,
            };
            Ok::<_, Infallible>(Response::builder().header("grpc-status", code).body(axum::body::Body::empty()).expect("plain"))
        }
    });
    let ended = stop.clone();
    tokio::spawn(async move { crate::listener::serve(listener, router, ended).await });
    Fake { address, asked, stop }
}

impl Fake {
    fn count(&self) -> usize {
        self.asked.lock().expect("whole").len()
    }
}

async fn ask(replicas: &Replicas) -> Result<String, Code> {
    let request = Request::post("/x").body(Body::new(Full::new(Bytes::from_static(b"what is asked")))).expect("plain");
    let response = replicas.clone().oneshot(request).await.map_err(|status| status.code())?;
    Ok(response.headers()["grpc-status"].to_str().expect("ascii").to_owned())
}

fn at(replicas: &[&str]) -> Replicas {
    Replicas::at(&replicas.join("|")).expect("addresses")
}

#[tokio::test]
async fn requests_go_round() {
    let (one, two) = (fake(Answers::Code("0")).await, fake(Answers::Code("5")).await);
    let replicas = at(&[&one.address, &two.address]);
    for _ in 0..10 {
        ask(&replicas).await.expect("an answer");
    }
    assert_eq!((one.count(), two.count()), (5, 5), "whatever the answer is, it is one");
}

#[tokio::test]
async fn one_that_is_gone_fails_nobody_and_is_left_alone() {
    let (one, two) = (fake(Answers::Code("0")).await, fake(Answers::Code("0")).await);
    let replicas = at(&[&one.address, &two.address]);
    ask(&replicas).await.expect("both are there");
    one.stop.cancel();
    for _ in 0..20 {
        assert_eq!(ask(&replicas).await, Ok("0".to_owned()));
    }
    assert!(two.count() >= 20, "{}", two.count());
    let asked = two.asked.lock().expect("whole");
    assert!(asked.iter().all(|body| body == "what is asked"), "what is asked again is the same");
}

#[tokio::test]
async fn one_that_never_answers_is_passed_over() {
    let (stuck, good) = (fake(Answers::Never).await, fake(Answers::Code("0")).await);
    let addresses = [stuck.address.as_str(), &good.address].join("|");
    let replicas = Replicas::with_patience(&addresses, Duration::from_millis(PATIENCE_MS)).expect("addresses");
    for _ in 0..4 {
        assert_eq!(ask(&replicas).await, Ok("0".to_owned()));
    }
    assert!(good.count() >= 4, "{}", good.count());
    assert!(stuck.count() >= 1, "it was asked: {}", stuck.count());
}

#[tokio::test]
async fn where_another_replica_answers_unavailable_is_no_answer() {
    let (away, good) = (fake(Answers::Code("14")).await, fake(Answers::Code("0")).await);
    let replicas = at(&[&away.address, &good.address]);
    for _ in 0..4 {
        assert_eq!(ask(&replicas).await, Ok("0".to_owned()));
    }
    let alone = at(&[&away.address]);
    assert_eq!(ask(&alone).await, Ok("14".to_owned()), "nobody else is there: its answer is the answer");
}

#[tokio::test]
async fn where_nobody_is_the_caller_is_told() {
    let gone = fake(Answers::Code("0")).await;
    gone.stop.cancel();
    assert_eq!(ask(&at(&["http://127.0.0.1:1"])).await, Err(Code::Unavailable));
}

#[test]
fn addresses_are_understood_or_refused() {
    for good in ["http://127.0.0.1:8080", "http://a:1|http://b:2", "http://ledger.sanben.svc:8080/", "http://[::1]:80"] {
        assert!(Replicas::at(good).is_ok(), "{good}");
    }
    for bad in ["", "ledger:8080", "https://ledger:8080", "http://a:1|", "http://a/path", "http://a?x"] {
        assert!(Replicas::at(bad).is_err(), "{bad}");
    }
}
