//! All packs together: those that ship, and those of a folder, which may put others in their place or add some.

use super::CN;
use super::fault::{FaultCode, PackFault};
use super::pack::PolicyPack;
use std::collections::BTreeMap;

/// The pack of an organization that has named none.
pub const DEFAULT_PACK: &str = "cn";

/// The packs that ship, by the names of their files.
const SHIPPED: [(&str, &str); 4] = [
    ("cn.toml", CN),
    ("cn-demo-jiashe.toml", include_str!("../../../packs/cn-demo-jiashe.toml")),
    ("cn-demo-nixiang.toml", include_str!("../../../packs/cn-demo-nixiang.toml")),
    ("gpa-2012.toml", include_str!("../../../packs/gpa-2012.toml")),
];

/// The packs, by id, each with all that it inherits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packs(BTreeMap<String, PolicyPack>);

impl Packs {
    /// The packs that ship.
    ///
    /// # Errors
    /// Every fault at once; a test keeps it from happening.
    pub fn shipped() -> Result<Self, Vec<PackFault>> {
        Self::with(&[])
    }

    /// The packs that ship with others over them, each the name of its file and its text: one of the same id takes the
    /// shipped one's place, so that a wrong figure is mended without a build.
    ///
    /// # Errors
    /// Every fault of every pack at once.
    pub fn with(files: &[(String, String)]) -> Result<Self, Vec<PackFault>> {
        let mut faults = Vec::new();
        let mut read = BTreeMap::new();
        for (name, text) in SHIPPED {
            match PolicyPack::read(name, text) {
                Ok(pack) => drop(read.insert(pack.id.clone(), pack)),
                Err(more) => faults.extend(more),
            }
        }
        for (name, text) in files {
            match PolicyPack::read(name, text) {
                Ok(pack) => drop(read.insert(pack.id.clone(), pack)),
                Err(more) => faults.extend(more),
            }
        }
        // What does not read can't be extended: its children would only be told faults that are not theirs.
        if !faults.is_empty() {
            return Err(faults);
        }
        let mut whole = BTreeMap::new();
        for id in read.keys() {
            match resolve(&read, id, &mut Vec::new()).and_then(PolicyPack::checked) {
                Ok(pack) => drop(whole.insert(id.clone(), pack)),
                Err(more) => faults.extend(more),
            }
        }
        if faults.is_empty() { Ok(Self(whole)) } else { Err(faults) }
    }

    /// The pack with this id.
    pub fn get(&self, id: &str) -> Option<&PolicyPack> {
        self.0.get(id)
    }

    /// All of them, by id.
    pub fn all(&self) -> impl Iterator<Item = &PolicyPack> {
        self.0.values()
    }

    /// The pack that another extends.
    pub fn parent_of(&self, pack: &PolicyPack) -> Option<&PolicyPack> {
        self.get(pack.extends.as_deref()?)
    }
}

/// A pack with all that its ancestors have. `path` are those on the way to it.
fn resolve(read: &BTreeMap<String, PolicyPack>, id: &str, path: &mut Vec<String>) -> Result<PolicyPack, Vec<PackFault>> {
    let pack = read[id].clone();
    let Some(parent) = pack.extends.clone() else { return Ok(pack) };
    path.push(id.to_owned());
    if path.contains(&parent) {
        let circle = path.iter().chain([&parent]).cloned().collect::<Vec<_>>().join(" → ");
        return Err(vec![PackFault::new(id, FaultCode::Circle).with("circle", circle)]);
    }
    if !read.contains_key(&parent) {
        let known = read.keys().cloned().collect::<Vec<_>>().join(", ");
        return Err(vec![PackFault::new(id, FaultCode::UnknownParent).with("parent", parent).with("known", known)]);
    }
    Ok(pack.inheriting(&resolve(read, &parent, path)?))
}

#[cfg(test)]
#[path = "registry_tests.rs"]
mod tests;
