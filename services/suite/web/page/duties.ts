/** 待办: what is mine to do, by when, and why it is mine. */
import type { Sanben } from "../client/index.js";
import { type Submission, SubmissionKind } from "../gen/sanben/intake/v1/submission_pb.js";
import { CaseVerb } from "../gen/sanben/ledger/v1/case_verb_pb.js";
import { type Duty, DutyKind } from "../gen/sanben/ledger/v1/duty_pb.js";
import { Channel } from "../gen/sanben/type/v1/types_pb.js";
import { patient } from "./calls.js";
import { dueLine } from "./clocks.js";
import { h } from "./dom.js";
import { Pages, entry, renew, told } from "./lists.js";
import { say, when } from "./words.js";

const PAGE = 100;
const PROGRAMMES = [DutyKind.CLOSE_DRIVE, DutyKind.ADOPT_MEASURE, DutyKind.MEASURE_EFFECT];

/** What a duty opens. */
export interface Opens {
  case(caseId: string, at?: CaseVerb, subject?: string): void;
  submission(of: Submission): void;
}

/** The one list for every role. */
export class DutyList {
  readonly shown = h("div", { "data-duties": true });
  private others: Duty[] = [];
  private incomplete: string[] = [];
  private submissions = new Map<string, Submission>();
  private readonly pages: Pages<Duty>;

  constructor(
    private readonly sanben: Sanben,
    private readonly triages: boolean,
    private readonly opens: Opens,
    private readonly refresh: () => void,
  ) {
    this.pages = new Pages(async (pageToken) => {
      const page = await sanben.duties.listDuties({ pageSize: PAGE, pageToken }, patient);
      if (!pageToken) {
        [this.others, this.incomplete] = [page.others, page.incompleteServices];
      }
      return { items: page.duties, nextPageToken: page.nextPageToken };
    });
  }

  async read(): Promise<void> {
    await Promise.all([this.pages.read(), this.readSubmissions()]);
    const all = [...this.pages.items, ...this.others].sort(byUrgency);
    renew(
      this.shown,
      h(
        "section",
        { class: "card" },
        h("h2", {}, say("desk-duties", { count: `${all.length}${this.pages.next ? "+" : ""}` })),
        all.length > 0 ? h("ul", { class: "list" }, ...all.map((one) => this.line(one))) : h("p", {}, say("desk-nothing")),
        this.incomplete.length > 0 &&
          h("p", { class: "hint", "data-incomplete": true }, say("duties-incomplete", { services: this.incomplete.map((one) => say(`service-${one}`)).join(say("comma")) })),
        this.pages.more(this.refresh),
      ),
    );
  }

  /** What waits for triage has no title yet: its kind and its way in tell one from another. */
  private async readSubmissions(): Promise<void> {
    if (this.triages) {
      const page = await this.sanben.desk.listSubmissions({ pageSize: PAGE, toDo: true }, patient);
      this.submissions = new Map(page.submissions.map((one) => [one.submissionId, one]));
    }
  }

  private line(of: Duty): HTMLElement {
    const waiting = this.submissions.get(of.itemId);
    const kind = waiting && `${say(`kind-${SubmissionKind[waiting.kind]}`)} · ${say(`channel-${Channel[waiting.channel]}`)}`;
    const name = of.caseId ? `${of.caseNumber || say("desk-unnumbered")} ${of.title}` : (kind ?? of.title);
    const since = of.sinceTime ? ` ${say("duty-since", { since: when(of.sinceTime) })}` : "";
    const lines = [h("strong", {}, of.what), name, dueLine(of), h("span", { class: "meta" }, `${of.why}${since}`)];
    const open = this.opening(of);
    return open ? entry(`${DutyKind[of.kind]} ${of.caseId}${of.itemId} ${of.subject}`, open, ...lines) : told(...lines);
  }

  /** Visits and meetings have no view here, drives and common problems have one of their own. */
  private opening(of: Duty): (() => void) | undefined {
    if (of.caseId) {
      return () => this.opens.case(of.caseId, of.verb, of.subject);
    }
    if (PROGRAMMES.includes(of.kind)) {
      return () => (location.hash = `#/programmes/${of.itemId}`);
    }
    if (of.kind !== DutyKind.TRIAGE) {
      return undefined;
    }
    return () => {
      const known = this.submissions.get(of.itemId);
      if (known) {
        this.opens.submission(known);
        return;
      }
      void this.sanben.desk.getSubmission({ submissionId: of.itemId }, patient).then(
        ({ submission }) => submission && this.opens.submission(submission),
        () => this.refresh(),
      );
    };
  }
}

/** As the suite orders them: by when they are due, and last what is not due at any time, by since when it waits. */
function byUrgency(one: Duty, other: Duty): number {
  const [due, otherDue] = [one.dueTime?.seconds, other.dueTime?.seconds];
  if (due !== undefined && otherDue !== undefined) {
    return Number(due - otherDue);
  }
  if (due !== undefined || otherDue !== undefined) {
    return due !== undefined ? -1 : 1;
  }
  return Number((one.sinceTime?.seconds ?? 0n) - (other.sinceTime?.seconds ?? 0n));
}
