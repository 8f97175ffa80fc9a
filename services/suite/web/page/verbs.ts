/** What an officer can do with a case: one form a verb. Which verbs are there now is the suite's to say (`Case.open_verbs`). */
import type { Sanben } from "../client/index.js";
import { type Case, CaseVerb } from "../gen/sanben/ledger/v1/case_pb.js";
import { Outcome } from "../gen/sanben/type/v1/types_pb.js";
import { Once, patient, submits } from "./calls.js";
import { choice, chosen, field, h } from "./dom.js";
import { unitPicker } from "./units.js";
import { say } from "./words.js";

/** What every verb is sent with. */
interface Target {
  requestId: string;
  caseId: string;
  etag: string;
}

/** The controls of a verb, and how it is sent. */
interface Verb {
  controls: (HTMLElement | undefined)[];
  /** What is said, without the target. */
  said(): Record<string, unknown>;
  send(target: Target): Promise<unknown>;
}

const OUTCOMES = [
  Outcome.SUPPORTED,
  Outcome.PARTLY_SUPPORTED,
  Outcome.EXPLAINED,
  Outcome.NOT_SUPPORTED,
  Outcome.MEDIATED,
  Outcome.WITHDRAWN,
  Outcome.TRANSFERRED,
];

/** The verbs that a person of the bureau gives; the others are the citizen's. */
export function duties(of: Case): CaseVerb[] {
  return of.openVerbs.filter((verb) => verb !== CaseVerb.REOPEN && verb !== CaseVerb.RECORD_VERDICT);
}

/** The form of a verb. `present` is the case as it is when the form is sent. */
export function verbForm(sanben: Sanben, verb: CaseVerb, present: () => Case, done: () => void): HTMLElement {
  const made = make(sanben, verb, present());
  const once = new Once();
  const name = say(`verb-${CaseVerb[verb]}`);
  return submits(
    h(
      "form",
      { "data-verb": CaseVerb[verb] ?? "", "aria-label": name },
      ...made.controls,
      h("div", { class: "row" }, h("button", { class: "main" }, name)),
    ),
    async () => {
      const { caseId, etag } = present();
      const requestId = once.for({ caseId, etag, ...made.said() });
      await made.send({ requestId, caseId, etag });
      once.done();
      done();
    },
  );
}

function text(path: string, rows: boolean, max: number): { control: HTMLInputElement | HTMLTextAreaElement; shown: HTMLElement } {
  const control = rows ? h("textarea", { maxlength: String(max) }) : h("input", { maxlength: String(max), autocomplete: "off" });
  return { control, shown: field(path, say(`field-${path.replaceAll(".", "-")}`), control) };
}

function tick(path: string): { control: HTMLInputElement; shown: HTMLElement } {
  const control = h("input", { type: "checkbox" });
  return { control, shown: h("label", { class: "choice" }, control, say(`field-${path}`)) };
}

function yesOrNo(path: string): { shown: HTMLElement; yes(): boolean } {
  const shown = choice(path, say(`field-${path}`), [
    ["yes", say(`field-${path}-yes`)],
    ["no", say(`field-${path}-no`)],
  ]);
  return { shown, yes: () => chosen(shown) === "yes" };
}

function make(sanben: Sanben, verb: CaseVerb, of: Case): Verb {
  const ledger = sanben.ledger;
  const plain = (send: (target: Target) => Promise<unknown>): Verb => ({ controls: [], said: () => ({}), send });
  const one = (path: string, max: number, send: (target: Target, value: string) => Promise<unknown>): Verb => {
    const { control, shown } = text(path, true, max);
    return { controls: [shown], said: () => ({ [path]: control.value }), send: (target) => send(target, control.value) };
  };
  switch (verb) {
    case CaseVerb.REGISTER:
      return plain((target) => ledger.registerCase(target, patient));
    case CaseVerb.DECLINE:
      return one("reason", 1000, (target, reason) => ledger.declineCase({ ...target, reason }, patient));
    case CaseVerb.ASSIGN:
      return assign(sanben);
    case CaseVerb.UNDERTAKE:
      return plain((target) => ledger.undertakeCase(target, patient));
    case CaseVerb.REPORT_BACK:
      return report(sanben);
    case CaseVerb.REVIEW:
      return review(sanben);
    case CaseVerb.REPLY:
      return plain((target) => ledger.replyCase(target, patient));
    case CaseVerb.RECORD_PUBLICATION:
      return publish(sanben);
    case CaseVerb.EXAMINE_ACCOUNTABILITY:
      return one("finding", 1000, (target, finding) => ledger.examineAccountability({ ...target, finding }, patient));
    case CaseVerb.STRIKE_OFF:
      return plain((target) => ledger.strikeOffCase(target, patient));
    case CaseVerb.STRIKE_OFF_BY_EXCEPTION:
      return except(sanben, of);
    case CaseVerb.ARCHIVE:
      return plain((target) => ledger.archiveCase(target, patient));
    default:
      return { controls: [h("p", {}, say("verb-unknown"))], said: () => ({}), send: () => Promise.resolve() };
  }
}

function assign(sanben: Sanben): Verb {
  const lead = unitPicker(sanben, false);
  const assisting = unitPicker(sanben, false);
  const instruction = text("instruction", true, 1000);
  const said = () => ({
    leadUnitId: lead.id(),
    assistingUnitIds: assisting.id() ? [assisting.id()] : [],
    instruction: instruction.control.value,
  });
  return {
    controls: [
      instruction.shown,
      field("lead_unit_id", say("field-lead_unit_id"), lead.control, say("field-lead_unit_id-hint")),
      lead.list,
      field("assisting_unit_ids", say("field-assisting_unit_ids"), assisting.control),
      assisting.list,
    ],
    said,
    send: (target) => sanben.ledger.assignCase({ ...target, ...said() }, patient),
  };
}

function report(sanben: Sanben): Verb {
  const reportText = text("report_text", true, 5000);
  const replyText = text("reply_text", true, 5000);
  const outcome = choice("outcome", say("field-outcome"), OUTCOMES.map((one) => [String(one), say(`outcome-${Outcome[one]}`)]));
  const said = () => ({
    reportText: reportText.control.value,
    replyText: replyText.control.value,
    outcome: Number(chosen(outcome)),
  });
  return {
    controls: [reportText.shown, replyText.shown, outcome],
    said,
    send: (target) => sanben.ledger.reportBack({ ...target, ...said() }, patient),
  };
}

function review(sanben: Sanben): Verb {
  const verdict = yesOrNo("approve");
  const criteria = { policyCorrect: tick("policy_correct"), opinionFitting: tick("opinion_fitting"), rectified: tick("rectified") };
  const reason = text("reason", true, 1000);
  const said = () => ({
    approve: verdict.yes(),
    policyCorrect: criteria.policyCorrect.control.checked,
    opinionFitting: criteria.opinionFitting.control.checked,
    rectified: criteria.rectified.control.checked,
    reason: reason.control.value,
  });
  return {
    controls: [...Object.values(criteria).map(({ shown }) => shown), verdict.shown, reason.shown],
    said,
    send: (target) => sanben.ledger.reviewReply({ ...target, ...said() }, patient),
  };
}

function publish(sanben: Sanben): Verb {
  const published = yesOrNo("published");
  const ground = text("ground", true, 500);
  const said = () => ({ published: published.yes(), ground: ground.control.value });
  return {
    controls: [published.shown, ground.shown],
    said,
    send: (target) => sanben.ledger.recordPublication({ ...target, ...said() }, patient),
  };
}

function except(sanben: Sanben, of: Case): Verb {
  const reason = text("reason", true, 1000);
  const authority = text("superior.authority", false, 80);
  const documentNumber = text("superior.document_number", false, 80);
  const date = h("input", { type: "date" });
  const documentDate = { control: date, shown: field("superior.document_date", say("field-superior-document_date"), date) };
  const superior = [authority, documentNumber, documentDate];
  const said = () => ({
    reason: reason.control.value,
    ...(of.superiorNeeded
      ? {
          superior: {
            authority: authority.control.value,
            documentNumber: documentNumber.control.value,
            documentDate: documentDate.control.value,
          },
        }
      : {}),
  });
  return {
    controls: [reason.shown, ...(of.superiorNeeded ? superior.map(({ shown }) => shown) : [])],
    said,
    send: (target) => sanben.ledger.strikeOffByException({ ...target, ...said() }, patient),
  };
}
