use proptest::prelude::*;
use sha2::{Digest as _, Sha256};

use super::checkpoint::Signer;
use super::tree::{Frontier, Hash, leaf_hash, root_of};

/// The definition of RFC 6962 §2.1, word by word.
fn root_by_definition(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => Sha256::digest([]).into(),
        [leaf] => *leaf,
        _ => {
            let split = 1 << (usize::BITS - 1 - (leaves.len() - 1).leading_zeros());
            Sha256::new()
                .chain_update([1])
                .chain_update(root_by_definition(&leaves[..split]))
                .chain_update(root_by_definition(&leaves[split..]))
                .finalize()
                .into()
        }
    }
}

proptest! {
    #[test]
    fn the_frontier_has_the_root_of_the_definition(size in 0_usize..200) {
        let leaves: Vec<Hash> = (0..size).map(|n| leaf_hash(n.to_string().as_bytes())).collect();
        prop_assert_eq!(root_of(leaves.iter().copied()), root_by_definition(&leaves));
    }

    #[test]
    fn a_frontier_survives_being_stored(size in 0_u64..500) {
        let mut frontier = Frontier::default();
        for n in 0..size {
            frontier.push(leaf_hash(&n.to_be_bytes()));
        }
        prop_assert_eq!(Frontier::decode(size, &frontier.encode()), Some(frontier));
    }
}

#[test]
fn a_frontier_that_does_not_fit_its_size_is_refused() {
    assert_eq!(Frontier::decode(3, ""), None);
}

#[test]
fn a_checkpoint_is_a_signed_note_and_a_changed_byte_breaks_it() {
    let signer = Signer::new("azukari.example", &[7; 32]);
    let checkpoint = signer.sign("azukari.example/ledger/x", 1, &leaf_hash(b"entry"));
    assert!(checkpoint.note.starts_with("azukari.example/ledger/x\n1\n"));
    assert!(signer.verify(&checkpoint.note));
    assert!(!signer.verify(&checkpoint.note.replacen("\n1\n", "\n2\n", 1)));
    assert!(!Signer::new("azukari.example", &[8; 32]).verify(&checkpoint.note));
    assert!(signer.verifier_key().starts_with("azukari.example+"));
}
