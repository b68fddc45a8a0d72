//! A shelf as somebody has it who has read here for a while, made in the app the way a reader makes it.

use anyhow::{Result, bail, ensure};
use e2e::{Visit, keys, role};
use serde_json::{Value, json};

use crate::scene::Picks;

/// Puts stories into every column, paints passages in two of them and writes about one.
pub(crate) fn fill(visit: &Visit<'_>, picks: &Picks) -> Result<()> {
    let columns = [None, Some("읽는 중"), None, Some("다 읽음"), None, Some("읽는 중")];
    for ((path, title), column) in picks.shelf.iter().zip(columns) {
        visit.open(path)?;
        visit.page.find(&role("heading").level(1).named(title))?;
        visit.page.click(&role("button").containing("서재에 담기"))?;
        let choices = role("group").named("서재의 칸");
        visit.page.find(&role("button").named("읽을 글").within(&choices))?;
        if let Some(column) = column {
            visit.page.click(&role("button").named(column).within(&choices))?;
            visit.page.until_eq("the pressed choice", &Some("true".to_owned()), || {
                visit.page.attribute(&role("button").named(column).within(&choices), "aria-pressed")
            })?;
        }
    }
    for ((path, title), colors) in picks.shelf.iter().zip([["노랑", "초록"], ["분홍", "파랑"]]) {
        visit.open(path)?;
        visit.page.find(&role("heading").level(1).named(title))?;
        for (paragraph, color) in colors.into_iter().enumerate() {
            paint(visit, paragraph, color)?;
        }
    }
    select(visit, 2)?;
    visit.page.click(&role("button").named("메모 쓰기").within(&role("region").named("고른 글")))?;
    let field = role("textbox").named("메모");
    visit.page.type_into(&field, "다음 회고 때 우리 팀의 방식과 나란히 놓고 이야기해 보자.")?;
    visit.page.session().press_with(keys::CONTROL, keys::ENTER)?;
    said(visit, "메모를 남겼어요")
}

fn paint(visit: &Visit<'_>, paragraph: usize, color: &str) -> Result<()> {
    select(visit, paragraph)?;
    visit.page.click(&role("button").named(color).within(&role("region").named("고른 글")))?;
    said(visit, "칠했어요")?;
    visit.page.until_gone(&role("region").named("고른 글"))
}

/// Selects a passage of the story's text and waits for what is offered for it.
fn select(visit: &Visit<'_>, paragraph: usize) -> Result<()> {
    let script = r"
        const paragraphs = [...arguments[0].querySelectorAll('.body > p')].filter((p) => p.textContent.length > 60);
        const paragraph = paragraphs[arguments[1] % paragraphs.length];
        if (!paragraph) return false;
        paragraph.scrollIntoView({ block: 'center' });
        const text = [...paragraph.childNodes].find((node) => node.nodeType === 3 && node.data.trim().length > 20);
        if (!text) return false;
        const from = text.data.length - text.data.trimStart().length;
        getSelection().setBaseAndExtent(text, from, text, Math.min(text.data.length, from + 40));
        return true;
    ";
    visit.page.until("a selected passage", || match visit.page.on(&role("article"), script, json!(paragraph))? {
        Value::Bool(true) => Ok(()),
        _ => bail!("there is no paragraph to select from"),
    })?;
    visit.page.find(&role("region").named("고른 글")).map(drop)
}

/// Waits until the line at the foot says this.
fn said(visit: &Visit<'_>, part: &str) -> Result<()> {
    visit.page.until("the words of what was done", || {
        let said = visit.page.texts(&role("status"))?;
        ensure!(said.iter().any(|words| words.contains(part)), "expected {part:?} among {said:?}");
        Ok(())
    })
}
