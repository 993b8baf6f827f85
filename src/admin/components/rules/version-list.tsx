/** All versions of one thing, newest first: who, when, why; compared with what is in force, and published again. */
import React, { useState } from "react";
import type { VersionStatus } from "../../../db/models/define-configuration-version.js";
import type { Difference } from "../../../domain/differences/difference.js";
import {
  Badge,
  Bidi,
  Button,
  Dialog,
  LinkButton,
  Moment,
  type ProblemBody,
  ProblemBox,
  problemOf,
  Spinner,
  send,
  Table,
  type Tone,
  useText,
} from "../kit/kit.js";
import { DifferenceList } from "./difference-list.js";
import type { VersionOnWire } from "./version-line.js";

const words = {
  caption: { en: "Versions", ar: "النسخ" },
  version: { en: "Version", ar: "النسخة" },
  state: { en: "State", ar: "الحالة" },
  when: { en: "Published", ar: "تاريخ النشر" },
  by: { en: "By", ar: "نشرها" },
  why: { en: "Why", ar: "السبب" },
  acts: { en: "What can be done", ar: "الإجراءات" },
  open: { en: "Open", ar: "فتح" },
  compare: { en: "Compare", ar: "مقارنة" },
  again: { en: "Publish again …", ar: "إعادة النشر …" },
  publish: { en: "Publish …", ar: "نشر …" },
  difference: { en: "From version {n} to what is in force", ar: "من النسخة {n} إلى السارية" },
};

const states: Readonly<Record<VersionStatus, { readonly words: { en: string; ar: string }; readonly tone: Tone }>> = {
  published: { words: { en: "In force", ar: "سارية" }, tone: "done" },
  draft: { words: { en: "Draft", ar: "مسودة" }, tone: "waiting" },
  retired: { words: { en: "Replaced", ar: "مستبدلة" }, tone: "neutral" },
};

interface VersionListProps {
  readonly versions: readonly VersionOnWire[];
  readonly current: number | null;
  readonly mayPublish: boolean;
  readonly addressOf: (version: VersionOnWire) => string;
  readonly onPublish: (version: VersionOnWire) => void;
}

function Comparison({ from, to, onClose }: { from: VersionOnWire; to: number; onClose: () => void }) {
  const { t } = useText();
  const [found, setFound] = useState<readonly Difference[] | null>(null);
  const [problem, setProblem] = useState<ProblemBody | null>(null);
  React.useEffect(() => {
    send<{ differences: Difference[] }>("pages/policy", { do: "differences", from: from.id, to })
      .then(({ differences }) => setFound(differences))
      .catch((error: unknown) => setProblem(problemOf(error)));
  }, [from.id, to]);
  return (
    <Dialog wide title={t(words.difference, { n: String(from.version) })} onClose={onClose}>
      <ProblemBox problem={problem} />
      {found === null ? problem === null && <Spinner /> : <DifferenceList differences={found} />}
    </Dialog>
  );
}

export function VersionList({ versions, current, mayPublish, addressOf, onPublish }: VersionListProps) {
  const { t } = useText();
  const [compared, setCompared] = useState<VersionOnWire | null>(null);
  return (
    <>
      <Table
        caption={words.caption}
        rows={versions}
        rowKey={(version) => String(version.id)}
        columns={[
          { key: "version", label: words.version, narrow: true, cell: (version) => String(version.version) },
          {
            key: "state",
            label: words.state,
            cell: ({ status }) => <Badge tone={states[status].tone}>{t(states[status].words)}</Badge>,
          },
          { key: "when", label: words.when, cell: (version) => <Moment at={version.publishedAt} /> },
          { key: "by", label: words.by, cell: (version) => <Bidi>{t(version.publishedBy)}</Bidi> },
          { key: "why", label: words.why, cell: (version) => <Bidi>{version.reason}</Bidi> },
          {
            key: "acts",
            label: words.acts,
            hideLabel: true,
            cell: (version) => (
              <div className="row-acts">
                <LinkButton small to={addressOf(version)}>
                  {t(words.open)}
                </LinkButton>
                {version.id !== current && current !== null && (
                  <Button small onClick={() => setCompared(version)}>
                    {t(words.compare)}
                  </Button>
                )}
                {version.id !== current && mayPublish && (
                  <Button small onClick={() => onPublish(version)}>
                    {t(version.status === "draft" ? words.publish : words.again)}
                  </Button>
                )}
              </div>
            ),
          },
        ]}
      />
      {compared !== null && current !== null && (
        <Comparison from={compared} to={current} onClose={() => setCompared(null)} />
      )}
    </>
  );
}
