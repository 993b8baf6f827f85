/** A new application for a caller: the story first, then what the rules need, by keyboard alone; saved by one key. */
import React, { type RefObject, useEffect, useRef, useState } from "react";
import { languageOfText } from "../../../engine/text/language-of-text.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import { apart } from "../../../engine/text/text.js";
import {
  Button,
  Checkbox,
  Confirm,
  fieldId,
  NoticeBox,
  Panel,
  SearchSelect,
  SendForm,
  send,
  TextArea,
  TextField,
  useSending,
  useText,
} from "../../../platform/ui/kit.js";
import { CallField, MoreFields, NothingComes, type TextInput } from "./call-fields.js";
import type { CallProgramme, SavedCall, SuggestedMatter } from "./caller.page.js";
import { SameBefore, Suggestions, suggestionsOf, useCompared } from "./compared-story.js";
import type { OpenEarlier } from "./found-callers.js";
import { type KeptState, type OpenCall, somethingTyped, type Typed } from "./use-call.js";

const words = {
  story: msg("contact-centre.newCall.story"),
  storyHelp: msg("contact-centre.newCall.storyHelp"),
  name: msg("contact-centre.newCall.name"),
  phone: msg("contact-centre.newCall.phone"),
  type: msg("contact-centre.newCall.type"),
  entity: msg("contact-centre.newCall.entity"),
  service: msg("contact-centre.newCall.service"),
  governorate: msg("contact-centre.newCall.governorate"),
  email: msg("contact-centre.newCall.email"),
  nationalNumber: msg("contact-centre.newCall.nationalNumber"),
  subject: msg("contact-centre.newCall.subject"),
  sms: msg("contact-centre.newCall.sms"),
  smsHelp: msg("contact-centre.newCall.smsHelp"),
  smsNone: msg("contact-centre.newCall.smsNone"),
  smsStopped: msg("contact-centre.foundCallers.stopped"),
  taken: pattern("contact-centre.continueCall.taken"),
};

const states = {
  kept: msg("contact-centre.newCall.kept"),
  keeping: msg("contact-centre.newCall.keeping"),
  elsewhere: msg("contact-centre.newCall.elsewhere"),
  "not-kept": msg("contact-centre.newCall.notKept"),
} as const satisfies Readonly<Record<KeptState, unknown>>;

const fields = new Map([
  ["description", words.story],
  ["type", words.type],
  ["applicant/name", words.name],
  ["governorate", words.governorate],
  ["entity", words.entity],
  ["service", words.service],
  ["applicant/phone", words.phone],
  ["applicant/sms", words.sms],
  ["fields", null],
  ["applicant/nationalNumber", words.nationalNumber],
  ["applicant/email", words.email],
  ["subject", words.subject],
]);

interface NewCallProps {
  readonly call: OpenCall;
  readonly programme: CallProgramme;
  readonly state: KeptState;
  /** The colleague who goes on with it; null: it is the agent's. */
  readonly takenBy: string | null;
  /** Its keys act only while it is there to be seen. */
  readonly isShown: boolean;
  readonly onType: (more: Typed) => void;
  readonly onSaved: (saved: SavedCall) => void;
  readonly onThrowAway: () => Promise<void>;
  /** What was typed last is kept before it is saved: nothing of it comes after. */
  readonly keepNow: () => Promise<void>;
  /** Opens an earlier application of the caller. */
  readonly onOpen: OpenEarlier;
  /** The number of the caller takes no text messages. */
  readonly isStopped: boolean;
  /** The number is of a look-up before the last one: it may be another caller's. */
  readonly isOfBefore: boolean;
}

/** Ctrl+Enter saves; Alt and a digit take a suggestion. */
function useCallKeys(a: {
  form: RefObject<HTMLFormElement | null>;
  isShown: boolean;
  suggestions: readonly { take(): void }[];
}) {
  const { form, isShown, suggestions } = a;
  // On the page: after a reload, or a press beside the form, nothing in it has focus. Other fields have keys of their own.
  useEffect(() => {
    if (!isShown) return;
    const press = (event: KeyboardEvent) => {
      const target = event.target instanceof Element ? event.target : null;
      if (target !== null && target !== document.body && !form.current?.contains(target)) return;
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
        // A name that is still being looked for is chosen first; a field that was emptied stays empty.
        const isLookedFor = target instanceof HTMLInputElement && target.value.trim() !== "";
        if (isLookedFor && target.getAttribute("aria-expanded") === "true") return;
        event.preventDefault();
        event.stopPropagation();
        form.current?.requestSubmit();
      } else if (event.altKey && /^Digit[1-6]$/.test(event.code)) {
        const suggestion = suggestions[Number(event.code.slice(5)) - 1];
        if (suggestion === undefined) return;
        event.preventDefault();
        suggestion.take();
      }
    };
    document.addEventListener("keydown", press, true);
    return () => document.removeEventListener("keydown", press, true);
  });
}

export function NewCall(props: NewCallProps) {
  const {
    call,
    programme,
    state,
    takenBy,
    isShown,
    onType,
    onSaved,
    onThrowAway,
    keepNow,
    onOpen,
    isStopped,
    isOfBefore,
  } = props;
  const { t } = useText();
  const sending = useSending();
  const form = useRef<HTMLFormElement>(null);
  const [asking, setAsking] = useState(false);
  const { typed } = call;
  const anonymous = typed.anonymous === "yes";
  // One of these says who calls.
  const isNameNeeded = !anonymous && !typed.phone && !typed.email && !typed.nationalNumber;
  const type = programme.types.find(({ value }) => value === typed.type);
  const language = typed.language || (languageOfText(typed.story ?? "") ?? programme.language);
  const compared = useCompared(call, language);

  /** Of which type it is the agent says: that is asked next. */
  const take = ({ entity, service }: SuggestedMatter) => {
    onType({ entity, service: service ?? "" });
    if (!typed.type) document.getElementById(fieldId("type"))?.focus();
  };
  const suggestions = suggestionsOf({ compared, programme, typed, onTake: take, onType });
  const save = async () => {
    const { token, programme: code } = call;
    await keepNow();
    const saved = await send<SavedCall>("pages/caller", { do: "save", token, programme: code, typed });
    onSaved(saved);
  };
  useCallKeys({ form, isShown, suggestions });
  const text = (name: string, pointer: string): TextInput => ({
    name: pointer.split("/").at(-1) ?? name,
    value: typed[name] ?? "",
    onChange: (value: string) => onType({ [name]: value }),
    fault: sending.faultAt(pointer),
  });
  const present = (entity: string) => programme.takenOver.find(({ value }) => value === entity)?.by ?? entity;
  const services = programme.services.filter(({ entity }) => !typed.entity || entity === present(typed.entity));
  return (
    <Panel title={msg("contact-centre.newCall.title")}>
      <div>
        <SendForm className="form call-form" formRef={form} sending={sending} onSend={save} fields={fields}>
          <TextArea
            {...text("story", "/description")}
            label={words.story}
            help={words.storyHelp}
            rows={6}
            required
            marked
          />
          <Suggestions suggestions={suggestions} />
          <SameBefore same={compared.same} onOpen={onOpen} />
          <div className="call-columns">
            <SearchSelect {...text("type", "/type")} label={words.type} required marked choices={programme.types} />
            <TextField
              {...text("name", "/applicant/name")}
              label={words.name}
              {...(isNameNeeded && { required: true, marked: true })}
              disabled={anonymous}
            />
            <SearchSelect
              {...text("governorate", "/governorate")}
              label={words.governorate}
              required={false}
              choices={programme.governorates}
            />
            <SearchSelect
              {...text("entity", "/entity")}
              label={words.entity}
              required={false}
              choices={[...programme.entities, ...programme.takenOver]}
              onChange={(entity) => {
                const its = programme.services.filter((one) => one.entity === present(entity));
                const keeps = its.some((one) => one.value === typed.service);
                onType({ entity, ...(keeps ? {} : { service: "" }) });
              }}
            />
            <SearchSelect
              {...text("service", "/service")}
              label={words.service}
              required={false}
              choices={services}
              onChange={(service) => {
                const entity = programme.services.find(({ value }) => value === service)?.entity;
                onType({ service, ...(entity === undefined ? {} : { entity }) });
              }}
            />
            <TextField
              {...text("phone", "/applicant/phone")}
              label={words.phone}
              help={isOfBefore ? msg("contact-centre.newCall.ofBefore") : undefined}
              required={false}
              disabled={anonymous}
              dir="ltr"
              type="tel"
            />
          </div>
          {type?.confidential && <p className="call-confidential">{t(msg("contact-centre.newCall.confidential"))}</p>}
          <Checkbox
            name="sms"
            label={words.sms}
            help={!programme.offersTexts ? words.smsNone : isStopped ? words.smsStopped : words.smsHelp}
            checked={typed.sms === "yes" && !anonymous && programme.offersTexts}
            disabled={anonymous || !programme.offersTexts}
            fault={sending.faultAt("/applicant/sms")}
            onChange={(checked) => onType({ sms: checked ? "yes" : "" })}
          />
          {(type === undefined || type.anonymousAllowed) && (
            <Checkbox
              name="anonymous"
              label={msg("contact-centre.newCall.anonymous")}
              checked={anonymous}
              onChange={(checked) => onType({ anonymous: checked ? "yes" : "" })}
            />
          )}
          {type !== undefined && type.fields.length > 0 && (
            <section aria-labelledby="call-ask">
              <h3 id="call-ask">{t(msg("contact-centre.newCall.ask"))}</h3>
              <div className="call-columns">
                {type.fields.map((field) => (
                  <CallField
                    key={field.code}
                    field={field}
                    programme={programme}
                    typed={typed}
                    onType={onType}
                    fault={sending.faultAt(`/fields/${field.code}`)}
                  />
                ))}
              </div>
            </section>
          )}
          <MoreFields text={text} isNameless={anonymous} language={language} onType={onType} />
          <NothingComes typed={typed} isStopped={isStopped} offersTexts={programme.offersTexts} />
          <div role="status">
            {takenBy !== null && <NoticeBox tone="warning">{t(words.taken, { name: apart(takenBy) })}</NoticeBox>}
          </div>
          <div className="form-actions">
            <Button kind="primary" type="submit" busy={sending.busy}>
              {t(msg("contact-centre.newCall.save"))}
            </Button>
            <Button onClick={() => (somethingTyped(typed) ? setAsking(true) : void onThrowAway())}>
              {t(msg("contact-centre.newCall.throwAway"))}
            </Button>
            <span className={`small call-state call-state-${state}`} role="status">
              {takenBy === null && !(state === "kept" && !somethingTyped(typed)) ? t(states[state]) : ""}
            </span>
          </div>
          <p className="muted small">{t(msg("contact-centre.newCall.keys"))}</p>
        </SendForm>
      </div>
      {asking && (
        <Confirm
          title={msg("contact-centre.newCall.throwAwayTitle")}
          action={msg("contact-centre.newCall.throwAwayCall")}
          kind="danger"
          onClose={() => setAsking(false)}
          onConfirm={onThrowAway}
        >
          <p>{t(msg("contact-centre.newCall.throwAwayHint"))}</p>
        </Confirm>
      )}
    </Panel>
  );
}
