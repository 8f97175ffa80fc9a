//! The contract as data: every method with a message that keeps all rules of its fields, and every way to break one of them.

use std::collections::HashMap;
use std::sync::LazyLock;

use prost::Message as _;
use prost_reflect::{DescriptorPool, DynamicMessage, FieldDescriptor, Kind, MessageDescriptor, Value};
use sanben_proto::validate::string_rules::WellKnown;
use sanben_proto::validate::{EnumRules, FieldRules, Int32Rules, RepeatedRules, StringRules, field_rules, int32_rules};

use crate::matter::new_id;
use crate::wire::Ask;

const DEPTH_MAX: usize = 3;
/// What no text may hold, whatever its rules: a control, and what turns the direction of text around.
const UNWELCOME: [char; 2] = ['\u{0}', '\u{202E}'];

/// A method of the suite.
#[derive(Clone, Debug)]
pub struct Method {
    pub path: String,
    pub input: MessageDescriptor,
}

/// A request in which exactly one field is wrong.
#[derive(Clone, Debug)]
pub struct Broken {
    pub how: String,
    pub field: String,
    pub ask: Ask,
}

/// All methods, in the order of their paths.
pub fn methods() -> Vec<Method> {
    let mut methods: Vec<Method> = pool()
        .services()
        .filter(|service| service.full_name().starts_with("sanben."))
        .flat_map(|service| {
            service
                .methods()
                .map(|method| Method { path: format!("/{}/{}", service.full_name(), method.name()), input: method.input() })
                .collect::<Vec<_>>()
        })
        .collect();
    methods.sort_by(|one, other| one.path.cmp(&other.path));
    methods
}

/// The path of the method that takes this message.
pub fn path_of(message: &str) -> String {
    static PATHS: LazyLock<HashMap<String, String>> =
        LazyLock::new(|| methods().into_iter().map(|method| (method.input.full_name().to_owned(), method.path)).collect());
    PATHS.get(message).unwrap_or_else(|| panic!("no method takes {message}")).clone()
}

/// Every reason of the contract but the ones that are never sent: its domain and its name without the prefix.
pub fn reasons() -> Vec<(String, String)> {
    let mut reasons = Vec::new();
    for names in pool().all_enums().filter(|names| names.name() == "ErrorReason") {
        let package = names.package_name().trim_end_matches(".v1").to_owned();
        let domain = if package == "sanben.type" { "sanben".to_owned() } else { package };
        for value in names.values().filter(|value| value.number() != 0) {
            reasons.push((domain.clone(), value.name().trim_start_matches("ERROR_REASON_").to_owned()));
        }
    }
    reasons.sort();
    reasons
}

fn pool() -> DescriptorPool {
    DescriptorPool::decode(sanben_proto::DESCRIPTORS).expect("the contract is readable")
}

impl Method {
    pub fn has(&self, field: &str) -> bool {
        self.input.get_field_by_name(field).is_some()
    }

    /// A message that keeps all rules.
    pub fn good(&self) -> DynamicMessage {
        good(&self.input)
    }

    pub fn ask(&self, message: &DynamicMessage) -> Ask {
        Ask { path: self.path.clone(), message: message.encode_to_vec() }
    }

    /// The good message with these texts.
    pub fn with(&self, texts: &[(&str, &str)]) -> Ask {
        let mut message = self.good();
        for (field, text) in texts.iter().filter(|(field, _)| self.has(field)) {
            message.set_field_by_name(field, Value::String((*text).to_owned()));
        }
        self.ask(&message)
    }

    /// Every way to break one rule of one field.
    pub fn broken(&self) -> Vec<Broken> {
        let ways = ways(&self.input, 0);
        ways.into_iter().map(|way| Broken { how: way.how, field: way.path, ask: self.ask(&way.message) }).collect()
    }
}

struct Way {
    how: String,
    path: String,
    message: DynamicMessage,
}

fn rules(field: &FieldDescriptor) -> FieldRules {
    let rule = field.parent_pool().get_extension_by_name("buf.validate.field").expect("the contract imports it");
    let options = field.options();
    options.get_extension(&rule).as_message().and_then(|message| message.transcode_to().ok()).unwrap_or_default()
}

fn good(of: &MessageDescriptor) -> DynamicMessage {
    let mut message = DynamicMessage::new(of.clone());
    for field in of.fields() {
        let rules = rules(&field);
        let value = match (rules.r#type, field.kind()) {
            (Some(field_rules::Type::String(rules)), _) if field.name().ends_with("unit_id") && rules.min_len() > 0 => {
                Some(Value::String("lianhu".to_owned()))
            }
            (Some(field_rules::Type::String(rules)), _) => Some(Value::String(good_text(&rules))),
            (Some(field_rules::Type::Repeated(rules)), Kind::Message(inner)) => Some(several(&inner, rules.min_items())),
            (Some(field_rules::Type::Repeated(rules)), Kind::String) if rules.min_items() > 0 => {
                Some(texts(&each(&rules), rules.min_items()))
            }
            (Some(field_rules::Type::Enum(rules)), _) if rules.not_in.contains(&0) => Some(Value::EnumNumber(1)),
            (Some(field_rules::Type::Int32(rules)), _) => Some(Value::I32(bounds(&rules).0)),
            (_, Kind::Message(inner)) if rules.required == Some(true) => Some(Value::Message(good(&inner))),
            (_, Kind::Bool) if rules.required == Some(true) => Some(Value::Bool(false)),
            _ => None,
        };
        if let Some(value) = value {
            message.set_field(&field, value);
        }
    }
    message
}

fn several(of: &MessageDescriptor, many: u64) -> Value {
    Value::List((0..many).map(|_| Value::Message(good(of))).collect())
}

fn texts(rules: &StringRules, many: u64) -> Value {
    Value::List((0..many).map(|_| Value::String(good_text(rules))).collect())
}

/// What holds for each text of a list.
fn each(rules: &RepeatedRules) -> StringRules {
    match rules.items.as_ref().and_then(|items| items.r#type.clone()) {
        Some(field_rules::Type::String(each)) => each,
        _ => StringRules::default(),
    }
}

fn good_text(rules: &StringRules) -> String {
    match (&rules.well_known, &rules.pattern) {
        (Some(WellKnown::Uuid(true)), _) => new_id(),
        // What may be left out is.
        (_, Some(pattern)) if pattern.ends_with(")?$") => String::new(),
        // A day that is long in coming.
        (_, Some(_)) => "2099-12-01".to_owned(),
        _ => "x".repeat(usize::try_from(rules.min_len.unwrap_or_default()).expect("short")),
    }
}

/// Of the patterns of the contract, one is of mail addresses, the others are of days.
fn is_address(pattern: &str) -> bool {
    pattern.contains('@')
}

fn bounds(rules: &Int32Rules) -> (i32, i32) {
    let low = match rules.greater_than {
        Some(int32_rules::GreaterThan::Gte(low)) => low,
        _ => 0,
    };
    let high = match rules.less_than {
        Some(int32_rules::LessThan::Lte(high)) => high,
        _ => i32::MAX,
    };
    (low, high)
}

fn ways(of: &MessageDescriptor, depth: usize) -> Vec<Way> {
    let mut all = Vec::new();
    for field in of.fields() {
        let rules = rules(&field);
        let mut add = |how: String, path: String, value: Option<Value>| {
            let mut message = good(of);
            match value {
                Some(value) => message.set_field(&field, value),
                None => message.clear_field(&field),
            }
            all.push(Way { how, path, message });
        };
        let name = field.name().to_owned();
        if field.is_list() {
            let Some(field_rules::Type::Repeated(rules)) = rules.r#type else { continue };
            if let Kind::Message(inner) = field.kind() {
                let (few, many) = (rules.min_items().checked_sub(1), rules.max_items() + 1);
                for count in few.into_iter().chain([many]) {
                    add(format!("{count} items"), name.clone(), Some(several(&inner, count)));
                }
                for way in ways(&inner, depth + 1) {
                    let others = (1..rules.min_items()).map(|_| Value::Message(good(&inner)));
                    let items = std::iter::once(Value::Message(way.message)).chain(others).collect();
                    add(way.how, format!("{name}[0].{}", way.path), Some(Value::List(items)));
                }
                continue;
            }
            for (how, place, items) in list_ways(&rules) {
                add(how, format!("{name}{place}"), Some(items));
            }
            continue;
        }
        match field.kind() {
            Kind::String => {
                let rules = match rules.r#type {
                    Some(field_rules::Type::String(rules)) => rules,
                    _ => StringRules::default(),
                };
                text_ways(&rules).into_iter().for_each(|(how, text)| add(how, name.clone(), Some(Value::String(text))));
            }
            Kind::Enum(_) => {
                let Some(field_rules::Type::Enum(rules)) = rules.r#type else { continue };
                choice_ways(&rules)
                    .into_iter()
                    .for_each(|number| add(format!("{number}"), name.clone(), Some(Value::EnumNumber(number))));
            }
            Kind::Int32 => {
                let Some(field_rules::Type::Int32(rules)) = rules.r#type else { continue };
                let (low, high) = bounds(&rules);
                [low - 1, i32::MIN, high.saturating_add(1), i32::MAX]
                    .into_iter()
                    .for_each(|number| add(format!("{number}"), name.clone(), Some(Value::I32(number))));
            }
            Kind::Bool if rules.required == Some(true) => add("left out".to_owned(), name.clone(), None),
            Kind::Message(inner) => {
                if rules.required == Some(true) {
                    add("left out".to_owned(), name.clone(), None);
                }
                if depth < DEPTH_MAX {
                    for way in ways(&inner, depth + 1) {
                        add(way.how, format!("{name}.{}", way.path), Some(Value::Message(way.message)));
                    }
                }
            }
            _ => {}
        }
    }
    all
}

fn text_ways(rules: &StringRules) -> Vec<(String, String)> {
    let mut ways: Vec<(String, String)> =
        UNWELCOME.into_iter().map(|c| (format!("U+{:04X}", c as u32), format!("{}{c}", good_text(rules)))).collect();
    if rules.min_len.is_some_and(|min| min > 0) {
        ways.push(("empty".to_owned(), String::new()));
    }
    if let Some(max) = rules.max_len {
        let max = usize::try_from(max).expect("short");
        ways.push((format!("{} characters", max + 1), "字".repeat(max + 1)));
        ways.push((format!("{} letters", max + 1), "x".repeat(max + 1)));
    }
    if matches!(rules.well_known, Some(WellKnown::Uuid(true))) {
        for text in [
            "",
            "x",
            "018f2f6e7c1a7b7e9a550d3c1f4c2b11",
            "{018f2f6e-7c1a-7b7e-9a55-0d3c1f4c2b1}",
            "018f2f6e-7c1a-7b7e-9a55-0d3c1f4c2b1g",
        ] {
            ways.push((format!("{text:?}"), text.to_owned()));
        }
    }
    if rules.pattern.as_deref().is_some_and(is_address) {
        for text in [
            "somebody",
            "@host.example",
            "name@",
            "a name@host.example",
            "name@host.example\n",
            "a@b@host.example",
            "a@host.example,c@host.example",
            "<name@host.example>",
            "\"a\"@host.example",
            "a..b@host.example",
            "a.@host.example",
            "a@host",
            "a@[10.0.0.1]",
            "a@10.0.0.1",
            "a@-x.example",
            "a@x_y.example",
            "ü@host.example",
            "a@例子.cn",
            "a:b@host.example",
        ] {
            ways.push((format!("{text:?}"), text.to_owned()));
        }
    } else if rules.pattern.is_some() {
        for text in [
            "yesterday",
            "2026-2-3",
            "2026-13-01",
            "2026-01-32",
            "2026-01-00",
            "2026-01-01T00:00",
            " 2026-01-01",
            "2026-01-01\n",
            "２０２６-01-01",
        ] {
            ways.push((format!("{text:?}"), text.to_owned()));
        }
    }
    if !rules.r#in.is_empty() {
        for text in ["fr", "EN", "zh-cn", " en"] {
            ways.push((format!("{text:?}"), text.to_owned()));
        }
    }
    ways
}

fn choice_ways(rules: &EnumRules) -> Vec<i32> {
    let undefined = [99, -1, i32::MAX, i32::MIN].into_iter().filter(|_| rules.defined_only == Some(true));
    rules.not_in.iter().copied().chain(undefined).collect()
}

fn list_ways(rules: &RepeatedRules) -> Vec<(String, String, Value)> {
    if let Some(field_rules::Type::Enum(each)) = rules.items.as_ref().and_then(|items| items.r#type.clone()) {
        return choice_list_ways(rules, &each);
    }
    let each = each(rules);
    let mut ways = Vec::new();
    for many in rules.min_items().checked_sub(1).into_iter().chain(rules.max_items.map(|max| max + 1)) {
        ways.push((format!("{many} items"), String::new(), texts(&each, many)));
    }
    for (how, text) in text_ways(&each) {
        ways.push((how, "[1]".to_owned(), Value::List([good_text(&each), text].map(Value::String).to_vec())));
    }
    ways
}

fn choice_list_ways(rules: &RepeatedRules, each: &EnumRules) -> Vec<(String, String, Value)> {
    let choices = |numbers: Vec<i32>| Value::List(numbers.into_iter().map(Value::EnumNumber).collect());
    let many = rules.max_items.map(|max| usize::try_from(max).expect("few") + 1);
    let many = many.map(|many| (format!("{many} items"), String::new(), choices(vec![1; many])));
    let wrong = choice_ways(each).into_iter().map(|number| (format!("{number}"), "[1]".to_owned(), choices(vec![1, number])));
    many.into_iter().chain(wrong).collect()
}
