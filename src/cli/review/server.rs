//! The server of a review: the one asynchronous part, which lets requests through the guard and hands them to the session.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};

use axum::body::Body;
use axum::extract::{DefaultBodyLimit, Json, Query, Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Router, serve};
use serde::Deserialize;
use tokio::net::TcpListener;
use tokio::{signal, task};

use super::guard::{Asked, Guard, TOKEN};
use super::session::{Correct, Decide, Session, Undo};
use crate::error::Error;

/// Bytes of the longest request that is read.
const LONGEST: usize = 16 << 10;

/// What every answer says to the browser: keep nothing, show it in no other page, tell no other site of it.
const HEADERS: [(HeaderName, HeaderValue); 6] = [
    (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
    (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
    (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
];

#[derive(Clone)]
struct Desk {
    guard: Arc<Guard>,
    session: Arc<Mutex<Session>>,
}

/// Serves the session on this machine until Ctrl-C; `ready` is told the address of the page. A port of 0 takes any.
pub(super) fn run(session: Session, port: u16, ready: impl FnOnce(&str) -> std::io::Result<()>) -> std::io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let listener = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port))).await?;
        let guard = Guard::new(listener.local_addr()?.port()).map_err(std::io::Error::other)?;
        ready(&guard.address())?;
        let desk = Desk { guard: Arc::new(guard), session: Arc::new(Mutex::new(session)) };
        let stop = async {
            // Without a way to hear Ctrl-C the server goes on until it is killed, which loses nothing either.
            if signal::ctrl_c().await.is_err() {
                std::future::pending::<()>().await;
            }
        };
        serve(listener, router(desk)).with_graceful_shutdown(stop).await
    })
}

fn router(desk: Desk) -> Router {
    Router::new()
        .route("/", get(page))
        .route("/state", get(state))
        .route("/claim", get(claim))
        .route("/decide", post(decide))
        .route("/correct", post(correct))
        .route("/undo", post(undo))
        .layer(DefaultBodyLimit::max(LONGEST))
        .layer(middleware::from_fn_with_state(desk.clone(), guarded))
        .with_state(desk)
}

#[derive(Deserialize)]
struct Address {
    #[serde(default)]
    token: Option<String>,
    #[serde(default)]
    id: Option<String>,
}

/// Every request passes here first, whatever its path.
async fn guarded(State(desk): State<Desk>, Query(address): Query<Address>, request: Request, next: Next) -> Response {
    let passed = {
        let header = |name: HeaderName| request.headers().get(name).map(HeaderValue::as_bytes);
        let text = |name: HeaderName| header(name).map(|value| str::from_utf8(value).unwrap_or_default());
        desk.guard.check(Asked {
            host: text(header::HOST),
            origin: text(header::ORIGIN),
            header: text(HeaderName::from_static(TOKEN)),
            query: address.token.as_deref(),
            page: request.uri().path() == "/",
        })
    };
    let mut response = match passed {
        Ok(()) => next.run(request).await,
        Err(refusal) => (StatusCode::FORBIDDEN, refusal.words()).into_response(),
    };
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, value);
    }
    response
}

/// Does something with the session, away from the thread that serves.
async fn with(desk: Desk, act: impl FnOnce(&mut Session, &Guard) -> Response + Send + 'static) -> Response {
    let work = move || {
        let mut session = desk.session.lock().unwrap_or_else(PoisonError::into_inner);
        act(&mut session, &desk.guard)
    };
    task::spawn_blocking(work).await.unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
}

/// What the page is told of an error: what is wrong, and what to do.
fn told(error: &Error) -> Response {
    (StatusCode::CONFLICT, error.to_string()).into_response()
}

fn done(result: Result<(), Error>) -> Response {
    match result {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(error) => told(&error),
    }
}

async fn page(State(desk): State<Desk>) -> Response {
    with(desk, |session, guard| match session.refresh().map(|()| session.page(guard.token())) {
        Ok(Ok(page)) => ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], Body::from(page)).into_response(),
        Ok(Err(_)) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        Err(error) => told(&error),
    })
    .await
}

async fn state(State(desk): State<Desk>) -> Response {
    with(desk, |session, _| Json(session.state()).into_response()).await
}

async fn claim(State(desk): State<Desk>, Query(address): Query<Address>) -> Response {
    with(desk, move |session, _| match address.id.and_then(|id| session.claim(&id).map(Json)) {
        Some(claim) => claim.into_response(),
        None => (StatusCode::NOT_FOUND, "No claim has this id.").into_response(),
    })
    .await
}

async fn decide(State(desk): State<Desk>, Json(said): Json<Decide>) -> Response {
    with(desk, move |session, _| done(session.decide(&said))).await
}

async fn correct(State(desk): State<Desk>, Json(said): Json<Correct>) -> Response {
    with(desk, move |session, _| done(session.correct(&said))).await
}

async fn undo(State(desk): State<Desk>, Json(what): Json<Undo>) -> Response {
    with(desk, move |session, _| done(session.undo(&what))).await
}
