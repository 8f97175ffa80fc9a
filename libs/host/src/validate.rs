use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use prost_reflect::{
    DescriptorPool, DynamicMessage, EnumDescriptor, ExtensionDescriptor, FieldDescriptor, Kind, MessageDescriptor,
    ReflectMessage as _, Value,
};
use regex::Regex;
use sanben_proto::validate::string_rules::WellKnown;
use sanben_proto::validate::{EnumRules, FieldRules, Int32Rules, RepeatedRules, StringRules, field_rules, int32_rules};
use uuid::Uuid;

use crate::Problem;
use crate::app::EXAMPLE_ID;
use crate::declared::POOL;

/// The annotations of `buf.validate` that are enforced. A contract with another one does not start, so none is decoration.
pub const ENFORCED_RULES: &[&str] = &[
    "required",
    "string.min_len",
    "string.max_len",
    "string.pattern",
    "string.in",
    "string.uuid",
    "enum.defined_only",
    "enum.not_in",
    "int32.gte",
    "int32.lte",
    "repeated.min_items",
    "repeated.max_items",
    "repeated.items",
];

/// The methods of the suite as the contract declares them.
#[derive(Clone, Debug)]
pub struct Contract {
    methods: HashMap<String, Method>,
}

/// One method.
#[derive(Clone, Debug)]
pub(crate) struct Method {
    /// `/package.Service/Method`.
    pub path: Arc<str>,
    /// The permission it declares; a method without one is refused to everybody.
    pub permission: Option<Arc<str>>,
    input: MessageDescriptor,
    rules: Arc<Rules>,
}

/// What is wrong with a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Violation {
    pub field: String,
    pub problem: Problem,
}

const TIMESTAMP: &str = "google.protobuf.Timestamp";
/// From 0001-01-01T00:00:00Z to 9999-12-31T23:59:59Z.
const TIME_SECONDS: std::ops::RangeInclusive<i64> = -62_135_596_800..=253_402_300_799;

/// So many problems are named at once; who mends them sees the rest.
const VIOLATIONS_MAX: usize = 20;

/// The compiled rules by full name of the field.
type Rules = HashMap<String, Check>;

#[derive(Debug, Default)]
struct Check {
    required: bool,
    string: Option<(StringRules, Option<Regex>)>,
    number: Option<Int32Rules>,
    choice: Option<EnumRules>,
    list: Option<(RepeatedRules, Option<Box<Check>>)>,
}

impl Contract {
    /// Of the descriptors that are compiled in, read once.
    ///
    /// # Panics
    /// When the contract holds a rule that is not enforced: a mistake in the program, found by every test that starts it.
    pub fn shipped() -> Arc<Contract> {
        static SHIPPED: LazyLock<Arc<Contract>> = LazyLock::new(|| Arc::new(Contract::read()));
        SHIPPED.clone()
    }

    fn read() -> Contract {
        let pool = &*POOL;
        let permission = pool.get_extension_by_name("sanben.type.v1.permission").expect("the contract declares it");
        let rule = pool.get_extension_by_name("buf.validate.field").expect("the contract imports it");
        let rules = Arc::new(compile_all(pool, &rule));
        let methods = pool
            .services()
            .filter(|service| service.full_name().starts_with("sanben."))
            .flat_map(|service| service.methods().collect::<Vec<_>>())
            .map(|method| {
                let path = format!("/{}/{}", method.parent_service().full_name(), method.name());
                let declared = method.options().get_extension(&permission).as_str().map(Arc::from);
                let declared = declared.filter(|name: &Arc<str>| !name.is_empty());
                let entry =
                    Method { path: path.as_str().into(), permission: declared, input: method.input(), rules: rules.clone() };
                (path, entry)
            })
            .collect();
        Contract { methods }
    }

    pub(crate) fn method(&self, path: &str) -> Option<&Method> {
        self.methods.get(path)
    }

    /// Every method with the permission it declares.
    pub fn permissions(&self) -> impl Iterator<Item = (&str, Option<&str>)> {
        self.methods.values().map(|method| (&*method.path, method.permission.as_deref()))
    }
}

impl Method {
    pub(crate) fn read(&self, bytes: &[u8]) -> Option<DynamicMessage> {
        DynamicMessage::decode(self.input.clone(), bytes).ok()
    }

    /// Everything that is wrong with `message`, field by field.
    pub(crate) fn violations(&self, message: &DynamicMessage) -> Vec<Violation> {
        let mut found = Vec::new();
        check_message(&self.rules, message, "", &mut found);
        found
    }

    pub(crate) fn request_id(message: &DynamicMessage) -> Option<Uuid> {
        Uuid::try_parse(message.get_field_by_name("request_id")?.as_str()?).ok()
    }
}

fn compile_all(pool: &DescriptorPool, rule: &ExtensionDescriptor) -> Rules {
    pool.all_messages()
        .filter(|message| message.full_name().starts_with("sanben."))
        .flat_map(|message| message.fields().collect::<Vec<_>>())
        .filter(|field| field.options().has_extension(rule))
        .map(|field| {
            let rules: FieldRules = field
                .options()
                .get_extension(rule)
                .as_message()
                .and_then(|message| message.transcode_to().ok())
                .expect("the annotation is readable");
            (field.full_name().to_owned(), compile(rules, field.full_name()))
        })
        .collect()
}

/// Takes the rules that are enforced out of `rules`; whatever is left over would be decoration.
fn compile(mut rules: FieldRules, field: &str) -> Check {
    let mut check = Check { required: rules.required.take().unwrap_or_default(), ..Check::default() };
    match rules.r#type.take() {
        None => {}
        Some(field_rules::Type::String(string)) => {
            let known = StringRules {
                min_len: string.min_len,
                max_len: string.max_len,
                pattern: string.pattern.clone(),
                r#in: string.r#in.clone(),
                // No rule: what the field may look like.
                example: string.example.clone(),
                well_known: string.well_known.filter(|known| matches!(known, WellKnown::Uuid(true))),
                ..StringRules::default()
            };
            assert_eq!(known, string, "{field}: a string rule that is not enforced");
            let pattern = string.pattern.as_deref().map(|pattern| Regex::new(pattern).expect("patterns of the contract are valid"));
            check.string = Some((string, pattern));
        }
        Some(field_rules::Type::Int32(number)) => {
            let known = Int32Rules {
                less_than: number.less_than.filter(|bound| matches!(bound, int32_rules::LessThan::Lte(_))),
                greater_than: number.greater_than.filter(|bound| matches!(bound, int32_rules::GreaterThan::Gte(_))),
                ..Int32Rules::default()
            };
            assert_eq!(known, number, "{field}: a number rule that is not enforced");
            check.number = Some(number);
        }
        Some(field_rules::Type::Enum(choice)) => {
            let known = EnumRules { defined_only: choice.defined_only, not_in: choice.not_in.clone(), ..EnumRules::default() };
            assert_eq!(known, choice, "{field}: an enum rule that is not enforced");
            check.choice = Some(choice);
        }
        Some(field_rules::Type::Repeated(list)) => {
            assert!(list.unique.is_none(), "{field}: a list rule that is not enforced");
            let items = list.items.clone().map(|items| Box::new(compile(*items, field)));
            check.list = Some((*list, items));
        }
        Some(other) => panic!("{field}: rules of this type are not enforced: {other:?}"),
    }
    assert_eq!(rules, FieldRules::default(), "{field}: a rule that is not enforced");
    check
}

fn check_message(rules: &Rules, message: &DynamicMessage, path: &str, found: &mut Vec<Violation>) {
    for field in message.descriptor().fields() {
        if found.len() >= VIOLATIONS_MAX {
            return;
        }
        let path = if path.is_empty() { field.name().to_owned() } else { format!("{path}.{}", field.name()) };
        let check = rules.get(field.full_name());
        if field.supports_presence() && !message.has_field(&field) {
            if check.is_some_and(|check| check.required) {
                found.push(Violation { field: path, problem: Problem::missing() });
            }
            continue;
        }
        check_value(rules, check, &field, &message.get_field(&field), &path, found);
    }
}

fn check_value(
    rules: &Rules,
    check: Option<&Check>,
    field: &FieldDescriptor,
    value: &Value,
    path: &str,
    found: &mut Vec<Violation>,
) {
    match value {
        Value::List(items) => {
            if let Some((list, _)) = check.and_then(|check| check.list.as_ref()) {
                check_count(list, items.len(), path, found);
                if list.max_items.is_some_and(|max| items.len() as u64 > max) {
                    return;
                }
            }
            let each = check.and_then(|check| check.list.as_ref()).and_then(|(_, each)| each.as_deref());
            for (index, item) in items.iter().enumerate() {
                if found.len() >= VIOLATIONS_MAX {
                    return;
                }
                check_value(rules, each, field, item, &format!("{path}[{index}]"), found);
            }
        }
        Value::Message(message) if message.descriptor().full_name() == TIMESTAMP => check_time(message, path, found),
        Value::Message(message) => check_message(rules, message, path, found),
        Value::String(text) => check_string(check.and_then(|check| check.string.as_ref()), text, path, found),
        Value::EnumNumber(number) => {
            if let (Some(choice), Kind::Enum(names)) = (check.and_then(|check| check.choice.as_ref()), field.kind()) {
                check_choice(choice, &names, *number, path, found);
            }
        }
        Value::I32(number) => {
            if let Some(rules) = check.and_then(|check| check.number.as_ref()) {
                check_number(rules, *number, path, found);
            }
        }
        _ => {}
    }
}

/// Years 1 to 9999, as its own documentation has it: what is outside would be another instant, or none.
fn check_time(message: &DynamicMessage, path: &str, found: &mut Vec<Violation>) {
    let field = |name: &str| message.get_field_by_name(name).map(|value| value.into_owned());
    let seconds = field("seconds").and_then(|value| value.as_i64()).unwrap_or_default();
    let nanos = field("nanos").and_then(|value| value.as_i32()).unwrap_or_default();
    if !TIME_SECONDS.contains(&seconds) || !(0..1_000_000_000).contains(&nanos) {
        found.push(Violation { field: path.to_owned(), problem: Problem::new("problem-no-time") });
    }
}

fn check_string(rules: Option<&(StringRules, Option<Regex>)>, text: &str, path: &str, found: &mut Vec<Violation>) {
    let mut wrong = |problem: Problem| found.push(Violation { field: path.to_owned(), problem });
    if let Some(control) = text.chars().find(|c| is_unwelcome(*c)) {
        wrong(Problem::new("problem-control").with("character", format!("U+{:04X}", control as u32)));
    }
    let Some((rules, pattern)) = rules else { return };
    let length = text.chars().count() as u64;
    if rules.min_len.is_some_and(|min| length < min) && text.is_empty() {
        wrong(Problem::missing());
    } else if rules.min_len.is_some_and(|min| length < min) {
        wrong(Problem::new("problem-too-short").with("min", rules.min_len.unwrap_or_default()).with("has", length));
    }
    if rules.max_len.is_some_and(|max| length > max) {
        wrong(Problem::new("problem-too-long").with("max", rules.max_len.unwrap_or_default()).with("has", length));
    }
    if matches!(rules.well_known, Some(WellKnown::Uuid(true))) && (length != 36 || Uuid::try_parse(text).is_err()) {
        wrong(Problem::new("problem-no-uuid").with("example", EXAMPLE_ID));
    }
    if pattern.as_ref().is_some_and(|pattern| !pattern.is_match(text)) {
        wrong(match rules.example.first() {
            Some(example) => Problem::new("problem-pattern-like").with("example", example),
            None => Problem::new("problem-pattern").with("pattern", rules.pattern.as_deref().unwrap_or_default()),
        });
    }
    if !rules.r#in.is_empty() && !rules.r#in.iter().any(|allowed| allowed == text) {
        wrong(Problem::new("problem-choice").with("choices", format!("{:?}", rules.r#in)));
    }
}

/// Control characters but tab and line breaks, and the characters that turn the direction of text around (UAX #9), which can make a
/// text read differently from what it is.
fn is_unwelcome(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\r' | '\t')) || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

fn check_choice(rules: &EnumRules, names: &EnumDescriptor, number: i32, path: &str, found: &mut Vec<Violation>) {
    let defined = names.get_value(number).is_some();
    if rules.not_in.contains(&number) || (rules.defined_only == Some(true) && !defined) {
        let foreign = || Problem::new("problem-no-value").with("enum", names.name()).with("is", number);
        let problem = if number == 0 { Problem::missing() } else { foreign() };
        found.push(Violation { field: path.to_owned(), problem });
    }
}

fn check_number(rules: &Int32Rules, number: i32, path: &str, found: &mut Vec<Violation>) {
    let low = rules.greater_than.and_then(|bound| match bound {
        int32_rules::GreaterThan::Gte(low) => Some(low),
        int32_rules::GreaterThan::Gt(_) => None,
    });
    let high = rules.less_than.and_then(|bound| match bound {
        int32_rules::LessThan::Lte(high) => Some(high),
        int32_rules::LessThan::Lt(_) => None,
    });
    if low.is_some_and(|low| number < low) {
        found.push(Violation {
            field: path.to_owned(),
            problem: Problem::new("problem-too-small").with("min", low.unwrap_or_default()).with("is", number),
        });
    }
    if high.is_some_and(|high| number > high) {
        found.push(Violation {
            field: path.to_owned(),
            problem: Problem::new("problem-too-large").with("max", high.unwrap_or_default()).with("is", number),
        });
    }
}

fn check_count(rules: &RepeatedRules, count: usize, path: &str, found: &mut Vec<Violation>) {
    let count = count as u64;
    if rules.min_items.is_some_and(|min| count < min) {
        let problem = Problem::new("problem-too-few").with("min", rules.min_items.unwrap_or_default()).with("has", count);
        found.push(Violation { field: path.to_owned(), problem });
    }
    if rules.max_items.is_some_and(|max| count > max) {
        let problem = Problem::new("problem-too-many").with("max", rules.max_items.unwrap_or_default()).with("has", count);
        found.push(Violation { field: path.to_owned(), problem });
    }
}

#[cfg(test)]
mod tests {
    use sanben_proto::intake::{CreateSubmissionRequest, Proposal, ProposeSubmissionRequest};
    use sanben_proto::ledger::{ExplainDeadlineRequest, WhatIf, WhatIfPause};

    use super::*;
    use crate::{Catalog, Lang};

    const SUBMIT: &str = "/sanben.intake.v1.ReceiptService/CreateSubmission";
    const EXPLAIN: &str = "/sanben.ledger.v1.DeadlineService/ExplainDeadline";
    const PROPOSE: &str = "/sanben.intake.v1.DeskService/ProposeSubmission";

    fn good() -> CreateSubmissionRequest {
        CreateSubmissionRequest {
            request_id: "018f2f6e-7c1a-7b7e-9a55-0d3c1f4c2b11".into(),
            kind: 4,
            channel: 1,
            text: "原话".into(),
            ..CreateSubmissionRequest::default()
        }
    }

    fn check(path: &str, message: &impl prost::Message, expected: &[(&str, &str)]) {
        let contract = Contract::shipped();
        let method = contract.method(path).expect("a method of the contract");
        let message = method.read(&message.encode_to_vec()).expect("readable");
        let found = method.violations(&message);
        let catalog = Catalog::new(&[]);
        let found: Vec<(&str, String)> =
            found.iter().map(|found| (found.field.as_str(), found.problem.text(&catalog, Lang::En))).collect();
        let expected: Vec<(&str, String)> = expected.iter().map(|(field, problem)| (*field, (*problem).to_owned())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn names_every_field_and_its_problem() {
        check(SUBMIT, &good(), &[]);
        check(
            SUBMIT,
            &CreateSubmissionRequest { text: String::new(), kind: 0, channel: 99, request_id: "x".into(), ..good() },
            &[
                ("request_id", "must be a UUID, for example 018f2f6e-7c1a-7b7e-9a55-0d3c1f4c2b11"),
                ("kind", "must be given"),
                ("channel", "must be a value of Channel; is 99"),
                ("text", "must be given"),
            ],
        );
        check(
            SUBMIT,
            &CreateSubmissionRequest { text: "字".repeat(5001), ..good() },
            &[("text", "must have at most 5000 characters; has 5001")],
        );
        check(
            SUBMIT,
            &CreateSubmissionRequest { text: "a\u{0}b".into(), ..good() },
            &[("text", "must not contain control characters; has U+0000")],
        );
        check(
            SUBMIT,
            &CreateSubmissionRequest { place: "\u{202E}x".into(), ..good() },
            &[("place", "must not contain control characters; has U+202E")],
        );
        check(SUBMIT, &CreateSubmissionRequest { text: "一\n二\t三".into(), ..good() }, &[]);
        check(
            SUBMIT,
            &CreateSubmissionRequest { language: "fr".into(), ..good() },
            &[("language", "must be one of [\"\", \"zh-CN\", \"en\"]")],
        );
    }

    #[test]
    fn looks_into_messages_and_lists() {
        let request = ProposeSubmissionRequest {
            request_id: good().request_id,
            submission_id: good().request_id,
            ..ProposeSubmissionRequest::default()
        };
        check(PROPOSE, &request, &[("proposal", "must be given")]);
        let proposal = Proposal {
            book: 3,
            track: 3,
            title: "标题".into(),
            summary: "摘要".into(),
            lead_unit_id: "lianhu".into(),
            accused_unit_ids: vec!["a".into(), String::new()],
            accused_person_ids: vec!["p".into(); 11],
        };
        check(
            PROPOSE,
            &ProposeSubmissionRequest { proposal: Some(proposal), ..request },
            &[
                ("proposal.accused_unit_ids[1]", "must be given"),
                ("proposal.accused_person_ids", "must have at most 10 items; has 11"),
            ],
        );
    }

    #[test]
    fn an_instant_lies_in_the_years_that_are_written_with_four_digits() {
        let wrong = "must be an instant of the years 1 to 9999, with 0 to 999999999 nanos";
        for (seconds, nanos, is_good) in [
            (-62_135_596_800, 0, true),
            (253_402_300_799, 999_999_999, true),
            (-62_135_596_801, 0, false),
            (253_402_300_800, 0, false),
            (i64::MIN, 0, false),
            (0, 1_000_000_000, false),
            (0, -1, false),
        ] {
            let time = Some(prost_types::Timestamp { seconds, nanos });
            let pause = WhatIfPause { start_time: time, end_time: Some(prost_types::Timestamp::default()) };
            let what_if = WhatIf { start_time: time, pauses: vec![pause], ..WhatIf::default() };
            let request = ExplainDeadlineRequest { what_if: Some(what_if), ..ExplainDeadlineRequest::default() };
            let fields = [("what_if.start_time", wrong), ("what_if.pauses[0].start_time", wrong)];
            check(EXPLAIN, &request, if is_good { &[] } else { &fields });
        }
    }

    #[test]
    #[should_panic(expected = "a string rule that is not enforced")]
    fn a_rule_that_is_not_enforced_does_not_start() {
        let rules = StringRules { prefix: Some("x".into()), ..StringRules::default() };
        compile(FieldRules { r#type: Some(field_rules::Type::String(rules)), ..FieldRules::default() }, "some.field");
    }
}
