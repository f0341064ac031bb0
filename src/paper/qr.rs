//! A QR code in half-block characters, dark modules as ink.

use qrcode::{Color, EcLevel, QrCode};

/// Blank modules around the code; the paper's own white does the rest.
const MARGIN: usize = 2;

/// The code's lines, two rows of modules to a line; none when the text is too long for a code.
#[must_use]
pub fn blocks(text: &str) -> Option<Vec<String>> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let side = code.width();
    let colors = code.to_colors();
    let dark = |row: usize, column: usize| {
        let inside = row < side && column < side;
        inside && colors.get(row * side + column) == Some(&Color::Dark)
    };
    let line = |row: usize| {
        let modules = (0..side).map(|column| match (dark(row, column), dark(row + 1, column)) {
            (true, true) => '█',
            (true, false) => '▀',
            (false, true) => '▄',
            (false, false) => ' ',
        });
        std::iter::repeat_n(' ', MARGIN).chain(modules).collect()
    };
    Some((0..side).step_by(2).map(line).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_case_number_fits_the_roll_and_has_its_three_corners() {
        let lines = blocks("0001-00042-7").unwrap();
        assert_eq!(lines.len(), 11);
        assert!(lines.iter().all(|line| line.chars().count() == 21 + MARGIN));
        let top: Vec<char> = lines[0].chars().skip(MARGIN).collect();
        assert_eq!(top[..7].iter().collect::<String>(), "█▀▀▀▀▀█");
        assert_eq!(top[14..].iter().collect::<String>(), "█▀▀▀▀▀█");
        assert!(lines[10].trim_start().starts_with("▀▀▀▀▀▀▀"));
    }

    #[test]
    fn another_number_is_another_code() {
        assert_ne!(blocks("0001-00042-7"), blocks("0001-00043-1"));
    }
}
