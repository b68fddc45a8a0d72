//! The words of the design page, in both languages.

/// Headings and remarks of `/design`.
pub(crate) struct DesignCopy {
    pub(crate) title: &'static str,
    pub(crate) intro: &'static str,
    pub(crate) type_scale: &'static str,
    pub(crate) space_scale: &'static str,
    pub(crate) colors: &'static str,
    pub(crate) colors_help: &'static str,
    pub(crate) controls: &'static str,
    pub(crate) card: &'static str,
    pub(crate) covers: &'static str,
    pub(crate) covers_help: &'static str,
    pub(crate) states: &'static str,
    pub(crate) motion: &'static str,
    pub(crate) motion_help: &'static str,
}

pub(super) static KO: DesignCopy = DesignCopy {
    title: "디자인",
    intro: "종이와 먹, 강조색 하나. 글이 앞에 서고 화면은 물러나 있어요. 이 쪽은 사이트가 실제로 쓰는 부품으로 짜여 있어요.",
    type_scale: "글자 크기",
    space_scale: "간격",
    colors: "색과 대비",
    colors_help: "지금 켜진 화면 밝기에서 잰 명암비예요. 글자는 4.5, 테두리는 3을 넘어야 해요.",
    controls: "단추와 칩",
    card: "카드",
    covers: "표지",
    covers_help: "색은 회사가, 무늬는 태그가, 촘촘함은 글의 길이가 정해요.",
    states: "기다림과 실패",
    motion: "움직임",
    motion_help: "독자가 움직일 때만 움직여요. 카드의 표지와 제목은 이야기로 이어지고, 움직임을 줄인 기기에서는 그대로 바뀌어요.",
};

pub(super) static EN: DesignCopy = DesignCopy {
    title: "Design",
    intro: "Paper and ink, and one accent. The text comes first and the interface stands back. This page is built from the parts that the site uses.",
    type_scale: "Type",
    space_scale: "Space",
    colors: "Colours and contrast",
    colors_help: "Contrast as measured in the theme that is on. Text needs 4.5, borders need 3.",
    controls: "Buttons and chips",
    card: "Card",
    covers: "Covers",
    covers_help: "The company picks the colour, the tag the pattern, the length how dense it is.",
    states: "Waiting and failing",
    motion: "Motion",
    motion_help: "Nothing moves unless the reader moves it. A card's cover and title go over into the story; devices that ask for less motion simply change the page.",
};
