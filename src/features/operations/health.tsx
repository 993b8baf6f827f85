/** How the machinery stands: what is well, what is not, and what to do. */
import React from "react";
import { Link } from "react-router-dom";
import {
  Badge,
  Bidi,
  Button,
  Facts,
  Moment,
  NoticeBox,
  Page,
  Panel,
  ProblemBox,
  reaches,
  Spinner,
  type Tone,
  useText,
  useView,
} from "../../platform/ui/kit.js";
import type { HealthPageView } from "./health.page.js";
import type { HealthCheck, HealthState } from "./health-view.js";
import { HeldSweeps } from "./held-sweeps.js";

const words = {
  title: { en: "System health", ar: "حالة النظام" },
  good: { en: "Well", ar: "سليم" },
  near: { en: "Look at it", ar: "يحتاج إلى متابعة" },
  late: { en: "Mend it", ar: "يحتاج إلى إصلاح" },
  off: { en: "Not in use", ar: "غير مستخدم" },
  allWell: { en: "Everything is well.", ar: "كل شيء سليم." },
  someNear: { en: "The system works; some things want a look.", ar: "النظام يعمل، وبعض الأمور تحتاج إلى متابعة." },
  someLate: { en: "Something needs attention.", ar: "هناك ما يجب إصلاحه." },
  toDo: { en: "What to do: ", ar: "ما العمل: " },
  versions: { en: "Versions", ar: "الإصدارات" },
  again: { en: "Check again", ar: "فحص من جديد" },
  checks: { en: "Checks", ar: "الفحوص" },
};

const tones: Readonly<Record<HealthState, Tone>> = { good: "done", near: "near", late: "late", off: "neutral" };
const worst = (checks: readonly HealthCheck[]): HealthState =>
  (["late", "near"] as const).find((state) => checks.some((check) => check.state === state)) ?? "good";

function Check({ check }: { check: HealthCheck }) {
  const { t } = useText();
  return (
    <li className="health-check">
      <span className="health-state">
        <Badge tone={tones[check.state]}>{t(words[check.state])}</Badge>
      </span>
      <div className="health-words">
        <h3>{reaches(check.link) ? <Link to={check.link ?? ""}>{t(check.title)}</Link> : t(check.title)}</h3>
        <p>
          <bdi>{t(check.words)}</bdi>
          {check.at && (
            <span className="muted">
              {" "}
              <Moment at={check.at} />
            </span>
          )}
        </p>
        {check.advice && (
          <p className="health-advice">
            <strong>{t(words.toDo)}</strong>
            <bdi>{t(check.advice)}</bdi>
          </p>
        )}
      </div>
    </li>
  );
}

export function Health() {
  const { t } = useText();
  const { view, problem, loading, reload } = useView<HealthPageView>("pages/health", { refreshSeconds: 30 });
  const state = view ? worst(view.checks) : "good";
  const summary = {
    good: { tone: "success", words: words.allWell },
    near: { tone: "warning", words: words.someNear },
    late: { tone: "danger", words: words.someLate },
    off: { tone: "info", words: words.allWell },
  } as const;
  return (
    <Page
      title={words.title}
      actions={
        <Button icon="refresh" busy={loading} onClick={reload}>
          {t(words.again)}
        </Button>
      }
    >
      <ProblemBox problem={problem} />
      {view === null && !problem && <Spinner />}
      {view && (
        <>
          <NoticeBox tone={summary[state].tone}>
            <p>
              <strong>{t(summary[state].words)}</strong> <Moment at={view.at} />
            </p>
          </NoticeBox>
          <HeldSweeps held={view.heldSweeps} onDone={reload} />
          <Panel title={words.checks}>
            <ul className="health-checks">
              {view.checks.map((check) => (
                <Check key={check.id} check={check} />
              ))}
            </ul>
          </Panel>
          <Panel title={words.versions}>
            <Facts
              rows={view.versions.map(({ name, version }) => ({ label: name, value: <Bidi ltr>{version}</Bidi> }))}
            />
          </Panel>
        </>
      )}
    </Page>
  );
}
