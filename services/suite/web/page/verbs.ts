/** What an officer can do with a case: one form a verb. Which verbs are there now is the suite's to say (`Case.open_verbs`). */
import type { Sanben } from "../client/index.js";
import { AccountabilityMeasure, type Case, PersonalDuty, RecordKind, UrgeForm } from "../gen/sanben/ledger/v1/case_pb.js";
import { CaseVerb } from "../gen/sanben/ledger/v1/case_verb_pb.js";
import { LegalPath } from "../gen/sanben/type/v1/paper_pb.js";
import { Book, Outcome, Track, Verdict } from "../gen/sanben/type/v1/types_pb.js";
import { Once, patient, submits } from "./calls.js";
import { pause } from "./clocks.js";
import { choice, chosen, field, h } from "./dom.js";
import { dropDraft, signDraft } from "./drafts.js";
import { issuePaper } from "./papers.js";
import { TRACKS } from "./triage.js";
import { unitName, unitPicker } from "./units.js";
import { say } from "./words.js";

/** What every verb is sent with. */
export interface Target {
  requestId: string;
  caseId: string;
  etag: string;
}

/** The controls of a verb, and how it is sent. */
export interface Verb {
  controls: (HTMLElement | undefined)[];
  /** What is said, without the target. */
  said(): Record<string, unknown> | Promise<Record<string, unknown>>;
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

const RECORDS = [
  RecordKind.JOINT_CONSULTATION,
  RecordKind.SITE_SURVEY,
  RecordKind.MEASURE,
  RecordKind.MEDIATION,
];

/** What citizens, the desk and the systems of other departments do elsewhere. */
const OTHERS = [
  CaseVerb.REOPEN,
  CaseVerb.RECORD_VERDICT,
  CaseVerb.JOIN,
  CaseVerb.DETACH,
  CaseVerb.APPEAL,
  CaseVerb.ANSWER_CO_HANDLING,
];

/** The verbs that a person of the bureau gives on the case. */
export function offered(of: Case): CaseVerb[] {
  return of.openVerbs.filter((verb) => !OTHERS.includes(verb));
}

/** What may be done, and need not be. */
const OPTIONAL = [
  CaseVerb.OBJECT,
  CaseVerb.REPLACE_HANDLER,
  CaseVerb.RECLASSIFY,
  CaseVerb.COORDINATE,
  CaseVerb.URGE,
  CaseVerb.ADD_RECORD,
  CaseVerb.RECORD_RETURN_VISIT,
  CaseVerb.REFER_TO_DISCIPLINE,
  CaseVerb.TAKE_OWNERSHIP,
  CaseVerb.LINK_REPEAT,
  CaseVerb.RECORD_HEARING,
  CaseVerb.ISSUE_PAPER,
  CaseVerb.EXTEND,
  CaseVerb.ASK_AUTHORITY,
  CaseVerb.PAUSE,
  CaseVerb.RESUME,
  CaseVerb.DROP_DRAFT,
];

/** What is theirs to do. */
export function duties(of: Case): CaseVerb[] {
  const done = (verb: CaseVerb) => verb === CaseVerb.CONTRIBUTE && of.contributions.every((one) => one.made);
  return offered(of).filter((verb) => !OPTIONAL.includes(verb) && !done(verb));
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
      const requestId = once.for({ caseId, etag, ...(await made.said()) });
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
  shown.dataset.must = say("problem-choose");
  return { shown, yes: () => chosen(shown) === "yes" };
}

function make(sanben: Sanben, verb: CaseVerb, of: Case): Verb {
  const { direction, handling } = sanben;
  const plain = (send: (target: Target) => Promise<unknown>): Verb => ({ controls: [], said: () => ({}), send });
  /** `name` says which text is shown; `path` is the field of the contract, where that is another. */
  const one = (name: string, max: number, send: (target: Target, value: string) => Promise<unknown>, path = name): Verb => {
    const { control, shown } = text(name, true, max);
    control.dataset.path = path;
    return { controls: [shown], said: () => ({ [path]: control.value }), send: (target) => send(target, control.value) };
  };
  switch (verb) {
    case CaseVerb.REGISTER:
      return plain((target) => direction.registerCase(target, patient));
    case CaseVerb.DECLINE:
      return one("reason", 1000, (target, reason) => direction.declineCase({ ...target, reason }, patient));
    case CaseVerb.ASSIGN:
      return assign(sanben, (target, said) => direction.assignCase({ ...target, ...said }, patient));
    case CaseVerb.ASSIGN_URGENTLY:
      return assign(sanben, (target, said) => direction.assignCaseUrgently({ ...target, ...said }, patient));
    case CaseVerb.OBJECT:
      return one("reason", 1000, (target, reason) => handling.objectToAssignment({ ...target, reason }, patient));
    case CaseVerb.DECIDE_OBJECTION:
      return decideObjection(sanben);
    case CaseVerb.REPLACE_HANDLER:
      return replaceHandler(sanben);
    case CaseVerb.RECLASSIFY:
      return reclassify(sanben, of);
    case CaseVerb.CONTRIBUTE:
      return one("contribution", 5000, (target, text) => handling.contributeToCase({ ...target, text }, patient), "text");
    case CaseVerb.COORDINATE:
      return one("coordination", 1000, (target, text) => direction.coordinateCase({ ...target, text }, patient), "text");
    case CaseVerb.URGE:
      return urge(sanben, of);
    case CaseVerb.ANSWER_URGE:
      return answerUrge(sanben, of);
    case CaseVerb.RECORD_RETURN_VISIT:
      return returnVisit(sanben, of);
    case CaseVerb.REFER_TO_DISCIPLINE:
      return one("reason", 1000, (target, reason) => direction.referCaseToDiscipline({ ...target, reason }, patient));
    case CaseVerb.ANSWER_REFERRAL:
      return one("text", 2000, (target, text) => handling.answerReferral({ ...target, text }, patient));
    case CaseVerb.ADD_RECORD:
      return addRecord(sanben);
    case CaseVerb.UNDERTAKE:
      return plain((target) => handling.undertakeCase(target, patient));
    case CaseVerb.REPORT_BACK:
      return report(sanben, of);
    case CaseVerb.REVIEW:
      return review(sanben);
    case CaseVerb.REPLY:
      return plain((target) => handling.replyToCase(target, patient));
    case CaseVerb.RECORD_PUBLICATION:
      return publish(sanben);
    case CaseVerb.EXAMINE_ACCOUNTABILITY:
      return examine(sanben);
    case CaseVerb.TAKE_OWNERSHIP:
      return own(sanben);
    case CaseVerb.LINK_REPEAT:
      return linkRepeat(sanben);
    case CaseVerb.RECORD_HEARING:
      return recordHearing(sanben);
    case CaseVerb.DECIDE_APPEAL:
      return decideAppeal(sanben, of);
    case CaseVerb.ISSUE_PAPER:
      return issuePaper(sanben, of);
    case CaseVerb.EXTEND:
      return extend(sanben);
    case CaseVerb.ASK_AUTHORITY:
      return askAuthority(sanben);
    case CaseVerb.RECORD_CONTACT:
      return one("contact", 1000, (target, text) => handling.recordContact({ ...target, text }, patient), "text");
    case CaseVerb.PAUSE:
      return pause(sanben);
    case CaseVerb.RESUME:
      return one("resume-reason", 1000, (target, reason) => direction.resumeCase({ ...target, reason }, patient), "reason");
    case CaseVerb.SIGN_DRAFT:
      return signDraft(sanben, of);
    case CaseVerb.DROP_DRAFT:
      return dropDraft(sanben, of);
    case CaseVerb.STRIKE_OFF:
      return plain((target) => direction.strikeOffCase(target, patient));
    case CaseVerb.STRIKE_OFF_BY_EXCEPTION:
      return except(sanben, of);
    case CaseVerb.ARCHIVE:
      return plain((target) => handling.archiveCase(target, patient));
    default:
      return { controls: [h("p", {}, say("verb-unknown"))], said: () => ({}), send: () => Promise.resolve() };
  }
}

interface Assigned {
  leadUnitId: string;
  assistingUnitIds: string[];
  instruction: string;
}

function assign(sanben: Sanben, send: (target: Target, said: Assigned) => Promise<unknown>): Verb {
  const lead = unitPicker(sanben, false);
  const assisting = unitPicker(sanben, false);
  const instruction = text("instruction", true, 1000);
  const said = async () => {
    const assistingUnitId = await assisting.id();
    return {
      leadUnitId: await lead.id(),
      assistingUnitIds: assistingUnitId ? [assistingUnitId] : [],
      instruction: instruction.control.value,
    };
  };
  return {
    controls: [
      instruction.shown,
      field("lead_unit_id", say("field-lead_unit_id"), lead.control, say("field-lead_unit_id-hint")),
      lead.list,
      field("assisting_unit_ids", say("field-assisting_unit_ids"), assisting.control),
      assisting.list,
    ],
    said,
    send: async (target) => send(target, await said()),
  };
}

function decideObjection(sanben: Sanben): Verb {
  const lead = unitPicker(sanben, false);
  const reason = text("reason", true, 1000);
  const said = async () => ({ leadUnitId: await lead.id(), reason: reason.control.value });
  return {
    controls: [
      field("lead_unit_id", say("field-lead_unit_id"), lead.control, say("field-objection-lead-hint")),
      lead.list,
      reason.shown,
    ],
    said,
    send: async (target) => sanben.direction.decideObjection({ ...target, ...(await said()) }, patient),
  };
}

function replaceHandler(sanben: Sanben): Verb {
  const handler = text("handler_id", false, 80);
  const reason = text("reason", true, 1000);
  const said = () => ({ handlerId: handler.control.value.trim(), reason: reason.control.value });
  return {
    controls: [handler.shown, reason.shown],
    said,
    send: (target) => sanben.direction.replaceHandler({ ...target, ...said() }, patient),
  };
}

function reclassify(sanben: Sanben, of: Case): Verb {
  const books = [Book.SUGGESTION, Book.DEMAND, Book.COMPLAINT].map((book): [string, string] => [String(book), say(`book-${Book[book]}`)]);
  const book = choice("book", say("field-book"), books);
  const track = choice("track", say("field-track"), TRACKS.map((one) => [String(one), say(`track-${Track[one]}`)]));
  for (const [set, present] of [[book, of.book], [track, of.track]] as const) {
    set.querySelector<HTMLInputElement>(`input[value="${present}"]`)?.click();
  }
  const reason = text("reason", true, 1000);
  const said = () => ({ book: Number(chosen(book)), track: Number(chosen(track)), reason: reason.control.value });
  return {
    controls: [book, track, reason.shown],
    said,
    send: (target) => sanben.direction.reclassifyCase({ ...target, ...said() }, patient),
  };
}

function urge(sanben: Sanben, of: Case): Verb {
  const unit = h("select", {}, ...[of.leadUnitId, ...of.assistingUnitIds].map((id) => h("option", { value: id }, unitName(id))));
  const words = text("text", true, 1000);
  const date = h("input", { type: "date" });
  const forms = [UrgeForm.UNSPECIFIED, UrgeForm.LETTER, UrgeForm.ORDER];
  const form = h("select", {}, ...forms.map((one) => h("option", { value: String(one) }, say(`urge-${UrgeForm[one]}`))));
  const said = () => ({ unitId: unit.value, text: words.control.value, dueDate: date.value, form: Number(form.value) });
  return {
    controls: [
      field("unit_id", say("field-urged"), unit),
      field("form", say("field-form"), form),
      words.shown,
      field("due_date", say("field-due_date"), date),
    ],
    said,
    send: (target) => sanben.direction.urgeCase({ ...target, ...said() }, patient),
  };
}

/** Which of the urgings that wait; the officer knows which is their unit's. */
function answerUrge(sanben: Sanben, of: Case): Verb {
  const waiting = of.urgings.filter((one) => !one.answered && !one.lapsed);
  const named = waiting.map((one) => h("option", { value: String(one.number) }, say("urging-waits", { unit: unitName(one.unitId), date: one.dueDate })));
  const number = h("select", {}, ...named);
  const words = text("text", true, 2000);
  const said = () => ({ number: Number(number.value), text: words.control.value });
  return {
    controls: [field("number", say("field-number"), number), words.shown],
    said,
    send: (target) => sanben.handling.answerUrging({ ...target, ...said() }, patient),
  };
}

/** The system that may answer is known to whoever integrated it. */
function askAuthority(sanben: Sanben): Verb {
  const authority = text("co_authority", false, 80);
  authority.control.dataset.path = "authority";
  const system = text("system_id", false, 80);
  const request = text("co_request", true, 2000);
  request.control.dataset.path = "request";
  const date = h("input", { type: "date" });
  const said = () => ({
    authority: authority.control.value,
    systemId: system.control.value.trim(),
    request: request.control.value,
    dueDate: date.value,
  });
  return {
    controls: [authority.shown, system.shown, request.shown, field("due_date", say("field-due_date"), date)],
    said,
    send: (target) => sanben.coHandling.askAuthority({ ...target, ...said() }, patient),
  };
}

/** Where a case answers several submissions, they are counted as they stand in it. */
function returnVisit(sanben: Sanben, of: Case): Verb {
  const verdicts = [Verdict.SATISFIED, Verdict.BASICALLY_SATISFIED, Verdict.DISSATISFIED, Verdict.DECLINED_TO_SAY, Verdict.UNREACHABLE];
  const verdict = choice("verdict", say("field-visit-verdict"), verdicts.map((one) => [String(one), say(`verdict-${Verdict[one]}`)]));
  const note = text("note", true, 1000);
  const named = of.submissionIds.map((id, index) => h("option", { value: id }, say("visit-submission", { number: index + 1 })));
  const submission = h("select", {}, ...named);
  const which = field("submission_id", say("field-visit-submission"), submission);
  which.hidden = of.submissionIds.length < 2;
  const said = () => ({
    submissionId: submission.value,
    round: of.round,
    verdict: Number(chosen(verdict)),
    note: note.control.value,
  });
  return {
    controls: [which, verdict, note.shown],
    said,
    send: (target) => sanben.handling.recordReturnVisit({ ...target, ...said() }, patient),
  };
}

function addRecord(sanben: Sanben): Verb {
  const kind = choice("kind", say("field-record"), RECORDS.map((one) => [String(one), say(`record-${RecordKind[one]}`)]));
  const words = text("text", true, 5000);
  const said = () => ({ kind: Number(chosen(kind)), text: words.control.value });
  return {
    controls: [kind, words.shown],
    said,
    send: (target) => sanben.handling.addCaseRecord({ ...target, ...said() }, patient),
  };
}

const DUTIES = [
  PersonalDuty.MAJOR_INCIDENT,
  PersonalDuty.PUBLIC_OPINION,
  PersonalDuty.PETITION,
  PersonalDuty.SUGGESTION,
  PersonalDuty.SAFETY,
];

function own(sanben: Sanben): Verb {
  const duty = choice("duty", say("field-duty"), DUTIES.map((one) => [String(one), say(`duty-${PersonalDuty[one]}`)]));
  const said = () => ({ duty: Number(chosen(duty)) });
  return { controls: [duty], said, send: (target) => sanben.direction.takeCaseOwnership({ ...target, ...said() }, patient) };
}

/** The earlier case is named by its number, as it stands on its papers. */
function linkRepeat(sanben: Sanben): Verb {
  const number = text("earlier_number", false, 40);
  number.control.dataset.path = "earlier_case_id";
  const said = async () => {
    const found = await sanben.cases.listCases({ number: number.control.value.trim(), pageSize: 1 }, patient);
    return { earlierCaseId: number.control.value.trim() ? (found.cases[0]?.caseId ?? "") : "" };
  };
  return {
    controls: [number.shown],
    said,
    send: async (target) => sanben.handling.linkRepeatCase({ ...target, ...(await said()) }, patient),
  };
}

const MEASURES = [
  AccountabilityMeasure.NONE,
  AccountabilityMeasure.REMINDER,
  AccountabilityMeasure.CRITICISM,
  AccountabilityMeasure.ADMONITION,
  AccountabilityMeasure.ORGANISATIONAL,
  AccountabilityMeasure.DISCIPLINARY,
  AccountabilityMeasure.TRANSFERRED,
];

/** Of one person or nobody; further persons over the interface. */
function examine(sanben: Sanben): Verb {
  const finding = text("finding", true, 1000);
  const person = text("accounted", false, 80);
  person.control.dataset.path = "persons[0].person_id";
  const measure = h("select", {}, ...MEASURES.map((one) => h("option", { value: String(one) }, say(`measure-${AccountabilityMeasure[one]}`))));
  const said = () => {
    const personId = person.control.value.trim();
    return { finding: finding.control.value, persons: personId ? [{ personId, measure: Number(measure.value) }] : [] };
  };
  return {
    controls: [finding.shown, person.shown, field("persons[0].measure", say("field-measure"), measure)],
    said,
    send: (target) => sanben.handling.examineAccountability({ ...target, ...said() }, patient),
  };
}

/** 处理意见书: of a petition that is not led elsewhere. */
function opinion(of: Case): { shown: HTMLElement[]; said(): Record<string, unknown> } {
  const needed = of.track === Track.PETITION && [LegalPath.UNSPECIFIED, LegalPath.PETITION].includes(of.path);
  const parts = { request: 2000, facts: 5000, opinion: 5000, basis: 2000 };
  const written = Object.entries(parts).map(([name, max]) => ({ name, ...text(`opinion.${name}`, true, max) }));
  const said = () => ({ opinion: Object.fromEntries(written.map(({ name, control }) => [name, control.value])) });
  return needed ? { shown: written.map(({ shown }) => shown), said } : { shown: [], said: () => ({}) };
}

function extend(sanben: Sanben): Verb {
  const days = h("input", { type: "number", min: "1", max: "30", value: "30" });
  const reason = text("reason", true, 1000);
  const said = () => ({ days: Number(days.value), reason: reason.control.value });
  return {
    controls: [field("days", say("field-days"), days), reason.shown],
    said,
    send: (target) => sanben.direction.extendCase({ ...target, ...said() }, patient),
  };
}

function report(sanben: Sanben, of: Case): Verb {
  const reportText = text("report_text", true, 5000);
  const replyText = text("reply_text", true, 5000);
  const outcome = choice("outcome", say("field-outcome"), OUTCOMES.map((one) => [String(one), say(`outcome-${Outcome[one]}`)]));
  const written = opinion(of);
  const said = () => ({
    reportText: reportText.control.value,
    replyText: replyText.control.value,
    outcome: Number(chosen(outcome)),
    ...written.said(),
  });
  return {
    controls: [reportText.shown, replyText.shown, ...written.shown, outcome],
    said,
    send: (target) => sanben.handling.reportBackOnCase({ ...target, ...said() }, patient),
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
    send: (target) => sanben.handling.reviewReply({ ...target, ...said() }, patient),
  };
}

function publish(sanben: Sanben): Verb {
  const published = yesOrNo("published");
  const ground = text("ground", true, 500);
  const said = () => ({ published: published.yes(), ground: ground.control.value });
  return {
    controls: [published.shown, ground.shown],
    said,
    send: (target) => sanben.handling.recordPublication({ ...target, ...said() }, patient),
  };
}

/** Who outside the bureau decided, where no level of it is above. */
function superiorOutside(needed: boolean): { shown: HTMLElement[]; said(): Record<string, unknown> } {
  const authority = text("superior.authority", false, 80);
  const documentNumber = text("superior.document_number", false, 80);
  const date = h("input", { type: "date" });
  const shown = [authority.shown, documentNumber.shown, field("superior.document_date", say("field-superior-document_date"), date)];
  const said = () => ({
    superior: { authority: authority.control.value, documentNumber: documentNumber.control.value, documentDate: date.value },
  });
  return needed ? { shown, said } : { shown: [], said: () => ({}) };
}

function except(sanben: Sanben, of: Case): Verb {
  const reason = text("reason", true, 1000);
  const superior = superiorOutside(of.superiorNeeded);
  const said = () => ({ reason: reason.control.value, ...superior.said() });
  return {
    controls: [reason.shown, ...superior.shown],
    said,
    send: (target) => sanben.direction.strikeOffCaseByException({ ...target, ...said() }, patient),
  };
}

function recordHearing(sanben: Sanben): Verb {
  const from = h("input", { type: "date" });
  const to = h("input", { type: "date" });
  const words = text("text", true, 5000);
  const said = () => ({ fromDate: from.value, toDate: to.value, text: words.control.value });
  return {
    controls: [field("from_date", say("field-from_date"), from), field("to_date", say("field-to_date"), to), words.shown],
    said,
    send: (target) => sanben.handling.recordHearing({ ...target, ...said() }, patient),
  };
}

function decideAppeal(sanben: Sanben, of: Case): Verb {
  const upheld = yesOrNo("upheld");
  const words = text("decision", true, 5000);
  words.control.dataset.path = "text";
  const superior = superiorOutside(of.appeals.at(-1)?.superiorNeeded ?? false);
  const said = () => ({ upheld: upheld.yes(), text: words.control.value, ...superior.said() });
  return {
    controls: [upheld.shown, words.shown, ...superior.shown],
    said,
    send: (target) => sanben.direction.decideAppeal({ ...target, ...said() }, patient),
  };
}
