//! The review's server from outside: whom it answers, what it keeps, and what a kill leaves behind.

mod desk;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use desk::Desk;
use serde_json::{Value, json};

const FILE: &str = "articles/gainsay-decisions.toml";

fn desk() -> Desk {
    let article = |killed: u32| {
        format!(
            "---\npublished: 2022-09-14\n---\nOn 13 September 2022 {killed} soldiers of Armenia were killed near Sotk, Yerevan said.\n"
        )
    };
    Desk::new().file("articles/courier.txt", &article(49)).file("articles/herald.txt", &article(105))
}

/// A running server; it is killed when it is let go.
struct Server {
    process: Child,
    port: u16,
    token: String,
}

/// A status and a body.
#[derive(Debug)]
struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Server {
    fn on(desk: &Desk) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_gainsay"))
            .current_dir(desk.path(""))
            .args(["review", "articles"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut address = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut address).unwrap();
        let (port, token) = address
            .trim()
            .strip_prefix("http://127.0.0.1:")
            .and_then(|rest| rest.split_once("/?token="))
            .unwrap_or_else(|| panic!("{address}"));
        Self { port: port.parse().unwrap(), token: token.to_owned(), process }
    }

    /// Sends a request line, headers and a body as they are; nothing if the server is gone.
    fn send(&self, request: &str) -> Option<Answer> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).ok()?;
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        stream.write_all(request.as_bytes()).ok()?;
        let mut text = String::new();
        stream.read_to_string(&mut text).ok()?;
        let (head, body) = text.split_once("\r\n\r\n")?;
        let status = head.split(' ').nth(1)?.parse().ok()?;
        Some(Answer { status, head: head.to_lowercase(), body: body.to_owned() })
    }

    fn get(&self, path: &str, headers: &str) -> Answer {
        let request = format!("GET {path} HTTP/1.1\r\nConnection: close\r\n{headers}\r\n");
        self.send(&request).unwrap_or_else(|| panic!("no answer to {request}"))
    }

    fn post(&self, path: &str, headers: &str, body: &str) -> Option<Answer> {
        let length = body.len();
        self.send(&format!(
            "POST {path} HTTP/1.1\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n{headers}\r\n{body}"
        ))
    }

    fn host(&self) -> String {
        format!("Host: 127.0.0.1:{}\r\n", self.port)
    }

    /// The headers of the own page.
    fn own(&self) -> String {
        format!("{}Origin: http://127.0.0.1:{}\r\nX-Gainsay-Token: {}\r\n", self.host(), self.port, self.token)
    }

    /// Does what the own page does; the status and what it was told.
    fn act(&self, path: &str, body: &Value) -> Answer {
        self.post(path, &self.own(), &body.to_string()).unwrap()
    }

    fn state(&self) -> Value {
        serde_json::from_str(&self.get("/state", &self.own()).body).unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // One that has ended already cannot be killed, and need not be.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The id of the one contradiction.
fn contradiction(desk: &Desk) -> String {
    let out = desk.run("findings articles --no-decisions").out;
    let mut all = out.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    all.find(|finding| finding["verdict"] == "contradiction").unwrap()["id"].as_str().unwrap().to_owned()
}

/// The id of the herald's claim.
fn claim(desk: &Desk) -> String {
    let out = desk.run("claims articles/herald.txt --no-decisions").out;
    let mut all = out.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    all.find(|claim| claim["kind"] == "casualty").unwrap()["id"].as_str().unwrap().to_owned()
}

#[test]
fn only_the_own_page_is_answered() {
    let desk = desk();
    let server = Server::on(&desk);
    let (host, own, port, token) = (server.host(), server.own(), server.port, server.token.clone());
    let page = format!("/?token={token}");
    let fine = server.get(&page, &host);
    assert!(fine.status == 200 && fine.body.contains(&format!("data-token=\"{token}\"")), "{}", fine.head);
    for (name, value) in [
        ("referrer-policy", "no-referrer"),
        ("cache-control", "no-store"),
        ("x-frame-options", "deny"),
        ("x-content-type-options", "nosniff"),
        ("cross-origin-resource-policy", "same-origin"),
    ] {
        assert!(fine.head.contains(&format!("{name}: {value}")), "{}", fine.head);
    }
    assert!(!fine.head.contains("access-control"), "{}", fine.head);
    for (path, headers) in [
        ("/", host.clone()),
        ("/?token=0", host.clone()),
        (&*page, format!("Host: evil.example:{port}\r\n")),
        (&*page, "Host: 127.0.0.1\r\n".to_owned()),
        (&*page, format!("{host}Origin: http://evil.example\r\n")),
        ("/state", host.clone()),
        ("/state", format!("{host}X-Gainsay-Token: 0\r\n")),
        (&*format!("/state?token={token}"), host.clone()),
        ("/state", own.replace("127.0.0.1:", "evil.example:")),
        ("/../gainsay-decisions.toml", host.clone()),
    ] {
        let refused = server.get(path, &headers);
        assert!(refused.status == 403 && !refused.body.contains(&token), "{path} {headers}: {refused:?}");
    }
    for path in ["/etc/passwd", "/../../etc/passwd", "/gainsay-decisions.toml", "//", "/decide"] {
        let unknown = server.get(path, &own);
        assert!([404, 405].contains(&unknown.status), "{path}: {unknown:?}");
    }
    assert!(!desk.path(FILE).exists());
}

#[test]
fn what_other_sites_send_changes_nothing() {
    let desk = desk();
    let server = Server::on(&desk);
    let body = json!({"finding": contradiction(&desk), "verdict": "dismissed", "why": "x"}).to_string();
    let (host, own, port, token) = (server.host(), server.own(), server.port, &server.token);
    for headers in [
        host.clone(),
        format!("{host}Origin: http://127.0.0.1:{port}\r\n"),
        format!("{host}X-Gainsay-Token: {token}\r\nOrigin: http://evil.example\r\n"),
        format!("{host}X-Gainsay-Token: {token}\r\nOrigin: null\r\n"),
        format!("{host}X-Gainsay-Token: {token}\r\nOrigin: http://localhost:{port}\r\n"),
        format!("Host: rebound.example:{port}\r\nX-Gainsay-Token: {token}\r\n"),
    ] {
        let refused = server.post("/decide", &headers, &body).unwrap();
        assert_eq!(refused.status, 403, "{headers}: {refused:?}");
    }
    let plain = own.clone() + "Content-Type: text/plain\r\n";
    let request =
        format!("POST /decide HTTP/1.1\r\nConnection: close\r\n{plain}Content-Length: {}\r\n\r\n{body}", body.len());
    assert_eq!(server.send(&request).unwrap().status, 415);
    let long = json!({"finding": "0", "verdict": "dismissed", "why": "x".repeat(20_000)}).to_string();
    assert!(server.post("/decide", &own, &long).is_none_or(|answer| answer.status == 413));
    assert!(!desk.path(FILE).exists());
}

#[test]
fn decisions_and_corrections_go_into_the_file_that_the_other_commands_read() {
    let desk = desk();
    let server = Server::on(&desk);
    let (finding, claim) = (contradiction(&desk), claim(&desk));
    let decided = json!({"finding": finding, "verdict": "confirmed", "why": "asked both", "by": "Ann"});
    assert_eq!(server.act("/decide", &decided).status, 204);
    assert!(desk.run("findings articles").out.contains("asked both"));
    let corrected = json!({"claim": claim, "figure": "49", "why": "misread"});
    assert_eq!(server.act("/correct", &corrected).status, 204);
    let state = server.state();
    assert_eq!(state["corrections"][0]["claims"], json!([claim]));
    assert_eq!(state["decisions"][0]["finding"], Value::Null, "its claims say something else now: {state}");
    assert!(state["lapsed"][0].as_str().unwrap().contains("has lapsed"), "{state}");
    assert!(desk.run("decide --list articles --format csv").out.contains("misread"));
    assert_eq!(server.act("/undo", &json!({})).status, 204);
    assert_eq!(server.state()["decisions"][0]["finding"], finding.as_str());
    let shown: Value = serde_json::from_str(&server.get(&format!("/claim?id={claim}"), &server.own()).body).unwrap();
    assert_eq!((&shown["figure"], &shown["speaker"]), (&"105".into(), &"Yerevan".into()), "{shown}");
    for (path, body, told) in [
        ("/decide", json!({"finding": finding, "verdict": "maybe", "why": "x"}), "`maybe` is not one of"),
        ("/decide", json!({"finding": finding, "verdict": "confirmed", "why": " "}), "a reason is needed"),
        ("/decide", json!({"finding": claim, "verdict": "confirmed", "why": "x"}), "decisions are on findings"),
        ("/correct", json!({"claim": claim, "why": "x"}), "nothing is changed"),
        ("/correct", json!({"claim": claim, "figure": "many", "why": "x"}), "is no count"),
    ] {
        let refused = server.act(path, &body);
        assert!(refused.status == 409 && refused.body.contains(told), "{body}: {refused:?}");
    }
    std::fs::write(desk.path(FILE), "[[decision]]\nfinding = 3\n").unwrap();
    let broken = server.act("/decide", &decided);
    assert!(broken.status == 409 && broken.body.contains("gainsay-decisions.toml:2"), "{broken:?}");
    assert_eq!(std::fs::read_to_string(desk.path(FILE)).unwrap(), "[[decision]]\nfinding = 3\n");
}

#[test]
fn a_decision_that_replaces_another_is_taken_back_to_it() {
    let desk = desk();
    let server = Server::on(&desk);
    let finding = contradiction(&desk);
    for why in ["first", "second"] {
        let decided = json!({"finding": finding, "verdict": "confirmed", "why": why});
        assert_eq!(server.act("/decide", &decided).status, 204);
    }
    for why in [Some("first"), None] {
        assert_eq!(server.act("/undo", &json!({})).status, 204);
        assert_eq!(server.state()["decisions"][0]["why"].as_str(), why);
    }
    assert_eq!(server.act("/undo", &json!({})).status, 409);
}

#[test]
fn a_kill_at_any_moment_loses_nothing_that_was_acknowledged_and_leaves_a_file_that_reads() {
    let desk = desk();
    let finding = contradiction(&desk);
    let mut kept_rounds = 0;
    for round in 0..6_u64 {
        let mut server = Server::on(&desk);
        let mut acknowledged = None;
        std::thread::scope(|scope| {
            let process = &mut server.process;
            let (port, token) = (server.port, server.token.clone());
            scope.spawn(move || {
                std::thread::sleep(Duration::from_millis(50 + 170 * round));
                process.kill().unwrap();
            });
            for n in 0.. {
                let why = format!("{round}.{n} {}", "because ".repeat(900));
                let body = json!({"finding": finding, "verdict": "dismissed", "why": why}).to_string();
                let headers = format!("Host: 127.0.0.1:{port}\r\nX-Gainsay-Token: {token}\r\n");
                match post(port, &headers, &body) {
                    Some(204) => acknowledged = Some(why),
                    _ => break,
                }
            }
        });
        let list = desk.run("decide --list articles");
        assert_eq!((list.status, list.err.as_str()), (0, ""), "{list:?}");
        if let Some(why) = acknowledged {
            kept_rounds += 1;
            let kept: Value = serde_json::from_str(list.out.trim()).unwrap();
            let number = |why: &str| why.split([' ', '.']).nth(1).unwrap().parse::<u64>().unwrap();
            // The last one may have been written without its answer having come through.
            assert!(number(kept["why"].as_str().unwrap()) >= number(why.trim()), "{}", kept["why"]);
        }
        let findings = desk.run("findings articles");
        assert!(findings.err.is_empty(), "what a kill leaves is no article: {findings:?}");
    }
    assert!(kept_rounds > 0, "no round got as far as an answer");
}

/// The status of a request; nothing if the server is gone.
fn post(port: u16, headers: &str, body: &str) -> Option<u16> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).ok()?;
    let length = body.len();
    let head = "POST /decide HTTP/1.1\r\nConnection: close\r\nContent-Type: application/json\r\n";
    stream.write_all(format!("{head}Content-Length: {length}\r\n{headers}\r\n{body}").as_bytes()).ok()?;
    let mut text = String::new();
    stream.read_to_string(&mut text).ok()?;
    text.split(' ').nth(1)?.parse().ok()
}

#[test]
fn standard_input_needs_a_file_and_folders_without_articles_are_told() {
    let ended = desk().stdin("Two people died.").folder("empty").run("review -");
    assert!(ended.status == 2 && ended.err.contains("--decisions"), "{ended:?}");
}
