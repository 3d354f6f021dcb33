//! Sentences that tell of another year, and those that may name one.

use crate::rules::testing::{codes_of, report};

#[test]
fn sentences_of_another_year() {
    for text in [
        "2023年，我局主动公开政府信息45条。",
        "2023年，我局通过政府网站主动公开政府信息45条。",
        "2023年，我局按照工作计划和要点公开预算、决算信息12条。",
        "2023年度，我局未收到政府信息公开申请。",
        "截至2023年12月31日，我局共公开政府信息45条。",
        "我局高度重视公开工作，2022年共发布信息12条。",
        "本机关2023年未收取信息处理费。",
        "青溪县数据局2023年没有收到政府信息公开申请。",
        "2023年，我局认真贯彻落实《条例》，扎实推进政府信息公开工作。",
        "2023年，在县委、县政府的领导下，我局严格落实政府信息公开各项要求。",
        "2023年，青溪县数据局加强网站建设，规范栏目设置。",
        "2023年，认真贯彻落实《中华人民共和国政府信息公开条例》。",
        "2023年，我局公开信息45条，印发文件3件。",
        "2023年，我局严格落实三审制度，做好保密审查。",
        "2023年，开展培训2次。",
        "2023年度无责任追究情况。",
        "2023年度没有其他需要报告的事项。",
        "2025年12月，我局公开信息45条。",
    ] {
        assert_eq!(codes_of("PER", &report().saying(1, text)), ["PER003"], "{text}");
    }
    for text in [
        "2024年，我局主动公开政府信息45条。",
        "2023年公开信息45条，2024年公开信息50条。",
        "与2023年相比，我局公开信息增加12条。",
        "根据2019年修订的条例，我局制定制度3项。",
        "按时公开2025年部门预算和2023年部门决算12个。",
        "落实《2023年政务公开工作要点》，公开信息12条。",
        "深入学习贯彻党的二十大精神。",
        "2023年结转的申请2件，已经办结。",
        "2022年，我局成立政务公开领导小组，制定制度3项。",
        "2022年，县政府常务会议审议通过公开办法，我局公开配套文件3件。",
        "2023年政务公开工作要点的任务12项已经完成，我局公开信息3条。",
        "2023年收到的申请1件，已于年内办结。",
        "2021年起，我局每季度公开信息12条。",
        "2022年，我局被列为基层政务公开试点，规范公开目录。",
        "2025年1月，我局公开年度报告1份。",
        "2025年，我局将公开信息300条。",
        "按时编制并公布了2023年政府信息公开工作年度报告1份。",
        "2023年，全县加强水利建设。",
    ] {
        assert_eq!(codes_of("PER", &report().saying(1, text)), [""; 0], "{text}");
    }
}

#[test]
fn one_year_beside_another_is_a_comparison() {
    for (texts, broken) in [
        (["2023年，我局收到申请15件；", "2024年收到12件。"], false),
        (["2023年，我局收到申请15件。", "2024年收到12件。"], false),
        (["2024年收到申请12件；", "2023年，我局收到申请15件。"], false),
        (["2023年，我局收到申请15件。", "2024年公开信息12条。"], true),
    ] {
        let sample = texts.iter().fold(report(), |sample, text| sample.saying(1, text));
        assert_eq!(codes_of("PER", &sample) == ["PER003"], broken, "{texts:?}");
    }
}

#[test]
fn the_name_of_the_report_in_the_preamble() {
    for (part, text, broken) in [
        (0, "现公布青溪县数据局2023年政府信息公开工作年度报告。", true),
        (0, "现发布《青溪县数据局2023年政府信息公开工作年度报告》。", true),
        (0, "现公布本局2023年政府信息公开工作年度报告。", true),
        (0, "根据规定，编制青溪县数据局2023年度政府信息公开工作年度报告。", true),
        (1, "现将我局2023年政府信息公开工作情况报告如下：", true),
        (0, "现公布本局2024年政府信息公开工作年度报告。", false),
        (0, "根据《关于做好2023年政府信息公开工作年度报告编制工作的通知》编制本报告。", false),
        (0, "青溪县数据局2023年政府信息公开工作年度报告如下。", true),
        (1, "我局按时编制2023年政府信息公开工作年度报告。", false),
    ] {
        assert_eq!(codes_of("PER", &report().saying(part, text)) == ["PER003"], broken, "{text}");
    }
}

#[test]
fn the_problems_of_another_year() {
    for (text, broken) in [
        ("2023年，我局政府信息公开工作还存在以下问题。", true),
        ("2023年我局存在的主要问题是更新慢，已经整改到位。", false),
        ("针对2023年存在的问题，我局逐项整改。", false),
        ("2024年，我局还存在以下问题。", false),
    ] {
        assert_eq!(codes_of("PER", &report().saying(5, text)) == ["PER003"], broken, "{text}");
    }
}

#[test]
fn a_title_of_another_year_than_the_whole_text() {
    let text = |years: [&str; 3]| {
        let mut sample = report();
        sample.report.period = None;
        let sample = sample.saying(0, "统计期限为上一年度。");
        let sample = sample.saying(1, &format!("{}年，我局主动公开信息45条。", years[0]));
        let sample = sample.saying(1, &format!("{}年，我局没有收到申请。", years[1]));
        let sample = sample.saying(6, &format!("本局{}年未收取信息处理费。", years[2]));
        codes_of("PER", &sample)
    };
    assert_eq!(text(["2023", "2023", "2023"]), ["PER001"]);
    assert_eq!(text(["2024", "2023", "2023"]), ["PER003", "PER003"]);
    assert_eq!(text(["2024", "2024", "2024"]), [""; 0]);
}
