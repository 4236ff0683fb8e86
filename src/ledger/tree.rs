//! The Merkle tree of RFC 6962 §2.1, kept as its frontier: the roots of the complete subtrees.

use sha2::{Digest as _, Sha256};

/// A node of the tree: SHA-256.
pub type Hash = [u8; 32];

/// The hash of a leaf: SHA-256(0x00 ‖ entry), RFC 6962 §2.1.
#[must_use]
pub fn leaf_hash(entry: &[u8]) -> Hash {
    Sha256::new().chain_update([0]).chain_update(entry).finalize().into()
}

/// The hash of an inner node: SHA-256(0x01 ‖ left ‖ right), RFC 6962 §2.1.
fn node_hash(left: &Hash, right: &Hash) -> Hash {
    Sha256::new().chain_update([1]).chain_update(left).chain_update(right).finalize().into()
}

/// The complete subtrees of a tree, largest first: enough to append and to know the root.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frontier {
    size: u64,
    nodes: Vec<Hash>,
}

impl Frontier {
    /// The number of leaves.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Appends a leaf. Each trailing one bit of the old size is a subtree that the new leaf completes.
    pub fn push(&mut self, leaf: Hash) {
        let mut node = leaf;
        for _ in 0..self.size.trailing_ones() {
            if let Some(left) = self.nodes.pop() {
                node = node_hash(&left, &node);
            }
        }
        self.nodes.push(node);
        self.size += 1;
    }

    /// The root: SHA-256 of nothing for the empty tree.
    #[must_use]
    pub fn root(&self) -> Hash {
        let mut nodes = self.nodes.iter().rev();
        let Some(last) = nodes.next() else {
            return Sha256::digest([]).into();
        };
        nodes.fold(*last, |right, left| node_hash(left, &right))
    }

    /// The stored form: hexadecimal hashes, largest subtree first.
    #[must_use]
    pub fn encode(&self) -> String {
        self.nodes.iter().map(hex::encode).collect::<Vec<_>>().join(" ")
    }

    /// Reads the stored form; `None` when it doesn't fit `size`.
    #[must_use]
    pub fn decode(size: u64, text: &str) -> Option<Self> {
        let mut nodes = Vec::new();
        for word in text.split_whitespace() {
            let mut hash = [0; 32];
            hex::decode_to_slice(word, &mut hash).ok()?;
            nodes.push(hash);
        }
        (nodes.len() == usize::try_from(size.count_ones()).ok()?).then_some(Self { size, nodes })
    }
}

/// The root over all `leaves`.
#[must_use]
pub fn root_of(leaves: impl IntoIterator<Item = Hash>) -> Hash {
    let mut frontier = Frontier::default();
    for leaf in leaves {
        frontier.push(leaf);
    }
    frontier.root()
}
