/** A digest in the programme's own words: its title and introduction, its sections and their order, and how it reads now. */

import React, { type ReactNode, useLayoutEffect, useRef, useState } from "react";
import { msg, pattern } from "../../../engine/text/msg.js";
import type { Bilingual } from "../../../engine/text/text.js";
import { Announce, Checkbox, Icon, useText } from "../../../platform/ui/kit.js";
import type { PolicyPart, PolicyPartProps } from "../policy-part.js";
import { faultAt } from "../rules/place-faults.js";
import { NoForm } from "../rules/rules-part.js";
import { StepButton, useMoving } from "../use-moving.js";
import { FieldList } from "./field-list.js";
import { LetterPreviews } from "./letter-look.js";
import { isMembers, type Members, type Spoken, textIn, withText } from "./letter-model.js";
import { LanguageTabs, WordedField } from "./worded-field.js";

const orderedChoicesWords = {
  up: pattern("policy-letters.orderedChoices.up"),
  down: pattern("policy-letters.orderedChoices.down"),
};

interface OrderedChoicesProps {
  readonly label: Bilingual;
  readonly all: readonly { readonly name: string; readonly label: Bilingual }[];
  readonly chosen: readonly string[];
  /** Left out: it may only be looked at. */
  readonly onChange?: ((chosen: readonly string[]) => void) | undefined;
  /** What else is said of one that is chosen. */
  readonly more?: (name: string) => ReactNode;
}

/**
 * What is chosen of a list, in the order in which it is read: switched on and off, dragged, moved by arrow keys or
 * buttons.
 */
function OrderedChoices({ label, all, chosen, onChange, more }: OrderedChoicesProps) {
  const { t } = useText();
  const [said, setSaid] = useState("");
  const focused = useRef<string | null>(null);
  const labelOf = (name: string) => t(all.find((one) => one.name === name)?.label ?? { en: name, ar: name });
  const count = chosen.length;
  const move =
    onChange &&
    ((from: number, to: number) => {
      const name = chosen[from];
      if (name === undefined) return;
      const rest = chosen.filter((_, i) => i !== from);
      onChange([...rest.slice(0, to), name, ...rest.slice(to)]);
      setSaid(t(pattern("policy-letters.orderedChoices.moved"), { title: labelOf(name), n: to + 1, all: count }));
    });
  const { list, dragged, handleProps } = useMoving(count, move);
  useLayoutEffect(() => {
    if (focused.current === null) return;
    const key = focused.current;
    focused.current = null;
    list.current?.querySelector<HTMLElement>(`[data-focus="${CSS.escape(key)}"]`)?.focus();
  });
  const rest = all.filter(({ name }) => !chosen.includes(name));
  const toggle = (name: string, on: boolean) => (
    <Checkbox
      label={labelOf(name)}
      checked={on}
      disabled={onChange === undefined}
      onChange={(checked) => onChange?.(checked ? [...chosen, name] : chosen.filter((one) => one !== name))}
    />
  );
  return (
    <>
      <ol className={dragged ? "ordered rule-dragging" : "ordered"} aria-label={t(label)} ref={list}>
        {chosen.map((name, place) => {
          const title = labelOf(name);
          const handle = handleProps(place);
          const look = [
            "ordered-row",
            dragged?.from === place && "rule-lifted",
            dragged?.before === place && "rule-before",
            dragged?.before === count && place === count - 1 && "rule-after",
          ];
          return (
            <li key={name} data-place={place} className={look.filter(Boolean).join(" ")}>
              <div className="ordered-line">
                {move && (
                  <button
                    type="button"
                    className="rule-handle"
                    data-focus={`handle/${name}`}
                    aria-label={t(pattern("policy-letters.orderedChoices.handle"), { title, n: place + 1, all: count })}
                    {...handle}
                    onKeyDown={(event) => {
                      if (event.key.startsWith("Arrow")) focused.current = `handle/${name}`;
                      handle.onKeyDown(event);
                    }}
                  >
                    <Icon name="menu" size={18} />
                  </button>
                )}
                {toggle(name, true)}
                {move &&
                  (["up", "down"] as const).map((way) => (
                    <StepButton
                      key={way}
                      focusKey={`${way}/${name}`}
                      label={t(orderedChoicesWords[way], { title })}
                      icon={way}
                      disabled={way === "up" ? place === 0 : place === count - 1}
                      onClick={() => {
                        focused.current = `${way}/${name}`;
                        move(place, way === "up" ? place - 1 : place + 1);
                      }}
                    />
                  ))}
              </div>
              {more?.(name)}
            </li>
          );
        })}
      </ol>
      {rest.length > 0 && (
        <ul className="ordered">
          {rest.map(({ name }) => (
            <li key={name} className="ordered-row ordered-off">
              <div className="ordered-line">{toggle(name, false)}</div>
            </li>
          ))}
        </ul>
      )}
      <Announce>{said}</Announce>
    </>
  );
}

const words = {
  subject: msg("policy-letters.digestPart.subject"),
  title: msg("policy-letters.digestPart.title"),
  introduction: msg("policy-letters.digestPart.introduction"),
  sections: msg("policy-letters.digestPart.sections"),
};

const sectionsOf = (digest: Members): readonly Members[] =>
  Array.isArray(digest.sections) ? digest.sections.filter(isMembers) : [];

function DigestEditor({ digest, part }: { digest: Members; part: PolicyPartProps }) {
  const { t } = useText();
  const { faults, onChange, vocabulary, mayPublish } = part;
  const [language, setLanguage] = useState<Spoken>("ar");
  const known = vocabulary.letter;
  const sections = sectionsOf(digest);
  const setSections = onChange && ((next: readonly Members[]) => onChange({ ...digest, sections: next }));
  const setSection = (name: string, next: Members) =>
    setSections?.(sections.map((one) => (one.section === name ? next : one)));
  const field = (member: "subject" | "title" | "introduction") => ({
    pointer: `/${member}/${language}`,
    label: words[member],
    language,
    value: textIn(digest[member], language),
    faults,
    onChange:
      onChange && ((text: string) => onChange(withText(digest, member, language, text, member === "introduction"))),
  });
  const ofSection = (name: string) => {
    const index = sections.findIndex(({ section }) => section === name);
    const section = sections[index];
    if (section === undefined) return null;
    const text = (member: "title" | "introduction", label: Bilingual, rows?: number) => (
      <WordedField
        pointer={`/sections/${index}/${member}/${language}`}
        label={label}
        language={language}
        required={false}
        {...(rows === undefined ? {} : { rows })}
        value={textIn(section[member], language)}
        faults={faults}
        onChange={onChange && ((said) => setSection(name, withText(section, member, language, said, true)))}
      />
    );
    const chosen = Array.isArray(section.figures) ? section.figures.map(String) : known?.figures.map((one) => one.name);
    return (
      <div className="section-more">
        {text("title", msg("policy-letters.digestPart.sectionTitle"))}
        {text("introduction", msg("policy-letters.digestPart.sectionIntroduction"), 2)}
        {known?.sections.find((one) => one.section === name)?.figures && (
          <OrderedChoices
            label={msg("policy-letters.digestPart.figures")}
            all={known.figures}
            chosen={chosen ?? []}
            onChange={setSections && ((figures) => setSection(name, { ...section, figures }))}
          />
        )}
      </div>
    );
  };
  const wrong = faultAt(
    faults.filter(({ field: at }) => !/\/(ar|en)$/.test(at)),
    "/sections",
  );
  return (
    <div className="stack">
      <p className="muted">{t(msg("policy-letters.digestPart.lead"))}</p>
      <LanguageTabs current={language} faults={faults} onChange={setLanguage}>
        <div className="stack">
          <WordedField {...field("subject")} />
          <WordedField {...field("title")} />
          <WordedField {...field("introduction")} rows={4} required={false} />
          <h3>{t(words.sections)}</h3>
          {wrong && (
            <p className="field-fault" role="alert">
              {t(wrong)}
            </p>
          )}
          <OrderedChoices
            label={words.sections}
            all={(known?.sections ?? []).map(({ section, label }) => ({ name: section, label }))}
            chosen={sections.map(({ section }) => String(section))}
            onChange={
              setSections &&
              ((names) =>
                setSections(names.map((name) => sections.find(({ section }) => section === name) ?? { section: name })))
            }
            more={ofSection}
          />
        </div>
        {onChange && <FieldList fields={known?.fields ?? []} first={`/title/${language}`} partsAt={null} />}
      </LanguageTabs>
      {mayPublish && <LetterPreviews {...part} />}
    </div>
  );
}

function DigestPartView(part: PolicyPartProps) {
  const { definition } = part;
  return isMembers(definition) ? <DigestEditor digest={definition} part={part} /> : <NoForm />;
}

export const digestPart: PolicyPart = {
  id: "digest",
  label: msg("policy-letters.digestPart.tab"),
  place: "editor",
  of: ({ kind }) => kind === "digest",
  Component: DigestPartView,
};
