/** What a page of an application is. */

import { civilDate } from "../../engine/calendar/civil-days.js";
import { ofToday } from "../../engine/lifecycle/present-entity.js";
import { isLive } from "../../engine/rules/fact-catalogue.js";
import type { Entity, Labelled, Setup } from "../../engine/setup/setup.js";
import type { Bilingual } from "../../engine/text/text.js";
import type { Asking, Question } from "./questions.js";

/** Entities that take applications today, as the pages offer them. */
export function liveEntities({ setup, now }: Pick<StepAsking, "setup" | "now">): Entity[] {
  const today = civilDate(now, setup.programme.timeZone);
  return inUse(setup.entities).filter((entity) => isLive(entity, today));
}

/** Code of the entity that is there today for the one that was named: itself, or who took it over. */
export const presentEntity = (code: string, { setup, now }: Pick<StepAsking, "setup" | "now">): string =>
  ofToday(code, setup, civilDate(now, setup.programme.timeZone));

export interface StepAsking extends Asking {
  readonly setup: Setup;
  readonly now: Date;
  /** What was searched for among the entities. */
  readonly search: string;
  /** Text messages are offered. */
  readonly offersTexts: boolean;
}

/** `field-CODE`: an extra question of the type. */
export type StepName =
  | "description"
  | "match"
  | "type"
  | "sector"
  | "entity"
  | "service"
  | `field-${string}`
  | "details"
  | "identity"
  | "files"
  | "contact";

export interface Step {
  readonly name: StepName;
  isAsked(a: Pick<StepAsking, "setup" | "typed" | "now">): boolean;
  questions(a: StepAsking): readonly Question[];
  /** A heading above: where the questions are several, or a search stands before them. */
  readonly heading: boolean;
  /** What the heading says, where it is no text of ours. */
  readonly title?: Bilingual;
  /** The input whose answer is a file that is sent on this page. */
  readonly fileOf?: string;
  /** Nobody has to answer it: with others of its kind it can be passed over. */
  readonly optional?: boolean;
}

/** Records that are still offered, in their order. */
export const inUse = <Row extends Labelled>(records: ReadonlyMap<string, Row>): Row[] =>
  [...records.values()].filter(({ retired }) => !retired).sort((a, b) => a.order - b.order);

export const say = ({ texts, language }: Asking, key: string, values?: Record<string, string | number>): string =>
  texts.say(language, key, values);

/** A label of what may stay empty. */
export const optionalLabel = (a: Asking, label: string): string =>
  a.answered === true ? label : say(a, "form.optional", { label }).replace(/[\u2068\u2069]/g, "");
