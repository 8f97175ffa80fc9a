/** The page: where one is, in which language, and who calls. */
import { type Sanben, connect } from "../client/index.js";
import { look, tell } from "./citizen.js";
import { desk } from "./desk.js";
import { h } from "./dom.js";
import { language, say, speak } from "./words.js";

/** A view, and how it is left: its streams end with it. */
export type View = (sanben: (token?: string) => Sanben, main: HTMLElement) => (() => void) | void;

const VIEWS: [string, string, View][] = [
  ["#/tell", "nav-tell", tell],
  ["#/look", "nav-look", look],
  ["#/desk", "nav-desk", desk],
];

const at = document.documentElement.dataset.at || location.origin;
let leave: (() => void) | void;

function show(): void {
  leave?.();
  document.documentElement.lang = language;
  document.title = say("title");
  const [here, , view] = VIEWS.find(([hash]) => hash === location.hash) ?? VIEWS[0]!;
  const link = ([hash, key]: [string, string, View]) =>
    h("a", { href: hash, "aria-current": hash === here ? "page" : false }, say(key));
  const other = language === "en" ? "zh-CN" : "en";
  const change = () => {
    speak(other);
    show();
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

addEventListener("hashchange", show);
show();
