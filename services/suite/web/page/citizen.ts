/** The citizen's door: say something, look it up, judge the reply, have it taken up again. */
import { type Sanben, follow, refusal } from "../client/index.js";
import { type PublicAppeal, type PublicReply, type Receipt, SubmissionKind, SubmissionState } from "../gen/sanben/intake/v1/submission_pb.js";
import { PublicStep } from "../gen/sanben/type/v1/public_step_pb.js";
import { Channel, Outcome, Verdict } from "../gen/sanben/type/v1/types_pb.js";
import { Once, patient, problem, submits } from "./calls.js";
import { choice, chosen, facts, field, focused, h } from "./dom.js";
import type { View } from "./main.js";
import { paperCard } from "./papers.js";
import { unitPicker } from "./units.js";
import { day, language, say, when } from "./words.js";

const KINDS = [
  SubmissionKind.CONSULTATION,
  SubmissionKind.SUGGESTION,
  SubmissionKind.DEMAND,
  SubmissionKind.COMPLAINT,
  SubmissionKind.REPORT,
  SubmissionKind.HAZARD,
  SubmissionKind.PRAISE,
];
const VERDICTS = [Verdict.SATISFIED, Verdict.BASICALLY_SATISFIED, Verdict.DISSATISFIED, Verdict.DECLINED_TO_SAY];
/** The code of this visit, so that one need not type it; gone with the window. */
const KEPT = "sanben.receipt";

/** Say something. */
export const tell: View = (connect, main) => {
  const sanben = connect();
  const kind = choice("kind", say("tell-kind"), KINDS.map((kind) => [String(kind), say(`kind-${SubmissionKind[kind]}`)]));
  const text = h("textarea", { required: true, maxlength: "5000" });
  const place = h("input", { maxlength: "200", autocomplete: "off" });
  const unit = unitPicker(sanben, false);
  const name = h("input", { maxlength: "80", autocomplete: "name" });
  const contact = h("input", { maxlength: "200", autocomplete: "tel" });
  const email = h("input", { type: "email", maxlength: "254", autocomplete: "email" });
  const together = h("input", { type: "number", min: "1", max: "100000", value: "1" });
  const representatives = h("textarea", { rows: "3", maxlength: "2000" });
  const once = new Once();
  const form = submits(
    h(
      "form",
      { class: "card narrow" },
      kind,
      field("text", say("tell-text"), text, say("tell-text-hint")),
      field("place", say("tell-place"), place),
      field("unit_id", say("tell-unit"), unit.control, say("tell-unit-hint")),
      unit.list,
      h("p", { class: "hint" }, say("tell-anonymous")),
      field("party.name", say("tell-name"), name),
      field("party.contact", say("tell-contact"), contact),
      field("party.email", say("tell-email"), email, say("tell-email-hint")),
      h(
        "details",
        {},
        h("summary", {}, say("tell-together")),
        field("party_count", say("tell-count"), together),
        field("representatives", say("tell-representatives"), representatives, say("tell-representatives-hint")),
      ),
      h("div", { class: "row" }, h("button", { class: "main" }, say("tell-send"))),
    ),
    async () => {
      const said = {
        kind: Number(chosen(kind)),
        channel: Channel.ONLINE,
        text: text.value,
        place: place.value,
        unitId: await unit.id(),
        language,
        partyCount: Number(together.value),
        representatives: named(representatives.value),
        ...(name.value || contact.value || email.value
          ? { party: { name: name.value, contact: contact.value, email: email.value } }
          : {}),
      };
      const answer = await sanben.receipts.createSubmission({ requestId: once.for(said), ...said }, patient);
      once.done();
      sessionStorage.setItem(KEPT, answer.receiptCode);
      main.replaceChildren(received(answer.receiptCode));
    },
  );
  main.replaceChildren(focused(h("h1", {}, say("nav-tell"))), form);
};

/** One a line: the name, a comma, where to reach them. */
function named(lines: string): { name: string; contact: string }[] {
  const written = lines.split("\n").filter((line) => line.trim());
  return written.map((line) => {
    const [name = "", ...contact] = line.split(/[,，]/);
    return { name: name.trim(), contact: contact.join(",").trim() };
  });
}

function received(code: string): HTMLElement {
  const copied = h("span", { role: "status" });
  const shown = h("p", { class: "code", "data-receipt": true }, code);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(code);
      copied.textContent = say("received-copied");
    } catch {
      // Without a secure connection there is no clipboard.
      getSelection()?.selectAllChildren(shown);
      copied.textContent = say("received-not-copied");
    }
  };
  return h(
    "section",
    { class: "card narrow" },
    focused(h("h1", {}, say("received"))),
    h("p", {}, say("received-code")),
    shown,
    h("p", {}, h("strong", {}, say("received-once"))),
    h(
      "div",
      { class: "row" },
      h("button", { type: "button", click: () => void copy() }, say("received-copy")),
      h("a", { href: "#/look" }, say("received-look")),
      copied,
    ),
  );
}

/** Look something up. */
export const look: View = (connect, main) => {
  const sanben = connect();
  const code = h("input", { required: true, maxlength: "40", autocomplete: "off", spellcheck: "false" });
  code.value = sessionStorage.getItem(KEPT) ?? "";
  const shown = h("div", { "data-shown": true });
  const live = h("p", { class: "live", role: "status", hidden: true });
  let stop = () => {};
  const open = async (): Promise<void> => {
    stop();
    shown.replaceChildren();
    live.hidden = true;
    const receiptCode = code.value.trim();
    await refresh(sanben, receiptCode, shown);
    sessionStorage.setItem(KEPT, receiptCode);
    shown.querySelector("h2")?.focus();
    live.hidden = false;
    let resumeToken = "";
    stop = follow({
      open: (signal) => sanben.notices.watchNotices({ receiptCode, resumeToken }, { signal }),
      each: (response) => {
        resumeToken = response.resumeToken;
        if (response.notice) {
          void refresh(sanben, receiptCode, shown).catch(() => undefined);
        }
      },
      link: (link, error) => {
        live.dataset.link = link;
        live.textContent = say(`link-${link}`);
        if (error) {
          shown.replaceChildren(problem(refusal(error)));
        }
      },
    });
  };
  const form = submits(
    h(
      "form",
      { class: "card narrow" },
      field("receipt_code", say("look-code"), code, say("look-code-hint")),
      h("div", { class: "row" }, h("button", { class: "main" }, say("look-send")), live),
    ),
    open,
  );
  main.replaceChildren(focused(h("h1", {}, say("nav-look"))), form, shown);
  if (code.value) {
    form.requestSubmit();
  }
  return () => stop();
};

/** What was typed meanwhile stays: a part is drawn anew only when it has changed. */
async function refresh(sanben: Sanben, code: string, place: HTMLElement): Promise<void> {
  const { receipt } = await sanben.receipts.getReceipt({ receiptCode: code }, patient);
  if (!receipt) {
    return;
  }
  const cards = [receipt, ...receipt.parts];
  const drawn = cards.map((one, index) => {
    const text = JSON.stringify(one, (_, value: unknown) => (typeof value === "bigint" ? String(value) : value)) + language;
    const before = place.children[index] as HTMLElement | undefined;
    if (before?.dataset.content === text) {
      return before;
    }
    const card = receiptCard(sanben, code, place, one);
    card.dataset.content = text;
    return card;
  });
  if (drawn.some((card, index) => place.children[index] !== card) || place.children.length !== drawn.length) {
    place.replaceChildren(...drawn);
  }
}

function receiptCard(sanben: Sanben, code: string, place: HTMLElement, receipt: Receipt): HTMLElement {
  const title = receipt.part > 0 ? say("look-part", { part: receipt.part, title: receipt.title }) : say("look-found");
  const heading = h("h2", {}, title);
  heading.tabIndex = -1;
  const step = (one: Receipt["steps"][number]) =>
    h("li", {}, `${say(`step-${PublicStep[one.step]}`)} `, h("span", { class: "meta" }, when(one.time)));
  const actions = receipt.state === SubmissionState.SPLIT ? [] : [
    judging(sanben, code, place, receipt),
    reopening(sanben, code, place, receipt),
    appealing(sanben, code, place, receipt),
    detaching(sanben, code, place, receipt),
  ];
  return h(
    "section",
    { class: "card narrow" },
    heading,
    facts(
      [say("look-number"), receipt.caseNumber],
      [say("look-unit"), receipt.leadUnitName],
      [say("look-due"), isPaused(receipt) ? say("look-paused", { due: receipt.dueDate }) : receipt.dueDate],
    ),
    h("h3", {}, say("look-steps")),
    h("ol", { class: "steps" }, ...receipt.steps.map(step)),
    ...receipt.earlierReplies.map((reply) => answered(reply, say("look-earlier"))),
    ...(receipt.reply ? [answered(receipt.reply, say("look-reply"))] : []),
    ...receipt.papers.map(paperCard),
    ...receipt.appeals.map(decided),
    receipt.verdict ? h("p", {}, say("look-verdict", { verdict: say(`verdict-${Verdict[receipt.verdict]}`) })) : undefined,
    ...actions,
  );
}

/** Whether the time for a reply stands still: it runs again by itself once there is a reply. */
function isPaused(receipt: Receipt): boolean {
  const ends = [PublicStep.PAUSED, PublicStep.RESUMED, PublicStep.REPLIED];
  return receipt.steps.findLast((one) => ends.includes(one.step))?.step === PublicStep.PAUSED;
}

function answered(reply: PublicReply, title: string): HTMLElement {
  return h(
    "div",
    { "data-reply": true },
    h("h3", {}, title),
    h("p", { class: "meta" }, `${when(reply.deliverTime)} · ${say(`outcome-${Outcome[reply.outcome]}`)}`),
    h("blockquote", {}, reply.text),
  );
}

/** What a superior decided. */
function decided(of: PublicAppeal): HTMLElement {
  const step = say(of.rereview ? "appeal-REREVIEW" : "appeal-REVIEW");
  return h(
    "div",
    { "data-appeal-decision": true },
    h("h3", {}, say("appeal-decided", { step, outcome: say(of.upheld ? "appeal-upheld" : "appeal-sent-back") })),
    h("p", { class: "meta" }, when(of.decideTime)),
    h("blockquote", {}, of.text),
  );
}

function judging(sanben: Sanben, code: string, place: HTMLElement, receipt: Receipt): HTMLElement | undefined {
  const reply = receipt.reply;
  if (!reply || reply.round === 0 || receipt.verdict !== Verdict.UNSPECIFIED) {
    return undefined;
  }
  const verdict = choice("verdict", say("judge"), VERDICTS.map((one) => [String(one), say(`verdict-${Verdict[one]}`)]));
  const once = new Once();
  return submits(
    h(
      "form",
      { "data-judge": true },
      verdict,
      h("p", { class: "hint" }, say("judge-until", { until: day(reply.verdictDeadline) })),
      h("div", { class: "row" }, h("button", { class: "main" }, say("judge-send"))),
    ),
    async () => {
      const said = { receiptCode: code, round: reply.round, verdict: Number(chosen(verdict)), part: receipt.part };
      await sanben.receipts.giveVerdict({ requestId: once.for(said), ...said }, patient);
      once.done();
      await refresh(sanben, code, place);
      place.querySelector("h2")?.focus();
    },
  );
}

function reopening(sanben: Sanben, code: string, place: HTMLElement, receipt: Receipt): HTMLElement | undefined {
  if (!receipt.reopenAllowed) {
    return undefined;
  }
  const reason = h("textarea", { required: true, maxlength: "2000" });
  const once = new Once();
  return h(
    "details",
    {},
    h("summary", {}, say("reopen")),
    submits(
      h(
        "form",
        { "data-reopen": true },
        field("reason", say("reopen-reason"), reason, say("reopen-hint", { until: day(receipt.reply?.verdictDeadline) })),
        h("div", { class: "row" }, h("button", {}, say("reopen-send"))),
      ),
      async () => {
        const said = { receiptCode: code, reason: reason.value, part: receipt.part };
        await sanben.receipts.reopenCase({ requestId: once.for(said), ...said }, patient);
        once.done();
        await refresh(sanben, code, place);
        place.querySelector("h2")?.focus();
      },
    ),
  );
}

function detaching(sanben: Sanben, code: string, place: HTMLElement, receipt: Receipt): HTMLElement | undefined {
  if (!receipt.joined) {
    return undefined;
  }
  const once = new Once();
  return h(
    "details",
    {},
    h("summary", {}, say("detach")),
    submits(
      h("form", { "data-detach": true }, h("p", { class: "hint" }, say("detach-hint")), h("div", { class: "row" }, h("button", {}, say("detach-send")))),
      async () => {
        const said = { receiptCode: code, part: receipt.part };
        await sanben.receipts.detachReceipt({ requestId: once.for(said), ...said }, patient);
        once.done();
        await refresh(sanben, code, place);
        place.querySelector("h2")?.focus();
      },
    ),
  );
}

/** Has a superior look at the reply, and then at what that superior decided. */
function appealing(sanben: Sanben, code: string, place: HTMLElement, receipt: Receipt): HTMLElement | undefined {
  if (!receipt.appealDeadline) {
    return undefined;
  }
  const reason = h("textarea", { required: true, maxlength: "2000" });
  const once = new Once();
  return h(
    "details",
    {},
    h("summary", {}, say("appeal")),
    submits(
      h(
        "form",
        { "data-appeal": true },
        field("reason", say("appeal-reason"), reason, say("appeal-hint", { until: day(receipt.appealDeadline) })),
        h("div", { class: "row" }, h("button", {}, say("appeal-send"))),
      ),
      async () => {
        const said = { receiptCode: code, reason: reason.value, part: receipt.part };
        await sanben.receipts.appealReply({ requestId: once.for(said), ...said }, patient);
        once.done();
        await refresh(sanben, code, place);
        place.querySelector("h2")?.focus();
      },
    ),
  );
}
