/** What can be done with a case now, and the form of the verb that is being given. */
import type { Sanben } from "../client/index.js";
import type { Case } from "../gen/sanben/ledger/v1/case_pb.js";
import { CaseVerb } from "../gen/sanben/ledger/v1/case_verb_pb.js";
import { h } from "./dom.js";
import { duties, offered, verbForm } from "./verbs.js";
import { say } from "./words.js";

/** Where it is opened: at which verb, and at which of its drafts. */
export interface Start {
  verb?: CaseVerb | undefined;
  subject: string;
}

/** Verbs come and go while somebody types: what was typed into a form is never taken away. */
export class Acts {
  readonly shown = h("div", { "data-acts": true });
  private readonly none = h("p", {}, say("desk-no-acts"));
  private readonly buttons = h("div", { class: "row" });
  private readonly place = h("div");
  private present: Case | undefined;
  private names: string | undefined;
  private given: CaseVerb | undefined;

  constructor(
    private readonly sanben: Sanben,
    private readonly changed: () => void,
    private readonly start: Start,
  ) {
    this.shown.append(h("h3", {}, say("desk-acts")), this.none, this.buttons, this.place);
  }

  show(of: Case): void {
    const first = !this.present;
    this.present = of;
    this.none.hidden = duties(of).length > 0;
    const verbs = offered(of);
    if (this.names === verbs.join()) {
      return;
    }
    this.names = verbs.join();
    const button = (verb: CaseVerb) => h("button", { type: "button", "data-gives": CaseVerb[verb] ?? "", click: () => this.give(verb) }, say(`verb-${CaseVerb[verb]}`));
    this.buttons.replaceChildren(...verbs.map(button));
    if (this.given !== undefined && !verbs.includes(this.given) && !this.typed()) {
      this.given = undefined;
      this.place.replaceChildren();
    }
    this.press();
    if (first && this.start.verb !== undefined && verbs.includes(this.start.verb)) {
      this.begin(this.start.verb);
    }
  }

  private begin(verb: CaseVerb): void {
    this.give(verb);
    // A key that is pressed once too often should not give the verb.
    this.buttons.querySelector<HTMLElement>("[aria-pressed=true]")?.focus();
    const numbers = this.place.querySelector<HTMLSelectElement>("select[data-path=number], select[data-path=draft_number]");
    if (numbers && [...numbers.options].some((one) => one.value === this.start.subject)) {
      numbers.value = this.start.subject;
      numbers.dispatchEvent(new Event("change"));
    }
  }

  private give(verb: CaseVerb): void {
    const { present } = this;
    if (!present) {
      return;
    }
    this.given = verb;
    this.press();
    // What is done is done: the form goes, so that nothing is sent twice by mistake.
    const done = () => {
      this.given = undefined;
      this.place.replaceChildren(h("p", { class: "done", role: "status" }, say("desk-done", { verb: say(`verb-${CaseVerb[verb]}`) })));
      this.press();
      this.changed();
    };
    const form = verbForm(this.sanben, verb, () => this.present ?? present, done);
    this.place.replaceChildren(form);
    form.querySelector<HTMLElement>("textarea, input, button")?.focus();
  }

  private press(): void {
    const given = this.given === undefined ? "" : CaseVerb[this.given];
    for (const button of this.buttons.querySelectorAll<HTMLElement>("button")) {
      button.setAttribute("aria-pressed", String(button.dataset.gives === given));
    }
  }

  private typed(): boolean {
    const controls = this.place.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("input, textarea");
    return [...controls].some((control) => control.value !== control.defaultValue);
  }
}
