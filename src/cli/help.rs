//! The help texts in Chinese. In English they stand beside the options they explain.

use clap::{Arg, ArgAction, Command};

use crate::text::Lang;

/// Names of options and what they mean.
type Texts = &'static [(&'static str, &'static str)];

/// The commands, with what they do and their options.
const COMMANDS: [(&str, &str, Texts); 8] = [
    (
        "watch",
        "看板：审核目录里已有的年度报告，并随时审核新到和改动的文件",
        &[
            ("dir", "报告送达的目录"),
            ("poll", "不依赖系统通知，每隔一段时间查看一次，如 2s"),
            ("select", "只用这些规则：代码或类别，用逗号分开（REQ,DIS001）"),
            ("ignore", "不用这些规则：代码或类别，用逗号分开"),
            ("year", "本次报送的报告年度"),
            ("roster", "报送单位名单 [默认：目录中的 roster.csv 或 roster.xlsx]"),
            ("previous", "上年的报告，用来对比：目录或文件"),
            STATE,
            ("read_only", "只看：不作决定，也不写台账"),
        ],
    ),
    (
        "check",
        "审核文件和目录，列出问题后结束",
        &[
            ("paths", "文件和目录；- 表示从标准输入读一份报告"),
            (
                "format",
                "输出形式。报告之间、与名单、与上年相比时，全部审完才输出；不比较时（如 --select REQ），ndjson 审完一份输出一份",
            ),
            ("output", "写入文件，不写到标准输出"),
            ("fail_on", "有这一级及以上的问题时，退出状态为 1"),
            ("select", "只用这些规则：代码或类别，用逗号分开（REQ,DIS001）"),
            ("ignore", "不用这些规则：代码或类别，用逗号分开"),
            ("year", "本次报送的报告年度"),
            ("roster", "报送单位名单 [默认：所查目录中的 roster.csv 或 roster.xlsx]"),
            ("previous", "上年的报告，用来对比：目录或文件"),
            ("state", "看板的台账，其中的归属和退回在这里也有效，只读不写 [默认：配置中指明的]"),
            ("baseline", "只报告 FILE 中的基线没有的问题"),
            ("write_baseline", "把这次的问题写入 FILE 作为基线，并予以接受"),
            ("jobs", "同时审核的份数 [默认：处理器个数]"),
            ("schema", "只输出 --format json 的 JSON Schema"),
        ],
    ),
    (
        "show",
        "显示从一个文件读出的内容：标题、各部分、每个单元格、文中数字",
        &[
            ("file", "文件；- 表示标准输入"),
            ("format", "输出形式"),
            ("output", "写入文件，不写到标准输出"),
            ("schema", "只输出 --format json 的 JSON Schema"),
        ],
    ),
    ("rules", "规则目录；给出代码时显示该规则的说明", &[("code", "规则代码，如 REQ003")]),
    ("ledger", "收件目录的台账：核验、导出、清理、备份", &[]),
    ("roster", "报送单位名单：列出草稿", &[]),
    ("completions", "输出命令补全脚本", &[("shell", "命令行外壳")]),
    ("man", "输出手册页", &[]),
];

/// What `ledger` does, likewise.
const LEDGER: [(&str, &str, Texts); 4] = [
    ("verify", "核验台账是否完好、决定有无改动", &[DIR, STATE]),
    ("export", "以 JSON 行输出台账，不含审核结果", &[DIR, STATE, ("output", "写入文件，不写到标准输出")]),
    ("prune", "清除某日以前已被取代或移走的内容；决定一律保留", &[DIR, STATE, ("before", "日期，如 2026-01-31")]),
    ("backup", "备份台账，使用中也可以", &[DIR, STATE, ("file", "备份文件；原有的备份会被替换")]),
];

const DIR: (&str, &str) = ("dir", "报告送达的目录");
const STATE: (&str, &str) = ("state", "台账文件 [默认：用户状态目录中该目录的台账]");

/// The commands below `roster`.
const ROSTER: [(&str, &str, Texts); 1] = [(
    "init",
    "从目录中的报告列出一份名单草稿",
    &[("dir", "报告所在的目录"), ("output", "写入文件，不写到标准输出；已有的文件不覆盖"), ("force", "覆盖已有的文件")],
)];

/// The options that every command understands.
const COMMON: [(&str, &str); 6] = [
    ("lang", "界面语言 [默认：取自 LC_ALL、LC_MESSAGES、LANG]"),
    ("color", "何时使用颜色"),
    ("config", "配置文件 [默认：所给目录或其上级目录中的 nianshen.toml]"),
    ("verbose", "在标准错误输出日志；写两次更详细"),
    ("log", "把日志写入文件"),
    ("quiet", "只输出问题，不输出合格的文件和汇总"),
];

/// `command` with its help in `lang`. Nothing may have been built yet.
pub(super) fn localised(mut command: Command, lang: Lang) -> Command {
    if lang == Lang::En {
        return command;
    }
    command = command
        .about("年审：审核政府信息公开工作年度报告")
        .help_template("{about-with-newline}\n用法：{usage}\n\n命令：\n{subcommands}\n\n选项：\n{options}")
        .disable_version_flag(true)
        .arg(flag("version", 'V', ArgAction::Version, "显示版本"));
    for (id, text) in COMMON {
        command = command.mut_arg(id, |argument| argument.help(text));
    }
    for (name, about, options) in COMMANDS {
        command = command.mut_subcommand(name, |sub| subcommand(sub, about, options));
    }
    command = command.mut_subcommand("ledger", |mut ledger| {
        for (name, about, options) in LEDGER {
            ledger = ledger.mut_subcommand(name, |sub| subcommand(sub, about, options));
        }
        ledger
    });
    command = command.mut_subcommand("roster", |mut roster| {
        for (name, about, options) in ROSTER {
            roster = roster.mut_subcommand(name, |sub| subcommand(sub, about, options));
        }
        roster
    });
    with_help(command)
}

fn subcommand(mut command: Command, about: &'static str, options: Texts) -> Command {
    for &(id, text) in options {
        command = command.mut_arg(id, |argument| argument.help(text));
    }
    let commands = if command.has_subcommands() { "命令：\n{subcommands}\n\n" } else { "" };
    let has_positionals = command.get_positionals().next().is_some();
    let positionals = if has_positionals { "参数：\n{positionals}\n\n" } else { "" };
    let template = format!("{{about-with-newline}}\n用法：{{usage}}\n\n{commands}{positionals}选项：\n{{options}}");
    with_help(command.about(about).help_template(template))
}

fn with_help(command: Command) -> Command {
    command.disable_help_flag(true).arg(flag("help", 'h', ArgAction::Help, "显示帮助"))
}

fn flag(name: &'static str, short: char, action: ArgAction, help: &'static str) -> Arg {
    Arg::new(name).short(short).long(name).action(action).help(help).display_order(999)
}
