//! A PostgreSQL cluster of the tests' own, on a free loopback port, gone when the tests end.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;

type Result<T> = std::result::Result<T, String>;

/// A running cluster. Dropping it stops it and removes its folder.
pub struct Cluster {
    programs: PathBuf,
    folder: PathBuf,
    user: Option<&'static str>,
    url: String,
}

impl Cluster {
    /// Makes and starts one. PostgreSQL refuses to run as root, so root starts it as `postgres`.
    pub fn start() -> Result<Self> {
        let programs = programs().or_else(|_| install().and_then(|()| programs()))?;
        let is_root = output("id", &["-u"])?.trim() == "0";
        let user = is_root.then_some("postgres");
        let folder = PathBuf::from(as_user(user, "mktemp", &["-d", "/tmp/zhaocai-postgres-XXXXXX"])?.trim().to_owned());
        let data = folder.join("data");
        let port = free_port()?;
        let cluster = Self { programs, folder, user, url: format!("postgres://zhaocai@127.0.0.1:{port}") };
        eprintln!("── PostgreSQL for the tests on port {port}");
        cluster.run("initdb", &["-D", text(&data)?, "-U", "zhaocai", "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8"])?;
        // A crash of the test cluster costs nothing: no syncing.
        let options = format!("-h 127.0.0.1 -p {port} -k {} -c fsync=off -c max_connections=400", text(&cluster.folder)?);
        let log = cluster.folder.join("log");
        cluster.run("pg_ctl", &["-D", text(&data)?, "-l", text(&log)?, "-o", &options, "-w", "start"])?;
        Ok(cluster)
    }

    /// Its address, without a database.
    pub fn url(&self) -> &str {
        &self.url
    }

    fn run(&self, program: &str, arguments: &[&str]) -> Result<()> {
        as_user(self.user, text(&self.programs.join(program))?, arguments).map(drop)
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let data = self.folder.join("data");
        if let Some(data) = data.to_str() {
            let stopped = self.run("pg_ctl", &["-D", data, "-m", "immediate", "stop"]);
            if let Err(error) = stopped {
                eprintln!("xtask: the test cluster did not stop: {error}");
            }
        }
        if let Err(error) = std::fs::remove_dir_all(&self.folder) {
            eprintln!("xtask: {} stays behind: {error}", self.folder.display());
        }
    }
}

/// The newest installed version's folder.
fn programs() -> Result<PathBuf> {
    let mut found: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .map_err(|_| "PostgreSQL is missing".to_owned())?
        .filter_map(|entry| Some(entry.ok()?.path().join("bin")))
        .filter(|folder| folder.join("initdb").exists())
        .collect();
    found.sort();
    found.pop().ok_or_else(|| "PostgreSQL is missing".to_owned())
}

/// Installs Debian's package where we may, else says what to install.
fn install() -> Result<()> {
    if output("id", &["-u"])?.trim() != "0" {
        return Err("install Debian's package `postgresql` (apt-get install postgresql) and start again".to_owned());
    }
    eprintln!("── apt-get install postgresql");
    output("apt-get", &["update", "-qq"])?;
    output("apt-get", &["install", "-y", "-qq", "postgresql"]).map(drop)
}

fn as_user(user: Option<&str>, program: &str, arguments: &[&str]) -> Result<String> {
    match user {
        Some(user) => {
            let mut all = vec!["-u", user, "--", program];
            all.extend_from_slice(arguments);
            output("runuser", &all)
        }
        None => output(program, arguments),
    }
}

fn output(program: &str, arguments: &[&str]) -> Result<String> {
    // The caller's folder may be closed to the user that the program runs as.
    let done = Command::new(program)
        .args(arguments)
        .current_dir("/tmp")
        .stdin(std::process::Stdio::null())
        .stderr(std::process::Stdio::inherit())
        // pg_ctl's server would hold a pipe open for as long as it lives.
        .stdout(if program_is_pg_ctl(program, arguments) { std::process::Stdio::null() } else { std::process::Stdio::piped() })
        .output()
        .map_err(|error| format!("{program} does not start: {error}"))?;
    if done.status.success() {
        Ok(String::from_utf8_lossy(&done.stdout).into_owned())
    } else {
        Err(format!("{program} {} failed", arguments.join(" ")))
    }
}

fn program_is_pg_ctl(program: &str, arguments: &[&str]) -> bool {
    program.ends_with("pg_ctl") || arguments.iter().any(|argument| argument.ends_with("pg_ctl"))
}

fn free_port() -> Result<u16> {
    let listener = TcpListener::bind("127.0.0.1:0").map_err(|error| error.to_string())?;
    listener.local_addr().map(|address| address.port()).map_err(|error| error.to_string())
}

fn text(path: &Path) -> Result<&str> {
    path.to_str().ok_or_else(|| format!("{} is no text", path.display()))
}
