//! 서재, 한국어.

use search::{Josa, josa};

use super::ShelfCopy;
use crate::shelf::model::{Color, Column};

fn column(column: Column) -> &'static str {
    match column {
        Column::ToRead => "읽을 글",
        Column::Reading => "읽는 중",
        Column::Done => "다 읽음",
    }
}

fn color(color: Color) -> &'static str {
    match color {
        Color::Yellow => "노랑",
        Color::Green => "초록",
        Color::Blue => "파랑",
        Color::Pink => "분홍",
    }
}

pub(super) const COPY: ShelfCopy = ShelfCopy {
    shelf: "서재",
    pages: "서재 안",
    board: "책장",
    intro: "계정 없이 이 기기에만 남는 자리예요. 이야기에서 ‘서재에 담기’를 누르면 여기에 모여요.",
    opening: "서재를 여는 중이에요",
    column,
    column_empty: |column| match column {
        Column::ToRead => "나중에 읽을 이야기를 담아 보세요.",
        Column::Reading => "담아 둔 이야기를 읽기 시작하면 여기로 옮겨져요.",
        Column::Done => "다 읽은 이야기를 모아 두는 칸이에요.",
    },
    put: "서재에 담기",
    on_shelf: "서재의 칸",
    put_into: |title, to| format!("‘{title}’{} ‘{}’ 칸에 두었어요", josa(title, Josa::EulReul), column(to)),
    taken_off: |title| format!("‘{title}’{} 서재에서 뺐어요", josa(title, Josa::EulReul)),
    take_off: "빼기",
    take_off_name: |title| format!("‘{title}’ 서재에서 빼기"),
    handle: |title| format!("‘{title}’ 옮기기"),
    handle_help: "끌어서 옮기거나, 옮기기 단추에서 왼쪽·오른쪽 화살표를 누르세요.",
    to_left: |title| format!("‘{title}’ 왼쪽 칸으로"),
    to_right: |title| format!("‘{title}’ 오른쪽 칸으로"),
    vanished: "지금은 이 서고에 없는 이야기예요",
    percent: |percent| format!("{percent}% 읽음"),
    to_continue: "이어 읽기",
    history: "읽은 기록",
    history_empty: "아직 읽은 이야기가 없어요. 본문의 10분의 1을 넘겨 읽으면 남아요.",
    forget: "지우기",
    forget_name: |title| format!("‘{title}’ 읽은 기록 지우기"),
    forgotten: |title| format!("‘{title}’ 읽은 기록을 지웠어요"),
    clear_history: "기록 모두 지우기",
    cleared_history: "읽은 기록과 읽던 자리를 모두 지웠어요",
    undo: "되돌리기",
    undone: "되돌렸어요",
    close: "닫기",
    keeping: "보관",
    keeping_where: "서재는 이 브라우저에만 있고 어디에도 보내지 않아요. 그래서 브라우저 자료를 지우거나 기기를 바꾸면 함께 사라져요. 오래 둘 것은 파일로 내보내 두세요.",
    keeping_promised: "자리가 모자라도 먼저 지우지 않겠다고 브라우저가 약속했어요.",
    keeping_unpromised: "기기에 자리가 모자라거나 오래 들르지 않으면 브라우저가 스스로 지울 수도 있어요.",
    export_json: "JSON으로 내보내기",
    export_markdown: "Markdown으로 내보내기",
    import: "파일 들여오기",
    imported: |n_new, n_damaged| {
        let read =
            if n_new == 0 { "새로운 것이 없는 파일이에요".to_owned() } else { format!("{n_new}가지를 들여왔어요") };
        if n_damaged == 0 { read } else { format!("{read}. {n_damaged}가지는 읽을 수 없어서 건너뛰었어요") }
    },
    import_not_ours: "서재에서 내보낸 파일이 아니에요. 바뀐 것은 없어요.",
    import_newer: "더 새로운 판이 내보낸 파일이에요. 페이지를 새로 고친 뒤 다시 해 보세요.",
    import_unreadable: "파일을 읽지 못했어요.",
    blocked: "이 브라우저가 저장을 막고 있어요. 지금 담는 것은 이 창을 닫으면 사라져요. 남기려면 파일로 내보내세요.",
    full: "저장할 자리가 없어요. 마지막 변경은 이 창을 닫으면 사라져요. 파일로 내보내 두세요.",
    newer: "더 새로운 판의 서재가 이 브라우저에 있어요. 페이지를 새로 고쳐 주세요. 그때까지 담는 것은 남지 않아요.",
    damaged: |n| format!("보관된 것 가운데 {n}가지를 읽을 수 없어요. 지우지 않고 그대로 두었어요."),
    notes: "메모",
    n_notes: |n| if n == 0 { "메모가 없어요".to_owned() } else { format!("메모 {n}개") },
    notes_empty: "이야기를 읽다가 글을 골라 칠하거나 메모를 남기면 여기에 모여요.",
    notes_search: "메모에서 찾기",
    notes_none: |words| format!("‘{words}’{} 든 메모가 없어요", josa(words, Josa::IGa)),
    story_notes: "이 이야기의 메모",
    passage_bar: "고른 글",
    colors: "색",
    color,
    highlighted: |of| {
        let name = color(of);
        format!("{name}{} 칠했어요", josa(name, Josa::EuroRo))
    },
    write_note: "메모 쓰기",
    edit_note: "메모 고치기",
    note_field: "메모",
    save: "저장",
    cancel: "취소",
    note_saved: "메모를 남겼어요",
    copy_link: "링크 복사",
    link_copied: "이 글로 오는 링크를 복사했어요",
    copy_quote: "인용 복사",
    quote_copied: "제목과 함께 인용을 복사했어요",
    copy_failed: "복사하지 못했어요. 브라우저가 막고 있어요",
    remove_note: "지우기",
    note_removed: "메모를 지웠어요",
    go_to: "본문에서 보기",
    not_found: "본문에서 찾지 못했어요",
    passage_gone: "링크가 가리키는 글을 본문에서 찾지 못했어요",
};
