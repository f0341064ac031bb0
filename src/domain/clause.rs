//! The clauses of the care programme, by their ids. Their texts are the edition's.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! clauses {
    ($($name:ident = $text:literal),+ $(,)?) => {
        /// A clause of the programme.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Clause {
            $(#[doc = concat!("Clause ", $text, ".")] #[serde(rename = $text)] $name),+
        }

        impl Clause {
            /// Every clause, in the programme's order.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// The id that staff see.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text),+ }
            }
        }
    };
}

clauses! {
    C1 = "C1", C2 = "C2", C3 = "C3", C4 = "C4", C5 = "C5", C6 = "C6", C7 = "C7", C8 = "C8", C9 = "C9",
    C10 = "C10", C11 = "C11", C11a = "C11a", C11b = "C11b", C11c = "C11c", C11d = "C11d", C11e = "C11e",
    C12 = "C12", C13 = "C13", C14 = "C14", C15 = "C15", C16 = "C16", C17 = "C17", C18 = "C18", C19 = "C19",
    C20 = "C20", C21 = "C21", C22 = "C22", C23 = "C23", C24 = "C24", C25 = "C25", C26 = "C26", C27 = "C27",
    C28 = "C28", C29 = "C29", C30 = "C30", C31 = "C31", C32 = "C32", C33 = "C33", C34 = "C34", C35 = "C35",
}

impl fmt::Display for Clause {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(self.as_str())
    }
}
