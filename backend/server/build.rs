//! Takes the pages' files into the binary when `cargo xtask build` names their folder in `ZHAOCAI_EMBED_PAGES`.

use std::fmt::Write as _;
use std::path::PathBuf;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo:rerun-if-env-changed=ZHAOCAI_EMBED_PAGES");
    let mut table = String::from("[\n");
    if let Some(folder) = std::env::var_os("ZHAOCAI_EMBED_PAGES").map(PathBuf::from).filter(|folder| !folder.as_os_str().is_empty()) {
        println!("cargo:rerun-if-changed={}", folder.display());
        for entry in std::fs::read_dir(&folder)? {
            let path = entry?.path().canonicalize()?;
            let name = path.file_name().ok_or("a file has a name")?.to_string_lossy().into_owned();
            writeln!(table, "    ({name:?}, include_bytes!({:?})),", path.to_str().ok_or("the folder's name is no text")?)?;
        }
    }
    table.push_str("]\n");
    std::fs::write(PathBuf::from(std::env::var("OUT_DIR")?).join("pages.in"), table)?;
    Ok(())
}
