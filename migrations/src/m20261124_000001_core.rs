//! What every room writes: events, leaves of the audit log, jobs, answers to idempotent requests, files.

use crate::column::{bytes, id, index, instant, instant_null, json, one_of, reference, reference_null, table, text, text_null, unique, whole, whole_null};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(table(
                "event",
                vec![
                    id(),
                    text("name"),
                    text("subject_kind"),
                    reference("subject_id"),
                    one_of("visibility", &["public", "parties", "own"]),
                    reference_null("organization_id"),
                    reference_null("user_id"),
                    json("parties"),
                    json("content"),
                    instant("occurred_at"),
                    text("request_id"),
                ],
            ))
            .await?;
        manager.create_index(index("event", &["subject_id", "id"])).await?;

        // A leaf is written with its event; the sequencer gives it its place in the log afterwards, so that
        // writers never wait for each other.
        manager
            .create_table(table(
                "log_leaf",
                vec![id(), bytes("salt"), bytes("leaf"), whole_null("position"), instant("recorded_at")],
            ))
            .await?;
        manager.create_index(unique("log_leaf", &["position"])).await?;
        manager
            .create_table(table("log_checkpoint", vec![id(), whole("size"), bytes("root"), text("note"), instant("made_at")]))
            .await?;
        manager.create_index(unique("log_checkpoint", &["size"])).await?;

        manager
            .create_table(table(
                "job",
                vec![
                    id(),
                    text("kind"),
                    text("key"),
                    json("payload"),
                    one_of("state", &["queued", "running", "done", "parked"]),
                    whole("attempts"),
                    instant("run_at"),
                    text_null("last_error"),
                    instant("created_at"),
                ],
            ))
            .await?;
        manager.create_index(index("job", &["state", "run_at"])).await?;
        // One waiting job for a key; a running one does not stop its successor from being enqueued, or a change made
        // while it runs would be lost.
        manager.create_index(unique("job", &["kind", "key", "state"])).await?;

        manager
            .create_table(table(
                "idempotent_answer",
                vec![
                    id(),
                    reference("user_id"),
                    text("key"),
                    text("operation"),
                    bytes("input_hash"),
                    json("answer"),
                    instant("created_at"),
                ],
            ))
            .await?;
        manager.create_index(unique("idempotent_answer", &["user_id", "key"])).await?;

        manager
            .create_table(table(
                "file",
                vec![
                    id(),
                    text("sha256"),
                    text("name"),
                    text("media_type"),
                    whole("size_bytes"),
                    reference("organization_id"),
                    one_of("visibility", &["public", "parties", "own"]),
                    reference_null("subject_id"),
                    reference("uploaded_by"),
                    instant("uploaded_at"),
                    instant_null("removed_at"),
                ],
            ))
            .await?;
        manager.create_index(index("file", &["subject_id"])).await?;
        manager.create_index(index("file", &["sha256"])).await
    }
}
