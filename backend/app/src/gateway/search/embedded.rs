//! The engine within the process: Tantivy, with Chinese cut by jieba.

use super::shelf::{Shelf, unavailable};
use super::word::{Cut, words};
use super::{Answer, Change, Document, Kind, Query, SearchEngine, lookup};
use crate::Result;
use async_trait::async_trait;
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use uuid::Uuid;

/// The file that names the folder of the index that answers.
const CURRENT: &str = "current";

/// The engine. Clones share one index.
#[derive(Clone)]
pub struct EmbeddedSearch {
    inner: Arc<Inner>,
}

struct Inner {
    /// Where the folders of indexes stand; `None` keeps them in memory.
    root: Option<PathBuf>,
    state: RwLock<State>,
    /// Held while writing, so that a rebuild can't put something old over something new.
    writing: Mutex<()>,
}

struct State {
    answering: Arc<Shelf>,
    folder: Option<String>,
    needs_rebuild: bool,
    building: Option<Building>,
}

struct Building {
    shelf: Arc<Shelf>,
    folder: Option<String>,
    /// What was written since the rebuild began: newer than what it reads.
    touched: HashSet<(Kind, Uuid)>,
}

impl EmbeddedSearch {
    /// Opens the index under a folder, or an empty one where there is none of this shape.
    ///
    /// # Errors
    /// `Unavailable` when the folder can't be written, or another process has it open.
    pub fn open(root: &Path) -> Result<Self> {
        std::fs::create_dir_all(root).map_err(|error| unavailable("making the folder of the search index", error))?;
        let named = std::fs::read_to_string(root.join(CURRENT)).ok().map(|name| name.trim().to_owned());
        let known = named.filter(|name| is_folder_name(name) && root.join(name).is_dir());
        let opened = known.and_then(|name| Some((Shelf::open(Some(&root.join(&name))).ok()?, name)));
        let needs_rebuild = opened.is_none();
        let (shelf, folder) = opened.map_or_else(|| new_shelf(root), Ok)?;
        sweep(root, &folder);
        Ok(Self::with(Some(root.to_owned()), shelf, Some(folder), needs_rebuild))
    }

    /// An empty index in memory.
    ///
    /// # Errors
    /// `Unavailable` when memory is short.
    pub fn in_memory() -> Result<Self> {
        Ok(Self::with(None, Shelf::open(None)?, None, true))
    }

    fn with(root: Option<PathBuf>, shelf: Shelf, folder: Option<String>, needs_rebuild: bool) -> Self {
        // The dictionary loads on first use; better now than during somebody's first search.
        words("办公用品", Cut::Plain);
        let state = State { answering: Arc::new(shelf), folder, needs_rebuild, building: None };
        Self { inner: Arc::new(Inner { root, state: RwLock::new(state), writing: Mutex::new(()) }) }
    }

    async fn blocking<T: Send + 'static>(&self, work: impl FnOnce(&Inner) -> Result<T> + Send + 'static) -> Result<T> {
        let inner = Arc::clone(&self.inner);
        tokio::task::spawn_blocking(move || work(&inner)).await.map_err(|error| unavailable("searching", error))?
    }
}

fn is_folder_name(name: &str) -> bool {
    name.strip_prefix(&Shelf::folder_prefix()).is_some_and(|number| number.parse::<u32>().is_ok())
}

fn folders(root: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(root).into_iter().flatten().flatten();
    entries.filter_map(|entry| entry.file_name().into_string().ok()).filter(|name| name.starts_with('v')).collect()
}

/// An empty index in a folder of a number not used before.
fn new_shelf(root: &Path) -> Result<(Shelf, String)> {
    let prefix = Shelf::folder_prefix();
    let used = folders(root).into_iter().filter_map(|name| name.strip_prefix(&prefix)?.parse::<u32>().ok());
    let folder = format!("{prefix}{}", used.max().unwrap_or(0) + 1);
    std::fs::create_dir_all(root.join(&folder)).map_err(|error| unavailable("making the folder of a search index", error))?;
    Ok((Shelf::open(Some(&root.join(&folder)))?, folder))
}

/// Takes away folders that nothing points to: old shapes, rebuilds that were broken off.
fn sweep(root: &Path, keep: &str) {
    for folder in folders(root).into_iter().filter(|folder| folder != keep) {
        if let Err(error) = std::fs::remove_dir_all(root.join(&folder)) {
            tracing::warn!(folder, %error, "an old search index stays on disk");
        }
    }
}

/// Names the folder that answers, in one step: a reader sees the old name or the new one.
fn point_to(root: &Path, folder: &str) -> std::io::Result<()> {
    let beside = root.join("current.new");
    std::fs::write(&beside, folder)?;
    std::fs::File::open(&beside)?.sync_all()?;
    std::fs::rename(&beside, root.join(CURRENT))?;
    std::fs::File::open(root)?.sync_all()
}

impl Inner {
    fn read<T>(&self, look: impl FnOnce(&State) -> T) -> T {
        look(&self.state.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn change<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        change(&mut self.state.write().unwrap_or_else(PoisonError::into_inner))
    }

    fn turn(&self) -> MutexGuard<'_, ()> {
        self.writing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self, changes: &[Change]) -> Result<()> {
        let _turn = self.turn();
        let (answering, building) = self.change(|state| {
            let building = state.building.as_mut().map(|building| {
                building.touched.extend(changes.iter().map(|change| match change {
                    Change::Put(document) => (document.kind, document.id),
                    Change::Remove(kind, id) => (*kind, *id),
                }));
                Arc::clone(&building.shelf)
            });
            (Arc::clone(&state.answering), building)
        });
        if let Some(building) = building {
            building.write(changes)?;
        }
        answering.write(changes)
    }

    fn begin_rebuild(&self) -> Result<()> {
        let (empty, folder) = match &self.root {
            Some(root) => new_shelf(root).map(|(shelf, folder)| (shelf, Some(folder)))?,
            None => (Shelf::open(None)?, None),
        };
        let building = Building { shelf: Arc::new(empty), folder, touched: HashSet::new() };
        self.change(|state| state.building = Some(building));
        Ok(())
    }

    fn add_to_rebuild(&self, mut documents: Vec<Document>) -> Result<()> {
        let _turn = self.turn();
        let target = self.read(|state| {
            let building = state.building.as_ref()?;
            documents.retain(|document| !building.touched.contains(&(document.kind, document.id)));
            Some(Arc::clone(&building.shelf))
        });
        target.ok_or_else(|| unavailable("rebuilding the search index", "no rebuild was begun"))?.add(&documents)
    }

    fn finish_rebuild(&self) -> Result<()> {
        let _turn = self.turn();
        let target = self.read(|state| state.building.as_ref().map(|building| Arc::clone(&building.shelf)));
        let target = target.ok_or_else(|| unavailable("rebuilding the search index", "no rebuild was begun"))?;
        // Commits what was added.
        target.write(&[])?;
        let pointed = self.change(|state| {
            let Some(building) = state.building.take() else { return Ok(()) };
            if let (Some(root), Some(folder)) = (&self.root, &building.folder) {
                point_to(root, folder)?;
            }
            state.answering = building.shelf;
            state.folder = building.folder;
            state.needs_rebuild = false;
            Ok::<_, std::io::Error>(())
        });
        pointed.map_err(|error| unavailable("swapping the search index", error))?;
        if let (Some(root), Some(folder)) = (&self.root, self.read(|state| state.folder.clone())) {
            sweep(root, &folder);
        }
        Ok(())
    }
}

#[async_trait]
impl SearchEngine for EmbeddedSearch {
    async fn write(&self, changes: Vec<Change>) -> Result<()> {
        self.blocking(move |inner| inner.write(&changes)).await
    }

    async fn search(&self, query: Query) -> Result<Answer> {
        self.blocking(move |inner| lookup::answer(&inner.read(|state| Arc::clone(&state.answering)), &query)).await
    }

    async fn needs_rebuild(&self) -> bool {
        self.inner.read(|state| state.needs_rebuild)
    }

    async fn begin_rebuild(&self) -> Result<()> {
        self.blocking(Inner::begin_rebuild).await
    }

    async fn add_to_rebuild(&self, documents: Vec<Document>) -> Result<()> {
        self.blocking(move |inner| inner.add_to_rebuild(documents)).await
    }

    async fn finish_rebuild(&self) -> Result<()> {
        self.blocking(Inner::finish_rebuild).await
    }
}
