/** 待签发: what the clocks have drafted. Nothing happens before a chief signs it. */
import type { Sanben } from "../client/index.js";
import type { Case } from "../gen/sanben/ledger/v1/case_pb.js";
import { ClockKind } from "../gen/sanben/ledger/v1/clock_pb.js";
import { type CaseDraft, DraftKind, DraftState, Rung, type WaitingDraft } from "../gen/sanben/ledger/v1/draft_pb.js";
import { patient } from "./calls.js";
import { field, h } from "./dom.js";
import { Pages, entry, renew } from "./lists.js";
import { unitName } from "./units.js";
import type { Verb } from "./verbs.js";
import { say, when } from "./words.js";

const PAGE = 100;

/** Those that wait for the caller's unit. */
export class DraftList {
  readonly shown = h("div", { "data-drafts": true });
  private readonly pages: Pages<WaitingDraft>;

  constructor(
    sanben: Sanben,
    private readonly open: (of: WaitingDraft) => void,
    private readonly refresh: () => void,
  ) {
    this.pages = new Pages(async (pageToken) => {
      const page = await sanben.papers.listDrafts({ pageSize: PAGE, pageToken }, patient);
      return { items: page.drafts, nextPageToken: page.nextPageToken };
    });
  }

  async read(): Promise<void> {
    await this.pages.read();
    const line = (of: WaitingDraft) =>
      entry(
        `${of.caseId} ${of.draft?.number}`,
        () => this.open(of),
        of.draft && h("strong", {}, named(of.draft)),
        `${of.caseNumber || say("desk-unnumbered")} ${of.title}`,
        of.draft && h("span", { class: "meta" }, cause(of.draft)),
      );
    const { items } = this.pages;
    renew(
      this.shown,
      items.length > 0
        ? h("section", { class: "card" }, h("h2", {}, say("drafts-waiting", { count: this.pages.count() })), h("ul", { class: "list" }, ...items.map(line)), this.pages.more(this.refresh))
        : undefined,
    );
  }
}

function named(of: CaseDraft): string {
  return say("draft-to", { kind: say(`draft-${DraftKind[of.kind]}`), unit: unitName(of.unitId) });
}

/** Which clock brought it about, and how far that had come. */
function cause(of: CaseDraft): string {
  return say("draft-cause", { clock: say(`clock-${ClockKind[of.clockKind]}`), date: of.clockDate, rung: say(`rung-${Rung[of.rung]}`) });
}

/** Those of a case: what waits with what it would say, what is over folded away. */
export function draftsOf(of: Case, folded: boolean): HTMLElement[] {
  const line = (one: CaseDraft) =>
    h(
      "li",
      { "data-draft": String(one.number) },
      h("strong", {}, named(one)),
      " ",
      h("span", { class: "colour" }, say(`draft-state-${DraftState[one.state]}`)),
      h("div", { class: "meta" }, `${cause(one)} · ${when(one.createTime)} · ${say("draft-signer", { unit: unitName(one.signerUnitId) })}`),
      one.text ? h("blockquote", {}, one.text) : undefined,
    );
  const open = waiting(of);
  const over = of.drafts.filter((one) => one.state !== DraftState.OPEN);
  const rows = (all: CaseDraft[]) => h("ul", { class: "list" }, ...all.map(line));
  return [
    ...(open.length > 0 ? [h("h3", {}, say("drafts")), rows(open)] : []),
    ...(over.length > 0 ? [h("details", { open: !folded }, h("summary", {}, say("drafts-over", { count: over.length })), rows(over))] : []),
  ];
}

function waiting(of: Case): CaseDraft[] {
  return of.drafts.filter((one) => one.state === DraftState.OPEN);
}

/** Which of those that wait. Those that another unit signs can be told by its name. */
function which(of: Case): { shown: HTMLElement; control: HTMLSelectElement; draft(): CaseDraft | undefined } {
  const open = waiting(of);
  const text = (one: CaseDraft) => say("draft-which", { number: one.number, draft: named(one), signer: unitName(one.signerUnitId) });
  const control = h("select", {}, ...open.map((one) => h("option", { value: String(one.number) }, text(one))));
  const draft = () => open.find((one) => String(one.number) === control.value);
  return { shown: field("draft_number", say("field-draft_number"), control), control, draft };
}

/** 签发: as it was drafted, or in other words. */
export function signDraft(sanben: Sanben, of: Case): Verb {
  const { shown, control, draft } = which(of);
  const text = h("textarea", { maxlength: "1000" });
  const date = h("input", { type: "date" });
  const due = field("due_date", say("field-draft-due"), date);
  const asks = () => [DraftKind.LETTER, DraftKind.ORDER].includes(draft()?.kind ?? DraftKind.UNSPECIFIED);
  const fill = () => {
    // What nobody has typed may go with its verb.
    text.defaultValue = draft()?.text ?? "";
    text.value = text.defaultValue;
    due.hidden = !asks();
  };
  control.addEventListener("change", fill);
  fill();
  const said = () => ({ draftNumber: Number(control.value), text: text.value, dueDate: asks() ? date.value : "" });
  return {
    controls: [shown, field("text", say("field-draft-text"), text, say("field-draft-text-hint")), due],
    said,
    send: (target) => sanben.papers.signDraft({ ...target, ...said() }, patient),
  };
}

/** 不予签发. */
export function dropDraft(sanben: Sanben, of: Case): Verb {
  const { shown, control } = which(of);
  const reason = h("textarea", { maxlength: "1000" });
  const said = () => ({ draftNumber: Number(control.value), reason: reason.value });
  return {
    controls: [shown, field("reason", say("field-reason"), reason)],
    said,
    send: (target) => sanben.papers.dropDraft({ ...target, ...said() }, patient),
  };
}
