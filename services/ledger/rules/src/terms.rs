//! The words by which cases are found: pure, and the same for what is written and for what is asked.
//!
//! Texts are normalised first (NFKC, lower case), so that full-width and half-width forms are one. Of Chinese, every two
//! neighbouring characters are a term; a character that stands alone is one itself. Of everything else, each run of letters and
//! digits is one.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// So many terms of a case are kept.
pub const CASE_TERMS_MAX: usize = 400;
/// So many terms of a question count.
pub const QUERY_TERMS_MAX: usize = 32;
/// So many characters of a term count.
const TERM_CHARS_MAX: usize = 40;

/// A run of characters that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Run {
    /// Chinese characters.
    Han(Vec<char>),
    /// Letters and digits of any other script.
    Word(String),
}

/// What a text says, without what stands between.
pub fn runs(text: &str) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut joined = false;
    // Marks that are left belong to the letter before them.
    for c in text.nfkc().flat_map(char::to_lowercase).filter(|c| !is_combining_mark(*c)) {
        match (is_han(c), runs.last_mut().filter(|_| joined)) {
            (true, Some(Run::Han(run))) => run.push(c),
            (true, _) => runs.push(Run::Han(vec![c])),
            (false, _) if !c.is_alphanumeric() => {}
            (false, Some(Run::Word(run))) => run.push(c),
            (false, _) => runs.push(Run::Word(c.to_string())),
        }
        joined = is_han(c) || c.is_alphanumeric();
    }
    runs
}

/// The terms of one run, in order.
pub fn of_run(run: &Run) -> Vec<String> {
    match run {
        Run::Han(run) if run.len() == 1 => vec![run.iter().collect()],
        Run::Han(run) => run.windows(2).map(|pair| pair.iter().collect()).collect(),
        Run::Word(word) => vec![word.chars().take(TERM_CHARS_MAX).collect()],
    }
}

/// By what a case with these texts is found: the first so many terms of them.
pub fn terms_of(texts: &[&str]) -> BTreeSet<String> {
    first(texts, CASE_TERMS_MAX)
}

/// What a question asks for: its first so many terms.
pub fn asked(text: &str) -> Vec<String> {
    first(&[text], QUERY_TERMS_MAX).into_iter().collect()
}

/// Whether there is anything that a case could be found by. One Chinese character alone is in no pair of a case.
pub fn is_searchable(text: &str) -> bool {
    runs(text).iter().any(|run| matches!(run, Run::Han(run) if run.len() > 1) || matches!(run, Run::Word(_)))
}

fn first(texts: &[&str], most: usize) -> BTreeSet<String> {
    let mut terms = BTreeSet::new();
    for term in texts.iter().flat_map(|text| runs(text)).flat_map(|run| of_run(&run)) {
        if terms.len() == most {
            break;
        }
        terms.insert(term);
    }
    terms
}

fn is_han(c: char) -> bool {
    matches!(c,
        '\u{2E80}'..='\u{2FDF}' | '\u{3005}'..='\u{3007}' | '\u{3021}'..='\u{3029}' | '\u{3400}'..='\u{4DBF}'
        | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<String> = runs(text).iter().flat_map(of_run).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn chinese_is_found_by_pairs_and_the_rest_by_words() {
        check("打通崇阳路", &["打通", "通崇", "崇阳", "阳路"]);
        check("路灯，不亮。", &["路灯", "不亮"]);
        check("A座12楼", &["a", "座", "12", "楼"]);
        check("第3路公交", &["第", "3", "路公", "公交"]);
        check("Wi-Fi 5G", &["wi", "fi", "5g"]);
        check("𠮷野家", &["𠮷野", "野家"]);
        check("々〇", &["々〇"]);
        check("", &[]);
        check("，。！ \n", &[]);
    }

    #[test]
    fn forms_of_one_character_are_one() {
        check("ＡＢＣ１２３", &["abc123"]);
        check("Straße ﬁ", &["straße", "fi"]);
        check("ｶﾞｽ", &["ガス"]);
        check("İzmir", &["izmir"]);
        assert_eq!(terms_of(&["ＬＥＤ路灯"]), terms_of(&["led 路灯"]));
        // A radical that looks like a character, and a character for compatibility.
        assert_eq!(terms_of(&["⼈⾏道", "豈有"]), terms_of(&["人行道", "豈有"]));
    }

    #[test]
    fn the_texts_of_a_case_do_not_flow_into_each_other_and_have_limits() {
        assert_eq!(terms_of(&["路灯", "不亮"]).into_iter().collect::<Vec<_>>(), ["不亮", "路灯"]);
        let long: String = ('\u{4E00}'..'\u{5E00}').collect();
        assert_eq!((terms_of(&[&long]).len(), asked(&long).len()), (CASE_TERMS_MAX, QUERY_TERMS_MAX));
        assert!(terms_of(&[&long]).contains("\u{4E00}\u{4E01}"), "the first ones");
        assert_eq!(terms_of(&[&"a".repeat(100)]).into_iter().map(|term| term.len()).collect::<Vec<_>>(), [TERM_CHARS_MAX]);
    }

    #[test]
    fn one_character_alone_asks_for_nothing() {
        for (text, expected) in
            [("路", false), ("路 灯", false), ("！", false), ("", false), ("路灯", true), ("5", true), ("a", true)]
        {
            assert_eq!(is_searchable(text), expected, "{text}");
        }
    }
}
