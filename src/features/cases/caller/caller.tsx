/** Serving a caller: what they know of the application opens it; then it is done for them what the workflow offers. */
import React, { useRef, useState } from "react";
import {
  Button,
  Facts,
  faultAt,
  Moment,
  NoticeBox,
  Page,
  Panel,
  type ProblemBody,
  ProblemBox,
  problemOf,
  send,
  TextField,
  useText,
} from "../../../platform/ui/kit.js";
import { newId } from "../../../platform/ui/new-id.js";
import { ComposerField } from "../act/composer-field.js";
import { type FieldValue, missingFields, sentFields } from "../act/composer-values.js";
import type { CallerActView, CallerCaseView } from "./caller.page.js";

const words = {
  title: { en: "Serve a caller", ar: "خدمة متصل" },
  lead: {
    en: "Ask for the reference number, and for the code or something that stands in the application. Cases are shown here to nobody who cannot say that.",
    ar: "اطلب رقم الطلب، ثم رمزه أو شيئًا مذكورًا فيه. لا تُعرض المعاملة هنا لمن لا يستطيع ذكر ذلك.",
  },
  who: { en: "Who calls", ar: "المتصل" },
  reference: { en: "Reference number", ar: "رقم الطلب" },
  referenceHelp: { en: "Ten digits, as in 482-739-1652", ar: "عشرة أرقام، مثل \u2068482-739-1652\u2069" },
  code: { en: "Code", ar: "الرمز" },
  codeHelp: {
    en: "Twelve letters and digits. Who applied without a name is recognised by it alone.",
    ar: "اثنا عشر حرفًا ورقمًا. ومن قدّم طلبه دون اسم لا يُعرف إلا به.",
  },
  said: { en: "Telephone, e-mail or national number", ar: "الهاتف أو البريد الإلكتروني أو الرقم الوطني" },
  saidHelp: {
    en: "As the caller says it, whole; it is compared with the application. A name is not enough.",
    ar: "كاملًا كما يذكره المتصل؛ يُقارن بما في الطلب. الاسم لا يكفي.",
  },
  open: { en: "Open", ar: "فتح" },
  another: { en: "Another caller", ar: "متصل آخر" },
  application: { en: "The application", ar: "الطلب" },
  type: { en: "Kind", ar: "النوع" },
  entity: { en: "Entity", ar: "الجهة" },
  state: { en: "State", ar: "الحالة" },
  received: { en: "Received", ar: "تاريخ الورود" },
  nothing: {
    en: "Nothing can be done for the caller here as the case stands.",
    ar: "لا يمكن هنا عمل شيء للمتصل والمعاملة في هذه الحالة.",
  },
  needed: { en: "{field} is needed.", ar: "حقل «{field}» مطلوب." },
  follows: { en: "What happens then", ar: "ما يترتب على ذلك" },
  done: { en: "Done. State now: {state}", ar: "تم. الحالة الآن: {state}" },
};

type Typed = Readonly<Record<string, FieldValue>>;
const nobody = { reference: "", code: "", said: "" };

function Act({
  action,
  caller,
  onDone,
}: {
  action: CallerCaseView["actions"][number];
  caller: typeof nobody;
  onDone: () => Promise<void>;
}) {
  const { t } = useText();
  const [typed, setTyped] = useState<Typed>({});
  const [missing, setMissing] = useState<readonly string[]>([]);
  const [problem, setProblem] = useState<ProblemBody | null>(null);
  const [busy, setBusy] = useState(false);
  const key = useRef(newId());
  const form = useRef<HTMLFormElement>(null);
  const lookAtFault = () =>
    requestAnimationFrame(() => form.current?.querySelector<HTMLElement>("[aria-invalid]")?.focus());
  const perform = async () => {
    const empty = missingFields(action.fields, typed);
    setMissing(empty);
    setProblem(null);
    if (empty.length > 0) return lookAtFault();
    setBusy(true);
    try {
      const fields = sentFields(action.fields, typed);
      const body = { do: "perform", ...caller, action: action.action, fields, actKey: key.current };
      await send<{ view: CallerActView }>("pages/caller", body);
      await onDone();
    } catch (error) {
      setProblem(problemOf(error));
      lookAtFault();
    } finally {
      setBusy(false);
    }
  };
  // The code was given to open the case; here it has no field.
  const codeFault = faultAt(problem, "/fields/code");
  const atFields = problem?.faults.some(({ field }) => field.startsWith("/fields/")) ?? false;
  return (
    <Panel title={action.name}>
      <form
        ref={form}
        className="form composer"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy) void perform();
        }}
      >
        {problem && !atFields && <ProblemBox problem={problem} />}
        {action.fields.map((field) => (
          <ComposerField
            key={field.name}
            field={field}
            value={typed[field.name]}
            onChange={(value) => {
              // What is sent after it was changed is another act.
              key.current = newId();
              setTyped((now) => ({ ...now, [field.name]: value }));
            }}
            colleagues={null}
            onMention={() => undefined}
            fault={
              faultAt(problem, `/fields/${field.name}`) ??
              (missing.includes(field.name) ? t(words.needed, { field: t(field.label) }) : undefined)
            }
          />
        ))}
        {codeFault && <NoticeBox tone="danger">{t(codeFault)}</NoticeBox>}
        {action.follows.length > 0 && (
          <ul className="composer-then" aria-label={t(words.follows)}>
            {action.follows.map((sentence) => (
              <li key={sentence.en}>{t(sentence)}</li>
            ))}
          </ul>
        )}
        <div className="form-actions">
          <Button kind="primary" type="submit" busy={busy}>
            {t(action.name)}
          </Button>
        </div>
      </form>
    </Panel>
  );
}

export function Caller() {
  const { t } = useText();
  const [caller, setCaller] = useState(nobody);
  const [found, setFound] = useState<CallerCaseView | null>(null);
  const [problem, setProblem] = useState<ProblemBody | null>(null);
  const [busy, setBusy] = useState(false);
  const [done, setDone] = useState(false);
  const form = useRef<HTMLFormElement>(null);

  const open = async () => {
    setBusy(true);
    setProblem(null);
    try {
      setFound(await send<CallerCaseView>("pages/caller", { do: "open", ...caller }));
    } catch (error) {
      setFound(null);
      setProblem(problemOf(error));
      requestAnimationFrame(() => form.current?.querySelector<HTMLElement>("[aria-invalid]")?.focus());
    } finally {
      setBusy(false);
    }
  };
  const another = () => {
    setCaller(nobody);
    setFound(null);
    setProblem(null);
    setDone(false);
    requestAnimationFrame(() => form.current?.querySelector<HTMLElement>("input")?.focus());
  };
  const allowed = found?.actions.filter((one) => one.allowed) ?? [];
  const refused = found?.actions.filter((one) => !one.allowed && one.reason !== null) ?? [];
  const field = (name: keyof typeof nobody) => ({
    name,
    value: caller[name],
    onChange: (value: string) => {
      setFound(null);
      setDone(false);
      setCaller((now) => ({ ...now, [name]: value }));
    },
    fault: faultAt(problem, `/${name}`) ?? null,
    dir: "ltr" as const,
  });
  const known = problem?.faults.some(({ field: at }) => ["/reference", "/said"].includes(at)) ?? false;
  return (
    <Page title={words.title} lead={t(words.lead)}>
      <Panel title={words.who}>
        <form
          ref={form}
          className="form"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            if (!busy) void open();
          }}
        >
          {problem && !known && <ProblemBox problem={problem} />}
          <TextField
            {...field("reference")}
            label={words.reference}
            help={words.referenceHelp}
            required
            marked
            inputMode="numeric"
          />
          <TextField {...field("code")} label={words.code} help={words.codeHelp} required={false} marked />
          <TextField {...field("said")} label={words.said} help={words.saidHelp} required={false} marked />
          <div className="form-actions">
            <Button kind={found ? undefined : "primary"} icon="search" type="submit" busy={busy}>
              {t(words.open)}
            </Button>
            {found && <Button onClick={another}>{t(words.another)}</Button>}
          </div>
        </form>
      </Panel>
      <div role="status" className="stack-small">
        {found && (
          <Panel title={words.application}>
            <div className="form">
              {done && <NoticeBox tone="success">{t(words.done, { state: t(found.state) })}</NoticeBox>}
              <Facts
                rows={[
                  { label: words.reference, value: <bdi dir="ltr">{found.reference}</bdi> },
                  { label: words.type, value: t(found.type) },
                  { label: words.entity, value: found.entity && t(found.entity) },
                  { label: words.state, value: t(found.state) },
                  { label: words.received, value: <Moment at={String(found.receivedAt)} /> },
                ]}
              />
              {allowed.length === 0 && !done && <p>{t(refused[0]?.reason ?? words.nothing)}</p>}
            </div>
          </Panel>
        )}
      </div>
      {found &&
        allowed.map((action) => (
          <Act
            key={action.action}
            action={action}
            caller={caller}
            onDone={async () => {
              setDone(true);
              await open();
            }}
          />
        ))}
    </Page>
  );
}
