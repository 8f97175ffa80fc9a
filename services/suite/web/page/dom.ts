/** Elements without markup in strings: what people wrote is only ever text. */
type Child = Node | string | false | undefined;

export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Record<string, string | boolean | ((event: Event) => void)> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") {
      element.addEventListener(name, value);
    } else if (value === true) {
      element.setAttribute(name, "");
    } else if (value !== false) {
      element.setAttribute(name, value);
    }
  }
  element.append(...children.filter((child): child is Node | string => child !== false && child !== undefined));
  return element;
}

/** A heading that takes the focus, so that a screen reader and the keyboard go on from there. */
export function focused<T extends HTMLElement>(heading: T): T {
  heading.tabIndex = -1;
  queueMicrotask(() => heading.focus());
  return heading;
}

/** What is known of something: a name and a value each, without those that have no value. */
export function facts(...known: [string, string][]): HTMLElement {
  const told = known.filter(([, value]) => value);
  return h("dl", {}, ...told.flatMap(([name, value]) => [h("dt", {}, name), h("dd", {}, value)]));
}

let named = 0;

/** A control with its label, its hint, and a place for what is wrong with it; `path` is the field in the contract. */
export function field(
  path: string,
  label: string,
  control: HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement,
  hint = "",
): HTMLElement {
  named += 1;
  control.id = `field-${named}`;
  control.dataset.path = path;
  const wrong = h("p", { class: "wrong", id: `${control.id}-wrong` });
  const told = hint ? h("p", { class: "hint", id: `${control.id}-hint` }, hint) : undefined;
  control.setAttribute("aria-describedby", `${control.id}-wrong${told ? ` ${told.id}` : ""}`);
  return h("div", {}, h("label", { for: control.id }, label), told, control, wrong);
}

/** One of several, by radio buttons. */
export function choice(name: string, legend: string, options: [string, string][]): HTMLFieldSetElement {
  named += 1;
  const radio = ([value, text]: [string, string]) =>
    h(
      "label",
      { class: "choice" },
      h("input", { type: "radio", name: `${name}-${named}`, value, required: true }),
      text,
    );
  const id = `field-${named}`;
  const wrong = h("p", { class: "wrong", id: `${id}-wrong` });
  return h("fieldset", { id, "data-path": name, "aria-describedby": wrong.id }, h("legend", {}, legend), ...options.map(radio), wrong);
}

/** What is chosen in a {@link choice}. */
export function chosen(set: HTMLFieldSetElement): string {
  return set.querySelector<HTMLInputElement>("input:checked")?.value ?? "";
}
