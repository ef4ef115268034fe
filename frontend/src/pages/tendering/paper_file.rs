//! A paper that came as a file inside a bid, as the pages that show opened bids link to it.

use crate::prelude::*;

/// The file.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "File")]
pub(super) struct PaperFile {
    name: String,
    address: String,
}

impl PaperFile {
    /// The name that its owner gave it.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// The way to it.
    pub(super) fn link(&self) -> AnyView {
        view! { <a class="paper-file" href=self.address.clone()>{self.name.clone()}</a> }.into_any()
    }
}
