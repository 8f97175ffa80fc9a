/** Calls of a form: one at a time, the same request id until it is through, and what went wrong said beside the field it is about. */
import { type Refusal, Code, TIMEOUT_MS, newRequestId, refusal } from "../client/index.js";
import { h } from "./dom.js";
import { say } from "./words.js";

/** What each call is sent with. */
export const patient = { timeoutMs: TIMEOUT_MS };

/** What went wrong, in the reader's language, with its typed reason. */
export function problem(why: Refusal): HTMLElement {
  const unanswered = why.code === Code.DeadlineExceeded ? "problem-slow" : "problem-away";
  const text = why.text || (why.again ? say(unanswered) : say("problem-unknown", { code: Code[why.code] ?? "" }));
  const reason = why.reason ? h("p", { class: "meta" }, h("code", {}, `${why.domain} ${why.reason}`)) : undefined;
  return h("div", { class: "problem", role: "alert" }, h("p", {}, text), reason);
}

/** A request id that stays the same as long as the same thing is asked: what was lost on the way is then not done twice. */
export class Once {
  private content = "";
  private id = "";

  for(content: unknown): string {
    const text = JSON.stringify(content);
    if (text !== this.content || !this.id) {
      [this.content, this.id] = [text, newRequestId()];
    }
    return this.id;
  }

  done(): void {
    this.content = "";
  }
}

/** Sends what a form says when it is submitted. */
export function submits(form: HTMLFormElement, send: () => Promise<void>): HTMLFormElement {
  form.noValidate = true;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void carry(form, send);
  });
  return form;
}

async function carry(form: HTMLFormElement, send: () => Promise<void>): Promise<void> {
  const buttons = form.querySelectorAll<HTMLButtonElement>("button");
  if ([...buttons].some((button) => button.disabled)) {
    return;
  }
  for (const told of form.querySelectorAll(".problem, .wrong")) {
    told.classList.contains("wrong") ? told.replaceChildren() : told.remove();
  }
  for (const control of form.querySelectorAll("[aria-invalid]")) {
    control.removeAttribute("aria-invalid");
  }
  if (unchosen(form)) {
    return;
  }
  for (const button of buttons) {
    button.disabled = true;
  }
  form.setAttribute("aria-busy", "true");
  try {
    await send();
  } catch (error) {
    show(form, refusal(error));
  } finally {
    form.removeAttribute("aria-busy");
    for (const button of buttons) {
      button.disabled = false;
    }
  }
}

/** Where nothing chosen would be taken for "no", it is said so beside the choice, and nothing is sent. */
function unchosen(form: HTMLFormElement): boolean {
  const open = [...form.querySelectorAll<HTMLFieldSetElement>("fieldset[data-must]")].filter((set) => !set.querySelector("input:checked"));
  for (const set of open) {
    set.querySelector(".wrong")?.replaceChildren(set.dataset.must ?? "");
  }
  open[0]?.querySelector("input")?.focus();
  return open.length > 0;
}

/** What is said beside its field is not said again at the end. */
function show(form: HTMLFormElement, why: Refusal): void {
  const told = problem(why);
  let first: HTMLElement | undefined;
  const elsewhere: string[] = [];
  for (const wrong of why.fields) {
    const named = (control: HTMLElement) => {
      const path = control.dataset.path ?? "";
      return path === wrong.path || path.endsWith(`.${wrong.path}`) || wrong.path.startsWith(`${path}[`);
    };
    const control = [...form.querySelectorAll<HTMLElement>("[data-path]")].find(named);
    const place = control && form.querySelector(`[id="${control.id}-wrong"]`);
    if (control && place) {
      const group = control instanceof HTMLFieldSetElement;
      group || control.setAttribute("aria-invalid", "true");
      place.textContent = wrong.problem;
      first ??= (group && control.querySelector("input")) || control;
    } else {
      elsewhere.push(`${wrong.path}: ${wrong.problem}`);
    }
  }
  if (why.reason === "INVALID_FIELDS" && first) {
    told.firstElementChild?.replaceChildren(say("problem-fields"));
    told.append(...elsewhere.map((text) => h("p", {}, text)));
  }
  form.append(told);
  first?.focus();
}
