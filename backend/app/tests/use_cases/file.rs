//! Files and timelines: who may read what.

use crate::market::Market;
use crate::on_both_engines;
use app::Error;
use app::oversight::file::{files, read_file, store_file};
use app::oversight::timeline::{EventsWanted, events_of};
use domain::ident::{OrganizationId, SessionId, UserId};
use domain::identity::actor::{Actor, Person};
use domain::identity::organization::OrganizationKind;
use domain::identity::role::Role;
use domain::refusal::Code;
use uuid::Uuid;

/// A person of organization `number`.
fn person(number: u128) -> Actor {
    Actor::Person(Person {
        user: UserId(Uuid::from_u128(number * 100)),
        organization: OrganizationId(Uuid::from_u128(number)),
        organization_kind: OrganizationKind::Supplier,
        roles: vec![Role::Seller],
        session: SessionId(Uuid::nil()),
    })
}

const PDF: &[u8] = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n";

on_both_engines! {
    async fn a_file_is_read_by_its_owner_and_by_nobody_else(market: &Market) {
        let ctx = market.context(person(1));
        let stored = store_file(&market.app, &ctx, "需求.pdf", PDF.to_vec()).await.expect("is kept");
        assert_eq!((stored.media_type.as_str(), stored.sha256.len()), ("application/pdf", 64));
        let (file, bytes) = read_file(&market.app, &ctx, stored.id).await.expect("the owner reads it");
        assert_eq!((file, bytes.as_slice()), (stored.clone(), PDF));
        for stranger in [person(2), Actor::Public] {
            let ctx = market.context(stranger);
            assert!(matches!(read_file(&market.app, &ctx, stored.id).await, Err(Error::NotFound)));
            assert!(files(&market.app, &ctx, &[stored.id]).await.expect("answers").is_empty());
        }
        let again = store_file(&market.app, &market.context(person(2)), "另一份.pdf", PDF.to_vec()).await.expect("is kept");
        assert!(again.sha256 == stored.sha256 && again.id != stored.id, "the same content is kept once");
    }

    async fn a_file_too_large_empty_or_of_another_kind_is_refused(market: &Market) {
        let ctx = market.context(person(1));
        let mut large = PDF.to_vec();
        large.resize(1024 * 1024 + 1, b' ');
        let refuse = async |name: &str, bytes: Vec<u8>| store_file(&market.app, &ctx, name, bytes).await.unwrap_err();
        let error = refuse("a.pdf", large).await;
        assert!(error.has_code(Code::FileTooLarge), "{error}");
        assert!(refuse("a.pdf", Vec::new()).await.has_code(Code::Required));
        assert!(refuse("a.html", b"<script>alert(1)</script>".to_vec()).await.has_code(Code::FileKindNotTaken));
        assert!(refuse("a.pdf", b"MZ\x90\x00".to_vec()).await.has_code(Code::FileKindNotTaken));
        let public = store_file(&market.app, &market.public(), "a.pdf", PDF.to_vec()).await;
        assert!(matches!(public, Err(Error::Unauthenticated)));
    }

    async fn what_is_recorded_is_told_after_the_commit_and_read_by_those_who_may(market: &Market) {
        let ctx = market.context(person(1));
        let mut changes = market.app.changes();
        let stored = store_file(&market.app, &ctx, "a.pdf", PDF.to_vec()).await.expect("is kept");
        let told = changes.try_recv().expect("the write has told its event");
        assert_eq!((told.name.as_str(), told.subject_id), ("file.stored", stored.id.0));
        assert!(told.is_for(&person(1)) && !told.is_for(&person(2)) && !told.is_for(&Actor::Public));
        let own = events_of(&market.app, &ctx, &EventsWanted::all(stored.id.0, None), 10).await.expect("answers");
        assert_eq!(own, [(*told).clone()]);
        assert!(events_of(&market.app, &ctx, &EventsWanted::all(stored.id.0, Some(told.id)), 10).await.expect("answers").is_empty());
        for stranger in [person(2), Actor::Public] {
            let read = events_of(&market.app, &market.context(stranger), &EventsWanted::all(stored.id.0, None), 10).await;
            assert!(read.expect("answers").is_empty());
        }
        let refused = store_file(&market.app, &ctx, "a.pdf", Vec::new()).await;
        assert!(refused.is_err() && changes.try_recv().is_err(), "what is refused is not told");
    }
}
