use sanben_access::{Caller, Role};
use sanben_clock::{Clock, Ts};
use sanben_db::Db;

use super::*;
use crate::{Lang, testing};

const METHOD: &str = "/sanben.ledger.v1.CaseService/ListCases";

async fn app(service: &'static str) -> (tempfile::TempDir, App) {
    let (folder, address) = sanben_db::testing::sqlite();
    let db = Db::open(&address, service).await.expect("the store opens");
    (folder, testing::app(service, db, Clock::system()))
}

fn call(person: &str, method: &str) -> Call {
    Call {
        caller: Caller { person: person.into(), unit: "lianhu".into(), roles: vec![Role::Handler] },
        permission: "ledger.case.read".into(),
        method: method.into(),
        request_id: None,
        body_hash: [0; 32],
        lang: Lang::ZhCn,
        bearer: None,
        until: None,
        now: Ts::from_micros(0),
    }
}

fn key(number: i64) -> Key {
    (number, Uuid::from_u128(number.unsigned_abs().into()))
}

/// The token after the second of three rows.
fn token(app: &App, call: &Call, filters: &str) -> String {
    let page = Page::open(app, call, 2, 50, "", filters).expect("the first page");
    let mut rows = vec![3, -2, 1];
    let token = page.close(app, &mut rows, |row| key(*row));
    assert_eq!(rows, [3, -2]);
    token
}

#[tokio::test]
async fn a_page_goes_on_where_the_last_one_ended() {
    let (_folder, app) = app("ledger").await;
    let call = call("p-a", METHOD);
    let token = token(&app, &call, "1 2 ");
    let page = Page::open(&app, &call, 7, 50, &token, "1 2 ").expect("the next page, of another size");
    assert_eq!((page.size, page.limit(), page.after), (7, 8, Some(key(-2))));
}

#[tokio::test]
async fn a_list_goes_on_with_what_it_wrote_beside_the_key() {
    let (_folder, app) = app("ledger").await;
    let call = call("p-a", METHOD);
    let page = Page::open(&app, &call, 1, 50, "", "").expect("the first page");
    assert!(page.beside.is_empty());
    let rows = vec![3_i64, 2];
    let (_, token) = page.show_with(&app, rows, |row| (key(*row), vec![9, 8, 7]), |_| prost_types::Duration::default());
    let page = Page::open(&app, &call, 1, 50, &token, "").expect("the next page");
    assert_eq!((page.after, page.beside), (Some(key(3)), vec![9, 8, 7]));
}

#[tokio::test]
async fn the_last_page_has_no_token() {
    let (_folder, app) = app("ledger").await;
    let page = Page::open(&app, &call("p-a", METHOD), 2, 50, "", "").expect("a page");
    assert_eq!(page.after, None);
    for rows in [vec![], vec![1], vec![1, 2]] {
        let mut kept = rows.clone();
        assert_eq!(page.close(&app, &mut kept, |row| key(*row)), "");
        assert_eq!(kept, rows);
    }
}

#[tokio::test]
async fn a_size_that_is_not_given_is_the_usual_one() {
    let (_folder, app) = app("ledger").await;
    for (asked, expected) in [(0, 50), (-1, 50), (i32::MIN, 50), (1, 1), (200, 200)] {
        let page = Page::open(&app, &call("p-a", METHOD), asked, 50, "", "").expect("a page");
        assert_eq!(page.size, expected, "{asked}");
    }
}

#[tokio::test]
async fn a_foreign_token_is_refused() {
    let (_folder, ledger) = app("ledger").await;
    let (_other_folder, intake) = app("intake").await;
    let own = call("p-a", METHOD);
    let given = token(&ledger, &own, "1 2 x");
    let rows = [
        ("another method", token(&ledger, &call("p-a", "/sanben.ledger.v1.CaseService/ListCaseDocuments"), "1 2 x")),
        ("other filters", token(&ledger, &own, "1 2 y")),
        ("no filters", token(&ledger, &own, "")),
        ("another caller", token(&ledger, &call("p-b", METHOD), "1 2 x")),
        ("a caller who is called like a filter", token(&ledger, &call("p-a 1", METHOD), "2 x")),
        ("another service", token(&intake, &own, "1 2 x")),
        ("cut", given[..given.len() - 4].to_owned()),
        ("cut to nearly nothing", given[..4].to_owned()),
        ("longer", format!("{given}AAAA")),
        ("doubled", given.repeat(2)),
        ("padded", format!("{given}==")),
        ("changed", given.chars().rev().collect()),
        ("no base64", "页码".to_owned()),
        ("only a space", " ".to_owned()),
        ("nothing sealed", URL_SAFE_NO_PAD.encode([0; 64])),
        ("a plain key", URL_SAFE_NO_PAD.encode([0_i64.to_be_bytes().as_slice(), Uuid::nil().as_bytes()].concat())),
        ("sealed, but no key", URL_SAFE_NO_PAD.encode(ledger.sealer.seal(&format!("page {METHOD} \"p-a\" 1 2 x"), b"short"))),
    ];
    for (what, token) in rows {
        let refused = Page::open(&ledger, &own, 2, 50, &token, "1 2 x").map(|page| page.after);
        let refused = refused.expect_err(what);
        assert_eq!(refused.to_string(), "refused: FOREIGN_PAGE_TOKEN", "{what}");
    }
    Page::open(&ledger, &own, 2, 50, &given, "1 2 x").expect("the own one is taken");
}

#[tokio::test]
async fn a_token_says_nothing() {
    let (_folder, app) = app("ledger").await;
    let token = token(&app, &call("p-a", METHOD), "1 2 x");
    let bytes = URL_SAFE_NO_PAD.decode(&token).expect("base64");
    let (number, id) = key(-2);
    assert!(!bytes.windows(8).any(|window| window == number.to_be_bytes()));
    assert!(!bytes.windows(16).any(|window| window == id.as_bytes()));
}

/// A page ends before it is too large, holds one item at least, and the next one goes on after it.
#[tokio::test]
async fn a_page_ends_before_it_is_too_large() {
    let (_folder, app) = app("ledger").await;
    let call = call("p-handler", METHOD);
    let shown = |length: usize| "x".repeat(length);
    for (lengths, fits) in [(vec![10, 10, 10], 2), (vec![BYTES_MAX / 2, BYTES_MAX, 10], 1), (vec![2 * BYTES_MAX, 10], 1)] {
        let page = Page::open(&app, &call, 2, 50, "", "").expect("the first page");
        let rows: Vec<(i64, usize)> = (1..).zip(lengths).collect();
        let (items, token) = page.show(&app, rows, |(number, _)| key(*number), |(_, length)| shown(*length));
        assert_eq!(items.len(), fits);
        let next = Page::open(&app, &call, 2, 50, &token, "").expect("its own token");
        assert_eq!(next.after, Some(key(i64::try_from(fits).expect("few"))));
    }
    let page = Page::open(&app, &call, 2, 50, "", "").expect("the first page");
    let (items, token) = page.show(&app, vec![1, 2], |number| key(*number), |_| shown(1));
    assert_eq!((items.len(), token.as_str()), (2, ""), "all of it");
}
