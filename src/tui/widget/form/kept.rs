//! What a form holds, as it is put aside and taken up again exactly.

use serde::{Deserialize, Serialize};

use crate::tui::widget::form::{Entry, Form};

/// The values of a form's entries, and where the keys were.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    at: usize,
    values: Vec<Value>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Value {
    Text(String),
    Chosen(Option<usize>),
    Ticked(Vec<usize>),
}

impl Form {
    /// What it holds.
    #[must_use]
    pub fn kept(&self) -> Kept {
        let value = |entry: &Entry| match entry {
            Entry::Text(field) => Value::Text(field.text().to_owned()),
            Entry::Choice(choice) => Value::Chosen(choice.chosen()),
            Entry::Ticks(ticks) => Value::Ticked(ticks.ticked()),
        };
        Kept { at: self.at, values: self.entries.iter().map(value).collect() }
    }

    /// The same form with the values that were kept, and the keys where they were; it counts as edited.
    #[must_use]
    pub fn with_kept(self, kept: &Kept) -> Self {
        let mut values = kept.values.iter();
        let filled = self.entries.into_iter().map(|entry| match (entry, values.next()) {
            (Entry::Text(field), Some(Value::Text(text))) => Entry::Text(field.with_text(text)),
            (Entry::Choice(choice), Some(Value::Chosen(at))) => {
                Entry::Choice(choice.with_chosen(at.unwrap_or(usize::MAX)))
            }
            (Entry::Ticks(ticks), Some(Value::Ticked(lines))) => Entry::Ticks(ticks.with_ticked(lines)),
            (entry, _) => entry,
        });
        let entries = filled.collect();
        let mut form = Self { entries, edited: true, ..Self::default() };
        form.go_to(kept.at);
        form
    }
}

#[cfg(test)]
mod tests {
    use crate::tui::key::{Action, Edit};
    use crate::tui::widget::choice::Choice;
    use crate::tui::widget::field::Field;
    use crate::tui::widget::form::{Entry, Form, Kept};

    fn empty() -> Form {
        let colours = vec!["blue".to_owned(), "orange".to_owned()];
        Form::new(vec![
            Entry::Text(Field::new("Name", 20)),
            Entry::Choice(Choice::new("Colour", colours).with_chosen(0)),
        ])
    }

    #[test]
    fn a_form_comes_back_with_its_values_and_the_keys_where_they_were() {
        let mut form = empty();
        form.edit(Edit::Insert('李'));
        form.act(Action::Accept);
        form.edit(Edit::Insert('o'));
        let body = serde_json::to_string(&form.kept()).unwrap();
        let kept: Kept = serde_json::from_str(&body).unwrap();
        let again = empty().with_kept(&kept);
        assert_eq!((again.text(0), again.text(1), again.at()), ("李", "orange", 1));
        assert!(again.is_edited());
    }
}
