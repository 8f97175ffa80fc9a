/** Cases that say much the same as what is being written at triage: a person decides what to do with them. */
import { type Sanben, refusal } from "../client/index.js";
import { type Case, CaseState } from "../gen/sanben/ledger/v1/case_pb.js";
import type { SimilarCase } from "../gen/sanben/ledger/v1/case_filter_pb.js";
import { patient, problem } from "./calls.js";
import { h } from "./dom.js";
import { unitName } from "./units.js";
import { say } from "./words.js";

/** What is written so far. */
export interface Written {
  title: string;
  summary: string;
  leadUnitId: string;
}

/** Looked for whenever `look` is called and there is a title and a summary; `join` takes one that still takes in others. */
export function similar(sanben: Sanben, written: () => Promise<Written>, join: (to: Case) => void): { shown: HTMLElement; look(): void } {
  const shown = h("div", { "data-similar": true, role: "status" });
  let looks = 0;
  const find = async () => {
    const mine = (looks += 1);
    const said = await written();
    if (!said.title || !said.summary) {
      shown.replaceChildren();
      return;
    }
    let told: HTMLElement[];
    try {
      const { similarCases } = await sanben.cases.suggestSimilarCases(said, patient);
      told = similarCases.length > 0 ? [h("h4", {}, say("similar")), h("ul", { class: "list" }, ...similarCases.map((one) => line(one, join)))] : [];
    } catch (error) {
      told = [problem(refusal(error))];
    }
    if (mine === looks) {
      shown.replaceChildren(...told);
    }
  };
  return { shown, look: () => void find() };
}

function line(of: SimilarCase, join: (to: Case) => void): HTMLElement | undefined {
  const one = of.case;
  if (!one) {
    return undefined;
  }
  const name = `${one.number || say("desk-unnumbered")} ${one.title}`;
  const why = [
    say("similar-words", { words: of.words.join(say("comma")) }),
    of.sameLeadUnit ? say("similar-lead") : "",
    of.replied ? say("similar-replied") : "",
  ];
  const take = h("button", { type: "button", "aria-label": `${say("similar-join")} ${name}`, click: () => join(one) }, say("similar-join"));
  return h(
    "li",
    { class: "clock" },
    h("div", {}, name, h("div", { class: "meta" }, `${say(`case-${CaseState[one.state]}`)} · ${unitName(one.leadUnitId)}`), h("div", { class: "meta" }, why.filter(Boolean).join(" · "))),
    of.joinable && one.submissionIds.length > 0 ? take : undefined,
  );
}
