//! `GraphiQL` and React as npm publishes them, with their licences, for the page `/graphiql`.

use super::assets::Assets;
use super::{npm_ci, say};
use anyhow::{Context as _, Result};
use std::fs;
use std::path::Path;

/// The name that the page uses, and what is taken, below `e2e/node_modules`.
const FILES: [(&str, &str, &str); 4] = [
    ("react.js", "react", "umd/react.production.min.js"),
    ("react-dom.js", "react-dom", "umd/react-dom.production.min.js"),
    ("graphiql.js", "graphiql", "graphiql.min.js"),
    (SHEET, "graphiql", "graphiql.min.css"),
];
/// Its style sheet, to which our own few lines are added.
const SHEET: &str = "graphiql.css";
/// Our own few lines that start it.
const START: &str = "graphiql-start.js";

/// Whether a file is loaded by `/graphiql` alone.
pub fn is_its(name: &str) -> bool {
    name == START || FILES.iter().any(|(known, ..)| *known == name)
}

/// Takes the files in. Without npm a quick build goes on without them, and the page says so; a release needs them.
///
/// # Errors
/// When a file can't be read, or a release lacks npm.
pub fn add(assets: &mut Assets, root: &Path, is_release: bool) -> Result<()> {
    let packages = root.join("e2e/node_modules");
    say("take in", "GraphiQL");
    if !packages.join("graphiql").exists() && let Err(error) = npm_ci(root, "GraphiQL") {
        if is_release {
            return Err(error);
        }
        say("left out", &format!("GraphiQL: {error:#}"));
        return Ok(());
    }
    for (name, package, file) in FILES {
        let read = |file: &str| {
            let path = packages.join(package).join(file);
            fs::read_to_string(&path).with_context(|| path.display().to_string())
        };
        let mut text = format!("/*!\n{package}\n\n{}*/\n{}", read("LICENSE")?, without_map(&read(file)?));
        if name == SHEET {
            text += &fs::read_to_string(root.join("frontend/js/graphiql.css"))?;
        }
        assets.add(name, text.into_bytes());
    }
    assets.add(START, fs::read(root.join("frontend/js/graphiql.js"))?);
    Ok(())
}

/// Without the line that names a source map, which isn't shipped.
fn without_map(text: &str) -> String {
    text.lines().filter(|line| !line.starts_with("//# sourceMappingURL")).fold(String::new(), |all, line| all + line + "\n")
}
