/** The paper of an instruction: saved by whoever may read it, brought by the operation room. */

import React from "react";
import type { InstructionView } from "../../engine/setup/instruction-views.js";
import { msg } from "../../engine/text/msg.js";
import {
  adminRoot,
  Button,
  Icon,
  NoticeBox,
  Panel,
  ProblemBox,
  send,
  toast,
  useSending,
  useText,
} from "../../platform/ui/kit.js";
import { AttachFiles } from "../files/attach-files.js";
import { FileName, FileSign, useSize } from "../files/file-pieces.js";
import { useAttachedFiles } from "../files/use-attached-files.js";

function Paper({ view, file }: { view: InstructionView; file: NonNullable<InstructionView["file"]> }) {
  const { t } = useText();
  const size = useSize();
  const { programme, code } = view;
  const inside = (
    <>
      <FileSign type={file.type} id="" picture={false} />
      <span className="file-words">
        <FileName name={file.name} />
        <span className="small muted">{size(file.bytes)}</span>
        {!file.here && <span className="small muted">{t(msg("instructions.instructionFile.notHere"))}</span>}
      </span>
    </>
  );
  if (!file.here) return <div className="file">{inside}</div>;
  return (
    <a className="file" href={`${adminRoot}/files/instructions/${programme}/${code}`} download={file.name}>
      <span className="unseen">{t(msg("instructions.instructionFile.save"))} </span>
      {inside}
      <Icon name="save" size={18} />
    </a>
  );
}

function BringFile({ view, onChanged }: { view: InstructionView; onChanged: () => void }) {
  const { t } = useText();
  const { programme, code } = view;
  const files = useAttachedFiles(new URLSearchParams({ programme, instruction: code }).toString());
  const sending = useSending();
  const [file] = files.ids;
  const take = async () => {
    await send("pages/instructions", { do: "attach", programme, code, file });
    files.clear();
    toast(msg("instructions.instructionFile.taken"));
    onChanged();
  };
  return (
    <div className="stack-small">
      <ProblemBox problem={sending.problem} />
      <AttachFiles files={files} />
      {file !== undefined && (
        <div>
          <Button icon="check" busy={sending.busy || files.busy} onClick={() => void sending.run(take)}>
            {t(msg("instructions.instructionFile.take"))}
          </Button>
        </div>
      )}
    </div>
  );
}

export function InstructionFile({ view, onChanged }: { view: InstructionView; onChanged: () => void }) {
  const { t } = useText();
  const { file, mayEdit, state } = view;
  const lost = file !== null && !file.here;
  const brings = mayEdit && (state === "draft" || lost);
  if (file === null && !brings) return null;
  return (
    <Panel title={msg("instructions.instructionFile.thePaperItself")}>
      <div className="stack-small">
        {file && <Paper view={view} file={file} />}
        {lost && mayEdit && state !== "draft" && (
          <NoticeBox tone="warning">
            <p>{t(msg("instructions.instructionFile.missing"))}</p>
          </NoticeBox>
        )}
        {brings && <BringFile view={view} onChanged={onChanged} />}
      </div>
    </Panel>
  );
}
