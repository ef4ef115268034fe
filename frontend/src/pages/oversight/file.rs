//! Files that a page's form sends: each is kept before the paper that names it is written.

use crate::prelude::*;
use crate::request::{PostedFile, Upload};
use crate::schema::StoredFile;

#[derive(cynic::Scalar, Clone, Debug)]
#[cynic(graphql_type = "Upload")]
struct Place(Option<String>);

#[derive(cynic::QueryVariables, Debug)]
struct Sent {
    file: Place,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "Sent")]
struct Keep {
    #[arguments(input: { file: $file })]
    upload_file: UploadFilePayload,
}

#[derive(cynic::QueryFragment, Debug)]
struct UploadFilePayload {
    file: Option<StoredFile>,
    user_errors: Vec<UserError>,
}

/// Keeps the files that came in a field, in order, and says which of them were refused and why. What was kept stays kept.
///
/// # Errors
/// As [`Visit::ask`].
pub(crate) async fn keep(visit: &Visit, field: &str) -> Result<(Vec<StoredFile>, Vec<FormError>), PageError> {
    let (mut kept, mut refused) = (Vec::new(), Vec::new());
    for file in visit.files().iter().filter(|file| file.field == field) {
        match keep_one(visit, file).await? {
            Ok(file) => kept.push(file),
            Err(reason) => {
                let named = facts([("name", file.file_name.clone().into()), ("reason", reason.into())]);
                refused.push(FormError::at(field, visit.say_with("file-refused", named)));
            }
        }
    }
    Ok((kept, refused))
}

async fn keep_one(visit: &Visit, file: &PostedFile) -> Result<Result<StoredFile, String>, PageError> {
    let upload = Upload { variable: "variables.file".to_owned(), file: file.clone() };
    let payload = visit.ask_with_files(Keep::build(Sent { file: Place(None) }), vec![upload]).await?.upload_file;
    let reason = payload.user_errors.into_iter().next().map(|error| error.message);
    Ok(payload.file.ok_or_else(|| reason.unwrap_or_default()))
}

#[derive(cynic::QueryVariables, Debug)]
struct Which {
    id: cynic::Id,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Query", variables = "Which")]
struct Known {
    #[arguments(id: $id)]
    file: Option<StoredFile>,
}

/// The files among these that the reader may know: those that an earlier round of a form has brought.
///
/// # Errors
/// As [`Visit::ask`].
pub(crate) async fn by_ids(visit: &Visit, ids: &[cynic::Id]) -> Result<Vec<StoredFile>, PageError> {
    let mut files = Vec::with_capacity(ids.len());
    for id in ids {
        files.extend(visit.ask(Known::build(Which { id: id.clone() })).await?.file);
    }
    Ok(files)
}
