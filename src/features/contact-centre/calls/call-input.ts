/** What an agent typed of a call, as the application that intake checks. */

import type { ExtraField, Setup } from "../../../engine/setup/setup.js";
import { languageOfText } from "../../../engine/text/language-of-text.js";
import { isLanguage } from "../../../engine/text/languages.js";
import { msg } from "../../../engine/text/msg.js";
import type { FieldFault } from "../../../engine/text/problems.js";
import type { Language } from "../../../engine/text/text.js";
import { titleOf } from "../../../engine/text/title-of.js";
import type { TypedCall } from "./draft-store.js";

const personal = ["name", "nationalNumber", "phone", "email"] as const;

/** Names of inputs that a call may have; what has another name is not kept. */
export const isCallInput = (name: string): boolean =>
  /^(sought|foundPhone|story|subject|type|entity|service|governorate|language|anonymous|name|nationalNumber|phone|email|sms|field\.[a-z]\w{0,39}(\.(governorate|place))?)$/.test(
    name,
  );

const given = (value: string | undefined): string | null => (value === undefined || value.trim() === "" ? null : value);

function fieldValue({ code, type }: ExtraField, typed: TypedCall): unknown {
  const name = `field.${code}`;
  if (type === "location") {
    const [governorate, place] = [given(typed[`${name}.governorate`]), given(typed[`${name}.place`])];
    return governorate === null && place === null ? null : { governorate, place };
  }
  const value = given(typed[name]);
  if (type === "boolean" && (value === "yes" || value === "no")) return value === "yes";
  return value;
}

const isAnonymous = (typed: TypedCall): boolean => typed.anonymous === "yes";

/**
 * As a channel would send it. Of an anonymous caller nothing that was typed about them goes along.
 * @param offersTexts false: no text message can leave, and nobody agrees to any
 */
export function callInput(
  setup: Setup,
  typed: TypedCall,
  { offersTexts }: { readonly offersTexts: boolean },
): Readonly<Record<string, unknown>> & { readonly language: Language } {
  const fields = setup.types.get(typed.type ?? "")?.fields ?? [];
  const { language } = typed;
  return {
    programme: setup.programme.code,
    type: given(typed.type),
    language: isLanguage(language) ? language : (languageOfText(typed.story ?? "") ?? setup.programme.defaultLanguage),
    // An empty story is one fault, at the story: with a story there is a subject.
    subject: given(typed.subject) ?? (titleOf(typed.story ?? "") || "-"),
    description: typed.story ?? "",
    entity: given(typed.entity),
    service: given(typed.service),
    governorate: given(typed.governorate),
    fields: Object.fromEntries(fields.map((field) => [field.code, fieldValue(field, typed)])),
    applicant: isAnonymous(typed)
      ? null
      : {
          ...Object.fromEntries(personal.map((name) => [name, given(typed[name])])),
          ...(typed.sms === "yes" && offersTexts && { sms: true }),
        },
  };
}

/** A caller is somebody or stays unknown on purpose: nobody becomes anonymous because a field was left empty. */
export function callerFaults(typed: TypedCall): readonly FieldFault[] {
  if (isAnonymous(typed) || personal.some((name) => given(typed[name]) !== null)) return [];
  return [{ field: "/applicant/name", reason: msg("contact-centre.callInput.whoCalls") }];
}
