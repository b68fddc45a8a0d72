//! `story-home new`: a folder to start from, with `site.toml` and one story that shows what a story can hold.

use std::{fs, path::Path, process::ExitCode};

use anyhow::{Context, Result, bail};

use crate::{kit, site};

const SITE: &str = r#"# What this archive is. Every line may be left out.
title = "우리 이야기"
tagline = "우리가 일하며 배운 것"
language = "ko"
# Where it will be published; links to stories below it are checked.
# base_url = "https://stories.example.com"
# How many of the newest stories get a picture for those who share their address.
# share_images = 2000

# Labels of the sections.
[sections]
interview = "인터뷰"
feed = "피드"
news = "뉴스"

# The name to keep, and other names of the same company. `story-home check --fix` renames them.
[company_aliases]
# "와탭랩스" = ["와탭", "WhaTap"]

# The tag to keep, and other spellings of it.
[tag_aliases]
# "DevOps" = ["DevOPS", "데브옵스"]
"#;

const STORY: &str = r#"---
title: "첫 이야기"
section: feed
tags: [시작, 글쓰기]
lang: ko
summary: "이 파일을 고치면 첫 이야기가 됩니다. 제목과 요약, 본문을 바꾸어 보세요."
---

이 폴더의 Markdown 파일 하나가 이야기 하나입니다. 파일 이름이 주소가 되므로 띄어쓰기 대신 붙임표를 씁니다.

## 쓸 수 있는 것

- **굵게**, *기울여*, `코드`, [링크](https://www.rust-lang.org/ko/)
- 목록과 표, 인용, 각주[^1]

```sh
story-home check --stories stories
```

Q. 물음은 이렇게 시작합니다.

A. 답은 이렇게 시작합니다.

<figcaption>그림의 설명은 이렇게 씁니다.</figcaption>

[^1]: 각주는 글 끝에 모입니다.
"#;

/// Makes the folder; fails if it holds anything.
pub(crate) fn run(dir: &Path) -> Result<ExitCode> {
    if fs::read_dir(dir).is_ok_and(|mut entries| entries.next().is_some()) {
        bail!("{} is not empty; name a new folder", dir.display());
    }
    let stories = dir.join("stories");
    fs::create_dir_all(&stories).with_context(|| format!("making the folder {}", stories.display()))?;
    for (path, text) in [(dir.join(site::FILE), SITE), (stories.join("첫-이야기.md"), STORY)] {
        fs::write(&path, text).with_context(|| format!("writing {}", path.display()))?;
    }
    if kit::is_there() {
        println!(
            "{} is ready: edit {} and the stories there; then `story-home build` in it makes the folder to upload",
            dir.display(),
            site::FILE
        );
    } else {
        println!("{} is ready: edit {}, then `story-home check --stories {}`", dir.display(), site::FILE, stories.display());
    }
    Ok(ExitCode::SUCCESS)
}
