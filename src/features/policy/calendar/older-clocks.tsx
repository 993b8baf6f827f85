/** Deadlines that run by an earlier calendar: counted first, moved only when confirmed, with an event on each case. */
import React, { useEffect, useState } from "react";
import type { RecalculatedDueDates } from "../../../engine/lifecycle/views/migration-views.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import { apart } from "../../../engine/text/text.js";
import {
  Button,
  Confirm,
  NoticeBox,
  type ProblemBody,
  ProblemBox,
  problemOf,
  Spinner,
  send,
  TextArea,
  toast,
  useText,
} from "../../../platform/ui/kit.js";
import type { CalendarView } from "./calendar.page.js";

export interface OpenClocks {
  readonly view: CalendarView | null;
  readonly reload: () => void;
}

type Asked = CalendarView["asked"];

interface RetimeDialogProps {
  readonly programme: string;
  readonly secondPerson: boolean;
  /** What a colleague asked for; null: nobody did. */
  readonly asked: Asked;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

function Counted({ counted }: { readonly counted: RecalculatedDueDates }) {
  const { t } = useText();
  const { cases, moved, earlier, later, letters } = counted;
  return (
    <>
      <p>
        {moved === 0
          ? t(msg("policy.retimeDialog.none"))
          : t(pattern("policy.retimeDialog.counted"), { cases, moved, earlier, later })}{" "}
        <span className="muted">{t(msg("policy.retimeDialog.event"))}</span>
      </p>
      {moved > 0 && (
        <p data-key="letters">
          <strong>{t(pattern("policy.retimeDialog.letters"), { n: letters })}</strong>
        </p>
      )}
    </>
  );
}

/** Where it takes two people, one asks with the reason, and a colleague does it. */
function RetimeDialog({ programme, secondPerson, asked, onClose, onDone }: RetimeDialogProps) {
  const { t } = useText();
  const [counted, setCounted] = useState<RecalculatedDueDates | null>(null);
  const [problem, setProblem] = useState<ProblemBody | null>(null);
  const [reason, setReason] = useState("");
  const asks = secondPerson && asked === null;
  useEffect(() => {
    send<RecalculatedDueDates>("pages/calendar", { do: "retime", programme })
      .then(setCounted)
      .catch((error: unknown) => setProblem(problemOf(error)));
  }, [programme]);
  const confirm = async () => {
    if (asks) {
      await send("pages/calendar", { do: "askRetime", programme, reason });
      toast(t(msg("policy.retimeDialog.askedNow")));
    } else {
      const body = { do: "retime", programme, reason: asked?.reason ?? reason, confirmed: true };
      const done = await send<RecalculatedDueDates>("pages/calendar", body);
      toast(t(pattern("policy.retimeDialog.done"), { n: done.moved }));
    }
    onDone();
  };
  return (
    <Confirm
      title={msg("policy.retimeDialog.countDeadlinesByThePublished")}
      action={asks ? msg("policy.retimeDialog.ask") : msg("policy.retimeDialog.act")}
      onClose={onClose}
      onConfirm={confirm}
      disabled={counted === null || (asked === null && reason.trim() === "")}
    >
      <ProblemBox problem={problem} />
      {counted === null && problem === null && <Spinner />}
      {counted !== null && <Counted counted={counted} />}
      {asks && <p>{t(msg("policy.retimeDialog.takesTwo"))}</p>}
      {asked === null && (
        <TextArea
          label={msg("policy.retimeDialog.why")}
          name="reason"
          required
          rows={2}
          value={reason}
          onChange={setReason}
        />
      )}
      {asked !== null && (
        <p>{t(pattern("policy-calendar.olderClocks.asked"), { name: apart(asked.by), reason: apart(asked.reason) })}</p>
      )}
    </Confirm>
  );
}

/** Nothing where all run by the version in force, and nobody asked. */
export function OlderClocks({ programme, clocks: { view, reload } }: { programme: string; clocks: OpenClocks }) {
  const { t } = useText();
  const [retiming, setRetiming] = useState(false);
  if (view === null || !(view.openClocks.anyOlder || view.asked !== null)) return null;
  const { asked, mayRetime, secondPerson } = view;
  const drop = async () => {
    await send("pages/calendar", { do: "dropRetime", programme });
    reload();
  };
  return (
    <>
      <NoticeBox
        tone="info"
        actions={
          mayRetime && (
            <>
              {!asked?.own && (
                <Button onClick={() => setRetiming(true)}>{t(msg("policy-calendar.olderClocks.retime"))}</Button>
              )}
              {asked !== null && (
                <Button kind="quiet" onClick={() => void drop()}>
                  {t(
                    asked.own
                      ? msg("policy-calendar.olderClocks.takeBack")
                      : msg("policy-calendar.olderClocks.decline"),
                  )}
                </Button>
              )}
            </>
          )
        }
      >
        <p>{t(pattern("policy-calendar.olderClocks.aNewVersionMovesNo"), { n: view.openClocks.olderCases })}</p>
        {asked !== null && (
          <p>
            {asked.own
              ? t(pattern("policy-calendar.olderClocks.askedByYou"), { reason: apart(asked.reason) })
              : t(pattern("policy-calendar.olderClocks.asked"), { name: apart(asked.by), reason: apart(asked.reason) })}
          </p>
        )}
      </NoticeBox>
      {retiming && (
        <RetimeDialog
          programme={programme}
          secondPerson={secondPerson}
          asked={asked}
          onClose={() => setRetiming(false)}
          onDone={() => {
            setRetiming(false);
            reload();
          }}
        />
      )}
    </>
  );
}
