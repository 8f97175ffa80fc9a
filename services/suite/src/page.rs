use sanben_host::Asset;

/// The page for people, as `web/` builds it. It calls all services where it comes from, so only a process that runs all of them serves
/// it.
pub const PAGE: &[Asset] = &[
    Asset { path: "/", content_type: "text/html; charset=utf-8", body: include_str!("../web/dist/index.html") },
    Asset { path: "/app.js", content_type: "text/javascript; charset=utf-8", body: include_str!("../web/dist/app.js") },
    Asset { path: "/style.css", content_type: "text/css; charset=utf-8", body: include_str!("../web/dist/style.css") },
];
