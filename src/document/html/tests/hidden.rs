//! What the style sheets of a page hide, and what a form shows.

use super::{check, shown};

#[test]
fn style_sheets_of_the_page_hide_strike_and_raise() {
    check(&[
        ("<style>.old{display:none}</style><div class='old'>旧<p>年</p></div><p>一</p>", &["P 一"]),
        ("<div class='old'>旧</div><p>一</p><style>.old{display:none}</style>", &["P 一"]),
        ("<style>.old{display:none}</style><div class='old' style='display:block'>旧</div>", &["P 旧"]),
        ("<style>#x span{visibility:hidden}</style><p id=x>一<span>二</span></p><p><span>三</span>", &["P 一", "P 三"]),
        ("<style media=print>p{display:none}</style><p>一", &["P 一"]),
        ("<style>@media print{p{display:none}}</style><p>一", &["P 一"]),
        (
            "<style>.d{text-decoration:line-through}.u{vertical-align:super}</style><p>1<i class=d>2</i>3<b class=u>4</b>",
            &["P 13⁴"],
        ),
        (
            "<style>.h{display:none}</style><table><tr><td>规章<td class=h>9<td>0<tr class=h><td>a<td>b</table>",
            &["T 0,0=规章 0,1=0"],
        ),
        ("<style>li{display:inline}p.a{display:none}</style><p class=b>一</p><ul><li>二</ul>", &["P 一", "P 二"]),
    ]);
}

#[test]
fn selectors_ask_where_an_element_lies() {
    let table = |style: &str, row: &str| format!("<style>{style}</style><table><tr>{row}<tr><td>乙<td>1</table>");
    let rows = [
        ("td>.h{display:none}", "<td>甲<td><i class=h>7</i>0", "0"),
        // It lies in the bold text, and in no cell directly.
        ("td>.h{display:none}", "<td>甲<td><b><i class=h>7</i></b>0", "70"),
        ("td>.h{display:none}", "<td>甲<td><b></b><i class=h>7</i>0", "0"),
        ("b .h{display:none}", "<td>甲<td><b>1<i class=h>7</i></b>0", "10"),
        ("i i{display:none}", "<td>甲<td><i>1<i>7</i></i>0", "10"),
        ("table>tbody>tr>td>i{display:none}", "<td>甲<td>1<i>7</i>", "1"),
        ("body>table>tr i{display:none}", "<td>甲<td>1<i>7</i>", "17"),
        // A cell that is not closed holds no other.
        ("td td{display:none}", "<td>甲<td>1", "1"),
        ("td:first-child i{display:none}", "<td>甲<td><i>7</i>", "7"),
        ("td:nth-child(2) i{display:none}", "<td>甲<td>1<i>7</i>", "1"),
        ("td+td i{display:none}", "<td>甲<td>1<i>7</i>", "1"),
        (".h{font-size:0}", "<td>甲<td><i class=h>7<u>8</u></i>0", "0"),
        (".h{font-size:0pt}u{font-size:12px}", "<td>甲<td><i class=h>7<u>8</u></i>0", "80"),
        // Nobody can say if these figures are shown.
        ("i:last-child{display:none}", "<td>甲<td><i>7</i>0", "7\u{fffd}0"),
        ("i:hover{display:none}", "<td>甲<td><i>7</i>0", "70"),
    ];
    for (style, row, expected) in rows {
        let expected = format!("T 0,0=甲 0,1={expected} 1,0=乙 1,1=1");
        assert_eq!(shown(&table(style, row)), [expected], "{style} {row}");
    }
    check(&[
        (
            "<style>.tabs>.pane{display:none}.tabs>.on{display:block}</style><div class=tabs><div class='pane'>旧</div>\
             <div class='pane on'>新</div></div><div class=pane>三</div>",
            &["P 新", "P 三"],
        ),
        (
            "<div style='visibility:hidden'>一<p>二</p><p style='visibility:visible'>三<b>四</b></p>五</div>六",
            &["P 三四", "P 六"],
        ),
        ("<table><tr style='visibility:collapse'><td>9<td>9<tr><td>规章<td>0</table>", &["T 0,0=规章 0,1=0"]),
        ("<div style='visibility:hidden'><table><tr><td>规章<td>0</table></div><p>一", &["P 一"]),
        ("<div style='font-size:0'><p style='font-size:14px'>一</p><p style='font-size:2em'>二</p></div>", &["P 一"]),
    ]);
}

#[test]
fn what_only_a_hidden_block_holds_is_read() {
    let table = "<table><tr><td>第二十条第（一）项<td>1<tr><td>规章<td>0</table>";
    let note = "A [网页中隐藏的内容也已读入：别处没有这些部分]";
    let grid = "T 0,0=第二十条第（一）项 0,1=1 1,0=规章 1,1=0";
    let page = |shown: &str, hidden: &str| {
        format!("<style>.pane{{display:none}}</style><p>总体情况</p>{shown}<div class=pane>{hidden}</div>")
    };
    let cases = [
        (page("", table), vec!["P 总体情况", grid, note]),
        (page("", &format!("<div style='display:none'>{table}</div>")), vec!["P 总体情况", grid, note]),
        (page(table, table), vec!["P 总体情况", grid]),
        (page(table, "其他需要报告的事项"), vec!["P 总体情况", grid, "P 其他需要报告的事项", note]),
        (page(table, &format!("{table}其他需要报告的事项")), vec!["P 总体情况", grid]),
        (page(table, "关闭"), vec!["P 总体情况", grid]),
        (page("", "<p>二<span style='display:none'>三</span>总体情况</p>"), vec!["P 总体情况"]),
    ];
    for (source, expected) in cases {
        assert_eq!(shown(&source), expected, "{source}");
    }
}

#[test]
fn fields_of_a_form_show_what_was_chosen() {
    let row = |field: &str| format!("<table><tr><td>规章<td>{field}<td>0</table>");
    let cases = [
        ("<select><option>7<option selected>12<option>9</select>", "12"),
        ("<select><option>7</option><option>12</option></select>", "7"),
        ("<select><option>请选择<option>12</select>", ""),
        ("<select style='display:none'><option>7</select>", ""),
        ("<select></select>", ""),
        ("<textarea rows=1>\n12</textarea>", "12"),
    ];
    for (field, expected) in cases {
        assert_eq!(shown(&row(field)), [format!("T 0,0=规章 0,1={expected} 0,2=0")], "{field}");
    }
}
