/** 公文: what an official paper says, and issuing one. */
import type { Sanben } from "../client/index.js";
import type { Case } from "../gen/sanben/ledger/v1/case_pb.js";
import { LegalPath, type Paper, PaperKind, type Supervision } from "../gen/sanben/type/v1/paper_pb.js";
import { patient } from "./calls.js";
import { choice, chosen, facts, field, h } from "./dom.js";
import type { Target, Verb } from "./verbs.js";
import { unitName, unitPicker } from "./units.js";
import { say, when } from "./words.js";

/** One version, as officers and the person read it. */
export function paperCard(of: Paper): HTMLElement {
  const version = of.version > 1 ? say("paper-version", { version: of.version }) : "";
  const issued = of.issueTime ? when(of.issueTime) : say("paper-draft");
  return h(
    "div",
    { "data-paper": PaperKind[of.kind] ?? "" },
    h("h3", {}, say(`paper-${PaperKind[of.kind]}`)),
    h("p", { class: "meta" }, [of.number, version, unitName(of.unitId), issued].filter(Boolean).join(" · ")),
    facts(...said(of)),
  );
}

function said(of: Paper): [string, string][] {
  const supervised = (stub: Supervision): [string, string][] => [
    [say("field-urged"), unitName(stub.unitId)],
    [say("field-text"), stub.requirement],
    [say("field-due_date"), stub.dueDate],
  ];
  switch (of.content.case) {
    case "pathNotice": {
      const { path, authority, explanation } = of.content.value;
      return [
        [say("field-path"), say(`path-${LegalPath[path]}`)],
        [say("field-authority"), authority],
        [say("field-explanation"), explanation],
      ];
    }
    case "handlingOpinion": {
      const { request, facts: found, opinion, basis } = of.content.value;
      return [
        [say("field-opinion-request"), request],
        [say("field-opinion-facts"), found],
        [say("field-opinion-opinion"), opinion],
        [say("field-opinion-basis"), basis],
      ];
    }
    case "extensionNotice": {
      const { days, reason, dueDate } = of.content.value;
      return [
        [say("field-days"), String(days)],
        [say("field-reason"), reason],
        [say("look-due"), dueDate],
      ];
    }
    case "settlementAgreement": {
      const { matter, terms } = of.content.value;
      return [
        [say("field-agreement-matter"), matter],
        ...terms.map((term): [string, string] => [term.party, `${term.obligation} ${term.dueDate}`]),
      ];
    }
    case "supervisionOrder":
    case "reminderLetter":
      return supervised(of.content.value);
    case "bulletin":
      return [
        [say("field-bulletin-units"), of.content.value.unitIds.map(unitName).join(say("comma"))],
        [say("field-text"), of.content.value.text],
      ];
    default:
      return [];
  }
}

const PATHS = [
  LegalPath.PETITION,
  LegalPath.STATUTORY_DUTY,
  LegalPath.LITIGATION,
  LegalPath.ARBITRATION,
  LegalPath.PARTY_APPEAL,
  LegalPath.ADMINISTRATIVE,
];
/** Parties of an agreement that the page can enter. */
const PARTIES = 3;

/** The controls of one kind of paper, and what they say. */
interface Content {
  shown: HTMLElement[];
  said(): Promise<Record<string, unknown>>;
}

/** A notice of the path, an agreement or a bulletin: what is chosen is shown. */
export function issuePaper(sanben: Sanben, of: Case): Verb {
  const contents: Record<string, Content> = { PATH_NOTICE: pathNotice(), SETTLEMENT_AGREEMENT: agreement(of), BULLETIN: bulletin(sanben) };
  const kind = choice("content", say("field-paper"), Object.keys(contents).map((name) => [name, say(`paper-${name}`)]));
  const groups = Object.entries(contents).map(([name, { shown }]) => h("div", { hidden: true, "data-paper-fields": name }, ...shown));
  kind.addEventListener("change", () => {
    for (const group of groups) {
      group.hidden = group.dataset.paperFields !== chosen(kind);
    }
  });
  const corrects = h("input", { maxlength: "120", autocomplete: "off" });
  const content = async () => ({
    correctsNumber: corrects.value.trim(),
    ...(await contents[chosen(kind)]?.said()),
  });
  return {
    controls: [kind, ...groups, field("corrects_number", say("field-corrects_number"), corrects, say("field-corrects_number-hint"))],
    said: content,
    send: async (target: Target) => sanben.papers.issuePaper({ ...target, ...(await content()) }, patient),
  };
}

function pathNotice(): Content {
  const path = h("select", {}, ...PATHS.map((one) => h("option", { value: String(one) }, say(`path-${LegalPath[one]}`))));
  const authority = h("input", { maxlength: "80", autocomplete: "off" });
  const explanation = h("textarea", { maxlength: "2000" });
  return {
    shown: [
      field("path_notice.path", say("field-path"), path),
      field("path_notice.authority", say("field-authority"), authority, say("field-authority-hint")),
      field("path_notice.explanation", say("field-explanation"), explanation),
    ],
    said: () =>
      Promise.resolve({
        content: {
          case: "pathNotice",
          value: { path: Number(path.value), authority: authority.value, explanation: explanation.value },
        },
      }),
  };
}

/** Of one who speaks in the case, counted as they stand in it, or of all. */
function agreement(of: Case): Content {
  const matter = h("textarea", { maxlength: "2000" });
  const named = of.submissionIds.map((id, index) => h("option", { value: id }, say("visit-submission", { number: index + 1 })));
  const whose = h("select", {}, ...named, h("option", { value: "" }, say("agreement-everybody")));
  const rows = Array.from({ length: PARTIES }, (_, index) => {
    const party = h("input", { maxlength: "80", autocomplete: "off" });
    const obligation = h("input", { maxlength: "1000", autocomplete: "off" });
    const due = h("input", { type: "date" });
    const named = (name: string) => say(`field-term-${name}`, { number: index + 1 });
    const path = (name: string) => `settlement_agreement.terms[${index}].${name}`;
    const shown = [
      field(path("party"), named("party"), party),
      field(path("obligation"), named("obligation"), obligation),
      field(path("due_date"), named("due"), due),
    ];
    return { shown, said: () => ({ party: party.value, obligation: obligation.value, dueDate: due.value }) };
  });
  return {
    shown: [
      field("settlement_agreement.submission_id", say("field-agreement-reader"), whose),
      field("settlement_agreement.matter", say("field-agreement-matter"), matter),
      ...rows.flatMap((row) => row.shown),
    ],
    said: () => {
      const terms = rows.map((row) => row.said()).filter((term) => term.party || term.obligation);
      return Promise.resolve({ content: { case: "settlementAgreement", value: { matter: matter.value, terms, submissionId: whose.value, everybody: !whose.value } } });
    },
  };
}

function bulletin(sanben: Sanben): Content {
  const unit = unitPicker(sanben, false);
  const text = h("textarea", { maxlength: "2000" });
  return {
    shown: [
      field("bulletin.unit_ids", say("field-bulletin-units"), unit.control),
      unit.list,
      field("bulletin.text", say("field-text"), text),
    ],
    said: async () => {
      const id = await unit.id();
      return { content: { case: "bulletin", value: { unitIds: id ? [id] : [], text: text.value } } };
    },
  };
}
