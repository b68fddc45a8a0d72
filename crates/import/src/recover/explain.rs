//! Why a body was cut where it was: each decision with what a person can see there, and how sure the model was.
//!
//! The evidence is what stands at the joint, in words; the decision itself weighs many more, smaller signs.

use super::{
    Model, WEIGHTS,
    context::Scored,
    glued::{BULLET, Gap, Glued, HANGUL, LOWER, UPPER},
    kind::Kind,
    mark,
    model::Reading,
    note, sure_cuts, tags_start,
};

/// Chance of a boundary above which a joint that was left whole is told too.
const WORTH_TELLING: f32 = 0.2;
/// Confidence below which a publisher should look.
const DOUBTFUL: f32 = 0.75;
/// Visible characters shown on each side.
const N_SHOWN: usize = 16;

/// One thing to be seen at a joint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Evidence {
    /// A question or answer mark begins here: a rule.
    QuestionMark,
    /// The hashtags at the end begin here: a rule.
    Hashtags,
    /// A sentence ends and the next letter follows without a space: a rule.
    GluedSentence,
    /// A heading's anchor, `#`, ends here: a rule.
    HeadingAnchor,
    /// The number of a footnote ends here, behind a sentence: a rule.
    FootnoteNumber,
    /// Final punctuation, then white space.
    SentenceEnd,
    /// This number follows the one before it in the body, or is followed by the next.
    Numbering(u32),
    /// A bullet, dash or circled number.
    Bullet,
    /// A NO-BREAK SPACE.
    NoBreakSpace,
    /// Writers put a space here, and none is.
    MissingSpace,
    /// Korean on one side, Latin letters on the other, glued.
    ScriptSwitch,
    /// Code before, Korean behind.
    CodeEnds,
    /// Korean before, code behind.
    CodeBegins,
    /// The next piece begins with a word of this one, as text below a heading does.
    RepeatedWord,
    /// That many other blocks of the body end with the same character before the same kind of character.
    Habit(u32),
    /// Stands in brackets: speaks against.
    InBrackets,
}

impl Evidence {
    /// In Korean.
    pub fn korean(self) -> String {
        match self {
            Self::QuestionMark => "질문·답변 표시".into(),
            Self::Hashtags => "끝의 해시태그".into(),
            Self::GluedSentence => "문장 끝에 다음 글자가 붙음".into(),
            Self::HeadingAnchor => "제목에 붙은 #".into(),
            Self::FootnoteNumber => "각주 번호가 끝남".into(),
            Self::SentenceEnd => "문장 끝".into(),
            Self::Numbering(number) => format!("이어지는 번호 {number}"),
            Self::Bullet => "글머리표".into(),
            Self::NoBreakSpace => "줄바꿈 없는 공백".into(),
            Self::MissingSpace => "띄어 쓸 자리가 붙음".into(),
            Self::ScriptSwitch => "한글과 로마자가 붙음".into(),
            Self::CodeEnds => "코드가 끝남".into(),
            Self::CodeBegins => "코드가 시작됨".into(),
            Self::RepeatedWord => "앞의 낱말로 다시 시작함".into(),
            Self::Habit(number) => format!("같은 모양의 경계 {number}곳"),
            Self::InBrackets => "괄호 안(반대 근거)".into(),
        }
    }

    /// In English.
    pub fn english(self) -> String {
        match self {
            Self::QuestionMark => "question or answer mark".into(),
            Self::Hashtags => "hashtags at the end".into(),
            Self::GluedSentence => "sentence end glued to the next letter".into(),
            Self::HeadingAnchor => "the anchor of a heading".into(),
            Self::FootnoteNumber => "the number of a footnote ends".into(),
            Self::SentenceEnd => "sentence end".into(),
            Self::Numbering(number) => format!("numbering continues with {number}"),
            Self::Bullet => "bullet".into(),
            Self::NoBreakSpace => "no-break space".into(),
            Self::MissingSpace => "a space is missing".into(),
            Self::ScriptSwitch => "Hangul glued to Latin".into(),
            Self::CodeEnds => "code ends".into(),
            Self::CodeBegins => "code begins".into(),
            Self::RepeatedWord => "begins with a word from before".into(),
            Self::Habit(number) => format!("{number} more boundaries look like this"),
            Self::InBrackets => "in brackets (against)".into(),
        }
    }
}

/// One joint: what was decided and why.
#[derive(Clone, Debug)]
pub struct Decision {
    /// Byte offset in the body.
    pub offset: usize,
    /// Whether a block begins here.
    pub is_boundary: bool,
    /// Chance that the decision is right as the model sees it, 0 to 1; 1 for rules.
    pub confidence: f32,
    /// What begins here, and the chance that it is that; absent where nothing begins.
    pub kind: Option<(Kind, f32)>,
    /// What can be seen here, rules first.
    pub evidence: Vec<Evidence>,
    /// The text around, a few words on each side.
    pub before: String,
    /// See `before`.
    pub after: String,
}

impl Decision {
    /// Whether a person should look at it.
    pub fn is_doubtful(&self) -> bool {
        self.confidence < DOUBTFUL
    }

    /// One line in Korean.
    pub fn korean(&self) -> String {
        let kind = self.kind.map_or_else(String::new, |(kind, chance)| format!(", {} {:.0} %", korean_name(kind), 100.0 * chance));
        let verdict = if self.is_boundary { "나눔" } else { "이어 둠" };
        self.line(verdict, &kind, self.evidence.iter().map(|evidence| evidence.korean()).collect(), "글자와 이웃의 모양")
    }

    /// One line in English.
    pub fn english(&self) -> String {
        let kind = self.kind.map_or_else(String::new, |(kind, chance)| format!(", {} {:.0} %", kind.as_str(), 100.0 * chance));
        let verdict = if self.is_boundary { "cut" } else { "left whole" };
        self.line(verdict, &kind, self.evidence.iter().map(|evidence| evidence.english()).collect(), "letters and neighbours")
    }

    fn line(&self, verdict: &str, kind: &str, mut evidence: Vec<String>, nothing: &str) -> String {
        if evidence.is_empty() {
            evidence.push(nothing.into());
        }
        let Self { before, after, confidence, .. } = self;
        format!("{before} | {after}: {verdict} {:.0} %{kind} ({})", 100.0 * confidence, evidence.join("; "))
    }
}

/// Every boundary of a body that recovery finds, and the joints that it nearly cut, in order.
pub fn explain(flat: &str) -> Vec<Decision> {
    Model::from_bytes(WEIGHTS).map_or_else(Vec::new, |model| explain_by(&model, flat))
}

/// The same by other weights.
pub fn explain_by(model: &Model<'_>, flat: &str) -> Vec<Decision> {
    let reading = model.read(flat, &sure_cuts(flat));
    let (marks, tags, notes) = (mark::cuts(flat), tags_start(flat), note::places(&reading.glued));
    let mut decisions = Vec::new();
    let mut number = 0;
    for joint in &reading.joints {
        let chance = if joint.is_sure { 1.0 } else { 1.0 / (1.0 + (-joint.odds).exp()) };
        let is_boundary = 0.0 < joint.odds;
        // The piece that begins behind the boundary just passed.
        number += usize::from(is_boundary);
        if !is_boundary && chance < WORTH_TELLING {
            continue;
        }
        let offset = reading.glued.offsets.get(joint.idx).copied().unwrap_or(flat.len());
        let mut evidence = Vec::new();
        if marks.contains(&offset) {
            evidence.push(Evidence::QuestionMark);
        } else if tags == Some(offset) {
            evidence.push(Evidence::Hashtags);
        } else if reading.glued.anchored.contains(&joint.idx) {
            evidence.push(Evidence::HeadingAnchor);
        } else if joint.is_sure && notes.iter().any(|&(_, hi)| hi == joint.idx) {
            evidence.push(Evidence::FootnoteNumber);
        }
        see(&reading, joint, &mut evidence);
        let piece = reading.pieces.get(number).filter(|_| is_boundary);
        decisions.push(Decision {
            offset,
            is_boundary,
            confidence: if is_boundary { chance } else { 1.0 - chance },
            kind: piece.map(|piece| (piece.kind, piece.kind_chance)),
            evidence,
            before: shown(&reading.glued, joint.idx.saturating_sub(N_SHOWN), joint.idx, flat),
            after: shown(&reading.glued, joint.idx, joint.idx + N_SHOWN, flat),
        });
    }
    decisions
}

fn shown(glued: &Glued, lo: usize, hi: usize, flat: &str) -> String {
    let at = |idx: usize| glued.offsets.get(idx).copied().unwrap_or(flat.len());
    super::single_spaced(flat.get(at(lo)..at(hi)).unwrap_or_default())
}

fn see(reading: &Reading, joint: &Scored, evidence: &mut Vec<Evidence>) {
    let (glued, idx) = (&reading.glued, joint.idx);
    let last = idx.saturating_sub(1);
    let gap = glued.gap(idx);
    if joint.is_sure && evidence.is_empty() {
        evidence.push(Evidence::GluedSentence);
    } else if glued.is_sentence_end(idx) {
        evidence.push(Evidence::SentenceEnd);
    }
    if let Some(number) = glued.number_at(idx) {
        let seen = |number: Option<u32>| number.is_some_and(|number| glued.numbers.contains_key(&number));
        if seen(number.checked_sub(1)) || seen(number.checked_add(1)) {
            evidence.push(Evidence::Numbering(number));
        }
    }
    if glued.class(idx) == BULLET || (glued.class(idx) == 14 && glued.gap(idx + 1) != Gap::None) {
        evidence.push(Evidence::Bullet);
    }
    if gap == Gap::NoBreak {
        evidence.push(Evidence::NoBreakSpace);
    }
    // Log odds in eighths: 8 is nearly three to one for a space.
    if gap == Gap::None && 8 < glued.spacing(idx) && !joint.is_sure {
        evidence.push(Evidence::MissingSpace);
    }
    let is_latin = |idx: usize| matches!(glued.class(idx), LOWER | UPPER);
    if gap == Gap::None && ((glued.class(last) == HANGUL && is_latin(idx)) || (is_latin(last) && glued.class(idx) == HANGUL)) {
        evidence.push(Evidence::ScriptSwitch);
    }
    let n_hangul = |range: std::ops::Range<usize>| range.filter(|&idx| glued.class(idx) == HANGUL).count();
    let (before, behind) = (n_hangul(idx.saturating_sub(24)..idx), n_hangul(idx..(idx + 24).min(glued.len())));
    if before <= 2 && 12 <= behind {
        evidence.push(Evidence::CodeEnds);
    } else if behind <= 2 && 12 <= before {
        evidence.push(Evidence::CodeBegins);
    }
    let word = |at: usize| (0..2).map(|ahead| glued.after(at, ahead)).collect::<Vec<_>>();
    if !joint.is_sure && (idx.saturating_sub(20)..last).any(|at| word(at) == word(idx)) && glued.class(idx) != 14 {
        evidence.push(Evidence::RepeatedWord);
    }
    let looks = |other: usize| (glued.before(other, 1), glued.class(other), glued.gap(other));
    let is_alike = |other: &&Scored| 0.0 < other.odds && other.idx != idx && looks(other.idx) == looks(idx);
    let n_alike = reading.joints.iter().filter(is_alike).count();
    if 1 < n_alike && !joint.is_sure {
        evidence.push(Evidence::Habit(u32::try_from(n_alike).unwrap_or(u32::MAX)));
    }
    if glued.bracketed.get(idx).copied().unwrap_or(false) {
        evidence.push(Evidence::InBrackets);
    }
}

fn korean_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Paragraph => "문단",
        Kind::Heading => "제목",
        Kind::ListItem => "목록 항목",
        Kind::Code => "코드",
        Kind::Quote => "인용",
        Kind::Caption => "그림 설명",
        Kind::TableRow => "표의 행",
    }
}
