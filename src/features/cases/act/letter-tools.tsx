/** What helps to write a letter: templates to begin with, places that they leave empty, and a look at it before it is sent. */

import React, { useCallback, useEffect, useState } from "react";
import type { PreviewedLetter } from "../../../engine/letters/letter-look.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import type { RecordAnswer } from "../../../platform/admin/resource-view.js";
import { Combobox } from "../../../platform/ui/form/combobox.js";
import { foundAmong } from "../../../platform/ui/form/typed-search.js";
import {
  Bidi,
  Button,
  Dialog,
  Field,
  fieldId,
  insertAt,
  LetterFrame,
  NoticeBox,
  type ProblemBody,
  ProblemBox,
  problemOf,
  Spinner,
  send,
  useText,
  useView,
} from "../../../platform/ui/kit.js";
import type { EmptyPlace } from "./composer-values.js";
import type { DraftFields } from "./draft-sync.js";
import type { FilledTemplate, OfferedTemplate } from "./reply-templates.service.js";

const words = {
  open: msg("cases-act.emptyPlacesNotice.open"),
  bare: pattern("cases-act.emptyPlacesNotice.bare"),
};

/** Goes to where a place is filled in. */
export function goToPlace(field: string, { at }: Pick<EmptyPlace, "at">): void {
  const area = document.getElementById(fieldId(field));
  if (!(area instanceof HTMLTextAreaElement)) return;
  area.focus();
  area.setSelectionRange(at, at);
}

export function EmptyPlacesNotice({
  places,
  asked,
}: {
  places: readonly (EmptyPlace & { readonly field: string })[];
  /** It was about to be sent like this. */
  asked: boolean;
}) {
  const { t } = useText();
  if (places.length === 0) return null;
  const list = (
    <ul className="empty-places" aria-label={t(words.open)}>
      {places.map((place) => (
        <li key={`${place.field} ${place.line}`}>
          <Button small kind="quiet" onClick={() => goToPlace(place.field, place)}>
            {place.label === "" ? t(words.bare, { n: place.line }) : <Bidi>{place.label}</Bidi>}
          </Button>
        </li>
      ))}
    </ul>
  );
  if (asked) {
    return (
      <div role="alert">
        <NoticeBox tone="warning" title={msg("cases-act.emptyPlacesNotice.asked")}>
          <p>{t(msg("cases-act.emptyPlacesNotice.ask"))}</p>
          {list}
        </NoticeBox>
      </div>
    );
  }
  return (
    <div className="empty-places-line">
      <span className="small muted">{t(words.open)}</span>
      {list}
    </div>
  );
}

const noTemplates: readonly OfferedTemplate[] = [];

/** Reply templates: chosen by typing, filled in for this case in the applicant's language, put in at the cursor. */
export function ReplyTemplates({ reference, fields }: { reference: string; fields: readonly string[] }) {
  const { t } = useText();
  const { view } = useView<RecordAnswer>(`resources/cases/records/${reference}/templates`);
  const [problem, setProblem] = useState<ProblemBody | null>(null);
  const [told, setTold] = useState("");
  const all = (view?.view as { templates: readonly OfferedTemplate[] } | undefined)?.templates ?? noTemplates;
  const fitting = all.filter(({ field }) => fields.includes(field));
  const key = fitting.map(({ code }) => code).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same templates are the same choices
  const find = useCallback(
    (typed: string) =>
      foundAmong(
        fitting.map(({ code, name }) => ({ value: code, label: name })),
        typed,
      ),
    [key],
  );
  if (fitting.length === 0) return null;
  const insert = async (code: string) => {
    const chosen = fitting.find((one) => one.code === code);
    if (chosen === undefined) return;
    setProblem(null);
    try {
      const answer = await send<RecordAnswer>(`resources/cases/records/${reference}/fill`, { template: code });
      const area = document.getElementById(fieldId(chosen.field));
      if (area instanceof HTMLTextAreaElement) {
        // Letters are apart from what stands before them.
        const before = area.value.slice(0, area.selectionStart);
        const apart = before.trim() === "" || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
        insertAt(area, apart + (answer.view as FilledTemplate).text);
      }
      setTold(t(pattern("cases-act.replyTemplates.done"), { name: t(chosen.name) }));
    } catch (error) {
      setProblem(problemOf(error));
    }
  };
  return (
    <div className="composer-templates">
      <ProblemBox problem={problem} />
      <Field label={msg("cases-act.replyTemplates.insertAReplyTemplate")}>
        <Combobox value="" name="" find={find} onChange={(found) => found && void insert(found.value)} />
      </Field>
      <span className="unseen" role="status">
        {told}
      </span>
    </div>
  );
}

export function LetterPreview(a: { reference: string; action: string; fields: DraftFields; onClose: () => void }) {
  const { t } = useText();
  const { reference, action, fields } = a;
  const [letter, setLetter] = useState<PreviewedLetter | null>(null);
  const [problem, setProblem] = useState<ProblemBody | null>(null);
  useEffect(() => {
    send<RecordAnswer>(`resources/cases/records/${reference}/preview`, { action, fields })
      .then((answer) => setLetter(answer.view as PreviewedLetter))
      .catch((error: unknown) => setProblem(problemOf(error)));
  }, [reference, action, fields]);
  return (
    <Dialog title={msg("cases-act.letterPreview.theLetterAsItWill")} onClose={a.onClose} wide>
      <div className="stack-small">
        <ProblemBox problem={problem} />
        {letter === null && problem === null && <Spinner />}
        {letter && (
          <>
            {!letter.reachable && <NoticeBox>{t(msg("cases-act.letterPreview.unreachable"))}</NoticeBox>}
            {letter.withheld && <NoticeBox>{t(msg("cases-act.letterPreview.withheld"))}</NoticeBox>}
            <p className="small muted">{t(msg("cases-act.letterPreview.unsent"))}</p>
            {letter.sms === null && (
              <p className="letter-subject" dir="auto">
                <strong>{letter.subject}</strong>
              </p>
            )}
            <LetterFrame {...letter} />
          </>
        )}
      </div>
    </Dialog>
  );
}
