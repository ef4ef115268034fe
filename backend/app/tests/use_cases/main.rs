//! The use cases on SQLite and, where `ZHAOCAI_TEST_POSTGRES_URL` names a cluster, on PostgreSQL: a database each.

mod application;
mod bid;
mod bid_list;
mod bid_paper;
mod catalogue;
mod colleague;
mod contracting;
mod demo;
mod document;
mod document_registration;
mod evaluation;
mod fair;
mod file;
mod identity;
mod log;
mod market;
mod objection;
mod opened;
mod security;
mod side_by_side;
mod opening;
mod procedure;
mod schedule;
mod tender;
mod tender_search;
mod warning;
