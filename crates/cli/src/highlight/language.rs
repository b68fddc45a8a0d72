//! What the lexer knows of each language: a row of a table.

/// How the text of a language is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// Words, calls and operators.
    Code,
    /// Commands with their words.
    Shell,
    /// A key and its value on each line.
    Keys,
    /// Texts that are keys before a colon.
    Json,
    /// Tags around text.
    Markup,
    /// Selectors with properties in braces.
    Style,
    /// Lines that came and went.
    Diff,
}

/// A language.
pub(super) struct Language {
    /// Names that authors give it, lower case, divided by spaces.
    names: &'static str,
    pub(super) shape: Shape,
    /// What begins a remark that ends with its line, divided by spaces.
    pub(super) line_comments: &'static str,
    /// What a remark over several lines begins and ends with.
    pub(super) block_comment: Option<(&'static str, &'static str)>,
    /// Signs around texts. A `'` in the list stands around one letter only where `is_char` says so.
    pub(super) quotes: &'static str,
    /// `'` is around one letter: 'a' is a letter, `'a` alone a lifetime.
    pub(super) is_char: bool,
    /// Words of the language, divided by spaces; see `any_case`.
    pub(super) keywords: &'static str,
    /// Case does not matter in keywords.
    pub(super) any_case: bool,
}

/// Constants of all languages: none of them is an ordinary name anywhere.
pub(super) const CONSTANTS: &str = "true false null nil None True False undefined NaN NULL yes no on off";

const PLAIN: Language = Language {
    names: "",
    shape: Shape::Code,
    line_comments: "//",
    block_comment: Some(("/*", "*/")),
    quotes: "\"'",
    is_char: false,
    keywords: "",
    any_case: false,
};

const LANGUAGES: [Language; 22] = [
    Language {
        names: "js javascript jsx mjs ts typescript tsx node",
        quotes: "\"'`",
        keywords: "abstract as async await break case catch class const continue debugger declare default delete do else enum export extends finally \
            for from function get if implements import in instanceof interface let namespace new of private protected public readonly return set \
            static super switch this throw try type typeof var void while with yield",
        ..PLAIN
    },
    Language {
        names: "py python python3",
        line_comments: "#",
        block_comment: None,
        keywords: "and as assert async await break class continue def del elif else except finally for from global if import in is lambda match \
            nonlocal not or pass raise return self try while with yield",
        ..PLAIN
    },
    Language {
        names: "rb ruby",
        line_comments: "#",
        block_comment: None,
        keywords: "and begin break case class def do else elsif end ensure for if in module next not or redo rescue retry return self super then \
            unless until when while yield require attr_accessor attr_reader",
        ..PLAIN
    },
    Language {
        names: "rs rust",
        is_char: true,
        keywords: "as async await break const continue crate dyn else enum extern fn for if impl in let loop match mod move mut pub ref return self \
            Self static struct super trait type unsafe use where while",
        ..PLAIN
    },
    Language {
        names: "go golang",
        quotes: "\"'`",
        keywords: "break case chan const continue default defer else fallthrough for func go goto if import interface map package range return \
            select struct switch type var",
        ..PLAIN
    },
    Language {
        names: "java kt kotlin scala groovy gradle dart",
        keywords: "abstract as assert break by case catch class companion const continue data def default do else enum extends final finally for \
            fun if implements import in instanceof interface internal is lateinit lazy match new object open override package private protected \
            public return sealed static super suspend switch synchronized this throw throws trait transient try val var void volatile when \
            while with yield int long double float boolean char byte short",
        ..PLAIN
    },
    Language {
        names: "c h cpp c++ cc cxx hpp objc objective-c arduino",
        keywords: "alignas auto bool break case catch char class const constexpr continue default delete do double else enum explicit extern float \
            for friend goto if inline int long mutable namespace new noexcept operator override private protected public register return \
            short signed sizeof static struct switch template this throw try typedef typename union unsigned using virtual void volatile while",
        ..PLAIN
    },
    Language {
        names: "cs csharp c# fs",
        keywords: "abstract as async await base bool break byte case catch char class const continue decimal default delegate do double else enum \
            event explicit extern finally fixed float for foreach get if implicit in int interface internal is lock long namespace new \
            object operator out override params private protected public readonly ref return sbyte sealed set short sizeof static string \
            struct switch this throw try typeof uint ulong unsafe using var virtual void volatile where while yield",
        ..PLAIN
    },
    Language {
        names: "swift",
        keywords: "as associatedtype async await break case catch class continue default defer deinit do else enum extension fallthrough fileprivate \
            for func guard if import in init inout internal is let mutating open operator override private protocol public repeat rethrows \
            return self Self static struct subscript super switch throw throws try typealias var weak where while",
        ..PLAIN
    },
    Language {
        names: "php",
        line_comments: "// #",
        keywords: "abstract and array as break case catch class const continue declare default do echo else elseif empty extends final finally fn \
            for foreach function global if implements include instanceof interface isset list match namespace new or private protected \
            public readonly require return static switch this throw trait try unset use var while yield",
        ..PLAIN
    },
    Language {
        names: "sql mysql postgres postgresql plsql sqlite",
        line_comments: "-- #",
        keywords: "add all alter and as asc begin between by case column commit constraint create cross default delete desc distinct drop else end \
            exists foreign from full group having if in index inner insert into is join key left like limit not null offset on or order outer \
            over partition primary references returning right rollback select set table then union unique update using values view when \
            where with int integer bigint varchar text timestamp boolean",
        any_case: true,
        ..PLAIN
    },
    Language {
        names: "sh bash zsh shell console shell-session terminal",
        shape: Shape::Shell,
        line_comments: "#",
        block_comment: None,
        keywords: "if then else elif fi for in do done while until case esac function return export local",
        ..PLAIN
    },
    Language {
        names: "dockerfile docker",
        line_comments: "#",
        block_comment: None,
        keywords: "FROM RUN CMD LABEL EXPOSE ENV ADD COPY ENTRYPOINT VOLUME USER WORKDIR ARG ONBUILD STOPSIGNAL HEALTHCHECK SHELL AS",
        ..PLAIN
    },
    Language {
        names: "lua",
        line_comments: "--",
        block_comment: None,
        keywords: "and break do else elseif end for function if in local not or repeat return then until while",
        ..PLAIN
    },
    Language {
        names: "r",
        line_comments: "#",
        block_comment: None,
        keywords: "break else for function if in library next repeat return while",
        ..PLAIN
    },
    Language { names: "yaml yml", shape: Shape::Keys, line_comments: "#", block_comment: None, ..PLAIN },
    Language {
        names: "ini toml conf cfg properties env dotenv editorconfig",
        shape: Shape::Keys,
        line_comments: "# ;",
        block_comment: None,
        ..PLAIN
    },
    Language {
        names: "nginx hcl terraform tf",
        shape: Shape::Code,
        line_comments: "#",
        block_comment: None,
        keywords: "server location upstream http events proxy_pass listen resource variable provider module output data",
        ..PLAIN
    },
    Language { names: "json jsonc json5", shape: Shape::Json, quotes: "\"", ..PLAIN },
    Language {
        names: "html xml svg vue xhtml plist",
        shape: Shape::Markup,
        line_comments: "",
        block_comment: Some(("<!--", "-->")),
        ..PLAIN
    },
    Language { names: "css scss less sass", shape: Shape::Style, line_comments: "", ..PLAIN },
    Language { names: "diff patch", shape: Shape::Diff, line_comments: "", block_comment: None, quotes: "", ..PLAIN },
];

/// The language of this name; `None` for one that is not in the table, and for plain text.
pub(super) fn find(name: &str) -> Option<&'static Language> {
    let name = name.to_ascii_lowercase();
    LANGUAGES.iter().find(|language| language.names.split_ascii_whitespace().any(|known| known == name))
}

impl Language {
    /// Whether a word is one of the language's own.
    pub(super) fn is_keyword(&self, word: &str) -> bool {
        self.keywords.split_ascii_whitespace().any(|known| known == word || self.any_case && known.eq_ignore_ascii_case(word))
    }
}

/// Whether a word is a constant of some language.
pub(super) fn is_constant(word: &str) -> bool {
    CONSTANTS.split_ascii_whitespace().any(|known| known == word)
}
