//! What both pages of applications show: the tender with its papers, what applicants show for them, and what was found.

use super::paper_file::PaperFile;
use super::tenders::TenderStateName;
use crate::prelude::*;
use chrono::{DateTime, Utc};

/// A tender that is announced, with the papers that it asks for.
#[derive(cynic::QueryFragment, Clone, Debug)]
pub(super) struct Tender {
    pub(super) title: Words,
    pub(super) number: String,
    pub(super) state: TenderStateName,
    pub(super) deadline_at: Option<DateTime<Utc>>,
    pub(super) papers: Vec<Paper>,
}

/// A paper of the notice.
#[derive(cynic::QueryFragment, Clone, Debug)]
pub(super) struct Paper {
    pub(super) key: String,
    pub(super) name: Words,
    pub(super) source: String,
    pub(super) is_obligatory: bool,
}

/// What an applicant shows for one of them.
#[derive(cynic::QueryFragment, Clone, Debug)]
pub(super) struct ApplicationPaper {
    pub(super) key: String,
    pub(super) note: String,
    pub(super) file: Option<ShownFile>,
}

/// The file that it comes as.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "File")]
pub(super) struct ShownFile {
    pub(super) id: cynic::Id,
    #[cynic(spread)]
    pub(super) link: PaperFile,
}

/// What the buyer found about one paper.
#[derive(cynic::QueryFragment, Clone, Debug)]
pub(super) struct ApplicationPaperFinding {
    pub(super) paper: String,
    pub(super) is_met: bool,
    pub(super) reason: String,
}
