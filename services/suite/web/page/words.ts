/** Everything that people read, in their language. */
import { FluentBundle, FluentResource } from "@fluent/bundle";
import type { Timestamp } from "@bufbuild/protobuf/wkt";
import { timestampDate } from "@bufbuild/protobuf/wkt";

import en from "./messages/en.ftl";
import zh from "./messages/zh-CN.ftl";

export type Language = "zh-CN" | "en";

const KEPT = "sanben.language";

function bundle(language: Language, text: string): FluentBundle {
  const made = new FluentBundle(language, { useIsolating: false });
  const errors = made.addResource(new FluentResource(text));
  if (errors.length > 0) {
    throw errors[0];
  }
  return made;
}

const bundles = { "zh-CN": bundle("zh-CN", zh), en: bundle("en", en) };

export let language: Language = initial();

function initial(): Language {
  const kept = localStorage.getItem(KEPT) ?? navigator.language;
  return kept.toLowerCase().startsWith("en") ? "en" : "zh-CN";
}

export function speak(next: Language): void {
  language = next;
  localStorage.setItem(KEPT, next);
}

/** The text of a key. A key without a text is shown as it is, so that it is noticed. */
export function say(key: string, values: Record<string, string | number> = {}): string {
  const message = bundles[language].getMessage(key);
  return message?.value ? bundles[language].formatPattern(message.value, values) : key;
}

/** A day, in China: of a deadline, whose last instant still counts. */
export function day(time: Timestamp | undefined): string {
  if (!time) {
    return "";
  }
  const format = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeZone: "Asia/Shanghai" });
  // Whole seconds only: the last microsecond of a day would be rounded up into the next one.
  return format.format(new Date(Number(time.seconds) * 1000));
}

/** A day as papers and explanations write it. */
export function date(time: Timestamp | undefined): string {
  return time ? new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai" }).format(timestampDate(time)) : "";
}

/** Whether it is the last instant of a day in China. */
export function endsItsDay(time: Timestamp | undefined): boolean {
  return time !== undefined && (Number(time.seconds) + 1) % 86_400 === 16 * 3600;
}

/** An instant in Xi'an, whatever the reader's machine thinks. */
export function when(time: Timestamp | undefined): string {
  if (!time) {
    return "";
  }
  const format = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short", timeZone: "Asia/Shanghai" });
  return format.format(timestampDate(time));
}
