/** 专项: backlog drives and common problems, how far they are, and what a chief or the office does with them. */
import { type Sanben, refusal } from "../client/index.js";
import { type Drive, DriveState } from "../gen/sanben/ledger/v1/drive_pb.js";
import { EffectJudgement, type Problem, ProblemState, type SystemicMeasure } from "../gen/sanben/ledger/v1/problem_pb.js";
import { Once, patient, problem, submits } from "./calls.js";
import { choice, chosen, facts, field, focused, h } from "./dom.js";
import { type Bearer, signedIn } from "./desk.js";
import type { View } from "./main.js";
import { unitName, unitPicker, units } from "./units.js";
import { day, say } from "./words.js";

const PAGE = 50;
const JUDGEMENTS = [EffectJudgement.EFFECTIVE, EffectJudgement.PARTLY, EffectJudgement.NOT_EFFECTIVE];

export const programmes: View = (connect, main) => {
  const signed = signedIn();
  if (!signed) {
    const link = h("a", { href: "#/desk" }, say("nav-desk"));
    main.replaceChildren(focused(h("h1", {}, say("nav-programmes"))), h("p", { class: "card narrow" }, say("programmes-sign-in"), " ", link));
    return;
  }
  const place = h("div", {});
  const page = new Programmes(connect(signed.token), signed.who, place);
  main.replaceChildren(focused(h("h1", {}, say("nav-programmes"))), place);
  void page.refresh();
};

class Programmes {
  /** The drive or problem that the address names: the view begins there. */
  private sought = location.hash.split("/")[2];

  constructor(
    private readonly sanben: Sanben,
    private readonly who: Bearer,
    private readonly place: HTMLElement,
  ) {}

  refresh = async (): Promise<void> => {
    try {
      const [drives, problems, drive, found] = await Promise.all([
        this.sanben.drives.listDrives({ pageSize: PAGE }, patient).then((page) => page.drives),
        this.sanben.problems.listProblems({ pageSize: PAGE }, patient).then((page) => page.problems),
        this.one(async (driveId) => (await this.sanben.drives.getDrive({ driveId }, patient)).drive),
        this.one(async (problemId) => (await this.sanben.problems.getProblem({ problemId }, patient)).problem),
        units(this.sanben),
      ]);
      // What somebody must do may be older than the newest.
      if (drive && !drives.some((one) => one.driveId === drive.driveId)) {
        drives.push(drive);
      }
      if (found && !problems.some((one) => one.problemId === found.problemId)) {
        problems.push(found);
      }
      this.place.replaceChildren(
        h("section", {}, h("h2", {}, say("drives")), ...this.openingDrive(), ...drives.map((one) => this.drive(one))),
        h("section", {}, h("h2", {}, say("problems")), ...this.openingProblem(), ...problems.map((one) => this.problem(one))),
      );
      this.seek();
    } catch (error) {
      this.place.replaceChildren(problem(refusal(error)));
    }
  };

  /** What the address names, if it is one of this kind. */
  private async one<T>(get: (id: string) => Promise<T>): Promise<T | undefined> {
    return this.sought ? get(this.sought).catch(() => undefined) : undefined;
  }

  private seek(): void {
    const cards = [...this.place.querySelectorAll<HTMLElement>("article")];
    const title = this.sought && cards.find((one) => [one.dataset.drive, one.dataset.problem].includes(this.sought))?.querySelector("h3");
    this.sought = undefined;
    if (title) {
      focused(title);
    }
  }

  private is(...roles: string[]): boolean {
    return roles.some((role) => this.who.roles.includes(role));
  }

  /** A folded form that is sent once, and then everything is looked at again. */
  private form(name: string, controls: HTMLElement[], send: (requestId: string) => Promise<unknown>, said: () => unknown): HTMLElement {
    const once = new Once();
    const title = say(`act-${name}`);
    const form = submits(
      h("form", { "data-act": name, "aria-label": title }, ...controls, h("div", { class: "row" }, h("button", {}, title))),
      async () => {
        await send(once.for(said()));
        once.done();
        await this.refresh();
      },
    );
    return h("details", { class: "card" }, h("summary", {}, title), form);
  }

  private openingDrive(): HTMLElement[] {
    if (!this.is("chief")) {
      return [];
    }
    const [title, from, due] = [line(80), h("input", { type: "date" }), h("input", { type: "date" })];
    const said = () => ({ title: title.value, unitId: this.who.unit, receivedBefore: from.value, dueDate: due.value });
    const controls = [
      field("title", say("field-title"), title),
      field("received_before", say("field-received_before"), from),
      field("due_date", say("field-due_date"), due),
    ];
    return [this.form("open-drive", controls, (requestId) => this.sanben.drives.openDrive({ requestId, ...said() }, patient), said)];
  }

  private drive(of: Drive): HTMLElement {
    const reason = long(1000);
    const said = () => ({ driveId: of.driveId, etag: of.etag, reason: reason.value });
    const close = (requestId: string) => this.sanben.drives.closeDrive({ requestId, ...said() }, patient);
    const closing = of.state === DriveState.OPEN && this.is("chief") && of.unitId === this.who.unit;
    return h(
      "article",
      { class: "card", "data-drive": of.driveId },
      h("h3", {}, of.title),
      facts(
        [say("desk-state"), say(`drive-${DriveState[of.state]}`)],
        [say("desk-lead"), unitName(of.unitId)],
        [say("field-due_date"), of.dueDate],
        [say("drive-numbers"), say("drive-counted", { total: of.total, open: of.open })],
        [say("drive-cleared"), say("drive-doors", { confirmed: of.clearedByConfirmation, exception: of.clearedByException })],
        [say("field-reason"), of.closeReason],
      ),
      closing && this.form("close-drive", [field("reason", say("field-close-reason"), reason)], close, said),
    );
  }

  /** Cases are named by their numbers, as they stand on their papers. */
  private async caseIds(numbers: string): Promise<string[]> {
    const named = numbers.split(/[\s,，、;；]+/).filter(Boolean);
    const found = await Promise.all(named.map((number) => this.sanben.cases.listCases({ number, pageSize: 1 }, patient)));
    return found.map((page) => page.cases[0]?.caseId ?? "");
  }

  private openingProblem(): HTMLElement[] {
    if (!this.is("chief", "office")) {
      return [];
    }
    const [title, description, numbers] = [line(80), long(2000), long(4000)];
    const said = () => ({ title: title.value, description: description.value, unitId: this.who.unit, numbers: numbers.value });
    const controls = [
      field("title", say("field-title"), title),
      field("description", say("field-description"), description),
      field("case_ids", say("field-numbers"), numbers, say("field-numbers-hint")),
    ];
    const open = async (requestId: string) => {
      const { numbers, ...rest } = said();
      await this.sanben.problems.openProblem({ requestId, ...rest, caseIds: await this.caseIds(numbers) }, patient);
    };
    return [this.form("open-problem", controls, open, said)];
  }

  private problem(of: Problem): HTMLElement {
    const measures = of.measures.map(measured);
    return h(
      "article",
      { class: "card", "data-problem": of.problemId },
      h("h3", {}, of.title),
      facts(
        [say("desk-state"), say(`problem-${ProblemState[of.state]}`)],
        [say("desk-lead"), unitName(of.unitId)],
        [say("field-description"), of.description],
        [say("problem-cases"), String(of.caseCount)],
        [say("field-reason"), of.endReason],
      ),
      ...measures,
      ...([ProblemState.OPEN, ProblemState.MEASURED].includes(of.state) ? [...this.linking(of), ...this.ending(of)] : []),
      ...(of.state === ProblemState.OPEN ? this.adopting(of) : []),
      ...(of.state === ProblemState.MEASURED ? this.judging(of) : []),
    );
  }

  private linking(of: Problem): HTMLElement[] {
    if (!this.is("chief", "office")) {
      return [];
    }
    const numbers = long(4000);
    const said = () => ({ problemId: of.problemId, etag: of.etag, numbers: numbers.value });
    const link = async (requestId: string) => {
      const { numbers, ...rest } = said();
      await this.sanben.problems.linkCasesToProblem({ requestId, ...rest, caseIds: await this.caseIds(numbers) }, patient);
    };
    return [this.form("link-problem", [field("case_ids", say("field-numbers"), numbers, say("field-numbers-hint"))], link, said)];
  }

  private ending(of: Problem): HTMLElement[] {
    if (!this.is("chief") || of.unitId !== this.who.unit) {
      return [];
    }
    const reason = long(1000);
    const said = () => ({ problemId: of.problemId, etag: of.etag, reason: reason.value });
    const end = (requestId: string) => this.sanben.problems.endProblem({ requestId, ...said() }, patient);
    return [this.form("end-problem", [field("reason", say("field-reason"), reason)], end, said)];
  }

  private adopting(of: Problem): HTMLElement[] {
    if (!this.is("chief")) {
      return [];
    }
    const text = long(2000);
    const unit = unitPicker(this.sanben, false);
    const from = h("input", { type: "date" });
    const days = h("input", { type: "number", min: "7", max: "365", value: "30" });
    const said = () => ({ text: text.value, effectiveDate: from.value, observeDays: Number(days.value), unit: unit.control.value });
    const adopt = async (requestId: string) => {
      const { unit: _, ...rest } = said();
      const responsibleUnitId = (await unit.id()) || this.who.unit;
      await this.sanben.problems.adoptMeasure({ requestId, problemId: of.problemId, etag: of.etag, responsibleUnitId, ...rest }, patient);
    };
    const controls = [
      field("text", say("field-measure-text"), text),
      field("responsible_unit_id", say("field-responsible"), unit.control, say("field-responsible-hint")),
      unit.list,
      field("effective_date", say("field-effective_date"), from),
      field("observe_days", say("field-observe_days"), days),
    ];
    return [this.form("adopt-measure", controls, adopt, said)];
  }

  private judging(of: Problem): HTMLElement[] {
    if (!this.is("office")) {
      return [];
    }
    const judgement = choice("judgement", say("field-judgement"), JUDGEMENTS.map((one) => [String(one), say(`effect-${EffectJudgement[one]}`)]));
    const text = long(2000);
    const said = () => ({ problemId: of.problemId, etag: of.etag, judgement: Number(chosen(judgement)), text: text.value });
    const judge = (requestId: string) => this.sanben.problems.measureEffect({ requestId, ...said() }, patient);
    return [this.form("judge-effect", [judgement, field("text", say("field-effect-text"), text)], judge, said)];
  }
}

function measured(of: SystemicMeasure): HTMLElement {
  const effect = of.effect;
  return facts(
    [say("problem-measure", { number: of.number }), of.text],
    [say("field-responsible"), unitName(of.responsibleUnitId)],
    [say("field-effective_date"), of.effectiveDate],
    [say("problem-judge-from"), effect ? "" : of.judgeFromDate],
    [say("problem-effect"), effect?.before !== undefined ? say("problem-counted", { before: effect.before, after: effect.after ?? 0, days: of.observeDays }) : ""],
    [say("field-judgement"), effect ? `${say(`effect-${EffectJudgement[effect.judgement]}`)} ${day(effect.judged?.time)}` : ""],
    [say("field-effect-text"), effect?.text ?? ""],
  );
}

function line(max: number): HTMLInputElement {
  return h("input", { maxlength: String(max), autocomplete: "off" });
}

function long(max: number): HTMLTextAreaElement {
  return h("textarea", { maxlength: String(max) });
}
