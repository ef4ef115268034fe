//! `cargo xtask pages`: what the browser loads, built from `frontend` and `frontend/sealing-module`.
//!
//! The result is `<target>/site/pkg`: every file is named by its content, lies beside its brotli form, and is listed in
//! `assets.json` under the name that the pages use. The sealing module also lies there as `sealing.js` and
//! `sealing_bg.wasm`, for integrators; `hashes.json` tells the hashes of everything. A second run changes nothing.

mod assets;
mod graphiql;

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::binary::cargo;
use anyhow::{Context, Result, ensure};
use assets::Assets;

const TRIPLE: &str = "wasm32-unknown-unknown";

/// What a first public page may cost, after brotli.
const BUDGET_BYTES: usize = 200_000;

/// Named one by one: `--all-features` makes binaryen emit compact imports, which browsers refuse.
const WASM_FEATURES: [&str; 7] = [
    "bulk-memory",
    "bulk-memory-opt",
    "reference-types",
    "multivalue",
    "mutable-globals",
    "nontrapping-float-to-int",
    "sign-ext",
];

/// Builds what the browser loads: islands, sealing module, style sheet.
#[derive(clap::Args)]
pub struct Pages {
    /// Small and slow to build, as it is shipped; otherwise quick to build and large.
    #[arg(long)]
    pub release: bool,
}

/// One WebAssembly module: the package that it is made of and the name under which pages ask for it.
struct Module {
    package: &'static str,
    artefact: &'static str,
    name: &'static str,
    features: &'static [&'static str],
    /// The lasting names of script and module, where others than our pages may load them.
    published: Option<(&'static str, &'static str)>,
}

const MODULES: [Module; 3] = [
    Module { package: "frontend", artefact: "frontend", name: "frontend", features: &["hydrate"], published: None },
    Module { package: "frontend", artefact: "frontend", name: "bidding", features: &["bidding"], published: None },
    Module {
        package: "sealing-module",
        artefact: "sealing_module",
        name: "sealing",
        features: &[],
        published: Some(("sealing.js", "sealing_bg.wasm")),
    },
];

impl Pages {
    /// Builds everything, prints what it weighs, and answers the folder.
    pub fn run(&self) -> Result<PathBuf> {
        let root = root();
        let target = target(&root);
        say("target", TRIPLE);
        run(Command::new("rustup").args(["target", "add", TRIPLE]).stderr(std::process::Stdio::null()))?;

        let site = target.join("site/pkg");
        fs::create_dir_all(&site)?;
        let mut assets = Assets::default();
        for module in &MODULES {
            say("build", module.name);
            let wasm = self.compile(&root, &target, module)?;
            say("bind", module.name);
            let Bound { mut script, snippets, wasm } = bound(&wasm, &target.join("pages/bound"), module.name)?;
            let wasm = if self.release { shrink(&root, &target, module.name, &wasm)? } else { wasm };
            if let Some((script_name, wasm_name)) = module.published {
                ensure!(snippets.is_empty(), "{script_name} must stand alone");
                assets.publish(script_name, script.clone().into_bytes());
                assets.publish(wasm_name, wasm.clone());
            }
            let named = assets.add(&format!("{}.wasm", module.name), wasm);
            script = script.replace(&format!("{}_bg.wasm", module.name), &named);
            for (address, snippet) in snippets {
                let named = assets.add("snippet.js", snippet.into_bytes());
                script = script.replace(&address, &format!("./{named}"));
            }
            assets.add(&format!("{}.js", module.name), script.into_bytes());
        }
        say("style", "frontend/style");
        assets.add("style.css", style(&root.join("frontend/style"))?.into_bytes());
        assets.add("start.js", fs::read(root.join("frontend/js/start.js"))?);
        graphiql::add(&mut assets, &root, self.release)?;

        say("pack", &site.display().to_string());
        let weights = assets.write(&site, self.release)?;
        self.report(&weights)?;
        Ok(site)
    }

    fn compile(&self, root: &Path, target: &Path, module: &Module) -> Result<PathBuf> {
        // A folder of its own: the native build and this one would otherwise lock and rebuild each other.
        let folder = target.join("pages");
        let profile = if self.release { "wasm" } else { "dev" };
        let mut cargo = cargo();
        cargo
            .current_dir(root)
            .args(["rustc", "--locked", "--lib", "--crate-type", "cdylib", "--target", TRIPLE])
            .args(["--package", module.package, "--profile", profile, "--no-default-features"])
            .args(["--features", &module.features.join(",")])
            .arg("--target-dir")
            .arg(&folder)
            // getrandom 0.3 reads the browser's randomness only when told to by this switch.
            .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", r#"--cfg getrandom_backend="wasm_js""#)
            .env_remove("RUSTFLAGS");
        run(&mut cargo)?;
        let built = if self.release { "wasm" } else { "debug" };
        Ok(folder.join(TRIPLE).join(built).join(format!("{}.wasm", module.artefact)))
    }

    /// The weight of a page with islands; those of bids and sealing come only where a bid is prepared or opened, and `GraphiQL`
    /// has a page of its own.
    fn report(&self, weights: &[(String, usize)]) -> Result<()> {
        println!("\n{:<16} {:>10}", "brotli", "bytes");
        for (name, bytes) in weights {
            println!("{name:<16} {bytes:>10}");
        }
        let is_first = |name: &str| !["bidding", "sealing"].iter().any(|later| name.starts_with(later)) && !graphiql::is_its(name);
        let first: usize = weights.iter().filter(|(name, _)| is_first(name)).map(|(_, bytes)| bytes).sum();
        println!("{:<16} {first:>10}  (budget {BUDGET_BYTES})", "first page");
        ensure!(!self.release || first <= BUDGET_BYTES, "the first page weighs {first} bytes; the budget is {BUDGET_BYTES}");
        Ok(())
    }
}

/// What wasm-bindgen makes of a module.
#[derive(serde::Serialize, serde::Deserialize)]
struct Bound {
    /// The script that loads the module.
    script: String,
    /// What that script imports besides, by the address that it imports.
    snippets: Vec<(String, String)>,
    /// The module as browsers take it.
    #[serde(skip)]
    wasm: Vec<u8>,
}

/// What wasm-bindgen made of the same module the last time, else what it makes now: it takes a second for each.
fn bound(wasm: &Path, kept: &Path, name: &str) -> Result<Bound> {
    let mark = assets::hash(&fs::read(wasm)?);
    let (module, rest) = (kept.join(format!("{name}.wasm")), kept.join(format!("{name}.json")));
    let known = fs::read(&rest).ok().and_then(|json| serde_json::from_slice::<(String, Bound)>(&json).ok());
    if let Some((_, bound)) = known.filter(|(of, _)| *of == mark)
        && let Ok(wasm) = fs::read(&module)
    {
        return Ok(Bound { wasm, ..bound });
    }
    let bound = bind(wasm, name)?;
    fs::create_dir_all(kept)?;
    fs::write(module, &bound.wasm)?;
    // Last, and with the mark: what was cut off on the way is made anew.
    let marked = (mark, bound);
    fs::write(rest, serde_json::to_vec(&marked)?)?;
    Ok(marked.1)
}

fn bind(wasm: &Path, name: &str) -> Result<Bound> {
    let mut bindgen = wasm_bindgen_cli_support::Bindgen::new();
    bindgen.input_path(wasm).out_name(name).typescript(false).remove_name_section(true).remove_producers_section(true).omit_default_module_path(false);
    let mut output = bindgen.web(true)?.generate_output().with_context(|| format!("wasm-bindgen on {}", wasm.display()))?;
    let script = output.js().to_owned();
    let inline = output.snippets().iter().flat_map(|(package, snippets)| {
        snippets.iter().enumerate().map(move |(index, text)| (format!("./snippets/{package}/inline{index}.js"), text.clone()))
    });
    let linked = output.local_modules().iter().map(|(path, text)| (format!("./snippets/{path}"), text.clone()));
    let snippets = inline.chain(linked).collect();
    Ok(Bound { script, snippets, wasm: output.wasm_mut().emit_wasm() })
}

fn shrink(root: &Path, target: &Path, name: &str, wasm: &[u8]) -> Result<Vec<u8>> {
    let tool = root.join("e2e/node_modules/binaryen/bin/wasm-opt");
    if !tool.exists() {
        npm_ci(root, "binaryen")?;
    }
    say("shrink", name);
    let (from, to) = (target.join(format!("pages/{name}.wasm")), target.join(format!("pages/{name}.small.wasm")));
    fs::write(&from, wasm)?;
    let features = WASM_FEATURES.map(|feature| format!("--enable-{feature}"));
    run(Command::new("node").arg(tool).arg("-Oz").args(features).arg(&from).arg("-o").arg(&to))?;
    Ok(fs::read(to)?)
}

/// Installs what `e2e/package-lock.json` pins.
fn npm_ci(root: &Path, what: &str) -> Result<()> {
    say("install", &format!("{what}, by e2e/package-lock.json"));
    run(Command::new("npm").current_dir(root.join("e2e")).args(["ci", "--no-audit", "--no-fund"]))
}

/// The style sheets in the order of their names, without comments and indentation.
fn style(folder: &Path) -> Result<String> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
    files.retain(|path| path.extension().is_some_and(|extension| extension == "css"));
    files.sort();
    let mut sheet = String::new();
    for path in files {
        sheet.push_str(&plain(&fs::read_to_string(path)?));
    }
    Ok(sheet)
}

fn plain(css: &str) -> String {
    let mut rest = css;
    let mut kept = String::with_capacity(css.len());
    while let Some((before, comment)) = rest.split_once("/*") {
        kept.push_str(before);
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    kept.push_str(rest);
    // A line end may stand between two words of a value, so it becomes a space unless a mark precedes it.
    kept.lines().map(str::trim).filter(|line| !line.is_empty()).fold(String::new(), |mut sheet, line| {
        if !sheet.is_empty() && !sheet.ends_with(['{', '}', ';', ',']) {
            sheet.push(' ');
        }
        sheet.push_str(line);
        sheet
    })
}

pub fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("{} can't be started", command.get_program().display()))?;
    ensure!(status.success(), "{} failed: {status}", command.get_program().display());
    Ok(())
}

/// The folder of the workspace: Cargo says it to what it runs. What was true at compile time is not when checkouts share a
/// target folder.
pub fn root() -> PathBuf {
    let xtask = std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    xtask.parent().expect("xtask lies in the workspace").to_path_buf()
}

pub fn target(root: &Path) -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from)
}

pub fn say(step: &str, what: &str) {
    println!("{step:>10}  {what}");
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn a_style_sheet_loses_comments_and_indentation_but_no_space_that_counts() {
        let css = "/* why */\na {\n  margin: 0\n    auto;\n}\n@media (a)\n  and (b) {\n  b { c: d; }\n}\n";
        assert_eq!(plain(css), "a {margin: 0 auto;}@media (a) and (b) {b { c: d; }}");
    }
}
