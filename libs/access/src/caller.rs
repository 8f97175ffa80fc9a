use serde::{Deserialize, Serialize};

macro_rules! roles {
    ($($(#[$doc:meta])* $role:ident = $name:literal),* $(,)?) => {
        /// What somebody is in the bureau.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum Role {
            $($(#[$doc])* #[serde(rename = $name)] $role,)*
        }

        impl Role {
            /// All of them.
            pub const ALL: &'static [Role] = &[$(Role::$role),*];

            /// The name in tokens and policies.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Role::$role => $name,)*
                }
            }
        }
    };
}

roles! {
    /// 群众, signed in.
    Citizen = "citizen",
    /// 分拣员: triage.
    DeskOfficer = "desk-officer",
    /// 办理员.
    Handler = "handler",
    /// 分管领导.
    LeaderInCharge = "leader-in-charge",
    /// 三长; whether a signature counts depends on the tenure.
    Chief = "chief",
    /// 值班员.
    DutyOfficer = "duty-officer",
    /// 督察.
    Supervisor = "supervisor",
    /// 联系群众办: audits and reviews, never handles.
    Office = "office",
    /// 联访民警.
    LiaisonOfficer = "liaison-officer",
    /// 进建商 secretary.
    MeetingSecretary = "meeting-secretary",
    /// 会客厅 attendant.
    HallAttendant = "hall-attendant",
    /// 治安协理员.
    Auxiliary = "auxiliary",
    /// 身份保管员: releases identity.
    IdentityCustodian = "identity-custodian",
    /// 审计员.
    Auditor = "auditor",
    /// 管理员: configuration, sees no matters.
    Administrator = "administrator",
    /// Another department's machine.
    DepartmentSystem = "department-system",
    /// A service of this suite.
    Service = "service",
}

impl Role {
    /// The role of that name.
    pub fn named(name: &str) -> Option<Role> {
        Role::ALL.iter().copied().find(|role| role.name() == name)
    }
}

/// Who is calling.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    /// The token's subject; `anonymous` without a token.
    pub person: String,
    /// The unit; empty for citizens and machines.
    pub unit: String,
    /// The roles; empty for anonymous callers.
    pub roles: Vec<Role>,
}

impl Caller {
    /// Somebody without a token.
    pub fn anonymous() -> Caller {
        Caller { person: "anonymous".to_owned(), unit: String::new(), roles: Vec::new() }
    }

    /// The service `name` of this suite.
    pub fn service(name: &str) -> Caller {
        Caller { person: format!("service:{name}"), unit: String::new(), roles: vec![Role::Service] }
    }

    /// Whether this is somebody without a token.
    pub fn is_anonymous(&self) -> bool {
        self.roles.is_empty()
    }

    /// Whether the caller has `role`.
    pub fn is(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }
}
