/** The steps of a change-set that want a word: handed in, approved or published, sent back, discarded. */
import React from "react";
import type { Bilingual } from "../../../engine/text/text.js";
import { Bidi, NoticeBox, send, useText } from "../../../platform/ui/kit.js";
import { PublishDialog, type Said } from "../drafts/publish-dialog.js";
import { DiscardDialog, SendBackDialog } from "../rules/step-dialogs.js";
import type { OpenedSet } from "./change-set-content.js";

export type SetStep = "submit" | "publish" | "sendBack" | "discard";

const words = {
  submit: { en: "Submit “{name}”", ar: "تقديم «{name}»" },
  publish: { en: "Publish “{name}”", ar: "نشر «{name}»" },
  approve: { en: "Approve and publish “{name}”", ar: "الموافقة على «{name}» ونشرها" },
  approveAction: { en: "Approve and publish", ar: "موافقة ونشر" },
  approveReason: { en: "What did you look at?", ar: "ماذا راجعت؟" },
  approveMissing: { en: "Write what you looked at.", ar: "اكتب ما راجعته." },
  approveHelp: { en: "It stays with the change-set, beside your name.", ar: "يبقى مع مجموعة التغييرات بجانب اسمك." },
  said: { en: "{who} said why", ar: "السبب كما ذكره {who}" },
  warnings: { en: "Why although the checks warn: {why}", ar: "السبب رغم التنبيهات: {why}" },
  decides: {
    en: "All of it decides from the very next application on.",
    ar: "يسري كل ما فيها على الطلب التالي مباشرة.",
  },
  moves: {
    en: "Cases of entities that go move at once, each with its event.",
    ar: "تنتقل معاملات الجهات الموقوفة في الحال، ويُسجَّل ذلك على كل منها.",
  },
  discard: { en: "Discard “{name}”?", ar: "إلغاء «{name}»؟" },
  discardAction: { en: "Discard", ar: "إلغاء المجموعة" },
  discardHint: {
    en: "All that it holds is given up, also the drafts of policy in it. What is in force stays.",
    ar: "يُتخلى عن كل ما فيها، ومنها مسودات السياسات. ويبقى الساري كما هو.",
  },
  sendBack: { en: "Send “{name}” back", ar: "إعادة «{name}»" },
  sendBackAction: { en: "Send back", ar: "إعادة" },
  note: { en: "What has to change?", ar: "ما الذي يجب تغييره؟" },
  noteHelp: { en: "Its authors read it above the change-set.", ar: "يقرؤه الكاتبون أعلى المجموعة." },
};

/** How an edit stands in the list of what changes; all else is a change of what is there. */
const cameBy: Readonly<Partial<Record<OpenedSet["listed"][number]["act"], "added" | "removed">>> = {
  create: "added",
  restore: "added",
  retire: "removed",
};

interface StepProps {
  readonly step: SetStep;
  readonly set: OpenedSet;
  readonly onClose: () => void;
  readonly onReload: () => void;
  readonly onDone: (step: SetStep) => Promise<void>;
}

/** Whose cases move is said only where some do. */
function decidesOf({ listed }: OpenedSet): Bilingual {
  const { decides, moves } = words;
  if (!listed.some(({ edit }) => "cases" in edit && edit.cases !== undefined)) return decides;
  return { en: `${decides.en} ${moves.en}`, ar: `${decides.ar} ${moves.ar}` };
}

export function ChangeSetStep({ step, set, onClose, onReload, onDone }: StepProps) {
  const { t } = useText();
  const named = (text: { en: string; ar: string }) => t(text, { name: set.title });
  const ask = (act: SetStep, more: object = {}) =>
    send("pages/change-set", { do: act, id: set.id, revision: set.revision, ...more });
  const take = async (more: object = {}) => {
    await ask(step, more);
    await onDone(step);
  };
  if (step === "discard") {
    const { discard, discardAction, discardHint } = words;
    return (
      <DiscardDialog
        title={named(discard)}
        action={discardAction}
        hint={discardHint}
        onClose={onClose}
        onConfirm={() => take()}
      />
    );
  }
  if (step === "sendBack") {
    const { sendBack, sendBackAction, note, noteHelp } = words;
    return (
      <SendBackDialog
        title={named(sendBack)}
        action={sendBackAction}
        label={note}
        help={noteHelp}
        onClose={onClose}
        onSend={(said) => take({ note: said })}
      />
    );
  }
  const approving = step === "publish" && set.state === "submitted";
  const explained = approving && set.warningsReason !== null ? (set.warningsSeen ?? []) : [];
  const faults = set.findings
    .filter(({ severity }) => severity !== "info")
    .map(
      ({ severity, words: reason }) =>
        ({ field: "", reason, severity: severity === "error" ? severity : "warning" }) as const,
    );
  const differences = [
    ...set.listed.map(({ act, words: what, details }) => ({
      kind: cameBy[act] ?? ("changed" as const),
      what,
      details,
    })),
    ...set.drafts.map(({ title, changes }) => ({ kind: "changed" as const, what: title, details: changes })),
  ];
  return (
    <PublishDialog
      title={named(approving ? words.approve : step === "publish" ? words.publish : words.submit)}
      submits={step === "submit"}
      {...(step === "publish" && { decides: decidesOf(set) })}
      {...(approving && {
        action: words.approveAction,
        reasonLabel: words.approveReason,
        reasonHelp: words.approveHelp,
        reasonMissing: words.approveMissing,
      })}
      explained={explained}
      reason={approving ? "" : (set.reason ?? "")}
      check={async () => ({ differences, faults })}
      publish={(said: Said) => ask(step, said)}
      onClose={onClose}
      onTop={() => {
        onClose();
        onReload();
      }}
      onPublished={() => onDone(step)}
    >
      {approving && (
        <NoticeBox tone="info" title={t(words.said, { who: set.submittedBy?.name ?? "" })}>
          <p>
            <Bidi>{set.reason}</Bidi>
          </p>
          {set.warningsReason && <p>{t(words.warnings, { why: set.warningsReason })}</p>}
        </NoticeBox>
      )}
    </PublishDialog>
  );
}
