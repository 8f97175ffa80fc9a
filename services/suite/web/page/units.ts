/** The units of the bureau: chosen by their name, named where only their id is known. */
import type { Sanben } from "../client/index.js";
import type { Unit } from "../gen/sanben/intake/v1/unit_service_pb.js";
import { patient } from "./calls.js";
import { h } from "./dom.js";
import { language } from "./words.js";

let known: Promise<Unit[]> | undefined;
let byId = new Map<string, Unit>();

/** All units, asked for once. Without them one can still speak and act; what failed is asked for again. */
export function units(sanben: Sanben): Promise<Unit[]> {
  known ??= read(sanben).then(
    (all) => {
      byId = new Map(all.map((unit) => [unit.unitId, unit]));
      return all;
    },
    () => {
      known = undefined;
      return [];
    },
  );
  return known;
}

async function read(sanben: Sanben): Promise<Unit[]> {
  const all: Unit[] = [];
  for (let pageToken = ""; ; ) {
    const page = await sanben.units.listUnits({ pageSize: 500, pageToken }, patient);
    all.push(...page.units);
    pageToken = page.nextPageToken;
    if (!pageToken) {
      return all;
    }
  }
}

function named(unit: Unit): string {
  return language === "en" ? unit.nameEn : unit.name;
}

/** The name of a unit, or its id as long as the names are not there. */
export function unitName(id: string): string {
  const unit = byId.get(id);
  return unit ? named(unit) : id;
}

/** A list of units to type into or choose from; what was typed stands for the unit of that name. */
export interface UnitPicker {
  control: HTMLInputElement;
  list: HTMLElement;
  /** The unit that is meant, once the names are there: one may type faster than they come. */
  id(): Promise<string>;
}

let pickers = 0;

export function unitPicker(sanben: Sanben, required: boolean): UnitPicker {
  pickers += 1;
  const list = h("datalist", { id: `units-${pickers}` });
  const control = h("input", { list: list.id, autocomplete: "off", required });
  void units(sanben).then((all) => list.append(...all.map((unit) => h("option", { value: named(unit) }))));
  const id = async () => {
    const typed = control.value.trim();
    return typed && ((await units(sanben)).find((unit) => named(unit) === typed)?.unitId ?? typed);
  };
  return { control, list, id };
}
