//! Files.

use crate::ident;
use crate::payload::UserError;
use async_graphql::{ID, InputObject, Object, SimpleObject, Upload};
use chrono::{DateTime, Utc};
use domain::ident::FileId;
use domain::oversight::event::Visibility;
use domain::oversight::file;

/// A file, without its content.
pub struct File(pub file::File);

/// A file. Its content is read at its `address`.
#[Object]
impl File {
    /// Its global id.
    pub async fn id(&self) -> ID {
        ident::global(FileId::KIND, self.0.id.0)
    }

    /// The name that its owner gave it.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// What it is, as found in its content: `application/pdf`.
    async fn media_type(&self) -> &str {
        &self.0.media_type
    }

    /// How long it is, in bytes.
    async fn size_bytes(&self) -> i64 {
        self.0.size_bytes
    }

    /// The SHA-256 of its content, in lower-case hexadecimal.
    async fn sha256(&self) -> &str {
        &self.0.sha256
    }

    /// Where its content is read, below the address of the marketplace; the rights are those of this query.
    async fn address(&self) -> String {
        format!("/files/{}", self.0.id)
    }

    /// Whether everybody may read it.
    async fn is_public(&self) -> bool {
        self.0.visibility == Visibility::Public
    }

    /// When it was uploaded.
    async fn uploaded_at(&self) -> DateTime<Utc> {
        self.0.uploaded_at
    }
}

/// A file to keep.
#[derive(InputObject)]
pub struct UploadFileInput {
    /// The file itself.
    pub file: Upload,
    /// Its name; that of the upload when left out.
    pub name: Option<String>,
}

/// What became of an upload.
#[derive(SimpleObject)]
pub struct UploadFilePayload {
    /// The file as it is kept; null when it was refused.
    pub file: Option<File>,
    /// What you can mend.
    pub user_errors: Vec<UserError>,
}
