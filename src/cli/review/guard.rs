//! Who may ask the server anything: this machine, from the page that the server itself gave out.

/// The header that carries the token.
pub(super) const TOKEN: &str = "x-gainsay-token";

/// Bytes of chance in a token.
const CHANCE: usize = 16;

/// What a request says of itself.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Asked<'a> {
    /// The `Host` header.
    pub(super) host: Option<&'a str>,
    /// The `Origin` header.
    pub(super) origin: Option<&'a str>,
    /// The token in its header.
    pub(super) header: Option<&'a str>,
    /// The token in the address.
    pub(super) query: Option<&'a str>,
    /// True for the page itself, whose address carries the token.
    pub(super) page: bool,
}

/// Why a request is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// It was sent to another name, which may have been made to lead here.
    Host,
    /// The page of another site sent it.
    Origin,
    /// It does not know the token.
    Token,
}

impl Refusal {
    /// What the asker is told.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Host => "This server answers to 127.0.0.1 only.",
            Self::Origin => "This server answers to its own page only.",
            Self::Token => "The address lacks the token of this run: take the address that `gainsay review` printed.",
        }
    }
}

/// The port and the token of one run.
#[derive(Clone, Debug)]
pub(super) struct Guard {
    port: u16,
    token: String,
}

impl Guard {
    /// A guard with a new token.
    pub(super) fn new(port: u16) -> Result<Self, getrandom::Error> {
        let mut chance = [0; CHANCE];
        getrandom::fill(&mut chance)?;
        let token = chance.iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(Self { port, token })
    }

    /// The token.
    pub(super) fn token(&self) -> &str {
        &self.token
    }

    /// Where the page is.
    pub(super) fn address(&self) -> String {
        format!("http://127.0.0.1:{}/?token={}", self.port, self.token)
    }

    /// Lets a request pass, or says why not.
    pub(super) fn check(&self, asked: Asked<'_>) -> Result<(), Refusal> {
        let host = asked.host.filter(|host| self.names().iter().any(|name| name == host)).ok_or(Refusal::Host)?;
        if asked.origin.is_some_and(|origin| origin.strip_prefix("http://") != Some(host)) {
            return Err(Refusal::Origin);
        }
        let shown = if asked.page { asked.query } else { asked.header };
        if shown.is_some_and(|token| same(token, &self.token)) { Ok(()) } else { Err(Refusal::Token) }
    }

    fn names(&self) -> [String; 2] {
        ["127.0.0.1", "localhost"].map(|name| format!("{name}:{}", self.port))
    }
}

/// True if two texts are the same; it takes as long whatever the difference.
fn same(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.bytes().zip(b.bytes()).fold(0, |differs, (a, b)| differs | (a ^ b)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guard() -> Guard {
        Guard { port: 4567, token: "0123456789abcdef".to_owned() }
    }

    const ASKED: Asked<'_> = Asked {
        host: Some("127.0.0.1:4567"),
        origin: Some("http://127.0.0.1:4567"),
        header: Some("0123456789abcdef"),
        query: None,
        page: false,
    };

    #[test]
    fn the_own_page_passes_under_both_names_of_this_machine() {
        assert_eq!(guard().check(ASKED), Ok(()));
        assert_eq!(guard().check(Asked { origin: None, ..ASKED }), Ok(()));
        let local = Asked { host: Some("localhost:4567"), origin: Some("http://localhost:4567"), ..ASKED };
        assert_eq!(guard().check(local), Ok(()));
        let page = Asked { header: None, query: Some("0123456789abcdef"), page: true, ..ASKED };
        assert_eq!(guard().check(page), Ok(()));
    }

    #[test]
    fn other_hosts_are_refused() {
        for host in
            [None, Some(""), Some("127.0.0.1"), Some("127.0.0.1:80"), Some("evil.example:4567"), Some("[::1]:4567")]
        {
            assert_eq!(guard().check(Asked { host, ..ASKED }), Err(Refusal::Host), "{host:?}");
        }
    }

    #[test]
    fn other_origins_are_refused_even_those_of_this_machine() {
        for origin in [
            "null",
            "",
            "http://evil.example",
            "https://127.0.0.1:4567",
            "http://127.0.0.1:4568",
            "http://localhost:4567",
        ] {
            assert_eq!(guard().check(Asked { origin: Some(origin), ..ASKED }), Err(Refusal::Origin), "{origin}");
        }
    }

    #[test]
    fn without_the_token_in_its_place_nothing_is_answered() {
        for header in [None, Some(""), Some("0123456789abcdee"), Some("0123456789abcdef0")] {
            assert_eq!(guard().check(Asked { header, ..ASKED }), Err(Refusal::Token), "{header:?}");
        }
        let in_address = Asked { header: None, query: ASKED.header, ..ASKED };
        assert_eq!(guard().check(in_address), Err(Refusal::Token), "writes need the header");
        let page = Asked { page: true, ..ASKED };
        assert_eq!(guard().check(page), Err(Refusal::Token), "the page needs the address");
    }

    #[test]
    fn tokens_are_long_and_never_the_same() {
        let (one, two) = (Guard::new(1).unwrap(), Guard::new(1).unwrap());
        assert!(one.token().len() == 32 && one.token() != two.token());
    }
}
