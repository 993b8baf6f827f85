/** The last look before something decides: what will change, what is odd about it, and why it is done all the same. */

import React, { type ReactNode, useEffect, useState } from "react";
import type { Difference } from "../../../engine/differences/difference.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import type { Bilingual } from "../../../engine/text/text.js";
import {
  Button,
  Dialog,
  NoticeBox,
  refuse,
  SendForm,
  Spinner,
  TextArea,
  useSending,
  useText,
  type Words,
} from "../../../platform/ui/kit.js";
import type { PolicyFault } from "../policy-part.js";
import { DifferenceList } from "../versions/difference-list.js";

const words = {
  more: pattern("policy-drafts.publishDialog.more"),
  reason: msg("policy-drafts.publishDialog.why"),
  reasonMissing: msg("policy-drafts.publishDialog.reasonMissing"),
  allTheSame: msg("policy-drafts.publishDialog.allTheSame"),
  submits: msg("policy-drafts.publishDialog.submits"),
  publish: msg("policy-drafts.publishDialog.publish"),
  submit: msg("policy-drafts.publishDialog.submit"),
  cancel: msg("policy-drafts.publishDialog.cancel"),
};

const maxWarnings = 6;

export interface Checked {
  readonly differences: readonly Difference[];
  readonly faults: readonly PolicyFault[];
}

/** Why it is published, and why although the checks warn. */
export interface Said {
  readonly reason: string;
  readonly warningsReason: string | null;
}

interface PublishDialogProps {
  readonly title: Words;
  /** From when on it decides; left out where somebody else has to approve it first. */
  readonly decides?: Words;
  /** Somebody else has to approve it: this hands it in. */
  readonly submits?: boolean;
  /** What the button says, where it is neither of the two. */
  readonly action?: Words;
  readonly reasonLabel?: Words;
  readonly reasonHelp?: Words;
  /** Said at an empty box, in words of what it asks. */
  readonly reasonMissing?: Bilingual;
  /** What the reason begins with. */
  readonly reason?: string;
  /** Warnings, by their English words, of which whoever submitted it has said why all the same. */
  readonly explained?: readonly string[];
  readonly children?: ReactNode;
  /** Asked for once, when the dialog opens. */
  readonly check: () => Promise<Checked>;
  readonly publish: (said: Said) => Promise<unknown>;
  readonly onClose: () => void;
  /** The dialog stays until it is done: what stands behind it is the new then. */
  readonly onPublished: (answer: unknown) => Promise<void>;
  /** Somebody else published meanwhile: loads that, and keeps what was typed. */
  readonly onTop: () => void;
}

function CheckedParts({ checked }: { checked: Checked }) {
  const { t } = useText();
  const errors = checked.faults.filter((fault) => fault.severity === "error");
  const warnings = checked.faults.filter((fault) => fault.severity === "warning");
  return (
    <>
      {errors.length > 0 && (
        <NoticeBox tone="danger" title={msg("policy-drafts.publishDialog.correctFirst")}>
          <ul className="bullets">
            {errors.map(({ field, reason }) => (
              <li key={field + reason.en}>{t(reason)}</li>
            ))}
          </ul>
        </NoticeBox>
      )}
      {/* With errors nothing can be compared: no list, rather than one that says there is no difference. */}
      {errors.length === 0 && (
        <section>
          <h3>{t(msg("policy-drafts.publishDialog.changes"))}</h3>
          <DifferenceList differences={checked.differences} />
        </section>
      )}
      {warnings.length > 0 && (
        <NoticeBox tone="warning" title={msg("policy-drafts.publishDialog.odd")}>
          <ul className="bullets">
            {warnings.slice(0, maxWarnings).map(({ field, reason }) => (
              <li key={field + reason.en}>{t(reason)}</li>
            ))}
            {warnings.length > maxWarnings && <li>{t(words.more, { n: warnings.length - maxWarnings })}</li>}
          </ul>
        </NoticeBox>
      )}
    </>
  );
}

export function PublishDialog(props: PublishDialogProps) {
  const { title, submits = false, check, publish } = props;
  const { decides = words.submits, action = submits ? words.submit : words.publish } = props;
  const { onClose, onPublished, onTop, explained = [] } = props;
  const { t } = useText();
  const [checked, setChecked] = useState<Checked | null>(null);
  const sending = useSending();
  const [reason, setReason] = useState(props.reason ?? "");
  const [warningsReason, setWarningsReason] = useState("");
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once, of what was there when the dialog opened
  useEffect(() => {
    void sending.run(async () => {
      setChecked(await check());
    });
  }, []);
  const warned =
    checked?.faults.some(({ severity, reason: { en } }) => severity === "warning" && !explained.includes(en)) ===
      true || sending.faultAt("/warningsReason") !== null;
  const asked = [
    ...(warned ? [{ field: "/warningsReason", text: warningsReason, reason: words.reasonMissing }] : []),
    { field: "/reason", text: reason, reason: props.reasonMissing ?? words.reasonMissing },
  ];
  const confirm = async () => {
    const missing = asked.filter(({ text }) => text.trim() === "");
    if (missing.length > 0) refuse(missing);
    await onPublished(await publish({ reason, warningsReason: warned ? warningsReason : null }));
  };
  const conflict = sending.problem?.code === "conflict";
  const stopped = checked === null || checked.faults.some((fault) => fault.severity === "error");
  const fields = new Map([
    ["warningsReason", words.allTheSame],
    ["reason", props.reasonLabel ?? words.reason],
  ]);
  return (
    <Dialog title={title} onClose={onClose} wide>
      <SendForm
        sending={sending}
        onSend={confirm}
        fields={fields}
        actions={
          conflict && (
            <Button kind="plain" onClick={onTop}>
              {t(msg("policy-drafts.publishDialog.onTop"))}
            </Button>
          )
        }
      >
        {props.children}
        {checked === null && sending.problem === null && <Spinner />}
        {checked !== null && <CheckedParts checked={checked} />}
        {!stopped && !conflict && (
          <>
            {warned && (
              <TextArea
                label={words.allTheSame}
                name="warningsReason"
                required
                rows={2}
                maxLength={2000}
                fault={sending.faultAt("/warningsReason")}
                value={warningsReason}
                onChange={setWarningsReason}
              />
            )}
            <p className="muted">{t(decides)}</p>
            <TextArea
              label={props.reasonLabel ?? words.reason}
              help={props.reasonHelp ?? msg("policy-drafts.publishDialog.reasonHelp")}
              name="reason"
              required
              rows={2}
              maxLength={2000}
              fault={sending.faultAt("/reason")}
              value={reason}
              onChange={setReason}
            />
          </>
        )}
        <div className="form-actions">
          {!stopped && !conflict && (
            <Button type="submit" kind="primary" busy={sending.busy}>
              {t(action)}
            </Button>
          )}
          <Button kind="plain" onClick={onClose}>
            {t(props.action === undefined ? msg("policy-drafts.publishDialog.goOn") : words.cancel)}
          </Button>
        </div>
      </SendForm>
    </Dialog>
  );
}
