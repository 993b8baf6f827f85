/** A new application for a caller: the story first, then what the rules need, by keyboard alone; saved by one key. */
import React, { useEffect, useRef, useState } from "react";
import { msg, pattern } from "../../engine/text/msg.js";
import {
  Button,
  Checkbox,
  Panel,
  SearchSelect,
  Select,
  SendForm,
  send,
  TextArea,
  TextField,
  useSending,
  useText,
} from "../../platform/ui/kit.js";
import { CallField } from "./call-fields.js";
import type { CallerEarlier, CallProgramme, SavedCall, SuggestedMatter } from "./caller.page.js";
import { EarlierLine } from "./found-callers.js";
import type { KeptState, OpenCall, Typed } from "./use-call.js";

const words = {
  title: msg("contact-centre.newCall.title"),
  story: msg("contact-centre.newCall.story"),
  storyHelp: msg("contact-centre.newCall.storyHelp"),
  suggestions: msg("contact-centre.newCall.suggestions"),
  same: msg("contact-centre.newCall.same"),
  sameHelp: msg("contact-centre.newCall.sameHelp"),
  name: msg("contact-centre.newCall.name"),
  phone: msg("contact-centre.newCall.phone"),
  type: msg("contact-centre.newCall.type"),
  entity: msg("contact-centre.newCall.entity"),
  service: msg("contact-centre.newCall.service"),
  governorate: msg("contact-centre.newCall.governorate"),
  email: msg("contact-centre.newCall.email"),
  nationalNumber: msg("contact-centre.newCall.nationalNumber"),
  subject: msg("contact-centre.newCall.subject"),
  subjectHelp: msg("contact-centre.newCall.subjectHelp"),
  language: msg("contact-centre.newCall.language"),
  arabic: msg("contact-centre.newCall.arabic"),
  english: msg("contact-centre.newCall.english"),
  sms: msg("contact-centre.newCall.sms"),
  smsHelp: msg("contact-centre.newCall.smsHelp"),
  anonymous: msg("contact-centre.newCall.anonymous"),
  more: msg("contact-centre.newCall.more"),
  save: msg("contact-centre.newCall.save"),
  keys: msg("contact-centre.newCall.keys"),
  throwAway: msg("contact-centre.newCall.throwAway"),
  confidential: msg("contact-centre.newCall.confidential"),
  kept: msg("contact-centre.newCall.kept"),
  keeping: msg("contact-centre.newCall.keeping"),
  elsewhere: msg("contact-centre.newCall.elsewhere"),
  notKept: msg("contact-centre.newCall.notKept"),
  suggested: pattern("contact-centre.newCall.suggested"),
  number: pattern("contact-centre.newCall.number"),
};

const states = {
  kept: words.kept,
  keeping: words.keeping,
  elsewhere: words.elsewhere,
  "not-kept": words.notKept,
} as const satisfies Readonly<Record<KeptState, unknown>>;

const fields = new Map([
  ["description", words.story],
  ["applicant/name", words.name],
  ["applicant/phone", words.phone],
  ["applicant/sms", words.sms],
  ["type", words.type],
  ["entity", words.entity],
  ["service", words.service],
  ["governorate", words.governorate],
  ["fields", null],
  ["applicant/nationalNumber", words.nationalNumber],
  ["applicant/email", words.email],
  ["subject", words.subject],
]);

const compareMs = 700;
const leastLetters = 20;
const nothing: Compared = { matters: [], same: [] };
interface Compared {
  readonly matters: readonly SuggestedMatter[];
  readonly same: readonly CallerEarlier[];
}

/** What the story may be about, asked while it is typed; helps and never hinders. */
function useCompared({ token, programme, typed }: OpenCall, language: string): Compared {
  const [compared, setCompared] = useState<Compared>(nothing);
  const { story = "", sought = "" } = typed;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another number is another caller, with other cases
  useEffect(() => {
    if (story.trim().length < leastLetters) return setCompared(nothing);
    let current = true;
    const timer = setTimeout(() => {
      send<Compared>("pages/caller", { do: "compare", token, programme, story, language })
        .then((answer) => current && setCompared(answer))
        .catch(() => undefined);
    }, compareMs);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [story, sought, token, programme, language]);
  return compared;
}

/** Arrow keys move between the suggestions. */
function moveAmong(event: React.KeyboardEvent<HTMLButtonElement>) {
  const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (step === 0) return;
  const all = [...(event.currentTarget.closest("ul")?.querySelectorAll("button") ?? [])];
  all[all.indexOf(event.currentTarget) + step]?.focus();
  event.preventDefault();
}

interface NewCallProps {
  readonly call: OpenCall;
  readonly programme: CallProgramme;
  readonly state: KeptState;
  readonly onType: (more: Typed) => void;
  readonly onSaved: (saved: SavedCall) => void;
  readonly onThrowAway: () => void;
  /** What was typed last is kept before it is saved: nothing of it comes after. */
  readonly keepNow: () => Promise<void>;
}

export function NewCall({ call, programme, state, onType, onSaved, onThrowAway, keepNow }: NewCallProps) {
  const { t } = useText();
  const sending = useSending();
  const form = useRef<HTMLFormElement>(null);
  const { typed } = call;
  const anonymous = typed.anonymous === "yes";
  const type = programme.types.find(({ value }) => value === typed.type);
  const language = typed.language ?? programme.language;
  const { matters, same } = useCompared(call, language);
  const entityOf = (code: string) => programme.entities.find(({ value }) => value === code)?.label ?? code;

  // Each call begins without what was wrong with the one before it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: for each call once
  useEffect(() => {
    sending.show(null);
  }, [call.token]);

  const take = ({ type: suggested, entity, service }: SuggestedMatter) =>
    onType({ ...(suggested !== null && { type: suggested }), entity, service: service ?? "" });
  const save = async () => {
    const { token, programme: code } = call;
    await keepNow();
    const saved = await send<SavedCall>("pages/caller", { do: "save", token, programme: code, typed });
    onSaved(saved);
  };
  const onKey = (event: React.KeyboardEvent<HTMLDivElement>) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      // A name that is still being looked for is chosen first.
      if (event.target instanceof HTMLElement && event.target.getAttribute("aria-expanded") === "true") return;
      event.preventDefault();
      event.stopPropagation();
      void sending.run(save);
    } else if (event.altKey && /^Digit[1-5]$/.test(event.code)) {
      const matter = matters[Number(event.code.slice(5)) - 1];
      if (matter === undefined) return;
      event.preventDefault();
      take(matter);
    }
  };
  const text = (name: string, pointer: string) => ({
    name: pointer.split("/").at(-1) ?? name,
    value: typed[name] ?? "",
    onChange: (value: string) => onType({ [name]: value }),
    fault: sending.faultAt(pointer),
  });
  const services = programme.services.filter(({ entity }) => !typed.entity || entity === typed.entity);
  return (
    <Panel title={words.title}>
      <div onKeyDownCapture={onKey}>
        <SendForm className="form call-form" formRef={form} sending={sending} onSend={save} fields={fields}>
          <TextArea {...text("story", "/description")} label={words.story} help={words.storyHelp} rows={6} />
          {matters.length > 0 && (
            <section className="call-suggestions" aria-label={t(words.suggestions)}>
              <p className="small">{t(words.suggestions)}</p>
              <ul>
                {matters.map((matter, i) => {
                  const service = programme.services.find(({ value }) => value === matter.service);
                  const kind = programme.types.find(({ value }) => value === matter.type);
                  const parts = [kind?.label, entityOf(matter.entity), service?.label].flatMap((one) =>
                    one === undefined ? [] : [t(one)],
                  );
                  const chosen = typed.entity === matter.entity && (typed.service ?? "") === (matter.service ?? "");
                  return (
                    <li key={matter.key}>
                      <button
                        type="button"
                        className="button button-plain button-small"
                        aria-pressed={chosen}
                        // One stop on the way from the story to the name: arrows lead to the others.
                        tabIndex={i === 0 ? 0 : -1}
                        onKeyDown={moveAmong}
                        onClick={() => take(matter)}
                      >
                        {t(words.number, { n: i + 1, what: parts.join(" · ") })}
                      </button>
                    </li>
                  );
                })}
              </ul>
            </section>
          )}
          <span className="unseen" role="status">
            {matters.length > 0 ? t(words.suggested, { n: matters.length }) : ""}
          </span>
          <div role="status">
            {same.length > 0 && (
              <div className="call-same">
                <p>
                  <strong>{t(words.same)}</strong>
                </p>
                <ul>
                  {same.map((earlier, i) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: two of a month may look the same
                    <EarlierLine key={i} earlier={earlier} />
                  ))}
                </ul>
                <p className="small">{t(words.sameHelp)}</p>
              </div>
            )}
          </div>
          <div className="call-columns">
            <TextField {...text("name", "/applicant/name")} label={words.name} disabled={anonymous} />
            <SearchSelect
              {...text("governorate", "/governorate")}
              label={words.governorate}
              required={false}
              choices={programme.governorates}
            />
            <SearchSelect {...text("type", "/type")} label={words.type} choices={programme.types} />
            <SearchSelect
              {...text("entity", "/entity")}
              label={words.entity}
              required={false}
              choices={programme.entities}
              onChange={(entity) => {
                const keeps = programme.services.some((one) => one.value === typed.service && one.entity === entity);
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
              disabled={anonymous}
              dir="ltr"
              type="tel"
            />
          </div>
          {type?.confidential && <p className="call-confidential">{t(words.confidential)}</p>}
          <Checkbox
            name="sms"
            label={words.sms}
            help={words.smsHelp}
            checked={typed.sms === "yes" && !anonymous}
            disabled={anonymous}
            fault={sending.faultAt("/applicant/sms")}
            onChange={(checked) => onType({ sms: checked ? "yes" : "" })}
          />
          {(type === undefined || type.anonymousAllowed) && (
            <Checkbox
              name="anonymous"
              label={words.anonymous}
              checked={anonymous}
              onChange={(checked) => onType({ anonymous: checked ? "yes" : "" })}
            />
          )}
          {type !== undefined && type.fields.length > 0 && (
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
          )}
          <details className="call-more">
            <summary>{t(words.more)}</summary>
            <div className="call-columns">
              <TextField
                {...text("nationalNumber", "/applicant/nationalNumber")}
                label={words.nationalNumber}
                required={false}
                disabled={anonymous}
                dir="ltr"
                inputMode="numeric"
              />
              <TextField
                {...text("email", "/applicant/email")}
                label={words.email}
                required={false}
                disabled={anonymous}
                dir="ltr"
                type="email"
              />
              <TextField
                {...text("subject", "/subject")}
                label={words.subject}
                help={words.subjectHelp}
                required={false}
              />
              <Select
                label={words.language}
                value={language}
                onChange={(value) => onType({ language: value })}
                choices={[
                  { value: "ar", label: words.arabic },
                  { value: "en", label: words.english },
                ]}
              />
            </div>
          </details>
          <div className="form-actions">
            <Button kind="primary" type="submit" busy={sending.busy}>
              {t(words.save)}
            </Button>
            <Button onClick={onThrowAway}>{t(words.throwAway)}</Button>
            <span className={`small call-state call-state-${state}`} role="status">
              {t(states[state])}
            </span>
          </div>
          <p className="muted small">{t(words.keys)}</p>
        </SendForm>
      </div>
    </Panel>
  );
}
