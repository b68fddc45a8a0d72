//! Dates as feeds, front matter and pages write them, to `YYYY-MM-DD`. The day is the one that is written: no time zone is applied.

/// English names of months, as RFC 2822 has them.
const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// The day; `None` if the text holds none that exists.
pub(crate) fn parse(text: &str) -> Option<String> {
    let text = text.trim();
    let (year, month, day) = numbers(text).or_else(|| named_month(text))?;
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let n_days = match month {
        2 => 28 + u32::from(is_leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    ((1000..=9999).contains(&year) && 1 <= day && day <= n_days).then(|| format!("{year:04}-{month:02}-{day:02}"))
}

/// `2020-03-03T10:00:00Z`, `2020/3/3`, `2020. 3. 3.`, `2020년 3월 3일`, `20200303`.
fn numbers(text: &str) -> Option<(u32, u32, u32)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 8 {
        return Some((text.get(..4)?.parse().ok()?, text.get(4..6)?.parse().ok()?, text.get(6..8)?.parse().ok()?));
    }
    if digits != 4 {
        return None;
    }
    let mut rest = text;
    let mut parts = Vec::new();
    for n_digits in [4, 2, 2] {
        let end = rest.bytes().take(n_digits).take_while(u8::is_ascii_digit).count();
        parts.push(rest.get(..end)?.parse().ok()?);
        rest = rest.get(end..)?.trim_start_matches(['-', '/', '.', ' ', '년', '월']);
    }
    match parts.as_slice() {
        [year, month, day] => Some((*year, *month, *day)),
        _ => None,
    }
}

/// `Tue, 03 Mar 2020 10:00:00 +0900`, `March 3, 2020`.
fn named_month(text: &str) -> Option<(u32, u32, u32)> {
    let words: Vec<&str> = text.split([' ', ',', '-']).filter(|word| !word.is_empty()).collect();
    let place = words.iter().position(|word| month_of(word).is_some())?;
    let month = words.get(place).and_then(|word| month_of(word))?;
    let number = |idx: usize| words.get(idx)?.trim_end_matches(|c: char| c.is_ascii_alphabetic()).parse::<u32>().ok();
    let before = place.checked_sub(1).and_then(number).filter(|day| *day <= 31);
    let (day, year) = match before {
        Some(day) => (day, number(place + 1)?),
        None => (number(place + 1)?, number(place + 2)?),
    };
    let year = match year {
        // RFC 822 had years of two digits.
        0..=69 => 2000 + year,
        70..=99 => 1900 + year,
        year => year,
    };
    Some((year, month, day))
}

fn month_of(word: &str) -> Option<u32> {
    let word = word.get(..3)?.to_ascii_lowercase();
    let idx = MONTHS.iter().position(|month| *month == word)?;
    u32::try_from(idx + 1).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::parse;

    #[track_caller]
    fn check(text: &str, date: Option<&str>) {
        assert_eq!(parse(text).as_deref(), date, "{text}");
    }

    #[test]
    fn days_are_read_in_the_forms_that_occur() {
        for text in [
            "2020-03-03",
            "2020-03-03T23:59:00-11:00",
            "2020-03-03 10:00:00 +0900",
            "2020/3/3",
            "2020. 3. 3. 오전 10:00",
            "2020년 3월 3일",
            "20200303",
            "Tue, 03 Mar 2020 10:00:00 +0900",
            "3 Mar 20",
            "March 3, 2020",
            "Mar 3rd, 2020",
        ] {
            check(text, Some("2020-03-03"));
        }
    }

    #[test]
    fn days_that_do_not_exist_are_none() {
        for text in ["2021-02-29", "2020-13-01", "2020-00-10", "어제", "", "0000-00-00 00:00:00", "March", "1"] {
            check(text, None);
        }
    }

    proptest! {
        #[test]
        fn any_text_gives_a_date_or_none(text in "\\PC{0,30}") {
            prop_assert!(parse(&text).is_none_or(|date| date.len() == 10));
        }
    }
}
