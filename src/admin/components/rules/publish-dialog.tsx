/** The last look before something decides: what will change, what is odd about it, and why it is done. */
import React, { useEffect, useState } from "react";
import type { Difference } from "../../../domain/differences/difference.js";
import type { Bilingual } from "../../../domain/text.js";
import {
  Button,
  Dialog,
  NoticeBox,
  type ProblemBody,
  ProblemBox,
  problemOf,
  Spinner,
  TextArea,
  useText,
  type Words,
} from "../kit/kit.js";
import { DifferenceList } from "./difference-list.js";

const words = {
  changes: { en: "What will change", ar: "ما سيتغيّر" },
  odd: { en: "Worth a look (it can be published all the same)", ar: "يستحق النظر (ولا يمنع النشر)" },
  more: { en: "and {n} more", ar: "و{n} غيرها" },
  mend: { en: "This has to be mended first", ar: "يجب تصحيح هذا أولًا" },
  reason: { en: "Why?", ar: "لماذا؟" },
  reasonHelp: {
    en: "It stays with the version, for whoever reads it later.",
    ar: "يبقى السبب مع النسخة لمن يقرأها لاحقًا.",
  },
  reasonMissing: { en: "Say why.", ar: "اذكر السبب." },
  decides: {
    en: "It decides the very next application. What was decided before stays.",
    ar: "يسري على الطلب التالي مباشرة، ويبقى ما تقرر سابقًا كما هو.",
  },
  publish: { en: "Publish", ar: "نشر" },
  cancel: { en: "Go on editing", ar: "متابعة التعديل" },
  onTop: { en: "Load the new version, keep my changes", ar: "تحميل النسخة الجديدة مع إبقاء تعديلاتي" },
};

const mostWarnings = 6;

export interface Checked {
  readonly differences: readonly Difference[];
  readonly faults: readonly {
    readonly field: string;
    readonly reason: Bilingual;
    readonly severity: "error" | "warning";
  }[];
}

interface PublishDialogProps {
  readonly title: Words;
  /** What stands above the differences, where they are not of what is in force. */
  readonly changes?: Words;
  /** From when on it decides. */
  readonly decides?: Words;
  /** Asked for once, when the dialog opens. */
  readonly check: () => Promise<Checked>;
  readonly publish: (reason: string) => Promise<unknown>;
  readonly onClose: () => void;
  readonly onPublished: () => void;
  /** Somebody else published meanwhile: loads that, and keeps what was typed. */
  readonly onTop: () => void;
  /** Faults and refusals also go to the screen, which shows them at their places. */
  readonly onFaults?: (faults: Checked["faults"]) => void;
}

function CheckedParts({ checked, changes }: { checked: Checked; changes: Words }) {
  const { t, number } = useText();
  const errors = checked.faults.filter((fault) => fault.severity === "error");
  const warnings = checked.faults.filter((fault) => fault.severity === "warning");
  return (
    <>
      {errors.length > 0 && (
        <NoticeBox tone="danger" title={words.mend}>
          <ul className="bullets">
            {errors.map(({ field, reason }) => (
              <li key={field + reason.en}>{t(reason)}</li>
            ))}
          </ul>
        </NoticeBox>
      )}
      <section>
        <h3>{t(changes)}</h3>
        <DifferenceList differences={checked.differences} />
      </section>
      {warnings.length > 0 && (
        <NoticeBox tone="warning" title={words.odd}>
          <ul className="bullets">
            {warnings.slice(0, mostWarnings).map(({ field, reason }) => (
              <li key={field + reason.en}>{t(reason)}</li>
            ))}
            {warnings.length > mostWarnings && <li>{t(words.more, { n: number(warnings.length - mostWarnings) })}</li>}
          </ul>
        </NoticeBox>
      )}
    </>
  );
}

export function PublishDialog(props: PublishDialogProps) {
  const { title, changes = words.changes, decides = words.decides, check, publish } = props;
  const { onClose, onPublished, onTop, onFaults } = props;
  const { t } = useText();
  const [checked, setChecked] = useState<Checked | null>(null);
  const [problem, setProblem] = useState<ProblemBody | null>(null);
  const [reason, setReason] = useState("");
  const [missing, setMissing] = useState(false);
  const [busy, setBusy] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once, of what was there when the dialog opened
  useEffect(() => {
    check()
      .then((found) => {
        setChecked(found);
        onFaults?.(found.faults);
      })
      .catch((error: unknown) => setProblem(problemOf(error)));
  }, []);
  const confirm = async () => {
    setMissing(reason.trim() === "");
    if (busy || reason.trim() === "") return;
    setBusy(true);
    setProblem(null);
    try {
      await publish(reason);
      onPublished();
    } catch (error) {
      setProblem(problemOf(error));
    }
    setBusy(false);
  };
  const conflict = problem?.code === "conflict";
  const stopped = checked === null || checked.faults.some((fault) => fault.severity === "error");
  return (
    <Dialog title={title} onClose={onClose} wide>
      <form
        noValidate
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void confirm();
        }}
      >
        {problem && (
          <ProblemBox
            problem={problem}
            actions={
              conflict && (
                <Button kind="plain" onClick={onTop}>
                  {t(words.onTop)}
                </Button>
              )
            }
          />
        )}
        {checked === null && problem === null && <Spinner />}
        {checked !== null && <CheckedParts checked={checked} changes={changes} />}
        {!stopped && !conflict && (
          <>
            <p className="muted">{t(decides)}</p>
            <TextArea
              label={words.reason}
              help={words.reasonHelp}
              name="reason"
              required
              rows={2}
              maxLength={2000}
              fault={missing ? words.reasonMissing : null}
              value={reason}
              onChange={setReason}
            />
          </>
        )}
        <div className="form-actions">
          {!stopped && !conflict && (
            <Button type="submit" kind="primary" busy={busy}>
              {t(words.publish)}
            </Button>
          )}
          <Button kind="plain" onClick={onClose}>
            {t(words.cancel)}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
