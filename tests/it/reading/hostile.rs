//! Input nobody would send on purpose: the audit answers and never panics, and what it says can be
//! printed.

use nianshen::audit::{Audit, Policy, audit};
use nianshen::text::{is_printable, printable};
use proptest::prelude::*;

use super::run::cases;
use crate::generate::Recipe;
use crate::generate::layout::Layout;
use crate::generate::mutate::Mutation;
use crate::generate::noise::Noise;
use crate::generate::rng::Rng;

/// Every word an audit says can be shown without a control character reaching a terminal.
fn can_be_shown(audit: &Audit) {
    let says = audit.findings.iter().flat_map(|finding| {
        [Some(&finding.message.zh), Some(&finding.message.en), finding.evidence.as_ref(), finding.actual.as_ref()]
    });
    for text in says.flatten() {
        assert!(printable(text).chars().all(is_printable));
    }
}

/// Messages are composed by the program: they hold no raw control character even before printing.
fn messages_are_clean(audit: &Audit) {
    for finding in &audit.findings {
        for text in [&finding.message.zh, &finding.message.en] {
            assert!(text.chars().all(|c| !c.is_control()), "{} {text:?}", finding.rule);
        }
    }
}

fn a_report() -> impl Strategy<Value = Vec<u8>> {
    (0..Layout::ALL.len(), any::<u64>(), any::<bool>()).prop_map(|(layout, seed, noisy)| {
        let noise = if noisy { Noise::Everything } else { Noise::Quiet };
        let mutations = [Mutation::Nothing, Mutation::Blank, Mutation::DeleteRow, Mutation::ChangeFigure];
        let mutation = mutations[usize::try_from(seed % 4).unwrap()];
        Recipe::new(Layout::ALL[layout], seed).noise(noise).mutation(mutation).sample().bytes
    })
}

/// Something slipped into a file.
fn an_intruder() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        Just(b"\0".to_vec()),
        Just(b"\x1b[2J\x1b]0;x\x07".to_vec()),
        Just("\u{202e}\u{200b}\u{feff}".as_bytes().to_vec()),
        Just(b"\xff\xfe\xfd".to_vec()),
        Just(b"99999999999999999999999999999999999999999999999999".to_vec()),
        Just(
            "１２３４５６７８９０.００００００００００００００００００００００００００００００００００１"
                .as_bytes()
                .to_vec()
        ),
        proptest::collection::vec(any::<u8>(), 1..12),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: u32::try_from(cases()).unwrap_or(60), failure_persistence: None, rng_seed: proptest::test_runner::RngSeed::Fixed(2024), ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..3000)) {
        let audit = audit(&bytes, &Policy::default());
        can_be_shown(&audit);
        messages_are_clean(&audit);
    }

    #[test]
    fn arbitrary_text_of_the_trade(
        words in proptest::collection::vec(
            prop_oneof![
                Just("三、本年度办理结果"), Just("（七）总计"), Just("1."), Just("0 0 0 0 0 0 0"), Just("\n"), Just("\t"),
                Just("|"), Just("总计"), Just("2023年"), Just("四、"), Just("第二十条第（一）项"), Just("规章"), Just("/"),
                Just("行政复议"), Just("自然人"), Just("一、总体情况"), Just("（"), Just("《"), Just("年度报告"), Just("1,2"),
            ],
            0..400,
        )
    ) {
        let audit = audit(words.concat().as_bytes(), &Policy::default());
        can_be_shown(&audit);
        messages_are_clean(&audit);
    }

    #[test]
    fn truncated_reports(report in a_report(), share in 0..1000_usize) {
        let audit = audit(&report[..report.len() * share / 1000], &Policy::default());
        can_be_shown(&audit);
        messages_are_clean(&audit);
    }

    #[test]
    fn reports_with_intruders(
        report in a_report(),
        intruders in proptest::collection::vec((any::<prop::sample::Index>(), an_intruder(), any::<bool>()), 1..8),
    ) {
        let mut bytes = report;
        for (index, intruder, replaces) in intruders {
            let at = index.index(bytes.len());
            let end = if replaces { (at + intruder.len()).min(bytes.len()) } else { at };
            bytes.splice(at..end, intruder);
        }
        let audit = audit(&bytes, &Policy::default());
        can_be_shown(&audit);
        messages_are_clean(&audit);
    }

    #[test]
    fn shuffled_reports(report in a_report(), seed in any::<u64>()) {
        let text = String::from_utf8_lossy(&report).into_owned();
        let mut lines: Vec<&str> = text.lines().collect();
        let mut rng = Rng::new(seed);
        for last in (1..lines.len()).rev() {
            lines.swap(last, rng.below(last + 1));
        }
        let audit = audit(lines.join("\n").as_bytes(), &Policy::default());
        can_be_shown(&audit);
        messages_are_clean(&audit);
    }
}
