/** Another schedule for a job; what it means is said while one types. */

import React, { useEffect, useState } from "react";
import { useNavigate } from "react-router-dom";
import type { SchedulePreview } from "../../engine/jobs/job-view.js";
import { msg } from "../../engine/text/msg.js";
import type { RecordAnswer } from "../../platform/admin/resource-view.js";
import {
  Button,
  Checkbox,
  LinkButton,
  Moment,
  NoticeBox,
  Page,
  Panel,
  ProblemBox,
  problemOf,
  type ScreenProps,
  SendForm,
  Spinner,
  send,
  TextField,
  toast,
  useSending,
  useText,
  useView,
  withQuery,
} from "../../platform/ui/kit.js";
import { type JobRecord, jobAddress, jobOf } from "./job-pieces.js";

const names = ["cron", "timeZone"] as const;
type Values = Pick<JobRecord, "cron" | "timeZone" | "enabled">;
const valuesOf = ({ cron, timeZone, enabled }: JobRecord): Values => ({ cron, timeZone, enabled });

/** What has been typed a moment ago, so that not every key asks the server. */
function useSettled<T>(value: T, ms: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return settled;
}

function Meaning({ preview, enabled }: { preview: SchedulePreview | null; enabled: boolean }) {
  const { t } = useText();
  if (!enabled) return <p>{t(msg("operations.jobForm.off"))}</p>;
  if (preview === null || preview.faults.length > 0) return <p className="muted">—</p>;
  return (
    <div className="stack-small">
      <p>
        <strong>{t(preview.words ?? msg("operations.jobForm.unusual"))}</strong>
      </p>
      <div>
        <p className="muted">{t(msg("operations.jobForm.next"))}</p>
        <ul className="bullets">
          {preview.next.map((at) => (
            <li key={String(at)}>
              <Moment at={at} />
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}

function Form({ job, view, reload }: { job: JobRecord; reload: () => void } & Pick<ScreenProps["resource"], "view">) {
  const { t } = useText();
  const navigate = useNavigate();
  const [typed, setTyped] = useState<Values>(() => valuesOf(job));
  const [before, setBefore] = useState<Values>(() => valuesOf(job));
  const sending = useSending();
  const changedMeanwhile = sending.problem?.code === "conflict";
  const asked = useSettled(typed, 300);
  const { view: answer } = useView<RecordAnswer>(
    withQuery(`resources/jobs/records/${job.name}/preview`, { cron: asked.cron, timeZone: asked.timeZone }),
  );
  const preview = (answer?.view as SchedulePreview | undefined) ?? null;
  const change = (values: Partial<Values>) => {
    setTyped({ ...typed, ...values });
    sending.show(null);
  };
  const column = (name: string) => view.columns.find((one) => one.name === name);
  const fault = (name: string) =>
    sending.faultAt(`/${name}`) ?? preview?.faults.find(({ field }) => field === `/${name}`)?.reason ?? null;
  const save = async () => {
    try {
      await send(`resources/jobs/records/${job.name}/edit`, { values: typed, before });
    } catch (error) {
      // A person who saves again has seen what it is now.
      if (problemOf(error).code === "conflict") reload();
      throw error;
    }
    toast(msg("operations.jobForm.saved"));
    navigate(jobAddress(job.name));
  };
  useEffect(() => {
    setBefore(valuesOf(job));
  }, [job]);
  return (
    <SendForm
      className="form"
      sending={sending}
      onSend={save}
      fields={changedMeanwhile ? undefined : new Map(names.map((name) => [name, column(name)?.label ?? name]))}
    >
      {changedMeanwhile && <NoticeBox tone="warning">{t(msg("operations.jobForm.changed"))}</NoticeBox>}
      <Panel>
        <div className="stack">
          {names.map((name) => (
            <TextField
              key={name}
              name={name}
              label={column(name)?.label ?? name}
              help={column(name)?.help ?? null}
              fault={changedMeanwhile ? null : fault(name)}
              required
              dir="ltr"
              maxLength={100}
              value={typed[name]}
              onChange={(value) => change({ [name]: value })}
            />
          ))}
          <Checkbox
            label={msg("operations.jobForm.enabled")}
            checked={typed.enabled}
            onChange={(enabled) => change({ enabled })}
          />
        </div>
      </Panel>
      <Panel title={msg("operations.jobForm.means")}>
        <div aria-live="polite">
          <Meaning preview={preview} enabled={typed.enabled} />
        </div>
      </Panel>
      <div className="form-actions">
        <Button kind="primary" type="submit" busy={sending.busy}>
          {t(msg("operations.jobForm.save"))}
        </Button>
        <LinkButton kind="quiet" to={jobAddress(job.name)}>
          {t(msg("operations.jobForm.cancel"))}
        </LinkButton>
      </div>
    </SendForm>
  );
}

export function JobForm({ resource: { view }, recordId }: ScreenProps) {
  const { view: answer, problem, reload } = useView<RecordAnswer>(`resources/jobs/records/${recordId}/edit`);
  const { t } = useText();
  const record = answer?.record;
  return (
    <Page
      title={msg("operations.jobForm.changeTheSchedule")}
      lead={record && t(record.title)}
      back={{ to: jobAddress(recordId ?? ""), label: record?.title ?? view.one }}
    >
      {problem && <ProblemBox problem={problem} />}
      {!record && !problem && <Spinner />}
      {record && <Form job={jobOf(record)} view={view} reload={reload} />}
    </Page>
  );
}
