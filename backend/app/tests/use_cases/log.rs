//! The audit log: places, checkpoints, proofs, and what is found when somebody changes it.

use crate::market::Market;
use crate::on_both_engines;
use app::oversight::log::{checkpoint, consistency_proof, inclusion_proof, key, sequence};
use app::Error;
use app::identity::account::{SignUp, sign_up};
use domain::ident::EventId;
use domain::identity::credit_code::CreditCode;
use domain::identity::organization::{EnterpriseSize, OrganizationKind, Registration};
use domain::language::{Language, LocalText};
use sea_orm::{ConnectionTrait as _, Database, DatabaseConnection};
use sealing::log::{Checkpoint, LogError, LogKey};
use secrecy::ExposeSecret as _;
use uuid::Uuid;

async fn database(market: &Market) -> DatabaseConnection {
    Database::connect(market.app.settings().database_url.expose_secret().to_owned()).await.expect("the database answers")
}

/// The events in the order of their making.
async fn events(market: &Market) -> Vec<EventId> {
    let db = database(market).await;
    let statement = sea_orm::Statement::from_string(db.get_database_backend(), "SELECT id FROM event ORDER BY id");
    let rows = db.query_all_raw(statement).await.expect("events");
    rows.iter().map(|row| row.try_get::<Uuid>("", "id").expect("an id").into()).collect()
}

/// Somebody signs up: an event, or several.
async fn something_happens(market: &Market, number: u8) {
    let first = format!("91330106MA27X0A{number:02}");
    let check = CreditCode::check_character(&first).expect("characters of the standard");
    let newcomer = SignUp {
        login: format!("wang{number}"),
        password: "correct horse battery".into(),
        name: LocalText::new("王芳", "Wang Fang"),
        language: Language::Chinese,
        organization: Registration {
            kind: Some(OrganizationKind::Supplier),
            name: LocalText::new("福州某某科技有限公司", "Fuzhou Moumou Technology Co., Ltd"),
            credit_code: format!("{first}{check}"),
            enterprise_size: Some(EnterpriseSize::Small),
            region_code: "350100".to_owned(),
            address: LocalText::new("福州市鼓楼区一号", ""),
        },
    };
    sign_up(&market.app, &market.public(), newcomer).await.expect("signs up");
}

async fn opened(market: &Market) -> Checkpoint {
    sequence(&market.app).await.expect("sequences");
    let note = checkpoint(&market.app).await.expect("a checkpoint").note;
    Checkpoint::open(&note, &LogKey::parse(&key(&market.app)).expect("a key")).expect("is signed")
}

on_both_engines! {
    async fn an_event_is_proved_once_it_has_its_place_and_the_log_continues(market: &Market) {
        assert!(matches!(checkpoint(&market.app).await, Err(Error::NotFound)), "an empty log has said nothing");
        something_happens(market, 1).await;
        let first = events(market).await[0];
        assert!(matches!(inclusion_proof(&market.app, first).await, Err(Error::Unavailable(_))), "no place yet");
        let older = opened(market).await;
        something_happens(market, 2).await;
        something_happens(market, 3).await;
        let newer = opened(market).await;
        let events = events(market).await;
        assert_eq!((newer.size, older.size < newer.size), (events.len() as u64, true));
        let key = LogKey::parse(&key(&market.app)).expect("a key");
        for event in events {
            let proof = inclusion_proof(&market.app, event).await.expect("a proof");
            assert_eq!(proof.verify(&key).as_ref(), Ok(&newer));
        }
        let proof = consistency_proof(&market.app, older.size, newer.size).await.expect("a proof");
        assert_eq!(proof.verify(&older, &newer), Ok(()));
        let same = consistency_proof(&market.app, older.size, older.size).await.expect("a proof");
        assert_eq!(same.verify(&older, &older), Ok(()));
        for (from, to) in [(0, 1), (2, 1), (1, newer.size + 1)] {
            assert!(matches!(consistency_proof(&market.app, from, to).await, Err(Error::NotFound)));
        }
        assert_eq!(opened(market).await, newer, "nothing new, nothing signed");
    }

    async fn a_changed_event_is_found_by_anybody(market: &Market) {
        something_happens(market, 1).await;
        opened(market).await;
        let db = database(market).await;
        let event = events(market).await[0];
        db.execute_unprepared("UPDATE event SET visibility = 'public', name = 'bid.withdrawn'").await.expect("is changed");
        let key = LogKey::parse(&key(&market.app)).expect("a key");
        let proof = inclusion_proof(&market.app, event).await.expect("a proof");
        assert_eq!(proof.verify(&key), Err(LogError::OtherContent));
    }

    async fn events_of_one_instant_stand_in_the_log_as_they_happened(market: &Market) {
        for number in 1..=9 {
            something_happens(market, number).await;
        }
        opened(market).await;
        let db = database(market).await;
        let statement = "SELECT o.credit_code AS code FROM log_leaf l JOIN event e ON e.id = l.id \
            JOIN organization o ON o.id = e.subject_id ORDER BY l.position";
        let rows = db.query_all_raw(sea_orm::Statement::from_string(db.get_database_backend(), statement)).await.expect("places");
        let codes: Vec<String> = rows.iter().map(|row| row.try_get("", "code").expect("a code")).collect();
        assert_eq!(codes.len(), 9);
        assert!(codes.is_sorted(), "the clock stood still, and they signed up in this order: {codes:?}");
    }

    async fn sequencers_at_once_give_every_leaf_one_place(market: &Market) {
        for number in 1..=5 {
            something_happens(market, number).await;
        }
        let (one, two, three) = tokio::join!(sequence(&market.app), sequence(&market.app), sequence(&market.app));
        one.and(two).and(three).expect("sequence");
        assert_eq!(opened(market).await.size, events(market).await.len() as u64);
    }
}
