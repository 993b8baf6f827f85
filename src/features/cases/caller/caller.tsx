/** Serving a caller: what they know of the application opens it; then it is done for them what the workflow offers. */

import React, { useRef, useState } from "react";
import { msg, pattern } from "../../../engine/text/msg.js";
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
  title: msg("cases-caller.caller.serveACaller"),
  lead: msg("cases-caller.caller.lead"),
  who: msg("cases-caller.caller.who"),
  reference: msg("cases-caller.caller.reference"),
  referenceHelp: msg("cases-caller.caller.referenceHelp"),
  code: msg("cases-caller.caller.code"),
  codeHelp: msg("cases-caller.caller.codeHelp"),
  said: msg("cases-caller.caller.said"),
  saidHelp: msg("cases-caller.caller.saidHelp"),
  open: msg("cases-caller.caller.open"),
  another: msg("cases-caller.caller.another"),
  application: msg("cases-caller.caller.application"),
  type: msg("cases-caller.caller.type"),
  entity: msg("cases-caller.caller.entity"),
  state: msg("cases-caller.caller.state"),
  received: msg("cases-caller.caller.received"),
  nothing: msg("cases-caller.caller.nothing"),
  needed: pattern("cases-caller.caller.needed"),
  follows: msg("cases-caller.caller.follows"),
  done: pattern("cases-caller.caller.done"),
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
