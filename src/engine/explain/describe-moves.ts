/** How a case goes from place to place, hand to hand and state to state, in words. */

import { isRecord } from "../is-record.js";
import { msg } from "../text/msg.js";
import type { Bilingual } from "../text/text.js";
import { listed } from "../text/text.js";
import { actionName, named, people, stateName, type Told, written } from "./told.js";
import type { Words } from "./words.js";

/** “X was taken over by Y”, of each that a case was led past; empty: of none. */
export function overtaken(data: Told["data"], words: Words): string {
  const over = data.takenOver;
  if (!isRecord(over) || !Array.isArray(over.through) || typeof over.by !== "string") return "";
  const places = [...over.through, over.by].map((code) => named(words, "entity", code));
  const each = places
    .slice(1)
    .map((by, i) => words.say(msg("explain.describeMoves.takenOver", { entity: places[i] ?? "", by })));
  const service = written(over.service);
  const ended =
    service === null
      ? ""
      : words.say(msg("explain.describeMoves.serviceEnded", { service: named(words, "service", service) }));
  return `${each.join(" ")}${ended}`;
}

export function routed({ data, words }: Told): string {
  const { say } = words;
  if (data.entity !== null && data.entity !== undefined) {
    const entity = named(words, "entity", data.entity);
    const over = overtaken(data, words);
    const sent = say(msg("explain.describeMoves.theRulesSentItTo", { entity }));
    return over === "" ? sent : `${over} ${sent}`;
  }
  const sector = named(words, "sector", data.sector);
  const suggested = written(data.suggested);
  const hint =
    suggested === null ? "" : say(msg("explain.describeMoves.suggested", { value: named(words, "entity", suggested) }));
  return say(msg("explain.describeMoves.itWaitsToBePlaced", { sector, hint }));
}

/** To triage where nobody took over from an entity that is no more; past those that are no more either. */
export function transferred({ data, words }: Told): string {
  const from = named(words, "entity", data.fromEntity);
  if (typeof data.entity !== "string") return words.say(msg("explain.describeMoves.backToTriageIsNo", { from }));
  const entity = named(words, "entity", data.entity);
  const passed = (Array.isArray(data.through) ? data.through : []).map((code) => named(words, "entity", code));
  if (passed.length === 0) return words.say(msg("explain.describeMoves.transferredTo", { entity }));
  return words.say(msg("explain.describeMoves.transferredThrough", { entity, passed: listed(passed) }));
}

export function handedOver(told: Told): string {
  const { data, words } = told;
  const from = people([data.from], told);
  if (data.to === null || data.to === undefined)
    return words.say(msg("explain.describeMoves.handedBackToTheEntity", { from }));
  const to = people([data.to], told);
  return words.say(msg("explain.describeMoves.handedOverFromTo", { from, to }));
}

export function moved(told: Told): string {
  const { data, words } = told;
  const name = actionName(told) ?? words.say(msg("explain.describeMoves.movedOn"));
  if (data.from === data.to) return `${name}.`;
  const [from, to] = [stateName(data.from, told), stateName(data.to, told)];
  return words.say(msg("explain.describeMoves.fromTo", { name, from, to }));
}

/** The state that it was in, by the name that it had then. */
export function migrated(told: Told): string {
  const { data, words } = told;
  const was = data.was as Bilingual | null | undefined;
  const version = words.say(
    msg("explain.describeMoves.version", { toVersion: String(data.toVersion), fromVersion: String(data.fromVersion) }),
  );
  if (data.from === data.to) return `${version}.`;
  const from = was ? words.quote(words.pick(was)) : stateName(data.from, told);
  const to = stateName(data.to, told);
  return words.say(msg("explain.describeMoves.fromTo2", { version, from, to }));
}
