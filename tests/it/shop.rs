//! A shop for tests: a folder of its own and the real binary in a cleared environment.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

use crate::support::fixture;

/// The desk's clock in these tests.
pub const NOW: &str = "2020-03-02T10:00:00-08:00";

/// A folder with a database.
pub struct Shop {
    folder: TempDir,
}

/// What a command did.
#[derive(Debug)]
pub struct Ran {
    /// The exit code.
    pub code: i32,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl Ran {
    /// Standard output as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|bad| panic!("{bad}: {self:?}"))
    }

    /// The guard that refused.
    pub fn guard(&self) -> String {
        self.json()["error"]["guard"].as_str().unwrap_or_else(|| panic!("no guard: {self:?}")).to_owned()
    }

    /// Fails unless it went well.
    pub fn well(self) -> Self {
        assert_eq!(self.code, 0, "{self:?}");
        self
    }
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

/// A device of the small registry below, with what is on its plan.
pub struct Known;

impl Known {
    /// A Mavic Pro, US, two of two left.
    pub const FRESH: &str = "08QDG6C01200B3";
    /// The same, bought in Canada.
    pub const CANADA: &str = "08QDG6C01200C3";
    /// The same, nothing left.
    pub const EMPTY: &str = "08QDG6C01200D3";
    /// A Spark with a plan and no known fee.
    pub const SPARK: &str = "0ASDG6C01200E3";
    /// Two Mavic Pros and a Spark in stock, a pair of propellers and a battery of the Mavic Pro.
    pub const UNITS: [&str; 2] = ["08QDH32F456EZY", "08QDH32HA0Z0TW"];
    /// A Spark in stock.
    pub const SPARK_UNIT: &str = "0ASDH32FG92G44";
    /// A Mavic Pro in stock whose serial the maker's record knows as a customer's.
    pub const BOUND_BEFORE: &str = "08QDH32447HHS2";
    /// Propellers.
    pub const PROPELLERS: &str = "S-1001";
    /// A battery.
    pub const BATTERY: &str = "08QDH32BATT0T1";
}

const DEVICES: &str = "serial,model,purchase_region,purchased_on,activated_at,warranty_starts_on,owner_name,owner_phone,owner_email,replaced_by
08QDG6C01200B3,mavic-pro,US,2019-06-15,2019-06-16T17:00:00Z,2019-06-15,Maria López,+1 415 555 0101,maria@example.org,
08QDG6C01200C3,mavic-pro,CA,2019-06-15,2019-06-16T17:00:00Z,2019-06-15,李小龙,+1 415 555 0102,,
08QDG6C01200D3,mavic-pro,US,2019-06-15,2019-06-16T17:00:00Z,2019-06-15,김민준,+1 415 555 0103,,
0ASDG6C01200E3,spark,US,2019-06-15,2019-06-16T17:00:00Z,2019-06-15,Søren Åberg,+1 415 555 0104,,
";
const PLANS: &str =
    "number,tier,serial,region,programme,starts_on,ends_on,granted,extends,sold_on,returned_on
P-1,refresh,08QDG6C01200B3,US,2019-05,2019-06-15,,2,,2019-06-15,
P-2,refresh,08QDG6C01200C3,CA,2019-05,2019-06-15,,2,,2019-06-15,
P-3,refresh,08QDG6C01200D3,US,2019-05,2019-06-15,,1,,2019-06-15,
P-4,refresh,0ASDG6C01200E3,US,2019-05,2019-06-15,,2,,2019-06-15,
";
const CLAIMS: &str = "plan,ordinal,used_on,case,old_serial,new_serial
P-3,1,2020-01-01,MK-1,08QDH32447HHS2,08QDG6C01200D3
";
const STOCK: &str = "serial,model,part,state,place
08QDH32F456EZY,mavic-pro,aircraft,in-stock,shelf B2
08QDH32HA0Z0TW,mavic-pro,aircraft,in-stock,shelf B4
08QDH32447HHS2,mavic-pro,aircraft,in-stock,shelf A8
0ASDH32FG92G44,spark,aircraft,in-stock,shelf B8
S-1001,mavic-pro,propellers,in-stock,drawer 1
08QDH32BATT0T1,mavic-pro,battery,in-stock,drawer 2
";

impl Shop {
    /// An empty shop, not set up.
    pub fn bare() -> Self {
        Self { folder: TempDir::new().unwrap() }
    }

    /// A shop in the US with a handful of devices and units.
    pub fn small() -> Self {
        let shop = Self::bare();
        shop.run(&["setup", "--site", "Alameda Center", "--region", "US"]).well();
        for (kind, text) in Self::small_files() {
            shop.import(kind, text).well();
        }
        shop
    }

    /// The files of the small shop, in the order in which they refer to one another.
    pub fn small_files() -> [(&'static str, &'static str); 4] {
        [("devices", DEVICES), ("plans", PLANS), ("claims", CLAIMS), ("stock", STOCK)]
    }

    /// A shop in the US with the whole example registry.
    pub fn registry() -> Self {
        let shop = Self::bare();
        shop.run(&["setup", "--site", "Alameda Center", "--region", "US"]).well();
        for kind in ["devices", "plans", "claims", "notices", "stock", "fees"] {
            let file = fixture(&format!("registry/{kind}.csv"));
            shop.run(&["import", kind, file.to_str().unwrap()]).well();
        }
        shop
    }

    /// Its folder.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Its database.
    pub fn database(&self) -> PathBuf {
        self.folder().join("caredesk.db")
    }

    /// The binary on this shop, in a cleared environment.
    pub fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_caredesk"));
        command.env_clear().env("HOME", self.folder()).env("CAREDESK_NOW", NOW).env("USER", "test");
        command.arg("--data-dir").arg(self.folder()).stdin(Stdio::null());
        command
    }

    /// Runs a command to its end.
    pub fn run(&self, arguments: &[&str]) -> Ran {
        self.command().args(arguments).output().unwrap().into()
    }

    /// Imports a text.
    pub fn import(&self, kind: &str, text: &str) -> Ran {
        self.import_bytes(kind, text.as_bytes(), &[])
    }

    /// Imports bytes, with flags.
    pub fn import_bytes(&self, kind: &str, bytes: &[u8], flags: &[&str]) -> Ran {
        let file = self.folder().join(format!("{kind}.csv"));
        std::fs::write(&file, bytes).unwrap();
        self.command().arg("import").args(flags).arg(kind).arg(&file).output().unwrap().into()
    }

    /// Records a case and returns its number.
    pub fn record(&self, serial: &str, parts: &[&str]) -> String {
        let mut arguments = vec!["case", "record", serial, "--cause", "accident"];
        arguments.extend(["--said", "It fell from a tree into the yard", "--customer", "Maria López"]);
        arguments.extend(["--phone", "+1 415 555 0101", "--owner", "same", "--json"]);
        arguments.extend(parts.iter().flat_map(|part| ["--part", part]));
        self.run(&arguments).well().json()["number"].as_str().unwrap().to_owned()
    }

    /// Records, receives and assesses a case.
    pub fn assessed(&self, serial: &str, parts: &[&str]) -> String {
        let case = self.record(serial, parts);
        let mut arguments = vec!["case", "receive", &case, "--serial", serial, "--json"];
        arguments.extend(parts.iter().flat_map(|part| ["--part", part]));
        self.run(&arguments).well();
        let mut arguments =
            vec!["case", "assess", &case, "--cause", "accident", "--finding", "Broken arm", "--json"];
        arguments.extend(parts.iter().flat_map(|part| ["--part", part]));
        self.run(&arguments).well();
        case
    }

    /// Brings a case to a reserved replacement.
    pub fn chosen(&self, serial: &str, parts: &[&str]) -> String {
        let case = self.assessed(serial, parts);
        self.run(&["case", "choose", &case, "replacement", "--json"]).well();
        case
    }

    /// Brings a case to a replacement that is paid.
    pub fn paid(&self, serial: &str, parts: &[&str]) -> String {
        let case = self.chosen(serial, parts);
        self.run(&["case", "pay", &case, "--method", "card", "--json"]).well();
        case
    }

    /// Runs `verify` and fails on anything it finds.
    pub fn verified(&self) {
        let ran = self.run(&["verify"]);
        assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    }
}
