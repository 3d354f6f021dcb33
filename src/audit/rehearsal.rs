//! An audit of nothing in particular, so that the next one is quick.

use std::sync::Once;

use super::{Policy, audit};

/// A report in which there is a little of everything that reports speak of. It is not a sound one.
const REPORT: &str = "\
甲县乙局2024年政府信息公开工作年度报告
根据《中华人民共和国政府信息公开条例》和国办公开办函〔2021〕30号编制，统计期限自2024年1月1日起至2024年12月31日止。联系电话：0000-6120000。
一、总体情况
（一）主动公开。2024年，我局通过政府网站主动公开政府信息12条，其中政策文件2条、工作动态10条。
（二）依申请公开。全年共收到政府信息公开申请3件，上年结转1件，办结4件，其中予以公开3件、部分公开1件，没有结转下年度。
（三）政府信息管理。制发规范性文件1件，废止0件，现行有效5件。
（四）平台建设。政务微信公众号发布信息20余篇，网站专栏由专人更新。
（五）监督保障。开展业务培训2次，未发生责任追究，社会评议结果为满意。
二、主动公开政府信息情况
行政许可 12
三、收到和处理政府信息公开申请情况
四、政府信息公开行政复议、行政诉讼情况
未被申请行政复议、提起行政诉讼。
五、存在的主要问题及改进情况
公开内容有待丰富。下一步，将加强学习，完善制度，逐步提高质量。
六、其他需要报告的事项
本年度未收取信息处理费。
";

/// Has this process make the patterns that every audit needs, the first time it is called. They take as long to make
/// as an audit: whoever has to wait for something before the first may as well do it then.
pub(crate) fn rehearse() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| drop(audit(REPORT.as_bytes(), &Policy::default())));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_parts_are_known() {
        let report = audit(REPORT.as_bytes(), &Policy::default()).report.expect("a report");
        assert_eq!(report.parts.len(), 6);
        assert!(report.claims.len() > 8, "{:?}", report.claims);
    }
}
