//! Web pages, as sites and word processors write them.

use super::content::{Cell, Content, Piece, Sheet};
use super::xml::escape;
use crate::generate::encode::Encoding;
use crate::generate::rng::Rng;

/// How a page is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Manner {
    /// As a careful person writes it.
    Clean,
    /// "Web page, filtered" of Word: nested spans, digits set apart, a row without height at the end.
    Word,
    /// Pasted from WPS into the editor of a site.
    Wps,
    /// Capital letters, attributes without quotes, end tags left out.
    Loose,
    /// Each table cut into several.
    Cut,
    /// Parts two to four with all their tables in the rows of one table.
    Joined,
    /// Everything inside tables that only lay out the page.
    Layout,
    /// Navigation, metadata, share bar and footer around the report.
    Site,
}

pub(crate) fn render(content: &Content, manner: Manner, rng: &mut Rng) -> String {
    let body = match manner {
        Manner::Joined => joined(content),
        _ => content.pieces.iter().map(|piece| block(piece, manner, rng)).collect(),
    };
    let title = content.title();
    match manner {
        Manner::Clean | Manner::Cut | Manner::Joined => page(&title, "", &body),
        Manner::Wps => page(&title, "", &format!("<div class=\"view TRS_UEDITOR trs_paper_default\">{body}</div>")),
        Manner::Word => {
            page(&title, WORD_HEAD, &format!("<div class=WordSection1 style='layout-grid:15.6pt'>{body}</div>"))
        }
        Manner::Loose => format!("<HTML><HEAD><META charset=utf-8><TITLE>{title}</TITLE><BODY>\n{body}"),
        Manner::Layout => page(&title, "", &laid_out(&body)),
        Manner::Site => page(&title, SITE_HEAD, &site(&title, &body)),
    }
}

/// The page in another encoding, which it declares.
pub(crate) fn encode(page: &str, encoding: Encoding) -> Vec<u8> {
    let charset = if encoding == Encoding::Gb18030 { "gb2312" } else { "utf-16" };
    encoding.encode(&page.replacen("charset=\"utf-8\"", &format!("charset=\"{charset}\""), 1))
}

fn page(title: &str, head: &str, body: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n<title>{}</title>\n{head}</head>\n<body>\n{body}\n</body>\n</html>\n",
        escape(title)
    )
}

fn block(piece: &Piece, manner: Manner, rng: &mut Rng) -> String {
    match (piece, manner) {
        (Piece::Table(sheet), Manner::Cut) => cut(sheet, rng),
        (Piece::Table(sheet), Manner::Word) => word_table(sheet, rng),
        (Piece::Table(sheet), Manner::Wps) => wps_table(sheet),
        (Piece::Table(sheet), Manner::Loose) => loose_table(sheet),
        (Piece::Table(sheet), _) => table(sheet),
        (Piece::Title(text), Manner::Word) => word_paragraph(text, " align=center", rng),
        (Piece::Heading(text) | Piece::Paragraph(text), Manner::Word) => word_paragraph(text, "", rng),
        (Piece::Title(text), Manner::Wps) => format!(
            "<p style=\";text-align:center;line-height:40px\"><strong><span style=\"font-size: 29px;font-family: 方正小标宋简体\">{}</span></strong></p>\n",
            escape(text)
        ),
        (Piece::Heading(text) | Piece::Paragraph(text), Manner::Wps) => wps_paragraph(text, rng),
        (Piece::Title(text), Manner::Loose) => format!("<P align=center><FONT size=5>{}</FONT>\n", escape(text)),
        (Piece::Heading(text), Manner::Loose) => format!("<P><B>{}</B>\n", escape(text)),
        (Piece::Paragraph(text), Manner::Loose) => format!("<P>　　{}\n", escape(text)),
        (Piece::Title(text), _) => format!("<h1>{}</h1>\n", escape(text)),
        (Piece::Heading(text), _) => format!("<h2>{}</h2>\n", escape(text)),
        (Piece::Paragraph(text), _) => format!("<p>{}</p>\n", escape(text)),
    }
}

fn spans(cell: &Cell) -> String {
    let mut spans = String::new();
    if cell.row_span > 1 {
        spans.push_str(&format!(" rowspan=\"{}\"", cell.row_span));
    }
    if cell.column_span > 1 {
        spans.push_str(&format!(" colspan=\"{}\"", cell.column_span));
    }
    spans
}

fn rows(sheet: &Sheet) -> String {
    let row = |row| {
        let cells = sheet.row(row).map(|cell| format!("<td{}>{}</td>", spans(cell), escape(&cell.text)));
        format!("<tr>{}</tr>\n", cells.collect::<String>())
    };
    (0..sheet.rows).map(row).collect()
}

fn table(sheet: &Sheet) -> String {
    format!("<table border=\"1\">\n<tbody>\n{}</tbody>\n</table>\n", rows(sheet))
}

/// The blocks of table two, and table three where a page ended, as tables of their own.
fn cut(sheet: &Sheet, rng: &mut Rng) -> String {
    let mut cuts: Vec<usize> = match sheet.part {
        2 => (1..sheet.rows).filter(|&row| sheet.covering(row, 0).column_span == sheet.columns).collect(),
        3 => [8, 14, 20].map(|row| (row + rng.below(4)).min(sheet.rows - 1)).to_vec(),
        _ => Vec::new(),
    };
    cuts.insert(0, 0);
    cuts.push(sheet.rows);
    cuts.windows(2).map(|ends| table(&sheet.cut(ends[0], ends[1]))).collect()
}

/// Parts two to four as rows of one table.
fn joined(content: &Content) -> String {
    let last = content.pieces.iter().rposition(|piece| matches!(piece, Piece::Table(_))).unwrap();
    let first = content.pieces.iter().position(|piece| matches!(piece, Piece::Table(_))).unwrap();
    let whole = |text: &str| format!("<tr><td colspan=\"15\">{}</td></tr>\n", escape(text));
    let mut html = String::new();
    for (index, piece) in content.pieces.iter().enumerate() {
        if index == first {
            html.push_str("<table border=\"1\">\n");
        }
        match piece {
            Piece::Table(sheet) => html.push_str(&rows(sheet)),
            Piece::Heading(text) | Piece::Paragraph(text) if (first..last).contains(&index) => {
                html.push_str(&whole(text));
            }
            _ => html.push_str(&block(piece, Manner::Clean, &mut Rng::new(0))),
        }
        if index == last {
            html.push_str("</table>\n");
        }
    }
    html
}

fn loose_table(sheet: &Sheet) -> String {
    let row = |row| {
        let cells = sheet.row(row).map(|cell| {
            let text = if cell.text.is_empty() { "&nbsp;".to_owned() } else { escape(&cell.text) };
            format!("<TD{}>{text}\n", spans(cell).replace('"', ""))
        });
        format!("<TR>\n{}", cells.collect::<String>())
    };
    format!("<TABLE border=1>\n{}</TABLE>\n", (0..sheet.rows).map(row).collect::<String>())
}

const WORD_HEAD: &str = "<meta name=Generator content=\"Microsoft Word 15 (filtered)\">\n<!--[if gte mso 9]><xml>\n <w:WordDocument>\n  <w:View>Print</w:View>\n </w:WordDocument>\n</xml><![endif]-->\n<style>\n<!--\n /* Font Definitions */\n @font-face\n\t{font-family:仿宋_GB2312;}\n p.MsoNormal\n\t{margin:0cm;text-align:justify;}\n-->\n</style>\n";

/// The text in spans: digits and the rest apart, and now and then a break between two digits.
fn word_runs(text: &str, rng: &mut Rng) -> String {
    let mut runs: Vec<String> = Vec::new();
    let mut last = None;
    for c in text.chars() {
        let latin = c.is_ascii();
        if last != Some(latin) || (c.is_ascii_digit() && rng.chance(20)) {
            runs.push(String::new());
        }
        last = Some(latin);
        runs.last_mut().unwrap().push(c);
    }
    let run = |run: &String| {
        let language = if run.is_ascii() { " lang=EN-US" } else { "" };
        format!(
            "<span{language}\nstyle='font-size:12.0pt;font-family:仿宋_GB2312;mso-bidi-font-family:宋体'>{}</span>",
            escape(run)
        )
    };
    runs.iter().map(run).collect()
}

fn word_paragraph(text: &str, align: &str, rng: &mut Rng) -> String {
    format!(
        "<p class=MsoNormal{align} style='text-indent:32.0pt;mso-char-indent-count:2.0'>{}<span\nlang=EN-US><o:p></o:p></span></p>\n\n",
        word_runs(text, rng)
    )
}

fn word_table(sheet: &Sheet, rng: &mut Rng) -> String {
    let mut html = String::from(
        "<table class=MsoNormalTable border=0 cellspacing=0 cellpadding=0 width=649\n style='width:486.8pt;border-collapse:collapse;mso-padding-alt:0cm 0cm 0cm 0cm'>\n",
    );
    for row in 0..sheet.rows {
        html.push_str(&format!(" <tr style='mso-yfti-irow:{row};height:20.4pt'>\n"));
        for cell in sheet.row(row) {
            let inside = if cell.text.is_empty() {
                "<span\n  lang=EN-US style='font-size:10.5pt'><o:p>&nbsp;</o:p></span>".to_owned()
            } else {
                word_runs(&cell.text, rng)
            };
            html.push_str(&format!(
                "  <td width=72{} style='width:54.0pt;border:solid windowtext 1.0pt;mso-border-alt:solid windowtext .5pt;\n  padding:0cm 5.4pt 0cm 5.4pt;height:20.4pt'>\n  <p class=MsoNormal align=center style='text-align:center;mso-pagination:widow-orphan'>{inside}</p>\n  </td>\n",
                spans(cell).replace('"', "")
            ));
        }
        html.push_str(" </tr>\n");
    }
    let widths = " <td width=72 style='border:none'></td>\n".repeat(sheet.columns);
    html.push_str(&format!(
        " <![if !supportMisalignedColumns]>\n <tr height=0>\n {widths} </tr>\n <![endif]>\n</table>\n\n<p class=MsoNormal><span lang=EN-US><o:p>&nbsp;</o:p></span></p>\n\n"
    ));
    html
}

fn wps_paragraph(text: &str, rng: &mut Rng) -> String {
    let indent = if rng.chance(50) { "&nbsp;&nbsp;&nbsp;&nbsp;" } else { "　　" };
    format!(
        "<p style=\";text-indent:43px;line-height:37px\">{indent}<span style=\";font-family:仿宋_GB2312;font-size:21px\"><span style=\"font-family:仿宋_GB2312\">{}</span></span></p>\n<p style=\";line-height:37px\"><br/></p>\n",
        escape(text)
    )
}

fn wps_table(sheet: &Sheet) -> String {
    let mut html = String::from("<table border=\"0\" cellspacing=\"0\" style=\"border-collapse:collapse\">\n<tbody>\n");
    for row in 0..sheet.rows {
        let first = if row == 0 { " class=\"firstRow\"" } else { "" };
        html.push_str(&format!("<tr style=\";height:20px\"{first}>\n"));
        for cell in sheet.row(row) {
            let text = if cell.text.is_empty() { "&nbsp;".to_owned() } else { escape(&cell.text) };
            html.push_str(&format!(
                "<td width=\"72\" valign=\"center\"{} style=\"padding: 0px 7px; border: 1px solid windowtext; word-break: break-all;\"><p style=\"text-align:center;vertical-align:middle\"><span style=\"font-family: 宋体;font-size: 14px\"><span style=\"font-family:宋体\">{text}</span></span></p></td>\n",
                spans(cell)
            ));
        }
        html.push_str("</tr>\n");
    }
    html.push_str(
        "</tbody>\n</table>\n<p style=\";text-align:center\"><span style=\";font-size:14px\">&nbsp;</span></p>\n",
    );
    html
}

fn laid_out(body: &str) -> String {
    format!(
        "<table width=\"1000\" cellpadding=\"0\" cellspacing=\"0\"><tr><td colspan=\"2\"><table><tr><td>首页</td><td>政务公开</td><td>办事服务</td><td>互动交流</td></tr></table></td></tr>\n<tr><td width=\"200\"><ul><li>信息公开指南</li><li>信息公开制度</li><li>信息公开年报</li></ul></td><td width=\"800\"><table width=\"100%\"><tr><td class=\"bt_content\">\n{body}</td></tr></table></td></tr></table>"
    )
}

const SITE_HEAD: &str = "<meta name=\"SiteName\" content=\"政府门户网站\">\n<script>var year = '1999'; document.write('<table><tr><td>3</td></tr></table>');</script>\n<style>.nav td { width: 3px }</style>\n";

fn site(title: &str, body: &str) -> String {
    let title = escape(title);
    format!(
        "<div class=\"header\"><ul class=\"nav\"><li><a href=\"/\">首页</a></li><li><a href=\"/zwgk/\">政务公开</a></li><li><a href=\"/bsfw/\">政务服务</a></li><li><a href=\"/hd/\">互动交流</a></li></ul></div>\n\
<div class=\"crumb\">当前位置：<a href=\"/\">首页</a> &gt; <a href=\"/zwgk/\">政务公开</a> &gt; <a href=\"/nb/\">政府信息公开年报</a></div>\n\
<table class=\"meta\"><tr><td>索引号：</td><td>A0100-2000-0017</td><td>主题分类：</td><td>政务公开</td></tr><tr><td>名称：</td><td colspan=\"3\">{title}</td></tr><tr><td>文号：</td><td>无</td><td>公开方式：</td><td>主动公开</td></tr></table>\n\
<div class=\"tools\">浏览次数：<span id=\"hits\">128</span> 字号：[<a>大</a> <a>中</a> <a>小</a>] <a>打印</a></div>\n\
<div class=\"article\" id=\"zoom\">\n{body}</div>\n\
<div class=\"share\">分享到：<a>微信</a><a>微博</a></div>\n<div class=\"qr\"><img src=\"qr.png\" width=\"100\" height=\"100\" alt=\"二维码\"><p>扫一扫在手机打开当前页</p></div>\n\
<ul><li>上一篇：没有了</li><li>下一篇：政府网站工作年度报表</li></ul>\n\
<div class=\"footer\"><p>主办：县人民政府办公室　承办：县大数据中心</p><p>网站标识码：0000000001　某ICP备00000001号</p><a>网站地图</a> | <a>联系我们</a></div>"
    )
}
