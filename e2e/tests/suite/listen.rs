//! A story read aloud. No machine that runs this has a voice, so a stand-in is put into the browser before the story is opened: it notes what
//! it is asked to say and says when it is told to.

use anyhow::{Result, ensure};
use e2e::{Locator, Outcome, Visit, axe, keys, role};
use serde_json::{Value, json};

use crate::{
    house::{has_focus, is_headed},
    scenario::{Scenario, scenarios},
};

const KAFKA: &str = "Kafka 모니터링";

/// What the page may have known of speech is replaced; `voices` are the languages that it can speak.
const STAND_IN: &str = r"
    const voices = arguments[0].map((lang) => ({ lang, name: lang, localService: true, default: false, voiceURI: lang }));
    const said = [];
    let current = null;
    const speech = {
        get speaking() { return current !== null; },
        pending: false,
        paused: false,
        getVoices: () => voices,
        speak(utterance) { current = utterance; said.push({ text: utterance.text, lang: utterance.lang, rate: utterance.rate, voice: utterance.voice?.name }); },
        cancel() { current = null; },
        pause() {},
        resume() {},
    };
    window.SpeechSynthesisUtterance = function (text) { this.text = text; };
    Object.defineProperty(window, 'speechSynthesis', { value: speech, configurable: true });
    window.standIn = { said, isSpeaking: () => current !== null, tell(kind) { const told = current; current = null; told?.['on' + kind]?.({ type: kind }); } };
";

pub(crate) fn all() -> Vec<Scenario> {
    scenarios![
        story_is_read_aloud_sentence_by_sentence,
        listening_pauses_and_goes_on_and_changes_its_speed,
        listening_is_all_by_keyboard,
        listening_begins_where_the_reader_is_and_keeps_in_view,
        listening_ends_with_the_story,
        missing_voice_is_explained,
        no_speech_means_no_button,
        axe_finds_nothing_while_listening,
    ]
}

/// Opens the story with a stand-in that speaks these languages.
fn open(visit: &Visit<'_>, voices: &[&str]) -> Outcome {
    visit.open("?tag=Kafka")?;
    visit.page.run(STAND_IN, &[json!(voices)])?;
    visit.page.click(&role("link").named(KAFKA))?;
    is_headed(visit, KAFKA)?;
    // The page has come to rest: with the focus on its title nothing scrolls it any more.
    has_focus(visit, "heading", KAFKA)?;
    visit.page.find(&begin())?;
    Ok(())
}

fn tools() -> Locator {
    role("group").named("읽기 도구")
}

fn bar() -> Locator {
    role("group").named("듣기")
}

fn begin() -> Locator {
    role("button").named("듣기").within(&tools())
}

/// Everything that was to be said so far.
fn said(visit: &Visit<'_>) -> Result<Vec<Value>> {
    let said = visit.page.run("return window.standIn.said", &[])?;
    Ok(said.as_array().cloned().unwrap_or_default())
}

fn texts(visit: &Visit<'_>) -> Result<Vec<String>> {
    Ok(said(visit)?.iter().map(|one| one.get("text").and_then(Value::as_str).unwrap_or_default().to_owned()).collect())
}

fn is_speaking(visit: &Visit<'_>, expected: bool) -> Outcome {
    visit.page.until_eq("whether something is spoken", &json!(expected), || visit.page.run("return window.standIn.isSpeaking()", &[]))
}

/// The voice has come to the end of its sentence.
fn sentence_ends(visit: &Visit<'_>) -> Outcome {
    visit.page.run("window.standIn.tell('end')", &[])?;
    Ok(())
}

fn painted(visit: &Visit<'_>) -> Result<Value> {
    visit.page.run("return [...(CSS.highlights.get('spoken') ?? [])].map((range) => range.toString().replace(/\\s+/g, ' ').trim())", &[])
}

fn is_painted(visit: &Visit<'_>, expected: &[&str]) -> Outcome {
    visit.page.until_eq("the sentence that is painted", &json!(expected), || painted(visit))
}

fn story_is_read_aloud_sentence_by_sentence(visit: &Visit<'_>) -> Outcome {
    open(visit, &["en-US", "ko-KR"])?;
    visit.page.click(&begin())?;
    is_speaking(visit, true)?;
    let paragraph = visit.page.run("return document.querySelector('.body > p').textContent", &[])?;
    let paragraph = paragraph.as_str().unwrap_or_default().to_owned();
    let mut spoken = Vec::new();
    for n in 1..=3 {
        let texts = texts(visit)?;
        ensure!(texts.len() == n, "{texts:?}");
        spoken.push(texts.last().cloned().unwrap_or_default());
        is_painted(visit, &[texts.last().map(String::as_str).unwrap_or_default()])?;
        sentence_ends(visit)?;
    }
    ensure!(paragraph.starts_with(&spoken.join(" ")), "{spoken:?} is not how the story begins: {paragraph:?}");
    let first = said(visit)?.swap_remove(0);
    ensure!(first.get("lang") == Some(&json!("ko")) && first.get("voice") == Some(&json!("ko-KR")), "{first}");
    let shown = visit.page.texts(&bar())?.join(" ");
    ensure!(shown.contains("문장 4/"), "{shown}");
    // Code is for the eyes.
    let code = visit.page.run("return document.querySelector('.code-block code').textContent.trim().split('\\n')[0]", &[])?;
    for _ in 0..400 {
        if visit.page.run("return window.standIn.isSpeaking()", &[])? == json!(false) {
            break;
        }
        sentence_ends(visit)?;
    }
    is_speaking(visit, false)?;
    let all = texts(visit)?;
    ensure!(20 < all.len() && !all.iter().any(|text| text.contains(code.as_str().unwrap_or("?"))), "{all:?}");
    // It has come to its end by itself.
    visit.page.until_gone(&bar())?;
    is_painted(visit, &[])
}

fn listening_pauses_and_goes_on_and_changes_its_speed(visit: &Visit<'_>) -> Outcome {
    open(visit, &["ko-KR"])?;
    visit.page.click(&begin())?;
    is_speaking(visit, true)?;
    sentence_ends(visit)?;
    visit.page.click(&role("button").named("잠시 멈춤").within(&bar()))?;
    is_speaking(visit, false)?;
    let before = texts(visit)?;
    let sentence = before.last().cloned().unwrap_or_default();
    is_painted(visit, &[&sentence])?;
    visit.page.click(&role("button").named("이어 듣기").within(&bar()))?;
    is_speaking(visit, true)?;
    ensure!(texts(visit)?.last() == Some(&sentence), "went on with {:?}", texts(visit)?);
    let choose = "arguments[0].value = [...arguments[0].options].find((option) => option.text === '1.5×').value; arguments[0].dispatchEvent(new Event('change', { bubbles: true }))";
    visit.page.on(&role("combobox").named("읽는 빠르기"), choose, Value::Null)?;
    visit.page.until("the sentence at the new speed", || {
        let last = said(visit)?.pop().unwrap_or_default();
        ensure!(last.get("rate") == Some(&json!(1.5)) && last.get("text") == Some(&json!(sentence)), "{last}");
        Ok(())
    })?;
    visit.page.click(&role("button").named("그만 듣기").within(&bar()))?;
    is_speaking(visit, false)?;
    visit.page.until_gone(&bar())?;
    is_painted(visit, &[])?;
    // The speed is remembered.
    open(visit, &["ko-KR"])?;
    visit.page.click(&begin())?;
    visit.page.until("the remembered speed", || {
        let last = said(visit)?.pop().unwrap_or_default();
        ensure!(last.get("rate") == Some(&json!(1.5)), "{last}");
        Ok(())
    })
}

fn listening_is_all_by_keyboard(visit: &Visit<'_>) -> Outcome {
    open(visit, &["ko-KR"])?;
    visit.page.press("l")?;
    is_speaking(visit, true)?;
    visit.page.press("l")?;
    is_speaking(visit, false)?;
    visit.page.find(&role("button").named("이어 듣기").within(&bar()))?;
    visit.page.press("l")?;
    is_speaking(visit, true)?;
    visit.page.press(keys::ESCAPE)?;
    is_speaking(visit, false)?;
    visit.page.until_gone(&bar())?;
    // Esc ended the reading and did not leave the story.
    is_headed(visit, KAFKA)?;
    visit.page.on(&begin(), "arguments[0].focus()", Value::Null)?;
    visit.page.press(keys::ENTER)?;
    is_speaking(visit, true)?;
    has_focus(visit, "button", "듣기")
}

fn listening_begins_where_the_reader_is_and_keeps_in_view(visit: &Visit<'_>) -> Outcome {
    open(visit, &["ko-KR"])?;
    let last = "const last = [...document.querySelectorAll('.body > h2')].at(-1); scrollTo(0, scrollY + last.getBoundingClientRect().top - 60); return last.firstChild.textContent";
    let heading = visit.page.run(last, &[])?.as_str().unwrap_or_default().to_owned();
    visit.page.click(&begin())?;
    is_speaking(visit, true)?;
    let first = texts(visit)?.concat();
    ensure!(first == heading, "began with {first:?} instead of {heading:?}");
    let in_view = "const [range] = CSS.highlights.get('spoken') ?? []; if (!range) return null; const box = range.getBoundingClientRect(); return 0 < box.top && box.bottom < innerHeight";
    for _ in 0..4 {
        sentence_ends(visit)?;
        visit.page.until_eq("the sentence in view", &json!(true), || visit.page.run(in_view, &[]))?;
    }
    // A reader who scrolls elsewhere is left there.
    visit.page.run("scrollTo(0, 0)", &[])?;
    visit.page.until_eq("the top", &json!(0), || visit.page.run("return scrollY", &[]))?;
    let n = texts(visit)?.len();
    sentence_ends(visit)?;
    visit.page.until_eq("one sentence more", &(n + 1), || Ok(texts(visit)?.len()))?;
    visit.page.until_eq("the top still", &json!(0), || visit.page.run("return scrollY", &[]))
}

fn listening_ends_with_the_story(visit: &Visit<'_>) -> Outcome {
    open(visit, &["ko-KR"])?;
    visit.page.click(&begin())?;
    is_speaking(visit, true)?;
    let n = texts(visit)?.len();
    visit.page.click(&role("link").named("서재"))?;
    is_headed(visit, "서재")?;
    is_speaking(visit, false)?;
    is_painted(visit, &[])?;
    ensure!(texts(visit)?.len() == n, "the voice went on: {:?}", texts(visit)?);
    Ok(())
}

fn missing_voice_is_explained(visit: &Visit<'_>) -> Outcome {
    open(visit, &["en-US", "fr-FR"])?;
    visit.page.click(&begin())?;
    visit.page.until("the explanation", || {
        let shown = visit.page.texts(&bar())?.join(" ");
        ensure!(shown.contains("목소리가 이 기기에 없어요"), "{shown}");
        Ok(())
    })?;
    is_speaking(visit, false)?;
    visit.page.until_gone(&role("button").named("이어 듣기"))?;
    visit.page.click(&role("button").named("닫기").within(&bar()))?;
    visit.page.until_gone(&bar())?;
    // A voice that breaks off is told too.
    open(visit, &["ko-KR"])?;
    visit.page.click(&begin())?;
    is_speaking(visit, true)?;
    visit.page.run("window.standIn.tell('error')", &[])?;
    visit.page.until("the explanation", || {
        let shown = visit.page.texts(&bar())?.join(" ");
        ensure!(shown.contains("목소리가 멈췄어요"), "{shown}");
        Ok(())
    })?;
    visit.page.click(&role("button").named("이어 듣기").within(&bar()))?;
    is_speaking(visit, true)
}

fn no_speech_means_no_button(visit: &Visit<'_>) -> Outcome {
    visit.open("?tag=Kafka")?;
    visit.page.run("Object.defineProperty(window, 'speechSynthesis', { value: undefined, configurable: true })", &[])?;
    visit.page.click(&role("link").named(KAFKA))?;
    is_headed(visit, KAFKA)?;
    visit.page.find(&role("button").named("찾기").within(&tools()))?;
    visit.page.until_gone(&begin())?;
    visit.page.press("l")?;
    visit.page.until_gone(&bar())
}

fn axe_finds_nothing_while_listening(visit: &Visit<'_>) -> Outcome {
    open(visit, &["ko-KR"])?;
    visit.page.click(&begin())?;
    is_speaking(visit, true)?;
    axe::check(&visit.page, "a story that is read aloud")?;
    visit.page.click(&role("button").named("그만 듣기").within(&bar()))?;
    open(visit, &[])?;
    visit.page.click(&begin())?;
    visit.page.find(&bar())?;
    axe::check(&visit.page, "a story that cannot be read aloud")
}
