//! Why recovered blocks begin where they do, as text for a publisher.

use std::fmt::Write as _;

use import::recover::explain;

/// Every decision of each file's glued lines, and then the doubtful ones of all files, which somebody should look at.
pub(crate) fn text<'a>(files: impl IntoIterator<Item = (&'a str, &'a [String])>) -> String {
    let (mut out, mut doubtful) = (String::new(), String::new());
    for (file, lines) in files {
        for decision in lines.iter().flat_map(|line| explain(line)) {
            let line = decision.korean();
            // Writing to a String cannot fail.
            let _ = writeln!(out, "{file}: {line}");
            if decision.is_doubtful() {
                let _ = writeln!(doubtful, "{file}: {line}");
            }
        }
    }
    if !doubtful.is_empty() {
        let _ = write!(out, "\n확인이 필요한 곳 (to be looked at):\n{doubtful}\n");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn every_boundary_is_told_with_its_file_and_doubtful_ones_twice() {
        let lines = ["첫 문장이 끝났다.둘째 문장이 시작된다.Q. 무엇을 하나요?A. 글을 나눕니다.".to_owned()];
        let told = text([("가.md", lines.as_slice())]);
        assert!(told.lines().filter(|line| line.starts_with("가.md: ")).count() >= 3, "{told}");
        assert!(told.contains("100 %"), "a rule is certain: {told}");
        assert_eq!(text([("나.md", [].as_slice())]), "");
    }
}
