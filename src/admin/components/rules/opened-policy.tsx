/** A rule set, workflow or calendar: its text with the faults at their places, its examples, its versions. */
import React, { useState } from "react";
import type { PolicyOpened } from "../../pages/policy.js";
import {
  Button,
  type Choice,
  JsonEditor,
  LinkButton,
  NoticeBox,
  Page,
  Panel,
  ProblemBox,
  send,
  Tabs,
  toast,
  useAddress,
  useDraft,
  useText,
  withQuery,
} from "../kit/kit.js";
import { CopyDialog } from "./copy-dialog.js";
import { DifferenceList } from "./difference-list.js";
import { ExampleTable } from "./example-table.js";
import { policyParts } from "./policy-parts.js";
import { type Checked, PublishDialog } from "./publish-dialog.js";
import { useCheckedText } from "./use-checked-text.js";
import { VersionLine, type VersionOnWire } from "./version-line.js";
import { VersionList } from "./version-list.js";

const words = {
  back: { en: "Rules and workflows", ar: "القواعد ومسارات العمل" },
  parts: { en: "Parts", ar: "الأقسام" },
  text: { en: "Text", ar: "النص" },
  examples: { en: "Examples", ar: "الأمثلة" },
  versions: { en: "Versions", ar: "النسخ" },
  label: { en: "Definition (JSON)", ar: "التعريف (JSON)" },
  help: {
    en: "Checked before it is published. Nothing is in force until then.",
    ar: "يُفحص قبل النشر، ولا يسري شيء قبل ذلك.",
  },
  check: { en: "Check", ar: "فحص" },
  publish: { en: "Publish …", ar: "نشر …" },
  publishTitle: { en: "Publish “{name}”", ar: "نشر «{name}»" },
  againTitle: { en: "Publish version {n} of “{name}” again", ar: "إعادة نشر النسخة {n} من «{name}»" },
  copy: { en: "Copy under another code …", ar: "نسخ برمز آخر …" },
  discard: { en: "Discard my changes", ar: "تجاهل تعديلاتي" },
  odd: { en: "Worth a look", ar: "يستحق النظر" },
  notInForce: {
    en: "This is version {n}; another one is in force.",
    ar: "هذه النسخة {n}، والسارية نسخة أخرى.",
  },
  toCurrent: { en: "Show the one in force", ar: "عرض السارية" },
  wouldChange: { en: "What publishing it would change", ar: "ما يغيّره نشرها" },
  changed: { en: "What would change", ar: "ما سيتغيّر" },
  done: { en: "Published: it decides from now on.", ar: "نُشر، وهو الساري من الآن." },
  grid: { en: "As a grid", ar: "عرض الجدول" },
  calendar: { en: "As a list of days", ar: "عرض قائمة الأيام" },
};

/** Where the same is edited without JSON. */
function OtherView({ view }: { view: PolicyOpened }) {
  const { t } = useText();
  const { kind, name } = view.opened.shown;
  const { programme } = view;
  if (kind === "calendar")
    return <LinkButton to={withQuery("/admin/pages/calendar", { programme })}>{t(words.calendar)}</LinkButton>;
  if (kind === "rules" && name === "sla")
    return <LinkButton to={withQuery("/admin/pages/sla-grid", { programme })}>{t(words.grid)}</LinkButton>;
  return null;
}

/** What was typed, by the version that it was typed over; `basedOn`: the version in force then, null for the one now. */
interface TextDraft {
  readonly texts: Readonly<Record<string, string>>;
  readonly basedOn: number | null;
}
const noTexts: TextDraft = { texts: {}, basedOn: null };

type Publishing = { readonly what: "text" } | { readonly what: "version"; readonly version: VersionOnWire };

export function OpenedPolicy({ view, reload }: { view: PolicyOpened; reload: () => void }) {
  const { t } = useText();
  const [query, setQuery] = useAddress();
  const { shown, current, inForce, mayPublish, versions, checked, vocabulary } = view.opened;
  const { programme } = view;
  const thing = { programme, kind: shown.kind, name: shown.name };
  // What was typed stays until it is published or discarded, also when a newer version is loaded beneath it.
  const place = query.version ?? "current";
  const draft = useDraft<TextDraft>(`policy/${programme}/${shown.kind}/${shown.name}`, noTexts);
  const { texts } = draft.typed;
  const basedOn = draft.typed.basedOn ?? current;
  const [publishing, setPublishing] = useState<Publishing | null>(null);
  const [copying, setCopying] = useState(false);
  const original = JSON.stringify(shown.definition, null, 2);
  const text = texts[place] ?? original;
  const edited = text !== original;
  const { definition, broken, found, problem, busy, ask, forget, check } = useCheckedText(thing, text);
  const result = found ?? (edited ? null : checked);
  const write = (value: string | null) => {
    const next: Record<string, string> = { ...texts };
    if (value === null) delete next[place];
    else next[place] = value;
    forget();
    if (Object.keys(next).length > 0) return draft.set({ texts: next, basedOn });
    draft.set(noTexts);
    draft.clear();
  };
  const again = publishing?.what === "version" ? publishing.version : null;
  const checkAgain = async (): Promise<Checked> => {
    if (again === null || current === null) return ask();
    const { differences } = await send<Pick<Checked, "differences">>("pages/policy", {
      do: "differences",
      from: current,
      to: again.id,
    });
    return { differences, faults: [] };
  };
  const errors = result?.faults.filter((fault) => fault.severity === "error") ?? [];
  const warnings = result?.faults.filter((fault) => fault.severity === "warning") ?? [];
  const failing =
    result === null ? 0 : result.examples.filter(({ passed }) => !passed).length + result.moreExamples.failed;
  const ways = policyParts.filter((way) => way.of(thing));
  const tabsAt = (where: "editor" | "trial") =>
    ways.filter(({ place: at }) => at === where).map(({ id, label }) => ({ id, value: id, label }));
  const parts: (Choice & { id: string; count?: number | null })[] = [
    ...tabsAt("editor"),
    { id: "text", value: "text", label: words.text, count: errors.length || null },
    ...(shown.kind === "rules"
      ? [{ id: "examples", value: "examples", label: words.examples, count: failing || null }]
      : []),
    ...tabsAt("trial"),
    { id: "versions", value: "versions", label: words.versions, count: versions.length },
  ];
  const first = parts[0]?.id ?? "text";
  const part = query.part ?? first;
  const way = ways.find(({ id }) => id === part);
  return (
    <Page
      wide
      title={shown.title}
      back={{ to: withQuery("/admin/pages/policy", { programme }), label: words.back }}
      actions={
        <>
          <OtherView view={view} />
          {mayPublish && shown.kind === "workflow" && (
            <Button icon="plus" onClick={() => setCopying(true)}>
              {t(words.copy)}
            </Button>
          )}
          {mayPublish && (
            <Button
              kind="primary"
              icon="check"
              disabled={broken || (!edited && shown.id === current)}
              onClick={() => setPublishing(edited ? { what: "text" } : { what: "version", version: shown })}
            >
              {t(words.publish)}
            </Button>
          )}
        </>
      }
    >
      <VersionLine version={shown} />
      <ProblemBox problem={problem} />
      {shown.id !== current && (
        <NoticeBox
          tone="warning"
          title={t(words.notInForce, { n: String(shown.version) })}
          actions={<LinkButton to={withQuery("/admin/pages/policy", thing)}>{t(words.toCurrent)}</LinkButton>}
        />
      )}
      <Panel flush>
        <Tabs
          label={words.parts}
          current={part}
          onChange={(id) => setQuery({ part: id === first ? null : id })}
          tabs={parts}
        >
          <div className="stack policy-panel">
            {way !== undefined && (
              <way.Component
                thing={thing}
                definition={definition}
                inForce={inForce}
                onChange={mayPublish ? (next) => write(JSON.stringify(next, null, 2)) : undefined}
                faults={result?.faults ?? []}
                vocabulary={vocabulary}
              />
            )}
            {part === "versions" && (
              <VersionList
                versions={versions}
                current={current}
                mayPublish={mayPublish}
                addressOf={(version) => withQuery("/admin/pages/policy", { ...thing, version: version.id })}
                onPublish={(version) => setPublishing({ what: "version", version })}
              />
            )}
            {part === "examples" && <ExampleTable {...(result ?? checked)} />}
            {part === "text" && (
              <>
                {warnings.length > 0 && errors.length === 0 && (
                  <NoticeBox tone="warning" title={words.odd}>
                    <ul className="bullets">
                      {warnings.map(({ field, reason }) => (
                        <li key={field + reason.en}>{t(reason)}</li>
                      ))}
                    </ul>
                  </NoticeBox>
                )}
                <JsonEditor
                  label={words.label}
                  help={mayPublish ? words.help : undefined}
                  readOnly={!mayPublish}
                  rows={28}
                  value={text}
                  onChange={write}
                  faults={errors}
                />
                {mayPublish && (
                  <div className="form-actions">
                    <Button onClick={() => void check()} busy={busy} disabled={broken}>
                      {t(words.check)}
                    </Button>
                    {edited && (
                      <Button kind="quiet" onClick={() => write(null)}>
                        {t(words.discard)}
                      </Button>
                    )}
                  </div>
                )}
                {result !== null && result.differences.length > 0 && (
                  <section>
                    <h3>{t(edited ? words.changed : words.wouldChange)}</h3>
                    <DifferenceList differences={result.differences} />
                  </section>
                )}
              </>
            )}
          </div>
        </Tabs>
      </Panel>
      {copying && <CopyDialog version={shown} onClose={() => setCopying(false)} />}
      {publishing !== null && (
        <PublishDialog
          title={
            again === null
              ? {
                  en: words.publishTitle.en.replace("{name}", shown.title.en),
                  ar: words.publishTitle.ar.replace("{name}", shown.title.ar),
                }
              : {
                  en: words.againTitle.en.replace("{n}", String(again.version)).replace("{name}", shown.title.en),
                  ar: words.againTitle.ar.replace("{n}", String(again.version)).replace("{name}", shown.title.ar),
                }
          }
          check={checkAgain}
          publish={(reason) =>
            send("pages/policy", {
              do: "publish",
              ...thing,
              ...(again === null ? { definition } : { version: again.version }),
              basedOn: again === null ? basedOn : current,
              reason,
            })
          }
          onClose={() => setPublishing(null)}
          onTop={() => {
            setPublishing(null);
            draft.set({ ...draft.typed, basedOn: null });
            reload();
          }}
          onPublished={() => {
            setPublishing(null);
            if (again === null) write(null);
            setQuery({ version: null, part: null });
            reload();
            toast(words.done);
          }}
        />
      )}
    </Page>
  );
}
