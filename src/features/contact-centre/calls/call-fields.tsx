/** Parts of a new application: extra fields of its type, what few callers give, a notice where they would hear nothing. */
import React from "react";
import { whyNothingComes } from "../../../engine/letters/nothing-comes.js";
import type { ExtraField } from "../../../engine/setup/setup.js";
import { msg } from "../../../engine/text/msg.js";
import type { Bilingual } from "../../../engine/text/text.js";
import { DateField, SearchSelect, Select, TextArea, TextField, useText } from "../../../platform/ui/kit.js";
import type { CallProgramme } from "./caller.page.js";
import type { Typed } from "./use-call.js";

const words = {
  noAddress: msg("contact-centre.nothingComes.noAddress"),
  notAgreed: msg("contact-centre.nothingComes.notAgreed"),
  noTexts: msg("contact-centre.nothingComes.noTexts"),
  stopped: msg("contact-centre.nothingComes.stopped"),
  ask: msg("contact-centre.nothingComes.ask"),
  askEmail: msg("contact-centre.nothingComes.askEmail"),
};

interface NothingComesProps {
  readonly typed: Typed;
  /** The number has stopped text messages. */
  readonly isStopped: boolean;
  readonly offersTexts: boolean;
}

/** Null: something comes, or it is not said yet who calls. A landline is found when the call is saved with consent to texts. */
function whyNothing({ typed, isStopped, offersTexts }: NothingComesProps): keyof typeof words | null {
  const has = (name: string): boolean => (typed[name] ?? "").trim() !== "";
  if (typed.anonymous === "yes" || !["name", "nationalNumber", "phone", "email"].some(has)) return null;
  const agreed = typed.sms === "yes";
  const given = { email: has("email"), phone: has("phone"), agreed: agreed && !isStopped, mobile: true };
  const why = whyNothingComes({ ...given, offersTexts, contactBy: null });
  if (why === "notAgreed") return agreed ? "stopped" : why;
  return why === "noAddress" || why === "noTexts" ? why : null;
}

/** Said as soon as it is so: the place is there all the time, so that a screen reader hears what comes into it. */
export function NothingComes(props: NothingComesProps) {
  const { t } = useText();
  const why = whyNothing(props);
  return (
    <div role="status" id="call-nothing-comes">
      {why !== null && (
        <p className="call-nothing-comes">
          <strong>{t(words[why])}</strong> {t(why === "notAgreed" || why === "noAddress" ? words.ask : words.askEmail)}
        </p>
      )}
    </div>
  );
}

/** From so many letters on a text gets several lines. */
const longText = 200;
const usualMost = 1000;

interface CallFieldProps {
  readonly field: ExtraField;
  readonly programme: CallProgramme;
  readonly typed: Typed;
  readonly onType: (more: Typed) => void;
  readonly fault: Bilingual | null;
}

export function CallField({ field, programme, typed, onType, fault }: CallFieldProps) {
  const name = `field.${field.code}`;
  const value = typed[name] ?? "";
  const onChange = (text: string) => onType({ [name]: text });
  const around = { label: field.name, name: field.code, required: field.required, marked: true, fault };
  const input = { ...around, value, onChange };
  if (field.type === "choice") {
    const choices = (field.choices ?? []).map(({ code, name: label }) => ({ value: code, label }));
    return <SearchSelect {...input} choices={choices} />;
  }
  if (field.type === "entity") return <SearchSelect {...input} choices={programme.entities} />;
  if (field.type === "boolean") {
    const choices = [
      { value: "yes", label: msg("contact-centre.callFields.yes") },
      { value: "no", label: msg("contact-centre.callFields.no") },
    ];
    return <Select {...input} choices={choices} empty={msg("contact-centre.callFields.unknown")} />;
  }
  if (field.type === "date") return <DateField {...input} />;
  if (field.type === "number") return <TextField {...input} inputMode="decimal" dir="ltr" />;
  if (field.type === "location") {
    const [governorate, place] = [`${name}.governorate`, `${name}.place`];
    return (
      <>
        <SearchSelect
          {...around}
          choices={programme.governorates}
          value={typed[governorate] ?? ""}
          onChange={(text) => onType({ [governorate]: text })}
          help={msg("contact-centre.callFields.governorate")}
        />
        <TextField
          label={msg("contact-centre.callFields.place")}
          value={typed[place] ?? ""}
          onChange={(text) => onType({ [place]: text })}
          required={false}
        />
      </>
    );
  }
  return (field.maxLength ?? usualMost) > longText ? <TextArea {...input} rows={2} /> : <TextField {...input} />;
}

export interface TextInput {
  readonly name: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly fault: Bilingual | null;
}

interface MoreFieldsProps {
  readonly text: (name: string, pointer: string) => TextInput;
  readonly isNameless: boolean;
  readonly language: string;
  readonly onType: (more: Typed) => void;
}

/** What few callers give: a national number, an e-mail address, a subject, another language. */
export function MoreFields({ text, isNameless, language, onType }: MoreFieldsProps) {
  const { t } = useText();
  return (
    <details className="call-more">
      <summary>{t(msg("contact-centre.newCall.more"))}</summary>
      <div className="call-columns">
        <TextField
          {...text("nationalNumber", "/applicant/nationalNumber")}
          label={msg("contact-centre.newCall.nationalNumber")}
          required={false}
          disabled={isNameless}
          dir="ltr"
          inputMode="numeric"
        />
        <TextField
          {...text("email", "/applicant/email")}
          label={msg("contact-centre.newCall.email")}
          required={false}
          disabled={isNameless}
          dir="ltr"
          type="email"
        />
        <TextField
          {...text("subject", "/subject")}
          label={msg("contact-centre.newCall.subject")}
          help={msg("contact-centre.newCall.subjectHelp")}
          required={false}
        />
        <Select
          label={msg("contact-centre.newCall.language")}
          value={language}
          onChange={(value) => onType({ language: value })}
          choices={[
            { value: "ar", label: msg("contact-centre.newCall.arabic") },
            { value: "en", label: msg("contact-centre.newCall.english") },
          ]}
        />
      </div>
    </details>
  );
}
