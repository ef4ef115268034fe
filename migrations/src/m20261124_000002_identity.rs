//! The room `identity`: organizations, users, memberships, sessions.

use crate::column::{id, index, instant, instant_null, one_of, one_of_null, reference, table, text, text_null, unique, version, whole};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(table(
                "organization",
                vec![
                    id(),
                    version(),
                    one_of("kind", &["buyer", "supplier", "supervisor", "platform"]),
                    text("name_zh"),
                    text("name_en"),
                    text("credit_code"),
                    one_of_null("enterprise_size", &["micro", "small", "medium", "large"]),
                    text("region_code"),
                    text("address_zh"),
                    text("address_en"),
                    instant("registered_at"),
                ],
            ))
            .await?;
        manager.create_index(unique("organization", &["credit_code"])).await?;
        manager.create_index(index("organization", &["kind", "id"])).await?;

        // `user` is a reserved word of PostgreSQL; an account is what a user signs in to.
        manager
            .create_table(table(
                "account",
                vec![
                    id(),
                    version(),
                    text("login"),
                    text("name_zh"),
                    text("name_en"),
                    one_of("language", &["zh-CN", "en"]),
                    text("password_hash"),
                    instant("registered_at"),
                ],
            ))
            .await?;
        manager.create_index(unique("account", &["login"])).await?;

        manager
            .create_table(
                table(
                    "membership",
                    vec![
                        id(),
                        reference("user_id"),
                        reference("organization_id"),
                        one_of(
                            "role",
                            &[
                                "officer", "approver", "finance", "key_holder", "evaluator", "supervisor", "seller",
                                "administrator", "operator",
                            ],
                        ),
                        instant("granted_at"),
                    ],
                )
                .foreign_key(ForeignKey::create().from("membership", "user_id").to("account", "id"))
                .foreign_key(ForeignKey::create().from("membership", "organization_id").to("organization", "id"))
                .to_owned(),
            )
            .await?;
        manager.create_index(unique("membership", &["user_id", "organization_id", "role"])).await?;
        manager.create_index(index("membership", &["organization_id"])).await?;

        // A session is a family of refresh tokens: only the hash of the newest is kept.
        manager
            .create_table(
                table(
                    "session",
                    vec![
                        id(),
                        reference("user_id"),
                        reference("organization_id"),
                        text("token_hash"),
                        whole("generation"),
                        instant("started_at"),
                        instant("expires_at"),
                        instant_null("ended_at"),
                        text_null("ended_because"),
                    ],
                )
                .foreign_key(ForeignKey::create().from("session", "user_id").to("account", "id"))
                .to_owned(),
            )
            .await?;
        manager.create_index(index("session", &["user_id"])).await
    }
}
