//! The words in which sites speak: buttons, the way to a page, notes above an article, the foot of a page.

use std::sync::LazyLock;

use crate::text::pattern::Regex;

/// A line of the site has fewer characters, except the foot of the page.
const SHORT: usize = 100;

fn compile(pattern: &str) -> Regex {
    #[expect(clippy::unwrap_used, reason = "the patterns are fixed; tests use each of them")]
    Regex::new(pattern).unwrap()
}

/// The way to a page.
static WAY: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"^(?:您?(?:现在|当前|目前|所在|的)*位置(?:是)?\s*[:：]|(?:网站)?(?:首页|主页)\s*(?:>|＞|»|›|→|/|\\|-|—|·|\||&gt;))",
    )
});

/// What a site writes at its foot, and nobody else anywhere.
static FOOT: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"(?x)[A-Za-z\p{Han}]?ICP\s*[备证]\s*(?:案\s*)?(?:字\s*)?(?:第\s*)?\d{5,} | 公网安备\s*(?:案\s*)?(?:第\s*)?\d{8,}
        | ^建议(?:您)?(?:使用|用).{0,60}(?:浏览器|分辨率|浏览) | (?:政府)?网站标识(?:码|编码)\s*[:：]?\s*\w{6,} | ^\s*(?:版权所有|(?i:copyright)\b|©) | (?i:all\s+rights\s+reserved)",
    )
});

/// What a foot says about itself.
static IMPRINT: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"(?x)^(?:(?:本站|网站|本网站)?(?:主\s*办|承\s*办|协\s*办|运\s*维|维\s*护|技术支持|版权|管理)(?:单位|机构|方|所有)?\s*[:：]
        | 您是第.*(?:位|访问) | (?:网站|站点)地图$ | 关于我们$ | 联系我们$
        | (?:隐私|免责|网站|版权)(?:声明|保护)$ | 无障碍(?:浏览|阅读)?$ | 长者(?:模式|版|助手)$ | 适老(?:化|版).{0,4}$)",
    )
});

/// Words of buttons and counters; what is left of a line without them says whether it is more.
static BUTTONS: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"(?x)(?:用|打开|通过|请|或)*(?:微信|手机|浏览器)?\s*[“「]?扫(?:一扫|码|描)(?:二维码)?[”」]?.{0,20}(?:打开|查看|浏览|阅读|分享|关注|页面|二维码)? | 二维码
        | 在?手机(?:上)?(?:打开|查看|浏览|阅读|版)(?:当前页)? | 打印(?:本页|此页|文章|正文|内容)? | 关闭(?:窗口|本页|页面|此页)? | 返回(?:顶部|列表|首页|上一页|上页)?
        | (?:一键)?分享(?:到|至)? | (?:新浪|腾讯)?微博 | 微信(?:好友|朋友圈)? | 朋友圈 | QQ(?:空间|好友)? | 百度(?:贴吧|云收藏) | 人人网 | 豆瓣 | 更多
        | (?:加入)?收藏(?:本页|本站)? | 设为首页 | (?:我要)?纠错 | 复制(?:链接|网址)? | 保存(?:本页)? | 下载 | (?:语音)?(?:朗读|播报|播放) | 视力保护色 | 护眼
        | 字\s*[体号]\s*(?:大小)? | 文字大小 | 默认 | 超大 | 特大 | 大 | 中 | 小 | 标准 | 顶部 | 首页 | 尾页 | 末页 | 上一页 | 下一页 | 繁\s*[体體] | 简\s*体 | English
        | (?:浏览|点击|阅读|访问|查看|点赞)(?:次\s*数|量|率|数)? | 人气 | 加载中 | 展开 | 收起 | 搜索 | 登录 | 注册 | 退出 | 智能问答",
    )
});

/// Labels of the notes between the title of an article and its text.
static NOTE: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"^[\[【〔（(]?\s*(?:(?:发布|发文|公开|更新|发稿|录入|添加|公布)\s*(?:时间|日期|于)|日期|时间|(?:信息|文章|稿件|内容|新闻)?\s*(?:来\s*源|出处)|责任编辑|责\s*编|编辑|审核|审签|校对|录入|作\s*者|供稿|撰稿|浏览(?:次数|量)?|点击(?:数|量|次数|率)?|阅读(?:次数|量|数)?|访问(?:次数|量|人数)?|字\s*[体号](?:大小)?|分享(?:到|至)?|打印|信息索引|关键词|主题词)\s*[:：]",
    )
});

/// Labels that say so only outside an article.
static OUTER_NOTE: LazyLock<Regex> = LazyLock::new(|| {
    compile(r"^(?:标题|单位|来源|索引号|采集时间|发布机构|发文机关|文号|名称|主题分类|公开方式|有效性)\s*[:：]")
});

/// Ways to other articles.
static NEIGHBOUR: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"^[<《〈【\[]?\s*(?:(?:上|下|前|后)一?[篇条个](?:文章|信息|新闻)?[】\]]?(?:\s*[:：>》→]|$|\s+)|(?:相关|推荐|热点|热门|最新|友情|附件)(?:链接|文章|信息|新闻|阅读|附件|文件|稿件|解读|政策|推荐|下载|列表|内容)+\s*[:：]?$)",
    )
});

/// The title of a report.
static TITLE: LazyLock<Regex> =
    LazyLock::new(|| compile(r"(?:年度?报告?|工作报告|信息公开.*报告|年报)\s*(?:[（(【].{1,12}[）)】])?\s*$"));

/// A heading with its number.
static NUMBERED: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"^(?:[（(]?[一二三四五六七八九十]{1,3}[）)]?[、.．，,：:\s]|[（(][一二三四五六七八九十\d]{1,3}[）)]|第[一二三四五六七八九十]+部分)",
    )
});

/// A date, and nothing else.
static DATE: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"^[（(]?\s*(?:\d{4}|[二〇○零一三四五六七八九]{4})\s*年\s*[\d一二三四五六七八九十]{1,3}\s*月(?:\s*[\d一二三四五六七八九十]{1,3}\s*日)?\s*[）)]?$",
    )
});

/// Names of attached files.
static ATTACHED: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"(?i)^(?:附\s*件|附\s*表)\s*\d*\s*(?:[:：.、]|$)|\.(?:pdf|docx?|wps|xlsx?|et|ofd|zip|rar|7z|rtf|txt|jpe?g|png)\s*(?:[（(][^）)]*[）)])?$",
    )
});

/// Whether a line is the site speaking, wherever it stands.
pub(super) fn is_of_site(text: &str) -> bool {
    let length = text.chars().take(3 * SHORT).count();
    if length == 3 * SHORT {
        return false;
    }
    if FOOT.is_match(text) {
        let is_advice = length < SHORT && text.starts_with("建议");
        return is_advice || !text.trim_end().ends_with('。');
    }
    if length > SHORT || text.contains('。') {
        return false;
    }
    WAY.is_match(text) || IMPRINT.is_match(text) || NOTE.is_match(text) || NEIGHBOUR.is_match(text) || is_buttons(text)
}

/// Whether a line outside the article is a note about it.
pub(super) fn is_note_of_page(text: &str) -> bool {
    text.chars().count() <= 2 * SHORT && OUTER_NOTE.is_match(text)
}

/// Whether a line is made of buttons and counters.
fn is_buttons(text: &str) -> bool {
    if !text.contains(|c: char| c.is_alphabetic()) {
        return false;
    }
    let rest = BUTTONS.replace_all(text, "");
    !rest.contains(|c: char| c.is_alphabetic() && !matches!(c, '次' | '人' | '到' | 'A'))
}

/// Whether a line is the title of a report.
pub(super) fn is_title(text: &str) -> bool {
    text.chars().count() <= 80 && TITLE.is_match(text) && !NOTE.is_match(text) && !OUTER_NOTE.is_match(text)
}

/// Whether a line begins as a numbered heading does.
pub(super) fn is_numbered(text: &str) -> bool {
    NUMBERED.is_match(text)
}

/// Whether a line is a date.
pub(super) fn is_date(text: &str) -> bool {
    DATE.is_match(text)
}

/// Whether a line names an attached file.
pub(super) fn is_attachment(text: &str) -> bool {
    ATTACHED.is_match(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_the_site() {
        let site = [
            "当前位置：首页 > 政务公开 > 年度报告",
            "您现在的位置: 网站首页",
            "首页 > 信息公开 > 法定主动公开内容",
            "首页 » 年报",
            "字体：大 中 小",
            "【字体：大 中 小】 【打印】 【关闭】",
            "分享到：",
            "分享到： 微信 新浪微博 QQ空间",
            "扫一扫在手机打开当前页",
            "用微信“扫一扫”，分享至朋友圈",
            "浏览次数：1203次",
            "来源：青溪县数据局 发布时间：2025-01-15 09:30 浏览量：36",
            "[ 来源：青溪县数据局 ]",
            "发布日期：2025-01-15",
            "作者：办公室",
            "责任编辑：管理员",
            "上一篇：青溪县财政局2024年政府信息公开工作年度报告",
            "下一篇：没有了",
            "下一条",
            "相关链接",
            "相关文章：",
            "友情链接",
            "附件下载：",
            "主办：青溪县人民政府 承办：青溪县人民政府办公室",
            "主办单位：青溪县人民政府办公室 电话：0100-1234567",
            "青ICP备12345678号-1",
            "青公网安备 11010102000001号 网站标识码：1101010001",
            "版权所有：青溪县人民政府",
            "Copyright © 2024 青溪县",
            "网站地图",
            "联系我们",
            "打印本页",
            "关闭窗口",
            "返回顶部",
            "建议使用1024×768分辨率浏览",
            "建议使用IE9.0以上浏览器浏览本网站。",
            "A- A+ 打印",
        ];
        for text in site {
            assert!(is_of_site(text), "{text}");
        }
        let report = [
            "一、总体情况",
            "青溪县数据局",
            "2025年1月15日",
            "无",
            "0",
            "联系电话：0100-1234567",
            "地址：青溪县人民路1号，邮编：100000",
            "（单位：万元）",
            "大力推进政务公开",
            "中小企业服务平台建设",
            "网站首页设置政府信息公开专栏",
            "主办单位组织培训2次",
            "完成网站无障碍改造",
            "下载次数统计情况另行公布",
            "发布政策解读12篇",
            "来信来访12件",
            "本年度未收取信息处理费。",
            "在网站显著位置公布ICP备案号。",
            "相关附件已公开",
            "附件",
        ];
        for text in report {
            assert!(!is_of_site(text), "{text}");
        }
    }

    #[test]
    fn titles_numbers_dates_and_files() {
        for text in ["青溪县数据局2024年政府信息公开工作年度报告", "2024年政府信息公开年报", "年度报告（2024年）"]
        {
            assert!(is_title(text), "{text}");
        }
        for text in ["标题：青溪县2024年年度报告", "政府信息公开指南", "青溪县数据局"] {
            assert!(!is_title(text), "{text}");
        }
        for text in ["一、总体情况", "（一）主动公开", "(三) 平台", "十一.其他", "（1）"] {
            assert!(is_numbered(text), "{text}");
        }
        assert!(!is_numbered("一是加强学习"));
        for text in ["2025年1月15日", "二〇二五年一月十五日", "2025 年 1 月"] {
            assert!(is_date(text), "{text}");
        }
        assert!(!is_date("2025年1月15日印发"));
        for text in ["附件：统计表.xlsx", "附件1", "2024年报.pdf（1.2MB）", "附 件:"] {
            assert!(is_attachment(text), "{text}");
        }
        assert!(!is_attachment("附件已公开"));
    }
}
