/** What the lists of the desk have in common. */
import { h } from "./dom.js";
import { say } from "./words.js";

/** A line of a list that opens something: what it is, and more of it in lines of their own. */
export function entry(key: string, open: () => void, ...lines: (string | HTMLElement | undefined)[]): HTMLElement {
  return h("li", {}, h("button", { type: "button", "data-key": key, click: open }, ...broken(lines)));
}

/** A line of a list that opens nothing here. */
export function told(...lines: (string | HTMLElement | undefined)[]): HTMLElement {
  return h("li", { class: "told" }, ...broken(lines));
}

function broken(lines: (string | HTMLElement | undefined)[]): (string | HTMLElement)[] {
  return lines.filter((line) => line !== undefined && line !== "").flatMap((line, n) => (n ? [h("br"), line] : [line])) as (string | HTMLElement)[];
}

/** Shows anew what has changed. Whoever is on a line of it stays there. */
export function renew(place: HTMLElement, ...children: (HTMLElement | undefined)[]): void {
  const on = document.activeElement as HTMLElement | null;
  const key = on && place.contains(on) ? on.dataset.key : undefined;
  place.replaceChildren(...children.filter((child) => child !== undefined));
  if (key) {
    [...place.querySelectorAll<HTMLElement>("[data-key]")].find((one) => one.dataset.key === key)?.focus();
  }
}

/** A list that is read page by page, and again as far as it was read before. */
export class Pages<T> {
  items: T[] = [];
  next = "";
  private wanted = 1;

  constructor(private readonly ask: (pageToken: string) => Promise<{ items: T[]; nextPageToken: string }>) {}

  async read(): Promise<void> {
    const items: T[] = [];
    let token = "";
    // A page may be empty and not the last.
    for (let read = 0; read < this.wanted || items.length === 0; read += 1) {
      const page = await this.ask(token);
      items.push(...page.items);
      token = page.nextPageToken;
      if (!token) {
        break;
      }
    }
    [this.items, this.next] = [items, token];
  }

  /** How many there are, as far as they were read. */
  count(): string {
    return `${this.items.length}${this.next ? "+" : ""}`;
  }

  /** A button for one page more, as long as there is one. */
  more(read: () => void): HTMLElement | undefined {
    const press = () => {
      this.wanted += 1;
      read();
    };
    return this.next ? h("div", { class: "row" }, h("button", { type: "button", "data-key": "more", click: press }, say("more"))) : undefined;
  }
}
