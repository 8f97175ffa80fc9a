//! How much two matters say the same: pure. It suggests, and a person decides.

use std::collections::BTreeSet;

use crate::terms::{Run, runs, terms_of};

/// So many terms must be in both.
const SHARED_MIN: usize = 3;
/// And this part of the terms of the one that says less: one fifth.
const PART_MIN: usize = 5;
/// So many words in common are shown.
const WORDS_MAX: usize = 5;

/// What two matters have in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Likeness {
    /// How many terms.
    pub shared: usize,
    /// The longest words, longest first.
    pub words: Vec<String>,
}

/// What the texts of two matters have in common, if that is enough to say that they are alike.
pub fn likeness(one: &[&str], other: &[&str]) -> Option<Likeness> {
    let (one_terms, other_terms) = (terms_of(one), terms_of(other));
    let shared = one_terms.intersection(&other_terms).count();
    let less = one_terms.len().min(other_terms.len());
    (shared >= SHARED_MIN && shared * PART_MIN >= less).then(|| Likeness { shared, words: words(one, other) })
}

/// The longest words that are in both, none of them within another.
fn words(one: &[&str], other: &[&str]) -> Vec<String> {
    let all = |texts: &[&str]| texts.iter().flat_map(|text| runs(text)).collect::<Vec<Run>>();
    let (one, other) = (all(one), all(other));
    let mut found = BTreeSet::new();
    for pair in one.iter().flat_map(|one| other.iter().map(move |other| (one, other))) {
        match pair {
            (Run::Han(one), Run::Han(other)) => found.extend(common(one, other)),
            (Run::Word(one), Run::Word(other)) if one == other => drop(found.insert(one.clone())),
            _ => {}
        }
    }
    let mut found: Vec<String> = found.into_iter().collect();
    found.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
    let mut words: Vec<String> = Vec::new();
    for word in found {
        if words.len() < WORDS_MAX && !words.iter().any(|longer| longer.contains(&word)) {
            words.push(word);
        }
    }
    words
}

/// Every stretch of two characters or more that both have and that cannot be made longer.
fn common(one: &[char], other: &[char]) -> Vec<String> {
    let mut found = Vec::new();
    for start in 0..one.len() {
        for at in 0..other.len() {
            let goes_on = start > 0 && at > 0 && one[start - 1] == other[at - 1];
            let same = one[start..].iter().zip(&other[at..]).take_while(|(one, other)| one == other).count();
            if !goes_on && same > 1 {
                found.push(one[start..start + same].iter().collect());
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(one: &str, other: &str, expected: Option<(usize, &[&str])>) {
        let found = likeness(&[one], &[other]);
        assert_eq!(found, likeness(&[other], &[one]), "whichever is first");
        let found = found.as_ref().map(|of| (of.shared, of.words.iter().map(String::as_str).collect::<Vec<_>>()));
        assert_eq!(found, expected.map(|(shared, words)| (shared, words.to_vec())), "{one} / {other}");
    }

    #[test]
    fn says_what_both_say_the_longest_first() {
        check("崇阳路围挡不通", "请求打通崇阳路围挡", Some((4, &["崇阳路围挡"])));
        check("商厦业主与物业纠纷多年", "物业纠纷，商厦业主不满", Some((6, &["商厦业主", "物业纠纷"])));
        check("高新一路ＫＴＶ噪声", "ktv噪声，在高新一路", Some((5, &["高新一路", "ktv", "噪声"])));
    }

    #[test]
    fn little_in_common_is_no_likeness() {
        check("路灯不亮", "路灯不够", None);
        check("", "", None);
        check("占用消防通道", "窗口服务态度", None);
        let long = "请求协调解决小区北门外长期占道经营以及夜间烧烤摊油烟噪声影响居民休息的问题";
        check(long, "小区门禁卡办理流程太长希望公开每一步所需材料与时限并允许网上预约办理不再来回跑腿", None);
        // Three terms, of sixteen at least.
        check("消防通道堵塞已经半年无人处理请尽快", "消防通道变窄应当重新规划并画线标明", None);
    }

    #[test]
    fn one_fifth_of_the_one_that_says_less_is_enough() {
        let (brief, long) =
            ("电动车楼道充电", "居民反映有人把电动车推进楼道充电，担心起火，希望物业和派出所一起上门劝导并安装集中充电桩");
        check(brief, long, Some((5, &["楼道充电", "电动车"])));
    }

    #[test]
    fn at_most_five_words_and_none_within_another() {
        let one = "甲乙丙丁，戊己庚，辛壬，子丑，寅卯，辰巳，乙丙";
        let Likeness { words, .. } = likeness(&[one], &[one]).expect("the same");
        assert_eq!(words.len(), WORDS_MAX);
        assert_eq!(words[..2], ["甲乙丙丁", "戊己庚"]);
    }
}
