//! The use cases on SQLite and, where `ZHAOCAI_TEST_POSTGRES_URL` names a cluster, on PostgreSQL: a database each.

mod bid;
mod bid_list;
mod bid_paper;
mod catalogue;
mod colleague;
mod contracting;
mod demo;
mod document;
mod evaluation;
mod fair;
mod file;
mod identity;
mod log;
mod market;
mod opened;
mod side_by_side;
mod opening;
mod policy_pack;
mod procedure;
mod tender;
mod tender_search;
mod warning;
