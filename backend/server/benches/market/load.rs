//! A load client of our own: so many connections, each asking again as soon as it is answered. It reads no more of HTTP than
//! a status, a length and a body, so that it takes little of the machine that it shares with what it measures.

use std::time::{Duration, Instant};
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpStream;

/// One request, written out.
#[derive(Clone)]
pub struct Request {
    address: String,
    bytes: Vec<u8>,
}

impl Request {
    /// A POST of JSON.
    pub fn post(address: &str, path: &str, body: &str) -> Self {
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: {address}\r\nContent-Type: application/json\r\nAccept: application/json\r\nAccept-Language: zh\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        Self { address: address.to_owned(), bytes: [head.as_bytes(), body.as_bytes()].concat() }
    }

    /// Asks once and answers the body.
    pub async fn once(&self) -> Vec<u8> {
        Connection::open(self).await.ask(self).await
    }
}

struct Connection(BufReader<TcpStream>);

impl Connection {
    async fn open(request: &Request) -> Self {
        let socket = TcpStream::connect(&request.address).await.expect("the server listens");
        socket.set_nodelay(true).expect("a socket");
        Self(BufReader::with_capacity(64 * 1024, socket))
    }

    async fn ask(&mut self, request: &Request) -> Vec<u8> {
        self.0.get_mut().write_all(&request.bytes).await.expect("is sent");
        let (mut line, mut length, mut is_first) = (String::new(), None, true);
        loop {
            line.clear();
            self.0.read_line(&mut line).await.expect("is answered");
            if is_first {
                assert!(line.contains(" 200 "), "the server answers {line}");
                is_first = false;
            }
            if line == "\r\n" {
                break;
            }
            if let Some((name, value)) = line.split_once(':')
                && name.eq_ignore_ascii_case("content-length")
            {
                length = value.trim().parse::<usize>().ok();
            }
        }
        let mut body = vec![0; length.expect("an answer of known length")];
        self.0.read_exact(&mut body).await.expect("a whole answer");
        body
    }
}

/// What a load came to.
pub struct Measured {
    /// Answers each second.
    pub per_second: f64,
    /// The times of answers, sorted.
    pub times: Vec<Duration>,
}

/// Asks through so many connections for so long.
pub async fn load(request: &Request, connections: usize, lasting: Duration) -> Measured {
    let begun = Instant::now();
    let tasks: Vec<_> = (0..connections)
        .map(|_| {
            let request = request.clone();
            tokio::spawn(async move {
                let mut connection = Connection::open(&request).await;
                let mut times = Vec::new();
                while begun.elapsed() < lasting {
                    let asked = Instant::now();
                    connection.ask(&request).await;
                    times.push(asked.elapsed());
                }
                times
            })
        })
        .collect();
    let mut times = Vec::new();
    for task in tasks {
        times.extend(task.await.expect("a connection lasts"));
    }
    let per_second = f64::from(u32::try_from(times.len()).unwrap_or(u32::MAX)) / begun.elapsed().as_secs_f64();
    times.sort_unstable();
    Measured { per_second, times }
}

/// The time below which so many of a hundred lie.
pub fn percentile(sorted: &[Duration], hundredth: usize) -> Duration {
    let place = (sorted.len() * hundredth).div_ceil(100).saturating_sub(1);
    sorted.get(place).copied().unwrap_or_default()
}

/// A time in milliseconds, for a table.
pub fn millis(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1000.0)
}
