/** 事项: finding cases, and seeing them change. */
import { type Sanben, follow, refusal } from "../client/index.js";
import { type Case, CaseState } from "../gen/sanben/ledger/v1/case_pb.js";
import { Colour } from "../gen/sanben/ledger/v1/clock_pb.js";
import type { WatchCasesResponse } from "../gen/sanben/ledger/v1/case_service_pb.js";
import { Book } from "../gen/sanben/type/v1/types_pb.js";
import { patient, problem, submits } from "./calls.js";
import { standing } from "./clocks.js";
import type { Bearer } from "./desk.js";
import { field, h } from "./dom.js";
import { entry, renew } from "./lists.js";
import { unitName, unitPicker } from "./units.js";
import { say } from "./words.js";

const PAGE = 50;
const BOOKS = [Book.SUGGESTION, Book.DEMAND, Book.COMPLAINT];
const COLOURS = [Colour.GREEN, Colour.YELLOW, Colour.RED];
const STATES = [
  CaseState.PROPOSED,
  CaseState.DECLINED,
  CaseState.REGISTERED,
  CaseState.ASSIGNED,
  CaseState.OBJECTED,
  CaseState.UNDERTAKEN,
  CaseState.REPORTED,
  CaseState.APPROVED,
  CaseState.REPLIED,
  CaseState.SETTLED,
  CaseState.STRUCK_OFF,
  CaseState.ARCHIVED,
];

/** Who may read cases; see `ledger.cedar`. Whoever administers sees no matters, whatever else they are. */
const READERS = ["chief", "leader-in-charge", "office", "handler", "desk-officer", "duty-officer", "supervisor", "liaison-officer", "auditor"];

export function mayFind(who: Bearer): boolean {
  return !who.roles.includes("administrator") && who.roles.some((role) => READERS.includes(role));
}

/** What is looked for, as far as this page can say it. */
interface Filter {
  text: string;
  book: Book;
  states: CaseState[];
  colour: Colour;
  unitId: string;
  handlerId: string;
  ownerId: string;
}

/** Looks for cases, and follows those that were found as long as it is unfolded: a browser has few connections. */
export class CaseList {
  readonly shown: HTMLDetailsElement;
  private readonly list = h("div", { "data-found": true });
  private readonly link = h("p", { class: "live", role: "status" });
  private readonly said: () => Promise<Filter>;
  private cases: Case[] = [];
  /** Those that left while a page was read, which may still have them. */
  private readonly gone = new Set<string>();
  private filter: Filter | undefined;
  private next = "";
  private stopWatching = () => {};
  private looks = 0;
  private drawn = true;

  constructor(
    private readonly sanben: Sanben,
    who: Bearer,
    private readonly open: (caseId: string) => void,
  ) {
    const { controls, said } = filters(sanben, who);
    this.said = said;
    const form = submits(
      h("form", { "data-find": true, role: "search", "aria-label": say("cases") }, ...controls, h("div", { class: "row" }, h("button", {}, say("cases-find")))),
      () => this.find(),
    );
    this.link.hidden = true;
    this.shown = h("details", { class: "card", "data-cases": true }, h("summary", {}, say("cases")), form, this.link, this.list);
    this.shown.addEventListener("toggle", () => (this.shown.open ? form.requestSubmit() : this.stop()));
  }

  stop(): void {
    this.looks += 1;
    this.stopWatching();
    this.stopWatching = () => {};
  }

  private async find(): Promise<void> {
    this.stop();
    const look = this.looks;
    const filter = await this.said();
    if (look !== this.looks) {
      await (this.shown.open ? this.find() : undefined);
      return;
    }
    [this.filter, this.cases, this.next] = [filter, [], ""];
    this.list.replaceChildren();
    this.link.hidden = false;
    if (filter.text) {
      delete this.link.dataset.link;
      this.link.textContent = say("cases-not-live");
    }
    try {
      await (filter.text ? undefined : this.watch(filter, look));
      if (look === this.looks) {
        await this.load("");
      }
    } catch (error) {
      this.stop();
      this.link.hidden = true;
      throw error;
    }
    // Folded and unfolded again meanwhile: its form was busy.
    if (look !== this.looks && this.shown.open) {
      await this.find();
    }
  }

  /** Done once the stream is open, so that nothing is missed between it and the list, or once it is known that it is not. */
  private watch(filter: Filter, look: number): Promise<void> {
    return new Promise((resolve, reject) => {
      let resumeToken = "";
      let late = false;
      const stop = follow({
        open: (signal) => this.sanben.cases.watchCases({ filter, resumeToken }, { signal }),
        each: (response) => {
          const first = !resumeToken;
          resumeToken = response.resumeToken;
          this.take(response.change);
          if (first && late) {
            this.reload();
          }
          resolve();
        },
        link: (link, error) => {
          this.link.dataset.link = link;
          this.link.textContent = say(`link-${link}`);
          late ||= link === "waiting" && !resumeToken;
          if (error && look === this.looks && resumeToken) {
            this.list.prepend(problem(refusal(error)));
          }
          error ? reject(error) : link === "waiting" && resolve();
        },
      });
      this.stopWatching = () => (stop(), resolve());
    });
  }

  private reload(): void {
    this.load("").catch((error: unknown) => this.list.prepend(problem(refusal(error))));
  }

  private take(change: WatchCasesResponse["change"]): void {
    if (change.case === "goneCaseId") {
      this.gone.add(change.value);
      this.cases = this.cases.filter((one) => one.caseId !== change.value);
    } else if (change.case === "case") {
      this.gone.delete(change.value.caseId);
      this.put(change.value, true);
    } else {
      return;
    }
    this.draw();
  }

  /** In its place if it is there already, and if that is not newer. */
  private put(of: Case, onTop: boolean): void {
    const at = this.cases.findIndex((one) => one.caseId === of.caseId);
    const there = this.cases[at];
    if (!there) {
      onTop ? this.cases.unshift(of) : this.cases.push(of);
    } else if (Number(there.etag) <= Number(of.etag)) {
      this.cases[at] = of;
    }
  }

  private async load(pageToken: string): Promise<void> {
    const look = this.looks;
    this.gone.clear();
    const page = await this.sanben.cases.listCases({ filter: this.filter ?? {}, pageSize: PAGE, pageToken }, patient);
    if (look !== this.looks) {
      return;
    }
    for (const one of page.cases) {
      this.gone.has(one.caseId) || this.put(one, false);
    }
    this.next = page.nextPageToken;
    this.show();
  }

  /** Many changes at once are shown at once. */
  private draw(): void {
    if (this.drawn) {
      this.drawn = false;
      requestAnimationFrame(() => this.show());
    }
  }

  private show(): void {
    this.drawn = true;
    const more = () => void this.load(this.next).catch((error: unknown) => this.list.append(problem(refusal(error))));
    renew(
      this.list,
      h("p", { class: "meta", role: "status" }, say("cases-found", { count: `${this.cases.length}${this.next ? "+" : ""}` })),
      h("ul", { class: "list" }, ...this.cases.map((one) => this.line(one))),
      this.next ? h("div", { class: "row" }, h("button", { type: "button", "data-key": "more", click: more }, say("more"))) : undefined,
    );
  }

  private line(of: Case): HTMLElement {
    const where = h("span", { class: "meta" }, `${say(`case-${CaseState[of.state]}`)} · ${unitName(of.leadUnitId)}`);
    return entry(of.caseId, () => this.open(of.caseId), `${of.number || say("desk-unnumbered")} ${of.title}`, where, standing(of));
  }
}

function filters(sanben: Sanben, who: Bearer): { controls: HTMLElement[]; said(): Promise<Filter> } {
  const text = h("input", { type: "search", maxlength: "100", autocomplete: "off" });
  const one = (prefix: string, values: Record<number, string>, of: number[]) =>
    h("select", {}, h("option", { value: "0" }, say("cases-all")), ...of.map((value) => h("option", { value: String(value) }, say(`${prefix}-${values[value]}`))));
  const book = one("book", Book, BOOKS);
  const state = one("case", CaseState, STATES);
  const colour = one("colour", Colour, COLOURS);
  const unit = unitPicker(sanben, false);
  const handled = h("input", { type: "checkbox" });
  const owned = h("input", { type: "checkbox" });
  const said = async () => ({
    text: text.value.trim(),
    book: Number(book.value),
    states: Number(state.value) ? [Number(state.value)] : [],
    colour: Number(colour.value),
    unitId: await unit.id(),
    handlerId: handled.checked ? who.sub : "",
    ownerId: owned.checked ? who.sub : "",
  });
  // Only handlers handle, and only chiefs answer for something in person: nobody else would find anything of theirs.
  const mine = [
    who.roles.includes("handler") && h("label", { class: "choice" }, handled, say("cases-mine-handled")),
    who.roles.includes("chief") && h("label", { class: "choice" }, owned, say("cases-mine-owned")),
  ];
  return {
    controls: [
      field("filter.text", say("cases-text"), text, say("cases-text-hint")),
      h(
        "details",
        { "data-filters": true },
        h("summary", {}, say("cases-filters")),
        field("filter.book", say("desk-book"), book),
        field("filter.states", say("desk-state"), state),
        field("filter.colour", say("cases-colour"), colour),
        field("filter.unit_id", say("cases-unit"), unit.control),
        unit.list,
        ...mine,
      ),
    ],
    said,
  };
}
