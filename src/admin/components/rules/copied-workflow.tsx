/** A workflow that is to be: the text of another under a code of its own, edited, checked and published for the first time. */
import React, { useState } from "react";
import { useNavigate } from "react-router-dom";
import type { PolicyCopy } from "../../pages/policy.js";
import {
  Bidi,
  Button,
  JsonEditor,
  NoticeBox,
  Page,
  Panel,
  ProblemBox,
  send,
  toast,
  useDraft,
  useText,
  withQuery,
} from "../kit/kit.js";
import { PublishDialog } from "./publish-dialog.js";
import { useCheckedText } from "./use-checked-text.js";

const words = {
  title: { en: "New workflow {code}", ar: "سير عمل جديد {code}" },
  back: { en: "Back to “{name}”", ar: "العودة إلى «{name}»" },
  copied: { en: "A copy of “{name}”, version {n}", ar: "نسخة عن «{name}»، النسخة {n}" },
  copiedHint: {
    en: "Give it a name of its own and change what is to be different. Nothing is stored until it is published.",
    ar: "أعطه اسمًا خاصًا به وغيّر ما يلزم. لا يُحفظ شيء قبل النشر.",
  },
  label: { en: "Definition (JSON)", ar: "التعريف (JSON)" },
  help: { en: "Checked before it is published.", ar: "يُفحص قبل النشر." },
  check: { en: "Check", ar: "فحص" },
  again: { en: "Back to the copied text", ar: "العودة إلى النص المنسوخ" },
  publish: { en: "Publish …", ar: "نشر …" },
  publishTitle: { en: "Publish the new workflow {code}", ar: "نشر سير العمل الجديد {code}" },
  differs: { en: "How it differs from “{name}”", ar: "ما يختلف به عن «{name}»" },
  decides: {
    en: "Application types can choose it as soon as it is published. Until one does, nothing runs by it.",
    ar: "يمكن لأنواع الطلبات اختياره فور نشره، ولا يُعمل به قبل ذلك.",
  },
  done: {
    en: "Published: application types can choose it now.",
    ar: "نُشر، ويمكن الآن لأنواع الطلبات اختياره.",
  },
};

export function CopiedWorkflow({ view }: { view: PolicyCopy }) {
  const { t } = useText();
  const navigate = useNavigate();
  const { programme } = view;
  const { code, copied } = view.copy;
  const original = JSON.stringify(view.copy.definition, null, 2);
  const draft = useDraft<string>(`policy/${programme}/workflow/${copied.name}/as/${code}`, original);
  const [publishing, setPublishing] = useState(false);
  const text = draft.typed;
  // Beside the one it was copied from: that is what its differences are told against.
  const beside = { programme, kind: "workflow", name: copied.name };
  const { definition, broken, found, problem, busy, ask, forget, check } = useCheckedText(beside, text);
  const checked = found ?? (text === original ? view.copy.checked : null);
  const address = (name: string) => withQuery("/admin/pages/policy", { programme, kind: "workflow", name });
  const write = (value: string) => {
    forget();
    draft.set(value);
  };
  const name = t(copied.title);
  return (
    <Page
      wide
      title={t(words.title, { code })}
      back={{ to: address(copied.name), label: t(words.back, { name }) }}
      actions={
        <Button kind="primary" icon="check" disabled={broken} onClick={() => setPublishing(true)}>
          {t(words.publish)}
        </Button>
      }
    >
      <ProblemBox problem={problem} />
      <NoticeBox tone="info" title={t(words.copied, { name, n: String(copied.version) })}>
        <Bidi>{t(words.copiedHint)}</Bidi>
      </NoticeBox>
      <Panel flush>
        <div className="stack policy-panel">
          <JsonEditor
            label={words.label}
            help={words.help}
            rows={28}
            value={text}
            onChange={write}
            faults={checked?.faults.filter((fault) => fault.severity === "error") ?? []}
          />
          <div className="form-actions">
            <Button onClick={() => void check()} busy={busy} disabled={broken}>
              {t(words.check)}
            </Button>
            {text !== original && (
              <Button kind="quiet" onClick={() => write(original)}>
                {t(words.again)}
              </Button>
            )}
          </div>
        </div>
      </Panel>
      {publishing && (
        <PublishDialog
          title={t(words.publishTitle, { code })}
          changes={t(words.differs, { name })}
          decides={words.decides}
          check={ask}
          publish={(reason) =>
            send("pages/policy", {
              do: "publish",
              ...{ programme, kind: "workflow", name: code, asNew: true },
              definition,
              basedOn: null,
              reason,
            })
          }
          onClose={() => setPublishing(false)}
          onTop={() => setPublishing(false)}
          onPublished={() => {
            draft.clear();
            toast(words.done);
            navigate(address(code));
          }}
        />
      )}
    </Page>
  );
}
