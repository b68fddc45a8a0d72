//! Relevance over the bundled stories: query → the story that must lead, over all rungs. A row fails when another story leads; think about
//! the mechanism before you change a row.

use std::path::Path;

use search::{Document, Index, IndexConfig, IndexWriter, SearchOptions, parse_query};

/// (typed, a part of the leading story's slug)
const ROWS: &[(&str, &str)] = &[
    // exact words, titles
    ("카프카 모니터링", "kafka-모니터링"),
    ("kafka", "kafka-모니터링"),
    ("docker the cloud", "docker-the-cloud"),
    ("docker the clou", "docker-the-cloud"),
    ("DOCKER", "docker-the-cloud"),
    ("docker", "docker-the-cloud"),
    ("EOS Smart Contract 배포", "eos-smart-contract"),
    ("코드리뷰", "코드리뷰"),
    ("칸반 5개월 사용 후기", "칸반-kanban"),
    ("스타트업 CTO의 일", "스타트업-cto의-일"),
    ("8퍼센트 CTO 회고", "8퍼센트-cto"),
    ("리디북스 서버 스택", "리디북스-서버-스택"),
    ("공용 계정 OTP", "공용-계정용-otp"),
    ("flake8", "flake8"),
    ("Python APM", "whatap-python-apm"),
    ("우리는 비정상인걸까?", "우리는-비정상"),
    ("한국에서 SaaS 서비스 하기", "한국에서-saas"),
    ("iframe", "iframe"),
    ("K-평균 군집화", "k-평균"),
    ("커뮤니케이션 잘하는 개발자", "good-developer-2"),
    ("프론트엔드 기술 스택", "채널-데스크"),
    ("자바스크립트 주인공", "자바스크립트-웹페이지"),
    ("KT 人사이드", "kt-채용"),
    ("스켈티인터뷰", "스켈티인터뷰"),
    ("개발자에게 성공이란", "소프트웨어-개발자에게"),
    ("DevOps 팀", "devops-팀을"),
    ("디자이너의 독학일기", "독학일기"),
    // particles and endings that the story does not have
    ("칸반에서는", "칸반-kanban"),
    ("군집화로부터", "k-평균"),
    ("플러그인이라도", "iframe"),
    ("코드리뷰까지", "코드리뷰"),
    ("독학일기에게", "독학일기"),
    ("프론트엔드와", "채널-데스크"),
    ("리디북스부터", "리디북스"),
    ("스켈터랩스에서는", "스켈티인터뷰"),
    // beginnings, half-typed
    ("칸ㅂ", "칸반-kanban"),
    ("스켈티인", "스켈티인터뷰"),
    ("독학일ㄱ", "독학일기"),
    ("군집ㅎ", "k-평균"),
    ("카프ㅋ", "kafka-모니터링"),
    ("플러그", "iframe"),
    ("코드리븋", "코드리뷰"),
    // the other script
    ("카프카", "kafka-모니터링"),
    ("도커", "docker-the-cloud"),
    ("kanban", "칸반-kanban"),
    ("데브옵스", "devops-팀을"),
    ("자바스크립트", "자바스크립트-웹페이지"),
    // written together or apart
    ("코드 리뷰", "코드리뷰"),
    ("기술스택 프론트엔드", "채널-데스크"),
    ("독학 일기", "독학일기"),
    ("공용계정", "공용-계정용-otp"),
    ("서버스택", "리디북스-서버-스택"),
    ("웹플러그인", "iframe"),
    ("스마트컨트랙트", "eos-smart-contract"),
    // initial consonants
    ("ㅋㅍㅋ", "kafka-모니터링"),
    ("ㄷㅎㅇㄱ", "독학일기"),
    ("ㅋㄷㄹㅂ", "코드리뷰"),
    ("ㄱㅈㅎ", "k-평균"),
    ("ㅅㅋㅌㅇㅌㅂ", "스켈티인터뷰"),
    // the other keyboard layout
    ("zksqks", "칸반-kanban"),
    ("ehrgkrdlfrl", "독학일기"),
    ("ㅏㅁ람", "kafka-모니터링"),
    ("애찯ㄱ", "docker-the-cloud"),
    ("zhemflqb", "코드리뷰"),
    ("rnswlqghk", "k-평균"),
    // slips
    ("독핵일기", "독학일기"),
    ("코드리부", "코드리뷰"),
    ("모니트링 kafka", "kafka-모니터링"),
    ("스켈티인뷰터", "스켈티인터뷰"),
    ("프러그인", "iframe"),
    ("스켈인터뷰", "스켈티인터뷰"),
    // operators
    ("tag:칸반 OR tag:코드리뷰", "코드리뷰"),
    ("\"CTO의 일\"", "스타트업-cto의-일"),
    ("CTO -회고", "스타트업-cto의-일"),
    ("company:토스랩 리뷰", "코드리뷰"),
    ("series:스켈티인터뷰", "스켈티인터뷰"),
];

struct Story {
    slug: String,
    title: String,
    company: Option<String>,
    series: Option<String>,
    tags: Vec<String>,
    body: String,
}

/// Front matter and body, no more of Markdown than a search sees.
fn read(path: &Path) -> Story {
    let text = std::fs::read_to_string(path).unwrap();
    let (front, body) = text.strip_prefix("---\n").unwrap().split_once("\n---\n").unwrap();
    let field = |name: &str| {
        front.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": ")).map(|value| value.trim_matches('"').to_owned())
    };
    let tags = field("tags").unwrap_or_default();
    let series = field("series").and_then(|value| Some(value.split_once("name: \"")?.1.split_once('"')?.0.to_owned()));
    Story {
        slug: path.file_stem().unwrap().to_str().unwrap().to_owned(),
        title: field("title").unwrap(),
        company: field("company"),
        series,
        tags: tags.trim_matches(['[', ']']).split(", ").filter(|tag| !tag.is_empty()).map(str::to_owned).collect(),
        body: body.to_owned(),
    }
}

#[test]
fn the_right_story_leads() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../stories");
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "md"))
        .collect();
    paths.sort();
    let stories: Vec<Story> = paths.iter().map(|path| read(path)).collect();
    let mut writer = IndexWriter::new(IndexConfig::default());
    for story in &stories {
        let tags: Vec<&str> = story.tags.iter().map(String::as_str).collect();
        let headings: Vec<&str> = story.body.lines().filter(|line| line.starts_with("## ")).collect();
        let (title, body) = (story.title.as_str(), story.body.as_str());
        let (company, series) = (story.company.as_deref(), story.series.as_deref());
        writer.add(&Document {
            title,
            tags: &tags,
            headings: &headings,
            body,
            company,
            series,
            section: "feed",
            views: None,
            ..Document::default()
        });
    }
    let index = Index::open(writer.finish()).unwrap();
    let mut wrong = Vec::new();
    for (typed, expected) in ROWS {
        let results = index.search(&parse_query(typed).0, &SearchOptions::default());
        let leads = results.hits.first().map_or("nothing", |hit| stories[hit.doc as usize].slug.as_str());
        if !leads.contains(expected) {
            wrong.push(format!("{typed}: {leads} leads, not {expected} ({:?})", results.terms));
        }
    }
    assert!(wrong.is_empty(), "{} of {} rows:\n{}", wrong.len(), ROWS.len(), wrong.join("\n"));
}
