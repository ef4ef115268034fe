//! A PostgreSQL cluster of the tests' own, on a free loopback port, gone when the tests end.

use crate::install::{install, is_root};
use crate::keeper::Keeper;
use anyhow::{Context as _, Result, bail};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What the keeper does when we are gone: stops the server, if it runs, and removes the folder.
const END: &str = r#""$1/pg_ctl" -D "$2/data" -m immediate stop; rm -rf "$2""#;

/// Whether a commit waits for the disk.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// It does, as in production.
    Synced,
    /// It does not: a crash of a test's cluster costs nothing.
    None,
}

/// A running cluster. It is stopped and its folder removed when this is dropped, and also when this process is killed.
pub struct Cluster {
    programs: PathBuf,
    user: Option<&'static str>,
    url: String,
    _keeper: Keeper,
}

impl Cluster {
    /// Makes and starts one. PostgreSQL refuses to run as root, so root starts it as `postgres`.
    pub fn start(durability: Durability) -> Result<Self> {
        if programs().is_err() {
            install("postgresql")?;
        }
        let programs = programs()?;
        let user = is_root()?.then_some("postgres");
        let folder = output(&mut as_user(user, "mktemp", &["-d", "/tmp/zhaocai-postgres-XXXXXX"]))?;
        let folder = PathBuf::from(folder.trim());
        let end = as_user(user, "sh", &["-c", &Keeper::script(END), "sh", text(&programs)?, text(&folder)?]);
        let keeper = Keeper::start(end)?;
        let data = folder.join("data");
        let port = free_port()?;
        let cluster = Self { programs, user, url: format!("postgres://zhaocai@127.0.0.1:{port}"), _keeper: keeper };
        eprintln!("── PostgreSQL for the tests on port {port}");
        cluster.run("initdb", &["-D", text(&data)?, "-U", "zhaocai", "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8"])?;
        let fsync = if durability == Durability::Synced { "on" } else { "off" };
        let options = format!("-h 127.0.0.1 -p {port} -k {} -c fsync={fsync} -c max_connections=400", text(&folder)?);
        cluster.run("pg_ctl", &["-D", text(&data)?, "-l", text(&folder.join("log"))?, "-o", &options, "-w", "start"])?;
        Ok(cluster)
    }

    /// Its address, without a database.
    pub fn url(&self) -> &str {
        &self.url
    }

    fn run(&self, program: &str, arguments: &[&str]) -> Result<()> {
        let mut command = as_user(self.user, text(&self.programs.join(program))?, arguments);
        // The server that pg_ctl starts would hold a pipe open for as long as it lives.
        let status = command.stdout(Stdio::null()).status().with_context(|| format!("{program} does not start"))?;
        if status.success() { Ok(()) } else { bail!("{program} failed: {status}") }
    }
}

/// The newest installed version's folder.
fn programs() -> Result<PathBuf> {
    let mut found: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .context("PostgreSQL is missing")?
        .filter_map(|entry| Some(entry.ok()?.path().join("bin")))
        .filter(|folder| folder.join("initdb").exists())
        .collect();
    found.sort();
    found.pop().context("PostgreSQL is missing")
}

/// A command as another user, in a folder that is open to it.
fn as_user(user: Option<&str>, program: &str, arguments: &[&str]) -> Command {
    let mut command = match user {
        Some(user) => {
            let mut command = Command::new("runuser");
            command.args(["-u", user, "--", program]);
            command
        }
        None => Command::new(program),
    };
    command.args(arguments).current_dir("/tmp").stdin(Stdio::null());
    command
}

fn output(command: &mut Command) -> Result<String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let done = command.stderr(Stdio::inherit()).output().with_context(|| format!("{name} does not start"))?;
    if done.status.success() { Ok(String::from_utf8_lossy(&done.stdout).into_owned()) } else { bail!("{name} failed: {}", done.status) }
}

fn free_port() -> Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

fn text(path: &Path) -> Result<&str> {
    path.to_str().with_context(|| format!("{} is no text", path.display()))
}
