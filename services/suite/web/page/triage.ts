/** What the desk does with a submission: read it, and say what becomes of it. */
import type { Sanben } from "../client/index.js";
import { type Submission, SubmissionKind, SubmissionState } from "../gen/sanben/intake/v1/submission_pb.js";
import type { Case } from "../gen/sanben/ledger/v1/case_pb.js";
import { Book, Channel, Track } from "../gen/sanben/type/v1/types_pb.js";
import { Once, patient, submits } from "./calls.js";
import { choice, chosen, facts, field, focused, h } from "./dom.js";
import { similar } from "./similar.js";
import { unitName, unitPicker } from "./units.js";
import { say, when } from "./words.js";

const BOOKS = [Book.SUGGESTION, Book.DEMAND, Book.COMPLAINT];
export const TRACKS = [Track.PETITION, Track.SUGGESTION, Track.ACCUSATION, Track.CONSULTATION, Track.URGENT];

/** The submission, its words for a purpose, and the ways out of triage. */
export function submissionCard(sanben: Sanben, of: Submission, done: (after: Submission) => void): HTMLElement {
  const known = facts(
    [say("desk-state"), say(`submission-${SubmissionState[of.state]}`)],
    [say("desk-origin"), say(`channel-${Channel[of.channel]}`)],
    [say("desk-received"), when(of.receiveTime)],
    [say("look-unit"), unitName(of.unitId)],
    [say("desk-external"), of.external ? `${of.external.authority} ${of.external.number} ${of.external.dueDate}` : ""],
    [say("desk-parties"), parties(of.partyCount, of.representativeCount)],
    [say("desk-sealed"), of.sealed ? say("desk-sealed-yes") : ""],
    [say("desk-title"), of.title],
    [say("desk-summary"), of.summary],
  );
  // A reading is an entry of its history, so the etag is read again after it.
  const present = { etag: of.etag };
  const ways = of.state === SubmissionState.RECEIVED || of.state === SubmissionState.JOINED ? waysOut(sanben, of, present, done) : [];
  return h(
    "section",
    { class: "card", "data-submission": of.submissionId },
    focused(h("h2", {}, say("desk-submission", { kind: say(`kind-${SubmissionKind[of.kind]}`) }))),
    known,
    words(sanben, of, present),
    ...ways,
  );
}

function parties(count: number, representatives: number): string {
  return count > 1 ? say("desk-parties-count", { count, representatives }) : "";
}

function words(sanben: Sanben, of: Submission, present: { etag: string }): HTMLElement {
  const purpose = h("input", { maxlength: "200", value: say("words-purpose-triage") });
  const place = h("div");
  return h(
    "div",
    {},
    submits(
      h(
        "form",
        { "data-words": true },
        field("purpose", say("words-purpose"), purpose, say("words-purpose-hint")),
        h("div", { class: "row" }, h("button", {}, say("words-read"))),
      ),
      async () => {
        const { submissionId } = of;
        const said = await sanben.vault.readWords({ submissionId, purpose: purpose.value }, patient);
        present.etag = (await sanben.desk.getSubmission({ submissionId }, patient)).submission?.etag ?? present.etag;
        const lines = [said.text, said.place && say("words-place", { place: said.place }), said.happenDate];
        place.replaceChildren(
          h("blockquote", {}, lines.filter(Boolean).join("\n")),
          ...said.reopenReasons.map((reason) => h("blockquote", {}, reason)),
          ...said.representatives.map((one) => h("p", {}, say("words-representative", { name: one.name, contact: one.contact }))),
        );
      },
    ),
    place,
  );
}

function waysOut(
  sanben: Sanben,
  of: Submission,
  present: { etag: string },
  done: (after: Submission) => void,
): HTMLElement[] {
  const target = () => ({ submissionId: of.submissionId, etag: present.etag });
  const ended = (answer: { submission?: Submission | undefined }) => done(answer.submission ?? of);
  const written = (path: string, key: string, send: (value: string, requestId: string) => Promise<{ submission?: Submission }>) => {
    const control = h("textarea");
    const once = new Once();
    return way(
      key,
      submits(
        h(
          "form",
          { "data-way": key },
          field(path, say(`field-${key}`), control),
          h("div", { class: "row" }, h("button", { class: "main" }, say(`way-${key}`))),
        ),
        async () => {
          const answer = await send(control.value, once.for([target(), control.value]));
          once.done();
          ended(answer);
        },
      ),
    );
  };
  if (of.state === SubmissionState.JOINED) {
    return [
      written("reason", "detach", (reason, requestId) => sanben.desk.detachSubmission({ requestId, ...target(), reason }, patient)),
    ];
  }
  const joining = join(sanben, target, ended);
  const ways = [propose(sanben, target, ended, joining.take), joining.shown];
  if (of.kind === SubmissionKind.CONSULTATION) {
    ways.unshift(
      written("text", "answer", (text, requestId) => sanben.desk.answerSubmission({ requestId, ...target(), text }, patient)),
    );
  }
  if (of.kind === SubmissionKind.PRAISE) {
    ways.unshift(
      written("summary", "praise", (summary, requestId) =>
        sanben.desk.acknowledgePraise({ requestId, ...target(), unitId: of.unitId, summary }, patient),
      ),
    );
  }
  return [
    h("h3", {}, say("desk-ways")),
    ...ways,
    written("authority", "pass", (authority, requestId) =>
      sanben.desk.passSubmission({ requestId, ...target(), authority }, patient),
    ),
    written("reason", "refuse", (reason, requestId) => sanben.desk.refuseSubmission({ requestId, ...target(), reason }, patient)),
  ];
}

function way(key: string, form: HTMLElement): HTMLDetailsElement {
  return h("details", {}, h("summary", {}, say(`way-${key}`)), form);
}

/** To the case of another that says the same: chosen from those that became one. */
function join(
  sanben: Sanben,
  target: () => { submissionId: string; etag: string },
  ended: (answer: { submission?: Submission }) => void,
): { shown: HTMLDetailsElement; take(of: Case): void } {
  let taken: Case | undefined;
  const to = h("select", {}, h("option", { value: "" }, say("join-nothing")));
  const once = new Once();
  const choices = async () => {
    const found = await sanben.desk.listSubmissions({ state: SubmissionState.PROPOSED, pageSize: 200 }, patient);
    const cases = found.submissions.filter((one) => one.caseId);
    show(cases.map((one) => h("option", { value: one.submissionId }, `${one.title} (${when(one.receiveTime)})`)));
  };
  /** The case that was taken comes first, and is chosen. */
  const show = (others: HTMLOptionElement[]) => {
    const [first = ""] = taken?.submissionIds ?? [];
    const all = taken ? [h("option", { value: first }, `${taken.number} ${taken.title}`), ...others.filter((one) => one.value !== first)] : others;
    if (all.length > 0) {
      to.replaceChildren(...all);
    }
  };
  const shown = way(
    "join",
    submits(
      h(
        "form",
        { "data-way": "join" },
        field("to_submission_id", say("join-to"), to, say("join-hint")),
        h("div", { class: "row" }, h("button", { class: "main" }, say("way-join"))),
      ),
      async () => {
        const said = { ...target(), toSubmissionId: to.value };
        const answer = await sanben.desk.joinSubmission({ requestId: once.for(said), ...said }, patient);
        once.done();
        ended(answer);
      },
    ),
  );
  // Looked for whenever it is opened; what fails is said in the list itself.
  shown.addEventListener("toggle", () => {
    void choices().catch(() => (taken ? show([]) : to.replaceChildren(h("option", { value: "" }, say("join-away")))));
  });
  const take = (of: Case) => {
    taken = of;
    show([]);
    shown.open = true;
    to.focus();
  };
  return { shown, take };
}

function propose(
  sanben: Sanben,
  target: () => { submissionId: string; etag: string },
  ended: (answer: { submission?: Submission }) => void,
  toJoin: (of: Case) => void,
): HTMLElement {
  const book = choice("proposal.book", say("field-book"), BOOKS.map((one) => [String(one), say(`book-${Book[one]}`)]));
  const track = h("select", {}, ...TRACKS.map((one) => h("option", { value: String(one) }, say(`track-${Track[one]}`))));
  const title = h("input", { maxlength: "80", autocomplete: "off" });
  const summary = h("textarea", { maxlength: "1000" });
  const lead = unitPicker(sanben, true);
  const accused = unitPicker(sanben, false);
  const once = new Once();
  const written = async () => {
    const id = await lead.id();
    // A name that is not known yet is none.
    return { title: title.value.trim(), summary: summary.value.trim(), leadUnitId: unitName(id) === id ? "" : id };
  };
  const alike = similar(sanben, written, toJoin);
  for (const control of [title, summary, lead.control]) {
    control.addEventListener("change", alike.look);
  }
  return way(
    "propose",
    submits(
      h(
        "form",
        { "data-way": "propose" },
        book,
        field("proposal.track", say("field-track"), track),
        field("proposal.title", say("field-title"), title, say("field-anonymous-hint")),
        field("proposal.summary", say("field-summary"), summary, say("field-anonymous-hint")),
        alike.shown,
        field("proposal.lead_unit_id", say("field-lead"), lead.control),
        lead.list,
        field("proposal.accused_unit_ids", say("field-accused"), accused.control, say("field-accused-hint")),
        accused.list,
        h("div", { class: "row" }, h("button", { class: "main" }, say("way-propose"))),
      ),
      async () => {
        const accusedUnitId = await accused.id();
        const proposal = {
          book: Number(chosen(book)),
          track: Number(track.value),
          title: title.value,
          summary: summary.value,
          leadUnitId: await lead.id(),
          accusedUnitIds: accusedUnitId ? [accusedUnitId] : [],
        };
        const said = { ...target(), proposal };
        const answer = await sanben.desk.proposeSubmission({ requestId: once.for(said), ...said }, patient);
        once.done();
        ended(answer);
      },
    ),
  );
}
