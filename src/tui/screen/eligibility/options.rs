//! The options side by side: open or why not, the fee, and what becomes of the balance.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};

use crate::domain::decision::{Choice, ClaimAnswer, Decision, Finding, Open, Remedy, Verdict, lists_the_fee};
use crate::paper::text;
use crate::tui::screen::verdict::Line;
use crate::tui::theme::{Role, Theme, sign};
use crate::tui::widget::write;

/// The rows the options take, a blank one before and behind.
pub(in crate::tui::screen) const ROWS: u16 = 7;

/// Draws the three options.
pub(in crate::tui::screen) fn draw(frame: &mut Frame<'_>, area: Rect, (decision, theme): (&Decision, Theme)) {
    let Some(answer) = decision.claim() else { return };
    let columns = Layout::horizontal([Constraint::Fill(1); 3]).spacing(2).split(area);
    for (choice, column) in answer.options.iter().zip(columns.iter()) {
        let lines = lines((decision, answer), choice, usize::from(column.width));
        for (at, (line, role)) in lines.iter().enumerate() {
            write(frame, *column, at + 1, (line, theme.style(*role)));
        }
    }
}

fn lines((decision, answer): (&Decision, &ClaimAnswer), choice: &Choice, room: usize) -> Vec<Line> {
    let (word, role) = match choice.open {
        Open::Yes => ("open", Role::Good),
        Open::No => ("closed", Role::Bad),
        Open::Refer => ("ask", Role::Ask),
    };
    let title = match choice.remedy {
        Remedy::WarrantyRepair => "WARRANTY REPAIR",
        Remedy::Replacement => "REPLACEMENT",
        Remedy::PaidRepair => "PAID REPAIR",
    };
    let mut lines = vec![(title.to_owned(), Role::Title), (format!("{} {word}", sign(role)), role)];
    if choice.open == Open::No {
        let why = decision.reasons(choice.remedy).first().copied().unwrap_or_default();
        lines.extend(reason(why, room).into_iter().map(|line| (line, Role::Quiet)));
        return lines;
    }
    lines.push((format!("Fee      {}", fee((decision, answer), choice.remedy)), Role::Plain));
    lines.push((format!("Balance  {}", balance((decision, answer), choice.remedy)), Role::Plain));
    lines
}

/// A reason in the rows that are left for it; a longer one is whole among the findings below.
fn reason(why: &str, room: usize) -> Vec<String> {
    let mut lines = text::wrap(why, room);
    let rest = lines.split_off(lines.len().min(usize::from(ROWS) - 5));
    if !rest.is_empty() {
        lines.push(text::cut(&rest.join(" "), room));
    }
    lines
}

fn fee((decision, answer): (&Decision, &ClaimAnswer), remedy: Remedy) -> String {
    // Before a replacement is open its fee is not told, but a finding says whether a list has it.
    let listed = |found: &Finding| lists_the_fee(found.rule, found.outcome);
    match remedy {
        Remedy::WarrantyRepair => "none".to_owned(),
        Remedy::Replacement => match answer.fee {
            Some(fee) => fee.to_string(),
            None if decision.findings.iter().any(listed) => "once decided".to_owned(),
            None => "not known".to_owned(),
        },
        Remedy::PaidRepair => "by estimate".to_owned(),
    }
}

fn balance((decision, answer): (&Decision, &ClaimAnswer), remedy: Remedy) -> String {
    let Some(after) = answer.balance_after else { return "no plan".to_owned() };
    // Only the verdict "replacement" has been taken off already.
    let now = if decision.verdict == Verdict::Replacement { after.saturating_add(1) } else { after };
    match remedy {
        Remedy::Replacement => format!("{now} → {}", now.saturating_sub(1)),
        Remedy::WarrantyRepair | Remedy::PaidRepair => format!("stays {now}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_that_is_too_long_for_its_column_is_cut_with_a_sign() {
        let short = "The plan is for CA; this centre is in US.";
        assert_eq!(reason(short, 24), ["The plan is for CA; this", "centre is in US."]);
        let long = "The plan is bound to 08QDG6C01200B3, and no replacement joins it to this unit.";
        let shown = ["The plan is bound to", "08QDG6C01200B3, and no", "replacement joins it to…"];
        assert_eq!(reason(long, 24), shown);
    }
}
