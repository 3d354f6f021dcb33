mod damage;
mod hidden;

use super::*;
use crate::document::{Anchor, Block};

/// The blocks of a page, one a line: `P` paragraph, `A` aside, `I` picture, `T` table with `row,column` and, where
/// a cell spans more than one place, `+rows×columns`.
fn shown(source: &str) -> Vec<String> {
    let document = open(source.as_bytes()).unwrap_or_else(|refusal| panic!("{source}: {refusal:?}"));
    let mut lines = Vec::new();
    for block in &document.blocks {
        match block {
            Block::Line(line) => {
                let mark = if line.role == Role::Aside { "A" } else { "P" };
                lines.push(format!("{mark} {}", line.text));
            }
            Block::Picture(picture) => {
                lines.push(format!("I {}{}", picture.caption, if picture.large { " large" } else { "" }));
            }
            Block::Table(grid) => {
                let cells = grid.cells.iter().map(|cell| {
                    let spans = if (cell.row_span, cell.column_span) == (1, 1) {
                        String::new()
                    } else {
                        format!("+{}×{}", cell.row_span, cell.column_span)
                    };
                    format!("{},{}{spans}={}", cell.row, cell.column, cell.text.replace('\n', "/"))
                });
                lines.push(format!("T {}", cells.collect::<Vec<_>>().join(" ")));
            }
        }
    }
    lines
}

fn check(cases: &[(&str, &[&str])]) {
    for (source, expected) in cases {
        assert_eq!(shown(source), *expected, "{source}");
    }
}

#[test]
fn text_is_put_into_paragraphs_by_blocks() {
    check(&[
        ("<p>一</p><p>二</p>", &["P 一", "P 二"]),
        ("<p>一<p>二", &["P 一", "P 二"]),
        ("一<div>二</div>三", &["P 一", "P 二", "P 三"]),
        ("<p>公开<br>报告</p>", &["P 公开", "P 报告"]),
        ("<p>公开<br/><br>&nbsp;<br>报告</p>", &["P 公开", "P 报告"]),
        ("<p><span>1</span><span>2</span><font>件</font></p>", &["P 12件"]),
        ("<p>20<b>2</b>3\n年</p>", &["P 2023 年"]),
        ("<p>政府\n信息</p>", &["P 政府信息"]),
        ("<p>&#25919;&#x5E9C;&nbsp;&lt;条例&gt;&ldquo;a&rdquo;</p>", &["P 政府\u{a0}<条例>“a”"]),
        ("<p>　　一、总体情况&nbsp;</p><p>&nbsp;</p>", &["P 一、总体情况"]),
        ("<span style='display:block'>一</span><span>二</span>", &["P 一", "P 二"]),
        ("<div>一<div style='display:inline'>二</div>三</div>", &["P 一二三"]),
        ("<pre>一\n二</pre>", &["P 一", "P 二"]),
        ("<p>一</p></div></p>二</td>三", &["P 一", "P 二三"]),
        ("<h1>一<h2>二</h1>三", &["P 一", "P 二", "P 三"]),
        ("<p>a<b>b<p>c</b>d", &["P ab", "P cd"]),
        ("<a href=#1>一<p>总体情况</p></a>", &["P 一", "P 总体情况"]),
    ]);
}

#[test]
fn what_is_not_shown_is_not_read() {
    check(&[
        ("<title>标</title><script>'<p>a</p>'</script><style>p{}</style><p>一", &["P 一"]),
        ("<p>一</p><!-- <p>二</p> --><!--[if gte mso 9]><p>三</p><![endif]-->", &["P 一"]),
        ("<p><![if !supportLists]>1.<![endif]>一</p>", &["P 1.一"]),
        ("<p>一<o:p>2024年1月17日</o:p></p>", &["P 一2024年1月17日"]),
        ("<p>一<span style='DISPLAY: none'>二<span>三</span>四</span>五</p>", &["P 一五"]),
        ("<p>一</p><div hidden>二<div>三</div></div><template><p>四</p></template>五", &["P 一", "P 五"]),
        ("<p>一<span style='mso-hide:all'>二</span><del>三</del></p><noscript><p>四</p></noscript>", &["P 一"]),
        ("<p>一</p><select><option>2</select><button>三</button><textarea>四</textarea>", &["P 一", "P 四"]),
        ("<p>一<textarea hidden>二</textarea></p><textarea>&lt;p>三&lt;/p></textarea>", &["P 一"]),
        ("<p>一<svg><title>二</title><text>三</text></svg><svg/>四</p>", &["P 一四"]),
        ("<table><tr><td>规章<td hidden>9<td>0<tr style='display:none'><td>a<td>b</table>", &["T 0,0=规章 0,1=0"]),
        ("<table><tr><td>a<td style='visibility:hidden'>9<td>0</table>", &["T 0,0=a 0,1= 0,2=0"]),
    ]);
}

#[test]
fn numbered_lists_show_their_numbers() {
    check(&[
        ("<ol><li>一</ol>", &["P 一"]),
        ("<ol><li>公开<li><p>申请</p></li></ol>", &["P 1. 公开", "P 2. 申请"]),
        (
            "<ol class='custom_cn list-paddingleft-1'><li><p>总体情况</p></li><li>主动公开</ol>",
            &["P 一、总体情况", "P 二、主动公开"],
        ),
        ("<ol class=custom_cn2 start=3><li>管理<li value=9>平台</ol>", &["P （三）管理", "P （九）平台"]),
        ("<ul><li>公开<ol><li>申请</ol><li>平台</ul>", &["P 公开", "P 1. 申请", "P 平台"]),
        ("<ol style='list-style:none'><li>公开</ol>", &["P 公开"]),
    ]);
}

#[test]
fn cells_lie_on_the_grid_of_the_standard() {
    check(&[
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>", &["T 0,0=a 0,1=b 1,0=c 1,1=d"]),
        ("<table><tr><td>a<td>b<tr><th>c<th>d</table>", &["T 0,0=a 0,1=b 1,0=c 1,1=d"]),
        ("<table><td>a<td>b</table>", &["T 0,0=a 0,1=b"]),
        ("<table><tr><td rowspan=2>a<td>b<td>c<tr><td>d<td>e</table>", &["T 0,0+2×1=a 0,1=b 0,2=c 1,1=d 1,2=e"]),
        ("<table><tr><td colspan=2>a<td>b<tr><td>c<td>d<td>e</table>", &["T 0,0+1×2=a 0,2=b 1,0=c 1,1=d 1,2=e"]),
        ("<table><tr><td rowspan=0>a<td>b<tr><td>c<tr><td>d</table>", &["T 0,0+3×1=a 0,1=b 1,1=c 2,1=d"]),
        ("<table><tr><td rowspan=9>a<td>b</table>", &["T 0,0=a 0,1=b"]),
        (
            "<table><tbody><tr><td rowspan=9>a<td>b</tbody><tbody><tr><td>c<td>d</tbody></table>",
            &["T 0,0=a 0,1=b 1,0=c 1,1=d"],
        ),
        (
            "<table><tfoot><tr><td>f<td>0<tbody><tr><td>b<td>1<thead><tr><td>h<td>2</table>",
            &["T 0,0=h 0,1=2 1,0=b 1,1=1 2,0=f 2,1=0"],
        ),
        // An overlap is cut short.
        (
            "<table><tr><td>a<td rowspan=2>b<td>c<tr><td colspan=3>d<td>e</table>",
            &["T 0,0=a 0,1+2×1=b 0,2=c 1,0=d 1,2=e"],
        ),
        // Ragged rows.
        ("<table><tr><td>a<td>b<td>c<tr><td>d<tr><tr><td>e<td>f</table>", &["T 0,0=a 0,1=b 0,2=c 1,0=d 3,0=e 3,1=f"]),
        ("<table><tr><td colspan=1000>a<td>b<tr><td>c<td>d</table>", &["T 0,0+1×1000=a 0,1000=b 1,0=c 1,1=d"]),
        ("<table><tr><td colspan=4294967296 rowspan=99999999999>a<td>b</table>", &["T 0,0+1×1000=a 0,1000=b"]),
        ("<table><tr><td colspan=1000>a<tr><td>c<td>d</table>", &["T 0,0+1×2=a 1,0=c 1,1=d"]),
        ("<table><tr><td colspan=-1>a<td colspan=0>b<td colspan='2px'>c</table>", &["T 0,0=a 0,1=b 0,2+1×2=c"]),
    ]);
}

#[test]
fn tables_survive_what_word_and_editors_make_of_them() {
    check(&[
        (
            "<table class=MsoNormalTable><tr><td><p class=MsoNormal><span>规</span><span lang=EN-US>\n章</span><o:p></o:p></p></td>\
             <td><p><span>1</span><span>2</span></p></td><td><p>&nbsp;</p></td></tr></table>",
            &["T 0,0=规章 0,1=12 0,2="],
        ),
        ("<table><tr><td><p>商业</p><p>企业</p><td><p></p><p>自然人</p></table>", &["T 0,0=商业/企业 0,1=自然人"]),
        ("<table><tr><td>本年新<br/>制作数量<td>0<br></table>", &["T 0,0=本年新/制作数量 0,1=0"]),
        ("<table><caption>表一</caption><tr><td>a<td>b</table>", &["P 表一", "T 0,0=a 0,1=b"]),
        ("<table>件<tr><td>a</td>数<td>b</table>", &["P 件数", "T 0,0=a 0,1=b"]),
        (
            "<table><tr><td>a<td>b</tr></table></td></tr><table><tr><td>c<td>d</table>",
            &["T 0,0=a 0,1=b", "T 0,0=c 0,1=d"],
        ),
        ("<table><tr><td>a<td>b<table><tr><td>c<td>d</table>", &["P a", "P b", "T 0,0=c 0,1=d"]),
        ("<p>一</p><tr><td>a<td>b</tr><tr><td>c<td>d</tr><p>二</p>", &["P 一", "T 0,0=a 0,1=b 1,0=c 1,1=d", "P 二"]),
        ("<td>1</td><td>2</td>二", &["T 0,0=1 0,1=2", "P 二"]),
        ("<table><tr><td>a</div></p></span><td>b</table>", &["T 0,0=a 0,1=b"]),
        ("<table><tr><td>/<td>—<td>0.00</table>", &["T 0,0=/ 0,1=— 0,2=0.00"]),
        // A table in a cell among figures is text of the cell.
        (
            "<table><tr><td>a<td>b<td>c<tr><td>d<td>e<td><table><tr><td>x<tr><td>y</table></table>",
            &["T 0,0=a 0,1=b 0,2=c 1,0=d 1,1=e 1,2=x/y"],
        ),
        // The head of a table that was cut off it, and a frame around a line.
        ("<table><tr><td colspan=4>第二十条第（一）项</table>", &["T 0,0+1×4=第二十条第（一）项"]),
        ("<table><tr><td>青溪县数据局</table>", &["P 青溪县数据局"]),
    ]);
}

#[test]
fn tables_that_arrange_the_page_are_taken_apart() {
    let figures = "<table><tr><td>规章<td>0<tr><td>文件<td>1</table>";
    let long = "全面落实公开要求，".repeat(30);
    check(&[
        (
            &format!("<table><tr><td>左<td><table><tr><td>{figures}</table></table>"),
            &["P 左", "T 0,0=规章 0,1=0 1,0=文件 1,1=1"],
        ),
        (&format!("<table><tr><td>左<td>{long}</table>"), &["P 左", &format!("P {long}")]),
        (
            &format!("<table><tr><td><p>一、总体情况</p><p>{long}</p>{figures}<p>二</p></table>"),
            &["P 一、总体情况", &format!("P {long}"), "T 0,0=规章 0,1=0 1,0=文件 1,1=1", "P 二"],
        ),
        // A report typed into one table; places go on counting its rows.
        (
            &format!(
                "<table><tr><td colspan=2>一、总体情况<tr><td colspan=2>{long}<tr><td colspan=2>二、主动公开\
                 <tr><td>规章<td>0<tr><td>文件<td>1<tr><td>许可<td>2<tr><td>处罚<td>3</table>"
            ),
            &[
                "P 一、总体情况",
                &format!("P {long}"),
                "P 二、主动公开",
                "T 0,0=规章 0,1=0 1,0=文件 1,1=1 2,0=许可 2,1=2 3,0=处罚 3,1=3",
            ],
        ),
    ]);
}

#[test]
fn places_are_those_of_the_file() {
    let long = "全面落实公开要求，".repeat(30);
    let source = format!(
        "<p>一<br>二</p><table><tr><td colspan=2>{long}<tr><td rowspan=2>a<td>b<tr><td>c<tr><td>d<td>e<tr><td>f<td>g\
         <tr><td>h<td>i</table><p>三</p><img src=a.jpg width=600>"
    );
    let document = open(source.as_bytes()).unwrap();
    let mut places = Vec::new();
    for block in &document.blocks {
        match block {
            Block::Line(line) => places.push(format!("{}: {:?}", line.number, line.anchor)),
            Block::Table(grid) => {
                places.extend(grid.cells.iter().take(3).map(|cell| format!("{}: {:?}", grid.number, cell.place)));
            }
            Block::Picture(picture) => places.push(format!("{}: {:?}", picture.number, picture.place)),
        }
    }
    let cell = |row, cell| format!("4: {:?}", Place::Cell { table: 1, row, cell });
    let line = |number: u32, paragraph| format!("{number}: {:?}", Anchor::Paragraph(paragraph));
    assert_eq!(
        places,
        [
            line(1, 1),
            line(2, 1),
            line(3, 2),
            cell(2, 1),
            cell(2, 2),
            cell(3, 2),
            line(9, 3),
            format!("10: {:?}", Place::Paragraph(3)),
        ]
    );
}

#[test]
fn a_text_with_tables_keeps_its_lines() {
    let table = format!("<table>{}</table>", "<tr><td>规章</td><td>0</td></tr>".repeat(10));
    let source = format!("# 年度报告\n\n一、总体情况\n我局主动公开\n\n{table}\n六、其他\n无");
    let lines = shown(&source);
    assert_eq!(lines[..3], ["P # 年度报告", "P 一、总体情况", "P 我局主动公开"]);
    assert_eq!(lines[4..], ["P 六、其他", "P 无"]);
}

const PROSE: &str = "2024年，我局认真贯彻落实《中华人民共和国政府信息公开条例》，主动公开政府信息128条。";

#[test]
fn what_is_the_sites_is_set_aside() {
    let title = "青溪县数据局2024年政府信息公开工作年度报告";
    let source = format!(
        "<title>{title}-青溪县</title><body>
        <div class=header><ul><li><a href=/>首页</a><li><a href=/1>政务公开</a><li><a href=/2>互动交流</a></ul></div>
        <div class=wz>当前位置：<a href=/>首页</a> &gt; <a href=/1>政务公开</a></div>
        <div class=box><h1>{title}</h1><div class=info>发布时间：2025-01-15 来源：青溪县数据局</div>
        <div id=zoom><p>一、总体情况</p><p>{PROSE}</p><p>如有疑问，请联系。</p><p>联系电话：0100-1234567</p>
        <p>六、其他需要报告的事项</p><p>无。</p><p>{PROSE}</p>
        <p style='text-align:right'>青溪县数据局</p><p>2025年1月15日</p><p><a href=a.pdf>附件：报告.pdf</a></p></div>
        <p>分享到：</p><p>上一篇：<a href=b>青溪县财政局2024年年度报告</a></p></div>
        <div class=links><h3>相关链接</h3><a href=c>青溪县财政局</a></div>
        <div class=footer><p>主办：青溪县人民政府</p><p>电话：0100-7654321</p><p>青ICP备12345678号</p></div>"
    );
    assert_eq!(
        shown(&source),
        [
            "A 首页",
            "A 政务公开",
            "A 互动交流",
            "A 当前位置：首页 > 政务公开",
            &format!("P {title}"),
            "A 发布时间：2025-01-15 来源：青溪县数据局",
            "P 一、总体情况",
            &format!("P {PROSE}"),
            "P 如有疑问，请联系。",
            "P 联系电话：0100-1234567",
            "P 六、其他需要报告的事项",
            "P 无。",
            &format!("P {PROSE}"),
            "P 青溪县数据局",
            "P 2025年1月15日",
            "A 附件：报告.pdf",
            "A 分享到：",
            "A 上一篇：青溪县财政局2024年年度报告",
            "A 相关链接",
            "A 青溪县财政局",
            "A 主办：青溪县人民政府",
            "A 电话：0100-7654321",
            "A 青ICP备12345678号",
        ]
    );
}

#[test]
fn nothing_of_the_report_is_set_aside() {
    // Misleading names, links and places.
    let sources = [
        format!("<div class=header><p>一、总体情况</p><p>{PROSE}</p><p>无</p></div>"),
        format!("<footer><p>一、总体情况</p><p>{PROSE}</p><p>无</p></footer>"),
        format!("<nav><p>一、总体情况</p><p>{PROSE}</p><p>无</p></nav>"),
        format!("<a href=x><p>一、总体情况</p><p>{PROSE}</p><p>无</p></a>"),
        format!("<a href=x>一、总体情况<br>{PROSE}<br>无</a>"),
        format!("<div>一、总体情况</div><div>{PROSE}</div><div>无</div>"),
        format!("<div><h2><a href=#1>一、总体情况</a></h2></div><div><div>{PROSE}</div><p>无</p></div>"),
        format!("<p>一、总体情况</p><p>{PROSE}</p><p>无"),
    ];
    for source in sources {
        assert_eq!(shown(&source), ["P 一、总体情况", &format!("P {PROSE}"), "P 无"], "{source}");
    }
}

#[test]
fn a_title_is_found() {
    let title = "青溪县数据局2024年政府信息公开工作年度报告";
    let cases = [
        // In the page: not repeated.
        (format!("<title>{title}</title><p>{title}</p>{PROSE}"), 1),
        (format!("<title>{title}</title><div>青溪县数据局<br>2024年政府信息公开工作年度报告</div>{PROSE}"), 0),
        // Nowhere else: the head of the page gives it, without the name of the site.
        (format!("<title>{title}_年报-青溪县人民政府</title><p>{PROSE}"), 1),
        (format!("<meta name=ArticleTitle content='{title}'><title>青溪县人民政府</title><p>{PROSE}"), 1),
        (format!("<title>青溪县人民政府</title><p>{PROSE}"), 0),
        // Only on the way to the page.
        (format!("<title>{title}</title><div>当前位置：<a href=/>首页</a> &gt; {title}</div><p>{PROSE}"), 1),
    ];
    for (source, count) in cases {
        let lines = shown(&source);
        let found = lines.iter().filter(|line| **line == format!("P {title}")).count();
        assert_eq!(found, count, "{source}\n{lines:?}");
    }
}

#[test]
fn pictures_are_named_with_their_size() {
    let cases: [(&str, &[&str]); 11] = [
        ("<p><img src=1.jpg alt=表二 width=600 height=400></p>", &["I 表二 large"]),
        ("<p><img src=1.jpg style='width: 640px'></p>", &["I  large"]),
        ("<p><img src=1.jpg></p>", &["I  large"]),
        ("<p><img src=icon_pdf.gif></p>", &[]),
        ("<p><img src=1.jpg width=20 height=20></p>", &[]),
        ("<p><img src=1.jpg alt=公章 width=120></p>", &["I 公章"]),
        ("<p><img src=1.jpg width=100%></p>", &["I  large"]),
        ("<p><img src='data:image/png;base64,iVBORw0KGgo='></p>", &["I  large"]),
        ("<p><iframe src='/pdfjs/viewer.html?file=/a/2024.pdf'>x</iframe></p>", &["I viewer.html large"]),
        ("<embed src='/a/2024.pdf' title=年报>", &["I 年报 large"]),
        ("<iframe src=/share.html></iframe>", &[]),
    ];
    for (source, expected) in cases {
        let lines = shown(&format!("<p>{PROSE}</p>{source}"));
        assert_eq!(lines[1..], *expected, "{source}");
    }
    let outside = shown(&format!("<div><a href=/><img src=top.jpg></a></div><div><p>一</p><p>{PROSE}</p></div>"));
    assert_eq!(outside, ["P 一", &format!("P {PROSE}")]);
    let cell = shown("<table><tr><td>公章<td><img src=1.jpg alt=章 width=300></table>");
    assert_eq!(cell, ["T 0,0=公章 0,1=", "I 章 large"]);
    assert!(open(b"<html><body><img src=1.jpg width=800></body></html>").is_ok());
}

#[test]
fn a_page_is_decoded_by_what_it_is_not_by_what_it_says() {
    use encoding_rs::{GB18030, UTF_8};
    let page = |charset: &str| format!("<html><meta charset={charset}><p>青溪县数据局政府信息公开</p>");
    let short = |charset: &str| format!("<html><meta charset={charset}><p>青溪县</p>");
    let cases = [
        (page("utf-8"), UTF_8, Encoding::Utf8),
        (page("gb2312"), UTF_8, Encoding::Utf8),
        (page("gb2312"), GB18030, Encoding::Gb18030),
        (page("utf-8"), GB18030, Encoding::Gb18030),
        (page("iso-8859-1"), GB18030, Encoding::Gb18030),
        (short("gbk"), GB18030, Encoding::Gb18030),
    ];
    for (source, encoding, expected) in cases {
        let document = open(&encoding.encode(&source).0).unwrap();
        assert_eq!(document.encoding, Some(expected), "{source}");
        let Some(Block::Line(line)) = document.blocks.first() else { panic!("{source}") };
        assert!(line.text.starts_with("青溪县"), "{source}: {}", line.text);
    }
}
