//! A server that runs while a command needs it.

use crate::keeper::Keeper;
use anyhow::{Context as _, Result, bail, ensure};
use std::fs::File;
use std::io::{BufRead as _, BufReader, Read as _, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// A demonstration that answers. It stops when this is dropped, and also when this process is killed.
pub struct Running {
    process: Child,
    keeper: Option<Keeper>,
    /// `HOST:PORT`.
    pub address: String,
}

impl Running {
    /// Starts `binary serve --demo` and waits until it says that it serves. What it says is shown.
    ///
    /// # Errors
    /// When it ends before that; what it said has been shown.
    pub fn start(binary: &Path, address: &str, data: &Path) -> Result<Self> {
        Self::wait_for(&mut serve(binary, address, data), address, std::io::stderr())
    }

    /// As [`Self::start`], with the pages' files of a folder, and with all that it says, details too, in the file `log`.
    ///
    /// # Errors
    /// As [`Self::start`].
    pub fn start_logged(binary: &Path, address: &str, data: &Path, pages: &Path, log: &Path) -> Result<Self> {
        let log = File::create(log).with_context(|| format!("{} can't be written", log.display()))?;
        let mut command = serve(binary, address, data);
        command.arg("--pages").arg(pages).env("ZHAOCAI__LOG__FILTER", "info,app=debug,graphql=debug,server=debug");
        Self::wait_for(&mut command, address, log)
    }

    fn wait_for(command: &mut Command, address: &str, mut told: impl Write + Send + 'static) -> Result<Self> {
        let program = command.get_program().display().to_string();
        let mut process = command.stderr(Stdio::piped()).spawn().with_context(|| format!("{program} does not start"))?;
        let mut lines = BufReader::new(process.stderr.take().context("the server has no standard error")?).lines();
        let running = Self { keeper: Some(Keeper::of(&process)?), process, address: address.to_owned() };
        for line in lines.by_ref() {
            let line = line?;
            writeln!(told, "{line}")?;
            if line.contains("serving") {
                // The rest of what it says is told as it comes, for as long as it runs.
                std::thread::spawn(move || lines.map_while(Result::ok).try_for_each(|line| writeln!(told, "{line}")));
                ensure!(running.get("/readyz")?.starts_with("ready"), "the server serves and is not ready");
                return Ok(running);
            }
        }
        bail!("the server ended before it served");
    }

    /// Waits until the server ends by itself or by Ctrl-C.
    ///
    /// # Errors
    /// When it fails.
    pub fn wait(mut self) -> Result<()> {
        let status = self.process.wait()?;
        ensure!(status.success(), "the server ended: {status}");
        Ok(())
    }

    /// Asks for an address and answers the body.
    ///
    /// # Errors
    /// When the server does not answer with 200.
    pub fn get(&self, path: &str) -> Result<String> {
        let mut socket = TcpStream::connect(&self.address).with_context(|| format!("nothing answers at {}", self.address))?;
        // Version 1.0 asks for an answer in one piece.
        write!(socket, "GET {path} HTTP/1.0\r\nHost: {}\r\n\r\n", self.address)?;
        let mut answer = String::new();
        socket.read_to_string(&mut answer)?;
        let (head, body) = answer.split_once("\r\n\r\n").context("the answer is no HTTP")?;
        ensure!(head.lines().next().is_some_and(|status| status.contains(" 200")), "{path}: {}", head.lines().next().unwrap_or_default());
        Ok(body.to_owned())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself. Its number is ours until we have waited for it, so the keeper ends no other process.
        let is_killed = self.process.kill().is_ok();
        drop(self.keeper.take());
        if is_killed {
            let _ = self.process.wait();
        }
    }
}

fn serve(binary: &Path, address: &str, data: &Path) -> Command {
    let mut command = Command::new(binary);
    command.args(["serve", "--demo", "--listen", address, "--data"]).arg(data);
    command
}

/// An address on loopback at which nothing listens.
///
/// # Errors
/// When there is none.
pub fn free_address() -> Result<String> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.to_string())
}
