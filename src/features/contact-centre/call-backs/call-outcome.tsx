/** What came of the call in hand: its form, kept until it is saved or the call given back. */

import React, { useEffect } from "react";
import {
  callBackReasons,
  callNoteMost,
  type TryOutcome,
  tryOutcomeNames,
  tryOutcomes,
} from "../../../engine/contact-centre/call-backs.js";
import { filled, msg, pattern } from "../../../engine/text/msg.js";
import type { Bilingual } from "../../../engine/text/text.js";
import {
  Button,
  Field,
  MomentField,
  NoticeBox,
  Select,
  SendForm,
  send,
  TextArea,
  toast,
  useDraft,
  useSending,
  useText,
} from "../../../platform/ui/kit.js";
import type { ClaimedCallBack } from "./call-backs.service.js";
import { CallForeseen } from "./call-foreseen.js";
import { Spoken } from "./call-script.js";
import type { ReportedCall } from "./report-call.js";

/** @returns of an outcome, and of when the person is called again (null: no more), what follows */
function useWhatFollows({ reason, entity }: Pick<ClaimedCallBack, "reason" | "entity">) {
  const { t, moment } = useText();
  const ends =
    reason === "answerNotDelivered"
      ? t(pattern("contact-centre.callFollows.undelivered"), {
          owner: t(entity ?? msg("contact-centre.callFollows.office")),
        })
      : t(msg("contact-centre.callFollows.ends"));
  const comesAgain = (againAt: Date | string | null): string =>
    againAt === null
      ? `${t(msg("contact-centre.callFollows.lastTry"))} ${ends}`
      : t(pattern("contact-centre.callFollows.again"), { at: moment(String(againAt)) });
  const byOutcome: Readonly<Record<TryOutcome, (againAt: Date | string | null) => string>> = {
    reached: () => t(msg("contact-centre.callFollows.done")),
    noAnswer: comesAgain,
    busy: comesAgain,
    later: comesAgain,
    wrongNumber: () => ends,
    refused: () => ends,
  };
  return (outcome: TryOutcome, againAt: Date | string | null): string => byOutcome[outcome](againAt);
}

const words = {
  outcome: msg("contact-centre.callInHand.outcome"),
  laterAt: msg("contact-centre.callInHand.laterAt"),
  rating: msg("contact-centre.callInHand.rating"),
  noMark: msg("contact-centre.callInHand.noMark"),
  notes: msg("contact-centre.callInHand.notes"),
};

/** Said to the person, in their language. */
const spoken = {
  question: pattern("contact-centre.callScript.question"),
};

/** What a scale is called, as it goes on in a sentence. */
const inQuestion = ({ en, ar }: Bilingual): Bilingual => ({ en: `${en.charAt(0).toLowerCase()}${en.slice(1)}`, ar });

const address = "pages/call-backs";
const marks = ["1", "2", "3", "4", "5"];

interface Typed {
  readonly outcome: TryOutcome | "";
  readonly laterAt: string | null;
  readonly rating: string;
  readonly scales: Readonly<Record<string, string>>;
  readonly note: string;
  /** Which try it is of. */
  readonly number: number;
}
const empty: Omit<Typed, "number"> = { outcome: "", laterAt: null, rating: "", scales: {}, note: "" };

const fields = new Map([
  ["outcome", words.outcome],
  ["laterAt", words.laterAt],
  ["rating", words.rating],
  ["note", words.notes],
]);

const markChoices = marks.map((value) => ({ value, label: value }));

/** Where what was typed of a call is kept until it is saved or given back. */
export const reportDraft = (id: number): string => `call-back/${id}`;

export interface InHand {
  readonly call: ClaimedCallBack;
  readonly onDone: () => Promise<void>;
  readonly onGiveBack: (id: number) => Promise<void>;
}

/** @param a.isRead what may be read out is open */
export function CallOutcome(a: InHand & { readonly isRead: boolean }) {
  const { call, onDone, onGiveBack, isRead } = a;
  const { t } = useText();
  const follows = useWhatFollows(call);
  const draft = useDraft<Typed>(reportDraft(call.id), { ...empty, number: call.number });
  // Nothing is left of a call before this one.
  const typed = draft.typed.number === call.number ? draft.typed : { ...empty, number: call.number };
  const sending = useSending();
  const change = (some: Partial<Typed>) => draft.set({ ...typed, ...some });
  const outcomeFault = sending.faultAt("/outcome");
  // What was missing is there, and what was wrong in the fields of another outcome is gone with them.
  // biome-ignore lint/correctness/useExhaustiveDependencies: when it is opened, or something else is selected
  useEffect(() => {
    if (outcomeFault !== null || sending.problem === null) return sending.show(null);
    const left = sending.problem.faults.filter(({ field }) => field === "/note");
    if (left.length < sending.problem.faults.length)
      sending.show(left.length === 0 ? null : { ...sending.problem, faults: left });
  }, [isRead, typed.outcome]);
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
    draft.clear();
    if (typed.outcome !== "") {
      const said = { reason: t(callBackReasons[call.reason].name), follows: follows(typed.outcome, readyAt) };
      toast(t(pattern("contact-centre.callFollows.saved"), said), typed.outcome === "reached" ? "success" : "info");
    }
    await onDone();
  };
  return (
    <SendForm className="form" sending={sending} onSend={save} fields={fields}>
      <Field label={words.outcome} group name="outcome" fault={outcomeFault} required marked>
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
              <p>{t(msg("contact-centre.callInHand.lastWish"))}</p>
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
          <Spoken say={msg("contact-centre.callScript.rating")} language={call.language} />
          <Select
            name="rating"
            label={words.rating}
            help={msg("contact-centre.callInHand.ratingHelp")}
            value={typed.rating}
            empty={words.noMark}
            choices={markChoices}
            onChange={(rating) => change({ rating })}
            fault={sending.faultAt("/rating")}
            required
            marked
          />
          {call.scales.map(({ code, name }) => (
            <React.Fragment key={code}>
              <Spoken say={filled(spoken.question, { what: inQuestion(name) })} language={call.language} />
              <Select
                name={`scale-${code}`}
                label={name}
                value={typed.scales[code] ?? ""}
                empty={words.noMark}
                choices={markChoices}
                onChange={(mark) => change({ scales: { ...typed.scales, [code]: mark } })}
              />
            </React.Fragment>
          ))}
          <Spoken say={msg("contact-centre.callScript.closing")} language={call.language} />
        </>
      )}
      <TextArea
        name="note"
        label={answered ? msg("contact-centre.callInHand.comment") : words.notes}
        help={t(pattern("contact-centre.callInHand.notesHelp"), { most: callNoteMost })}
        rows={2}
        value={typed.note}
        onChange={(note) => change({ note })}
        fault={sending.faultAt("/note")}
      />
      <div className="form-actions">
        <Button kind="primary" type="submit" busy={sending.busy}>
          {t(msg("contact-centre.callInHand.save"))}
        </Button>
        <Button busy={sending.busy} onClick={() => void sending.run(() => onGiveBack(call.id))}>
          {t(msg("contact-centre.callBacksPage.giveBack"))}
        </Button>
      </div>
    </SendForm>
  );
}
