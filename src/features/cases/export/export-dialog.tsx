/** A file of what the list finds: which columns, in which form and language, and for personal data also why. */

import React, { useEffect, useState } from "react";
import { languageChoices } from "../../../engine/formatting/language-names.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import {
  Button,
  Checkbox,
  Dialog,
  Field,
  NoticeBox,
  type Query,
  Select,
  SendForm,
  Spinner,
  send,
  TextField,
  useSending,
  useText,
} from "../../../platform/ui/kit.js";
import type { ExportChoicesView } from "../bulk/my-work.page.js";
import { workStarted } from "../bulk/work-watch.js";

const words = {
  about: pattern("cases-export.exportDialog.about"),
  limit: pattern("cases-export.exportDialog.limit"),
  language: msg("cases-export.exportDialog.language"),
  columns: msg("cases-export.exportDialog.columns"),
  personalHelp: msg("cases-export.exportDialog.personalHelp"),
  reason: msg("cases-export.exportDialog.whatAreTheyNeededFor"),
};

export function ExportDialog({
  query,
  total,
  estimated,
  onClose,
}: {
  query: Query;
  total: number;
  estimated: boolean;
  onClose: () => void;
}) {
  const { t, language: reads } = useText();
  const [choices, setChoices] = useState<ExportChoicesView | null>(null);
  const [columns, setColumns] = useState<ReadonlySet<string>>(new Set());
  const [format, setFormat] = useState("xlsx");
  const [language, setLanguage] = useState<string>(reads);
  const [reason, setReason] = useState("");
  const sending = useSending();

  // biome-ignore lint/correctness/useExhaustiveDependencies: asked for once
  useEffect(() => {
    void sending.run(async () => {
      const all = await send<ExportChoicesView>("pages/my-work", { do: "export-choices" });
      setChoices(all);
      setColumns(new Set(all.columns.filter(({ usual }) => usual).map(({ code }) => code)));
    });
  }, []);

  const toggle = (code: string, on: boolean) => {
    const next = new Set(columns);
    if (on) next.add(code);
    else next.delete(code);
    setColumns(next);
  };
  const start = async () => {
    const body = { query, format, language, columns: [...columns], reason: personal ? reason : null };
    await send("pages/my-work", { do: "export-start", ...body });
    workStarted();
    onClose();
  };
  const offered = choices?.columns ?? [];
  const personal = offered.some((column) => column.personal && columns.has(column.code));
  const most = personal ? choices?.maxPersonal : choices?.most;
  const boxes = (all: typeof offered) =>
    all.map(({ code, label }) => (
      <Checkbox key={code} label={label} checked={columns.has(code)} onChange={(on) => toggle(code, on)} />
    ));
  const others = offered.filter((column) => column.personal);
  const fields = new Map([
    ["columns", words.columns],
    ["reason", words.reason],
  ]);
  return (
    <Dialog title={msg("cases-export.exportDialog.exportTheList")} onClose={onClose} wide>
      {choices === null && sending.problem === null && <Spinner />}
      <SendForm sending={sending} onSend={start} fields={fields}>
        {choices !== null && (
          <>
            <p>{t(msg("cases-export.exportDialog.lead"))}</p>
            <p>
              <strong>{t(estimated ? words.about : pattern("cases-export.exportDialog.found"), { n: total })}</strong>
            </p>
            {most !== undefined && total > most && <NoticeBox tone="warning">{t(words.limit, { n: most })}</NoticeBox>}
            <div className="export-line">
              <Select
                label={msg("cases-export.exportDialog.format")}
                value={format}
                onChange={setFormat}
                choices={[
                  { value: "xlsx", label: msg("cases-export.exportDialog.xlsx") },
                  { value: "csv", label: msg("cases-export.exportDialog.csv") },
                ]}
              />
              <Select label={words.language} value={language} onChange={setLanguage} choices={languageChoices()} />
            </div>
            <Field group name="columns" label={words.columns} fault={sending.faultAt("/columns")}>
              <div className="export-columns">{boxes(offered.filter((column) => !column.personal))}</div>
            </Field>
            {others.length > 0 && (
              <Field group label={msg("cases-export.exportDialog.personal")} help={words.personalHelp}>
                <div className="export-columns">{boxes(others)}</div>
              </Field>
            )}
            {personal && (
              <TextField
                name="reason"
                label={words.reason}
                required
                value={reason}
                onChange={setReason}
                maxLength={300}
                fault={sending.faultAt("/reason")}
              />
            )}
            <div className="form-actions">
              <Button type="submit" kind="primary" busy={sending.busy}>
                {t(msg("cases-export.exportDialog.start"))}
              </Button>
              <Button onClick={onClose}>{t(msg("cases-export.exportDialog.cancel"))}</Button>
            </div>
          </>
        )}
      </SendForm>
    </Dialog>
  );
}
