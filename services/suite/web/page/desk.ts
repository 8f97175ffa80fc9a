/** The officer's desk: what is mine to do now, and doing it. */
import { type Sanben, follow, refusal } from "../client/index.js";
import { type Appeal, AppealStep, type Case, CaseState, DocumentKind, Door, PersonalDuty, ReferralState } from "../gen/sanben/ledger/v1/case_pb.js";
import { CaseVerb } from "../gen/sanben/ledger/v1/case_verb_pb.js";
import { ClockKind } from "../gen/sanben/ledger/v1/clock_pb.js";
import type { Submission } from "../gen/sanben/intake/v1/submission_pb.js";
import { LegalPath } from "../gen/sanben/type/v1/paper_pb.js";
import { Book, Channel, Outcome, Verdict } from "../gen/sanben/type/v1/types_pb.js";
import { Acts, type Start } from "./acts.js";
import { patient, problem, submits } from "./calls.js";
import { CaseList, mayFind } from "./cases.js";
import { Clocks } from "./clocks.js";
import { facts, field, focused, h } from "./dom.js";
import { DraftList, draftsOf } from "./drafts.js";
import { DutyList, type Opens } from "./duties.js";
import type { View } from "./main.js";
import { submissionCard } from "./triage.js";
import { paperCard } from "./papers.js";
import { unitName, units } from "./units.js";
import { say, when } from "./words.js";

const KEPT = "sanben.token";
const PAGE = 100;

/** What a token says of its bearer; the suite decides whether it holds. */
export interface Bearer {
  sub: string;
  unit: string;
  roles: string[];
}

function bearer(token: string): Bearer | undefined {
  try {
    const body = atob((token.split(".")[1] ?? "").replaceAll("-", "+").replaceAll("_", "/"));
    const { sub = "", unit = "", roles = [] } = JSON.parse(body) as Partial<Bearer>;
    return { sub, unit, roles };
  } catch {
    return undefined;
  }
}

/** Whoever signed in in this window. */
export function signedIn(): { token: string; who: Bearer } | undefined {
  const token = sessionStorage.getItem(KEPT) ?? "";
  const who = bearer(token);
  return who && { token, who };
}

export const desk: View = (connect, main) => {
  const signed = signedIn();
  if (!signed) {
    signIn(connect, main);
    return undefined;
  }
  return new Desk(connect(signed.token), signed.who, main).open();
};

function signIn(connect: Parameters<View>[0], main: HTMLElement): void {
  const token = h("textarea", { required: true, autocomplete: "off", spellcheck: "false" });
  const form = submits(
    h(
      "form",
      { class: "card narrow" },
      field("token", say("sign-in-token"), token, say("sign-in-hint")),
      h("div", { class: "row" }, h("button", { class: "main" }, say("sign-in"))),
    ),
    async () => {
      const given = token.value.trim();
      // A method that asks for a token says whether this one holds.
      await connect(given).notices.listNotices({ pageSize: 1 }, patient);
      if (!bearer(given)) {
        throw new Error(say("sign-in-none"));
      }
      sessionStorage.setItem(KEPT, given);
      dispatchEvent(new HashChangeEvent("hashchange"));
    },
  );
  main.replaceChildren(focused(h("h1", {}, say("nav-desk"))), form);
}

class Desk implements Opens {
  private readonly duties: DutyList;
  private readonly drafts: DraftList | undefined;
  private readonly cases: CaseList | undefined;
  private readonly detail = h("div", { "data-detail": true });
  private readonly live = h("p", { class: "live", role: "status" });
  private readonly news = h("p", { class: "meta", role: "status" });
  private leaveDetail = () => {};
  private loading = false;
  private again = false;

  constructor(
    private readonly sanben: Sanben,
    private readonly who: Bearer,
    private readonly main: HTMLElement,
  ) {
    const again = () => void this.refresh();
    this.duties = new DutyList(sanben, who.roles.includes("desk-officer"), this, again);
    if (who.roles.some((role) => ["chief", "office"].includes(role))) {
      this.drafts = new DraftList(sanben, (one) => this.case(one.caseId, CaseVerb.SIGN_DRAFT, String(one.draft?.number ?? "")), again);
    }
    if (mayFind(who)) {
      this.cases = new CaseList(sanben, who, (caseId) => this.case(caseId));
    }
  }

  open(): () => void {
    const leave = () => {
      sessionStorage.removeItem(KEPT);
      dispatchEvent(new HashChangeEvent("hashchange"));
    };
    const roles = this.who.roles.map((role) => say(`role-${role}`)).join(say("comma"));
    const heading = focused(h("h1"));
    void units(this.sanben).then(() => {
      heading.textContent = say("desk-of", { person: this.who.sub, unit: unitName(this.who.unit), roles });
    });
    this.main.replaceChildren(
      heading,
      h("div", { class: "row" }, this.live, h("button", { type: "button", click: leave }, say("sign-out"))),
      this.news,
      h("div", { class: "desk" }, h("div", {}, this.duties.shown, this.drafts?.shown, this.cases?.shown), this.detail),
    );
    const stop = this.listen();
    return () => {
      stop();
      this.cases?.stop();
      this.leaveDetail();
    };
  }

  /** Whatever I am told may change what is mine to do. */
  private listen(): () => void {
    let resumeToken = "";
    let opened = 0;
    return follow({
      open: (signal) => {
        opened = 0;
        return this.sanben.notices.watchNotices({ resumeToken }, { signal });
      },
      each: (response) => {
        resumeToken = response.resumeToken;
        opened += 1;
        if (response.notice) {
          this.news.textContent = response.notice.text;
        }
        if (response.notice || opened === 1) {
          void this.refresh();
        }
      },
      link: (link, error) => {
        this.live.dataset.link = link;
        this.live.textContent = say(`link-${link}`);
        if (error) {
          this.duties.shown.replaceChildren(problem(refusal(error)));
        }
      },
    });
  }

  /** One look at a time; what comes during one leads to another after it. */
  private async refresh(): Promise<void> {
    if (this.loading) {
      this.again = true;
      return;
    }
    this.loading = true;
    try {
      do {
        this.again = false;
        await Promise.all([this.duties.read(), this.drafts?.read()]);
      } while (this.again);
    } catch (error) {
      this.duties.shown.replaceChildren(problem(refusal(error)));
    } finally {
      this.loading = false;
    }
  }

  submission(of: Submission): void {
    this.leaveDetail();
    this.leaveDetail = () => {};
    const done = (after: Submission) => {
      this.submission(after);
      void this.refresh();
    };
    this.detail.replaceChildren(submissionCard(this.sanben, of, done));
  }

  case(caseId: string, verb?: CaseVerb, subject = ""): void {
    this.leaveDetail();
    const link = h("p", { class: "live", role: "status" });
    const view = new CaseView(this.sanben, () => void this.refresh(), { verb, subject });
    this.detail.replaceChildren(h("section", { class: "card", "data-case": caseId }, view.head, link, view.clocks.shown, view.drafts, view.acts.shown, view.papers));
    let seenEtag = "";
    this.leaveDetail = follow({
      open: (signal) => this.sanben.cases.watchCase({ caseId, seenEtag }, { signal }),
      each: (response) => {
        if (response.case) {
          seenEtag = response.case.etag;
          view.show(response.case);
        }
      },
      link: (state, error) => {
        link.dataset.link = state;
        link.textContent = say(`link-${state}`);
        if (error) {
          view.acts.shown.replaceChildren(problem(refusal(error)));
        }
      },
    });
  }
}

/** One case as it changes. */
class CaseView {
  readonly head = h("div");
  readonly acts: Acts;
  readonly drafts = h("div", { "data-case-drafts": true });
  readonly papers = h("div");
  readonly clocks: Clocks;
  private present: Case | undefined;

  constructor(
    private readonly sanben: Sanben,
    private readonly changed: () => void,
    start: Start,
  ) {
    this.clocks = new Clocks(sanben);
    this.acts = new Acts(sanben, changed, start);
  }

  show(of: Case): void {
    const first = !this.present;
    this.present = of;
    const heading = h("h2", {}, of.number || say("desk-unnumbered"), " ", of.title);
    heading.tabIndex = -1;
    this.head.replaceChildren(heading, caseFacts(of));
    if (first) {
      heading.focus();
    }
    this.clocks.show(of);
    this.drafts.replaceChildren(...draftsOf(of, !this.drafts.querySelector("details")?.open));
    this.acts.show(of);
    this.read(of).catch((error: unknown) => this.papers.replaceChildren(problem(refusal(error))));
    if (!first) {
      this.changed();
    }
  }

  /** Its papers and its history, unless it has changed again meanwhile. */
  private async read(of: Case): Promise<void> {
    const { caseId } = of;
    const [papers, documents, events] = await Promise.all([
      this.sanben.papers.listPapers({ caseId, pageSize: PAGE }, patient).then((page) => page.papers),
      this.sanben.cases.listCaseDocuments({ caseId, pageSize: PAGE }, patient).then((page) => page.documents),
      this.sanben.cases.listCaseEvents({ caseId, pageSize: PAGE }, patient).then((page) => page.events),
    ]);
    if (this.present !== of) {
      return;
    }
    const open = this.papers.querySelector("details")?.open ?? false;
    const paper = (one: (typeof documents)[number]) =>
      h("div", {}, h("h3", {}, `${say(`document-${DocumentKind[one.kind]}`)} `, h("span", { class: "meta" }, `${one.authority} ${when(one.createTime)}`)), h("blockquote", {}, one.text));
    const entry = (one: (typeof events)[number]) =>
      h(
        "li",
        {},
        `${say(`event-${one.type.split(".").at(-1)}`)} `,
        h("span", { class: "meta" }, `${one.act?.personId ?? ""} ${when(one.act?.time)} ${one.reason}`),
        ...one.movedDeadlines.map((moved) => h("div", { class: "meta" }, `${say(`clock-${ClockKind[moved.kind]}`)} ${moved.subject} ${moved.beforeDate} → ${moved.afterDate}`)),
      );
    this.papers.replaceChildren(
      ...papers.map(paperCard),
      ...documents.map(paper),
      h("details", { open }, h("summary", {}, say("desk-history", { count: events.length })), h("ol", { class: "steps" }, ...events.map(entry))),
    );
  }
}

function caseFacts(of: Case): HTMLElement {
  const mark = (there: boolean) => (there ? "✓" : "—");
  return facts(
    [say("desk-state"), say(`case-${CaseState[of.state]}`)],
    [say("desk-book"), say(`book-${Book[of.book]}`)],
    [say("desk-origin"), say(`channel-${Channel[of.origin]}`)],
    [say("desk-summary"), of.summary],
    [say("desk-external"), [...(of.external ? [of.external] : []), ...of.joinedExternals].map((it) => `${it.authority} ${it.number} ${it.dueDate}`).join(say("comma"))],
    [say("desk-parties"), of.partyCount > 1 ? String(of.partyCount) : ""],
    [say("desk-submissions"), of.submissionIds.length > 1 ? String(of.submissionIds.length) : ""],
    [say("desk-lead"), unitName(of.leadUnitId)],
    [say("desk-assisting"), of.assistingUnitIds.map(unitName).join(say("comma"))],
    [say("desk-contributions"), of.contributions.map((it) => `${mark(it.made)} ${unitName(it.unitId)} ${it.dueDate}`).join(say("comma"))],
    [say("desk-urgings"), of.urgings.map((it) => `${mark(it.answered || it.lapsed)} ${unitName(it.unitId)} ${it.dueDate}`).join(say("comma"))],
    [say("desk-co-handlings"), of.coHandlings.map((it) => `${mark(it.answered || it.withdrawn)} ${it.authority} ${it.systemId} ${it.dueDate}`).join(say("comma"))],
    [say("desk-appeals"), of.appeals.filter((it) => !it.lapsed).map(appealed).join(say("comma"))],
    [say("desk-final"), of.final ? say("desk-final-yes") : ""],
    [say("desk-owner"), of.ownerId ? `${of.ownerId} ${say(`duty-${PersonalDuty[of.personalDuty]}`)}` : ""],
    [say("desk-repeat"), of.repeatNumber > 1 ? say("desk-repeat-number", { number: of.repeatNumber }) : ""],
    [say("desk-referral"), of.referral ? say(`referral-${ReferralState[of.referral]}`) : ""],
    [say("desk-gate"), waited(of)],
    [say("desk-handler"), of.handlerId],
    [say("field-path"), of.path ? say(`path-${LegalPath[of.path]}`) : ""],
    [say("desk-extension"), of.extensionDays ? String(of.extensionDays) : ""],
    [say("desk-round"), of.round > 1 ? String(of.round) : ""],
    [say("field-outcome"), of.outcome ? say(`outcome-${Outcome[of.outcome]}`) : ""],
    [say("desk-verdict"), of.verdict ? say(`verdict-${Verdict[of.verdict]}`) : ""],
    [say("desk-door"), of.door ? say(`door-${Door[of.door]}`) : ""],
    ...of.checklists.map((list): [string, string] => [
      list.required ? say("desk-checklist-required", { title: list.title }) : list.title,
      list.items.map((it) => `${mark(it.done)} ${it.title}`).join(" "),
    ]),
  );
}

/** How long it waited at the chief's gate, or has until now. */
function waited(of: Case): string {
  if (!of.gateWait) {
    return "";
  }
  const hours = Math.floor(Number(of.gateWait.seconds) / 3600);
  const over = of.registerTime || of.state === CaseState.DECLINED;
  return say(over ? "desk-gate-waited" : "desk-gate-waits", { days: Math.floor(hours / 24), hours: hours % 24 });
}

/** Which look of a superior, whose, and what came of it or by when it must. */
function appealed(of: Appeal): string {
  const step = say(`appeal-${AppealStep[of.step]}`);
  const outcome = of.decided ? say(of.upheld ? "appeal-upheld" : "appeal-sent-back") : say("appeal-due", { date: of.due?.date ?? "" });
  return `${step} ${unitName(of.unitId)} ${outcome}`;
}
