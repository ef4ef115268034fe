//! One index, in a folder or in memory.

use super::schema::{Fields, SHAPE, build, key};
use super::{Change, Document};
use crate::{Error, Result};
use std::path::Path;
use std::sync::Mutex;
use tantivy::directory::MmapDirectory;
use tantivy::{Index, IndexReader, IndexWriter, ReloadPolicy, Term};

/// Memory for documents on their way to a commit, in bytes.
const WRITER_BYTES: usize = 50_000_000;

/// An index that is open for reading and writing.
pub(super) struct Shelf {
    pub(super) fields: Fields,
    pub(super) reader: IndexReader,
    writer: Mutex<IndexWriter>,
}

/// The index's failure as ours: it is a part that doesn't answer, not a bug of the caller.
pub(super) fn unavailable(doing: &str, cause: impl std::fmt::Display) -> Error {
    Error::Unavailable(crate::error::Internal(format!("{doing}: {cause}")))
}

impl Shelf {
    /// An empty or existing index in a folder, or an empty one in memory.
    pub(super) fn open(folder: Option<&Path>) -> Result<Self> {
        let opened = || -> tantivy::Result<Self> {
            let (schema, fields) = build();
            let index = match folder {
                Some(folder) => Index::open_or_create(MmapDirectory::open(folder)?, schema)?,
                None => Index::create_in_ram(schema),
            };
            let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
            let writer = Mutex::new(index.writer_with_num_threads(1, WRITER_BYTES)?);
            Ok(Self { fields, reader, writer })
        };
        opened().map_err(|error| unavailable("opening the search index", error))
    }

    /// The beginning of the folder names of this shape.
    pub(super) fn folder_prefix() -> String {
        format!("v{SHAPE}-")
    }

    /// Writes a batch and shows it.
    pub(super) fn write(&self, changes: &[Change]) -> Result<()> {
        let write = |writer: &IndexWriter| -> tantivy::Result<()> {
            for change in changes {
                let (kind, id) = match change {
                    Change::Put(document) => (document.kind, document.id),
                    Change::Remove(kind, id) => (*kind, *id),
                };
                writer.delete_term(Term::from_field_text(self.fields.key, &key(kind, id)));
                if let Change::Put(document) = change {
                    writer.add_document(self.fields.document(document))?;
                }
            }
            Ok(())
        };
        let mut writer = self.writer.lock().map_err(|error| unavailable("writing to the search index", error))?;
        if let Err(error) = write(&writer) {
            // Half a batch must not be shown by the next commit.
            writer.rollback().map_err(|error| unavailable("undoing a batch of the search index", error))?;
            return Err(unavailable("writing to the search index", error));
        }
        writer.commit().map_err(|error| unavailable("committing the search index", error))?;
        drop(writer);
        self.reader.reload().map_err(|error| unavailable("reading the search index", error))
    }

    /// Adds documents without showing them yet; [`Self::write`] of anything does.
    pub(super) fn add(&self, documents: &[Document]) -> Result<()> {
        let writer = self.writer.lock().map_err(|error| unavailable("writing to the search index", error))?;
        for document in documents {
            writer.delete_term(Term::from_field_text(self.fields.key, &key(document.kind, document.id)));
            let added = writer.add_document(self.fields.document(document));
            added.map_err(|error| unavailable("writing to the search index", error))?;
        }
        Ok(())
    }
}
