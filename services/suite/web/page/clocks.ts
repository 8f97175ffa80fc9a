/** 期限: what is due of a case and by when, how that day comes about, and letting the clock stand still. */
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import { type Sanben, refusal } from "../client/index.js";
import type { Case } from "../gen/sanben/ledger/v1/case_pb.js";
import { type Clock, ClockKind, ClockState, Colour, type DeadlineExplanation, PauseGround } from "../gen/sanben/ledger/v1/clock_pb.js";
import type { Duty } from "../gen/sanben/ledger/v1/duty_pb.js";
import { Track } from "../gen/sanben/type/v1/types_pb.js";
import { patient, problem, submits } from "./calls.js";
import { choice, chosen, field, h } from "./dom.js";
import { TRACKS } from "./triage.js";
import type { Verb } from "./verbs.js";
import { unitName } from "./units.js";
import { date, endsItsDay, say, when } from "./words.js";

const DAY_MS = 86_400_000;

/** What presses most comes first: the worse colour; what runs before what stands still; the earlier end. */
function byPressure(one: Clock, other: Clock): number {
  return other.colour - one.colour || one.state - other.state || Number((one.dueTime?.seconds ?? 0n) - (other.dueTime?.seconds ?? 0n));
}

/** How a case stands, in a line: its colour, and the duty that it has it from. Nothing once all duties have stopped. */
export function standing(of: Case): HTMLElement | undefined {
  const [first] = of.clocks.filter((one) => one.duty && one.state !== ClockState.STOPPED).sort(byPressure);
  return first && h("span", { "data-standing": true }, ...marks(first), `${name(first)} ${dueDay(first)}`);
}

/** By when something is to be done, in a line: its colour, by which clock, and the day. Nothing if it is not due. */
export function dueLine(of: Duty): HTMLElement | undefined {
  if (!of.due) {
    return undefined;
  }
  const kind = of.clock ? `${say(`clock-${ClockKind[of.clock]}`)} ` : "";
  const day = dueDay(of);
  return h("span", { "data-standing": true }, mark(Colour[of.colour] ?? ""), kind ? kind + day : say("clock-due-hour", { due: day }));
}

const mark = (key: string) => h("span", { class: "colour", "data-colour": key }, say(`colour-${key}`));

/** Its colour as a word; a right has none, as nobody is late with it. */
function marks(of: Clock): HTMLElement[] {
  const colour = mark(of.duty ? (Colour[of.colour] ?? "") : "RIGHT");
  return of.state === ClockState.PAUSED ? [colour, mark("PAUSED")] : [colour];
}

function name(of: Clock): string {
  const kind = say(`clock-${ClockKind[of.kind]}`);
  switch (of.kind) {
    case ClockKind.ASSISTANCE:
      return say("clock-of", { kind, subject: unitName(of.subject) });
    case ClockKind.URGING_ANSWER:
      return say("clock-of", { kind, subject: say("clock-urging", { number: of.subject }) });
    default:
      return of.subject ? say("clock-of", { kind, subject: of.subject }) : kind;
  }
}

/** The day, or the hour where it ends within the day. */
function dueDay(of: Pick<Clock, "due" | "dueTime">): string {
  const end = endsItsDay(of.dueTime) ? (of.due?.date ?? "") : when(of.dueTime);
  return `${end}${of.due?.provisional ? say("desk-provisional") : ""}`;
}

function byWhen(of: Clock): string {
  const due = dueDay(of);
  switch (of.state) {
    case ClockState.PAUSED:
      return say("clock-paused", { due });
    case ClockState.STOPPED:
      return say("clock-stopped", { due, stop: date(of.stopTime) });
    default:
      return say(!of.duty ? "clock-until" : endsItsDay(of.dueTime) ? "clock-due" : "clock-due-hour", { due });
  }
}

const keyOf = (of: Clock) => `${ClockKind[of.kind]} ${of.subject}`;

/** The clocks of a case as it changes. An explanation that is open stays open, with what is typed into it. */
export class Clocks {
  readonly shown = h("div", { "data-clocks": true });
  private readonly list = h("div");
  private readonly place = h("div");
  private open: { key: string; renew(): Promise<void> } | undefined;

  constructor(private readonly sanben: Sanben) {}

  show(of: Case): void {
    const focus = (document.activeElement as HTMLElement | null)?.dataset.clock;
    const folded = !this.list.querySelector("details")?.open;
    const running = of.clocks.filter((one) => one.state !== ClockState.STOPPED).sort(byPressure);
    const stopped = of.clocks.filter((one) => one.state === ClockState.STOPPED);
    const rows = (clocks: Clock[]) => h("ul", { class: "list" }, ...clocks.map((one) => this.row(of, one)));
    this.list.replaceChildren(
      rows([...running.filter((one) => one.duty), ...running.filter((one) => !one.duty)]),
      ...(stopped.length > 0
        ? [h("details", { open: !folded }, h("summary", {}, say("clocks-stopped", { count: stopped.length })), rows(stopped))]
        : []),
    );
    this.shown.replaceChildren(...(of.clocks.length > 0 ? [h("h3", {}, say("clocks")), this.list, this.place] : []));
    if (focus) {
      this.button(focus)?.focus();
    }
    if (this.open && this.button(this.open.key)) {
      void this.open.renew();
    } else {
      this.close();
    }
  }

  private row(of: Case, clock: Clock): HTMLElement {
    const [key, title] = [keyOf(clock), name(clock)];
    const why = h(
      "button",
      {
        type: "button",
        "data-clock": key,
        "aria-expanded": String(this.open?.key === key),
        "aria-label": `${say("clock-why")} ${title}`,
        click: () => (this.open?.key === key ? this.close() : this.explain(of, clock, title)),
      },
      say("clock-why"),
    );
    const used = say("clock-used", { percent: clock.usedPercent });
    return h("li", { class: "clock" }, h("div", {}, h("strong", {}, title), " ", ...marks(clock), h("div", { class: "meta" }, `${byWhen(clock)} · ${used}`)), why);
  }

  private button(key: string): HTMLElement | undefined {
    return [...this.list.querySelectorAll<HTMLElement>("[data-clock]")].find((one) => one.dataset.clock === key);
  }

  private close(): void {
    this.open = undefined;
    this.place.replaceChildren();
    this.press();
  }

  private press(): void {
    for (const one of this.list.querySelectorAll<HTMLElement>("[data-clock]")) {
      one.setAttribute("aria-expanded", String(one.dataset.clock === this.open?.key));
    }
  }

  private explain(of: Case, clock: Clock, title: string): void {
    const heading = h("h4", {}, `${say("clock-why")} ${title}`);
    heading.tabIndex = -1;
    const { shown, renew } = explanation(this.sanben, of, clock);
    this.open = { key: keyOf(clock), renew };
    this.place.replaceChildren(h("section", { class: "why", "data-why": true }, heading, ...shown));
    this.press();
    heading.focus();
    void renew();
  }
}

/** How the day comes about, step by step, and a form for what would be, if; that changes nothing. */
function explanation(sanben: Sanben, of: Case, clock: Clock): { shown: HTMLElement[]; renew(): Promise<void> } {
  const target = { caseId: of.caseId, kind: clock.kind, subject: clock.subject };
  const told = h("div", { "data-steps": true });
  const supposed = h("div", { role: "status", "data-supposed": true });
  const more = h("input", { type: "number", min: "0", max: "365", value: "0" });
  const [from, to] = [h("input", { type: "date" }), h("input", { type: "date" })];
  const track = h("select", {}, h("option", { value: String(Track.UNSPECIFIED) }, say("what-if-same")), ...TRACKS.map((one) => h("option", { value: String(one) }, say(`track-${Track[one]}`))));
  const trackField = field("what_if.track", say("field-track"), track);
  trackField.hidden = clock.kind !== ClockKind.FINISH;
  let now: DeadlineExplanation | undefined;
  let looks = 0;
  const renew = async () => {
    const look = (looks += 1);
    let found: HTMLElement | undefined;
    try {
      now = (await sanben.deadlines.explainDeadline(target, patient)).explanation;
      found = now && steps(now);
      // A day that somebody has set does not come about by a rule.
      asking.hidden = !now?.presetVersion;
    } catch (error) {
      found = problem(refusal(error));
    }
    if (found && look === looks) {
      told.replaceChildren(found);
      supposed.replaceChildren();
    }
  };
  const suppose = async () => {
    const pauses = from.value || to.value ? [{ ...start("startTime", from.value, 0), ...start("endTime", to.value, 1) }] : [];
    const whatIf = { more: Number(more.value), track: Number(track.value), pauses };
    supposed.replaceChildren();
    const { explanation: then } = await sanben.deadlines.explainDeadline({ ...target, whatIf }, patient);
    if (then?.clock) {
      const days = { now: now?.clock ? dueDay(now.clock) : "", then: dueDay(then.clock) };
      supposed.replaceChildren(h("p", {}, h("strong", {}, say("what-if-result", days))), steps(then));
    }
  };
  const form = submits(
    h(
      "form",
      { "data-what-if": true, "aria-label": say("what-if") },
      field("what_if.more", say("what-if-more"), more),
      field("what_if.pauses[0].start_time", say("what-if-from"), from),
      field("what_if.pauses[0].end_time", say("what-if-to"), to, say("what-if-to-hint")),
      trackField,
      h("div", { class: "row" }, h("button", {}, say("what-if-send"))),
    ),
    suppose,
  );
  const asking = h("details", { hidden: true }, h("summary", {}, say("what-if")), form, supposed);
  return { shown: [told, asking], renew };
}

function steps(of: DeadlineExplanation): HTMLElement {
  return h("ol", { class: "steps" }, ...of.sentences.map((sentence) => h("li", {}, sentence)));
}

/** The beginning of a day in China, so many days later; nothing if none was chosen. */
function start(name: string, day: string, later: number): Record<string, unknown> {
  return day ? { [name]: timestampFromDate(new Date(Date.parse(`${day}T00:00:00+08:00`) + later * DAY_MS)) } : {};
}

const GROUNDS = [PauseGround.PERSON, PauseGround.EXPERTISE, PauseGround.PROCEEDINGS, PauseGround.FORCE_MAJEURE];

/** 暂停计时. */
export function pause(sanben: Sanben): Verb {
  const ground = choice("ground", say("field-pause-ground"), GROUNDS.map((one) => [String(one), say(`pause-${PauseGround[one]}`)]));
  const authority = h("input", { maxlength: "80", autocomplete: "off" });
  const reason = h("textarea", { maxlength: "1000" });
  const said = () => ({ ground: Number(chosen(ground)), authority: authority.value, reason: reason.value });
  return {
    controls: [ground, field("authority", say("field-pause-authority"), authority), field("reason", say("field-pause-reason"), reason)],
    said,
    send: (target) => sanben.direction.pauseCase({ ...target, ...said() }, patient),
  };
}
