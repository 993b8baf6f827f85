/** One change-set: what it holds, what it would do, and how it gets into force. */
import React, { useState } from "react";
import {
  Badge,
  Bidi,
  Button,
  LinkButton,
  Moment,
  NoticeBox,
  Page,
  Panel,
  type ProblemBody,
  ProblemBox,
  problemOf,
  send,
  toast,
  useText,
  withQuery,
} from "../../../platform/ui/kit.js";
import type { ChangeSetView } from "./change-set.page.js";
import { type Edit, type Form, Holds, type OpenedSet } from "./change-set-content.js";
import { CasesDialog, MergeDialog, SeatDialog } from "./change-set-dialogs.js";
import { ChangeSetStep, type SetStep } from "./change-set-steps.js";
import { MovesPanel } from "./moves-panel.js";
import { NewSeatDialog } from "./new-seat-dialog.js";

type Opened = NonNullable<ChangeSetView["opened"]>;

const impactPanelWords = {
  title: { en: "What it would do", ar: "ما ستُحدثه" },
  fine: { en: "Nothing breaks, and nothing else changes.", ar: "لا شيء يتعطل، ولا يتغير شيء آخر." },
  look: { en: "Look", ar: "اطّلاع" },
  lookAt: { en: "Look: {what}", ar: "اطّلاع: {what}" },
};
const kinds = {
  error: { title: { en: "Has to be corrected first", ar: "يجب تصحيحه أولًا" }, tone: "late", icon: "alert" },
  warning: { title: { en: "Wants a reason", ar: "يحتاج إلى سبب" }, tone: "near", icon: "alert" },
  info: { title: { en: "Good to know", ar: "للعلم" }, tone: "neutral", icon: "eye" },
} as const;

/** What the set adds is nowhere but in its edit, which those open who may write; everybody else reads it above. */
function placeOf({ adds, link }: Opened["findings"][number], { listed, acts }: Opened): string | null {
  if (!adds) return link;
  const edit = listed.find(({ table, code }) => table === adds.table && code === adds.code);
  return acts.includes("save") ? (edit?.form ?? null) : null;
}

/** What a change-set would do: what has to be corrected, what is odd, what is good to know. */
function ImpactPanel({ set }: { set: Opened }) {
  const { t } = useText();
  const findings = set.findings.map((finding) => ({ ...finding, place: placeOf(finding, set) }));
  return (
    <Panel title={impactPanelWords.title} id="impact">
      {findings.length === 0 && <p className="muted">{t(impactPanelWords.fine)}</p>}
      {(["error", "warning", "info"] as const).map((severity) => {
        const some = findings.filter((finding) => finding.severity === severity);
        if (some.length === 0) return null;
        const { title, tone, icon } = kinds[severity];
        return (
          <section key={severity} className="impact-group">
            <h3>
              <Badge tone={tone} icon={icon}>
                {t(title)}
              </Badge>
            </h3>
            <ul className="bullets">
              {some.map((finding) => (
                <li key={finding.words.en}>
                  {t(finding.words)}{" "}
                  {finding.place !== null && (
                    <LinkButton
                      small
                      kind="quiet"
                      to={finding.place}
                      label={t(impactPanelWords.lookAt, { what: t(finding.words) })}
                    >
                      {t(impactPanelWords.look)}
                    </LinkButton>
                  )}
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </Panel>
  );
}

const words = {
  back: { en: "Change-sets", ar: "مجموعات التغييرات" },
  submit: { en: "Submit …", ar: "تقديم …" },
  publish: { en: "Publish …", ar: "نشر …" },
  approve: { en: "Approve …", ar: "موافقة …" },
  sendBack: { en: "Send back …", ar: "إعادة …" },
  takeBack: { en: "Take back to edit", ar: "استعادة للتعديل" },
  discard: { en: "Discard …", ar: "إلغاء المجموعة …" },
  states: {
    open: { en: "Open", ar: "مفتوحة" },
    submitted: { en: "Waits for approval", ar: "بانتظار الموافقة" },
    published: { en: "Published", ar: "منشورة" },
    discarded: { en: "Discarded", ar: "ملغاة" },
  },
  by: { en: "by", ar: "كتبها" },
  saved: { en: "changed", ar: "آخر تغيير" },
  returned: { en: "{who} sent it back", ar: "أعادها {who}" },
  submitted: { en: "Submitted by {who}", ar: "قدّمها {who}" },
  publishedBy: { en: "In force since", ar: "سارية منذ" },
  approved: { en: "approved by {who}", ar: "وافق عليها {who}" },
};

const stepDone: Readonly<Record<SetStep, { en: string; ar: string }>> = {
  submit: {
    en: "Submitted: somebody else of the operation room sees it on their home.",
    ar: "قُدّمت، ويراها أعضاء غرفة العمليات الآخرون في صفحتهم الرئيسية.",
  },
  publish: { en: "Published: all of it is in force from now on.", ar: "نُشرت، وكل ما فيها سارٍ من الآن." },
  sendBack: { en: "Sent back to its authors.", ar: "أُعيدت إلى كاتبيها." },
  discard: { en: "The change-set was discarded.", ar: "أُلغيت مجموعة التغييرات." },
};

function State({ set }: { set: OpenedSet }) {
  const { t } = useText();
  const submitted = set.state === "submitted";
  return (
    <>
      <div className="draft-bar-line">
        <Badge tone={submitted ? "near" : "waiting"} icon={submitted ? "eye" : "layers"}>
          {t(words.states[set.state])}
        </Badge>
        <span className="draft-bar-facts">
          <span>
            {t(words.by)} <Bidi>{set.authors.map(({ name }) => name).join(", ")}</Bidi>
          </span>
          {set.state === "published" ? (
            <span>
              {t(words.publishedBy)} <Moment at={set.closedAt} />
              {set.approvedBy !== null && <> · {t(words.approved, { who: set.approvedBy })}</>}
            </span>
          ) : (
            <span>
              {t(words.saved)} <Moment at={set.savedAt} />
            </span>
          )}
        </span>
      </div>
      {set.note && set.state === "open" && (
        <NoticeBox tone="warning" title={t(words.returned, { who: set.returnedBy ?? "" })}>
          <p dir="auto">{set.note}</p>
        </NoticeBox>
      )}
      {(submitted || set.state === "published") && set.reason && (
        <NoticeBox title={submitted ? t(words.submitted, { who: set.submittedBy?.name ?? "" }) : undefined}>
          <p dir="auto">{set.reason}</p>
          {set.warningsReason && <p dir="auto">{set.warningsReason}</p>}
          {submitted && set.whyNotPublish && <p className="muted">{t(set.whyNotPublish)}</p>}
        </NoticeBox>
      )}
    </>
  );
}

export function OpenedChangeSet({
  view,
  set,
  reload,
}: {
  view: ChangeSetView;
  set: OpenedSet;
  reload: () => Promise<void>;
}) {
  const { t } = useText();
  const { programme } = view;
  const [step, setStep] = useState<SetStep | null>(null);
  const [form, setForm] = useState<{ form: Form; edit: Edit | null } | null>(null);
  const [problem, setProblem] = useState<ProblemBody | null>(null);
  const may = (act: OpenedSet["acts"][number]) => set.acts.includes(act);
  const errors = set.findings.filter(({ severity }) => severity === "error").length;
  const nothing = set.listed.length + set.drafts.length === 0;
  const takeBack = async () => {
    try {
      await send("pages/change-set", { do: "takeBack", id: set.id, revision: set.revision });
      reload();
    } catch (error) {
      setProblem(problemOf(error));
    }
  };
  const asked = {
    programme,
    set,
    onClose: () => setForm(null),
    onPut: () => {
      setForm(null);
      reload();
    },
  };
  const before = form?.edit?.edit ?? null;
  return (
    <Page
      wide
      title={set.title}
      heading={<bdi>{set.title}</bdi>}
      back={{ to: withQuery("/admin/pages/change-set", { programme }), label: words.back }}
      actions={
        <>
          {may("discard") && (
            <Button kind="quiet" icon="trash" onClick={() => setStep("discard")}>
              {t(words.discard)}
            </Button>
          )}
          {may("takeBack") && (
            <Button icon="restore" onClick={() => void takeBack()}>
              {t(words.takeBack)}
            </Button>
          )}
          {may("sendBack") && (
            <Button icon="reply" onClick={() => setStep("sendBack")}>
              {t(words.sendBack)}
            </Button>
          )}
          {may("submit") && (
            <Button kind="primary" icon="send" disabled={nothing || errors > 0} onClick={() => setStep("submit")}>
              {t(words.submit)}
            </Button>
          )}
          {may("publish") && (
            <Button kind="primary" icon="check" disabled={nothing || errors > 0} onClick={() => setStep("publish")}>
              {t(set.state === "submitted" && !set.mine ? words.approve : words.publish)}
            </Button>
          )}
        </>
      }
    >
      <ProblemBox problem={problem} />
      <State set={set} />
      <Holds set={set} programme={programme} reload={reload} onForm={(name, edit) => setForm({ form: name, edit })} />
      <MovesPanel set={set} mayWrite={view.mayWrite} reload={reload} />
      {!nothing && (set.state === "open" || set.state === "submitted") && <ImpactPanel set={set} />}
      {form?.form === "merge" && <MergeDialog {...asked} before={before} />}
      {form?.form === "cases" && <CasesDialog {...asked} before={before} />}
      {form?.form === "seat" && <SeatDialog {...asked} before={before} />}
      {form?.form === "newSeat" && <NewSeatDialog {...asked} roles={view.roles} before={before} />}
      {step !== null && (
        <ChangeSetStep
          step={step}
          set={set}
          onClose={() => setStep(null)}
          onReload={reload}
          onDone={async (what) => {
            await reload();
            setStep(null);
            toast(stepDone[what]);
          }}
        />
      )}
    </Page>
  );
}
