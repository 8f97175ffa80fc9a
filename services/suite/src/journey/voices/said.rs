//! What the twenty said, by which door it came, and what the desk makes of it.

use sanben_proto::intake::SubmissionKind;
use sanben_proto::kinds::{Book, Channel, Track};

/// One thing that somebody said.
pub struct Voice {
    pub id: &'static str,
    pub kind: SubmissionKind,
    pub channel: Channel,
    pub unit: &'static str,
    pub place: &'static str,
    pub language: &'static str,
    pub words: &'static str,
    pub fate: Fate,
}

/// What the desk makes of it.
pub enum Fate {
    Answer(&'static str),
    Praise(&'static str),
    /// Into its two matters.
    Split,
    Case {
        book: Book,
        track: Track,
        lead: &'static str,
        title: &'static str,
    },
}

pub const VOICES: [Voice; 20] = [
    Voice {
        id: "v01",
        kind: SubmissionKind::Suggestion,
        channel: Channel::Meeting,
        unit: "gaoling-chonghuang",
        place: "崇阳路",
        language: "zh-CN",
        words: "崇阳路一直围挡不通，园区员工上下班要绕一大圈，请尽快协调打通。",
        fate: Fate::Case {
            book: Book::Demand, track: Track::Petition, lead: "gaoling-chonghuang", title: "请求打通崇阳路围挡"
        },
    },
    Voice {
        id: "v02",
        kind: SubmissionKind::Complaint,
        channel: Channel::Meeting,
        unit: "beilin-nandajie",
        place: "南院门街道钟楼社区",
        language: "zh-CN",
        words: "楼下烤鸭店的油烟一直往上冲，家里不敢开窗，邻居们意见都很大。",
        fate: Fate::Case { book: Book::Complaint, track: Track::Petition, lead: "beilin-nandajie", title: "餐饮油烟扰民" },
    },
    Voice {
        id: "v03",
        kind: SubmissionKind::Demand,
        channel: Channel::Patrol,
        unit: "xincheng-xiyilu",
        place: "西一路某商厦",
        language: "zh-CN",
        words: "商厦一百多户业主和物业的纠纷拖了十年，写字楼一直租不出去，希望公安牵头大家坐下来解决。",
        fate: Fate::Case {
            book: Book::Demand, track: Track::Petition, lead: "xincheng-xiyilu", title: "商厦业主与物业纠纷"
        },
    },
    Voice {
        id: "v04",
        kind: SubmissionKind::Consultation,
        channel: Channel::Online,
        unit: "zhian",
        place: "",
        language: "zh-CN",
        words: "请问无犯罪记录证明怎么办理？需要带什么材料，能不能网上办？",
        fate: Fate::Answer("您好。可在户籍地或居住地派出所办理，也可网上申请，只需本人身份证，三个工作日内办结。"),
    },
    Voice {
        id: "v05",
        kind: SubmissionKind::Complaint,
        channel: Channel::Online,
        unit: "jiaojing",
        place: "雨湖区某路段",
        language: "zh-CN",
        words: "每天深夜都有大排量摩托车炸街，老人孩子睡不好，请管一管。",
        fate: Fate::Case {
            book: Book::Complaint, track: Track::Accusation, lead: "jiaojing", title: "深夜大排量摩托车噪声"
        },
    },
    Voice {
        id: "v06",
        kind: SubmissionKind::Suggestion,
        channel: Channel::Meeting,
        unit: "jiaojing",
        place: "",
        language: "zh-CN",
        words: "建议重新核定学校周边路口的标志标线和红绿灯配时，早高峰行人绿灯太短。",
        fate: Fate::Case {
            book: Book::Suggestion, track: Track::Suggestion, lead: "jiaojing", title: "建议核定学校周边信号配时"
        },
    },
    Voice {
        id: "v07",
        kind: SubmissionKind::Suggestion,
        channel: Channel::Meeting,
        unit: "shenpi",
        place: "",
        language: "zh-CN",
        words: "网上业务审批时间偏长，建议公开每一步的办理时限，并推行全市通办。",
        fate: Fate::Case {
            book: Book::Suggestion, track: Track::Suggestion, lead: "shenpi", title: "建议公开网上审批时限"
        },
    },
    Voice {
        id: "v08",
        kind: SubmissionKind::Suggestion,
        channel: Channel::Meeting,
        unit: "jingzhen",
        place: "",
        language: "zh-CN",
        words: "建议建立警企联动机制，企业遇到合同诈骗能有固定的联系人。",
        fate: Fate::Case {
            book: Book::Suggestion, track: Track::Suggestion, lead: "jingzhen", title: "建议建立警企联动机制"
        },
    },
    Voice {
        id: "v09",
        kind: SubmissionKind::Suggestion,
        channel: Channel::Liaison,
        unit: "changan-guodu",
        place: "",
        language: "zh-CN",
        words: "希望多到大学城做反诈和交通安全的讲座，最好能有英文版。",
        fate: Fate::Case {
            book: Book::Suggestion, track: Track::Suggestion, lead: "changan-guodu", title: "希望到大学城开展讲座"
        },
    },
    Voice {
        id: "v10",
        kind: SubmissionKind::Consultation,
        channel: Channel::Hall,
        unit: "changan-guodu",
        place: "万科城会客厅",
        language: "en",
        words: "I moved to a new apartment last week. Where and within how many hours do I have to register my address?",
        fate: Fate::Answer(
            "Please register within 24 hours of moving in, at Guodu police station or in this hall; bring your passport and the lease.",
        ),
    },
    Voice {
        id: "v11",
        kind: SubmissionKind::Demand,
        channel: Channel::Liaison,
        unit: "yanta",
        place: "",
        language: "zh-CN",
        words: "我们物流园夜里丢过三次货，想请派出所帮助看看监控和照明怎么布置，并增加夜间巡逻。",
        fate: Fate::Case { book: Book::Demand, track: Track::Petition, lead: "yanta", title: "物流园请求指导技防" },
    },
    Voice {
        id: "v12",
        kind: SubmissionKind::Complaint,
        channel: Channel::Online,
        unit: "lianhu-beiyuanmen",
        place: "",
        language: "zh-CN",
        words: "上周去窗口办事，民警态度很差，材料明明齐全却让我跑了三趟。请不要让他们知道是谁反映的。",
        fate: Fate::Case { book: Book::Complaint, track: Track::Accusation, lead: "lianhu", title: "反映窗口服务态度差" },
    },
    Voice {
        id: "v13",
        kind: SubmissionKind::Demand,
        channel: Channel::CityHotline,
        unit: "weiyang",
        place: "",
        language: "zh-CN",
        words: "小区门口道路中间的隔离栏被撞坏一个多月了，晚上很危险，打过两次电话都说已经转办。",
        fate: Fate::Case { book: Book::Demand, track: Track::Petition, lead: "weiyang", title: "道路隔离栏损坏未修复" },
    },
    Voice {
        id: "v14",
        kind: SubmissionKind::Petition,
        channel: Channel::Letter,
        unit: "baqiao",
        place: "",
        language: "zh-CN",
        words: "第一，建议在我们村口装减速带；第二，去年我报的盗窃案到现在没有人告诉我结果，要求给个说法。",
        fate: Fate::Split,
    },
    Voice {
        id: "v15",
        kind: SubmissionKind::Demand,
        channel: Channel::LeaderBoard,
        unit: "huzheng",
        place: "",
        language: "zh-CN",
        words: "孩子出生在外地，落户跑了两个派出所说法不一样，请明确到底要哪些材料。",
        fate: Fate::Case { book: Book::Demand, track: Track::Petition, lead: "huzheng", title: "请求明确落户材料" },
    },
    Voice {
        id: "v16",
        kind: SubmissionKind::Praise,
        channel: Channel::Online,
        unit: "huyi",
        place: "",
        language: "zh-CN",
        words: "感谢社区民警雨夜把走失的老人送回家，给他们点个赞。",
        fate: Fate::Praise("感谢社区民警雨夜把走失的老人送回家。"),
    },
    Voice {
        id: "v17",
        kind: SubmissionKind::Hazard,
        channel: Channel::Auxiliary,
        unit: "yanliang-lingyunlu",
        place: "",
        language: "zh-CN",
        words: "老旧小区三号楼楼道堆满电动车和纸箱，充电线从窗户飞线下来，有火灾隐患。",
        fate: Fate::Case {
            book: Book::Demand, track: Track::Urgent, lead: "yanliang-lingyunlu", title: "楼道堆物与飞线充电隐患"
        },
    },
    Voice {
        id: "v18",
        kind: SubmissionKind::Lead,
        channel: Channel::Auxiliary,
        unit: "lintong",
        place: "",
        language: "zh-CN",
        words: "有人在城中村出租屋里天天聚集，收老人的钱说是养老投资，疑似非法集资。",
        fate: Fate::Case { book: Book::Demand, track: Track::Accusation, lead: "jingzhen", title: "疑似非法集资线索" },
    },
    Voice {
        id: "v19",
        kind: SubmissionKind::Demand,
        channel: Channel::Sms,
        unit: "gaoxin",
        place: "",
        language: "zh-CN",
        words: "聋人，想问丢失身份证补办，到窗口能不能有手语帮助。",
        fate: Fate::Case { book: Book::Demand, track: Track::Consultation, lead: "gaoxin", title: "请求窗口手语帮助" },
    },
    Voice {
        id: "v20",
        kind: SubmissionKind::Demand,
        channel: Channel::Video,
        unit: "weiyang",
        place: "",
        language: "zh-CN",
        words: "我是二十年前那起伤害案的当事人家属，赔偿一直没有执行完，希望有人把来龙去脉给我讲清楚。",
        fate: Fate::Case {
            book: Book::Demand, track: Track::Petition, lead: "weiyang", title: "请求说明伤害案赔偿执行情况"
        },
    },
];

impl Voice {
    pub fn title(&self) -> &'static str {
        match self.fate {
            Fate::Case { title, .. } => title,
            Fate::Answer(_) | Fate::Praise(_) | Fate::Split => self.words,
        }
    }
}
