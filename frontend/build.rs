//! Registers the contract, so that every operation in the pages is checked against it at compile time.

fn main() {
    // Asked now, not when this was compiled: checkouts may share a target folder.
    let folder = std::env::var("CARGO_MANIFEST_DIR").expect("Cargo says where the package lies");
    let contract = format!("{folder}/../graphql/schema.graphql");
    println!("cargo:rerun-if-changed={contract}");
    cynic_codegen::register_schema("zhaocai")
        .from_sdl_file(&contract)
        .expect("graphql/schema.graphql is printed by `cargo xtask sdl` and committed")
        .as_default()
        .expect("the contract is the only schema, so the default one");
}
