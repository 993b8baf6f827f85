/** Taking a forward back, as long as that can be done: beside what was just done, and on the list of what one forwarded. */

import React, { useEffect, useState } from "react";
import { useNavigate } from "react-router-dom";
import type { ForwardedTogether } from "../../../engine/lifecycle/views/forwarded-view.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import { Button, presentTime, problemOf, send, toast, useText } from "../../../platform/ui/kit.js";
import { newId } from "../../../platform/ui/new-id.js";
import { workStarted } from "../bulk/work-watch.js";
import { caseAddress } from "../page/case-address.js";

/** A forward that can be taken back, as it travels. */
export interface OfferedBack {
  readonly reference: string;
  readonly seq: number;
  readonly until: string | Date;
}

/** False once the moment has passed, without anybody asking. */
function useBefore(until: string | Date): boolean {
  const end = new Date(until).getTime();
  const [over, setOver] = useState(() => end <= presentTime().getTime());
  useEffect(() => {
    const left = end - presentTime().getTime();
    setOver(left <= 0);
    if (left <= 0) return;
    const timer = setTimeout(() => setOver(true), left);
    return () => clearTimeout(timer);
  }, [end]);
  return !over;
}

/** @param onDone left out: the case is opened, which is theirs again */
export function TakeBackButton({ of, onDone }: { of: OfferedBack; onDone?: () => void }) {
  const { t, moment } = useText();
  const navigate = useNavigate();
  const [busy, setBusy] = useState(false);
  const open = useBefore(of.until);
  const { reference, seq } = of;
  const take = async () => {
    setBusy(true);
    try {
      await send("pages/forwarded", { do: "take-back", reference, seq });
      toast(t(pattern("cases-act.forwarded.done"), { reference: `\u2066${reference}\u2069` }));
      if (onDone === undefined) navigate(caseAddress(reference));
      else onDone();
    } catch (error) {
      toast(problemOf(error).detail, "danger");
      onDone?.();
    }
    setBusy(false);
  };
  if (!open) return null;
  return (
    <Button small icon="previous" busy={busy} onClick={() => void take()}>
      {t(pattern("cases-act.forwarded.takeBack"), { until: moment(of.until) })}
    </Button>
  );
}

/** All that one act on many forwarded, in one go: done by a run of its own, which the frame of each screen follows. */
export function TakeAllBackButton({ of, onDone }: { of: ForwardedTogether; onDone: () => void }) {
  const { t, moment } = useText();
  const [busy, setBusy] = useState(false);
  const [id] = useState(newId);
  const open = useBefore(of.until);
  const take = async () => {
    setBusy(true);
    try {
      await send("pages/my-work", { do: "bulk-take-back", id, run: of.run });
      workStarted();
    } catch (error) {
      toast(problemOf(error).detail, "danger");
    }
    setBusy(false);
    onDone();
  };
  if (!open) return null;
  return (
    <Button small icon="previous" busy={busy} onClick={() => void take()}>
      {t(pattern("cases-act.forwarded.takeAllBack"), { n: of.cases, until: moment(of.until) })}
    </Button>
  );
}

/** On the case that is still in reach: what was done last, and that it can be taken back. */
export function TakeBackNotice({ of, onDone }: { of: OfferedBack; onDone: () => void }) {
  const { t } = useText();
  const open = useBefore(of.until);
  if (!open) return null;
  return (
    <p className="take-back">
      <span>{t(msg("cases-act.forwarded.youForwarded"))}</span> <TakeBackButton of={of} onDone={onDone} />
    </p>
  );
}
