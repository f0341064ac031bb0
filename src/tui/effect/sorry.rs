//! Why something came to nothing, in words for the message line.

use crate::desk::Failure;
use crate::domain::facts::Refusal;

/// Why something came to nothing, in words for the message line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sorry {
    /// The guard's word, when a guard refused.
    pub guard: Option<String>,
    /// What is wrong.
    pub say: String,
}

impl From<Failure> for Sorry {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Refused(refused) => Self { guard: Some(refused.guard.to_string()), say: refused.say },
            Failure::Facts(refusal) => Self { guard: None, say: plainly(&refusal) },
            other => Self { guard: None, say: other.to_string() },
        }
    }
}

/// A refused field without its path, which only programs know, and with what to do.
fn plainly(refusal: &Refusal) -> String {
    let Refusal { field, problem } = refusal;
    let (label, next) = match field.as_str() {
        "bind.at" => {
            return "the maker's record says that this product is activated only later than now: check this \
                    counter's clock; where it is right, have the record corrected"
                .to_owned();
        }
        // These problems are whole sentences.
        "at" | "explain" | "issued_at" => return problem.clone(),
        "claim.damaged_on" => ("day of damage", "correct the day"),
        "claim.recorded_on" => ("day of the case", "check this counter's clock"),
        "claim.serial_on_unit" => ("serial on the unit", "scan it again"),
        "programme" | "plan.programme" => {
            ("rules of the plan", "ask whoever keeps this centre's programme files")
        }
        path => match path.split_once(['.', '[']) {
            Some(("claim", _)) => ("parts", "tick them again"),
            Some(("device", _)) => ("record of the product", "have the maker's file of devices corrected"),
            Some(("plan", _)) => ("record of the plan", "have the maker's file of plans corrected"),
            Some(("desk", _)) => ("this centre's fees", "correct the file of fees and import it again"),
            Some(_) => ("what is on record", "look the product up and check its record"),
            None => return refusal.to_string(),
        },
    };
    format!("{label}: {problem}: {next}")
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn say(field: &str, problem: &str) -> String {
        let refusal = Refusal { field: field.to_owned(), problem: problem.to_owned() };
        Sorry::from(Failure::Facts(refusal)).say
    }

    #[rstest]
    #[case::of_the_form("claim.damaged_on", "day of damage: (why): correct the day")]
    #[case::of_the_clock("claim.recorded_on", "day of the case: (why): check this counter's clock")]
    #[case::of_a_list("claim.parts[1]", "parts: (why): tick them again")]
    #[case::of_the_product(
        "device.model",
        "record of the product: (why): have the maker's file of devices corrected"
    )]
    #[case::of_plus(
        "plan.extension.bought_on",
        "record of the plan: (why): have the maker's file of plans corrected"
    )]
    #[case::of_the_rules(
        "plan.programme",
        "rules of the plan: (why): ask whoever keeps this centre's programme files"
    )]
    #[case::of_a_fee(
        "desk.fees[0].minor",
        "this centre's fees: (why): correct the file of fees and import it again"
    )]
    #[case::of_a_path_that_is_new(
        "other.thing",
        "what is on record: (why): look the product up and check its record"
    )]
    #[case::a_word_of_the_form("reason", "reason: (why)")]
    #[case::a_whole_sentence("issued_at", "(why)")]
    fn a_refused_field_is_said_in_the_words_of_the_counter(#[case] field: &str, #[case] words: &str) {
        assert_eq!(say(field, "(why)"), words);
    }
}
