//! The arrows of the house, from what cargo says of our packages: who may depend on whom, and who has which door outside.

use crate::binary::cargo;
use crate::pages::root;
use serde_json::Value;

/// Each of our packages, and those of ours that it may depend on.
const HOUSE: [(&str, &[&str]); 9] = [
    ("domain", &[]),
    ("sealing", &["domain"]),
    ("migrations", &[]),
    ("app", &["domain", "sealing", "migrations"]),
    ("graphql", &["domain", "sealing", "app"]),
    ("frontend", &["domain", "sealing"]),
    ("sealing-module", &["sealing"]),
    ("server", &["domain", "sealing", "app", "graphql", "frontend"]),
    ("xtask", &[]),
];

/// Crates outside, and those of our packages whose shipped code may use them. Tests, benches and examples may use more.
const DOORS: [(&str, &[&str]); 12] = [
    ("sea-orm", &["app"]),
    ("sea-orm-migration", &["migrations"]),
    ("axum", &["server"]),
    ("tower-http", &["server"]),
    ("async-graphql", &["graphql", "server"]),
    ("leptos", &["frontend"]),
    ("cynic", &["frontend"]),
    ("tantivy", &["app"]),
    ("object_store", &["app"]),
    ("tokio", &["app", "graphql", "server"]),
    ("age", &["sealing"]),
    ("clap", &["server", "xtask"]),
];

/// One dependency as a manifest names it.
struct Arrow {
    from: String,
    to: String,
    /// For tests, benches and examples only.
    is_dev: bool,
    is_ours: bool,
}

fn arrows() -> (Vec<String>, Vec<Arrow>) {
    let mut command = cargo();
    command.args(["metadata", "--format-version", "1", "--no-deps", "--locked", "--offline"]).current_dir(root());
    let output = command.output().expect("cargo starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("cargo writes JSON");
    let text = |value: &Value| value.as_str().expect("a name").to_owned();
    let packages = metadata["packages"].as_array().expect("packages");
    let arrows = packages.iter().flat_map(|package| {
        let dependencies = package["dependencies"].as_array().expect("dependencies");
        dependencies.iter().map(move |dependency| Arrow {
            from: text(&package["name"]),
            to: text(&dependency["name"]),
            is_dev: dependency["kind"] == "dev",
            is_ours: dependency["path"].is_string(),
        })
    });
    (packages.iter().map(|package| text(&package["name"])).collect(), arrows.collect())
}

#[test]
fn every_package_stands_in_the_house_and_no_other() {
    let (mut packages, _) = arrows();
    packages.sort();
    let mut known: Vec<_> = HOUSE.iter().map(|(package, _)| *package).collect();
    known.sort_unstable();
    assert_eq!(packages, known, "a package was added or left: draw its arrows in HOUSE");
}

#[test]
fn our_packages_depend_only_downwards() {
    let (_, arrows) = arrows();
    for arrow in arrows.iter().filter(|arrow| arrow.is_ours) {
        let (_, below) = HOUSE.iter().find(|(package, _)| *package == arrow.from).expect("is in the house");
        assert!(below.contains(&arrow.to.as_str()), "{} must not depend on {}", arrow.from, arrow.to);
    }
}

#[test]
fn what_is_outside_comes_in_through_its_own_door() {
    let (_, arrows) = arrows();
    for (outside, doors) in DOORS {
        let users: Vec<_> = arrows.iter().filter(|arrow| arrow.to == outside && !arrow.is_dev).collect();
        assert!(!users.is_empty(), "nobody depends on {outside} any more: take it from DOORS");
        for arrow in users {
            assert!(doors.contains(&arrow.from.as_str()), "{} must not depend on {outside}", arrow.from);
        }
    }
}

#[test]
fn the_pure_packages_have_nothing_that_reaches_outside() {
    let (_, arrows) = arrows();
    for arrow in arrows.iter().filter(|arrow| ["domain", "sealing"].contains(&arrow.from.as_str())) {
        let reaches_outside = ["tokio", "reqwest", "futures", "async-trait", "sea-orm", "axum", "tempfile"].contains(&arrow.to.as_str());
        assert!(!reaches_outside, "{} is pure and must not depend on {}", arrow.from, arrow.to);
    }
}
