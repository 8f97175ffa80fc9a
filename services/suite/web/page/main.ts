/** The page: where one is, in which language, and who calls. */
import { type Sanben, connect } from "../client/index.js";
import { look, tell } from "./citizen.js";
import { desk } from "./desk.js";
import { programmes } from "./programmes.js";
import { h } from "./dom.js";
import { language, say, speak } from "./words.js";

/** A view, and how it is left: its streams end with it. */
export type View = (sanben: (token?: string) => Sanben, main: HTMLElement) => (() => void) | void;

const VIEWS: [string, string, View][] = [
  ["#/tell", "nav-tell", tell],
  ["#/look", "nav-look", look],
  ["#/desk", "nav-desk", desk],
  ["#/programmes", "nav-programmes", programmes],
];

const at = document.documentElement.dataset.at || location.origin;
let leave: (() => void) | void;

function show(): void {
  leave?.();
  document.documentElement.lang = language;
  document.title = say("title");
  const [here, , view] = VIEWS.find(([hash]) => hash === location.hash || location.hash.startsWith(`${hash}/`)) ?? VIEWS[0]!;
  const link = ([hash, key]: [string, string, View]) =>
    h("a", { href: hash, "aria-current": hash === here ? "page" : false }, say(key));
  const other = language === "en" ? "zh-CN" : "en";
  const change = () => {
    const typed = written();
    speak(other);
    show();
    write(typed);
  };
  const main = h("main", { id: "main" });
  document
    .querySelector("#app")!
    .replaceChildren(
      h(
        "header",
        {},
        h(
          "div",
          { class: "bar" },
          h("strong", {}, say("title")),
          h("nav", { "aria-label": say("nav") }, ...VIEWS.map(link)),
          h("button", { type: "button", lang: other, click: change }, other === "en" ? "English" : "中文"),
        ),
      ),
      main,
    );
  leave = view((token) => connect(token === undefined ? { at, language } : { at, language, token }), main);
}

/** What was typed and chosen, by field. */
function written(): Map<string, string> {
  const typed = new Map<string, string>();
  for (const control of document.querySelectorAll<HTMLInputElement>("main [data-path]")) {
    const path = control.dataset.path ?? "";
    typed.set(path, control instanceof HTMLFieldSetElement ? (control.querySelector<HTMLInputElement>("input:checked")?.value ?? "") : control.value);
  }
  return typed;
}

/** Puts it back. The name of a unit is in the language it was chosen in, and is chosen again. */
function write(typed: Map<string, string>): void {
  for (const control of document.querySelectorAll<HTMLInputElement>("main [data-path]:not([list])")) {
    const value = typed.get(control.dataset.path ?? "") ?? "";
    if (!value) {
      continue;
    }
    if (control instanceof HTMLFieldSetElement) {
      const chosen = [...control.querySelectorAll("input")].find((radio) => radio.value === value);
      chosen?.click();
    } else {
      control.value = value;
    }
  }
}

addEventListener("hashchange", show);
show();
