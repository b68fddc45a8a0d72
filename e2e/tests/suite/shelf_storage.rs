//! Where the shelf is stored and how it is carried: files, an archive that changed, a full disk, damaged records.

use anyhow::{Result, ensure};
use e2e::{Outcome, Visit, role};
use serde_json::json;

use crate::{
    house::is_headed,
    scenario::{Scenario, scenarios},
    shelf::{DOCKER, KAFKA, card, column, is_pressed, is_stored, is_told, put_on_shelf, stored},
};

pub(crate) fn all() -> Vec<Scenario> {
    scenarios![
        file_brings_everything_to_another_reader,
        strange_files_change_nothing,
        vanished_story_stays_on_the_shelf,
        full_storage_is_said_and_loses_nothing_on_the_page,
        damaged_and_newer_shelves_break_no_page,
    ]
}

/// Gives a text to the field for files, as if it had been chosen from the disk.
pub(crate) fn choose_file(visit: &Visit<'_>, text: &str) -> Outcome {
    let script = "const chosen = new DataTransfer(); chosen.items.add(new File([arguments[0]], 'shelf.json')); \
                  const field = document.querySelector('input[type=file]'); field.files = chosen.files; \
                  field.dispatchEvent(new Event('change', { bubbles: true }));";
    visit.page.run(script, &[json!(text)]).map(drop)
}

/// What a button hands to the reader as a file.
fn exported(visit: &Visit<'_>, button: &str) -> Result<String> {
    // The download itself is the browser's; what goes into it is caught on its way.
    visit.page.run(
        "const make = URL.createObjectURL; URL.createObjectURL = (blob) => { window.exported = blob; return make.call(URL, blob); }",
        &[],
    )?;
    visit.page.click(&role("button").named(button))?;
    let read = "const done = arguments[arguments.length - 1]; window.exported.text().then(done)";
    Ok(visit.page.session().run_async(read, &[])?.as_str().unwrap_or_default().to_owned())
}

fn file_brings_everything_to_another_reader(visit: &Visit<'_>) -> Outcome {
    put_on_shelf(visit, KAFKA)?;
    is_stored(visit, KAFKA)?;
    visit.open("/shelf")?;
    visit.page.find(&card("읽을 글", KAFKA))?;
    let json_file = exported(visit, "JSON으로 내보내기")?;
    ensure!(json_file.contains("story-home-shelf") && json_file.contains(KAFKA), "{json_file}");
    let markdown = exported(visit, "Markdown으로 내보내기")?;
    ensure!(markdown.starts_with("# 서재\n\n## 읽을 글\n\n- [Kafka 모니터링](http"), "{markdown}");
    // Another reader: an empty store, and one story of their own.
    visit.page.click(&role("button").named("‘Kafka 모니터링’ 서재에서 빼기"))?;
    forget_everything(visit)?;
    put_on_shelf(visit, DOCKER)?;
    is_stored(visit, DOCKER)?;
    visit.open("/shelf")?;
    visit.page.until_gone(&card("읽을 글", KAFKA))?;
    choose_file(visit, &json_file)?;
    is_told(visit, "1가지를 들여왔어요")?;
    visit.page.find(&card("읽을 글", KAFKA))?;
    visit.page.find(&card("읽을 글", DOCKER))?;
    is_stored(visit, KAFKA)?;
    // A second time brings nothing twice.
    choose_file(visit, &json_file)?;
    is_told(visit, "새로운 것이 없는 파일이에요")
}

/// Deletes the database from outside of the app.
fn forget_everything(visit: &Visit<'_>) -> Outcome {
    let script = "const done = arguments[arguments.length - 1]; const deleting = indexedDB.deleteDatabase('story-home'); deleting.onsuccess = deleting.onerror = () => done(true);";
    visit.page.session().run_async(script, &[])?;
    Ok(())
}

fn strange_files_change_nothing(visit: &Visit<'_>) -> Outcome {
    put_on_shelf(visit, KAFKA)?;
    is_stored(visit, KAFKA)?;
    visit.open("/shelf")?;
    for (text, said) in [
        ("not json", "서재에서 내보낸 파일이 아니에요"),
        (r#"{"kind":"story-home-shelf","version":99,"records":[]}"#, "더 새로운 판이 내보낸 파일이에요"),
        (r#"{"kind":"story-home-shelf","version":1,"records":[{"story":"A/../b"},7]}"#, "2가지는 읽을 수 없어서 건너뛰었어요"),
    ] {
        choose_file(visit, text)?;
        is_told(visit, said)?;
        visit.page.find(&card("읽을 글", KAFKA))?;
    }
    Ok(())
}

fn vanished_story_stays_on_the_shelf(visit: &Visit<'_>) -> Outcome {
    visit.open("/shelf")?;
    visit.page.find(&column("읽을 글"))?;
    let gone = r#"{"kind":"story-home-shelf","version":1,"records":[{"story":"gone","facts":{"at":1,"title":"사라진 이야기","company":""},"column":{"at":1,"is":"done"}}]}"#;
    choose_file(visit, gone)?;
    visit.page.find(&card("다 읽음", "사라진 이야기"))?;
    visit.page.until("words about what is missing", || {
        let said = visit.page.texts(&column("다 읽음"))?.join(" ");
        ensure!(said.contains("지금은 이 서고에 없는 이야기예요"), "{said}");
        Ok(())
    })?;
    ensure!(visit.page.all(&role("link").named("사라진 이야기"))?.is_empty(), "a link leads to a story that is not there");
    Ok(())
}

fn full_storage_is_said_and_loses_nothing_on_the_page(visit: &Visit<'_>) -> Outcome {
    visit.open(&visit.archive.titled(KAFKA)?.path())?;
    is_headed(visit, KAFKA)?;
    let fill = "window.put = IDBObjectStore.prototype.put; IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError'); }";
    visit.page.run(fill, &[])?;
    visit.page.click(&role("button").containing("서재에 담기"))?;
    is_pressed(visit, "읽을 글")?;
    visit.page.click(&role("link").named("서재"))?;
    visit.page.find(&card("읽을 글", KAFKA))?;
    visit.page.until("the notice", || {
        let alerts = visit.page.texts(&role("alert"))?.join(" ");
        ensure!(alerts.contains("저장할 자리가 없어요"), "{alerts:?}");
        Ok(())
    })?;
    // Once there is room again, the next change stores what was left over.
    visit.page.run("IDBObjectStore.prototype.put = window.put", &[])?;
    visit.page.click(&role("button").named("‘Kafka 모니터링’ 오른쪽 칸으로"))?;
    visit.page.until_gone(&role("alert"))?;
    is_stored(visit, "\"is\":\"reading\"")
}

/// Puts a text among the stored records, or opens the database with a version of its own.
fn tamper(visit: &Visit<'_>, version: u32, text: &str) -> Outcome {
    let script = r"
        const [version, text, done] = arguments;
        const opening = indexedDB.open('story-home', version);
        opening.onupgradeneeded = () => opening.result.objectStoreNames.contains('shelf') || opening.result.createObjectStore('shelf');
        opening.onsuccess = () => {
          const writing = opening.result.transaction('shelf', 'readwrite');
          writing.objectStore('shelf').put(text, 'story:damaged');
          writing.oncomplete = () => { opening.result.close(); done(true); };
        };
        opening.onerror = () => done(String(opening.error));
    ";
    let answer = visit.page.session().run_async(script, &[json!(version), json!(text)])?;
    ensure!(answer == true, "{answer}");
    Ok(())
}

fn damaged_and_newer_shelves_break_no_page(visit: &Visit<'_>) -> Outcome {
    put_on_shelf(visit, KAFKA)?;
    is_stored(visit, KAFKA)?;
    let alert_has = |part: &str| -> Outcome {
        visit.page.until("the notice", || {
            let alerts = visit.page.texts(&role("alert"))?.join(" ");
            ensure!(alerts.contains(part), "{alerts:?}");
            Ok(())
        })
    };
    tamper(visit, 1, "{\"story\":")?;
    visit.open("/shelf")?;
    visit.page.find(&card("읽을 글", KAFKA))?;
    alert_has("1가지를 읽을 수 없어요")?;
    ensure!(stored(visit)?.lines().any(|record| record == "{\"story\":"), "the damaged record was thrown away");
    tamper(visit, 99, "")?;
    visit.open("/shelf")?;
    alert_has("더 새로운 판의 서재")?;
    visit.open(&visit.archive.titled(DOCKER)?.path())?;
    visit.page.click(&role("button").containing("서재에 담기"))?;
    is_pressed(visit, "읽을 글")
}
