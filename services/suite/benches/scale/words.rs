//! What people speak of: enough words that a pair of them is in few cases and one of them in many.

use crate::dice::Dice;

const PLACES: [&str; 24] = [
    "小区门口",
    "学校周边",
    "地铁站口",
    "菜市场",
    "公交站台",
    "河堤步道",
    "商业街",
    "老旧院落",
    "高架桥下",
    "医院门前",
    "停车场",
    "工地围挡",
    "广场",
    "夜市",
    "快递站点",
    "幼儿园旁",
    "加油站",
    "公园东门",
    "物流园区",
    "城中村",
    "环城路口",
    "写字楼",
    "体育馆",
    "火车站",
];
const SUBJECTS: [&str; 24] = [
    "路灯",
    "红绿灯",
    "监控探头",
    "摩托车",
    "电动自行车",
    "大货车",
    "烧烤摊",
    "广场舞",
    "流浪犬",
    "宠物犬",
    "噪声",
    "身份证",
    "户口簿",
    "居住证",
    "出入境证件",
    "驾驶证",
    "电信诈骗",
    "盗窃",
    "斗殴",
    "占道停车",
    "违法建筑",
    "井盖",
    "减速带",
    "隔离护栏",
];
const TROUBLES: [&str; 24] = [
    "长期损坏",
    "无人管理",
    "深夜扰民",
    "办理缓慢",
    "反复出现",
    "影响通行",
    "存在隐患",
    "多次反映",
    "至今未果",
    "态度生硬",
    "手续繁琐",
    "窗口排队",
    "答复不清",
    "尚未立案",
    "超出期限",
    "巡逻偏少",
    "处罚不公",
    "标线模糊",
    "夜间照明不足",
    "时段不合理",
    "材料退回",
    "电话不通",
    "执法不规范",
    "整改不彻底",
];
const WISHES: [&str; 12] = [
    "希望尽快处理",
    "请求书面答复",
    "建议增设标志",
    "盼望加强巡查",
    "要求说明理由",
    "希望延长服务时间",
    "请求复核",
    "建议公开进度",
    "希望上门走访",
    "请求协调物业",
    "建议错峰管理",
    "要求追究责任",
];
/// Not so often spoken of: one case in a hundred.
const RARE: &str = "古城墙箭楼";

/// A title and a summary.
pub fn say(dice: &mut Dice) -> (String, String) {
    let (place, subject, trouble) = (dice.one_of(&PLACES), dice.one_of(&SUBJECTS), dice.one_of(&TROUBLES));
    let house = 1 + dice.below(400);
    let rare = if dice.below(100) == 0 { RARE } else { "" };
    let summary =
        format!("群众反映{rare}{place}{house}号附近{subject}{trouble}，{}，{}。", dice.one_of(&TROUBLES), dice.one_of(&WISHES));
    (format!("{place}{subject}{trouble}"), summary)
}

/// What somebody looks for: a word of one case in twenty-four, two such words, and a rare one.
pub fn asked(dice: &mut Dice) -> [String; 3] {
    let (subject, place) = (dice.one_of(&SUBJECTS), dice.one_of(&PLACES));
    [(*subject).to_owned(), format!("{place} {subject}"), RARE.to_owned()]
}
