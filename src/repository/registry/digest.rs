//! A digest of a table's content that does not depend on the order of its rows.

use rusqlite::types::ValueRef;

use crate::repository::{Fault, Tx};

/// Rows and content digest of a registry table, so that damage between imports can be found.
pub fn table_digest(tx: &Tx<'_>, table: &str) -> Result<(u64, String), Fault> {
    let sql = match table {
        "device" => "SELECT * FROM device",
        "owner" => "SELECT * FROM owner",
        "owner_word" => "SELECT * FROM owner_word",
        "plan" => "SELECT * FROM plan",
        // A plan sold at the counter brings its own; those are few, so that they are named and not the maker's.
        "slot" => {
            "SELECT * FROM slot WHERE plan NOT IN (SELECT number FROM sold EXCEPT SELECT number FROM plan)"
        }
        "maker_use" => "SELECT * FROM maker_use",
        "notice" => "SELECT * FROM notice",
        "stock" => "SELECT * FROM stock",
        "fee" => "SELECT * FROM fee",
        other => return Err(Fault::Sqlite(format!("{other} is no table of the registry"))),
    };
    let mut query = tx.sql.prepare(sql)?;
    let columns = query.column_count();
    let mut rows = query.query([])?;
    let (mut count, mut sum, mut mixed) = (0_u64, 0_u64, 0_u64);
    while let Some(row) = rows.next()? {
        let mut hash = Hash::new();
        for column in 0..columns {
            hash.value(row.get_ref(column)?);
        }
        let hash = hash.end();
        count += 1;
        sum = sum.wrapping_add(hash);
        mixed ^= hash.rotate_left(23).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }
    Ok((count, format!("{sum:016x}{mixed:016x}")))
}

/// A hash that stays the same for ever; it guards against damage, not against people.
struct Hash(u64);

impl Hash {
    const fn new() -> Self {
        Self(0xCBF2_9CE4_8422_2325)
    }

    fn word(&mut self, word: u64) {
        let mixed = (self.0 ^ word).wrapping_mul(0xFF51_AFD7_ED55_8CCD);
        self.0 = mixed ^ (mixed >> 32);
    }

    fn bytes(&mut self, sort: u64, bytes: &[u8]) {
        self.word(sort ^ ((bytes.len() as u64) << 8));
        let (whole, rest) = bytes.as_chunks::<8>();
        for chunk in whole {
            self.word(u64::from_le_bytes(*chunk));
        }
        if !rest.is_empty() {
            let mut word = [0; 8];
            for (to, from) in word.iter_mut().zip(rest) {
                *to = *from;
            }
            self.word(u64::from_le_bytes(word));
        }
    }

    fn value(&mut self, value: ValueRef<'_>) {
        match value {
            ValueRef::Null => self.word(1),
            ValueRef::Integer(number) => self.bytes(2, &number.to_le_bytes()),
            ValueRef::Real(number) => self.bytes(3, &number.to_le_bytes()),
            ValueRef::Text(text) => self.bytes(4, text),
            ValueRef::Blob(bytes) => self.bytes(5, bytes),
        }
    }

    const fn end(self) -> u64 {
        let mixed = (self.0 ^ (self.0 >> 29)).wrapping_mul(0xC4CE_B9FE_1A85_EC53);
        mixed ^ (mixed >> 31)
    }
}
