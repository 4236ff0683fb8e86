//! A passkey without a browser: makes credentials and answers questions as an authenticator does
//! (Web Authentication Level 3, §6), and as it mustn't.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rcgen::{KeyPair, PKCS_ECDSA_P256_SHA256, PublicKeyData as _, SigningKey as _};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

/// User present, user verified, new credential within.
const PRESENT: u8 = 0x01;
const VERIFIED: u8 = 0x04;
const ATTESTED: u8 = 0x40;

/// One passkey in one device.
pub struct Authenticator {
    key: KeyPair,
    id: Vec<u8>,
    owner: Vec<u8>,
    /// The origin at which the browser stands.
    pub origin: String,
    /// Its signature counter; grows with every answer.
    pub counter: u32,
    /// Whether it asks for a PIN or a finger.
    pub verifies: bool,
}

impl Authenticator {
    /// A device in a browser at `origin`.
    pub fn new(origin: &str) -> Self {
        Self {
            key: KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256).unwrap(),
            id: rand::random::<[u8; 16]>().to_vec(),
            owner: Vec::new(),
            origin: origin.to_owned(),
            counter: 0,
            verifies: true,
        }
    }

    fn client_data(&self, kind: &str, question: &Value) -> Vec<u8> {
        let data = json!({
            "type": kind, "challenge": question["publicKey"]["challenge"],
            "origin": self.origin, "crossOrigin": false,
        });
        data.to_string().into_bytes()
    }

    fn data(&mut self, party: &str, more: u8) -> Vec<u8> {
        self.counter += 1;
        let verified = if self.verifies { VERIFIED } else { 0 };
        let mut data = Sha256::digest(party.as_bytes()).to_vec();
        data.push(PRESENT | verified | more);
        data.extend(self.counter.to_be_bytes());
        data
    }

    /// Makes the credential that `question` asks for.
    pub fn create(&mut self, question: &Value) -> Value {
        let asked = &question["publicKey"];
        self.owner = decoded(&asked["user"]["id"]);
        let client = self.client_data("webauthn.create", question);
        let mut data = self.data(asked["rp"]["id"].as_str().unwrap(), ATTESTED);
        data.extend([0; 16]);
        data.extend([0, 16]);
        data.extend(&self.id);
        data.extend(self.cose());
        // { "fmt": "none", "attStmt": {}, "authData": data } in CBOR.
        let mut object = b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58".to_vec();
        object.push(u8::try_from(data.len()).unwrap());
        object.extend(data);
        json!({
            "id": encoded(&self.id), "rawId": encoded(&self.id), "type": "public-key",
            "response": { "attestationObject": encoded(&object), "clientDataJSON": encoded(&client) },
            "clientExtensionResults": {},
        })
    }

    /// The public key as COSE has it: ES256 on P-256, x and y.
    fn cose(&self) -> Vec<u8> {
        let point = self.key.der_bytes();
        let mut key = b"\xa5\x01\x02\x03\x26\x20\x01\x21\x58\x20".to_vec();
        key.extend(&point[1..33]);
        key.extend(b"\x22\x58\x20");
        key.extend(&point[33..65]);
        key
    }

    /// Answers `question`.
    pub fn get(&mut self, question: &Value) -> Value {
        let client = self.client_data("webauthn.get", question);
        let data = self.data(question["publicKey"]["rpId"].as_str().unwrap(), 0);
        let signed = [data.clone(), Sha256::digest(&client).to_vec()].concat();
        let signature = self.key.sign(&signed).unwrap();
        json!({
            "id": encoded(&self.id), "rawId": encoded(&self.id), "type": "public-key",
            "response": {
                "authenticatorData": encoded(&data), "clientDataJSON": encoded(&client),
                "signature": encoded(&signature), "userHandle": encoded(&self.owner),
            },
            "clientExtensionResults": {},
        })
    }

    /// The same key, said to be another's.
    pub fn claim(&mut self, owner: &Self) {
        self.owner.clone_from(&owner.owner);
    }
}

fn encoded(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

fn decoded(text: &Value) -> Vec<u8> {
    URL_SAFE_NO_PAD.decode(text.as_str().unwrap()).unwrap()
}
