use super::*;
use proptest::prelude::*;
use uuid::Uuid;

const SEED: &str = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

fn candidate(number: u128) -> Candidate {
    Candidate {
        application: Uuid::from_u128(0x0193_7a00_0000_7000_8000_0000_0000_0000 + number).into(),
        supplier: Uuid::from_u128(0x0193_0000_0000_7000_8000_0000_0000_0010 + number).into(),
    }
}

fn candidates(count: u128) -> Vec<Candidate> {
    (1..=count).map(candidate).collect()
}

fn drawn(found: &Drawn) -> Vec<Candidate> {
    found.tickets.iter().filter(|ticket| ticket.is_drawn).map(|ticket| ticket.candidate).collect()
}

/// The worked example of `docs/draw.md`: the digests there are those of `sha256sum`.
#[test]
fn the_worked_example_draws_three_of_four() {
    assert_eq!(commitment(SEED), "2a8abfa8cb9906290437854193ca6bca41d4d4e26d1d454bd66a35158095e737");
    let found = draw(SEED, &candidates(4), 3);
    assert_eq!(found.mixed, "5c875de1709dea6e79f7e9546a738b0c7d5a7362445c028bd6dbf5c6b0810d64");
    let orders: Vec<&str> = found.tickets.iter().map(|ticket| ticket.order.as_str()).collect();
    assert_eq!(orders, [
        "0ca5690739f579ea6f288c651de6244ebfe865dce85493e7937dfe1d170c8007",
        "7b07bc16287945cbdc852c7c05e5e63225fc80f6ed7a7f68ab415230574684e4",
        "b9ea74aa493bd0be1541bc6429658d85527488893e005503bd9a59780cdff36e",
        "e2d27bc55e125bcee331c8db39e3aa0408f4003791a9ecb135a43d0423a4c263",
    ]);
    assert_eq!(drawn(&found), [candidate(3), candidate(4), candidate(2)], "政府采购法第三十四条");
}

#[test]
fn another_seed_or_another_set_of_applications_is_another_draw() {
    let first = draw(SEED, &candidates(4), 3);
    assert_ne!(first.tickets, draw(&SEED.replace("00", "01"), &candidates(4), 3).tickets);
    assert_ne!(first.mixed, draw(SEED, &candidates(5), 3).mixed);
    let mut turned = candidates(4);
    turned.swap(0, 1);
    assert_ne!(first.mixed, draw(SEED, &turned, 3).mixed, "the order of receipt counts");
}

proptest! {
    #[test]
    fn as_many_are_drawn_as_are_asked_for_or_qualify(count in 0_u128..30, wanted in 0_usize..40) {
        let found = draw(SEED, &candidates(count), wanted);
        let all = usize::try_from(count).unwrap();
        prop_assert_eq!(drawn(&found).len(), wanted.min(all));
        let mut told: Vec<Candidate> = found.tickets.iter().map(|ticket| ticket.candidate).collect();
        told.sort_by_key(|one| one.application);
        prop_assert_eq!(told, candidates(count));
    }
}

#[test]
fn over_many_seeds_nobody_is_drawn_more_often_than_others() {
    let mut counts = [0_u32; 6];
    for seed in 0..3_000_u32 {
        let found = draw(&format!("{seed:064x}"), &candidates(6), 3);
        for one in drawn(&found) {
            let place = candidates(6).iter().position(|candidate| *candidate == one).unwrap();
            counts[place] += 1;
        }
    }
    // 1,500 each is expected; five deviations of a fair draw are about 137.
    assert!(counts.iter().all(|count| (1_363..=1_637).contains(count)), "{counts:?}");
}

fn record() -> InvitationDraw {
    InvitationDraw {
        tender: Uuid::from_u128(1).into(),
        version: 1,
        seed: SEED.to_owned(),
        committed_at: DateTime::UNIX_EPOCH,
        judged: None,
        drawn: None,
    }
}

#[test]
fn it_is_drawn_once_and_after_the_judgement_alone() {
    let now = DateTime::UNIX_EPOCH;
    assert_eq!(record().draw(&candidates(4), 3, 4, now).unwrap_err().code, Code::ApplicationsUnjudged);
    let judged = || Judged { by: Uuid::from_u128(9).into(), at: now, applications: 5, qualified: 4 };
    let (record, event) = record().judge(judged()).unwrap();
    assert_eq!(event.visibility, Visibility::Own, "how many qualify is not public before the opening");
    assert_eq!(record.clone().judge(judged()).unwrap_err().code, Code::Conflict);
    let (record, found, event) = record.draw(&candidates(4), 3, 0, now).unwrap();
    assert_eq!((drawn(&found).len(), event.visibility), (3, Visibility::Own));
    assert_eq!(record.draw(&candidates(4), 3, 0, now).unwrap_err().code, Code::Conflict);
}
