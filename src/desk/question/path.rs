//! Where in a line of JSON its reader stopped, as a path: `desk.fees[0].minor`.

use std::fmt;

use serde::Deserializer;
use serde::de::{DeserializeSeed, Error, MapAccess, SeqAccess, Visitor};

/// The path of the value that was refused, of an object also where its key was; empty for the line itself.
pub fn of(error: &serde_json::Error, line: &str) -> String {
    let above: usize = line.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
    let stopped = above + error.column();
    // A list or an object is refused before its bracket, anything else behind its end.
    let bracket = usize::from(line.get(stopped..).is_some_and(|rest| rest.starts_with(['[', '{'])));
    let read = line.get(..stopped + bracket).unwrap_or(line);
    // What was read is cut off, so that any other reader stops at the same place.
    let mut path = String::new();
    let walk = Walk { path: &mut path, own: 0, step: String::new() };
    let _ = walk.deserialize(&mut serde_json::Deserializer::from_str(read));
    path
}

/// Reads a value of any shape; the path is that of the value last begun, behind a whole one's end its own.
struct Walk<'a> {
    path: &'a mut String,
    /// How long the path is of what the value stands in.
    own: usize,
    /// The step from there to the value.
    step: String,
}

impl<'de> DeserializeSeed<'de> for Walk<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        self.path.truncate(self.own);
        self.path.push_str(&self.step);
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Walk<'_> {
    type Value = ();

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("any value")
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let own = self.path.len();
        while let Some(key) = map.next_key::<String>()? {
            self.path.truncate(own);
            let step = if own == 0 { key } else { format!(".{key}") };
            map.next_value_seed(Walk { path: self.path, own, step })?;
        }
        self.path.truncate(own);
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        let own = self.path.len();
        for item in 0_usize.. {
            let walk = Walk { path: self.path, own, step: format!("[{item}]") };
            if list.next_element_seed(walk)?.is_none() {
                break;
            }
        }
        self.path.truncate(own);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use crate::desk::question::read;

    const FEE: &str = r#"{"model":"spark","currency":"USD","ordinal":"1","minor":1}"#;

    #[rstest]
    #[case::a_value("", r#""at":5"#, "desk.at")]
    #[case::a_missing_key("", r#""region":"US""#, "desk.at")]
    #[case::an_unknown_key("", r#""region":"US","till":1"#, "desk.till")]
    #[case::an_unknown_key_with_nothing_behind_it("", r#""till""#, "desk.till")]
    #[case::a_key_that_stands_twice("", r#""region":"US","region":"US""#, "desk.region")]
    #[case::a_list_for_a_text("", r#""region": [1]"#, "desk.region")]
    #[case::a_text_for_a_list("", r#""fees":"none""#, "desk.fees")]
    #[case::the_first_of_a_list("", r#""fees":[[]]"#, "desk.fees[0]")]
    #[case::the_second_of_a_list("", r#""fees":[FEE, 5]"#, "desk.fees[1]")]
    #[case::inside_the_second_of_a_list("", r#""fees":[FEE,{"minor":"x"}]"#, "desk.fees[1].minor")]
    #[case::behind_the_second_of_a_list("", r#""fees":[FEE,FEE],"at":5"#, "desk.at")]
    #[case::on_a_later_line("\n\n", "\"region\":\"ä\",\n\"at\":5", "desk.region")]
    #[case::with_nonsense_after_it("", r#""at":5,,"#, "desk.at")]
    fn a_refusal_names_the_place(#[case] above: &str, #[case] desk: &str, #[case] place: &str) {
        let desk = desk.replace("FEE", FEE);
        let refusal = read(&format!(r#"{{{above}"ask":"claim","desk":{{{desk}}}}}"#)).unwrap_err();
        assert_eq!(refusal.field, place, "{refusal}");
    }

    #[rstest]
    #[case::a_word("\"tatty\"", "device.condition")]
    #[case::a_word_as_an_object(r#"{"tatty":1}"#, "device.condition")]
    #[case::a_word_of_its_own_name("\"condition\"", "device.condition")]
    #[case::a_number("5", "device.condition")]
    fn a_word_is_told_by_its_own_place(#[case] condition: &str, #[case] place: &str) {
        let refusal = read(&format!(r#"{{"device":{{"condition":{condition}}}}}"#)).unwrap_err();
        assert_eq!(refusal.field, place, "{refusal}");
    }

    #[rstest]
    #[case::no_object("5")]
    #[case::a_name_that_cannot_be_seen(r#"{"":1}"#)]
    fn the_line_itself_has_no_place(#[case] line: &str) {
        assert_eq!(read(line).unwrap_err().field, "line");
    }
}
