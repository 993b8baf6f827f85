/** The call in hand: whom to call, what to say, what came of it. */

import React, { useEffect, useRef, useState } from "react";
import {
  callBackReasons,
  callNoteMost,
  type TryOutcome,
  tryOutcomeNames,
  tryOutcomes,
} from "../../../engine/contact-centre/call-backs.js";
import { languageChoices } from "../../../engine/formatting/language-names.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import type { Bilingual } from "../../../engine/text/text.js";
import {
  Bidi,
  Button,
  Facts,
  Field,
  Moment,
  MomentField,
  NoticeBox,
  Panel,
  ProblemBox,
  Select,
  SendForm,
  send,
  TextArea,
  toast,
  useSending,
  useText,
} from "../../../platform/ui/kit.js";
import type { ReadOut } from "../calls/read-out-of.js";
import { ReadOutWords } from "../calls/read-out-words.js";
import type { ClaimedCallBack } from "./call-backs.service.js";
import { CallForeseen } from "./call-foreseen.js";
import type { ReportedCall } from "./report-call.js";
import { useWhatFollows } from "./what-follows.js";

const words = {
  call: pattern("contact-centre.callInHand.call"),
  number: msg("contact-centre.callInHand.number"),
  name: msg("contact-centre.callInHand.name"),
  noName: msg("contact-centre.callInHand.noName"),
  reference: msg("contact-centre.callInHand.reference"),
  type: msg("contact-centre.callBacksPage.type"),
  entity: msg("contact-centre.callInHand.entity"),
  note: msg("contact-centre.callInHand.askedNote"),
  askedBy: msg("contact-centre.callInHand.askedBy"),
  applicant: msg("contact-centre.callInHand.applicant"),
  wished: msg("contact-centre.callPromise.waitsWished"),
  language: msg("contact-centre.callBacksPage.language"),
  due: msg("contact-centre.callBacksPage.due"),
  record: msg("contact-centre.callInHand.record"),
  say: msg("contact-centre.callInHand.say"),
  before: msg("contact-centre.callInHand.before"),
  readOut: msg("contact-centre.callInHand.readOut"),
  readOutHint: msg("contact-centre.callInHand.readOutHint"),
  outcome: msg("contact-centre.callInHand.outcome"),
  laterAt: msg("contact-centre.callInHand.laterAt"),
  lastWish: msg("contact-centre.callInHand.lastWish"),
  rating: msg("contact-centre.callInHand.rating"),
  ratingHelp: msg("contact-centre.callInHand.ratingHelp"),
  noMark: msg("contact-centre.callInHand.noMark"),
  notes: msg("contact-centre.callInHand.notes"),
  comment: msg("contact-centre.callInHand.comment"),
  notesHelp: pattern("contact-centre.callInHand.notesHelp"),
  save: msg("contact-centre.callInHand.save"),
  giveBack: msg("contact-centre.callBacksPage.giveBack"),
  saved: pattern("contact-centre.callFollows.saved"),
};

const hints = {
  answer: msg("contact-centre.callInHand.hintAnswer"),
  caller: msg("contact-centre.callInHand.hintAsked"),
  official: msg("contact-centre.callInHand.hintOffice"),
} as const;

/** Nobody is told that they asked who did not. */
const hintOf = ({ reason, asked }: ClaimedCallBack): Bilingual =>
  reason === "answerNotDelivered" ? hints.answer : hints[asked?.by ?? "official"];

const address = "pages/call-backs";
const marks = ["1", "2", "3", "4", "5"];

/** What is said of the case, once the person is on the line: each look is on record, so it is not shown before. */
function Reading({ id, language }: Pick<ClaimedCallBack, "id" | "language">) {
  const { t } = useText();
  const [read, setRead] = useState<readonly ReadOut[] | null>(null);
  const sending = useSending();
  const text = useRef<HTMLDivElement>(null);
  // The button that had the focus is gone: what comes next is behind the text.
  useEffect(() => {
    if (read !== null) text.current?.focus();
  }, [read]);
  const show = async () => setRead(await send<readonly ReadOut[]>(address, { do: "readOut", id }));
  if (read === null) {
    return (
      <div className="stack-small">
        <ProblemBox problem={sending.problem} />
        <p className="small muted">{t(words.readOutHint)}</p>
        <div>
          <Button icon="eye" busy={sending.busy} onClick={() => void sending.run(show)}>
            {t(words.readOut)}
          </Button>
        </div>
      </div>
    );
  }
  return (
    <div ref={text} tabIndex={-1} className="call-read-out" role="status">
      <ReadOutWords words={read} language={language} />
    </div>
  );
}

interface Typed {
  readonly outcome: TryOutcome | "";
  readonly laterAt: string | null;
  readonly rating: string;
  readonly scales: Readonly<Record<string, string>>;
  readonly note: string;
}
const empty: Typed = { outcome: "", laterAt: null, rating: "", scales: {}, note: "" };

const fields = new Map([
  ["outcome", words.outcome],
  ["laterAt", words.laterAt],
  ["rating", words.rating],
  ["note", words.notes],
]);

const markChoices = marks.map((value) => ({ value, label: value }));

function Outcome(a: { call: ClaimedCallBack; onDone: () => Promise<void>; onGiveBack: (id: number) => Promise<void> }) {
  const { call, onDone, onGiveBack } = a;
  const { t } = useText();
  const follows = useWhatFollows(call);
  const [typed, setTyped] = useState(empty);
  const sending = useSending();
  const change = (some: Partial<Typed>) => setTyped((now) => ({ ...now, ...some }));
  const isSurvey = call.reason === "survey";
  const answered = isSurvey && typed.outcome === "reached";
  const save = async () => {
    const scales = Object.entries(typed.scales).flatMap(([code, mark]) => (mark === "" ? [] : [[code, Number(mark)]]));
    const { readyAt } = await send<ReportedCall>(address, {
      do: "report",
      id: call.id,
      number: call.number,
      outcome: typed.outcome,
      note: typed.note,
      laterAt: typed.laterAt,
      rating: typed.rating === "" ? null : Number(typed.rating),
      scales: Object.fromEntries(scales),
    });
    if (typed.outcome !== "") {
      const said = { reason: t(callBackReasons[call.reason].name), follows: follows(typed.outcome, readyAt) };
      toast(t(words.saved, said), typed.outcome === "reached" ? "success" : "info");
    }
    await onDone();
  };
  return (
    <SendForm className="form" sending={sending} onSend={save} fields={fields}>
      <Field label={words.outcome} group name="outcome" fault={sending.faultAt("/outcome")} required marked>
        <div className="call-outcomes">
          {tryOutcomeNames.map((outcome) => (
            <label key={outcome} className="call-outcome">
              <input
                type="radio"
                name="outcome"
                value={outcome}
                checked={typed.outcome === outcome}
                onChange={() => change({ outcome })}
              />
              <span>{t(tryOutcomes[outcome].name)}</span>
            </label>
          ))}
        </div>
      </Field>
      <div role="status">
        {typed.outcome !== "" && typed.outcome !== "later" && (
          <p className="small muted">{follows(typed.outcome, call.againAt)}</p>
        )}
      </div>
      {typed.outcome === "later" && (
        <>
          <MomentField
            name="laterAt"
            label={words.laterAt}
            value={typed.laterAt}
            onChange={(laterAt) => change({ laterAt })}
            fault={sending.faultAt("/laterAt")}
            required
            marked
          />
          {call.lastWish ? (
            <NoticeBox tone="warning">
              <p>{t(words.lastWish)}</p>
            </NoticeBox>
          ) : (
            typed.laterAt !== null && (
              <CallForeseen programme={call.programme} language={call.language} at={typed.laterAt} />
            )
          )}
        </>
      )}
      {answered && (
        <>
          <Select
            name="rating"
            label={words.rating}
            help={words.ratingHelp}
            value={typed.rating}
            empty={words.noMark}
            choices={markChoices}
            onChange={(rating) => change({ rating })}
            fault={sending.faultAt("/rating")}
            required
            marked
          />
          {call.scales.map(({ code, name }) => (
            <Select
              key={code}
              name={`scale-${code}`}
              label={name}
              value={typed.scales[code] ?? ""}
              empty={words.noMark}
              choices={markChoices}
              onChange={(mark) => change({ scales: { ...typed.scales, [code]: mark } })}
            />
          ))}
        </>
      )}
      <TextArea
        name="note"
        label={answered ? words.comment : words.notes}
        help={t(words.notesHelp, { most: callNoteMost })}
        rows={2}
        value={typed.note}
        onChange={(note) => change({ note })}
        fault={sending.faultAt("/note")}
      />
      <div className="form-actions">
        <Button kind="primary" type="submit" busy={sending.busy}>
          {t(words.save)}
        </Button>
        <Button busy={sending.busy} onClick={() => void sending.run(() => onGiveBack(call.id))}>
          {t(words.giveBack)}
        </Button>
      </div>
    </SendForm>
  );
}

export function CallInHand(a: {
  call: ClaimedCallBack;
  onDone: () => Promise<void>;
  onGiveBack: (id: number) => Promise<void>;
}) {
  const { call } = a;
  const { t } = useText();
  const top = useRef<HTMLDivElement>(null);
  useEffect(() => {
    top.current?.focus();
  }, []);
  const languages = new Map(languageChoices().map(({ value, label }) => [value as string, label]));
  const script = call.script === null ? null : call.script[call.language];
  return (
    <div ref={top} tabIndex={-1} className="call-in-hand">
      <Panel title={t(words.call, { reason: t(callBackReasons[call.reason].name), n: String(call.number) })}>
        <div className="stack">
          <p className="call-number">
            <a href={`tel:${call.phone}`}>
              <Bidi ltr>{call.phone}</Bidi>
            </a>
          </p>
          <Facts
            rows={[
              { label: words.name, value: call.name === null ? t(words.noName) : <Bidi>{call.name}</Bidi> },
              ...(call.reference === null
                ? []
                : [{ label: words.reference, value: <Bidi ltr>{call.reference}</Bidi> }]),
              { label: words.type, value: t(call.type) },
              { label: words.entity, value: call.entity && t(call.entity) },
              { label: words.due, value: <Moment at={String(call.dueAt)} /> },
              call.wishedAt !== null && { label: words.wished, value: <Moment at={String(call.wishedAt)} /> },
              { label: words.language, value: t(languages.get(call.language)) },
              call.asked !== null && {
                label: words.askedBy,
                value: call.asked.by === "caller" ? t(words.applicant) : <Bidi>{call.asked.name}</Bidi>,
              },
              call.note !== null && {
                label: words.note,
                value: (
                  <span className="prose">
                    <Bidi>{call.note}</Bidi>
                  </span>
                ),
              },
            ]}
          />
          <p className="small muted">{t(words.record)}</p>
          {call.tries.length + call.earlier.length > 0 && (
            <section className="stack-small">
              <h3>{t(words.before)}</h3>
              <ul className="bullets">
                {call.tries.map(({ number, at, agentName, outcome, note }) => (
                  <li key={number}>
                    <Moment at={String(at)} /> · <Bidi>{agentName}</Bidi> · {t(tryOutcomes[outcome as TryOutcome].name)}
                    {note !== null && (
                      <>
                        {" "}
                        · <Bidi>{note}</Bidi>
                      </>
                    )}
                  </li>
                ))}
                {call.earlier.map(({ at, reason, outcome }) => (
                  <li key={String(at)}>
                    <Moment at={String(at)} /> · {t(callBackReasons[reason].name)} · {t(tryOutcomes[outcome].name)}
                  </li>
                ))}
              </ul>
            </section>
          )}
          <section className="stack-small">
            <h3>{t(words.say)}</h3>
            {call.reason === "survey" ? (
              <p className="call-words" lang={call.language} dir="auto">
                {script}
              </p>
            ) : (
              <>
                <p>{t(hintOf(call))}</p>
                <Reading id={call.id} language={call.language} />
              </>
            )}
          </section>
          <Outcome {...a} />
        </div>
      </Panel>
    </div>
  );
}
