use super::*;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signer as _, SigningKey};
use proptest::prelude::*;
use uuid::Uuid;

const ORIGIN: &str = "zhaocai.example/log";

fn signing(number: u8) -> SigningKey {
    SigningKey::from_bytes(&[number; 32])
}

fn key(number: u8) -> LogKey {
    LogKey::new(ORIGIN, signing(number).verifying_key().as_bytes()).unwrap()
}

fn signed(tree: &LogTree, number: u8) -> String {
    let checkpoint = Checkpoint { origin: ORIGIN.to_owned(), size: tree.size(), root: tree.root() };
    sign_note(&checkpoint, &key(number), |text| signing(number).sign(text).to_bytes())
}

fn event(position: u64) -> Uuid {
    Uuid::from_u128(u128::from(position) + 1)
}

fn entry(position: u64) -> String {
    format!("[\"{}\",{position},{{}}]", event(position))
}

fn tree(size: u64) -> LogTree {
    let mut tree = LogTree::default();
    for position in 0..size {
        tree.push(leaf(b"salt", entry(position).as_bytes()));
    }
    tree
}

fn inclusion(tree: &LogTree, position: u64) -> Inclusion {
    Inclusion {
        event: event(position),
        position,
        leaf: STANDARD.encode(leaf(b"salt", entry(position).as_bytes())),
        proof: tree.prove_inclusion(position).unwrap(),
        checkpoint: signed(tree, 1),
        entry: Some(entry(position)),
        salt: Some(STANDARD.encode(b"salt")),
    }
}

#[test]
fn a_key_is_written_and_read_as_others_do() {
    // The example of C2SP signed-note.
    let vkey = "example.com/foo+530a903d+Ad2rZXbB0n8qEXfMrS0+qA0kSSNlWAtUOpg1Q1rTTnm5";
    if let Ok(key) = LogKey::parse(vkey) {
        assert_eq!(key.to_string(), vkey);
    }
    let ours = key(1);
    assert_eq!(LogKey::parse(&ours.to_string()), Ok(ours.clone()));
    let renamed = ours.to_string().replace("example", "sample");
    assert_eq!(LogKey::parse(&renamed), Err(LogError::Malformed("the log's key")), "the hash covers the name");
}

#[test]
fn a_checkpoint_opens_with_its_key_and_no_other() {
    let note = signed(&tree(5), 1);
    assert_eq!(Checkpoint::open(&note, &key(1)).unwrap().size, 5);
    assert_eq!(Checkpoint::open(&note, &key(2)), Err(LogError::NotSigned));
    assert_eq!(Checkpoint::open(&note.replace("\n5\n", "\n6\n"), &key(1)), Err(LogError::NotSigned));
    assert_eq!(Checkpoint::open("a shopping list", &key(1)), Err(LogError::Malformed("the checkpoint")));
}

#[test]
fn a_tampered_content_leaf_or_place_is_found() {
    let tree = tree(9);
    let good = inclusion(&tree, 4);
    assert_eq!(good.verify(&key(1)).unwrap().size, 9);
    let content = Inclusion { entry: Some(entry(4).replace('4', "5")), ..good.clone() };
    assert_eq!(content.verify(&key(1)), Err(LogError::OtherContent));
    let event = Inclusion { event: Uuid::nil(), ..good.clone() };
    assert_eq!(event.verify(&key(1)), Err(LogError::OtherContent));
    let other = STANDARD.encode([7; 32]);
    let leaf = Inclusion { leaf: other, entry: None, salt: None, ..good.clone() };
    assert_eq!(leaf.verify(&key(1)), Err(LogError::NotIncluded));
    assert_eq!(Inclusion { position: 5, ..good.clone() }.verify(&key(1)), Err(LogError::NotIncluded));
    assert_eq!(Inclusion { position: 9, ..good.clone() }.verify(&key(1)), Err(LogError::OutOfRange));
    assert_eq!(good.verify(&key(2)), Err(LogError::NotSigned));
}

#[test]
fn a_log_that_was_changed_does_not_continue_the_earlier_one() {
    let (older, newer) = (tree(5), tree(8));
    let open = |tree: &LogTree| Checkpoint::open(&signed(tree, 1), &key(1)).unwrap();
    let consistency = Consistency { from: 5, to: 8, proof: newer.prove_consistency(5).unwrap() };
    assert_eq!(consistency.verify(&open(&older), &open(&newer)), Ok(()));
    let mut changed = LogTree::default();
    for position in [0, 1, 3, 2, 4] {
        changed.push(leaf(b"salt", entry(position).as_bytes()));
    }
    assert_eq!(consistency.verify(&open(&changed), &open(&newer)), Err(LogError::NotConsistent));
    assert_eq!(consistency.verify(&open(&tree(4)), &open(&newer)), Err(LogError::OutOfRange));
    let same = Consistency { from: 5, to: 5, proof: Vec::new() };
    assert_eq!(same.verify(&open(&changed), &open(&older)), Err(LogError::NotConsistent));
    assert_eq!(older.prove_consistency(6), Err(LogError::OutOfRange));
    assert_eq!(older.prove_consistency(0), Err(LogError::OutOfRange));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_leaf_and_every_earlier_size_of_every_tree_is_proved(size in 1_u64..70, at in any::<prop::sample::Index>()) {
        let tree = tree(size);
        let position = at.index(usize::try_from(size).unwrap()) as u64;
        prop_assert!(inclusion(&tree, position).verify(&key(1)).is_ok());
        let older = tree.at(position + 1);
        let open = |tree: &LogTree| Checkpoint::open(&signed(tree, 1), &key(1)).unwrap();
        let consistency = Consistency { from: position + 1, to: size, proof: tree.prove_consistency(position + 1).unwrap() };
        prop_assert_eq!(consistency.verify(&open(&older), &open(&tree)), Ok(()));
    }
}
