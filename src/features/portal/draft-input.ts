/** What was typed at the applicant's pages as the application that intake checks; and where its faults belong. */

import type { ExtraField, Setup } from "../../engine/setup/setup.js";
import type { FieldFault } from "../../engine/text/problems.js";
import type { Language } from "../../engine/text/text.js";
import { titleOf } from "../../engine/text/title-of.js";
import { dayOf } from "./questions.js";

type Typed = Readonly<Record<string, string>>;

/** Chosen where nobody knows: the rules decide. */
export const unknown = "-";

const personal = ["name", "nationalNumber", "phone", "email"] as const;
/** Everything that may be known of a person: gone at once when somebody chooses to stay unknown. */
export const aboutApplicant = ["category", ...personal, "contactBy"] as const;

/** Names of inputs that any page of a draft may have; what has another name is not kept. */
export const isInput = (name: string): boolean =>
  /^(match|type|sector|entity|service|pillar|place|subject|description|identity|category|name|nationalNumber|phone|email|contactBy|field\.[a-z]\w{0,39}(\.(day|month|year|governorate|place|point))?)$/.test(
    name,
  );

const given = (value: string | undefined): string | null =>
  value === undefined || value.trim() === "" || value === unknown ? null : value;

/** Marks of direction that come along when a point is copied out of an Arabic page. */
const unseen = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** As a map gives it: `31.9539, 35.9106`. What is not two numbers is handed on as it is, and refused. */
function pointOf(text: string): { readonly latitude: string; readonly longitude: string | null } {
  const [latitude, longitude, ...more] = text
    .replace(unseen, "")
    .trim()
    .split(/\s*[,،;؛]\s*|\s+/);
  if (!latitude || !longitude || more.length > 0) return { latitude: text, longitude: null };
  return { latitude, longitude };
}

function fieldValue(field: ExtraField, typed: Typed): unknown {
  const name = `field.${field.code}`;
  if (field.type === "date") return given(dayOf(typed, name));
  if (field.type === "location") {
    const [governorate, place] = [given(typed[`${name}.governorate`]), given(typed[`${name}.place`])];
    const point = given(typed[`${name}.point`]);
    if (governorate === null && place === null && point === null) return null;
    return { governorate, place, ...(point === null ? {} : pointOf(point)) };
  }
  const value = given(typed[name]);
  if (field.type === "boolean" && (value === "yes" || value === "no")) return value === "yes";
  return value;
}

/** Whether it is sent without saying who sends it. */
export function isAnonymous(setup: Setup, typed: Typed): boolean {
  return typed.identity === "anonymous" && setup.types.get(typed.type ?? "")?.anonymousAllowed === true;
}

/** One question asks for consent and order together: by email, by text message, by both in this order, not at all. */
function contactIn({ contactBy }: Typed): Readonly<Record<string, unknown>> {
  const chosen = given(contactBy);
  if (chosen === null) return {};
  return { sms: chosen === "sms" || chosen === "both", contactBy: chosen === "both" ? "email" : chosen };
}

export function inputOf(setup: Setup, typed: Typed, language: Language): Readonly<Record<string, unknown>> {
  const fields = setup.types.get(typed.type ?? "")?.fields ?? [];
  return {
    programme: setup.programme.code,
    type: given(typed.type),
    language,
    subject: given(typed.subject) ?? titleOf(typed.description ?? ""),
    description: typed.description ?? "",
    sector: given(typed.sector),
    entity: given(typed.entity),
    service: given(typed.service),
    governorate: given(typed.place),
    pillar: given(typed.pillar),
    fields: Object.fromEntries(fields.map((field) => [field.code, fieldValue(field, typed)])),
    applicant: isAnonymous(setup, typed)
      ? null
      : {
          ...Object.fromEntries(["category", ...personal].map((name) => [name, given(typed[name])])),
          ...contactIn(typed),
        },
  };
}

const places: Readonly<Record<string, string>> = {
  "/governorate": "place",
  "/applicant": "name",
  "/applicant/sms": "phone",
};

/** The input at which a fault of intake stands: `/fields/visitDate` at `field.visitDate`. */
export function inputAt({ field }: FieldFault): string {
  const known = places[field];
  if (known !== undefined) return known;
  const [, first = "", second, part] = field.split("/");
  if (second === undefined || first === "attachments") return first;
  if (first !== "fields") return second;
  const input = part === "latitude" || part === "longitude" ? "point" : part;
  return [`field.${second.replaceAll("~1", "/").replaceAll("~0", "~")}`, input].filter(Boolean).join(".");
}
