//! How soon the demonstration answers when it is started again.

use crate::table::{Row, Table};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tokio::net::TcpStream;

/// A started server, which ends with us.
struct Started(Child);

impl Drop for Started {
    fn drop(&mut self) {
        if self.0.kill().is_ok() {
            let _ = self.0.wait();
        }
    }
}

/// Starts `zhaocai serve --demo` on a folder and waits until `/readyz` answers 200.
async fn ready_after(folder: &Path) -> Duration {
    let port = std::net::TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a port").port();
    let address = format!("127.0.0.1:{port}");
    let begun = Instant::now();
    let mut command = Command::new(env!("CARGO_BIN_EXE_zhaocai"));
    command.args(["serve", "--demo", "--listen", &address, "--data"]).arg(folder).stderr(Stdio::null());
    let mut started = Started(command.spawn().expect("the server starts"));
    while begun.elapsed() < Duration::from_mins(10) {
        if TcpStream::connect(&address).await.is_ok()
            && let Ok(answer) = reqwest::get(format!("http://{address}/readyz")).await
            && answer.status().is_success()
        {
            return begun.elapsed();
        }
        assert!(matches!(started.0.try_wait(), Ok(None)), "the server ended");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("the server is not ready in ten minutes")
}

/// Measures the first start, which fills the market, and the second.
pub async fn run(folder: &Path, table: &mut Table) {
    let first = ready_after(folder).await;
    let second = ready_after(folder).await;
    for (what, took, aim) in [("first", first, None), ("second", second, Some(Duration::from_secs(5)))] {
        table.add(Row {
            what: format!("demonstration ready, {what} start"),
            measured: format!("{:.2} s", took.as_secs_f64()),
            ratio: None,
            aim: aim.map(|aim| format!("< {} s", aim.as_secs())).unwrap_or_default(),
            holds: aim.map(|aim| took < aim),
        });
    }
}
