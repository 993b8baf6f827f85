/** A case is tried while it is typed: what the edited text decides and why, beside the version in force. */

import React, { useEffect, useMemo, useRef, useState } from "react";
import type { VocabularyFact } from "../../../engine/explain/policy-vocabulary.js";
import type { Trial, Tried } from "../../../engine/replay/trial-view.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import {
  Button,
  Field,
  NoticeBox,
  type ProblemBody,
  ProblemBox,
  problemOf,
  SendForm,
  send,
  TextField,
  toast,
  useDraft,
  useSending,
  useText,
} from "../../../platform/ui/kit.js";
import { KeywordTry } from "../../setup/form/keyword-try.js";
import type { PolicyPart, PolicyPartProps } from "../policy-part.js";
import { factsWords } from "../rules/condition-words.js";
import { SingleValue, ValueList } from "../rules/value-control.js";
import { exampleFacts, hasExample, mentionedFacts, withExample } from "./example-of-trial.js";
import { TriedCard } from "./tried-card.js";

/** One press puts the tried case as an example into the rule that decided it. What might say who somebody is stays out. */
function ExampleMaker(props: PolicyPartProps & { facts: Readonly<Record<string, unknown>>; tried: Tried }) {
  const { definition, onChange, vocabulary, tried } = props;
  const { t } = useText();
  if (onChange === undefined) return null;
  const [rule] = tried.decided;
  if (rule === undefined)
    return <p className="small muted">{t(msg("policy-replay.tryPart.exampleMakerWordsByDefault"))}</p>;
  const facts = exampleFacts(props.facts, definition, vocabulary);
  const name = t(rule.title);
  if (hasExample(definition, rule.id, facts))
    return <p className="small muted">{t(pattern("policy-replay.tryPart.exampleMakerWordsThere"), { name })}</p>;
  return (
    <div className="try-example">
      <Button
        icon="plus"
        onClick={() => {
          const next = withExample(definition, rule.id, { name: factsWords(facts, vocabulary), facts, decides: true });
          if (next === null) return;
          onChange(next);
          toast(msg("policy-replay.tryPart.exampleMakerWordsDone"));
        }}
      >
        {t(msg("policy-replay.tryPart.exampleMakerWordsMake"))}
      </Button>
      <span className="small muted">{t(pattern("policy-replay.tryPart.exampleMakerWordsInto"), { name })}</span>
    </div>
  );
}

const words = {
  reference: msg("policy-replay.tryPart.reference"),
  text: msg("policy-replay.tryPart.orPasteTheTextOf"),
  draft: msg("policy-replay.tryPart.draft"),
  inForce: msg("policy-replay.tryPart.inForce"),
  same: msg("policy-replay.tryPart.same"),
  differs: msg("policy-replay.tryPart.differs"),
  besideSet: pattern("policy-replay.tryPart.besideSet"),
  draftInSet: pattern("policy-replay.tryPart.draftInSet"),
  nothing: msg("policy-replay.tryPart.nothing"),
};

type TypedFacts = Readonly<Record<string, unknown>>;
const nothingTyped: TypedFacts = {};
const pauseMs = 120;

function FactInput({
  fact,
  value,
  onChange,
}: {
  fact: VocabularyFact;
  value: unknown;
  onChange: (v: unknown) => void;
}) {
  const common = { fact, label: fact.label, onChange };
  return (
    <Field label={fact.label} group={fact.type === "strings"}>
      {fact.type === "strings" ? (
        <ValueList {...common} value={value ?? []} />
      ) : (
        <SingleValue {...common} value={value ?? null} mayBeUnknown />
      )}
    </Field>
  );
}

interface Asked {
  readonly trial: Trial | null;
  readonly problem: ProblemBody | null;
}

/** Asks a moment after the last key; an answer that another question has overtaken is not shown. */
function useTrial({ thing, definition, changeSet }: PolicyPartProps, facts: TypedFacts): Asked {
  const [asked, setAsked] = useState<Asked>({ trial: null, problem: null });
  const number = useRef(0);
  const { programme, kind, name } = thing;
  useEffect(() => {
    if (definition === undefined) return;
    number.current += 1;
    const n = number.current;
    const timer = setTimeout(() => {
      const body = { do: "try", programme, kind, name, definition, facts, changeSet, n };
      send<Trial & { n: number }>("pages/policy", body)
        .then((trial) => trial.n === number.current && setAsked({ trial, problem: null }))
        .catch((error) => n === number.current && setAsked({ trial: null, problem: problemOf(error) }));
    }, pauseMs);
    return () => clearTimeout(timer);
  }, [programme, kind, name, definition, facts, changeSet]);
  return asked;
}

function FromCase({
  thing,
  changeSet,
  onFacts,
}: Pick<PolicyPartProps, "thing" | "changeSet"> & { onFacts: (facts: TypedFacts) => void }) {
  const { t } = useText();
  const [reference, setReference] = useState("");
  const sending = useSending();
  const take = async () => {
    const body = { do: "try-case", ...thing, reference, changeSet };
    onFacts((await send<{ facts: TypedFacts }>("pages/policy", body)).facts);
  };
  return (
    <SendForm
      className="try-reference"
      sending={sending}
      onSend={take}
      fields={new Map([["reference", words.reference]])}
    >
      <TextField
        name="reference"
        label={words.reference}
        help={msg("policy-replay.tryPart.referenceHelp")}
        value={reference}
        onChange={setReference}
        fault={sending.faultAt("/reference")}
        dir="ltr"
        inputMode="numeric"
        maxLength={20}
      />
      <Button type="submit" busy={sending.busy} disabled={reference.trim() === ""}>
        {t(msg("policy-replay.tryPart.take"))}
      </Button>
    </SendForm>
  );
}

function TryCase(props: PolicyPartProps) {
  const { thing, definition, inForce, vocabulary } = props;
  const { t } = useText();
  const typed = useDraft<TypedFacts>(`try/${thing.programme}/${thing.name}`, nothingTyped);
  const facts = typed.typed;
  const { trial, problem } = useTrial(props, facts);
  const mentioned = useMemo(
    () => new Set([...mentionedFacts(definition), ...mentionedFacts(inForce)]),
    [definition, inForce],
  );
  const known = vocabulary.facts.filter(({ name }) => name !== "programme");
  const first = known.filter(({ name }) => mentioned.has(name));
  const others = known.filter(({ name }) => !mentioned.has(name));
  const write = (name: string, value: unknown) => {
    const { [name]: _gone, ...rest } = facts;
    const empty = value === null || value === "" || (Array.isArray(value) && value.length === 0);
    typed.set(empty ? rest : { ...rest, [name]: value });
  };
  const inputs = (list: readonly VocabularyFact[]) => (
    <div className="try-facts">
      {list.map((fact) => (
        <FactInput key={fact.name} fact={fact} value={facts[fact.name]} onChange={(value) => write(fact.name, value)} />
      ))}
    </div>
  );
  /** What the pasted text says takes the place of what was chosen; without a text the choice is left alone. */
  // Lists that a pasted text brought leave with it; those that were typed stay as long as no text was pasted.
  const pasted = useRef(false);
  const takeKeywords = (codes: readonly string[] | null) => {
    if (codes !== null) write("keywords", codes);
    else if (pasted.current) write("keywords", []);
    pasted.current = codes !== null;
  };
  const follows = vocabulary.facts.filter(({ name }) => mentioned.has(name) && name in (trial?.follows ?? {}));
  const setOthers = others.filter(({ name }) => name in facts).length;
  return (
    <div className="stack">
      <p className="muted">{t(msg("policy-replay.tryPart.lead"))}</p>
      <div className="try-two">
        <section className="stack" aria-label={t(msg("policy-replay.tryPart.facts"))}>
          {inputs(first)}
          {others.length > 0 && (
            <details open={setOthers > 0 || undefined}>
              <summary>{t(pattern("policy-replay.tryPart.more"), { n: others.length })}</summary>
              {inputs(others)}
            </details>
          )}
          {vocabulary.keywordLists.length > 0 && mentioned.has("keywords") && (
            <KeywordTry label={words.text} lists={vocabulary.keywordLists} onFound={takeKeywords} />
          )}
          <FromCase thing={thing} changeSet={props.changeSet} onFacts={typed.set} />
          <div className="form-actions">
            <Button
              kind="quiet"
              onClick={() => {
                typed.set(nothingTyped);
                typed.clear();
              }}
            >
              {t(msg("policy-replay.tryPart.clear"))}
            </Button>
          </div>
        </section>
        <section className="stack" aria-live="polite">
          <ProblemBox problem={problem} />
          {trial !== null && (
            <>
              {trial.changeSet !== null && <NoticeBox title={t(words.besideSet, { name: trial.changeSet.title })} />}
              <NoticeBox
                tone={trial.differs ? "warning" : "info"}
                title={trial.inForce === null ? words.nothing : trial.differs ? words.differs : words.same}
              />
              {follows.length > 0 && (
                <p className="small muted">
                  {t(pattern("policy-replay.tryPart.follows"), {
                    facts: t(
                      factsWords(
                        Object.fromEntries(follows.map(({ name }) => [name, trial.follows[name]])),
                        vocabulary,
                      ),
                    ),
                  })}
                </p>
              )}
              <TriedCard
                title={trial.changeSet === null ? words.draft : t(words.draftInSet, { name: trial.changeSet.title })}
                tried={trial.draft}
                set={thing.name}
                vocabulary={vocabulary}
              />
              {trial.inForce !== null && (
                <TriedCard title={words.inForce} tried={trial.inForce} set={thing.name} vocabulary={vocabulary} />
              )}
              <ExampleMaker {...props} facts={{ ...trial.follows, ...trial.facts }} tried={trial.draft} />
            </>
          )}
        </section>
      </div>
    </div>
  );
}

export const tryPart: PolicyPart = {
  id: "try",
  label: msg("policy-replay.tryPart.tab"),
  place: "trial",
  of: ({ kind }) => kind === "rules",
  Component: TryCase,
};
